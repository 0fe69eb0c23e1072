"""A loan in hand that was given by a product: what is demanded and owed on it follows from its account."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import accumulate

from bookkeeper.rules.interest import Movement
from bookkeeper.rules.loan_account import LoanAccount
from bookkeeper.rules.loan_product import Product
from bookkeeper.rules.money import Paise
from bookkeeper.rules.repayment import Due, Tally
from bookkeeper.rules.schedules import Instalment, schedule_of


@dataclass(frozen=True, slots=True)
class _Agreed:
    """A schedule as it was agreed on, with its due dates, and the sums up to each place; nought stands first. Paise."""

    instalments: tuple[tuple[str, Instalment], ...]
    dues: tuple[str, ...]
    principal: tuple[int, ...]
    interest: tuple[int, ...]

    @classmethod
    def of(cls, there: Iterable[tuple[str, Instalment]]) -> _Agreed:
        """The sums of a schedule."""
        rows = tuple(there)
        principal = accumulate((one.principal for _, one in rows), initial=0)
        interest = accumulate((one.interest for _, one in rows), initial=0)
        return cls(rows, tuple(due for due, _ in rows), tuple(principal), tuple(interest))

    def due(self, on: str, until: str, outstanding: Paise, paid: int, received: int) -> Due:
        """What is due on a day when so much principal was paid and interest received, parted as in `ByProduct`."""
        now = bisect_right(self.dues, on)
        before = min(bisect_right(self.dues, until) if until else bisect_left(self.dues, on), now)
        principal, interest = self.principal, self.interest
        arrears, late = max(principal[before] - paid, 0), max(interest[before] - received, 0)
        return Due(
            outstanding,
            Paise(arrears),
            Paise(max(principal[now] - paid, 0) - arrears),
            Paise(late),
            Paise(max(interest[now] - received, 0) - late),
            Paise(max(received - interest[now], 0)),
        )

    def unpaid_since(self, as_of: str, paid: int, received: int) -> str | None:
        """The earliest due date by a day on which more had fallen due than was paid."""
        place = min(bisect_right(self.principal, paid), bisect_right(self.interest, received)) - 1
        return self.dues[place] if place < bisect_right(self.dues, as_of) else None


@dataclass(slots=True)
class ByProduct:
    """A `rules.repayment.Reckoning` by a product: its due dates (ISO), and what moved, in order of days.

    Where what is paid changes neither schedule nor interest, the sums of both are enough; else its account is kept.
    """

    product: Product
    dues: tuple[str, ...]
    movements: tuple[Movement, ...]
    _kept: tuple[str, LoanAccount] | None = field(default=None, repr=False, compare=False)
    _agreed: _Agreed | None = field(default=None, repr=False, compare=False)

    def due_on(self, on: str, meetings: Sequence[str]) -> Due:
        """What is demanded in a meeting on a day, after all else that moved by then.

        What the meeting before could have taken is overdue; of an entity without meetings, what fell due before.
        """
        held = [day for day in meetings[: bisect_left(meetings, on)] if day > self.movements[0].date]
        until = held[-1] if held else self.movements[0].date if meetings else ""
        return self._due(on, until)

    def standing(self, as_of: str, meetings: Sequence[str]) -> Due:
        """What is owed at the end of a day: all that fell due by then and is not paid is arrears."""
        del meetings  # its due dates are its own
        return self._due(as_of, as_of)

    def tally(self, as_of: str, meetings: Sequence[str]) -> Tally:
        """What fell due by the end of a day and what was paid; what was paid off the last instalments is both."""
        del meetings
        account = self._account(as_of)
        until = [one for one in self.movements if one.date <= as_of]
        paid = sum(one.lent - one.principal for one in until)
        by_rows = sum(row.paid_principal for row in account.rows)
        due = sum(row.principal for row in account.rows) + max(paid - by_rows - account.ahead, 0)
        interest = sum(row.interest for row in account.rows)
        received = sum(one.interest for one in until)
        return Tally(Paise(account.outstanding), Paise(due), Paise(paid), Paise(interest), Paise(received))

    def unpaid_since(self, as_of: str, meetings: Sequence[str]) -> str | None:
        """The day on which the earliest instalment fell due that is not wholly paid; None if none is."""
        del meetings
        if (paid := self._plainly_paid(as_of)) is not None:
            return self._sums().unpaid_since(as_of, *paid)
        return next((row.due for row in self._account(as_of).open_rows()), None)

    def account(self, on: str) -> LoanAccount:
        """A copy of its account at the end of a day, on which further payments may be tried."""
        return deepcopy(self._account(on))

    def accrued(self, on: str) -> Paise:
        """The interest that its payoff on a day holds beside what is due."""
        state = self._account(on).state(on)
        return Paise(state.payoff - state.outstanding - state.interest_due - state.penalty_due - state.fee_due)

    def schedule(self) -> tuple[tuple[str, Instalment], ...]:
        """The instalments as they were agreed on, each with its due date."""
        return self._sums().instalments

    def _sums(self) -> _Agreed:
        if self._agreed is None:
            first = self.movements[0]
            terms = self.product.terms(Paise(first.lent), first.date, self.dues, known=first.date)
            self._agreed = _Agreed.of(zip(self.dues, schedule_of(self.product.method, terms), strict=False))
        return self._agreed

    def _plainly_paid(self, day: str) -> tuple[int, int] | None:
        """Principal and interest paid by the end of a day, where these are all that is wanted; else None."""
        if not self.product.is_plain:
            return None
        principal = interest = 0
        for place, one in enumerate(self.movements):
            if one.date > day:
                break
            if one.lent and place:
                return None
            principal += one.lent - one.principal
            interest += one.interest
        return (principal, interest) if principal < self.movements[0].lent else None

    def _account(self, day: str) -> LoanAccount:
        """The account at the end of a day, kept for the next question about that day."""
        if self._kept is not None and self._kept[0] == day:
            return self._kept[1]
        account = LoanAccount(self.product, self.movements[0].date, self.dues)
        for one in self.movements:
            if one.date > day:
                break
            if one.lent:
                account.lend(one.date, one.lent)
            paid = one.lent - one.principal
            if paid or one.interest or one.penalty:
                account.receive(one.date, principal=paid, interest=one.interest, penalty=one.penalty)
        account.to(day)
        self._kept = (day, account)
        return account

    def _due(self, on: str, until: str) -> Due:
        """What is due on a day, parted in what fell due by an earlier one and after it; without one, before the day."""
        if (paid := self._plainly_paid(on)) is not None:
            return self._sums().due(on, until, Paise(self.movements[0].lent - paid[0]), *paid)
        account = self._account(on)
        arrears, current = [0, 0], [0, 0]
        for row in account.open_rows():
            later = row.due > until if until else row.due >= on
            parts = current if later else arrears
            parts[0] += row.principal - row.paid_principal
            parts[1] += row.interest - row.paid_interest
        penalty = account.state(on).penalty_due if self.product.penalty else Paise(0)
        ahead = Paise(account.interest_ahead)
        return Due(
            Paise(account.outstanding),
            Paise(arrears[0]),
            Paise(current[0]),
            Paise(arrears[1]),
            Paise(current[1]),
            ahead,
            penalty,
        )
