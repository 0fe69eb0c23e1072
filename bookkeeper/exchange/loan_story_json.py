"""A loan's story in JSON: its product, what was lent and paid, the days on which it is looked at (`loan replay`).

The keys of the product are the options of a quote with underscores; what is left out takes the same defaults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Final, TypeVar

from bookkeeper.errors import BadInput, Fault
from bookkeeper.exchange.faults import Faults, NotTaken
from bookkeeper.exchange.fields import date_of, near, short
from bookkeeper.exchange.json_fields import Fields, Object, loaded, unsigned
from bookkeeper.exchange.source import read_bytes, text_of
from bookkeeper.rules.appropriation import ACCRUED, ORDER, whole_order
from bookkeeper.rules.day_count import DayCount
from bookkeeper.rules.due_dates import Frequency
from bookkeeper.rules.loan_checks import wrong_with
from bookkeeper.rules.loan_product import (
    RATES_A_YEAR,
    InterestOn,
    Penalty,
    PenaltyOn,
    Prepayment,
    Product,
    RateFrom,
    parsed_rate,
)
from bookkeeper.rules.money import WAYS, How, Paise, RoundTo, shown
from bookkeeper.rules.replay import Moved, Story
from bookkeeper.rules.schedules import Treatment, methods

STORY: Final = ("product", "disbursements", "first_due", "payments", "fees", "as_of")
PRODUCT: Final = (
    "method", "rate", "rate_per", "high_rate", "instalments", "instalment", "parts", "frequency", "every", "day_count",
    "round_interest", "round_principal", "round_instalment", "rounding", "moratorium_principal", "moratorium_interest",
    "moratorium_treatment", "rates", "order", "oldest_first", "interest_on", "penalty", "prepayment",
    "subvention", "incentive",
)  # fmt: skip
MOVED: Final = ("date", "amount")
PENALTY: Final = ("rate", "rate_per", "on", "grace_days")

_SHAPE: Final = 'A loan is an object: {"product": {…}, "disbursements": [{"date": …, "amount": …}], …}.'
_DIGITS: Final = 4

Named = TypeVar("Named", bound=StrEnum)


def read_story(path: Path) -> Story:
    """The loan's story in a file. Raises BadInput with everything that is wrong in it."""
    faults = Faults(str(path))
    story = story_of_json(text_of(read_bytes(path), faults.file), faults)
    faults.refuse_if_any()
    if story is None:
        raise ValueError(path)
    return story


def story_of_json(text: str, faults: Faults) -> Story | None:
    """The story that a JSON text tells; None where a fault of it is noted. Raises BadInput for what is no JSON."""
    there = loaded(text, _SHAPE, faults.file)
    if not isinstance(there, Object):
        raise BadInput(Fault("this is no loan.", _SHAPE), file=faults.file)
    fields = Fields(there, STORY, "", faults)
    product = _product(fields)
    story_of = {key: tuple(_moved(fields, key)) for key in ("disbursements", "payments", "fees")}
    first_due = fields.take(date_of, "first_due")
    as_of = fields.texts("as_of", date_of)
    if not story_of["disbursements"] and not faults.count:
        fields.refuse("nothing is lent.", 'Write [{"date": "2024-01-01", "amount": "5000.00"}].', "disbursements")
    if product is None or faults.count:
        return None
    lent = sum(one.amount for one in story_of["disbursements"])
    if product.parts and sum(product.parts) != lent:
        why = f"the parts add up to {shown(sum(product.parts))}, and {shown(lent)} is lent."
        fields.refuse(why, "Let them add up to what is lent.", "product, parts")
        return None
    story = Story(product, **story_of, first_due=first_due, as_of=as_of)
    return story if _days_follow(story, fields) else None


def _days_follow(story: Story, fields: Fields) -> bool:
    """Whether nothing happens to the loan before it is given."""
    given = min(one.date for one in story.disbursements)
    days = [("first_due", story.first_due or given)]
    for key, moved in (("payments", story.payments), ("fees", story.fees)):
        days += [(f"{key} {number}", one.date) for number, one in enumerate(moved, 1)]
    days += [(f"as_of {number}", day) for number, day in enumerate(story.as_of, 1)]
    early = [(key, day) for key, day in days if day < given]
    for key, day in early:
        fields.refuse(f"{day} lies before the loan is given, on {given}.", "Put the date right.", key)
    return not early


def _moved(fields: Fields, key: str) -> Iterator[Moved]:
    for part in fields.parts(key, MOVED, key):
        if part is None:
            continue
        day, amount = part.need(date_of, "date"), part.amount("amount")
        if not amount and part.values.get("amount") in {None, "", "0", "0.00", 0}:
            part.refuse("this is nothing.", "Write an amount above nought.", "amount")
        if day and amount:
            yield Moved(day, amount)


