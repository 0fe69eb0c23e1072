"""What no loan product can have, and what cannot be asked of it together, in the user's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

from bookkeeper.rules.appropriation import (
    ACCRUED,
    ADVANCE,
    INTEREST,
    ORDER,
    OVERDUE_INTEREST,
)
from bookkeeper.rules.loan_product import MOST_INSTALMENTS, RATES_A_YEAR, Prepayment, Product
from bookkeeper.rules.money import Amount, Paise, RoundTo, rounded
from bookkeeper.rules.said import Said
from bookkeeper.rules.schedules import Treatment, method_of, methods

Called: TypeAlias = Callable[[str], str]

_HIGH: Final = {"year": 120, "month": 10, "week": 5, "day": 1}
_A_THOUSAND: Final = Paise(100_000)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a field of a product (named as in `Product`), and what to do."""

    field: str
    why: str
    todo: str = ""


def wrong_with(
    product: Product, principal: Paise | None = None, *, high_rate: bool = False, called: Called = str
) -> Iterator[Wrong]:
    """All that forbids a product, or a loan of so much (paise) by it; with `high_rate` a high rate is meant.

    `called` says how the user writes a field: as an option, or as a key.
    """
    if principal is not None and principal <= 0:
        yield Wrong("principal", "there is nothing to lend.", "Give an amount above nought.")
    if product.method not in methods():
        yield Wrong(
            "method",
            Said("“{method}” is not known.", method=Said(product.method)),
            Said("There are {there}.", there=", ".join(methods())),
        )
        return
    yield from _rates(product, principal, called, high_rate=high_rate)
    yield from _scheme(product)
    if product.every < 1:
        yield Wrong("every", Said("{count} is not a number of periods from 1.", count=product.every))
    yield from _instalments(product, principal, called)
    yield from _payments(product)


def _rates(product: Product, principal: Paise | None, called: Called, *, high_rate: bool) -> Iterator[Wrong]:
    """A rate below nought, or one of 240 typed for 24, or of 24 a month for 24 a year."""
    penal = product.penalty.rate if product.penalty else Fraction(0)
    for rate in (product.rate, *(one.rate for one in product.rates)):
        if rate < 0:
            yield Wrong("rate", "a rate is not negative.", "Give percent from 0.")
        elif not high_rate and (why := very_high(rate, product.rate_per, principal or _A_THOUSAND)):
            todo = Said(
                "Look at {rate} and {per}; if the rate is meant, add {high}.",
                rate=called("rate"),
                per=called("rate_per"),
                high=called("high_rate"),
            )
            yield Wrong("rate", why, todo)
    if penal < 0 or (penal > _HIGH["year"] and not high_rate):
        yield Wrong(
            "penalty",
            Said("{rate} percent a year is no penal rate.", rate=figure(penal)),
            "Give percent a year from 0.",
        )
    if product.penalty and product.penalty.grace_days < 0:
        yield Wrong(
            "penalty", Said("{count} is not a number of days.", count=product.penalty.grace_days), "Give days from 0."
        )


def _scheme(product: Product) -> Iterator[Wrong]:
    """What a scheme bears or gives back cannot be more than the interest."""
    least = min(one for one in (product.rate, *(one.rate for one in product.rates)))
    if product.subvention < 0 or product.incentive < 0:
        yield Wrong("subvention", "what a scheme bears is not negative.", "Give percent from 0.")
    elif (product.subvention or product.incentive) and product.subvention + product.incentive >= least:
        together = figure(product.subvention + product.incentive)
        why = Said(
            "a scheme that bears {together} percent leaves nothing of {rate} to the borrower.",
            together=together,
            rate=figure(least),
        )
        yield Wrong("subvention", why, "Give the rate that she bears as the rate, and no subvention.")


def very_high(rate: Fraction, rate_per: str, lent: Paise = _A_THOUSAND) -> str:
    """That a rate in percent is very high, and what it would cost; empty where it is not. `lent` in paise."""
    if rate <= _HIGH[rate_per]:
        return ""
    cost = rounded(lent * rate * RATES_A_YEAR[rate_per] * Fraction(1, 100), RoundTo(1))
    return Said(
        "{rate} percent a {per} is very high: {lent}, owed for a year, would bear {cost} of interest.",
        rate=figure(rate),
        per=Said(rate_per),
        lent=Amount(lent),
        cost=Amount(cost),
    )


