"""Acts on entities and their accounts."""

from __future__ import annotations

from bookkeeper.commands.act import Office, Outcome, act
from bookkeeper.definitions.chart import Head
from bookkeeper.definitions.kind import kind
from bookkeeper.errors import BadInput, Fault
from bookkeeper.ledger.accounts import CODE_LENGTH, Account, add_account, chart_of, open_chart
from bookkeeper.ledger.entities import Entity, add_entity, entities, entity_of, set_entity
from bookkeeper.rules.dates import financial_year, year_start
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
        raise BadInput(Fault(f"“{code}” cannot be a code.", "Use letters and figures without blanks.", field="code"))
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
    """Set how an entity is called, its place, its language. Raises BadInput for what cannot be set."""
    entity = entity_of(tx, code)
    if key == "language":
        _known_language(value)
    old = set_entity(tx, entity, key, value.strip())
    return Outcome(entity.id, code, {key: value.strip()}, old={key: old}, new={key: value.strip()})


def _known_language(language: str) -> None:
    if language not in languages():
        raise BadInput(
            Fault(f"“{language}” is not a language here.", f"There are {', '.join(languages())}.", field="language")
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
