"""A member leaves or dies: her savings of all kinds, less what she owes, are paid out; what is not covered stays due.

Source: domain notes, "Leaving or death". Set off are fines, then interest, then all principal, the oldest loan first;
interest is reckoned with the charge of the day on which she leaves. Never is the payment negative.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select

from bookkeeper.books import savings, sittings
from bookkeeper.books.loans import LoanBook, LoanInHand
from bookkeeper.books.members import LEAVING, Member, clear_left, member_of, set_left
from bookkeeper.books.savings import Saved
from bookkeeper.definitions.chart import FINES_ROLE, PENALTY_ROLE
from bookkeeper.definitions.kind import kind
from bookkeeper.errors import Fault, Refused
from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.entities import Entity
from bookkeeper.ledger.periods import open_days
from bookkeeper.rules.by_product import ByProduct
from bookkeeper.rules.dates import Day, NotADate, day_after, parsed_date
from bookkeeper.rules.money import Paise, shown
from bookkeeper.rules.repayment import Due
from bookkeeper.rules.said import Said
from bookkeeper.rules.voucher import Posting, Voucher, voucher_name
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

FINES, PENALTY, INTEREST, PRINCIPAL = "fines", "penalty", "interest", "principal"
PARTS = (FINES, PENALTY, INTEREST, PRINCIPAL)
"""What is set off, in this order."""


@dataclass(frozen=True, slots=True)
class SetOff:
    """One thing she owes, in paise: `due` in all, `met` out of her savings; `role` the account that takes it."""

    what: str
    role: str
    due: Paise
    met: Paise
    loan: int | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What stands between a group and a member who leaves at the end of a day; paise.

    `interest_ahead` was paid before it was charged: it stays income, and is told so that the group may decide.
    """

    member: Member
    on: str
    saved: Saved
    owed: tuple[SetOff, ...]
    interest_ahead: Paise

    @property
    def set_off(self) -> Paise:
        """All that her savings cover of what she owes."""
        return Paise(sum(one.met for one in self.owed))

    @property
    def paid(self) -> Paise:
        """What is paid out to her, never below nought."""
        return Paise(self.saved.total - self.set_off)

    @property
    def stays_due(self) -> Paise:
        """What she still owes afterwards."""
        return Paise(sum(one.due - one.met for one in self.owed))

    def due_of(self, what: str) -> Paise:
        """All that she owes of one of `PARTS`."""
        return Paise(sum(one.due for one in self.owed if one.what == what))

    def left_of(self, what: str) -> Paise:
        """What of it stays due."""
        return Paise(sum(one.due - one.met for one in self.owed if one.what == what))

    def voucher(self, reason: str, by: str) -> Voucher | None:
        """The one voucher of it: a payment, or a journal where nothing is paid out; None where she has no savings."""
        hers = self.member.number
        by_kind = ((role, getattr(self.saved, name)) for name, role in savings.KINDS.items())
        lines = [Posting(role, amount, hers) for role, amount in by_kind if amount]
        if not lines:
            return None
        lines += [Posting(one.role, Paise(-one.met), hers, one.loan) for one in self.owed if one.met]
        if self.paid:
            lines.append(Posting(by, Paise(-self.paid)))
        made = "payment" if self.paid else "journal"
        return Voucher(made, self.on, tuple(lines), f"Settlement on leaving: {reason}", party=self.member.name)


def settlement(tx: Tx, entity: Entity, number: str, on: str, by: str = "cash") -> Settlement:
    """What is settled when a member leaves on an ISO day, the charge of that day included. Changes nothing.

    `by` is the account that pays, by role or code. Raises Refused, with everything that forbids it: no such member,
    left already, a day that is not open, or before she joined, or before something that the books have of her.
    """
    member = member_of(tx, entity, number)
    faults = [*_faults(tx, entity, member, on)]
    account = chart_of(tx, entity.id).by_text.get(by)
    if account is None or not account.is_money:
        faults.append(
            Fault(Said("“{by}” pays no money.", by=by), "Write cash, bank, or the code of a bank account.", field="by")
        )
    if faults:
        raise Refused(*faults)
    saved = savings.standing(tx, entity, on, member.number).get(member.number, savings.NOTHING_SAVED)
    days = sittings.days(tx, entity)
    place = bisect_left(days, on)
    if on not in days[place : place + 1]:
        days.insert(place, on)  # interest is charged on the day of leaving, as in a meeting
    loans = [*LoanBook(tx, entity, days, members={member.number}).standing(on).values()]
    entity_kind = kind(entity.kind)
    owed = [SetOff(FINES, FINES_ROLE, _fines(tx, entity, member, on), Paise(0))]
    owed += [SetOff(PENALTY, PENALTY_ROLE, due.penalty, Paise(0), loan.number) for loan, due in loans]
    for role in entity_kind.interest_roles[:1]:
        owed += [SetOff(INTEREST, role, _interest(loan, due, on), Paise(0), loan.number) for loan, due in loans]
    for role in entity_kind.loan_roles[:1]:
        owed += [SetOff(PRINCIPAL, role, due.outstanding, Paise(0), loan.number) for loan, due in loans]
    ahead = Paise(sum(due.interest_advance for _, due in loans))
    return Settlement(member, on, saved, tuple(_met(owed, saved.total)), ahead)


