"""Balances: at a date, by month, by member; and the month and year sums kept in the same transaction.

The sums are a cache of the journal. Balances are debit-positive paise. A member's balance is read from the index by
member: she has few postings, and a cache less is one that cannot drift.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, case, cast, delete, func, literal, select, text, true, union_all

from bookkeeper.definitions.chart import YEARLY_GROUPS
from bookkeeper.rules.dates import day_before, financial_year, is_month_end, month_of, month_start, year_end, year_start
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

_MONTH, _YEAR = tables.sum_month, tables.sum_year


def _upsert(table: str, period: str) -> str:
    return (
        f"INSERT INTO {table} (entity, account, {period}, closing, debit, credit) "  # noqa: S608  # two fixed names
        f"VALUES (:entity, :account, :{period}, :closing, :debit, :credit) "
        f"ON CONFLICT (entity, account, {period}, closing) DO UPDATE "
        f"SET debit = {table}.debit + excluded.debit, credit = {table}.credit + excluded.credit"
    )


_ADD_MONTH = text(_upsert("sum_month", "month"))
_ADD_YEAR = text(_upsert("sum_year", "year"))


def add(tx: Tx, entity: int, months: Mapping[tuple[int, int, int], Sequence[int]]) -> None:
    """Add what was just posted to the sums: (account, month, closing) → debit and credit in paise."""
    if not months:
        return
    years: dict[tuple[int, int, int], list[int]] = defaultdict(lambda: [0, 0])
    for (account, month, closing), (debit, credit) in months.items():
        sums = years[(account, financial_year(month_start(month)), closing)]
        sums[0] += debit
        sums[1] += credit
    tx.connection.execute(_ADD_MONTH, [_sums(entity, "month", key, sums) for key, sums in months.items()])
    tx.connection.execute(_ADD_YEAR, [_sums(entity, "year", key, sums) for key, sums in years.items()])


def _sums(entity: int, period: str, key: tuple[int, int, int], sums: Sequence[int]) -> dict[str, int]:
    return {
        "entity": entity, "account": key[0], period: key[1], "closing": key[2], "debit": sums[0], "credit": sums[1],
    }  # fmt: skip


def recomputed_months(tx: Tx, entity: int) -> dict[tuple[int, int, int], tuple[int, int]]:
    """The month sums as the journal itself gives them."""
    posting, voucher = tables.posting, tables.voucher
    month = cast(func.substr(posting.c.date, 1, 4), Integer) * 12 + cast(func.substr(posting.c.date, 6, 2), Integer) - 1
    debit = func.sum(case((posting.c.paise > 0, posting.c.paise), else_=0))
    credit = func.sum(case((posting.c.paise < 0, -posting.c.paise), else_=0))
    same = (posting.c.entity == voucher.c.entity) & (posting.c.sequence == voucher.c.sequence)
    query = select(posting.c.account, month, voucher.c.closing, debit, credit).join_from(posting, voucher, same)
    rows = tx.connection.execute(
        query.where(posting.c.entity == entity).group_by(posting.c.account, month, voucher.c.closing)
    )
    return {(a, m, c): (int(d), int(cr)) for a, m, c, d, cr in rows}


def stored_months(tx: Tx, entity: int) -> dict[tuple[int, int, int], tuple[int, int]]:
    """The month sums as they are kept."""
    return _stored(tx, _MONTH.c.month, entity)


def stored_years(tx: Tx, entity: int) -> dict[tuple[int, int, int], tuple[int, int]]:
    """The year sums as they are kept."""
    return _stored(tx, _YEAR.c.year, entity)


def _stored(tx: Tx, period: ColumnElement[int], entity: int) -> dict[tuple[int, int, int], tuple[int, int]]:
    table = period.table
    query = select(table.c.account, period, table.c.closing, table.c.debit, table.c.credit)
    rows = tx.connection.execute(query.where(table.c.entity == entity))
    return {(a, p, c): (d, cr) for a, p, c, d, cr in rows}


def rebuild(tx: Tx, entity: int) -> None:
    """Throw the sums of an entity away and make them anew from the journal."""
    for table in (_MONTH, _YEAR):
        tx.connection.execute(delete(table).where(table.c.entity == entity))
    add(tx, entity, recomputed_months(tx, entity))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the trial balance needs of one account, in paise, debit positive."""

    entity: int
    account: int
    earlier: int
    """All years before the date's financial year, their closing vouchers included."""
    year: int
    """From the first day of that year to the date, without closing vouchers."""
    closing: int
    """The closing vouchers of that year."""


def standings(tx: Tx, entities: Sequence[int] | None, as_of: str) -> Iterator[Standing]:
    """Every account's standing at the end of a day, by entity and account; None asks for all entities.

    Year sums alone where nothing later counts in the year; else the years before, month sums inside the year, and
    postings only for a month that is not whole.
    """
    year, month = financial_year(as_of), month_of(as_of)
    if as_of == year_end(year) or newest_date(tx, entities) <= as_of:
        return _standings_of(tx, _whole_years(entities, year))
    last = month if is_month_end(as_of) else month - 1
    parts = [_earlier(entities, year), _in_year(entities, month_of(year_start(year)), last)]
    if last < month:
        parts.append(_part_month(entities, month_start(month), as_of))
    both = union_all(*parts).subquery()
    key = (both.c.entity, both.c.account)
    query = select(*key, func.sum(both.c.earlier), func.sum(both.c.year), func.sum(both.c.closing))
    return _standings_of(tx, query.group_by(*key).order_by(*key))


