"""Queries of loans to members, and the quote of a loan that nobody has taken yet."""

from __future__ import annotations

from dataclasses import dataclass

from bookkeeper.books.loans import LoanStanding, standing
from bookkeeper.commands.act import Office
from bookkeeper.errors import BadInput, Fault
from bookkeeper.ledger.balances import newest_date
from bookkeeper.ledger.entities import entity_of
from bookkeeper.rules.dates import LATEST_YEAR, Day
from bookkeeper.rules.fees import Borne, Fee, borne, levied
from bookkeeper.rules.loan_account import BeyondBalance
from bookkeeper.rules.loan_checks import wrong_with
from bookkeeper.rules.loan_product import Product
from bookkeeper.rules.money import Paise
from bookkeeper.rules.product_dates import DueRule
from bookkeeper.rules.replay import Replayed, Story, replayed
from bookkeeper.rules.said import Said
from bookkeeper.rules.schedules import Instalment, NeverPaidOff, schedule_of


def listed(office: Office, code: str, as_of: str = "") -> tuple[LoanStanding, ...]:
    """Every loan given by a day (ISO; "" is the day of the newest voucher), with what is owed on it then."""
    with office.looking() as tx:
        entity = entity_of(tx, code)
        return standing(tx, entity, as_of or newest_date(tx, [entity.id]))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A loan that is asked about: `principal` in paise, days ISO.

    Without a `first` due date it is one period after the day of disbursement, whose day is kept.
    """

    principal: Paise
    disbursed: str
    product: Product
    first: str | None = None
    high_rate: bool = False
    due: DueRule = DueRule()  # noqa: RUF009  # it is frozen
    fees: tuple[Fee, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A loan's instalments, each with its due date (ISO), and the interest that is due in all of them (paise).

    `capitalised` is the interest that a moratorium adds to the principal: it is repaid as principal. `fees` are those
    of its product, each with its amount.
    """

    method: str
    instalments: tuple[tuple[str, Instalment], ...]
    total_interest: Paise
    capitalised: Paise
    fees: tuple[tuple[Fee, Paise], ...] = ()


def quote(wanted: Wanted) -> Quote:
    """What a loan would cost, instalment by instalment; pure, no books are needed.

    Raises BadInput, with the option in words, for terms that no loan can have.
    """
    wrong = wrong_with(wanted.product, wanted.principal, high_rate=wanted.high_rate, called=_option)
    if faults := [Fault(one.why, one.todo, field=_option(one.field)) for one in wrong]:
        raise BadInput(*faults)
    if wanted.first is not None and wanted.first < wanted.disbursed:
        message = Said(
            "{first} lies before the loan is given, on {day}.", first=Day(wanted.first), day=Day(wanted.disbursed)
        )
        raise _wrong("first", message, "Give the day on which the first instalment falls due.")
    product = wanted.product
    first = wanted.first
    if first is None and wanted.due != DueRule():
        first = wanted.due.first_due(product, wanted.disbursed)
    if first is None or wanted.due == DueRule():
        dues = product.dues(wanted.disbursed, first)
    else:
        dues = wanted.due.dues(product, wanted.disbursed, first)
    if len(dues) < (product.instalments or 1):
        message = Said(
            "only {count} instalments would fall due by the end of {year}.", count=len(dues), year=LATEST_YEAR
        )
        raise _wrong("instalments", message, "Ask for fewer, or for shorter periods.")
    owed = Paise(wanted.principal + borne(levied(wanted.fees, wanted.principal), Borne.CAPITALISED))
    try:
        schedule = schedule_of(product.method, product.terms(owed, wanted.disbursed, dues, known=wanted.disbursed))
    except NeverPaidOff as error:
        raise _wrong("instalment", str(error), "Say more.") from None
    total = Paise(sum(one.interest for one in schedule))
    capitalised = Paise(sum(one.principal for one in schedule) - owed)
    fees = tuple((one, one.of(wanted.principal)) for one in wanted.fees)
    return Quote(product.method, tuple(zip(dues, schedule, strict=False)), total, capitalised, fees)


def replay(story: Story) -> Replayed:
    """Play a loan through: its schedule, how each payment is split, its states; pure, no books are needed.

    Raises BadInput for what cannot have happened: more paid than is owed, instalments that never pay it off.
    """
    try:
        return replayed(story)
    except BeyondBalance as error:
        todo = "Put the amount or the date right; what a loan takes to be paid off is its payoff on that day."
        raise BadInput(Fault(str(error), todo, field="payments")) from None
    except NeverPaidOff as error:
        raise BadInput(Fault(str(error), "Say more.", field="product, instalment")) from None


def _wrong(field: str, message: str, todo: str = "") -> BadInput:
    return BadInput(Fault(message, todo, field=_option(field)))


def _option(field: str) -> str:
    """The option of the command line by which a field of a product is given."""
    return f"--{field.replace('_', '-')}"
