"""Registers and statements with two sides on the screen: both sides in one line, closed by the day or by sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final, cast

from bookkeeper.printing.screen_table import LineKind, ScreenLine, ScreenTable, columns_of
from bookkeeper.printing.sides import CLOSING, OPENING, agreeing, by_day, by_section, compared, sides_of
from bookkeeper.report import Column, Kind, Report, Row, Side
from bookkeeper.words import Language

_PERIOD: Final = ("Received in the period", "Paid in the period")

Entry = tuple[Row, tuple[str, ...]]
"""A row, and the keys from which it takes the figures of its side."""


def two_sided(table: ScreenTable, report: Report) -> None:
    """Receipts left, payments right, closed by the day."""
    by_key = {column.key: column for column in report.columns}
    sides, language = report.register.sides, table.language
    of_sides = [[by_key[key] for key in side.columns] for side in sides]
    table.sides = tuple((language.say(side.title), len(side.columns)) for side in sides)
    for place, columns in enumerate(of_sides):
        table.columns += tuple(columns_of(columns, language, begins_side=place > 0))
    for on, rows in by_day(report.rows_counted()):
        closing = next((row for row in rows if row["row"] == CLOSING), None)
        own = _entries(sides, rows)
        table.lines += _day(sides, of_sides, own, str(closing["date"]) if closing else on)
        if closing:
            table.lines.append(_day_sums(sides, of_sides, own))
    if table.lines:
        table.foot.append(_period_sums(table, report, of_sides))


def _entries(sides: Sequence[Side], rows: Sequence[Row]) -> list[list[Entry]]:
    """What stands on each side of a day: the opening first on the left, the closing last on the right."""
    own: list[list[Entry]] = [[(row, sides[0].balances) for row in rows if row["row"] == OPENING][:1]]
    own += [[] for _ in sides[1:]]
    for row in rows:
        if row["row"] not in (OPENING, CLOSING):
            for place in sides_of(row, sides):
                own[place].append((row, sides[place].flows))
    own[-1] += [(row, sides[-1].balances) for row in rows if row["row"] == CLOSING][:1]
    return own


def _period_sums(table: ScreenTable, report: Report, of_sides: Sequence[Sequence[Column]]) -> ScreenLine:
    values: list[object] = []
    for side, columns, said in zip(report.register.sides, of_sides, _PERIOD, strict=True):
        own: list[object] = [report.totals.get(column.key) if column.key in side.flows else None for column in columns]
        own[0] = table.language.say(said)
        values += own
    return ScreenLine(LineKind.TOTAL, tuple(values))


def _day(
    sides: Sequence[Side],
    of_sides: Sequence[Sequence[Column]],
    own: Sequence[Sequence[Entry]],
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
    own: Sequence[Sequence[Entry]],
) -> ScreenLine:
    values: list[object] = []
    for side, columns, rows in zip(sides, of_sides, own, strict=True):
        sums = {
            flow: sum(cast("int", row.get(keys[place]) or 0) for row, keys in rows)
            for place, flow in enumerate(side.flows)
        }
        values += [sums.get(column.key) for column in columns]
    return ScreenLine(LineKind.SUM, tuple(values))


def statement(table: ScreenTable, report: Report) -> None:
    """Sections side by side, as the balance sheet: the words, last year, this year; both sums at one height."""
    language, register = table.language, report.register
    rows = list(report.rows_counted())
    account = next(column for column in report.columns if column.key == "account")
    figures = compared(report, rows)
    own = [account, *figures]
    table.sides = tuple((language.say(section.title), len(own)) for section in register.sections)
    for place in range(len(register.sections)):
        table.columns += tuple(columns_of(own, language, begins_side=place > 0))
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
    for heading, of_one in by_section(rows, side, language):
        if heading:
            yield [heading, *[None] * (len(columns) - 1)], None
        for row in of_one:
            yield [row.get(column.key) for column in columns], row


def _balance(report: Report, columns: Sequence[Column], of_sides: Sequence[list[Cells]], language: Language) -> None:
    """Let both sides of an account of income agree."""
    left, right = (
        [sum(cast("int", cells[i] or 0) for cells, _ in lines) for i in range(1, len(columns))] for lines in of_sides
    )
    for side, said, figures in agreeing(report, left, right):
        of_sides[side].append(([language.say(said), *figures], {}))
