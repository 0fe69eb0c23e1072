"""Loan ledger: each loan with what was given, paid of principal and interest, and owed after each movement.

A loan older than the books begins with what it owed at the cut-off. A reversal is taken off where it stood, and both
lines name each other's voucher.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final

from bookkeeper.books.loans import heads
from bookkeeper.books.members import member_asked
from bookkeeper.definitions.chart import PENALTY_ROLE
from bookkeeper.definitions.kind import kind
from bookkeeper.ledger.member_postings import MemberPosting, postings
from bookkeeper.ledger.particulars import particulars
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Register, Row, Say, Total
from bookkeeper.store.engine import Tx

_COLUMNS = (
    Column("loan", "Loan", mm=11),
    Column("member", "Member no.", head="No.", mm=9),
    Column("name", "Member", mm=38),
    Column("product", "Product", mm=0),
    Column("product_name", "Loan product", mm=0),
    Column("purpose", "Purpose", mm=25),
    Column("date", "Date", Kind.DATE, mm=19),
    Column("voucher", "Voucher", mm=14),
    Column("particulars", "Particulars"),
    Column("disbursed", "Loan given", Kind.MONEY, Total.SUM, mm=24),
    Column("principal", "Principal paid", Kind.MONEY, Total.SUM, under="Paid", head="Principal", mm=24),
    Column("interest", "Interest paid in", Kind.MONEY, Total.SUM, under="Paid", head="Interest", mm=20),
    Column("penalty", "Penalty paid", Kind.MONEY, Total.SUM, under="Paid", head="Penalty", mm=17),
    Column("outstanding", "Outstanding", Kind.BALANCE, Total.LAST, mm=24),
)


def _columns(tx: Tx, asked: Asked) -> tuple[Column, ...]:
    """The product has a column on paper where a loan was given by one."""
    if not any(one.product_name for one in heads(tx, asked.entity)):
        return _COLUMNS
    return tuple(replace(one, mm=_NARROW.get(one.key, one.mm)) for one in _COLUMNS)


_NARROW: Final = {"product_name": 24, "name": 30, "purpose": 18}
"""The columns as they are where the product stands between them."""


REGISTER = Register(
    title="Loan ledger",
    asks=(Ask.PERIOD, Ask.MEMBER),
    group="loan",
    once=("member", "name", "product", "product_name", "purpose"),
    carry=True,
    landscape=True,
    signed_by=("Book-keeper", "Treasurer", "Secretary"),
    columns=_columns,
)

_NOTHING = {"disbursed": 0, "principal": 0, "interest": 0, "penalty": 0}


def each(tx: Tx, asked: Asked) -> Iterator[Asked]:
    """One ledger of an entity, or of one of its members."""
    yield replace(asked, member=member_asked(tx, asked.entity, asked.member))


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """Of each loan what stood at the beginning, then a row a voucher; paise, what she owes is positive.

    Loans paid off before the period are left out.
    """
    own = kind(asked.entity.kind)
    roles = {*own.loan_roles, *own.interest_roles, PENALTY_ROLE}
    moved: dict[int, list[MemberPosting]] = defaultdict(list)
    before: dict[int, int] = {}
    for one in postings(tx, asked.entity, asked.until, roles=roles, member=asked.member):
        if one.loan is None:
            continue
        if one.date < asked.since or one.opens:
            before[one.loan] = before.get(one.loan, 0) + (one.paise if one.role in own.loan_roles else 0)
        else:
            moved[one.loan].append(one)
    for loan in heads(tx, asked.entity):
        if not (before.get(loan.loan) or moved[loan.loan]):
            continue
        who = {"loan": str(loan.loan), "member": loan.member, "name": loan.name, "product": loan.product or None}
        who |= {"product_name": Say(loan.product_name) if loan.product_name else None, "purpose": Say(loan.purpose)}
        who |= _NOTHING
        outstanding = before.get(loan.loan, 0)
        if loan.loan in before:
            opening = {"date": asked.since, "voucher": None, "particulars": Say("Opening balance")}
            yield who | opening | {"outstanding": outstanding}
        for _, of_voucher in groupby(moved[loan.loan], key=lambda one: one.sequence):
            of_loan = list(of_voucher)
            amounts = _amounts(of_loan, own.loan_roles)
            outstanding += amounts["disbursed"] - amounts["principal"]
            yield who | amounts | _voucher(of_loan[0], amounts) | {"outstanding": outstanding}


def _amounts(of_voucher: Iterable[MemberPosting], loan_roles: tuple[str, ...]) -> dict[str, int]:
    """What one voucher moved on a loan, in paise."""
    found = dict(_NOTHING)
    for one in of_voucher:
        if one.role in loan_roles:
            found["disbursed" if one.to_her else "principal"] += one.paise if one.to_her else -one.paise
        else:
            found["penalty" if one.role == PENALTY_ROLE else "interest"] -= one.paise
    return found


def _voucher(one: MemberPosting, amounts: dict[str, int]) -> dict[str, object]:
    said = {"disbursed": "Loan given", "principal": "Loan repaid", "interest": "Interest received"}
    head = next((Say(text) for key, text in said.items() if amounts[key]), Say("Penalty paid"))
    told = particulars(head, one.told)
    return {"date": one.date, "voucher": one.voucher, "particulars": told, "_voucher": one.sequence}
