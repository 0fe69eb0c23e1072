"""Loan repayment card: of each loan not yet paid off what is due and when, and what was paid on it.

What was paid is told of instalments that are wholly paid. Payments fill them oldest first, principal the principal and
interest the interest; who paid ahead, and so was charged less interest than agreed, has paid an instalment when no
interest of its month is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from bookkeeper.books import sittings
from bookkeeper.books.loans import LoanBook, LoanInHand, standing
from bookkeeper.books.members import member_asked
from bookkeeper.definitions.kind import kind
from bookkeeper.ledger.member_postings import MemberPosting, postings
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Layout, Part, Register, Row, Say, Total
from bookkeeper.rules.schedules import Instalment
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Loan repayment card",
    columns=(
        Column("loan", "Loan no."),
        Column("member", "Member no."),
        Column("name", "Member"),
        Column("number", "Inst.", Kind.COUNT, mm=11),
        Column("due", "Due on", Kind.DATE, mm=25),
        Column("principal", "Principal", Kind.MONEY, Total.SUM, mm=20),
        Column("interest", "Interest", Kind.MONEY, Total.SUM, mm=18),
        Column("instalment", "Instalment", Kind.MONEY, Total.SUM, mm=21),
        Column("outstanding", "Left after", Kind.BALANCE, mm=22),
        Column("paid_on", "Paid on", Kind.DATE, mm=25),
        Column("paid", "Amount paid", Kind.MONEY, Total.SUM, head="Amount", mm=22, zero=""),
    ),
    asks=(Ask.AS_OF, Ask.MEMBER),
    group="loan",
    layout=Layout.CARD,
    nothing="No loan is still to be paid back.",
)

_LOANS = (
    Column("loan", "Loan no."),
    Column("member", "Member no."),
    Column("name", "Member"),
    Column("lent", "Amount", Kind.BALANCE),
    Column("given", "Given on", Kind.DATE),
    Column("rate", "Monthly rate", Kind.PERCENT),
    Column("purpose", "Purpose of the loan"),
)


class Payment(NamedTuple):
    """What was paid on a loan on a day (ISO), in paise."""

    date: str
    principal: int
    interest: int


def each(tx: Tx, asked: Asked) -> Iterator[Asked]:
    """The cards of an entity together, since two stand on a page. A member whom it does not have is refused."""
    yield replace(asked, member=member_asked(tx, asked.entity, asked.member))


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """The instalments of each loan in order, loans oldest first; paise. Those not wholly paid have nothing as paid."""
    meetings = sittings.days(tx, asked.entity)
    moved = _moved(tx, asked)
    for loan in _owing(tx, asked, meetings):
        planned, of_loan = loan.reckoning.schedule(), moved[loan.number]
        began = next((one.date for one in of_loan if one.opens), "")
        before = loan.reckoning.tally(began, meetings).interest_due if began else 0
        done = settled(planned, payments(of_loan, asked), before, _is_clear(loan, meetings))
        for place, (due, one) in enumerate(planned):
            paid_on, paid = done[place] if place < len(done) else (None, None)
            yield {
                "loan": str(loan.number),
                "member": loan.member,
                "name": loan.name,
                "number": one.number,
                "due": due,
                "principal": one.principal,
                "interest": one.interest,
                "instalment": one.principal + one.interest,
                "outstanding": one.outstanding,
                "paid_on": paid_on,
                "paid": paid,
            }


def parts(tx: Tx, asked: Asked) -> Iterator[Part]:
    """What stands at the head of each card: whose loan it is, and on what terms it was given."""
    rates = {one.loan: one.rate_per_month for one in standing(tx, asked.entity, asked.as_of)}
    about = tuple(
        {
            "loan": str(loan.number),
            "member": loan.member,
            "name": loan.name,
            "lent": loan.lent,
            "given": loan.disbursed,
            "rate": rates.get(loan.number),
            "purpose": Say(loan.purpose) if loan.purpose else None,
        }
        for loan in _owing(tx, asked, sittings.days(tx, asked.entity))
    )
    yield Part("loans", "Loans", _LOANS, about)


def settled(
    planned: Sequence[tuple[str, Instalment]],
    paid: Iterable[Payment],
    interest_before: int,
    is_clear: Callable[[str], bool],
) -> list[tuple[str, int]]:
    """The instalments wholly paid, oldest first: the day that completed each, and the paise paid on it.

    `interest_before` was due before the first of them and is paid first; `is_clear`: whether no interest that was
    charged is unpaid at the end of a day.
    """
    found: list[tuple[str, int]] = []
    principal, interest = 0, -interest_before
    for day, of_principal, of_interest in paid:
        principal, interest = principal + of_principal, interest + of_interest
        for due, one in planned[len(found) :]:
            in_its_month = bool(of_interest) and day[:7] >= due[:7]
            if principal < one.principal or (interest < one.interest and not (in_its_month and is_clear(day))):
                break
            of_it = max(min(one.interest, interest), 0)
            found.append((day, one.principal + of_it))
            principal, interest = principal - one.principal, interest - of_it
    return found


def payments(moved: Sequence[MemberPosting], asked: Asked) -> Iterator[Payment]:
    """What was paid on a loan, day by day; what was taken back by a reversal was not paid."""
    roles = kind(asked.entity.kind).loan_roles
    taken_back = {one.told.reverses for one in moved if one.takes_back}
    stands = [one for one in moved if not (one.takes_back or one.to_her or one.opens or one.voucher in taken_back)]
    for day, of_day in groupby(stands, key=lambda one: one.date):
        paid = [0, 0]
        for one in of_day:
            paid[one.role not in roles] -= one.paise
        yield Payment(day, *paid)


def _moved(tx: Tx, asked: Asked) -> Mapping[int, list[MemberPosting]]:
    """The postings of principal and interest of each loan, in order."""
    own = kind(asked.entity.kind)
    roles = {*own.loan_roles, *own.interest_roles}
    found: dict[int, list[MemberPosting]] = defaultdict(list)
    for one in postings(tx, asked.entity, asked.as_of, roles=roles, member=asked.member):
        if one.loan is not None:
            found[one.loan].append(one)
    return found


def _owing(tx: Tx, asked: Asked, meetings: Sequence[str]) -> Iterator[LoanInHand]:
    """The loans that are not paid off on the day, oldest first."""
    book = LoanBook(tx, asked.entity, meetings, members=[asked.member] if asked.member else None)
    for loan, due in book.standing(asked.as_of).values():
        if due.outstanding or due.interest:
            yield loan


def _is_clear(loan: LoanInHand, meetings: Sequence[str]) -> Callable[[str], bool]:
    return lambda day: not loan.reckoning.standing(day, meetings).interest
