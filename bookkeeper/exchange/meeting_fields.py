"""Single fields of a meeting's or a cut-off sheet, in whatever file they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from bookkeeper.definitions.group_rules import NotARule, instalments, method, rate
from bookkeeper.exchange.faults import NotTaken
from bookkeeper.exchange.fields import clean, near, needed, short
from bookkeeper.exchange.json_fields import whole_of
from bookkeeper.rules.meeting import BANK, CASH, MOST_NUMBER, SAVINGS, Repaid
from bookkeeper.rules.text import LONG, MISPLACED, said_of

MINUTES: Final = 5000
"""How many characters minutes may have."""

RESOLUTION: Final = 1000
"""How many characters a resolution may have."""

KINDS: Final = ("receipt", "payment", "contra")
"""What a line at the foot of the sheet may be."""

Value = TypeVar("Value")


def rate_of(text: str) -> str:
    """A rate in percent a month, as it is written."""
    _ruled(rate, text.strip())
    return text.strip()


def instalments_of(text: str) -> int:
    """A number of instalments, from 1."""
    return _ruled(instalments, text.strip())


def method_of(text: str) -> str:
    """A method of lending."""
    return _ruled(method, text.strip())


def product_of(text: str) -> str:
    """The key of a loan product; whether there is one, the books know."""
    return needed(text)


def beside_repayment(paid: Repaid) -> str:
    """What is wrong where a repayment, which is the whole, stands beside one of its parts; empty where nothing is."""
    if not paid.repayment or paid.repayment == paid.total:
        return ""
    beside = "principal or interest" if paid.principal or paid.interest else "penalty"
    return f"a repayment stands beside its {beside}."


def _ruled(read: Callable[[str], Value], text: str) -> Value:
    try:
        return read(short(text))
    except NotARule as error:
        raise NotTaken(str(error)) from None


def number_of(text: str) -> int:
    """The number of a meeting."""
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) > len(str(MOST_NUMBER)):
        raise NotTaken(f"“{short(digits)}” is too large for the number of a meeting. Write one up to {MOST_NUMBER}.")
    return whole_of(digits, 1)


def by_of(text: str) -> str:
    """How money was paid: cash or bank."""
    return _one_of(text, (CASH, BANK))


def kind_of(text: str) -> str:
    """What a line at the foot is."""
    return _one_of(text, KINDS)


def savings_of(text: str) -> str:
    """Which savings a withdrawal is taken from, as a role."""
    return _one_of(text, tuple(SAVINGS.values()))


def _one_of(text: str, there: Iterable[str]) -> str:
    found = text.strip()
    if found in there:
        return found
    raise NotTaken(f"“{short(found)}” cannot stand here. {near(found, there)}")


def item_of(text: str) -> str:
    """A point of the agenda."""
    return _filled(clean(text, LONG))


def resolution_of(text: str) -> str:
    """What was resolved."""
    return _filled(clean(text, RESOLUTION))


def _filled(text: str) -> str:
    if text:
        return text
    raise NotTaken("this may not be empty.")


def minutes_of(text: str) -> str:
    """Minutes: text of many lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
    unwanted = MISPLACED.search(text)
    if unwanted:
        raise NotTaken(" ".join(said_of(unwanted[0])))
    text = unicodedata.normalize("NFC", text)
    if len(text) > MINUTES:
        raise NotTaken(f"the text has {len(text)} characters. Shorten it to {MINUTES} at most.")
    return text
