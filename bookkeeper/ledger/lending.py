"""Which loan a posting to member loans belongs to: the member's only open one, the oldest that owes, or a new one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from bookkeeper.definitions.group_rules import rules_on
from bookkeeper.errors import Fault
from bookkeeper.ledger.entities import Entity, settings
from bookkeeper.rules.dates import Day
from bookkeeper.rules.money import Amount
from bookkeeper.rules.said import Said
from bookkeeper.rules.voucher import Posting, Voucher
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

if TYPE_CHECKING:
    from bookkeeper.ledger.examine import Examined

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """The terms on which a loan is opened: `rate_per_month` percent a month as text, amounts in paise.

    `disbursed` "" is the voucher's own day. Of a loan older than the books `cut_off` is the day of the cut-off sheet,
    `instalments` those left, `principal` what was lent once, `interest_due` what was due of interest. Of a loan by a
    product `terms` is that product as it holds on the day, as the books keep it.
    """

    method: str
    rate_per_month: str
    instalments: int
    purpose: str = ""
    first_due: str | None = None
    disbursed: str = ""
    principal: int = 0
    interest_due: int = 0
    cut_off: str | None = None
    product: str = ""
    terms: str = ""


@dataclass
class _Loan:
    number: int
    member: int
    disbursed: str
    outstanding: int


class Lending:
    """The loans of the members in hand, as they stand while one voucher after the other is entered."""

    def __init__(
        self,
        tx: Tx,
        entity: Entity,
        found: Examined,
        members: dict[str, tuple[int, str | None, str | None]],
        terms: Mapping[int, LoanTerms],
    ) -> None:
        self.found = found
        self._tx, self._terms = tx, terms
        self._last: dict[int, _Loan] = {}
        self.opened: list[tuple[object, ...]] = []
        self._entity = entity
        self._control = {a.id for a in found.chart.of_role(*found.kind.loan_roles)}
        interest = {a.id for a in found.chart.of_role(*found.kind.interest_roles)}
        self._own = self._control | interest
        wanted = {
            p.member
            for v in found.entries
            for p in v.postings
            if p.member is not None and p.member in members and (p.loan is not None or self._is_of_a_loan(p.account))
        }
        self._loans = _standing(tx, entity.id, self._control, sorted(members[m][0] for m in wanted))
        newest = select(func.max(tables.loan.c.number)).where(tables.loan.c.entity == entity.id)
        self._newest: int = (tx.connection.execute(newest).scalar() or 0) if wanted else 0

    def _is_of_a_loan(self, account: str) -> bool:
        known = self.found.chart.by_text.get(account)
        return known is not None and known.id in self._own

    def loan_of(self, voucher: Voucher, posting: Posting, role: str | None) -> int | None:
        """The number of the loan; a debit may open one. What cannot be is added to the faults."""
        is_control = role in self.found.kind.loan_roles
        if posting.member is not None and posting.loan is None and role in self.found.kind.interest_roles:
            return self._owing(self.found.member_ids[posting.member], voucher.date)
        if posting.member is None or (posting.loan is None and not is_control):
            return posting.loan
        member = self.found.member_ids[posting.member]
        loan = self._find(voucher, posting, member, is_control=is_control)
        paid_before = loan is not None and not is_control and voucher.date < loan.disbursed
        if loan is not None and paid_before and voucher.reverses is None:
            given = Said(
                "loan {loan} was given on {disbursed}, after {day}.",
                loan=loan.number,
                disbursed=Day(loan.disbursed),
                day=Day(voucher.date),
            )
            self._refuse(voucher, posting, given, "Put the date or the loan right.", field="loan")
            return None
        if loan is None or not is_control:
            return loan.number if loan else None
        if loan.outstanding + posting.amount < 0 and voucher.reverses is None:
            self._refuse(
                voucher,
                posting,
                Said(
                    "loan {loan} of member {member} owes {owed}; {amount} of principal is more.",
                    loan=loan.number,
                    member=posting.member,
                    owed=Amount(loan.outstanding),
                    amount=Amount(-posting.amount),
                ),
                "Enter what is over as interest or savings, or name another loan.",
                field="credit",
            )
            return None
        loan.outstanding += posting.amount
        self._last[member] = loan
        return loan.number

    def _owing(self, member: int, on: str) -> int | None:
        """The loan that interest belongs to where none is named: the one just paid, else the oldest that owes."""
        hers = [loan for loan in self._loans.get(member, []) if loan.disbursed <= on]
        last = self._last.get(member)
        if last in hers:
            return last.number
        return next((loan.number for loan in hers if loan.outstanding > 0), None)

    def _find(  # noqa: PLR0911  # one return for each case of the contract
        self, voucher: Voucher, posting: Posting, member: int, *, is_control: bool
    ) -> _Loan | None:
        hers = self._loans.get(member, [])
        opens = is_control and posting.amount > 0
        if posting.loan is not None:
            for loan in hers:
                if loan.number == posting.loan:
                    return loan
            if opens and posting.loan == self._newest + 1:
                return self._open(voucher, member)
            self._refuse(
                voucher,
                posting,
                Said("member {member} has no loan {loan}.", member=posting.member, loan=posting.loan),
                _which(hers),
                field="loan",
            )
            return None
        owing = [loan for loan in hers if loan.outstanding > 0]
        if opens and len(owing) > 1:
            several = Said("member {member} has more than one open loan.", member=posting.member)
            which = Said("{which} A new one is {next}.", which=_which(owing), next=self._newest + 1)
            self._refuse(voucher, posting, several, which, field="loan")
            return None
        if owing:
            return owing[0]
        if opens:
            return self._open(voucher, member)
        self._refuse(
            voucher,
            posting,
            Said("member {member} owes nothing on a loan.", member=posting.member),
            "Look at the account.",
        )
        return None

    def _open(self, voucher: Voucher, member: int) -> _Loan | None:
        terms = self._terms.get(self._newest + 1) or self._usual_terms(voucher.date)
        if terms is None:
            self.found.refused.append(Fault("this kind of entity lends to no members.", row=voucher.row))
            return None
        self._newest += 1
        disbursed = terms.disbursed or voucher.date
        loan = _Loan(self._newest, member, disbursed, 0)
        hers = self._loans.setdefault(member, [])
        hers.append(loan)
        hers.sort(key=lambda one: (one.disbursed, one.number))
        row = (disbursed, terms.purpose, terms.method, terms.rate_per_month, terms.instalments)
        older = (terms.first_due, terms.principal, terms.interest_due, terms.cut_off)
        self.opened.append((self._entity.id, loan.number, member, *row, *older, terms.product, terms.terms))
        return loan

    def _usual_terms(self, on: str) -> LoanTerms | None:
        """The group's own terms, where its kind lends at all."""
        if not self.found.kind.loan_products:
            return None
        rules = rules_on(on, self.found.kind.rules, settings(self._tx, self._entity))
        return LoanTerms(rules.loan_method, rules.loan_rate, rules.loan_instalments)

    def _refuse(self, voucher: Voucher, posting: Posting, why: str, advice: str, field: str = "") -> None:
        self.found.refused.append(Fault(why, advice, posting.row or voucher.row, field))


