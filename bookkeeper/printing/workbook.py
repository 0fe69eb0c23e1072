"""Reports as a workbook: amounts are true numbers, dates true dates, and no text is ever a formula.

Written as a stream: one row is in memory at a time. A register longer than a sheet goes on in a second one.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import cast

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from bookkeeper.printing.figures import western
from bookkeeper.printing.plain import places
from bookkeeper.report import Column, Kind, Part, Report, Row
from bookkeeper.words import Language

AMOUNT = r"[>=10000000]##\,##\,##\,##0.00;[>=100000]##\,##\,##0.00;##,##0.00"
DATE, TIME = "dd-mm-yyyy", "dd-mm-yyyy hh:mm"
LONGEST_SHEET = 1_048_576  # rows
LONGEST_TEXT = 32_767  # what a cell holds; XlsxWriter leaves a longer text out without a word
SAMPLE = 200  # rows that decide the widths

_WIDTHS = {Kind.MONEY: 16.0, Kind.BALANCE: 16.0, Kind.DATE: 12.0, Kind.COUNT: 10.0, Kind.PERCENT: 10.0}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

Put = Callable[[int, int, object], None]


def write_xlsx(report: Report, language: Language, path: Path) -> None:
    """Write a report as a workbook: a row of titles that stays in sight, and the rows; a sheet adds up itself."""
    language = western(language)
    columns = [column for column in report.columns if not column.key.startswith("_")]
    with Workbook(str(path), _OPTIONS) as book:
        _write(book, report, columns, language)
        for part in report.parts:
            _write_part(book, part, language)


def _write_part(book: Workbook, part: Part, language: Language) -> None:
    """A part on a sheet of its own: titles, and its rows."""
    columns = [column for column in part.columns if not column.key.startswith("_")]
    widths = [_width(column, language, part.rows) for column in columns]
    puts = _titled(book, language.say(part.title)[:31], columns, language, widths)
    for at, row in enumerate(part.rows, 1):
        for place, (column, put) in enumerate(zip(columns, puts, strict=True)):
            value = row.get(column.key)
            if value is not None:
                put(at, place, value)


def _write(book: Workbook, report: Report, columns: Sequence[Column], language: Language) -> None:
    rows = report.rows_counted()
    sample = list(islice(rows, SAMPLE))
    widths = [_width(column, language, sample) for column in columns]
    at = LONGEST_SHEET
    puts: list[Put] = []
    for row in chain(sample, rows):
        if at >= LONGEST_SHEET:
            puts, at = _sheet(book, report, columns, language, widths), 1
        for place, (column, put) in enumerate(zip(columns, puts, strict=True)):
            value = row.get(column.key)
            if value is not None:
                put(at, place, value)
        at += 1
    if not puts:
        _sheet(book, report, columns, language, widths)


def _sheet(
    book: Workbook, report: Report, columns: Sequence[Column], language: Language, widths: Sequence[float]
) -> list[Put]:
    """A new sheet with its titles, and for each column the function that writes a value in it."""
    number = len(book.worksheets()) + 1
    title = re.sub(r"[\[\]:*?/\\']", " ", language.say(report.register.title)).strip() or report.name
    return _titled(book, title[:31] if number == 1 else f"{title[:27]} {number}", columns, language, widths)


def _titled(
    book: Workbook, title: str, columns: Sequence[Column], language: Language, widths: Sequence[float]
) -> list[Put]:
    """A sheet of that name with its titles, and for each column the function that writes a value in it."""
    sheet = book.add_worksheet(title)
    titles = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    figures = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "align": "right"})
    sheet.freeze_panes(1, 0)
    for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
        sheet.set_column(place, place, width)
        aligned = titles if column.kind in (Kind.TEXT, Kind.DATE) else figures
        sheet.write_string(0, place, language.say(column.title), aligned)
    return [_put(book, sheet, column, language) for column in columns]


def _put(book: Workbook, sheet: Worksheet, column: Column, language: Language, *, bold: bool = False) -> Put:
    """The function that writes a value of a column at a row and place."""
    look = {"bold": True, "top": 1, "bottom": 6} if bold else {}
    if column.kind in (Kind.MONEY, Kind.BALANCE):
        amount = book.add_format({**look, "num_format": AMOUNT})
        return lambda row, place, value: sheet.write_number(row, place, cast("int", value) / 100, amount)
    if column.kind is Kind.DATE:
        return _put_date(book, sheet)
    if column.kind is Kind.COUNT:
        count = book.add_format({**look, "num_format": "0"})
        return lambda row, place, value: sheet.write_number(row, place, value, count)
    if column.kind is Kind.PERCENT:
        percent = book.add_format({**look, "num_format": "0.00"})
        return lambda row, place, value: sheet.write_number(row, place, float(str(value)), percent)
    text = book.add_format(look)
    return lambda row, place, value: sheet.write_string(row, place, _held(language.text(value)), text)


def _held(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def _put_date(book: Workbook, sheet: Worksheet) -> Put:
    date, time = book.add_format({"num_format": DATE}), book.add_format({"num_format": TIME})

    def put(row: int, place: int, value: object) -> None:
        iso = str(value)
        when = dt.datetime.fromisoformat(iso).replace(tzinfo=None)
        sheet.write_datetime(row, place, when, date if len(iso) == len("2024-04-01") else time)

    return put


def _width(column: Column, language: Language, sample: Sequence[Row]) -> float:
    if column.kind in _WIDTHS:
        return _WIDTHS[column.kind]
    texts = [language.say(column.title), *(language.text(row.get(column.key)) for row in sample)]
    return min(max(places(text) for text in texts), 60) + 2.0
