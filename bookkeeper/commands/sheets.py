"""Queries of the meeting's page: what the next sheet needs, a sheet as it was held, and what posting noted of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bookkeeper.books import meetings as book
from bookkeeper.books import sittings
from bookkeeper.commands.act import Office
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
    as_held,
)
from bookkeeper.ledger.entities import entity_of
from bookkeeper.report import Amount, Person, Say
from bookkeeper.rules.fees import Borne
from bookkeeper.rules.meeting import MeetingSheet
from bookkeeper.rules.meeting_cash import Cash
from bookkeeper.rules.money import parsed

__all__ = [
    "Cash", "ColumnsUsed", "Coming", "FootUsed", "HeadLine", "Held", "LoanDue", "MemberDue", "ProductLine", "Rule",
    "coming", "coming_as_held", "held", "in_words", "meetings_held",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that stands: its sheet as it was handed in, its vouchers by name, and what posting noted."""

    number: int
    date: str
    sheet: MeetingSheet
    vouchers: tuple[str, ...]
    notes: Mapping[str, Any] = field(hash=False, default_factory=dict)


def coming(office: Office, code: str, on: str = "") -> Coming:
    """What a page needs to enter a meeting on a day (ISO); without one, on the day when the next is to be expected."""
    with office.looking() as tx:
        return NextSheet(tx, entity_of(tx, code), on).coming()


def held(office: Office, code: str, number: int) -> Held:
    """The meeting of that number. Raises Refused where none stands."""
    with office.looking() as tx:
        entity = entity_of(tx, code)
        meeting = sittings.standing(tx, entity, number)
        names = tuple(book.voucher_names(tx, entity, meeting))
        return Held(number, meeting.date, meeting.sheet, names, meeting.notes)


def coming_as_held(office: Office, code: str, number: int) -> Coming:
    """The page of a meeting that stands, as it was when it began. Raises Refused where none stands."""
    with office.looking() as tx:
        entity = entity_of(tx, code)
        meeting = sittings.standing(tx, entity, number)
        same_day = sittings.held(tx, entity, meeting.date, meeting.date)
        return as_held(NextSheet(tx, entity, meeting.date).coming(), meeting, same_day)


def meetings_held(office: Office, code: str) -> tuple[tuple[int, str], ...]:
    """Number and ISO day of every meeting that stands, the newest last."""
    with office.looking() as tx:
        return tuple((one.number, one.date) for one in sittings.in_brief(tx, entity_of(tx, code)))


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
