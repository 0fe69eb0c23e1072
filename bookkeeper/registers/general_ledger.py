"""General ledger: each account's postings with the running balance, debit positive.

Each account begins with its opening balance; income and expense begin from nought each financial year.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Row as Line
from sqlalchemy import func, select

from bookkeeper.ledger import voucher_lines as lines
from bookkeeper.ledger.accounts import Account, Chart, chart_of
from bookkeeper.ledger.balances import standings
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Register, Row, Say, Total
from bookkeeper.rules.dates import day_before, financial_year, year_start
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="General ledger",
    columns=(
        Column("folio", "L.F.", mm=10),
        Column("account", "Account", mm=38),
        Column("date", "Date", Kind.DATE, mm=19),
        Column("voucher", "Voucher", mm=16),
        Column("particulars", "Particulars"),
        Column("debit", "Debit", Kind.MONEY, Total.SUM, mm=25),
        Column("credit", "Credit", Kind.MONEY, Total.SUM, mm=25),
        Column("balance", "Balance", Kind.BALANCE, Total.LAST, mm=27),
    ),
    asks=(Ask.PERIOD, Ask.ACCOUNT),
    group="account",
    carry=True,
    landscape=True,
    signed_by=("Book-keeper", "Treasurer", "Secretary", "President"),
)


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """Account by account in order of code: the opening balance, then one row a posting."""
    chart = chart_of(tx, asked.entity.id)
    wanted = (asked.account,) if asked.account else chart.accounts
    opening = _openings(tx, asked, chart)
    groups = groupby(_postings(tx, asked), key=lambda line: str(line.code))
    code, postings = next(groups, ("", iter(())))
    for account in wanted:
        of_account: Iterator[Line[Any]] = iter(())
        moved = code == account.code
        if moved:
            of_account = postings
        balance = opening.get(account.id, 0)
        if moved or balance or asked.account:
            yield from _account(account, chart, asked.since, balance, of_account)
        if moved:
            code, postings = next(groups, ("", iter(())))


def _openings(tx: Tx, asked: Asked, chart: Chart) -> dict[int, int]:
    """What each account opens the period with."""
    before = day_before(asked.since)
    new_year = financial_year(before) != financial_year(asked.since)
    found = {}
    for standing in standings(tx, [asked.entity.id], before):
        in_year = standing.year + standing.closing
        if chart.by_id[standing.account].is_yearly:
            found[standing.account] = 0 if new_year else in_year
        else:
            found[standing.account] = standing.earlier + in_year
    return found


def _postings(tx: Tx, asked: Asked) -> Iterator[Line[Any]]:
    v, p, a = tables.voucher.c, tables.posting.c, tables.account.c
    other = tables.posting.alias("other")
    elsewhere = (other.c.entity == p.entity) & (other.c.sequence == p.sequence) & (other.c.account != p.account)
    least, most = (
        select(pick(other.c.account)).where(elsewhere).scalar_subquery().label(name)
        for pick, name in ((func.min, "least"), (func.max, "most"))
    )
    query = lines.lines_of_vouchers(asked.entity.id, asked.since, asked.until).add_columns(least, most)
    if asked.account:
        query = query.where(p.account == asked.account.id)
    return lines.streamed(tx, query.order_by(a.code, v.date, v.sequence, p.line))


def _account(
    account: Account, chart: Chart, since: str, balance: int, postings: Iterator[Line[Any]]
) -> Iterator[dict[str, object]]:
    head = {
        "folio": lines.folio_of(account.folio),
        "account": Say(account.name),
        "code": account.code,
        "role": account.role,
    }
    year = financial_year(since)
    yield head | _opening(since, balance)
    for line in postings:
        if account.is_yearly and line.year != year:
            year, balance = line.year, 0
            yield head | _opening(year_start(year), balance)
        balance += line.paise
        yield head | {
            "date": line.date,
            "voucher": lines.name_of(line),
            "particulars": lines.beside(_counter(line, chart), line),
            "debit": max(0, line.paise),
            "credit": -line.paise if line.paise < 0 else 0,
            "balance": balance,
        }


def _opening(date: str, balance: int) -> dict[str, object]:
    text = Say("Opening balance")
    return {"date": date, "voucher": None, "particulars": text, "debit": 0, "credit": 0, "balance": balance}


def _counter(line: Line[Any], chart: Chart) -> Say:
    """The other head of the voucher, or "Sundries" where there are several; with the member it concerns."""
    one = line.least is not None and line.least == line.most
    name = Say(chart.by_id[line.least].name) if one else Say("Sundries")
    if line.member is None:
        return name
    if line.loan is not None:
        return Say.of("{account}: loan {loan}, {member}", account=name, loan=line.loan, member=lines.person(line))
    return Say.of("{account}: {narration}", account=name, narration=lines.person(line))
