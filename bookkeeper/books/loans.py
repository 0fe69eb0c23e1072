"""Loans to members: the terms of each, and what stands on it by the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select

from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.entities import Entity
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

LOAN_ROLE = "member-loans"


@dataclass(frozen=True, slots=True)
class LoanStanding:
    """A loan at the end of a day; `lent` and `outstanding` in paise, `rate_per_month` percent a month as text."""

    loan: int
    member: str
    name: str
    disbursed: str
    lent: int
    purpose: str
    method: str
    rate_per_month: str
    instalments: int
    outstanding: int


def standing(tx: Tx, entity: Entity, as_of: str) -> tuple[LoanStanding, ...]:
    """Every loan given by a day, by number, with what was lent and what is still owed then."""
    control = [a.id for a in chart_of(tx, entity.id).of_role(LOAN_ROLE)]
    loan, posting, member, voucher = tables.loan.c, tables.posting.c, tables.member.c, tables.voucher.c
    own = (posting.entity == loan.entity) & (posting.loan == loan.number) & posting.account.in_(control)
    entered = (voucher.entity == posting.entity) & (voucher.sequence == posting.sequence)
    hers = (member.entity == loan.entity) & (member.id == loan.member)
    given = (posting.paise > 0) & voucher.reverses.is_(None)
    taken_back = (posting.paise < 0) & voucher.reverses.is_not(None)
    lent = func.sum(case((given | taken_back, posting.paise), else_=0))
    terms = (loan.number, member.number, member.name, loan.disbursed)
    rest = (loan.purpose, loan.method, loan.rate_per_month, loan.instalments)
    query = select(*terms, lent, *rest, func.sum(posting.paise))
    query = query.select_from(
        tables.loan.join(tables.posting, own).join(tables.voucher, entered).join(tables.member, hers)
    )
    query = query.where(loan.entity == entity.id, posting.date <= as_of).group_by(*terms, *rest).order_by(loan.number)
    rows: Sequence[tuple[Any, ...]] = [tuple(row) for row in tx.connection.execute(query)]
    return tuple(LoanStanding(*row) for row in rows)
