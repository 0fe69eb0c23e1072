"""A meeting sheet that was changed or filled in wrongly: everything is told in one go, and by its cell."""

# ruff: noqa: E501 - a case is one line

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook as Book

from bookkeeper.errors import BadInput
from bookkeeper.exchange.meetings import read_meetings
from tests.exchange.test_meetings_workbook import BLANK, Fill, filled, put, put_head, written

Write = Callable[[str, str | bytes], Path]
Refusal = Callable[[Callable[[Path], object], Path], str]


def swap(book: Book) -> None:
    first = book.worksheets[0]
    first["E1"], first["F1"] = first["F1"].value, first["E1"].value


def insert(book: Book) -> None:
    book.worksheets[0].insert_cols(6)
    write_in(0, "F1", "Remarks")(book)


def write_in(sheet: int, at: str, text: str) -> Fill:
    def enter(book: Book) -> None:
        book.worksheets[sheet][at] = text

    return enter


def add_sheet(book: Book) -> None:
    book.create_sheet("Sums")["A1"] = "x"


def copy_sheet(book: Book) -> None:
    book.copy_worksheet(book.worksheets[2])


def clear(book: Book) -> None:
    for sheet in book.worksheets:
        sheet.delete_rows(1, 100)


CHANGES: dict[str, Fill] = {
    "renamed": write_in(0, "E1", "Saving"),
    "moved": swap,
    "added": insert,
    "added at the end": write_in(0, "AF1", "Remarks"),
    "untitled": lambda book: book.worksheets[0].insert_cols(6),
    "deleted": lambda book: book.worksheets[0].delete_cols(6),
    "another sheet": add_sheet,
    "a sheet twice": copy_sheet,
    "no meeting": lambda book: book.remove(book.worksheets[1]),
    "no date": lambda book: book.worksheets[1].delete_rows(3),
    "no entity": lambda book: book.worksheets[1].delete_rows(2),
    "another part": write_in(3, "B1", "Head"),
    "all gone": clear,
}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("renamed", "column E should be “Savings”, but is “Saving”. Put the columns as they were"),
        ("moved", "column E should be “Savings”, but is “Voluntary”."),
        ("added", "column F, “Remarks”, was added. Delete it."),
        ("added at the end", "column AF, “Remarks”, was added. Delete it."),
        ("untitled", "column F, without a title, was added. Delete it."),
        ("deleted", "the column “Voluntary” is missing; it should be column F."),
        ("another sheet", "the sheet “Sums” is none of a meeting sheet's."),
        ("a sheet twice", "the sheets “Cash counted” and “Cash counted Copy” are the same kind of sheet."),
        ("no meeting", "the sheet with “Meeting” is missing."),
        ("no date", "the line “Date” is missing on the sheet “Meeting”."),
        ("no entity", "the line “Group code” is missing on the sheet “Meeting”."),
        ("another part", "column B of the sheet “Other receipts and payments” should be “Account”, but is “Head”."),
        ("all gone", "this workbook is empty."),
    ],
)
def test_a_changed_sheet(write: Write, refusal: Refusal, change: str, told: str) -> None:
    data = filled(CHANGES[change], BLANK)
    assert refusal(lambda path: read_meetings(path, gather=True), write("m.xlsx", data)).startswith(told)


def test_a_changed_sheet_is_told_in_its_own_language(write: Write, refusal: Refusal) -> None:
    data = filled(CHANGES["renamed"], written("mr"))
    assert refusal(read_meetings, write("m.xlsx", data)).startswith("column E should be “बचत”, but is “Saving”.")


def twice_500(book: Book) -> None:
    for _ in range(2):
        book.worksheets[2].append([500, 1])


