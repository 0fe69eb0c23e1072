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
    "added at the end": write_in(0, "AC1", "Remarks"),
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
        ("added at the end", "column AC, “Remarks”, was added. Delete it."),
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
    (lambda book: book.worksheets[0].__setitem__("AD4", "x"), "cell AD4: this stands beside the table"),
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
