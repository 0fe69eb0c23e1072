"""The cut-off sheet from a user's file: JSON, or a workbook (XLSX); and an empty form of it to be filled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bookkeeper.exchange.faults import Faults
from bookkeeper.exchange.opening_json import cut_off_of_json, place_in_json
from bookkeeper.exchange.opening_workbook import CutOffBook, write_cut_off_form
from bookkeeper.exchange.source import digest, read_bytes, text_of
from bookkeeper.exchange.workbook import is_workbook
from bookkeeper.rules.cut_off import CutOff

__all__ = ["CutOffFile", "read_cut_off", "write_cut_off_form"]


@dataclass(frozen=True, slots=True)
class CutOffFile:
    """The cut-off sheet of a file, the SHA-256 of its bytes, and its name as the user gave it.

    `place_of(0, row, field)` says where a field stands in the file, the row as in the value or None; `hidden`, which
    rows the sheet hides were read.
    """

    sheet: CutOff
    digest: str
    name: str
    place_of: Callable[[int, int | None, str], str]
    hidden: tuple[str, ...] = ()


def read_cut_off(path: Path) -> CutOffFile:
    """Read the cut-off sheet of a file. Raises BadInput with everything that is wrong in it."""
    file = str(path)
    data = read_bytes(path)
    faults = Faults(file)
    place: Callable[[int | None, str], str] = place_in_json
    if is_workbook(path, data):
        book = CutOffBook(data, faults)
        sheet, place, hidden = book.sheet, book.place, book.hidden
    else:
        sheet, hidden = cut_off_of_json(text_of(data, file), faults), ()
    faults.refuse_if_any()
    return CutOffFile(sheet, digest(data), file, lambda _sheet, row, field: place(row, field), hidden)
