"""The minutes: one opening for each meeting, its money as the vouchers have it."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from bookkeeper.commands import meetings
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.printing.data import write_json
from bookkeeper.printing.plain import write_text
from bookkeeper.rules.meeting import sheet_of
from bookkeeper.words import language
from tests.registers.books import Clerk, Read, voucher

APRIL: dict[str, Any] = {
    "date": "2024-04-05",
    "number": 1,
    "rows": [{"member": number, "present": True, "savings": "100.00"} for number in "123"],
}

# Cash 300 before; in come 250 + 20 + 5 in cash and 40 by bank; out go 200 and 30, and 100 goes into the bank.
MAY: dict[str, Any] = {
    "date": "2024-05-05",
    "number": 2,
    "place": "School",
    "time": "11:00",
    "presided_by": "3",
    "agenda": ["Savings", "Loans"],
    "minutes": "Read and confirmed.\nThe bank was told.",
    "resolutions": [
        {"number": "2/1", "text": "To buy a box.", "proposed_by": "1", "seconded_by": "2"},
        {"text": "To meet at ten.", "proposed_by": "1"},
        {"text": "To plant trees.", "seconded_by": "2"},
        "To write to the bank.",
    ],
    "signed_by": ["3", "1"],
    "cash_counted": {"200": 1, "20": 2},
    "coins": "2.00",
    "rows": [
        {"member": "1", "present": "late", "savings": "250.00", "voluntary_savings": "20.00",
         "new_loan": {"principal": "200.00", "purpose": "goat", "instalments": 4, "rate_per_month": "2"}},
        {"member": "2", "present": "leave", "savings": "40.00", "by": "bank"},
    ],
    "other": [
        {"kind": "payment", "account": "stationery", "amount": "30.00", "narration": "Minute book"},
        {"kind": "receipt", "account": "other-income", "amount": "5.00"},
        {"kind": "contra", "account": "bank", "amount": "100.00"},
    ],
}  # fmt: skip


def holds(clerk: Clerk, *sheets: dict[str, Any]) -> None:
    for sheet in sheets:
        told = [one if isinstance(one, dict) else {"text": one} for one in sheet.get("resolutions", [])]
        meetings.post_meetings(clerk.office, "", clerk.code, [sheet_of({**sheet, "resolutions": told})])


@pytest.fixture(name="may")
def minutes_of_may(clerk: Clerk) -> Read:
    """The opening of the second meeting."""
    holds(clerk, APRIL, MAY)
    return clerk.reads("minutes", "2024-05-01", "2024-05-31")


def section(rows: Read, name: str) -> Read:
    return [row for row in rows if row["section"] == name]


def amounts(rows: Read, name: str) -> list[tuple[str, int]]:
    return [(row["what"], row["amount"]) for row in section(rows, name) if row.get("amount") is not None]


def test_the_sections_stand_in_the_order_of_the_printed_book(may: Read) -> None:
    assert list(dict.fromkeys(row["section"] for row in may)) == [
        "Meeting", "Agenda", "Savings", "New loans", "Receipts", "Payments", "Resolutions", "What was discussed",
        "Cash counted", "Absent members", "Signatures",
    ]  # fmt: skip
    assert {(row["meeting"], row["date"]) for row in may} == {("2", "2024-05-05")}


def test_who_where_and_when(may: Read) -> None:
    facts = {row["what"]: row.get("text") or row.get("name") for row in section(may, "Meeting")}
    assert facts == {
        "Number": "2", "Weekday": "Sunday", "Time": "11:00", "Place": "School",
        "Members": "3; present 1, absent 2", "Presided by": "Chhaya Rane",
    }  # fmt: skip
    assert [(row["number"], row["text"]) for row in section(may, "Agenda")] == [("1", "Savings"), ("2", "Loans")]


def test_savings_and_new_loans(may: Read) -> None:
    assert amounts(may, "Savings") == [("Savings", 29000), ("Voluntary savings", 2000), ("Total", 31000)]
    assert amounts(may, "New loans") == [("Loan 1: Asha Patil, for goat; 4 instalments, 2 % a month", 20000)]


def test_receipts_and_payments_agree_with_the_vouchers(may: Read) -> None:
    assert amounts(may, "Receipts") == [
        ("Opening balance: Cash in hand", 30000), ("Opening balance: Bank", 0), ("Member savings", 29000),
        ("Voluntary savings", 2000), ("Other income", 500), ("Cash put into bank", 10000), ("Total", 71500),
    ]  # fmt: skip
    # 300 + 275 - 230 - 100 = 245 in the box, 40 + 100 = 140 at the bank
    assert amounts(may, "Payments") == [
        ("Member loans", 20000), ("Stationery", 3000), ("Cash put into bank", 10000),
        ("Closing balance: Cash in hand", 24500), ("Closing balance: Bank", 14000), ("Total", 71500),
    ]  # fmt: skip


def test_resolutions_say_no_more_than_was_written(may: Read) -> None:
    assert [(row["row"], row.get("number"), row["text"]) for row in section(may, "Resolutions")] == [
        ("item", "2/1", "To buy a box."),
        ("note", None, "Proposed by Asha Patil, seconded by Bharati Naik."),
        ("item", "2", "To meet at ten."),
        ("note", None, "Proposed by Asha Patil."),
        ("item", "3", "To plant trees."),
        ("note", None, "Seconded by Bharati Naik."),
        ("item", "4", "To write to the bank."),
    ]
    assert section(may, "What was discussed")[0]["text"] == MAY["minutes"]


def test_the_count_the_absent_and_the_signatures(may: Read) -> None:
    assert amounts(may, "Cash counted") == [
        ("200 × 1", 20000), ("20 × 2", 4000), ("Coins", 200), ("Counted", 24200), ("Cash by the book", 24500),
        ("The count is short by", 300),
    ]  # fmt: skip
    assert [(row["member"], row["name"], row["text"]) for row in section(may, "Absent members")] == [
        ("2", "Bharati Naik", "with leave"), ("3", "Chhaya Rane", "without leave"),
    ]  # fmt: skip
    assert [(row["name"], row["what"]) for row in section(may, "Signatures")] == [
        ("Asha Patil", None), ("Chhaya Rane", "President of the meeting"),
    ]  # fmt: skip


def test_a_bare_meeting_has_only_what_there_is(clerk: Clerk) -> None:
    holds(clerk, {"date": "2024-04-05", "rows": [{"member": "1", "present": True}]})
    rows = clerk.reads("minutes", "2024-04-01", "2024-04-30")
    assert list(dict.fromkeys(row["section"] for row in rows)) == [
        "Meeting", "Receipts", "Payments", "Absent members", "Signatures",
    ]  # fmt: skip
    assert section(rows, "Signatures") == [
        {
            "meeting": "1",
            "date": "2024-04-05",
            "section": "Signatures",
            "row": "signature",
            "what": "President of the meeting",
        }
    ]


def test_a_count_that_agrees_or_is_over(clerk: Clerk) -> None:
    holds(clerk, {**APRIL, "cash_counted": {"100": 3}})
    rows = clerk.reads("minutes", "2024-04-01", "2024-04-30")
    assert section(rows, "Cash counted")[-1]["text"] == "The count agrees with the book."
    holds(clerk, {"date": "2024-05-05", "rows": [], "cash_counted": {"500": 1}})
    rows = clerk.reads("minutes", "2024-05-01", "2024-05-31")
    assert amounts(rows, "Cash counted")[-1] == ("The count is over by", 20000)


def test_money_of_the_same_day_belongs_before_or_after(clerk: Clerk) -> None:
    clerk.posts(voucher("receipt", "2024-04-05", ("cash", 900), ("other-income", -900)))
    holds(clerk, APRIL)
    clerk.posts(voucher("contra", "2024-04-05", ("bank", 100), ("cash", -100)))
    rows = clerk.reads("minutes", "2024-04-01", "2024-04-30")
    assert amounts(rows, "Receipts")[0] == ("Opening balance: Cash in hand", 900)
    assert ("Closing balance: Cash in hand", 30900) in amounts(rows, "Payments")


def test_cash_drawn_from_the_bank_and_a_loan_without_a_purpose(clerk: Clerk) -> None:
    holds(clerk, APRIL)
    clerk.posts(voucher("contra", "2024-04-06", ("bank", 20000), ("cash", -20000)))
    holds(clerk, {
        "date": "2024-05-05",
        "rows": [{"member": "1", "present": True,
                  "new_loan": {"principal": "250.00", "instalments": 5, "rate_per_month": "1.5"}}],
        "other": [{"kind": "contra", "account": "bank", "amount": "-200.00"}],
    })  # fmt: skip
    rows = clerk.reads("minutes", "2024-05-01", "2024-05-31")
    assert ("Cash drawn from bank", 20000) in amounts(rows, "Receipts")
    assert ("Cash drawn from bank", 20000) in amounts(rows, "Payments")
    assert amounts(rows, "New loans") == [("Loan 1: Asha Patil; 5 instalments, 1.5 % a month", 25000)]


def test_each_meeting_is_a_leaf_and_a_reversed_one_is_none(clerk: Clerk) -> None:
    holds(clerk, APRIL, MAY)
    ask = ReportAsk("minutes", entities=(clerk.code,), since="2024-04-01", until="2024-05-31")

    def leaves() -> list[set[object]]:
        with prepared(clerk.office, ask) as printout:
            return [{row["meeting"] for row in report.rows} for report in printout.by_entity()]

    assert leaves() == [{"1"}, {"2"}]
    meetings.reverse_meeting(clerk.office, "", clerk.code, 2, "wrong day")
    assert leaves() == [{"1"}]


def test_a_period_without_meetings_is_empty(clerk: Clerk) -> None:
    assert clerk.reads("minutes", "2024-04-01", "2024-04-30") == []


def test_text_and_json_can_be_read(clerk: Clerk) -> None:
    holds(clerk, APRIL, MAY)
    with prepared(clerk.office, ReportAsk("minutes", entities=(clerk.code,))) as printout:
        text, told = io.StringIO(), io.StringIO()
        write_text(printout.table(), language("en"), text)
        write_json(printout.table(), language("mr"), told)
    assert "Chhaya Rane" in text.getvalue()
    assert "The bank was told." in text.getvalue()
    rows = json.loads(told.getvalue())["rows"]
    assert [row["meeting"] for row in rows if row["row"] == "fact" and row["what"] == "क्रमांक"] == ["1", "2"]
    assert any(row["text"] == MAY["minutes"] for row in rows)
    assert {row["amount"] for row in rows} >= {"245.00", "140.00"}
