"""A workbook (XLSX) as rows of plain texts. It is a ZIP of XML from a stranger: measured before it is unpacked.

Bounds and the one border around the reader: `reliability` section 6. openpyxl reads XML through defusedxml.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import Final, Protocol, TypeVar, cast

import openpyxl
from openpyxl.utils import get_column_letter

from bookkeeper.errors import BadInput, BookError, Fault
from bookkeeper.exchange.faults import Faults, NotTaken
from bookkeeper.exchange.fields import short
from bookkeeper.rules.text import USUAL

MAGIC: Final = b"PK\x03\x04"
"""How every workbook begins."""

LARGEST: Final = 200 * 1024 * 1024
RATIO: Final = 100
PARTS: Final = 1000
ROWS: Final = 100_000
WIDEST: Final = 200

_SAVE: Final = "Open it in your spreadsheet program and save it anew as XLSX."
UNMERGE: Final = "Unmerge them and fill each."
_MERGED: Final = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z0-9:]+)""")
_ROW: Final = re.compile(rb"""<(?:\w+:)?row\s([^>]*)>""")
_NUMBER: Final = re.compile(rb"""(?:^|\s)r\s*=\s*["'](\d{1,7})["']""")
_HIDDEN: Final = re.compile(rb"""(?:^|\s)hidden\s*=\s*["'](?:1|true)["']""")
_CELL: Final = re.compile(rb"""<(?:\w+:)?c\s([^>]*[^/>])>\s*<(?:\w+:)?v>([^<]*)<""")
_PLACE: Final = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Z]{1,3}\d{1,7})["']""")
_OF_NUMBERS: Final = re.compile(rb"""(?:^|\s)t\s*=\s*["'](?!n["'])""")
_FIGURE: Final = re.compile(rb"\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*")
_NO_TABLE: Final = re.compile(r"xl/(chart|dialog|macro)sheets/[^/]+\.xml")
_LITERAL: Final = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')
"""What in a number format is shown as it stands, and is no sign of percent."""

Cells = list[str | dt.date]

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A cell that cannot be read: why, and what to do."""

    why: str


@dataclass(frozen=True, slots=True)
class Percent:
    """A number that the sheet shows as percent: 0.02 is “2” of “2%”."""

    figure: str


Cell = str | dt.date | Percent | Spoilt


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was read: rows with their numbers, blank ones left out; the merged cells; the rows that are hidden.

    Hidden rows are read as the others are.
    """

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    merged: tuple[str, ...] = ()
    hidden: frozenset[int] = frozenset()


class _Worksheet(Protocol):
    """A sheet as openpyxl reads it row by row, which its types do not tell."""

    @property
    def title(self) -> str: ...
    def reset_dimensions(self) -> None: ...
    def iter_rows(self, *, max_row: int) -> Iterator[tuple[object, ...]]: ...


def is_workbook(path: Path, data: bytes) -> bool:
    """By the file's ending, else by how it begins."""
    ending = path.suffix.lower()
    return ending == ".xlsx" or (ending != ".json" and data.startswith(MAGIC))


def rows_of(data: bytes, faults: Faults) -> Iterator[tuple[int, Cells]]:
    """The rows of the only sheet that holds anything, each as wide as the first or wider, blank ones left out.

    Whole numbers come as text, days as dates. Raises BadInput for formulas, errors, fractions, merged cells, and for
    whatever is no sound workbook.
    """
    sheets = sheets_of(data, faults.file, fractions=False)
    for sheet in sheets:
        for cells in sheet.merged[:1]:
            of = f" of the sheet “{short(sheet.name)}”" if len(sheets) > 1 else ""
            raise _bad(faults.file, f"the cells {cells}{of} are merged.", UNMERGE, cells)
    filled = [sheet.rows for sheet in sheets if sheet.rows]
    if len(filled) > 1:
        raise _bad(faults.file, "more than one sheet of this workbook holds something.", "Keep one sheet in it.")
    rows = [(row, _taken(row, cells, faults)) for row, cells in filled[0]] if filled else []
    faults.refuse_if_any()
    width = len(_without_empty_end(rows[0][1])) if rows else 0
    for row, values in rows:
        there = _without_empty_end(values)
        yield row, there + [""] * (width - len(there))


def _taken(row: int, cells: Sequence[Cell], faults: Faults) -> Cells:
    """The cells of a row; those that cannot be read are noted, and blank."""
    found: Cells = []
    for place, cell in enumerate(cells, 1):
        if isinstance(cell, Percent):
            faults.add(not_percent(cell), "", row, f"cell {get_column_letter(place)}{row}")
        elif isinstance(cell, Spoilt):
            faults.add(cell.why, "", row, f"cell {get_column_letter(place)}{row}")
        found.append("" if isinstance(cell, Spoilt | Percent) else cell)
    return found


def not_percent(cell: Percent) -> str:
    """Why a cell that is no rate may not be shown as percent, and what to do."""
    return f"this is shown as {cell.figure}%, and is no rate. Format the cell as a number and write the value again."


def _without_empty_end(cells: Cells) -> Cells:
    last = max((place for place, cell in enumerate(cells, 1) if cell), default=0)
    return cells[:last]


def sheets_of(data: bytes, file: str, *, fractions: bool = True) -> tuple[Sheet, ...]:
    """All sheets in their order; a cell that cannot be read is `Spoilt`. Raises BadInput for what is no sound workbook.

    `fractions`: numbers with decimals come as they are shown (2% as `Percent`), times of day as 11:30; else those that
    are not whole, and times, are refused.
    """
    return bordered(lambda: _read(data, file, fractions=fractions), data, file)


