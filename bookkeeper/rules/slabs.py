"""Rates by the size of a loan, or by which of the member's loans it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bookkeeper.rules.money import Paise

_ANY: Final = 10**18


@dataclass(frozen=True, slots=True)
class Slab:
    """A rate (percent, as the product's own) for loans of at most `up_to` paise, or from her loan `loan_number` on."""

    rate: Fraction
    up_to: Paise | None = None
    loan_number: int | None = None

    def holds(self, principal: Paise, number: int) -> bool:
        """Whether a loan of so much, her `number`th, falls into it."""
        return principal <= (self.up_to or _ANY) and number >= (self.loan_number or 1)


def rate_of(slabs: Sequence[Slab], usual: Fraction, principal: Paise, number: int) -> Fraction:
    """The rate of a loan: of the slabs that it falls into the narrowest, else the usual one."""
    there = [one for one in slabs if one.holds(principal, number)]
    if not there:
        return usual
    return min(there, key=lambda one: (one.up_to or _ANY, -(one.loan_number or 1))).rate
