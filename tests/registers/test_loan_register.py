"""The loan register, by hand: every loan given by a day, its terms, and what is owed on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bookkeeper.books.loans import rate_a_year
from bookkeeper.books.members import Member
from bookkeeper.commands import meetings, members
from bookkeeper.rules.cut_off import CutOff, CutOffHead, CutOffLoan, CutOffMember
from bookkeeper.rules.meeting import ABSENT, MeetingSheet, SheetRow
from bookkeeper.rules.money import Paise
from tests.registers.books import Clerk, balances, voucher
from tests.registers.worked_example import APRIL, MAY, cells, holds

TERMS = ("loan", "member", "date", "principal", "purpose", "rate", "instalments", "outstanding")
OWED = ("outstanding", "overdue_principal", "interest_due")


def test_the_worked_example(clerk: Clerk) -> None:
    holds(clerk, APRIL, MAY)
    rows = clerk.reads("loan-register", as_of="2024-05-31")
    assert cells(rows, *TERMS) == [("1", "1", "2024-04-05", 20_000, "seed", "24", 2, 10_000)]
    assert cells(rows, "name", "method", *OWED) == [("Asha Patil", "equal-principal", 10_000, 0, 0)]


def test_what_was_not_paid_is_overdue(clerk: Clerk) -> None:
    june = MeetingSheet("2024-06-05", 3, rows=(SheetRow("1", ABSENT),))
    july = MeetingSheet("2024-07-05", 4, rows=(SheetRow("1", ABSENT),))
    holds(clerk, APRIL, MAY, june, july)
    assert cells(clerk.reads("loan-register", as_of="2024-06-05"), *OWED) == [(10_000, 10_000, 200)]
    assert cells(clerk.reads("loan-register", as_of="2024-07-31"), *OWED) == [(10_000, 10_000, 400)]
    assert clerk.totals == {
        "principal": 20_000,
        "outstanding": 10_000,
        "overdue_principal": 10_000,
        "interest_due": 400,
    }


def test_a_day_before_it_was_given_and_one_after_it_was_paid(clerk: Clerk) -> None:
    holds(clerk, APRIL, MAY)
    clerk.posts(voucher("receipt", "2024-05-20", ("cash", 10_000), ("member-loans", -10_000, "1")))
    assert clerk.reads("loan-register", as_of="2024-04-04") == []
    assert cells(clerk.reads("loan-register", as_of="2024-05-31"), *TERMS) == [
        ("1", "1", "2024-04-05", 20_000, "seed", "24", 2, 0),
    ]


def test_a_loan_taken_back_was_never_given(clerk: Clerk) -> None:
    holds(clerk, APRIL)
    meetings.reverse_meeting(clerk.office, "", clerk.code, 1, "wrong sheet")
    assert clerk.reads("loan-register", as_of="2024-05-31") == []


def test_loans_of_the_cut_off_keep_what_was_once_lent(clerk: Clerk) -> None:
    loan = CutOffLoan(
        Paise(30_000), 3, Paise(600), "1.5", disbursed="2023-10-05", principal=Paise(50_000), purpose="goat"
    )
    heads = (CutOffHead("surplus", Paise(-30_000)),)
    sheet = CutOff("2024-03-31", members=(CutOffMember("2", loans=(loan,)),), heads=heads)
    meetings.post_opening(clerk.office, "", clerk.code, sheet)
    rows = clerk.reads("loan-register", as_of="2024-04-04")
    assert cells(rows, *TERMS) == [("1", "2", "2023-10-05", 50_000, "goat", "18", 3, 30_000)]
    assert cells(rows, *OWED) == [(30_000, 0, 600)]


def test_loans_stand_by_number_and_agree_with_the_ledger(clerk: Clerk) -> None:
    members.import_(clerk.office, "", clerk.code, [Member("10", "Ela Naik", joined="2024-04-01")], "")
    clerk.posts(voucher("receipt", "2024-04-02", ("cash", 100_000), ("grants", -100_000)))
    second = replace(APRIL.rows[0], member="10", other=())
    holds(clerk, replace(APRIL, rows=(second, *APRIL.rows)), MAY)
    rows = clerk.reads("loan-register", as_of="2024-05-31")
    assert cells(rows, "loan", "member", "outstanding") == [("1", "10", 20_000), ("2", "1", 10_000)]
    trial = clerk.reads("trial-balance", as_of="2024-05-31")
    code = next(row["code"] for row in trial if row["role"] == "member-loans")
    assert balances(trial)[code] == sum(row["outstanding"] for row in rows)


@pytest.mark.parametrize(
    ("monthly", "a_year"),
    [
        ("2", "24"),
        ("1.5", "18"),
        ("2.00", "24"),
        ("0", "0"),
        ("0.85", "10.2"),
        ("0.8333333333", "9.9999999996"),
        ("10", "120"),
    ],
)
def test_a_rate_a_year_is_exact(monthly: str, a_year: str) -> None:
    assert rate_a_year("", monthly, "") == a_year
