"""Reports as text for a terminal: aligned columns, amounts in Indian grouping, never a figure or word cut off.

Widths follow from the first rows; a later text that is longer pushes what stands right of it.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, groupby, islice
from typing import TextIO, cast

from bookkeeper.printing.figures import head_lines, marked, nothing, sided
from bookkeeper.report import Column, Kind, Part, Report, Row, Total
from bookkeeper.words import Language

SAMPLE = 200  # rows that decide the widths
WIDEST_TEXT = 48
REMEMBERED = 20_000  # texts kept for a column, since dates, heads and round amounts come again and again

FIGURES = (Kind.MONEY, Kind.BALANCE)
_RIGHT = (Kind.MONEY, Kind.BALANCE, Kind.COUNT, Kind.PERCENT)
_LEAST = {Kind.MONEY: 12, Kind.BALANCE: 12, Kind.DATE: 10}
_GAP = "  "

Shown = Callable[[object], str]
"""The text of a value, before or after it is filled up with blanks to its column's width."""


def write_text(report: Report, language: Language, out: TextIO) -> None:
    """Write a report for a terminal: who and when, heads, rows, totals where the register closes with them."""
    columns = [column for column in report.columns if column.is_read]
    heads = _as_high([_heads(column, language) for column in columns])
    texts = [_text_of(column, language) for column in columns]
    rows = report.rows_counted()
    sample = list(islice(rows, SAMPLE))
    widths = [_width(c, heads[i], [texts[i](row.get(c.key)) for row in sample]) for i, c in enumerate(columns)]
    rule = "─" * (sum(widths) + len(_GAP) * max(len(widths) - 1, 0)) + "\n"

    out.writelines(f"{text}\n" for text in _heading(report, language))
    out.writelines(_line(columns, widths, tier) for tier in zip(*heads, strict=True) if any(tier))
    out.write(rule)
    cells = [_Filled(column, text, width) for column, text, width in zip(columns, texts, widths, strict=True)]
    last: list[Row] = []
    if report.register.sections:
        out.writelines(_sides(report, columns, cells, chain(sample, rows), language, rule))
    else:
        out.writelines(_lines(chain(sample, rows), columns, cells, last))
    if not sample:
        out.write(f"{nothing(report, language)}\n")
    elif report.register.sections:
        out.writelines(_further_totals(report, language))
    elif report.register.closes_with_totals:
        out.writelines(_closing(report, columns, widths, language, last[0], rule))
    closing = [part for part in report.parts if part.closes]
    for place, part in enumerate(closing):
        out.writelines(_closing_part(part, columns, widths, language, "" if place else rule))
    for part in (part for part in report.parts if not part.closes):
        out.writelines(_part(part, language))
    out.writelines(f"{language.text(note)}\n" for note in report.heading.notes)


def _part(part: Part, language: Language) -> Iterator[str]:
    """A part below the rows: its title, its heads where they are named, and its rows."""
    columns = [column for column in part.columns if column.is_read]
    rows = [[_text_of(column, language)(row.get(column.key)) for column in columns] for row in part.rows]
    if not rows or not columns:
        return
    heads = [_heads(column, language)[-1] for column in columns]
    widths = [max(map(places, (head, *(cells[i] for cells in rows)))) for i, head in enumerate(heads)]
    yield f"\n{language.say(part.title)}\n"
    if any(heads):
        yield _line(columns, widths, heads)
    for cells in rows:
        yield _line(columns, widths, cells)


def _closing_part(
    part: Part, columns: Sequence[Column], widths: Sequence[int], language: Language, rule: str
) -> Iterator[str]:
    """A part in the columns of the report itself, named where its lines have room for it."""
    own = {column.key: column for column in part.columns}
    for row in part.rows:
        texts = [_text_of(own.get(column.key, column), language)(row.get(column.key)) for column in columns]
        label = next((i for i, c in reversed([*enumerate(columns)]) if c.kind is Kind.TEXT and c.key not in own), 0)
        texts[label] = language.say(part.title)
        yield rule
        yield _line(columns, widths, texts)


def places(text: str) -> int:
    """How many places a text takes in a terminal: vowel signs and other marks stand with the letter before them."""
    return len(text) if text.isascii() else sum(map(_places_of, text))


def totals(report: Report, columns: Sequence[Column], last: Row) -> Mapping[str, object]:
    """What the line of totals shows, by column: sums of flows; of balances the last, where it is one balance."""
    values: dict[str, object] = {}
    for column in columns:
        if column.total is Total.SUM and column.key in report.totals:
            values[column.key] = report.totals[column.key]
        elif column.total is Total.LAST and not report.register.group:
            values[column.key] = last.get(column.key)
    return values


def _heading(report: Report, language: Language) -> Iterator[str]:
    heading = report.heading
    yield " · ".join(filter(None, (language.text(heading.name), language.text(heading.place))))
    yield language.say(report.register.title)
    if heading.since and heading.until:
        yield language.period(heading.since, heading.until)
    elif heading.as_of:
        yield language.say("as on {date}", date=language.date(heading.as_of))
    yield ""


