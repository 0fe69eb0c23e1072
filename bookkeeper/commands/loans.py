"""Queries of loans to members, and the quote of a loan that nobody has taken yet."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bookkeeper.books.loans import LoanStanding, standing
from bookkeeper.commands.act import Office
from bookkeeper.errors import BadInput, Fault
from bookkeeper.ledger.balances import newest_date
from bookkeeper.ledger.entities import entity_of
from bookkeeper.rules.dates import LATEST_YEAR
from bookkeeper.rules.day_count import DayCount, lengths
from bookkeeper.rules.due_dates import Frequency, due_dates
from bookkeeper.rules.money import How, Paise, RoundTo, rounded, shown
from bookkeeper.rules.schedules import Clauses, Instalment, NeverPaidOff, Terms, Treatment, schedule_of

MOST_INSTALMENTS: Final = 1200
RATES_A_YEAR: Final = {"year": 1, "month": 12, "week": 52, "day": 365}
"""How many of the times that a rate can be for make a year."""

_HIGH: Final = {"year": 120, "month": 10, "week": 5, "day": 1}
_PAISA: Final = RoundTo(1)


def listed(office: Office, code: str, as_of: str = "") -> tuple[LoanStanding, ...]:
    """Every loan given by a day (ISO; "" is the day of the newest voucher), with what is owed on it then."""
    with office.looking() as tx:
        entity = entity_of(tx, code)
        return standing(tx, entity, as_of or newest_date(tx, [entity.id]))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A loan that is asked about: amounts in paise, `rate` in percent for each `rate_per`, days ISO.

    One of `instalments` and `instalment` is given: how many, or how much each (then as many as it takes). Without a
    `first` due date it is one period after the day of disbursement, whose day is kept.
    """

    principal: Paise
    rate: Fraction
    method: str
    disbursed: str
    rate_per: str = "year"
    instalments: int | None = None
    instalment: Paise | None = None
    frequency: Frequency = Frequency.MONTHLY
    every: int = 1
    first: str | None = None
    day_count: DayCount = DayCount.PERIODS
    round_interest: How = _PAISA
    round_principal: How = _PAISA
    round_instalment: How = _PAISA
    moratorium_principal: int = 0
    moratorium_interest: int = 0
    moratorium_treatment: Treatment = Treatment.COLLECT
    high_rate: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A loan's instalments, each with its due date (ISO), and the interest that is due in all of them (paise).

    `capitalised` is the interest that a moratorium adds to the principal: it is repaid as principal.
    """

    instalments: tuple[tuple[str, Instalment], ...]
    total_interest: Paise
    capitalised: Paise


def quote(wanted: Wanted) -> Quote:
    """What a loan would cost, instalment by instalment; pure, no books are needed.

    Raises BadInput, with the option in words, for terms that no loan can have.
    """
    _refuse_high(wanted)
    _refuse_impossible(wanted)
    if wanted.first is not None and wanted.first < wanted.disbursed:
        message = f"{wanted.first} lies before the loan is given, on {wanted.disbursed}."
        raise _wrong("--first", message, "Give the day on which the first instalment falls due.")
    dues = _dues(wanted)
    if len(dues) < (wanted.instalments or 1):
        message = f"only {len(dues)} instalments would fall due by the end of {LATEST_YEAR}."
        raise _wrong("--instalments", message, "Ask for fewer, or for shorter periods.")
    try:
        schedule = schedule_of(wanted.method, _terms(wanted, dues))
    except NeverPaidOff as error:
        raise _wrong("--instalment", str(error), "Say more.") from None
    total = Paise(sum(one.interest for one in schedule))
    capitalised = Paise(sum(one.principal for one in schedule) - wanted.principal)
    return Quote(tuple(zip(dues, schedule, strict=False)), total, capitalised)


def _dues(wanted: Wanted) -> tuple[str, ...]:
    """The due dates: from the first that was named, or one period after the loan is given, keeping that day."""
    count = wanted.instalments or MOST_INSTALMENTS
    if wanted.first is not None:
        return due_dates(wanted.first, wanted.frequency, wanted.every, count)
    return due_dates(wanted.disbursed, wanted.frequency, wanted.every, count + 1)[1:]


def _terms(wanted: Wanted, dues: tuple[str, ...]) -> Terms:
    """The terms in years, as the schedules take them."""
    clauses = Clauses(
        lengths(wanted.disbursed, dues, wanted.day_count, wanted.frequency, wanted.every),
        wanted.round_instalment,
        wanted.instalment,
        wanted.moratorium_principal,
        wanted.moratorium_interest,
        wanted.moratorium_treatment,
    )
    rate = wanted.rate * RATES_A_YEAR[wanted.rate_per]
    return Terms(wanted.principal, rate, len(dues), wanted.round_principal, wanted.round_interest, clauses)


def _refuse_high(wanted: Wanted) -> None:
    """A rate of 240 typed for 24, or of 24 a month for 24 a year."""
    if wanted.high_rate or wanted.rate <= _HIGH[wanted.rate_per]:
        return
    a_year = wanted.rate * RATES_A_YEAR[wanted.rate_per]
    cost = shown(rounded(wanted.principal * a_year * Fraction(1, 100), _PAISA))
    message = (
        f"{_figure(wanted.rate)} percent a {wanted.rate_per} is very high: {shown(wanted.principal)}, owed for a "
        f"year, would bear {cost} of interest."
    )
    raise _wrong("--rate", message, "Look at --rate and --rate-per; if the rate is meant, add --high-rate.")


def _figure(exact: Fraction) -> str:
    """A rate as it was typed: it has few decimals."""
    whole, part = divmod(exact.numerator * 10**10 // exact.denominator, 10**10)
    return f"{whole}.{part:010d}".rstrip("0").rstrip(".")


def _refuse_impossible(wanted: Wanted) -> None:
    """What no loan can have, and what cannot be asked together."""
    if wanted.principal <= 0:
        raise _wrong("--principal", "there is nothing to lend.", "Give an amount above nought.")
    if wanted.rate < 0:
        raise _wrong("--rate", "a rate is not negative.", "Give percent from 0.")
    if wanted.every < 1:
        raise _wrong("--every", f"{wanted.every} is not a number of periods from 1.")
    if (wanted.instalments is None) == (wanted.instalment is None):
        raise _wrong("--instalments", "give --instalments (how many) or --instalment (how much), one of the two.")
    count = MOST_INSTALMENTS if wanted.instalments is None else wanted.instalments
    if not 0 < count <= MOST_INSTALMENTS:
        raise _wrong("--instalments", f"{count} is not a number of instalments from 1 to {MOST_INSTALMENTS}.")
    for option, free in (
        ("--moratorium-principal", wanted.moratorium_principal),
        ("--moratorium-interest", wanted.moratorium_interest),
    ):
        if not 0 <= free < count:
            message = f"of {count} instalments a moratorium of {free} leaves none to pay in."
            raise _wrong(option, message, "The number of instalments counts those inside the moratorium.")
    if wanted.instalment is not None:
        _refuse_agreed(wanted, wanted.instalment)


def _refuse_agreed(wanted: Wanted, instalment: Paise) -> None:
    """What an instalment that is agreed on, in place of their number, does not go with."""
    if instalment <= 0:
        raise _wrong("--instalment", "an instalment of nothing never pays a loan off.", "Give an amount above nought.")
    if wanted.method == "bullet":
        message = "a bullet loan is repaid whole with its last instalment."
        raise _wrong("--instalment", message, "Say how many with --instalments.")
    if wanted.moratorium_interest and wanted.moratorium_treatment is Treatment.SPREAD:
        message = "interest is spread over a number of instalments that is known."
        raise _wrong("--moratorium-treatment", message, "Say how many with --instalments.")


def _wrong(option: str, message: str, todo: str = "") -> BadInput:
    return BadInput(Fault(message, todo, field=option))
