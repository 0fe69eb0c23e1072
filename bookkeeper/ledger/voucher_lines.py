"""What registers share: the lines of vouchers in order, and the words that stand beside an amount."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Row, Select, select

from bookkeeper.report import Column, Kind, Person, Say, Total
from bookkeeper.report import Row as ReportRow
from bookkeeper.rules.voucher import voucher_name
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

KIND_NAMES: Final = {
    "receipt": Say("Receipt"),
    "payment": Say("Payment"),
    "contra": Say("Contra"),
    "journal": Say("Journal entry"),
    "opening": Say("Opening"),
    "sale": Say("Sale"),
    "purchase": Say("Purchase"),
}

COLUMNS: Final = (
    Column("date", "Date", Kind.DATE, mm=18),
    Column("voucher", "Voucher", mm=15),
    Column("kind", "Kind", mm=19),
    Column("account", "Account", mm=39),
    Column("member", "Member", mm=14),
    Column("debit", "Debit", Kind.MONEY, Total.SUM, mm=23),
    Column("credit", "Credit", Kind.MONEY, Total.SUM, mm=23),
    Column("narration", "Narration"),
    Column("party", "Received from or paid to", mm=24),
    Column("reference", "Reference", mm=16),
    Column("resolution", "Resolution", mm=16),
    Column("reverses", "Reverses", mm=15),
    Column("reversed_by", "Reversed by", mm=15),
)
"""The columns of the day book and the journal."""

_AT_ONCE: Final = 1000


def streamed(tx: Tx, query: Select[Any]) -> Iterator[Row[Any]]:
    """The rows of a query, some at a time: a register of any length fits into little memory."""
    return iter(tx.connection.execution_options(stream_results=True).execute(query).yield_per(_AT_ONCE))


def lines_of_vouchers(entity: int, since: str, until: str) -> Select[Any]:
    """Every line of the vouchers of a period, with its account, member, and the names of mirror and original.

    Without an order: the caller gives it.
    """
    v, p, a, m = tables.voucher.c, tables.posting.c, tables.account.c, tables.member.c
    original, mirror = tables.voucher.alias("original"), tables.voucher.alias("mirror")
    joined = (
        tables.voucher.join(tables.posting, (p.entity == v.entity) & (p.sequence == v.sequence))
        .join(tables.account, (a.entity == p.entity) & (a.id == p.account))
        .outerjoin(tables.member, (m.entity == p.entity) & (m.id == p.member))
        .outerjoin(original, (original.c.entity == v.entity) & (original.c.sequence == v.reverses))
        .outerjoin(mirror, (mirror.c.entity == v.entity) & (mirror.c.reverses == v.sequence))
    )
    words = (v.narration, v.party, v.reference, v.resolution)
    line = (p.line, p.paise, p.loan, p.instrument, p.instrument_number, p.account.label("account_id"))
    head = (a.code, a.name, a.role, a.folio)
    member = (m.number.label("member"), m.name.label("member_name"), m.name_local)
    originals = (
        original.c.series.label("o_series"),
        original.c.number.label("o_number"),
        original.c.year.label("o_year"),
    )
    mirrors = (mirror.c.series.label("m_series"), mirror.c.number.label("m_number"), mirror.c.year.label("m_year"))
    own = (v.sequence, v.kind, v.series, v.number, v.year, v.date)
    query = select(*own, *words, *line, *head, *member, *originals, *mirrors).select_from(joined)
    return query.where(v.entity == entity, v.date.between(since, until))


def name_of(row: Row[Any]) -> str:
    """The voucher's name."""
    return voucher_name(row.series, row.number, row.year)


def original_of(row: Row[Any]) -> str | None:
    """The name of the voucher that this one reverses."""
    return voucher_name(row.o_series, row.o_number, row.o_year) if row.o_number is not None else None


def mirror_of(row: Row[Any]) -> str | None:
    """The name of the voucher that reverses this one."""
    return voucher_name(row.m_series, row.m_number, row.m_year) if row.m_number is not None else None


def narration_of(row: Row[Any]) -> object:
    """The narration as registers show it: a reversal and what was reversed are named, in the reader's language."""
    original, mirror = original_of(row), mirror_of(row)
    if original:
        return Say.of("Reversal of {voucher}: {reason}", voucher=original, reason=row.narration)
    if mirror:
        reversed_by = Say.of("Reversed by {voucher}", voucher=mirror)
        return joined(row.narration, reversed_by) if row.narration else reversed_by
    return row.narration


def joined(first: object, second: object) -> Say:
    """Two parts of a text, with a semicolon between."""
    return Say.of("{first}; {second}", first=first, second=second)


def beside(name: Say, row: Row[Any]) -> Say:
    """A head with the narration, where that says something else."""
    narration = narration_of(row)
    if not narration or (isinstance(narration, str) and narration.casefold() == name.text.casefold()):
        return name
    return Say.of("{account}: {narration}", account=name, narration=narration)


def person(row: Row[Any]) -> Person | None:
    """The member of a line, by name."""
    return Person(row.member_name, row.name_local) if row.member is not None else None


def folio_of(folio: str) -> int | str:
    """A ledger folio: as a number where it is one, so that it stands in the page's own digits."""
    return int(folio) if folio.isascii() and folio.isdigit() else folio


def book_rows(tx: Tx, query: Select[Any], *, by_entry: bool) -> Iterator[ReportRow]:
    """A row for each line of vouchers, as the day book and the journal show it."""
    v, p = tables.voucher.c, tables.posting.c
    order = (v.sequence, p.line) if by_entry else (v.date, v.sequence, p.line)
    for row in streamed(tx, query.order_by(*order)):
        yield {
            "date": row.date,
            "voucher": name_of(row),
            "kind": KIND_NAMES[row.kind],
            "account": Say(row.name),
            "code": row.code,
            "role": row.role,
            "member": row.member,
            "name": person(row),
            "debit": max(0, row.paise),
            "credit": -row.paise if row.paise < 0 else 0,
            "narration": narration_of(row),
            "party": row.party,
            "reference": row.reference,
            "resolution": row.resolution,
            "reverses": original_of(row),
            "reversed_by": mirror_of(row),
        }
