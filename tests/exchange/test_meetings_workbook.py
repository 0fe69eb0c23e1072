"""The meeting sheet as a workbook: written as the program writes it, filled in by another library, and read back."""

# ruff: noqa: E501 - a case is one line

import datetime as dt
import hashlib
import io
import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook as Book

from bookkeeper.errors import BadInput
from bookkeeper.exchange.meetings import MeetingFile, differing, read_meetings, write_marked
from bookkeeper.exchange.meetings_workbook import COLUMNS, MEETING, PARTS
from bookkeeper.printing.workbook import write_xlsx
from bookkeeper.report import Column, Heading, Kind, Part, Person, Register, Report, Row, Say
from bookkeeper.rules.meeting import LATE, NOTES, PRESENT, HeadAmount, MeetingSheet, Repaid, SheetRow
from bookkeeper.rules.money import Paise
from bookkeeper.words import language

Write = Callable[[str, str | bytes], Path]
Refusal = Callable[[Callable[[Path], object], Path], str]
Value = str | float | bool | dt.date | dt.time | None
Fill = Callable[[Book], None]

MONEY = {
    "due_savings", "savings", "voluntary_savings", "special_savings", "outstanding", "due_principal", "due_interest",
    "principal", "interest", "repayment", "fine_due", "fine", "fine_levied", "other", "withdrawal", "new_loan",
    "savings_balance",
}  # fmt: skip
TITLES = {"count": (("note",), NOTES), "meeting": (("field",), ())}

ROWS: tuple[Row, ...] = (
    {"member": "1", "name": "Asha", "due_savings": 10000, "loan": "7", "outstanding": 500000, "due_principal": 50000,
     "due_interest": 10000, "fine_due": 500, "savings_balance": 120000},
    {"member": "1", "name": "Asha", "loan": "9", "outstanding": 100000, "due_principal": 10000, "due_interest": 2000},
    {"member": "2", "name": "Usha", "due_savings": 10000, "savings_balance": 120000},
    {"member": "3", "name": "Rekha", "due_savings": 10000, "savings_balance": 120000},
)  # fmt: skip


def columns(titles: Mapping[str, tuple[str, ...]]) -> tuple[Column, ...]:
    return tuple(
        Column(key, names[0], Kind.BALANCE if key in MONEY else Kind.TEXT) for key, names in titles.items()
    )  # fmt: skip


