"""The member's statement, by hand: her days, what stands, and what the next meeting will ask of her."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pytest

from bookkeeper.books.member_account import next_meeting
from bookkeeper.books.members import Member
from bookkeeper.commands import entities, meetings, members
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.errors import BadInput
from bookkeeper.ledger.entities import entity_of
from bookkeeper.printing.plain import write_text
from bookkeeper.report import Report
from bookkeeper.rules.meeting import ABSENT, PRESENT, MeetingSheet, NewLoan, Repaid, SheetRow
from bookkeeper.rules.money import Paise
from bookkeeper.words import language
from tests.registers.books import Clerk, voucher

UNTIL = "2024-06-30"
FIGURES = ("saved", "savings_balance", "loan_given", "principal_paid", "interest_paid", "outstanding")


@pytest.fixture(name="group")
def lending_group(clerk: Clerk) -> Clerk:
    """Member 1 borrows 1,000 at 2 % in four instalments, pays one, and stays away in June."""
    for key, value in (("savings-amount", "100"), ("loan-rate-per-month", "2")):
        entities.set_(clerk.office, "", clerk.code, key, value)
    clerk.posts(voucher("receipt", "2024-04-01", ("cash", 1_000_000), ("grants", -1_000_000)))
    saved = Paise(10_000)
    lent = NewLoan(Paise(100_000), "goats", 4)
    paid = (Repaid(Paise(25_000), Paise(2_000)),)
    all_pay = [SheetRow(number, PRESENT, savings=saved) for number in "23"]
    sheets = [
        MeetingSheet("2024-04-05", 1, rows=(SheetRow("1", PRESENT, savings=saved, new_loan=lent), *all_pay)),
        MeetingSheet("2024-05-05", 2, rows=(SheetRow("1", PRESENT, savings=saved, repaid=paid), *all_pay)),
        MeetingSheet("2024-06-05", 3, rows=(SheetRow("1", ABSENT), *all_pay)),
    ]
    meetings.post_meetings(clerk.office, "", clerk.code, sheets)
    return clerk


def parts(clerk: Clerk, member: str, until: str = UNTIL) -> dict[str, list[Mapping[str, Any]]]:
    """Read what stands beside the rows of a member's leaf."""
    with prepared(clerk.office, ReportAsk("member-statement", member=member, until=until)) as printout:
        return {part.key: list(part.rows) for part in printout.table().parts}


def test_a_row_for_each_meeting_and_each_day_that_moved_something(group: Clerk) -> None:
    rows = group.reads("member-statement", until=UNTIL, member="1")
    assert [(row["row"], row["date"], *(row.get(key) for key in FIGURES)) for row in rows] == [
        ("opening", "2024-04-01", None, 0, None, None, None, 0),
        ("entry", "2024-04-05", 10_000, 10_000, 100_000, 0, 0, 100_000),
        ("entry", "2024-05-05", 10_000, 20_000, 0, 25_000, 2_000, 75_000),
        ("entry", "2024-06-05", 0, 20_000, 0, 0, 0, 75_000),
    ]
    assert [row.get("particulars") for row in rows] == ["Earlier balance", "Meeting 1", "Meeting 2", "Meeting 3"]
    assert [row.get("voucher") for row in rows][2:] == ["R3/2024-25, R4/2024-25, R5/2024-25", None]


def test_totals_are_what_stands_at_the_end(group: Clerk) -> None:
    group.reads("member-statement", until=UNTIL, member="1")
    standing = {"savings": 20_000, "voluntary_savings": 0, "loan_outstanding": 75_000, "interest_due": 1_500}
    moved = {"saved": 20_000, "loan_given": 100_000, "principal_paid": 25_000, "interest_paid": 2_000}
    assert group.totals == {**moved, "voluntary": 0, "withdrawn": 0, **standing}


