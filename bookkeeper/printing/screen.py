"""A report as the screen shows it: one table of lines, from the same declaration as paper.

Lines hold raw values; `ScreenTable.text` makes the text of one cell when it is painted, so that a hundred thousand rows
are there as soon as they are read. Two-sided registers and statements with two sides have both sides in one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from heapq import nlargest
from itertools import groupby, zip_longest
from typing import Final, cast

from bookkeeper.printing.figures import (
    FIGURES,
    FOLIO,
    MEMBER,
    RIGHT,
    VOUCHERS,
    begins_group,
    cell_text,
    head_lines,
    nothing,
    year_suffix,
)
from bookkeeper.printing.plain import totals
from bookkeeper.printing.sides import CLOSING, OPENING, by_day, sides_of
from bookkeeper.report import Column, Kind, Layout, Part, Report, Row, Side, Total
from bookkeeper.words import Language

SURPLUS: Final = "surplus"
_ISO_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
WIDEST: Final = 12
"""How many of a column's longest texts are kept to measure its width by."""


class LineKind(StrEnum):
    """What a line is; it decides its weight and its rules."""

    ROW = "row"
    SUM = "sum"  # closes a group or a day
    HEADING = "heading"  # a section, or the name of a part below the rows
    NOTE = "note"  # a sentence over the whole width
    TOTAL = "total"  # at the foot, always in sight


@dataclass(frozen=True, slots=True)
class ScreenColumn:
    """A column on the screen: its declaration, its head, and which rules stand before it.

    `edge` is "left", "right" or "centre"; `is_words` whether its texts may take several lines.
    """

    column: Column
    head: str
    under: str = ""
    edge: str = "left"
    begins_group: bool = False
    begins_side: bool = False

    @property
    def is_words(self) -> bool:
        """Whether it holds words, which may take several lines, and takes the width that is left."""
        column = self.column
        return column.kind is Kind.TEXT and not column.marks and column.key not in (*VOUCHERS, FOLIO, MEMBER, "loan")


@dataclass(slots=True)
class ScreenLine:
    """A line: its values by column (a `str` stands as it is), and the rows of the report that it shows, by side."""

    kind: LineKind
    values: tuple[object, ...]
    rows: tuple[Row | None, ...] = ()


@dataclass
class ScreenTable:
    """A report laid out for the screen. `foot` are the lines that are always in sight; `said` names the period."""

    name: str
    title: str
    said: str
    language: Language
    columns: tuple[ScreenColumn, ...] = ()
    sides: tuple[tuple[str, int], ...] = ()  # the title of each side, and how many columns it has
    lines: list[ScreenLine] = field(default_factory=list)
    foot: list[ScreenLine] = field(default_factory=list)
    suffix: str = ""
    longest: tuple[tuple[str, ...], ...] = ()  # by column, the texts to measure its width by

    def text(self, line: ScreenLine, place: int) -> str:
        """The text of a cell."""
        value = line.values[place]
        if type(value) is str and line.kind is not LineKind.ROW:
            return value
        return cell_text(self.columns[place].column, value, self.language, self.suffix)


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
        _two_sided(table, report)
    elif report.register.sections:
        _statement(table, report)
    else:
        _ruled(table, report)
    if not table.lines:
        words = max((i for i, one in enumerate(table.columns) if one.is_words), default=0)
        table.lines.append(_labelled(LineKind.NOTE, len(table.columns), words, nothing(report, language)))
    for part in report.parts:
        table.lines += _part(table, part)
    for note in heading.notes:
        table.lines.append(_labelled(LineKind.NOTE, len(table.columns), 0, language.text(note)))
    table.longest = tuple(_longest(table, place) for place in range(len(table.columns)))
    return table


def _columns(columns: Sequence[Column], language: Language, *, begins_side: bool = False) -> list[ScreenColumn]:
    made: list[ScreenColumn] = []
    for place, column in enumerate(columns):
        edge = "right" if column.kind in RIGHT or column.key == MEMBER else "left"
        edge = "centre" if column.key == FOLIO or column.marks else edge
        head = _dated(column.head or column.title, language) or "\n".join(head_lines(column, language))
        under = language.digits(language.say(column.under)) if column.under else ""
        group = place > 0 and begins_group(columns[place - 1], column)
        made.append(ScreenColumn(column, head, under, edge, group, begins_side and place == 0))
    return made


def _dated(head: str, language: Language) -> str:
    """A head that is a day, as statements have it, as the reader writes days; else ""."""
    return language.date(head) if _ISO_DAY.fullmatch(head) else ""


