"""What a loan would cost: each option worked by hand, published schedules with dates, and what holds for all."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookkeeper.commands.loans import Quote, Wanted, quote
from bookkeeper.errors import BadInput
from bookkeeper.rules import schedules
from bookkeeper.rules.day_count import DayCount, lengths
from bookkeeper.rules.due_dates import Frequency
from bookkeeper.rules.loan_product import MOST_INSTALMENTS, Product
from bookkeeper.rules.money import Paise, RoundTo, Way, parsed, rounded, shown
from bookkeeper.rules.schedules import Clauses, Terms, Treatment, method_of, methods, schedule_of

RUPEE = RoundTo(100)
DRAWN = tuple(name for name in methods() if name != "custom")
"""The methods that need no list of amounts."""


def quoted(principal: str = "1000", rate: str = "24", method: str = "emi", **more: Any) -> Quote:  # noqa: ANN401
    """A quote of a loan of 1 January 2024; without more in four months."""
    if "instalment" in more:
        more["instalment"] = parsed(more["instalment"])
    else:
        more = {"instalments": 4} | more
    return quote(ask(parsed(principal), Fraction(rate), method, more.pop("disbursed", "2024-01-01"), **more))


def ask(principal: Paise, rate: Fraction, method: str, disbursed: str, **more: Any) -> Wanted:  # noqa: ANN401
    """A loan that is asked about; what is not its own is the product's."""
    own = {key: more.pop(key) for key in ("first", "high_rate") if key in more}
    return Wanted(principal, disbursed, Product(method, rate, **more), **own)


def table(found: Quote) -> list[str]:
    """Each instalment in a line: principal, interest and what is owed after it."""
    return [f"{shown(one.principal)} {shown(one.interest)} {shown(one.outstanding)}" for _, one in found.instalments]


def dues(found: Quote) -> list[str]:
    return [due for due, _ in found.instalments]


# ------------------------------------------------------------------------------------------------------- rounding


@pytest.mark.parametrize(
    ("exact", "unit", "way", "paise"),
    [
        (Fraction(250), 500, "half-up", 500),
        (Fraction(250), 500, "half-even", 0),
        (Fraction(750), 500, "half-even", 1000),
        (Fraction(751), 500, "half-even", 1000),
        (Fraction(749), 500, "half-even", 500),
        (Fraction(-250), 500, "half-even", 0),
        (Fraction(1, 2), 1, "half-even", 0),
        (Fraction(3, 2), 1, "half-even", 2),
        (Fraction(1001), 1000, "up", 2000),
        (Fraction(1999), 1000, "down", 1000),
    ],
)
def test_an_amount_is_rounded_to_any_unit(exact: Fraction, unit: int, way: Way, paise: int) -> None:
    assert rounded(exact, RoundTo(unit, way)) == paise


def test_interest_is_rounded_once_a_charge() -> None:
    # 2 % of 1,237 is 24.74, then of 927.75 it is 18.555, of 618.50 12.37, of 309.25 6.185
    more: dict[str, Any] = {"method": "equal-principal", "round_principal": RoundTo(1)}
    lines = table(quoted("1237", **more))
    assert [line.split()[1] for line in lines] == ["24.74", "18.56", "12.37", "6.19"]
    lines = table(quoted("1237", round_interest=RoundTo(1, "half-even"), **more))
    assert [line.split()[1] for line in lines] == ["24.74", "18.56", "12.37", "6.18"]
    lines = table(quoted("1237", round_interest=RoundTo(500, "up"), **more))
    assert [line.split()[1] for line in lines] == ["25.00", "20.00", "15.00", "10.00"]
    lines = table(quoted("1237", round_interest=RoundTo(100, "down"), **more))
    assert [line.split()[1] for line in lines] == ["24.00", "18.00", "12.00", "6.00"]


def test_principal_is_rounded_and_the_last_takes_what_is_left() -> None:
    # 1,000 over 3 is 333.33 1/3
    found = quoted(method="equal-principal", instalments=3, round_principal=RoundTo(1000, "up"))
    assert [line.split()[0] for line in table(found)] == ["340.00", "340.00", "320.00"]
    found = quoted(method="flat", instalments=3, round_principal=RoundTo(500, "down"))
    assert [line.split()[0] for line in table(found)] == ["330.00", "330.00", "340.00"]


