"""On which days a loan by a product falls due: a day of the month, a crop's day, the day of meeting; holidays.

The first due date is found once, when the loan is given; the others follow from it (`rules.due_dates`).
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bookkeeper.rules.dates import LATEST_YEAR, day_after, day_before, month_of
from bookkeeper.rules.due_dates import Frequency, due_dates
from bookkeeper.rules.loan_product import Product

BY_MONTHS = frozenset({Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.HALF_YEARLY, Frequency.YEARLY})
"""The frequencies whose due dates have a day of the month."""


class Holiday(StrEnum):
    """What becomes of a due date that falls on a holiday."""

    KEEP = "keep"
    NEXT = "next"  # the next day that is none
    BEFORE = "before"  # the day before that is none


@dataclass(frozen=True, slots=True)
class DueRule:
    """When a product's loans fall due; days ISO.

    `due_day` is a day of the month (the last, where a month has no such day), `due_on` a crop's day as "11-30"; both
    come at least `least_months` after the loan. With neither, the first due date is one period after the loan.
    `on_meeting_day`: on the group's day of meeting, and where it met on another day of that month, on that one.
    """

    due_day: int | None = None
    due_on: str = ""
    least_months: int = 0
    on_meeting_day: bool = False
    holidays: tuple[str, ...] = ()
    holiday: Holiday = Holiday.KEEP

    def first_due(self, product: Product, disbursed: str, meeting_day: int | None = None) -> str | None:
        """The first due date of a loan, before holidays; None where it would fall after the years that are known.

        `meeting_day` is the day of the month on which the group meets by its own rule.
        """
        if self.due_on:
            earliest = max(_months_later(disbursed, self.least_months), day_after(disbursed))
            year = int(earliest[:4])
            days = [_of_month(year + more, int(self.due_on[:2]), int(self.due_on[3:])) for more in (0, 1)]
            return _known(next(day for day in days if day >= earliest))
        usual = due_dates(disbursed, product.frequency, product.every, 2)[1:]
        day = self.due_day or (meeting_day if self.on_meeting_day else None)
        if day is None or product.frequency not in BY_MONTHS:
            later = _months_later(disbursed, self.least_months)
            return _known(max(*usual, later)) if usual else None
        if self.least_months:
            earliest = _months_later(disbursed, self.least_months)
            first = _on_day(earliest, day)
            return _known(first if first >= earliest else _on_day(_months_later(earliest[:8] + "01", 1), day))
        return _on_day(usual[0], day) if usual else None

    def dues(self, product: Product, disbursed: str, first: str, meetings: Sequence[str] = ()) -> tuple[str, ...]:
        """All due dates of a loan from its first on; `meetings` are the sorted days on which the group met or meets.

        Where the first is one period after the loan, the day of the loan is kept: 31 January, 29 February, 31 March.
        """
        usual = due_dates(disbursed, product.frequency, product.every, 2)[1:]
        found = product.dues(disbursed, None if usual == (first,) else first)
        day = self.due_day
        if day is not None and product.frequency in BY_MONTHS and _on_day(first, day) == first:
            found = tuple(_on_day(one, day) for one in found)
        if self.on_meeting_day and product.frequency in BY_MONTHS:
            held: dict[int, str] = {}
            for meeting in meetings:
                if meeting > disbursed:
                    held.setdefault(month_of(meeting), meeting)
            found = tuple(held.get(month_of(one), one) for one in found)
        if self.holiday is Holiday.KEEP or not self.holidays:
            return found
        return tuple(self._moved(one, disbursed) for one in found)

    def _moved(self, due: str, disbursed: str) -> str:
        """A due date moved off holidays, never to the day of the loan or before."""
        day = due
        while day in self.holidays:
            day = day_after(day) if self.holiday is Holiday.NEXT else day_before(day)
        return day if day > disbursed else due


def _known(day: str) -> str | None:
    return day if int(day[:4]) <= LATEST_YEAR else None


def _of_month(year: int, month: int, day: int) -> str:
    """A day of a month, the last where it has no such day."""
    return f"{year:04d}-{month:02d}-{min(day, calendar.monthrange(year, month)[1]):02d}"


def _on_day(on: str, day: int) -> str:
    return _of_month(int(on[:4]), int(on[5:7]), day)


def _months_later(on: str, months: int) -> str:
    year, month = divmod(month_of(on) + months, 12)
    return _of_month(year, month + 1, int(on[8:]))


def is_month_day(text: str) -> bool:
    """Whether a text is a day of some year, as "11-30"."""
    try:
        dt.date.fromisoformat(f"2024-{text}")  # a leap year: the 29 of February is one
    except ValueError:
        return False
    return len(text) == len("11-30")
