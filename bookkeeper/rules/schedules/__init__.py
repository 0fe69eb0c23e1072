"""Schedules of loans: one file a method, each with `schedule(terms)`.

What lives here: how principal falls due, instalment by instalment, and the interest that a loan paid to the day bears.
What does not: dates of meetings, payments, arrears. Pure arithmetic.

A method says how large the equal part is and what it is a part of; `walked` goes from instalment to instalment.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from math import lcm
from typing import Final, cast

from bookkeeper.rules.money import How, Paise, Rounding, RoundTo, rounded, rounded_ratio, shown


class Treatment(StrEnum):
    """What becomes of the interest that a moratorium puts off; none of it bears interest unless it is capitalised."""

    COLLECT = "collect"  # due whole with the first instalment after the moratorium
    CAPITALISE = "capitalise"  # added to the principal on each due date of the moratorium
    SPREAD = "spread"  # due in equal parts with the instalments after it


@dataclass(frozen=True, slots=True)
class Clauses:
    """What a loan's paper may say beyond the ordinary.

    `lengths` are those of the periods, in the unit of the rate (years, where the rate is one a year); `agreed` (paise)
    is an instalment that was agreed on, so that `Terms.instalments` is only the most there may be; the first
    `principal_free` instalments have no principal in them, the first `interest_free` no interest.
    """

    lengths: tuple[Fraction, ...]
    round_instalment: How = RoundTo(1)  # noqa: RUF009  # it is frozen
    agreed: Paise | None = None
    principal_free: int = 0
    interest_free: int = 0
    treatment: Treatment = Treatment.COLLECT


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a loan: `principal` in paise, `rate` in percent for each instalment's period, exact.

    `round_principal` is applied to each instalment of principal (the last takes what is left), `round_interest` once
    to each charge. Where there are `clauses`, the rate is that of their unit of time.
    """

    principal: Paise
    rate: Fraction
    instalments: int
    round_principal: How = Rounding.TO_RUPEE
    round_interest: How = Rounding.TO_RUPEE
    clauses: Clauses | None = None


@dataclass(frozen=True, slots=True)
class Instalment:
    """One instalment, numbered from 1: what is due of principal and interest, and what is owed after it. Paise."""

    number: int
    principal: Paise
    interest: Paise
    outstanding: Paise


class NeverPaidOff(ValueError):
    """The instalment that was agreed on does not pay the loan off; the message is made for the user."""


def methods() -> tuple[str, ...]:
    """The methods there are, by the names that products, meetings and files use."""
    return tuple(sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__)))


@cache
def method_of(name: str) -> Callable[[Terms], tuple[Instalment, ...]]:
    """The schedule of a method. Raises ModuleNotFoundError for a name that is none of `methods`."""
    module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    return cast("Callable[[Terms], tuple[Instalment, ...]]", module.schedule)


@lru_cache(maxsize=4096)
def schedule_of(name: str, terms: Terms) -> tuple[Instalment, ...]:
    """The schedule of these terms by a method; remembered, since a loan is asked for it at each meeting."""
    return method_of(name)(terms)


def principal_parts(principal: Paise, instalments: int, how: How) -> tuple[Paise, ...]:
    """Equal parts of principal, each rounded; the last takes what is left, and none takes more than there is."""
    part = rounded(Fraction(principal, instalments), how)
    parts = []
    left = int(principal)
    for _ in range(instalments - 1):
        taken = min(part, left)
        parts.append(Paise(taken))
        left -= taken
    return (*parts, Paise(left))


def equal_part(terms: Terms, outstanding: int, number: int) -> Paise:
    """The equal part of principal (paise) from instalment `number` on: as agreed, or what is owed over what is left."""
    if terms.clauses and terms.clauses.agreed is not None:
        return terms.clauses.agreed
    return rounded_ratio(outstanding, terms.instalments - number + 1, terms.round_principal)