def _which(loans: list[_Loan]) -> Said:
    if not loans:
        return Said("She has none.")
    there = tuple(Said("{loan} ({owed})", loan=loan.number, owed=Amount(loan.outstanding)) for loan in loans)
    return Said("Name one of {loans}.", loans=there)


def _standing(tx: Tx, entity: int, control: set[int], members: list[int]) -> dict[int, list[_Loan]]:
    """The loans of these members with what is owed on each, oldest first."""
    loan, posting = tables.loan, tables.posting
    owed = (
        select(func.coalesce(func.sum(posting.c.paise), 0))
        .where(posting.c.entity == entity, posting.c.loan == loan.c.number, posting.c.account.in_(control))
        .scalar_subquery()
    )
    found: dict[int, list[_Loan]] = {}
    for start in range(0, len(members), _AT_ONCE):
        some = members[start : start + _AT_ONCE]
        query = select(loan.c.number, loan.c.member, loan.c.disbursed, owed).where(
            loan.c.entity == entity, loan.c.member.in_(some)
        )
        for row in tx.connection.execute(query.order_by(loan.c.disbursed, loan.c.number)):
            found.setdefault(row[1], []).append(_Loan(*row))
    return found


def unsettle(tx: Tx, entity: int, loans: Collection[int]) -> None:
    """Forget that these loans were settled: something moves on them, or a day of meeting comes or goes behind it."""
    table = tables.loan_settled
    if loans:
        tx.connection.execute(delete(table).where(table.c.entity == entity, table.c.loan.in_(sorted(loans))))
