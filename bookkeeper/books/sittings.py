"""Which meetings of an entity stand: those that were posted and not reversed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from bookkeeper.ledger.entities import Entity
from bookkeeper.rules.meeting import MeetingSheet, sheet_of
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


def _stands(entity: int, known_at: int | None) -> tuple[ColumnElement[bool], ...]:
    meeting, gone = tables.meeting.c, tables.meeting_reversal.c
    back = (gone.entity == meeting.entity) & (gone.reverses == meeting.sequence)
    if known_at is None:
        return (meeting.entity == entity, ~select(gone.sequence).where(back).exists())
    back &= gone.sequence < known_at
    return (meeting.entity == entity, meeting.sequence < known_at, ~select(gone.sequence).where(back).exists())


def days(tx: Tx, entity: Entity, *, known_at: int | None = None) -> list[str]:
    """The days on which meetings were held, in order; `known_at` a link: as the books stood before it."""
    meeting = tables.meeting.c
    query = select(meeting.date).where(*_stands(entity.id, known_at)).order_by(meeting.date)
    return [str(day) for (day,) in tx.connection.execute(query)]


def held(tx: Tx, entity: Entity, since: str = "", until: str = _EVER) -> tuple[Meeting, ...]:
    """The meetings of a period, both days included, by day and number, with their sheets."""
    meeting = tables.meeting.c
    query = select(tables.meeting).where(*_stands(entity.id, None), meeting.date.between(since, until))
    return _read(tx, query.order_by(meeting.date, meeting.number))


def of_number(tx: Tx, entity: Entity, number: int) -> Meeting | None:
    """The meeting of that number that stands."""
    query = select(tables.meeting).where(*_stands(entity.id, None), tables.meeting.c.number == number)
    return next(iter(_read(tx, query)), None)


def last(tx: Tx, entity: Entity) -> tuple[int, str] | None:
    """Number and day of the last meeting that stands, by day."""
    meeting = tables.meeting.c
    query = select(meeting.number, meeting.date).where(*_stands(entity.id, None))
    row = tx.connection.execute(query.order_by(meeting.date.desc(), meeting.number.desc()).limit(1)).first()
    return (int(row.number), str(row.date)) if row else None


def sitting_on(tx: Tx, entity: Entity, day: str) -> tuple[str, int] | None:
    """The last meeting of a day by the link of its first voucher, with the day; None where none was held on it."""
    meeting = tables.meeting.c
    query = select(meeting.sequence - meeting.vouchers).where(*_stands(entity.id, None), meeting.date == day)
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

    A fine paid without having been levied settles nothing later: levied and paid are run through day by day.
    """
    moves: dict[str, list[tuple[str, int]]] = {}
    meeting = tables.meeting.c
    query = select(meeting.date, meeting.notes).where(*_stands(entity.id, None), meeting.date < before)
    for day, notes in tx.connection.execute(query.where(meeting.notes.contains('"fines"'))):
        for member, paise in json.loads(notes)["fines"].items():
            moves.setdefault(member, []).append((day, int(paise)))
    if not moves:
        return {}
    posting, account, member_ = tables.posting.c, tables.account.c, tables.member.c
    fines = (account.entity == posting.entity) & (account.id == posting.account)
    hers = (member_.entity == posting.entity) & (member_.id == posting.member)
    paid = select(member_.number, posting.date, posting.paise).select_from(
        tables.posting.join(tables.account, fines).join(tables.member, hers)
    )
    paid = paid.where(posting.entity == entity.id, account.role == "fines", posting.date < before)
    for member, day, paise in tx.connection.execute(paid.where(member_.number.in_(sorted(moves)))):
        moves[member].append((day, int(paise)))
    due: dict[str, int] = {}
    for member, changes in moves.items():
        owed = 0
        for _, change in sorted(changes, key=lambda one: (one[0], -one[1])):
            owed = max(owed + change, 0)
        if owed:
            due[member] = owed
    return due