def test_the_instalment_is_rounded() -> None:
    # 1,000 at 2 % in four: 262.62; to the rupee 263, up to ten 270. The last takes what is left.
    assert table(quoted(round_instalment=RUPEE)) == [
        "243.00 20.00 757.00", "247.86 15.14 509.14", "252.82 10.18 256.32", "256.32 5.13 0.00",
    ]  # fmt: skip
    assert table(quoted(round_instalment=RoundTo(1000, "up")))[0] == "250.00 20.00 750.00"
    # flat: 333.33 and 20.00 are 353.33, to the rupee 353: 333 of principal
    assert table(quoted(method="flat", instalments=3, round_instalment=RUPEE)) == [
        "333.00 20.00 667.00", "333.00 20.00 334.00", "334.00 20.00 0.00",
    ]  # fmt: skip


# -------------------------------------------------------------------------------------------------------- methods


def test_the_four_methods_on_a_thousand_at_2_percent_a_month() -> None:
    assert table(quoted()) == [
        "242.62 20.00 757.38", "247.47 15.15 509.91", "252.42 10.20 257.49", "257.49 5.15 0.00",
    ]  # fmt: skip
    assert table(quoted(method="equal-principal")) == [
        "250.00 20.00 750.00", "250.00 15.00 500.00", "250.00 10.00 250.00", "250.00 5.00 0.00",
    ]  # fmt: skip
    assert table(quoted(method="flat")) == [
        "250.00 20.00 750.00", "250.00 20.00 500.00", "250.00 20.00 250.00", "250.00 20.00 0.00",
    ]  # fmt: skip
    found = quoted(method="bullet")
    assert table(found) == ["0.00 20.00 1000.00"] * 3 + ["1000.00 20.00 0.00"]
    assert shown(found.total_interest) == "80.00"


def test_without_interest_the_parts_are_equal() -> None:
    for method in ("emi", "equal-principal", "flat"):
        assert table(quoted("100", "0", method, instalments=3)) == [
            "33.33 0.00 66.67", "33.33 0.00 33.34", "33.34 0.00 0.00",
        ]  # fmt: skip


# ---------------------------------------------------------------------------------------------- rate and frequency


@pytest.mark.parametrize(
    ("rate", "rate_per", "frequency", "every", "interest"),
    [
        ("24", "year", Frequency.MONTHLY, 1, "200.00"),  # 24 / 12
        ("2", "month", Frequency.MONTHLY, 1, "200.00"),
        ("2", "month", Frequency.QUARTERLY, 1, "600.00"),
        ("2", "month", Frequency.HALF_YEARLY, 1, "1200.00"),
        ("2", "month", Frequency.YEARLY, 1, "2400.00"),
        ("26", "year", Frequency.WEEKLY, 1, "50.00"),  # 26 / 52
        ("26", "year", Frequency.FORTNIGHTLY, 1, "100.00"),  # 26 / 26
        ("26", "year", Frequency.FOUR_WEEKLY, 1, "200.00"),  # 26 / 13
        ("0.5", "week", Frequency.WEEKLY, 1, "50.00"),
        ("0.5", "week", Frequency.FOUR_WEEKLY, 1, "200.00"),
        ("0.1", "day", Frequency.DAYS, 10, "100.00"),
        ("36.5", "year", Frequency.DAYS, 30, "300.00"),  # 36.5 / 365 × 30
        ("24", "year", Frequency.MONTHLY, 2, "400.00"),
        ("12", "year", Frequency.WEEKLY, 1, "23.08"),  # 12 / 52 = 0.230769…
    ],
)
def test_periods_take_their_part_of_a_years_rate(
    rate: str, rate_per: str, frequency: Frequency, every: int, interest: str
) -> None:
    found = quoted("10000", rate, "bullet", rate_per=rate_per, frequency=frequency, every=every, instalments=2)
    assert table(found) == [f"0.00 {interest} 10000.00", f"10000.00 {interest} 0.00"]


