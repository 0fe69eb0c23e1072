"""Flat: equal principal, and in each period the same interest on the whole that was lent."""

from __future__ import annotations

from bookkeeper.rules.money import Paise
from bookkeeper.rules.schedules import Instalment, Terms, interest_of, principal_parts


def schedule(terms: Terms) -> tuple[Instalment, ...]:
    """The instalments of a loan that is paid on the day."""
    found = []
    outstanding = int(terms.principal)
    interest = interest_of(terms.principal, terms)
    for number, part in enumerate(principal_parts(terms.principal, terms.instalments, terms.round_principal), 1):
        outstanding -= part
        found.append(Instalment(number, part, interest, Paise(outstanding)))
    return tuple(found)
