"""Trial balance: what stands on each account at the end of a day, in its column.

Income and expense are those of the day's financial year. What earlier years earned stands in the one row of the
surplus, also where they are still open. Closing vouchers of the day's own year count only where that is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, exists, select

from bookkeeper.definitions.chart import SURPLUS_ROLE, YEARLY_GROUPS
from bookkeeper.ledger.accounts import folio_of
from bookkeeper.ledger.balances import Standing, standings
from bookkeeper.ledger.entities import Entity
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Register, Row, Say, Total
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Trial balance",
    asks=(Ask.AS_OF, Ask.AFTER_CLOSING),
    signed_by=("Book-keeper", "Treasurer", "Secretary", "President"),
    columns=(
        Column("code", "Code", mm=16),
        Column("account", "Account"),
        Column("role", "Role", mm=0),
        Column("group", "Group", mm=30),
        Column("folio", "Folio", head="L.F.", mm=12),
        Column("debit", "Debit", Kind.MONEY, Total.SUM, mm=30),
        Column("credit", "Credit", Kind.MONEY, Total.SUM, mm=30),
    ),
)

_GROUPS = {
    "asset": Say("Assets"),
    "liability": Say("Liabilities"),
    "capital": Say("Capital"),
    "income": Say("Income"),
    "expense": Say("Expenses"),
}

_NEVER_MOVED = Standing(0, 0, 0, 0, 0)

_said = cache(Say)
"""Names of heads are few and stand in every group's books."""


class _Head(NamedTuple):
    """An account as it is read here; plain, since of a federation's groups there are tens of thousands."""

    entity: int
    id: int
    code: str
    name: str
    grouping: str
    role: str | None
    is_default: int
    folio: str

    def row(self, entity: str, paise: int) -> Row:
        return {
            "entity": entity,
            "code": self.code,
            "account": _said(self.name),
            "role": self.role,
            "group": _GROUPS[self.grouping],
            "folio": folio_of(self.folio),
            "debit": max(paise, 0),
            "credit": -paise if paise < 0 else 0,
        }


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """The accounts of the entity asked for that are not nought, in order of code; paise."""
    for row in rows_of_all(tx, [asked.entity], asked):
        yield {key: value for key, value in row.items() if key != "entity"}


def rows_of_all(tx: Tx, entities: Sequence[Entity], asked: Asked) -> Iterator[Row]:
    """The same of many entities, read in one pass; each row carries the code of its `entity`."""
    ids = [entity.id for entity in entities]
    heads, stands = _heads(tx, ids), _standings(tx, ids, asked.as_of)
    for entity in entities:
        chart, found = heads[entity.id], stands[entity.id]
        surplus, earned = _surplus(chart), 0
        balances: dict[_Head, int] = {}
        for head in chart:
            standing = found.get(head.id, _NEVER_MOVED)
            balances[head] = standing.year + (standing.closing if asked.after_closing else 0)
            if head.grouping in YEARLY_GROUPS:
                earned += standing.earlier
            else:
                balances[head] += standing.earlier
        if surplus:
            balances[surplus] += earned
        yield from (head.row(entity.code, paise) for head, paise in balances.items() if paise)


def _surplus(chart: Sequence[_Head]) -> _Head | None:
    """The account that earlier years' income and expense belong to."""
    return max((head for head in chart if head.role == SURPLUS_ROLE), key=lambda head: head.is_default, default=None)


def _heads(tx: Tx, ids: Sequence[int]) -> dict[int, list[_Head]]:
    """The accounts that ever moved, and the surplus, by code."""
    a, year = tables.account.c, tables.sum_year.c
    has_moved = exists().where(year.entity == a.entity, year.account == a.id)
    query: Select[Any] = select(a.entity, a.id, a.code, a.name, a.grouping, a.role, a.is_default, a.folio)
    query = query.where(a.entity.in_(ids), has_moved | (a.role == SURPLUS_ROLE))
    heads: dict[int, list[_Head]] = defaultdict(list)
    for line in tx.connection.execute(query.order_by(a.entity, a.code)):
        heads[line[0]].append(_Head._make(line))
    return heads


def _standings(tx: Tx, ids: Sequence[int], as_of: str) -> dict[int, dict[int, Standing]]:
    found: dict[int, dict[int, Standing]] = defaultdict(dict)
    for standing in standings(tx, ids, as_of):
        found[standing.entity][standing.account] = standing
    return found
