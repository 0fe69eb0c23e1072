"""Interest of a group's loan, worked by hand from the rule of the group."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bookkeeper.rules.interest import Basis, Charge, Months, Movement, charges, elapsed
from bookkeeper.rules.money import Paise, Rounding


@pytest.mark.parametrize(
    ("since", "until", "calendar", "whole", "half"),
    [
        ("2024-04-05", "2024-04-30", "0", "0", "1/2"),  # none in the month of disbursement; 25 days are a half
        ("2024-04-05", "2024-05-05", "1", "1", "1"),
        ("2024-04-05", "2024-05-08", "1", "1", "1"),  # moved from the 5th to the 8th: one
        ("2024-04-05", "2024-05-03", "1", "0", "1/2"),  # moved to the 3rd: 28 days
        ("2024-04-05", "2024-04-20", "0", "0", "0"),  # 15 days are not over 15
        ("2024-04-05", "2024-04-21", "0", "0", "1/2"),
        ("2024-03-31", "2024-04-05", "1", "0", "0"),  # a loan or cut-off of 31 March owes one on 5 April
        ("2024-04-05", "2024-06-05", "2", "2", "2"),  # a skipped month is charged at the next
        ("2024-01-31", "2024-02-29", "1", "1", "1"),  # the last day of February is a month after 31 January
        ("2023-12-10", "2024-01-09", "1", "0", "1/2"),
        ("2024-04-05", "2024-04-05", "0", "0", "0"),
        ("2024-04-05", "2024-03-05", "0", "0", "0"),
    ],
)
def test_months_are_counted_as_the_group_says(since: str, until: str, calendar: str, whole: str, half: str) -> None:
    assert elapsed(since, until, Months.CALENDAR) == Fraction(calendar)
    assert elapsed(since, until, Months.WHOLE) == Fraction(whole)
    assert elapsed(since, until, Months.HALF) == Fraction(half)


def test_by_days_a_year_has_365() -> None:
    assert elapsed("2024-04-01", "2025-04-01", Months.DAYS) == 12
    assert elapsed("2024-02-01", "2024-03-01", Months.DAYS) == Fraction(29 * 12, 365)


def basis(
    *, rate: str = "2", method: str = "equal-principal", months: Months = Months.CALENDAR, lent: int = 100_000,
    rounding: Rounding = Rounding.TO_RUPEE,
) -> Basis:  # fmt: skip
    """A loan of 1,000 rupees, given on 5 April 2024, ten instalments."""
    return Basis("2024-04-05", Fraction(rate), method, Paise(lent), 10, months, rounding)


LENT = Movement("2024-04-05", principal=100_000)


def amounts(found: tuple[Charge, ...]) -> list[tuple[str, int]]:
    return [(one.date, one.amount) for one in found]


def test_interest_is_on_the_principal_that_stood_before_the_day() -> None:
    paid = Movement("2024-05-05", principal=-10_000)
    found = charges(basis(), [LENT, paid], ["2024-05-05", "2024-06-05"])
    # 2 % of 1,000.00 is 20.00; a hundred paid; 2 % of 900.00 is 18.00
    assert amounts(found) == [("2024-05-05", 2_000), ("2024-06-05", 1_800)]


def test_a_second_meeting_in_the_month_charges_nothing() -> None:
    found = charges(basis(), [LENT], ["2024-05-05", "2024-05-20", "2024-06-05"])
    assert amounts(found) == [("2024-05-05", 2_000), ("2024-06-05", 2_000)]


def test_a_skipped_month_is_charged_at_the_next() -> None:
    assert amounts(charges(basis(), [LENT], ["2024-07-05"])) == [("2024-07-05", 6_000)]


def test_each_charge_is_rounded_once_half_up() -> None:
    # 1.5 % of 1,033.00 is 15.495: 15.00 to the rupee, 15.50 to the half, 15.50 to the paisa
    lent = Movement("2024-04-05", principal=103_300)
    for how, amount in ((Rounding.TO_RUPEE, 1_500), (Rounding.TO_HALF_RUPEE, 1_550), (Rounding.TO_PAISA, 1_550)):
        found = charges(basis(rate="1.5", rounding=how), [lent], ["2024-05-05"])
        assert amounts(found) == [("2024-05-05", amount)]
    # 2 % of 25.00 is 0.50: half up to a rupee
    tiny = Movement("2024-04-05", principal=2_500)
    assert amounts(charges(basis(), [tiny], ["2024-05-05"])) == [("2024-05-05", 100)]


def test_a_flat_loan_is_charged_on_what_was_lent_for_its_term() -> None:
    paid = [Movement(f"2024-{month:02d}-05", principal=-10_000) for month in range(5, 10)]
    days = [f"2024-{month:02d}-05" for month in range(5, 13)] + [f"2025-{month:02d}-05" for month in range(1, 6)]
    found = charges(basis(method="flat"), [LENT, *paid], days)
    assert [amount for _, amount in amounts(found)] == [2_000] * 10  # ten months of 20.00, and none after the term
    assert found[-1].date == "2025-02-05"


def test_what_is_paid_off_is_charged_no_more() -> None:
    paid = Movement("2024-05-05", principal=-100_000)
    found = charges(basis(), [LENT, paid], ["2024-05-05", "2024-06-05", "2024-07-05"])
    assert amounts(found) == [("2024-05-05", 2_000)]


def test_by_days_interest_is_of_the_year() -> None:
    # 24 % a year of 1,000.00 for 30 of 365 days: 19.726, in paise 19.73
    found = charges(basis(months=Months.DAYS, rounding=Rounding.TO_PAISA), [LENT], ["2024-05-05"])
    assert amounts(found) == [("2024-05-05", 1_973)]