def written(code: str = "en", rows: tuple[Row, ...] = ROWS, entity: str = "SHG1") -> bytes:
    """The sheet as the program's own printing writes it, in a language."""
    filled = {"entity": entity, "date": "2024-05-05"}
    cells: dict[str, tuple[Row, ...]] = {
        "meeting": tuple({"field": Say(names[0]), "value": filled.get(key)} for key, names in MEETING.items()),
        "count": tuple({"note": str(note)} for note in NOTES),
    }
    parts = tuple(Part(key, title, columns(titles), cells.get(key, ())) for key, (title, titles) in PARTS.items())
    nobody = Person("")
    heading = Heading(entity, nobody, nobody, None, None, "2024-05-05")
    register = Register("Meeting sheet", columns(COLUMNS))
    report = Report("meeting-sheet", register, heading, columns(COLUMNS), rows, parts=parts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        write_xlsx(report, language(code), path)
        return path.read_bytes()


def filled(fill: Fill, data: bytes) -> bytes:
    there = openpyxl.load_workbook(io.BytesIO(data))
    fill(there)
    out = io.BytesIO()
    there.save(out)
    return out.getvalue()


BLANK = written()


def cell(key: str, row: int) -> str:
    return f"{get_column_letter([*COLUMNS].index(key) + 1)}{row}"


def put(book: Book, row: int, **values: Value) -> None:
    for key, value in values.items():
        book.worksheets[0][cell(key, row)] = value


def put_head(book: Book, **values: Value) -> None:
    for key, value in values.items():
        book.worksheets[1][f"B{[*MEETING].index(key) + 2}"] = value


def fill(book: Book) -> None:
    """What a book-keeper enters: numbers, texts, days and times as spreadsheets keep them."""
    put(book, 2, attendance="P", savings=100, principal=500, interest=12.5, fine="5.00", other_head="membership-fees",
        other="10", new_loan=2000, purpose="goat", instalments=10, rate_per_month=1.5)  # fmt: skip
    put(book, 3, principal=100.05, interest="20", other_head="rent", other=1)
    put(book, 4, attendance=" t ", savings="100.50", voluntary_savings=0, repayment=50, loan=3)
    put(book, 5, attendance="L", savings=100, by="cash", sent="yes", fine_levied=10, withdrawal=30)
    put(book, 5, withdrawal_from="Savings")
    put(book, 6, member=3, name="Rekha", by="bank", special_savings=20)
    put_head(book, number=12, place="Anganwadi", time=dt.time(11, 30), presided_by=3, signed_by="3, 1", coins=2.5)
    put_head(book, date=dt.date(2024, 5, 8), minutes="All were heard.\nTea was had.")
    count, foot, agenda, resolutions = book.worksheets[2:]
    count["B3"], count["B4"], count["B11"] = 3, "2", 0
    foot.append(["payment", "stationery", 30, None, "Pens"])
    foot.append([None])
    foot.append(["Receipt", "grants", "100.00", "Bank"])
    foot.append(["contra", "bank", -150.5])
    agenda.append(["Savings"])
    agenda.append(["Loans"])
    resolutions.append(["12/1", "To lend.", 2, "3"])
    resolutions.append([None, "To meet on the 5th."])


JSON = {
    "date": "2024-05-08", "number": 12, "place": "Anganwadi", "time": "11:30", "presided_by": "3",
    "agenda": ["Savings", "Loans"], "minutes": "All were heard.\nTea was had.",
    "resolutions": [{"number": "12/1", "text": "To lend.", "proposed_by": "2", "seconded_by": "3"}, "To meet on the 5th."],
    "signed_by": ["3", "1"], "cash_counted": {"500": 3, "200": 2, "1": 0}, "coins": "2.50",
    "rows": [
        {"member": "1", "present": True, "savings": "100.00", "fine": "5.00",
         "loans": [{"loan": "7", "principal": "500.00", "interest": "12.50"},
                   {"loan": "9", "principal": "100.05", "interest": "20.00"}],
         "new_loan": {"principal": "2000.00", "purpose": "goat", "instalments": 10, "rate_per_month": "1.5"},
         "other": [{"account": "membership-fees", "amount": "10.00"}, {"account": "rent", "amount": "1.00"}]},
        {"member": "2", "present": "late", "savings": "100.50", "loan": "3", "repayment": "50.00"},
        {"member": "3", "present": "leave", "sent": True, "savings": "100.00", "fine_levied": "10.00",
         "withdrawal": "30.00", "withdrawal_from": "member-savings"},
        {"member": "3", "by": "bank", "special_savings": "20.00"},
    ],
    "other": [{"kind": "payment", "account": "stationery", "amount": "30.00", "narration": "Pens"},
              {"kind": "receipt", "account": "grants", "amount": "100.00", "by": "bank"},
              {"kind": "contra", "account": "bank", "amount": "-150.50"}],
}  # fmt: skip
"""The same meeting."""


@pytest.mark.parametrize("code", ["en", "hi", "mr"])
def test_a_filled_sheet_is_the_meeting_of_the_json(write: Write, code: str) -> None:
    found = read_meetings(write("m.xlsx", filled(fill, written(code))), entity="SHG1")
    assert found.sheets == read_meetings(write("m.json", json.dumps(JSON))).sheets
    assert [row.row for row in found.sheets[0].rows] == [2, 4, 5, 6]
    assert read_meetings(write("m", filled(fill, written(code)))).sheets == found.sheets, "whatever it is called"


def test_a_blank_sheet_is_a_meeting_that_nobody_came_to(write: Write) -> None:
    (sheet,) = read_meetings(write("m.xlsx", BLANK)).sheets
    assert sheet == MeetingSheet("2024-05-05")
    assert sheet.cash is None


def test_absent_is_listed_where_it_is_written(write: Write) -> None:
    (sheet,) = read_meetings(write("m.xlsx", filled(lambda book: put(book, 4, attendance="A"), BLANK))).sheets
    assert sheet.rows == (SheetRow("2"),)


def test_words_of_every_language(write: Write) -> None:
    def enter(book: Book) -> None:
        put(book, 2, attendance="ह", by="बँक", savings=1, sent="नाही")
        put(book, 4, attendance="उपस्थित", sent="होय", withdrawal=5, withdrawal_from="बचत")
        book.worksheets[3].append(["जमा", "fines", 5, "रोख"])

    (sheet,) = read_meetings(write("m.xlsx", filled(enter, BLANK))).sheets
    assert [(row.present, row.by, row.sent, row.withdrawal_from) for row in sheet.rows] == [
        (PRESENT, "bank", False, ""), (PRESENT, "cash", True, "member-savings"),
    ]  # fmt: skip
    assert sheet.other[0].kind == "receipt"


def test_money_by_bank_may_stand_first(write: Write) -> None:
    def enter(book: Book) -> None:
        put(book, 2, by="bank", savings=5)
        put(book, 3, attendance="T", savings=6, principal=7)

    (sheet,) = read_meetings(write("m.xlsx", filled(enter, BLANK))).sheets
    bank, cash = sheet.rows
    assert (bank.by, bank.savings, bank.row) == ("bank", 500, 2)
    assert (cash.by, cash.present, cash.repaid, cash.row) == ("cash", LATE, (Repaid(Paise(700), loan=9),), 3)


def test_further_rows_go_with_hers(write: Write) -> None:
    def enter(book: Book) -> None:
        put(book, 2, by="bank", savings=5)
        put(book, 3, principal=7)
        put(book, 6, member=1, other_head="rent", other=5)

    (sheet,) = read_meetings(write("m.xlsx", filled(enter, BLANK))).sheets
    (row,) = sheet.rows
    assert (row.by, row.repaid, row.other) == ("bank", (Repaid(Paise(700), loan=9),), (HeadAmount("rent", Paise(500)),))


def test_parts_that_are_not_needed_may_be_deleted(write: Write) -> None:
    def cut(book: Book) -> None:
        for sheet in book.worksheets[2:]:
            book.remove(sheet)

    assert read_meetings(write("m.xlsx", filled(cut, BLANK))).sheets == (MeetingSheet("2024-05-05"),)


def test_what_is_told_is_not_read(write: Write) -> None:
    found = read_meetings(write("m.xlsx", filled(lambda book: put(book, 2, due_savings="x", outstanding=1.005), BLANK)))
    assert found.sheets == (MeetingSheet("2024-05-05"),)


def test_another_groups_sheet(write: Write) -> None:
    path = write("m.xlsx", written(entity="SHG2"))
    with pytest.raises(
        BadInput, match=r"cell B2 of the sheet “Meeting”, Group code: this is the meeting sheet of “SHG2”, not"
    ):
        read_meetings(path, entity="SHG1", gather=True)
    assert read_meetings(path).sheets


@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        (2, "savings", "cell E2, Savings"),
        (2, "member", "cell A2, Member no."),
        (2, "present", "cell C2, Here"),
        (2, "principal", "cell L2 or L3, Principal"),
        (2, "interest", "cell M2 or M3, Interest"),
        (2, "repayment", "cell N2, Repayment"),
        (4, "loan", "cell H4, Loan"),
        (2, "new_loan", "cell V2, New loan"),
        (2, "other", "cell R2 or R3, Other head"),
        (5, "withdrawal", "cell T5, Withdrawal"),
        (2, "account", "row 2, account"),
        (2, "", "row 2"),
        (None, "date", "cell B3 of the sheet “Meeting”, Date"),
        (None, "presided_by", "cell B7 of the sheet “Meeting”, Presided by"),
        (None, "proposed_by", "of the sheet “Resolutions”, Proposed by"),
        (None, "cash_counted", "of the sheet “Cash counted”, Pieces"),
        (None, "cash", "cash"),
        (4, "foot account", "cell B4 of the sheet “Other receipts and payments”, Account"),
        (4, "foot", "row 4 of the sheet “Other receipts and payments”"),
    ],
)
def test_where_a_fault_of_the_books_stands(write: Write, row: int | None, field: str, said: str) -> None:
    assert read_meetings(write("m.xlsx", filled(fill, BLANK))).place_of(0, row, field) == said