def _heads(column: Column, language: Language) -> list[str]:
    """The tiers of a head; the upper one is empty for most."""
    if column.under:
        return [language.digits(language.say(column.under)), *head_lines(column, language)]
    return ["", language.say(column.title)]


def _as_high(heads: Sequence[list[str]]) -> list[list[str]]:
    """All heads with as many tiers as the highest, each on the lowest of them, under what it stands under."""
    highest = max(map(len, heads), default=0)
    return [[tiers[0], *[""] * (highest - len(tiers)), *tiers[1:]] for tiers in heads]


def _text_of(column: Column, language: Language) -> Shown:
    if column.marks or column.whole:
        return lambda value: "" if value is None else marked(column, value, language)
    if column.kind is Kind.TEXT:
        return lambda value: _in_one_line(value if type(value) is str else language.text(value))
    zero = "-" if column.zero == "–" else column.zero
    kind = column.kind.value
    if column.sides:
        return lambda value: "" if value is None else sided(cast("int", value), language, zero)
    if column.kind in FIGURES:
        return lambda value: "" if value is None else language.amount(cast("int", value), zero)
    return lambda value: language.cell(kind, value, zero)


def _in_one_line(text: str) -> str:
    """A text without line breaks, and without what would steer the terminal."""
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)


@cache
def _places_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _width(column: Column, heads: Sequence[str], texts: Sequence[str]) -> int:
    widest = max(map(places, texts), default=0)
    if column.kind is Kind.TEXT:
        widest = min(widest, WIDEST_TEXT)
    return max(widest, _LEAST.get(column.kind, 0), *map(places, heads))


def _aligned(column: Column, text: str, width: int) -> str:
    if column.kind in FIGURES and not column.sides:
        return text.rjust(width)  # digits of any script take a place each
    blanks = " " * (width - places(text))
    return blanks + text if column.kind in _RIGHT else text + blanks


class _Filled(dict[object, str]):
    """A column's values as text with its blanks, remembered: a day's date is made once for all its rows."""

    def __init__(self, column: Column, text: Shown, width: int) -> None:
        super().__init__()
        self._column, self._text, self._width = column, text, width

    def __missing__(self, value: object) -> str:
        if len(self) > REMEMBERED:
            self.clear()
        filled = self[value] = _aligned(self._column, self._text(value), self._width)
        return filled


def _lines(rows: Iterator[Row], columns: Sequence[Column], cells: Sequence[_Filled], last: list[Row]) -> Iterator[str]:
    """A line for each row; the last row is left in `last`, for its balances."""
    pairs = [(column.key, cell) for column, cell in zip(columns, cells, strict=True)]
    row: Row = {}
    for row in rows:
        get = row.get
        yield _GAP.join([cell[get(key)] for key, cell in pairs]).rstrip() + "\n"
    last.append(row)


def _sides(
    report: Report,
    columns: Sequence[Column],
    cells: Sequence[_Filled],
    rows: Iterator[Row],
    language: Language,
    rule: str,
) -> Iterator[str]:
    """One side of a statement after the other, each under its title and with its sums; entity after entity."""
    for number, (entity, of_one) in enumerate(groupby(rows, key=lambda row: row.get("entity"))):
        held = list(of_one)
        for place, section in enumerate(report.register.sections):
            own = [row for row in held if row["side"] == section.key]
            sums: dict[str, object] = {
                c.key: sum(cast("int", row.get(c.key) or 0) for row in own) for c in columns if c.kind in FIGURES
            }
            label = next((c.key for c in columns if c.key == "account"), "")
            sums[label] = language.say("Total")
            yield "\n" if number or place else ""
            yield " · ".join(filter(None, (language.text(entity), language.say(section.title)))) + "\n"
            yield from _lines(iter(own), columns, cells, [])
            yield rule
            yield from _lines(iter([sums]), columns, cells, [])


def _line(columns: Sequence[Column], widths: Sequence[int], texts: Sequence[str]) -> str:
    cells = [_aligned(column, text, width) for column, text, width in zip(columns, texts, widths, strict=True)]
    return _GAP.join(cells).rstrip() + "\n"


def _total_text(column: Column, value: object, language: Language) -> str:
    if column.sides and value is not None:
        return sided(cast("int", value), language, "0.00")
    return language.cell(column.kind.value, value)


def _closing(
    report: Report, columns: Sequence[Column], widths: Sequence[int], language: Language, last: Row, rule: str
) -> Iterator[str]:
    """The line of totals, then what the register adds to them (a surplus, what is overdue by age)."""
    values = totals(report, columns, last)
    if values:
        texts = [_total_text(column, values.get(column.key), language) for column in columns]
        label = next((i for i, c in enumerate(columns) if c.kind is Kind.TEXT and not texts[i]), None)
        if label is not None:
            texts[label] = language.say("Total")
        yield rule
        yield _line(columns, widths, texts)
    yield from _further_totals(report, language)


def _further_totals(report: Report, language: Language) -> Iterator[str]:
    """The totals that are no column's and no side's, a line each."""
    own = {column.key for column in report.columns} | {section.key for section in report.register.sections}
    for key, paise in report.totals.items():
        if key not in own:
            yield f"{language.say(key.replace('_', ' ').replace('-', ' ').capitalize())}: {language.amount(paise)}\n"
