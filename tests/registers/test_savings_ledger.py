"""The savings ledger, by hand: every movement of a member's savings with the balance after it."""

from __future__ import annotations

from typing import Any

import pytest

from bookkeeper.commands import entities
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.errors import BadInput
from bookkeeper.report import Kind
from tests.registers.books import Clerk, voucher
from tests.registers.worked_example import APRIL, MAY, PERIOD, cells, holds

KEYS = ("date", "voucher", "savings", "deposit", "withdrawal", "interest", "balance")


def test_the_worked_example(clerk: Clerk) -> None:
    holds(clerk, APRIL, MAY)
    rows = clerk.reads("savings-ledger", *PERIOD)
    assert cells(rows, "member", *KEYS) == [
        ("1", "2024-04-01", None, "Opening balance", 0, 0, 0, 0),
        ("1", "2024-04-05", "R1/2024-25", "Compulsory", 10_000, 0, 0, 10_000),
        ("1", "2024-05-05", "R3/2024-25", "Compulsory", 10_000, 0, 0, 20_000),
        ("2", "2024-04-01", None, "Opening balance", 0, 0, 0, 0),
        ("2", "2024-04-05", "R1/2024-25", "Compulsory", 10_000, 0, 0, 10_000),
        ("2", "2024-05-05", "R3/2024-25", "Compulsory", 10_000, 0, 0, 20_000),
        ("3", "2024-04-01", None, "Opening balance", 0, 0, 0, 0),
        ("3", "2024-04-05", "R1/2024-25", "Compulsory", 10_000, 0, 0, 10_000),
    ]
    assert clerk.totals == {"deposit": 50_000, "withdrawal": 0, "interest": 0}


def test_a_balance_of_all_kinds_with_withdrawals_and_interest(clerk: Clerk) -> None:
    holds(clerk, APRIL)
    clerk.posts(
        voucher("receipt", "2024-05-10", ("cash", 3_000), ("voluntary-savings", -3_000, "1")),
        voucher("receipt", "2024-05-11", ("cash", 1_000), ("special-savings", -1_000, "1")),
        voucher("payment", "2024-05-12", ("voluntary-savings", 2_000, "1"), ("cash", -2_000)),
        voucher("journal", "2024-05-31", ("interest-on-savings", 150), ("member-savings", -150, "1")),
    )
    rows = clerk.reads("savings-ledger", "2024-05-01", "2024-05-31", member="1")
    assert cells(rows, *KEYS[2:]) == [
        ("Opening balance", 0, 0, 0, 10_000),
        ("Voluntary", 3_000, 0, 0, 13_000),
        ("Special", 1_000, 0, 0, 14_000),
        ("Voluntary", 0, 2_000, 0, 12_000),
        ("Compulsory", 0, 0, 150, 12_150),
    ]
    assert {row["member"] for row in rows} == {"1"}


def test_interest_paid_out_with_the_savings_is_no_deposit(clerk: Clerk) -> None:
    holds(clerk, APRIL)
    lines = (("member-savings", 10_000, "2"), ("interest-on-savings", 200), ("cash", -10_200))
    clerk.posts(
        voucher("receipt", "2024-04-06", ("cash", 9_000), ("grants", -9_000)), voucher("payment", "2024-05-10", *lines)
    )
    rows = clerk.reads("savings-ledger", *PERIOD, member="2")
    assert cells(rows[-1:], *KEYS[3:]) == [(0, 10_000, 0, 0)]


def test_a_reversal_is_taken_off_where_it_stood_and_both_are_named(clerk: Clerk) -> None:
    (name,) = clerk.posts(voucher("receipt", "2024-04-10", ("cash", 700), ("member-savings", -700, "3"), narration="x"))
    clerk.reverses(name, "2024-04-12", "typed twice")
    rows = clerk.reads("savings-ledger", *PERIOD, member="3")
    assert cells(rows, *KEYS[1:]) == [
        (None, "Opening balance", 0, 0, 0, 0),
        ("R1/2024-25", "Compulsory: Reversed by P1/2024-25", 700, 0, 0, 700),
        ("P1/2024-25", "Compulsory: Reversal of R1/2024-25: typed twice", -700, 0, 0, 0),
    ]