def bordered(read: Callable[[], Value], data: bytes, file: str) -> Value:
    """What a reader of XLSX makes of a measured workbook; whatever it throws is said in plain words."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _measure(data, file)
            return read()
    except BookError:
        raise
    except Exception as error:  # readers of XLSX throw whatever there is
        logging.getLogger(__name__).info("%s: the workbook cannot be read", file, exc_info=error)
        strange = _no_table(data)
        if strange:
            why = f"this workbook holds a sheet that is no table ({strange})."
            raise _bad(file, why, f"Delete it. {_SAVE}") from None
        raise BadInput(Fault("the file is damaged, or no workbook (XLSX).", _SAVE), file=file) from None


def _no_table(data: bytes) -> str:
    """A sheet of a chart, a dialogue or macros, in words; empty where there is none, or no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            kinds = [found[1] for name in archive.namelist() if (found := _NO_TABLE.fullmatch(name))]
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return ""
    told = {"chart": "a chart", "dialog": "a dialogue", "macro": "macros"}
    return f"it is {told[kinds[0]]}" if kinds else ""


def _read(data: bytes, file: str, *, fractions: bool) -> tuple[Sheet, ...]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for sheet in cast("list[_Worksheet]", book.worksheets):
            xml = archive.read(attrgetter("_worksheet_path")(sheet))  # openpyxl's own name for the sheet's part
            merged = tuple(dict.fromkeys(short(match[1].decode("ascii")) for match in _MERGED.finditer(xml)))
            rows = tuple(_rows(sheet, xml, file, fractions=fractions))
            found.append(Sheet(sheet.title, rows, merged, frozenset(_hidden(xml))))
    return tuple(found)


def _hidden(xml: bytes) -> Iterator[int]:
    """The numbers of the rows that a sheet hides, by hand or by a filter."""
    for row in _ROW.finditer(xml):
        number = _NUMBER.search(row[1])
        if number and _HIDDEN.search(row[1]):
            yield int(number[1])


def _measure(data: bytes, file: str) -> None:
    """Refuse what would unpack into too much, before unpacking; zipfile reads no more than a part declares."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise _bad(file, "the workbook has a password.", "Save it without one.")
    strange = any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts)
    swollen = any(part.file_size > RATIO * max(part.compress_size, 1) for part in parts)
    if strange or swollen or len(parts) > PARTS or sum(part.file_size for part in parts) > LARGEST:
        raise _bad(file, "the workbook would unpack into far more than it looks.", _SAVE)


def _cells(sheet: _Worksheet, xml: bytes, file: str) -> Iterator[tuple[int, tuple[object, ...]]]:
    """The rows as openpyxl reads them; a number that is none is refused by its cell."""
    sheet.reset_dimensions()  # what a sheet says of its own size need not be true
    try:
        yield from enumerate(sheet.iter_rows(max_row=ROWS + 1), 1)
    except ValueError:
        for cell in _CELL.finditer(xml):
            place = _PLACE.search(cell[1])
            if place and not _OF_NUMBERS.search(cell[1]) and not _FIGURE.fullmatch(cell[2]):
                what = short(cell[2][:USUAL].decode("utf-8", "replace"))
                where = f"cell {place[1].decode('ascii')} of the sheet “{short(sheet.title)}”"
                raise _bad(file, f"“{what}” is no number.", "Write the value again.", where) from None
        raise


def _rows(sheet: _Worksheet, xml: bytes, file: str, *, fractions: bool) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    for row, cells in _cells(sheet, xml, file):
        if row > ROWS:
            raise _bad(file, f"the sheet has more than {ROWS} rows.", "Delete those that hold nothing.")
        if len(cells) > WIDEST:
            raise _bad(file, f"the sheet has more than {WIDEST} columns.", "Delete those that hold nothing.")
        values = tuple(_cell(cell, fractions=fractions) for cell in cells)
        if any(value and str(value).strip() for value in values):
            yield row, values


def _cell(cell: object, *, fractions: bool) -> Cell:
    value = getattr(cell, "value", None)
    if isinstance(value, int | float) and not isinstance(value, bool) and _is_percent(cell):
        return Percent(_figure(value))
    if fractions and isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if fractions and isinstance(value, dt.time):
        return value.isoformat("minutes")
    try:
        return _value(cell)
    except NotTaken as refusal:
        return Spoilt(str(refusal))


def _is_percent(cell: object) -> bool:
    return "%" in _LITERAL.sub("", getattr(cell, "number_format", ""))


def _figure(value: float) -> str:
    """What stands before the sign of percent: spreadsheets keep 15 figures."""
    text = f"{Decimal(f'{value:.15g}') * 100:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _value(cell: object) -> str | dt.date:
    """What stands in a cell: a text, a whole number as text, or a day. Raises NotTaken for anything else."""
    value, kind = getattr(cell, "value", None), getattr(cell, "data_type", "n")
    if kind == "f":
        raise NotTaken("there is a formula in this cell. Copy the column and paste it as values only.")
    if kind == "e":
        raise NotTaken("there is an error in this cell. Write what is meant.")
    match value:
        case None:
            return ""
        case str():
            return value
        case dt.datetime() if value.time() == dt.time():
            return value.date()
        case dt.date() if not isinstance(value, dt.datetime):
            return value
        case int() if not isinstance(value, bool):
            return str(value)
        case float() if value.is_integer():
            return str(int(value))
        case float():
            raise NotTaken(f"{value} is not a whole number. Write it as text.")
        case _:
            raise NotTaken(_strange(value))


def _strange(value: object) -> str:
    if isinstance(value, dt.datetime):
        return f"there is a time with the day. Write the day alone: {value.date().isoformat()}."
    return f"“{short(str(value))}” is neither text, number nor day. Write it as text."


def _bad(file: str, message: str, todo: str, field: str = "") -> BadInput:
    return BadInput(Fault(message, todo, field=field), file=file)
