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
        chart=chart(folder / "chart.toml"),
        loan_products=(own := loan_products(products) if products.exists() else ()),
        rules=_rules(values, own, file),
    )


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
            "loan-method": usual.method,
            "loan-instalments": str(usual.instalments),
        }
        rules = lends | rules
    return rules
