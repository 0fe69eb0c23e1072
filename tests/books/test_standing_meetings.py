"""What follows from which meetings stand: fines, settled loans, savings due, open days; rupees, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, select

from bookkeeper.books import savings, sittings
from bookkeeper.books.members import members as register
from bookkeeper.commands import audit, entities, meetings, members
from bookkeeper.ledger.entities import entity_of
from bookkeeper.ledger.member_postings import interest_vouchers
from bookkeeper.rules.meeting import ABSENT, MeetingSheet, NewLoan, Repaid, SheetRow
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx
from tests.scenarios.clerk import Clerk, paise, receipt, voucher

BARE = MeetingSheet("2024-04-05", 1, rows=(SheetRow("1", "present"),))


def fines(clerk: Clerk, before: str) -> dict[str, int]:
    with clerk.office.looking() as tx:
        return sittings.fines_due(tx, entity_of(tx, clerk.group), before)


def plans(tx: Tx, run: Any) -> str:  # noqa: ANN401  # what is asked of the books
    """The plans of all queries that are made meanwhile."""
    heard: list[tuple[str, Any]] = []

    def hear(_connection: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        heard.append((statement, parameters))

    event.listen(tx.connection, "before_cursor_execute", hear)
    run()
    event.remove(tx.connection, "before_cursor_execute", hear)
    steps = [tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", values).all() for said, values in heard]
    return "\n".join(str(step[3]) for found in steps for step in found)


def test_a_fine_not_owed_that_is_taken_back_is_no_fine_anew(clerk: Clerk) -> None:
    clerk.holds_meeting(
        MeetingSheet("2024-04-05", 1, rows=(SheetRow("1", "late", fine=paise("3"), fine_levied=paise("3")),))
    )
    [name] = clerk.posts(receipt("2024-04-10", "fines", "7", "1"))
    clerk.reverses(name, "2024-04-12")
    assert fines(clerk, "2024-04-20") == {}
    shown = members.settlement(clerk.office, "SHG1", "1", "2024-04-20")
    assert shown["set_off"] == []


def test_a_fine_owed_whose_payment_is_taken_back_is_owed_again(clerk: Clerk) -> None:
    clerk.holds_meeting(MeetingSheet("2024-04-05", 1, rows=(SheetRow("1", "late", fine_levied=paise("10")),)))
    [name] = clerk.posts(receipt("2024-04-10", "fines", "7", "1"))
    assert fines(clerk, "2024-04-20") == {"1": paise("3")}
    clerk.reverses(name, "2024-04-12")
    assert fines(clerk, "2024-04-12") == {"1": paise("3")}
    assert fines(clerk, "2024-04-13") == {"1": paise("10")}


def test_a_meeting_taken_back_later_and_posted_again_demands_no_fine_twice(clerk: Clerk) -> None:
    sheet = MeetingSheet("2024-04-05", 1, rows=(SheetRow("1", "late", fine=paise("10"), fine_levied=paise("10")),))
    clerk.holds_meeting(sheet)
    clerk.takes_back(1, on="2024-04-20")
    clerk.holds_meeting(sheet)
    assert fines(clerk, "2024-05-05") == {}


def test_fines_and_interest_on_savings_are_read_by_account(clerk: Clerk) -> None:
    clerk.holds_meeting(MeetingSheet("2024-04-05", 1, rows=(SheetRow("1", "late", fine_levied=paise("10")),)))
    with clerk.office.looking() as tx:
        entity = entity_of(tx, "SHG1")
        for run in (
            lambda: sittings.fines_due(tx, entity, "2024-05-05"),
            lambda: tx.connection.execute(interest_vouchers(tx, entity)).all(),
        ):
            steps = [step for step in plans(tx, run).splitlines() if "posting" in step]
            assert steps
            assert all("(entity=? AND account=?" in step or "member=? AND account=?" in step for step in steps), steps


def test_a_meeting_without_money_is_taken_back_on_an_open_day(clerk: Clerk) -> None:
    clerk.holds_meeting(BARE)
    with clerk.refuses("date: 2099-01-01 is in the future"):
        clerk.takes_back(1, on="2099-01-01")
    clerk.locks("2024-04-30")
    with clerk.refuses("date: the books are locked up to 2024-04-30"):
        clerk.takes_back(1)
    clerk.takes_back(1, on="2024-05-01")
    assert audit.verify(clerk.path).findings == ()


def test_the_opening_stays_while_a_meeting_without_money_stands(clerk: Clerk) -> None:
    clerk.posts(voucher("opening", "2023-03-31", "dr cash 100", "cr surplus 100"))
    clerk.holds_meeting(BARE)
    with clerk.refuses("while nothing else is posted"):
        meetings.reverse_opening(clerk.office, "", "SHG1", "wrong")
    clerk.takes_back(1)
    meetings.reverse_opening(clerk.office, "", "SHG1", "wrong")
    clerk.holds_meeting(BARE)
    with clerk.refuses("before every other voucher and meeting; the first is of 2024-04-05"):
        clerk.posts(voucher("opening", "2024-04-05", "dr cash 100", "cr surplus 100"))


def test_what_was_reversed_before_she_left_is_no_finding(clerk: Clerk) -> None:
    clerk.holds_meeting(MeetingSheet("2024-06-05", 1, rows=(SheetRow("1", "present", savings=paise("50")),)))
    clerk.takes_back(1, on="2024-06-06")
    members.leave(clerk.office, "", "SHG1", "1", "2024-05-20", "moved away")
    assert audit.verify(clerk.path).findings == ()


@pytest.mark.parametrize("back", [False, True])
def test_interest_that_the_group_credits_is_not_paid_by_her(clerk: Clerk, *, back: bool) -> None:
    entities.set_(clerk.office, "", "SHG1", "savings-amount", "100")
    clerk.holds_meeting(MeetingSheet("2024-04-05", 1, rows=(SheetRow("1", "present", savings=paise("100")),)))
    [name] = clerk.posts(voucher("journal", "2024-04-30", "dr interest-on-savings 30", "cr member-savings 30 of 1"))
    if back:
        clerk.reverses(name, "2024-05-01")
    with clerk.office.looking() as tx:
        entity = entity_of(tx, "SHG1")
        due = savings.due_on(tx, entity, "2024-05-05", register(tx, entity), sittings.days(tx, entity))
    assert due["1"] == paise("100")


def test_taking_back_the_last_meeting_leaves_old_loans_settled(clerk: Clerk) -> None:
    def settled() -> set[int]:
        with clerk.office.looking() as tx:
            return set(tx.connection.execute(select(tables.loan_settled.c.loan)).scalars())

    paid = SheetRow("1", "present", repaid=(Repaid(paise("100"), paise("2")),))
    clerk.posts(receipt("2023-05-01", "grants", "5000"))
    for number in range(1, 8, 2):
        lent = SheetRow("1", "present", new_loan=NewLoan(paise("100"), "", 1, "2"))
        clerk.holds_meeting(MeetingSheet(f"2023-{number + 4:02}-05", number, rows=(lent,)))
        clerk.holds_meeting(MeetingSheet(f"2023-{number + 5:02}-05", number + 1, rows=(paid,)))
    assert settled() == {1, 2, 3, 4}
    sheet = clerk.takes_back(8)
    assert settled() == {1, 2, 3}
    assert sheet["number"] == 8
    clerk.holds_meeting(MeetingSheet("2023-12-05", 8, rows=(paid,)))
    assert settled() == {1, 2, 3, 4}
    clerk.holds_meeting(MeetingSheet("2024-01-05", 9, rows=(SheetRow("2", ABSENT),)))
    clerk.takes_back(8)
    clerk.holds_meeting(MeetingSheet("2023-12-05", 8, rows=(paid,)))
    assert settled() == {1, 2, 3, 4}
    assert audit.verify(clerk.path).findings == ()


def test_a_member_who_left_owing_a_fine_alone_is_still_demanded(clerk: Clerk) -> None:
    clerk.holds_meeting(MeetingSheet("2024-04-05", 1, rows=(SheetRow("1", "late", fine_levied=paise("10")),)))
    members.leave(clerk.office, "", "SHG1", "1", "2024-04-20", "moved away")
    assert fines(clerk, "2024-05-05") == {"1": paise("10")}
