"""Interest of a group's loan: what is charged when, exactly, from principal, dates and terms (design 3.1).

Nothing of it is stored. A charge falls on each day on which the group meets or money of the loan moves; it is made on
the principal that stood before that day, for the months since the charge before.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Final

from bookkeeper.rules.dates import month_of
from bookkeeper.rules.money import Paise, Rounding, rounded_ratio

DAYS_IN_A_YEAR = 365
MONTHS_IN_A_YEAR = 12
HALF_A_MONTH = 15
FLAT = "flat"


class Months(StrEnum):
    """How a group counts the months between two days."""

    CALENDAR = "calendar"  # the difference of calendar months: 31 March to 5 April is one
    WHOLE = "whole"  # whole months from day to day: 5 April to 3 May is none
    HALF = "half"  # the same in halves: more than 15 days over are half a month
    DAYS = "days"  # days over 365, as parts of a year


PARTS_OF_A_MONTH: Final = {Months.CALENDAR: 1, Months.WHOLE: 1, Months.HALF: 2, Months.DAYS: DAYS_IN_A_YEAR}
"""Into how many parts each rule divides a month, so that it is counted in whole numbers."""


def elapsed(since: str, until: str, how: Months) -> Fraction:
    """The months from one ISO day to a later one, by a named rule; nought where `until` is not later."""
    return Fraction(_parts(since, until, how), PARTS_OF_A_MONTH[how])


@lru_cache(maxsize=20_000)
def _parts(since: str, until: str, how: Months) -> int:
    """The same in parts of a month."""
    if until <= since:
        return 0
    months = month_of(until) - month_of(since)
    if how is Months.CALENDAR:
        return months
    if how is Months.DAYS:
        return (_day(until).toordinal() - _day(since).toordinal()) * MONTHS_IN_A_YEAR
    whole = months - 1 if _later(since, months) > _day(until) else months
    if how is Months.WHOLE:
        return whole
    over = _day(until) - _later(since, whole)
    return 2 * whole + (1 if over.days > HALF_A_MONTH else 0)


def _day(on: str) -> dt.date:
    return dt.date.fromisoformat(on)


def _later(since: str, months: int) -> dt.date:
    """The same day some months later; the last of the month where that has no such day."""
    month = month_of(since) + months
    year, month = divmod(month, MONTHS_IN_A_YEAR)
    return dt.date(year, month + 1, min(int(since[8:]), calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Movement:
    """What moved on a loan on a day, in paise: `principal` positive when lent, `interest` positive when received.

    Of the principal `lent` was given (or, negative, taken back); the rest was repaid. `penalty` is penal interest.
    """

    date: str
    principal: int = 0
    interest: int = 0
    penalty: int = 0
    lent: int = 0


@dataclass(frozen=True, slots=True)
class Basis:
    """What interest is reckoned from: `since` is the day of disbursement, or of the cut-off.

    `rate` is percent a month, exact; `lent` and `term` (months) matter to a flat loan alone; `rounding` is applied
    once to each charge.
    """

    since: str
    rate: Fraction
    method: str
    lent: Paise
    term: int
    months: Months
    rounding: Rounding


@dataclass(frozen=True, slots=True)
class Charge:
    """Interest charged on a day, in paise."""

    date: str
    amount: Paise


def charges(basis: Basis, movements: Sequence[Movement], days: Iterable[str]) -> tuple[Charge, ...]:
    """The charges that fall on these days and on those on which money moved, in order; those of nought are left out.

    A movement that was taken back on its own day is none.

    A flat loan is charged on what was lent, for its term and no longer; others on what is outstanding.
    """
    found: list[Charge] = []
    parts = PARTS_OF_A_MONTH[basis.months]
    term = basis.term * parts if basis.method == FLAT else None
    rate, whole = basis.rate.numerator, 100 * parts * basis.rate.denominator
    outstanding, reckoned, at = 0, 0, 0
    in_order = _by_day(movements)
    for day in sorted({*days, *(moved for moved, _ in in_order)}):
        while at < len(in_order) and in_order[at][0] < day:
            outstanding += in_order[at][1]
            at += 1
        if outstanding <= 0 and at == len(in_order):
            break  # nothing is owed any more, and nothing will be
        until = _parts(basis.since, day, basis.months)
        if term is not None:
            until = min(until, term)
        months, reckoned = until - reckoned, until
        if outstanding > 0 and months > 0:
            principal = outstanding if term is None else basis.lent
            found.append(Charge(day, rounded_ratio(principal * rate * months, whole, basis.rounding)))
    return tuple(found)


def _by_day(movements: Sequence[Movement]) -> list[tuple[str, int]]:
    """The days on which something moved, in order, with the principal that did."""
    principal: dict[str, int] = defaultdict(int)
    interest: dict[str, int] = defaultdict(int)
    for one in movements:
        principal[one.date] += one.principal
        interest[one.date] += one.interest
    return sorted((day, moved) for day, moved in principal.items() if moved or interest[day])
