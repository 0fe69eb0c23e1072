"""Due dates: how often, and which day of the month."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookkeeper.rules.due_dates import PERIODS_A_YEAR, Frequency, due_dates


@pytest.mark.parametrize(
    ("frequency", "every", "dues"),
    [
        (Frequency.DAYS, 10, ("2024-01-31", "2024-02-10", "2024-02-20")),
        (Frequency.WEEKLY, 1, ("2024-01-31", "2024-02-07", "2024-02-14")),
        (Frequency.WEEKLY, 3, ("2024-01-31", "2024-02-21", "2024-03-13")),
        (Frequency.FORTNIGHTLY, 1, ("2024-01-31", "2024-02-14", "2024-02-28")),
        (Frequency.FOUR_WEEKLY, 1, ("2024-01-31", "2024-02-28", "2024-03-27")),
        (Frequency.MONTHLY, 1, ("2024-01-31", "2024-02-29", "2024-03-31")),
        (Frequency.MONTHLY, 13, ("2024-01-31", "2025-02-28", "2026-03-31")),
        (Frequency.QUARTERLY, 1, ("2024-01-31", "2024-04-30", "2024-07-31")),
        (Frequency.HALF_YEARLY, 1, ("2024-01-31", "2024-07-31", "2025-01-31")),
        (Frequency.YEARLY, 2, ("2024-01-31", "2026-01-31", "2028-01-31")),
    ],
)
def test_each_due_date_is_some_periods_after_the_first(frequency: Frequency, every: int, dues: tuple[str, ...]) -> None:
    assert due_dates("2024-01-31", frequency, every, 3) == dues


def test_a_year_from_a_leap_day_is_the_28th_until_the_next_leap_year() -> None:
    dues = ("2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29")
    assert due_dates("2024-02-29", Frequency.YEARLY, 1, 5) == dues


@pytest.mark.parametrize("frequency", Frequency)
def test_nothing_falls_due_after_2199(frequency: Frequency) -> None:
    dues = due_dates("2199-12-31", frequency, 1, 10)
    assert dues == ("2199-12-31",)
    assert due_dates("2199-12-31", frequency, 10**9, 2) == dues


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), st.sampled_from(Frequency), st.integers(1, 40),
    st.integers(0, 30),
)  # fmt: skip
def test_due_dates_rise_and_keep_the_day(first: dt.date, frequency: Frequency, every: int, count: int) -> None:
    dues = due_dates(first.isoformat(), frequency, every, count)
    days = [dt.date.fromisoformat(due) for due in dues]
    assert days == sorted(set(days))
    if PERIODS_A_YEAR[frequency] <= 12:
        assert all(day.day == first.day or (day + dt.timedelta(days=1)).day == 1 for day in days)
    else:
        assert len({(later - day).days for day, later in pairwise(days)}) <= 1
