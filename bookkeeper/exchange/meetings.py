"""Meetings from a user's file: JSON, or the meeting sheet as a workbook (XLSX) that the program wrote itself."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from bookkeeper.errors import BadInput, Fault
from bookkeeper.exchange.faults import Faults
from bookkeeper.exchange.meeting_parts import FilledSheet, filled_sheet
from bookkeeper.exchange.meeting_rows import Differing
from bookkeeper.exchange.meetings_json import meetings_of_json, place_in_json
from bookkeeper.exchange.meetings_workbook import ROWS, tables_of
from bookkeeper.exchange.source import digest, read_bytes, text_of
from bookkeeper.exchange.workbook import bordered, is_workbook
from bookkeeper.rules.meeting import MeetingSheet

_AMBER: Final = "FFEDB95E"
_WRITER: Final = "Bookkeeper"


Places: TypeAlias = Callable[[int, int | None, str], str]


@dataclass(frozen=True, slots=True)
class MeetingFile:
    """The meetings of a file in its order, the SHA-256 of its bytes, and its name as the user gave it.

    `faults` are those of single fields, where they were gathered: such a field counts as blank, and a meeting whose day
    cannot be read is left out. `place_of(sheet, row, field)` says where a field of a `MeetingSheet` stands in the file:
    the sheet from 0, the row as in `SheetRow.row` or None; "foot account" is a field of a line at the foot. `hidden`
    says of rows that the sheet hides that they were read.
    """

    sheets: tuple[MeetingSheet, ...]
    digest: str
    name: str
    faults: tuple[Fault, ...]
    place_of: Places
    differing: tuple[Differing, ...] = ()
    hidden: tuple[str, ...] = ()


def read_meetings(path: Path, *, entity: str | None = None, gather: bool = False) -> MeetingFile:
    """Read all meetings of a file. Raises BadInput with everything that is wrong in it.

    `entity` is the code of the group whose sheet a workbook must be. `gather`: faults of single fields are not raised,
    but returned, so that the books can be asked about the rest; what is no file of meetings is refused all the same.
    """
    file = str(path)
    data = read_bytes(path)
    faults = Faults(file)
    if is_workbook(path, data):
        filled = filled_sheet(data, entity, faults)
        sheets = filled.meetings
        place: Places = partial(_place_in_workbook, filled)
        differs, hidden = filled.differing, filled.hidden
    else:
        sheets = meetings_of_json(text_of(data, file), faults)
        place, differs, hidden = partial(_place_in_json, sheets), (), ()
    told = _gathered(faults, gather=gather)
    if not sheets and not told:
        raise BadInput(Fault("there are no meetings in it.", "Look whether it is the right file."), file=file)
    return MeetingFile(sheets, digest(data), file, told, place, differs, hidden)


def _gathered(faults: Faults, *, gather: bool) -> tuple[Fault, ...]:
    try:
        faults.refuse_if_any()
    except BadInput as refused:
        if gather:
            return refused.faults
        raise
    return ()


def _place_in_workbook(filled: FilledSheet, _sheet: int, row: int | None, field: str) -> str:
    return filled.place(row, field)


def _place_in_json(sheets: tuple[MeetingSheet, ...], sheet: int, row: int | None, field: str) -> str:
    return place_in_json(sheets[sheet], row, field)


def differing(file: MeetingFile) -> tuple[Differing, ...]:
    """The cells of a meeting sheet whose amount differs from what was due; of JSON none."""
    return file.differing


def write_marked(path: Path, out: Path, cells: Iterable[Differing]) -> None:
    """Copy a meeting sheet with those cells in amber, each with a comment. Raises BadInput where it cannot be written.

    The user's own file is only read.
    """
    file = str(path)
    data = read_bytes(path)
    name = tables_of(data, Faults(file))[ROWS].sheet.name
    copy = bordered(lambda: _marked(data, name, cells), data, file)
    try:
        with out.open("xb") as there:
            there.write(copy)
    except FileExistsError:
        raise BadInput(Fault("this is there already.", "Choose another name."), file=str(out)) from None
    except (OSError, ValueError) as error:
        why = f"the file cannot be written ({getattr(error, 'strerror', None) or 'its name cannot be used'})."
        raise BadInput(Fault(why, "Choose another place."), file=str(out)) from None


def _marked(data: bytes, name: str, cells: Iterable[Differing]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
    sheet = book[name]
    for one in cells:
        cell = sheet[one.cell]
        cell.fill = PatternFill("solid", fgColor=_AMBER)
        cell.comment = Comment(str(one), _WRITER)
    there = io.BytesIO()
    book.save(there)
    return there.getvalue()
