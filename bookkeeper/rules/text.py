"""Text that may stand in the books: composed (NFC), on one line, without what would steer a page or a terminal."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

USUAL: Final = 100
"""How many characters a text may have where nothing else is said."""

LONG: Final = 500
"""How many characters a narration or a reason may have."""

_UNWANTED: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


class NotAText(ValueError):
    """The text may not stand in the books; the message is made for the user."""


def cleaned(text: str, longest: int = USUAL) -> str:
    """The text in NFC, without outer blanks. Raises NotAText for control characters, line ends, and too long a text."""
    text = text.strip()
    unwanted = _UNWANTED.search(text)
    if unwanted:
        if unwanted[0] in "\n\r\t":
            message = "the text has a line end or a tab in it. Write it on one line."
        else:
            name = unicodedata.name(unwanted[0], "a control character").lower()
            sign = f"U+{ord(unwanted[0]):04X}, {name}"
            message = f"there is a character here that no text may have ({sign}). Delete it."
        raise NotAText(message)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if len(text) > longest:
        message = f"the text has {len(text)} characters. Shorten it to {longest} at most."
        raise NotAText(message)
    return text


def needed(text: str, longest: int = USUAL) -> str:
    """The cleaned text. Raises NotAText where nothing is left of it."""
    found = cleaned(text, longest)
    if not found:
        message = "this may not be empty."
        raise NotAText(message)
    return found
