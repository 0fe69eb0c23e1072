"""Fees of a loan, and the rate by its size or number."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bookkeeper.rules.fees import Borne, Fee, Levied, borne, levied
from bookkeeper.rules.money import Paise, Rounding
from bookkeeper.rules.slabs import Slab, rate_of

INSURANCE = Fee("Insurance", "other-income", Borne.CAPITALISED, percent=Fraction(1, 2), rounding=Rounding.TO_RUPEE)
FORM = Fee("Form", "other-income", Borne.DEDUCTED, amount=Paise(10_00))


def test_a_fee_is_a_percentage_rounded_once_or_an_amount() -> None:
    # half a percent of 4,900.00 is 24.50, in rupees 25; of 90.00 it is 0.45, in rupees nothing
    assert levied((INSURANCE, FORM), Paise(4_900_00)) == (
        Levied("other-income", Paise(25_00), Borne.CAPITALISED),
        Levied("other-income", Paise(10_00), Borne.DEDUCTED),
    )
    assert levied((INSURANCE,), Paise(90_00)) == ()


def test_fees_add_up_by_how_they_are_borne() -> None:
    fees = levied((INSURANCE, FORM, FORM), Paise(4_900_00))
    assert [borne(fees, how) for how in (Borne.DEDUCTED, Borne.CAPITALISED, Borne.PAID)] == [20_00, 25_00, 0]


SMALL, MIDDLE = Slab(Fraction(9), Paise(50_00)), Slab(Fraction(10), Paise(100_00))
SECOND = Slab(Fraction(8), loan_number=2)


@pytest.mark.parametrize(
    ("slabs", "principal", "number", "rate"),
    [
        ((SMALL, MIDDLE), 50_00, 1, 9),
        ((SMALL, MIDDLE), 50_01, 1, 10),
        ((MIDDLE, SMALL), 100_01, 1, 12),
        ((SECOND,), 1, 1, 12),
        ((SECOND, Slab(Fraction(7), loan_number=4)), 1, 5, 7),
        ((SECOND, SMALL), 10_00, 2, 9),
        ((), 1, 1, 12),
    ],
)
def test_the_rate_of_a_loan(slabs: tuple[Slab, ...], principal: int, number: int, rate: int) -> None:
    assert rate_of(slabs, Fraction(12), Paise(principal), number) == rate
