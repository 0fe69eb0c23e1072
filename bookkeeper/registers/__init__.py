"""Every register and statement, one module each: the file's name is the report's name.

A module has `REGISTER`, the declaration, and `rows(tx, asked)`, one query in order; where many entities are asked at
once and one query serves them all, also `rows_of_all(tx, entities, asked)`, whose rows carry the key `entity`. It may
also have `parts(tx, asked)` (small tables beside the rows), `totals(tx, asked)` (figures that are no column's sum),
`notes(tx, asked)` (sentences below), `title(asked)` (where what was asked decides it) and `each(tx, asked)` (one leaf
for each member or meeting). What does not live here: how a page looks (`printing`). Registers do not import each other;
what two share goes down to the ledger.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, cast

from bookkeeper.errors import BadInput, Fault
from bookkeeper.report import Part, Register, Row, Say
from bookkeeper.rules.said import Said

if TYPE_CHECKING:
    from bookkeeper.ledger.accounts import Account
    from bookkeeper.ledger.entities import Entity
    from bookkeeper.store.engine import Tx


@dataclass(frozen=True, slots=True)
class Asked:
    """What a register is asked for, complete: of which entity, from when to when (ISO, both days included)."""

    entity: Entity
    since: str
    until: str
    as_of: str
    account: Account | None = None
    member: str = ""
    by_entry: bool = False
    after_closing: bool = False
    savings: str = ""
    """The kind of savings asked for (compulsory, voluntary, special), or "" for all."""
    meeting: int | None = None
    """The link of the meeting that this leaf is of, where a register has a leaf for each."""
    gathered: object = field(default=None, compare=False, repr=False)
    """What `each` of the register has read once for all its leaves; None where a leaf is asked for by itself."""


@dataclass(frozen=True)
class Source:
    """A register as found: its name, its declaration, its query, and what else its module says of it."""

    name: str
    register: Register
    rows: Callable[[Tx, Asked], Iterator[Row]]
    rows_of_all: Callable[[Tx, Sequence[Entity], Asked], Iterator[Row]] | None
    parts: Callable[[Tx, Asked], Iterable[Part]] | None = None
    totals: Callable[[Tx, Asked], Mapping[str, int]] | None = None
    notes: Callable[[Tx, Asked], Iterable[Say]] | None = None
    each: Callable[[Tx, Asked], Iterable[Asked]] | None = None
    title: Callable[[Asked], Say] | None = None


@cache
def names() -> tuple[str, ...]:
    """The registers there are, by the name of their file."""
    return tuple(sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__)))


def source(name: str) -> Source:
    """The register of that name. Raises BadInput with the nearest that there is."""
    if name not in names():
        import difflib  # noqa: PLC0415  # for a refusal alone

        near = difflib.get_close_matches(name, names(), n=1)
        advice = (
            Said("Did you mean {near}?", near=near[0]) if near else Said("There are {there}.", there=", ".join(names()))
        )
        raise BadInput(Fault(Said("there is no report “{name}”.", name=name), advice))
    module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    return Source(
        name,
        cast("Register", module.REGISTER),
        module.rows,
        *(getattr(module, more, None) for more in ("rows_of_all", "parts", "totals", "notes", "each", "title")),
    )
