"""A group's meetings from day to day: what they become in the books, what is noted, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from bookkeeper.books.members import Member
from bookkeeper.books.sittings import fines_due
from bookkeeper.commands import entities, members
from bookkeeper.ledger.entities import entity_of
from bookkeeper.rules.meeting import MeetingSheet, SheetRow, sheet_of
from tests.scenarios.clerk import Clerk, payment, receipt, voucher

LENT = {"principal": "1000.00", "purpose": "goat", "instalments": 10, "rate_per_month": "2"}


def row(member: str, savings: str = "100.00", **rest: Any) -> dict[str, Any]:  # noqa: ANN401
    """A member who is there and saves."""
    return {"member": member, "present": True, "savings": savings, **rest}


def meeting(date: str, number: int, *rows: dict[str, Any], **rest: Any) -> MeetingSheet:  # noqa: ANN401
    """A sheet as its file would give it."""
    return sheet_of({"date": date, "number": number, "rows": list(rows), **rest})


@pytest.fixture
def group(clerk: Clerk) -> Clerk:
    """Three women, 1,500 rupees saved in two meetings, a loan of 1,000 to the first."""
    clerk.holds_meeting(
        meeting("2023-04-05", 1, row("1", "400.00"), row("2", "400.00"), row("3", "400.00", new_loan={**LENT}) | {}),
    )
    clerk.holds_meeting(meeting("2023-05-05", 2, row("1"), row("2"), row("3", principal="100.00", interest="20.00")))
    return clerk


def test_a_repayment_is_split_by_the_rule_of_the_loan(group: Clerk) -> None:
    # on 5 June 100 of principal and 18 of interest (2 % of 900) are due; 150 paid: 18 and 100 and 32 ahead
    names = group.holds_meeting(meeting("2023-06-05", 3, row("3", repayment="150.00")))
    assert names == ["R5/2023-24", "R6/2023-24", "R7/2023-24"]
    assert group.of_member("member-loans", "3") == "768.00"
    assert group.of_member("interest-on-member-loans", "3") == "-38.00"


def test_by_bank_is_a_receipt_for_each_member(group: Clerk) -> None:
    rows = (row("1", by="bank"), row("2"), row("3", principal="100.00", interest="18.00", by="bank"))
    names = group.holds_meeting(meeting("2023-06-05", 3, *rows))
    assert names == ["R5/2023-24", "R6/2023-24", "R7/2023-24"]
    kept = group.reads("R7/2023-24").voucher
    assert [(p.account, p.amount) for p in kept.postings] == [
        ("1002", 21_800), ("2001", -10_000), ("1101", -10_000), ("4001", -1_800),
    ]  # fmt: skip
    assert group.balance("bank") == "318.00"


def test_payments_stand_as_loans_then_withdrawals_then_expenses(group: Clerk) -> None:
    extra = {"voluntary_savings": "50.00"}
    group.holds_meeting(
        meeting(
            "2023-06-05", 3, row("1", withdrawal="30.00", **extra), row("2", new_loan={"principal": "300.00"}),
            other=[
                {"kind": "payment", "account": "travel", "amount": "12.00", "narration": "bus"},
                {"kind": "receipt", "account": "grants", "amount": "500.00", "narration": "panchayat"},
                {"kind": "contra", "account": "bank", "amount": "200.00"},
            ],
        )
    )  # fmt: skip
    kept = [group.reads(f"P{n}/2023-24").voucher for n in (2, 3, 4)]
    assert [(v.postings[0].account, v.postings[0].amount) for v in kept] == [
        ("1101", 30_000), ("2002", 3_000), ("5005", 1_200),
    ]  # fmt: skip
    assert group.of_member("voluntary-savings", "1") == "-20.00"
    [given] = [loan for loan in group.loans() if loan.loan == 2]
    assert (given.rate_per_month, given.method, given.instalments) == ("2", "equal-principal", 10)  # the group's own


def test_interest_typed_ahead_is_noted_and_met_against_the_next_charge(group: Clerk) -> None:
    group.holds_meeting(meeting("2023-06-05", 3, row("3", principal="100.00", interest="40.00")))
    assert group.notes(3)["interest_advance"] == [["3", 1, 2_200]]  # 18 were due
    assert group.due("2023-07-05")[1].interest == 0  # 16 charged, 22 ahead
    assert group.due("2023-07-05")[1].interest_advance == 600


def test_who_pays_while_absent_is_noted_unless_she_sent_it(group: Clerk) -> None:
    rows = (
        {"member": "1", "present": False, "savings": "100.00"},
        {"member": "2", "present": "leave", "savings": "100.00", "sent": True},
    )
    group.holds_meeting(meeting("2023-06-05", 3, *rows))
    assert group.notes(3) == {"absent_paid": ["1"]}
    assert group.of_member("member-savings", "1") == "-600.00"


def test_a_count_that_differs_is_taken_and_noted(group: Clerk) -> None:
    # 1,200 saved, 1,000 lent; 300 saved, 120 repaid; now 300: 920
    rows = (row("1"), row("2"), row("3"))
    group.holds_meeting(meeting("2023-06-05", 3, *rows, cash_counted={"500": 1, "100": 4}, coins="15.00"))
    assert group.notes(3)["cash"] == {"counted": 91_500, "book": 92_000}


def test_a_fine_levied_is_due_until_it_is_paid(group: Clerk) -> None:
    group.holds_meeting(meeting("2023-06-05", 3, {"member": "1", "present": False, "fine_levied": "10.00"}))
    group.holds_meeting(meeting("2023-07-05", 4, row("1", fine="4.00")))
    assert fines(group, "2023-07-05") == {"1": 1_000}
    assert fines(group, "2023-08-05") == {"1": 600}


def test_fines_follow_the_rule_of_the_group(group: Clerk) -> None:
    entities.set_(group.office, "", "SHG1", "fine-absent", "10")
    entities.set_(group.office, "", "SHG1", "fine-late", "5")
    rows = ({"member": "1", "present": "late"}, {"member": "2", "present": "leave"})
    group.holds_meeting(meeting("2023-06-05", 3, *rows))
    assert fines(group, "2023-07-05") == {"1": 500, "3": 1_000}  # who is not listed is absent


def fines(group: Clerk, before: str) -> dict[str, int]:
    with group.office.looking() as tx:
        return fines_due(tx, entity_of(tx, group.group), before)


def test_a_meeting_is_handed_back_and_its_number_is_free(group: Clerk) -> None:
    sheet = meeting("2023-06-05", 3, row("1"), row("2"), agenda=["Savings"], minutes="Nothing new.\nTea.")
    group.holds_meeting(sheet)
    before = group.balance("cash")
    assert sheet_of(group.takes_back(3)) == sheet
    assert group.balance("cash", "2023-06-05") == "620.00"
    assert before == "820.00"
    group.holds_meeting(meeting("2023-06-08", 3, row("1")))
    assert group.balance("cash") == "720.00"


def test_a_reversed_meeting_is_replaced_though_later_ones_stand(group: Clerk) -> None:
    group.holds_meeting(meeting("2023-06-05", 3, row("1")), meeting("2023-07-05", 4, row("1"), row("2")))
    group.takes_back(3)
    group.holds_meeting(meeting("2023-06-05", 3, row("1", "150.00")))
    assert group.of_member("member-savings", "1") == "-750.00"


def test_a_meeting_whose_loan_has_later_entries_stays(group: Clerk) -> None:
    with group.refuses("loan 1, given in meeting 1, has entries after it, from 2023-05-05 on"):
        group.takes_back(1)
    group.takes_back(2)
    group.takes_back(1)  # the later entries are reversed
    assert group.balance("member-loans") == "0.00"
    assert [loan.lent for loan in group.loans()] == [0]


def test_a_meeting_stays_where_a_later_day_would_break(group: Clerk) -> None:
    group.posts(payment("2023-05-06", "rent", "600.00"))
    with group.refuses("Cash in hand would be -400.00 at the end of 2023-05-06"):
        group.takes_back(2)


def test_one_voucher_out_of_a_meeting_is_not_reversed(group: Clerk) -> None:
    with group.refuses("R1/2023-24 belongs to meeting 1"):
        group.reverses("R1/2023-24", "2023-05-05")


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown member": ({"rows": [row("9")]}, "row 1, member: there is no member 9"),
    "the same meeting twice": ({"number": 2}, r"number: meeting 2 was posted already, of 2023-05-05 \(R2/2023-24, "),
    "earlier than the last": ({"date": "2023-05-04"}, "date: 2023-05-04 is before the last meeting, number 2"),
    "in the future": ({"date": "2025-07-05"}, "date: 2025-07-05 is in the future"),
    "before the books": ({"date": "2023-03-05"}, "before these books begin"),
    "beyond what is owed": ({"rows": [row("3", principal="901.00")]}, "row 1, principal: loan 1 .* owes 900.00"),
    "repaid beyond": ({"rows": [row("3", repayment="1000.00")]}, "row 1, repayment: loan 1 .* owes 900.00"),
    "beside its parts": (
        {"rows": [row("3", repayment="10.00", interest="1.00")]}, "row 1, repayment: a repayment stands beside",
    ),
    "on no loan": ({"rows": [row("1", principal="10.00")]}, "row 1, principal: member 1 owes nothing"),
    "another's loan": ({"rows": [row("1", principal="10.00", loan="1")]}, "row 1, loan: member 1 has no loan 1"),
    "two rows": ({"rows": [row("1"), row("1")]}, "row 2, member: member 1 stands in two rows"),
    "drawn beyond": ({"rows": [row("1", withdrawal="10.00")]}, "row 1, withdrawal: member 1 has 0.00 in"),
    "compulsory beyond": (
        {"rows": [row("1", "0.00", withdrawal="501.00", withdrawal_from="member-savings")]}, "has 500.00 in member",
    ),
    "cash below nought": ({"rows": [row("1", new_loan={"principal": "5000.00"})]}, "Cash in hand would be -4280.00"),
    "no such head": ({"other": [{"kind": "payment", "account": "tea", "amount": "1"}]}, "row 1, foot account: .*tea"),
    "a head with a column": (
        {"rows": [row("1", other=[{"account": "fines", "amount": "1.00"}])]}, "row 1, other: Fines has a column",
    ),
    "no such president": ({"presided_by": "8"}, "presided_by: there is no member 8"),
    "a rate that is none": ({"rows": [row("1", new_loan={"principal": "10.00", "rate_per_month": "x"})]}, "not a rate"),
    "a method that is none": ({"rows": [row("1", new_loan={"principal": "10.00", "method": "x"})]}, "not a method"),
    "due before it was lent": (
        {"rows": [row("1", new_loan={"principal": "10.00", "first_due": "2023-06-05"})]}, "not after the loan",
    ),
    "a contra with a head": ({"other": [{"kind": "contra", "account": "rent", "amount": "1.00"}]}, "is with the bank"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_is_refused_by_row_and_field(group: Clerk, name: str) -> None:
    changed, words = BAD[name]
    values: dict[str, Any] = {"date": "2023-06-05", "number": 3, "rows": [row("1")], **changed}
    with group.refuses(words):
        group.holds_meeting(sheet_of(values))


def test_all_faults_of_a_sheet_are_told_at_once(group: Clerk) -> None:
    rows = (row("9"), row("1", principal="5.00"), row("3", principal="1001.00"), row("2", withdrawal="1.00"))
    with group.refuses() as refusal:
        group.holds_meeting(meeting("2023-05-01", 3, *rows, presided_by="8"))
    assert len(refusal.value.faults) == 6


def test_a_closed_year_takes_no_meeting(group: Clerk) -> None:
    group.closes(2023)
    with group.refuses("date: the financial year 2023-24 is closed"):
        group.holds_meeting(meeting("2024-03-05", 3, row("1")))


def test_who_has_not_joined_or_has_left_is_not_taken(group: Clerk) -> None:
    group.enters_members("4", joined="2023-07-01").enters_members("5", joined="2023-01-01", left="2023-05-31")
    with group.refuses("member 4 joined on 2023-07-01"):
        group.holds_meeting(meeting("2023-06-05", 3, row("4")))
    with group.refuses("member 5 left on 2023-05-31"):
        group.holds_meeting(meeting("2023-06-05", 3, row("5")))


def test_a_file_of_meetings_is_posted_whole_or_not_at_all(group: Clerk) -> None:
    good = meeting("2023-06-05", 3, row("3", principal="100.00"))
    with group.refuses("row 1, member: there is no member 9"):
        group.holds_meeting(good, meeting("2023-07-05", 4, row("9")))
    assert len(group.holds_meeting(good, meeting("2023-07-05", 4, row("1")))) == 3


def test_two_loans_of_a_member_each_have_their_demand(group: Clerk) -> None:
    group.posts(receipt("2023-05-06", "grants", "5000.00"))
    group.holds_meeting(meeting("2023-06-05", 3, row("3", principal="100.00", interest="18.00", new_loan={**LENT})))
    july = group.due("2023-07-05")
    assert [(due.principal, due.interest) for due in july.values()] == [(10_000, 1_600), (10_000, 2_000)]
    paid: dict[str, Any] = {
        "loans": [{"loan": "1", "principal": "100.00", "interest": "16.00"}, {"loan": "2", "interest": "20.00"}]
    }
    group.holds_meeting(meeting("2023-07-05", 4, row("3", **paid)))
    assert [(one.loan, one.outstanding) for one in group.loans()] == [(1, 70_000), (2, 100_000)]


def test_a_loan_voucher_between_meetings_is_charged_like_the_others(group: Clerk) -> None:
    """A repayment by voucher on 20 May: no charge in the month, and June's 2 % is on what is left."""
    group.posts(voucher("receipt", "2023-05-20", "dr bank 400", "cr member-loans 400 of 3"))
    assert group.due("2023-06-05")[1].interest == 1_000
    group.posts(voucher("receipt", "2023-05-21", "dr bank 5", "cr interest-on-member-loans 5 of 3"))
    assert group.due("2023-06-05")[1].interest == 500  # it belongs to her only loan though none was named


