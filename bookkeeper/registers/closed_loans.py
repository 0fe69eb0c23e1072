"""Closed loans: those that were paid off in a period, how long they took, and what interest they brought."""

from __future__ import annotations

from collections.abc import Iterator

from bookkeeper.books import loan_arrears
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Person, Register, Row, Say, Total
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Closed loans",
    nothing="No loan was paid off in this period.",
    asks=(Ask.PERIOD,),
    landscape=True,
    signed_by=("Book-keeper", "Treasurer", "President"),
    columns=(
        Column("loan", "Loan", mm=14),
        Column("member", "Member no.", head="No.", mm=10),
        Column("name", "Member", mm=50),
        Column("purpose", "Purpose"),
        Column("date", "Given on", Kind.DATE, mm=22),
        Column("principal", "Loan given", Kind.MONEY, Total.SUM, mm=28),
        Column("closed", "Closed on", Kind.DATE, mm=22),
        Column("days", "Days taken", Kind.COUNT, mm=20),
        Column("interest", "Interest received in all", Kind.MONEY, Total.SUM, head="Interest", mm=28),
    ),
)


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """Each loan on which nothing was owed any more from a day of the period on, by number; paise."""
    for one in loan_arrears.closed_loans(tx, asked.entity, asked.since, asked.until):
        yield {
            "loan": str(one.loan.loan),
            "member": one.loan.member,
            "name": Person(one.loan.name, one.loan.name_local),
            "purpose": Say(one.loan.purpose),
            "date": one.loan.disbursed,
            "principal": one.loan.lent,
            "closed": one.closed,
            "days": one.days,
            "interest": one.interest,
        }
