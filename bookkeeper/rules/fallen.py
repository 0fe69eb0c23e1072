"""Instalments that have fallen due, and how a payment is taken over them. Amounts in paise, days ISO."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bookkeeper.rules.appropriation import (
    ACCRUED,
    FEE,
    INTEREST,
    OVERDUE_INTEREST,
    OVERDUE_PRINCIPAL,
    PENALTY,
    PRINCIPAL,
)

_NOTHING: Final = Fraction(0)
_OF_PRINCIPAL: Final = {OVERDUE_PRINCIPAL, PRINCIPAL}
_OVERDUE: Final = {OVERDUE_INTEREST, OVERDUE_PRINCIPAL}
_BESIDE: Final = {PENALTY, FEE, ACCRUED}


@dataclass(slots=True)
class Fallen:
    """An instalment that has fallen due, and what of it is paid; `outstanding` is what the schedule leaves after it.

    `subvention` is what a scheme bears of the interest of its period, beside `interest`, which the borrower bears;
    `bearing` is what bore interest in that period, in paise for a year, where there is a scheme.
    """

    number: int
    due: str
    principal: int
    interest: int
    outstanding: int
    paid_principal: int = 0
    paid_interest: int = 0
    subvention: int = 0
    bearing: Fraction = _NOTHING
    closed: str | None = None
    """The day on which it was wholly paid."""

    def unpaid(self, *, principal: bool) -> int:
        """What is still to be paid of its principal, or of its interest."""
        return self.principal - self.paid_principal if principal else self.interest - self.paid_interest

    @property
    def is_open(self) -> bool:
        """Whether something of it is still to be paid."""
        return self.paid_principal < self.principal or self.paid_interest < self.interest

    def take(self, left: int, *, principal: bool) -> int:
        """Pay on it at most so much; the answer is what it took. A negative amount takes so much back, at most."""
        if left >= 0:
            taken = min(left, self.unpaid(principal=principal))
        else:
            taken = -min(-left, self.paid_principal if principal else self.paid_interest)
        if principal:
            self.paid_principal += taken
        else:
            self.paid_interest += taken
        return taken

    def mark(self, day: str) -> None:
        """Note the day on which it came to be wholly paid, or that it is open again."""
        self.closed = None if self.is_open else self.closed or day


def appropriated(
    amount: int,
    rows: Sequence[Fallen],
    beside: Mapping[str, int],
    day: str,
    order: Sequence[str],
    *,
    oldest_first: bool,
) -> dict[str, int]:
    """The parts of a payment over what is due on a day, in the order given; what is left over is in none.

    `beside` is what is due beside the instalments. Part by part, or (`oldest_first`) instalment by instalment: then
    what is beside them comes before all of them, or after. The instalments are marked as paid.
    """
    parts = dict.fromkeys((*beside, OVERDUE_INTEREST, INTEREST, OVERDUE_PRINCIPAL, PRINCIPAL), 0)
    steps: list[tuple[str, Sequence[Fallen]]]
    kinds = [kind for kind in order if kind in parts]
    if oldest_first:
        first = next(place for place, kind in enumerate(kinds) if kind not in _BESIDE)
        steps = [(kind, ()) for kind in kinds[:first]]
        steps += [(kind, (row,)) for row in rows for kind in kinds if kind not in _BESIDE]
        steps += [(kind, ()) for kind in kinds[first:] if kind in _BESIDE]
    else:
        steps = [(kind, rows) for kind in kinds]
    left = amount
    for kind, some in steps:
        if kind in _BESIDE:
            taken = min(left, beside[kind])
        else:
            taken = 0
            for row in some:
                if (row.due < day) is (kind in _OVERDUE):
                    taken += row.take(left - taken, principal=kind in _OF_PRINCIPAL)
        parts[kind] += taken
        left -= taken
    return parts


def settled(amount: int, rows: Sequence[Fallen], *, principal: bool) -> int:
    """Pay on the principal (or the interest) of instalments, oldest first; the answer is what is left over.

    A negative amount is taken back, newest first.
    """
    for row in rows if amount >= 0 else reversed(rows):
        if not amount:
            break
        amount -= row.take(amount, principal=principal)
    return amount
