"""Which meetings of an entity stand: those that were posted and not reversed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from bookkeeper.definitions.chart import FINES_ROLE
from bookkeeper.errors import Fault, Refused
from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.entities import Entity
from bookkeeper.rules.meeting import MeetingSheet, sheet_of
from bookkeeper.rules.said import Said
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

_EVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that stands: its link, number, ISO day, how many vouchers it made, its sheet, and the notes to it."""

    sequence: int
    number: int
    date: str
    vouchers: int
    sheet: MeetingSheet
    notes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Brief:
    """A meeting that stands, without its sheet: its link, number and ISO day."""

    sequence: int
    number: int
    date: str


@dataclass(frozen=True, slots=True)
class Count:
    """The cash that was counted in a meeting and the book's of that day, in paise."""

    number: int
    date: str
    counted: int
    book: int


def _stands(entity: int) -> tuple[ColumnElement[bool], ...]:
    meeting, gone = tables.meeting.c, tables.meeting_reversal.c
    back = (gone.entity == meeting.entity) & (gone.reverses == meeting.sequence)
    return (meeting.entity == entity, ~select(gone.sequence).where(back).exists())


def days(tx: Tx, entity: Entity, until: str = _EVER) -> list[str]:
    """The days on which meetings were held, in order."""
    meeting = tables.meeting.c
    query = select(meeting.date).where(*_stands(entity.id), meeting.date <= until).order_by(meeting.date)
    return [str(day) for (day,) in tx.connection.execute(query)]


def in_brief(tx: Tx, entity: Entity, since: str = "", until: str = _EVER) -> list[Brief]:
    """The meetings of a period, both days included, by day and number; their sheets are not read."""
    meeting = tables.meeting.c
    query = select(meeting.sequence, meeting.number, meeting.date).where(*_stands(entity.id))
    query = query.where(meeting.date.between(since, until)).order_by(meeting.date, meeting.number)
    return [Brief(*row) for row in tx.connection.execute(query)]


def held(tx: Tx, entity: Entity, since: str = "", until: str = _EVER) -> tuple[Meeting, ...]:
    """The meetings of a period, both days included, by day and number, with their sheets."""
    meeting = tables.meeting.c
    query = select(tables.meeting).where(*_stands(entity.id), meeting.date.between(since, until))
    return _read(tx, query.order_by(meeting.date, meeting.number))


def of_link(tx: Tx, entity: Entity, sequence: int) -> Meeting | None:
    """The meeting of that link, where it stands."""
    query = select(tables.meeting).where(*_stands(entity.id), tables.meeting.c.sequence == sequence)
    return next(iter(_read(tx, query)), None)


def last_before(tx: Tx, entity: Entity, day: str) -> Meeting | None:
    """The last meeting before a day."""
    meeting = tables.meeting.c
    query = select(tables.meeting).where(*_stands(entity.id), meeting.date < day)
    return next(iter(_read(tx, query.order_by(meeting.date.desc(), meeting.number.desc()).limit(1))), None)


def last_count(tx: Tx, entity: Entity, until: str) -> Count | None:
    """The last count of cash by the end of a day."""
    meeting = tables.meeting.c
    query = select(meeting.number, meeting.date, meeting.notes).where(*_stands(entity.id), meeting.date <= until)
    query = query.where(meeting.notes.contains('"cash":')).order_by(meeting.date.desc(), meeting.number.desc())
    row = tx.connection.execute(query.limit(1)).first()
    if row is None:
        return None
    cash = json.loads(row.notes)["cash"]
    return Count(row.number, row.date, int(cash["counted"]), int(cash["book"]))


def of_number(tx: Tx, entity: Entity, number: int) -> Meeting | None:
    """The meeting of that number that stands."""
    query = select(tables.meeting).where(*_stands(entity.id), tables.meeting.c.number == number)
    return next(iter(_read(tx, query)), None)


def standing(tx: Tx, entity: Entity, number: int) -> Meeting:
    """The meeting of that number that stands. Raises Refused where there is none."""
    meeting = of_number(tx, entity, number)
    if meeting is None:
        raise Refused(
            Fault(
                Said("{entity} has no meeting {number}.", entity=entity.code, number=number),
                "Look it up in the minutes.",
                field="number",
            )
        )
    return meeting


