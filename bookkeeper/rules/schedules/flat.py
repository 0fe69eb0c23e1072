"""Flat: equal principal, and in each period the same interest on the whole that was lent.

An instalment that was agreed on holds both. Interest that is capitalised counts as lent.
"""

from __future__ import annotations

from bookkeeper.rules.schedules import Instalment, Terms, equal_part, walked


def schedule(terms: Terms) -> tuple[Instalment, ...]:
    """The instalments of a loan that is paid on the day."""
    agreed = terms.clauses is not None and terms.clauses.agreed is not None
    return walked(terms, equal_part, whole=agreed, on_lent=True)
