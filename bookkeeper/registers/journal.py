"""Journal: the vouchers of kind journal, line by line; they touch neither cash nor bank."""

from __future__ import annotations

from collections.abc import Iterator

from bookkeeper.ledger.listing import COLUMNS, ONCE, listing
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Register, Row
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Journal",
    columns=COLUMNS,
    asks=(Ask.PERIOD, Ask.ORDER),
    group="voucher",
    once=ONCE,
    subtotals=False,
    carry=True,
    landscape=True,
    signed_by=("Book-keeper", "Treasurer", "Secretary", "President"),
)


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """One row a line of a journal voucher; paise."""
    return listing(tx, asked.entity, asked.since, asked.until, kind="journal", by_entry=asked.by_entry)
