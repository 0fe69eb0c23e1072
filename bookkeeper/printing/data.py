"""Reports for programs: JSON and CSV, with the same keys in every language.

Amounts are rupees as plain decimal text, dates ISO (design.md 3, "A report in JSON", "Files").
"""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from typing import TextIO, cast

from bookkeeper.printing.figures import western
from bookkeeper.report import Column, Kind, Part, Report
from bookkeeper.rules.money import shown
from bookkeeper.words import Language

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would take for a formula."""

_BREAK = "\r\n"

Cell = Callable[[object], object]


class _Lines:
    """What a csv.writer writes to. It ends lines with CR and LF, and so quotes both; ours end with LF."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, line: str) -> int:
        return self._out.write(line.removesuffix(_BREAK) + "\n")


def write_json(report: Report, language: Language, out: TextIO) -> None:
    """Write a report as one JSON object: its head, then a row a line, the totals last."""
    language = western(language)
    columns = _seen(report)
    head = json.dumps(_head(report, columns, language), ensure_ascii=False)
    out.write(f'{head[:-1]},\n"rows": [')
    encode = json.JSONEncoder(ensure_ascii=False).encode
    cells = [(column.key, _cell(column, language)) for column in columns]
    between = "\n"
    for row in report.rows_counted():
        get = row.get
        out.write(between + encode({key: None if (v := get(key)) is None else cell(v) for key, cell in cells}))
        between = ",\n"
    counts = {column.key for column in columns if column.kind not in (Kind.MONEY, Kind.BALANCE)}
    totals = {k: v if k in counts else shown(v) for k, v in report.totals.items() if not k.startswith("_")}
    out.write(f'\n],\n"totals": {encode(totals)}')
    if report.parts:
        out.write(f',\n"parts": {encode({part.key: _part(part, language) for part in report.parts})}')
    out.write("}\n")


def _part(part: Part, language: Language) -> Sequence[Mapping[str, object]]:
    """The rows of a part, with the same keys and forms as those of a report."""
    cells = [(c.key, _cell(c, language)) for c in part.columns if not c.key.startswith("_")]
    return [{key: None if (v := row.get(key)) is None else cell(v) for key, cell in cells} for row in part.rows]


def write_csv(report: Report, language: Language, out: TextIO) -> None:
    """Write a report as CSV: one row of keys, then the rows; no totals. A text that looks like a formula gets `'`."""
    language = western(language)
    columns = _seen(report)
    writer = csv.writer(_Lines(out), lineterminator=_BREAK)
    writer.writerow([column.key for column in columns])
    cells = [(column.key, _harmless(column, _cell(column, language))) for column in columns]
    writer.writerows(
        ["" if (v := row.get(key)) is None else cell(v) for key, cell in cells] for row in report.rows_counted()
    )


def _seen(report: Report) -> Sequence[Column]:
    return [column for column in report.columns if not column.key.startswith("_")]


def _head(report: Report, columns: Sequence[Column], language: Language) -> Mapping[str, object]:
    heading = report.heading
    head: dict[str, object] = {
        "report": report.name,
        "title": language.say(report.register.title),
        "entity": heading.entity or None,
        "from": heading.since,
        "to": heading.until,
    }
    if heading.as_of is not None:
        head["as_of"] = heading.as_of
    head["columns"] = [{"key": c.key, "title": language.say(c.title), "kind": c.kind.value} for c in columns]
    return head


def _cell(column: Column, language: Language) -> Cell:
    """How the values of a column are written, where there is one."""
    match column.kind:
        case Kind.MONEY | Kind.BALANCE:
            return cast("Cell", shown)
        case Kind.TEXT:
            text = language.text
            return lambda value: value if type(value) is str else text(value)
        case _:
            return lambda value: value


def _harmless(column: Column, cell: Cell) -> Cell:
    """The same, but a text that a spreadsheet would run stands behind an apostrophe; amounts stay numbers."""
    if column.kind is not Kind.TEXT:
        return cell

    def text(value: object) -> object:
        written = str(cell(value))
        return f"'{written}" if written.startswith(FORMULA) else written

    return text
