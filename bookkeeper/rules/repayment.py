"""What is due on a loan on a day, and how what was paid is split over overdue and current interest and principal.

The order is a rule of the group (domain notes, "Order of splitting a payment"). What is beyond all that is due is an
advance of principal.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bookkeeper.rules.appropriation import (
    INTEREST,
    OVERDUE_INTEREST,
    OVERDUE_PRINCIPAL,
    PARTS,
    PENALTY,
    PRINCIPAL,
)
from bookkeeper.rules.dates import last_day, month_of
from bookkeeper.rules.due_dates import Frequency, due_dates
from bookkeeper.rules.interest import Basis, Movement, charges
from bookkeeper.rules.money import Paise
from bookkeeper.rules.schedules import Instalment

_NOUGHT: Final = Paise(0)


@dataclass(frozen=True, slots=True)
class Due:
    """What is demanded on a loan, in paise, none below nought; `interest_advance` was paid before it was charged.

    `penalty` is the penal interest that is due.
    """

    outstanding: Paise
    principal_arrears: Paise
    principal_current: Paise
    interest_arrears: Paise
    interest_current: Paise
    interest_advance: Paise
    penalty: Paise = _NOUGHT

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
        return Paise(self.principal + self.interest + self.penalty)


@dataclass(frozen=True, slots=True)
class Tally:
    """What fell due on a loan and what was paid, all from its start to the end of a day; paise.

    Principal that was paid ahead is in `principal_paid`; of both kinds the due and the paid may each be the larger.
    """

    outstanding: Paise
    principal_due: Paise
    principal_paid: Paise
    interest_due: Paise
    interest_paid: Paise


@dataclass(frozen=True, slots=True)
class Split:
    """A payment in its parts, in paise; `advance` is the part of `principal` that was not yet due."""

    principal: Paise
    interest: Paise
    advance: Paise
    penalty: Paise = _NOUGHT


def split(amount: Paise, due: Due, order: Sequence[str] = PARTS) -> Split:
    """Split a payment over what is due, in the order given; the rest is principal in advance.

    Penal interest comes first where the order does not name it. The rest may be more than is outstanding: whoever posts
    it refuses that.
    """
    owed = {
        OVERDUE_INTEREST: due.interest_arrears,
        INTEREST: due.interest_current,
        OVERDUE_PRINCIPAL: due.principal_arrears,
        PRINCIPAL: due.principal_current,
        PENALTY: due.penalty,
    }
    left = int(amount)
    paid = dict.fromkeys(owed, 0)
    for part in order if PENALTY in order else (PENALTY, *order):
        if part in owed:
            paid[part] = min(left, owed[part])
            left -= paid[part]
    principal = paid[OVERDUE_PRINCIPAL] + paid[PRINCIPAL] + left
    interest = paid[OVERDUE_INTEREST] + paid[INTEREST]
    return Split(Paise(principal), Paise(interest), Paise(left), Paise(paid[PENALTY]))


class Reckoning(Protocol):
    """A loan in hand, by whatever rule it was given: what is demanded, owed and overdue on it on a day (ISO).

    `meetings` are the sorted days of meeting.
    """

    def due_on(self, on: str, meetings: Sequence[str]) -> Due:
        """What is demanded in a meeting on a day, after all else that moved by then."""

    def standing(self, as_of: str, meetings: Sequence[str]) -> Due:
        """What is owed at the end of a day: all that was demanded by then and not paid is arrears."""

    def tally(self, as_of: str, meetings: Sequence[str]) -> Tally:
        """What fell due by the end of a day, as `standing` reckons it, and what was paid."""

    def unpaid_since(self, as_of: str, meetings: Sequence[str]) -> str | None:
        """The day on which the earliest instalment or charge fell due that is not wholly paid; None if none is."""

    def schedule(self) -> tuple[tuple[str, Instalment], ...]:
        """The instalments as they were agreed on, each with its due date."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How the loan was to be paid: its instalments, the first due on the ISO day `first_due`, the rest each month."""

    instalments: tuple[Instalment, ...]
    first_due: str

    @property
    def parts(self) -> tuple[Paise, ...]:
        """The principal of each instalment, in paise."""
        return tuple(one.principal for one in self.instalments)

    @property
    def first(self) -> int:
        """The month in which the first instalment falls due, as in `rules.dates.month_of`."""
        return month_of(self.first_due)

    def count(self, month: int) -> int:
        """How many instalments have fallen due in a month or before."""
        return min(max(month - self.first + 1, 0), len(self.instalments))

    def due_by(self, month: int) -> Paise:
        """The principal that has fallen due by then."""
        return Paise(sum(one.principal for one in self.instalments[: self.count(month)]))


