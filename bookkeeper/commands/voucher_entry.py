"""Queries of the vouchers' page: what an entry may name, the vouchers there are, one of them whole, and narrations.

Everything is in plain values; amounts in paise, debit positive, days ISO.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select

from bookkeeper.books import sittings
from bookkeeper.books.loans import heads as loan_heads
from bookkeeper.books.loans import standing
from bookkeeper.books.members import LEAVING, members
from bookkeeper.commands.act import Office
from bookkeeper.commands.voucher_lines import VoucherLine, voucher_lines
from bookkeeper.definitions.chart import PENALTY_ROLE
from bookkeeper.definitions.kind import EntityKind, kind
from bookkeeper.ledger import finding
from bookkeeper.ledger.accounts import Account, Chart, chart_of
from bookkeeper.ledger.balances import standings
from bookkeeper.ledger.entities import Entity, entity_of
from bookkeeper.ledger.finding import Typed, folded
from bookkeeper.ledger.journal import Recorded, recorded, recorded_at
from bookkeeper.ledger.periods import asked_day
from bookkeeper.report import Day, Person, Say
from bookkeeper.rules.dates import financial_year
from bookkeeper.rules.voucher import Instrument, Voucher, voucher_name
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

__all__ = [
    "AccountLine", "FoundLine", "FoundVoucher", "Hanging", "Offered", "OpenLoan", "PersonLine", "VoucherLine",
    "accounts", "found", "last", "listed", "next_numbers", "offered", "people",
]  # fmt: skip

_V: Final = tables.voucher.c
_EVER: Final = ("", "9999-12-31")
_SEEN: Final = 400
"""How many vouchers are looked at for distinct narrations."""


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A head that a voucher may name; `name` is a message where the program's chart has it, `name_local` is "" so far.

    `side` is what it is: cash, bank, asset, liability, capital, income, expense. `needs` is "member" or "loan" (which
    needs both) or "". `may_name_loan`: interest and penal interest, which belong to a loan where a member is named.
    `balance` is what stands on it at the end of the day; of income and expense, since the year began.
    """

    code: str
    name: str
    name_local: str
    role: str
    side: str
    folio: str
    needs: str
    may_name_loan: bool
    balance: int


