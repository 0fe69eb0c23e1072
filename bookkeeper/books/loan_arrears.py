"""Loans over time: how late each is, what was demanded and collected in a period, what came on time, which were closed.

One reading of an entity's loans serves all of it (`books.loans.LoanBook`); nothing of it is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from sqlalchemy import select

from bookkeeper.books import sittings
from bookkeeper.books.loans import LoanBook, LoanInHand, LoanStanding, standing
from bookkeeper.books.members import in_order
from bookkeeper.definitions.kind import kind
from bookkeeper.ledger.entities import Entity
from bookkeeper.ledger.member_postings import postings
from bookkeeper.rules.arrears import (
    NOTHING_YET,
    Aged,
    LoanPeriod,
    Share,
    days_overdue,
    on_time,
    period_of,
    together,
)
from bookkeeper.rules.dates import day_before, last_day, month_of, month_start
from bookkeeper.rules.day_count import days_between
from bookkeeper.rules.money import Paise
from bookkeeper.rules.repayment import Due, Tally
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

Tallies = Mapping[int, tuple[LoanInHand, Tally]]
"""Loan → it and what fell due and was paid on it up to a day."""


@dataclass(frozen=True, slots=True)
class AgedLoan:
    """A loan at the end of a day: what stands on it, all that is due being arrears, and by how many days it is late."""

    loan: LoanInHand
    due: Due
    days: int

    @property
    def is_overdue(self) -> bool:
        """Whether principal or interest of it fell due by the day and is not paid."""
        return bool(self.due.principal or self.due.interest)

    @property
    def aged(self) -> Aged:
        """The same for the sums of a portfolio."""
        return Aged(self.due.outstanding, self.days)


@dataclass(frozen=True, slots=True)
class MonthOfLoans:
    """What was demanded and collected of loans together in a month, or the part of it that was asked for."""

    since: str
    until: str
    period: LoanPeriod


@lru_cache(maxsize=1)
def loan_history(tx: Tx, entity: Entity, member: str = "") -> LoanHistory:
    """The loans of an entity, or of one member, for a transaction that only looks.

    Read once for all that one report asks (rows, totals, parts, notes): what a transaction sees does not change while
    it writes nothing.
    """
    return LoanHistory(tx, entity, member)


class LoanHistory:
    """The loans of an entity, or of one member, ready to be asked about any day or period."""

    def __init__(self, tx: Tx, entity: Entity, member: str = "") -> None:
        self._tx, self._entity = tx, entity
        self._meetings = sittings.days(tx, entity)
        self._book = LoanBook(tx, entity, self._meetings, members=[member] if member else None)
        self._aged: dict[str, tuple[AgedLoan, ...]] = {}
        self._tallied: dict[str, Tallies] = {}

    def aged(self, as_of: str) -> tuple[AgedLoan, ...]:
        """The loans on which anything stands at the end of a day, by member and number."""
        if as_of not in self._aged:
            self._aged[as_of] = self._standing(as_of)
        return self._aged[as_of]

    def charged(self, as_of: str) -> Mapping[int, Tally]:
        """Loan → what fell due and was paid on it up to the end of a day."""
        return {number: tally for number, (_, tally) in self._tallies(as_of).items()}

    def of_period(self, since: str, until: str) -> tuple[tuple[LoanInHand, LoanPeriod], ...]:
        """Each loan that owed or moved in a period, both days included, by member and number.

        A loan older than the books, that came to them within the period, was owed when it began.
        """
        before, after = self._tallies(day_before(since)), self._tallies(until)
        found = []
        for number in before.keys() | after.keys():
            cut_off = self._cut_offs.get(number, "")
            start = self._tallies(cut_off) if cut_off >= since and number in after else before
            loan = (after.get(number) or start[number])[0]
            period = period_of(_tally(start, number), _tally(after, number))
            if not period.is_empty:
                found.append((loan, period))
        return tuple(sorted(found, key=lambda one: _place(one[0])))

    def by_month(self, since: str, until: str) -> Iterator[MonthOfLoans]:
        """The same over all loans, month by month; months in which nothing was owed or moved are left out."""
        for month in range(month_of(since), month_of(until) + 1):
            first, last = max(month_start(month), since), min(last_day(month), until)
            period = together(one for _, one in self.of_period(first, last))
            if not period.is_empty:
                yield MonthOfLoans(first, last, period)

    def on_time(self, since: str, until: str) -> Share:
        """Of the principal that fell due in a period for the first time, what had come by the day on which it was due.

        That is the meeting in which it was demanded first. Where no meetings are held it is the due date of a loan by
        its product, else the end of the month, which falls due when it is over.
        """
        if self._meetings:
            shares = tuple(self._on_time_in_meetings(since, until))
        else:
            shares = (*self._on_time_by_months(since, until), *self._on_time_by_product(since, until))
        return Share(Paise(sum(one.part for one in shares)), Paise(sum(one.whole for one in shares)))

    def _on_time_in_meetings(self, since: str, until: str) -> Iterator[Share]:
        earlier = [day for day in self._meetings if day < since]
        before: Tallies = self._tallies(earlier[-1]) if earlier else {}
        for day in dict.fromkeys(day for day in self._meetings if since <= day <= until):
            now = self._tallies(day)
            yield from (on_time(_tally(before, number), tally) for number, (_, tally) in now.items())
            before = now

    def _on_time_by_months(self, since: str, until: str) -> Iterator[Share]:
        """Of the loans by the entity's own rule: a month's instalment is demanded from the first day of the next on."""
        for month in range(month_of(since), month_of(until) + 1):
            first = month_start(month)
            if since <= first:
                before = self._tallies(day_before(first))
                for number, (loan, tally) in self._tallies(first).items():
                    if not loan.order:
                        then = _tally(before, number)
                        yield on_time(then, replace(tally, principal_paid=then.principal_paid))

    def _on_time_by_product(self, since: str, until: str) -> Iterator[Share]:
        for loan in self._book.on(until):
            for due, _ in loan.reckoning.schedule() if loan.order else ():
                if since <= due <= until:
                    yield on_time(loan.reckoning.tally(day_before(due), ()), loan.reckoning.tally(due, ()))

    def _standing(self, as_of: str) -> tuple[AgedLoan, ...]:
        found = []
        for loan, due in self._book.standing(as_of).values():
            if due.outstanding or due.total:
                late = due.principal or due.interest
                since = loan.reckoning.unpaid_since(as_of, self._meetings) if late else None
                found.append(AgedLoan(loan, due, days_overdue(since, as_of)))
        return tuple(sorted(found, key=lambda one: _place(one.loan)))

    @cached_property
    def _cut_offs(self) -> dict[int, str]:
        """Loan → the day of the cut-off sheet that it came with."""
        loan = tables.loan.c
        query = select(loan.number, loan.cut_off).where(loan.entity == self._entity.id, loan.cut_off.is_not(None))
        return {int(number): str(day) for number, day in self._tx.connection.execute(query)}

    def _tallies(self, day: str) -> Tallies:
        """What fell due and was paid on each loan by the end of a day."""
        if day not in self._tallied:
            self._tallied[day] = {
                one.number: (one, one.reckoning.tally(day, self._meetings)) for one in self._book.on(day)
            }
        return self._tallied[day]


@dataclass(frozen=True, slots=True)
class ClosedLoan:
    """A loan that was paid off: on which day, within how many days, and what came of interest in all (paise)."""

    loan: LoanStanding
    closed: str
    interest: Paise

    @property
    def days(self) -> int:
        """The days from disbursement to closing."""
        return days_between(self.loan.disbursed, self.closed)


def closed_loans(tx: Tx, entity: Entity, since: str, until: str) -> Iterator[ClosedLoan]:
    """The loans on which nothing was owed any more from a day of the period on, by number.

    Of a loan older than the books the interest is what came since the cut-off.
    """
    own = kind(entity.kind)
    outstanding: dict[int, int] = defaultdict(int)
    interest: dict[int, int] = defaultdict(int)
    closed: dict[int, str] = {}
    for one in postings(tx, entity, until, roles={*own.loan_roles, *own.interest_roles}):
        if one.loan is None:
            continue
        if one.role in own.interest_roles:
            interest[one.loan] -= one.paise
            continue
        outstanding[one.loan] += one.paise
        if outstanding[one.loan]:
            closed.pop(one.loan, None)
        else:
            closed[one.loan] = one.date
    for loan in standing(tx, entity, until):
        day = closed.get(loan.loan, "")
        if loan.lent and since <= day:
            yield ClosedLoan(loan, day, Paise(interest[loan.loan]))


def _tally(of: Tallies, number: int) -> Tally:
    found = of.get(number)
    return found[1] if found else NOTHING_YET


def _place(loan: LoanInHand) -> tuple[tuple[int, str], int]:
    return in_order(loan.member), loan.number


def period_figures(period: LoanPeriod) -> dict[str, int]:
    """What demand-collection-balance says of a period, by the keys that scripts read; paise."""
    principal, interest = period.principal, period.interest
    return {
        "opening_balance": period.opening,
        "demand_principal_arrears": principal.arrears,
        "demand_principal_current": principal.current,
        "demand_interest_arrears": interest.arrears,
        "demand_interest_current": interest.current,
        "disbursed": period.disbursed,
        "collected_principal": principal.collected,
        "collected_interest": interest.collected,
        "advance_principal": principal.advance,
        "overdue_principal": principal.overdue,
        "overdue_interest": interest.overdue,
        "closing_balance": period.closing,
    }
