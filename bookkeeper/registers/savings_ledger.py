"""Savings ledger: each member's deposits, withdrawals and interest, with her balance after each.

The balance is of all kinds of savings together. A reversal is taken off where it stood: a deposit that is taken back
is a deposit below nought, and both lines name each other's voucher.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from bookkeeper.books.members import member_of
from bookkeeper.books.savings import KINDS, belonging
from bookkeeper.errors import BadInput, Refused
from bookkeeper.ledger.member_postings import MemberPosting, postings
from bookkeeper.ledger.particulars import particulars
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
    columns=(  # upright A4 has 180 mm; vouchers of several years need 12 of them more
        Column("member", "Member no.", head="No.", mm=8),
        Column("name", "Member"),
        Column("date", "Date", Kind.DATE, mm=19),
        Column("voucher", "Voucher", mm=13),
        Column("savings", "Savings of what kind", head="Kind", mm=28),
        Column("role", "Role", mm=0),
        Column("deposit", "Deposit", Kind.MONEY, Total.SUM, mm=18, zero=""),
        Column("withdrawal", "Withdrawal", Kind.MONEY, Total.SUM, mm=18, zero=""),
        Column("interest", "Interest", Kind.MONEY, Total.SUM, mm=15, zero=""),
        Column("balance", "Balance", Kind.BALANCE, Total.LAST, mm=20),
    ),
)

_SAID = {
    "member-savings": Say("Compulsory"),
    "voluntary-savings": Say("Voluntary"),
    "special-savings": Say("Special"),
}
_NOTHING = {"deposit": 0, "withdrawal": 0, "interest": 0}


def each(tx: Tx, asked: Asked) -> Iterator[Asked]:
    """One ledger of an entity. A member whom it does not have is refused: an empty one would be believed."""
    if not asked.member:
        yield asked
        return
    try:
        yield replace(asked, member=member_of(tx, asked.entity, asked.member).number)
    except Refused as error:
        raise BadInput(*error.faults) from None


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
        who = {"member": member.number, "name": Person(member.name, member.name_local), **_NOTHING}
        yield who | {"date": asked.since, "voucher": None, "savings": Say("Opening balance"), "balance": balance}
        for one in moved[member.number]:
            balance -= one.paise
            yield who | _movement(one) | {"balance": balance}


def _movement(one: MemberPosting) -> dict[str, object]:
    """A row of one posting, without whose it is and what then stands."""
    key = "withdrawal" if one.to_her else "interest" if one.is_interest else "deposit"
    return {
        "date": one.date,
        "voucher": one.voucher,
        "savings": particulars(_SAID[one.role or ""], one.told),
        "role": one.role,
        key: one.paise if one.to_her else -one.paise,
        "_voucher": one.sequence,
    }
