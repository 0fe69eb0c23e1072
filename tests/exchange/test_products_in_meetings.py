"""A new loan's product and penal interest, in JSON and on the sheet; sheets of before are taken as they are."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from bookkeeper.exchange.meetings import read_meetings
from bookkeeper.exchange.meetings_workbook import BEFORE, COLUMNS, MEETING
from bookkeeper.rules.meeting import NewLoan, Repaid, plain, sheet_of
from bookkeeper.rules.money import Paise

Write = Callable[[str, str | bytes], Path]
Refusal = Callable[[Callable[[Path], object], Path], str]

ROW = {"member": "1", "present": True, "loan": "7", "principal": "100", "penalty": "10.00"}
LENDS = {"member": "2", "present": True, "new_loan": {"principal": "5000", "product": "cif"}}


def in_json(*rows: object) -> str:
    return json.dumps({"date": "2024-05-05", "rows": rows})


def on_sheet(*rows: dict[str, object], columns: tuple[str, ...] = tuple(COLUMNS)) -> bytes:
    """A filled sheet as a spreadsheet keeps it, with columns by their English titles."""
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append([COLUMNS[key][0] for key in columns])
    for row in rows:
        first.append([row.get(key) for key in columns])
    about = book.create_sheet("Meeting")
    about.append(["What", "Value"])
    for key, titles in MEETING.items():
        about.append([titles[0], {"entity": "SHG1", "date": "2024-05-05"}.get(key)])
    there = io.BytesIO()
    book.save(there)
    return there.getvalue()


def test_product_and_penalty_in_json(write: Write) -> None:
    (sheet,) = read_meetings(write("m.json", in_json(ROW, LENDS))).sheets
    assert sheet.rows[0].repaid == (Repaid(Paise(100_00), loan=7, penalty=Paise(10_00)),)
    assert sheet.rows[0].received == 110_00
    assert sheet.rows[1].new_loan == NewLoan(Paise(5000_00), product="cif")
    assert sheet_of(plain(sheet)) == sheet


def test_a_penalty_stands_with_each_of_several_loans(write: Write) -> None:
    row = {"member": "1", "present": True, "loans": [{"loan": "7", "penalty": "5"}, {"loan": "9", "interest": "3"}]}
    (sheet,) = read_meetings(write("m.json", in_json(row))).sheets
    assert sheet.rows[0].repaid == (Repaid(loan=7, penalty=Paise(500)), Repaid(interest=Paise(300), loan=9))
    assert sheet_of(plain(sheet)) == sheet


def test_the_sheet_says_the_same(write: Write) -> None:
    rows = (
        {"member": 1, "name": "A", "attendance": "P", "loan": 7, "principal": 100, "penalty": 10},
        {"member": 2, "name": "B", "attendance": "P", "new_loan": 5000, "product": "cif"},
    )
    found = read_meetings(write("m.xlsx", on_sheet(*rows))).sheets
    assert found == read_meetings(write("m.json", in_json(ROW, LENDS))).sheets


def test_a_sheet_printed_before_there_were_products_is_taken(write: Write) -> None:
    row = {"member": 1, "name": "A", "attendance": "P", "loan": 7, "principal": 100}
    (sheet,) = read_meetings(write("m.xlsx", on_sheet(row, columns=tuple(BEFORE)))).sheets
    assert sheet.rows[0].repaid == (Repaid(Paise(100_00), loan=7),)


def test_a_further_row_may_carry_a_penalty(write: Write) -> None:
    rows = (
        {"member": 1, "name": "A", "attendance": "P", "loan": 7, "principal": 100},
        {"member": 1, "name": "A", "loan": 9, "penalty": 10},
    )
    (sheet,) = read_meetings(write("m.xlsx", on_sheet(*rows))).sheets
    assert sheet.rows[0].repaid == (Repaid(Paise(100_00), loan=7), Repaid(loan=9, penalty=Paise(10_00)))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"member": "1", "repayment": "100", "penalty": "5"}, "a repayment stands beside its penalty"),
        ({"member": "1", "penalty": "-5"}, "row 1, penalty: “-5” is negative"),
        ({"member": "1", "new_loan": {"principal": "100", "product": ""}}, "new_loan, product: this may not be empty"),
        ({"member": "1", "new_loan": {"principal": "100", "product": 7}}, "product: this is the number 7, not a text"),
    ],
)
def test_what_is_wrong_in_json(write: Write, refusal: Refusal, row: object, words: str) -> None:
    assert words in refusal(read_meetings, write("m.json", in_json(row)))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"member": 1, "name": "A", "repayment": 100, "penalty": 5}, "a repayment stands beside its penalty"),
        ({"member": 1, "name": "A", "product": "cif"}, "Loan product: there is no new loan in this row"),
    ],
)
def test_what_is_wrong_on_the_sheet(write: Write, refusal: Refusal, row: dict[str, object], words: str) -> None:
    assert words in refusal(read_meetings, write("m.xlsx", on_sheet(row)))
