"""A member leaves: what is settled, worked by hand; figures in rupees.

The group lends at 2 % a month, whole rupees, on what is outstanding (the rules of its kind).
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, cast

import pytest
from sqlalchemy import select

from bookkeeper.books import sittings
from bookkeeper.books.members import member_of
from bookkeeper.commands import entities, meetings, members, years
from bookkeeper.errors import BadInput
from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.entities import entity_of
from bookkeeper.ledger.journal import Recorded
from bookkeeper.rules.meeting import MeetingSheet, NewLoan, SheetRow
from bookkeeper.store import tables
from tests.scenarios.clerk import Clerk, paise, payment, receipt, voucher

WHY = "moved to Pune"


def leaves(clerk: Clerk, number: str = "1", on: str = "2024-05-10", why: str = WHY, **options: Any) -> dict[str, Any]:  # noqa: ANN401
    done = members.leave(clerk.office, "", clerk.group, number, on, why, **options)
    return cast("dict[str, Any]", done.result)


def meets(clerk: Clerk, on: str, *rows: SheetRow, **fields: Any) -> None:  # noqa: ANN401
    meetings.post_meetings(clerk.office, "", clerk.group, [MeetingSheet(on, rows=rows, **fields)])


def lines(entry: Recorded, clerk: Clerk) -> list[tuple[str | None, int, str | None, int | None]]:
    """Role, paise (debit positive), member and loan of each line."""
    with clerk.office.looking() as tx:
        roles = {one.code: one.role for one in chart_of(tx, entity_of(tx, clerk.group).id).accounts}
    return [(roles[p.account], p.amount, p.member, p.loan) for p in entry.voucher.postings]


@pytest.fixture
def group(clerk: Clerk) -> Clerk:
    """Member 1 has saved 2,400 and owes 1,000 lent on 5 April 2024; there are 5,000 of member 2 in the box."""
    clerk.posts(
        receipt("2024-04-05", "member-savings", "2400", "1"),
        receipt("2024-04-05", "member-savings", "5000", "2"),
        payment("2024-04-05", "member-loans", "1000", "1"),
    )
    return clerk


@pytest.fixture
def owing(group: Clerk) -> Clerk:
    """She has paid back 500 the day she borrowed, and came late on 5 May, for which 10 was levied; interest then: 10.

    500 at 2 % is 10 a month: one charge on 5 May, one on the day she leaves in June, 20 in all.
    """
    group.posts(receipt("2024-04-05", "member-loans", "500", "1"))
    meets(group, "2024-05-05", SheetRow("1", present="late", fine_levied=paise("10")))
    return group


def test_savings_less_loan_interest_and_fine_are_paid_out(owing: Clerk) -> None:
    settled = leaves(owing, on="2024-06-10")  # 2,400 - 10 - 20 - 500 = 1,870
    assert settled["voucher"] == "P2/2024-25"
    assert settled["paid"] == "1870.00"
    assert settled["stays_due"] == "0.00"
    assert settled["savings"] == {"compulsory": "2400.00", "voluntary": "0.00", "special": "0.00"}
    assert settled["set_off"] == [
        {"what": "fines", "loan": None, "due": "10.00", "met": "10.00"},
        {"what": "interest", "loan": 1, "due": "20.00", "met": "20.00"},
        {"what": "principal", "loan": 1, "due": "500.00", "met": "500.00"},
    ]
    entry = owing.reads("P2/2024-25").voucher
    assert (entry.kind, entry.date, entry.party) == ("payment", "2024-06-10", "Member 1")
    assert entry.narration == "Settlement on leaving: moved to Pune"
    assert owing.of_member("member-savings", "1") == owing.of_member("member-loans", "1") == "0.00"
    assert owing.balance("cash") == "5030.00"  # 2,400 + 5,000 - 1,000 + 500 - 1,870
    assert owing.balance("interest-on-member-loans", "2024-06-10") == "-20.00"
    assert owing.balance("fines", "2024-06-10") == "-10.00"
    with owing.office.looking() as tx:
        assert sittings.fines_due(tx, entity_of(tx, "SHG1"), "2024-06-11") == {}
    assert owing.sums_agree()


def test_the_register_and_the_log_say_so(owing: Clerk) -> None:
    leaves(owing, on="2024-06-10")
    [one] = [m for m in members.listed(owing.office, "SHG1") if m.number == "1"]
    assert one.left == "2024-06-10"
    [row] = [row for row in owing.contents()["log"] if row[5] == "member leave"]
    assert row[6:9] == (
        "member 1",
        '{"left":""}',
        (
            '{"left":"2024-06-10","reason":"moved to Pune","savings":"2400.00","fines":"10.00","penalty":"0.00",'
            '"interest":"20.00",'
            '"principal":"500.00","paid":"1870.00","stays_due":"0.00","cash_below_zero":""}'
        ),
    )


def test_the_charge_of_the_day_counts_and_what_is_paid_on_it(owing: Clerk) -> None:
    # A meeting on the day takes the fine, the 20 and 100 of the principal; 2,400 - 400 are left.
    owing.posts(
        receipt("2024-06-10", "fines", "10", "1"),
        receipt("2024-06-10", "interest-on-member-loans", "20", "1"),
        receipt("2024-06-10", "member-loans", "100", "1"),
    )
    settled = leaves(owing, on="2024-06-10")
    assert [(one["what"], one["due"]) for one in settled["set_off"]] == [("principal", "400.00")]
    assert settled["paid"] == "2000.00"


def test_what_savings_do_not_cover_stays_due(owing: Clerk) -> None:
    owing.posts(payment("2024-05-06", "member-loans", "2500", "1"))
    # She owes 3,000 and saved 2,400. Interest: 10 on 5 May; on 10 June 2 % of 3,000 for the month since: 60; in all 70.
    settled = leaves(owing, on="2024-06-10")
    assert settled["voucher"] == "J1/2024-25"
    assert (settled["paid"], settled["stays_due"]) == ("0.00", "680.00")  # 3,000 - (2,400 - 10 - 70)
    assert settled["set_off"][-1] == {"what": "principal", "loan": 1, "due": "3000.00", "met": "2320.00"}
    assert owing.of_member("member-savings", "1") == "0.00"
    assert owing.of_member("member-loans", "1") == "680.00"
    # A later repayment is taken, and may be reversed; saving and borrowing are not.
    assert owing.posts(receipt("2024-08-05", "member-loans", "80", "1"))
    [name] = owing.posts(receipt("2024-08-05", "interest-on-member-loans", "28", "1"))
    owing.posts(receipt("2024-08-05", "fines", "5", "1"))
    owing.reverses(name, "2024-08-06")
    assert owing.of_member("member-loans", "1") == "600.00"
    for refused in (receipt("2024-08-06", "member-savings", "1", "1"), payment("2024-08-06", "member-loans", "1", "1")):
        with owing.refuses("member 1 left on 2024-06-10, before 2024-08-06"):
            owing.posts(refused)


def test_savings_meet_fines_then_interest_then_the_oldest_loan(clerk: Clerk) -> None:
    clerk.posts(
        receipt("2024-04-05", "member-savings", "5000", "2"),
        receipt("2024-04-05", "member-savings", "500", "1"),
        payment("2024-04-05", "member-loans", "400", "1"),
        voucher("payment", "2024-04-06", "dr member-loans 600 of 1, loan 2", "cr cash 600"),
    )
    meets(clerk, "2024-05-05", SheetRow("1", present="late", fine_levied=paise("10")))
    settled = leaves(clerk, on="2024-05-05")  # a month's 2 %: 8 and 12; 500 - 10 - 8 - 12 - 400 leaves 70 for loan 2
    assert [(one["what"], one["loan"], one["met"]) for one in settled["set_off"]] == [
        ("fines", None, "10.00"),
        ("interest", 1, "8.00"),
        ("interest", 2, "12.00"),
        ("principal", 1, "400.00"),
        ("principal", 2, "70.00"),
    ]
    assert settled["stays_due"] == "530.00"
    assert lines(clerk.reads(settled["voucher"]), clerk) == [
        ("member-savings", paise("500"), "1", None),
        ("fines", -paise("10"), "1", None),
        ("interest-on-member-loans", -paise("8"), "1", 1),
        ("interest-on-member-loans", -paise("12"), "1", 2),
        ("member-loans", -paise("400"), "1", 1),
        ("member-loans", -paise("70"), "1", 2),
    ]
    assert {loan.loan: loan.outstanding for loan in clerk.loans()} == {1: 0, 2: paise("530")}


def test_all_kinds_of_savings_are_paid_by_bank(clerk: Clerk) -> None:
    clerk.posts(
        receipt("2024-04-05", "member-savings", "300", "1", money="bank"),
        receipt("2024-04-05", "voluntary-savings", "200.50", "1", money="bank"),
        receipt("2024-04-05", "special-savings", "100", "1", money="bank"),
    )
    settled = leaves(clerk, by="bank")
    assert settled["savings"] == {"compulsory": "300.00", "voluntary": "200.50", "special": "100.00"}
    assert (settled["saved"], settled["paid"], settled["set_off"]) == ("600.50", "600.50", [])
    assert clerk.balance("bank") == "0.00"
    assert clerk.of_member("voluntary-savings", "1") == "0.00"


def test_savings_that_just_cover_what_is_owed_make_a_journal(clerk: Clerk) -> None:
    clerk.posts(
        receipt("2024-04-05", "member-savings", "102", "1"),
        payment("2024-04-05", "member-loans", "100", "1"),
    )
    settled = leaves(clerk, on="2024-05-05")  # 100 and 2 % of it
    assert (settled["voucher"], settled["paid"], settled["stays_due"]) == ("J1/2024-25", "0.00", "0.00")


def test_who_has_saved_nothing_leaves_without_a_voucher(clerk: Clerk) -> None:
    assert leaves(clerk)["voucher"] == ""
    clerk.posts(receipt("2024-04-05", "member-savings", "500", "3"), payment("2024-04-05", "member-loans", "100", "2"))
    before = clerk.contents()["voucher"]
    settled = leaves(clerk, "2", "2024-05-05")
    assert (settled["voucher"], settled["stays_due"]) == ("", "102.00")
    assert clerk.contents()["voucher"] == before


def test_interest_paid_ahead_is_told(group: Clerk) -> None:
    group.posts(receipt("2024-04-05", "interest-on-member-loans", "50", "1"))
    settled = leaves(group, on="2024-05-05")  # 20 were charged
    assert (settled["interest_ahead"], settled["paid"]) == ("30.00", "1400.00")


def test_cash_may_fall_below_nought_with_a_reason(clerk: Clerk) -> None:
    clerk.posts(
        receipt("2024-04-05", "member-savings", "100", "1"),
        voucher("contra", "2024-04-05", "dr bank 100", "cr cash 100"),
    )
    with clerk.refuses(r"Cash in hand would be -100.00 at the end of 2024-05-10"):
        leaves(clerk)
    settled = leaves(clerk, below_zero="the treasurer advanced it")
    assert clerk.reads(settled["voucher"]).voucher.narration.endswith("cash below zero: the treasurer advanced it")


def test_what_is_refused_changes_nothing(owing: Clerk) -> None:
    owing.enters_members("9", joined="2024-06-01")
    for number, on, words in (
        ("8", "2024-05-10", r"there is no member 8.*bookkeeper member list SHG1"),
        ("9", "2024-05-31", "member 9 joined on 2024-06-01, after 2024-05-31"),
        ("1", "2025-06-16", "2025-06-16 is in the future"),
        ("1", "2023-03-31", "2023-03-31 is before these books begin"),
        ("1", "2024-04-04", "member 1 stands in voucher R3/2024-25 of 2024-04-05, after 2024-04-04"),
        ("1", "2024-05-04", "member 1 stands in meeting 1 of 2024-05-05, after 2024-05-04"),
        ("1", "tomorrow", "“tomorrow” is not a date"),
    ):
        with owing.refuses(words):
            leaves(owing, number, on)
    with owing.refuses("by: “fines” pays no money. Write cash, bank, or the code of a bank account"):
        leaves(owing, by="fines")
    with owing.refuses("reason: a leaving needs a reason", BadInput):
        leaves(owing, why=" ")
    leaves(owing)
    with owing.refuses("member 1 left on 2024-05-10 already"):
        leaves(owing)


def test_a_day_that_is_locked_or_of_a_closed_year_is_refused(owing: Clerk) -> None:
    years.lock(owing.office, "", "SHG1", "2024-05-31")
    with owing.refuses("the books are locked up to 2024-05-31"):
        leaves(owing, "3", "2024-05-31")
    years.close(owing.office, "", "SHG1", 2023)
    with owing.refuses("the financial year 2023-24 is closed"):
        leaves(owing, "3", "2024-03-31")


def test_what_was_entered_later_and_reversed_does_not_stand_in_the_way(group: Clerk) -> None:
    [name] = group.posts(receipt("2024-07-05", "member-savings", "100", "1"))
    with group.refuses(f"member 1 stands in voucher {name} of 2024-07-05, after 2024-05-10"):
        leaves(group)
    group.reverses(name, "2024-07-06")
    assert leaves(group)["paid"] == "1380.00"  # 2,400 less 1,000 and 2 % of it


def test_a_reversal_later_of_something_earlier_stands_in_the_way(group: Clerk) -> None:
    [name] = group.posts(receipt("2024-05-01", "member-savings", "100", "1"))
    group.reverses(name, "2024-07-06")
    with group.refuses("of 2024-07-06, after 2024-05-10"):
        leaves(group)


def test_what_would_be_settled_is_shown_without_doing_it(owing: Clerk) -> None:
    before = owing.contents()
    shown = members.settlement(owing.office, "SHG1", "1", "2024-06-10")
    assert owing.contents() == before
    assert leaves(owing, on="2024-06-10") | {"voucher": ""} == shown


def test_a_group_s_own_rate_counts(clerk: Clerk) -> None:
    entities.set_(clerk.office, "", "SHG1", "loan-rate-per-month", "1")
    clerk.posts(receipt("2024-04-05", "member-savings", "1000", "1"), payment("2024-04-05", "member-loans", "500", "1"))
    assert leaves(clerk, on="2024-06-10")["paid"] == "490.00"  # 1,000 - 500 - 10


def test_on_the_day_of_her_settlement_she_pays_back_but_saves_and_borrows_no_more(owing: Clerk) -> None:
    leaves(owing, on="2024-06-10")
    for row in (
        SheetRow("1", present="present", savings=paise("50")),
        SheetRow("1", new_loan=NewLoan(paise("100"))),
        SheetRow("1", present="present"),
    ):
        with owing.refuses("row 1, member: member 1 left on 2024-06-10. She may still pay back"):
            meets(owing, "2024-06-10", replace(row, row=1))
    meets(owing, "2024-06-10", SheetRow("2", present="present", savings=paise("50")))


def test_who_is_only_written_down_as_having_left_was_a_member_to_the_end_of_the_day(group: Clerk) -> None:
    group.enters_members("9", left="2024-06-10")
    meets(group, "2024-06-10", SheetRow("9", present="present", savings=paise("50")))
    assert group.of_member("member-savings", "9") == "-50.00"


def test_one_who_left_that_day_is_not_fined_for_not_being_there(owing: Clerk) -> None:
    entities.set_(owing.office, "", "SHG1", "fine-absent", "5")
    leaves(owing, on="2024-06-10")
    meets(owing, "2024-06-10", SheetRow("2", present="present"))
    assert "1" not in owing.notes(2).get("fines", {})


@pytest.mark.parametrize("on", ["2024-06-10", "2024-08-01"])
def test_reversing_her_settlement_makes_her_a_member_again(owing: Clerk, on: str) -> None:
    settled = leaves(owing, on="2024-06-10")
    owing.reverses(settled["voucher"], on, "she stays")
    with owing.office.looking() as tx:
        assert member_of(tx, entity_of(tx, "SHG1"), "1").left is None
        logged = tx.connection.execute(select(tables.log).order_by(tables.log.c.sequence.desc())).first()
    assert logged is not None
    assert logged.act == "reverse"
    assert json.loads(logged.old) == {"voucher": settled["voucher"], "left": "2024-06-10"}
    assert json.loads(logged.new) == {"member_again": "1"}
    assert owing.of_member("member-savings", "1") == "-2400.00"
    assert owing.of_member("member-loans", "1") == "500.00"
    meets(owing, "2024-08-05", SheetRow("1", present="present", savings=paise("50")))
    assert leaves(owing, on="2024-08-10")["voucher"]


def test_reversing_another_voucher_of_hers_brings_nobody_back(owing: Clerk) -> None:
    settled = leaves(owing, on="2024-06-10")
    with owing.refuses("the voucher of her settlement: then she is a member again"):
        leaves(owing, on="2024-06-09")
    [name] = owing.posts(receipt("2024-06-10", "grants", "50"))
    owing.reverses(name, "2024-06-11")
    with owing.office.looking() as tx:
        assert member_of(tx, entity_of(tx, "SHG1"), "1").left == settled["date"]
    with owing.refuses("member 1 left on 2024-06-10, before 2024-06-12. Date it on that day or before"):
        owing.posts(receipt("2024-06-12", "member-savings", "50", "1"))


def test_a_reversal_of_her_settlement_that_is_refused_leaves_her_where_she_was(owing: Clerk) -> None:
    settled = leaves(owing, on="2024-06-10")
    owing.locks("2024-06-30")
    with owing.refuses("locked up to 2024-06-30"):
        owing.reverses(settled["voucher"], "2024-06-10")
    with owing.office.looking() as tx:
        assert member_of(tx, entity_of(tx, "SHG1"), "1").left == "2024-06-10"
