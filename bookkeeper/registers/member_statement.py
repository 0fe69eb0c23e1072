"""Member statement: a leaf for each member, in plain words: what she saved, what she owes, what to pay when.

The rows are those of the groups' pass books: one for each day on which her account moved and for each meeting, so that
a meeting in which she paid nothing is seen. What is due is what the next meeting will ask of her.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bookkeeper.books import savings, sittings
from bookkeeper.books.loans import LoanBook, LoanInHand
from bookkeeper.books.member_account import Moved, moved, next_meeting
from bookkeeper.books.members import Member, members
from bookkeeper.errors import BadInput, Fault
from bookkeeper.registers import Asked
from bookkeeper.report import Amount, Ask, Column, Day, Kind, Layout, Part, Person, Register, Row, Say, Total
from bookkeeper.rules.meeting import LATE, PRESENT
from bookkeeper.rules.money import Paise
from bookkeeper.rules.repayment import Due
from bookkeeper.rules.said import Said
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Member statement",
    columns=(
        Column("member", "Member no.", head="No."),
        Column("name", "Member"),
        Column("date", "Date", Kind.DATE, mm=26),
        Column("row", "Row", mm=0),
        Column("particulars", "Particulars"),
        Column("voucher", "Voucher", mm=0),
        Column("saved", "Saved", Kind.MONEY, Total.SUM, "Savings", "Paid in", 19),
        Column("voluntary", "Extra savings", Kind.MONEY, Total.SUM, "Savings", "Extra", 19),
        Column("withdrawn", "Savings paid back", Kind.MONEY, Total.SUM, "Savings", "Paid back", 19),
        Column("savings_balance", "Savings to date", Kind.BALANCE, Total.LAST, "Savings", "Total", 23),
        Column("loan_given", "Loan taken", Kind.MONEY, Total.SUM, "Loan", "Taken", 25),
        Column("principal_paid", "Principal paid", Kind.MONEY, Total.SUM, "Loan", "Principal paid", 23),
        Column("interest_paid", "Interest paid in", Kind.MONEY, Total.SUM, "Loan", "Interest paid in", 22),
        Column("outstanding", "Loan to be paid back", Kind.BALANCE, Total.LAST, "Loan", "To pay back", 27),
    ),
    asks=(Ask.PERIOD, Ask.MEMBER),
    group="member",
    once=("name",),
    layout=Layout.STATEMENT,
)

_BOXES = (Column("title", "Heading"), Column("amount", "Amount", Kind.BALANCE), Column("note", "Note"))
_DUE = (Column("key", "Key", mm=0), Column("what", "What for"), Column("amount", "Amount", Kind.BALANCE))
_INSTALMENTS = (
    Column("loan", "Loan no."),
    Column("purpose", "Purpose"),
    Column("count", "Instalments", Kind.COUNT),
    Column("instalment", "An instalment", Kind.BALANCE),
    Column("paid", "Instalments paid", Kind.COUNT),
    Column("overdue", "Overdue", Kind.COUNT),
    Column("left", "Still to come", Kind.COUNT),
)
_SIGNATURES = (Column("caption", "Caption", mm=0), Column("name", "Name", mm=0))
_OFFICES: Final = ("Secretary", "Treasurer")
_PRESENT: Final = (PRESENT, LATE)


def each(tx: Tx, asked: Asked) -> Iterator[Asked]:
    """A leaf for the member who was asked for, else for each who belonged to the entity in the period."""
    gathered = _Gathered(tx, asked)
    if asked.member:
        if asked.member not in gathered.members:
            why = Said("{entity} has no member {member}.", entity=asked.entity.code, member=asked.member)
            raise BadInput(Fault(why, "Look the number up with: member list.", field="--member"))
        yield replace(asked, gathered=gathered)
        return
    for member in gathered.members.values():
        if member.belonged(asked.since, asked.until):
            yield replace(asked, member=member.number, gathered=gathered)


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """What she began with, then her days in order: those that moved something, and those of meetings; paise."""
    member = _member(tx, asked)
    if member is None:
        return
    before, days = moved(tx, asked.entity, member.number, asked.since, asked.until)
    met: dict[str, list[str]] = {}
    for meeting in _gathered(tx, asked).meetings_of(member):
        met.setdefault(meeting.date, []).append(str(meeting.number))
    saved, owed = before.savings, before.owed
    named = {"member": member.number, "name": Person(member.name, member.name_local)}
    opening = {"date": asked.since, "row": "opening", "particulars": Say("Earlier balance")}
    yield {**named, **opening, "savings_balance": saved, "outstanding": owed}
    for day in sorted(days.keys() | met.keys()):
        one = days.get(day, Moved())
        saved, owed = saved + one.savings, owed + one.owed
        yield {
            **named,
            "date": day,
            "row": "entry",
            "particulars": Say.of("Meeting {number}", number=", ".join(met[day])) if day in met else None,
            "voucher": ", ".join(one.vouchers) or None,
            "saved": one.saved,
            "voluntary": one.extra,
            "withdrawn": one.withdrawn,
            "savings_balance": saved,
            "loan_given": one.loan_given,
            "principal_paid": one.principal_paid,
            "interest_paid": one.interest_paid,
            "outstanding": owed,
        }


def totals(tx: Tx, asked: Asked) -> Mapping[str, int]:
    """What stands at the end, in paise: her savings by kind, her loans, and interest due and not paid."""
    member = _member(tx, asked)
    if member is None:
        return {}
    stand = _stand(tx, asked, member)
    saved = stand.saved
    found = {"savings": saved.compulsory, "voluntary_savings": saved.voluntary}
    if saved.special:
        found["special_savings"] = saved.special
    interest = sum(due.interest for _, due in stand.loans)
    return {**found, "loan_outstanding": stand.outstanding, "interest_due": interest}


def parts(tx: Tx, asked: Asked) -> Iterator[Part]:
    """What stands out of the rows: three figures, what to pay in the next meeting, the instalments, who signs."""
    member = _member(tx, asked)
    if member is None:
        return
    stand = _stand(tx, asked, member)
    meetings = sittings.days(tx, asked.entity)
    on = next_meeting(tx, asked.entity, stand.day, meetings)
    due = tuple(_due(tx, asked, member, on, meetings))
    yield Part("boxes", "In short", _BOXES, tuple(_boxes(stand, due, on)))
    yield Part("due", "What to pay now", _DUE, due)
    yield Part("instalments", "Loans by instalments", _INSTALMENTS, tuple(_instalments(stand)))
    yield Part("signatures", "Signatures", _SIGNATURES, tuple(_signatures(tx, asked, stand.day)))


def notes(tx: Tx, asked: Asked) -> Iterator[Say]:
    """How often she came, and what to do where her pass book says otherwise."""
    member = _member(tx, asked)
    if member is None:
        return
    met = _gathered(tx, asked).meetings_of(member)
    if not met:
        yield Say("If your book and this statement do not agree, say so in the next meeting.")
        return
    came = sum(member.number in meeting.present for meeting in met)
    yield Say.of(
        "You came to {present} of {held} meetings. If your book and this statement do not agree, say so in the next "
        "meeting.",
        present=came,
        held=len(met),
    )


@dataclass(frozen=True, slots=True)
class _Stand:
    """How she stands at the end of a day; `loans` are those that owe, oldest first."""

    day: str
    saved: savings.Saved
    loans: tuple[tuple[LoanInHand, Due], ...]

    @property
    def outstanding(self) -> int:
        return sum(due.outstanding for _, due in self.loans)


def _stand(tx: Tx, asked: Asked, member: Member) -> _Stand:
    """How she stands at the end of the period, or on the newest day of the books where that is earlier."""
    meetings = sittings.days(tx, asked.entity)
    newest = max([asked.as_of, *(day for day in meetings if day <= asked.until)])
    day = min(max(newest, asked.since), asked.until)
    saved = savings.standing(tx, asked.entity, day, member.number).get(member.number, savings.NOTHING_SAVED)
    loans = _book(tx, asked, member, meetings).standing(day)
    owing = tuple(one for one in loans.values() if one[1].outstanding or one[1].interest)
    return _Stand(day, saved, owing)


def _book(
    tx: Tx, asked: Asked, member: Member, meetings: list[str], sitting: tuple[str, int] | None = None
) -> LoanBook:
    return LoanBook(tx, asked.entity, meetings, members=[member.number], sitting=sitting)


def _member(tx: Tx, asked: Asked) -> Member | None:
    return _gathered(tx, asked).members.get(asked.member)


@dataclass(frozen=True, slots=True)
class _Met:
    """A meeting of the period: its number, ISO day, and who was there."""

    number: int
    date: str
    present: frozenset[str]


class _Gathered:
    """What all leaves have in common, read once: members, meetings of the period with who came, and fines due."""

    def __init__(self, tx: Tx, asked: Asked) -> None:
        self._tx, self._entity = tx, asked.entity
        self.members = {one.number: one for one in members(tx, asked.entity)}
        self._met = [
            _Met(one.number, one.date, frozenset(n for n, how in one.sheet.attendance().items() if how in _PRESENT))
            for one in sittings.held(tx, asked.entity, asked.since, asked.until)
        ]
        self._fines: dict[str, dict[str, int]] = {}

    def meetings_of(self, member: Member) -> list[_Met]:
        """The meetings of the period held while she belonged to the entity."""
        return [one for one in self._met if member.belonged(one.date, one.date)]

    def fines_before(self, on: str) -> dict[str, int]:
        """What is due of fines before a day: member → paise."""
        if on not in self._fines:
            self._fines[on] = sittings.fines_due(self._tx, self._entity, on)
        return self._fines[on]


def _gathered(tx: Tx, asked: Asked) -> _Gathered:
    """What `each` has read, or what a leaf that is asked for by itself reads."""
    return asked.gathered if isinstance(asked.gathered, _Gathered) else _Gathered(tx, asked)


def _boxes(stand: _Stand, due: tuple[Row, ...], on: str) -> Iterator[Row]:
    """The three figures that she asks for first."""
    lent = sum(loan.lent for loan, due in stand.loans if due.outstanding)
    up_to = Say.of("up to {date}", date=Day(stand.day))
    yield {"title": Say("Your savings"), "amount": stand.saved.total, "note": up_to}
    of = Say.of("of {amount}", amount=Amount(lent)) if lent else Say("you have no loan")
    yield {"title": Say("Your loan"), "amount": stand.outstanding, "note": of}
    when = Say.of("in the meeting of {date}", date=Day(on))
    yield {"title": Say("To pay now"), "amount": due[-1]["amount"], "note": when}


def _due(tx: Tx, asked: Asked, member: Member, on: str, meetings: list[str]) -> Iterator[Row]:
    """What the meeting of a day asks of her, before anything is collected in it, and its sum."""
    fixed = savings.due_on(tx, asked.entity, on, [member], meetings).get(member.number, 0)
    book = _book(tx, asked, member, meetings, sittings.sitting_on(tx, asked.entity, on))
    hers = [due for _, due in book.due_on(on).values()]
    fines = _gathered(tx, asked).fines_before(on).get(member.number, 0)
    lines: list[tuple[str, str, int]] = [("savings", "Savings", fixed)]
    if any(due.outstanding or due.interest for due in hers):
        lines += [
            ("principal_arrears", "Earlier principal", sum(due.principal_arrears for due in hers)),
            ("principal_current", "Today’s principal", sum(due.principal_current for due in hers)),
            ("interest_arrears", "Earlier interest", sum(due.interest_arrears for due in hers)),
            ("interest_current", "Today’s interest", sum(due.interest_current for due in hers)),
        ]
    if penalty := sum(due.penalty for due in hers):
        lines.append(("penalty", "Penal interest", penalty))
    if fines:
        lines.append(("fines", "Fines", fines))
    lines.append(("total", "Total", sum(amount for _, _, amount in lines)))
    for key, what, amount in lines:
        yield {"key": key, "what": Say(what), "amount": amount}


def _instalments(stand: _Stand) -> Iterator[Row]:
    """Her loans that owe principal, with what of their instalments is paid, should have been, and is yet to come.

    `instalment` is the principal of each; where they differ by more than the last one, there is no such figure.
    """
    for loan, due in stand.loans:
        if not due.outstanding:
            continue
        parts = [one.principal for _, one in loan.reckoning.schedule()]
        paid = loan.paid_instalments(due)
        in_time = replace(due, outstanding=Paise(due.outstanding - due.principal_arrears))
        fallen = loan.paid_instalments(in_time)
        overdue = fallen - paid if due.principal_arrears else 0
        yield {
            "loan": str(loan.number),
            "purpose": Say(loan.purpose) if loan.purpose else None,
            "count": len(parts),
            "instalment": parts[0] if all(part == parts[0] for part in parts[:-1]) else None,
            "paid": paid,
            "overdue": overdue,
            "left": len(parts) - paid - overdue,
        }


def _signatures(tx: Tx, asked: Asked, day: str) -> Iterator[Row]:
    """Who signs: the seal, those in office on the day by name, and she herself."""
    yield {"caption": Say("Seal of the group"), "name": None}
    for office in _OFFICES:
        there = _gathered(tx, asked).members.values()
        holders = [m for m in there if m.office == office and (m.left or day) >= day]
        name = Person(holders[0].name, holders[0].name_local) if holders else None
        yield {"caption": Say(office), "name": name}
    yield {"caption": Say("Member’s signature or thumb"), "name": None}
