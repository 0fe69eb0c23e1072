"""Equal instalments (EMI): the instalment that pays principal and interest off in so many equal parts, then rounded.

The annuity formula, for periods that need not be equal: principal ÷ Σ 1 ÷ ((1 + i₁) … (1 + iₖ)), where i is what a
period's interest is of the principal; with equal periods that is principal × i ÷ (1 - (1 + i)^-n). The last
instalment takes what is left.
"""

from __future__ import annotations

from bookkeeper.rules.money import Paise, rounded_ratio
from bookkeeper.rules.schedules import Method, Terms, charges


def instalment(terms: Terms, outstanding: int, number: int) -> Paise:
    """The equal instalment in paise from instalment `number` on, as agreed, or else rounded.

    It is rounded as the clauses say, without any as principal is. After k periods (principal × `grown` - instalment ×
    `paid`) ÷ denominator^k is owed; nothing is owed after the last.
    """
    clauses = terms.clauses
    if clauses and clauses.agreed is not None:
        return clauses.agreed
    numerators, denominator = charges(terms)
    grown, paid, power = 1, 0, 1
    for numerator in numerators[number - 1 :]:
        grown *= denominator + numerator
        power *= denominator
        paid = paid * (denominator + numerator) + power
    return rounded_ratio(outstanding * grown, paid, clauses.round_instalment if clauses else terms.round_principal)


METHOD = Method(instalment, whole=True)
