"""The general ledger: openings, postings, running balances, the turn of a year."""

from __future__ import annotations

from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.words import language
from tests.registers.books import Clerk, Read, voucher

KEYS = ("date", "voucher", "debit", "credit", "balance")


def lines(rows: Read) -> list[tuple[object, ...]]:
    return [tuple(row[key] or 0 if key in ("debit", "credit") else row[key] for key in KEYS) for row in rows]


def test_each_account_opens_and_carries_its_balance(example: Clerk) -> None:
    rows = example.reads("general-ledger", "2024-05-01", "2024-05-31", account="member-loans")
    assert lines(rows) == [
        ("2024-05-01", None, 0, 0, 20000),
        ("2024-05-05", "R4/2024-25", 0, 10000, 10000),
    ]
    assert [row["particulars"] for row in rows] == ["Opening balance", "Cash in hand: loan 1, Asha Patil"]
    assert {(row["account"], row["code"], row["role"]) for row in rows} == {("Member loans", "1101", "member-loans")}


def test_accounts_stand_in_order_of_code_and_only_those_that_moved_or_hold_something(example: Clerk) -> None:
    rows = example.reads("general-ledger", "2024-05-01", "2024-05-31")
    codes = [row["code"] for row in rows]
    assert codes == sorted(codes)
    assert set(codes) == {"1001", "1002", "1101", "2001", "4001", "4002", "4003", "5004"}
    assert example.totals == {"debit": 45900, "credit": 45900}


def test_the_account_asked_for_is_shown_though_it_never_moved(example: Clerk) -> None:
    assert lines(example.reads("general-ledger", "2024-05-01", "2024-05-31", account="rent")) == [
        ("2024-05-01", None, 0, 0, 0)
    ]


def test_the_counter_account_is_named_and_several_are_sundries(clerk: Clerk) -> None:
    clerk.posts(voucher("receipt", "2024-04-05", ("cash", 300), ("fines", -100), ("grants", -200), narration="fair"))
    said = {row["code"]: row["particulars"] for row in clerk.reads("general-ledger") if row["voucher"]}
    assert said == {"1001": "Sundries: fair", "4002": "Cash in hand: fair", "4006": "Cash in hand: fair"}


def test_income_and_expense_start_from_nought_each_year(long_kept: Clerk) -> None:
    assert lines(long_kept.reads("general-ledger", "2024-04-01", "2025-03-31", account="fines"))[0][-1] == 0
    assert lines(long_kept.reads("general-ledger", "2023-06-01", "2025-03-31", account="fines")) == [
        ("2023-06-01", None, 0, 0, -10000),
        ("2024-04-01", None, 0, 0, 0),
        ("2024-05-05", "R1/2024-25", 0, 2500, -2500),
    ]


def test_a_year_without_entries_starts_from_nought_as_well(long_kept: Clerk) -> None:
    rows = long_kept.reads("general-ledger", "2023-04-01", "2025-03-31", account="rent")
    assert lines(rows)[-1] == ("2024-04-01", None, 0, 0, 0)


def test_money_keeps_its_balance_over_the_years(long_kept: Clerk) -> None:
    assert lines(long_kept.reads("general-ledger", "2024-04-01", "2025-03-31", account="cash")) == [
        ("2024-04-01", None, 0, 0, 6000),
        ("2024-05-05", "R1/2024-25", 2500, 0, 8500),
    ]


def test_closing_vouchers_bring_income_to_nought_and_raise_the_surplus(long_kept: Clerk) -> None:
    long_kept.closes(2023)
    assert lines(long_kept.reads("general-ledger", "2023-04-01", "2024-03-31", account="fines"))[-1][-1] == 0
    assert lines(long_kept.reads("general-ledger", "2024-04-01", "2025-03-31", account="surplus"))[0][-1] == -6000


def test_a_reversal_is_named_on_both_vouchers(example: Clerk) -> None:
    example.reverses("R6/2024-25", "2024-05-06", "paid twice")
    rows = example.reads("general-ledger", "2024-04-01", "2025-03-31", account="fines")
    said = {row["voucher"]: row["particulars"] for row in rows}
    assert "Reversal of R6/2024-25: paid twice" in said["P3/2024-25"]
    assert said["R6/2024-25"].endswith("Reversed by P3/2024-25")


def test_an_opening_voucher_inside_the_period_is_a_posting(clerk: Clerk) -> None:
    clerk.posts(voucher("opening", "2024-04-01", ("cash", 500), ("surplus", -500)))
    rows = clerk.reads("general-ledger", "2024-04-01", "2025-03-31", account="cash")
    assert lines(rows) == [("2024-04-01", None, 0, 0, 0), ("2024-04-01", "O1/2024-25", 500, 0, 500)]
    assert {row["particulars"] for row in rows} == {"Opening balance"}
    assert lines(clerk.reads("general-ledger", "2024-04-02", "2025-03-31", account="cash")) == [
        ("2024-04-02", None, 0, 0, 500)
    ]


def test_what_years_that_are_still_open_came_to_is_told_below(long_kept: Clerk) -> None:
    ask = ReportAsk("general-ledger", since="2024-04-01", until="2025-03-31")
    with prepared(long_kept.office, ask) as found:
        notes = [language("en").text(note) for note in next(iter(found.by_entity())).heading.notes]
    assert notes == ["Results of earlier years, not closed yet and so not on the surplus: 60"]
