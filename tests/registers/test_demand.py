"""The demand of a day, by hand: what each member is to pay, before anything is collected."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bookkeeper.commands import entities, members
from bookkeeper.rules.meeting import ABSENT, PRESENT, MeetingSheet, NewLoan, Repaid, SheetRow
from bookkeeper.rules.money import Paise
from tests.registers.books import Clerk, Read, voucher
from tests.registers.worked_example import APRIL, MAY, cells, holds

LOAN = (
    "demand_principal_arrears",
    "demand_principal_current",
    "demand_interest_arrears",
    "demand_interest_current",
)
NOBODY_PAYS = MeetingSheet("2024-06-05", 3, rows=(SheetRow("1", ABSENT),))


def of(rows: Read, member: str) -> Read:
    return [row for row in rows if row["member"] == member]


@pytest.fixture(name="lent")
def group_that_lent(clerk: Clerk) -> Clerk:
    """The worked example; each saves 100 a meeting."""
    entities.set_(clerk.office, "", clerk.code, "savings-amount", "100")
    holds(clerk, APRIL, MAY)
    return clerk


def test_june_of_the_worked_example(lent: Clerk) -> None:
    rows = lent.reads("demand", as_of="2024-06-05")
    assert cells(rows, "member", "loan", "demand_savings", *LOAN, "demand_other", "demand_total") == [
        ("1", "1", 10_000, 0, 10_000, 0, 200, 0, 20_200),
        ("2", None, 10_000, 0, 0, 0, 0, 0, 10_000),
        ("3", None, 20_000, 0, 0, 0, 0, 0, 20_000),
    ]
    assert rows[0]["outstanding"] == 10_000
    assert lent.totals["demand_total"] == 50_200


def test_july_when_nobody_pays_in_june(lent: Clerk) -> None:
    holds(lent, NOBODY_PAYS)
    assert cells(of(lent.reads("demand", as_of="2024-07-05"), "1"), *LOAN) == [(10_000, 0, 200, 200)]


def test_it_stays_what_it_was_before_the_day_was_collected(lent: Clerk) -> None:
    before = lent.reads("demand", as_of="2024-06-05")
    paid = SheetRow("1", PRESENT, savings=Paise(10_000), repaid=(Repaid(Paise(10_000), Paise(200)),))
    holds(lent, replace(NOBODY_PAYS, rows=(paid,)))
    assert lent.reads("demand", as_of="2024-06-05") == before


def test_savings_and_fines_stand_once_however_many_loans(lent: Clerk) -> None:
    lent.posts(voucher("receipt", "2024-05-10", ("cash", 100_000), ("grants", -100_000)))
    new = SheetRow(
        "1", PRESENT, savings=Paise(10_000), fine_levied=Paise(500), new_loan=NewLoan(Paise(6_000), "", 2, "2")
    )
    holds(lent, replace(NOBODY_PAYS, rows=(new,)))
    rows = of(lent.reads("demand", as_of="2024-07-05"), "1")
    assert cells(rows, "loan", "demand_savings", *LOAN, "demand_other", "demand_total") == [
        ("1", 10_000, 10_000, 0, 200, 200, 500, 20_900),
        ("2", 0, 0, 3_000, 0, 100, 0, 3_100),  # 2 % of 60.00, to the rupee
    ]


def test_who_left_stands_here_while_she_owes(lent: Clerk) -> None:
    lent.posts(voucher("receipt", "2024-05-10", ("cash", 100_000), ("grants", -100_000)))
    big = SheetRow("2", PRESENT, new_loan=NewLoan(Paise(50_000), "", 2, "2"))
    holds(lent, replace(NOBODY_PAYS, rows=(big,)))
    for number in "23":
        members.leave(lent.office, "", lent.code, number, "2024-06-10", "moved away")
    rows = lent.reads("demand", as_of="2024-07-05")
    assert [row["member"] for row in rows] == ["1", "2"]
    assert cells(of(rows, "2"), "loan", "demand_savings", "outstanding") == [("2", 0, 30_000)]


def test_who_left_owing_a_fine_alone_stands_here(lent: Clerk) -> None:
    fined = SheetRow("3", PRESENT, fine_levied=Paise(1_000_000))
    holds(lent, replace(NOBODY_PAYS, rows=(fined,)))
    members.leave(lent.office, "", lent.code, "3", "2024-06-10", "moved away")
    rows = of(lent.reads("demand", as_of="2024-07-05"), "3")
    assert cells(rows, "loan", "demand_savings", "demand_other", "demand_total") == [(None, 0, 990_000, 990_000)]


def test_who_has_not_joined_yet_is_asked_for_nothing(lent: Clerk) -> None:
    assert lent.reads("demand", as_of="2023-03-01") == []
