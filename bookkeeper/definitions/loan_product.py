"""Loan products as data: shipped with a kind of entity, an office's own file, and the terms that a loan keeps.

The same fields stand in TOML and, as canonical JSON, in the books; rates are percent and amounts rupees, as text. A
product that follows the group's own rules (`own_rule`) is reckoned by `rules.interest`, all others by their terms.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from bookkeeper.definitions import read
from bookkeeper.definitions.product_fields import KEY, ProductFields, faults_of
from bookkeeper.errors import BadInput, Fault
from bookkeeper.rules.fees import Borne, Fee
from bookkeeper.rules.loan_checks import Wrong, figure, wrong_with
from bookkeeper.rules.loan_product import InterestOn, Penalty, PenaltyOn, Prepayment, Product, RateFrom
from bookkeeper.rules.money import WAYS, How, Paise, RoundTo, shown
from bookkeeper.rules.product_dates import BY_MONTHS, DueRule, Holiday
from bookkeeper.rules.schedules import Treatment
from bookkeeper.rules.slabs import Slab, rate_of

_ROUNDED: Final = ("round_interest", "round_principal", "round_instalment")
_MOST_MONTHS: Final = 120


@dataclass(frozen=True, slots=True)
class LoanProduct:
    """A product: how it is lent (`product`), by which slabs its rate differs, what it costs besides, when it is due.

    Of one by the group's `own_rule`, `product` has what holds where the group has set nothing. `high_rate` says that a
    rate which looks like a slip is meant.
    """

    key: str
    name: str
    product: Product
    own_rule: bool = False
    high_rate: bool = False
    slabs: tuple[Slab, ...] = ()
    fees: tuple[Fee, ...] = ()
    due: DueRule = DueRule()  # noqa: RUF009  # it is frozen

    def resolved(self, principal: Paise, number: int) -> LoanProduct:
        """The product as it holds for a loan of so much (paise), her `number`th: with one rate."""
        rate = rate_of(self.slabs, self.product.rate, principal, number)
        return replace(self, product=replace(self.product, rate=rate), slabs=())

    @property
    def rate_per_month(self) -> str:
        """Its rate as percent a month, as text."""
        return figure(self.product.a_year(self.product.rate) / 12)


@cache
def loan_products(path: Path) -> tuple[LoanProduct, ...]:
    """The products of a loan_products.toml; the first is the default. Raises BadInput naming file, product, field."""
    return products_of(read.table(path), "/".join(path.parts[-2:]))


def products_of_toml(text: str, file: str) -> tuple[LoanProduct, ...]:
    """The products in the text of a TOML file. Raises BadInput naming file, product and field."""
    import tomllib  # noqa: PLC0415  # slow to load, and most calls read no definition

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(Fault(f"the file is not proper TOML: {error}."), file=file) from error
    return products_of(values, file)


def products_of(values: Mapping[str, object], file: str) -> tuple[LoanProduct, ...]:
    """The products in a table. Raises BadInput with everything that is wrong in it."""
    read.only(values, frozenset({"product"}), file)
    rows = values.get("product")
    if not isinstance(rows, list) or not rows:
        raise BadInput(Fault("there is no product in it.", "Write one under [[product]].", field="product"), file=file)
    faults: list[Fault] = []
    found = [one for number, row in enumerate(rows, 1) if (one := _product(row, number, faults)) is not None]
    seen: set[str] = set()
    for one in found:
        if one.key in seen:
            faults.append(Fault(f"two products have the key {one.key}.", "Give each its own.", field="key"))
        seen.add(one.key)
    if faults:
        raise BadInput(*faults, file=file)
    return tuple(found)


def _product(row: object, number: int, faults: list[Fault]) -> LoanProduct | None:
    """One product; None where a fault of it was noted."""
    before = len(faults)
    named = row.get("key") if isinstance(row, dict) else None
    where = f"product “{named}”" if isinstance(named, str) else f"product {number}"
    fields = ProductFields.of(row, _KNOWN, where, faults)
    if fields is None:
        return None
    key = fields.text("key", KEY)
    name = fields.text("name")
    product = _lent(fields)
    due = _due(fields, product)
    fees = tuple(filter(None, (_fee(one) for one in fields.rows("fees", _FEE))))
    slabs = tuple(filter(None, (_slab(one) for one in fields.rows("slabs", _SLAB))))
    found = LoanProduct(key, name, product, fields.truth("own_rule"), fields.truth("high_rate"), slabs, fees, due)
    if len(faults) == before:
        for wrong in wrong_with_product(found):
            fields.refuse(wrong.field, wrong.why, wrong.todo)
    return found if len(faults) == before else None


def wrong_with_product(found: LoanProduct, principal: Paise | None = None) -> Sequence[Wrong]:
    """All that forbids a product, or a loan of so much by it; fields are named as in its file."""
    wrong = list(wrong_with(found.product, principal, high_rate=found.high_rate))
    for slab in found.slabs:
        wrong += wrong_with(replace(found.product, rate=slab.rate), high_rate=found.high_rate)
    if found.product.moratorium_interest and found.product.moratorium_treatment is Treatment.CAPITALISE:
        why = "interest that is added to the principal of a loan in the books is not posted by itself yet."
        wrong.append(Wrong("moratorium_treatment", why, "Say collect or spread."))
    if found.own_rule and (found.slabs or found.fees or found.due != DueRule()):
        why = "a product by the group's own rules has no slabs, fees or due dates of its own."
        wrong.append(Wrong("own_rule", why, "Leave them out, or leave own_rule out."))
    return list(dict.fromkeys(wrong))


_LENT: Final = (
    "method", "rate", "rate_per", "instalments", "instalment", "parts", "frequency", "every", "day_count",
    *_ROUNDED, "rounding", "moratorium_principal", "moratorium_interest", "moratorium_treatment", "rates", "order",
    "oldest_first", "interest_on", "penalty", "prepayment", "subvention", "incentive",
)  # fmt: skip
_DUE: Final = ("due_day", "due_on", "least_months", "on_meeting_day", "holidays", "holiday")
_KNOWN: Final = ("key", "name", "own_rule", "high_rate", *_LENT, "slabs", "fees", *_DUE)
_FEE: Final = ("name", "account", "percent", "amount", "how", "round", "rounding")
_SLAB: Final = ("rate", "up_to", "loan_number")
_RATE: Final = ("since", "rate")
_PENALTY: Final = ("rate", "rate_per", "on", "grace_days")


def _lent(fields: ProductFields) -> Product:
    usual = Product("", fields.rate("rate"))
    way = WAYS[fields.one_of("rounding", WAYS, "nearest")]
    units: dict[str, How] = {key: RoundTo(fields.amount(key) or Paise(1), way) for key in _ROUNDED}
    return Product(
        method=fields.method("method"),
        rate=usual.rate,
        rate_per=fields.rate_per("rate_per"),
        instalments=fields.whole("instalments"),
        instalment=fields.amount("instalment"),
        parts=fields.amounts("parts"),
        frequency=fields.named("frequency", usual.frequency),
        every=fields.whole("every", 1) or 1,
        day_count=fields.named("day_count", usual.day_count),
        round_interest=units["round_interest"],
        round_principal=units["round_principal"],
        round_instalment=units["round_instalment"],
        moratorium_principal=fields.whole("moratorium_principal") or 0,
        moratorium_interest=fields.whole("moratorium_interest") or 0,
        moratorium_treatment=fields.named("moratorium_treatment", Treatment.COLLECT),
        rates=tuple(
            sorted((RateFrom(one.day("since"), one.rate("rate")) for one in fields.rows("rates", _RATE)), key=_since)
        ),
        order=fields.order("order"),
        oldest_first=fields.truth("oldest_first"),
        interest_on=fields.named("interest_on", InterestOn.SCHEDULE),
        penalty=_penalty(fields),
        prepayment=fields.named("prepayment", Prepayment.ADVANCE),
        subvention=fields.rate("subvention", needed=False),
        incentive=fields.rate("incentive", needed=False),
    )


def _since(one: RateFrom) -> str:
    return one.since


def _penalty(fields: ProductFields) -> Penalty | None:
    """Penal interest; its rate is one a year, unless it says for what."""
    one = fields.part("penalty", _PENALTY)
    if one is None:
        return None
    rate = Product("", one.rate("rate"), one.rate_per("rate_per"))
    on = one.named("on", PenaltyOn.OVERDUE_PRINCIPAL)
    return Penalty(rate.a_year(rate.rate), on, one.whole("grace_days") or 0)


def _fee(fields: ProductFields) -> Fee | None:
    percent, amount = fields.rate("percent", needed=False), fields.amount("amount")
    has = [key for key in ("percent", "amount") if key in fields.values]
    if len(has) != 1:
        fields.refuse("percent", "a fee is a percent of the loan or an amount, one of the two.")
        return None
    rounding = RoundTo(fields.amount("round") or Paise(1), WAYS[fields.one_of("rounding", WAYS, "nearest")])
    fee = Fee(
        fields.text("name"),
        fields.text("account"),
        fields.named("how", Borne.DEDUCTED),
        percent if "percent" in has else None,
        amount,
        rounding,
    )
    if fee.percent is not None and fee.percent >= 100:  # noqa: PLR2004  # the whole loan
        fields.refuse("percent", f"a fee of {figure(fee.percent)} percent leaves nothing of the loan.")
    return fee


def _slab(fields: ProductFields) -> Slab | None:
    slab = Slab(fields.rate("rate"), fields.amount("up_to"), fields.whole("loan_number", 1))
    if slab.up_to is None and slab.loan_number is None:
        fields.refuse("up_to", "a slab says for which loans it holds.", "Write up_to (rupees) or loan_number.")
        return None
    return slab


def _due(fields: ProductFields, product: Product) -> DueRule:
    months = fields.whole("least_months") or 0
    rule = DueRule(
        due_day=fields.whole("due_day", 1),
        due_on=fields.crop_day("due_on"),
        least_months=months,
        on_meeting_day=fields.truth("on_meeting_day"),
        holidays=tuple(sorted(fields.days("holidays"))),
        holiday=fields.named("holiday", Holiday.KEEP),
    )
    if rule.due_day is not None and rule.due_day > 31:  # noqa: PLR2004  # days of a month
        fields.refuse("due_day", f"{rule.due_day} is no day of a month.", "Write a number from 1 to 31.")
    if months > _MOST_MONTHS:
        fields.refuse("least_months", f"{months} months are more than ten years.")
    if sum((rule.due_day is not None, bool(rule.due_on), rule.on_meeting_day)) > 1:
        fields.refuse("due_day", "a loan falls due by due_day, by due_on or on_meeting_day, by one of the three.")
    if (rule.due_day is not None or rule.on_meeting_day) and product.frequency not in BY_MONTHS:
        why = f"a {product.frequency} loan has no day of the month."
        fields.refuse("due_day" if rule.due_day else "on_meeting_day", why, "Leave it out.")
    if rule.holidays and rule.holiday is Holiday.KEEP and "holiday" not in fields.values:
        fields.refuse("holiday", "holidays are listed, but not what they change.", "Write next, before or keep.")
    return rule


# ------------------------------------------------------------------------------------------------------ back as data


def plain(found: LoanProduct) -> dict[str, object]:
    """A product as its fields, in text and whole numbers, so that reading them gives the same one."""
    product, due = found.product, found.due
    penalty = product.penalty
    values: dict[str, object] = {
        "key": found.key,
        "name": found.name,
        "own_rule": found.own_rule,
        "high_rate": found.high_rate,
        "method": product.method,
        "rate": figure(product.rate),
        "rate_per": product.rate_per,
        "instalments": product.instalments,
        "instalment": None if product.instalment is None else shown(product.instalment),
        "parts": [shown(one) for one in product.parts],
        "frequency": product.frequency.value,
        "every": product.every,
        "day_count": product.day_count.value,
        **{key: shown(getattr(product, key).value[0]) for key in _ROUNDED},
        "rounding": _way(product.round_interest),
        "moratorium_principal": product.moratorium_principal,
        "moratorium_interest": product.moratorium_interest,
        "moratorium_treatment": product.moratorium_treatment.value,
        "rates": [{"since": one.since, "rate": figure(one.rate)} for one in product.rates],
        "order": list(product.order),
        "oldest_first": product.oldest_first,
        "interest_on": product.interest_on.value,
        "penalty": penalty
        and {
            "rate": figure(penalty.rate),
            "rate_per": "year",
            "on": penalty.on.value,
            "grace_days": penalty.grace_days,
        },
        "prepayment": product.prepayment.value,
        "subvention": figure(product.subvention) if product.subvention else None,
        "incentive": figure(product.incentive) if product.incentive else None,
        "slabs": [_plain_slab(one) for one in found.slabs],
        "fees": [_plain_fee(one) for one in found.fees],
        "due_day": due.due_day,
        "due_on": due.due_on,
        "least_months": due.least_months,
        "on_meeting_day": due.on_meeting_day,
        "holidays": list(due.holidays),
        "holiday": due.holiday.value if due.holidays else "",
    }
    return _filled(values)


def _way(how: How) -> str:
    """What the way of a rounding is called."""
    return next(name for name, way in WAYS.items() if way == how.value[1])


def _plain_slab(one: Slab) -> dict[str, object]:
    up_to = None if one.up_to is None else shown(one.up_to)
    return _filled({"rate": figure(one.rate), "up_to": up_to, "loan_number": one.loan_number})


def _plain_fee(one: Fee) -> dict[str, object]:
    return _filled(
        {
            "name": one.name,
            "account": one.account,
            "how": one.how.value,
            "percent": None if one.percent is None else figure(one.percent),
            "amount": None if one.amount is None else shown(one.amount),
            "round": shown(one.rounding.value[0]),
            "rounding": _way(one.rounding),
        }
    )


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value not in ("", None, [], False, 0)}


def canonical(found: LoanProduct) -> str:
    """A product as the books keep it: its fields as JSON, in one spelling."""
    return json.dumps(plain(found), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=4096)
def kept(text: str) -> LoanProduct:
    """The product in a canonical text of the books. Raises ValueError where it is none."""
    faults: list[Fault] = []
    found = _product(json.loads(text), 1, faults)
    if found is None:
        raise ValueError(faults_of(faults))
    return found
