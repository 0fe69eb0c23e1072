"""Custom: instalments of principal that were agreed on one by one, with interest on the outstanding.

The last takes what is left; where none were agreed on, it takes all.
"""

from __future__ import annotations

from bookkeeper.rules.schedules import Method, Terms


def agreed_part(terms: Terms, outstanding: int, number: int) -> int:
    """The principal (paise) that was agreed on for an instalment, at most what is owed."""
    parts = terms.clauses.parts if terms.clauses else ()
    return min(int(parts[number - 1]), outstanding) if number <= len(parts) else 0


METHOD = Method(agreed_part, each=True)