def _labelled(kind: LineKind, width: int, place: int, label: str, rows: tuple[Row | None, ...] = ()) -> ScreenLine:
    values: list[object] = [None] * width
    values[place] = label
    return ScreenLine(kind, tuple(values), rows)


# ---------------------------------------------------------------------------------------------- the ruled table


def _ruled(table: ScreenTable, report: Report) -> None:
    """Rows under their heads; a group says once what it has in common, and is closed with its sums."""
    register, language = report.register, table.language
    columns = [column for column in report.columns if column.is_read]
    keys = [column.key for column in columns]
    table.columns = tuple(_columns(columns, language))
    once = {register.group, *register.once} if register.group else set()
    blank = [key in once for key in keys]
    summed = [i for i, column in enumerate(columns) if column.total is Total.SUM]
    closes = bool(register.group) and register.subtotals and bool(summed)
    label = _label_place(columns)
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
            values = tuple(None if hidden else row.get(key) for key, hidden in zip(keys, blank, strict=True))
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


def _label_place(columns: Sequence[Column]) -> int:
    """The column in which a line of sums says what it is: the last of words before the figures."""
    figures = next((i for i, column in enumerate(columns) if column.kind in FIGURES), len(columns))
    words = [i for i, column in enumerate(columns) if column.kind is Kind.TEXT and not column.marks]
    wide = [i for i in words if i < figures and columns[i].key not in (*VOUCHERS, FOLIO, MEMBER, "loan")]
    return (wide or [i for i in words if i < figures] or words or [0])[-1]


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
    yield _labelled(LineKind.HEADING, width, 0, language.say(part.title))
    for row in part.rows:
        texts = [cell_text(column, row.get(column.key), language) for column in columns]
        heads = [language.say(column.head or column.title) for column in columns]
        first, *rest = zip(heads, texts, columns, strict=True)
        said = [first[1], *(f"{head} {text}" for head, text, _ in rest if text)]
        yield _labelled(LineKind.NOTE, width, 0, " · ".join(filter(None, said)), (row,))


# --------------------------------------------------------------------------------------------------- two sides


def _two_sided(table: ScreenTable, report: Report) -> None:
    """Receipts left, payments right, closed by the day."""
    by_key = {column.key: column for column in report.columns}
    sides, language = report.register.sides, table.language
    of_sides = [[by_key[key] for key in side.columns] for side in sides]
    table.sides = tuple((language.say(side.title), len(side.columns)) for side in sides)
    for place, columns in enumerate(of_sides):
        table.columns += tuple(_columns(columns, language, begins_side=place > 0))
    opened = False
    for on, rows in by_day(report.rows_counted()):
        opening = next((row for row in rows if row["row"] == OPENING), None)
        closing = next((row for row in rows if row["row"] == CLOSING), None)
        own: list[list[tuple[Row, tuple[str, ...]]]] = [[] for _ in sides]
        if opening:
            own[0].append((opening, sides[0].balances))
        for row in rows:
            if row["row"] not in (OPENING, CLOSING):
                for place in sides_of(row, sides):
                    own[place].append((row, sides[place].flows))
        if closing:
            own[-1].append((closing, sides[-1].balances))
        table.lines += _day(sides, of_sides, own, str(closing["date"]) if closing else on)
        if closing:
            table.lines.append(_day_sums(sides, of_sides, own))
        opened = True
    if opened:
        values: list[object] = []
        for side, columns, said in zip(sides, of_sides, ("Received in the period", "Paid in the period"), strict=True):
            own_values: list[object] = [
                report.totals.get(column.key) if column.key in side.flows else None for column in columns
            ]
            own_values[_label_place(columns)] = language.say(said)
            values += own_values
        table.foot.append(ScreenLine(LineKind.TOTAL, tuple(values)))


def _day(
    sides: Sequence[Side],
    of_sides: Sequence[Sequence[Column]],
    own: Sequence[Sequence[tuple[Row, tuple[str, ...]]]],
    closed_on: str,
) -> Iterator[ScreenLine]:
    """The lines of a day, both sides beside each other; the date stands once on each side."""
    dated = [False] * len(sides)
    for both in zip_longest(*own):
        values: list[object] = []
        rows: list[Row | None] = []
        for place, (side, columns, one) in enumerate(zip(sides, of_sides, both, strict=True)):
            if one is None:
                values += [None] * len(columns)
                rows.append(None)
                continue
            row, keys = one
            flows = dict(zip(side.flows, (row.get(key) or 0 for key in keys), strict=True))
            on = closed_on if row["row"] == CLOSING else row["date"]
            for column in columns:
                value = flows.get(column.key, row.get(column.key))
                values.append((None if dated[place] else on) if column.kind is Kind.DATE else value)
            dated[place] = True
            rows.append(row)
        yield ScreenLine(LineKind.ROW, tuple(values), tuple(rows))


