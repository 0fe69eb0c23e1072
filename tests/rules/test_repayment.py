"""What is demanded in a meeting, and how a payment is split, worked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookkeeper.rules.appropriation import PARTS
from bookkeeper.rules.interest import Basis, Months, Movement
from bookkeeper.rules.money import Paise, Rounding
from bookkeeper.rules.repayment import Due, Lent, Plan, Split, split
from bookkeeper.rules.schedules import Instalment, Terms, methods, principal_parts, schedule_of

MEETINGS = [f"2024-{month:02d}-05" for month in range(4, 13)]


def lent(*moved: Movement, principal: int = 100_000, instalments: int = 10, interest_due: int = 0) -> Lent:
    """A loan of 1,000 rupees given on 5 April 2024 at 2 % a month, ten instalments of 100."""
    basis = Basis(
        "2024-04-05", Fraction(2), "equal-principal", Paise(principal), instalments, Months.CALENDAR, Rounding.TO_RUPEE
    )
    plan = Plan(schedule_of("equal-principal", Terms(Paise(principal), Fraction(2), instalments)), "2024-05-05")
    return Lent(basis, plan, Paise(interest_due), (Movement("2024-04-05", principal=principal), *moved))


def due(  # the parts of a demand, in rupees
    outstanding: int, arrears: int, current: int, interest_arrears: int, interest: int, advance: int = 0
) -> Due:
    return Due(*(Paise(100 * one) for one in (outstanding, arrears, current, interest_arrears, interest, advance)))


def test_nothing_is_due_in_the_month_of_disbursement() -> None:
    assert lent().due_on("2024-04-20", MEETINGS[:1]) == due(1000, 0, 0, 0, 0)


def test_the_first_instalment_is_due_at_the_next_meeting() -> None:
    assert lent().due_on("2024-05-05", MEETINGS[:1]) == due(1000, 0, 100, 0, 20)


def test_what_was_not_paid_is_overdue_and_its_interest_bears_none() -> None:
    # nothing paid in May: 100 and 20 overdue; June's 100 and 20 are current
    assert lent().due_on("2024-06-05", MEETINGS[:2]) == due(1000, 100, 100, 20, 20)
    # nor in June
    assert lent().due_on("2024-07-05", MEETINGS[:3]) == due(1000, 200, 100, 40, 20)


def test_instalments_of_a_month_without_a_meeting_are_current_at_the_next() -> None:
    assert lent().due_on("2024-06-05", MEETINGS[:1]) == due(1000, 0, 200, 0, 40)


def test_principal_paid_ahead_is_not_demanded_again() -> None:
    paid = Movement("2024-05-05", principal=-25_000, interest=2_000)
    # 250 paid: instalments one and two and half of the third; interest on 750 is 15
    assert lent(paid).due_on("2024-06-05", MEETINGS[:2]) == due(750, 0, 0, 0, 15)
    # in July half of the third instalment is left; the month of June was not paid
    assert lent(paid).due_on("2024-07-05", MEETINGS[:3]) == due(750, 0, 50, 15, 15)


def test_interest_paid_ahead_is_met_against_the_next_charge() -> None:
    paid = Movement("2024-05-05", principal=-10_000, interest=5_000)
    # 50 paid of 20: 30 ahead; June charges 18, July 18
    assert lent(paid).due_on("2024-06-05", MEETINGS[:2]) == due(900, 0, 100, 0, 0, 12)
    assert lent(paid).due_on("2024-07-05", MEETINGS[:3]) == due(900, 100, 100, 0, 6)


def test_interest_due_at_the_cut_off_is_overdue() -> None:
    assert lent(interest_due=3_000).due_on("2024-05-05", MEETINGS[:1]) == due(1000, 0, 100, 30, 20)


def test_the_last_instalment_takes_what_is_left() -> None:
    # 1,000 in seven: 143 six times, 142 at last
    assert principal_parts(Paise(100_000), 7, Rounding.TO_RUPEE) == (14_300,) * 6 + (14_200,)
    after_term = lent(Movement("2024-11-05", principal=-85_800), instalments=7)
    assert after_term.due_on("2024-12-05", MEETINGS[:8]).principal == 14_200


def test_at_the_end_of_a_day_all_that_was_demanded_is_overdue() -> None:
    assert lent().standing("2024-06-30", MEETINGS[:3]) == due(1000, 200, 0, 40, 0)
    assert lent().standing("2024-04-30", MEETINGS[:1]) == due(1000, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("paid", "principal", "interest", "advance"),
    [
        (30, 0, 30, 0),  # overdue interest of 40 first
        (50, 0, 50, 0),  # then current interest
        (60, 0, 60, 0),
        (200, 140, 60, 0),  # overdue principal
        (360, 300, 60, 0),  # all that is due
        (500, 440, 60, 140),  # the rest is principal in advance
    ],
)
def test_a_payment_meets_interest_before_principal(paid: int, principal: int, interest: int, advance: int) -> None:
    found = split(Paise(paid * 100), due(1000, 200, 100, 40, 20))
    assert found == Split(Paise(principal * 100), Paise(interest * 100), Paise(advance * 100))


def test_a_group_may_take_principal_first() -> None:
    order = ("overdue-principal", "principal", "overdue-interest", "interest")
    assert split(Paise(25_000), due(1000, 200, 100, 40, 20), order) == Split(Paise(25_000), Paise(0), Paise(0))


@given(
    paid=st.integers(0, 10**7),
    parts=st.tuples(*[st.integers(0, 10**6)] * 4),
    order=st.permutations(PARTS),
)
def test_the_parts_of_a_payment_add_up(paid: int, parts: tuple[int, ...], order: list[str]) -> None:
    arrears, current, interest_arrears, interest = map(Paise, parts)
    owed = Due(Paise(arrears + current), arrears, current, interest_arrears, interest, Paise(0))
    found = split(Paise(paid), owed, order)
    assert found.principal + found.interest == paid
    assert found.interest <= owed.interest
    assert found.advance == max(paid - owed.total, 0)


@given(
    principal=st.integers(1, 10**9), instalments=st.integers(1, 120), rate=st.fractions(0, 10, max_denominator=100),
    method=st.sampled_from(methods()), unit=st.sampled_from(Rounding),
)  # fmt: skip
def test_every_schedule_pays_off(principal: int, instalments: int, rate: Fraction, method: str, unit: Rounding) -> None:
    found: tuple[Instalment, ...] = schedule_of(method, Terms(Paise(principal), rate, instalments, unit, unit))
    assert len(found) == instalments
    assert sum(one.principal for one in found) == principal
    assert all(one.principal >= 0 and one.interest >= 0 and one.outstanding >= 0 for one in found)
    assert found[-1].outstanding == 0


def test_flat_and_equal_principal_of_a_thousand_in_four() -> None:
    """1,000 at 2 % a month in four: flat 20 each month; on the outstanding 20, 15, 10, 5."""
    terms = Terms(Paise(100_000), Fraction(2), 4)
    assert [one.interest for one in schedule_of("flat", terms)] == [2_000] * 4
    assert [one.interest for one in schedule_of("equal-principal", terms)] == [2_000, 1_500, 1_000, 500]
