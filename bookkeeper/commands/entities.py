"""Acts on entities and their accounts."""

from __future__ import annotations

from bookkeeper.books import sittings
from bookkeeper.commands.act import Office, Outcome, act
from bookkeeper.definitions.chart import Head
from bookkeeper.definitions.group_rules import ON_PAGES, RULES, SINCE
from bookkeeper.definitions.kind import kind
from bookkeeper.errors import BadInput, Fault, Refused
from bookkeeper.ledger.accounts import CODE_LENGTH, Account, add_account, chart_of, open_chart
from bookkeeper.ledger.entities import Entity, add_entity, entities, entity_of, set_entity, settings
from bookkeeper.ledger.periods import open_days
from bookkeeper.rules.dates import Day, day_after, financial_year, year_end, year_start
from bookkeeper.rules.said import Said
from bookkeeper.rules.text import NotAText, needed
from bookkeeper.store.engine import Tx
from bookkeeper.words import languages


@act("entity add", right="manage", changes=("entities",))
def add(  # what an entity is made of
    tx: Tx, code: str, name: str, kind_key: str, *, parent: str = "", starts: str = "", language: str = "en"
) -> Outcome:
    """Enter a new entity with the chart of its kind; `starts` is ISO, else the present financial year's first day."""
    try:
        code, name = needed(code, CODE_LENGTH), needed(name)
    except NotAText as error:
        raise BadInput(Fault(str(error), "An entity needs a code and a name.")) from None
    if any(c.isspace() or c == "/" for c in code):
        raise BadInput(
            Fault(
                Said("“{code}” cannot be a code.", code=code), "Use letters and figures without blanks.", field="code"
            )
        )
    _known_language(language)
    parent_id = entity_of(tx, parent).id if parent else None
    first = starts or year_start(financial_year(tx.today))
    heads = kind(kind_key).chart
    entity = add_entity(tx, Entity(0, code, name, "", kind_key, parent_id, first, language))
    open_chart(tx, entity.id, heads)
    new = {
        "code": code,
        "name": name,
        "kind": kind_key,
        "parent": parent,
        "starts": first,
        "language": language,
    }
    return Outcome(entity.id, code, code, new=new)


@act("entity set", right="manage", changes=("entities",))
def set_(tx: Tx, code: str, key: str, value: str) -> Outcome:
    """Set how an entity is called, its place, its language, or a rule. Raises BadInput for what cannot be set.

    What was due in a meeting stays so: once there are meetings, a rule holds from the day after the newest one (or
    after the lock, if that is later); Refused where an earlier day is said. The answer says from when on, until when.
    """
    entity = entity_of(tx, code)
    if key == "language":
        _known_language(value)
    rule = key.partition(SINCE)[0]
    key = _dated(tx, entity, key) if rule in RULES else key
    old = set_entity(tx, entity, key, value.strip())
    since = key.partition(SINCE)[2]
    dated = _days_of(tx, entity, rule)
    later = next((day for day in dated if day > since), "")
    said = {"value": value.strip(), "from": since, "until": later, "then": dated.get(later, "")}
    return Outcome(entity.id, code, {"key": rule, **said}, old={key: old}, new={key: value.strip()})


def _dated(tx: Tx, entity: Entity, key: str) -> str:
    """The rule with the day from which it holds; without one where it holds from the beginning."""
    rule, at, day = key.partition(SINCE)
    days, newest = open_days(tx, entity), sittings.last(tx, entity)
    closed = max(days.locked_until, year_end(days.closed) if days.closed else "")
    last = max(closed, newest[1] if newest else "")
    if rule in ON_PAGES:
        last, newest = "", None
    if at and day <= last:
        number, held = newest or (0, "")
        todo = Said("Say --from {day} or later.", day=Day(day_after(last)))
        if held == last:
            why = Said(
                "{day} is not after the newest meeting, number {number} of {held}; what was due in it would change.",
                day=Day(day),
                number=number,
                held=Day(held),
            )
            todo = Said(
                "{todo} To change past meetings, reverse them first: bookkeeper meeting reverse {entity} {number}.",
                todo=todo,
                entity=entity.code,
                number=number,
            )
        else:
            why = Said(
                "{day} is not after {last}, up to which the books are locked or closed.", day=Day(day), last=Day(last)
            )
        raise Refused(Fault(why, todo, field="--from"))
    if at or newest:
        return f"{rule}{SINCE}{day or day_after(last)}"
    above = [since for since in _days_of(tx, entity, rule) if since <= tx.today]
    if above:
        why = Said(
            "{rule} is {value} from {day} on, which stands above this.",
            rule=rule,
            value=_days_of(tx, entity, rule)[above[-1]],
            day=Day(above[-1]),
        )
        raise Refused(
            Fault(why, Said("Say from when on it holds: --from {day}, or a later day.", day=Day(above[-1])), field=rule)
        )
    return rule


def _days_of(tx: Tx, entity: Entity, rule: str) -> dict[str, str]:
    """The days from which an entity's rule holds, in order, each with its value."""
    own = settings(tx, entity).items()
    return dict(sorted((since, value) for key, value in own for name, at, since in [key.partition(SINCE)]
                       if at and name == rule))  # fmt: skip


def _known_language(language: str) -> None:
    if language not in languages():
        raise BadInput(
            Fault(
                Said("“{language}” is not a language here.", language=language),
                Said("There are {there}.", there=", ".join(languages())),
                field="language",
            )
        )


@act("account add", right="manage", changes=("accounts",))
def add_head(tx: Tx, code: str, head: Head) -> Outcome:
    """Add an account to an entity's chart."""
    entity = entity_of(tx, code)
    add_account(tx, entity.id, head)
    new = {"code": head.code, "name": head.name, "group": head.group, "role": head.role, "folio": head.folio}
    return Outcome(entity.id, head.code, head.code, new=new)


def listed(office: Office) -> tuple[Entity, ...]:
    """Every entity of the books."""
    with office.looking() as tx:
        return entities(tx)


def accounts(office: Office, code: str) -> tuple[Account, ...]:
    """The accounts of an entity, by code."""
    with office.looking() as tx:
        return chart_of(tx, entity_of(tx, code).id).accounts
