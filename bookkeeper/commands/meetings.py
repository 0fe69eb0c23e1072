"""Acts on meetings: post the sheets of a file, reverse one; and the cut-off sheet with which a group begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from bookkeeper.books import cut_off, loans, meetings, sittings
from bookkeeper.commands.act import Outcome, act
from bookkeeper.errors import BadInput, BookError, Fault, Refused
from bookkeeper.ledger import chain
from bookkeeper.ledger.entities import Entity, entity_of
from bookkeeper.ledger.journal import opening_voucher, recorded
from bookkeeper.ledger.periods import open_days
from bookkeeper.ledger.post import Posted, post
from bookkeeper.ledger.reverse import reverse
from bookkeeper.rules.cut_off import CutOff
from bookkeeper.rules.dates import Day
from bookkeeper.rules.meeting import MeetingSheet, plain
from bookkeeper.rules.money import shown
from bookkeeper.rules.said import Said
from bookkeeper.rules.text import LONG, NotAText, needed
from bookkeeper.rules.voucher import Voucher, mirrored
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx, insert_rows

Places = Callable[[int, int | None, str], str]
"""How a face calls a place of its file: (which sheet from 0, row, field) → "cell E7, Savings"."""


_SIDES: Final = ("debit", "credit")


def _plainly(_sheet: int, row: int | None, where: str) -> str:
    return ", ".join(filter(None, ("" if row is None else f"row {row}", where)))


@act("meeting post", right="post", changes=("journal", "meetings", "savings", "loans"))
def post_meetings(  # what a file is posted with
    tx: Tx,
    code: str,
    sheets: Sequence[MeetingSheet],
    *,
    file_digest: str = "",
    below_zero: str = "",
    places: Places = _plainly,
    faults: Sequence[Fault] = (),
) -> Outcome:
    """Post the meetings of a file with their vouchers, attendance and minutes: all of them, or none.

    `faults` are those that reading the file found already: they are told together with what the books say to the rest.
    `below_zero` is the reason for which cash may fall below nought.
    """
    if not sheets and not faults:
        raise BadInput(Fault("there are no meetings to post."))
    entity = entity_of(tx, code)
    posted: list[Posted] = []
    said: list[dict[str, object]] = []
    wrong = list(faults)
    for place, sheet in enumerate(sheets):
        try:
            made, notes = hold(tx, entity, sheet, below_zero, refused=bool(wrong))
        except BookError as error:
            wrong += [_placed(of_column(fault, sheet), place, places) for fault in error.faults]
            break  # what follows could only be held against books that lack this one
        posted += made
        said.append(notes)
    if wrong:
        raise (BadInput if faults else Refused)(*wrong)
    numbers = [str(one["number"]) for one in said]
    result = {"vouchers": [{"voucher": p.voucher, "date": p.date, "label": p.label} for p in posted], "meetings": said}
    new = {"held": ", ".join(dict.fromkeys(sheet.date for sheet in sheets)), "vouchers": len(posted)}
    if below_zero:
        new["cash_below_zero"] = below_zero
    return Outcome(entity.id, f"meeting {', '.join(numbers)}", result, new=new, file_digest=file_digest)


def hold(
    tx: Tx, entity: Entity, sheet: MeetingSheet, below_zero: str, *, refused: bool
) -> tuple[Sequence[Posted], dict[str, object]]:
    """Post one meeting; once anything of the file is refused, the rest is only looked at. Raises what forbids it."""
    found = meetings.prepared(tx, entity, sheet)
    if found.faults:
        raise Refused(*found.faults)
    if refused:
        return (), {"number": found.sheet.number}
    posted = post(tx, entity, found.vouchers, below_zero=below_zero, loans=found.loans) if found.vouchers else ()
    notes = meetings.record(tx, entity, found)
    label = f"meeting {found.sheet.number}"
    said = {"number": found.sheet.number, "date": sheet.date, **notes} | ({} if posted else {"no_money": True})
    return [replace(one, label=label) for one in posted], said


def of_column(fault: Fault, sheet: MeetingSheet) -> Fault:
    """The fault with the column of the sheet for the side of the voucher, which the ledger names."""
    if fault.row is None or fault.row < 0 or fault.field not in _SIDES:
        return fault
    row = next((one for one in sheet.rows if one.row == fault.row), None)
    if fault.field == "debit":
        return replace(fault, field="withdrawal")
    whole = row is not None and any(paid.repayment for paid in row.repaid)
    return replace(fault, field="repayment" if whole else "principal")


def _placed(fault: Fault, place: int, places: Places) -> Fault:
    """The fault at its place in the user's file; lines at the foot of a sheet are counted below nought."""
    row, where = fault.row, fault.field
    if row is not None and row < 0:
        row, where = -row, f"foot {where}".strip()
    return replace(fault, row=None, field=places(place, row, where))


