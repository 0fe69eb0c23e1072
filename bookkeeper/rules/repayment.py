"""What is due on a loan on a day, and how what was paid is split over overdue and current interest and principal.

The order is a rule of the group (domain notes, "Order of splitting a payment"). What is beyond all that is due is an
advance of principal.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bookkeeper.rules.dates import month_of
from bookkeeper.rules.interest import Basis, Movement, charges
from bookkeeper.rules.money import Paise

OVERDUE_INTEREST: Final = "overdue-interest"
INTEREST: Final = "interest"
OVERDUE_PRINCIPAL: Final = "overdue-principal"
PRINCIPAL: Final = "principal"
PARTS: Final = (OVERDUE_INTEREST, INTEREST, OVERDUE_PRINCIPAL, PRINCIPAL)
"""The parts of a demand, in the usual order of splitting."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is demanded on a loan, in paise, none below nought; `interest_advance` was paid before it was charged."""

    outstanding: Paise
    principal_arrears: Paise
    principal_current: Paise
    interest_arrears: Paise
    interest_current: Paise
    interest_advance: Paise

    @property
    def principal(self) -> Paise:
        """All principal that is due."""
        return Paise(self.principal_arrears + self.principal_current)

    @property
    def interest(self) -> Paise:
        """All interest that is due."""
        return Paise(self.interest_arrears + self.interest_current)

    @property
    def total(self) -> Paise:
        """All that is due."""
        return Paise(self.principal + self.interest)


@dataclass(frozen=True, slots=True)
class Split:
    """A payment in its two parts, in paise; `advance` is the part of `principal` that was not yet due."""

    principal: Paise
    interest: Paise
    advance: Paise


def split(amount: Paise, due: Due, order: Sequence[str] = PARTS) -> Split:
    """Split a payment over what is due, in the order given; the rest is principal in advance.

    It may then be more than is outstanding: whoever posts it refuses that.
    """
    owed = {
        OVERDUE_INTEREST: due.interest_arrears,
        INTEREST: due.interest_current,
        OVERDUE_PRINCIPAL: due.principal_arrears,
        PRINCIPAL: due.principal_current,
    }
    left = int(amount)
    paid = dict.fromkeys(PARTS, 0)
    for part in order:
        paid[part] = min(left, owed[part])
        left -= paid[part]
    principal = paid[OVERDUE_PRINCIPAL] + paid[PRINCIPAL] + left
    return Split(Paise(principal), Paise(paid[OVERDUE_INTEREST] + paid[INTEREST]), Paise(left))


@dataclass(frozen=True, slots=True)
class Plan:
    """How principal falls due: parts by instalment (paise), the first in the month `first` (`rules.dates.month_of`)."""

    parts: tuple[Paise, ...]
    first: int

    def count(self, month: int) -> int:
        """How many instalments have fallen due in a month or before."""
        return min(max(month - self.first + 1, 0), len(self.parts))

    def due_by(self, month: int) -> Paise:
        """The principal that has fallen due by then."""
        return Paise(sum(self.parts[: self.count(month)]))


@dataclass(frozen=True, slots=True)
class Lent:
    """A loan in hand: its basis and plan, what was due of interest when the books began, and what moved since."""

    basis: Basis
    plan: Plan
    interest_due: Paise
    movements: tuple[Movement, ...]

    def due_on(self, on: str, meetings: Sequence[str]) -> Due:
        """What is demanded in a meeting on a day, before anything is collected in it; `meetings` sorted ISO days.

        Overdue is what the meeting before could have taken; of a group without meetings, what earlier months demanded.
        """
        before = [one for one in self.movements if one.date < on]
        held = [day for day in meetings[: bisect_left(meetings, on)] if day > self.basis.since]
        month = month_of(on)
        earlier = month_of(held[-1]) if held else self.plan.first - 1 if meetings else month - 1
        return self._due(before, [*held, on], on, month, min(earlier, month))

    def standing(self, as_of: str, meetings: Sequence[str]) -> Due:
        """What is owed at the end of a day: all that was demanded by then and not paid is arrears."""
        until = [one for one in self.movements if one.date <= as_of]
        held = [day for day in meetings[: bisect_right(meetings, as_of)] if day > self.basis.since]
        month = month_of(held[-1]) if held else month_of(as_of) - 1
        return self._due(until, held, "", month, month)

    def _due(self, movements: Sequence[Movement], days: Sequence[str], current: str, month: int, earlier: int) -> Due:
        outstanding = sum(one.principal for one in movements)
        repaid = self._lent_in_all() - outstanding
        demanded = self.plan.due_by(earlier)
        arrears = max(min(demanded - repaid, outstanding), 0)
        owed = max(min(self.plan.due_by(month) - repaid, outstanding), 0)
        made = charges(self.basis, movements, days)
        paid = sum(one.interest for one in movements)
        before = self.interest_due + sum(one.amount for one in made if one.date != current) - paid
        now = sum(one.amount for one in made if one.date == current)
        advance = max(-before, 0)
        return Due(
            Paise(outstanding),
            Paise(arrears),
            Paise(owed - arrears),
            Paise(max(before, 0)),
            Paise(max(now - advance, 0)),
            Paise(max(advance - now, 0)),
        )

    def _lent_in_all(self) -> int:
        """The principal that the plan spreads."""
        return sum(self.plan.parts)
