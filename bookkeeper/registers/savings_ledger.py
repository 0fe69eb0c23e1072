"""Savings ledger: each member's deposits, withdrawals and interest, with her balance after each.

The balance is of all kinds of savings together. A reversal is taken off where it stood: a deposit that is taken back
is a deposit below nought, and both lines name each other's voucher. On paper a column stands only where something
stands in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bookkeeper.books.members import member_asked
from bookkeeper.books.savings import KINDS, belonging
from bookkeeper.ledger.member_postings import MemberPosting, postings, ways
from bookkeeper.ledger.particulars import particulars
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Part, Person, Register, Row, Say, Total
from bookkeeper.store.engine import Tx

_BALANCE = Column("balance", "Balance", Kind.BALANCE, Total.LAST, mm=20)
_COLUMNS = (  # upright A4 has 180 mm; vouchers of several years need 12 of them more
    Column("member", "Member no.", head="No.", mm=8),
    Column("name", "Member"),
    Column("date", "Date", Kind.DATE, mm=19),
    Column("voucher", "Voucher", mm=13),
    Column("savings", "Savings of what kind", head="Kind", mm=28),
    Column("role", "Role", mm=0),
    Column("deposit", "Deposit", Kind.MONEY, Total.SUM, mm=18),
    Column("withdrawal", "Withdrawal", Kind.MONEY, Total.SUM, mm=18),
    Column("interest", "Interest", Kind.MONEY, Total.SUM, mm=15),
    _BALANCE,
)
_NOT_ON_PAPER: Final = 0.0


def _columns(tx: Tx, asked: Asked) -> tuple[Column, ...]:
    """All columns; what nobody has in the period only scripts see."""
    withdrawn, interest = ways(tx, asked.entity, asked.since, asked.until, KINDS.values(), asked.member)
    widths: dict[str, float | None] = {} if withdrawn else {"withdrawal": _NOT_ON_PAPER}
    widths |= {} if interest else {"interest": _NOT_ON_PAPER}
    if widths:
        widths["savings"] = None  # it takes what is left
    return tuple(replace(column, mm=widths.get(column.key, column.mm)) for column in _COLUMNS)


REGISTER = Register(
    title="Savings ledger",
    asks=(Ask.PERIOD, Ask.MEMBER),
    group="member",
    once=("name",),
    carry=True,
    signed_by=("Book-keeper", "Treasurer", "Secretary"),
    columns=_columns,
)

_SAID = {
    "member-savings": Say("Compulsory"),
    "voluntary-savings": Say("Voluntary"),
    "special-savings": Say("Special"),
}
_NOTHING = {"deposit": 0, "withdrawal": 0, "interest": 0}


def each(tx: Tx, asked: Asked) -> Iterator[Asked]:
    """One ledger of an entity, or of one of its members."""
    yield replace(asked, member=member_asked(tx, asked.entity, asked.member))


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


def parts(tx: Tx, asked: Asked) -> Iterator[Part]:
    """What the balances of all members add up to at the end, in paise; not beside one member's own."""
    if asked.member:
        return
    last: dict[str, int] = defaultdict(int)
    for one in postings(tx, asked.entity, asked.until, roles=KINDS.values()):
        last[one.member] -= one.paise
    there = belonging(tx, asked.entity, asked.since, asked.until)
    line: Row = {"balance": sum(last[member.number] for member in there)}
    yield Part("balances", "Savings of all members", (_BALANCE,), (line,) if there else (), closes=True)


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
