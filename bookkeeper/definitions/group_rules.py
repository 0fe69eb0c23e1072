"""The rules a group has given itself: what it saves, how it lends, how it counts and rounds interest, what it fines.

They are data: the kind of entity has defaults in its kind.toml, the group sets its own, from a day on where it says so
(`savings-amount@2024-04-01`). Nothing else in the program knows a rule's text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from bookkeeper.rules.appropriation import PARTS
from bookkeeper.rules.dates import NotADate, parsed_date
from bookkeeper.rules.interest import Months
from bookkeeper.rules.money import NotAnAmount, Paise, Rounding, parsed
from bookkeeper.rules.said import Said
from bookkeeper.rules.schedules import methods
from bookkeeper.rules.text import NotAText, cleaned

SINCE: Final = "@"
"""Between a rule and the day from which it holds."""

_MOST_INSTALMENTS: Final = 600
_RATE_DIGITS: Final = 12
_LAST_DAY: Final = 31


class NotARule(ValueError):
    """A rule cannot be set so; the message says what can be written, and is made for the user."""


ROUNDINGS: Final[Mapping[str, Rounding]] = {
    "0.01": Rounding.TO_PAISA,
    "0.50": Rounding.TO_HALF_RUPEE,
    "1": Rounding.TO_RUPEE,
}
"""What the rules of rounding are called: the unit in rupees, half up."""


LENT_BY: Final = tuple(name for name in methods() if name not in {"bullet", "custom"})
"""The methods by which a group lends in its meetings: each instalment has principal, by which it is counted."""


def rate(text: str) -> Fraction:
    """A rate in percent as decimal text, exact. Raises NotARule."""
    whole, _, part = text.strip().partition(".")
    if not (whole + part).isdigit() or not whole.isascii() or not part.isascii() or len(text) > _RATE_DIGITS:
        message = Said("“{text}” is not a rate. Write percent in figures, for example 2 or 1.5.", text=text)
        raise NotARule(message)
    return Fraction(Decimal(text.strip()))


def monthly_rate(text: str) -> Fraction:
    """A rate in percent a month, not so high that it must be a slip: 24 a year typed for 2. Raises NotARule."""
    from bookkeeper.rules.loan_checks import very_high  # noqa: PLC0415  # a report asks no rate

    found = rate(text)
    high = very_high(found, "month")
    if high:
        message = Said("{high} Write percent a month, for example 2 for 24 a year.", high=Said(high))
        raise NotARule(message)
    return found


def instalments(text: str) -> int:
    """A number of instalments, from 1. Raises NotARule."""
    if text.isascii() and text.isdigit() and len(text) < len(str(_MOST_INSTALMENTS)) + 1:
        number = int(text)
        if 0 < number <= _MOST_INSTALMENTS:
            return number
    message = Said(
        "“{text}” is not a number of instalments. Write a whole number from 1 to {most}.",
        text=text,
        most=_MOST_INSTALMENTS,
    )
    raise NotARule(message)


def method(text: str) -> str:
    """A method of lending in meetings. Raises NotARule that names those there are."""
    if text in LENT_BY:
        return text
    message = Said("“{text}” is not a method. There are {there}.", text=text, there=", ".join(LENT_BY))
    raise NotARule(message)


def _amount(text: str) -> Paise:
    try:
        amount = parsed(text)
    except NotAnAmount as error:
        raise NotARule(str(error)) from None
    if amount < 0:
        message = Said("{text} is negative. Write an amount from 0.00.", text=text)
        raise NotARule(message)
    return amount


def _rounding(text: str) -> Rounding:
    if text in ROUNDINGS:
        return ROUNDINGS[text]
    message = Said(
        "“{text}” is not a unit to round to. There are {there} (rupees).", text=text, there=", ".join(ROUNDINGS)
    )
    raise NotARule(message)


def _months(text: str) -> Months:
    try:
        return Months(text)
    except ValueError:
        message = Said("“{text}” is no way to count months. There are {there}.", text=text, there=", ".join(Months))
        raise NotARule(message) from None


def _order(text: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split(","))
    if sorted(parts) == sorted(PARTS):
        return parts
    message = Said("an order names each of {parts} once, with commas between.", parts=", ".join(PARTS))
    raise NotARule(message)


def _people(text: str) -> tuple[str, ...]:
    try:
        people = tuple(name for part in text.split(",") if (name := cleaned(part)))
    except NotAText as error:
        raise NotARule(str(error)) from None
    if people:
        return people
    message = "write who signs, with commas between: Secretary, President."
    raise NotARule(message)


def _one_of(*there: str) -> Callable[[str], str]:
    def taken(text: str) -> str:
        if text in there:
            return text
        message = Said("“{text}” is not known here. There are {there}.", text=text, there=", ".join(there))
        raise NotARule(message)

    return taken


def _day_of_month(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= len(str(_LAST_DAY)) and 1 <= int(text) <= _LAST_DAY:
        return int(text)
    message = Said("“{text}” is no day of a month. Write a number from 1 to 31.", text=text)
    raise NotARule(message)


_READ: Final[Mapping[str, Callable[[str], object]]] = {
    "savings-amount": _amount,
    "savings-due": _one_of("meeting", "month"),
    "loan-rate-per-month": monthly_rate,
    "loan-method": method,
    "loan-instalments": instalments,
    "principal-rounding": _rounding,
    "interest-months": _months,
    "interest-rounding": _rounding,
    "repayment-order": _order,
    "fine-absent": _amount,
    "fine-late": _amount,
    "meeting-day": _day_of_month,
    "signed-by": _people,
}

RULES: Final = tuple(_READ)
"""Every rule that a group can set, by its name."""


ON_PAGES: Final = ("meeting-day", "signed-by")
"""Rules by which nothing is due: they are for the next sheet and for pages, and hold from the beginning at any time."""


def check(key: str, value: str) -> tuple[str, str]:
    """A rule (perhaps with its day) and its value, as they are kept. Raises NotARule in the user's words."""
    name, at, day = key.partition(SINCE)
    if at:
        try:
            parsed_date(day)
        except NotADate as error:
            raise NotARule(str(error)) from None
    value = value.strip()
    _READ[name](value)
    return key, value


