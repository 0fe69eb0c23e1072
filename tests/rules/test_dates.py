"""Days are ISO text, financial years run from April to March, and months are one running count."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookkeeper.rules import dates

days = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))


@pytest.mark.parametrize("text", ["2024-02-29", "1900-01-01", "2023-12-31", "2199-12-31"])
def test_a_real_day_is_taken_as_it_stands(text: str) -> None:
    assert dates.parsed_date(text) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2023-02-29", "no day of the calendar"),
        ("2024-13-01", "no day of the calendar"),
        ("2024-00-10", "no day of the calendar"),
        ("2024-04-31", "no day of the calendar"),
        ("0000-01-01", "no day of the calendar"),
        ("1899-12-31", "the year must lie between 1900 and 2199"),
        ("2200-01-01", "the year must lie between 1900 and 2199"),
        ("9999-12-31", "the year must lie between 1900 and 2199"),
        ("05-04-2024", "not a date"),
        ("2024/04/05", "not a date"),
        ("2024-4-5", "not a date"),
        ("20240405", "not a date"),
        ("2024-04-05 ", "not a date"),
        ("2024-04-05\n", "not a date"),
        ("2024-W14-5", "not a date"),
        ("२०२४-०४-०५", "not a date"),
        ("", "not a date"),
        ("yesterday", "not a date"),
    ],
)
def test_what_is_no_day_is_refused(text: str, why: str) -> None:
    with pytest.raises(dates.NotADate, match=why):
        dates.parsed_date(text)


@pytest.mark.parametrize(
    ("on", "year", "name"),
    [("2024-03-31", 2023, "2023-24"), ("2024-04-01", 2024, "2024-25"), ("2000-01-01", 1999, "1999-00")],
)
def test_the_financial_year_turns_on_the_first_of_april(on: str, year: int, name: str) -> None:
    assert dates.financial_year(on) == year
    assert dates.year_name(year) == name
    assert dates.parsed_year(name) == year


@pytest.mark.parametrize("text", ["2023", "2023-25", "2023-2024", "23-24", "2023/24", "2023-23", "", "1999-01"])
def test_what_is_no_financial_year_is_refused(text: str) -> None:
    with pytest.raises(dates.NotADate, match="not a financial year"):
        dates.parsed_year(text)


@given(days)
def test_a_day_lies_in_its_year_and_its_month(day: dt.date) -> None:
    on = day.isoformat()
    year = dates.financial_year(on)
    assert dates.year_start(year) <= on <= dates.year_end(year)
    month = dates.month_of(on)
    assert dates.month_start(month) == f"{on[:7]}-01"
    assert dates.month_of(dates.month_start(month)) == month
    assert dates.month_of(dates.day_after(dates.year_end(year))) - dates.month_of(dates.year_start(year)) == 12


@given(days)
def test_the_day_before_and_the_day_after_are_neighbours(day: dt.date) -> None:
    on = day.isoformat()
    assert dates.day_before(dates.day_after(on)) == on
    assert dates.day_before(on) < on < dates.day_after(on)
    assert dates.is_month_end(on) == (dates.day_after(on)[:7] != on[:7])


def test_the_last_of_february_is_a_month_s_end_in_each_kind_of_year() -> None:
    ends = [day for day in ("2024-02-28", "2024-02-29", "2023-02-28", "2024-12-31") if dates.is_month_end(day)]
    assert ends == ["2024-02-29", "2023-02-28", "2024-12-31"]


def test_the_ends_of_an_early_year_sort_as_text() -> None:
    assert (dates.year_start(98), dates.year_end(98)) == ("0098-04-01", "0099-03-31")
