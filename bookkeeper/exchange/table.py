"""A table of rows with a head, from CSV: columns by name, none unknown, none twice, every row as wide as the head."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bookkeeper.errors import BadInput, Fault
from bookkeeper.exchange.faults import Faults
from bookkeeper.exchange.fields import near, short

HEAD: Final = 1
"""The row of the head: rows count as a spreadsheet counts them."""

_COMMAS: Final = "Save the file with commas between the fields."

Rows = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a table must have, and those it may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...]

    @property
    def known(self) -> tuple[str, ...]:
        """All columns, in the order in which they are told."""
        return self.required + self.optional

    def places(self, head: Sequence[str], faults: Faults) -> dict[str, int]:
        """Column → its place in a row; one that is left out stands behind the last. Raises BadInput."""
        names = [name.strip() for name in head]
        self._refuse_unknown(names, faults)
        for name in self.required:
            if name not in names:
                faults.add(f"the column “{name}” is missing.", f"Needed are {', '.join(self.required)}.", HEAD, name)
        faults.refuse_if_any()
        return {name: names.index(name) if name in names else len(names) for name in self.known}

    def _refuse_unknown(self, names: Sequence[str], faults: Faults) -> None:
        seen = set()
        for place, name in enumerate(names):
            if not name:
                faults.add(f"column {place + 1} has no name.", "Name it or delete it.", HEAD, f"column {place + 1}")
            elif name not in self.known:
                named = short(name)
                faults.add(f"“{named}” is no column that is read here.", near(name, self.known), HEAD, named)
            elif name in seen:
                faults.add(f"the column “{name}” stands twice.", "Delete one of them.", HEAD, name)
            seen.add(name)


def csv_rows(text: str, file: str) -> Rows:
    """The rows of a CSV file with their numbers, blank ones left out. Raises BadInput where it is broken."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, file), strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, HEAD):
            if cells and (cells[0].strip() or any(map(str.strip, cells))):
                yield row, cells
    except csv.Error as error:
        raise BadInput(_broken(error, row + 1), file=file) from None


def _broken(error: csv.Error, row: int) -> Fault:
    if "unexpected end" in str(error):
        return Fault("the file breaks off inside quotation marks.", "Close them, or fetch the file again.", row)
    if "limit" in str(error):
        return Fault("a field is far too long.", "Look for a quotation mark that is not closed.", row)
    return Fault("the quotation marks do not fit.", 'Write a field with quotation marks as "so ""to say""".', row)


def _delimiter(text: str, file: str) -> str:
    """A comma; a semicolon or a tab where the head has nothing else."""
    head = text.lstrip().partition("\n")[0]
    found = [mark for mark in ",;\t" if mark in head]
    if "," in found or not found:
        return ","
    if len(found) > 1:
        raise BadInput(Fault("the head has both semicolons and tabs.", _COMMAS, HEAD), file=file)
    return found[0]


def fits(row: int, cells: Sequence[str | dt.date], width: int, faults: Faults) -> bool:
    """Whether a row has as many fields as the head; noted as a fault where not."""
    if len(cells) == width:
        return True
    more = len(cells) > width
    todo = (
        'A field with a comma in it stands in quotation marks: "Shinde, Asha".'
        if more
        else "Leave a field empty, but keep its comma. Was the file cut off?"
    )
    field = f"field {width + 1}" if more else f"field {len(cells) + 1}"
    faults.add(f"the row has {len(cells)} fields, the head {width}.", todo, row, field)
    return False
