"""A report as the screen shows it: one table of lines, from the same declaration as paper.

Lines hold raw values; `ScreenTable.text` makes the text of one cell when it is painted, so that a hundred thousand rows
are there as soon as they are read. Two-sided registers and statements with two sides have both sides in one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from typing import Final, cast

from bookkeeper.printing.figures import RIGHT, cell_text, nothing, year_suffix
from bookkeeper.printing.plain import totals
from bookkeeper.printing.screen_sides import statement, two_sided
from bookkeeper.printing.screen_table import (
    LineKind,
    ScreenColumn,
    ScreenLine,
    ScreenTable,
    columns_of,
    label_place,
    labelled,
)
from bookkeeper.report import Column, Kind, Layout, Part, Report, Row, Total
from bookkeeper.words import Language

WIDEST: Final = 12
"""How many of a column's longest texts are kept to measure its width by."""


def screen_table(report: Report, language: Language) -> ScreenTable:
    """Lay a report out for the screen; its rows are read to the end."""
    heading = report.heading
    said = ""
    if heading.since and heading.until:
        said = language.period(heading.since, heading.until)
    elif heading.as_of:
        said = language.say("as on {date}", date=language.date(heading.as_of))
    table = ScreenTable(report.name, language.say(report.register.title), said, language, suffix=year_suffix(heading))
    if report.register.layout is Layout.TWO_SIDED:
        two_sided(table, report)
    elif report.register.sections:
        statement(table, report)
    else:
        _ruled(table, report)
    if not table.lines:
        words = max((i for i, one in enumerate(table.columns) if one.is_words), default=0)
        table.lines.append(labelled(LineKind.NOTE, len(table.columns), words, nothing(report, language)))
    for part in report.parts:
        table.lines += _part(table, part)
    for note in heading.notes:
        table.lines.append(labelled(LineKind.NOTE, len(table.columns), 0, language.text(note)))
    lines = [line.values for line in (*table.lines, *table.foot) if line.kind not in (LineKind.NOTE, LineKind.HEADING)]
    table.longest = tuple(_longest(table, lines, place) for place in range(len(table.columns)))
    return table


# ---------------------------------------------------------------------------------------------- the ruled table


def _ruled(table: ScreenTable, report: Report) -> None:
    """Rows under their heads; a group says once what it has in common, and is closed with its sums."""
    register, language = report.register, table.language
    columns = [column for column in report.columns if column.is_read]
    keys = [column.key for column in columns]
    table.columns = tuple(columns_of(columns, language))
    once = {register.group, *register.once} if register.group else set()
    again = ["" if key in once else key for key in keys]  # no row has anything under ""
    summed = [i for i, column in enumerate(columns) if column.total is Total.SUM]
    closes = bool(register.group) and register.subtotals and bool(summed)
    label = label_place(columns)
    last: Row = {}
    before: object = object()
    own: list[Row] = []
    for row in report.rows_counted():
        if register.group and row.get(register.group) != before:
            if closes and len(own) > 1:
                table.lines.append(_sums(own, columns, summed, label, language.say("Total")))
            before, own = row.get(register.group), []
            values = tuple(map(row.get, keys))
        elif register.group:
            values = tuple(map(row.get, again))
        else:
            values = tuple(map(row.get, keys))
        if closes:
            own.append(row)
        last = row
        table.lines.append(ScreenLine(LineKind.ROW, values, (row,)))
    if closes and len(own) > 1:
        table.lines.append(_sums(own, columns, summed, label, language.say("Total")))
    if last and register.closes_with_totals and (figures := totals(report, columns, last)):
        values_of = [figures.get(key) for key in keys]
        if values_of[label] is None:
            values_of[label] = language.say("Total")
        table.foot.append(ScreenLine(LineKind.TOTAL, tuple(values_of)))
    table.foot += [
        _closing_part(part, columns, row, table) for part in report.parts if part.closes for row in part.rows
    ]


def _sums(rows: Sequence[Row], columns: Sequence[Column], summed: Sequence[int], label: int, said: str) -> ScreenLine:
    values: list[object] = [None] * len(columns)
    for i in summed:
        values[i] = sum(cast("int", row.get(columns[i].key) or 0) for row in rows)
    for i, column in enumerate(columns):
        if column.total is Total.LAST:
            values[i] = rows[-1].get(column.key)
    if values[label] is None:
        values[label] = said
    return ScreenLine(LineKind.SUM, tuple(values))


def _closing_part(part: Part, columns: Sequence[Column], row: Row, table: ScreenTable) -> ScreenLine:
    own = {column.key: column for column in part.columns}
    values: list[object] = []
    for column in columns:
        value = row.get(column.key)
        values.append(cell_text(own[column.key], value, table.language) if column.key in own else value)
    words = [i for i, column in enumerate(columns) if column.kind is Kind.TEXT and column.key not in own]
    if words:
        values[words[-1] if len(words) < 3 else words[1]] = table.language.say(part.title)  # noqa: PLR2004  # the name's column
    return ScreenLine(LineKind.TOTAL, tuple(values))


def _part(table: ScreenTable, part: Part) -> Iterator[ScreenLine]:
    """A small table below the rows, each row as one sentence over the width."""
    columns = [column for column in part.columns if column.is_read]
    if part.closes or not part.rows or not columns:
        return
    width, language = len(table.columns), table.language
    yield labelled(LineKind.HEADING, width, 0, language.say(part.title))
    for row in part.rows:
        texts = [cell_text(column, row.get(column.key), language) for column in columns]
        heads = [language.say(column.head or column.title) for column in columns]
        first, *rest = zip(heads, texts, columns, strict=True)
        said = [first[1], *(f"{head} {text}" for head, text, _ in rest if text)]
        yield labelled(LineKind.NOTE, width, 0, " · ".join(filter(None, said)), (row,))


# -------------------------------------------------------------------------------------------------------- widths


def _longest(table: ScreenTable, lines: Sequence[tuple[object, ...]], place: int) -> tuple[str, ...]:
    """The texts by which a column's width is measured: the longest words, the largest and the smallest figures."""
    column = table.columns[place]
    there = [values[place] for values in lines if values[place] is not None]
    if column.column.kind in RIGHT:
        numbers = [value for value in there if isinstance(value, int)]
        most = [max(numbers), min(numbers)] if numbers else []
        said = [value for value in there if isinstance(value, str)]
        return tuple(_shown(table, column, value) for value in most) + tuple(nlargest(3, said, key=len))
    texts = {_shown(table, column, value) for value in _distinct(there)}
    return tuple(nlargest(WIDEST, texts, key=len))


def _distinct(values: Iterable[object]) -> Iterable[object]:
    try:
        return set(values)
    except TypeError:
        return list(values)


def _shown(table: ScreenTable, column: ScreenColumn, value: object) -> str:
    if isinstance(value, str) and column.column.kind in RIGHT:
        return value
    return cell_text(column.column, value, table.language, table.suffix)
