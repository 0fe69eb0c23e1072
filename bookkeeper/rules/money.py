"""Money as integer paise: reading, showing, rounding and sharing out.

The only place that rounds (`rounded`) and the only one that shares out with a remainder (`allot`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Final, Literal, NewType, TypeAlias

from bookkeeper.rules.said import Said

Paise = NewType("Paise", int)
"""An amount in paise, signed; in a posting debit is positive."""

PAISE_IN_A_RUPEE = 100
_AMOUNT = re.compile(r"-?[0-9]{1,11}(\.[0-9]{1,2})?")


class NotAnAmount(ValueError):
    """The text is not an amount in rupees as the contract writes it; the message says why."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in paise within a text; a page shows it as its language writes amounts."""

    paise: int

    def __str__(self) -> str:
        return shown(self.paise)


class Rounding(Enum):
    """The named rules of rounding: the unit in paise, and which way."""

    TO_PAISA = (1, "half-up")
    TO_HALF_RUPEE = (50, "half-up")
    TO_RUPEE = (100, "half-up")
    UP_TO_RUPEE = (100, "up")
    DOWN_TO_RUPEE = (100, "down")


Way: TypeAlias = Literal["half-up", "half-even", "up", "down"]
"""Which way an amount is rounded; half-even takes a half to the even multiple of the unit."""

HALF_EVEN: Final = "half-even"
WAYS: Final[dict[str, Way]] = {"nearest": "half-up", "up": "up", "down": "down", "half-even": "half-even"}
"""What the ways are called in files and on the command line; nearest takes halves up."""


@dataclass(frozen=True, slots=True)
class RoundTo:
    """A rule of rounding that has no name of its own: any unit of whole paise, above nought, and which way."""

    unit: int
    way: Way = "half-up"

    @property
    def value(self) -> tuple[int, str]:
        """Unit and way, as a named rule has them."""
        return self.unit, self.way


How: TypeAlias = Rounding | RoundTo
"""What an amount can be rounded by."""


def parsed(text: str) -> Paise:
    r"""Rupees as decimal text ("1234.50", "-20") → paise.

    Raises NotAnAmount for anything but `-?\d{1,11}(\.\d{1,2})?`: exponents, grouping, underscores, a third
    decimal, digits of other scripts. The message is made for the user.
    """
    if _AMOUNT.fullmatch(text):
        rupees, _, fraction = text.partition(".")
        magnitude = int(rupees.lstrip("-")) * PAISE_IN_A_RUPEE + int(fraction.ljust(2, "0") or 0)
        return Paise(-magnitude if text.startswith("-") else magnitude)
    raise NotAnAmount(_why_not(text))


def _why_not(text: str) -> str:
    stripped = text.strip()
    if not stripped:
        return "the amount is empty."
    if "," in stripped:
        return Said("“{text}” has commas. Write the amount without grouping, for example 1234.50.", text=text)
    if re.fullmatch(r"-?[0-9]+\.[0-9]{3,}", stripped):
        return Said("“{text}” has more than two decimals. Write rupees and paise, for example 1234.50.", text=text)
    if re.fullmatch(r"-?[0-9]{12,}(\.[0-9]*)?", stripped):
        return Said("“{text}” is too large. An amount has at most eleven digits before the point.", text=text)
    if stripped != text and _AMOUNT.fullmatch(stripped):
        return Said("“{text}” has blanks around it. Write only the figure.", text=text)
    return Said("“{text}” is not an amount. Write rupees and paise in figures, for example 1234.50.", text=text)


def shown(paise: int) -> str:
    """Paise → plain rupees with two places, no grouping: 123450 → "1234.50", -5 → "-0.05"."""
    magnitude = -paise if paise < 0 else paise
    sign = "-" if paise < 0 else ""
    return f"{sign}{magnitude // PAISE_IN_A_RUPEE}.{magnitude % PAISE_IN_A_RUPEE:02d}"


def rounded(exact: Fraction, how: How) -> Paise:
    """An exact amount in paise, rounded by a rule. Half up means half away from nought."""
    return rounded_ratio(exact.numerator, exact.denominator, how)


def rounded_ratio(numerator: int, denominator: int, how: How) -> Paise:
    """The same of a ratio in paise that need not be in its lowest terms; the denominator is above nought."""
    unit, way = how.value
    size = denominator * unit
    whole, rest = divmod(abs(numerator), size)
    if (
        (way == "half-up" and 2 * rest >= size)
        or (way == "up" and rest)
        or (way == HALF_EVEN and 2 * rest + whole % 2 > size)
    ):
        whole += 1
    return Paise(-whole * unit if numerator < 0 else whole * unit)


def total(amounts: Sequence[Paise]) -> Paise:
    """The sum of amounts, in paise."""
    return Paise(sum(amounts))


def allot(amount: Paise, weights: Sequence[int]) -> tuple[Paise, ...]:
    """Share `amount` (paise, not negative) by `weights` so that the parts add up to the whole.

    Largest remainder (Hare–Niemeyer): each gets the whole part of its share, what is left over goes paisa by
    paisa to the largest fractions, at a tie to the earlier. Raises ValueError for a negative amount or weight, or where
    no weight is above nought.
    """
    whole = sum(weights)
    if amount < 0 or whole <= 0 or any(w < 0 for w in weights):
        message = "an amount is shared out by weights that are not negative and not all nought"
        raise ValueError(message)
    parts = [amount * weight // whole for weight in weights]
    remainders = [amount * weight % whole for weight in weights]
    left = amount - sum(parts)
    for index in sorted(range(len(weights)), key=lambda i: (-remainders[i], i))[:left]:
        parts[index] += 1
    return tuple(Paise(part) for part in parts)