# ---------------------------------------------------------------------------------------------- dates, day counts


def test_without_a_first_due_date_it_is_one_period_after_the_loan_whose_day_is_kept() -> None:
    assert dues(quoted()) == ["2024-02-01", "2024-03-01", "2024-04-01", "2024-05-01"]
    assert dues(quoted(disbursed="2024-01-31")) == ["2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]
    assert dues(quoted(first="2024-01-31")) == ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]
    assert dues(quoted(first="2024-02-29"))[1] == "2024-03-29"
    assert dues(quoted(frequency=Frequency.FORTNIGHTLY, every=2))[:2] == ["2024-01-29", "2024-02-26"]


def test_under_periods_a_first_period_of_another_length_is_one_whole_period() -> None:
    assert table(quoted(first="2024-01-10")) == table(quoted()) == table(quoted(first="2024-03-20"))


def test_a_broken_first_period_is_counted_in_days() -> None:
    # 36.5 % a year is 0.1 % a day: 10 days, then 31 (10 January to 10 February), 29, 31
    more: dict[str, Any] = {"method": "bullet", "rate": "36.5", "first": "2024-01-11"}
    found = quoted(day_count=DayCount.ACTUAL_365, **more)
    assert [line.split()[1] for line in table(found)] == ["10.00", "31.00", "29.00", "31.00"]
    # 36 % a year is 0.1 % a day of 360: 10 days, then 30 each
    found = quoted(day_count=DayCount.THIRTY_360, **(more | {"rate": "36"}))
    assert [line.split()[1] for line in table(found)] == ["10.00", "30.00", "30.00", "30.00"]
    found = quoted(day_count=DayCount.ACTUAL_360, **(more | {"rate": "36"}))
    assert [line.split()[1] for line in table(found)] == ["10.00", "31.00", "29.00", "31.00"]
    # 366 % over 366 days is 1 % a day
    found = quoted(day_count=DayCount.ACTUAL_ACTUAL, high_rate=True, **(more | {"rate": "366"}))
    assert [line.split()[1] for line in table(found)] == ["100.00", "310.00", "290.00", "310.00"]


