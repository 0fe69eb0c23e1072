"""Numbers by which a bank knows its customer: kept as "Aadhaar 234123412346; Voter ABC1234567", shown masked.

A number is a secret of its member: nothing here raises a message that repeats one, and `masked` gives away no more than
the last four figures of any text, whether it reads as numbers or not. Aadhaar's twelve figures: UIDAI's own form.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from bookkeeper.rules.said import Said
from bookkeeper.rules.text import LONG, NotAText, cleaned

AADHAAR: Final = "Aadhaar"
AADHAAR_DIGITS: Final = 12
LONGEST_KIND: Final = 20
SHORTEST: Final = 4
LONGEST: Final = 20
SHOWN: Final = 4
"""How many figures at the end of a number are shown, and of a short number never more than half."""

_ALSO_AADHAAR: Final = frozenset({"aadhaar", "aadhar", "adhaar", "adhar", "uid", "uidai", "आधार"})
_BETWEEN: Final = str.maketrans("", "", " -/\u00a0\u2013")
_HIDDEN: Final = "••••"
_CAPITALS: Final = 3


class NotAKyc(ValueError):
    """The text does not read as numbers; the message is made for the user and repeats no number."""


@dataclass(frozen=True, slots=True)
class Kyc:
    """A number and what kind it is: kind in the user's words, number without blanks and in capitals."""

    kind: str
    number: str

    @property
    def masked(self) -> str:
        """Its kind and the last figures of its number."""
        return f"{self.kind} {_HIDDEN}{_last(self.number)}"


def kyc_of(text: str) -> tuple[Kyc, ...]:
    """The numbers of a text, in its order. Raises NotAKyc."""
    try:
        text = cleaned(text, LONG)
    except NotAText as error:
        raise NotAKyc(str(error)) from None
    found = tuple(_read(part) for part in text.split(";") if part.strip())
    kinds = [one.kind.casefold() for one in found]
    for one in found:
        if kinds.count(one.kind.casefold()) > 1:
            message = Said("{kind} stands twice. Write one number of each kind.", kind=one.kind)
            raise NotAKyc(message)
    return found


def normalised(text: str) -> str:
    """The text as it is kept: numbers without blanks, "; " between them. Raises NotAKyc."""
    return "; ".join(f"{one.kind} {one.number}" for one in kyc_of(text))


def masked(text: str) -> str:
    """The text as it may be shown: "Aadhaar ••••2346; Voter ••••4567". It never fails, whatever the books hold."""
    try:
        return "; ".join(one.masked for one in kyc_of(text))
    except NotAKyc:
        parts = ["".join(filter(str.isalnum, part)) for part in text.split(";")]
        return "; ".join(f"{_HIDDEN}{_last(part)}" for part in parts if part)


def _last(number: str) -> str:
    shown = min(SHOWN, len(number) // 2)
    return number[len(number) - shown :]


def _read(part: str) -> Kyc:
    kind, number = _parted(part.strip())
    if kind.partition(" ")[0].casefold() in _ALSO_AADHAAR:
        kind = AADHAAR
    if not kind or not all(_is_of_a_word(c) for c in kind.replace(" ", "")):
        message = Said(
            "the kind of a number is a word or two. Write the kind, a colon and the number, as Ration card: 123456."
        )
        raise NotAKyc(message)
    if len(kind) > LONGEST_KIND:
        message = Said(
            "the kind of a number has {count} letters. Shorten it to {most} at most.",
            count=len(kind),
            most=LONGEST_KIND,
        )
        raise NotAKyc(message)
    number = "".join(_figure(c) for c in number.translate(_BETWEEN)).upper()
    if not (number.isascii() and number.isalnum() and SHORTEST <= len(number) <= LONGEST):
        message = Said(
            "the number of {kind} is not {least} to {most} letters and figures. Look it up on the card.",
            kind=kind,
            least=SHORTEST,
            most=LONGEST,
        )
        raise NotAKyc(message)
    if kind == AADHAAR and not (number.isdigit() and len(number) == AADHAAR_DIGITS):
        message = Said("an Aadhaar number has {count} figures. Look it up on the card.", count=AADHAAR_DIGITS)
        raise NotAKyc(message)
    return Kyc(kind, number)


def _parted(part: str) -> tuple[str, str]:
    """Kind and number: parted by a colon; else the words before the first figure are the kind, where that is plain.

    "PAN ABCDE 1234 F" is not plain (does PAN ABCDE name the kind?): to guess would show part of a number as a kind.
    """
    kind, colon, number = part.partition(":")
    if colon:
        return " ".join(kind.split()), number
    words = part.split()
    place = next((i for i, word in enumerate(words) if any(c.isdigit() for c in word)), len(words))
    if not 0 < place < len(words) or (place > 1 and (len(words) > place + 1 or _are_capitals(words[1:place]))):
        message = Said(
            "it is not clear which part is the number. Write the kind, a colon and the number, as Ration card: 123456."
        )
        raise NotAKyc(message)
    return " ".join(words[:place]), " ".join(words[place:])


def _are_capitals(words: list[str]) -> bool:
    """Whether one of these words may well be the beginning of a number: three capitals and more, and no CARD."""
    return any(len(word) >= _CAPITALS and word.isupper() and word != "CARD" for word in words)


def _is_of_a_word(character: str) -> bool:
    """A letter, or one of the signs that Indian scripts write on letters."""
    return unicodedata.category(character)[0] in "LM" or character in "\u200c\u200d.'"


def _figure(character: str) -> str:
    """A figure of any script in ASCII; other characters as they are."""
    value = unicodedata.digit(character, None)
    return character if value is None else str(value)
