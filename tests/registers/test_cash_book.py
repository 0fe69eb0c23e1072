"""The cash book, figure for figure."""

from __future__ import annotations

from typing import Any

from bookkeeper.commands import entities
from bookkeeper.definitions.chart import Head
from tests.registers.books import Clerk, Read, voucher

FLOWS = ("receipt_cash", "receipt_bank", "payment_cash", "payment_bank")
BALANCES = ("balance_cash", "balance_bank")

# row, date, voucher, particulars, folio, four flows, two balances: `example/README.md` of the contract
EXAMPLE = """
opening 2024-04-05 -  | Opening balance                      | - |     0     0     0 0 |     0     0
entry   2024-04-05 R1 | Member savings                       | 3 | 30000     0     0 0 | 30000     0
entry   2024-04-05 R2 | Membership fees                      | 10|  3000     0     0 0 | 33000     0
entry   2024-04-05 P1 | Member loans: loan 1, Asha Patil     | 5 |     0     0 20000 0 | 13000     0
entry   2024-04-05 P2 | Stationery: minute book              | 14|     0     0  2000 0 | 11000     0
closing 2024-04-05 -  | Closing balance                      | - |     0     0     0 0 | 11000     0
opening 2024-05-05 -  | Opening balance                      | - |     0     0     0 0 | 11000     0
entry   2024-05-05 R3 | Member savings                       | 3 | 20000     0     0 0 | 31000     0
entry   2024-05-05 R4 | Member loans                         | 5 | 10000     0     0 0 | 41000     0
entry   2024-05-05 R5 | Interest on member loans             | 8 |   400     0     0 0 | 41400     0
entry   2024-05-05 R6 | Fines                                | 9 |   500     0     0 0 | 41900     0
entry   2024-05-05 C1 | Cash put into bank                   | C |     0     0 15000 0 | 26900     0
entry   2024-05-05 C1 | Cash put into bank                   | C |     0 15000     0 0 | 26900 15000
closing 2024-05-05 -  | Closing balance                      | - |     0     0     0 0 | 26900 15000
"""


def told(rows: Read) -> list[list[str]]:
    """Rows as the table above has them, word by word."""

    def words(row: dict[str, Any]) -> str:
        name = (row["voucher"] or "-").split("/")[0]
        flows = " ".join(str(row[key] or 0) for key in FLOWS)
        state = " ".join(str(row[key]) for key in BALANCES)
        folio = "-" if row["folio"] is None else row["folio"]
        return f"{row['row']} {row['date']} {name} | {row['particulars']} | {folio} | {flows} | {state}"

    return [words(row).split() for row in rows]


def entries(rows: Read) -> list[tuple[Any, ...]]:
    return [(row["particulars"], *(row[key] or 0 for key in FLOWS)) for row in rows if row["row"] == "entry"]


def test_the_worked_example_stands_figure_for_figure(example: Clerk) -> None:
    rows = example.reads("cash-book", "2024-04-01", "2024-05-31")
    expected = [line.replace("|", " | ").split() for line in EXAMPLE.strip().splitlines()]
    assert told(rows) == expected
    assert example.totals == {"receipt_cash": 63900, "receipt_bank": 15000, "payment_cash": 37000, "payment_bank": 0}


def test_a_vouchers_full_name_stands_in_every_entry(example: Clerk) -> None:
    rows = example.reads("cash-book", "2024-05-01", "2024-05-31")
    assert {row["voucher"] for row in rows} == {
        None, "R3/2024-25", "R4/2024-25", "R5/2024-25", "R6/2024-25", "C1/2024-25",
    }  # fmt: skip


def test_a_period_without_entries_opens_and_closes_once(example: Clerk) -> None:
    rows = example.reads("cash-book", "2024-06-01", "2024-06-30")
    assert [(r["row"], r["date"], r["balance_cash"], r["balance_bank"]) for r in rows] == [
        ("opening", "2024-06-01", 26900, 15000),
        ("closing", "2024-06-30", 26900, 15000),
    ]