@dataclass(frozen=True, slots=True)
class GroupRules:
    """The rules as they hold on one day; amounts in paise, `loan_rate` percent a month as text."""

    savings_amount: Paise
    savings_due: str
    loan_rate: str
    loan_method: str
    loan_instalments: int
    principal_rounding: Rounding
    interest_months: Months
    interest_rounding: Rounding
    repayment_order: tuple[str, ...]
    fine_absent: Paise
    fine_late: Paise
    meeting_day: int | None
    signed_by: tuple[str, ...] | None


def rules_on(day: str, defaults: Mapping[str, str], own: Mapping[str, str]) -> GroupRules:
    """The rules that hold on an ISO day: the group's own, the newest that began by then; else the kind's defaults."""

    def text(name: str) -> str | None:
        since = sorted(key for key in own if key.startswith(name + SINCE) and key.partition(SINCE)[2] <= day)
        return own[since[-1]] if since else own.get(name) or defaults.get(name)

    return GroupRules(
        savings_amount=_amount(text("savings-amount") or "0"),
        savings_due=text("savings-due") or "meeting",
        loan_rate=text("loan-rate-per-month") or "0",
        loan_method=text("loan-method") or "equal-principal",
        loan_instalments=instalments(text("loan-instalments") or "1"),
        principal_rounding=_rounding(text("principal-rounding") or "1"),
        interest_months=_months(text("interest-months") or Months.CALENDAR.value),
        interest_rounding=_rounding(text("interest-rounding") or "1"),
        repayment_order=_order(text("repayment-order") or ",".join(PARTS)),
        fine_absent=_amount(text("fine-absent") or "0"),
        fine_late=_amount(text("fine-late") or "0"),
        meeting_day=_day_of_month(of_month) if (of_month := text("meeting-day")) else None,
        signed_by=_people(people) if (people := text("signed-by")) else None,
    )
