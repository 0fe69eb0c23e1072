"""Acts on loan products: an office sets its own, and lists those that its entities lend by."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from bookkeeper.commands.act import Office, Outcome, act
from bookkeeper.definitions.group_rules import GroupRules, rules_on
from bookkeeper.definitions.kind import kind
from bookkeeper.definitions.loan_product import LoanProduct, plain
from bookkeeper.errors import BadInput, Fault
from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.entities import Entity, entity_of, settings
from bookkeeper.ledger.loan_products import Offered, nearest, products_on, set_from, set_product, strange_fees
from bookkeeper.rules.dates import Day
from bookkeeper.rules.loan_product import Product
from bookkeeper.rules.said import Said
from bookkeeper.store.engine import Tx

SHIPPED = "shg"
"""The kind of entity whose products are meant where no entity is named."""


@act("loan product set", right="manage", changes=("entities", "loans"))
def set_products(
    tx: Tx, code: str, products: Sequence[LoanProduct], *, since: str = "", file_digest: str = ""
) -> Outcome:
    """Keep an office's own loan products, from an ISO day on where one is given: all of them, or none.

    Loans that were given keep their terms. Raises BadInput for fees that go to no head of the entity.
    """
    entity = entity_of(tx, code)
    chart, of_kind = chart_of(tx, entity.id), kind(entity.kind)
    faults = []
    for one in products:
        where = f"product “{one.key}”"
        if one.own_rule:
            why = "only the product that came with the program is the group's own rule."
            todo = Said("Set that with: bookkeeper entity set {code} loan-rate-per-month.", code=code)
            faults.append(Fault(why, todo, field=f"{where}, own_rule"))
        faults += [
            Fault(why, "Name a head by code or role: account list.", field=f"{where}, fees")
            for why in strange_fees(one, chart, of_kind)
        ]
    if faults:
        raise BadInput(*faults)
    faults = [] if since else list(_overshadowed(tx, entity, products))
    if faults:
        raise BadInput(*faults)
    old, new = dict[str, object](), dict[str, object]()
    for one in products:
        key, before = set_product(tx, entity, one, since)
        old[key], new[key] = json.loads(before) if before else None, plain(one)
    result = {"products": [one.key for one in products]}
    return Outcome(entity.id, code, result, old=old, new=new, file_digest=file_digest)


def _overshadowed(tx: Tx, entity: Entity, products: Sequence[LoanProduct]) -> Iterator[Fault]:
    """Products that were set from a day on: one without a day would stand under it and change nothing."""
    for one in products:
        if days := set_from(tx, entity, one.key):
            why = Said("it was set from {day} on, and that stands above this.", day=Day(days[-1]))
            yield Fault(why, "Say from when this holds, with --from.", field=f"product “{one.key}”")


def listed(office: Office, code: str, as_of: str = "") -> tuple[Offered, ...]:
    """The products by which an entity lends on a day (ISO; "" is today), in the order of its kind, then its own."""
    with office.looking() as tx:
        return tuple(products_on(tx, entity_of(tx, code), as_of or tx.today).values())


def named(office: Office | None, key: str, code: str, day: str) -> LoanProduct:
    """A product by its key: of an entity on a day, or without an office the one that is shipped for groups.

    One that falls due on the day of meeting does so on the day that the group's rules name. Raises BadInput that names
    the nearest.
    """
    if office is None:
        there = {one.key: one for one in kind(SHIPPED).loan_products}
    else:
        with office.looking() as tx:
            entity = entity_of(tx, code)
            there = {k: one.product for k, one in products_on(tx, entity, day).items()}
            rules = rules_on(day, kind(entity.kind).rules, settings(tx, entity))
            meets = rules.meeting_day
        if key in there and there[key].own_rule:
            return replace(there[key], product=_by_rules(there[key].product, rules))
        if meets and key in there and there[key].due.on_meeting_day:
            return replace(there[key], due=replace(there[key].due, due_day=meets, on_meeting_day=False))
    if key in there:
        return there[key]
    whose = Said("of {code}", code=code) if office else Said("that is shipped")
    raise BadInput(
        Fault(Said("“{key}” is no loan product {whose}.", key=key, whose=whose), nearest(key, there), field="--product")
    )


def _by_rules(product: Product, rules: GroupRules) -> Product:
    """The product that is the group's own rule, as its rules have it on the day."""
    return replace(
        product,
        method=rules.loan_method,
        rate=Fraction(rules.loan_rate),
        rate_per="month",
        instalments=rules.loan_instalments,
        round_interest=rules.interest_rounding,
        round_principal=rules.principal_rounding,
    )
