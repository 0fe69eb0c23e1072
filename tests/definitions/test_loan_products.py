"""Loan products are data: those shipped read and write themselves back; what is wrong names file, product and field."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from pathlib import Path

import pytest

from bookkeeper.definitions import loan_product
from bookkeeper.definitions.kind import kind, kinds
from bookkeeper.definitions.loan_product import canonical, kept, loan_products, products_of_toml
from bookkeeper.errors import BadInput
from bookkeeper.rules.appropriation import ORDER
from bookkeeper.rules.due_dates import Frequency
from bookkeeper.rules.fees import Borne
from bookkeeper.rules.loan_product import InterestOn, PenaltyOn, Prepayment, Product
from bookkeeper.rules.money import Paise, RoundTo
from bookkeeper.rules.product_dates import DueRule, Holiday

SHIPPED = [(key, one.key) for key in kinds() for one in kind(key).loan_products]

LEAST = '[[product]]\nkey = "seeds"\nname = "Seeds"\nrate = "10"\nmethod = "emi"\ninstalments = 4\n'

ALL = """
[[product]]
key = "all-of-it"
name = "All of it"
method = "equal-principal"
rate = 1.5
rate_per = "month"
instalment = "500"
frequency = "quarterly"
every = 2
day_count = "30/360"
round_interest = "1"
round_principal = "5"
round_instalment = "10"
rounding = "up"
moratorium_principal = 2
moratorium_interest = 1
moratorium_treatment = "collect"
order = ["interest", "overdue-interest", "fee", "penalty", "principal", "overdue-principal"]
oldest_first = true
interest_on = "outstanding-daily"
prepayment = "lower"
subvention = "0.2"
incentive = "0.25"
due_day = 7
least_months = 2
holidays = [2024-10-02, "2024-08-15"]
holiday = "before"
[product.penalty]
rate = "2"
rate_per = "month"
on = "overdue-instalment"
grace_days = 5
[[product.rates]]
since = 2025-04-01
rate = "2"
[[product.rates]]
since = "2024-10-01"
rate = 1
[[product.slabs]]
up_to = "10000"
rate = "1"
[[product.slabs]]
loan_number = 3
rate = "1.25"
[[product.fees]]
name = "Insurance"
account = "other-income"
percent = "0.5"
how = "capitalised"
round = "1"
rounding = "half-even"
[[product.fees]]
name = "Form"
account = "stationery"
amount = "10.50"
how = "paid"
"""


@pytest.mark.parametrize(("of_kind", "key"), SHIPPED)
def test_a_shipped_product_is_kept_as_it_is(of_kind: str, key: str) -> None:
    product = next(one for one in kind(of_kind).loan_products if one.key == key)
    assert kept(canonical(product)) == product


@pytest.mark.parametrize("of_kind", kinds())
def test_the_first_product_is_the_group_s_own_rule(of_kind: str) -> None:
    own = [one.key for one in kind(of_kind).loan_products if one.own_rule]
    assert own == ["internal"]
    assert kind(of_kind).loan_products[0].key == "internal"


def test_every_field_is_read_and_kept() -> None:
    [one] = products_of_toml(ALL, "p.toml")
    product = one.product
    assert (product.rate, product.rate_per, product.instalment) == (Fraction(3, 2), "month", Paise(500_00))
    assert (product.frequency, product.every) == (Frequency.QUARTERLY, 2)
    assert [product.round_interest, product.round_principal, product.round_instalment] == [
        RoundTo(100, "up"),
        RoundTo(500, "up"),
        RoundTo(1000, "up"),
    ]
    assert product.order == (
        *ORDER[3:4],
        "overdue-interest",
        "fee",
        "penalty",
        "principal",
        "overdue-principal",
        "advance",
    )
    assert (product.oldest_first, product.interest_on) == (True, InterestOn.DAILY)
    assert product.prepayment is Prepayment.LOWER
    assert product.penalty is not None
    assert (product.subvention, product.incentive) == (Fraction(1, 5), Fraction(1, 4))
    assert (product.penalty.rate, product.penalty.grace_days) == (Fraction(24), 5)
    assert product.penalty.on is PenaltyOn.OVERDUE_INSTALMENT
    assert [(rate.since, rate.rate) for rate in product.rates] == [
        ("2024-10-01", Fraction(1)),
        ("2025-04-01", Fraction(2)),
    ]
    assert one.due == DueRule(due_day=7, least_months=2, holidays=("2024-08-15", "2024-10-02"), holiday=Holiday.BEFORE)
    assert [(fee.name, fee.how, fee.percent, fee.amount) for fee in one.fees] == [
        ("Insurance", Borne.CAPITALISED, Fraction(1, 2), None),
        ("Form", Borne.PAID, None, Paise(10_50)),
    ]
    assert kept(canonical(one)) == one


def test_a_file_has_a_field_for_all_that_a_product_has() -> None:
    """A field that is added to `rules.loan_product.Product` is read from files as well."""
    assert {field.name for field in dataclasses.fields(Product)} == {*loan_product._LENT} - {"rounding"}


def test_a_loan_has_one_rate_of_the_slabs() -> None:
    [one] = products_of_toml(ALL, "p.toml")
    assert one.resolved(Paise(10_000_00), 1).product.rate == 1
    assert one.resolved(Paise(10_001_00), 2).product.rate == Fraction(3, 2)
    large = one.resolved(Paise(10_001_00), 3)
    assert (large.product.rate, large.slabs) == (Fraction(5, 4), ())


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (("rate = ", "rat = "), r"product “seeds”, rat: this field is not known"),
        (('"10"', '"ten"'), r"product “seeds”, rate: “ten” is not a rate"),
        (('"10"', "240"), r"product “seeds”, rate: 240 percent a year is very high.*add high_rate"),
        (('"emi"', '"reducing"'), r"method: “reducing” is not known here. There are bullet, custom, emi"),
        (("method", "frequency"), r"product “seeds”, method: this field is missing"),
        (('"seeds"', '"Seeds 1"'), r"key: “Seeds 1” is no key"),
        (("= 4", "= 0"), r"instalments: 0 is not a number of instalments"),
        (("= 4", '= "4"'), r"instalments: “4” is no whole number"),
        (("instalments = 4", ""), r"instalments: give instalments \(how many\) or instalment"),
        (("= 4", "= 4\nround_interest = 0.5"), r"round_interest: “0.5” is not an amount.*quotation marks"),
        (("= 4", '= 4\nround_interest = "0"'), r"round_interest: 0 is not an amount above nought"),
        (("= 4", "= 4\ndue_day = 32"), r"due_day: 32 is no day of a month"),
        (("= 4", '= 4\ndue_on = "31-11"'), r"due_on: “31-11” is no day of the year"),
        (("= 4", '= 4\ndue_day = 3\ndue_on = "11-30"'), "by one of the three"),
        (("= 4", '= 4\nfrequency = "weekly"\ndue_day = 3'), "a weekly loan has no day of the month"),
        (("= 4", "= 4\nholidays = [2024-08-15]"), "holiday: holidays are listed, but not what they change"),
        (("= 4", '= 4\nholidays = ["15 August"]'), "holidays: “15 August” is not a date"),
        (("= 4", "= 4\nleast_months = 200"), "more than ten years"),
        (("= 4", "= 4\nown_rule = true\ndue_day = 5"), "has no slabs, fees or due dates of its own"),
        (("= 4", '= 4\nown_rule = "yes"'), "own_rule: this field must be true or false"),
        (("= 4", '= 4\norder = ["fee", "fee"]'), "order: each part of a demand stands in the order once"),
        (("= 4", '= 4\norder = ["fees"]'), "order: “fees” is no part of a demand. The parts are penalty"),
        (("= 4", '= 4\nprepayment = "keep"'), "prepayment: “keep” is not known here"),
        (("= 4", "= 4\nslabs = [{rate = 9}]"), "product “seeds”, slabs 1, up_to: a slab says for which loans"),
        (("= 4", "= 4\nslabs = [{rate = 900, up_to = 5}]"), "900 percent a year is very high"),
        (("= 4", "= 4\nfees = 5"), "product “seeds”, fees: this field must be a list"),
        (("= 4", "= 4\nfees = [5]"), "product “seeds”, fees 1: this is no table"),
        (("= 4", '= 4\nfees = [{name = "F", account = "1"}]'), "fees 1, percent: a fee is a percent of the loan or an"),
        (("= 4", '= 4\nfees = [{name = "F", account = "1", percent = 100}]'), "leaves nothing of the loan"),
        (("= 4", '= 4\n[product.penalty]\nrate = 2\non = "all"'), "product “seeds”, penalty, on: “all” is not known"),
        (("= 4", "= 4\n[[product.rates]]\nrate = 2"), "product “seeds”, rates 1, since: this field is missing"),
        (("[[product]]", "[[products]]"), "products: this field is not known"),
    ],
)  # fmt: skip
def test_what_is_wrong_names_file_product_and_field(changed: tuple[str, str], words: str) -> None:
    with pytest.raises(BadInput, match=f"(?s)^office.toml: .*{words}"):
        products_of_toml(LEAST.replace(*changed, 1), "office.toml")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "there is no product in it"),
        ("product = []", "there is no product in it"),
        ("[[product]", "not proper TOML"),
        ("product = [5]", "product 1: this is no table"),
        (LEAST * 2, "two products have the key seeds"),
    ],
)
def test_a_file_that_is_none_of_products(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        products_of_toml(text, "office.toml")


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(BadInput) as refused:
        products_of_toml(LEAST.replace('"10"', "1000").replace("= 4", "= 5000"), "office.toml")
    assert len(refused.value.faults) == 2


def test_a_shipped_file_is_named_with_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "shg" / "loan_products.toml"
    file.parent.mkdir()
    file.write_text(LEAST.replace("emi", "x"), "utf-8")
    with pytest.raises(BadInput, match=r"^shg/loan_products.toml: product “seeds”, method"):
        loan_products(file)


def test_what_the_books_keep_is_refused_where_it_was_spoilt() -> None:
    [one] = products_of_toml(LEAST, "p.toml")
    with pytest.raises(ValueError, match="method"):
        kept(canonical(one).replace('"emi"', '"x"'))
