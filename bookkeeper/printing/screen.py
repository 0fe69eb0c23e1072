"""A report as the screen shows it: one table of lines, from the same declaration as paper.

Lines hold raw values; `ScreenTable.text` makes the text of one cell when it is painted, so that a hundred thousand rows
are there as soon as they are read. Two-sided registers and statements with two sides have both sides in one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from heapq import nlargest
from itertools import chain
from typing import Final, cast

from bookkeeper.printing.figures import (
    MEMBER,
    NUMBERS,
    RIGHT,
    cell_text,
    day_text,
    head_lines,
    money_text,
    nothing,
    number_text,
    year_suffix,
)
from bookkeeper.printing.loan_words import how_far, of_loan
from bookkeeper.printing.plain import totals
from bookkeeper.printing.screen_minutes import minutes
from bookkeeper.printing.screen_sides import statement, two_sided
from bookkeeper.printing.screen_table import (
    Fact,
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

_BOXES: Final = "boxes"
_INSTALMENTS: Final = "instalments"
_FOOT: Final = "foot"
"""The parts of a report that paper sets in a form of their own, and what is theirs here."""

_SHOWN: Final = "_shown"
"""What a row says where its value is one to be read again by the program."""

_OF_LEAF: Final = (MEMBER, "name")
"""What the head of a member's leaf says once for all its rows."""

_PAIR: Final = 2
_LONG: Final = 40
"""Letters beyond which a name with what belongs to it takes a line of its own."""


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
    elif report.register.layout is Layout.MINUTES:
        minutes(table, report)
    elif report.register.sections:
        statement(table, report)
    else:
        _ruled(table, report)
    if not table.lines:
        table.nothing = nothing(report, language)
    else:
        _below(table, report)
    lines = [line.values if line.kind is LineKind.ROW else _own(line.values) for line in (*table.lines, *table.foot)]
    table.longest = tuple(_longest(table, lines, place) for place in range(len(table.columns)))
    return table


def _below(table: ScreenTable, report: Report) -> None:
    """What stands beside the rows: the figures above them, what is told below."""
    table.facts = tuple(_facts(report, table.language))
    for part in report.parts:
        if not part.closes and part.key != _BOXES and part.rows:
            table.lines += _part(table, part)
    for note in report.heading.notes:
        table.lines.append(labelled(LineKind.NOTE, len(table.columns), 0, table.language.text(note)))


# ---------------------------------------------------------------------------------------------- the ruled table


def _ruled(table: ScreenTable, report: Report) -> None:
    """Rows under their heads; a group says once what it has in common, and is closed with its sums."""
    register, language = report.register, table.language
    rows = report.rows_counted()
    columns = [column for column in report.columns if column.is_read]
    if register.layout is Layout.STATEMENT and any(part.key == _BOXES for part in report.parts):
        first = next(rows, {})
        table.whose = _whose(first, language)
        rows = chain([first] if first else [], rows)
        columns = [column for column in columns if column.key not in _OF_LEAF]
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
    for row in rows:
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
    is_only = len(own) == len(table.lines)  # one group alone: its sums are the foot's
    if closes and len(own) > 1 and not (is_only and register.closes_with_totals):
        table.lines.append(_sums(own, columns, summed, label, language.say("Total")))
    if last and register.closes_with_totals and (figures := totals(report, columns, last)):
        values_of = [figures.get(key) for key in keys]
        if values_of[label] is None:
            values_of[label] = language.say("Total")
        table.foot.append(ScreenLine(LineKind.TOTAL, tuple(values_of)))
    table.foot += [
        _closing_part(part, columns, row, table) for part in report.parts if part.closes for row in part.rows
    ]


def _whose(row: Row, language: Language) -> str:
    """The member of whom a leaf is."""
    number = language.say("Member no. {number}", number=number_text(row.get("member"), language))
    return f"{language.text(row.get('name'))} · {number}"


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


def _facts(report: Report, language: Language) -> Iterator[Fact]:
    """The figures that paper sets in boxes above the rows."""
    for part in report.parts:
        if part.key == _BOXES:
            for row in part.rows:
                title, amount, note = (cell_text(column, row.get(column.key), language) for column in part.columns)
                yield Fact(title, amount, note)


def _part(table: ScreenTable, part: Part) -> Iterator[ScreenLine]:
    """A small table below the rows: its title, then its rows, told."""
    width, language = len(table.columns), table.language
    told = list(_told(part, language))
    if told:
        yield labelled(LineKind.HEADING, width, 0, language.say(part.title))
    for said, row in told:
        yield labelled(LineKind.NOTE, width, 0, said, (row,))


def _told(part: Part, language: Language) -> Iterator[tuple[str, Row | None]]:
    """Each row as one sentence; rows of a name and a figure beside each other, as on paper."""
    columns = [column for column in part.columns if column.is_read]
    if part.key == _INSTALMENTS:
        amount = partial(money_text, language=language)
        for row in part.rows:
            yield f"{of_loan(row, language, amount)} · {how_far(row, language)}", row
    elif part.key == _FOOT:
        for row in part.rows:
            said = ", ".join(filter(None, (language.text(row.get(key)) for key in (_SHOWN, "narration"))))
            yield f"{said} · {money_text(abs(cast('int', row['amount'])), language)}", row
    elif len(columns) == _PAIR:
        pairs = [_pair(columns, row, language) for row in part.rows if row.get(columns[1].key) != 0]
        if short := [said for said in pairs if len(said) <= _LONG]:
            yield " · ".join(short), None
        yield from ((said, None) for said in pairs if len(said) > _LONG)
    elif columns:
        for row in part.rows:
            yield " · ".join(_named(columns, row, language)), row


def _pair(columns: Sequence[Column], row: Row, language: Language) -> str:
    """A name and what belongs to it, as paper sets them beside each other."""
    values = row.get(columns[0].key), row.get(_SHOWN, row.get(columns[1].key))
    first, second = (cell_text(column, value, language) for column, value in zip(columns, values, strict=True))
    if columns[1].kind is Kind.COUNT:
        return language.say("{note} × {pieces}", note=first, pieces=second)
    return f"{first} {day_text(second, language)}".strip()


def _named(columns: Sequence[Column], row: Row, language: Language) -> Iterator[str]:
    """The cells of a row: words as they are, numbers, days and figures with their head."""
    for column in columns:
        text = cell_text(column, row.get(column.key), language)
        is_words = column.kind is Kind.TEXT and column.key not in NUMBERS and column.key != MEMBER
        if text:
            yield text if is_words else f"{' '.join(head_lines(column, language))} {text}"


# -------------------------------------------------------------------------------------------------------- widths


def _own(values: tuple[object, ...]) -> tuple[object, ...]:
    """What of a line that is no row has its column alone: words before an empty cell go over into it."""
    ends = [*(value is None for value in values[1:]), True]
    return tuple(None if type(value) is str and end else value for value, end in zip(values, ends, strict=True))


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
