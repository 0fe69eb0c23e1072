"""What members pay back in a meeting: to which loan each payment goes, and how it is split."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from bookkeeper.books import sittings
from bookkeeper.books.loans import LoanBook, LoanInHand, by_member
from bookkeeper.books.meeting_loans import Refuse
from bookkeeper.books.meeting_vouchers import Paid
from bookkeeper.definitions.group_rules import GroupRules
from bookkeeper.ledger.entities import Entity
from bookkeeper.rules.by_product import ByProduct
from bookkeeper.rules.interest import FLAT
from bookkeeper.rules.loan_account import BeyondBalance
from bookkeeper.rules.meeting import MeetingSheet, Repaid, SheetRow
from bookkeeper.rules.money import Amount, Paise
from bookkeeper.rules.repayment import Due, Split, split
from bookkeeper.rules.said import Said
from bookkeeper.store.engine import Tx


class Repayments:
    """Which loan each payment goes to, and how it is split; what cannot be is a fault of its row."""

    def __init__(self, tx: Tx, entity: Entity, sheet: MeetingSheet, rules: GroupRules, refuse: Refuse) -> None:
        self._sheet, self._rules, self._refuse = sheet, rules, refuse
        self.notes: dict[str, list[list[object]]] = {}
        """What is worth noting of the payments, once they are reckoned."""
        payers = {row.member for row in sheet.rows if row.repaid}
        days = sittings.days(tx, entity)
        book = LoanBook(tx, entity, days, members=payers, settled=False) if payers else None
        hers = by_member(book.due_on(sheet.date)) if book else {}
        on = sheet.date
        self._hers = {member: [_Open(loan, due, on) for loan, due in there] for member, there in hers.items()}
        self._ahead: list[list[object]] = []
        self._flat: list[list[object]] = []

    def paid(self) -> list[Paid]:
        """Each payment with its loan, principal and interest, in the order of the sheet."""
        found = [paid for row in self._sheet.rows for one in row.repaid if (paid := self._of(row, one))]
        if self._ahead:
            self.notes["interest_advance"] = self._ahead
        if self._flat:
            self.notes["flat_ahead"] = self._flat
        return found

    def _of(self, row: SheetRow, one: Repaid) -> Paid | None:
        if one.repayment and (one.principal or one.interest or one.penalty):
            todo = "Write either the whole or its parts."
            beside = Said("principal or interest") if one.principal or one.interest else Said("penalty")
            self._refuse(Said("a repayment stands beside its {beside}.", beside=beside), todo, row.row, "repayment")
            return None
        loan = self._choose(row, one)
        if loan is None:
            return None
        due = loan.left
        principal, interest, penalty = one.principal, one.interest, one.penalty
        if one.repayment:
            try:
                parts = loan.split(one.repayment, self._rules.repayment_order)
            except BeyondBalance as error:
                self._refuse(str(error), "Enter what is over as savings.", row.row, "repayment")
                return None
            principal, interest, penalty = parts.principal, parts.interest, parts.penalty
        if principal > due.outstanding:
            where = "repayment" if one.repayment else "principal"
            why = Said(
                "loan {loan} of member {member} owes {owed}; {amount} of principal is more.",
                loan=loan.number,
                member=row.member,
                owed=Amount(due.outstanding),
                amount=Amount(principal),
            )
            self._refuse(why, "Enter what is over as savings, or name another loan.", row.row, where)
            return None
        if interest > due.interest:
            self._ahead.append([row.member, loan.number, interest - due.interest])
        if loan.is_flat and due.principal < principal < due.outstanding:
            self._flat.append([row.member, loan.number, principal - due.principal])
        loan.pay(principal, interest, penalty)
        return Paid(row.member, loan.number, principal, interest, row.by, row.row, penalty)

    def _choose(self, row: SheetRow, one: Repaid) -> _Open | None:
        hers = self._hers.get(row.member, [])
        where = next(key for key in ("principal", "interest", "penalty", "repayment") if getattr(one, key))
        if one.loan is not None:
            named = next((loan for loan in hers if loan.number == one.loan), None)
            if named is None:
                why = Said("member {member} has no loan {loan} that owes.", member=row.member, loan=one.loan)
                self._refuse(why, _which(hers), row.row, "loan")
            return named
        owing = [loan for loan in hers if loan.left.outstanding or loan.left.interest or loan.left.penalty]
        if not owing:
            todo = "Look at the member and the column; a new loan is paid back in a later meeting."
            self._refuse(Said("member {member} owes nothing on a loan.", member=row.member), todo, row.row, where)
            return None
        return owing[0]


class _Open:
    """A loan while the payments of a meeting are taken one after the other."""

    def __init__(self, loan: LoanInHand, due: Due, on: str) -> None:
        self.number = loan.number
        self.order = loan.order
        self.is_flat = loan.method == FLAT
        self.left = due
        self._on = on
        self._account = loan.reckoning.account(on) if isinstance(loan.reckoning, ByProduct) else None

    def split(self, amount: Paise, order: Sequence[str]) -> Split:
        """A payment in its parts: by the product, else in the group's order. Raises BeyondBalance."""
        if self._account is None:
            return split(amount, self.left, self.order or order)
        parts = deepcopy(self._account).pay(self._on, amount)
        return Split(Paise(parts.principal + parts.advance), parts.interest, parts.advance, parts.penalty)

    def pay(self, principal: int, interest: int, penalty: int) -> None:
        """Take a payment off what is left to demand."""
        if self._account is not None:
            self._account.receive(self._on, principal=principal, interest=interest, penalty=penalty)
        old = self.left
        arrears, current = _taken(old.principal_arrears, old.principal_current, principal)
        interest_arrears, interest_current = _taken(old.interest_arrears, old.interest_current, interest)
        outstanding = Paise(old.outstanding - principal)
        self.left = Due(
            outstanding,
            arrears,
            current,
            interest_arrears,
            interest_current,
            old.interest_advance,
            Paise(max(old.penalty - penalty, 0)),
        )


def _taken(first: int, second: int, paid: int) -> tuple[Paise, Paise]:
    left = max(paid - first, 0)
    return Paise(max(first - paid, 0)), Paise(max(second - left, 0))


def _which(loans: Sequence[_Open]) -> Said:
    if not loans:
        return Said("She has none.")
    there = tuple(Said("{loan} ({owed})", loan=one.number, owed=Amount(one.left.outstanding)) for one in loans)
    return Said("Name one of {loans}.", loans=there)
