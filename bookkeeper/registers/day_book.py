"""Day book: every voucher of the period, line by line, by date or in order of entry."""

from __future__ import annotations

from collections.abc import Iterator

from bookkeeper.ledger.listing import COLUMNS, ONCE, listing
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Register, Row
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Day book",
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
    """One row a line of a voucher; paise."""
    return listing(tx, asked.entity, asked.since, asked.until, by_entry=asked.by_entry)
