"""Acts on the register of members."""

from __future__ import annotations

from collections.abc import Sequence

from bookkeeper.books.members import Member, enter, members
from bookkeeper.commands.act import Office, Outcome, act
from bookkeeper.errors import Refused
from bookkeeper.ledger.entities import entity_of
from bookkeeper.store.engine import Tx


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


def listed(office: Office, code: str) -> tuple[Member, ...]:
    """The members of an entity, by number."""
    with office.looking() as tx:
        return members(tx, entity_of(tx, code))
