"""Loan register: every loan given by a day, on what terms, and what is owed on it (forms note 1, "Loan ledger")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from bookkeeper.books import sittings
from bookkeeper.books.loans import LoanBook, standing
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Part, Person, Register, Row, Say, Total
from bookkeeper.store.engine import Tx

_OWED = (
    Column("outstanding", "Outstanding", Kind.MONEY, Total.SUM, mm=25),
    Column("overdue_principal", "Principal overdue", Kind.MONEY, Total.SUM, under="Due", head="Principal", mm=24),
    Column("interest_due", "Interest due", Kind.MONEY, Total.SUM, under="Due", head="Interest", mm=21),
)
_GIVEN = Column("principal", "Loan given", Kind.MONEY, Total.SUM, mm=25)
_COLUMNS = (
    Column("loan", "Loan", mm=12),
    Column("member", "Member no.", head="No.", mm=10),
    Column("name", "Member", mm=42),
    Column("date", "Date", Kind.DATE, mm=20),
    Column("product", "Product", mm=0),
    Column("product_name", "Loan product", mm=0),
    Column("purpose", "Purpose"),
    _GIVEN,
    Column("rate", "Rate a year", Kind.PERCENT, mm=17),
    Column("method", "Method", mm=0),
    Column("instalments", "Instalments", Kind.COUNT, mm=20),
    *_OWED,
)
_BY_PRODUCT = (
    Column("product", "Product", mm=0),
    Column("product_name", "Loan product"),
    Column("loans", "Loans", Kind.COUNT, Total.SUM, mm=20),
    *(_GIVEN, *_OWED),
)


def _columns(tx: Tx, asked: Asked) -> tuple[Column, ...]:
    """The product has a column on paper where a loan was given by one."""
    if not any(one.terms for one in standing(tx, asked.entity, asked.as_of)):
        return _COLUMNS
    return tuple(replace(one, mm=30) if one.key == "product_name" else one for one in _COLUMNS)


REGISTER = Register(
    title="Loan register",
    asks=(Ask.AS_OF,),
    landscape=True,
    signed_by=("Book-keeper", "Treasurer", "President"),
    columns=_columns,
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
            "product": one.product or None,
            "product_name": Say(one.product_name) if one.product_name else None,
            "purpose": Say(one.purpose),
            "principal": one.lent,
            "rate": one.rate,
            "method": Say(one.method),
            "instalments": one.instalments,
            "outstanding": one.outstanding,
            "overdue_principal": due.principal_arrears if due else 0,
            "interest_due": due.interest if due else 0,
        }


def parts(tx: Tx, asked: Asked) -> Iterator[Part]:
    """What is lent and owed by each product, where there are loans by one; those by none stand first."""
    found: dict[str, dict[str, object]] = {}
    for one in rows(tx, asked):
        key = str(one["product"] or "")
        sums = found.setdefault(key, {"product": key or None, "product_name": one["product_name"], "loans": 0})
        sums["loans"] = cast("int", sums["loans"]) + 1
        for column in ("principal", "outstanding", "overdue_principal", "interest_due"):
            sums[column] = cast("int", sums.get(column, 0)) + cast("int", one[column])
    if any(found):
        for sums in found.values():
            sums["product_name"] = sums["product_name"] or Say("By the group's own rule")
        yield Part("by_product", "By loan product", _BY_PRODUCT, tuple(found[key] for key in sorted(found)))