PUBLISHED: dict[str, tuple[tuple[str, str, dict[str, Any]], list[str]]] = {
    # Apache Fineract, fineract-e2e-tests-runner/src/test/resources/features/EMICalculation.feature, C3159
    "actual/365": (
        ("100", "12", {"instalments": 6, "day_count": DayCount.ACTUAL_365}),
        ["16.23 1.02 83.77", "16.45 0.80 67.32", "16.56 0.69 50.76", "16.75 0.50 34.01", "16.90 0.35 17.11",
         "17.11 0.17 0.00"],
    ),
    # The same, LoanMonthEndDueDateStrategy.feature, C111047, 28 February, 31 March and 30 April
    "actual/actual": (
        ("10000", "12", {"instalments": 3, "day_count": DayCount.ACTUAL_ACTUAL, "disbursed": "2025-01-31"}),
        ["3305.77 92.05 6694.23", "3329.59 68.23 3364.64", "3364.64 33.19 0.00"],
    ),
    # The same, EMICalculation.feature, C3157: every two months
    "30/360": (
        ("100", "12", {"instalments": 3, "day_count": DayCount.THIRTY_360, "every": 2}),
        ["32.68 2.00 67.32", "33.33 1.35 33.99", "33.99 0.68 0.00"],
    ),
    # The same, LoanBulletBalloon.feature, BL01: of eight payments seven are free of principal
    "moratorium": (
        ("100", "30", {"instalments": 8, "day_count": DayCount.THIRTY_360, "moratorium_principal": 7}),
        ["0.00 2.50 100.00"] * 7 + ["100.00 2.50 0.00"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_schedule_comes_out_to_the_paisa(name: str) -> None:
    (principal, rate, more), lines = PUBLISHED[name]
    assert table(quoted(principal, rate, **more)) == lines


def test_a_first_period_whose_interest_exceeds_the_instalment_is_paid_and_the_rest_is_equal_again() -> None:
    # Four of 381.06 would do, but two years' interest on 1,000 is 480; three months at 2 % remain: 346.75 each
    found = quoted(disbursed="2022-01-01", first="2024-01-01", day_count=DayCount.THIRTY_360)
    assert table(found) == ["0.00 480.00 1000.00", "326.75 20.00 673.25", "333.28 13.47 339.97", "339.97 6.80 0.00"]


# ------------------------------------------------------------------------------------------------ instalment agreed


def test_an_agreed_instalment_runs_as_long_as_it_takes() -> None:
    # EMI: principal and interest together
    assert table(quoted(instalment="400")) == ["380.00 20.00 620.00", "387.60 12.40 232.40", "232.40 4.65 0.00"]
    # equal principal: principal alone, as groups say it
    assert table(quoted(method="equal-principal", instalment="400")) == [
        "400.00 20.00 600.00", "400.00 12.00 200.00", "200.00 4.00 0.00",
    ]  # fmt: skip
    # flat: interest and principal, as with the EMI
    assert table(quoted(method="flat", instalment="400")) == [
        "380.00 20.00 620.00", "380.00 20.00 240.00", "240.00 20.00 0.00",
    ]  # fmt: skip
    assert table(quoted(instalment="1020")) == ["1000.00 20.00 0.00"]
    assert table(quoted(instalment="5000")) == ["1000.00 20.00 0.00"]


def test_an_agreed_instalment_waits_for_a_moratorium() -> None:
    found = quoted(method="equal-principal", instalment="1000", moratorium_interest=2)
    assert table(found) == ["1000.00 0.00 0.00", "0.00 0.00 0.00", "0.00 20.00 0.00"]
    found = quoted(instalment="600", moratorium_principal=1)
    assert table(found) == ["0.00 20.00 1000.00", "580.00 20.00 420.00", "420.00 8.40 0.00"]


# ------------------------------------------------------------------------------------------------------- moratorium


def test_a_moratorium_on_principal_counts_among_the_instalments() -> None:
    assert table(quoted(method="equal-principal", moratorium_principal=2)) == [
        "0.00 20.00 1000.00", "0.00 20.00 1000.00", "500.00 20.00 500.00", "500.00 10.00 0.00",
    ]  # fmt: skip
    # 1,000 in two at 2 %: 515.05
    assert table(quoted(moratorium_principal=2))[2:] == ["495.05 20.00 504.95", "504.95 10.10 0.00"]


BOTH: dict[str, Any] = {"moratorium_principal": 2, "moratorium_interest": 2}


def test_interest_put_off_is_collected_with_the_first_instalment_after() -> None:
    found = quoted(method="equal-principal", **BOTH)
    assert table(found) == ["0.00 0.00 1000.00"] * 2 + ["500.00 60.00 500.00", "500.00 10.00 0.00"]
    assert shown(found.total_interest) == "70.00"
    # EMI: 515.05, and on top of the first 40
    assert table(quoted(**BOTH))[2:] == ["495.05 60.00 504.95", "504.95 10.10 0.00"]


def test_interest_put_off_is_spread_over_what_is_left() -> None:
    more = BOTH | {"instalments": 5, "moratorium_treatment": Treatment.SPREAD}
    # 40 over three: 13.33, 13.33, 13.34; a third of 1,000 each, interest 20, 13.33, 6.67
    assert table(quoted(method="equal-principal", **more))[2:] == [
        "333.33 33.33 666.67", "333.33 26.66 333.34", "333.34 20.01 0.00",
    ]  # fmt: skip
    assert table(quoted(method="bullet", **more))[2:] == [
        "0.00 33.33 1000.00", "0.00 33.33 1000.00", "1000.00 33.34 0.00",
    ]  # fmt: skip


def test_interest_put_off_is_capitalised_on_each_due_date() -> None:
    more = BOTH | {"moratorium_treatment": Treatment.CAPITALISE}
    found = quoted(method="equal-principal", **more)
    # 1,000 → 1,020 → 1,040.40, in two: 520.20 each, interest 20.81 and 10.40
    assert table(found) == ["0.00 0.00 1020.00", "0.00 0.00 1040.40", "520.20 20.81 520.20", "520.20 10.40 0.00"]
    assert (shown(found.total_interest), shown(found.capitalised)) == ("31.21", "40.40")
    # 1,040.40 in two at 2 %: 535.86
    assert table(quoted(**more))[2:] == ["515.05 20.81 525.35", "525.35 10.51 0.00"]
    # flat: what is capitalised counts as lent, 20 and then 20.40
    assert table(quoted(method="flat", **more))[2:] == ["520.20 20.81 520.20", "520.20 20.81 0.00"]
    assert table(quoted(method="bullet", **more))[2:] == ["0.00 20.81 1040.40", "1040.40 20.81 0.00"]


def test_a_moratorium_on_interest_alone_leaves_principal_on_time() -> None:
    found = quoted(method="equal-principal", moratorium_interest=1)
    assert table(found) == ["250.00 0.00 750.00", "250.00 35.00 500.00", "250.00 10.00 250.00", "250.00 5.00 0.00"]
    # capitalised: 250 paid, 20 added, and 770 in three: 256.67
    found = quoted(method="equal-principal", moratorium_interest=1, moratorium_treatment=Treatment.CAPITALISE)
    assert table(found) == ["250.00 0.00 770.00", "256.67 15.40 513.33", "256.67 10.27 256.66", "256.66 5.13 0.00"]


# ---------------------------------------------------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("more", "option", "says"),
    [
        ({"principal": "0"}, "--principal", "nothing to lend"),
        ({"rate": "-1"}, "--rate", "not negative"),
        ({"every": 0}, "--every", "from 1"),
        ({"instalments": 0}, "--instalments", "from 1 to 1200"),
        ({"instalments": 1201}, "--instalments", "from 1 to 1200"),
        ({"instalments": None}, "--instalments", "one of the two"),
        ({"instalments": 4, "instalment": "5"}, "--instalments", "one of the two"),
        ({"instalment": "0"}, "--instalment", "never pays"),
        ({"instalment": "20"}, "--instalment", "after 1200 instalments 1000.00 would still be owed"),
        ({"instalment": "0.50", "rate": "0"}, "--instalment", "after 1200 instalments 400.00 would still be owed"),
        ({"instalment": "20", "method": "flat"}, "--instalment", "still be owed"),
        ({"instalment": "20", "method": "bullet"}, "--instalment", "with its last"),
        ({"instalment": "500", "frequency": Frequency.YEARLY, "every": 80}, "--instalment", "after 2 instalments"),
        ({"first": "2023-12-31"}, "--first", "before the loan is given, on 2024-01-01"),
        ({"instalments": 177, "frequency": Frequency.YEARLY}, "--instalments", "only 175"),
        ({"frequency": Frequency.YEARLY, "every": 200}, "--instalments", "only 0"),
        ({"moratorium_principal": 4}, "--moratorium-principal", "leaves none"),
        ({"moratorium_interest": 4}, "--moratorium-interest", "leaves none"),
        (
            {"instalment": "500", "moratorium_interest": 1, "moratorium_treatment": Treatment.SPREAD},
            "--moratorium-treatment", "--instalments",
        ),
        ({"rate": "240"}, "--rate", "1000.00, owed for a year, would bear 2400.00"),
        ({"rate": "24.5", "rate_per": "month"}, "--rate", "24.5 percent a month"),
    ],
)  # fmt: skip
def test_terms_that_no_loan_can_have_are_refused_in_words(more: dict[str, Any], option: str, says: str) -> None:
    if more.get("instalments", 1) is None:
        wanted = ask(Paise(1), Fraction(1), "emi", "2024-01-01")
        with pytest.raises(BadInput, match=says):
            quote(wanted)
        return
    with pytest.raises(BadInput) as refused:
        quoted(**more)
    assert refused.value.faults[0].field == option
    assert says in str(refused.value)


def test_a_high_rate_is_taken_when_it_is_meant() -> None:
    assert shown(quoted(rate="240", high_rate=True, instalments=1).total_interest) == "200.00"
    assert shown(quoted(rate="120", instalments=1).total_interest) == "100.00"


# ----------------------------------------------------------------------------------------------- one file a method

FIRST_PARTS = '''
"""Small parts of principal, a tenth each, and what is left with the last."""

from bookkeeper.rules.schedules import Method

METHOD = Method(lambda terms, outstanding, number: terms.principal // 10)
'''


@pytest.fixture
def dropped_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A method that was dropped in as one file."""
    (tmp_path / "first_parts.py").write_text(FIRST_PARTS, encoding="utf-8")
    monkeypatch.setattr(schedules, "__path__", [*schedules.__path__, str(tmp_path)])
    yield
    sys.modules.pop("bookkeeper.rules.schedules.first_parts", None)
    method_of.cache_clear()
    schedule_of.cache_clear()


@pytest.mark.usefixtures("dropped_in")
def test_a_method_is_one_file() -> None:
    assert "first-parts" in methods()
    assert table(quoted(method="first-parts")) == [
        "100.00 20.00 900.00", "100.00 18.00 800.00", "100.00 16.00 700.00", "700.00 14.00 0.00",
    ]  # fmt: skip


# -------------------------------------------------------------------------------------------------------- for all

UNITS = st.builds(
    RoundTo, st.sampled_from([1, 5, 50, 100, 500, 1000]), st.sampled_from(["half-up", "half-even", "up", "down"])
)


@st.composite
def wanted(draw: st.DrawFn) -> Wanted:
    count = draw(st.integers(1, 60))
    disbursed = draw(st.dates(dt.date(2000, 1, 1), dt.date(2040, 12, 31)))
    first = draw(st.none() | st.integers(0, 400).map(lambda days: (disbursed + dt.timedelta(days)).isoformat()))
    return ask(
        principal=Paise(draw(st.integers(1, 10**10))),
        rate=draw(st.fractions(0, 120, max_denominator=1000)),
        method=draw(st.sampled_from(DRAWN)),
        disbursed=disbursed.isoformat(),
        instalments=count,
        frequency=draw(st.sampled_from([one for one in Frequency if one is not Frequency.YEARLY])),
        every=draw(st.integers(1, 3)),
        first=first,
        day_count=draw(st.sampled_from(DayCount)),
        round_interest=draw(UNITS),
        round_principal=draw(UNITS),
        round_instalment=draw(UNITS),
        moratorium_principal=draw(st.integers(0, count - 1)),
        moratorium_interest=draw(st.integers(0, count - 1)),
        moratorium_treatment=draw(st.sampled_from(Treatment)),
    )


@settings(max_examples=300)
@given(wanted())
def test_every_quote_pays_off(asked: Wanted) -> None:
    found = quote(asked)
    rows = [one for _, one in found.instalments]
    assert [one.number for one in rows] == list(range(1, (asked.product.instalments or 0) + 1))
    assert sum(one.principal for one in rows) == asked.principal + found.capitalised
    assert found.total_interest == sum(one.interest for one in rows)
    assert all(one.principal >= 0 and one.interest >= 0 and one.outstanding >= 0 for one in rows)
    assert rows[-1].outstanding == 0
    assert all(one.principal == 0 for one in rows[: asked.product.moratorium_principal])
    assert all(one.interest == 0 for one in rows[: asked.product.moratorium_interest])
    if asked.product.moratorium_treatment is not Treatment.CAPITALISE or not asked.product.moratorium_interest:
        assert found.capitalised == 0
    assert dues(found) == sorted(set(dues(found)))
    assert dues(found)[0] >= asked.disbursed


@given(st.integers(10**4, 10**9), st.fractions(0, 60, max_denominator=100), st.integers(1, 120))
def test_the_last_of_equal_instalments_differs_by_the_carried_rounding_alone(
    principal: int, rate: Fraction, count: int
) -> None:
    # Instalment and interest are each rounded by at most half a paisa, and carried on at interest.
    found = quote(ask(Paise(principal), rate, "emi", "2024-01-01", instalments=count))
    rows = [one.principal + one.interest for _, one in found.instalments]
    carried = sum((1 + rate / 1200) ** power for power in range(count))
    assert abs(rows[-1] - rows[0]) <= carried
    if carried < rows[0]:  # else what is carried may pay the loan off before its last instalment
        assert len(set(rows[:-1])) <= 1


@given(st.integers(10**6, 10**9), st.integers(0, 40), st.integers(2, 60))
def test_the_last_of_equal_instalments_is_what_exact_fractions_leave(principal: int, rate: int, count: int) -> None:
    # P·gⁿ - A·Σ gᵏ, and what rounding each interest added or took, carried on at interest; g = 1 + rate ÷ 1200
    found = [
        one
        for _, one in quote(ask(Paise(principal), Fraction(rate), "emi", "2024-01-01", instalments=count)).instalments
    ]
    grown = 1 + Fraction(rate, 1200)
    level = found[0].principal + found[0].interest
    owed = Fraction(principal)
    last = Fraction(0)
    for before, row in zip([principal, *(one.outstanding for one in found)], found, strict=False):
        error = row.interest - before * (grown - 1)
        last = owed * grown + error
        owed = last - level
    assert found[-1].principal + found[-1].interest == last


@given(
    st.integers(10**6, 10**9), st.fractions(0, 60, max_denominator=100), st.integers(1, 40),
    st.sampled_from(DayCount), st.integers(0, 60),
)  # fmt: skip
def test_the_equal_instalment_pays_off_exactly_before_it_is_rounded(
    principal: int, rate: Fraction, count: int, how: DayCount, late: int
) -> None:
    first = (dt.date(2024, 1, 31) + dt.timedelta(late)).isoformat()
    asked = ask(Paise(principal), rate, "emi", "2024-01-01", instalments=count, first=first, day_count=how)
    found = quote(asked)
    periods = lengths("2024-01-01", dues(found), how, Frequency.MONTHLY, 1)
    # discounted back to the day of the loan, the exact instalments are worth the principal
    worth, discount = Fraction(0), Fraction(1)
    for period in periods:
        discount /= 1 + rate * period / 100
        worth += discount
    row = found.instalments[0][1]
    if count > 1 and row.principal:  # unless the first period's interest is more than that
        assert row.principal + row.interest == rounded(principal / worth, RoundTo(1))


def test_instalments_of_principal_may_be_agreed_on_one_by_one() -> None:
    # 1,000 at 2 % a month: 100, nothing (before the harvest), 900; interest 20, 18, 18
    found = quote(ask(parsed("1000"), Fraction(24), "custom", "2024-01-01", parts=(10_000, 0, 90_000)))
    assert table(found) == ["100.00 20.00 900.00", "0.00 18.00 900.00", "900.00 18.00 0.00"]


@given(wanted(), st.integers(1, 10**10))
def test_an_agreed_instalment_ends_or_is_refused(asked: Wanted, paise: int) -> None:
    method = "emi" if asked.product.method == "bullet" else asked.product.method
    free = min(asked.product.moratorium_interest, asked.product.moratorium_principal)
    product = asked.product
    agreed = ask(
        asked.principal, product.rate, method, asked.disbursed, instalment=Paise(paise), frequency=product.frequency,
        day_count=product.day_count, moratorium_principal=free, moratorium_interest=free,
        moratorium_treatment=Treatment.CAPITALISE,
    )  # fmt: skip
    try:
        found = quote(agreed)
    except BadInput as refused:
        assert "would still be owed" in str(refused)  # noqa: PT017  # either is right
        return
    rows = [one for _, one in found.instalments]
    assert len(rows) <= MOST_INSTALMENTS
    assert sum(one.principal for one in rows) == asked.principal + found.capitalised
    assert rows[-1].outstanding == 0
    assert all(one.outstanding for one in rows[:-1])


@given(st.integers(1, 10**9), st.fractions(0, 10, max_denominator=100), st.integers(1, 60), st.sampled_from(DRAWN))
def test_clauses_that_say_nothing_change_nothing(principal: int, rate: Fraction, count: int, method: str) -> None:
    paisa = RoundTo(1)
    plain = Terms(Paise(principal), rate, count, paisa, paisa)
    spelled = Terms(Paise(principal), rate, count, paisa, paisa, Clauses((Fraction(1),) * count))
    assert schedule_of(method, plain) == schedule_of(method, spelled)
