"""The attendance register, by hand: who came, who could have, and what share that was."""

from __future__ import annotations

import io
import json

import pytest

from bookkeeper.books.members import Member
from bookkeeper.commands import meetings, members
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.printing.data import write_json
from bookkeeper.printing.plain import write_text
from bookkeeper.rules.meeting import ABSENT, LATE, LEAVE, PRESENT, MeetingSheet, SheetRow
from bookkeeper.words import language
from tests.registers.books import Clerk


def sheet(number: int, date: str, **present: str) -> MeetingSheet:
    rows = tuple(SheetRow(member.removeprefix("m"), here) for member, here in present.items())
    return MeetingSheet(date, number, rows=rows)


@pytest.fixture(name="met")
def group_that_met(clerk: Clerk) -> Clerk:
    """Three meetings; member 4 joins before the last one."""
    new = [Member("4", "Deepa Sawant", "दीपा सावंत", "2024-05-06")]
    members.import_(clerk.office, "", clerk.code, new, "")
    sheets = [
        sheet(7, "2024-04-05", m1=PRESENT, m2=LATE, m3=LEAVE),
        sheet(8, "2024-05-05", m1=PRESENT, m2=PRESENT),
        sheet(9, "2024-06-05", m1=ABSENT, m2=PRESENT, m3=PRESENT, m4=PRESENT),
    ]
    meetings.post_meetings(clerk.office, "", clerk.code, sheets)
    return clerk


def test_each_member_stands_with_what_she_was_in_each_meeting(met: Clerk) -> None:
    rows = met.reads("attendance-register")
    assert [[row.get(key) for key in ("member", "7", "8", "9", "present", "held", "percent")] for row in rows] == [
        ["1", "P", "P", "A", 2, 3, "66.67"],
        ["2", "T", "P", "P", 3, 3, "100.00"],
        ["3", "L", "A", "P", 1, 3, "33.33"],
        ["4", None, None, "P", 1, 1, "100.00"],
    ]
    assert met.totals == {"7": 2, "8": 2, "9": 3, "present": 7, "held": 10}


def test_a_period_has_its_own_meetings_and_members(met: Clerk) -> None:
    columns, rows = met.reads_raw("attendance-register", "2024-04-01", "2024-05-05")
    assert [column.key for column in columns] == ["member", "name", "7", "8", "present", "held", "percent"]
    assert [row["member"] for row in rows] == ["1", "2", "3"]


def test_a_reversed_meeting_leaves_the_register(met: Clerk) -> None:
    meetings.reverse_meeting(met.office, "", met.code, 9, "wrong sheet")
    columns, rows = met.reads_raw("attendance-register")
    assert [column.key for column in columns][2:-3] == ["7", "8"]
    assert [row["present"] for row in rows] == [2, 2, 0, 0]
    assert [row["percent"] for row in rows] == ["100.00", "100.00", "0.00", None]


def test_data_keep_two_places_and_totals_are_counts(met: Clerk) -> None:
    out = io.StringIO()
    with prepared(met.office, ReportAsk("attendance-register", (met.code,))) as printout:
        write_json(printout.table(), language("en"), out)
    found = json.loads(out.getvalue())
    assert found["columns"][2] == {"key": "7", "title": "7", "kind": "text"}
    assert found["totals"] == {"7": 2, "8": 2, "9": 3, "present": 7, "held": 10}
    assert found["parts"]["present"] == [{"7": 2, "8": 2, "9": 3, "present": 7, "held": 10, "percent": "70.00"}]
    assert found["parts"]["percent"] == [{"7": "66.67", "8": "66.67", "9": "75.00"}]


def test_the_text_closes_with_present_and_percent(met: Clerk) -> None:
    out = io.StringIO()
    with prepared(met.office, ReportAsk("attendance-register", (met.code,))) as printout:
        write_text(printout.table(), language("en"), out)
    lines = [" ".join(line.split()) for line in out.getvalue().splitlines()]
    assert "7 8 9" in lines
    assert "2 Bharati Naik Lt P P 3 3 100%" in lines
    assert "Present 2 2 3 7 10 70%" in lines
    assert "Percent 67% 67% 75%" in lines
    assert "P present Lt late, counted as present L absent with leave A absent" in lines
    assert "Meetings 7 to 9" in lines


def test_of_a_group_that_never_met_nothing_is_told(clerk: Clerk) -> None:
    assert clerk.reads("attendance-register") == []
    assert clerk.totals == {"present": 0, "held": 0}


def test_a_period_without_meetings_has_its_heads_and_one_sentence(met: Clerk) -> None:
    out = io.StringIO()
    with prepared(met.office, ReportAsk("attendance-register", (met.code,), since="2024-07-01")) as printout:
        write_text(printout.table(), language("en"), out)
    lines = [" ".join(line.split()) for line in out.getvalue().splitlines()]
    assert lines[-3].startswith("Member no. Member")
    assert lines[-1] == "No meeting was held in this period."
