"""Schedules of loans: one file a method, each with its `METHOD`.

What lives here: how principal falls due, instalment by instalment, and the interest that a loan paid to the day bears.
What does not: dates of meetings, payments, arrears. Pure arithmetic.

A method says how large the equal part is and what it is a part of; a `Walk` goes from instalment to instalment.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from math import lcm
from typing import Final, TypeAlias, cast

from bookkeeper.rules.money import Amount, How, Paise, Rounding, RoundTo, rounded, rounded_ratio
from bookkeeper.rules.said import Said


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
    `principal_free` instalments have no principal in them, the first `interest_free` no interest. `parts` (paise) are
    the instalments of principal that were agreed on one by one.
    """

    lengths: tuple[Fraction, ...]
    round_instalment: How = RoundTo(1)  # noqa: RUF009  # it is frozen
    agreed: Paise | None = None
    principal_free: int = 0
    interest_free: int = 0
    treatment: Treatment = Treatment.COLLECT
    parts: tuple[Paise, ...] = ()


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


Level: TypeAlias = Callable[[Terms, int, int], int]
"""What is equal in the instalments from a number on, in paise, from the terms, what is owed, and that number."""


@dataclass(frozen=True, slots=True)
class Method:
    """How a loan falls due: its `level` part is one of principal, or (`whole`) of principal and interest together.

    Interest is on what is outstanding, or (`on_lent`) on what was lent. The level is asked for where equal instalments
    begin, or (`each`) at every instalment. `agreed_whole`: an instalment that was agreed on holds interest too.
    """

    level: Level
    whole: bool = False
    on_lent: bool = False
    each: bool = False
    agreed_whole: bool = False


@cache
def method_of(name: str) -> Method:
    """A method by its name. Raises ModuleNotFoundError for a name that is none of `methods`."""
    module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    return cast("Method", module.METHOD)


@lru_cache(maxsize=4096)
def schedule_of(name: str, terms: Terms) -> tuple[Instalment, ...]:
    """The instalments of a loan that is paid on the day; remembered, since a loan is asked for it at each meeting.

    Raises NeverPaidOff for an agreed instalment that is too small.
    """
    walk = Walk(terms, method_of(name))
    numerators, denominator = charges(terms)
    found = []
    for numerator in numerators:
        interest = rounded_ratio(walk.base * numerator, denominator, terms.round_interest)
        found.append(walk.fall(interest))
        if walk.is_over:
            break
    if walk.outstanding:
        raise NeverPaidOff(why_never(walk.equal, found))
    return tuple(found)


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


class Walk:
    """From instalment to instalment of a loan, each told what interest accrued before it; amounts in paise.

    No instalment takes more principal than is owed, the last takes the rest.
    """

    def __init__(self, terms: Terms, method: Method) -> None:
        self.terms = terms
        self.outstanding = int(terms.principal)
        self.equal = 0
        self.number = 0
        self._lent = int(terms.principal)
        self._method = method
        clauses = terms.clauses or _ORDINARY
        self._clauses = clauses
        self._last = 0
        self._whole = method.whole or (method.agreed_whole and clauses.agreed is not None)
        self._waiting = _Waiting(terms, clauses)
        self.reopen()
        self._begins = {clauses.principal_free + 1}
        if clauses.treatment is Treatment.CAPITALISE:
            self._begins.add(max(clauses.interest_free, clauses.principal_free) + 1)

    @property
    def base(self) -> int:
        """What the interest of the running period is on."""
        return self._lent if self._method.on_lent else self.outstanding

    @property
    def put_off(self) -> int:
        """The interest that a moratorium put off and that has not fallen due, in paise."""
        return self._waiting.amount

    @property
    def is_over(self) -> bool:
        """Whether the last instalment has fallen; where one was agreed on, whether nothing is owed any more."""
        if self._last:
            return self.number >= self._last
        return not (self.outstanding or self._waiting.amount)

    def fall(self, accrued: int) -> Instalment:
        """The next instalment falls due; so much interest accrued in its period."""
        self.number += 1
        number, clauses, terms = self.number, self._clauses, self.terms
        interest = self._waiting.due(number, accrued) if clauses.interest_free else accrued
        if number in self._begins or self._method.each:
            self.equal = self._method.level(terms, self.outstanding, number)
            if self._whole and terms.clauses and self.equal < accrued and number == clauses.principal_free + 1:
                self._begins.add(number + 1)  # a long first period bears more interest than the equal instalment holds
        if number == self._last:
            part = self.outstanding
        elif number <= clauses.principal_free:
            part = 0
        else:
            part = self.equal - accrued if self._whole else _with_interest(terms, self.equal, interest)
            part = min(max(part, 0), self.outstanding)
        capitalised = self._waiting.capitalised(number, accrued)
        self.outstanding += capitalised - part
        self._lent += capitalised
        return Instalment(number, Paise(part), Paise(interest), Paise(self.outstanding))

    def lend(self, amount: int) -> None:
        """More is lent: the instalments that are left are made equal anew."""
        self.outstanding += amount
        self._lent += amount
        self.reopen()
        self.relevel()

    def prepay(self, amount: int) -> None:
        """So much is paid ahead, off the last instalments."""
        self.outstanding -= amount

    def relevel(self, terms: Terms | None = None) -> None:
        """The instalments that are left are made equal anew, on new terms if there are."""
        self.terms = terms or self.terms
        self._begins.add(max(self.number, self._clauses.principal_free) + 1)

    def close(self) -> None:
        """The next instalment takes all that is left, the interest with it that a moratorium put off."""
        self._last = self.number + 1
        self._waiting.released = True

    def reopen(self) -> None:
        """The instalments go on as before it was closed."""
        self._waiting.released = False
        self._last = self.terms.instalments if self._clauses.agreed is None else 0


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
        self.released = False

    def due(self, number: int, accrued: int) -> int:
        """What falls due with an instalment, in whose period so much has accrued."""
        free, treatment = self._clauses.interest_free, self._clauses.treatment
        if self.released:
            put_off, self.amount = self.amount, 0
            return accrued + put_off
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


def why_never(equal: int, found: Sequence[Instalment]) -> str:
    """Why instalments of so much (paise) do not pay a loan off, for the user."""
    owed, interest = Amount(found[-1].outstanding), Amount(max(one.interest for one in found))
    return Said(
        "{equal} an instalment does not pay the loan off: after {count} instalments {owed} would still be "
        "owed, and interest alone comes to {interest} in one of them.",
        equal=Amount(equal),
        count=len(found),
        owed=owed,
        interest=interest,
    )


_ORDINARY: Final = Clauses(())
