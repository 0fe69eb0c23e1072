"""The register of members: number, name in one or two scripts, joining and leaving, office, and what a format asks.

KYC numbers are kept in the one form of `rules.kyc`; whoever shows a member shows them masked (`told`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import func, select, update

from bookkeeper.errors import BadInput, Fault, Refused
from bookkeeper.ledger.entities import Entity
from bookkeeper.rules.dates import Day
from bookkeeper.rules.kyc import NotAKyc, masked, normalised
from bookkeeper.rules.said import Said
from bookkeeper.rules.text import USUAL, NotAText, cleaned, needed
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx, insert_rows
from bookkeeper.words import languages


@dataclass(frozen=True, slots=True)
class Member:
    """A member; `number` is text and never changes, dates are ISO or None; `row` is her line in the user's file."""

    number: str
    name: str
    name_local: str = ""
    joined: str | None = None
    left: str | None = None
    office: str = ""
    gender: str = ""
    caste: str = ""
    poverty: str = ""
    phone: str = ""
    nominee: str = ""
    language: str = ""
    kyc: str = ""
    row: int | None = None

    def belonged(self, since: str, until: str) -> bool:
        """Whether she was a member on some day of a period, both days included."""
        return (self.joined or "") <= until and (self.left or since) >= since


NUMBER_LENGTH = 20
FIELDS = tuple(name for name in Member.__dataclass_fields__ if name != "row")

SETTABLE: Final = (
    "name", "name_local", "office", "gender", "caste", "poverty", "phone", "nominee", "language", "kyc",
)  # fmt: skip
"""What may be set of a member; number and joining never change, leaving is an act of its own."""

LEAVING: Final = "member leave"
"""The act by which a member leaves, as the log of acts calls it."""

CASTES: Final = ("SC", "ST", "OBC", "MINORITY", "GENERAL", "OTHERS")
POVERTY: Final = ("BPL", "POP", "APL")
"""What the monitoring formats count by, as they are kept; other words are taken too."""

_DAY: Final = "Put the date right."
_IN_CAPITALS: Final = ("caste", "poverty")

_OF_ONE: Final[Mapping[str, str]] = {
    "president": "President", "अध्यक्ष": "President", "अध्यक्षा": "President",
    "secretary": "Secretary", "सचिव": "Secretary",
    "treasurer": "Treasurer", "कोषाध्यक्ष": "Treasurer", "खजिनदार": "Treasurer",
}  # fmt: skip
"""The offices that one member holds at a time, in the words of each language."""


def members(tx: Tx, entity: Entity) -> tuple[Member, ...]:
    """The members of an entity, by number: 2 before 10."""
    columns = [tables.member.c[name] for name in FIELDS]
    rows = tx.connection.execute(select(*columns).where(tables.member.c.entity == entity.id))
    return tuple(sorted((Member(*row) for row in rows), key=lambda m: in_order(m.number)))


def in_order(number: str) -> tuple[int, str]:
    """What to sort numbers of members by: as numbers where they are, else as text."""
    return (len(number.lstrip("0")) if number.isdigit() else 99, number.lstrip("0") or number)


def member_of(tx: Tx, entity: Entity, number: str) -> Member:
    """The member of that number. Raises Refused."""
    found = next((member for member in members(tx, entity) if member.number == number.strip()), None)
    if found is None:
        advice = Said("List the members with: bookkeeper member list {entity}.", entity=entity.code)
        raise Refused(Fault(Said("there is no member {member}.", member=number), advice, field="member"))
    return found


def member_asked(tx: Tx, entity: Entity, number: str) -> str:
    """The number of a member who is asked for, "" for all.

    One whom the entity does not have is refused as BadInput: an empty ledger would be believed.
    """
    try:
        return member_of(tx, entity, number).number if number else ""
    except Refused as error:
        raise BadInput(*error.faults) from None


def told(field: str, value: str) -> str:
    """What may be told of a member's field, on a page, in the log or in a message: KYC numbers masked."""
    return masked(value) if field == "kyc" else value


def _cleaned(member: Member, fields: Iterable[str] = FIELDS) -> Member:
    """The member with her texts as they may stand in the books. Raises BadInput naming row and field."""
    changed: dict[str, Any] = {}
    for name in fields:
        value = getattr(member, name)
        try:
            if name in {"number", "name"}:
                changed[name] = needed(value, NUMBER_LENGTH if name == "number" else USUAL)
            elif name == "kyc":
                changed[name] = normalised(value)
            elif value is not None:
                changed[name] = cleaned(value).upper() if name in _IN_CAPITALS else cleaned(value)
        except (NotAText, NotAKyc) as error:
            raise BadInput(Fault(str(error), row=member.row, field=name)) from None
    return replace(member, **changed)


