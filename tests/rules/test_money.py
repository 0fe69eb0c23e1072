"""Money is whole paise: how it is read, shown, rounded and shared out."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookkeeper.rules.money import NotAnAmount, Paise, Rounding, allot, parsed, rounded, shown, total

LARGEST = 99_999_999_999_99  # eleven digits of rupees and two of paise

amounts = st.integers(-LARGEST, LARGEST)


@pytest.mark.parametrize(
    ("text", "paise"),
    [
        ("0", 0),
        ("0.00", 0),
        ("-0", 0),
        ("1", 100),
        ("1.5", 150),
        ("1.05", 105),
        ("1234.50", 123450),
        ("-20", -2000),
        ("-0.01", -1),
        ("007", 700),
        ("99999999999.99", LARGEST),
    ],
)
def test_rupees_are_read_as_paise(text: str, paise: int) -> None:
    assert parsed(text) == paise


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("1,234.50", "commas"),
        ("1.234", "more than two decimals"),
        ("123456789012", "too large"),
        (" 5", "blanks around"),
        ("5 ", "blanks around"),
        ("5\n", "blanks around"),
        ("+5", "not an amount"),
        (".5", "not an amount"),
        ("5.", "not an amount"),
        ("--5", "not an amount"),
        ("5-", "not an amount"),
        ("1e3", "not an amount"),
        ("1_000", "not an amount"),
        ("0x10", "not an amount"),
        ("1 000", "not an amount"),
        ("5.0.0", "not an amount"),
        ("NaN", "not an amount"),
        ("Infinity", "not an amount"),
        ("₹5", "not an amount"),
        ("−5", "not an amount"),  # the minus sign of print
        ("(5)", "not an amount"),
        ("१२", "not an amount"),  # figures of Devanagari
        ("٣", "not an amount"),
        ("five", "not an amount"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(NotAnAmount, match=why):
        parsed(text)


@given(st.text())
def test_any_text_is_an_amount_or_is_refused(text: str) -> None:
    try:
        paise = parsed(text)
    except NotAnAmount:
        assert not re.fullmatch(r"-?[0-9]{1,11}(\.[0-9]{1,2})?", text)
    else:
        assert paise == int(Decimal(text) * 100)


@pytest.mark.parametrize(("paise", "text"), [(0, "0.00"), (-5, "-0.05"), (99, "0.99"), (123450, "1234.50")])
def test_paise_are_shown_as_rupees_with_two_places(paise: int, text: str) -> None:
    assert shown(paise) == text


@given(amounts)
def test_what_is_shown_is_read_as_the_same(paise: int) -> None:
    assert parsed(shown(paise)) == paise
    assert Decimal(shown(paise)) * 100 == paise


@pytest.mark.parametrize(
    ("exact", "how", "paise"),
    [
        # 1.005 rupees is 100.5 paise: half a paisa goes up.
        (Fraction(201, 2), Rounding.TO_PAISA, 101),
        (Fraction(-201, 2), Rounding.TO_PAISA, -101),
        (Fraction(1004, 10), Rounding.TO_PAISA, 100),
        # 2 % of 1,237 is 24.74: 24.50 to the half rupee, 25 to the rupee, 24 downwards.
        (Fraction(2474), Rounding.TO_HALF_RUPEE, 2450),
        (Fraction(2475), Rounding.TO_HALF_RUPEE, 2500),
        (Fraction(2474), Rounding.TO_RUPEE, 2500),
        (Fraction(2450), Rounding.TO_RUPEE, 2500),
        (Fraction(2449), Rounding.TO_RUPEE, 2400),
        (Fraction(2474), Rounding.DOWN_TO_RUPEE, 2400),
        (Fraction(2401), Rounding.UP_TO_RUPEE, 2500),
        (Fraction(2400), Rounding.UP_TO_RUPEE, 2400),
        (Fraction(0), Rounding.UP_TO_RUPEE, 0),
    ],
)
def test_an_amount_is_rounded_by_a_named_rule(exact: Fraction, how: Rounding, paise: int) -> None:
    assert rounded(exact, how) == paise


@given(st.fractions(max_denominator=36500, min_value=-(10**9), max_value=10**9))
def test_rounding_to_the_paisa_is_decimal_s_half_up(exact: Fraction) -> None:
    # Halves that Decimal's division could not hold exactly are kept exact: only the comparison is in decimals.
    doubled = 2 * exact
    if doubled.denominator == 1:
        assert rounded(exact, Rounding.TO_PAISA) == (Decimal(doubled.numerator) / 2).quantize(1, ROUND_HALF_UP)
    else:
        assert abs(rounded(exact, Rounding.TO_PAISA) - exact) < Fraction(1, 2)


@given(st.fractions(max_denominator=1000, min_value=-(10**9), max_value=10**9), st.sampled_from(Rounding))
def test_rounding_gives_whole_units_at_less_than_one_unit_away(exact: Fraction, how: Rounding) -> None:
    unit, way = how.value
    result = rounded(exact, how)
    assert result % unit == 0
    assert abs(result - exact) < unit
    if way == "up":
        assert abs(result) >= abs(exact)
    elif way == "down":
        assert abs(result) <= abs(exact)
    else:
        assert 2 * abs(result - exact) <= unit
    assert rounded(-exact, how) == -result


def test_amounts_add_up() -> None:
    assert total([Paise(150), Paise(-50), Paise(1)]) == 101
    assert total([]) == 0


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        # One rupee among three: 33 1/3 each; the odd paisa goes to the first.
        (100, (1, 1, 1), (34, 33, 33)),
        (101, (1, 1, 1), (34, 34, 33)),
        # 1.00 by 1 : 2 : 4 is 14 2/7, 28 4/7, 57 1/7: the one paisa left goes to the largest remainder, the second.
        (100, (1, 2, 4), (14, 29, 57)),
        (100, (0, 1, 0), (0, 100, 0)),
        (0, (3, 1), (0, 0)),
        (2, (1, 1, 1, 1), (1, 1, 0, 0)),
    ],
)
def test_an_amount_is_shared_by_largest_remainder(
    amount: int, weights: tuple[int, ...], parts: tuple[int, ...]
) -> None:
    assert allot(Paise(amount), weights) == parts


weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any)


@given(st.integers(0, LARGEST), weights)
def test_the_parts_add_up_and_none_is_a_paisa_off(amount: int, by: list[int]) -> None:
    parts = allot(Paise(amount), by)
    whole = sum(by)
    assert sum(parts) == amount
    assert all(abs(part - Fraction(amount * weight, whole)) < 1 for part, weight in zip(parts, by, strict=True))
    assert all(part == 0 for part, weight in zip(parts, by, strict=True) if weight == 0)


@given(st.integers(0, LARGEST), weights, st.integers(1, 1000))
def test_only_the_proportion_of_the_weights_matters(amount: int, by: list[int], times: int) -> None:
    assert allot(Paise(amount), by) == allot(Paise(amount), [times * weight for weight in by])


@given(st.integers(0, LARGEST), weights)
def test_who_has_more_weight_gets_no_less(amount: int, by: list[int]) -> None:
    parts = allot(Paise(amount), by)
    ranked = sorted(zip(by, parts, strict=True), key=lambda pair: pair[0])
    assert all(less[1] <= more[1] for less, more in pairwise(ranked) if less[0] < more[0])


@pytest.mark.parametrize(("amount", "by"), [(-1, [1]), (1, []), (1, [0, 0]), (1, [2, -1])])
def test_an_amount_is_not_shared_by_nothing(amount: int, by: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        allot(Paise(amount), by)
