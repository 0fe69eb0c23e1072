"""Text that may stand in the books: composed (NFC), on one line, without what would steer a page or a terminal."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bookkeeper.rules.said import Said

USUAL: Final = 100
"""How many characters a text may have where nothing else is said."""

LONG: Final = 500
"""How many characters a narration or a reason may have."""

# What no text needs and what would spoil a page or an order of columns: control characters, line and paragraph
# separators, marks that turn the direction of writing, a BOM in mid-text, surrogates.
_NEVER: Final = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff"
)

MISPLACED: Final = re.compile(f"[{_NEVER}]")
"""A character that no text may have, be it one field or a whole file with its tabs and line ends."""

_UNWANTED: Final = re.compile(f"[{_NEVER}\t\n\r]")


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
            why, todo = said_of(unwanted[0])
            message = Said("{why} {todo}", why=Said(why), todo=Said(todo))
        raise NotAText(message)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if len(text) > longest:
        message = Said(
            "the text has {count} characters. Shorten it to {longest} at most.", count=len(text), longest=longest
        )
        raise NotAText(message)
    return text


def needed(text: str, longest: int = USUAL) -> str:
    """The cleaned text. Raises NotAText where nothing is left of it."""
    found = cleaned(text, longest)
    if not found:
        message = "this may not be empty."
        raise NotAText(message)
    return found


def said_of(character: str) -> tuple[str, str]:
    """What is wrong with a character that a text may not have, and what to do."""
    name = unicodedata.name(character, "a control character").lower()
    return Said(
        "there is a character here that no text may have (U+{code}, {name}).", code=f"{ord(character):04X}", name=name
    ), "Delete it."
