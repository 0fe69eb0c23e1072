"""Equal principal, interest on the outstanding: what groups call reducing balance (domain rule 5)."""

from __future__ import annotations

from bookkeeper.rules.money import Paise
from bookkeeper.rules.schedules import Instalment, Terms, interest_of, principal_parts


def schedule(terms: Terms) -> tuple[Instalment, ...]:
    """The instalments of a loan that is paid on the day."""
    found = []
    outstanding = int(terms.principal)
    for number, part in enumerate(principal_parts(terms.principal, terms.instalments, terms.round_principal), 1):
        interest = interest_of(outstanding, terms)
        outstanding -= part
        found.append(Instalment(number, part, interest, Paise(outstanding)))
    return tuple(found)
