"""General ledger: each account's postings with the running balance, debit positive.

Each account begins with its opening balance; income and expense begin from nought each financial year.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Row as Line
from sqlalchemy import ScalarSelect, Select, case, func, select

from bookkeeper.ledger.accounts import Account, Chart, chart_of, folio_of
from bookkeeper.ledger.balances import results, standings
from bookkeeper.ledger.particulars import AT_ONCE, NAMES, Told, name_in, particulars, with_reversals
from bookkeeper.registers import Asked
from bookkeeper.report import Amount, Ask, Column, Kind, Person, Register, Row, Say, Total
from bookkeeper.rules.dates import day_before, financial_year, year_start
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="General ledger",
    columns=(
        Column("folio", "L.F.", mm=10),
        Column("code", "Code", mm=0),
        Column("role", "Role", mm=0),
        Column("account", "Account", mm=38),
        Column("date", "Date", Kind.DATE, mm=19),
        Column("voucher", "Voucher", mm=16),
        Column("particulars", "Particulars"),
        Column("debit", "Debit", Kind.MONEY, Total.SUM, mm=25),
        Column("credit", "Credit", Kind.MONEY, Total.SUM, mm=25),
        Column("balance", "Balance", Kind.BALANCE, Total.LAST, mm=35, sides=True),
    ),
    asks=(Ask.PERIOD, Ask.ACCOUNT),
    group="account",
    once=("folio", "account"),
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
            yield from _account(account, chart, asked, balance, of_account)
        if moved:
            code, postings = next(groups, ("", iter(())))


def notes(tx: Tx, asked: Asked) -> Iterator[Say]:
    """What the trial balance has on the surplus beside its account: the results of years that are not closed."""
    earned = sum(results(tx, asked.entity.id, financial_year(asked.until)).values())
    if earned and not asked.account:
        message = "Results of earlier years, not closed yet and so not on the surplus: {amount}"
        yield Say.of(message, amount=Amount(-earned))


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
    """Every posting of the period by account; joined from the accounts, so that nothing needs to be sorted."""
    v, p, a, m = tables.voucher.c, tables.posting.c, tables.account.c, tables.member.c
    own = (p.entity == a.entity) & (p.account == a.id) & p.date.between(asked.since, asked.until)
    entered = (v.entity == p.entity) & (v.sequence == p.sequence)
    hers = (m.entity == p.entity) & (m.id == p.member)
    source = with_reversals(tables.account.outerjoin(tables.posting, own).outerjoin(tables.voucher, entered))
    whose = (p.loan, m.number.label("member"), m.name, m.name_local)
    query: Select[Any] = select(
        p.date, v.kind, v.narration, *NAMES, a.code, p.paise, *whose, _counter().label("counter")
    )
    query = query.select_from(source.outerjoin(tables.member, hers))
    query = query.where(a.entity == asked.entity.id)
    query = query.where(a.id == asked.account.id) if asked.account else query
    query = query.order_by(a.code, p.date, p.sequence, p.line)
    return (line for line in tx.connection.execute(query, execution_options=AT_ONCE) if line.date is not None)


def _counter() -> ScalarSelect[Any]:
    """The one account that faces a posting in its voucher, on the other side; nought where there are several."""
    p, other = tables.posting.c, tables.posting.alias("other")
    least, most = func.min(other.c.account), func.max(other.c.account)
    query = select(case((least == most, least), else_=0)).select_from(other).correlate(tables.posting)
    query = query.where(other.c.entity == p.entity, other.c.sequence == p.sequence, other.c.account != p.account)
    return query.where((other.c.paise > 0) != (p.paise > 0)).scalar_subquery()


def _account(
    account: Account, chart: Chart, asked: Asked, balance: int, postings: Iterator[Line[Any]]
) -> Iterator[dict[str, object]]:
    """The opening and the postings; of income and expense an opening of nought for each year that the period turns."""
    head = {
        "folio": folio_of(account.folio),
        "account": Say(account.name),
        "code": account.code,
        "role": account.role,
    }
    year, last = financial_year(asked.since), financial_year(asked.until)
    yield head | _opening(asked.since, balance)
    for line in postings:
        if account.is_yearly and line.year != year:
            year, balance = line.year, 0
            yield head | _opening(year_start(year), balance)
        balance += line.paise
        yield head | {
            "date": line.date,
            "voucher": name_in(line),
            "particulars": _particulars(line, chart),
            "debit": max(0, line.paise),
            "credit": -line.paise if line.paise < 0 else 0,
            "balance": balance,
        }
    if account.is_yearly and balance and year != last:
        yield head | _opening(year_start(last), 0)


def _opening(date: str, balance: int) -> dict[str, object]:
    text = Say("Opening balance")
    return {"date": date, "voucher": None, "particulars": text, "debit": 0, "credit": 0, "balance": balance}


def _particulars(line: Line[Any], chart: Chart) -> Say:
    """The other head of the voucher, "Sundries" where there are several; the member or loan; and the narration."""
    one = Say(chart.by_id[line.counter].name) if line.counter else Say("Sundries")
    head = Say("Opening balance") if line.kind == "opening" else one
    member = Person(line.name, line.name_local) if line.member is not None else None
    return particulars(head, Told.of(line), line.loan, member)
