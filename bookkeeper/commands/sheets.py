"""Queries of the meeting's page: what the next sheet needs, a sheet as it was held, and what posting one would say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bookkeeper.books import meetings as book
from bookkeeper.books import sittings
from bookkeeper.books.members import members
from bookkeeper.commands.act import Office
from bookkeeper.commands.meetings import hold, of_column
from bookkeeper.commands.next_sheet import (
    ColumnsUsed,
    Coming,
    FootUsed,
    HeadLine,
    LoanDue,
    MemberDue,
    NextSheet,
    ProductLine,
    Rule,
)
from bookkeeper.errors import BadInput, Fault, Refused
from bookkeeper.ledger.entities import Entity, entity_of
from bookkeeper.report import Amount, Person, Say
from bookkeeper.rules.fees import Borne
from bookkeeper.rules.meeting import MeetingSheet
from bookkeeper.rules.money import parsed
from bookkeeper.store.engine import Tx

__all__ = [
    "ColumnsUsed", "Coming", "FootUsed", "HeadLine", "Held", "LoanDue", "MemberDue", "ProductLine", "Rule", "Tried",
    "coming", "held", "in_words", "meetings_held", "tried",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that stands: its sheet as it was handed in, its vouchers by name, and what posting noted.

    `said` are the notes as pages say them, `notes` as they are kept.
    """

    number: int
    date: str
    sheet: MeetingSheet
    vouchers: tuple[str, ...]
    said: tuple[Say, ...]
    notes: Mapping[str, Any] = field(hash=False, default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tried:
    """What posting a sheet would say. A fault's `row` is `SheetRow.row`, below nought that of a line of the foot.

    `vouchers` are the names that its vouchers would get; empty where there are faults, or no money moved.
    """

    number: int | None
    faults: tuple[Fault, ...]
    notes: tuple[Say, ...]
    vouchers: tuple[str, ...]


def coming(office: Office, code: str, on: str = "") -> Coming:
    """What a page needs to enter a meeting on a day (ISO); without one, on the day when the next is to be expected."""
    with office.looking() as tx:
        return NextSheet(tx, entity_of(tx, code), on).coming()


def held(office: Office, code: str, number: int) -> Held:
    """The meeting of that number. Raises Refused where none stands."""
    with office.looking() as tx:
        entity = entity_of(tx, code)
        meeting = sittings.of_number(tx, entity, number)
        if meeting is None:
            raise Refused(Fault(f"{code} has no meeting {number}.", "Look it up in the minutes.", field="number"))
        names = tuple(book.voucher_names(tx, entity, meeting))
        said = tuple(in_words(meeting.notes, _people(tx, entity)))
        return Held(number, meeting.date, meeting.sheet, names, said, meeting.notes)


def meetings_held(office: Office, code: str) -> tuple[tuple[int, str], ...]:
    """Number and ISO day of every meeting that stands, the newest last."""
    with office.looking() as tx:
        return tuple((one.number, one.date) for one in sittings.in_brief(tx, entity_of(tx, code)))


def tried(office: Office, code: str, sheet: MeetingSheet, *, below_zero: str = "") -> Tried:
    """What posting a sheet would say, without posting it: every fault, or the notes to it. Writes nothing."""
    with office.trying() as tx:
        entity = entity_of(tx, code)
        try:
            posted, noted = hold(tx, entity, sheet, below_zero, refused=False)
        except (Refused, BadInput) as error:
            faults = tuple(_at_foot(of_column(fault, sheet)) for fault in error.faults)
            return Tried(sheet.number, faults, (), ())
        number = int(str(noted["number"]))
        notes = tuple(in_words(noted, _people(tx, entity)))
        return Tried(number, (), notes, tuple(one.voucher for one in posted))


def _at_foot(fault: Fault) -> Fault:
    """Every fault of a line of the foot has its row below nought."""
    if fault.field != "foot account" or fault.row is None:
        return fault
    return replace(fault, row=-abs(fault.row), field="account")


def _people(tx: Tx, entity: Entity) -> dict[str, Person]:
    return {one.number: Person(one.name, one.name_local) for one in members(tx, entity)}


def in_words(notes: Mapping[str, Any], people: Mapping[str, Person]) -> Iterator[Say]:
    """What was noted of a meeting, one sentence each; `people` are the members by number."""
    if notes.get("no_money"):
        yield Say("No money moved.")
    yield from _of_cash(notes.get("cash"))
    for number in notes.get("absent_paid", ()):
        yield Say.of("{name} paid while absent; that she sent it was not noted.", name=people[number])
    for text, key in _ON_LOANS:
        for number, loan, paise in notes.get(key, ()):
            yield Say.of(text, name=people[number], amount=Amount(paise), loan=loan)
    for number, paise in notes.get("fines", {}).items():
        yield Say.of("{name} is fined {amount}.", name=people[number], amount=Amount(paise))
    for number, paise in notes.get("fines_waived", ()):
        told = "{name} is not fined {amount}, as the rule of the group would have it."
        yield Say.of(told, name=people[number], amount=Amount(paise))
    fees = [fee for loan in notes.get("loans", ()) if loan for fee in loan.get("fees", ())]
    for how, text in _BORNE.items():
        if amount := sum(parsed(fee["amount"]) for fee in fees if fee["how"] == how):
            yield Say.of(text, amount=Amount(amount))


def _of_cash(cash: Mapping[str, int] | None) -> Iterator[Say]:
    if cash and cash["counted"] != cash["book"]:
        counted, by_book = cash["counted"], cash["book"]
        values = {"counted": Amount(counted), "book": Amount(by_book), "difference": Amount(abs(counted - by_book))}
        yield Say.of(_SHORT if counted < by_book else _OVER, **values)


_SHORT: Final = "Counted {counted}, by the book {book}: {difference} short."
_OVER: Final = "Counted {counted}, by the book {book}: {difference} over."
_EARLY: Final = "{name} paid {amount} of interest on loan {loan} in advance."
_FLAT: Final = "{name} paid {amount} of loan {loan} before it was due; its interest is flat and does not become less."
_ON_LOANS: Final = ((_EARLY, "interest_advance"), (_FLAT, "flat_ahead"))
_BORNE: Final = {
    Borne.PAID: "Fees of new loans paid in besides: {amount}.",
    Borne.DEDUCTED: "Fees kept back from new loans: {amount}.",
    Borne.CAPITALISED: "Fees added to new loans: {amount}.",
}
