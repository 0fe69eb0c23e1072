"""What a spreadsheet shows otherwise than it keeps it: percent, hidden rows, times; and names, charts, no numbers."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.workbook import Workbook as Book

from bookkeeper.exchange.meetings import MeetingFile, read_meetings
from bookkeeper.exchange.members import read_members
from bookkeeper.rules.money import Paise
from tests.exchange.test_meetings_workbook import BLANK, cell, filled, put, put_head

Write = Callable[[str, str | bytes], Path]
Refusal = Callable[[Callable[[Path], object], Path], str]


def percent(book: Book, key: str, value: float, shown: str = "0%") -> None:
    """Enter a number in the first woman's row, shown in a format."""
    put(book, 2, attendance="P", new_loan=1000)
    there = book.worksheets[0][cell(key, 2)]
    there.value, there.number_format = value, shown


@pytest.mark.parametrize(
    ("value", "shown", "rate"),
    [
        (0.02, "0%", "2"),
        (0.02, "0.00%", "2"),
        (0.015, "0.0%", "1.5"),
        (0.07, "[Red]0%", "7"),
        (0.1 + 0.2 - 0.28, "0%", "2"),
        (0, "0%", "0"),
        (2, "0.00", "2"),
        (1.5, '0.0" %"', "1.5"),
        (1.5, r"0.0\%", "1.5"),
    ],
)
def test_a_rate_is_read_as_it_is_shown(write: Write, value: float, shown: str, rate: str) -> None:
    data = filled(lambda book: percent(book, "rate_per_month", value, shown), BLANK)
    (sheet,) = read_meetings(write("m.xlsx", data)).sheets
    assert sheet.rows[0].new_loan is not None
    assert sheet.rows[0].new_loan.rate_per_month == rate


@pytest.mark.parametrize(("key", "title"), [("savings", "Savings"), ("instalments", "Instalments")])
def test_only_a_rate_is_percent(write: Write, refusal: Refusal, key: str, title: str) -> None:
    data = filled(lambda book: percent(book, key, 0.5), BLANK)
    told = f"cell {cell(key, 2)}, {title}: this is shown as 50%, and is no rate. Format the cell as a number"
    assert refusal(read_meetings, write("m.xlsx", data)).startswith(told)


def test_a_member_s_number_is_no_percent(write: Write, refusal: Refusal) -> None:
    book = Book()
    page = book.worksheets[0]
    page.append(["member", "name", "joined"])
    page.append([0.01, "Asha"])
    page["A2"].number_format = "0%"
    out = io.BytesIO()
    book.save(out)
    assert "cell A2: this is shown as 1%" in refusal(read_members, write("m.xlsx", out.getvalue()))


def hide(book: Book) -> None:
    first, _, count, foot, *_ = book.worksheets
    put(book, 2, attendance="P", savings=100)
    put(book, 4, attendance="P")
    foot.append(["payment", "stationery", 30])
    count["B3"] = 1
    for sheet, row in ((first, 2), (first, 3), (first, 5), (foot, 2), (count, 3), (count, 4)):
        sheet.row_dimensions[row].hidden = True


def test_a_hidden_row_is_read_and_told(write: Write) -> None:
    found = read_meetings(write("m.xlsx", filled(hide, BLANK)))
    assert found.hidden == (
        "row 2 is hidden and was read.",
        "row 2 of the sheet “Other receipts and payments” is hidden and was read.",
        "row 3 of the sheet “Cash counted” is hidden and was read.",
    )
    assert (found.sheets[0].rows[0].savings, len(found.sheets[0].other)) == (Paise(10_000), 1)
    assert read_meetings(write("n.xlsx", BLANK)).hidden == ()


def names(found: MeetingFile) -> list[tuple[tuple[int, str], ...]]:
    return [row.names for row in found.sheets[0].rows]