@dataclass(frozen=True, slots=True)
class OpenLoan:
    """A loan on which principal is owed at the end of the day, in paise."""

    number: int
    outstanding: int
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A member whom a voucher may name, and her open loans; `left` is the day on which she left, or ""."""

    number: str
    name: str
    name_local: str
    left: str
    loans: tuple[OpenLoan, ...]


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One line of a voucher in the words of a page; the same place as in `Voucher.postings`."""

    code: str
    account: str
    role: str
    amount: int
    member: str
    person: Person | None
    loan: int | None
    instrument: Instrument | None


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs together with a voucher: what kind of thing, the key to open it by, how it hangs, and a short text.

    `kind` is voucher, meeting, loan, member or resolution.
    """

    kind: str
    key: str
    title: Say
    text: str | Person | Day


@dataclass(frozen=True, slots=True)
class FoundVoucher:
    """Everything of one voucher. `before` and `after` are its neighbours in order of entry, by name, or "".

    `entered` is UTC ("2024-04-05T10:00:00Z"), `entered_by` a user's name, `act` the act that entered it. It `stands`
    where it is neither reversed nor a reversal; `correctable` where it may be reversed alone as well.
    """

    sequence: int
    name: str
    voucher: Voucher
    lines: tuple[FoundLine, ...]
    entered_by: str
    entered: str
    act: str
    reverses: str
    reversed_by: str
    before: str
    after: str
    hangs_together: tuple[Hanging, ...]

    @property
    def stands(self) -> bool:
        """Whether it counts: neither reversed nor itself a reversal."""
        return not self.reverses and not self.reversed_by

    @property
    def correctable(self) -> bool:
        """Whether it may be reversed by itself: not out of a meeting, not of a closing."""
        return self.stands and self.voucher.meeting is None and not self.voucher.closing


@dataclass(frozen=True, slots=True)
class Offered:
    """A narration that was written before, with the voucher that last had it: all its lines, to be copied."""

    narration: str
    name: str
    voucher: Voucher


def accounts(office: Office, code: str, on: str) -> tuple[AccountLine, ...]:
    """The heads of an entity by code, each with its balance at the end of a day."""
    with office.looking() as tx:
        entity = entity_of(tx, code)
        own, day = kind(entity.kind), asked_day(on)
        balances = {one.account: one for one in standings(tx, [entity.id], day)}

        def balance(account: Account) -> int:
            one = balances.get(account.id)
            if one is None:
                return 0
            return one.year + one.closing + (0 if account.is_yearly else one.earlier)

        return tuple(_account(one, own, balance(one)) for one in chart_of(tx, entity.id).accounts)


def _account(account: Account, own: EntityKind, balance: int) -> AccountLine:
    role = account.role or ""
    return AccountLine(
        code=account.code,
        name=account.name,
        name_local="",
        role=role,
        side=role if account.is_money else account.group,
        folio=account.folio,
        needs="loan" if role in own.loan_roles else "member" if role in own.member_roles else "",
        may_name_loan=role in {*own.loan_roles, *own.interest_roles, PENALTY_ROLE},
        balance=balance,
    )


def people(office: Office, code: str, on: str) -> tuple[PersonLine, ...]:
    """The members who had joined by a day, by number, each with her open loans; those who left may still pay back."""
    with office.looking() as tx:
        entity, day = entity_of(tx, code), asked_day(on)
        open_: dict[str, list[OpenLoan]] = defaultdict(list)
        for loan in standing(tx, entity, day):
            if loan.outstanding > 0:
                open_[loan.member].append(OpenLoan(loan.loan, loan.outstanding, loan.purpose))
        return tuple(
            PersonLine(one.number, one.name, one.name_local, one.left or "", tuple(open_.get(one.number, ())))
            for one in members(tx, entity)
            if (one.joined or "") <= day
        )


def next_numbers(office: Office, code: str, on: str) -> dict[str, str]:
    """Kind of voucher → the name that the next one of it on that day would get; the kinds that the entity keeps."""
    with office.looking() as tx:
        entity, year = entity_of(tx, code), financial_year(asked_day(on))
        v = tables.voucher.c
        query = select(v.series, func.max(v.number)).where(v.entity == entity.id, v.year == year).group_by(v.series)
        newest = {str(series): int(number) for series, number in tx.connection.execute(query)}
        series = kind(entity.kind).series.items()
        return {name: voucher_name(letter, newest.get(letter, 0) + 1, year) for name, letter in series}


def listed(
    office: Office,
    code: str,
    since: str = "",
    until: str = "",
    *,
    kind: str = "",
    find: str = "",
    limit: int = 200,
    newest_first: bool = True,
) -> tuple[VoucherLine, ...]:
    """The vouchers of a period (without days: of all), of one kind or of all, by day; `limit` of them at most.

    `find` is a number (P29, 29/2023-24), an amount that stands on a line, letters of narration, party or reference, or
    of the name of an account or member in either script.
    """
    with office.looking() as tx:
        entity = entity_of(tx, code)
        days = (since or _EVER[0], until or _EVER[1])
        where: list[ColumnElement[bool]] = [_V.date.between(*days)]
        if kind:
            where.append(_V.kind == kind)
        if find.strip():
            typed = Typed.of(find)
            hers, heads = finding.members_named(tx, entity, typed.text), finding.accounts_named(tx, entity, typed.text)
            where.append(finding.matching(entity, typed, hers, heads, *days))
        order = (_V.date.desc(), _V.sequence.desc()) if newest_first else (_V.date, _V.sequence)
        return voucher_lines(tx, entity, finding.heads(entity, *where).order_by(*order).limit(limit))


def last(office: Office, code: str, kind: str = "", limit: int = 10) -> tuple[VoucherLine, ...]:
    """The vouchers of a kind that were entered last, the newest first."""
    with office.looking() as tx:
        entity = entity_of(tx, code)
        where = [_V.kind == kind] if kind else []
        return voucher_lines(tx, entity, finding.heads(entity, *where).order_by(_V.sequence.desc()).limit(limit))


def offered(office: Office, code: str, kind: str, begins: str = "", limit: int = 8) -> tuple[Offered, ...]:
    """The narrations of a kind of voucher that were written last, each once, the newest first.

    Those that begin with the letters come before those that have them elsewhere. Vouchers of meetings, of closings and
    reversals, and those that were reversed, are left out.
    """
    with office.looking() as tx:
        entity = entity_of(tx, code)
        mirror = tables.voucher.alias("gone").c
        gone = select(mirror.sequence).where(mirror.entity == _V.entity, mirror.reverses == _V.sequence).exists()
        query = select(_V.sequence, _V.narration).where(_V.entity == entity.id, _V.kind == kind, _V.narration != "")
        query = query.where(_V.meeting.is_(None), _V.reverses.is_(None), _V.closing == 0, ~gone)
        if wanted := folded(" ".join(begins.split())):
            query = query.where(_V.narration.icontains(wanted, autoescape=True))
        newest: dict[str, tuple[int, str]] = {}
        for sequence, narration in tx.connection.execute(query.order_by(_V.sequence.desc()).limit(_SEEN)):
            newest.setdefault(folded(narration), (sequence, narration))
        first = sorted(newest, key=lambda text: not text.startswith(wanted))[:limit]
        return tuple(_offered(recorded_at(tx, entity, newest[text][0]), newest[text][1]) for text in first)


def _offered(one: Recorded, narration: str) -> Offered:
    return Offered(narration, one.name, replace(one.voucher, attachments=(), meeting=None, reverses=None))


def found(office: Office, code: str, name: str) -> FoundVoucher:
    """Everything of one voucher. Raises BadInput for a text that is no name, Refused where there is no such voucher."""
    with office.looking() as tx:
        entity = entity_of(tx, code)
        one = recorded(tx, entity, name)
        chart = chart_of(tx, entity.id)
        there = {m.number: Person(m.name, m.name_local) for m in members(tx, entity)}
        made = _made(tx, entity, one.sequence)
        original = "" if one.voucher.reverses is None else _name_at(tx, entity, _V.sequence == one.voucher.reverses)
        newest = _V.sequence.desc()
        return FoundVoucher(
            sequence=one.sequence,
            name=one.name,
            voucher=one.voucher,
            lines=tuple(_lines_of(one.voucher, chart, there)),
            entered_by=made.name,
            entered=made.entered,
            act=made.act or "",
            reverses=original,
            reversed_by=one.reversed_by,
            before=_name_at(tx, entity, _V.sequence < one.sequence, newest),
            after=_name_at(tx, entity, _V.sequence > one.sequence),
            hangs_together=tuple(_hanging(tx, entity, one, original, made)),
        )


def _lines_of(voucher: Voucher, chart: Chart, there: Mapping[str, Person]) -> Iterator[FoundLine]:
    for posting in voucher.postings:
        account = chart.named(posting.account)
        yield FoundLine(
            code=account.code,
            account=account.name,
            role=account.role or "",
            amount=posting.amount,
            member=posting.member or "",
            person=there.get(posting.member or ""),
            loan=posting.loan,
            instrument=posting.instrument,
        )


def _made(tx: Tx, entity: Entity, sequence: int) -> Any:  # noqa: ANN401  # a row
    """Who entered a voucher, when, and by which act on what."""
    user, log = tables.user, tables.log
    source = tables.voucher.join(user, user.c.number == _V.user).outerjoin(log, log.c.key == _V.key)
    query = select(user.c.name, _V.entered, log.c.act, log.c.object).select_from(source)
    return tx.connection.execute(query.where(_V.entity == entity.id, _V.sequence == sequence)).one()


def _name_at(tx: Tx, entity: Entity, where: ColumnElement[bool], order: ColumnElement[int] | None = None) -> str:
    query = select(_V.series, _V.number, _V.year).where(_V.entity == entity.id, where)
    row = tx.connection.execute(query.order_by(_V.sequence if order is None else order).limit(1)).first()
    return voucher_name(*row) if row else ""


def _hanging(  # what belongs to one voucher
    tx: Tx,
    entity: Entity,
    one: Recorded,
    original: str,
    made: Any,  # noqa: ANN401  # a row
) -> Iterator[Hanging]:
    """Mirror and original, meeting, loans, the member who left by it, and the resolution."""
    voucher = one.voucher
    if original:
        yield Hanging("voucher", original, Say("Reverses"), original)
    if one.reversed_by:
        yield Hanging("voucher", one.reversed_by, Say("Reversed by"), one.reversed_by)
    meeting = None if voucher.meeting is None else sittings.of_number(tx, entity, voucher.meeting)
    if meeting and meeting.sequence - meeting.vouchers <= one.sequence < meeting.sequence:
        yield Hanging("meeting", str(meeting.number), Say("Meeting"), Day(voucher.date))
    touched = {posting.loan for posting in voucher.postings if posting.loan is not None}
    for loan in loan_heads(tx, entity) if touched else ():
        if loan.loan in touched:
            yield Hanging("loan", str(loan.loan), Say.of("Loan {number}", number=loan.loan), loan.name)
    if made.act == LEAVING:
        yield Hanging("member", made.object.removeprefix("member "), Say("Member"), made.object)
    if voucher.resolution:
        yield Hanging("resolution", voucher.resolution, Say("Resolution"), voucher.resolution)
