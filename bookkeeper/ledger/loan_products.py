"""The loan products of an entity: those of its kind, and its own, which are settings that may hold from a day on.

A loan keeps the terms on which it was given: here they are found, once, on the day of the loan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from sqlalchemy import text

from bookkeeper.definitions.chart import FINES_ROLE, PENALTY_ROLE
from bookkeeper.definitions.group_rules import SINCE, GroupRules, instalments, rate
from bookkeeper.definitions.kind import EntityKind, kind
from bookkeeper.definitions.loan_product import LoanProduct, canonical, kept, wrong_with_product
from bookkeeper.errors import Damaged, Fault
from bookkeeper.ledger.accounts import Chart
from bookkeeper.ledger.entities import Entity, settings
from bookkeeper.ledger.lending import LoanTerms
from bookkeeper.rules.dates import LATEST_YEAR, Day
from bookkeeper.rules.fees import Borne, Levied, borne, levied
from bookkeeper.rules.interest import MONTHS_IN_A_YEAR
from bookkeeper.rules.loan_checks import Wrong, figure
from bookkeeper.rules.money import Amount, Paise
from bookkeeper.rules.said import Said
from bookkeeper.rules.schedules import NeverPaidOff, schedule_of
from bookkeeper.store.engine import Tx

_NONE: Final = Fraction(0)
SETTING: Final = "loan-product."
"""Before a product's key, as a setting is called."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A product that an entity lends by: whether it is its own, and the ISO day from which that holds ("": ever)."""

    product: LoanProduct
    own: bool = False
    since: str = ""


def products_on(tx: Tx, entity: Entity, day: str) -> dict[str, Offered]:
    """The products of a day by key: those of the kind, in their order, then the entity's own, which take their place.

    Raises Damaged where one of its own cannot be read.
    """
    found = {one.key: Offered(one) for one in kind(entity.kind).loan_products}
    for key, value in sorted(settings(tx, entity).items()):
        if not key.startswith(SETTING):
            continue
        named, _, since = key.removeprefix(SETTING).partition(SINCE)
        if since <= day:
            try:
                found[named] = Offered(kept(value), own=True, since=since)
            except ValueError:
                message = Said("the loan product {named} of {entity} cannot be read.", named=named, entity=entity.code)
                raise Damaged(Fault(message, "Set it anew with: bookkeeper loan product set.")) from None
    return found


def set_product(tx: Tx, entity: Entity, product: LoanProduct, since: str = "") -> tuple[str, str]:
    """Keep a product as a setting, from an ISO day on where one is given; returns the setting and its old value."""
    key = f"{SETTING}{product.key}{SINCE}{since}" if since else f"{SETTING}{product.key}"
    old = settings(tx, entity).get(key, "")
    tx.connection.execute(
        text(
            "INSERT INTO setting (entity, key, value) VALUES (:entity, :key, :value) "
            "ON CONFLICT (entity, key) DO UPDATE SET value = excluded.value"
        ),
        {"entity": entity.id, "key": key, "value": canonical(product)},
    )
    return key, old


def set_from(tx: Tx, entity: Entity, key: str) -> list[str]:
    """The ISO days from which a product was set, in order."""
    begins = f"{SETTING}{key}{SINCE}"
    return sorted(name.removeprefix(begins) for name in settings(tx, entity) if name.startswith(begins))


def strange_fees(product: LoanProduct, chart: Chart, of_kind: EntityKind) -> Iterator[str]:
    """Which fees of a product go to no head, or to one that a fee cannot go to: why, in words."""
    taken = {*of_kind.member_roles, *of_kind.loan_roles, *of_kind.interest_roles, FINES_ROLE, PENALTY_ROLE}
    for fee in product.fees:
        account = chart.by_text.get(fee.account)
        if account is None:
            yield Said("the fee “{fee}” goes to “{account}”, which is no head here.", fee=fee.name, account=fee.account)
        elif account.is_money or account.role in taken:
            yield Said("the fee “{fee}” cannot go to {account}.", fee=fee.name, account=Said(account.name))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A loan as it is asked for: its product, `principal` in paise, and what is said otherwise than the product has it.

    `number` says which of the member's loans it is; `meeting_day` on which day of the month the group meets.
    """

    product: LoanProduct
    principal: Paise
    on: str
    number: int = 1
    purpose: str = ""
    first_due: str | None = None
    rate_per_month: str | None = None
    method: str | None = None
    instalments: int | None = None
    meeting_day: int | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A loan as it is given: its terms, and the fees that fall on it."""

    terms: LoanTerms
    fees: tuple[Levied, ...] = ()


