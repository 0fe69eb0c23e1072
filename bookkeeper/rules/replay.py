"""A loan played through: what it is and what happened give its schedule, the split of each payment, and its states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bookkeeper.rules.fallen import Fallen
from bookkeeper.rules.loan_account import LoanAccount, Paid, State
from bookkeeper.rules.loan_product import Product
from bookkeeper.rules.money import Paise


@dataclass(frozen=True, slots=True)
class Moved:
    """Money that moved on an ISO day, in paise above nought."""

    date: str
    amount: Paise


@dataclass(frozen=True, slots=True)
class Story:
    """What a loan is and what happened: its tranches, payments and fees, and the days on which it is looked at.

    Without a `first_due` date the first instalment falls due one period after the first tranche.
    """

    product: Product
    disbursements: tuple[Moved, ...]
    payments: tuple[Moved, ...] = ()
    fees: tuple[Moved, ...] = ()
    first_due: str | None = None
    as_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replayed:
    """The schedule as of the last day that was looked at; payments and states in the order of their days.

    `scheme` is what a scheme bears of the interest due by then, and what it gives back for instalments paid in time.
    """

    schedule: tuple[Fallen, ...]
    payments: tuple[Paid, ...]
    states: tuple[State, ...]
    scheme: tuple[Paise, Paise]


def replayed(story: Story) -> Replayed:
    """Play a loan through. On one day money is lent, then fees fall due, payments come, and it is looked at.

    Raises BeyondBalance for a payment of more than is owed, NeverPaidOff for agreed instalments that are too small.
    """
    lent = sorted(story.disbursements, key=lambda one: one.date)
    account = LoanAccount(story.product, lent[0].date, story.product.dues(lent[0].date, story.first_due))
    happened: list[tuple[str, int, int]] = [(one.date, _LENT, one.amount) for one in lent]
    happened += [(one.date, _FEE, one.amount) for one in story.fees]
    happened += [(one.date, _PAID, one.amount) for one in story.payments]
    looks = sorted(story.as_of) or [max(day for day, _, _ in happened)]
    happened += [(day, _LOOKED, 0) for day in looks]
    happened.sort(key=lambda one: one[:2])  # payments of one day stay in their order
    payments: list[Paid] = []
    states: list[State] = []
    schedule: Sequence[Fallen] = ()
    scheme = account.scheme()
    for day, what, amount in happened:
        if what == _LENT:
            account.lend(day, amount)
        elif what == _FEE:
            account.levy(day, amount)
        elif what == _PAID:
            payments.append(account.pay(day, amount))
        else:
            states.append(account.state(day))
            if len(states) == len(looks):
                schedule, scheme = account.projected(day), account.scheme()
    return Replayed(tuple(schedule), tuple(payments), tuple(states) if story.as_of else (), scheme)


_LENT, _FEE, _PAID, _LOOKED = range(4)
