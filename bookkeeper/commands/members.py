"""Acts on the register of members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bookkeeper.books import leaving
from bookkeeper.books.members import LEAVING, Member, enter, members, set_field, told
from bookkeeper.commands.act import Office, Outcome, act
from bookkeeper.errors import BadInput, Fault, Refused
from bookkeeper.ledger.entities import entity_of
from bookkeeper.ledger.post import post
from bookkeeper.rules.money import shown
from bookkeeper.rules.said import Said
from bookkeeper.rules.text import NotAText, needed
from bookkeeper.store.engine import Tx

_REASON: Final = 400
"""How many characters the reason of a leaving may have: it stands in the voucher's narration with other words."""


@act("member add", right="enter", changes=("members",))
def add(tx: Tx, code: str, member: Member) -> Outcome:
    """Enter one member."""
    entity = entity_of(tx, code)
    enter(tx, entity, [member])
    return Outcome(entity.id, member.number, member.number, new={"name": member.name, "joined": member.joined})


@act("member import", right="enter", changes=("members",))
def import_(tx: Tx, code: str, rows: Sequence[Member], file_digest: str) -> Outcome:
    """Enter the members of a file: all of them, or none. Raises Refused naming each row."""
    entity = entity_of(tx, code)
    if not rows:
        message = "there are no members in the file"
        raise Refused(message)
    enter(tx, entity, rows)
    numbers = [member.number for member in rows]
    return Outcome(entity.id, f"{len(rows)} members", numbers, new=numbers, file_digest=file_digest)


@act("member set", right="enter", changes=("members",))
def set_(tx: Tx, code: str, number: str, field: str, value: str) -> Outcome:
    """Set a member's name, office, phone and the like; the log keeps old and new, KYC numbers masked."""
    entity = entity_of(tx, code)
    old, new = (told(field, kept) for kept in set_field(tx, entity, number, field, value))
    return Outcome(entity.id, f"member {number}", {field: new}, old={field: old}, new={field: new})


@act(LEAVING, right="post", changes=("members", "journal", "savings", "loans"))
def leave(  # what a settlement is made of
    tx: Tx, code: str, number: str, on: str, reason: str, *, by: str = "cash", below_zero: str = ""
) -> Outcome:
    """Settle with a member who leaves or has died, in one voucher, and note the day: her savings, less what she owes.

    What her savings do not cover stays due. `below_zero` is the reason for which cash may fall below nought.
    """
    entity = entity_of(tx, code)
    try:
        reason = needed(reason, _REASON)
    except NotAText as error:
        raise BadInput(
            Fault(Said("a leaving needs a reason: {why}", why=Said(str(error))), "Say why.", field="reason")
        ) from None
    settled = leaving.settlement(tx, entity, number, on, by)
    voucher = settled.voucher(reason, by)
    posted = post(tx, entity, [voucher], below_zero=below_zero) if voucher else ()
    leaving.record(tx, entity, settled)
    result = leaving.plain(settled, by, posted[0].voucher if posted else "")
    figures = {what: shown(settled.due_of(what)) for what in leaving.PARTS}
    new = {"left": on, "reason": reason, "savings": result["saved"], **figures, "paid": result["paid"]}
    new |= {"stays_due": result["stays_due"], "cash_below_zero": below_zero}
    return Outcome(entity.id, f"member {settled.member.number}", result, old={"left": ""}, new=new)


def settlement(office: Office, code: str, number: str, on: str, by: str = "cash") -> dict[str, Any]:
    """What `member leave` would settle on that day, as it would answer, without doing it."""
    with office.looking() as tx:
        return leaving.plain(leaving.settlement(tx, entity_of(tx, code), number, on, by), by)


def listed(office: Office, code: str) -> tuple[Member, ...]:
    """The members of an entity, by number."""
    with office.looking() as tx:
        return members(tx, entity_of(tx, code))
