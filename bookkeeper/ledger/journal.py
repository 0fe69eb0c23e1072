"""Reading posted vouchers back: one by its name, as the value it was posted from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select

from bookkeeper.errors import BadInput, Fault, Refused
from bookkeeper.ledger.entities import Entity
from bookkeeper.rules.money import Paise
from bookkeeper.rules.said import Said
from bookkeeper.rules.voucher import Attachment, Instrument, Posting, Voucher, voucher_name
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

_NAME = re.compile(r"([A-Z]+)([0-9]{1,9})/([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A posted voucher: its link's sequence, its name, the value, and the name of the voucher that reverses it."""

    sequence: int
    name: str
    year: int
    voucher: Voucher
    reversed_by: str


def recorded(tx: Tx, entity: Entity, name: str) -> Recorded:
    """The voucher of that name ("R28/2023-24"). Raises BadInput for a text that is no name, Refused where it is not."""
    match = _NAME.fullmatch(name.strip())
    if not match or (int(match[3]) + 1) % 100 != int(match[4]):
        raise BadInput(
            Fault(
                Said("“{name}” does not name a voucher.", name=name),
                "Write it as in the registers, for example R28/2023-24.",
            )
        )
    v = tables.voucher.c
    query = select(tables.voucher).where(
        v.entity == entity.id, v.series == match[1], v.year == int(match[3]), v.number == int(match[2])
    )
    row = tx.connection.execute(query).first()
    if row is None:
        raise Refused(
            Fault(Said("{entity} has no voucher {name}.", entity=entity.code, name=name), "Look it up in the day book.")
        )
    return _recorded(tx, entity, row)


def recorded_at(tx: Tx, entity: Entity, sequence: int) -> Recorded:
    """The voucher of that link, which there must be."""
    v = tables.voucher.c
    query = select(tables.voucher).where(v.entity == entity.id, v.sequence == sequence)
    return _recorded(tx, entity, tx.connection.execute(query).one())


def _recorded(tx: Tx, entity: Entity, row: Row[Any]) -> Recorded:
    value = Voucher(
        kind=row.kind,
        date=row.date,
        postings=_postings(tx, entity.id, row.sequence),
        narration=row.narration,
        party=row.party,
        reference=row.reference,
        resolution=row.resolution,
        attachments=_attachments(tx, entity.id, row.sequence),
        meeting=row.meeting,
        closing=bool(row.closing),
        reverses=row.reverses,
    )
    return Recorded(
        row.sequence,
        voucher_name(row.series, row.number, row.year),
        row.year,
        value,
        _mirror_of(tx, entity.id, row.sequence),
    )


def opening_voucher(tx: Tx, entity: Entity) -> str:
    """The name of the opening voucher that stands (is not reversed), or ""."""
    v, mirror = tables.voucher.c, tables.voucher.alias("mirror").c
    gone = select(mirror.sequence).where(mirror.entity == v.entity, mirror.reverses == v.sequence).exists()
    query = select(v.series, v.number, v.year).where(v.entity == entity.id, v.kind == "opening", v.reverses.is_(None))
    row = tx.connection.execute(query.where(~gone)).first()
    return voucher_name(*row) if row else ""


def _postings(tx: Tx, entity: int, sequence: int) -> tuple[Posting, ...]:
    p, a, m = tables.posting.c, tables.account.c, tables.member.c
    same_account = (a.entity == p.entity) & (a.id == p.account)
    same_member = (m.entity == p.entity) & (m.id == p.member)
    columns = (a.code, p.paise, m.number, p.loan, p.deposit, p.share, p.fund)
    query: Select[Any] = select(*columns, p.instrument, p.instrument_number, p.instrument_date)
    query = query.select_from(tables.posting.join(tables.account, same_account).outerjoin(tables.member, same_member))
    rows = tx.connection.execute(query.where(p.entity == entity, p.sequence == sequence).order_by(p.line))
    return tuple(_posting(row) for row in rows)


def _posting(row: Row[Any]) -> Posting:
    by = row.instrument
    return Posting(
        row.code, Paise(row.paise), row.number, row.loan, row.deposit, row.share, row.fund,
        Instrument(by, row.instrument_number, row.instrument_date) if by is not None else None,
    )  # fmt: skip


def _attachments(tx: Tx, entity: int, sequence: int) -> tuple[Attachment, ...]:
    c = tables.attachment.c
    query = select(c.sha256, c.name).where(c.entity == entity, c.sequence == sequence).order_by(c.line)
    return tuple(Attachment(sha256, name) for sha256, name in tx.connection.execute(query))


def _mirror_of(tx: Tx, entity: int, sequence: int) -> str:
    v = tables.voucher.c
    query = select(v.series, v.number, v.year).where(v.entity == entity, v.reverses == sequence)
    row = tx.connection.execute(query).first()
    return voucher_name(*row) if row else ""
