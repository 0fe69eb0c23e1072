"""Loans played through: what falls due, how payments are split, what is owed. Amounts in rupees, worked by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bookkeeper.rules.appropriation import ACCRUED, ORDER, whole_order
from bookkeeper.rules.by_product import ByProduct
from bookkeeper.rules.day_count import DayCount
from bookkeeper.rules.due_dates import Frequency
from bookkeeper.rules.interest import Movement
from bookkeeper.rules.loan_account import BeyondBalance, LoanAccount, State
from bookkeeper.rules.loan_product import (
    InterestOn,
    Penalty,
    PenaltyOn,
    Prepayment,
    Product,
    RateFrom,
)
from bookkeeper.rules.money import Paise, RoundTo, parsed, shown
from bookkeeper.rules.replay import Moved, Replayed, Story, replayed
from bookkeeper.rules.schedules import Treatment, schedule_of

DAILY, MONTHLY = InterestOn.DAILY, InterestOn.MONTHLY


def product(method: str = "equal-principal", rate: str = "24", instalments: int = 10, **more: Any) -> Product:  # noqa: ANN401
    return Product(method, Fraction(rate), instalments=instalments, **more)


def play(
    of: Product,
    *paid: tuple[str, str],
    lent: str = "1000",
    looked: tuple[str, ...] = (),
    more: tuple[tuple[str, str], ...] = (),
) -> Replayed:
    """A loan given on 1 January 2024, with what was paid on it, and more that was lent."""
    given_ = (("2024-01-01", lent), *more)
    return replayed(Story(of, moved(given_), moved(paid), as_of=looked))


def moved(there: tuple[tuple[str, str], ...]) -> tuple[Moved, ...]:
    return tuple(Moved(day, parsed(amount)) for day, amount in there)


def splits(found: Replayed) -> list[str]:
    """Each payment: penalty, interest, principal, what was paid ahead, and the principal owed after it."""
    return [
        " ".join(shown(part) for part in (one.penalty, one.interest, one.principal, one.advance, one.outstanding))
        for one in found.payments
    ]


def schedule(found: Replayed) -> list[str]:
    """Each instalment: principal, interest, and what is owed after it."""
    return [f"{shown(one.principal)} {shown(one.interest)} {shown(one.outstanding)}" for one in found.schedule]


# ------------------------------------------------------------------------------------------------ what is overdue


def test_what_fell_due_before_a_day_and_is_unpaid_is_overdue() -> None:
    # 1,000 in ten parts at 2 % a month: 100 and 20 due on 1 February, 100 and 18 on 1 March
    found = play(product(), looked=("2024-02-01", "2024-02-02", "2024-03-01", "2024-03-10"))
    due, day_after, second, tenth = found.states
    assert (due.overdue_principal, due.interest_due, due.days_overdue, due.next_due) == (0, 2_000, 0, "2024-02-01")
    assert (day_after.overdue_principal, day_after.overdue_interest, day_after.days_overdue) == (10_000, 2_000, 1)
    assert (second.overdue_principal, second.overdue_interest, second.interest_due) == (10_000, 2_000, 3_800)
    assert (tenth.overdue_principal, tenth.overdue_interest, tenth.days_overdue) == (20_000, 3_800, 38)
    assert tenth.next_due == "2024-04-01"
    assert tenth.payoff == 100_000 + 3_800


def test_days_overdue_run_from_the_earliest_instalment_not_wholly_paid() -> None:
    found = play(product(), ("2024-03-05", "120"), ("2024-03-06", "117.99"), looked=("2024-03-05", "2024-03-10"))
    assert [one.days_overdue for one in found.states] == [33, 9]  # interest goes first: the principal of February stays


# ------------------------------------------------------------------------------------------------ how it is split


def test_a_payment_goes_to_interest_then_principal_then_ahead() -> None:
    # two months late: 20 + 18 of interest, 200 of principal; the rest is paid ahead
    found = play(product(), ("2024-03-01", "338"))
    assert splits(found) == ["0.00 38.00 200.00 100.00 700.00"]


def test_the_order_is_the_products() -> None:
    order = ("penalty", "fee", "overdue-principal", "principal", "overdue-interest", "interest", "advance")
    found = play(product(order=order), ("2024-03-01", "210"))
    assert splits(found) == ["0.00 10.00 200.00 0.00 800.00"]


def test_or_the_oldest_instalment_comes_first() -> None:
    # 20 + 100 of February, then 18 of March's interest and 12 of its principal
    found = play(product(oldest_first=True), ("2024-03-01", "150"))
    assert splits(found) == ["0.00 38.00 112.00 0.00 888.00"]
    by_kind = play(product(), ("2024-03-01", "130"))
    assert splits(by_kind) == ["0.00 38.00 92.00 0.00 908.00"]
    oldest = play(product(oldest_first=True), ("2024-03-01", "130"))
    assert splits(oldest) == ["0.00 30.00 100.00 0.00 900.00"]


def test_interest_of_the_running_period_is_taken_where_the_order_names_it() -> None:
    # 1,000 at 36.5 % a year is 1 a day: nine days by 10 January
    order = (*ORDER[:4], ACCRUED, *ORDER[4:])
    daily = product(rate="36.5", interest_on=DAILY, day_count=DayCount.ACTUAL_365, order=order)
    found = play(daily, ("2024-01-10", "109"))
    assert splits(found) == ["0.00 9.00 0.00 100.00 900.00"]
    # 22 days of 0.90 are left when the instalment falls due
    assert schedule(found)[0] == "100.00 28.80 900.00"


def test_more_than_is_owed_is_refused() -> None:
    with pytest.raises(BeyondBalance, match=r"1020\.01 is paid on 2024-02-01, but only 1020\.00 is owed in all"):
        play(product(), ("2024-02-01", "1020.01"))
    assert splits(play(product(), ("2024-02-01", "1020")))[0].endswith(" 0.00")


# ------------------------------------------------------------------------------------------------ what interest is on


LATE = ("2024-02-11", "120")  # ten days after 100 and 20 fell due


def test_interest_by_schedule_does_not_mind_a_late_payment() -> None:
    assert schedule(play(product(), LATE))[1] == "100.00 18.00 800.00"


def test_interest_by_whole_periods_is_on_what_was_owed_when_the_period_began() -> None:
    assert schedule(play(product(interest_on=MONTHLY), LATE))[1] == "100.00 20.00 800.00"


def test_interest_by_days_is_on_what_is_owed_each_day() -> None:
    # 30/360: 1,000 for 10 days and 900 for 20, at 24 % a year
    daily = product(interest_on=DAILY, day_count=DayCount.THIRTY_360)
    assert schedule(play(daily, LATE))[1] == f"100.00 {shown(667 + 1200)} 800.00"


def test_after_the_last_day_looked_at_all_is_on_time() -> None:
    # nothing is paid; on 11 February 100 is put right: 1,000 for 10 days and 900 for 20
    daily = product(interest_on=DAILY, day_count=DayCount.THIRTY_360)
    assert schedule(play(daily, looked=("2024-02-11",)))[:3] == [
        "100.00 20.00 900.00", "100.00 18.67 800.00", "100.00 16.00 700.00",
    ]  # fmt: skip


def test_interest_goes_on_after_the_last_instalment_where_it_is_on_what_is_owed() -> None:
    two = product(instalments=2, interest_on=MONTHLY)
    found = play(two, looked=("2024-05-01",))
    assert schedule(found) == ["500.00 20.00 500.00", "500.00 20.00 0.00", "0.00 20.00 0.00", "0.00 20.00 0.00"]
    assert found.states[0].interest_due == 8_000
    assert len(play(product(instalments=2), looked=("2024-05-01",)).schedule) == 2


# ------------------------------------------------------------------------------------------------ paid ahead


def test_what_is_paid_ahead_meets_the_next_instalments() -> None:
    found = play(product(), ("2024-02-01", "320"), looked=("2024-02-01", "2024-04-02"))
    assert splits(found) == ["0.00 20.00 100.00 200.00 700.00"]
    assert found.states[1].overdue_principal == 0  # of March and April
    assert found.states[1].interest_due == 1_800 + 1_600  # interest follows the schedule


def test_or_it_shortens_the_term() -> None:
    found = play(product(prepayment=Prepayment.SHORTEN), ("2024-02-01", "420"))
    assert schedule(found) == [
        "100.00 20.00 900.00", *(f"100.00 {12 - 2 * n}.00 {500 - 100 * n}.00" for n in range(6)),
    ]  # fmt: skip


def test_or_it_lowers_the_instalments() -> None:
    # 630 are left for nine instalments: 70 each
    found = play(product(prepayment=Prepayment.LOWER), ("2024-02-01", "390"))
    assert schedule(found)[1:3] == ["70.00 12.60 560.00", "70.00 11.20 490.00"]
    assert schedule(found)[-1] == "70.00 1.40 0.00"


def test_equal_instalments_are_lowered_to_those_of_the_loan_that_is_left() -> None:
    emi = product("emi", instalments=12)
    left = schedule_of("emi", product("emi", instalments=11).terms(
        Paise(50_000), "2024-02-01", product("emi", instalments=11).dues("2024-02-01")
    ))  # fmt: skip
    first = schedule(play(emi))[0].split()
    ahead = shown(parsed(first[2]) - 50_000 + parsed(first[0]) + parsed(first[1]))
    found = play(product("emi", instalments=12, prepayment=Prepayment.LOWER), ("2024-02-01", ahead))
    assert [one.principal for one in found.schedule[1:]] == [one.principal for one in left]
    assert [one.interest for one in found.schedule[1:]] == [one.interest for one in left]


def test_a_loan_paid_off_bears_no_more() -> None:
    found = play(product(), ("2024-02-01", "1020"), looked=("2024-02-01", "2024-06-01"))
    assert schedule(found) == ["100.00 20.00 900.00", "900.00 0.00 0.00"]
    assert found.states[1].payoff == found.states[1].interest_due == 0
    assert found.states[1].next_due is None


def test_who_takes_the_interest_of_a_begun_period_has_it_in_the_payoff() -> None:
    order = (*ORDER[:4], ACCRUED, *ORDER[4:])
    found = play(product(interest_on=MONTHLY, order=order), ("2024-01-14", "1020"), looked=("2024-01-13",))
    assert splits(found) == ["0.00 20.00 0.00 1000.00 0.00"]
    assert schedule(play(product(interest_on=MONTHLY, order=order), ("2024-01-14", "1020"))) == ["1000.00 20.00 0.00"]
    assert found.states[0].payoff == 102_000


def test_what_is_lent_within_a_whole_period_bears_interest_from_the_next() -> None:
    found = play(product(interest_on=MONTHLY), more=(("2024-01-31", "900"),))
    assert schedule(found)[:2] == ["190.00 20.00 1710.00", "190.00 34.20 1520.00"]


def test_a_tranche_that_is_taken_back_was_never_lent() -> None:
    lent = Movement("2024-01-01", principal=100_000, lent=100_000)
    more = Movement("2024-01-10", principal=50_000, lent=50_000)
    back = Movement("2024-01-12", principal=-50_000, lent=-50_000)
    of = product()
    plain, mended = (ByProduct(of, of.dues("2024-01-01"), there) for there in ((lent,), (lent, more, back)))
    assert plain.standing("2024-03-05", []) == mended.standing("2024-03-05", [])


# ------------------------------------------------------------------------------------------------ penal interest


def test_penal_interest_is_on_overdue_principal_by_days() -> None:
    # 100 overdue from 1 February: 10 days at 36.5 % a year are 1.00
    penal = product(penalty=Penalty(Fraction("36.5")))
    found = play(penal, ("2024-02-11", "121"), looked=("2024-02-11",))
    assert splits(found) == ["1.00 20.00 100.00 0.00 900.00"]
    assert found.states[0].penalty_due == 0


def test_or_on_the_whole_instalment() -> None:
    penal = product(penalty=Penalty(Fraction("36.5"), PenaltyOn.OVERDUE_INSTALMENT))
    assert play(penal, looked=("2024-02-11",)).states[0].penalty_due == 120  # 120.00 for 10 days


def test_days_of_grace_bear_none() -> None:
    penal = product(penalty=Penalty(Fraction("36.5"), grace_days=7))
    found = play(penal, looked=("2024-02-08", "2024-02-11"))
    assert [one.penalty_due for one in found.states] == [0, 30]


# ------------------------------------------------------------------------------------------------ schemes


def test_a_scheme_bears_a_part_of_the_rate_and_gives_back_another_for_instalments_paid_in_time() -> None:
    # 12 % a year, of which a scheme bears 5: she is asked 7. Of 1,200 in twelve parts she bears 7.00 in January and
    # 6.42 in February, the scheme 5.00 and 4.58 (5 % of 1,100 for a month); for January, paid in time, 3.00 come back.
    crop = product(rate="12", instalments=12, subvention=Fraction(5), incentive=Fraction(3))
    found = play(crop, ("2024-02-01", "107"), lent="1200", looked=("2024-03-02",))
    assert schedule(found)[:2] == ["100.00 7.00 1100.00", "100.00 6.42 1000.00"]
    assert found.scheme == (500 + 458, 300)


# ------------------------------------------------------------------------------------------------ other clauses


def test_a_second_tranche_makes_the_instalments_that_are_left_equal_anew() -> None:
    # 900 are owed after the first instalment; 450 more make 1,350 in nine parts
    found = play(product(), ("2024-02-01", "120"), more=(("2024-02-01", "450"),))
    assert schedule(found)[:2] == ["100.00 20.00 900.00", "150.00 27.00 1200.00"]


def test_a_rate_that_changes_makes_equal_instalments_anew() -> None:
    # from March on at 12 % a year: 11 instalments of what was owed then
    floating = product("emi", instalments=12, rates=(RateFrom("2024-03-01", Fraction(12)),))
    fixed = play(product("emi", instalments=12))
    found = play(floating)
    assert schedule(found)[:2] == schedule(fixed)[:2]
    owed = found.schedule[1].outstanding
    anew = product("emi", "12", instalments=10)
    rest = schedule_of("emi", anew.terms(Paise(owed), "2024-03-01", anew.dues("2024-03-01")))
    assert [one.principal for one in found.schedule[2:]] == [one.principal for one in rest]


def test_interest_that_was_put_off_and_capitalised_is_owed_as_principal() -> None:
    free = product(
        instalments=4, moratorium_interest=2, moratorium_principal=2, moratorium_treatment=Treatment.CAPITALISE
    )
    found = play(free, looked=("2024-03-01",))
    assert found.states[0].outstanding == 104_040  # 1,000 × 1.02 × 1.02
    assert schedule(found)[2:] == ["520.20 20.81 520.20", "520.20 10.40 0.00"]


@pytest.mark.parametrize("treatment", [Treatment.COLLECT, Treatment.SPREAD])
def test_the_payoff_holds_the_interest_that_a_moratorium_put_off(treatment: Treatment) -> None:
    # 20 a month on 1,000 lent flat; on 10 March two months are borne and none is due
    free = product("flat", instalments=4, moratorium_interest=2, moratorium_principal=2, moratorium_treatment=treatment)
    found = play(free, ("2024-03-10", "1040"), looked=("2024-03-09", "2024-05-02"))
    assert [one.payoff for one in found.states] == [104_000, 0]
    assert found.states[1].interest_due == 0
    assert schedule(found)[2:] == ["1000.00 40.00 0.00"]


def test_a_loan_paid_off_on_a_due_date_owes_nothing_later() -> None:
    thirty = product("bullet", "12", 4, day_count=DayCount.THIRTY_360)
    found = play(thirty, ("2024-03-01", "1020"), looked=("2024-03-01", "2024-06-01"))
    assert [(one.outstanding, one.payoff, one.days_overdue) for one in found.states] == [(0, 0, 0), (0, 0, 0)]


def test_what_is_paid_back_reopens_the_instalment_it_had_paid() -> None:
    # with a penalty the account is kept; a payment of 1 February is returned on the 5th
    of = product(penalty=Penalty(Fraction(12)))
    lent = Movement("2024-01-01", principal=100_000, lent=100_000)
    paid = Movement("2024-02-01", principal=-10_000, interest=2_000)
    back = Movement("2024-02-05", principal=10_000, interest=-2_000)
    once, never = (ByProduct(of, of.dues("2024-01-01"), there) for there in ((lent, paid, back), (lent,)))
    standing = once.standing("2024-03-05", [])
    assert (standing.principal_arrears, standing.interest_advance) == (20_000, 0)
    assert standing.interest_arrears == never.standing("2024-03-05", []).interest_arrears
    assert once.unpaid_since("2024-03-05", []) == "2024-02-01"


def test_interest_that_runs_after_the_last_instalment_is_owed_though_no_principal_is() -> None:
    # 36.5 % of 1,000 is 1 a day; due on 1 February with 31, and 19 more by the 20th
    late = product("bullet", "36.5", 1, day_count=DayCount.ACTUAL_365, interest_on=DAILY)
    for paid in ([("2024-02-20", "1050")], [("2024-02-20", "1031"), ("2024-02-20", "19")]):
        found = play(late, *paid, looked=("2024-02-20", "2024-06-01"))
        assert [one.payoff for one in found.states] == [0, 0]
        assert sum(one.interest for one in found.payments) == 5_000


def test_interest_named_alone_stands_for_overdue_and_current() -> None:
    assert whole_order(["principal", "interest"]) == (
        "overdue-principal", "principal", "overdue-interest", "interest", "penalty", "fee", "advance",
    )  # fmt: skip


def test_a_loan_can_be_told_its_payments_in_parts_and_have_them_taken_back() -> None:
    account = LoanAccount(product(), "2024-01-01", product().dues("2024-01-01"))
    account.lend("2024-01-01", 100_000)
    account.receive("2024-02-01", principal=30_000, interest=2_000)
    before = account.state("2024-02-01")
    account.receive("2024-02-05", principal=20_000, interest=500)
    account.receive("2024-02-05", principal=-20_000, interest=-500)
    after = account.state("2024-02-05")
    assert (before.outstanding, before.payoff) == (after.outstanding, after.payoff) == (70_000, 70_000)


def test_a_meeting_demands_all_that_fell_due_since_the_one_before() -> None:
    # weekly instalments of 100, meetings by the month: four or five of them at once, and what was due before is overdue
    weekly = Product("flat", Fraction(0), instalments=10, frequency=Frequency.WEEKLY)
    lent = Movement("2024-01-01", principal=100_000, lent=100_000)
    loan = ByProduct(weekly, weekly.dues("2024-01-01"), (lent, Movement("2024-02-05", principal=-30_000)))
    due = loan.due_on("2024-03-04", ["2024-01-01", "2024-02-05"])
    assert (due.principal_arrears, due.principal_current) == (20_000, 40_000)  # five by 5 February, four since
    assert loan.unpaid_since("2024-03-04", []) == "2024-01-29"
    tally = loan.tally("2024-03-04", [])
    assert (tally.principal_due, tally.principal_paid, tally.outstanding) == (90_000, 30_000, 70_000)


# ------------------------------------------------------------------------------------------------ what always holds

DAY = dt.date(2024, 1, 1)
UNITS = st.builds(RoundTo, st.sampled_from([1, 100, 500]), st.sampled_from(["half-up", "up", "down", "half-even"]))
PENALTIES = st.none() | st.builds(
    Penalty, st.fractions(0, 40, max_denominator=10), st.sampled_from(PenaltyOn), st.integers(0, 10)
)
PRODUCTS = st.builds(
    Product,
    method=st.sampled_from(["emi", "equal-principal", "bullet"]),
    rate=st.fractions(0, 60, max_denominator=100),
    instalments=st.integers(2, 14),
    frequency=st.sampled_from([Frequency.MONTHLY, Frequency.WEEKLY, Frequency.QUARTERLY]),
    day_count=st.sampled_from(DayCount),
    round_interest=UNITS,
    round_instalment=UNITS,
    moratorium_interest=st.sampled_from([0, 0, 0, 1]),
    moratorium_treatment=st.sampled_from([Treatment.COLLECT, Treatment.SPREAD]),
    order=st.permutations(ORDER[:-1]).map(lambda kinds: (*kinds, ORDER[-1]))
    | st.permutations(ORDER[:-1]).map(lambda kinds: (*kinds, ACCRUED, ORDER[-1])),
    oldest_first=st.booleans(),
    interest_on=st.sampled_from(InterestOn),
    penalty=PENALTIES,
    prepayment=st.sampled_from(Prepayment),
)
PAYMENTS = st.lists(st.tuples(st.integers(1, 500), st.integers(1, 60)), max_size=6)
"""Days after the loan was given, and hundredths of what is owed then."""


def told(of: Product, paid: list[tuple[int, int]], *, halves: bool = False) -> tuple[LoanAccount, list[State]]:
    """A loan of 10,000 on which so many hundredths of what was owed were paid on these days, perhaps in two halves."""
    account = LoanAccount(of, DAY.isoformat(), of.dues(DAY.isoformat()))
    account.lend(DAY.isoformat(), 1_000_000)
    states = []
    for days, part in sorted(paid):
        on = (DAY + dt.timedelta(days)).isoformat()
        owed = account.state(on).payoff
        amount = owed * part // 100
        if not amount:
            continue
        shares = [amount // 2, amount - amount // 2] if halves and amount > 1 else [amount]
        for share in shares:
            outstanding = account.outstanding
            split = account.pay(on, share)
            assert split.penalty + split.fee + split.interest + split.principal + split.advance == share
            assert min(split.penalty, split.interest, split.principal, split.advance, split.outstanding) >= 0
            assert outstanding - split.outstanding == split.principal + split.advance
        states.append(account.state(on))
    return account, states


@settings(max_examples=300, deadline=None)
@given(PRODUCTS, PAYMENTS)
def test_a_payment_split_in_two_on_one_day_changes_nothing(of: Product, paid: list[tuple[int, int]]) -> None:
    once, states = told(of, paid)
    twice, halved = told(of, paid, halves=True)
    assert states == halved
    assert once.rows == twice.rows


@settings(max_examples=200, deadline=None)
@given(PRODUCTS, PAYMENTS)
def test_the_payoff_pays_off(of: Product, paid: list[tuple[int, int]]) -> None:
    account, states = told(of, paid)
    on = (DAY + dt.timedelta(600)).isoformat()
    owed = account.state(on).payoff
    assume(owed)
    assert all(one.outstanding >= 0 and one.interest_due >= 0 for one in states)
    assert account.pay(on, owed).outstanding == 0
    later = account.state((DAY + dt.timedelta(1000)).isoformat())
    assert (later.outstanding, later.interest_due, later.penalty_due, later.payoff) == (0, 0, 0, 0)


@settings(max_examples=200, deadline=None)
@given(PRODUCTS)
def test_who_pays_on_the_day_pays_what_was_quoted(of: Product) -> None:
    dues = of.dues(DAY.isoformat())
    quoted = schedule_of(of.method, of.terms(Paise(1_000_000), DAY.isoformat(), dues))
    account = LoanAccount(of, DAY.isoformat(), dues)
    account.lend(DAY.isoformat(), 1_000_000)
    for due, one in zip(dues, quoted, strict=True):
        if one.principal + one.interest:
            account.pay(due, one.principal + one.interest)
    assert [(row.principal, row.interest, row.outstanding) for row in account.rows] == [
        (one.principal, one.interest, one.outstanding) for one in quoted
    ]
    assert account.state(dues[-1]).payoff == 0


@settings(max_examples=200, deadline=None)
@given(PRODUCTS, PAYMENTS, st.integers(0, 500), st.none() | st.integers(0, 400))
def test_sums_say_what_the_account_says(of: Product, paid: list[tuple[int, int]], on: int, met: int | None) -> None:
    plain = replace(
        of, interest_on=InterestOn.SCHEDULE, prepayment=Prepayment.ADVANCE, penalty=None, moratorium_interest=0
    )
    dues = plain.dues(DAY.isoformat())
    moved = [Movement(DAY.isoformat(), principal=1_000_000, lent=1_000_000)]
    left = 1_000_000
    for days, part in sorted(paid):
        repaid = left * part // 200
        left -= repaid
        day = (DAY + dt.timedelta(days)).isoformat()
        moved.append(Movement(day, principal=-repaid, interest=part * 100))
    quick = ByProduct(plain, dues, tuple(moved))
    # a product that counts a penalty of nought is not plain, and says the same by its account
    slow = ByProduct(replace(plain, penalty=Penalty(Fraction(0))), dues, tuple(moved))
    as_of = (DAY + dt.timedelta(on)).isoformat()
    meetings = [] if met is None else [(DAY + dt.timedelta(met)).isoformat()]
    assert plain.is_plain
    assert quick.due_on(as_of, meetings) == slow.due_on(as_of, meetings)
    assert quick.standing(as_of, meetings) == slow.standing(as_of, meetings)
    assert quick.unpaid_since(as_of, meetings) == slow.unpaid_since(as_of, meetings)


@settings(max_examples=200, deadline=None)
@given(PRODUCTS, PAYMENTS)
def test_the_schedule_repays_what_was_lent(of: Product, paid: list[tuple[int, int]]) -> None:
    account, _ = told(of, paid)
    rows = account.projected((DAY + dt.timedelta(500)).isoformat())
    assert rows[-1].outstanding == 0
    assert all(one.principal >= 0 and one.interest >= 0 and one.outstanding >= 0 for one in rows)
    if of.prepayment is Prepayment.ADVANCE:
        assert sum(one.principal for one in rows) == 1_000_000
