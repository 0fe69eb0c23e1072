"""What is late on loans, by hand and by what always holds."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookkeeper.definitions.kind import kind, kinds
from bookkeeper.definitions.provision import provision_table
from bookkeeper.errors import BadInput
from bookkeeper.rules.arrears import (
    BUCKETS,
    NOTHING_YET,
    Aged,
    DemandAndCollection,
    LoanPeriod,
    ProvisionClass,
    Share,
    at_risk,
    bucket_of,
    by_bucket,
    current_repayment_rate,
    days_overdue,
    demanded,
    on_time,
    period_of,
    provisions,
    repayment_rate,
    together,
    two_places,
)
from bookkeeper.rules.money import Paise
from bookkeeper.rules.repayment import Tally

amounts = st.integers(0, 10**7)
LOANS = (Aged(Paise(30_000), 0), Aged(Paise(20_000), 30), Aged(Paise(10_000), 31), Aged(Paise(0), 400))


def tally(outstanding: int, due: int, paid: int, interest_due: int = 0, interest_paid: int = 0) -> Tally:
    return Tally(Paise(outstanding), Paise(due), Paise(paid), Paise(interest_due), Paise(interest_paid))


def parts(one: DemandAndCollection) -> tuple[int, ...]:
    return one.arrears, one.current, one.collected, one.advance, one.overdue


# Age


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (0, "0"), (1, "1-30"), (30, "1-30"), (31, "31-60"), (60, "31-60"), (61, "61-90"), (90, "61-90"), (91, "91-180"),
        (180, "91-180"), (181, "181-365"), (365, "181-365"), (366, ">365"), (5000, ">365"),
    ],
)  # fmt: skip
def test_every_day_is_in_one_bucket(days: int, bucket: str) -> None:
    assert bucket_of(days) == bucket


def test_the_buckets_follow_each_other() -> None:
    assert [one.first for one in BUCKETS[1:]] == [(one.last or 0) + 1 for one in BUCKETS[:-1]]
    assert [one.name for one in BUCKETS] == [
        "par_1_30", "par_31_60", "par_61_90", "par_91_180", "par_181_365", "par_over_365",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("since", "days"),
    [(None, 0), ("2024-03-31", 0), ("2024-03-30", 1), ("2024-02-29", 31), ("2023-03-31", 366), ("2024-04-01", 0)],
)
def test_days_are_counted_from_the_earliest_that_is_unpaid(since: str | None, days: int) -> None:
    assert days_overdue(since, "2024-03-31") == days


def test_portfolio_at_risk_is_the_whole_outstanding_of_late_loans() -> None:
    # Of 600.00 outstanding 200.00 are 30 days late, 100.00 are 31 days late.
    assert at_risk(LOANS, 0) == Share(Paise(30_000), Paise(60_000))
    assert at_risk(LOANS, 30) == Share(Paise(10_000), Paise(60_000))
    assert at_risk(LOANS, 30).percent == "16.67"
    assert at_risk(LOANS, 31).percent == "0.00"
    assert at_risk((), 0).percent is None


def test_what_is_due_today_is_in_no_bucket() -> None:
    found = by_bucket(LOANS)
    assert found["1-30"] == (1, 20_000)
    assert found["31-60"] == (1, 10_000)
    assert found[">365"] == (1, 0)
    assert sum(count for count, _ in found.values()) == 3


@given(st.lists(st.builds(Aged, amounts.map(Paise), st.integers(0, 900))))
def test_buckets_add_up_to_what_is_at_risk(loans: list[Aged]) -> None:
    assert sum(outstanding for _, outstanding in by_bucket(loans).values()) == at_risk(loans, 0).part


@pytest.mark.parametrize(
    ("exact", "text"),
    [(Fraction(1, 3), "0.33"), (Fraction(2, 3), "0.67"), (Fraction(5, 1000), "0.01"), (100, "100.00")],
)
def test_percentages_have_two_places(exact: Fraction, text: str) -> None:
    assert two_places(Fraction(exact)) == text


# Demand, collection and balance


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        # due before, paid before, due, paid → arrears, current, collected, advance, overdue
        ((1000, 1000, 2000, 2000), (0, 1000, 1000, 0, 0)),  # on time
        ((1000, 400, 2000, 400), (600, 1000, 0, 0, 1600)),  # missed
        ((1000, 400, 2000, 1500), (600, 1000, 1100, 0, 500)),  # late and in part
        ((1000, 1000, 2000, 2500), (0, 1000, 1500, 500, 0)),  # in advance
        ((1000, 1500, 2000, 2000), (0, 500, 500, 0, 0)),  # what was paid in advance lessens the demand
        ((1000, 3000, 2000, 3000), (0, 0, 0, 0, 0)),  # nothing is demanded of one who is ahead
        ((1000, 3000, 2000, 3200), (0, 0, 200, 200, 0)),  # further ahead
        ((1000, 3000, 2000, 2500), (0, 0, -500, -500, 0)),  # of an advance some was taken back
        ((1000, 3000, 2000, 1500), (0, 0, -1500, -1000, 500)),  # and more than the advance
        ((1000, 1000, 2000, 700), (0, 1000, -300, 0, 1300)),  # a payment was reversed
        ((0, 0, 0, 0), (0, 0, 0, 0, 0)),
    ],
)
def test_a_period_by_hand(figures: tuple[int, int, int, int], expected: tuple[int, ...]) -> None:
    assert parts(demanded(*figures)) == expected


@given(amounts, amounts, amounts, amounts)
def test_what_was_collected_met_what_was_due(due_before: int, paid_before: int, due: int, paid: int) -> None:
    one = demanded(due_before, paid_before, due, paid)
    assert one.collected - one.advance == one.arrears + one.current - one.overdue == one.settled
    assert min(one.arrears, one.overdue) >= 0


@given(amounts, amounts, amounts, amounts)
def test_where_nothing_is_taken_back_the_formulas_are_the_plain_ones(
    due_before: int, paid_before: int, more_due: int, more_paid: int
) -> None:
    due, paid = due_before + more_due, paid_before + more_paid
    one = demanded(due_before, paid_before, due, paid)
    assert one.current == max(due, paid_before) - max(due_before, paid_before)
    assert one.advance == max(paid - max(due, paid_before), 0)
    assert min(parts(one)) >= 0
    percent = repayment_rate(one).percent
    assert percent is None or Fraction(percent) <= 100


@given(st.lists(st.tuples(amounts, amounts), min_size=3, max_size=3))
def test_two_periods_in_a_row_are_one(stands: list[tuple[int, int]]) -> None:
    (due, paid), (due_then, paid_then), (due_after, paid_after) = stands
    first, second = demanded(due, paid, due_then, paid_then), demanded(due_then, paid_then, due_after, paid_after)
    whole = demanded(due, paid, due_after, paid_after)
    assert first.overdue == second.arrears
    assert first.collected + second.collected == whole.collected
    assert (first.arrears, second.overdue) == (whole.arrears, whole.overdue)
    # what is paid ahead in the first lessens the demand of the second
    in_two = (first.current + first.advance) + (second.current + second.advance)
    assert in_two == whole.current + whole.advance


def test_a_loan_over_a_period() -> None:
    # 60.00 owed, 10.00 of it overdue, 1.20 interest due; 20.00 fell due and 15.00 came, with 3.30 of 3.30 interest.
    one = period_of(tally(6_000, 1_000, 0, 120, 0), tally(4_500, 3_000, 1_500, 330, 330))
    assert (one.opening, one.disbursed, one.closing) == (6_000, 0, 4_500)
    assert parts(one.principal) == (1_000, 2_000, 1_500, 0, 1_500)
    assert parts(one.interest) == (120, 210, 330, 0, 0)


def test_a_loan_that_is_given_within_the_period() -> None:
    one = period_of(NOTHING_YET, tally(8_000, 2_000, 2_000))
    assert (one.opening, one.disbursed, one.principal.collected, one.closing) == (0, 10_000, 2_000, 8_000)


@given(st.lists(st.tuples(*(st.tuples(amounts, amounts, amounts, amounts, amounts),) * 2), max_size=3))
def test_loans_together_are_the_sums_of_each(stands: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> None:
    periods = [period_of(tally(*before), tally(*after)) for before, after in stands]
    whole = together(periods)
    for one in (*periods, whole):
        assert one.opening + one.disbursed - one.principal.collected == one.closing
    assert whole.closing == sum(one.closing for one in periods)
    assert parts(whole.interest) == tuple(map(sum, zip(*(parts(one.interest) for one in periods), strict=True))) or (
        not periods and whole == LoanPeriod() and whole.is_empty
    )


# Rates


def test_the_rates_of_repayment() -> None:
    # 1,000 in arrears and 7,000 of the period; 7,500 came, 500 of it in advance: 7,000 ÷ 8,000 and 7,000 ÷ 7,000.
    one = DemandAndCollection(Paise(1_000), Paise(7_000), Paise(7_500), Paise(500), Paise(1_000))
    assert repayment_rate(one).percent == "87.50"
    assert current_repayment_rate(one).percent == "100.00"
    assert repayment_rate(DemandAndCollection()).percent is None


@pytest.mark.parametrize(
    ("before", "now", "came", "fell_due"),
    [
        ((1000, 1000), (2000, 2000), 1000, 1000),
        ((1000, 0), (2000, 1500), 500, 1000),  # the oldest is paid first
        ((1000, 0), (2000, 1000), 0, 1000),
        ((1000, 2000), (2000, 2000), 1000, 1000),  # paid in advance
        ((1000, 0), (1000, 1000), 0, 0),  # nothing fell due
        ((2000, 0), (1000, 0), 0, 0),  # the terms were changed
    ],
)
def test_on_time_counts_what_came_by_the_day(
    before: tuple[int, int], now: tuple[int, int], came: int, fell_due: int
) -> None:
    assert on_time(tally(0, *before), tally(0, *now)) == Share(Paise(came), Paise(fell_due))


# Provision


def test_provision_by_classes_is_rounded_once_a_class() -> None:
    classes = (
        ProvisionClass("regular", 0, Fraction(1, 4)),
        ProvisionClass("late", 1, Fraction(10)),
        ProvisionClass("lost", 31, Fraction(100)),
    )
    loans = (*LOANS, Aged(Paise(33), 1))  # 0.25 % of 300.00 is 0.75; 10 % of 200.33 is 20.033; 100.00 are lost
    found = provisions(classes, loans)
    assert [(one.loans, one.outstanding, one.amount) for one in found] == [
        (1, 30_000, 75), (2, 20_033, 2_003), (2, 10_000, 10_000),
    ]  # fmt: skip
    assert [one.last_day for one in found] == [0, 30, None]


def test_the_kinds_have_their_tables() -> None:
    table = kind("shg").provision
    assert table is not None
    assert [(one.from_days, int(one.percent)) for one in table.classes] == [
        (0, 0), (1, 10), (31, 25), (61, 50), (91, 75), (181, 90), (366, 100),
    ]  # fmt: skip
    for key in kinds():
        table = kind(key).provision
        assert table is None or table.classes[-1].percent == 100


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([(1, "10")], "begin at 0 days"),
        ([], "begin at 0 days"),
        ([(0, "0"), (30, "10"), (30, "20")], "begin at 0 days"),
        ([(0, "101")], "no percentage"),
        ([(0, "-1")], "no percentage"),
        ([(0, "ten")], "no percentage"),
        ([(0, "NaN")], "no percentage"),
    ],
)
def test_a_table_that_cannot_be_is_refused(tmp_path: Path, rows: list[tuple[int, str]], message: str) -> None:
    file = tmp_path / "provision.toml"
    classes = [f'[[class]]\nname = "c"\nfrom_days = {days}\npercent = "{percent}"\n' for days, percent in rows]
    head = 'source = "s"\n' + ("" if rows else "class = []\n")
    file.write_text(head + "".join(classes), encoding="utf-8")
    with pytest.raises(BadInput, match=message):
        provision_table(file)