def plain(settled: Settlement, by: str, voucher: str = "") -> dict[str, Any]:
    """The settlement as plain values, amounts in rupees as text: what the act answers and the face puts into words."""
    parts = [{"what": one.what, "loan": one.loan, "due": shown(one.due), "met": shown(one.met)} for one in settled.owed]
    return {
        "voucher": voucher,
        "date": settled.on,
        "member": settled.member.number,
        "name": settled.member.name,
        "savings": {name: shown(getattr(settled.saved, name)) for name in savings.KINDS},
        "saved": shown(settled.saved.total),
        "set_off": parts,
        "paid": shown(settled.paid),
        "by": by,
        "interest_ahead": shown(settled.interest_ahead),
        "stays_due": shown(settled.stays_due),
    }


def record(tx: Tx, entity: Entity, settled: Settlement) -> None:
    """Note that she left, after the voucher was posted, and which of her loans owe nothing any more."""
    set_left(tx, entity, settled.member, settled.on)
    loans = {one.loan for one in settled.owed if one.loan is not None and one.met}
    if loans:
        LoanBook(tx, entity, sittings.days(tx, entity), loans=loans).settle(settled.on)


def comes_back(tx: Tx, entity: Entity, voucher: str) -> Member | None:
    """Take a member's leaving back, whose settlement is the voucher of that name; None where it settled with nobody.

    To be called before the voucher is reversed: then the mirror may bear a day later than the one on which she left.
    """
    log = tables.log.c
    query = select(log.result).where(log.entity == entity.id, log.act == LEAVING, log.result.contains(f'"{voucher}"'))
    for (result,) in tx.connection.execute(query.order_by(log.sequence.desc())):
        settled = json.loads(result)
        if settled["voucher"] != voucher:
            continue
        member = member_of(tx, entity, settled["member"])
        if member.left != settled["date"]:
            return None
        clear_left(tx, entity, member)
        return member
    return None


def _met(owed: list[SetOff], savings_: int) -> Iterator[SetOff]:
    """Each of them with what the savings cover of it, in the order given; those of nought are left out."""
    for one in owed:
        met = min(one.due, savings_)
        savings_ -= met
        if one.due:
            yield SetOff(one.what, one.role, one.due, Paise(met), one.loan)


def _interest(loan: LoanInHand, due: Due, on: str) -> Paise:
    """The interest that is due on a loan, with what has accrued by the day where days are counted."""
    accrued = loan.reckoning.accrued(on) if isinstance(loan.reckoning, ByProduct) else 0
    return Paise(due.interest + accrued)


def _fines(tx: Tx, entity: Entity, member: Member, on: str) -> Paise:
    return Paise(sittings.fines_due(tx, entity, day_after(on)).get(member.number, 0))


def _faults(tx: Tx, entity: Entity, member: Member, on: str) -> Iterator[Fault]:
    if member.left:
        advice = "What she still owes is posted as receipts when she pays it."
        if on < member.left:
            advice = "To settle on another day, reverse the voucher of her settlement: then she is a member again."
        yield Fault(
            Said("member {member} left on {left} already.", member=member.number, left=Day(member.left)),
            advice,
            field="member",
        )
        return
    try:
        parsed_date(on)
    except NotADate as error:
        yield Fault(str(error), field="date")
        return
    for where, why in open_days(tx, entity).faults(Voucher("journal", on, ())):
        yield Fault(why, field=where)
    if member.joined and on < member.joined:
        yield Fault(
            Said(
                "member {member} joined on {joined}, after {day}.",
                member=member.number,
                joined=Day(member.joined),
                day=Day(on),
            ),
            "Put the date right.",
            field="date",
        )
    later = _newest_of_hers(tx, entity, member.number, on) or _newest_meeting(tx, entity, member.number, on)
    if later:
        advice = "Date her leaving on that day or later, or reverse what was entered for her since."
        yield Fault(
            Said("member {member} stands in {later}, after {day}.", member=member.number, later=later, day=Day(on)),
            advice,
            field="date",
        )


def _newest_of_hers(tx: Tx, entity: Entity, number: str, on: str) -> str:
    """The last voucher of hers after a day, in words; one that was reversed does not count, nor does its mirror."""
    posting, hers, voucher = tables.posting.c, tables.member.c, tables.voucher.c
    mirror, original = tables.voucher.alias("mirror").c, tables.voucher.alias("original").c
    of = (hers.entity == posting.entity) & (hers.id == posting.member)
    entered = (voucher.entity == posting.entity) & (voucher.sequence == posting.sequence)
    gone = exists().where(mirror.entity == voucher.entity, mirror.reverses == voucher.sequence)
    takes_back = exists().where(
        original.entity == voucher.entity, original.sequence == voucher.reverses, original.date > on
    )
    query = select(voucher.series, voucher.number, voucher.year, voucher.date).select_from(
        tables.member.join(tables.posting, of).join(tables.voucher, entered)
    )
    query = query.where(hers.entity == entity.id, hers.number == number, posting.date > on, ~gone, ~takes_back)
    row = tx.connection.execute(query.order_by(voucher.date.desc(), voucher.sequence.desc()).limit(1)).first()
    if row is None:
        return ""
    name = voucher_name(row.series, row.number, row.year)
    return Said("voucher {voucher} of {day}", voucher=name, day=Day(row.date))


def _newest_meeting(tx: Tx, entity: Entity, number: str, on: str) -> str:
    """The last meeting after a day that counts her among its members, in words."""
    for meeting in reversed(sittings.held(tx, entity, since=day_after(on))):
        sheet = meeting.sheet
        named = {row.member for row in sheet.rows} | {sheet.presided_by, *sheet.signed_by}
        for one in sheet.resolutions:
            named |= {one.proposed_by, one.seconded_by}
        if number in named | set(meeting.notes.get("fines", {})):
            return Said("meeting {number} of {held}", number=meeting.number, held=Day(meeting.date))
    return ""
