"""Income and expenditure: what a period earned and spent, by head, on the cash basis, and the surplus between them.

Closing vouchers, which only carry the result to the surplus, are left out unless they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Select, func, select, true

from bookkeeper.definitions.chart import YEARLY_GROUPS
from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.statements import columns_of_period, in_sections, row, side_totals, year_before
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Layout, Register, Row, Section
from bookkeeper.rules.dates import is_month_end, month_of, month_start
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

INCOME, EXPENDITURE = "income", "expenditure"
_SIDES = {"income": INCOME, "expense": EXPENDITURE}


def _columns(_tx: Tx, asked: Asked) -> tuple[Column, ...]:
    return columns_of_period(asked.since, asked.until, sections=False)


REGISTER = Register(
    title="Income and expenditure",
    columns=_columns,
    asks=(Ask.PERIOD, Ask.AFTER_CLOSING),
    layout=Layout.T_FORM,
    sections=(Section(EXPENDITURE, "Expenditure"), Section(INCOME, "Income")),
    signed_by=("Book-keeper", "Treasurer", "Secretary", "President"),
    closes_with_totals=False,
)


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """The heads of each side that moved; paise, income and expenditure both positive as is usual for them."""
    chart = chart_of(tx, asked.entity.id)
    before = year_before(asked.since, asked.until)
    this = _sums(tx, asked, asked.since, asked.until)
    last = _sums(tx, asked, *before) if before else {}
    moved = [account for account in chart.accounts if account.is_yearly]
    moved = [account for account in moved if this.get(account.id) or last.get(account.id)]
    for section, account in in_sections(chart, moved):
        sign = -1 if account.group == "income" else 1
        side = _SIDES[account.group]
        yield row(side, section, account, sign * this.get(account.id, 0), sign * last.get(account.id, 0))


def totals(tx: Tx, asked: Asked) -> Mapping[str, int]:
    """What each side adds up to, and the surplus (negative: a deficit), in paise."""
    found = side_totals(rows(tx, asked), (INCOME, EXPENDITURE))
    return {**found, "surplus": found[INCOME] - found[EXPENDITURE]}


def _sums(tx: Tx, asked: Asked, since: str, until: str) -> dict[int, int]:
    """What moved on each head of income and expense, debit positive; month sums where the months are whole."""
    whole = since == month_start(month_of(since)) and is_month_end(until)
    query = _of_months(asked, since, until) if whole else _of_days(asked, since, until)
    a = tables.account.c
    query = query.where(a.entity == asked.entity.id, a.grouping.in_(YEARLY_GROUPS)).group_by(a.id)
    return {account: int(paise) for account, paise in tx.connection.execute(query)}


def _of_months(asked: Asked, since: str, until: str) -> Select[Any]:
    a, s = tables.account.c, tables.sum_month.c
    query = select(a.id, func.sum(s.debit - s.credit))
    query = query.join_from(tables.account, tables.sum_month, (s.entity == a.entity) & (s.account == a.id))
    counted = true() if asked.after_closing else s.closing == 0
    return query.where(s.month.between(month_of(since), month_of(until)), counted)


def _of_days(asked: Asked, since: str, until: str) -> Select[Any]:
    a, p, v = tables.account.c, tables.posting.c, tables.voucher.c
    posted = tables.account.join(tables.posting, (p.entity == a.entity) & (p.account == a.id))
    posted = posted.join(tables.voucher, (v.entity == p.entity) & (v.sequence == p.sequence))
    query = select(a.id, func.sum(p.paise)).select_from(posted)
    return query.where(p.date.between(since, until), true() if asked.after_closing else v.closing == 0)
