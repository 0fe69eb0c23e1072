"""An amount as it is typed: sums with or without "=", grouping, the digits of any script."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bookkeeper.rules.money import Paise, parsed

_MOST_DIGITS: Final = 11
"""Digits before the point, as `rules.money` has them."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a text is no amount: a message, which names the text as {text}."""

    message: str
    text: str


_GROUPED: Final = re.compile(r"[0-9]{1,3}(,[0-9]{2,3})*,[0-9]{3}(\.[0-9]*)?")
_PLAIN: Final = re.compile(r"[0-9]*\.?[0-9]*")
_SIGNS: Final = {"−": "-", "–": "-", "×": "*", "x": "*", "X": "*"}

_EMPTY: Final = "Write figures, as 2400 or 2,400.50."
_NO_AMOUNT: Final = "“{text}” is not an amount. Write figures, as 2400 or 50+20."
_DECIMALS: Final = "“{text}” has more than two decimals. Write rupees and paise, as 1234.50."
_LARGE: Final = "“{text}” is too large. An amount has at most eleven digits before the point."
_BELOW: Final = "“{text}” is below zero. Write what was paid, without a sign."


@lru_cache(maxsize=2048)
def typed_amount(text: str) -> Paise | Wrong:
    """What a clerk typed → paise, or what is wrong with it.

    Figures of any script, grouped or not, joined by +, − and ×, with or without "=" before them: "=50+20", "३×१००".
    The whole may not be below nought.
    """
    plain = _in_our_digits(text).replace(" ", "").removeprefix("=").removeprefix("₹").rstrip("=")
    if not plain:
        return Wrong(_EMPTY, text)
    whole = 0
    for sign, term in re.findall(r"([+-]?)([^+-]*)", plain)[:-1]:
        amount = _product(term)
        if isinstance(amount, str):
            return Wrong(amount, text)
        whole += -amount if sign == "-" else amount
    if plain[-1] in "+-*":
        return Wrong(_NO_AMOUNT, text)
    if whole < 0:
        return Wrong(_BELOW, text)
    return Paise(whole) if len(str(whole // 100)) <= _MOST_DIGITS else Wrong(_LARGE, text)


def typed_count(text: str) -> int | Wrong:
    """How many pieces were typed: a whole number, or a sum of such."""
    amount = typed_amount(text)
    if isinstance(amount, Wrong):
        return amount
    return amount // 100 if amount % 100 == 0 else Wrong("“{text}” is not a whole number of pieces.", text)


def _in_our_digits(text: str) -> str:
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else _SIGNS.get(sign, sign) for sign in text.strip()
    )


def _product(term: str) -> int | str:
    """The paise of "3*100" or of one figure, or the message of what is wrong."""
    paise, *times = (_figure(one) for one in term.split("*"))
    if isinstance(paise, str):
        return paise
    for other in times:
        if isinstance(other, str):
            return other
        if paise % 100 and other % 100:
            return _NO_AMOUNT
        paise = paise * other // 100
    return paise


def _figure(text: str) -> int | str:
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not _PLAIN.fullmatch(text) or not text.strip("."):
        return _NO_AMOUNT
    rupees, _, paise = text.partition(".")
    if len(paise) > 2:  # noqa: PLR2004  # paise have two digits
        return _DECIMALS
    if len(rupees) > _MOST_DIGITS:
        return _LARGE
    return parsed(f"{rupees or 0}.{paise or 0}")
