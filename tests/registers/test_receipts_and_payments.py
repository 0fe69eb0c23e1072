"""Receipts and payments: what really moved, between its two balances; worked by hand."""

from __future__ import annotations

import pytest

from bookkeeper.commands import entities
from bookkeeper.definitions.chart import Head
from tests.registers.books import Clerk, Read, voucher

YEAR = ("2024-04-01", "2025-03-31")


def told(rows: Read, side: str) -> dict[str, int]:
    return {row["account"]: row["amount"] for row in rows if row["side"] == side}


def agreed(clerk: Clerk) -> int:
    """Return what both sides add up to."""
    assert set(clerk.totals) == {"receipts", "payments"}
    assert clerk.totals["receipts"] == clerk.totals["payments"]
    return clerk.totals["receipts"]


def test_the_worked_example_stands_figure_for_figure(example: Clerk) -> None:
    rows = example.reads("receipts-and-payments", "2024-04-01", "2024-05-31")
    assert told(rows, "receipts") == {
        "Opening balance: Cash in hand": 0, "Opening balance: Bank": 0, "Member loans": 10000, "Member savings": 50000,
        "Interest on member loans": 400, "Fines": 500, "Membership fees": 3000,
    }  # fmt: skip
    assert told(rows, "payments") == {
        "Member loans": 20000, "Stationery": 2000, "Closing balance: Cash in hand": 26900,
        "Closing balance: Bank": 15000,
    }  # fmt: skip
    assert agreed(example) == 63900


def test_a_row_names_account_code_role_and_section(example: Clerk) -> None:
    rows = example.reads("receipts-and-payments", "2024-04-01", "2024-05-31")
    heads = [(row["side"], row["code"], row["role"], row["section"]) for row in rows]
    assert heads[:3] == [
        ("receipts", "1001", "cash", None),
        ("receipts", "1002", "bank", None),
        ("receipts", "1101", "member-loans", "Loans to members"),
    ]
    assert heads[-1] == ("payments", "1002", "bank", None)


def test_it_agrees_with_the_cash_book(example: Clerk) -> None:
    example.reads("cash-book", "2024-05-01", "2024-05-31")
    moved = example.totals["receipt_cash"] + example.totals["receipt_bank"] - 15000  # less the contra
    rows = example.reads("receipts-and-payments", "2024-05-01", "2024-05-31")
    assert sum(told(rows, "receipts").values()) == 11000 + moved
    assert agreed(example) == 11000 + 30900


def test_an_opening_voucher_is_opening_balance_and_no_receipt(clerk: Clerk) -> None:
    clerk.posts(
        voucher("opening", "2024-04-02", ("cash", 50000), ("bank", 70000), ("surplus", -120000)),
        voucher("receipt", "2024-04-05", ("bank", 1000), ("fines", -1000, "1")),
    )
    rows = clerk.reads("receipts-and-payments", *YEAR)
    assert told(rows, "receipts") == {
        "Opening balance: Cash in hand": 50000, "Opening balance: Bank": 70000, "Fines": 1000,
    }  # fmt: skip
    assert agreed(clerk) == 121000


def test_a_reversal_in_the_period_leaves_neither_side_larger(clerk: Clerk) -> None:
    first, _ = clerk.posts(
        voucher("receipt", "2024-04-05", ("cash", 1000), ("fines", -600, "1"), ("grants", -400)),
        voucher("receipt", "2024-04-05", ("cash", 700), ("fines", -700, "1")),
    )
    clerk.reverses(first, "2024-05-01", "typed twice")
    rows = clerk.reads("receipts-and-payments", *YEAR)
    assert told(rows, "receipts")["Fines"] == 700
    assert "Grants" not in told(rows, "receipts")
    assert set(told(rows, "payments")) == {"Closing balance: Cash in hand", "Closing balance: Bank"}
    assert agreed(clerk) == 700


def test_a_payment_reversed_is_taken_back_from_the_payments(clerk: Clerk) -> None:
    clerk.posts(voucher("receipt", "2024-04-05", ("cash", 9000), ("grants", -9000)))
    (paid,) = clerk.posts(voucher("payment", "2024-04-06", ("rent", 4000), ("cash", -4000)))
    clerk.reverses(paid, "2024-04-06", "not due")
    rows = clerk.reads("receipts-and-payments", *YEAR)
    assert "Rent" not in told(rows, "payments") | told(rows, "receipts")
    assert agreed(clerk) == 9000


