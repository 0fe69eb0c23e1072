"""Receipts and payments: what money came in and went out in a period, by head, between its two balances.

The cash book in sum: it counts what really moved, by the same rule. Contras are in neither side, opening vouchers are
opening balance. A reversal of a voucher of the same period takes its amounts back from the side where they stood:
nothing came in and nothing went out. One of an earlier period is money of this one, on the other side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import Row as Line
from sqlalchemy import func, select

from bookkeeper.definitions.chart import MONEY_ROLES
from bookkeeper.ledger.accounts import Account, Chart, chart_of
from bookkeeper.ledger.balances import balance_at, balance_before
from bookkeeper.ledger.counter_accounts import moved
from bookkeeper.ledger.particulars import AT_ONCE
from bookkeeper.ledger.statements import columns_of_period, in_sections, row, side_totals, year_before
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Layout, Register, Row, Say, Section
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

RECEIPTS, PAYMENTS = "receipts", "payments"


def _columns(_tx: Tx, asked: Asked) -> tuple[Column, ...]:
    return columns_of_period(asked.since, asked.until, sections=True)


REGISTER = Register(
    title="Receipts and payments",
    columns=_columns,
    asks=(Ask.PERIOD, Ask.AFTER_CLOSING),
    layout=Layout.T_FORM,
    sections=(Section(RECEIPTS, "Receipts"), Section(PAYMENTS, "Payments")),
    signed_by=("Book-keeper", "Treasurer", "Secretary", "President"),
    closes_with_totals=False,
)


@dataclass
class _Money:
    """What a period did to the money, in paise, by account: balances, what came in, what went out."""

    opening: dict[int, int] = field(default_factory=dict)
    closing: dict[int, int] = field(default_factory=dict)
    received: Counter[int] = field(default_factory=Counter)
    paid: Counter[int] = field(default_factory=Counter)


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """Opening balances, receipts by head; payments by head, closing balances; paise, both sides the same in sum."""
    chart = chart_of(tx, asked.entity.id)
    before = year_before(asked.since, asked.until)
    this = _money(tx, asked.entity.id, chart, asked.since, asked.until)
    last = _money(tx, asked.entity.id, chart, *before) if before else _Money()
    boxes = [box for box in chart.of_role(*MONEY_ROLES) if box.is_default or _is_used(box, this, last)]
    for box in boxes:
        said = Say.of("Opening balance: {account}", account=Say(box.name))
        yield row(RECEIPTS, None, box, this.opening[box.id], last.opening.get(box.id, 0), said)
    yield from _by_head(chart, RECEIPTS, this.received, last.received)
    yield from _by_head(chart, PAYMENTS, this.paid, last.paid)
    for box in boxes:
        said = Say.of("Closing balance: {account}", account=Say(box.name))
        yield row(PAYMENTS, None, box, this.closing[box.id], last.closing.get(box.id, 0), said)


def totals(tx: Tx, asked: Asked) -> Mapping[str, int]:
    """What each side adds up to, balances included, in paise."""
    return side_totals(rows(tx, asked), (RECEIPTS, PAYMENTS))


def _is_used(box: Account, *periods: _Money) -> bool:
    return any(money.opening.get(box.id) or money.closing.get(box.id) for money in periods)


def _by_head(chart: Chart, side: str, this: Mapping[int, int], last: Mapping[int, int]) -> Iterator[Row]:
    """The heads of a side that money moved for; what was taken back whole leaves no row."""
    heads = [account for account in chart.accounts if this.get(account.id) or last.get(account.id)]
    for section, account in in_sections(chart, heads):
        yield row(side, section, account, this.get(account.id, 0), last.get(account.id, 0))


def _money(tx: Tx, entity: int, chart: Chart, since: str, until: str) -> _Money:
    found = _Money()
    for box in chart.of_role(*MONEY_ROLES):
        found.opening[box.id] = balance_before(tx, entity, box.id, since)
        found.closing[box.id] = balance_at(tx, entity, box.id, until)
    for account, paise in _opened(tx, entity, since, until).items():
        if account in found.opening:
            found.opening[account] += paise
    for _, of_one in groupby(_lines(tx, entity, since, until), key=lambda line: int(line.sequence)):
        _count(found, list(of_one), chart, since)
    return found


def _opened(tx: Tx, entity: int, since: str, until: str) -> dict[int, int]:
    """What opening vouchers of the period brought in, by account."""
    v, p = tables.voucher.c, tables.posting.c
    query = select(p.account, func.sum(p.paise)).join_from(
        tables.voucher, tables.posting, (p.entity == v.entity) & (p.sequence == v.sequence)
    )
    query = query.where(v.entity == entity, v.date.between(since, until), v.kind == "opening").group_by(p.account)
    return {account: int(paise) for account, paise in tx.connection.execute(query)}


def _lines(tx: Tx, entity: int, since: str, until: str) -> Iterator[Line[Any]]:
    """The lines of receipts and payments, and of a mirror the day of its original."""
    v, p, original = tables.voucher.c, tables.posting.c, tables.voucher.alias("original")
    source = tables.voucher.join(tables.posting, (p.entity == v.entity) & (p.sequence == v.sequence))
    source = source.outerjoin(original, (original.c.entity == v.entity) & (original.c.sequence == v.reverses))
    query = select(v.sequence, p.account, p.paise, original.c.date.label("reversed_of")).select_from(source)
    query = query.where(v.entity == entity, v.date.between(since, until), v.kind.in_(("receipt", "payment")))
    return iter(tx.connection.execute(query.order_by(v.date, v.sequence, p.line), execution_options=AT_ONCE))


def _count(found: _Money, of_one: list[Line[Any]], chart: Chart, since: str) -> None:
    """Count one voucher by its counter-accounts."""
    by_account: dict[Account, int] = {}
    for line in of_one:
        account = chart.by_id[line.account]
        by_account[account] = by_account.get(account, 0) + line.paise
    original = of_one[0].reversed_of
    takes_back = original is not None and original >= since
    for entry in moved(by_account, is_contra=False):
        paise = entry.cash + entry.bank
        if takes_back:
            (found.paid if entry.is_receipt else found.received)[entry.account.id] -= paise
        else:
            (found.received if entry.is_receipt else found.paid)[entry.account.id] += paise
