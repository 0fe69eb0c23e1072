"""The loans that are given in a meeting: on what terms, and what is kept of them with the meeting."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from sqlalchemy import func, select

from bookkeeper.books import loans
from bookkeeper.books.meeting_vouchers import NewlyLent
from bookkeeper.definitions.group_rules import GroupRules, NotARule, instalments, method, rate
from bookkeeper.definitions.kind import kind
from bookkeeper.ledger.accounts import Chart
from bookkeeper.ledger.entities import Entity
from bookkeeper.ledger.lending import LoanTerms
from bookkeeper.ledger.loan_products import Given, Offered, Wanted, given, nearest, products_on, strange_fees
from bookkeeper.rules.dates import Day
from bookkeeper.rules.loan_checks import Wrong, very_high
from bookkeeper.rules.meeting import MeetingSheet, NewLoan, SheetRow
from bookkeeper.rules.money import Paise, shown
from bookkeeper.rules.said import Said
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

Refuse: TypeAlias = Callable[[str, str, int | None, str], None]
"""How what is wrong is noted: why, what to do, by row and field of the sheet."""


class NewLoans:
    """The loans given in the meeting, by a product or the group's own rules; what cannot be is a fault of its row."""

    def __init__(
        self, tx: Tx, entity: Entity, sheet: MeetingSheet, rules: GroupRules, chart: Chart, refuse: Refuse
    ) -> None:
        self._tx, self._entity, self._sheet = tx, entity, sheet
        self._rules, self._chart, self._refuse = rules, chart, refuse
        self._offered: dict[str, Offered] | None = None
        self._standing: tuple[loans.LoanStanding, ...] | None = None

    def given(self) -> dict[int, NewlyLent]:
        """Number of the loan → the row and its terms."""
        rows = [row for row in self._sheet.rows if row.new_loan]
        if not rows:
            return {}
        table = tables.loan.c
        own = table.entity == self._entity.id
        newest = self._tx.connection.execute(select(func.max(table.number)).where(own)).scalar() or 0
        lent: dict[int, NewlyLent] = {}
        for number, row in enumerate(rows, newest + 1):
            if row.new_loan is None:
                continue
            if row.new_loan.principal <= 0:
                self._refuse("a new loan has no amount.", "Write what is lent.", row.row, "new_loan")
            before = sum(one.row.member == row.member for one in lent.values())
            one = self._by_product(row, row.new_loan, before) if row.new_loan.product else self._by_rule(row.new_loan)
            if one is not None:
                for fault, todo, where in _terms_faults(one.terms, row.new_loan.principal, self._sheet.date):
                    self._refuse(fault, todo, row.row, where)
                lent[number] = NewlyLent(row, one)
        return lent

    def _by_rule(self, loan: NewLoan) -> Given:
        """What the row leaves out is the group's rule."""
        rules = self._rules
        return Given(
            LoanTerms(
                method=loan.method or rules.loan_method,
                rate_per_month=loan.rate_per_month or rules.loan_rate,
                instalments=loan.instalments or rules.loan_instalments,
                purpose=loan.purpose,
                first_due=loan.first_due,
            )
        )

    def _by_product(self, row: SheetRow, loan: NewLoan, before: int) -> Given | None:
        """What the row leaves out is the product's; None where it cannot be given so."""
        if self._offered is None:
            self._offered = products_on(self._tx, self._entity, self._sheet.date)
        there = self._offered.get(loan.product)
        if there is None:
            why = Said("“{product}” is no loan product of {entity}.", product=loan.product, entity=self._entity.code)
            self._refuse(why, nearest(loan.product, self._offered), row.row, "product")
            return None
        product = there.product
        for strange in strange_fees(product, self._chart, kind(self._entity.kind)):
            self._refuse(strange, "Set the product anew.", row.row, "product")
        by_number = any(slab.loan_number for slab in product.slabs)
        number = before + (self._loans_of(row.member) if by_number else 0) + 1
        wanted = Wanted(
            product, loan.principal, self._sheet.date, number, loan.purpose, loan.first_due,
            loan.rate_per_month, loan.method, loan.instalments, self._rules.meeting_day,
        )  # fmt: skip
        one, wrong = given(wanted, self._rules)
        for fault in wrong if loan.principal > 0 else ():
            self._refuse(*_in_words(fault, loan), row.row, "new_loan")
        return one

    def _loans_of(self, member: str) -> int:
        """How many loans were given to a member by the day and not taken back."""
        if self._standing is None:
            self._standing = loans.standing(self._tx, self._entity, self._sheet.date)
        return sum(one.member == member and one.lent > 0 for one in self._standing)


def _in_words(wrong: Wrong, loan: NewLoan) -> tuple[str, str]:
    """What forbids a loan by a product, and what to do in the sheet."""
    todo = wrong.todo
    if wrong.field == "rate":
        todo = "Write rate_per_month in percent a month, or leave it out." if loan.rate_per_month else ""
    field = Said(wrong.field.replace("_", " "))
    return Said(
        "by the product “{product}”, {field}: {why}", product=loan.product, field=field, why=Said(wrong.why)
    ), todo


def noted(number: int, one: NewlyLent) -> dict[str, Any] | None:
    """What is kept with the meeting of a loan by a product; None of one by the group's own rules."""
    terms = one.given.terms
    if not terms.product:
        return None
    fees = [{"account": fee.account, "amount": shown(fee.amount), "how": fee.how.value} for fee in one.given.fees]
    return {
        "loan": number,
        "product": terms.product,
        "method": terms.method,
        "rate_per_month": terms.rate_per_month,
        "instalments": terms.instalments,
        "first_due": terms.first_due,
        **({"fees": fees} if fees else {}),
        "terms": json.loads(terms.terms) if terms.terms else None,
    }


def _terms_faults(terms: LoanTerms, lent: Paise, on: str) -> Iterator[tuple[str, str, str]]:
    """What is wrong with terms, what to do, and of which field; those of a product were looked at before."""
    if not terms.terms:
        try:
            method(terms.method)
            instalments(str(terms.instalments))
            if why := very_high(rate(terms.rate_per_month), "month", lent):
                todo = "Write percent a month; what is meant so can be lent by a product with high_rate."
                yield why, todo, "rate_per_month"
        except NotARule as error:
            yield str(error), "", "new_loan"
    if terms.first_due and terms.first_due <= on:
        why = Said("the first instalment is due on {first_due}, not after the loan.", first_due=Day(terms.first_due))
        yield why, Said("Write a day after {on}, or leave it out: then it is a month later.", on=Day(on)), "first_due"
