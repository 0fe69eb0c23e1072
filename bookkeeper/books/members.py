"""The register of members: number, name in one or two scripts, joining and leaving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from bookkeeper.errors import BadInput, Fault, Refused
from bookkeeper.ledger.entities import Entity
from bookkeeper.rules.text import USUAL, NotAText, cleaned, needed
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx, insert_rows
from bookkeeper.words import languages


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
    kyc: str = ""
    row: int | None = None


NUMBER_LENGTH = 20
FIELDS = tuple(name for name in Member.__dataclass_fields__ if name != "row")


def members(tx: Tx, entity: Entity) -> tuple[Member, ...]:
    """The members of an entity, by number: 2 before 10."""
    columns = [tables.member.c[name] for name in FIELDS]
    rows = tx.connection.execute(select(*columns).where(tables.member.c.entity == entity.id))
    return tuple(sorted((Member(*row) for row in rows), key=lambda m: in_order(m.number)))


def in_order(number: str) -> tuple[int, str]:
    """What to sort numbers of members by: as numbers where they are, else as text."""
    return (len(number.lstrip("0")) if number.isdigit() else 99, number.lstrip("0") or number)


def _cleaned(member: Member) -> Member:
    """The member with her texts as they may stand in the books. Raises BadInput naming row and field."""
    changed: dict[str, Any] = {}
    for name in FIELDS:
        value = getattr(member, name)
        try:
            if name in {"number", "name"}:
                changed[name] = needed(value, NUMBER_LENGTH if name == "number" else USUAL)
            elif value is not None:
                changed[name] = cleaned(value)
        except NotAText as error:
            raise BadInput(Fault(str(error), row=member.row, field=name)) from None
    return replace(member, **changed)


def enter(tx: Tx, entity: Entity, new: Sequence[Member]) -> None:
    """Enter members. Raises Refused for a number that is taken or stands twice, or who left before joining."""
    new = [_cleaned(member) for member in new]
    taken = {m.number for m in members(tx, entity)}
    faults = []
    for member in new:
        if member.number in taken:
            faults.append(Fault(f"number {member.number} is taken.", "Give her another number.", member.row, "member"))
        if member.joined and member.joined > tx.today:
            faults.append(Fault(f"{member.joined} is in the future.", "", member.row, "joined"))
        if member.language and member.language not in languages():
            there = f"There are {', '.join(languages())}."
            faults.append(Fault(f"“{member.language}” is not a language here.", there, member.row, "language"))
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