def test_the_names_go_with_the_rows(write: Write) -> None:
    def other_name(book: Book) -> None:
        put(book, 2, attendance="P")
        put(book, 3, name="Usha")

    def no_name(book: Book) -> None:
        put(book, 2, attendance="P")
        put(book, 3, principal=5, name=None)

    found = read_meetings(write("m.xlsx", filled(other_name, BLANK)))
    assert names(found) == [((2, "Asha"), (3, "Usha"))]
    assert found.place_of(0, 3, "name") == "cell B3, Name"
    assert names(read_meetings(write("n.xlsx", filled(no_name, BLANK)))) == [((2, "Asha"),)]


def test_a_fine_of_nought_is_not_a_fine_left_out(write: Write) -> None:
    def waive(book: Book) -> None:
        put(book, 2, attendance="T", fine_levied=0)
        put(book, 4, attendance="T")

    (sheet,) = read_meetings(write("m.xlsx", filled(waive, BLANK))).sheets
    assert [row.fine_levied for row in sheet.rows] == [Paise(0), None]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (dt.datetime(2024, 5, 5, 11, 30), "Date: there is a time with the day. Write the day alone: 2024-05-05."),  # noqa: DTZ001
        ("=A1", "Date: there is a formula in this cell."),
    ],
)
def test_the_cell_of_the_day_is_called_by_its_line(
    write: Write, refusal: Refusal, value: dt.datetime | str, told: str
) -> None:
    data = filled(lambda book: put_head(book, date=value), BLANK)
    said = refusal(lambda path: read_meetings(path, gather=False), write("m.xlsx", data))
    assert said.startswith(f"cell B3 of the sheet “Meeting”, {told}")


def test_a_number_of_a_meeting_has_five_figures(write: Write, refusal: Refusal) -> None:
    data = filled(lambda book: put_head(book, number=100_000), BLANK)
    said = refusal(read_meetings, write("m.xlsx", data))
    assert said == (
        "cell B4 of the sheet “Meeting”, Meeting number: “100000” is too large for the number of a meeting. "
        "Write one up to 99999."
    )
    (sheet,) = read_meetings(write("n.xlsx", filled(lambda book: put_head(book, number=99_999), BLANK))).sheets
    assert sheet.number == 99_999


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with some bytes of a part exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as there, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in there.namelist():
            content = there.read(name)
            copy.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


def test_a_value_that_is_no_number_names_its_cell(write: Write, refusal: Refusal) -> None:
    data = filled(lambda book: put(book, 2, savings=777), BLANK)
    data = changed(data, "xl/worksheets/sheet1.xml", b"<v>777</v>", b"<v>NaN</v>")
    said = refusal(read_meetings, write("m.xlsx", data))
    assert said == f"cell {cell('savings', 2)} of the sheet “Meeting sheet”: “NaN” is no number. Write the value again."


def test_a_chart_on_a_sheet_of_its_own_is_in_nobody_s_way(write: Write) -> None:
    def draw(book: Book) -> None:
        chart = BarChart()
        chart.add_data(Reference(book.worksheets[0], min_col=5, min_row=1, max_row=3))
        book.create_chartsheet("Chart").add_chart(chart)

    assert len(read_meetings(write("m.xlsx", filled(draw, BLANK))).sheets) == 1


def test_a_chart_sheet_that_cannot_be_read_is_named(write: Write, refusal: Refusal) -> None:
    book = openpyxl.load_workbook(io.BytesIO(BLANK))
    book.create_chartsheet("Chart")
    out = io.BytesIO()
    book.save(out)
    data = changed(out.getvalue(), "xl/chartsheets/sheet1.xml", b"<", b"<<")
    said = refusal(read_meetings, write("m.xlsx", data))
    assert said.startswith("this workbook holds a sheet that is no table (it is a chart). Delete it.")
    assert "CSV" not in said
    assert "CSV" not in refusal(read_meetings, write("n.xlsx", b"PK\x03\x04 broken"))
