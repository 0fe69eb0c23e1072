"""Reports as workbooks, read back with another library."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bookkeeper.printing import workbook
from bookkeeper.printing.workbook import write_xlsx
from bookkeeper.report import Column, Heading, Kind, Person, Register, Report, Row, Say, Total
from bookkeeper.words import language

COLUMNS = (
    Column("date", "Date", Kind.DATE),
    Column("particulars", "Particulars"),
    Column("debit", "Debit", Kind.MONEY, Total.SUM),
    Column("balance", "Balance", Kind.BALANCE),
    Column("members", "Members", Kind.COUNT),
    Column("share", "Share", Kind.PERCENT),
    Column("_voucher_id", "Hidden"),
)
HEADING = Heading("SHG1", Person("Savitri"), Person("Kudal"), "2023-11-05", "2023-12-31", None)
ROWS: list[Row] = [
    {"date": "2023-11-05", "particulars": Say("Opening balance"), "debit": None, "balance": 0, "_voucher_id": 7},
    {
        "date": "2023-11-06",
        "particulars": "=1+1",
        "debit": 9_99_99_999_29,
        "balance": -5,
        "members": 15,
        "share": "91.67",
    },
]


def sheets(rows: Iterable[Row], out: Path, code: str = "en") -> list[Worksheet]:
    register = Register("Day book", COLUMNS)
    write_xlsx(Report("day-book", register, HEADING, COLUMNS, rows), language(code), out)
    return list(openpyxl.load_workbook(out))


def test_titles_stay_in_sight_and_are_translated(tmp_path: Path) -> None:
    (sheet,) = sheets(ROWS, tmp_path / "a.xlsx", "mr")
    assert [cell.value for cell in sheet[1]][:2] == [language("mr").say("Date"), language("mr").say("Particulars")]
    assert sheet.freeze_panes == "A2"
    assert sheet.max_column == 6


def test_amounts_are_numbers_exact_to_the_paisa(tmp_path: Path) -> None:
    (sheet,) = sheets(ROWS, tmp_path / "a.xlsx")
    assert sheet["C3"].value == 99999999.29
    assert sheet["D3"].value == -0.05
    assert sheet["D2"].value == 0
    assert sheet["C2"].value is None
    assert "##" in sheet["C3"].number_format


@pytest.mark.parametrize("paise", [1, 10, 29, 100, 123450, 9_99_99_99_99_99_99, -1, -123456789])
def test_no_amount_loses_a_paisa(tmp_path: Path, paise: int) -> None:
    (sheet,) = sheets([{"debit": paise}], tmp_path / "a.xlsx")
    assert round(sheet["C2"].value * 100) == paise


def test_dates_are_dates(tmp_path: Path) -> None:
    (sheet,) = sheets([*ROWS, {"date": "2024-04-05 11:42"}], tmp_path / "a.xlsx")
    assert sheet["A2"].value == dt.datetime(2023, 11, 5)  # noqa: DTZ001 - a day has no zone
    assert sheet["A2"].number_format == "dd-mm-yyyy"
    assert sheet["A4"].value == dt.datetime(2024, 4, 5, 11, 42)  # noqa: DTZ001 - local time, as the books show it


@pytest.mark.parametrize("text", ["=1+1", "{=A1}", "+1", "-1", "@x", "http://x.in", "007", "<b>&", "a\x0bb"])
def test_no_text_is_a_formula_a_link_or_a_number(tmp_path: Path, text: str) -> None:
    (sheet,) = sheets([{"particulars": text}], tmp_path / "a.xlsx")
    assert sheet["B2"].value.replace("_x000B_", "\x0b") == text
    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].hyperlink is None
    with ZipFile(tmp_path / "a.xlsx") as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_a_sheet_has_its_rows_and_no_line_of_totals(tmp_path: Path) -> None:
    (sheet,) = sheets(ROWS, tmp_path / "a.xlsx")
    assert sheet.max_row == 1 + len(ROWS)


def test_an_empty_report_has_its_titles(tmp_path: Path) -> None:
    (sheet,) = sheets([], tmp_path / "a.xlsx")
    assert sheet["A1"].value == "Date"
    assert sheet.max_row == 1


def test_a_register_longer_than_a_sheet_goes_on_in_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LONGEST_SHEET", 11)
    rows: list[Row] = [{"particulars": f"row {n}", "debit": 100} for n in range(25)]
    made = sheets(rows, tmp_path / "a.xlsx")
    assert [sheet.title for sheet in made] == ["Day book", "Day book 2", "Day book 3"]
    found = [cell.value for sheet in made for cell in sheet["B"][1:]]
    assert found == [f"row {n}" for n in range(25)]


def test_a_very_long_text_is_not_left_out(tmp_path: Path) -> None:
    (sheet,) = sheets([{"particulars": "x" * 40_000}], tmp_path / "a.xlsx")
    assert sheet["B2"].value.startswith("xxx")
