"""A loan in hand that was given by a product: what is demanded and owed on it follows from its account."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from bookkeeper.rules.interest import Movement
from bookkeeper.rules.loan_account import LoanAccount
from bookkeeper.rules.loan_product import Product
from bookkeeper.rules.money import Paise
from bookkeeper.rules.repayment import Due, Tally
from bookkeeper.rules.schedules import Instalment, schedule_of


@dataclass(slots=True)
class ByProduct:
    """A `rules.repayment.Reckoning` by a product: its due dates (ISO), and what moved, in order of days."""

    product: Product
    dues: tuple[str, ...]
    movements: tuple[Movement, ...]
    _kept: tuple[str, LoanAccount] | None = field(default=None, repr=False, compare=False)

    def due_on(self, on: str, meetings: Sequence[str]) -> Due:
        """What is demanded in a meeting on a day, after all else that moved by then.

        What the meeting before could have taken is overdue; of an entity without meetings, what fell due before.
        """
        held = [day for day in meetings[: bisect_left(meetings, on)] if day > self.movements[0].date]
        until = held[-1] if held else self.movements[0].date if meetings else ""
        return self._due(self._account(on), on, until)

    def standing(self, as_of: str, meetings: Sequence[str]) -> Due:
        """What is owed at the end of a day: all that fell due by then and is not paid is arrears."""
        del meetings  # its due dates are its own
        return self._due(self._account(as_of), as_of, as_of)

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
        return next((row.due for row in self._account(as_of).open_rows()), None)

    def schedule(self) -> tuple[tuple[str, Instalment], ...]:
        """The instalments as they were agreed on, each with its due date."""
        first = self.movements[0]
        terms = self.product.terms(Paise(first.lent), first.date, self.dues, known=first.date)
        return tuple(zip(self.dues, schedule_of(self.product.method, terms), strict=False))

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

    def _due(self, account: LoanAccount, on: str, until: str) -> Due:
        """What is due, parted in what fell due by a day and after it."""
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
