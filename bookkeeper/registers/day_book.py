"""Day book: every voucher of the period, line by line, by date or in order of entry."""

from __future__ import annotations

from collections.abc import Iterator

from bookkeeper.ledger.voucher_lines import COLUMNS, book_rows, lines_of_vouchers
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Register, Row
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Day book",
    columns=COLUMNS,
    asks=(Ask.PERIOD, Ask.ORDER),
    carry=True,
    landscape=True,
    signed_by=("Book-keeper", "Treasurer", "Secretary", "President"),
)


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """One row a line of a voucher."""
    query = lines_of_vouchers(asked.entity.id, asked.since, asked.until)
    return book_rows(tx, query, by_entry=asked.by_entry)