def test_books_without_money_have_an_empty_cash_book(clerk: Clerk) -> None:
    assert clerk.reads("cash-book") == []
    assert set(clerk.totals.values()) == {0}


def test_opening_balances_are_no_receipt(clerk: Clerk) -> None:
    clerk.posts(
        voucher("opening", "2024-04-02", ("cash", 50000), ("bank", 70000), ("surplus", -120000)),
        voucher("receipt", "2024-04-05", ("cash", 1000), ("fines", -1000, "1")),
    )
    rows = clerk.reads("cash-book", "2024-04-01", "2024-04-30")
    assert [(r["row"], r["date"], r["balance_cash"], r["balance_bank"]) for r in rows] == [
        ("opening", "2024-04-05", 50000, 70000),
        ("entry", "2024-04-05", 51000, 70000),
        ("closing", "2024-04-05", 51000, 70000),
    ]
    assert clerk.totals["receipt_cash"] == 1000


def test_opening_balances_alone_open_and_close_the_period(clerk: Clerk) -> None:
    clerk.posts(voucher("opening", "2024-03-31", ("cash", 50000), ("surplus", -50000)))
    for since in ("2024-03-01", "2024-04-01"):
        rows = clerk.reads("cash-book", since, "2024-04-30")
        assert [(r["row"], r["balance_cash"]) for r in rows] == [("opening", 50000), ("closing", 50000)]


def test_what_is_posted_on_the_day_of_a_reversed_opening_is_in_the_book(clerk: Clerk) -> None:
    clerk.posts(voucher("opening", "2024-04-01", ("cash", 50000), ("surplus", -50000)))
    clerk.reverses("O1/2024-25", "2024-04-01", "wrong sheet")
    clerk.posts(voucher("receipt", "2024-04-01", ("cash", 1000), ("fines", -1000, "1")))
    rows = clerk.reads("cash-book", "2024-04-01", "2024-04-30")
    assert [(r["row"], r["balance_cash"]) for r in rows] == [("opening", 0), ("entry", 1000), ("closing", 1000)]


def test_cash_is_filled_before_bank_and_both_add_up_to_what_moved(clerk: Clerk) -> None:
    clerk.posts(
        voucher("receipt", "2024-04-05", ("bank", 7000), ("cash", 5000), ("fines", -2000), ("grants", -10000)),
        voucher("payment", "2024-04-06", ("cash", -3000), ("rent", 4000), ("travel", 1000), ("bank", -2000)),
    )
    assert entries(clerk.reads("cash-book")) == [
        ("Fines", 2000, 0, 0, 0),
        ("Grants", 3000, 7000, 0, 0),
        ("Rent", 0, 0, 3000, 1000),
        ("Travel", 0, 0, 0, 1000),
    ]


def test_a_discount_moved_no_money(clerk: Clerk) -> None:
    clerk.posts(
        voucher("receipt", "2024-04-05", ("cash", 9000), ("other-expenses", 1000), ("fines", -4000), ("grants", -6000))
    )
    assert entries(clerk.reads("cash-book")) == [("Fines", 4000, 0, 0, 0), ("Grants", 5000, 0, 0, 0)]
    assert clerk.totals["receipt_cash"] == 9000


def test_an_account_stands_once_in_a_voucher_at_its_first_line(clerk: Clerk) -> None:
    lines = (("member-savings", -100, "1"), ("fines", -50), ("member-savings", -200, "2"))
    clerk.posts(voucher("receipt", "2024-04-05", ("cash", 350), *lines))
    assert entries(clerk.reads("cash-book")) == [("Member savings", 300, 0, 0, 0), ("Fines", 50, 0, 0, 0)]


