"""A loan by its product, from its first day on: what falls due when, how payments are split, what is owed on a day.

The account is told what is lent and paid in order of days, and asked in between. On a day the instalment falls due
first, then money moves; interest up to a day is on what was owed before that day. All amounts in paise, days ISO.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import dataclass, field
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
from bookkeeper.rules.dates import Day
from bookkeeper.rules.day_count import DayCount, days_between, lengths, part_of_year
from bookkeeper.rules.due_dates import due_dates
from bookkeeper.rules.fallen import Fallen, appropriated, settled
from bookkeeper.rules.loan_product import InterestOn, PenaltyOn, Prepayment, Product
from bookkeeper.rules.money import Amount, Paise, rounded, rounded_ratio
from bookkeeper.rules.said import Said
from bookkeeper.rules.schedules import Instalment, NeverPaidOff, Walk, method_of, why_never

_PERCENT: Final = Fraction(1, 100)
_NOTHING: Final = Fraction(0)


class BeyondBalance(ValueError):
    """A payment is more than all that is owed; the message is made for the user."""


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment as it was split; the five parts add up to it. `outstanding` is the principal owed after it."""

    date: str
    amount: Paise
    penalty: Paise
    fee: Paise
    interest: Paise
    principal: Paise
    advance: Paise
    outstanding: Paise


@dataclass(frozen=True, slots=True)
class State:
    """What stands on a loan at the end of a day; overdue is what fell due before that day and is unpaid.

    `interest_due` is all interest due by the day, `payoff` what pays the loan off on it, `next_due` the first due date
    from that day on with something to pay (None: none).
    """

    date: str
    outstanding: Paise
    interest_due: Paise
    overdue_principal: Paise
    overdue_interest: Paise
    penalty_due: Paise
    fee_due: Paise
    days_overdue: int
    next_due: str | None
    payoff: Paise


@dataclass
class _Running:
    """The running period: since when, its interest up to a day (exact, percent × paise), and what that is on.

    `base` is not kept where interest is on what is owed day by day.
    """

    begins: str
    until: str
    accrued: Fraction = field(default_factory=Fraction)
    bearing: Fraction = field(default_factory=Fraction)
    base: int = 0


