"""Ten thousand loans of 24 instalments: their schedules beside PyLoan's, and what is overdue on all of them."""

from __future__ import annotations

import datetime as dt
import time
from fractions import Fraction
from random import Random
from typing import Final

from benchmarks.figure import Figure, missing, shown
from bookkeeper.rules.by_product import ByProduct
from bookkeeper.rules.interest import Movement
from bookkeeper.rules.loan_product import Product
from bookkeeper.rules.money import Paise
from bookkeeper.rules.schedules import schedule_of

LOANS: Final = 10_000
INSTALMENTS: Final = 24
SCHEDULES_WITHIN, ARREARS_WITHIN = 10.0, 2.0
"""Seconds, on one core, for all of them."""

RIVALS: Final = 200
"""How many schedules the rival makes: it would take half a minute for all."""

_PAID = 18
_ON = "2024-03-31"


def loans(count: int = LOANS) -> list[tuple[Product, Paise, str]]:
    """Loans by product, amount and day, the same on every machine."""
    drawn = Random(1)
    products = [
        Product(method, Fraction(rate), instalments=INSTALMENTS)
        for method in ("emi", "equal-principal", "flat")
        for rate in (12, 18, 24)
    ]
    first = dt.date(2022, 1, 1)
    return [
        (
            drawn.choice(products),
            Paise(drawn.randrange(1_000, 50_000) * 100),
            (first + dt.timedelta(drawn.randrange(270))).isoformat(),
        )
        for _ in range(count)
    ]


def schedules_seconds(there: list[tuple[Product, Paise, str]]) -> float:
    """Seconds for the due dates and instalments of all of them."""
    begun = time.perf_counter()
    for product, amount, day in there:
        schedule_of(product.method, product.terms(amount, day, product.dues(day)))
    return time.perf_counter() - begun


def rivals_seconds(there: list[tuple[Product, Paise, str]]) -> float:
    """Seconds for PyLoan's schedules of so many of them. Raises ImportError where it is not installed."""
    from pyloan import pyloan  # type: ignore[import-untyped]  # noqa: PLC0415  # it has no types

    begun = time.perf_counter()
    for product, amount, day in there:
        years, rate = INSTALMENTS // 12, int(product.rate)
        pyloan.Loan(
            loan_amount=amount // 100, interest_rate=rate, loan_term=years, start_date=day
        ).get_payment_schedule()
    return time.perf_counter() - begun


def running(there: list[tuple[Product, Paise, str]]) -> list[ByProduct]:
    """The same as loans in hand, their schedules made: 18 instalments are paid, one in twenty late and by half."""
    drawn = Random(2)
    found = []
    for product, amount, day in there:
        dues = product.dues(day)
        rows = schedule_of(product.method, product.terms(amount, day, dues))
        moved = [Movement(day, principal=amount, lent=amount)]
        for due, row in zip(dues[:_PAID], rows, strict=False):
            late = drawn.randrange(20) == 0
            on = (dt.date.fromisoformat(due) + dt.timedelta(10 if late else 0)).isoformat()
            part = row.principal // 2 if late else row.principal
            moved.append(Movement(on, principal=-part, interest=row.interest))
        loan = ByProduct(product, dues, tuple(sorted(moved, key=lambda one: one.date)))
        loan.schedule()
        found.append(loan)
    return found


def arrears_seconds(there: list[ByProduct]) -> tuple[float, int]:
    """Seconds for what is overdue on all of them and since when, and on how many something is."""
    begun = time.perf_counter()
    overdue = 0
    for loan in there:
        due = loan.standing(_ON, ())
        if due.principal_arrears or due.interest_arrears:
            overdue += loan.unpaid_since(_ON, ()) is not None
    return time.perf_counter() - begun, overdue


def figures(count: int = LOANS) -> list[Figure]:
    """Both lines of the table."""
    there = loans(count)
    seconds = schedules_seconds(there)
    what = f"schedules of {count:,} loans with {INSTALMENTS} instalments, one core"
    promised = f"under {SCHEDULES_WITHIN:.0f} s"
    each = seconds / count
    try:
        rivals = rivals_seconds(there[:RIVALS]) / min(RIVALS, count)
        rival = f"PyLoan, from {RIVALS} of them: {shown(rivals * count)}"
        ratio = f"{rivals / each:.1f} × faster"
        first = Figure(what, shown(seconds), rival, ratio, promised, seconds < SCHEDULES_WITHIN)
    except ImportError:
        first = missing(what, "PyLoan is not installed", promised)
    late, overdue = arrears_seconds(running(there))
    second = Figure(
        f"arrears of {count:,} such loans ({overdue:,} of them overdue), one core", shown(late),
        promised=f"under {ARREARS_WITHIN:.0f} s", kept=late < ARREARS_WITHIN,
    )  # fmt: skip
    return [first, second]