def _placed_in_cut_off(fault: Fault, places: Places) -> Fault:
    """The fault at its place in the user's cut-off sheet, where rows of heads are counted below nought."""
    if fault.row is None and fault.field.startswith("--"):
        return fault
    row, where = fault.row, fault.field
    if row is not None and row < 0:
        row, where = -row, where if where in _SIDES else "account"
    return replace(fault, row=None, field=places(0, row, where))


@act("meeting reverse", right="post", changes=("journal", "meetings", "savings", "loans"))
def reverse_meeting(tx: Tx, code: str, number: int, reason: str, *, on: str = "", below_zero: str = "") -> Outcome:
    """Mirror all vouchers of a meeting, on its own day or on `on`; its number is free again, its sheet handed back."""
    entity = entity_of(tx, code)
    try:
        reason = needed(reason, LONG)
    except NotAText as error:
        raise BadInput(
            Fault(Said("a reversal needs a reason: {why}", why=Said(str(error))), "Say why.", field="reason")
        ) from None
    meeting = sittings.standing(tx, entity, number)
    day = on or meeting.date
    if day < meeting.date:
        raise Refused(
            Fault(
                Said("{day} is before the meeting, {held}.", day=Day(day), held=Day(meeting.date)),
                "Date it later.",
                field="date",
            )
        )
    closed = [*open_days(tx, entity).faults(Voucher("journal", day, ()))]
    if closed:  # said once, not for each voucher
        todo = "Give an open day with --date."
        raise Refused(*(Fault(why, todo, field=where) for where, why in closed))
    mirrors = []
    for name in meetings.voucher_names(tx, entity, meeting):
        original = recorded(tx, entity, name)
        mirrors.append(mirrored(original.voucher, sequence=original.sequence, on=day, narration=reason))
    faults = meetings.later_entries(tx, entity, meeting)
    if faults:
        raise Refused(*faults)
    posted = post(tx, entity, mirrors, below_zero=below_zero) if mirrors else ()
    sequence = chain.append(tx, entity, "meeting-reversal", number, meeting.sequence, day, reason)
    insert_rows(
        tx, tables.meeting_reversal, ("entity", "sequence", "reverses"), [(entity.id, sequence, meeting.sequence)]
    )  # fmt: skip
    loans.settle_anew(tx, entity, meeting.date, sittings.days(tx, entity))
    vouchers = [{"voucher": p.voucher, "date": p.date, "label": p.label} for p in posted]
    result = {"vouchers": vouchers, "sheet": plain(meeting.sheet)}
    new = {"reason": reason} | ({"cash_below_zero": below_zero} if below_zero else {})
    return Outcome(entity.id, f"meeting {number}", result, old={"date": meeting.date}, new=new)


@act("opening post", right="post", changes=("journal", "savings", "loans"))
def post_opening(
    tx: Tx, code: str, sheet: CutOff, *, balance_to: str = "", file_digest: str = "", places: Places = _plainly
) -> Outcome:
    """Post the cut-off sheet as the one opening voucher, which locks the books up to its day. Raises Refused.

    `balance_to` is the surplus account, which takes the difference of a sheet that does not balance; the answer says
    how much it took (`balanced`, debit positive).
    """
    entity = entity_of(tx, code)
    found = cut_off.prepared(tx, entity, sheet, balance_to)
    if found.faults or found.voucher is None:
        raise Refused(*(_placed_in_cut_off(fault, places) for fault in found.faults))
    try:
        posted = post(tx, entity, [found.voucher], loans=found.loans)
    except BookError as error:
        raise type(error)(*(_placed_in_cut_off(fault, places) for fault in error.faults)) from error.__cause__
    cut_off.record(tx, entity, found.sheet)
    put = {"balanced": shown(found.balanced)} if found.balanced else {}
    result = [{"voucher": p.voucher, "date": p.date, "label": "cut-off sheet", **put} for p in posted]
    told = {"debit": shown(cut_off.total_debit(found.sheet)), "loans": len(found.loans), **put}
    return Outcome(entity.id, posted[0].voucher, result, new=told, file_digest=file_digest)


@act("opening reverse", right="post", changes=("journal", "savings", "loans"))
def reverse_opening(tx: Tx, code: str, reason: str) -> Outcome:
    """Take the cut-off sheet back, on its own day, while nothing else is posted."""
    entity = entity_of(tx, code)
    name = opening_voucher(tx, entity)
    if not name:
        raise Refused(
            Fault(
                Said("{entity} has no opening voucher that stands.", entity=entity.code), "Post one with: opening post."
            )
        )
    posted = reverse(tx, entity, name, recorded(tx, entity, name).voucher.date, reason)
    result = [{"voucher": posted.voucher, "date": posted.date, "label": posted.label}]
    return Outcome(entity.id, posted.voucher, result, old={"voucher": name}, new={"reason": reason})