def figure(exact: Fraction) -> str:
    """A rate as it was typed: it has few decimals."""
    sign, exact = ("-", -exact) if exact < 0 else ("", exact)
    whole, part = divmod(exact.numerator * 10**10 // exact.denominator, 10**10)
    return f"{sign}{whole}.{part:010d}".rstrip("0").rstrip(".")


def _instalments(product: Product, principal: Paise | None, called: Called) -> Iterator[Wrong]:
    if (product.instalments is None) == (product.instalment is None) and not product.parts:
        both = called("instalments"), called("instalment")
        why = Said("give {one} (how many) or {other} (how much), one of the two.", one=both[0], other=both[1])
        yield Wrong("instalments", why)
        return
    yield from _parts(product, principal)
    count = product.instalments
    if product.parts and count not in {None, len(product.parts)}:
        yield Wrong(
            "instalments",
            Said("{count} instalments do not go with {parts} amounts.", count=count, parts=len(product.parts)),
        )
    count = len(product.parts) or (MOST_INSTALMENTS if count is None else count)
    if not 0 < count <= MOST_INSTALMENTS:
        yield Wrong(
            "instalments",
            Said("{count} is not a number of instalments from 1 to {most}.", count=count, most=MOST_INSTALMENTS),
        )
        return
    for field, free in (
        ("moratorium_principal", product.moratorium_principal),
        ("moratorium_interest", product.moratorium_interest),
    ):
        if not 0 <= free < count:
            why = Said("of {count} instalments a moratorium of {free} leaves none to pay in.", count=count, free=free)
            yield Wrong(field, why, "The number of instalments counts those inside the moratorium.")
    if product.instalment is not None:
        yield from _agreed(product, product.instalment, called)


def _parts(product: Product, principal: Paise | None) -> Iterator[Wrong]:
    """What is wrong with instalments of principal that were agreed on one by one."""
    if product.method == "custom" and not product.parts:
        yield Wrong("parts", "a custom loan has its instalments of principal one by one.", "List the amounts.")
    if product.parts and product.method != "custom":
        yield Wrong("parts", "only a custom loan has its instalments of principal one by one.")
    if product.parts and (product.moratorium_principal or product.moratorium_interest):
        why = "a custom loan has no moratorium: an instalment of principal may be 0.00."
        yield Wrong("parts", why, "Write the instalments as they are to be.")
    if product.parts and principal is not None and sum(product.parts) != principal:
        why = Said(
            "the parts add up to {sum}, and {amount} is lent.", sum=Amount(sum(product.parts)), amount=Amount(principal)
        )
        yield Wrong("parts", why, "Let them add up to what is lent.")
    if any(part < 0 for part in product.parts):
        yield Wrong("parts", "an instalment of principal is not below nought.")


def _agreed(product: Product, instalment: Paise, called: Called) -> Iterator[Wrong]:
    """What an instalment that is agreed on, in place of their number, does not go with."""
    if instalment <= 0:
        yield Wrong("instalment", "an instalment of nothing never pays a loan off.", "Give an amount above nought.")
    if product.method == "bullet":
        why = "a bullet loan is repaid whole with its last instalment."
        yield Wrong("instalment", why, Said("Say how many with {option}.", option=called("instalments")))
    if product.moratorium_interest and product.moratorium_treatment is Treatment.SPREAD:
        why = "interest is spread over a number of instalments that is known."
        yield Wrong("moratorium_treatment", why, Said("Say how many with {option}.", option=called("instalments")))


def _payments(product: Product) -> Iterator[Wrong]:
    """The order of appropriation, and what is paid ahead."""
    order = product.order
    if sorted(set(order) - {ACCRUED}) != sorted(ORDER) or len(set(order)) < len(order):
        parts = Said(
            "The parts are {parts}, and {accrued} where it is taken before it is due.",
            parts=", ".join(ORDER),
            accrued=ACCRUED,
        )
        yield Wrong("order", "each part of a demand stands in the order once.", parts)
    elif ACCRUED in order and order.index(ACCRUED) < max(order.index(INTEREST), order.index(OVERDUE_INTEREST)):
        yield Wrong(
            "order",
            Said("{accrued} is not due yet: it comes after the interest that is.", accrued=ACCRUED),
            "Put it behind.",
        )
    elif order[-1] != ADVANCE:
        yield Wrong(
            "order", "what is paid ahead comes after all that is due.", Said("Put {advance} last.", advance=ADVANCE)
        )
    if method_of(product.method).on_lent and product.prepayment is not Prepayment.ADVANCE:
        why = Said(
            "the interest of a {method} loan is on what was lent, so paying ahead does not make it less.",
            method=Said(product.method),
        )
        yield Wrong("prepayment", why, "What is paid ahead can only meet the next instalments: advance.")
