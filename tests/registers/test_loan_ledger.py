"""The loan ledger, by hand: every movement of a loan, a row a voucher."""

from __future__ import annotations

import pytest

from bookkeeper.commands import meetings
from bookkeeper.errors import BadInput
from bookkeeper.rules.cut_off import CutOff, CutOffHead, CutOffLoan, CutOffMember
from bookkeeper.rules.meeting import BANK, PRESENT, MeetingSheet, NewLoan, Repaid, SheetRow
from bookkeeper.rules.money import Paise
from tests.registers.books import Clerk, voucher
from tests.registers.worked_example import APRIL, MAY, PERIOD, cells, holds

MOVED = ("disbursed", "principal", "interest", "penalty", "outstanding")
KEYS = ("loan", "member", "date", "voucher", "particulars", *MOVED)


def test_the_worked_example(clerk: Clerk) -> None:
    holds(clerk, APRIL, MAY)
    rows = clerk.reads("loan-ledger", *PERIOD)
    assert cells(rows, *KEYS) == [
        ("1", "1", "2024-04-05", "P1/2024-25", "Loan given", 20_000, 0, 0, 0, 20_000),
        ("1", "1", "2024-05-05", "R4/2024-25", "Loan repaid", 0, 10_000, 0, 0, 10_000),
        ("1", "1", "2024-05-05", "R5/2024-25", "Interest received", 0, 0, 400, 0, 10_000),
    ]
    assert {(row["name"], row["purpose"]) for row in rows} == {("Asha Patil", "seed")}
    assert clerk.totals == {"disbursed": 20_000, "principal": 10_000, "interest": 400, "penalty": 0}


def test_a_loan_that_existed_begins_with_what_it_owed(clerk: Clerk) -> None:
    holds(clerk, APRIL, MAY)
    assert cells(clerk.reads("loan-ledger", "2024-05-01", "2024-05-04"), *KEYS) == [
        ("1", "1", "2024-05-01", None, "Opening balance", 0, 0, 0, 0, 20_000),
    ]


def test_a_loan_paid_off_before_is_left_out(clerk: Clerk) -> None:
    holds(clerk, APRIL, MAY)
    clerk.posts(voucher("receipt", "2024-05-20", ("cash", 10_000), ("member-loans", -10_000, "1")))
    assert clerk.reads("loan-ledger", "2024-06-01", "2024-06-30") == []
    assert clerk.reads("loan-ledger", "2024-05-01", "2024-05-31")[-1]["outstanding"] == 0


def test_one_voucher_is_one_row_whatever_it_moved(clerk: Clerk) -> None:
    holds(clerk, APRIL)
    row = SheetRow("1", PRESENT, by=BANK, repaid=(Repaid(Paise(10_000), Paise(400)),))
    holds(clerk, MeetingSheet("2024-05-05", 2, rows=(row,)))
    clerk.posts(voucher("receipt", "2024-05-06", ("cash", 50), ("penal-interest", -50, "1")))
    assert cells(clerk.reads("loan-ledger", "2024-05-01", "2024-05-31")[1:2], "particulars", *MOVED) == [
        ("Loan repaid", 0, 10_000, 400, 0, 10_000),
    ]


def test_loans_of_one_member_stand_one_after_the_other(clerk: Clerk) -> None:
    clerk.posts(voucher("receipt", "2024-04-01", ("cash", 100_000), ("grants", -100_000)))
    more = SheetRow("1", PRESENT, new_loan=NewLoan(Paise(5_000), "school", 1), repaid=(Repaid(Paise(4_000), loan=1),))
    holds(clerk, APRIL, MeetingSheet("2024-05-05", 2, rows=(more,)))
    rows = clerk.reads("loan-ledger", *PERIOD, member="1")
    assert cells(rows, "loan", "purpose", "outstanding") == [
        ("1", "seed", 20_000), ("1", "seed", 16_000), ("2", "school", 5_000),
    ]  # fmt: skip
    assert clerk.reads("loan-ledger", *PERIOD, member="2") == []


def test_a_loan_of_the_cut_off_is_no_disbursement(clerk: Clerk) -> None:
    loan = CutOffLoan(Paise(30_000), 3, Paise(600), "2", disbursed="2023-10-05", principal=Paise(50_000))
    heads = (CutOffHead("surplus", Paise(-30_000)),)
    sheet = CutOff("2024-03-31", members=(CutOffMember("2", loans=(loan,)),), heads=heads)
    meetings.post_opening(clerk.office, "", clerk.code, sheet)
    holds(clerk, MeetingSheet("2024-04-05", 1, rows=(SheetRow("2", PRESENT, repaid=(Repaid(Paise(10_000)),)),)))
    rows = clerk.reads("loan-ledger", "2024-03-01", "2024-04-30")
    assert cells(rows, "voucher", *MOVED) == [
        (None, 0, 0, 0, 0, 30_000), ("R1/2024-25", 0, 10_000, 0, 0, 20_000),
    ]  # fmt: skip


def test_a_loan_taken_back_stands_with_both_its_vouchers(clerk: Clerk) -> None:
    holds(clerk, APRIL)
    meetings.reverse_meeting(clerk.office, "", clerk.code, 1, "wrong sheet")
    rows = clerk.reads("loan-ledger", *PERIOD)
    assert [row["disbursed"] for row in rows] == [20_000, -20_000]
    assert rows[0]["particulars"].startswith("Loan given: Reversed by R")
    assert rows[1]["particulars"] == "Loan given: Reversal of P1/2024-25: wrong sheet"
    assert clerk.totals["disbursed"] == 0


def test_a_member_that_there_is_not_is_refused(clerk: Clerk) -> None:
    with pytest.raises(BadInput, match="there is no member 77"):
        clerk.reads("loan-ledger", *PERIOD, member="77")
