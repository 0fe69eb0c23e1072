"""The register of members: number, name in one or two scripts, joining and leaving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bookkeeper.errors import Fault, Refused
from bookkeeper.ledger.entities import Entity
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx, insert_rows


@dataclass(frozen=True, slots=True)
class Member:
    """A member; `number` is text and never changes, dates are ISO or None; `row` is her line in the user's file."""

    number: str
    name: str
    name_local: str = ""
    joined: str | None = None
    left: str | None = None
    office: str = ""
    gender: str = ""
    caste: str = ""
    poverty: str = ""
    phone: str = ""
    nominee: str = ""
    language: str = ""
    row: int | None = None


FIELDS = tuple(name for name in Member.__dataclass_fields__ if name != "row")


def members(tx: Tx, entity: Entity) -> tuple[Member, ...]:
    """The members of an entity, by number: 2 before 10."""
    columns = [tables.member.c[name] for name in FIELDS]
    rows = tx.connection.execute(select(*columns).where(tables.member.c.entity == entity.id))
    return tuple(sorted((Member(*row) for row in rows), key=lambda m: in_order(m.number)))


def in_order(number: str) -> tuple[int, str]:
    """What to sort numbers of members by: as numbers where they are, else as text."""
    return (len(number.lstrip("0")) if number.isdigit() else 99, number.lstrip("0") or number)


def enter(tx: Tx, entity: Entity, new: Sequence[Member]) -> None:
    """Enter members. Raises Refused for a number that is taken or stands twice, or who left before joining."""
    taken = {m.number for m in members(tx, entity)}
    faults = []
    for member in new:
        if member.number in taken:
            faults.append(Fault(f"number {member.number} is taken.", "Give her another number.", member.row, "member"))
        if member.joined and member.left and member.left < member.joined:
            faults.append(Fault(f"left on {member.left}, before joining on {member.joined}.", "", member.row, "left"))
        taken.add(member.number)
    if faults:
        raise Refused(*faults)
    newest = tx.connection.execute(
        select(func.max(tables.member.c.id)).where(tables.member.c.entity == entity.id)
    ).scalar()
    rows = [
        (entity.id, i, *(getattr(member, name) for name in FIELDS))
        for i, member in enumerate(new, start=(newest or 0) + 1)
    ]
    insert_rows(tx, tables.member, ("entity", "id", *FIELDS), rows)
