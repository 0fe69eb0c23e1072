"""Due dates of a loan: how often an instalment falls due, and on which days.

Months keep the day of the first due date, and take the month's last day where it has no such day: 31 January,
29 February, 31 March (design: `loan quote`).
"""

from __future__ import annotations

import calendar
import datetime as dt
from enum import StrEnum
from functools import lru_cache
from typing import Final

from bookkeeper.rules.dates import LATEST_YEAR, month_of

MONTHS_IN_A_YEAR = 12
_LAST = dt.date(LATEST_YEAR, 12, 31).toordinal()


class Frequency(StrEnum):
    """How often an instalment falls due."""

    DAYS = "days"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    FOUR_WEEKLY = "four-weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"


PERIODS_A_YEAR: Final = {
    Frequency.DAYS: 365,
    Frequency.WEEKLY: 52,
    Frequency.FORTNIGHTLY: 26,
    Frequency.FOUR_WEEKLY: 13,
    Frequency.MONTHLY: 12,
    Frequency.QUARTERLY: 4,
    Frequency.HALF_YEARLY: 2,
    Frequency.YEARLY: 1,
}
"""Into how many periods a year falls, for whoever counts whole periods."""

_DAYS: Final = {Frequency.DAYS: 1, Frequency.WEEKLY: 7, Frequency.FORTNIGHTLY: 14, Frequency.FOUR_WEEKLY: 28}


@lru_cache(maxsize=4096)
def due_dates(first: str, frequency: Frequency, every: int, count: int) -> tuple[str, ...]:
    """The first due date (ISO) and those after it, each `every` periods on; at most `count`, none after 2199."""
    found = []
    for number in range(count):
        due = _later(first, frequency, every * number)
        if due is None:
            break
        found.append(due)
    return tuple(found)


def _later(on: str, frequency: Frequency, periods: int) -> str | None:
    """The ISO day so many periods after a day; None where that is after 2199."""
    if frequency in _DAYS:
        ordinal = dt.date.fromisoformat(on).toordinal() + _DAYS[frequency] * periods
        return None if ordinal > _LAST else dt.date.fromordinal(ordinal).isoformat()
    year, month = divmod(month_of(on) + MONTHS_IN_A_YEAR * periods // PERIODS_A_YEAR[frequency], MONTHS_IN_A_YEAR)
    if year > LATEST_YEAR:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    return f"{year:04d}-{month + 1:02d}-{min(int(on[8:]), last):02d}"
