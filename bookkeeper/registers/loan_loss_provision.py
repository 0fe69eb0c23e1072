"""Loan-loss provision: what is to be set aside against loans that may not come back, by a table of classes by age."""

from __future__ import annotations

from collections.abc import Iterator

from bookkeeper.books.loan_arrears import loan_history
from bookkeeper.definitions.kind import kind
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Register, Row, Say, Total
from bookkeeper.rules.arrears import provisions, two_places
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Loan-loss provision",
    asks=(Ask.AS_OF,),
    signed_by=("Book-keeper", "Treasurer", "President"),
    columns=(
        Column("class", "Class"),
        Column("from_days", "From days overdue", Kind.COUNT, mm=24),
        Column("loans", "Loans", Kind.COUNT, mm=16),
        Column("outstanding", "Outstanding", Kind.MONEY, Total.SUM, mm=30),
        Column("percent", "Percent", Kind.PERCENT, mm=18),
        Column("provision", "Provision", Kind.MONEY, Total.SUM, mm=28),
    ),
)


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """A row a class of the kind's table, also where no loan is in it; paise. A kind without a table has none."""
    table = kind(asked.entity.kind).provision
    if table is None:
        return
    loans = [one.aged for one in loan_history(tx, asked.entity).aged(asked.as_of) if one.due.outstanding]
    for one in provisions(table.classes, loans):
        first = one.of.from_days
        yield {
            "class": Say.of(one.of.name, first=first, last=one.last_day, before=first - 1),
            "from_days": first,
            "loans": one.loans,
            "outstanding": one.outstanding,
            "percent": two_places(one.of.percent),
            "provision": one.amount,
        }


def notes(_tx: Tx, asked: Asked) -> Iterator[Say]:
    """Whose percentages these are; that nothing of it is posted."""
    table = kind(asked.entity.kind).provision
    if table is not None:
        yield Say.of("Percent of the whole outstanding, by days overdue ({source}).", source=table.source)
    yield Say("A reckoning alone: nothing of it is posted.")
