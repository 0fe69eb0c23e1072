"""Finding vouchers: by number, by an amount on a line, by words of narration and party, by member or account.

What is typed is understood once (`Typed`); figures may be in any script, an amount may have commas.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, or_, select

from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.entities import Entity
from bookkeeper.ledger.particulars import NAMES, with_reversals
from bookkeeper.report import Person
from bookkeeper.rules.money import NotAnAmount, Paise, parsed
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx
from bookkeeper.words import language, languages

_NUMBER: Final = re.compile(r"([A-Za-z]{0,3})([0-9]{1,9})(?:/([0-9]{4})(?:-[0-9]{2})?)?")
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, as it may be meant: text, an amount in paise, the number of a voucher with its series and year.

    `figures` is the text with Western digits. `series` is "" and `year` nought where they are not said; `number` is
    nought and `paise` None where it is neither.
    """

    text: str
    figures: str = ""
    paise: Paise | None = None
    series: str = ""
    number: int = 0
    year: int = 0

    @classmethod
    def of(cls, text: str) -> Typed:
        text = " ".join(unicodedata.normalize("NFC", text).split())
        figures = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text)
        found = _NUMBER.fullmatch(figures.replace(" ", ""))
        series, number, year = found.groups() if found else ("", "0", "0")
        return cls(text, figures, _amount(figures), series.upper(), int(number), int(year or 0))


def _amount(figures: str) -> Paise | None:
    try:
        paise = parsed(figures.replace(",", "").replace(" ", "").removeprefix("₹"))
    except NotAnAmount:
        return None
    return Paise(abs(paise)) or None


def folded(text: str) -> str:
    """A text as texts are compared here."""
    return unicodedata.normalize("NFC", text).casefold()


VOUCHERS: Final = with_reversals(tables.voucher)
"""Vouchers, each with what it reverses and what reverses it."""

_V = tables.voucher.c
_HEAD: Final = (_V.sequence, _V.date, _V.kind, _V.narration, _V.party, _V.meeting, _V.closing, *NAMES)


def heads(entity: Entity, *where: ColumnElement[bool]) -> Select[Any]:
    """The heads of the vouchers of an entity for which all that holds, in no order."""
    return select(*_HEAD).select_from(VOUCHERS).where(_V.entity == entity.id, *where)


def is_called(typed: Typed) -> ColumnElement[bool]:
    """Whether a voucher has the number that was typed."""
    where = _V.number == typed.number
    if typed.series:
        where &= _V.series == typed.series
    return where & (_V.year == typed.year) if typed.year else where


def says(text: str) -> ColumnElement[bool]:
    """Whether a voucher has these letters in its narration, party, reference or resolution."""
    words = (_V.narration, _V.party, _V.reference, _V.resolution)
    return or_(*(column.icontains(text, autoescape=True) for column in words))


def matching(
    entity: Entity, typed: Typed, members: Sequence[int], accounts: Sequence[int], since: str, until: str
) -> ColumnElement[bool]:
    """Whether a voucher has what was typed: number, words, an amount on a line, or one of these members or accounts."""
    p = tables.posting.c
    own = select(p.sequence).where(p.entity == entity.id, p.date.between(since, until))
    parts = [says(typed.text)]
    if typed.number:
        parts.append(is_called(typed))
    if typed.paise is not None:
        parts.append(_V.sequence.in_(own.where(p.paise.in_((typed.paise, -typed.paise)))))
    if members:
        parts.append(_V.sequence.in_(own.where(p.member.in_(members))))
    if accounts:
        parts.append(_V.sequence.in_(own.where(p.account.in_(accounts))))
    return or_(*parts)


@dataclass(slots=True)
class Lines:
    """What the lines of one voucher come to: its debits in paise, the heads and the members that it names."""

    amount: int = 0
    accounts: list[tuple[str, str | None]] = field(default_factory=list)
    """Name and role of each."""
    people: list[Person] = field(default_factory=list)


def lines_of(tx: Tx, entity: Entity, sequences: Sequence[int]) -> dict[int, Lines]:
    """What the lines of each of these vouchers come to."""
    found = {sequence: Lines() for sequence in sequences}
    p, a, m = tables.posting.c, tables.account.c, tables.member.c
    head = (a.entity == p.entity) & (a.id == p.account)
    hers = (m.entity == p.entity) & (m.id == p.member)
    query = select(p.sequence, p.paise, a.name, a.role, m.name.label("whose"), m.name_local)
    query = query.select_from(tables.posting.join(tables.account, head).outerjoin(tables.member, hers))
    query = query.where(p.entity == entity.id).order_by(p.sequence, p.line)
    for some in _by_some(sequences):
        for row in tx.connection.execute(query.where(p.sequence.in_(some))):
            one = found[row.sequence]
            one.amount += max(row.paise, 0)
            if (row.name, row.role) not in one.accounts:
                one.accounts.append((row.name, row.role))
            if row.whose is not None and (person := Person(row.whose, row.name_local)) not in one.people:
                one.people.append(person)
    return found


def _by_some(sequences: Sequence[int]) -> Iterator[Sequence[int]]:
    return (sequences[start : start + _AT_ONCE] for start in range(0, len(sequences), _AT_ONCE))


def members_named(tx: Tx, entity: Entity, text: str) -> list[int]:
    """The ids of the members whose name, in either script, has the letters."""
    m = tables.member.c
    rows = tx.connection.execute(select(m.id, m.name, m.name_local).where(m.entity == entity.id))
    wanted = folded(text)
    return [number for number, *names in rows if any(wanted in folded(name) for name in names)]


def accounts_named(tx: Tx, entity: Entity, text: str) -> list[int]:
    """The ids of the accounts of that code, or whose name in any language of the program has the letters."""
    wanted, spoken = folded(text), [language(code) for code in languages()]
    return [
        one.id
        for one in chart_of(tx, entity.id).accounts
        if one.code == text or any(wanted in folded(said) for said in {one.name, *(by.say(one.name) for by in spoken)})
    ]
