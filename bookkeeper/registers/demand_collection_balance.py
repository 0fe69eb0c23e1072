"""Demand, collection and balance: of each loan what was due in a period, what came of it, what is overdue at its end.

The form is the groups' DCB register (forms note 1, "DCB"); the formulas are in `rules.arrears`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bookkeeper.books.loan_arrears import loan_history, period_figures
from bookkeeper.books.members import member_asked
from bookkeeper.registers import Asked
from bookkeeper.report import Amount, Ask, Column, Kind, Register, Row, Say, Total
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Demand, collection and balance",
    asks=(Ask.PERIOD, Ask.MEMBER),
    landscape=True,
    signed_by=("Book-keeper", "Treasurer", "Secretary"),
    columns=(
        Column("member", "Member no.", head="No.", mm=9),
        Column("name", "Member"),
        Column("loan", "Loan", mm=9.5),
        Column("opening_balance", "Opening balance", Kind.MONEY, Total.SUM, head="Opening", mm=19),
        Column(
            "demand_principal_arrears", "Principal demanded, arrears", Kind.MONEY, Total.SUM,
            under="Principal due", head="Earlier", mm=17,
        ),
        Column(
            "demand_principal_current", "Principal demanded, of the period", Kind.MONEY, Total.SUM,
            under="Principal due", head="This period", mm=18,
        ),
        Column(
            "demand_interest_arrears", "Interest demanded, arrears", Kind.MONEY, Total.SUM,
            under="Interest due", head="Earlier", mm=15,
        ),
        Column(
            "demand_interest_current", "Interest demanded, of the period", Kind.MONEY, Total.SUM,
            under="Interest due", head="This period", mm=15,
        ),
        Column("disbursed", "Loan given", Kind.MONEY, Total.SUM, mm=19),
        Column(
            "collected_principal", "Principal collected", Kind.MONEY, Total.SUM,
            under="Collected", head="Principal", mm=18,
        ),
        Column(
            "collected_interest", "Interest collected", Kind.MONEY, Total.SUM,
            under="Collected", head="Interest", mm=15,
        ),
        Column("advance_principal", "Principal in advance", Kind.MONEY, Total.SUM, head="In advance", mm=16),
        Column(
            "overdue_principal", "Principal overdue", Kind.MONEY, Total.SUM, under="Overdue", head="Principal", mm=17
        ),
        Column(
            "overdue_interest", "Interest overdue", Kind.MONEY, Total.SUM, under="Overdue", head="Interest", mm=16
        ),
        Column("closing_balance", "Closing balance", Kind.MONEY, Total.SUM, head="Closing", mm=19),
    ),
)  # fmt: skip


def each(tx: Tx, asked: Asked) -> Iterator[Asked]:
    """One of an entity, or of one of its members."""
    yield replace(asked, member=member_asked(tx, asked.entity, asked.member))


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """A row a loan that owed or moved in the period, by member; paise, what she owes is positive.

    Principal and interest of the period are what fell due in it, less what had been paid ahead.
    """
    for loan, period in loan_history(tx, asked.entity, asked.member).of_period(asked.since, asked.until):
        yield {"member": loan.member, "name": loan.name, "loan": str(loan.number), **period_figures(period)}


def notes(tx: Tx, asked: Asked) -> Iterator[Say]:
    """What the columns mean, and what came of interest before it was charged."""
    yield Say("Due of this period: what fell due in it, less what had been paid in advance before.")
    found = loan_history(tx, asked.entity, asked.member).of_period(asked.since, asked.until)
    if advance := sum(period.interest.advance for _, period in found):
        yield Say.of("Interest collected in advance of its charge: {amount}.", amount=Amount(advance))
