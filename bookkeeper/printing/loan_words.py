"""How a member's loan is told in a line: which it is, what for, how it is paid back; what paper and screen share."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from bookkeeper.printing.figures import number_text
from bookkeeper.report import Row
from bookkeeper.words import Language


def of_loan(loan: Row, language: Language, amount: Callable[[int], str]) -> str:
    """Which loan it is, what for, and how it is paid back; `amount` writes paise."""
    say, number, count = language.say, number_text(loan["loan"], language), loan["count"]
    which = say("Loan {number}", number=number)
    if loan["purpose"]:
        which = say("Loan {number}, {purpose}", number=number, purpose=loan["purpose"])
    if loan["instalment"] is None:
        return f"{which}. {say('{count} instalments', count=count)}"
    each = amount(cast("int", loan["instalment"]))
    return f"{which}. {say('{count} instalments, {amount} each', count=count, amount=each)}"


def how_far(loan: Row, language: Language) -> str:
    """How many of its instalments are paid, overdue and left."""
    paid, overdue, left = (cast("int", loan[key]) for key in ("paid", "overdue", "left"))
    return language.say("{paid} paid, {overdue} overdue, {left} left", paid=paid, overdue=overdue, left=left)
