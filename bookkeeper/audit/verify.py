"""Runs the checks over books that are open for reading, and gathers what they find."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bookkeeper.audit import checks
from bookkeeper.audit.check import BOOKS, CHECKS, AnchorOnPaper, Check, Finding, Scope
from bookkeeper.errors import BadInput, BookError, Fault, Refused
from bookkeeper.rules.said import Said
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

Progress = Callable[[str, int, int], None]

MOST: Final = 100
"""How many findings of one check are told one by one; the rest are counted."""

FEWEST_DIGITS: Final = 8
"""How much of a hash an anchor must show: a chance hit is then 1 in 4,000 million."""

_ANCHOR = re.compile(rf"(?:chain)?([0-9]{{1,12}}):([0-9a-f]{{{FEWEST_DIGITS},64}})")
_LAST_ID: Final = 2**62

_DEFEATS = (
    SQLAlchemyError, sqlite3.Error, BookError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError,
    RecursionError,
)  # fmt: skip
"""What rows that no program of ours wrote may do to a check; it is then a finding, and the next check runs."""


@dataclass(frozen=True)
class Verified:
    """What was looked at and what was found; `checks` counts the promises tried."""

    findings: tuple[Finding, ...]
    checks: int
    entities: int
    vouchers: int
    postings: int
    sqlite: str


def all_checks() -> tuple[Check, ...]:
    """Every check there is, by number."""
    for module in pkgutil.iter_modules(checks.__path__):
        importlib.import_module(f"{checks.__name__}.{module.name}")
    return tuple(sorted(CHECKS, key=lambda c: c.number))


def verify(
    tx: Tx,
    *,
    entity: str = "",
    quick: bool = False,
    anchor: str = "",
    rights: Mapping[str, str] | None = None,
    only: frozenset[int] = frozenset(),
    progress: Progress | None = None,
) -> Verified:
    """Try every promise, or the cheap ones, or `only` those of some numbers, on all entities or one.

    Raises BadInput for an anchor that cannot be read or leaves its entity open, Refused for an unknown entity.
    """
    scope = _scope(tx, entity, _parsed_anchor(anchor), rights or {})
    chosen = [c for c in all_checks() if (c.quick or not quick) and (c.number in only or not only)]
    findings: list[Finding] = []
    for index, each in enumerate(chosen):
        if progress:
            progress(each.promise, index, len(chosen))
        findings += _run(each, scope)
    vouchers, postings = (_count(scope, table) for table in ("voucher", "posting"))
    tried = len({c.number for c in chosen})
    return Verified(tuple(dict.fromkeys(findings)), tried, len(scope.codes), vouchers, postings, sqlite3.sqlite_version)


def _run(each: Check, scope: Scope) -> Iterator[Finding]:
    more = 0
    try:
        for index, (entity, sentence) in enumerate(each.run(scope)):
            if index < MOST:
                yield Finding(each.number, scope.codes.get(entity, "" if entity == BOOKS else f"#{entity}"), sentence)
            else:
                more += 1
    except _DEFEATS as error:
        told = str(getattr(error, "orig", None) or error)
        yield Finding(each.number, "", f"this check could not be finished ({told}); its promise: {each.promise}.")
    if more:
        yield Finding(each.number, "", f"and {more} more of this kind.")


def _parsed_anchor(text: str) -> AnchorOnPaper | None:
    """An anchor as typed from paper, blanks or not: "412: 7f3a 91c2 e05d 44b8"."""
    if not text:
        return None
    match = _ANCHOR.fullmatch("".join(text.split()).lower())
    if match is None:
        advice = Said(
            "Write it as on the page: number, colon, at least {least} digits, as 412:7f3a91c2e05d44b8.",
            least=FEWEST_DIGITS,
        )
        raise BadInput(Fault(Said("“{text}” is no anchor.", text=text), advice, field="--anchor"))
    return AnchorOnPaper(int(match[1]), match[2])


def _scope(tx: Tx, code: str, anchor: AnchorOnPaper | None, rights: Mapping[str, str]) -> Scope:
    there = _entities(tx)
    chosen = [row for row in there if not code or row[1] == code]
    if code and not chosen:
        listed = ", ".join(row[1] for row in there[:12]) or "none"
        raise Refused(
            Fault(
                Said("“{code}” is not an entity of these books.", code=code), Said("There are: {there}.", there=listed)
            )
        )
    if anchor and len(chosen) > 1:
        raise BadInput(Fault("an anchor is of one entity.", "Name it with --entity.", field="--anchor"))
    first, last = (chosen[0][0], chosen[0][0]) if code else (0, _LAST_ID)
    return Scope(tx, {r[0]: r[1] for r in chosen}, {r[0]: r[2] for r in chosen}, first, last, rights, anchor)


def _entities(tx: Tx) -> list[tuple[int, str, str]]:
    """The entities as far as they can be read: where the table is damaged, the checks say so."""
    c = tables.entity.c
    try:
        rows = tx.connection.execute(select(c.id, c.code, c.kind).order_by(c.code))
        return [(row.id, row.code, row.kind) for row in rows]
    except SQLAlchemyError as error:
        if "not a database" in str(error):
            raise
        return []


def _count(scope: Scope, name: str) -> int:
    table = tables.METADATA.tables[name]
    within = table.c.entity.between(scope.first, scope.last)
    try:
        return scope.tx.connection.execute(select(func.count()).select_from(table).where(within)).scalar() or 0
    except SQLAlchemyError:
        return 0
