"""Fees and insurance of a loan: how much, and who bears them when. Amounts in paise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from bookkeeper.rules.money import How, Paise, RoundTo, rounded

_PAISA: Final = RoundTo(1)
_PERCENT: Final = Fraction(1, 100)


class Borne(StrEnum):
    """How a fee is borne."""

    DEDUCTED = "deducted"  # kept back from what is paid out
    PAID = "paid"  # paid in by the borrower when the loan is given
    CAPITALISED = "capitalised"  # added to the loan


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee, of which `percent` of the principal or an `amount` is given; `account` is the code or role it goes to."""

    name: str
    account: str
    how: Borne
    percent: Fraction | None = None
    amount: Paise | None = None
    rounding: How = _PAISA

    def of(self, principal: Paise) -> Paise:
        """What the fee comes to for a loan of so much, rounded once."""
        if self.amount is not None:
            return self.amount
        return rounded(principal * (self.percent or Fraction(0)) * _PERCENT, self.rounding)


@dataclass(frozen=True, slots=True)
class Levied:
    """A fee as it falls on one loan."""

    account: str
    amount: Paise
    how: Borne


def levied(fees: Iterable[Fee], principal: Paise) -> tuple[Levied, ...]:
    """The fees of a loan of so much; those that come to nothing are left out."""
    return tuple(Levied(one.account, amount, one.how) for one in fees if (amount := one.of(principal)))


def borne(fees: Iterable[Levied], how: Borne) -> Paise:
    """What the fees borne in one way come to."""
    return Paise(sum(one.amount for one in fees if one.how is how))
