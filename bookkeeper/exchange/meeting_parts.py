"""A filled meeting sheet (layout: `meetings_workbook`) as a meeting: what stands on the sheets beside the rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeVar

from bookkeeper.errors import BadInput, Fault
from bookkeeper.exchange.cells import Line, Table, Words, folded, spoken
from bookkeeper.exchange.faults import Faults, NotTaken
from bookkeeper.exchange.fields import clean, date_of, needed, short
from bookkeeper.exchange.meeting_fields import KINDS, item_of, minutes_of, number_of, resolution_of
from bookkeeper.exchange.meeting_rows import Differing, MemberRows
from bookkeeper.exchange.meetings_workbook import ANEW, MEETING, ROWS, tables_of
from bookkeeper.rules.meeting import BANK, CASH, NOTES, FootLine, MeetingSheet, Resolution
from bookkeeper.rules.money import Paise
from bookkeeper.rules.text import LONG

_BETWEEN: Final = re.compile(r"[,;\s]+")
_COUNTED: Final = {"cash_counted": ("count", "pieces"), "proposed_by": ("resolutions", "proposed_by"),
                   "seconded_by": ("resolutions", "seconded_by")}  # fmt: skip

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """The meeting of a filled sheet, none where its day cannot be read; what differs from due; and where things are.

    `hidden` says of each row that is filled and hidden that it was read all the same.
    """

    meetings: tuple[MeetingSheet, ...]
    differing: tuple[Differing, ...]
    place: Callable[[int | None, str], str]
    hidden: tuple[str, ...]


def filled_sheet(data: bytes, entity: str | None, faults: Faults) -> FilledSheet:
    """The meeting of a filled sheet; a cell that is refused is noted in `faults` and counts as blank.

    Raises BadInput for what is no meeting sheet, has other columns, or is another group's.
    """
    tables = tables_of(data, faults)
    head = _Head(tables["meeting"])
    head.refuse_other_group(entity)
    members = MemberRows(tables[ROWS])
    notes, below = [*_lines(tables, "count")], [*_lines(tables, "foot")]
    on, coins, counted = head.day(), head.amount("coins"), _counted(notes)
    meeting = MeetingSheet(
        date=on or "",
        number=head.number(),
        place=head.text("place"),
        time=head.text("time"),
        presided_by=head.text("presided_by"),
        agenda=tuple(item for line in _lines(tables, "agenda") if (item := line.take(item_of, "item"))),
        minutes=head.take(minutes_of, "minutes") or "",
        resolutions=tuple(one for line in _lines(tables, "resolutions") if (one := _resolution(line))),
        signed_by=head.take(_people, "signed_by") or (),
        counted=counted or (() if coins else None),  # who counts the coins has counted
        coins=coins,
        rows=members.rows,
        other=tuple(foot for line in below if (foot := _foot(line))),
        place_in_file=1,
    )

    def place(row: int | None, field: str) -> str:
        if field.startswith("foot") and "foot" in tables:
            return tables["foot"].place(row, field.removeprefix("foot").strip())
        if row is not None:
            return members.place(row, field)
        table, key = _COUNTED.get(field, ("", field))
        return tables[table].place(None, key) if table in tables else head.place(field)

    hidden = [line.told_hidden for line in below if line.is_hidden]
    hidden += [line.told_hidden for line in notes if line.is_hidden and line.has("pieces")]
    return FilledSheet((meeting,) if on else (), tuple(members.differing), place, (*members.hidden, *hidden))


class _Head:
    """The rows of the part “Meeting”: a title and a value each."""

    def __init__(self, table: Table) -> None:
        self._faults = table.faults
        self._lines: dict[str, Line] = {}
        for line in table.lines():
            what = line.cells["field"]
            key = _titled().get(folded(what), "")
            if not key:
                line.refuse(f"“{short(str(what))}” is no line of this sheet.", "Delete it, or write it anew.", "field")
            elif key in self._lines:
                line.refuse(f"“{short(str(what))}” stands twice.", "Delete one of them.", "field")
            else:
                self._lines[key] = Line(table, line.number, line.cells, called=str(what).strip())
        for key in ("entity", "date"):
            if key not in self._lines:
                why = f"the line “{MEETING[key][0]}” is missing on the sheet “{short(table.sheet.name)}”."
                raise BadInput(Fault(why, ANEW), file=self._faults.file)

    def refuse_other_group(self, entity: str | None) -> None:
        """Raise BadInput where the sheet is not that group's."""
        there = self._lines["entity"]
        cell = there.cells["value"]
        code = cell.strip() if isinstance(cell, str) else ""
        if entity is not None and code != entity:
            whose = f"of “{short(code)}”" if code else "of no group"
            why = f"this is the meeting sheet {whose}, not of {entity}."
            todo = f"Post it with: meeting post {short(code)}; or take the right file." if code else ANEW
            raise BadInput(Fault(why, todo, field=there.place("value")), file=self._faults.file)

    def day(self) -> str | None:
        """The day; None, and the fault noted, where there is none."""
        line = self._lines["date"]
        if not line.has("value"):
            line.refuse("the day of the meeting is missing.", "Write it as 2024-04-05.", "value")
        return line.day(date_of, "value")

    def number(self) -> int | None:
        return self.take(number_of, "number")

    def amount(self, key: str) -> Paise:
        return self._lines[key].amount("value") if key in self._lines else Paise(0)

    def text(self, key: str) -> str:
        return self.take(clean, key) or ""

    def take(self, read: Callable[[str], Value], key: str) -> Value | None:
        return self._lines[key].take(read, "value") if key in self._lines else None

    def place(self, key: str) -> str:
        """Where a line's value stands."""
        return self._lines[key].place("value") if key in self._lines else key