def test_what_an_earlier_period_received_is_paid_back_in_this_one(clerk: Clerk) -> None:
    name, _ = clerk.posts(
        voucher("receipt", "2024-04-05", ("cash", 1000), ("fines", -1000, "1")),
        voucher("receipt", "2024-04-05", ("cash", 500), ("grants", -500)),
    )
    clerk.reverses(name, "2024-05-02", "wrong member")
    may = clerk.reads("receipts-and-payments", "2024-05-01", "2024-05-31")
    assert told(may, "payments")["Fines"] == 1000
    assert agreed(clerk) == 1500
    april = clerk.reads("receipts-and-payments", "2024-04-01", "2024-04-30")
    assert told(april, "receipts")["Fines"] == 1000


def test_a_discount_moved_no_money(clerk: Clerk) -> None:
    clerk.posts(voucher("receipt", "2024-04-05", ("cash", 900), ("other-expenses", 100), ("other-income", -1000)))
    rows = clerk.reads("receipts-and-payments", *YEAR)
    assert told(rows, "receipts")["Other income"] == 900
    assert "Other expenses" not in told(rows, "payments")
    assert agreed(clerk) == 900


def test_an_overdrawn_bank_stands_as_a_negative_balance(clerk: Clerk) -> None:
    clerk.posts(voucher("payment", "2024-04-05", ("rent", 4000), ("bank", -4000)))
    rows = clerk.reads("receipts-and-payments", *YEAR)
    assert told(rows, "payments") == {
        "Rent": 4000, "Closing balance: Cash in hand": 0, "Closing balance: Bank": -4000,
    }  # fmt: skip
    assert agreed(clerk) == 0


def test_a_second_bank_has_rows_where_it_has_money(clerk: Clerk) -> None:
    for code, name in (("9001", "Post office"), ("9002", "Old bank")):
        entities.add_head(clerk.office, "", "EX1", Head(code, name, "asset", "bank"))
    clerk.posts(voucher("receipt", "2024-04-05", ("9001", 500), ("grants", -500)))
    rows = clerk.reads("receipts-and-payments", *YEAR)
    assert [row["account"] for row in rows if row["role"] == "bank" and row["side"] == "payments"] == [
        "Closing balance: Bank", "Closing balance: Post office",
    ]  # fmt: skip


def test_a_financial_year_stands_beside_the_year_before(long_kept: Clerk) -> None:
    rows = long_kept.reads("receipts-and-payments", *YEAR)
    last = {(row["side"], row["account"]): row["last_year"] for row in rows}
    assert last["receipts", "Fines"] == 10000
    assert last["payments", "Rent"] == 4000
    assert last["payments", "Closing balance: Cash in hand"] == 6000
    assert sum(paise for (side, _), paise in last.items() if side == "receipts") == 10000
    assert sum(paise for (side, _), paise in last.items() if side == "payments") == 10000


@pytest.mark.parametrize("until", ["2025-03-30", "2024-04-30"])
def test_another_period_stands_beside_nothing(long_kept: Clerk, until: str) -> None:
    columns, _ = long_kept.reads_raw("receipts-and-payments", "2024-04-01", until)
    assert "last_year" not in [column.key for column in columns]


def test_closing_a_year_moves_no_money(long_kept: Clerk) -> None:
    before = long_kept.reads("receipts-and-payments", "2023-04-01", "2024-03-31")
    long_kept.closes(2023)
    assert long_kept.reads("receipts-and-payments", "2023-04-01", "2024-03-31") == before
    assert long_kept.reads("receipts-and-payments", "2023-04-01", "2024-03-31", after_closing=True) == before


def test_books_without_vouchers_have_empty_boxes(clerk: Clerk) -> None:
    assert [row["amount"] for row in clerk.reads("receipts-and-payments", *YEAR)] == [0, 0, 0, 0]
    assert agreed(clerk) == 0
