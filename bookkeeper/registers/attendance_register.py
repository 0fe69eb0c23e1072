"""Attendance register: who came to which meeting, a column a meeting, and what share of the members came.

The form is that of the groups' books: members down, meetings across; present and late count as present, absent with
leave does not. Who is not on a meeting's sheet was absent; before a member joined and after she left nothing stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bookkeeper.books.members import Member, members
from bookkeeper.books.sittings import held
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Mark, Part, Person, Register, Row, Say
from bookkeeper.rules.meeting import ABSENT, LATE, LEAVE, PRESENT
from bookkeeper.rules.money import Rounding, rounded, shown
from bookkeeper.store.engine import Tx

_VALUES: Final[Mapping[str, str]] = {PRESENT: "P", LATE: "T", LEAVE: "L", ABSENT: "A"}
_COUNTED: Final = ("P", "T")
_MARKS: Final = (Mark("P", "P"), Mark("T", "Lt"), Mark("L", "L", boxed=True), Mark("A", "A", boxed=True))
_PERCENT = Column("percent", "Percent", Kind.PERCENT, mm=17.2, whole=True)
_MEMBER = (Column("member", "Member no.", head="No.", mm=9), Column("name", "Member"))


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A meeting as this register knows it: the key of its column, its ISO day, and who was on its sheet."""

    key: str
    date: str
    attendance: Mapping[str, str]

    def column(self) -> Column:
        """Its column under its year: number, then day and month."""
        year, month, day = self.date.split("-")
        return Column(self.key, self.key, under=year, head=f"{self.key}\n{day}-{month}", mm=13.4, marks=_MARKS)


def _columns(tx: Tx, asked: Asked) -> tuple[Column, ...]:
    counts = (Column("present", "Present", Kind.COUNT, mm=14), Column("held", "Held", Kind.COUNT, mm=14))
    return (*_MEMBER, *(meeting.column() for meeting in _held(tx, asked)), *counts, _PERCENT)


REGISTER = Register(
    title="Attendance register",
    columns=_columns,
    asks=(Ask.PERIOD,),
    landscape=True,
    line_mm=6.9,
    signed_by=("Book-keeper", "Secretary", "President"),
    closes_with_totals=False,
    nothing="No meeting was held in this period.",
)


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """Each member who belonged to the group in the period, by number; what she was in each meeting as P, A, L or T.

    Without meetings there is nothing to tell of anybody.
    """
    meetings = _held(tx, asked)
    for member in _members(tx, asked) if meetings else ():
        values = _attended(member, meetings)
        present = _present(values.values())
        row = {"member": member.number, "name": Person(member.name, member.name_local), **values}
        yield row | {"present": present, "held": len(values), "percent": _percent(present, len(values))}


def totals(tx: Tx, asked: Asked) -> Mapping[str, int]:
    """How many were present in each meeting, in all, and how many could have been."""
    present, could = _counts(tx, asked)
    return {**present, "present": sum(present.values()), "held": sum(could.values())}


def parts(tx: Tx, asked: Asked) -> Iterator[Part]:
    """The two lines that close the register: how many were present in each meeting, and what share of the members."""
    present, could = _counts(tx, asked)
    came, all_ = sum(present.values()), sum(could.values())
    counts = tuple(Column(key, key, Kind.COUNT) for key in (*present, "present", "held"))
    line: Row = {**present, "present": came, "held": all_, "percent": _percent(came, all_)}
    yield Part("present", "Present", (*counts, _PERCENT), (line,) if present else (), closes=True)
    percents = tuple(Column(key, key, Kind.PERCENT, whole=True) for key in present)
    shares = {key: _percent(present[key], could[key]) for key in present}
    yield Part("percent", "Percent", percents, (shares,) if present else (), closes=True)


def notes(tx: Tx, asked: Asked) -> Iterator[Say]:
    """What the signs mean, and which meetings these are."""
    meetings = _held(tx, asked)
    if not meetings:
        return
    pattern = "{p} present    {t} late, counted as present    {l} absent with leave    {a} absent"
    yield Say.of(pattern, p=Say("P"), t=Say("Lt"), l=Say("L"), a=Say("A"))
    if len(meetings) > 1:
        yield Say.of("Meetings {first} to {last}", first=int(meetings[0].key), last=int(meetings[-1].key))


def _held(tx: Tx, asked: Asked) -> list[_Meeting]:
    found = held(tx, asked.entity, asked.since, asked.until)
    return [_Meeting(str(meeting.number), meeting.date, meeting.sheet.attendance()) for meeting in found]


def _members(tx: Tx, asked: Asked) -> list[Member]:
    """Those who belonged to the group on any day of the period."""
    return [member for member in members(tx, asked.entity) if member.belonged(asked.since, asked.until)]


def _attended(member: Member, meetings: Sequence[_Meeting]) -> dict[str, str]:
    """What she was in each meeting while she belonged to the group, by its key."""
    return {
        meeting.key: _VALUES[meeting.attendance.get(member.number, ABSENT)]
        for meeting in meetings
        if member.belonged(meeting.date, meeting.date)
    }


def _present(values: Iterable[str]) -> int:
    return sum(value in _COUNTED for value in values)


def _counts(tx: Tx, asked: Asked) -> tuple[dict[str, int], dict[str, int]]:
    """How many were present in each meeting, and how many could have been."""
    meetings = _held(tx, asked)
    attended = [_attended(member, meetings) for member in _members(tx, asked)]
    of_each = {one.key: [values[one.key] for values in attended if one.key in values] for one in meetings}
    present = {key: _present(values) for key, values in of_each.items()}
    return present, {key: len(values) for key, values in of_each.items()}


def _percent(part: int, whole: int) -> str | None:
    """A share in percent with two places, half up; None of nothing."""
    return shown(rounded(Fraction(part * 100 * 100, whole), Rounding.TO_PAISA)) if whole else None
