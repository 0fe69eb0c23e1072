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
from collections.abc import Iterator
from typing import Final, Protocol, cast

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
_MERGED: Final = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z0-9:]+)""")

Cells = list[str | dt.date]


class _Sheet(Protocol):
    """A sheet as openpyxl reads it row by row, which its types do not tell."""

    def reset_dimensions(self) -> None: ...
    def iter_rows(self, *, max_row: int) -> Iterator[tuple[object, ...]]: ...


def rows_of(data: bytes, faults: Faults) -> Iterator[tuple[int, Cells]]:
    """The rows of the only sheet that holds anything, each as wide as the first or wider, blank ones left out.

    Whole numbers come as text, days as dates. Raises BadInput for formulas, errors, fractions, merged cells, and for
    whatever is no sound workbook.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rows = _read(data, faults)
    except BookError:
        raise
    except Exception as error:  # readers of XLSX throw whatever there is
        logging.getLogger(__name__).info("%s: the workbook cannot be read", faults.file, exc_info=error)
        raise BadInput(Fault("the file is damaged, or no workbook (XLSX).", _SAVE), file=faults.file) from None
    faults.refuse_if_any()
    width = len(_without_empty_end(rows[0][1])) if rows else 0
    for row, cells in rows:
        filled = _without_empty_end(cells)
        yield row, filled + [""] * (width - len(filled))


def _without_empty_end(cells: Cells) -> Cells:
    last = max((place for place, cell in enumerate(cells, 1) if cell), default=0)
    return cells[:last]


def _read(data: bytes, faults: Faults) -> list[tuple[int, Cells]]:
    _measure(data, faults.file)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    sheets = cast("list[_Sheet]", book.worksheets)
    filled = [rows for rows in (_sheet(sheet, faults) for sheet in sheets) if rows]
    if len(filled) > 1:
        raise _bad(faults.file, "more than one sheet of this workbook holds something.", "Keep one sheet in it.")
    return filled[0] if filled else []


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
        for part in parts:
            if part.filename.lower().startswith("xl/worksheets/") and (merged := _MERGED.search(archive.read(part))):
                cells = merged[1].decode("ascii")
                raise _bad(file, f"the cells {short(cells)} are merged.", "Unmerge them and fill each.", cells)


def _sheet(sheet: _Sheet, faults: Faults) -> list[tuple[int, Cells]]:
    sheet.reset_dimensions()  # what a sheet says of its own size need not be true
    found: list[tuple[int, Cells]] = []
    for row, cells in enumerate(sheet.iter_rows(max_row=ROWS + 1), 1):
        if row > ROWS:
            raise _bad(faults.file, f"the sheet has more than {ROWS} rows.", "Delete those that hold nothing.")
        if len(cells) > WIDEST:
            raise _bad(faults.file, f"the sheet has more than {WIDEST} columns.", "Delete those that hold nothing.")
        values = [
            faults.take(_value, cell, row, f"cell {get_column_letter(n)}{row}") for n, cell in enumerate(cells, 1)
        ]
        if any(value and str(value).strip() for value in values):
            found.append((row, [value or "" for value in values]))
    return found


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
