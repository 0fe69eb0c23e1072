"""Equal instalments (EMI): the instalment that pays principal and interest off in so many equal parts, then rounded.

The annuity formula: principal × rate ÷ (1 - (1 + rate)^-n), rate of one period. The last instalment takes what is left.
"""

from __future__ import annotations

from fractions import Fraction

from bookkeeper.rules.money import Paise, rounded
from bookkeeper.rules.schedules import Instalment, Terms, interest_of


def instalment(terms: Terms) -> Paise:
    """The equal instalment in paise, rounded as principal is."""
    rate = terms.rate * Fraction(1, 100)
    if not rate:
        return rounded(Fraction(terms.principal, terms.instalments), terms.round_principal)
    growth = (1 + rate) ** terms.instalments
    return rounded(terms.principal * rate * growth * (growth - 1) ** -1, terms.round_principal)


def schedule(terms: Terms) -> tuple[Instalment, ...]:
    """The instalments of a loan that is paid on the day; none takes more principal than is owed."""
    found = []
    equal = instalment(terms)
    outstanding = int(terms.principal)
    for number in range(1, terms.instalments + 1):
        interest = interest_of(outstanding, terms)
        part = outstanding if number == terms.instalments else min(max(equal - interest, 0), outstanding)
        outstanding -= part
        found.append(Instalment(number, Paise(part), interest, Paise(outstanding)))
    return tuple(found)
