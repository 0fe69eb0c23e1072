"""Dates of book-keeping: ISO days, financial years from April to March, months.

A date inside the program is ISO text ("2024-04-01"): it sorts as it stands and is what the books keep.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from bookkeeper.rules.said import Said

APRIL = 4
EARLIEST_YEAR = 1900
LATEST_YEAR = 2199
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"([0-9]{4})-([0-9]{2})")


class NotADate(ValueError):
    """The text is not a real day written as YYYY-MM-DD; the message is made for the user."""


@dataclass(frozen=True, slots=True)
class Day:
    """An ISO day within a text; a page shows it as its language writes dates."""

    iso: str

    def __str__(self) -> str:
        return self.iso


def parsed_date(text: str) -> str:
    """The same text, where it is a real day written YYYY-MM-DD, of the years 1900 to 2199. Raises NotADate."""
    if _ISO.fullmatch(text):
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            message = Said("“{text}” is no day of the calendar. Write the date as 2024-04-05.", text=text)
            raise NotADate(message) from None
        if EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            return text
        message = Said(
            "“{text}”: the year must lie between {first} and {year}.", text=text, first=EARLIEST_YEAR, year=LATEST_YEAR
        )
        raise NotADate(message)
    message = Said("“{text}” is not a date. Write it as year-month-day, for example 2024-04-05.", text=text)
    raise NotADate(message)


def financial_year(on: str) -> int:
    """The year in which the financial year of a day begins: 2024-03-31 → 2023, 2024-04-01 → 2024."""
    year, month = int(on[:4]), int(on[5:7])
    return year if month >= APRIL else year - 1


def year_name(year: int) -> str:
    """2023 → "2023-24", 1999 → "1999-00"."""
    return f"{year}-{(year + 1) % 100:02d}"


def parsed_year(text: str) -> int:
    """Read "2023-24" as 2023. Raises NotADate where the two halves do not follow each other."""
    match = _YEAR.fullmatch(text)
    if match and (int(match[1]) + 1) % 100 == int(match[2]):
        return int(match[1])
    message = Said("“{text}” is not a financial year. Write it as 2023-24.", text=text)
    raise NotADate(message)


def year_start(year: int) -> str:
    """The first day of the financial year that begins in `year`."""
    return f"{year:04d}-04-01"


def year_end(year: int) -> str:
    """The last day of the financial year that begins in `year`."""
    return f"{year + 1:04d}-03-31"


def month_of(on: str) -> int:
    """Months as one running count, so that they compare and subtract: year × 12 + month - 1."""
    return int(on[:4]) * 12 + int(on[5:7]) - 1


def month_start(month: int) -> str:
    """The first day of a month given as in `month_of`."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}-01"


def last_day(month: int) -> str:
    """The last day of a month given as in `month_of`."""
    return day_before(month_start(month + 1))


def day_before(on: str) -> str:
    """The day before."""
    return (dt.date.fromisoformat(on) - dt.timedelta(days=1)).isoformat()


def day_after(on: str) -> str:
    """The day after."""
    return (dt.date.fromisoformat(on) + dt.timedelta(days=1)).isoformat()


def is_month_end(on: str) -> bool:
    """Whether a day is the last of its month."""
    return day_after(on)[8:] == "01"
