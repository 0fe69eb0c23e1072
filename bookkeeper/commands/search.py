"""The one search that finds everything: members, accounts, vouchers, meetings, loans.

It answers at once also in large books: words and amounts are looked for in the newest vouchers alone (`_NEWEST`), all
else by its number. A list of everything that has a word is `voucher_entry.listed`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select

from bookkeeper.books import sittings
from bookkeeper.books.loans import LoanHead, heads
from bookkeeper.books.members import Member, members
from bookkeeper.commands.act import Office
from bookkeeper.commands.voucher_lines import VoucherLine, voucher_lines
from bookkeeper.ledger import finding
from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.entities import Entity, entity_of
from bookkeeper.ledger.finding import Typed, folded
from bookkeeper.report import Day, Say
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

_NEWEST: Final = 20_000
"""Among how many of the newest links a word or an amount is looked for."""

_DAY: Final = re.compile(r"(?:([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})|([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4}))")


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: member, account, voucher, meeting or loan, and the `key` by which it is opened.

    The key is a number of the register, a code, a name such as P29/2023-24, or a number of a meeting or loan. `title`
    is a name (of an account a message), `note` what is said beside it, `amount` paise or None.
    """

    kind: str
    key: str
    title: str
    title_local: str
    note: Say | Day | str
    amount: int | None = None


def find(office: Office, code: str, text: str, limit: int = 20) -> tuple[Hit, ...]:
    """What has this number, name, amount or word, the likeliest first; "" finds nothing.

    `#` before it looks for vouchers alone, `@` for members and their loans alone.
    """
    text = text.strip()
    narrowed = {"#": (_vouchers,), "@": (_members, _loans)}.get(text[:1])
    typed = Typed.of(text[1:] if narrowed else text)
    if not typed.text:
        return ()
    with office.looking() as tx:
        entity = entity_of(tx, code)
        ways: tuple[_Way, ...] = narrowed or (_members, _meetings, _loans, _accounts, _vouchers)
        found = [hit for way in ways for hit in way(tx, entity, typed, limit)]
        return tuple(hit for _, hit in sorted(found, key=lambda one: one[0]))[:limit]


_Ranked = tuple[int, Hit]
"""How near a hit is, nought the nearest: by number or code, by the beginning, by a word's beginning, elsewhere."""

_Way = Callable[[Tx, Entity, Typed, int], Iterator[_Ranked]]
_BY_NUMBER, _BEGINS, _WORD, _WITHIN = range(4)


def _near(wanted: str, *texts: str) -> int | None:
    """How near a text is to what was typed; None where it has it nowhere."""
    found = [_of_one(wanted, folded(text)) for text in texts if text]
    return min((one for one in found if one is not None), default=None)


def _of_one(wanted: str, text: str) -> int | None:
    if text.startswith(wanted):
        return _BEGINS
    if f" {wanted}" in text:
        return _WORD
    return _WITHIN if wanted in text else None


def _members(tx: Tx, entity: Entity, typed: Typed, _limit: int) -> Iterator[_Ranked]:
    for one in members(tx, entity):
        near = _of_member(one, typed)
        if near is not None:
            yield near, Hit("member", one.number, one.name, one.name_local, Say(one.office) if one.office else "")


def _of_member(one: Member, typed: Typed) -> int | None:
    figure = str(typed.number) if typed.number and not typed.series and not typed.year else typed.text
    return (
        _BY_NUMBER
        if figure in {one.number, one.number.lstrip("0")}
        else _near(folded(typed.text), one.name, one.name_local)
    )


def _accounts(tx: Tx, entity: Entity, typed: Typed, _limit: int) -> Iterator[_Ranked]:
    named = set(finding.accounts_named(tx, entity, typed.text))
    for one in chart_of(tx, entity.id).accounts:
        if one.id in named or one.code.startswith(typed.text):
            near = _BY_NUMBER if one.code == typed.text else _near(folded(typed.text), one.name)
            yield _BEGINS if near is None else near, Hit("account", one.code, one.name, "", one.code)


def _meetings(tx: Tx, entity: Entity, typed: Typed, limit: int) -> Iterator[_Ranked]:
    day = _day(typed.figures)
    number = 0 if typed.series or typed.year else typed.number
    if not number and not day:
        return
    found = [one for one in sittings.in_brief(tx, entity) if one.date == day or one.number == number]
    for one in found[-limit:]:
        yield _BY_NUMBER, Hit("meeting", str(one.number), str(one.number), "", Day(one.date))


def _day(text: str) -> str:
    """The ISO day that was typed, as 2024-04-05 or 5-4-2024, or ""."""
    found = _DAY.fullmatch(text)
    if found is None:
        return ""
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    return f"{int(year):04d}-{int(month):02d}-{int(day):02d}"


def _loans(tx: Tx, entity: Entity, typed: Typed, limit: int) -> Iterator[_Ranked]:
    wanted = folded(typed.text)
    found: list[_Ranked] = []
    for one in heads(tx, entity):
        if one.loan == typed.number and typed.series in {"", "L"} and not typed.year:
            found.append((_BY_NUMBER, _loan(one)))
        elif one.member == typed.text:
            found.append((_BEGINS, _loan(one)))
        elif _near(wanted, one.name.name, one.name.name_local) is not None:
            found.append((_WITHIN, _loan(one)))
    yield from found[::-1][:limit]


def _loan(one: LoanHead) -> Hit:
    note = Say.of("Loan {loan}, {member}", loan=one.loan, member=one.name)
    return Hit("loan", str(one.loan), one.name.name, one.name.name_local, note)


def _vouchers(tx: Tx, entity: Entity, typed: Typed, limit: int) -> Iterator[_Ranked]:
    """Those of that number; then those of the newest that have the amount on a line or the words, the newest first."""
    v = tables.voucher.c
    seen: set[int] = set()
    for near, where in _looked_for(tx, entity, typed):
        query = finding.heads(entity, where).order_by(v.sequence.desc()).limit(limit)
        for one in voucher_lines(tx, entity, query):
            if one.sequence not in seen:
                seen.add(one.sequence)
                yield near, _voucher(one)


def _looked_for(tx: Tx, entity: Entity, typed: Typed) -> Iterator[tuple[int, ColumnElement[bool]]]:
    v, p = tables.voucher.c, tables.posting.c
    if typed.number:
        yield _BY_NUMBER, finding.is_called(typed)
    newest = tx.connection.execute(select(func.max(v.sequence)).where(v.entity == entity.id)).scalar() or 0
    since = newest - _NEWEST
    if typed.paise is not None:
        amount = or_(p.paise == typed.paise, p.paise == -typed.paise)
        has = select(p.sequence).where(p.entity == entity.id, p.sequence > since, amount)
        yield _WORD, v.sequence.in_(has)
    yield _WITHIN, (v.sequence > since) & finding.says(typed.text)


def _voucher(one: VoucherLine) -> Hit:
    told: Any = one.narration or one.party or (Say(one.accounts[0]) if one.accounts else "")
    return Hit("voucher", one.name, one.name, "", told, one.amount)
