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
from operator import attrgetter
from pathlib import Path
from typing import Final, Protocol, TypeVar, cast

import openpyxl
from openpyxl.utils import get_column_letter

from bookkeeper.errors import BadInput, BookError, Fault
from bookkeeper.exchange.faults import Faults, NotTaken
from bookkeeper.exchange.fields import short

MAGIC: Final = b"PK\x03\x04"
"""How every workbook begins."""

LARGEST: Final = 200 * 1024 * 1024
RATIO: Final = 100
PARTS: Final = 1000
ROWS: Final = 100_000
WIDEST: Final = 200

_SAVE: Final = "Open it in your spreadsheet program and save it anew as XLSX, or as CSV UTF-8."
UNMERGE: Final = "Unmerge them and fill each."
_MERGED: Final = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z0-9:]+)""")

Cells = list[str | dt.date]

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A cell that cannot be read: why, and what to do."""

    why: str


Cell = str | dt.date | Spoilt


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was read: its rows with their numbers, blank ones left out, and the cells that are merged."""

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    merged: tuple[str, ...] = ()


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
        if isinstance(cell, Spoilt):
            faults.add(cell.why, "", row, f"cell {get_column_letter(place)}{row}")
        found.append("" if isinstance(cell, Spoilt) else cell)
    return found


def _without_empty_end(cells: Cells) -> Cells:
    last = max((place for place, cell in enumerate(cells, 1) if cell), default=0)
    return cells[:last]


def sheets_of(data: bytes, file: str, *, fractions: bool = True) -> tuple[Sheet, ...]:
    """All sheets in their order; a cell that cannot be read is `Spoilt`. Raises BadInput for what is no sound workbook.

    `fractions`: numbers with decimals come as they are shown, times of day as 11:30; else both are refused.
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
        raise BadInput(Fault("the file is damaged, or no workbook (XLSX).", _SAVE), file=file) from None


def _read(data: bytes, file: str, *, fractions: bool) -> tuple[Sheet, ...]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for sheet in cast("list[_Worksheet]", book.worksheets):
            xml = archive.read(attrgetter("_worksheet_path")(sheet))  # openpyxl's own name for the sheet's part
            merged = tuple(dict.fromkeys(short(match[1].decode("ascii")) for match in _MERGED.finditer(xml)))
            found.append(Sheet(sheet.title, tuple(_rows(sheet, file, fractions=fractions)), merged))
    return tuple(found)


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


def _rows(sheet: _Worksheet, file: str, *, fractions: bool) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    sheet.reset_dimensions()  # what a sheet says of its own size need not be true
    for row, cells in enumerate(sheet.iter_rows(max_row=ROWS + 1), 1):
        if row > ROWS:
            raise _bad(file, f"the sheet has more than {ROWS} rows.", "Delete those that hold nothing.")
        if len(cells) > WIDEST:
            raise _bad(file, f"the sheet has more than {WIDEST} columns.", "Delete those that hold nothing.")
        values = tuple(_cell(cell, fractions=fractions) for cell in cells)
        if any(value and str(value).strip() for value in values):
            yield row, values


def _cell(cell: object, *, fractions: bool) -> Cell:
    value = getattr(cell, "value", None)
    if fractions and isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if fractions and isinstance(value, dt.time):
        return value.isoformat("minutes")
    try:
        return _value(cell)
    except NotTaken as refusal:
        return Spoilt(str(refusal))


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
            raise NotTaken(f"“{short(str(value))}” is neither text, number nor day. Write it as text.")


def _bad(file: str, message: str, todo: str, field: str = "") -> BadInput:
    return BadInput(Fault(message, todo, field=field), file=file)
