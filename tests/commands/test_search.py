"""The one search: by number, name in either script, amount and word; the likeliest first, the newest before the old."""

from __future__ import annotations

import pytest

from bookkeeper.books.members import Member
from bookkeeper.commands import members, search
from bookkeeper.report import Day, Person, Say
from bookkeeper.rules.meeting import PRESENT, MeetingSheet, SheetRow
from bookkeeper.rules.money import Paise
from tests.scenarios.clerk import Clerk, payment, receipt


@pytest.fixture(name="group")
def group_to_search(clerk: Clerk) -> Clerk:
    """Four members, vouchers of two years, a loan to Sita Parab, and the seventh meeting."""
    members.add(clerk.office, "", "SHG1", Member("4", "Sita Parab", "सीता परब", office="Treasurer"))
    clerk.posts(
        receipt("2023-05-05", "fines", "1234.50", narration="Fines of the year"),
        receipt("2024-04-01", "member-savings", "300", "4"),
        payment("2024-04-10", "member-loans", "200", "4", narration="Loan for a goat"),
        payment("2024-04-12", "stationery", "40", narration="Registers", party="Kudal Stores"),
        payment("2024-04-13", "stationery", "30", narration="Register of loans"),
    )
    clerk.holds_meeting(MeetingSheet("2024-05-05", 7, rows=(SheetRow("2", PRESENT, savings=Paise(10_000)),)))
    return clerk


def found(group: Clerk, text: str, limit: int = 20) -> list[tuple[str, str]]:
    return [(hit.kind, hit.key) for hit in search.find(group.office, "SHG1", text, limit)]


FOUND: dict[str, list[tuple[str, str]]] = {
    "p2": [("voucher", "P2/2024-25")],
    "P2/2024-25": [("voucher", "P2/2024-25")],
    "r1/2023": [("voucher", "R1/2023-24")],
    "P2/2023-24": [],
    "#1": [("voucher", "P1/2024-25"), ("voucher", "R1/2024-25"), ("voucher", "R1/2023-24")],
    "1": [
        *(("member", "1"), ("loan", "1"), ("voucher", "P1/2024-25"), ("voucher", "R1/2024-25")),
        *(("voucher", "R1/2023-24"), ("account", "1001"), ("account", "1002"), ("account", "1101")),
    ],
    "4": [("member", "4"), ("loan", "1")],
    "@4": [("member", "4"), ("loan", "1")],
    "sita": [("member", "4"), ("loan", "1")],
    "परब": [("member", "4"), ("loan", "1")],
    "1,234.50": [("voucher", "R1/2023-24")],
    "१२३४.५०": [("voucher", "R1/2023-24")],
    "7": [("meeting", "7")],
    "७": [("meeting", "7")],
    "2024-05-05": [("meeting", "7")],
    "5-5-2024": [("meeting", "7")],
    "regist": [("voucher", "P3/2024-25"), ("voucher", "P2/2024-25")],
    "kudal": [("voucher", "P2/2024-25")],
    "statio": [("account", "5004")],
    "5004": [("account", "5004")],
    "zzz": [],
    "100%": [],
    "  ": [],
    "@": [],
}


def test_everything_is_found_by_what_one_calls_it(group: Clerk) -> None:
    told = {text: found(group, text)[: len(hits) or None] for text, hits in FOUND.items()}
    assert told == FOUND


def test_a_hit_says_what_it_is(group: Clerk) -> None:
    person, loan = search.find(group.office, "SHG1", "sita")
    assert person == search.Hit("member", "4", "Sita Parab", "सीता परब", Say("Treasurer"))
    named = Say.of("Loan {loan}, {member}", loan=1, member=Person("Sita Parab", "सीता परब"))
    assert (loan.key, loan.note) == ("1", named)
    [voucher] = search.find(group.office, "SHG1", "kudal")
    assert (voucher.title, voucher.note, voucher.amount) == ("P2/2024-25", "Registers", 4_000)
    [meeting] = search.find(group.office, "SHG1", "7")
    assert (meeting.title, meeting.note) == ("7", Day("2024-05-05"))
    [*_, saved] = search.find(group.office, "SHG1", "r1/2024")
    assert saved.note == Say("Member savings")


def test_no_more_is_found_than_was_asked_for(group: Clerk) -> None:
    assert found(group, "1", 3) == [("member", "1"), ("loan", "1"), ("voucher", "P1/2024-25")]


def test_words_are_looked_for_in_the_newest_and_numbers_in_all(group: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_NEWEST", 3)
    assert found(group, "goat") == found(group, "#200") == []
    assert found(group, "kudal") == found(group, "#40") == found(group, "p2") == [("voucher", "P2/2024-25")]
    assert found(group, "p1") == [("voucher", "P1/2024-25")]