@cache
def _titled() -> Mapping[str, str]:
    """The title of each line in each language → its key."""
    return {title: key for key, titles in MEETING.items() for title in spoken(*titles)}


def _people(text: str) -> tuple[str, ...]:
    return tuple(needed(one) for one in _BETWEEN.split(text.strip()) if one)


def _lines(tables: Mapping[str, Table], key: str) -> Iterator[Line]:
    """The lines of a part that are not blank."""
    table = tables.get(key)
    if table:
        yield from (line for line in table.lines() if line.has(*table.columns))


def _counted(lines: Iterable[Line]) -> tuple[tuple[int, int], ...]:
    """The pieces of each note that was counted."""
    found: dict[int, int] = {}
    for line in lines:
        if not line.has("pieces"):
            continue
        note, pieces = line.take(_note, "note"), line.whole("pieces")
        if not line.has("note"):
            line.refuse("there is no note beside the pieces.", "Write its rupees: 500.", "note")
        elif note in found:
            line.refuse(f"{note} stands there twice.", "Write one line for each note.", "note")
        elif note is not None and pieces is not None:
            found[note] = pieces
    return tuple(found.items())


def _note(text: str) -> int:
    there = [str(note) for note in NOTES]
    if text.strip() in there:
        return int(text)
    raise NotTaken(f"there is no note of {short(text)}. There are {', '.join(there)}.")


@cache
def _words() -> Mapping[str, Words]:
    kinds = Words({kind: (kind, kind.capitalize()) for kind in KINDS})
    return {"kind": kinds, "by": Words({CASH: ("cash", "Cash"), BANK: ("bank", "Bank")})}


def _foot(line: Line) -> FootLine | None:
    for key, what in (("kind", "kind"), ("account", "account"), ("amount", "amount")):
        if not line.has(key):
            line.refuse(f"the {what} is missing.", "Write it, or leave the whole line blank.", key)
    kind, account = line.one_of(_words()["kind"], "kind"), line.take(needed, "account")
    before = line.table.faults.count
    amount = line.amount("amount", signed=kind in {None, "contra"})
    if line.has("amount") and not (amount or line.is_spoilt("amount")) and line.table.faults.count == before:
        line.refuse("there is no amount.", "Write it, or leave the whole line blank.", "amount")
    narration, by = line.text("narration", LONG), line.one_of(_words()["by"], "by") or CASH
    if kind == "contra" and by != CASH:
        line.refuse("a contra is not by bank: it moves cash.", "Leave this blank.", "by")
    if kind is None or account is None or not amount:
        return None
    return FootLine(kind, account, amount, narration, by if kind != "contra" else CASH, row=line.number)


def _resolution(line: Line) -> Resolution | None:
    if not line.has("text"):
        line.refuse("what was resolved is missing.", "Write it, or leave the whole line blank.", "text")
    text, number = line.take(resolution_of, "text"), line.text("number")
    proposed, seconded = line.text("proposed_by"), line.text("seconded_by")
    return Resolution(text, number, proposed, seconded) if text else None
