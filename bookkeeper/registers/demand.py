"""Demand of the day: what each member is to pay in the meeting of a day, before anything is collected in it."""

from __future__ import annotations

from collections.abc import Iterator

from bookkeeper.books import savings, sittings
from bookkeeper.books.loans import LoanBook, LoanInHand, by_member
from bookkeeper.books.members import members
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Person, Register, Row, Total
from bookkeeper.rules.repayment import Due
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Demand of the day",
    asks=(Ask.AS_OF,),
    landscape=True,
    signed_by=("Book-keeper", "Treasurer", "Secretary"),
    columns=(
        Column("member", "Member no.", head="No.", mm=10),
        Column("name", "Member"),
        Column("loan", "Loan", mm=12),
        Column("outstanding", "Outstanding", Kind.MONEY, Total.SUM, mm=25),
        Column("demand_savings", "Savings due", Kind.MONEY, Total.SUM, head="Savings", mm=22),
        Column(
            "demand_principal_arrears", "Principal, arrears", Kind.MONEY, Total.SUM, under="Principal", head="Arrears",
            mm=24,
        ),
        Column(
            "demand_principal_current", "Principal, current", Kind.MONEY, Total.SUM, under="Principal", head="Current",
            mm=24,
        ),
        Column(
            "demand_interest_arrears", "Interest, arrears", Kind.MONEY, Total.SUM, under="Interest", head="Arrears",
            mm=22,
        ),
        Column(
            "demand_interest_current", "Interest, current", Kind.MONEY, Total.SUM, under="Interest", head="Current",
            mm=22,
        ),
        Column("demand_other", "Fines and penalty due", Kind.MONEY, Total.SUM, head="Fines", mm=18),
        Column("demand_total", "Total due", Kind.MONEY, Total.SUM, head="Total", mm=26),
    ),
)  # fmt: skip


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """A row a member, a further one for each further loan; paise. One who left stands here while she owes."""
    entity, day = asked.entity, asked.as_of
    held = sittings.days(tx, entity)
    people = members(tx, entity)
    saved = savings.due_on(tx, entity, day, people, held)
    fines = sittings.fines_due(tx, entity, day)
    owed = by_member(LoanBook(tx, entity, held, sitting=sittings.sitting_on(tx, entity, day)).due_on(day))
    for member in people:
        loans = [(loan, due) for loan, due in owed.get(member.number, ()) if due.outstanding or due.total]
        if not (member.belonged(day, day) or loans or member.number in fines):
            continue
        name = Person(member.name, member.name_local)
        own = {"demand_savings": saved.get(member.number, 0), "demand_other": fines.get(member.number, 0)}
        for head, amounts in [_of_loan(loan, due) for loan, due in loans] or [_NO_LOAN]:
            demand = amounts | own
            demand["demand_other"] += amounts["demand_other"]
            total = sum(demand.values())
            yield {"member": member.number, "name": name, **head, **demand, "demand_total": total}
            own = dict.fromkeys(own, 0)


_PARTS = (
    "demand_principal_arrears", "demand_principal_current", "demand_interest_arrears", "demand_interest_current",
)  # fmt: skip
_NO_LOAN: tuple[dict[str, object], dict[str, int]] = (
    {"loan": None, "outstanding": None},
    dict.fromkeys((*_PARTS, "demand_other"), 0),
)


def _of_loan(loan: LoanInHand, due: Due) -> tuple[dict[str, object], dict[str, int]]:
    """What a row says of a loan, and what is demanded on it in paise."""
    parts = (due.principal_arrears, due.principal_current, due.interest_arrears, due.interest_current)
    demanded = dict(zip(_PARTS, parts, strict=True)) | {"demand_other": int(due.penalty)}
    return {"loan": str(loan.number), "outstanding": due.outstanding}, demanded
