"""The balance sheet: both sides, the year's surplus, the year before; worked by hand."""

from __future__ import annotations

import json
from pathlib import Path

from bookkeeper.cli.main import run
from bookkeeper.commands import entities
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.definitions.chart import Head
from tests.registers.books import Clerk, Read, voucher


def told(rows: Read, side: str, key: str = "amount") -> dict[str, int]:
    return {row["account"]: row[key] for row in rows if row["side"] == side}


def test_the_worked_example_stands_figure_for_figure(example: Clerk) -> None:
    rows = example.reads("balance-sheet", as_of="2024-05-31")
    assert told(rows, "liabilities") == {"Member savings": 50000, "Surplus of the year": 1900}
    assert told(rows, "assets") == {"Cash in hand": 26900, "Bank": 15000, "Member loans": 10000}
    assert example.totals == {"liabilities": 51900, "assets": 51900}
    assert [row["section"] for row in rows] == [
        "Savings of members", "Surplus", "Cash and bank", "Cash and bank", "Loans to members",
    ]  # fmt: skip


def test_earlier_open_years_stand_in_the_surplus(long_kept: Clerk) -> None:
    rows = long_kept.reads("balance-sheet", as_of="2024-06-30")
    assert told(rows, "liabilities") == {"Surplus from earlier years": 6000, "Surplus of the year": 2500}
    assert [row["role"] for row in rows] == ["surplus", None, "cash"]
    assert told(rows, "liabilities", "last_year") == {"Surplus from earlier years": 0, "Surplus of the year": 6000}
    assert told(rows, "assets", "last_year") == {"Cash in hand": 6000}


def test_closing_the_earlier_year_changes_nothing_in_the_next(long_kept: Clerk) -> None:
    before = long_kept.reads("balance-sheet", as_of="2024-06-30")
    long_kept.closes(2023)
    assert long_kept.reads("balance-sheet", as_of="2024-06-30") == before


def test_closing_vouchers_count_in_their_own_year_only_where_asked(long_kept: Clerk) -> None:
    long_kept.closes(2023)
    rows = long_kept.reads("balance-sheet", as_of="2024-03-31")
    assert told(rows, "liabilities") == {"Surplus of the year": 6000}
    rows = long_kept.reads("balance-sheet", as_of="2024-03-31", after_closing=True)
    assert told(rows, "liabilities") == {"Surplus from earlier years": 6000}
    assert long_kept.totals == {"liabilities": 6000, "assets": 6000}


def test_a_deficit_is_deducted_from_the_surplus(clerk: Clerk) -> None:
    clerk.posts(
        voucher("opening", "2024-03-31", ("cash", 5000), ("surplus", -5000)),
        voucher("payment", "2024-04-06", ("rent", 4000), ("cash", -4000)),
    )
    rows = clerk.reads("balance-sheet", as_of="2024-04-30")
    assert told(rows, "liabilities") == {"Surplus from earlier years": 5000, "Deficit of the year": -4000}
    assert clerk.totals == {"liabilities": 1000, "assets": 1000}


def test_a_deficit_beside_a_surplus_of_the_year_before_is_not_called_by_either_name(long_kept: Clerk) -> None:
    """60.00 were earned in 2023-24; in 2024-25 fines brought 25.00 and the rent took 40.00, so 15.00 are lost."""
    long_kept.posts(voucher("payment", "2024-06-20", ("rent", 4000), ("cash", -4000)))
    rows = long_kept.reads("balance-sheet", as_of="2024-06-30")
    of_year = "Surplus, or deficit (-), of the year"
    assert told(rows, "liabilities") == {"Surplus from earlier years": 6000, of_year: -1500}
    assert told(rows, "liabilities", "last_year") == {"Surplus from earlier years": 0, of_year: 6000}