def enter_less(book: Book) -> None:
    put(book, 2, attendance="P", savings=100, principal=400, interest=100)
    put(book, 3, repayment=120)
    put(book, 4, savings="99.50")
    put(book, 5, savings=100)


def test_a_copy_has_what_differs_marked(write: Write, tmp_path: Path) -> None:
    path = write("m.xlsx", filled(enter_less, BLANK))
    before = path.read_bytes()
    found = read_meetings(path)
    assert [(one.cell, str(one)) for one in differing(found)] == [
        ("L2", "Due: 500.00. Entered: 400.00."), ("E4", "Due: 100.00. Entered: 99.50."),
    ]  # fmt: skip
    write_marked(path, tmp_path / "marked.xlsx", differing(found))
    sheet = openpyxl.load_workbook(tmp_path / "marked.xlsx").worksheets[0]
    assert sheet["L2"].fill.fgColor.rgb == "FFEDB95E"
    assert sheet["L2"].comment is not None
    assert sheet["L2"].comment.text == "Due: 500.00. Entered: 400.00."
    assert sheet["M2"].comment is None
    assert read_meetings(tmp_path / "marked.xlsx").sheets == found.sheets
    assert path.read_bytes() == before


def test_a_copy_takes_the_place_of_nothing(write: Write, tmp_path: Path) -> None:
    path = write("m.xlsx", BLANK)
    for out, told in ((path, "this is there already"), (tmp_path / "no" / "m.xlsx", "the file cannot be written")):
        with pytest.raises(BadInput, match=told):
            write_marked(path, out, ())
    assert path.read_bytes() == BLANK


def test_digest_and_name(write: Write) -> None:
    path = write("m.xlsx", BLANK)
    found: MeetingFile = read_meetings(path)
    assert (found.digest, found.name) == (hashlib.sha256(BLANK).hexdigest(), str(path))
