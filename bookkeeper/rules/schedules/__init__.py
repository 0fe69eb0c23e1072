"""Schedules of loans: one file a method, each with `schedule(terms)`.

What lives here: how principal falls due, instalment by instalment, and the interest that a loan paid to the day bears.
What does not: dates of meetings, payments, arrears. Pure arithmetic.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import cast

from bookkeeper.rules.money import Paise, Rounding, rounded


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a loan: `principal` in paise, `rate` in percent for each instalment's period, exact.

    `round_principal` is applied to each instalment of principal (the last takes what is left), `round_interest` once
    to each charge.
    """

    principal: Paise
    rate: Fraction
    instalments: int
    round_principal: Rounding = Rounding.TO_RUPEE
    round_interest: Rounding = Rounding.TO_RUPEE


@dataclass(frozen=True, slots=True)
class Instalment:
    """One instalment, numbered from 1: what is due of principal and interest, and what is owed after it. Paise."""

    number: int
    principal: Paise
    interest: Paise
    outstanding: Paise


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


def interest_of(outstanding: int, terms: Terms) -> Paise:
    """The interest of one period on a principal, rounded as the terms say; paise."""
    return rounded(outstanding * terms.rate * Fraction(1, 100), terms.round_interest)


def principal_parts(principal: Paise, instalments: int, how: Rounding) -> tuple[Paise, ...]:
    """Equal parts of principal, each rounded; the last takes what is left, and none takes more than there is."""
    part = rounded(Fraction(principal, instalments), how)
    parts = []
    left = int(principal)
    for _ in range(instalments - 1):
        taken = min(part, left)
        parts.append(Paise(taken))
        left -= taken
    return (*parts, Paise(left))