def test_a_reversed_withdrawal_and_reversed_interest(clerk: Clerk) -> None:
    holds(clerk, APRIL)
    drawn, paid = clerk.posts(
        voucher("payment", "2024-04-12", ("member-savings", 2_000, "1"), ("cash", -2_000)),
        voucher("journal", "2024-04-13", ("interest-on-savings", 150), ("member-savings", -150, "1")),
    )
    clerk.reverses(drawn, "2024-04-14", "not paid")
    clerk.reverses(paid, "2024-04-15", "wrong rate")
    rows = clerk.reads("savings-ledger", *PERIOD, member="1")
    assert cells(rows[2:], *KEYS[3:]) == [
        (0, 2_000, 0, 8_000), (0, 0, 150, 8_150), (0, -2_000, 0, 10_150), (0, 0, -150, 10_000),
    ]  # fmt: skip


def test_the_cut_off_is_what_she_began_with(clerk: Clerk) -> None:
    clerk.posts(voucher("opening", "2024-03-31", ("cash", 12_000), ("member-savings", -12_000, "1")))
    rows = clerk.reads("savings-ledger", "2024-03-01", "2024-05-31", member="1")
    assert cells(rows, *KEYS) == [("2024-03-01", None, "Opening balance", 0, 0, 0, 12_000)]


def test_a_member_that_there_is_not_is_refused(clerk: Clerk) -> None:
    with pytest.raises(BadInput, match="there is no member 77"):
        clerk.reads("savings-ledger", *PERIOD, member="77")


def shown(clerk: Clerk, **asks: Any) -> list[str]:  # noqa: ANN401
    columns, _ = clerk.reads_raw("savings-ledger", *PERIOD, **asks)
    return [column.key for column in columns if column.is_read and column.kind is Kind.MONEY]


def test_a_page_has_no_column_in_which_nobody_has_anything(clerk: Clerk) -> None:
    holds(clerk, APRIL)
    (name,) = clerk.posts(voucher("receipt", "2024-04-10", ("cash", 700), ("member-savings", -700, "3")))
    clerk.reverses(name, "2024-04-12", "typed twice")
    assert shown(clerk) == ["deposit"]
    clerk.posts(voucher("payment", "2024-05-12", ("member-savings", 2_000, "1"), ("cash", -2_000)))
    assert shown(clerk) == ["deposit", "withdrawal"]
    assert shown(clerk, member="2") == ["deposit"]
    clerk.posts(voucher("journal", "2024-05-31", ("interest-on-savings", 150), ("member-savings", -150, "1")))
    assert shown(clerk) == ["deposit", "withdrawal", "interest"]
    assert [column.key for column in clerk.reads_raw("savings-ledger", *PERIOD)[0]][-4:] == [
        "deposit", "withdrawal", "interest", "balance",
    ]  # fmt: skip


def test_it_closes_with_the_savings_of_all_members(clerk: Clerk) -> None:
    holds(clerk, APRIL, MAY)
    with prepared(clerk.office, ReportAsk("savings-ledger", since=PERIOD[0], until=PERIOD[1])) as printout:
        (part,) = printout.table().parts
    assert (part.closes, part.rows) == (True, ({"balance": 50_000},))
    with prepared(clerk.office, ReportAsk("savings-ledger", since=PERIOD[0], until=PERIOD[1], member="1")) as printout:
        assert printout.table().parts == ()


def test_nought_is_a_dash_where_nothing_is_written_in(clerk: Clerk) -> None:
    for name in ("savings-ledger", "trial-balance", "day-book"):
        columns, _ = clerk.reads_raw(name)
        assert {column.zero for column in columns} == {"–"}


def test_a_table_of_many_groups_shows_a_column_where_any_of_them_has_something(clerk: Clerk) -> None:
    holds(clerk, APRIL)
    clerk.posts(voucher("payment", "2024-05-12", ("member-savings", 2_000, "1"), ("cash", -2_000)))
    entities.add(clerk.office, "", "AX1", "First by code", "shg", starts="2024-04-01")
    assert shown(clerk, entities=("AX1", "EX1")) == ["deposit", "withdrawal"]
    assert shown(clerk, entities=("AX1",)) == ["deposit"]
