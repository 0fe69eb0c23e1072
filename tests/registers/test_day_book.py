"""Day book and journal: every posting once, with all that its voucher says."""

from __future__ import annotations

from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Instrument, Posting, Voucher
from tests.registers.books import Clerk, voucher


def test_every_posting_has_a_row_and_debits_are_credits(example: Clerk) -> None:
    rows = example.reads("day-book")
    assert len(rows) == 4 + 4 + 2 + 2 + 3 + 2 + 2 + 2 + 2
    assert example.totals == {"debit": 100900, "credit": 100900}
    saved = rows[1]
    shown = ("date", "voucher", "account", "code", "role", "member", "name", "debit", "credit")
    expected = ("2024-04-05", "R1/2024-25", "Member savings", "2001", "member-savings", "1", "Asha Patil", 0, 10000)
    assert tuple(saved[key] for key in shown) == expected


def test_all_that_a_voucher_says_is_shown(clerk: Clerk) -> None:
    by = Instrument("cheque", "000123", "2024-04-04")
    lines = (Posting("bank", Paise(500), instrument=by), Posting("fines", Paise(-500)))
    clerk.posts(Voucher("receipt", "2024-04-05", lines, "late", "Asha", "B 7", "12/3"))
    row = clerk.reads("day-book")[0]
    assert [row[key] for key in ("narration", "party", "reference", "resolution")] == ["late", "Asha", "B 7", "12/3"]
    assert row["instrument"] == "cheque 000123 2024-04-04"
    assert row["reverses"] is None
    assert row["reversed_by"] is None


def test_it_stands_by_date_or_in_order_of_entry(clerk: Clerk) -> None:
    clerk.posts(
        voucher("receipt", "2024-04-06", ("cash", 100), ("fines", -100)),
        voucher("receipt", "2024-04-05", ("cash", 200), ("grants", -200)),
    )
    by_date = ["R2/2024-25", "R2/2024-25", "R1/2024-25", "R1/2024-25"]
    assert [row["voucher"] for row in clerk.reads("day-book")] == by_date
    assert [row["voucher"] for row in clerk.reads("day-book", order="entry")] == by_date[::-1]


def test_a_reversal_and_the_reversed_name_each_other(example: Clerk) -> None:
    example.reverses("R6/2024-25", "2024-05-06", "paid twice")
    said = {row["voucher"]: (row["reverses"], row["reversed_by"]) for row in example.reads("day-book")}
    assert said["P3/2024-25"] == ("R6/2024-25", None)
    assert said["R6/2024-25"] == (None, "P3/2024-25")
    assert said["R1/2024-25"] == (None, None)


def test_a_period_takes_both_its_days(example: Clerk) -> None:
    assert {row["date"] for row in example.reads("day-book", "2024-04-05", "2024-05-05")} == {
        "2024-04-05",
        "2024-05-05",
    }
    assert example.reads("day-book", "2024-04-06", "2024-05-04") == []
    assert example.totals == {"debit": 0, "credit": 0}


def test_the_journal_has_vouchers_of_kind_journal_alone(long_kept: Clerk) -> None:
    long_kept.posts(voucher("journal", "2024-05-06", ("bad-debts", 300), ("suspense", -300)))
    long_kept.closes(2023)
    rows = long_kept.reads("journal", "2023-04-01", "2025-03-31")
    assert [(row["voucher"], row["account"], row["debit"], row["credit"]) for row in rows] == [
        ("J1/2023-24", "Fines", 10000, 0),
        ("J1/2023-24", "Rent", 0, 4000),
        ("J1/2023-24", "Surplus", 0, 6000),
        ("J1/2024-25", "Bad debts", 300, 0),
        ("J1/2024-25", "Suspense", 0, 300),
    ]


def test_paper_has_the_number_and_the_name_of_a_member(example: Clerk) -> None:
    columns, _ = example.reads_raw("day-book")
    assert [column.key for column in columns if column.is_read][3:5] == ["member", "name"]