@dataclass(frozen=True, slots=True)
class Lent:
    """A loan in hand: its basis and plan, what was due of interest when the books began, and what moved since."""

    basis: Basis
    plan: Plan
    interest_due: Paise
    movements: tuple[Movement, ...]

    def due_on(self, on: str, meetings: Sequence[str]) -> Due:
        """What is demanded in a meeting on a day, after all else that moved by then; `meetings` sorted ISO days.

        Overdue is what the meeting before could have taken; of a group without meetings, what earlier months demanded.
        """
        before = [one for one in self.movements if one.date <= on]
        held = [day for day in meetings[: bisect_left(meetings, on)] if day > self.basis.since]
        month = month_of(on)
        earlier = month_of(held[-1]) if held else self.plan.first - 1 if meetings else month - 1
        return self._due(before, [*held, on], on, month, min(earlier, month))

    def standing(self, as_of: str, meetings: Sequence[str]) -> Due:
        """What is owed at the end of a day: all that was demanded by then and not paid is arrears."""
        until, held, month = self._by(as_of, meetings)
        return self._due(until, held, "", month, month)

    def tally(self, as_of: str, meetings: Sequence[str]) -> Tally:
        """What fell due by the end of a day, as `standing` reckons it, and what was paid."""
        until, held, month = self._by(as_of, meetings)
        outstanding = sum(one.principal for one in until)
        charged = sum(one.amount for one in charges(self.basis, until, held))
        return Tally(
            Paise(outstanding),
            self.plan.due_by(month),
            Paise(self._lent_in_all() - outstanding),
            Paise(self.interest_due + charged),
            Paise(sum(one.interest for one in until)),
        )

    def unpaid_since(self, as_of: str, meetings: Sequence[str]) -> str | None:
        """The day (ISO) on which the earliest instalment or charge fell due that is not wholly paid; None if none is.

        An instalment falls due in the first meeting of its month or after; of a group without meetings, with the month.
        What was due of interest at the cut-off is as old as that.
        """
        until, held, month = self._by(as_of, meetings)
        found = []
        repaid = self._lent_in_all() - sum(one.principal for one in until)
        for number, part in enumerate(self.plan.parts[: self.plan.count(month)]):
            repaid -= part
            if repaid < 0:
                falls = self.plan.first + number
                found.append(next((day for day in held if month_of(day) >= falls), last_day(falls)))
                break
        left = sum(one.interest for one in until) - self.interest_due
        if left < 0:
            found.append(self.basis.since)
        for charge in charges(self.basis, until, held):
            left -= charge.amount
            if left < 0:
                found.append(charge.date)
                break
        return min(found, default=None)

    def schedule(self) -> tuple[tuple[str, Instalment], ...]:
        """The instalments as they were agreed on, each with its due date."""
        days = due_dates(self.plan.first_due, Frequency.MONTHLY, 1, len(self.plan.instalments))
        return tuple(zip(days, self.plan.instalments, strict=False))

    def _by(self, as_of: str, meetings: Sequence[str]) -> tuple[list[Movement], list[str], int]:
        """What moved by the end of a day, the meetings held by then, and the month whose instalments are demanded."""
        until = [one for one in self.movements if one.date <= as_of]
        held = [day for day in meetings[: bisect_right(meetings, as_of)] if day > self.basis.since]
        earlier = self.plan.first - 1 if meetings else month_of(as_of) - 1
        return until, held, month_of(held[-1]) if held else earlier

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