def given(wanted: Wanted, rules: GroupRules) -> tuple[Given | None, list[Wrong]]:
    """The loan as it would be given, or all that forbids it; pure. What the group's own rule lends follows `rules`."""
    if wanted.product.own_rule:
        terms = LoanTerms(
            wanted.method or rules.loan_method,
            wanted.rate_per_month or rules.loan_rate,
            wanted.instalments or rules.loan_instalments,
            wanted.purpose,
            wanted.first_due,
            product=wanted.product.key,
        )
        return Given(terms), []
    found = _resolved(wanted)
    first = wanted.first_due or found.due.first_due(found.product, wanted.on, wanted.meeting_day)
    fees = levied(found.fees, wanted.principal)
    wrong = list(wrong_with_product(found, wanted.principal)) or list(_ungivable(wanted, first, fees))
    if wrong or first is None:
        return None, wrong
    product, owed = found.product, Paise(wanted.principal + borne(fees, Borne.CAPITALISED))
    dues = found.due.dues(product, wanted.on, first)
    if len(dues) < (product.instalments or 1):
        return None, [
            Wrong(
                "instalments",
                Said(
                    "only {count} instalments would fall due by the end of {year}.", count=len(dues), year=LATEST_YEAR
                ),
            )
        ]
    try:
        count = len(schedule_of(product.method, product.terms(owed, wanted.on, dues, known=wanted.on)))
    except NeverPaidOff as error:
        return None, [Wrong("instalment", str(error))]
    monthly = figure(Fraction(product.rate_on(wanted.on), MONTHS_IN_A_YEAR))
    terms = LoanTerms(
        product.method, monthly, count, wanted.purpose, first, product=found.key, terms=canonical(found)
    )  # fmt: skip
    return Given(terms, fees), []


def _ungivable(wanted: Wanted, first: str | None, fees: Sequence[Levied]) -> Iterator[Wrong]:
    """What of its days and fees forbids a loan."""
    if first is None:
        yield Wrong("first_due", Said("the first instalment would be due after {year}.", year=LATEST_YEAR))
    elif first <= wanted.on:
        yield Wrong(
            "first_due",
            Said(
                "the first instalment is due on {first}, not after the loan, of {day}.",
                first=Day(first),
                day=Day(wanted.on),
            ),
        )
    kept_back = borne(fees, Borne.DEDUCTED)
    if kept_back >= wanted.principal:
        yield Wrong(
            "fees",
            Said(
                "what is kept back, {kept}, leaves nothing of {lent}.",
                kept=Amount(kept_back),
                lent=Amount(wanted.principal),
            ),
        )


def _resolved(wanted: Wanted) -> LoanProduct:
    """The product with one rate, and with what was said otherwise: a rate that is typed is what the borrower bears."""
    found = wanted.product.resolved(wanted.principal, wanted.number)
    product = found.product
    if wanted.method:
        product = replace(product, method=wanted.method)
    if wanted.rate_per_month:
        own = Fraction(rate(wanted.rate_per_month))
        product = replace(product, rate=own, rate_per="month", rates=(), subvention=_NONE, incentive=_NONE)
    if wanted.instalments:
        product = replace(product, instalments=instalments(str(wanted.instalments)), instalment=None, parts=())
    return replace(found, product=product)


def nearest(key: str, there: Mapping[str, object]) -> str:
    """What can be written in place of a key that is no product: the nearest first."""
    import difflib  # noqa: PLC0415  # only where something is refused

    near = difflib.get_close_matches(key, there, n=1)
    if near:
        return Said("Did you mean “{near}”? There are {there}.", near=near[0], there=", ".join(there))
    return Said("There are {there}.", there=", ".join(there)) if there else "This kind of entity lends by no product."
