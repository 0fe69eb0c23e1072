"""Reversal: the mirror of a voucher, which names what it reverses. The original is never written on."""

from __future__ import annotations

from bookkeeper.errors import BadInput, Fault, Refused
from bookkeeper.ledger.entities import Entity
from bookkeeper.ledger.journal import Recorded, recorded
from bookkeeper.ledger.periods import open_days
from bookkeeper.ledger.post import Posted, post
from bookkeeper.rules.dates import Day
from bookkeeper.rules.said import Said
from bookkeeper.rules.text import LONG, NotAText, needed
from bookkeeper.rules.voucher import Voucher, mirrored
from bookkeeper.store.engine import Tx


def reverse(tx: Tx, entity: Entity, name: str, on: str, reason: str, *, below_zero: str = "") -> Posted:
    """Post the mirror of the voucher of that name on the day `on` (ISO); the reason becomes its narration.

    Refused: what `mirror_of` refuses, and what `post` does (a closed year, cash below nought).
    """
    return post(tx, entity, [mirror_of(tx, entity, name, on, reason)], below_zero=below_zero)[0]


def mirror_of(tx: Tx, entity: Entity, name: str, on: str, reason: str) -> Voucher:
    """The mirror of the voucher of that name, to be posted on the day `on` (ISO).

    Refused: an empty reason, a second reversal, the reversal of a reversal, of a closing voucher or of one voucher out
    of a meeting, a day before the voucher's.
    """
    try:
        reason = needed(reason, LONG)
    except NotAText as error:
        raise BadInput(
            Fault(Said("a reversal needs a reason: {why}", why=Said(str(error))), "Say why.", field="reason")
        ) from None
    original = recorded(tx, entity, name)
    why = _why_not(tx, entity, original, on)
    if why:
        raise Refused(why)
    return mirrored(original.voucher, sequence=original.sequence, on=on, narration=reason)


def _why_not(  # noqa: PLR0911  # one return for each rule
    tx: Tx, entity: Entity, original: Recorded, on: str
) -> Fault | None:
    name, voucher = original.name, original.voucher
    if original.reversed_by:
        return Fault(
            Said("{name} is reversed already, by {other}.", name=name, other=original.reversed_by),
            "Post a new voucher instead.",
        )
    if voucher.reverses is not None:
        return Fault(Said("{name} is itself a reversal.", name=name), "Post a new voucher instead.")
    if voucher.closing:
        return Fault(Said("{name} closes a year and is not reversed.", name=name), "Correct in an open year.")
    if voucher.meeting is not None:
        advice = "Reverse the whole meeting with: bookkeeper meeting reverse."
        return Fault(Said("{name} belongs to meeting {meeting}.", name=name, meeting=voucher.meeting), advice)
    if on < voucher.date:
        return Fault(
            Said("{on} is before the day of {name}, {day}.", on=Day(on), name=name, day=Day(voucher.date)),
            "A reversal is dated on that day or later.",
            field="date",
        )
    if voucher.kind == "opening" and (on != voucher.date or open_days(tx, entity).first):
        advice = "It is reversed on its own day, while nothing else is posted."
        return Fault(Said("{name} holds the opening balances.", name=name), advice)
    return None
