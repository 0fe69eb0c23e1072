"""Savings ledger: each member's deposits, withdrawals and interest, with her balance after each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bookkeeper.books.member_postings import MemberPosting, belonging, postings
from bookkeeper.books.savings import KINDS
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Person, Register, Row, Say, Total
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Savings ledger",
    asks=(Ask.PERIOD, Ask.MEMBER),
    group="member",
    once=("name",),
    carry=True,
    signed_by=("Book-keeper", "Treasurer", "Secretary"),
    columns=(
        Column("member", "Member no.", head="No.", mm=10),
        Column("name", "Member", mm=38),
        Column("date", "Date", Kind.DATE, mm=19),
        Column("voucher", "Voucher", mm=19),
        Column("savings", "Savings of what kind"),
        Column("role", "Role", mm=0),
        Column("deposit", "Deposit", Kind.MONEY, Total.SUM, mm=21),
        Column("withdrawal", "Withdrawal", Kind.MONEY, Total.SUM, mm=21),
        Column("interest", "Interest", Kind.MONEY, Total.SUM, mm=18),
        Column("balance", "Balance", Kind.BALANCE, Total.LAST, mm=22),
    ),
)

_SAID = {
    "member-savings": Say("Compulsory savings"),
    "voluntary-savings": Say("Voluntary savings"),
    "special-savings": Say("Special savings"),
}


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """An opening row for each member, then her movements of the period; paise, the balance owed to her."""
    moved: dict[str, list[MemberPosting]] = defaultdict(list)
    before: dict[str, int] = defaultdict(int)
    for one in postings(tx, asked.entity, asked.until, roles=KINDS.values(), member=asked.member):
        if one.date < asked.since or one.opens:
            before[one.member] -= one.paise
        else:
            moved[one.member].append(one)
    for member in belonging(tx, asked.entity, asked.since, asked.until):
        if asked.member not in {"", member.number}:
            continue
        balance = before[member.number]
        who = {"member": member.number, "name": Person(member.name, member.name_local)}
        yield who | {"date": asked.since, "voucher": None, "savings": Say("Opening balance"), "balance": balance}
        for one in moved[member.number]:
            balance -= one.paise
            key = "withdrawal" if one.to_her else "interest" if one.is_interest else "deposit"
            amount = one.paise if one.to_her else -one.paise
            said = _SAID.get(one.role or "", Say(one.role or ""))
            row = {"date": one.date, "voucher": one.voucher, "savings": said, "role": one.role, "balance": balance}
            yield who | row | {key: amount}