def _product(fields: Fields) -> Product | None:
    if fields.values.get("product") is None:
        fields.refuse("this may not be left out.", _SHAPE, "product")
        return None
    part = fields.part(fields.values["product"], PRODUCT, "product")
    if part is None:
        return None
    before = part.faults.count
    per = _one_of(part, "rate_per", RATES_A_YEAR, "year")
    rate = part.need(rate_of, "rate", figures=True)
    way = part.take(_from(WAYS, "way of rounding"), "rounding") or "half-up"

    def unit(key: str) -> How:
        return RoundTo(part.take(_unit, key, figures=True) or 1, way)

    instalment = part.amount("instalment") if "instalment" in part.values else None
    product = Product(
        method=part.need(_from({name: name for name in methods()}, "method"), "method") or "",
        rate=rate or Fraction(0),
        rate_per=per,
        instalments=part.take(_count, "instalments", figures=True),
        instalment=instalment,
        parts=part.texts("parts", unsigned, figures=True),
        frequency=_named(part, Frequency, "frequency", Frequency.MONTHLY),
        every=1 if (every := part.take(_count, "every", figures=True)) is None else every,
        day_count=_named(part, DayCount, "day_count", DayCount.PERIODS),
        round_interest=unit("round_interest"),
        round_principal=unit("round_principal"),
        round_instalment=unit("round_instalment"),
        moratorium_principal=part.take(_count, "moratorium_principal", figures=True) or 0,
        moratorium_interest=part.take(_count, "moratorium_interest", figures=True) or 0,
        moratorium_treatment=_named(part, Treatment, "moratorium_treatment", Treatment.COLLECT),
        rates=tuple(sorted(_rates(part), key=lambda one: one.since)),
        order=_order(part),
        oldest_first=part.is_true("oldest_first"),
        interest_on=_named(part, InterestOn, "interest_on", InterestOn.SCHEDULE),
        penalty=_penalty(part),
        prepayment=_named(part, Prepayment, "prepayment", Prepayment.ADVANCE),
        subvention=part.take(rate_of, "subvention", figures=True) or Fraction(0),
        incentive=part.take(rate_of, "incentive", figures=True) or Fraction(0),
    )
    if part.faults.count == before:
        for wrong in wrong_with(product, high_rate=part.is_true("high_rate")):
            part.refuse(wrong.why, wrong.todo, wrong.field)
    return product if part.faults.count == before else None


def _rates(part: Fields) -> Iterator[RateFrom]:
    for one in part.parts("rates", ("from", "rate"), "rates"):
        if one is not None:
            since, rate = one.need(date_of, "from"), one.need(rate_of, "rate", figures=True)
            if since and rate is not None:
                yield RateFrom(since, rate)


def _order(part: Fields) -> tuple[str, ...]:
    """The order of appropriation; parts that are left out follow in their usual order."""
    order = part.texts("order", _from({kind: kind for kind in (*ORDER, ACCRUED)}, "part of a demand"))
    return whole_order(order)


def _penalty(part: Fields) -> Penalty | None:
    value = part.values.get("penalty")
    one = None if value is None else part.part(value, PENALTY, "penalty")
    if one is None:
        return None
    rate = one.need(rate_of, "rate", figures=True) or Fraction(0)
    a_year = rate * RATES_A_YEAR[_one_of(one, "rate_per", RATES_A_YEAR, "year")]
    days = one.take(_count, "grace_days", figures=True) or 0
    return Penalty(a_year, _named(one, PenaltyOn, "on", PenaltyOn.OVERDUE_PRINCIPAL), days)


def rate_of(text: str) -> Fraction:
    """A rate in percent, as decimal text."""
    if (found := parsed_rate(text.strip())) is not None:
        return found
    raise NotTaken(f"“{short(text)}” is not a rate. Write percent in figures, for example 24 or 1.5.")


def _unit(text: str) -> Paise:
    unit = unsigned(text)
    if unit <= 0:
        raise NotTaken(f"“{short(text)}” is not a unit to round to. Write rupees, for example 0.01, 1 or 5.")
    return unit


def _count(text: str) -> int:
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS:
        return int(digits)
    raise NotTaken(f"“{short(digits)}” is no whole number from 0 to 9999. Write it in figures.")


Value = TypeVar("Value")


def _from(known: dict[str, Value], what: str) -> Callable[[str], Value]:
    def taken(text: str) -> Value:
        if text in known:
            return known[text]
        raise NotTaken(f"“{short(text)}” is no {what}. {near(text, known)}")

    return taken


def _one_of(part: Fields, key: str, known: dict[str, int], usual: str) -> str:
    return part.take(_from({name: name for name in known}, "time that a rate is for"), key) or usual


def _named(part: Fields, kind: type[Named], key: str, usual: Named) -> Named:
    return part.take(_from({str(one): one for one in kind}, key.replace("_", " ")), key) or usual
