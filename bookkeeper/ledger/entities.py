"""Entities and tiers: the bodies whose books these are."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, insert, select, text

from bookkeeper.definitions.group_rules import RULES, SINCE, NotARule, check
from bookkeeper.errors import BadInput, Fault, Refused
from bookkeeper.rules.said import Said
from bookkeeper.rules.text import NotAText, cleaned, needed
from bookkeeper.rules.voucher import FIRST_HASH
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx


@dataclass(frozen=True, slots=True)
class Entity:
    """A body with its own books; `starts` is the ISO day of its first voucher at the earliest."""

    id: int
    code: str
    name: str
    name_local: str
    kind: str
    parent: int | None
    starts: str
    language: str


_TOLD = 12
_COLUMNS = tuple(tables.entity.c[name] for name in Entity.__dataclass_fields__)


def entities(tx: Tx) -> tuple[Entity, ...]:
    """Every entity of the books, by code."""
    rows = tx.connection.execute(select(*_COLUMNS).order_by(tables.entity.c.code))
    return tuple(Entity(*row) for row in rows)


def entity_of(tx: Tx, code: str) -> Entity:
    """The entity of that code. Raises Refused that names those there are."""
    row = tx.connection.execute(select(*_COLUMNS).where(tables.entity.c.code == code)).first()
    if row is None:
        codes = [e.code for e in entities(tx)]
        there = (
            Said("There are {there}.", there=", ".join(codes[:_TOLD]) + (" …" if len(codes) > _TOLD else ""))
            if codes
            else "There is none yet."
        )
        raise Refused(Fault(Said("“{code}” is not an entity of these books.", code=code), there))
    return Entity(*row)


def add_entity(tx: Tx, entity: Entity) -> Entity:
    """Enter a new entity (its `id` is given here). Raises Refused where the code is taken."""
    taken = tx.connection.execute(select(tables.entity.c.id).where(tables.entity.c.code == entity.code)).first()
    if taken:
        raise Refused(
            Fault(Said("{entity} is an entity of these books already.", entity=entity.code), "Choose another code.")
        )
    newest = tx.connection.execute(select(func.max(tables.entity.c.id))).scalar() or 0
    values = {name: getattr(entity, name) for name in Entity.__dataclass_fields__} | {"id": newest + 1}
    tx.connection.execute(insert(tables.entity).values(**values, sequence=0, head=FIRST_HASH.encode()))
    return Entity(**values)


CALLED = ("name", "name-local", "language", "place", "place-local", "registration")
SETTABLE = (*CALLED, *RULES)
"""What `entity set` takes: how the entity is called on its pages, and its rules (`definitions.group_rules`)."""

_IN_ENTITY = {"name": "name", "name-local": "name_local", "language": "language"}


def set_entity(tx: Tx, entity: Entity, key: str, value: str) -> str:
    """Set how an entity is called, or a rule of its own; returns the old value.

    A rule may be given from a day on ("savings-amount@2024-04-01"). Raises BadInput for a key or value that is none.
    """
    if key.partition(SINCE)[0] not in (RULES if SINCE in key else SETTABLE):
        raise BadInput(
            Fault(Said("“{key}” cannot be set.", key=key), Said("What can be set: {there}.", there=", ".join(SETTABLE)))
        )
    try:
        if key in CALLED:
            value = needed(value) if key == "name" else cleaned(value)
        else:
            key, value = check(key, value)
    except (NotAText, NotARule) as error:
        raise BadInput(Fault(str(error), field=key)) from None
    if key in _IN_ENTITY:
        column = _IN_ENTITY[key]
        change = tables.entity.update().where(tables.entity.c.id == entity.id).values({column: value})
        tx.connection.execute(change)
        return str(getattr(entity, column))
    old = settings(tx, entity).get(key, "")
    tx.connection.execute(
        text(
            "INSERT INTO setting (entity, key, value) VALUES (:entity, :key, :value) "
            "ON CONFLICT (entity, key) DO UPDATE SET value = excluded.value"
        ),
        {"entity": entity.id, "key": key, "value": value},
    )
    return old


def settings(tx: Tx, entity: Entity) -> dict[str, str]:
    """What an entity has set for itself, by key."""
    table = tables.setting
    rows = tx.connection.execute(select(table.c.key, table.c.value).where(table.c.entity == entity.id))
    return {str(key): str(value) for key, value in rows}
