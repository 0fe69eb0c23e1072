"""Due dates by a product: a day of the month, a crop's day, the day of meeting, holidays."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bookkeeper.rules.due_dates import Frequency
from bookkeeper.rules.loan_product import Product
from bookkeeper.rules.product_dates import DueRule, Holiday, is_month_day


def lent(frequency: Frequency = Frequency.MONTHLY, instalments: int = 3) -> Product:
    return Product("emi", Fraction(12), instalments=instalments, frequency=frequency)


@pytest.mark.parametrize(
    ("rule", "given", "first"),
    [
        (DueRule(), "2024-04-05", "2024-05-05"),
        (DueRule(), "2024-01-31", "2024-02-29"),
        (DueRule(due_day=10), "2024-04-20", "2024-05-10"),
        (DueRule(due_day=31), "2024-01-15", "2024-02-29"),
        (DueRule(due_day=10, least_months=1), "2024-04-20", "2024-06-10"),
        (DueRule(due_day=10, least_months=1), "2024-04-05", "2024-05-10"),
        (DueRule(least_months=3), "2024-04-05", "2024-07-05"),
        (DueRule(due_on="11-30"), "2024-06-15", "2024-11-30"),
        (DueRule(due_on="11-30"), "2024-11-30", "2025-11-30"),  # never on the day of the loan
        (DueRule(due_on="11-30", least_months=6), "2024-05-30", "2024-11-30"),
        (DueRule(due_on="11-30", least_months=6), "2024-05-31", "2024-11-30"),  # six months end with that month
        (DueRule(due_on="11-30", least_months=6), "2024-06-01", "2025-11-30"),
        (DueRule(due_on="02-29", least_months=1), "2024-03-01", "2025-02-28"),
        (DueRule(on_meeting_day=True), "2024-04-20", "2024-05-05"),
        (DueRule(due_on="03-31"), "2199-12-01", None),
    ],
)
def test_the_first_due_date(rule: DueRule, given: str, first: str | None) -> None:
    assert rule.first_due(lent(), given, meeting_day=5) == first


def test_a_group_that_has_named_no_day_of_meeting_counts_from_the_loan() -> None:
    assert DueRule(on_meeting_day=True).first_due(lent(), "2024-04-20") == "2024-05-20"


def test_a_week_has_no_day_of_the_month() -> None:
    assert DueRule(on_meeting_day=True).first_due(lent(Frequency.WEEKLY), "2024-04-20", 5) == "2024-04-27"


@pytest.mark.parametrize(
    ("rule", "given", "first", "dues"),
    [
        (DueRule(), "2024-01-31", "2024-02-29", ("2024-02-29", "2024-03-31", "2024-04-30")),
        (DueRule(), "2024-01-31", "2024-03-29", ("2024-03-29", "2024-04-29", "2024-05-29")),
        (DueRule(due_day=31), "2024-01-15", "2024-02-29", ("2024-02-29", "2024-03-31", "2024-04-30")),
        (DueRule(due_day=31), "2024-01-15", "2024-02-10", ("2024-02-10", "2024-03-10", "2024-04-10")),
    ],
)
def test_the_due_dates_after_it(rule: DueRule, given: str, first: str, dues: tuple[str, ...]) -> None:
    assert rule.dues(lent(), given, first) == dues


@pytest.mark.parametrize(("way", "second"), [("keep", "2024-06-05"), ("next", "2024-06-07"), ("before", "2024-06-04")])
def test_a_holiday(way: str, second: str) -> None:
    rule = DueRule(holidays=("2024-06-05", "2024-06-06"), holiday=Holiday(way))
    assert rule.dues(lent(), "2024-04-05", "2024-05-05") == ("2024-05-05", second, "2024-07-05")


def test_a_holiday_never_makes_a_loan_due_on_its_own_day() -> None:
    rule = DueRule(holidays=("2024-04-06",), holiday=Holiday.BEFORE)
    assert rule.dues(lent(Frequency.DAYS, 1), "2024-04-05", "2024-04-06") == ("2024-04-06",)


def test_a_loan_is_due_when_the_group_met_that_month() -> None:
    rule = DueRule(on_meeting_day=True)
    met = ("2024-04-05", "2024-04-25", "2024-05-04", "2024-05-20", "2024-06-07")
    assert rule.dues(lent(), "2024-04-05", "2024-05-05", met) == ("2024-05-04", "2024-06-07", "2024-07-05")


@pytest.mark.parametrize(("text", "is_one"), [("11-30", True), ("02-29", True), ("02-30", False), ("1-5", False)])
def test_days_of_the_year(text: str, is_one: bool) -> None:  # noqa: FBT001  # a case
    assert is_month_day(text) is is_one