def test_what_is_due_is_what_the_next_meeting_asks(group: Clerk) -> None:
    # savings of April to July 400 less 200; June's instalment, July's; interest 2 % of 750 for June, and for July
    found = parts(group, "1")
    assert [(one["key"], one["amount"]) for one in found["due"]] == [
        ("savings", 20_000),
        ("principal_arrears", 25_000),
        ("principal_current", 25_000),
        ("interest_arrears", 1_500),
        ("interest_current", 1_500),
        ("total", 73_000),
    ]
    say = language("en").text
    assert [(say(one["title"]), one["amount"], say(one["note"])) for one in found["boxes"]] == [
        ("Your savings", 20_000, "up to 30-06-2024"),
        ("Your loan", 75_000, "of 1,000"),
        ("To pay now", 73_000, "in the meeting of 05-07-2024"),
    ]


def test_without_dates_it_is_told_as_the_books_stand_now(group: Clerk) -> None:
    say = language("en").text
    assert [say(one["note"]) for one in parts(group, "1", "")["boxes"]] == [
        "up to 05-06-2024",
        "of 1,000",
        "in the meeting of 05-07-2024",
    ]


def test_instalments_are_paid_overdue_or_left(group: Clerk) -> None:
    (loan,) = parts(group, "1")["instalments"]
    assert {key: loan[key] for key in ("loan", "count", "instalment", "paid", "overdue", "left")} == {
        "loan": "1", "count": 4, "instalment": 25_000, "paid": 1, "overdue": 1, "left": 2,
    }  # fmt: skip
    (before,) = parts(group, "1", "2024-05-31")["instalments"]
    assert (before["paid"], before["overdue"], before["left"]) == (1, 0, 3)


def test_who_has_no_loan_pays_her_savings_alone(group: Clerk) -> None:
    found = parts(group, "2")
    assert [(one["key"], one["amount"]) for one in found["due"]] == [("savings", 10_000), ("total", 10_000)]
    assert found["instalments"] == []
    assert language("en").text(found["boxes"][1]["note"]) == "you have no loan"


def test_a_fine_that_was_levied_is_asked_for(group: Clerk) -> None:
    row = SheetRow("2", PRESENT, savings=Paise(10_000), fine_levied=Paise(1_000))
    meetings.post_meetings(group.office, "", group.code, [MeetingSheet("2024-07-05", 4, rows=(row,))])
    found = parts(group, "2", "2024-07-31")
    assert [(one["key"], one["amount"]) for one in found["due"]][1:] == [("fines", 1_000), ("total", 11_000)]


def test_savings_of_ones_own_will_and_those_paid_back_stand_apart(group: Clerk) -> None:
    group.posts(
        voucher("receipt", "2024-06-10", ("cash", 5_000), ("voluntary-savings", -5_000, "2")),
        voucher("payment", "2024-06-20", ("voluntary-savings", 2_000, "2"), ("cash", -2_000)),
    )
    rows = group.reads("member-statement", until=UNTIL, member="2")[-2:]
    assert [(row["voluntary"], row["withdrawn"], row["savings_balance"]) for row in rows] == [
        (5_000, 0, 35_000),
        (0, 2_000, 33_000),
    ]
    assert (group.totals["savings"], group.totals["voluntary_savings"]) == (30_000, 3_000)


def test_a_reversal_takes_back_what_it_reverses(group: Clerk) -> None:
    (name,) = group.posts(voucher("receipt", "2024-06-10", ("cash", 700), ("member-savings", -700, "3")))
    group.reverses(name, "2024-06-12", "typed twice")
    rows = group.reads("member-statement", until=UNTIL, member="3")[-2:]
    assert [(row["saved"], row["withdrawn"], row["savings_balance"]) for row in rows] == [
        (700, 0, 30_700),
        (-700, 0, 30_000),
    ]


def test_what_she_began_with_is_no_movement(clerk: Clerk) -> None:
    clerk.posts(voucher("opening", "2024-03-31", ("cash", 12_000), ("member-savings", -12_000, "1")))
    rows = clerk.reads("member-statement", "2024-03-01", "2024-04-30", member="1")
    assert [(row["row"], row["savings_balance"], row.get("saved")) for row in rows] == [("opening", 12_000, None)]


