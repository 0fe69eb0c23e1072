"""Equal principal, interest on the outstanding: what groups call reducing balance (domain rule 5).

An instalment that was agreed on is one of principal; interest comes on top.
"""

from __future__ import annotations

from bookkeeper.rules.schedules import Instalment, Terms, equal_part, walked


def schedule(terms: Terms) -> tuple[Instalment, ...]:
    """The instalments of a loan that is paid on the day."""
    return walked(terms, equal_part)
