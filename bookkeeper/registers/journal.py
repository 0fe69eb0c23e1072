"""Journal: the vouchers of kind journal, line by line; they touch neither cash nor bank."""

from __future__ import annotations

from collections.abc import Iterator

from bookkeeper.ledger.voucher_lines import COLUMNS, book_rows, lines_of_vouchers
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Register, Row
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Journal",
    columns=COLUMNS,
    asks=(Ask.PERIOD, Ask.ORDER),
    carry=True,
    landscape=True,
    signed_by=("Book-keeper", "Treasurer", "Secretary", "President"),
)


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """One row a line of a journal voucher."""
    query = lines_of_vouchers(asked.entity.id, asked.since, asked.until)
    return book_rows(tx, query.where(tables.voucher.c.kind == "journal"), by_entry=asked.by_entry)