def leaves(clerk: Clerk, since: str = "", until: str = UNTIL) -> list[Report]:
    with prepared(clerk.office, ReportAsk("member-statement", since=since, until=until)) as printout:
        return list(printout.by_entity())


def test_each_who_belonged_in_the_period_has_a_leaf(group: Clerk) -> None:
    new = [Member("4", "Deepa Sawant", joined="2024-07-01"), Member("5", "Ela Naik", joined="2023-04-01")]
    members.import_(group.office, "", group.code, new, "")
    assert len(leaves(group)) == 4
    assert len(leaves(group, "2024-07-01", "2024-07-31")) == 5


def test_a_member_that_there_is_not_is_named(group: Clerk) -> None:
    with pytest.raises(BadInput, match=r"EX1 has no member 77\."):
        parts(group, "77")


def test_the_text_is_one_that_a_member_can_read(group: Clerk) -> None:
    out = io.StringIO()
    with prepared(group.office, ReportAsk("member-statement", member="1", until=UNTIL)) as printout:
        write_text(printout.table(), language("en"), out)
    lines = [" ".join(line.split()) for line in out.getvalue().splitlines()]
    assert "1 Asha Patil 05-05-2024 Meeting 2 100.00 - - 200.00 - 250.00 20.00 750.00" in lines
    assert "Loan outstanding: 750.00" in lines
    assert "To pay now 730.00 in the meeting of 05-07-2024" in lines
    assert "1 goats 4 250.00 1 1 2" in lines
    assert (
        "You came to 2 of 3 meetings. If your book and this statement do not agree, say so in the next meeting."
        in out.getvalue()
    )
    assert "Seal" not in out.getvalue()


@pytest.mark.parametrize(
    ("rule", "held", "after", "on"),
    [
        ("", [], "2024-06-30", "2024-07-30"),
        ("", [], "2024-01-31", "2024-02-29"),
        ("", ["2024-05-25"], "2024-06-05", "2024-06-25"),
        ("", ["2024-03-05"], "2024-03-31", "2024-04-05"),
        ("", ["2024-03-05"], "2024-03-10", "2024-04-05"),
        ("", ["2024-03-05"], "2024-09-10", "2024-10-05"),
        ("", ["2024-03-05", "2024-04-08"], "2024-03-31", "2024-04-08"),
        ("31", [], "2024-06-05", "2024-06-30"),
        ("5", ["2024-03-03"], "2024-03-03", "2024-04-05"),
        ("5", ["2024-03-08"], "2024-03-31", "2024-04-05"),
        ("5", [], "2024-12-05", "2025-01-05"),
    ],
)
def test_when_the_group_meets_next(clerk: Clerk, rule: str, held: list[str], after: str, on: str) -> None:
    if rule:
        entities.set_(clerk.office, "", clerk.code, "meeting-day", rule)
    with clerk.office.looking() as tx:
        entity = entity_of(tx, clerk.code)
        assert next_meeting(tx, entity, after, [day for day in held if day <= after or day == on]) == on


def test_what_is_due_in_a_meeting_that_was_held_is_what_it_was_to_collect(group: Clerk) -> None:
    asked = [(one["key"], one["amount"]) for one in parts(group, "1")["due"]]
    paid = (Repaid(Paise(50_000), Paise(3_000)),)
    row = SheetRow("1", PRESENT, savings=Paise(20_000), repaid=paid)
    meetings.post_meetings(group.office, "", group.code, [MeetingSheet("2024-07-05", 4, rows=(row,))])
    assert [(one["key"], one["amount"]) for one in parts(group, "1")["due"]] == asked
    demand = group.reads("demand", as_of="2024-07-05")
    assert asked[-1] == ("total", sum(one["demand_total"] for one in demand if one["member"] == "1"))
