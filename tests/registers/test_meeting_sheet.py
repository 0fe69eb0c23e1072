"""The meeting sheet: blank with all that is due, filled as it was held, and read back from its workbook."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from bookkeeper.commands import entities, meetings
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.exchange import meetings_workbook as workbook
from bookkeeper.exchange.faults import Faults
from bookkeeper.exchange.meeting_parts import filled_sheet
from bookkeeper.printing.data import write_json
from bookkeeper.printing.plain import write_text
from bookkeeper.printing.workbook import write_xlsx
from bookkeeper.registers import meeting_sheet
from bookkeeper.report import Report
from bookkeeper.rules.meeting import MeetingSheet, sheet_of
from bookkeeper.words import language
from tests.registers.books import Clerk, voucher

FIRST: dict[str, Any] = {
    "date": "2024-04-05",
    "number": 1,
    "place": "Anganwadi",
    "rows": [
        {"member": "1", "present": True, "savings": "100.00"},
        {"member": "2", "present": True, "savings": "100.00",
         "new_loan": {"principal": "150.00", "purpose": "seeds", "instalments": 3, "rate_per_month": "2"}},
        {"member": "3", "present": True, "savings": "60.00"},
    ],
}  # fmt: skip

# Cash before 110. Members bring 100 + 53 + 140 in cash (293) and member 1 another 20 by bank; out go 30 and 50.
SECOND: dict[str, Any] = {
    "date": "2024-05-05",
    "number": 2,
    "place": "School",
    "time": "11:00",
    "presided_by": "3",
    "agenda": ["Savings", "Loans"],
    "minutes": "Read and confirmed.\nThe bank was told.",
    "resolutions": [{"number": "2/1", "text": "To buy a box.", "proposed_by": "1", "seconded_by": "2"}],
    "signed_by": ["3", "1"],
    "cash_counted": {"200": 1, "100": 1, "10": 2},
    "coins": "2.00",
    "rows": [
        {"member": "1", "present": True, "savings": "100.00"},
        {"member": "1", "present": True, "by": "bank", "voluntary_savings": "20.00"},
        {"member": "2", "present": "late", "repayment": "53.00"},
        {"member": "3", "present": "leave", "sent": True, "savings": "130.00", "fine_levied": "5.00",
         "other": [{"account": "membership-fees", "amount": "10.00"}]},
    ],
    "other": [
        {"kind": "payment", "account": "stationery", "amount": "30.00", "narration": "Minute book"},
        {"kind": "contra", "account": "bank", "amount": "50.00"},
    ],
}  # fmt: skip


def holds(clerk: Clerk, *sheets: dict[str, Any]) -> None:
    meetings.post_meetings(clerk.office, "", clerk.code, [sheet_of(sheet) for sheet in sheets])


@pytest.fixture(name="group")
def group_with_meetings(clerk: Clerk) -> Clerk:
    """A group that saves 100 a meeting; it has held one."""
    entities.set_(clerk.office, "", clerk.code, "savings-amount", "100")
    holds(clerk, FIRST)
    return clerk


def report(clerk: Clerk, as_of: str) -> Report:
    with prepared(clerk.office, ReportAsk("meeting-sheet", entities=(clerk.code,), as_of=as_of)) as printout:
        made = printout.table()
        made.rows = list(made.rows)
        totals = made.extra_totals() if made.extra_totals else {}
        made.extra_totals = lambda: totals
    return made


def part(made: Report, key: str) -> list[dict[str, Any]]:
    return [dict(row) for one in made.parts if one.key == key for row in one.rows]


def about(made: Report) -> dict[str, Any]:
    return {str(row["_key"]): row["value"] for row in part(made, "meeting")}


def test_a_blank_sheet_says_what_is_due(group: Clerk) -> None:
    rows = group.reads("meeting-sheet", as_of="2024-05-05")
    # 150 in three instalments of 50, 2 % of 150 is 3; member 3 is 40 behind with her savings
    told = [(r["member"], r["due_savings"], r.get("loan"), r.get("due_principal"), r.get("due_interest")) for r in rows]
    assert told == [
        ("1", 10000, None, None, None), ("2", 10000, "1", 5000, 300), ("3", 14000, None, None, None),
    ]  # fmt: skip
    assert [row["savings_balance"] for row in rows] == [10000, 10000, 6000]
    assert rows[1]["outstanding"] == 15000
    assert all(row.get(key) is None for row in rows for key in ("attendance", "savings", "principal", "_total"))
    assert group.totals["due_savings"] == 34000
    assert group.totals["savings"] == 0
    assert group.totals["balance_before"] == 11000


def test_a_blank_sheet_is_the_next_meeting_at_the_same_place(group: Clerk) -> None:
    made = report(group, "2024-05-05")
    known = {key: value for key, value in about(made).items() if value}
    assert known == {"entity": "EX1", "date": "2024-05-05", "number": "2", "place": "Anganwadi"}
    assert part(made, "foot") == part(made, "agenda") == part(made, "resolutions") == []
    assert [row["note"] for row in part(made, "count")] == [500, 200, 100, 50, 20, 10]
    assert all("pieces" not in row for row in part(made, "count"))


def test_the_first_meeting_of_all_is_number_one(clerk: Clerk) -> None:
    made = report(clerk, "2024-04-05")
    assert about(made)["number"] == "1"
    assert about(made)["place"] is None
    assert [row["due_savings"] for row in made.rows] == [0, 0, 0]


def test_a_filled_sheet_is_as_it_was_held(group: Clerk) -> None:
    holds(group, SECOND)
    rows = group.reads("meeting-sheet", as_of="2024-05-05")
    assert [(r["member"], r["attendance"], r["_total"], r["by"]) for r in rows] == [
        ("1", "P", 10000, None), ("1", "P", 2000, "bank"), ("2", "T", 5300, None), ("3", "L", 14000, None),
    ]  # fmt: skip
    assert (rows[2]["loan"], rows[2]["principal"], rows[2]["interest"]) == ("1", 5000, 300)
    assert (rows[3]["fine_levied"], rows[3]["sent"], rows[3]["other_head"]) == (500, "yes", "membership-fees")
    # what was due stays beside it, and so do the balances before the meeting
    assert [row.get("due_savings") for row in rows] == [10000, None, 10000, 14000]
    assert (rows[2]["outstanding"], rows[2]["savings_balance"]) == (15000, 10000)
    assert {key: group.totals[key] for key in ("savings", "voluntary_savings", "principal", "interest", "other")} == {
        "savings": 23000, "voluntary_savings": 2000, "principal": 5000, "interest": 300, "other": 1000,
    }  # fmt: skip


def test_the_cash_account_and_the_count_of_a_filled_sheet(group: Clerk) -> None:
    group.posts(voucher("receipt", "2024-05-05", ("cash", 700), ("other-income", -700)))  # earlier on that day
    holds(group, SECOND)
    group.posts(voucher("payment", "2024-05-05", ("travel", 100), ("cash", -100)))  # after it
    group.reads("meeting-sheet", as_of="2024-05-05")
    account = {key: value for key, value in group.totals.items() if "due" not in key}
    assert account["balance_before"] == 11700
    assert account["received_from_members"] == 29300
    assert account["other_receipts"] == 0
    assert account["loans_given"] == 0
    assert account["expenses_and_into_the_bank"] == 8000
    assert account["balance_in_the_box"] == 33000
    assert (account["counted"], account["cash_by_the_book"], account["difference"]) == (32200, 33000, -800)
    assert account["coins"] == 200


def test_savings_paid_back_are_no_expense(group: Clerk) -> None:
    drawing = {"member": "2", "present": True, "withdrawal": "25.00", "withdrawal_from": "member-savings"}
    holds(group, {**SECOND, "rows": [*SECOND["rows"][:2], drawing]})
    group.reads("meeting-sheet", as_of="2024-05-05")
    paid = ("loans_given", "savings_paid_back", "expenses_and_into_the_bank")
    assert [group.totals[key] for key in paid] == [0, 2500, 8000]


def test_what_is_worth_noting_stands_below(group: Clerk) -> None:
    holds(group, {**SECOND, "rows": [*SECOND["rows"][:3], {"member": "3", "present": False, "savings": "140.00"}]})
    say = language("en").text
    assert [say(note) for note in report(group, "2024-05-05").heading.notes] == [
        "Counted 322, by the book 323: 1 short.",
        "Of what members paid, 20 came by bank.",
        "Chhaya Rane paid while absent; that she sent it was not noted.",
    ]


def test_the_count_may_be_over_or_agree(group: Clerk) -> None:
    say = language("en").text
    holds(group, {**SECOND, "cash_counted": {"500": 1}, "coins": "0.00", "rows": SECOND["rows"][:1]})
    # 110 and 100 less 80 are 130
    assert [say(note) for note in report(group, "2024-05-05").heading.notes] == [
        "Counted 500, by the book 130: 370 over.",
    ]
    holds(group, {"date": "2024-06-05", "number": 3, "rows": [], "cash_counted": {"100": 1, "10": 3}})
    assert report(group, "2024-06-05").heading.notes == ()


def test_who_has_two_loans_has_two_rows(group: Clerk) -> None:
    holds(group, {
        "date": "2024-05-05", "number": 2, "rows": [
            {"member": "1", "present": True, "savings": "100.00"},
            {"member": "2", "present": True, "new_loan": {"principal": "90.00", "instalments": 3}},
        ],
    })  # fmt: skip
    blank = group.reads("meeting-sheet", as_of="2024-06-05")
    hers = [row for row in blank if row["member"] == "2"]
    assert [(row["loan"], row["outstanding"]) for row in hers] == [("1", 15000), ("2", 9000)]
    assert "due_savings" in hers[0]
    assert "due_savings" not in hers[1]
    holds(group, {
        "date": "2024-06-05", "number": 3, "rows": [
            {"member": "2", "present": True, "savings": "10.00",
             "loans": [{"loan": "1", "principal": "100.00"}, {"loan": "2", "principal": "30.00", "interest": "2.00"}],
             "other": [{"account": "membership-fees", "amount": "1.00"},
                       {"account": "other-income", "amount": "2.00"}]},
        ],
    })  # fmt: skip
    filled = [row for row in group.reads("meeting-sheet", as_of="2024-06-05") if row["member"] == "2"]
    assert [(r["loan"], r["principal"], r["interest"], r["other_head"], r["other"], r["_total"]) for r in filled] == [
        ("1", 10000, 0, "membership-fees", 100, 11100), ("2", 3000, 200, "other-income", 200, 3400),
    ]  # fmt: skip


def test_a_reversed_meeting_gives_the_blank_sheet_back(group: Clerk) -> None:
    holds(group, SECOND)
    meetings.reverse_meeting(group.office, "", group.code, 2, "wrong day")
    made = report(group, "2024-05-05")
    assert about(made)["number"] == "2"
    assert all(row.get("attendance") is None for row in made.rows)


def test_seldom_columns_stand_on_paper_only_where_used(group: Clerk) -> None:
    def read(as_of: str) -> list[str]:
        return [column.key for column in report(group, as_of).columns if column.mm]

    usual = ["member", "name", "attendance", "savings", "voluntary_savings", "principal", "interest"]
    usual += ["fine", "other", "_total", "new_loan"]
    assert read("2024-04-05") == usual
    rows = [{"member": "1", "present": True, "special_savings": "30.00"}]
    holds(group, {"date": "2024-05-05", "number": 2, "rows": rows})
    assert set(read("2024-05-05")) - set(usual) == {"special_savings"}


# The workbook that is filled in and read back


def test_columns_and_parts_are_those_that_are_read(group: Clerk) -> None:
    own = {column.key: column.title for column in meeting_sheet.COLUMNS if not column.key.startswith("_")}
    assert list(own) == list(workbook.COLUMNS)
    assert all(title in workbook.COLUMNS[key] for key, title in own.items())
    made = report(group, "2024-05-05")
    assert {one.key: one.title for one in made.parts} == {key: title for key, (title, _) in workbook.PARTS.items()}
    for one in made.parts:
        read = workbook.PARTS[one.key][1]
        assert [column.key for column in one.columns] == list(read)
        assert all(column.title in read[column.key] for column in one.columns)
    fields = {str(row["_key"]): row["field"].text for row in part(made, "meeting")}
    assert {key: (title,) for key, title in fields.items()} == dict(workbook.MEETING)


@pytest.mark.parametrize("code", ["en", "mr", "hi"])
def test_a_filled_sheet_comes_back_from_its_workbook(group: Clerk, tmp_path: Path, code: str) -> None:
    holds(group, SECOND)
    out = tmp_path / "sheet.xlsx"
    write_xlsx(report(group, "2024-05-05"), language(code), out)
    faults = Faults(out.name)
    read = filled_sheet(out.read_bytes(), "EX1", faults)
    faults.refuse_if_any()
    (meeting,) = read.meetings
    meant = sheet_of(SECOND)
    for name in ("date", "number", "place", "time", "presided_by", "agenda", "minutes", "resolutions", "signed_by"):
        assert getattr(meeting, name) == getattr(meant, name), name
    assert dict(meeting.counted or ()) == {500: 0, 200: 1, 100: 1, 50: 0, 20: 0, 10: 2}
    assert meeting.cash == meant.cash
    assert [(line.kind, line.account, line.amount, line.narration) for line in meeting.other] == [
        ("payment", "stationery", 3000, "Minute book"), ("contra", "bank", 5000, ""),
    ]  # fmt: skip
    assert received(meeting) == received(meant)


def received(sheet: MeetingSheet) -> list[tuple[Any, ...]]:
    """What each row brings, however its repayment is split."""
    return [(row.member, row.present, row.by, row.sent, row.received, row.fine_levied, row.other) for row in sheet.rows]


@pytest.mark.parametrize("code", ["en", "mr", "hi"])
def test_a_blank_workbook_is_taken_with_nobody_on_it(group: Clerk, tmp_path: Path, code: str) -> None:
    out = tmp_path / "sheet.xlsx"
    write_xlsx(report(group, "2024-05-05"), language(code), out)
    faults = Faults(out.name)
    (meeting,) = filled_sheet(out.read_bytes(), "EX1", faults).meetings
    faults.refuse_if_any()
    assert (meeting.date, meeting.number, meeting.place, meeting.rows) == ("2024-05-05", 2, "Anganwadi", ())
    assert meeting.counted is None


# For people and programs


@pytest.mark.parametrize("code", ["mr", "hi"])
def test_every_title_has_its_words(group: Clerk, code: str) -> None:
    holds(group, SECOND)
    made = report(group, "2024-05-05")
    titles = {column.title for column in (*made.columns, *(column for one in made.parts for column in one.columns))}
    titles |= {one.title for one in made.parts} | {str(row["field"].text) for row in part(made, "meeting")}
    titles |= {key.replace("_", " ").capitalize() for key in made.extra_totals()} if made.extra_totals else set()
    assert not [title for title in sorted(titles) if language(code).say(title) == title]


def test_text_shows_what_is_due_and_the_cash_account(group: Clerk) -> None:
    out = io.StringIO()
    write_text(report(group, "2024-05-05"), language("en"), out)
    text = out.getvalue()
    assert "Principal due" in text
    assert "Balance before: 110.00" in text
    assert "Bharati Naik" in text


def test_json_has_keys_and_plain_amounts(group: Clerk) -> None:
    holds(group, SECOND)
    out = io.StringIO()
    write_json(report(group, "2024-05-05"), language("mr"), out)
    told = json.loads(out.getvalue())
    assert told["rows"][2]["principal"] == "50.00"
    assert told["totals"]["balance_in_the_box"] == "323.00"
    assert told["parts"]["resolutions"] == [
        {"number": "2/1", "text": "To buy a box.", "proposed_by": "1", "seconded_by": "2"}
    ]
    assert told["parts"]["count"][1] == {"note": "200", "pieces": 1}
