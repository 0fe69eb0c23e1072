"""What a payment on a loan is split over, and in which order: names alone, so that who only names them loads little."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

PENALTY, FEE = "penalty", "fee"
OVERDUE_INTEREST, INTEREST = "overdue-interest", "interest"
OVERDUE_PRINCIPAL, PRINCIPAL = "overdue-principal", "principal"
ACCRUED = "accrued-interest"
ADVANCE = "advance"
ORDER: Final = (PENALTY, FEE, OVERDUE_INTEREST, INTEREST, OVERDUE_PRINCIPAL, PRINCIPAL, ADVANCE)
"""What a payment is split over, in the usual order of appropriation; what is paid ahead always comes last.

An order may also name `ACCRUED`: the interest of the running period, up to the day where days are counted, of the whole
period else. Without it that interest is not taken before it is due.
"""


def whole_order(named: Sequence[str]) -> tuple[str, ...]:
    """An order of appropriation as it was named: what it leaves out follows in the usual order.

    Interest, or principal, whose overdue part is not named stands for both: the overdue part first.
    """
    parts: list[str] = []
    for kind in named:
        overdue = {INTEREST: OVERDUE_INTEREST, PRINCIPAL: OVERDUE_PRINCIPAL}.get(kind)
        parts += [overdue, kind] if overdue and overdue not in named else [kind]
    return (*parts, *(kind for kind in ORDER if kind not in parts))


PARTS: Final = (OVERDUE_INTEREST, INTEREST, OVERDUE_PRINCIPAL, PRINCIPAL)
"""The parts of a demand, in the usual order of splitting."""
