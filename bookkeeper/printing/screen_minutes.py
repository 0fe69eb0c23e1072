"""The bound book of minutes on the screen: one meeting after the other, section by section, figures at the right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final, cast

from bookkeeper.printing.figures import clock_text, number_text
from bookkeeper.printing.screen_table import LineKind, ScreenColumn, ScreenLine, ScreenTable, columns_of, labelled
from bookkeeper.report import Report, Row

_WIDTH: Final = 3
_FIGURES: Final = {"amount": LineKind.ROW, "total": LineKind.SUM, "count": LineKind.SUM}
"""What the lines are that have a figure."""


def minutes(table: ScreenTable, report: Report) -> None:
    """A label or number, what is said, and the figure to it."""
    by_key = {column.key: column for column in report.columns}
    label = ScreenColumn(by_key["number"], "")
    table.columns = (label, *columns_of([by_key["what"], by_key["amount"]], table.language))
    for _, of_meeting in groupby(report.rows_counted(), key=lambda row: row["meeting"]):
        table.lines += _meeting(table, list(of_meeting))


def _meeting(table: ScreenTable, rows: list[Row]) -> Iterator[ScreenLine]:
    language = table.language
    number, day = number_text(rows[0]["meeting"], language), language.date(cast("str", rows[0]["date"]))
    said = language.say("Meeting {number}, on {date}", number=number, date=day)
    yield labelled(LineKind.HEADING, _WIDTH, 0, said, (rows[0],))
    for section, of_one in groupby(rows, key=lambda row: row["section"]):
        yield labelled(LineKind.HEADING, _WIDTH, 1, language.text(section), (rows[0],))
        for row in of_one:
            kind = _FIGURES.get(str(row["row"]), LineKind.ROW)
            yield ScreenLine(kind, _cells(table, row), (row,))


def _cells(table: ScreenTable, row: Row) -> tuple[object, ...]:
    text, what, name = table.language.text, row.get("what"), row.get("name")
    match row["row"]:
        case "fact" | "signature":
            return (text(what), clock_text(row.get("text") or name, table.language), None)
        case "person":
            return (number_text(row.get("member"), table.language), f"{text(name)}, {text(row['text'])}", None)
        case "amount" | "total" | "count":
            return (None, text(what), row["amount"])
        case "item":
            return (number_text(row["number"], table.language), text(row["text"]), None)
    return (None, text(row["text"]), None)
