"""Day counts: what part of a year lies between two days, exactly.

30/360 is the European one (ISMA rule 251, "30E/360"): a 31st counts as the 30th, at both ends. Actual/actual is the
one of ISDA: each calendar year's days over its own 365 or 366. A part begins with the day of disbursement or of the
instalment before, and ends before the day on which it falls due.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from bookkeeper.rules.due_dates import PERIODS_A_YEAR, Frequency

_MONTH, _YEAR = 30, 360


class DayCount(StrEnum):
    """How the time of a loan is counted."""

    PERIODS = "periods"  # whole periods, whatever their days: 12 months, 26 fortnights, 52 weeks in a year
    THIRTY_360 = "30/360"
    ACTUAL_365 = "actual/365"
    ACTUAL_360 = "actual/360"
    ACTUAL_ACTUAL = "actual/actual"


def lengths(
    disbursed: str, dues: Sequence[str], how: DayCount, frequency: Frequency, every: int
) -> tuple[Fraction, ...]:
    """How long the period before each due date is, in years; under `periods` the first, too, is one whole period."""
    if how is DayCount.PERIODS:
        return (Fraction(every, PERIODS_A_YEAR[frequency]),) * len(dues)
    return tuple(part_of_year(since, until, how) for since, until in pairwise((disbursed, *dues)))


def part_of_year(since: str, until: str, how: DayCount) -> Fraction:
    """The part of a year from one ISO day to a later one. Raises ValueError for `periods`, which counts no days."""
    if how is DayCount.PERIODS:
        raise ValueError("whole periods are not counted in days")
    first, last = dt.date.fromisoformat(since), dt.date.fromisoformat(until)
    if how is DayCount.ACTUAL_ACTUAL:
        return _into_its_year(last) - _into_its_year(first)
    if how is DayCount.THIRTY_360:
        return Fraction(_thirty(last) - _thirty(first), _YEAR)
    return Fraction((last - first).days, 365 if how is DayCount.ACTUAL_365 else _YEAR)


def days_between(since: str, until: str) -> int:
    """The days from one ISO day to a later one."""
    return (dt.date.fromisoformat(until) - dt.date.fromisoformat(since)).days


def _thirty(day: dt.date) -> int:
    """The days up to this one, of months that have thirty."""
    return day.year * _YEAR + day.month * _MONTH + min(day.day, _MONTH)


def _into_its_year(day: dt.date) -> Fraction:
    """The years up to this day, the last of them in part."""
    gone = (day - dt.date(day.year, 1, 1)).days
    return day.year + Fraction(gone, 366 if calendar.isleap(day.year) else 365)
