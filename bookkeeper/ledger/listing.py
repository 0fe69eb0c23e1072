"""The journal as a list, a row a posting: what the day book and the journal show of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Row as Line
from sqlalchemy import Select, select

from bookkeeper.ledger.entities import Entity
from bookkeeper.ledger.particulars import AT_ONCE, NAMES, name_in, reversed_by_in, reverses_in, with_reversals
from bookkeeper.report import Column, Kind, Person, Row, Say, Total
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

NOT_ON_PAPER: Final = 0.0
"""The width of a column that only scripts read."""

COLUMNS: Final = (
    Column("date", "Date", Kind.DATE, mm=19),
    Column("voucher", "Voucher", head="No", mm=13),
    Column("kind", "Kind", mm=NOT_ON_PAPER),
    Column("account", "Account", mm=38),
    Column("code", "Code", mm=NOT_ON_PAPER),
    Column("role", "Role", mm=NOT_ON_PAPER),
    Column("member", "Member no.", head="No.", mm=8),
    Column("name", "Member", mm=34),
    Column("loan", "Loan", mm=NOT_ON_PAPER),
    Column("debit", "Debit", Kind.MONEY, Total.SUM, mm=23),
    Column("credit", "Credit", Kind.MONEY, Total.SUM, mm=23),
    Column("narration", "Narration"),
    Column("party", "Received from or paid to", head="From, to", mm=26),
    Column("instrument", "Instrument", mm=NOT_ON_PAPER),
    Column("reference", "Reference", mm=NOT_ON_PAPER),
    Column("resolution", "Resolution", mm=NOT_ON_PAPER),
    Column("reverses", "Reverses", mm=17),
    Column("reversed_by", "Reversed by", mm=17),
)
"""On A4 across, 267 mm; the narration takes what is left."""

ONCE: Final = ("date", "voucher", "narration", "party", "reverses", "reversed_by")
"""What is of the voucher, not of its line: paper names it once."""


def listing(tx: Tx, entity: Entity, since: str, until: str, *, kind: str = "", by_entry: bool = False) -> Iterator[Row]:
    """Every posting of a period, in order of day or of entry, of one kind of voucher or of all; paise."""
    v, p, a, m = tables.voucher.c, tables.posting.c, tables.account.c, tables.member.c
    own = (p.entity == v.entity) & (p.sequence == v.sequence)
    head = (a.entity == p.entity) & (a.id == p.account)
    hers = (m.entity == p.entity) & (m.id == p.member)
    # outer, though each has its row: SQLite then reads from the vouchers on, in order, and sorts no more than a day
    source = with_reversals(tables.voucher.outerjoin(tables.posting, own).outerjoin(tables.account, head))
    words = (v.sequence, v.date, v.kind, v.narration, v.party, v.reference, v.resolution, *NAMES)
    amount = (p.paise, p.loan, p.instrument, p.instrument_number, p.instrument_date)
    whose = (a.name.label("account"), a.code, a.role, m.number.label("member"), m.name, m.name_local)
    query: Select[Any] = select(*words, *amount, *whose).select_from(source.outerjoin(tables.member, hers))
    query = query.where(v.entity == entity.id, v.date.between(since, until))
    query = query.where(v.kind == kind) if kind else query
    query = query.order_by(*(() if by_entry else (v.date,)), v.sequence, p.line)
    return (_row(line) for line in tx.connection.execute(query, execution_options=AT_ONCE))


def _row(line: Line[Any]) -> Row:
    paise = line.paise
    return {
        "date": line.date,
        "voucher": name_in(line),
        "kind": line.kind,
        "account": Say(line.account),
        "code": line.code,
        "role": line.role,
        "member": line.member,
        "name": None if line.member is None else Person(line.name, line.name_local),
        "loan": line.loan,
        "debit": max(paise, 0),
        "credit": max(-paise, 0),
        "narration": line.narration,
        "party": line.party,
        "instrument": _instrument(line),
        "reference": line.reference,
        "resolution": line.resolution,
        "reverses": reverses_in(line),
        "reversed_by": reversed_by_in(line),
        "_voucher": line.sequence,
    }


def _instrument(line: Line[Any]) -> str | None:
    """What moved the money, its number and its date: "cheque 000123 2024-04-01"."""
    if line.instrument is None:
        return None
    return " ".join(filter(None, (line.instrument, line.instrument_number, line.instrument_date)))
