"""What is late on loans: its age, portfolio at risk, demand against collection, rates of repayment, provision.

The formulas are those of Sa-Dhan, *Tracking Financial Performance Standards of Microfinance Institutions* (2003), and
of the domain notes ("Sums"). Amounts in paise, days ISO.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bookkeeper.rules.day_count import days_between
from bookkeeper.rules.money import Paise, Rounding, rounded, shown
from bookkeeper.rules.repayment import Tally

_NOUGHT: Final = Paise(0)
_HUNDRED: Final = 100

NOTHING_YET: Final = Tally(_NOUGHT, _NOUGHT, _NOUGHT, _NOUGHT, _NOUGHT)
"""What stands on a loan before it is given."""


# ------------------------------------------------------------------------------------------------------------ its age


@dataclass(frozen=True, slots=True)
class Bucket:
    """Loans that are late by so many days, both included; without a last day, by so many or more."""

    key: str
    first: int
    last: int | None

    @property
    def name(self) -> str:
        """Its key as the figure of a portfolio at risk: "1-30" → "par_1_30", ">365" → "par_over_365"."""
        return "par_" + self.key.replace(">", "over_").replace("-", "_")


BUCKETS: Final = (
    Bucket("1-30", 1, 30),
    Bucket("31-60", 31, 60),
    Bucket("61-90", 61, 90),
    Bucket("91-180", 91, 180),
    Bucket("181-365", 181, 365),
    Bucket(">365", 366, None),
)
DUE_TODAY: Final = "0"
"""The bucket of what fell due on the very day asked: unpaid, but late by no day and in no portfolio at risk."""


def days_overdue(unpaid_since: str | None, as_of: str) -> int:
    """The days since the earliest instalment or charge that is not wholly paid; nought where none is."""
    return max(days_between(unpaid_since, as_of), 0) if unpaid_since else 0


def bucket_of(days: int) -> str:
    """The key of the bucket of a loan that is late by so many days, 0 for none."""
    return next((one.key for one in reversed(BUCKETS) if days >= one.first), DUE_TODAY)


@dataclass(frozen=True, slots=True)
class Aged:
    """A loan at the end of a day: what is outstanding on it in paise, and by how many days it is late."""

    outstanding: Paise
    days: int


# ----------------------------------------------------------------------------------------------------------- a share


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, in paise, and the same in percent."""

    part: Paise
    whole: Paise

    @property
    def percent(self) -> str | None:
        """Percent as text with two places, half up; None of nothing."""
        if self.whole <= 0:
            return None
        return two_places(Fraction(self.part * _HUNDRED, self.whole))


def two_places(exact: Fraction) -> str:
    """An exact figure as text with two places, half up: 1/3 → "0.33"."""
    return shown(rounded(exact * _HUNDRED, Rounding.TO_PAISA))


def at_risk(loans: Iterable[Aged], more_than: int) -> Share:
    """Portfolio at risk: the whole outstanding of loans late by more than so many days, of all that is outstanding."""
    loans = tuple(loans)
    late = sum(one.outstanding for one in loans if one.days > more_than)
    return Share(Paise(late), Paise(sum(one.outstanding for one in loans)))


def by_bucket(loans: Iterable[Aged]) -> dict[str, tuple[int, Paise]]:
    """Bucket → how many loans are in it, and what is outstanding on them; those that are not late are in none."""
    found: dict[str, tuple[int, Paise]] = {one.key: (0, _NOUGHT) for one in BUCKETS}
    for loan in loans:
        key = bucket_of(loan.days)
        if key in found:
            count, outstanding = found[key]
            found[key] = (count + 1, Paise(outstanding + loan.outstanding))
    return found


# ------------------------------------------------------------------------------------- demand, collection and balance


@dataclass(frozen=True, slots=True)
class DemandAndCollection:
    """What was demanded and collected in a period, of principal or of interest.

    `arrears` was overdue when it began; `current` fell due in it, less what had been paid ahead; `collected` is all
    that came, `advance` the part of it that was not yet due at its end (below nought where more was taken back of what
    had been paid ahead); `overdue` is due at its end and not paid.
    Always: collected - advance = arrears + current - overdue.
    """

    arrears: Paise = _NOUGHT
    current: Paise = _NOUGHT
    collected: Paise = _NOUGHT
    advance: Paise = _NOUGHT
    overdue: Paise = _NOUGHT

    @property
    def settled(self) -> Paise:
        """What was collected of what was due."""
        return Paise(self.collected - self.advance)


