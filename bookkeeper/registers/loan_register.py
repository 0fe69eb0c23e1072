"""Loan register: every loan given by a day, on what terms, and what is owed on it (forms note 1, "Loan ledger")."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bookkeeper.books import sittings
from bookkeeper.books.loans import LoanBook, standing
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Person, Register, Row, Say, Total
from bookkeeper.rules.interest import MONTHS_IN_A_YEAR
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Loan register",
    asks=(Ask.AS_OF,),
    landscape=True,
    signed_by=("Book-keeper", "Treasurer", "President"),
    columns=(
        Column("loan", "Loan", mm=12),
        Column("member", "Member no.", head="No.", mm=10),
        Column("name", "Member", mm=42),
        Column("date", "Date", Kind.DATE, mm=20),
        Column("purpose", "Purpose"),
        Column("principal", "Loan given", Kind.MONEY, Total.SUM, mm=25),
        Column("rate", "Rate a year", Kind.PERCENT, mm=17),
        Column("method", "Method", mm=0),
        Column("instalments", "Instalments", Kind.COUNT, mm=20),
        Column("outstanding", "Outstanding", Kind.MONEY, Total.SUM, mm=25),
        Column("overdue_principal", "Principal overdue", Kind.MONEY, Total.SUM, under="Due", head="Principal", mm=24),
        Column("interest_due", "Interest due", Kind.MONEY, Total.SUM, under="Due", head="Interest", mm=21),
    ),
)


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """Every loan by number, paid-off ones with nought; paise, what she owes is positive."""
    owed = LoanBook(tx, asked.entity, sittings.days(tx, asked.entity)).standing(asked.as_of)
    for one in standing(tx, asked.entity, asked.as_of):
        if not one.lent:
            continue  # its giving was reversed
        due = owed[one.loan][1] if one.loan in owed else None
        yield {
            "loan": str(one.loan),
            "member": one.member,
            "name": Person(one.name, one.name_local),
            "date": one.disbursed,
            "purpose": one.purpose,
            "principal": one.lent,
            "rate": yearly(one.rate_per_month),
            "method": Say(one.method),
            "instalments": one.instalments,
            "outstanding": one.outstanding,
            "overdue_principal": due.principal_arrears if due else 0,
            "interest_due": due.interest if due else 0,
        }


def yearly(rate_per_month: str) -> str:
    """A rate in percent a month as percent a year, exact: "2" → "24", "1.25" → "15", "0.85" → "10.2"."""
    whole, _, part = format(Decimal(rate_per_month) * MONTHS_IN_A_YEAR, "f").partition(".")
    part = part.rstrip("0")
    return f"{whole}.{part}" if part else whole