def enter(tx: Tx, entity: Entity, new: Sequence[Member]) -> None:
    """Enter members. Raises Refused for a number or office that is taken or stands twice, or for impossible days."""
    new = [_cleaned(member) for member in new]
    there = list(members(tx, entity))
    taken = {m.number for m in there}
    faults = []
    for member in new:
        if member.number in taken:
            faults.append(
                Fault(
                    Said("number {member} is taken.", member=member.number),
                    "Give her another number.",
                    member.row,
                    "member",
                )
            )
        for name in ("joined", "left"):
            day = getattr(member, name)
            if day and day > tx.today:
                faults.append(Fault(Said("{day} is in the future.", day=Day(day)), _DAY, member.row, name))
        if member.joined and member.left and member.left < member.joined:
            faults.append(
                Fault(
                    Said(
                        "left on {left}, before joining on {joined}.", left=Day(member.left), joined=Day(member.joined)
                    ),
                    _DAY,
                    member.row,
                    "left",
                )
            )
        faults += [*_language_faults(member), *_office_faults(member, there)]
        taken.add(member.number)
        there.append(member)
    if faults:
        raise Refused(*faults)
    newest = tx.connection.execute(
        select(func.max(tables.member.c.id)).where(tables.member.c.entity == entity.id)
    ).scalar()
    rows = [
        (entity.id, i, *(getattr(member, name) for name in FIELDS))
        for i, member in enumerate(new, start=(newest or 0) + 1)
    ]
    insert_rows(tx, tables.member, ("entity", "id", *FIELDS), rows)


def _language_faults(member: Member) -> Iterator[Fault]:
    if member.language and member.language not in languages():
        there = Said("There are {there}.", there=", ".join(languages()))
        yield Fault(
            Said("“{language}” is not a language here.", language=member.language), there, member.row, "language"
        )


def _office_faults(member: Member, others: Iterable[Member]) -> Iterator[Fault]:
    """President, secretary and treasurer are one member each; of those who left, nothing is said."""
    office = _OF_ONE.get(member.office.casefold())
    if not office or member.left:
        return
    for other in others:
        if other.number != member.number and not other.left and _OF_ONE.get(other.office.casefold()) == office:
            why = Said(
                "member {member}, {name}, is {office}.", member=other.number, name=other.name, office=Said(other.office)
            )
            yield Fault(why, "Clear or change her office first.", member.row, "office")


def set_field(tx: Tx, entity: Entity, number: str, field: str, value: str) -> tuple[str, str]:
    """Set one field of a member, by its name in `SETTABLE`; returns old and new value as the books have them.

    Raises BadInput for a field or text that cannot be, Refused where there is no such member or her office is held.
    """
    if field not in SETTABLE:
        there = ", ".join(name.replace("_", "-") for name in SETTABLE)
        raise BadInput(
            Fault(
                Said("“{field}” of a member cannot be set.", field=field.replace("_", "-")),
                Said("What can be set: {there}.", there=there),
            )
        )
    old = member_of(tx, entity, number)
    try:
        changed: dict[str, Any] = {field: value}
        new = _cleaned(replace(old, **changed), [field])
    except BadInput as error:
        raise BadInput(*(replace(fault, field=field.replace("_", "-")) for fault in error.faults)) from None
    faults = [*(_language_faults(new) if field == "language" else ())]
    if field == "office":
        faults += _office_faults(new, members(tx, entity))
    if faults:
        raise Refused(*faults)
    _update(tx, entity, old.number, field, getattr(new, field))
    return str(getattr(old, field)), str(getattr(new, field))


def set_left(tx: Tx, entity: Entity, member: Member, on: str) -> None:
    """Note the day on which a member left; what she is owed and owes is settled by `books.leaving`."""
    _update(tx, entity, member.number, "left", on)


def clear_left(tx: Tx, entity: Entity, member: Member) -> None:
    """She is a member again, as if she had never left."""
    _update(tx, entity, member.number, "left", None)


def settled_on(tx: Tx, entity: Entity, there: Iterable[Member], on: str) -> set[str]:
    """The numbers of the members who left on a day by a settlement: from then on they save and borrow no more.

    One who is only written down as having left on that day was a member until its end.
    """
    log, leaving = tables.log.c, {f"member {member.number}": member.number for member in there if member.left == on}
    if not leaving:
        return set()
    query = select(log.object).where(log.entity == entity.id, log.act == LEAVING, log.object.in_(sorted(leaving)))
    return {leaving[name] for (name,) in tx.connection.execute(query)}


def _update(tx: Tx, entity: Entity, number: str, field: str, value: str | None) -> None:
    table = tables.member
    hers = (table.c.entity == entity.id, table.c.number == number)
    tx.connection.execute(update(table).where(*hers).values({table.c[field]: value}))