def test_an_overdrawn_bank_is_a_negative_asset(clerk: Clerk) -> None:
    clerk.posts(voucher("payment", "2024-04-06", ("rent", 4000), ("bank", -4000)))
    rows = clerk.reads("balance-sheet", as_of="2024-04-30")
    assert told(rows, "assets") == {"Bank": -4000}
    assert clerk.totals == {"liabilities": -4000, "assets": -4000}


def test_a_head_of_the_users_own_stands_with_its_like(clerk: Clerk) -> None:
    for head in (Head("9001", "Post office", "asset", "bank"), Head("9002", "Sewing machine", "asset"),
                 Head("9003", "Held for others", "liability")):  # fmt: skip
        entities.add_head(clerk.office, "", "EX1", head)
    clerk.posts(
        voucher("receipt", "2024-04-05", ("9001", 900), ("grants", -900)),
        voucher("receipt", "2024-04-05", ("cash", 500), ("9003", -500)),
        voucher("payment", "2024-04-05", ("9002", 200), ("cash", -200)),
    )
    rows = clerk.reads("balance-sheet", as_of="2024-04-30")
    assert [(row["section"], row["code"]) for row in rows if row["side"] == "assets"] == [
        ("Cash and bank", "1001"), ("Cash and bank", "9001"), ("Other assets", "9002"),
    ]  # fmt: skip
    assert [(row["section"], row["code"]) for row in rows if row["side"] == "liabilities"] == [
        ("Other liabilities", "9003"), ("Surplus", None),
    ]  # fmt: skip


def test_empty_books_have_no_rows(clerk: Clerk) -> None:
    assert clerk.reads("balance-sheet", as_of="2024-04-30") == []
    assert clerk.totals == {"liabilities": 0, "assets": 0}


def test_many_groups_stand_in_one_table_that_names_each(example: Clerk) -> None:
    entities.add(example.office, "", "EX2", "Second", "shg", starts="2024-04-01")
    Clerk(example.office, "EX2").posts(voucher("receipt", "2024-05-31", ("bank", 900), ("grants", -900)))
    rows = example.reads("balance-sheet", all=True, as_of="2024-05-31")
    assert [(r["side"], r["amount"]) for r in rows if r["entity"] == "EX2"] == [("liabilities", 900), ("assets", 900)]
    own = [{k: v for k, v in row.items() if k != "entity"} for row in rows if row["entity"] == "EX1"]
    assert own == example.reads("balance-sheet", as_of="2024-05-31")


def test_the_notes_say_on_what_basis(example: Clerk) -> None:
    with prepared(example.office, ReportAsk("balance-sheet", entities=("EX1",))) as printout:
        (notes,) = printout.table().parts
    assert notes.key == "notes"
    assert [row["amount"] for row in notes.rows] == [None]


def test_the_practice_year_gives_the_published_figures(tmp_path: Path) -> None:
    """At 31-03-2024, found by two separate programs: 95,031.75 a side, of which the year's surplus is 4,761.75."""
    books, out = tmp_path / "p.books", tmp_path / "sheet.json"
    assert run(["new", str(books), "--sample", "practice"]) == 0
    asked = ["report", "balance-sheet", "--as-of", "2024-03-31", "--format", "json", "--out", str(out)]
    assert run(["--books", str(books), *asked]) == 0
    found = json.loads(out.read_text("utf-8"))
    assert found["totals"] == {"liabilities": "95031.75", "assets": "95031.75"}
    assert [row["amount"] for row in found["rows"]] == [
        "33500.00", "40000.00", "15000.00", "1770.00", "4761.75", "1040.00", "21241.75", "72750.00",
    ]  # fmt: skip
    assert [row["last_year"] for row in found["rows"]] == [
        "15600.00", "0.00", "0.00", "1770.00", "0.00", "1150.00", "4320.00", "11900.00",
    ]  # fmt: skip
    notes = found["parts"]["notes"]
    assert notes[0]["text"].startswith("Cash basis")
    assert [note["amount"] for note in notes[1:]] == ["548.00", "2400.00", "2540.00"]
    assert notes[2]["text"] == "Principal overdue, included in loans to members: 3 loans"