def demanded(due_before: int, paid_before: int, due: int, paid: int) -> DemandAndCollection:
    """The same, from what fell due and was paid since the loan's start, before the period and at its end."""
    covered = max(due, paid_before)
    taken_back = max(paid_before - max(due, paid), 0)
    return DemandAndCollection(
        arrears=Paise(max(due_before - paid_before, 0)),
        current=Paise(covered - max(due_before, paid_before)),
        collected=Paise(paid - paid_before),
        advance=Paise(max(paid - covered, 0) - taken_back),
        overdue=Paise(max(due - paid, 0)),
    )


@dataclass(frozen=True, slots=True)
class LoanPeriod:
    """A loan, or loans together, over a period: opening + disbursed - principal collected = closing."""

    opening: Paise = _NOUGHT
    disbursed: Paise = _NOUGHT
    principal: DemandAndCollection = DemandAndCollection()
    interest: DemandAndCollection = DemandAndCollection()
    closing: Paise = _NOUGHT

    @property
    def is_empty(self) -> bool:
        """Whether nothing was owed and nothing moved."""
        return self == LoanPeriod()


def period_of(before: Tally, after: Tally) -> LoanPeriod:
    """A loan over a period, from what stood on it before and at the end; interest made principal counts as lent."""
    principal = demanded(before.principal_due, before.principal_paid, after.principal_due, after.principal_paid)
    interest = demanded(before.interest_due, before.interest_paid, after.interest_due, after.interest_paid)
    lent = after.outstanding - before.outstanding + principal.collected
    return LoanPeriod(before.outstanding, Paise(lent), principal, interest, after.outstanding)


def together(periods: Iterable[LoanPeriod]) -> LoanPeriod:
    """The sums over loans of the same period."""
    periods = tuple(periods)
    return LoanPeriod(
        Paise(sum(one.opening for one in periods)),
        Paise(sum(one.disbursed for one in periods)),
        _summed([one.principal for one in periods]),
        _summed([one.interest for one in periods]),
        Paise(sum(one.closing for one in periods)),
    )


def _summed(parts: Sequence[DemandAndCollection]) -> DemandAndCollection:
    return DemandAndCollection(
        Paise(sum(one.arrears for one in parts)),
        Paise(sum(one.current for one in parts)),
        Paise(sum(one.collected for one in parts)),
        Paise(sum(one.advance for one in parts)),
        Paise(sum(one.overdue for one in parts)),
    )


# --------------------------------------------------------------------------------------------------------- the rates


def repayment_rate(one: DemandAndCollection) -> Share:
    """(Collected - advance) ÷ (arrears + demand of the period): never above 100 %."""
    return Share(one.settled, Paise(one.arrears + one.current))


def current_repayment_rate(one: DemandAndCollection) -> Share:
    """(Collected - advance) ÷ demand of the period alone (Sa-Dhan 5.1.2): above 100 % where arrears came in."""
    return Share(one.settled, one.current)


def on_time(before: Tally, now: Tally) -> Share:
    """Of the principal that fell due on a day for the first time, what had come by the end of it.

    `before` is what stood on the last day on which something could fall due before it. What was paid is taken for the
    oldest due first; what was paid ahead is on time.
    """
    fell_due = max(now.principal_due - before.principal_due, 0)
    came = min(max(now.principal_paid - before.principal_due, 0), fell_due)
    return Share(Paise(came), Paise(fell_due))


# ------------------------------------------------------------------------------------------------------ the provision


@dataclass(frozen=True, slots=True)
class ProvisionClass:
    """A class of loans by their age: from so many days overdue on, so much percent of the outstanding is set aside."""

    name: str
    from_days: int
    percent: Fraction


@dataclass(frozen=True, slots=True)
class Provision:
    """What is to be set aside for the loans of a class: how many they are, what is outstanding on them; paise.

    `last_day` is the most days by which its loans are overdue; None of the last class.
    """

    of: ProvisionClass
    last_day: int | None
    loans: int
    outstanding: Paise
    amount: Paise


def provisions(classes: Sequence[ProvisionClass], loans: Iterable[Aged]) -> tuple[Provision, ...]:
    """The provision by classes, which begin at 0 days and rise; rounded once for each class, to the paisa, half up."""
    counts, outstanding = [0] * len(classes), [0] * len(classes)
    for loan in loans:
        place = max(n for n, one in enumerate(classes) if one.from_days <= loan.days)
        counts[place] += 1
        outstanding[place] += loan.outstanding
    last_days = (*(one.from_days - 1 for one in classes[1:]), None)
    return tuple(
        Provision(one, last, count, Paise(owed), rounded(one.percent * Fraction(owed, _HUNDRED), Rounding.TO_PAISA))
        for one, last, count, owed in zip(classes, last_days, counts, outstanding, strict=True)
    )