class LoanAccount:
    """One loan. Raises ValueError for a day before one that it was told of."""

    def __init__(self, product: Product, disbursed: str, dues: tuple[str, ...]) -> None:
        """`dues` are its due dates, as many as there may be instalments."""
        self.product = product
        self.rows: list[Fallen] = []
        self.outstanding = 0
        self._disbursed, self._dues = disbursed, dues
        self._method = method_of(product.method)
        self._walk: Walk | None = None
        self._running = _Running(disbursed, disbursed)
        self.ahead = self.interest_ahead = 0
        self._cut = self._forgone = False
        self._closed_rows = 0
        self._penalty, self._penalty_until, self._penalty_paid = Fraction(0), disbursed, 0
        self._fees = self._fees_paid = 0
        self._by_days = product.interest_on is InterestOn.DAILY or (
            product.interest_on is InterestOn.SCHEDULE and product.day_count is not DayCount.PERIODS
        )

    # ------------------------------------------------------------------------------------------------ what is told

    def lend(self, day: str, amount: int) -> None:
        """So much is lent (or, negative, taken back); the second time instalments that are left are made equal anew."""
        self.to(day)
        if self._walk is None:
            terms = self.product.terms(Paise(amount), self._disbursed, self._dues, known=self._disbursed)
            self._walk = Walk(terms, self._method)
        else:
            self._accrue(day)
            self._walk.lend(amount)
        if self._by_days or day == self._running.begins:
            self._running.base += amount  # else it bears interest from the next period on
        self.outstanding += amount
        self._cut = self._forgone = False
        self.to(day)

    def levy(self, day: str, fee: int) -> None:
        """A fee falls due."""
        self.to(day)
        self._fees += fee

    def pay(self, day: str, amount: int) -> Paid:
        """A payment, split in the product's order. Raises BeyondBalance for more than is owed."""
        owed = self.state(day).payoff
        if amount > owed:
            message = Said(
                "{amount} is paid on {day}, but only {owed} is owed in all.",
                amount=Amount(amount),
                day=Day(day),
                owed=Amount(owed),
            )
            raise BeyondBalance(message)
        beside = {
            PENALTY: max(self._penalty_due(), 0),
            FEE: self._fees - self._fees_paid,
            ACCRUED: max(self._not_yet_due(day) - self.interest_ahead, 0),
        }
        product = self.product
        rows = self.open_rows()
        parts = appropriated(amount, rows, beside, day, product.order, oldest_first=product.oldest_first)
        for row in rows:
            row.mark(day)
        self._penalty_paid += parts[PENALTY]
        self._fees_paid += parts[FEE]
        principal = parts[OVERDUE_PRINCIPAL] + parts[PRINCIPAL]
        self.outstanding -= principal
        left = amount - sum(parts.values())
        advance = min(left, self.outstanding)
        accrued = parts[ACCRUED] + left - advance  # what is left when the loan is paid off is interest not yet due
        self.interest_ahead += accrued
        self._pay_ahead(day, advance)
        interest = parts[OVERDUE_INTEREST] + parts[INTEREST] + accrued
        split = (parts[PENALTY], parts[FEE], interest, principal, advance, self.outstanding)
        return Paid(day, Paise(amount), *(Paise(one) for one in split))

    def receive(self, day: str, *, principal: int = 0, interest: int = 0, penalty: int = 0) -> None:
        """A payment whose parts are known; negative ones take earlier payments back."""
        self._reckon(day)
        self._penalty_paid += penalty
        back = principal < 0 or interest < 0
        if back:
            principal, interest = self._take_back(principal, interest)
        rows = self.rows if back else self.open_rows()
        self.interest_ahead += settled(interest, rows, principal=False)
        ahead = settled(principal, rows, principal=True)
        for row in rows:
            row.mark(day)
        self.outstanding -= principal - ahead
        self._pay_ahead(day, ahead)

    def to(self, day: str) -> None:
        """Let all fall due that does by the end of a day."""
        while self._walk is not None and (due := self._next()) is not None and due <= day:
            self._fall(due)

    def _reckon(self, day: str) -> None:
        """Bring all that grows with time up to a day."""
        self.to(day)
        self._accrue(day)
        self._penalise(day)

    # ------------------------------------------------------------------------------------------------ what is asked

    def state(self, day: str) -> State:
        """What stands on it at the end of a day, which is not before one that it was told of."""
        self._reckon(day)
        rows = self.open_rows()
        interest = sum(row.unpaid(principal=False) for row in rows)
        before = [row for row in rows if row.due < day and row.is_open]
        penalty = max(self._penalty_due(), 0)
        accrued = self._not_yet_due(day) if self._by_days or ACCRUED in self.product.order else 0
        put_off = self._walk.put_off if self._walk is not None else 0
        accrued = max(accrued + put_off - self.interest_ahead, 0)
        fee = self._fees - self._fees_paid
        to_pay = [row.due for row in rows if row.due >= day and row.is_open]
        return State(
            day,
            Paise(self.outstanding),
            Paise(interest),
            Paise(sum(row.unpaid(principal=True) for row in before)),
            Paise(sum(row.unpaid(principal=False) for row in before)),
            Paise(penalty),
            Paise(fee),
            days_between(before[0].due, day) if before else 0,
            to_pay[0] if to_pay else self._next_to_pay(),
            Paise(self.outstanding + interest + penalty + fee + accrued),
        )

    def projected(self, day: str) -> tuple[Fallen, ...]:
        """The schedule as if all that is due were paid on a day, and the rest on time; the account stays as it is.

        Raises NeverPaidOff for an agreed instalment that is too small.
        """
        return deepcopy(self).run_out(day)

    def run_out(self, day: str) -> tuple[Fallen, ...]:
        """The same, on this account itself: it is at its end afterwards."""
        self.to(day)
        self._settle_all(day)
        while (due := self._next()) is not None:
            self.to(due)
            self._settle_all(due)
        if self.outstanding > 0 and self._walk is not None:
            rows = [
                Instalment(r.number, Paise(r.principal), Paise(r.interest), Paise(r.outstanding)) for r in self.rows
            ]
            raise NeverPaidOff(why_never(self._walk.equal, rows))
        return tuple(self.rows)

    # ------------------------------------------------------------------------------------------------ the periods

    def _next(self) -> str | None:
        """The next due date; None where nothing more falls due. After the last, interest goes on while it is owed."""
        walk, place = self._walk, len(self.rows)
        if walk is None or (
            self._cut and not walk.outstanding and not self.outstanding and not self._accrued() and not walk.put_off
        ):
            return None
        falls = self._dues[place] if place < len(self._dues) else None
        if not walk.is_over:
            return falls
        if self.product.interest_on is InterestOn.SCHEDULE or self._method.on_lent:
            return None
        if self.outstanding <= 0 and not (self._by_days and self._accrued()):
            return None
        if falls is not None:
            return falls
        beyond = place - len(self._dues) + 1
        later = due_dates(self._dues[-1], self.product.frequency, self.product.every * beyond, 2)
        return later[1] if len(later) > 1 else None

    def _next_to_pay(self) -> str | None:
        due = self._next()
        return due if self.outstanding > 0 or (self._by_days and self._accrued() > self.interest_ahead) else None

    def _fall(self, due: str) -> None:
        walk, running = self._walk, self._running
        if walk is None:
            raise ValueError(due)
        self._follow_rates(due)
        bearing = self._bearing(due) if self.product.has_scheme else _NOTHING
        if self._by_days and running.until != running.begins:
            self._accrue(due)
            accrued = self._accrued()
        else:
            accrued = self._of_whole(due)
        if walk.is_over:
            row = Fallen(len(self.rows) + 1, due, 0, accrued, 0)
        else:
            owed = walk.outstanding
            one = walk.fall(accrued)
            self.outstanding += walk.outstanding - (owed - one.principal)  # what was capitalised
            row = Fallen(one.number, due, one.principal, one.interest, one.outstanding)
        self.ahead -= row.take(self.ahead, principal=True)
        self.interest_ahead -= row.take(self.interest_ahead, principal=False)
        if self.product.has_scheme:
            row.bearing = bearing
            row.subvention = self._of_scheme(row, self.product.subvention)
        row.mark(due)
        self.rows.append(row)
        self._running = _Running(due, due, base=self._stands)

    @property
    def _base(self) -> int:
        """What interest is on at this moment."""
        if self._forgone or (self._by_days and self.outstanding <= 0):
            return 0
        if self._method.on_lent and self._walk is not None:
            return self._walk.base
        return self.outstanding if self.product.interest_on is InterestOn.DAILY else self._running.base

    @property
    def _stands(self) -> int:
        """What a period that begins now has its interest on, where not on what is owed day by day."""
        scheduled = self.product.interest_on is InterestOn.SCHEDULE
        return self._walk.outstanding if scheduled and self._walk is not None else self.outstanding

    def _whole(self, due: str) -> Fraction:
        """What a whole period's interest is of the principal, in percent."""
        clauses = self._walk.terms.clauses if self._walk is not None and not self.product.rates else None
        if clauses is not None and len(self.rows) < len(clauses.lengths):
            return clauses.lengths[len(self.rows)]
        return self.product.whole_weight(self._running.begins, due)

    def _of_whole(self, due: str) -> int:
        """The interest of the whole running period, on what it is on at this moment."""
        whole = self._whole(due)
        return rounded_ratio(self._base * whole.numerator, whole.denominator * 100, self.product.round_interest)

    def _accrue(self, day: str) -> None:
        """Reckon the interest of the running period up to a day, where days are counted."""
        running = self._running
        if day < running.until:
            raise ValueError(day)
        if not self._by_days or (due := self._next_in_period(day)) is None:
            return
        if self.outstanding > 0:
            if running.until == running.begins and day == due:
                running.accrued += self._base * self._whole(due)
            elif day > running.until:
                period = (running.begins, due)
                running.accrued += self._base * self.product.weight(running.until, day, period)
                if self.product.has_scheme:
                    running.bearing += self._base * self.product.part_of_period(running.until, day, period)
        running.until = day

    def _next_in_period(self, day: str) -> str | None:
        """The due date that ends the running period, which holds a day."""
        due = self._next()
        return due if due is not None and day <= due else None

    def _accrued(self) -> int:
        return rounded(self._running.accrued * _PERCENT, self.product.round_interest)

    def _follow_rates(self, due: str) -> None:
        """Equal instalments are made anew where another rate begins within the period; later ones are not foreseen."""
        begins = self._running.begins
        if (
            self.product.rates
            and self._walk
            and self._method.whole
            and any(begins <= one.since < due for one in self.product.rates)
        ):
            terms = self.product.terms(Paise(self._walk.outstanding), self._disbursed, self._dues, known=due)
            self._walk.relevel(terms)

    def _bearing(self, due: str) -> Fraction:
        """What bore interest in the period that ends, in paise for a year."""
        running = self._running
        if self._by_days and running.until != running.begins:
            self._accrue(due)
            return running.bearing
        length = lengths(running.begins, (due,), self.product.day_count, self.product.frequency, self.product.every)[0]
        return self._base * length

    def _of_scheme(self, row: Fallen, rate: Fraction) -> int:
        """What a scheme's rate comes to on what bore interest in an instalment's period, in paise."""
        return rounded(row.bearing * self.product.a_year(rate) * _PERCENT, self.product.round_interest)

    def scheme(self) -> tuple[Paise, Paise]:
        """What a scheme bears of the interest that fell due, and what it gives back of that paid in time; paise."""
        in_time = [row for row in self.rows if row.closed is not None and row.closed <= row.due]
        back = sum(self._of_scheme(row, self.product.incentive) for row in in_time)
        return Paise(sum(row.subvention for row in self.rows)), Paise(back)

    def _not_yet_due(self, day: str) -> int:
        """The interest of the running period: up to the day, or the whole once it has begun."""
        due = self._next()
        if due is None or day == self._running.begins:
            return 0
        return self._accrued() if self._by_days else self._of_whole(due)

    # ------------------------------------------------------------------------------------------------ what is paid

    def open_rows(self) -> list[Fallen]:
        """The instalments from the first on which something is still to be paid."""
        rows = self.rows
        while self._closed_rows < len(rows) and not rows[self._closed_rows].is_open:
            self._closed_rows += 1
        return rows[self._closed_rows :]

    def _take_back(self, principal: int, interest: int) -> tuple[int, int]:
        """Take back what was paid ahead first; the answer is what is left to take back of both."""
        self._closed_rows = 0
        principal_back = min(max(-principal, 0), self.ahead)
        interest_back = min(max(-interest, 0), self.interest_ahead)
        self.ahead -= principal_back
        self.interest_ahead -= interest_back
        self.outstanding += principal_back
        if self._walk is not None:
            self._walk.reopen()
            self._forgone = False
        return principal + principal_back, interest + interest_back

    def _pay_ahead(self, day: str, amount: int) -> None:
        """Principal that is paid before it is due."""
        walk = self._walk
        self.outstanding -= amount
        if self.product.prepayment is Prepayment.ADVANCE:
            self.ahead += amount
        elif amount and walk is not None:
            self._cut = True
            walk.prepay(amount)
            if self.product.prepayment is Prepayment.LOWER:
                walk.relevel()
        self._close(day)

    def _close(self, day: str) -> None:
        """What was paid on the day on which a period begins lessens its base.

        Where nothing is owed any more, the next instalment takes all that the schedule still has.
        """
        if day == self._running.begins:
            self._running.base = self._stands
        if self.outstanding == 0 and self._walk is not None and not self._walk.is_over:
            self._cut = True
            self._walk.close()
            self._forgone = not (self._by_days or ACCRUED in self.product.order)

    def _settle_all(self, day: str) -> None:
        """All that is due is paid on a day."""
        self._accrue(day)
        for row in self.open_rows():
            self.outstanding -= row.take(row.principal, principal=True)
            row.take(row.interest, principal=False)
            row.mark(day)
        self._close(day)

    # ------------------------------------------------------------------------------------------------ penal interest

    def _penalise(self, day: str) -> None:
        """Reckon penal interest up to a day on what was overdue until then."""
        penalty, since = self.product.penalty, self._penalty_until
        if penalty is None or day <= since:
            return
        counted = DayCount.ACTUAL_365 if self.product.day_count is DayCount.PERIODS else self.product.day_count
        for row in self.open_rows():
            if row.is_open and (begins := max(since, _later(row.due, penalty.grace_days))) < day:
                on = row.unpaid(principal=True)
                if penalty.on is PenaltyOn.OVERDUE_INSTALMENT:
                    on += row.unpaid(principal=False)
                self._penalty += on * penalty.rate * part_of_year(begins, day, counted) * _PERCENT
        self._penalty_until = day

    def _penalty_due(self) -> int:
        return rounded(self._penalty, self.product.round_interest) - self._penalty_paid


def _later(day: str, days: int) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days)).isoformat()