def charges(terms: Terms) -> tuple[tuple[int, ...], int]:
    """What each period's interest is of the principal: numerators, and the denominator they have in common."""
    rate = terms.rate
    if terms.clauses is None:
        return (rate.numerator,) * terms.instalments, 100 * rate.denominator
    parts = lcm(*{length.denominator for length in terms.clauses.lengths})
    times = (length.numerator * (parts // length.denominator) for length in terms.clauses.lengths)
    return tuple(rate.numerator * one for one in times), 100 * rate.denominator * parts


Level = Callable[[Terms, int, int], int]
"""What is equal in the instalments from a number on, in paise, from the terms, what is owed, and that number."""


def walked(terms: Terms, level: Level, *, whole: bool = False, on_lent: bool = False) -> tuple[Instalment, ...]:
    """The instalments of a loan that is paid on the day; none takes more principal than is owed, the last the rest.

    The `level` part is one of principal, or (`whole`) of principal and interest together; interest is on what is
    outstanding, or (`on_lent`) on what was lent. Raises NeverPaidOff for an agreed instalment that is too small.
    """
    clauses = terms.clauses or _ORDINARY
    last = terms.instalments if clauses.agreed is None else 0
    begins = {clauses.principal_free + 1}
    if clauses.treatment is Treatment.CAPITALISE:
        begins.add(max(clauses.interest_free, clauses.principal_free) + 1)
    lent = outstanding = int(terms.principal)
    equal, waiting = 0, _Waiting(terms, clauses)
    found: list[Instalment] = []
    numerators, denominator = charges(terms)
    for number, numerator in enumerate(numerators, 1):
        base = lent if on_lent else outstanding
        accrued = int(rounded_ratio(base * numerator, denominator, terms.round_interest))
        interest = waiting.due(number, accrued) if clauses.interest_free else accrued
        if number in begins:
            equal = level(terms, outstanding, number)
            if whole and terms.clauses and equal < accrued and number == clauses.principal_free + 1:
                begins.add(number + 1)  # a long first period bears more interest than the equal instalment holds
        if number == last:
            part = outstanding
        elif number <= clauses.principal_free:
            part = 0
        else:
            part = equal - accrued if whole else _with_interest(terms, equal, interest)
            part = min(max(part, 0), outstanding)
        capitalised = waiting.capitalised(number, accrued)
        outstanding += capitalised - part
        lent += capitalised
        found.append(Instalment(number, Paise(part), Paise(interest), Paise(outstanding)))
        if not (last or outstanding or waiting.amount):
            break
    if outstanding:
        raise NeverPaidOff(_why_never(equal, found))
    return tuple(found)


def _with_interest(terms: Terms, equal: int, interest: int) -> int:
    """A part of principal such that it and the interest due with it make a rounded instalment."""
    if terms.clauses and equal:
        return rounded_ratio(equal + interest, 1, terms.clauses.round_instalment) - interest
    return equal


class _Waiting:
    """The interest that a moratorium has put off and that still waits to fall due, in paise."""

    def __init__(self, terms: Terms, clauses: Clauses) -> None:
        self._terms, self._clauses = terms, clauses
        self._shares: tuple[Paise, ...] = ()
        self.amount = 0

    def due(self, number: int, accrued: int) -> int:
        """What falls due with an instalment, in whose period so much has accrued."""
        free, treatment = self._clauses.interest_free, self._clauses.treatment
        if number <= free:
            self.amount += 0 if treatment is Treatment.CAPITALISE else accrued
            return 0
        if number == free + 1 and treatment is Treatment.SPREAD:
            left = self._terms.instalments - free
            self._shares = principal_parts(Paise(self.amount), left, self._terms.round_interest)
        share = self._shares[number - free - 1] if self._shares else self.amount
        self.amount -= share
        return accrued + share

    def capitalised(self, number: int, accrued: int) -> int:
        """What of the interest that accrued in a period becomes principal on its due date."""
        capitalise = self._clauses.treatment is Treatment.CAPITALISE
        return accrued if capitalise and number <= self._clauses.interest_free else 0


def _why_never(equal: int, found: list[Instalment]) -> str:
    owed, interest = shown(found[-1].outstanding), shown(max(one.interest for one in found))
    return (
        f"{shown(equal)} an instalment does not pay the loan off: after {len(found)} instalments {owed} would still be "
        f"owed, and interest alone comes to {interest} in one of them."
    )


_ORDINARY: Final = Clauses(())
