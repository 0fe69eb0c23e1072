"""Demand, collection and balance by month: the DCB register's figures over all loans, or over those of one member."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bookkeeper.books.loan_arrears import loan_history, period_figures
from bookkeeper.books.members import member_asked
from bookkeeper.ledger.balances import newest_date
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Register, Row, Say, Total
from bookkeeper.rules.dates import last_day, month_of
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Demand, collection and balance by month",
    asks=(Ask.PERIOD, Ask.MEMBER),
    landscape=True,
    signed_by=("Book-keeper", "Treasurer", "Secretary"),
    columns=(
        Column("month", "Month", mm=0),
        Column("since", "From", Kind.DATE, mm=20),
        Column("until", "To", Kind.DATE, mm=20),
        Column("opening_balance", "Opening balance", Kind.BALANCE, head="Opening", mm=22),
        Column(
            "demand_principal_arrears", "Principal demanded, arrears", Kind.BALANCE,
            under="Principal due", head="Earlier", mm=19,
        ),
        Column(
            "demand_principal_current", "Principal demanded, of the period", Kind.MONEY, Total.SUM,
            under="Principal due", head="This period", mm=19,
        ),
        Column(
            "demand_interest_arrears", "Interest demanded, arrears", Kind.BALANCE,
            under="Interest due", head="Earlier", mm=17,
        ),
        Column(
            "demand_interest_current", "Interest demanded, of the period", Kind.MONEY, Total.SUM,
            under="Interest due", head="This period", mm=17,
        ),
        Column("disbursed", "Loan given", Kind.MONEY, Total.SUM, mm=20),
        Column(
            "collected_principal", "Principal collected", Kind.MONEY, Total.SUM,
            under="Collected", head="Principal", mm=19,
        ),
        Column(
            "collected_interest", "Interest collected", Kind.MONEY, Total.SUM,
            under="Collected", head="Interest", mm=17,
        ),
        Column("advance_principal", "Principal in advance", Kind.MONEY, Total.SUM, head="In advance", mm=18),
        Column(
            "overdue_principal", "Principal overdue", Kind.BALANCE, Total.LAST, under="Overdue", head="Principal", mm=19
        ),
        Column(
            "overdue_interest", "Interest overdue", Kind.BALANCE, Total.LAST, under="Overdue", head="Interest", mm=17
        ),
        Column("closing_balance", "Closing balance", Kind.BALANCE, Total.LAST, head="Closing", mm=22),
    ),
)  # fmt: skip


def each(tx: Tx, asked: Asked) -> Iterator[Asked]:
    """One of an entity, or of one of its members."""
    yield replace(asked, member=member_asked(tx, asked.entity, asked.member))


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """A row a month in which something was owed or moved, to that of the newest voucher; paise.

    What is overdue at the end of a month is the arrears of the next: such columns are states, and are never added up.
    """
    newest = newest_date(tx, [asked.entity.id])
    until = min(asked.until, max(last_day(month_of(newest)), asked.since)) if newest else asked.until
    for month in loan_history(tx, asked.entity, asked.member).by_month(asked.since, until):
        when = {"month": month.since[:7], "since": month.since, "until": month.until}
        yield {**when, **period_figures(month.period)}


def notes(tx: Tx, asked: Asked) -> Iterator[Say]:
    """Why the months together may say something else than their year."""
    del tx, asked
    yield Say("What is paid in advance is taken off later months: the months together may demand less than their year.")