MISTAKES: list[tuple[Fill, str]] = [
    (lambda book: put(book, 2, savings="abc"), "cell E2, Savings: “abc” is not an amount."),
    (lambda book: put(book, 2, savings="1,000"), "cell E2, Savings: “1,000” has commas."),
    (lambda book: put(book, 2, savings=12.505), "cell E2, Savings: “12.505” has more than two decimals."),
    (lambda book: put(book, 2, savings=-5), "cell E2, Savings: “-5” is negative."),
    (lambda book: put(book, 2, savings="=A1"), "cell E2, Savings: there is a formula in this cell."),
    (lambda book: put(book, 2, savings="#N/A"), "cell E2, Savings: there is an error in this cell."),
    (lambda book: put(book, 2, savings=True), "cell E2, Savings: “True” is neither text, number nor day."),
    (lambda book: put(book, 2, savings=dt.date(2024, 5, 5)), "cell E2, Savings: the spreadsheet has made a day of this (2024-05-05)."),
    (lambda book: put(book, 2, savings=1e15), "cell E2, Savings: “1000000000000000” is too large."),
    (lambda book: put(book, 2, due_savings="=A1"), "cell D2, Savings due: there is a formula in this cell."),
    (lambda book: put(book, 2, attendance="x"), "cell C2, Here: “x” cannot stand here. Write one of P, A, T, L."),
    (lambda book: put(book, 2, by="post"), "cell Z2, By: “post” cannot stand here."),
    (lambda book: put(book, 2, sent="perhaps"), "cell AA2, Sent: “perhaps” cannot stand here."),
    (lambda book: put(book, 2, loan="x", principal=5), "cell H2, Loan: “x” is no number of a loan."),
    (lambda book: put(book, 2, principal=5, repayment=5), "cell N2, Repayment: a repayment stands beside its principal"),
    (lambda book: put(book, 2, other=5), "cell R2, Other head: the amount beside it has no head."),
    (lambda book: put(book, 2, other_head="rent"), "cell S2, Other: there is no amount for the head."),
    (lambda book: put(book, 2, withdrawal_from="Savings"), "cell U2, Withdrawn from: nothing is withdrawn here."),
    (lambda book: put(book, 2, purpose="goat"), "cell W2, Purpose: there is no new loan in this row."),
    (lambda book: put(book, 2, new_loan=5, instalments=1.5), "cell X2, Instalments: “1.5” is not a number of instalments."),
    (lambda book: put(book, 2, new_loan=5, rate_per_month="two"), "cell Y2, Rate a month: “two” is not a rate."),
    (lambda book: put(book, 3, attendance="P"), "cell A3, Member no.: member 1 stands in row 2 already."),
    (lambda book: put(book, 6, savings=5), "cell A6, Member no.: this row has no number of a member."),
    (lambda book: put(book, 6, name="Total", savings=5), "cell B6, Name: this is a row of totals. Delete it"),
    (lambda book: put(book, 6, member="एकूण"), "cell A6, Member no.: this is a row of totals."),
    (lambda book: book.worksheets[0].__setitem__("AG4", "x"), "cell AG4: this stands beside the table"),
    (lambda book: book.worksheets[0].merge_cells("E2:E3"), "cell E2:E3: the cells E2:E3 of the sheet “Meeting sheet” are merged."),
    (lambda book: put_head(book, date="5.5.2024"), "cell B3 of the sheet “Meeting”, Date: “5.5.2024” is not a date."),
    (lambda book: put_head(book, date=None), "cell B3 of the sheet “Meeting”, Date: the day of the meeting is missing."),
    (lambda book: put_head(book, number="x"), "cell B4 of the sheet “Meeting”, Meeting number: “x” is no whole number"),
    (lambda book: put_head(book, coins=-1), "cell B10 of the sheet “Meeting”, Coins: “-1” is negative."),
    (lambda book: put_head(book, minutes="x" * 5001), "cell B9 of the sheet “Meeting”, Minutes: the text has 5001"),
    (lambda book: book.worksheets[1].append(["Weather", "x"]), "cell A11 of the sheet “Meeting”, What: “Weather” is no line"),
    (lambda book: book.worksheets[1].append(["Date", "x"]), "cell A11 of the sheet “Meeting”, What: “Date” stands twice."),
    (lambda book: book.worksheets[2].__setitem__("B2", 1.5), "cell B2 of the sheet “Cash counted”, Pieces: “1.5” is no whole"),
    (lambda book: book.worksheets[2].append([300, 1]), "cell A12 of the sheet “Cash counted”, Denomination: there is no note of 300."),
    (lambda book: book.worksheets[2].append([None, 1]), "cell A12 of the sheet “Cash counted”, Denomination: there is no note beside"),
    (twice_500, "cell A13 of the sheet “Cash counted”, Denomination: 500 stands there twice."),
    (lambda book: book.worksheets[3].append(["payment", "rent", -5]), "cell C2 of the sheet “Other receipts and payments”, Amount: “-5” is negative."),
    (lambda book: book.worksheets[3].append(["paid", "rent", 5]), "cell A2 of the sheet “Other receipts and payments”, Kind: “paid” cannot stand"),
    (lambda book: book.worksheets[3].append(["payment", None, 5]), "cell B2 of the sheet “Other receipts and payments”, Account: the account is missing."),
    (lambda book: book.worksheets[3].append(["payment", "rent", 0]), "cell C2 of the sheet “Other receipts and payments”, Amount: there is no amount."),
    (lambda book: book.worksheets[3].append(["contra", "bank", 5, "bank"]), "cell D2 of the sheet “Other receipts and payments”, By: a contra"),
    (lambda book: book.worksheets[4].append(["a\nb"]), "cell A2 of the sheet “Agenda”, Item: the text has a line end"),
    (lambda book: book.worksheets[5].append(["1"]), "cell B2 of the sheet “Resolutions”, Resolution: what was resolved is missing."),
]  # fmt: skip


