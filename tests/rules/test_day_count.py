"""Day counts, worked by hand."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookkeeper.rules.day_count import DayCount, lengths, part_of_year
from bookkeeper.rules.due_dates import Frequency

COUNTED = [how for how in DayCount if how is not DayCount.PERIODS]


@pytest.mark.parametrize(
    ("since", "until", "how", "days", "year"),
    [
        # 31 days in January, 29 in the February of 2024
        ("2024-01-01", "2024-02-01", DayCount.ACTUAL_365, 31, 365),
        ("2024-02-01", "2024-03-01", DayCount.ACTUAL_365, 29, 365),
        ("2024-01-01", "2025-01-01", DayCount.ACTUAL_365, 366, 365),
        ("2024-02-01", "2024-03-01", DayCount.ACTUAL_360, 29, 360),
        # every month has 30 days; a 31st is the 30th, at both ends; the end of February is what it is
        ("2024-01-01", "2024-02-01", DayCount.THIRTY_360, 30, 360),
        ("2024-01-31", "2024-03-31", DayCount.THIRTY_360, 60, 360),
        ("2024-01-30", "2024-01-31", DayCount.THIRTY_360, 0, 360),
        ("2024-01-15", "2024-01-31", DayCount.THIRTY_360, 15, 360),
        ("2024-01-31", "2024-02-29", DayCount.THIRTY_360, 29, 360),
        ("2024-02-29", "2024-03-31", DayCount.THIRTY_360, 31, 360),
        ("2023-02-28", "2023-03-31", DayCount.THIRTY_360, 32, 360),
        ("2023-12-31", "2024-12-31", DayCount.THIRTY_360, 360, 360),
        # within one year
        ("2024-01-01", "2024-02-01", DayCount.ACTUAL_ACTUAL, 31, 366),
        ("2023-01-01", "2023-02-01", DayCount.ACTUAL_ACTUAL, 31, 365),
        ("2023-01-01", "2025-01-01", DayCount.ACTUAL_ACTUAL, 2, 1),
    ],
)
def test_days_over_a_year(since: str, until: str, how: DayCount, days: int, year: int) -> None:
    assert part_of_year(since, until, how) == Fraction(days, year)


def test_actual_actual_takes_each_years_days_over_its_own() -> None:
    # From 12 December 2023 to 12 January 2024: 20 days of 2023 (12 to 31 December), 11 of 2024 (1 to 11 January).
    found = part_of_year("2023-12-12", "2024-01-12", DayCount.ACTUAL_ACTUAL)
    assert found == Fraction(20, 365) + Fraction(11, 366)
    # The ISDA's own example (EMU and market conventions, 1998): 1 November 2003 to 1 May 2004, 61/365 + 121/366.
    found = part_of_year("2003-11-01", "2004-05-01", DayCount.ACTUAL_ACTUAL)
    assert found == Fraction(61, 365) + Fraction(121, 366)


def test_whole_periods_take_no_notice_of_the_days() -> None:
    dues = ("2024-03-01", "2024-04-01")
    assert lengths("2024-01-01", dues, DayCount.PERIODS, Frequency.MONTHLY, 1) == (Fraction(1, 12),) * 2
    assert lengths("2024-01-01", dues, DayCount.PERIODS, Frequency.FORTNIGHTLY, 3) == (Fraction(3, 26),) * 2
    found = lengths("2024-01-01", dues, DayCount.ACTUAL_360, Frequency.MONTHLY, 1)
    assert found == (Fraction(60, 360), Fraction(31, 360))
    with pytest.raises(ValueError, match="not counted in days"):
        part_of_year("2024-01-01", "2024-02-01", DayCount.PERIODS)


DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)).map(dt.date.isoformat)


@given(st.lists(DAYS, min_size=3, max_size=3).map(sorted), st.sampled_from(COUNTED))
def test_parts_add_up_to_the_whole(days: list[str], how: DayCount) -> None:
    first, middle, last = days
    whole = part_of_year(first, last, how)
    assert part_of_year(first, middle, how) + part_of_year(middle, last, how) == whole
    assert whole >= 0
