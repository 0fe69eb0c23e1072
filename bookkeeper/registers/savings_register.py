"""Savings register: members down, months across, what each saved less what she drew.

The form is that of the groups' books (forms note 1, "Attendance and savings"): what stood before, a column a month,
what stands at the end. Twelve months stand on one sheet across; what is longer goes on to a second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bookkeeper.books.savings import KINDS, belonging
from bookkeeper.ledger.member_postings import postings
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Person, Register, Row, Total
from bookkeeper.rules.dates import month_of, month_start
from bookkeeper.store.engine import Tx

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_MM, _FEW_MONTHS_MM = 14.6, 22.0
_FEW = 6


def _months(asked: Asked) -> list[str]:
    """The months of the period as the keys of their columns: "2024-04"."""
    return [month_start(month)[:7] for month in range(month_of(asked.since), month_of(asked.until) + 1)]


def _columns(_tx: Tx, asked: Asked) -> tuple[Column, ...]:
    keys = _months(asked)
    mm = _FEW_MONTHS_MM if len(keys) <= _FEW else _MONTH_MM
    months = [
        Column(key, key, Kind.MONEY, Total.SUM, under=key[:4], head=_MONTHS[int(key[5:]) - 1], mm=mm) for key in keys
    ]
    return (
        Column("member", "Member no.", head="No.", mm=9),
        Column("name", "Member"),
        Column("opening", "Balance before", Kind.MONEY, Total.SUM, mm=19),
        *months,
        Column("total", "Balance", Kind.MONEY, Total.SUM, mm=20),
    )


REGISTER = Register(
    title="Savings register",
    columns=_columns,
    asks=(Ask.PERIOD, Ask.SAVINGS),
    landscape=True,
    signed_by=("Book-keeper", "Treasurer", "President"),
)


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """Each member who belonged to the group in the period, by number; paise owed to her."""
    months = _months(asked)
    roles = [role for name, role in KINDS.items() if asked.savings in {"", name}]
    before: dict[str, int] = defaultdict(int)
    moved: dict[tuple[str, str], int] = defaultdict(int)
    for one in postings(tx, asked.entity, asked.until, roles=roles):
        if one.date < asked.since or one.opens:
            before[one.member] -= one.paise
        else:
            moved[one.member, one.date[:7]] -= one.paise
    for member in belonging(tx, asked.entity, asked.since, asked.until):
        hers = {key: moved[member.number, key] for key in months}
        opening = before[member.number]
        name = Person(member.name, member.name_local)
        total = opening + sum(hers.values())
        yield {"member": member.number, "name": name, "opening": opening, **hers, "total": total}