MORE_BAD: dict[str, tuple[dict[str, Any], str]] = {
    "due on the very day": (
        {"rows": [row("1", new_loan={"principal": "10.00", "first_due": "2023-06-05"})]},
        "row 1, first_due: the first instalment is due on 2023-06-05, not after the loan. Write a day after 2023-06-05",
    ),
    "a rate a year": (
        {"rows": [row("1", new_loan={"principal": "10.00", "rate_per_month": "24"})]},
        "row 1, rate_per_month: 24 percent a month is very high: 10.00, owed for a year, would bear 28.80 of interest",
    ),
    "cash in her row": (
        {"rows": [row("1", other=[{"account": "cash", "amount": "1.00"}])]},
        "row 1, other: cash needs no row of its own. What she pays is cash unless",
    ),
    "bank in her row": (
        {"rows": [row("1", other=[{"account": "bank", "amount": "1.00"}])]}, "row 1, other: .* is money itself",
    ),
    "interest of nobody": (
        {"other": [{"kind": "receipt", "account": "interest-on-member-loans", "amount": "5.00"}]},
        "row 1, foot account: .* needs a member. Write it in her row.",
    ),
    "a number too large": ({"number": 100_000}, "number: 100000 is too large for the number of a meeting. Write"),
}  # fmt: skip