def last(tx: Tx, entity: Entity) -> tuple[int, str] | None:
    """Number and day of the last meeting that stands, by day."""
    meeting = tables.meeting.c
    query = select(meeting.number, meeting.date).where(*_stands(entity.id))
    row = tx.connection.execute(query.order_by(meeting.date.desc(), meeting.number.desc()).limit(1)).first()
    return (int(row.number), str(row.date)) if row else None


def sitting_on(tx: Tx, entity: Entity, day: str) -> tuple[str, int] | None:
    """The last meeting of a day by the link of its first voucher, with the day; None where none was held on it."""
    meeting = tables.meeting.c
    query = select(meeting.sequence - meeting.vouchers).where(*_stands(entity.id), meeting.date == day)
    first = tx.connection.execute(query.order_by(meeting.number.desc()).limit(1)).scalar()
    return None if first is None else (day, int(first))


def was_reversed(tx: Tx, entity: Entity, number: int) -> bool:
    """Whether a meeting of that number was ever reversed, so that another may take its place."""
    meeting, gone = tables.meeting.c, tables.meeting_reversal.c
    back = (gone.entity == meeting.entity) & (gone.reverses == meeting.sequence)
    query = select(meeting.sequence).join_from(tables.meeting, tables.meeting_reversal, back)
    own = (meeting.entity == entity.id, meeting.number == number)
    return tx.connection.execute(query.where(*own).limit(1)).first() is not None


def _read(tx: Tx, query: Select[Any]) -> tuple[Meeting, ...]:
    return tuple(
        Meeting(
            row.sequence, row.number, row.date, row.vouchers, sheet_of(json.loads(row.sheet)), json.loads(row.notes)
        )
        for row in tx.connection.execute(query)
    )


def fines_due(tx: Tx, entity: Entity, before: str) -> dict[str, int]:
    """What each member owes of fines levied before a day: number → paise, none below nought.

    A fine paid without having been levied settles nothing later: levied and paid are run through day by day. What was
    taken back by then counts on the day of what it takes back, so that it is no fine anew.
    """
    moves: dict[str, list[tuple[str, int]]] = {}
    meeting = tables.meeting.c
    query = select(meeting.date, meeting.notes).where(*_stands(entity.id), meeting.date < before)
    for day, notes in tx.connection.execute(query.where(meeting.notes.contains('"fines":'))):
        for member, paise in json.loads(notes).get("fines", {}).items():
            moves.setdefault(member, []).append((day, int(paise)))
    if not moves:
        return {}
    for member, day, paise in tx.connection.execute(_fines_paid(tx, entity, before)):
        if member in moves:
            moves[member].append((day, int(paise)))
    due: dict[str, int] = {}
    for member, changes in moves.items():
        owed = 0
        for _, change in sorted(changes, key=lambda one: (one[0], -one[1])):
            owed = max(owed + change, 0)
        if owed:
            due[member] = owed
    return due


def _fines_paid(tx: Tx, entity: Entity, before: str) -> Select[str, str, int]:
    """What moved on fines before a day: member, the day it counts on, paise (below nought where she paid)."""
    heads = [account.id for account in chart_of(tx, entity.id).of_role(FINES_ROLE)]
    posting, hers, voucher = tables.posting.c, tables.member.c, tables.voucher.c
    original = tables.voucher.alias("original")
    of = (hers.entity == posting.entity) & (hers.id == posting.member)
    entered = (voucher.entity == posting.entity) & (voucher.sequence == posting.sequence)
    taken_back = (original.c.entity == voucher.entity) & (original.c.sequence == voucher.reverses)
    joined = tables.posting.join(tables.member, of).join(tables.voucher, entered).outerjoin(original, taken_back)
    query = select(hers.number, func.coalesce(original.c.date, posting.date), posting.paise).select_from(joined)
    return query.where(posting.entity == entity.id, posting.account.in_(heads), posting.date < before)
