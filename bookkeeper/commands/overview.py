"""Queries of the window's frame: every entity with its years, and what the present user may do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from bookkeeper.commands.act import Office
from bookkeeper.rules.dates import financial_year
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx


@dataclass(frozen=True, slots=True)
class Whose:
    """An entity: `parent` is a code or "", `starts`, `locked_until` and `newest` (voucher by date) ISO days or "".

    `years` are the financial years, by the year in which they begin, that have vouchers or take them; `closed` the
    last closed one, nought where none is.
    """

    code: str
    name: str
    name_local: str
    kind: str
    language: str
    parent: str
    starts: str
    years: tuple[int, ...]
    closed: int
    locked_until: str
    newest: str


def whose(office: Office) -> tuple[Whose, ...]:
    """Every entity of the books, by code; a handful of queries, however many there are."""
    with office.looking() as tx:
        entity, voucher = tables.entity.c, tables.voucher.c
        newest = select(func.max(voucher.date)).where(voucher.entity == entity.id).scalar_subquery()
        query = select(*tables.entity.c, newest.label("newest")).order_by(entity.code)
        there = tx.connection.execute(query).all()
        codes = {one.id: one.code for one in there}
        closed, locked, years = _closed(tx), _locked(tx), _years(tx)
        present = financial_year(tx.today)
        return tuple(
            Whose(
                code=one.code,
                name=one.name,
                name_local=one.name_local,
                kind=one.kind,
                language=one.language,
                parent=codes.get(one.parent, ""),
                starts=one.starts,
                years=tuple(sorted(years.get(one.id, set()) | _open(one.starts, closed.get(one.id, 0), present))),
                closed=closed.get(one.id, 0),
                locked_until=locked.get(one.id, ""),
                newest=one.newest or "",
            )
            for one in there
        )


def _open(starts: str, closed: int, present: int) -> set[int]:
    """The years that take vouchers: from the start, after the last closed one, to the present one."""
    return set(range(max(financial_year(starts), closed + 1), present + 1))


def _closed(tx: Tx) -> Mapping[int, int]:
    c = tables.closing.c
    return {
        entity: int(year)
        for entity, year in tx.connection.execute(select(c.entity, func.max(c.year)).group_by(c.entity))
    }


def _locked(tx: Tx) -> Mapping[int, str]:
    c = tables.locked.c
    return {
        entity: str(day)
        for entity, day in tx.connection.execute(select(c.entity, func.max(c.until)).group_by(c.entity))
    }


def _years(tx: Tx) -> Mapping[int, set[int]]:
    """The years in which something was posted, from the kept sums."""
    c = tables.sum_year.c
    found: dict[int, set[int]] = defaultdict(set)
    for entity, year in tx.connection.execute(select(c.entity, c.year).distinct()):
        found[entity].add(int(year))
    return found


def rights(office: Office) -> tuple[str, ...]:
    """What the present user may do: look, enter, post, close, manage."""
    with office.looking() as tx:
        user = tables.user.c
        held = tx.connection.execute(select(user.rights).where(user.number == tx.user)).scalar_one()
        return tuple(str(held).split())
