"""Reports as text for a terminal: aligned columns, amounts in Indian grouping, never a figure or word cut off.

Widths follow from the first rows; a later text that is longer pushes what stands right of it.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice
from typing import TextIO

from bookkeeper.report import Column, Kind, Report, Row, Total
from bookkeeper.words import Language

SAMPLE = 200  # rows that decide the widths
WIDEST_TEXT = 48
REMEMBERED = 20_000  # texts of values kept, since dates, heads and round amounts come again and again

_RIGHT = (Kind.MONEY, Kind.BALANCE, Kind.COUNT, Kind.PERCENT)
_LEAST = {Kind.MONEY: 12, Kind.BALANCE: 12, Kind.DATE: 10}


def write_text(report: Report, language: Language, out: TextIO) -> None:
    """Write a report for a terminal: who and when, heads, rows, totals where the register closes with them."""
    columns = [column for column in report.columns if not column.key.startswith("_")]
    cells = [_cell(column, language) for column in columns]
    keys = [column.key for column in columns]
    rows = report.rows_counted()
    last: list[Row] = []
    texts = _texts(rows, keys, cells, last)
    sample = list(islice(texts, SAMPLE))
    heads = [_heads(column, language) for column in columns]
    widths = [_width_of(column, heads[i], [texts[i] for texts in sample]) for i, column in enumerate(columns)]
    line = _aligned([column.kind in _RIGHT for column in columns], widths)
    rule = "─" * (sum(widths) + 2 * max(len(widths) - 1, 0))

    out.writelines(f"{text}\n" for text in _heading(report, language))
    out.writelines(line(tier) for tier in zip(*heads, strict=True) if any(tier))
    out.write(f"{rule}\n")
    out.writelines(map(line, chain(sample, texts)))
    if not sample:
        out.write(f"{language.say('Nothing was posted in this period.')}\n")
    elif report.register.closes_with_totals:
        out.writelines(_closing(report, columns, language, line, rule, last[0]))
    out.writelines(f"{language.text(note)}\n" for note in report.heading.notes)


def _heading(report: Report, language: Language) -> Iterator[str]:
    heading = report.heading
    yield " · ".join(filter(None, (language.text(heading.name), language.text(heading.place))))
    yield language.say(report.register.title)
    if heading.since and heading.until:
        yield language.period(heading.since, heading.until)
    elif heading.as_of:
        yield language.say("as on {date}", date=language.date(heading.as_of))
    yield ""


def _heads(column: Column, language: Language) -> tuple[str, str]:
    """The two tiers of a head; the upper one is empty for most."""
    if column.under:
        return language.say(column.under), language.say(column.head or column.title)
    return "", language.say(column.title)


def _cell(column: Column, language: Language) -> Callable[[object], str]:
    """The text of a column's values, remembered: a day's date is made once for all its rows."""
    zero = "-" if column.zero == "–" else column.zero
    kind = column.kind.value
    if column.kind is Kind.TEXT:
        return lambda value: value if type(value) is str else language.text(value)
    known: dict[object, str] = {None: ""}

    def cell(value: object) -> str:
        text = known.get(value)
        if text is None:
            if len(known) > REMEMBERED:
                known.clear()
            text = known[value] = language.cell(kind, value, zero)
        return text

    return cell


def _texts(
    rows: Iterator[Row], keys: Sequence[str], cells: Sequence[Callable[[object], str]], last: list[Row]
) -> Iterator[Sequence[str]]:
    """The texts of each row; the last row is left in `last`, for balances."""
    pairs = list(zip(keys, cells, strict=True))
    row: Row = {}
    for row in rows:
        get = row.get
        yield tuple([cell(get(key)) for key, cell in pairs])
    last.append(row)


def _width_of(column: Column, heads: Sequence[str], texts: Sequence[str]) -> int:
    widest = max((places(text) for text in texts), default=0)
    if column.kind is Kind.TEXT:
        widest = min(widest, WIDEST_TEXT)
    return max(widest, _LEAST.get(column.kind, 0), *(places(head) for head in heads))


def places(text: str) -> int:
    """How many places a text takes in a terminal: vowel signs and other marks stand with the letter before them."""
    if text.isascii():
        return len(text)
    return sum(_places_of(character) for character in text)


@cache
def _places_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _aligned(right: Sequence[bool], widths: Sequence[int]) -> Callable[[Sequence[str]], str]:
    """A function that makes a line of the texts of one row."""
    pattern = "  ".join(f"%{width}s" if r else f"%-{width}s" for r, width in zip(right, widths, strict=True))

    def line(texts: Sequence[str]) -> str:
        made = pattern % tuple(texts)
        if not (made.isascii() and made.isprintable()):  # otherwise a place is a character, and str's own padding holds
            shown = map(_in_one_line, texts)
            made = "  ".join([_padded(text, width, r) for text, width, r in zip(shown, widths, right, strict=True)])
        return made.rstrip() + "\n"

    return line


def _in_one_line(text: str) -> str:
    """A text without line breaks, and without what would steer the terminal."""
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)


def _padded(text: str, width: int, right: bool) -> str:  # noqa: FBT001 - as in the call above it
    blanks = " " * (width - places(text))
    return blanks + text if right else text + blanks


def _closing(
    report: Report,
    columns: Sequence[Column],
    language: Language,
    line: Callable[[Sequence[str]], str],
    rule: str,
    last: Row,
) -> Iterator[str]:
    """The line of totals, then what the register adds to them (a surplus, what is overdue by age)."""
    values = totals(report, columns, last)
    texts = [language.cell(c.kind.value, values.get(c.key)) for c in columns]
    if values:
        label = next((i for i, c in enumerate(columns) if c.kind is Kind.TEXT and not texts[i]), None)
        if label is not None:
            texts[label] = language.say("Total")
        yield f"{rule}\n"
        yield line(texts)
    own = {column.key for column in report.columns}
    for key, paise in report.totals.items():
        if key not in own:
            yield f"{language.say(key.replace('_', ' ').replace('-', ' ').capitalize())}: {language.amount(paise)}\n"


def totals(report: Report, columns: Sequence[Column], last: Row) -> Mapping[str, object]:
    """What the line of totals shows, by column: sums of flows; of balances the last, where it is one balance."""
    values: dict[str, object] = {}
    for column in columns:
        if column.total is Total.SUM and column.key in report.totals:
            values[column.key] = report.totals[column.key]
        elif column.total is Total.LAST and not report.register.group:
            values[column.key] = last.get(column.key)
    return values
