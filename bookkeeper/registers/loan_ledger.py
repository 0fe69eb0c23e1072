"""Loan ledger: each loan with what was given, paid of principal and interest, and owed after each movement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bookkeeper.books.loans import LOAN_ROLE
from bookkeeper.books.loans import standing as loans_given
from bookkeeper.books.member_postings import MemberPosting, postings
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Person, Register, Row, Total
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Loan ledger",
    asks=(Ask.PERIOD, Ask.MEMBER),
    group="loan",
    once=("member", "name", "purpose"),
    carry=True,
    landscape=True,
    signed_by=("Book-keeper", "Treasurer", "Secretary"),
    columns=(
        Column("loan", "Loan", Kind.COUNT, mm=12),
        Column("member", "Member no.", head="No.", mm=10),
        Column("name", "Member", mm=42),
        Column("purpose", "Purpose"),
        Column("date", "Date", Kind.DATE, mm=20),
        Column("voucher", "Voucher", mm=20),
        Column("disbursed", "Loan given", Kind.MONEY, Total.SUM, mm=25),
        Column("principal", "Principal paid", Kind.MONEY, Total.SUM, under="Paid", head="Principal", mm=24),
        Column("interest", "Interest paid", Kind.MONEY, Total.SUM, under="Paid", head="Interest", mm=21),
        Column("penalty", "Penalty paid", Kind.MONEY, Total.SUM, under="Paid", head="Penalty", mm=18),
        Column("outstanding", "Outstanding", Kind.BALANCE, Total.LAST, mm=25),
    ),
)

_PENALTY = "penal-interest"
_INTEREST = "interest-on-member-loans"


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """Of each loan what stood at the beginning, then its movements; paise, what she owes is positive.

    Loans paid off before the period are left out.
    """
    moved: dict[int, list[MemberPosting]] = defaultdict(list)
    before: dict[int, int] = {}
    for one in postings(tx, asked.entity, asked.until, roles=(LOAN_ROLE, _INTEREST, _PENALTY), member=asked.member):
        if one.loan is None:
            continue
        if one.date < asked.since or one.opens:
            before[one.loan] = before.get(one.loan, 0) + (one.paise if one.role == LOAN_ROLE else 0)
        else:
            moved[one.loan].append(one)
    for loan in loans_given(tx, asked.entity, asked.until):
        if asked.member not in {"", loan.member} or not (before.get(loan.loan) or moved[loan.loan]):
            continue
        who = {
            "loan": loan.loan, "member": loan.member, "name": Person(loan.name, loan.name_local),
            "purpose": loan.purpose,
        }  # fmt: skip
        outstanding = before.get(loan.loan, 0)
        if loan.loan in before:
            yield who | {"date": asked.since, "voucher": None, "outstanding": outstanding}
        entries: dict[tuple[str, str], dict[str, int]] = {}
        for one in moved[loan.loan]:
            cells = entries.setdefault((one.date, one.voucher), defaultdict(int))
            if one.role == LOAN_ROLE:
                cells["disbursed" if one.to_her else "principal"] += one.paise if one.to_her else -one.paise
            else:
                cells["penalty" if one.role == _PENALTY else "interest"] -= one.paise
        for (date, voucher), cells in entries.items():
            outstanding += cells["disbursed"] - cells["principal"]
            yield who | {"date": date, "voucher": voucher, **cells, "outstanding": outstanding}