def _standings_of(tx: Tx, query: Select[Any]) -> Iterator[Standing]:
    return (Standing(e, a, int(x), int(y), int(z)) for e, a, x, y, z in tx.connection.execute(query).all())


def _whole_years(entities: Sequence[int] | None, year: int) -> Select[Any]:
    c = _YEAR.c
    net = c.debit - c.credit
    parts = (c.year < year, (c.year == year) & (c.closing == 0), (c.year == year) & (c.closing == 1))
    sums = (func.sum(case((part, net), else_=0)) for part in parts)
    key = (c.entity, c.account)
    query = select(*key, *sums).where(_among(c.entity, entities), c.year <= year)
    return query.group_by(*key).order_by(*key)


def _among(column: ColumnElement[int], entities: Sequence[int] | None) -> ColumnElement[bool]:
    return true() if entities is None else column.in_(entities)


def _earlier(entities: Sequence[int] | None, year: int) -> Select[tuple[int, int, int, int, int]]:
    c = _YEAR.c
    net = func.sum(c.debit - c.credit).label("earlier")
    query = select(c.entity, c.account, net, literal(0).label("year"), literal(0).label("closing"))
    return query.where(_among(c.entity, entities), c.year < year).group_by(c.entity, c.account)


def _in_year(entities: Sequence[int] | None, first: int, last: int) -> Select[tuple[int, int, int, int, int]]:
    c = _MONTH.c
    open_, closing = (func.sum(case((c.closing == mark, c.debit - c.credit), else_=0)) for mark in (0, 1))
    query = select(c.entity, c.account, literal(0), open_, closing)
    return query.where(_among(c.entity, entities), c.month.between(first, last)).group_by(c.entity, c.account)


def _part_month(entities: Sequence[int] | None, first: str, last: str) -> Select[tuple[int, int, int, int, int]]:
    """Postings of part of a month, sought account by account. Closing vouchers stand on a last of March: never here."""
    account, c = tables.account.c, tables.posting.c
    same = (c.entity == account.entity) & (c.account == account.id) & c.date.between(first, last)
    query = select(account.entity, account.id, literal(0), func.sum(c.paise), literal(0))
    query = query.join_from(tables.account, tables.posting, same).where(_among(account.entity, entities))
    return query.group_by(account.entity, account.id)


def balance_at(tx: Tx, entity: int, account: int, as_of: str, *, this_year_only: bool = False) -> int:
    """The balance of an account at the end of a day; for income and expense ask `this_year_only`. Closing counts."""
    year, month = financial_year(as_of), month_of(as_of)
    posting = tables.posting.c
    own = (posting.entity == entity, posting.account == account, posting.date.between(month_start(month), as_of))
    months = _sum_of(tx, _MONTH.c.month, entity, account, month_of(year_start(year)), month - 1)
    part = tx.connection.execute(select(func.sum(posting.paise)).where(*own)).scalar() or 0
    earlier = 0 if this_year_only else _sum_of(tx, _YEAR.c.year, entity, account, 0, year - 1)
    return int(earlier + months + part)


def _sum_of(tx: Tx, period: ColumnElement[int], entity: int, account: int, first: int, last: int) -> int:
    c = period.table.c
    query = select(func.sum(c.debit - c.credit)).where(
        c.entity == entity, c.account == account, period.between(first, last)
    )
    return int(tx.connection.execute(query).scalar() or 0)


def balance_before(tx: Tx, entity: int, account: int, on: str) -> int:
    """The balance of an account before a day begins, in paise."""
    return balance_at(tx, entity, account, day_before(on))


def results(tx: Tx, entity: int, until: int) -> dict[int, int]:
    """What income and expense of each financial year before one come to, debit positive: nought of a closed year."""
    year, account = _YEAR.c, tables.account.c
    own = (account.entity == year.entity) & (account.id == year.account)
    query = select(year.year, func.sum(year.debit - year.credit)).join_from(_YEAR, tables.account, own)
    query = query.where(year.entity == entity, year.year < until, account.grouping.in_(YEARLY_GROUPS))
    return {y: int(paise) for y, paise in tx.connection.execute(query.group_by(year.year).order_by(year.year))}


def by_month(tx: Tx, entity: int, account: int, first: str, last: str) -> dict[int, tuple[int, int]]:
    """Debits and credits of an account by month (`rules.dates.month_of`), for the whole months of a period."""
    c = _MONTH.c
    query = select(c.month, func.sum(c.debit), func.sum(c.credit)).where(
        c.entity == entity, c.account == account, c.month.between(month_of(first), month_of(last))
    )
    return {m: (int(d), int(cr)) for m, d, cr in tx.connection.execute(query.group_by(c.month).order_by(c.month))}


def by_member(tx: Tx, entity: int, account: int, as_of: str) -> dict[str, int]:
    """What stands on an account for each member at the end of a day: number → paise, debit positive."""
    posting, member = tables.posting.c, tables.member.c
    same = (member.entity == posting.entity) & (member.id == posting.member)
    query = select(member.number, func.sum(posting.paise)).join_from(tables.member, tables.posting, same)
    query = query.where(member.entity == entity, posting.account == account, posting.date <= as_of)
    return {number: int(paise) for number, paise in tx.connection.execute(query.group_by(member.number))}


def newest_date(tx: Tx, entities: Sequence[int] | None) -> str:
    """The day of the newest voucher by date, or ""."""
    voucher, entity = tables.voucher.c, tables.entity.c
    of_each = select(func.max(voucher.date)).where(voucher.entity == entity.id).scalar_subquery()
    query = select(func.max(of_each)).select_from(tables.entity).where(_among(entity.id, entities))
    return tx.connection.execute(query).scalar() or ""
