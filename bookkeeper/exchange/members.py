"""The register of members from a user's file: CSV or a workbook (XLSX), one row a member."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bookkeeper.books.members import Member
from bookkeeper.errors import BadInput, Fault
from bookkeeper.exchange.faults import Faults, NotTaken
from bookkeeper.exchange.fields import clean, date_of, needed, short
from bookkeeper.exchange.source import digest, read_bytes, text_of
from bookkeeper.exchange.table import Columns, csv_rows, fits
from bookkeeper.exchange.workbook import MAGIC, Cells, rows_of
from bookkeeper.rules.kyc import NotAKyc, normalised

COLUMNS: Final = Columns(
    ("member", "name"),
    (
        "joined", "name_local", "left", "office", "gender", "caste", "poverty", "phone", "nominee", "language", "kyc",
    ),
)  # fmt: skip
_DAYS: Final = ("joined", "left")
_TEXTS: Final = tuple(name for name in COLUMNS.optional if name not in {*_DAYS, "kyc"})


@dataclass(frozen=True, slots=True)
class MemberFile:
    """The members of a file in its order, the SHA-256 of its bytes, and its name as the user gave it."""

    members: tuple[Member, ...]
    digest: str
    name: str


def read_members(path: Path) -> MemberFile:
    """Read all members of a file. Raises BadInput with everything that is wrong in it."""
    file = str(path)
    data = read_bytes(path)
    faults = Faults(file)
    members = _members(_rows(path, data, faults), faults)
    faults.refuse_if_any()
    if not members:
        raise BadInput(Fault("there are no members in it.", "Look whether it is the right file."), file=file)
    return MemberFile(members, digest(data), file)


def _rows(path: Path, data: bytes, faults: Faults) -> Iterator[tuple[int, Cells]]:
    """By the file's ending, else by how it begins."""
    ending = path.suffix.lower()
    if ending == ".xlsx" or (ending != ".csv" and data.startswith(MAGIC)):
        return rows_of(data, faults)
    return ((row, [*cells]) for row, cells in csv_rows(text_of(data, faults.file), faults.file))


def _members(rows: Iterator[tuple[int, Cells]], faults: Faults) -> tuple[Member, ...]:
    _, head = next(rows, (0, [""]))
    places = COLUMNS.places([str(cell) for cell in head], faults)
    found: list[Member] = []
    numbers: dict[str, int] = {}
    for row, cells in rows:
        if not fits(row, cells, len(head), faults):
            continue
        member = _member(row, [*cells, ""], places, faults)
        if member.number in numbers:
            there = f"number {short(member.number)} stands in row {numbers[member.number]} already."
            faults.add(there, "Give each member a number of her own.", row, "member")
        elif member.number:
            numbers[member.number] = row
        found.append(member)
    return tuple(found)


def _member(row: int, cells: Sequence[str | dt.date], places: dict[str, int], faults: Faults) -> Member:
    number, name = (faults.take(_needed, cells[places[key]], row, key) for key in COLUMNS.required)
    joined, left = (faults.take(_day, cells[places[key]], row, key) for key in _DAYS)
    if joined and left and left < joined:
        faults.add(f"she left on {left}, before she joined on {joined}.", "Put the dates right.", row, "left")
    texts = {key: faults.take(_text, cells[places[key]], row, key) or "" for key in _TEXTS}
    kyc = faults.take(_kyc, cells[places["kyc"]], row, "kyc") or ""
    return Member(number or "", name or "", joined=joined or None, left=left or None, kyc=kyc, row=row, **texts)


def _needed(cell: str | dt.date) -> str:
    return needed(_text(cell))


def _text(cell: str | dt.date) -> str:
    if isinstance(cell, dt.date):
        advice = "Format the column as text and write the value again."
        raise NotTaken(f"the spreadsheet has made a day of this ({cell.isoformat()}). {advice}")
    return clean(cell)


def _kyc(cell: str | dt.date) -> str:
    """KYC numbers in the form in which they are kept; a message repeats none of them."""
    if isinstance(cell, dt.date):
        raise NotTaken("the spreadsheet has made a day of this. Format the column as text and write it again.")
    try:
        return normalised(cell)
    except NotAKyc as error:
        raise NotTaken(str(error)) from None


def _day(cell: str | dt.date) -> str:
    """A day in ISO; empty where there is none."""
    text = cell.isoformat() if isinstance(cell, dt.date) else cell
    return date_of(text) if text.strip() else ""