def _day_sums(
    sides: Sequence[Side],
    of_sides: Sequence[Sequence[Column]],
    own: Sequence[Sequence[tuple[Row, tuple[str, ...]]]],
) -> ScreenLine:
    values: list[object] = []
    for side, columns, rows in zip(sides, of_sides, own, strict=True):
        sums = {
            flow: sum(cast("int", row.get(keys[place]) or 0) for row, keys in rows)
            for place, flow in enumerate(side.flows)
        }
        values += [sums.get(column.key) for column in columns]
    return ScreenLine(LineKind.SUM, tuple(values))


# ---------------------------------------------------------------------------------------------------- statements


def _statement(table: ScreenTable, report: Report) -> None:
    """Sections side by side, as the balance sheet: the words, last year, this year; both sums at one height."""
    language, register = table.language, report.register
    rows = list(report.rows_counted())
    account = next(column for column in report.columns if column.key == "account")
    figures = [column for column in report.columns if column.kind in FIGURES and column.is_read]
    figures = [
        column for column in figures if column.key == figures[-1].key or any(row.get(column.key) for row in rows)
    ]
    own = [account, *figures]
    table.sides = tuple((language.say(section.title), len(own)) for section in register.sections)
    for place in range(len(register.sections)):
        table.columns += tuple(_columns(own, language, begins_side=place > 0))
    of_sides = [
        list(_section(own, [row for row in rows if row["side"] == section.key], language.say(section.title), language))
        for section in register.sections
    ]
    _balance(report, own, of_sides, language)
    for both in zip_longest(*of_sides):
        values: list[object] = []
        shown: list[Row | None] = []
        heading = any(one is not None and one[1] is None for one in both) and not any(one and one[1] for one in both)
        for one in both:
            values += one[0] if one else [None] * len(own)
            shown.append(one[1] if one else None)
        table.lines.append(ScreenLine(LineKind.HEADING if heading else LineKind.ROW, tuple(values), tuple(shown)))
    if rows:
        sums: list[object] = []
        for lines in of_sides:
            of_rows = [cells for cells, row in lines if row is not None or cells[-1] is not None]
            sums += [language.say("Total")]
            sums += [sum(cast("int", cells[i + 1] or 0) for cells in of_rows) for i in range(len(figures))]
        table.foot.append(ScreenLine(LineKind.TOTAL, tuple(sums)))


Cells = tuple[list[object], Row | None]


def _section(columns: Sequence[Column], rows: Sequence[Row], side: str, language: Language) -> Iterator[Cells]:
    for section, of_one in groupby(rows, key=lambda row: row["section"]):
        said = language.text(section)
        if said and said != side:
            yield [said, *[None] * (len(columns) - 1)], None
        for row in of_one:
            yield [row.get(column.key) for column in columns], row


def _balance(report: Report, columns: Sequence[Column], of_sides: Sequence[list[Cells]], language: Language) -> None:
    """Let both sides of an account of income agree: what is missing left is a surplus, right a deficit."""
    if SURPLUS not in report.totals:
        return
    sums = [
        [sum(cast("int", cells[i] or 0) for cells, _ in lines) for i in range(1, len(columns))] for lines in of_sides
    ]
    over = [right - left for left, right in zip(*sums, strict=True)]
    if any(more > 0 for more in over):
        of_sides[0].append(([language.say("Surplus"), *[max(more, 0) for more in over]], {}))
    if any(more < 0 for more in over):
        of_sides[1].append(([language.say("Deficit"), *[max(-more, 0) for more in over]], {}))


# -------------------------------------------------------------------------------------------------------- widths


def _longest(table: ScreenTable, place: int) -> tuple[str, ...]:
    """The texts by which a column's width is measured: the longest words, the largest and the smallest figures."""
    column = table.columns[place]
    lines = [*table.lines, *table.foot]
    values = [line.values[place] for line in lines if line.kind not in (LineKind.NOTE, LineKind.HEADING)]
    there = [value for value in values if value is not None]
    if column.column.kind in RIGHT:
        numbers = [value for value in there if isinstance(value, int)]
        most = [max(numbers), min(numbers)] if numbers else []
        texts = [value for value in there if isinstance(value, str)]
        return tuple(_shown(table, column, value) for value in most) + tuple(nlargest(3, texts, key=len))
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