@pytest.mark.parametrize("name", MORE_BAD)
def test_what_is_refused_comes_with_advice(group: Clerk, name: str) -> None:
    changed, words = MORE_BAD[name]
    values: dict[str, Any] = {"date": "2023-06-05", "number": 3, "rows": [row("1")], **changed}
    with group.refuses(words):
        group.holds_meeting(sheet_of(values))


def test_a_name_that_is_not_hers_is_refused(clerk: Clerk) -> None:
    asha = Member("7", "Asha  Patil", name_local="आशा पाटील")
    members.import_(clerk.office, "", "SHG1", [asha], "")
    for number, name in enumerate(("asha patil", "ASHA PATIL ", "आशा पाटील", "आशा\u200d पाटील"), 1):
        clerk.holds_meeting(MeetingSheet("2023-06-05", number, rows=(SheetRow("7", names=((2, name),)),)))
    sheet = MeetingSheet("2023-06-06", rows=(SheetRow("7", names=((2, "Asha Patil"), (3, "Usha Patil"))),))
    with clerk.refuses("row 3, name: “Usha Patil” is not the name of member 7, who is Asha .*Patil. Put"):
        clerk.holds_meeting(sheet)


def test_what_a_replacement_breaks_later_names_its_column(group: Clerk) -> None:
    group.holds_meeting(meeting("2023-06-05", 3, row("3", principal="900.00", interest="18.00")))
    group.takes_back(2)
    with group.refuses("row 1, principal: loan 1 of member 3 owes 100.00; 150.00 of principal is more"):
        group.holds_meeting(meeting("2023-05-05", 2, row("3", principal="150.00", interest="20.00")))
    with group.refuses("row 1, repayment: loan 1 of member 3 owes 100.00; 150.00 of principal is more"):
        group.holds_meeting(meeting("2023-05-05", 2, row("3", repayment="170.00")))
