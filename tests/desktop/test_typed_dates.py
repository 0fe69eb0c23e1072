"""Days and periods as they are typed."""

import pytest

from bookkeeper.desktop import typed_dates
from bookkeeper.desktop.typed_dates import Unreadable, typed_day, typed_period
from bookkeeper.words import language

BASE, TODAY = "2024-06-12", "2025-01-20"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", "2024-06-12"),
        ("5", "2024-06-05"),
        ("५", "2024-06-05"),
        ("5-4", "2024-04-05"),
        ("5/2", "2025-02-05"),
        ("05-04-2024", "2024-04-05"),
        ("5.4.24", "2024-04-05"),
        ("05042024", "2024-04-05"),
        ("0504", "2024-04-05"),
        ("2024-04-05", "2024-04-05"),
        ("५-४-२०२४", "2024-04-05"),
        ("5 april", "2024-04-05"),
        ("5 Feb", "2025-02-05"),
        ("5 एप्रिल 2023", "2023-04-05"),
        ("+", "2024-06-13"),
        ("-", "2024-06-11"),
        ("+20", "2024-07-02"),
        ("t", "2025-01-20"),
        ("M", "2024-06-01"),
        ("H", "2024-06-30"),
        ("y", "2024-04-01"),
        ("R", "2025-03-31"),
        ("yesterday", "2025-01-19"),
        ("आज", "2025-01-20"),
        ("29-2-2024", "2024-02-29"),
    ],
)
def test_a_day_is_read_beside_the_one_before(typed: str, day: str) -> None:
    assert typed_day(typed, BASE, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31-2", "February has no 31st day."),
        ("31-4-2024", "April has no 31st day."),
        ("29-2-2023", "February 2023 has no 29th day."),
        ("45", "No month has a day 45."),
        ("5-13", "There is no month 13. Write the day, then the month: 5-4."),
        ("5-4-3024", "The year must lie between 1900 and 2199."),
        ("some day", "“some day” is not a date. Write 5, 5-4 or 05-04-2024."),
    ],
)
def test_what_is_no_day_is_refused_in_words(typed: str, said: str) -> None:
    with pytest.raises(Unreadable) as wrong:
        typed_day(typed, BASE, TODAY)
    assert language("en").text(wrong.value) == said


def test_a_refusal_is_said_in_the_readers_language() -> None:
    with pytest.raises(Unreadable) as wrong:
        typed_day("31-2", BASE, TODAY)
    assert "फेब्रुवारी" in language("mr").text(wrong.value)


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("", ("2024-04-01", "2025-03-31")),
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2023-24", ("2023-04-01", "2024-03-31")),
        ("२०२३-२४", ("2023-04-01", "2024-03-31")),
        ("last month", ("2024-12-01", "2024-12-31")),
        ("this month", ("2025-01-01", "2025-01-31")),
        ("पिछला महीना", ("2024-12-01", "2024-12-31")),
        ("पिछले महीने", ("2024-12-01", "2024-12-31")),
        ("मागील महिना", ("2024-12-01", "2024-12-31")),
        ("this year", ("2024-04-01", "2025-03-31")),
        ("last quarter", ("2024-10-01", "2024-12-31")),
        ("april", ("2024-04-01", "2024-04-30")),
        ("feb", ("2025-02-01", "2025-02-28")),
        ("april 2023", ("2023-04-01", "2023-04-30")),
        ("एप्रिल", ("2024-04-01", "2024-04-30")),
        ("04-2024", ("2024-04-01", "2024-04-30")),
        ("2024-04", ("2024-04-01", "2024-04-30")),
        ("5-4-2024 to 30-6-2024", ("2024-04-05", "2024-06-30")),
        ("5-4-2024 से 30-6-2024 तक", ("2024-04-05", "2024-06-30")),
        ("5-4-2024 ते 30-6-2024", ("2024-04-05", "2024-06-30")),
        ("5-4-2024 - 30-6-2024", ("2024-04-05", "2024-06-30")),
        ("5-4..30-6", ("2024-04-05", "2024-06-30")),
        ("april to june", ("2024-04-01", "2024-06-30")),
        ("5-4-2024", ("2024-04-05", "2024-04-05")),
    ],
)
def test_a_period_is_read(typed: str, period: tuple[str, str]) -> None:
    assert typed_period(typed, ("2024-04-01", "2025-03-31"), TODAY) == period


@pytest.mark.parametrize("typed", ["some time", "june to april", "13-2024", "5 to x"])
def test_what_is_no_period_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        typed_period(typed, ("2024-04-01", "2025-03-31"), TODAY)


def test_periods_move_and_widen() -> None:
    april, year = ("2024-04-01", "2024-04-30"), ("2024-04-01", "2025-03-31")
    assert typed_dates.moved(april, 1) == ("2024-05-01", "2024-05-31")
    assert typed_dates.moved(year, -1) == ("2023-04-01", "2024-03-31")
    assert typed_dates.moved(("2024-04-05", "2024-04-11"), 1) == ("2024-04-12", "2024-04-18")
    assert typed_dates.widened(("2024-04-05", "2024-04-05")) == april
    assert typed_dates.widened(april) == ("2024-04-01", "2024-06-30")
    assert typed_dates.widened(("2024-04-01", "2024-06-30")) == year
    assert typed_dates.widened(year) == ("2023-04-01", "2025-03-31")
    assert typed_dates.narrowed(year) == ("2025-01-01", "2025-03-31")
    assert typed_dates.narrowed(april) == ("2024-04-30", "2024-04-30")


def test_a_month_on_keeps_to_the_shorter_month() -> None:
    assert typed_dates.months_on("2024-01-31", 1) == "2024-02-29"
    assert typed_dates.months_on("2024-03-31", -1) == "2024-02-29"
