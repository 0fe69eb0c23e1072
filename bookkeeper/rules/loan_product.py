"""A loan product: on what terms a loan is given, how it falls due, and how a payment on it is split.

Pure data with its own checks; what such a loan owes on a day is reckoned by `rules.loan_account`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

from bookkeeper.rules.appropriation import ORDER
from bookkeeper.rules.day_count import DayCount, days_between, lengths, part_of_year
from bookkeeper.rules.due_dates import PERIODS_A_YEAR, Frequency, due_dates
from bookkeeper.rules.money import How, Paise, RoundTo
from bookkeeper.rules.schedules import Clauses, Terms, Treatment

MOST_INSTALMENTS: Final = 1200
RATES_A_YEAR: Final = {"year": 1, "month": 12, "week": 52, "day": 365}
"""How many of the times that a rate can be for make a year."""

_PAISA: Final = RoundTo(1)
_NONE: Final = Fraction(0)
_RATE: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,10})?")


def parsed_rate(text: str) -> Fraction | None:
    """A rate in percent from decimal text, exact; None where it is none: exponents, signs, digits of other scripts."""
    return Fraction(text) if _RATE.fullmatch(text) else None


class InterestOn(StrEnum):
    """What the interest of a period is on.

    Where whole periods count, what is lent within one bears interest from the next, and a loan that is paid off within
    one bears none for it, unless the order of appropriation takes it (`ACCRUED`).
    """

    SCHEDULE = "schedule"  # on what should be owed, whatever is paid
    MONTHLY = "outstanding-monthly"  # on what is owed when the period begins, for the whole of it
    DAILY = "outstanding-daily"  # on what is owed day by day


class Prepayment(StrEnum):
    """What becomes of principal that is paid before it is due."""

    ADVANCE = "advance"  # it meets the next instalments of principal; the schedule stays
    SHORTEN = "shorten"  # it comes off the last instalments; those before stay
    LOWER = "lower"  # the instalments that are left are made equal anew


class PenaltyOn(StrEnum):
    """What penal interest is on."""

    OVERDUE_PRINCIPAL = "overdue-principal"
    OVERDUE_INSTALMENT = "overdue-instalment"  # principal and interest


@dataclass(frozen=True, slots=True)
class Penalty:
    """Penal interest, simple: `rate` percent a year for the days after the due date and `grace_days` more."""

    rate: Fraction
    on: PenaltyOn = PenaltyOn.OVERDUE_PRINCIPAL
    grace_days: int = 0


@dataclass(frozen=True, slots=True)
class RateFrom:
    """A rate (percent for the product's `rate_per`) that holds from an ISO day on."""

    since: str
    rate: Fraction


@dataclass(frozen=True, slots=True)
class Product:
    """How a loan is lent and repaid: `rate` in percent for each `rate_per`, amounts in paise, days ISO.

    One of `instalments`, `instalment` and `parts` is given: how many, how much each (then as many as it takes), or
    the instalments of principal one by one. `rates` are those that follow the first. Of each rate a scheme bears
    `subvention`, and gives back `incentive` for an instalment that is wholly paid by its due date.
    """

    method: str
    rate: Fraction
    rate_per: str = "year"
    instalments: int | None = None
    instalment: Paise | None = None
    parts: tuple[Paise, ...] = ()
    frequency: Frequency = Frequency.MONTHLY
    every: int = 1
    day_count: DayCount = DayCount.PERIODS
    round_interest: How = _PAISA
    round_principal: How = _PAISA
    round_instalment: How = _PAISA
    moratorium_principal: int = 0
    moratorium_interest: int = 0
    moratorium_treatment: Treatment = Treatment.COLLECT
    rates: tuple[RateFrom, ...] = ()
    order: tuple[str, ...] = ORDER
    oldest_first: bool = False
    interest_on: InterestOn = InterestOn.SCHEDULE
    penalty: Penalty | None = None
    prepayment: Prepayment = Prepayment.ADVANCE
    subvention: Fraction = _NONE
    incentive: Fraction = _NONE

    @property
    def is_plain(self) -> bool:
        """Whether what is paid changes neither the schedule nor what is due beside it, while the loan runs."""
        return (
            self.interest_on is InterestOn.SCHEDULE
            and self.prepayment is Prepayment.ADVANCE
            and self.penalty is None
            and not (self.rates or self.moratorium_interest)
        )

    @property
    def has_scheme(self) -> bool:
        """Whether a scheme bears or gives back a part of the interest."""
        return bool(self.subvention or self.incentive)

    def a_year(self, rate: Fraction) -> Fraction:
        """A rate of this product as percent a year."""
        return rate * RATES_A_YEAR[self.rate_per]

    @property
    def period(self) -> Fraction:
        """The length of a whole period, in years."""
        return Fraction(self.every, PERIODS_A_YEAR[self.frequency])

    def rate_on(self, day: str) -> Fraction:
        """The rate that the borrower bears on an ISO day, percent a year."""
        held = [one.rate for one in self.rates if one.since <= day]
        return self.a_year((held[-1] if held else self.rate) - self.subvention)

    def dues(self, disbursed: str, first: str | None = None, count: int | None = None) -> tuple[str, ...]:
        """The due dates (ISO): from the first that was named, or one period after the loan is given, on its day.

        Fewer than asked for where they would fall after the last year that the program knows.
        """
        wanted = count or self.instalments or len(self.parts) or MOST_INSTALMENTS
        if first is not None:
            return due_dates(first, self.frequency, self.every, wanted)
        return due_dates(disbursed, self.frequency, self.every, wanted + 1)[1:]

    def part_of_period(self, since: str, until: str, whole: tuple[str, str]) -> Fraction:
        """The part of a year between two ISO days within a period, given by the days on which it begins and ends.

        Who counts whole periods has a day's share of one.
        """
        if self.day_count is not DayCount.PERIODS:
            return part_of_year(since, until, self.day_count)
        length = lengths(whole[0], whole[1:], self.day_count, self.frequency, self.every)[0]
        days = days_between(*whole)
        return length * Fraction(days_between(since, until), days) if days else length

    def terms(self, principal: Paise, disbursed: str, dues: Sequence[str], *, known: str | None = None) -> Terms:
        """The terms as the schedules take them, with the rates of the periods in their lengths.

        Rates that begin after the ISO day `known` are not foreseen (None: all are).
        """
        rates = tuple(one for one in self.rates if known is None or one.since <= known)
        foreseen = self if rates == self.rates else replace(self, rates=rates)
        clauses = Clauses(
            foreseen.weights(disbursed, dues),
            self.round_instalment,
            self.instalment,
            self.moratorium_principal,
            self.moratorium_interest,
            self.moratorium_treatment,
            self.parts,
        )
        return Terms(principal, Fraction(1), len(dues), self.round_principal, self.round_interest, clauses)

    def weights(self, disbursed: str, dues: Sequence[str]) -> tuple[Fraction, ...]:
        """What each period's interest is of the principal, in percent."""
        if self.rates:
            return tuple(self.whole_weight(begins, due) for begins, due in pairwise((disbursed, *dues)))
        rate = self.a_year(self.rate - self.subvention)
        if self.day_count is DayCount.PERIODS:
            return (rate * self.period,) * len(dues)
        return tuple(rate * one for one in lengths(disbursed, dues, self.day_count, self.frequency, self.every))

    def whole_weight(self, begins: str, due: str) -> Fraction:
        """What the interest of a whole period is of the principal, in percent.

        By whole periods at the rate that holds when it begins; else each rate for its own days.
        """
        if self.day_count is DayCount.PERIODS or not any(begins < one.since < due for one in self.rates):
            length = lengths(begins, (due,), self.day_count, self.frequency, self.every)[0]
            return self.rate_on(begins) * length
        return self.weight(begins, due, (begins, due))

    def weight(self, since: str, until: str, period: tuple[str, str]) -> Fraction:
        """What the interest of some days within a period is of the principal, in percent; each rate for its days."""
        days = (since, *(one.since for one in self.rates if since < one.since < until), until)
        parts = (self.rate_on(a) * self.part_of_period(a, b, period) for a, b in pairwise(days))
        return sum(parts, Fraction(0))
