"""Trial balance: what stands on each account at the end of a day, in its column.

Income and expense are those of the day's financial year. What earlier years earned stands in the one row of the
surplus, also where they are still open. Closing vouchers of the day's own year count only where that is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row as Line
from sqlalchemy import Select, exists, select

from bookkeeper.definitions.chart import YEARLY_GROUPS
from bookkeeper.ledger.balances import Standing, standings
from bookkeeper.ledger.entities import Entity
from bookkeeper.ledger.years import SURPLUS_ROLE
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
        Column("debit", "Debit", Kind.MONEY, Total.SUM, mm=30, zero=""),
        Column("credit", "Credit", Kind.MONEY, Total.SUM, mm=30, zero=""),
    ),
)

_GROUPS = {
    "asset": Say("Assets"),
    "liability": Say("Liabilities"),
    "capital": Say("Capital"),
    "income": Say("Income"),
    "expense": Say("Expenses"),
}

_Head = Line[Any]
"""An account as it is read here: entity, id, code, name, group, role, whether it is its role's default, folio."""


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
        surplus = _surplus(chart)
        for _, id_, code, name, group, role, _, folio in chart:
            paise = _balance(found.get(id_), is_yearly=group in YEARLY_GROUPS, after_closing=asked.after_closing)
            if id_ == surplus:
                paise += sum(found[h.id].earlier for h in chart if h.grouping in YEARLY_GROUPS and h.id in found)
            if paise:
                head = {"entity": entity.code, "code": code, "account": Say(name), "role": role}
                place = {"group": _GROUPS[group], "folio": int(folio) if folio.isdecimal() else folio or None}
                yield {**head, **place, "debit": max(paise, 0), "credit": max(-paise, 0)}


def _balance(standing: Standing | None, *, is_yearly: bool, after_closing: bool) -> int:
    if standing is None:
        return 0
    closing = standing.closing if after_closing else 0
    return standing.year + closing + (0 if is_yearly else standing.earlier)


def _surplus(chart: Sequence[_Head]) -> int | None:
    """The account that earlier years' income and expense belong to."""
    of_role = sorted((head for head in chart if head.role == SURPLUS_ROLE), key=lambda head: -head.is_default)
    return of_role[0].id if of_role else None


def _heads(tx: Tx, ids: Sequence[int]) -> dict[int, list[_Head]]:
    """The accounts that ever moved, and the surplus, by code; of a federation's groups there are tens of thousands."""
    a, year = tables.account.c, tables.sum_year.c
    has_moved = exists().where(year.entity == a.entity, year.account == a.id)
    query: Select[Any] = select(a.entity, a.id, a.code, a.name, a.grouping, a.role, a.is_default, a.folio)
    query = query.where(a.entity.in_(ids), has_moved | (a.role == SURPLUS_ROLE))
    heads: dict[int, list[_Head]] = defaultdict(list)
    for head in tx.connection.execute(query.order_by(a.entity, a.code)):
        heads[head[0]].append(head)
    return heads


def _standings(tx: Tx, ids: Sequence[int], as_of: str) -> dict[int, dict[int, Standing]]:
    found: dict[int, dict[int, Standing]] = defaultdict(dict)
    for standing in standings(tx, ids, as_of):
        found[standing.entity][standing.account] = standing
    return found
