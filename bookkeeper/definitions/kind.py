"""A kind of entity is data: a folder under resources/kinds with its chart, books, series and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, cast

from bookkeeper.definitions import read
from bookkeeper.definitions.chart import Head, chart
from bookkeeper.definitions.find import resources
from bookkeeper.definitions.group_rules import RULES, NotARule, check
from bookkeeper.definitions.loan_product import LoanProduct, loan_products
from bookkeeper.definitions.provision import ProvisionTable, provision_table
from bookkeeper.errors import BadInput, Fault

VOUCHER_KINDS: Final = ("receipt", "payment", "contra", "journal", "opening", "sale", "purchase")
"""The kinds of voucher there are; a kind of entity names those it keeps."""

_FIELDS: Final = frozenset(
    {
        "name",
        "series",
        "registers",
        "member_roles",
        "loan_roles",
        "savings_roles",
        "interest_roles",
        "signed_by",
        "rules",
    }
)


@dataclass(frozen=True, slots=True)
class EntityKind:
    """What an entity of this kind keeps.

    `series` names the letter of each kind of voucher it keeps; `member_roles` are the control accounts whose postings
    need a member, `loan_roles` those that need a loan, `savings_roles` those that may not be overdrawn,
    `interest_roles` those that take interest on loans. `rules` are the defaults of `definitions.group_rules`.
    """

    key: str
    name: str
    series: dict[str, str]
    registers: tuple[str, ...]
    member_roles: tuple[str, ...]
    loan_roles: tuple[str, ...]
    savings_roles: tuple[str, ...]
    interest_roles: tuple[str, ...]
    signed_by: tuple[str, ...]
    chart: tuple[Head, ...]
    loan_products: tuple[LoanProduct, ...]
    rules: dict[str, str]
    provision: ProvisionTable | None
    """What is set aside against the loss of loans; None where the kind has no such table."""


def kinds() -> tuple[str, ...]:
    """The kinds of entity that can be set up, by name of folder."""
    return tuple(sorted(p.parent.name for p in (resources() / "kinds").glob("*/kind.toml")))


@cache
def kind(key: str) -> EntityKind:
    """The kind of that name. Raises BadInput that names the kinds there are."""
    if key not in kinds():
        raise BadInput(Fault(f"“{key}” is not a kind of entity.", f"Kinds are {', '.join(kinds())}."))
    return _read(key, resources() / "kinds" / key)


def _read(key: str, folder: Path) -> EntityKind:
    file = f"{key}/kind.toml"
    values = read.table(folder / "kind.toml")
    read.only(values, _FIELDS, file)
    series = read.take(values, "series", dict, file)
    for name, letter in series.items():
        if name not in VOUCHER_KINDS or not isinstance(letter, str):
            raise BadInput(Fault("a series names a kind of voucher and its letter.", field=name), file=file)
    products = folder / "loan_products.toml"
    own = loan_products(products) if products.exists() else ()
    heads = chart(folder / "chart.toml")
    provision = folder / "provision.toml"
    _refuse_strange_fees(own, heads, f"{key}/{products.name}")
    return EntityKind(
        key=key,
        name=read.take(values, "name", str, file),
        series=cast("dict[str, str]", series),
        registers=read.texts(values, "registers", file),
        member_roles=read.texts(values, "member_roles", file),
        loan_roles=read.texts(values, "loan_roles", file),
        savings_roles=read.texts(values, "savings_roles", file),
        interest_roles=read.texts(values, "interest_roles", file),
        signed_by=read.texts(values, "signed_by", file),
        chart=heads,
        loan_products=own,
        rules=_rules(values, own, file),
        provision=provision_table(provision) if provision.exists() else None,
    )


def _refuse_strange_fees(products: Sequence[LoanProduct], heads: Sequence[Head], file: str) -> None:
    """A fee goes to a head of the kind's chart, and the first product is the group's own rule."""
    if products and not products[0].own_rule:
        where = f"product “{products[0].key}”, own_rule"
        raise BadInput(Fault("the first product is the group's own rule: write true.", field=where), file=file)
    there = {text for head in heads for text in (head.code, head.role) if text}
    for one in products:
        for fee in one.fees:
            if fee.account not in there:
                where = f"product “{one.key}”, fees"
                raise BadInput(Fault(f"“{fee.account}” is no head of the chart.", field=where), file=file)


def _rules(values: Mapping[str, object], products: Sequence[LoanProduct], file: str) -> dict[str, str]:
    """The kind's default rules; how it lends is its first product's to say."""
    given = read.take(values, "rules", dict, file) if "rules" in values else {}
    rules: dict[str, str] = {}
    for name, value in given.items():
        if name not in RULES:
            raise BadInput(Fault(f"“{name}” is not a rule.", f"Rules are {', '.join(RULES)}.", field=name), file=file)
        try:
            rules[name] = check(name, str(value))[1]
        except NotARule as error:
            raise BadInput(Fault(str(error), field=name), file=file) from None
    if products:
        usual = products[0]
        lends = {
            "loan-rate-per-month": usual.rate_per_month,
            "loan-method": usual.product.method,
            "loan-instalments": str(usual.product.instalments),
        }
        rules = lends | rules
    return rules
