"""Interest due: what was charged on each loan, what came of it, and what is due and not received; memorandum alone."""

from __future__ import annotations

from collections.abc import Iterator

from bookkeeper.books.loan_arrears import loan_history
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Register, Row, Say, Total
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Interest due and not received",
    nothing="No interest is due.",
    asks=(Ask.AS_OF,),
    signed_by=("Book-keeper", "Treasurer", "President"),
    columns=(
        Column("member", "Member no.", head="No.", mm=10),
        Column("name", "Member"),
        Column("loan", "Loan", mm=14),
        Column("outstanding", "Outstanding", Kind.MONEY, Total.SUM, mm=26),
        Column("charged", "Interest charged", Kind.MONEY, Total.SUM, under="Interest", head="Charged", mm=24),
        Column("received", "Interest received", Kind.MONEY, Total.SUM, under="Interest", head="Received", mm=24),
        Column("interest_due", "Interest due", Kind.MONEY, Total.SUM, under="Interest", head="Due", mm=24),
    ),
)


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """A row a loan on which interest is due at the end of the day, by member; paise, from the loan's start on.

    Of a loan older than the books from the cut-off on, with what was due then.
    """
    history = loan_history(tx, asked.entity)
    charged = history.charged(asked.as_of)
    for one in history.aged(asked.as_of):
        if one.due.interest:
            yield {
                "member": one.loan.member,
                "name": one.loan.name,
                "loan": str(one.loan.number),
                "outstanding": one.due.outstanding,
                "charged": charged[one.loan.number].interest_due,
                "received": charged[one.loan.number].interest_paid,
                "interest_due": one.due.interest,
            }


def notes(_tx: Tx, _asked: Asked) -> Iterator[Say]:
    """On which basis the books are kept."""
    yield Say("Cash basis: interest is income when it is received.")