def test_a_contra_pays_out_first_and_then_takes_in(clerk: Clerk) -> None:
    entities.add_head(clerk.office, "", "EX1", Head("9001", "Post office", "asset", "bank", default=False))
    clerk.posts(
        voucher("receipt", "2024-04-05", ("cash", 9000), ("grants", -9000)),
        voucher("contra", "2024-04-06", ("bank", 8000), ("cash", -8000)),
        voucher("contra", "2024-04-07", ("cash", 1000), ("bank", -1000), narration="for the meeting"),
        voucher("contra", "2024-04-08", ("9001", 2000), ("bank", -2000)),
    )
    assert entries(clerk.reads("cash-book", "2024-04-06", "2024-04-30")) == [
        ("Cash put into bank", 0, 0, 8000, 0),
        ("Cash put into bank", 0, 8000, 0, 0),
        ("Cash drawn from bank: for the meeting", 0, 0, 0, 1000),
        ("Cash drawn from bank: for the meeting", 1000, 0, 0, 0),
        ("Transfer between banks", 0, 0, 0, 2000),
        ("Transfer between banks", 0, 2000, 0, 0),
    ]


def test_cash_that_goes_from_hand_to_hand_is_no_transfer_between_banks(clerk: Clerk) -> None:
    entities.add_head(clerk.office, "", "EX1", Head("9001", "Cash with the secretary", "asset", "cash", default=False))
    clerk.posts(
        voucher("receipt", "2024-04-05", ("cash", 9000), ("grants", -9000)),
        voucher("contra", "2024-04-06", ("9001", 2000), ("cash", -2000)),
    )
    assert entries(clerk.reads("cash-book", "2024-04-06", "2024-04-30")) == [
        ("Transfer of cash", 0, 0, 2000, 0),
        ("Transfer of cash", 2000, 0, 0, 0),
    ]


def test_a_reversal_names_what_it_reverses_and_the_reversed_what_reverses_it(example: Clerk) -> None:
    example.reverses("R6/2024-25", "2024-05-06", "paid twice")
    said = {row["voucher"]: row["particulars"] for row in example.reads("cash-book") if row["voucher"]}
    assert said["P3/2024-25"] == "Fines: Reversal of R6/2024-25: paid twice"
    assert said["R6/2024-25"].endswith("Reversed by P3/2024-25")


def test_a_loan_repaid_wrongly_is_owed_again(example: Clerk) -> None:
    example.reverses("R4/2024-25", "2024-05-06", "of another member")
    said = {row["voucher"]: row["particulars"] for row in example.reads("cash-book") if row["voucher"]}
    reversal = "Reversal of R4/2024-25: of another member"
    assert said["P3/2024-25"] == f"Member loans: loan 1, Asha Patil; {reversal}"
    assert said["R4/2024-25"].endswith("Reversed by P3/2024-25")


def test_vouchers_of_a_day_stand_in_order_of_entry(clerk: Clerk) -> None:
    clerk.posts(
        voucher("receipt", "2024-04-06", ("cash", 100), ("fines", -100)),
        voucher("receipt", "2024-04-05", ("cash", 200), ("grants", -200)),
        voucher("payment", "2024-04-06", ("rent", 300), ("cash", -300)),
    )
    names = [row["voucher"] for row in clerk.reads("cash-book") if row["voucher"]]
    assert names == ["R2/2024-25", "R1/2024-25", "P1/2024-25"]


def test_a_folio_is_a_number_where_it_is_one(clerk: Clerk) -> None:
    entities.add_head(clerk.office, "", "EX1", Head("9001", "Mela", "income", folio="12a"))
    clerk.posts(voucher("receipt", "2024-04-05", ("cash", 300), ("fines", -100), ("9001", -200)))
    assert [row["folio"] for row in clerk.reads_raw("cash-book")[1] if row["row"] == "entry"] == [9, "12a"]


def test_paper_tells_a_loan_given_by_its_number_and_member_without_its_head(example: Clerk) -> None:
    (row,) = [row for row in example.reads("cash-book") if row["voucher"] == "P1/2024-25"]
    assert (row["particulars"], row["in_short"]) == ("Member loans: loan 1, Asha Patil", "Loan 1, Asha Patil")
    columns, rows = example.reads_raw("cash-book")
    assert [column.key for column in columns if column.is_read and column.head == "Particulars"] == ["in_short"]
    assert all(row["in_short"] == row["particulars"] for row in rows if row["voucher"] != "P1/2024-25")