@pytest.mark.parametrize(("mistake", "told"), MISTAKES, ids=range(len(MISTAKES)))
def test_a_mistake_names_its_cell(write: Write, refusal: Refusal, mistake: Fill, told: str) -> None:
    said = refusal(read_meetings, write("m.xlsx", filled(mistake, BLANK)))
    assert said.startswith(told)
    assert len(said.splitlines()) == 1


def seeded(book: Book) -> None:
    """Twenty mistakes; those of members 8 and 9 only the books can see."""
    for number in range(4, 10):
        book.worksheets[0].append([str(number), "Somebody"])
    put(book, 2, savings="abc", interest=1.005, attendance="X", by="post")
    put(book, 3, principal="=1+1", savings=5)
    put(book, 4, principal=10, repayment=10, voluntary_savings=-1)
    put(book, 5, new_loan=5, instalments=0, special_savings=dt.date(2024, 1, 1))
    put(book, 6, withdrawal="1,000", fine="5/-")
    put(book, 12, savings=50)
    put(book, 13, name="एकूण", savings=500)
    put_head(book, number="twelve", coins="x")
    book.worksheets[2]["B3"] = -1
    book.worksheets[3].append(["paid", "rent", "=1"])
    book.worksheets[5].append(["1"])
    put(book, 10, savings=100)


def test_twenty_mistakes_are_told_in_one_go(write: Write) -> None:
    found = read_meetings(write("m.xlsx", filled(seeded, BLANK)), gather=True)
    assert len(found.faults) == 20
    assert len({fault.field for fault in found.faults}) == 20, "no cell is told twice"
    assert all(fault.field.startswith("cell ") for fault in found.faults)
    (sheet,) = found.sheets
    assert [row.member for row in sheet.rows] == ["1", "2", "3", "4", "8"], "the books are asked about the rest"
    with pytest.raises(BadInput) as refused:
        read_meetings(write("m.xlsx", filled(seeded, BLANK)))
    assert len(refused.value.faults) == 20


def test_a_day_that_cannot_be_read_leaves_nothing_to_ask_about(write: Write) -> None:
    found = read_meetings(write("m.xlsx", filled(lambda book: put_head(book, date="x"), BLANK)), gather=True)
    assert (len(found.faults), found.sheets) == (1, ())
