"""`loan quote` as it is called: the JSON of the contract, the table, and mistakes in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bookkeeper.commands.act import local_now
from bookkeeper.rules.due_dates import Frequency
from bookkeeper.rules.schedules import methods
from tests.cli.conftest import Answer, Call

PLAIN = {"--principal": "100", "--rate": "12", "--instalments": "2", "--method": "emi", "--disbursed": "2024-04-01"}


def quoted(call: Call, more: dict[str, str] | None = None, *, without: str = "") -> Answer:
    options = {name: value for name, value in (PLAIN | (more or {})).items() if name != without}
    return call("loan", "quote", *(word for pair in options.items() for word in pair if word))


def test_the_json_of_the_contract(call: Call, tmp_path: Path) -> None:
    answer = quoted(call)
    assert (answer.status, answer.err) == (0, "")
    # 100 at 1 % a month in two: 50.75; interest 1.00 and 0.50
    assert json.loads(answer.out) == {
        "method": "emi",
        "instalments": [
            {
                "number": 1, "due": "2024-05-01", "principal": "49.75", "interest": "1.00", "instalment": "50.75",
                "outstanding": "50.25",
            },
            {
                "number": 2, "due": "2024-06-01", "principal": "50.25", "interest": "0.50", "instalment": "50.75",
                "outstanding": "0.00",
            },
        ],
        "total_interest": "1.50",
    }  # fmt: skip
    assert not list(tmp_path.iterdir())  # no books are made


def test_the_table_for_people(call: Call) -> None:
    assert quoted(call, {"--format": "text"}).out.splitlines() == [
        "number  due         principal  interest  instalment  outstanding",
        "1       2024-05-01  49.75      1.00      50.75       50.25",
        "2       2024-06-01  50.25      0.50      50.75       0.00",
        "total_interest  1.50",
    ]


def test_what_is_capitalised_is_said(call: Call) -> None:
    more = {"--moratorium-interest": "1", "--moratorium-principal": "1", "--moratorium-treatment": "capitalise"}
    found = json.loads(quoted(call, more).out)
    assert [row["instalment"] for row in found["instalments"]] == ["0.00", "102.01"]
    assert (found["total_interest"], found["capitalised_interest"]) == ("1.01", "1.00")


def test_every_option_reaches_the_quote(call: Call) -> None:
    more = {
        "--rate": "0.5", "--rate-per": "week", "--frequency": "fortnightly", "--every": "2", "--first": "2024-05-10",
        "--day-count": "actual/365", "--round-interest": "0.05", "--round-principal": "5", "--round-instalment": "1",
        "--rounding": "up", "--method": "equal-principal", "--instalments": "3", "--moratorium-principal": "1",
        "--moratorium-interest": "1", "--moratorium-treatment": "spread",
    }  # fmt: skip
    found = json.loads(quoted(call, more).out)
    # 26 % a year: 39 days of 100 are 2.778 → 2.80; 28 days 1.9945 → 2.00; of 50 or so half of that
    # 2.80 spread over two is 1.40; half of 100 is 50, with 2.00 and 1.40 of interest 53.40 → 54
    assert [list(row.values())[1:] for row in found["instalments"]] == [
        ["2024-05-10", "0.00", "0.00", "0.00", "100.00"],
        ["2024-06-07", "50.60", "3.40", "54.00", "49.40"],
        ["2024-07-05", "49.40", "2.40", "51.80", "0.00"],
    ]


def test_an_amount_each_instead_of_how_many(call: Call) -> None:
    found = json.loads(quoted(call, {"--instalment": "60"}, without="--instalments").out)
    assert [row["instalment"] for row in found["instalments"]] == ["60.00", "41.41"]


def test_a_loan_is_given_today_if_nothing_is_said(call: Call) -> None:
    before = local_now().date().isoformat()
    found = json.loads(quoted(call, {"--frequency": "days"}, without="--disbursed").out)
    assert found["instalments"][0]["due"] > before


@pytest.mark.parametrize("method", [name for name in methods() if name != "custom"])
@pytest.mark.parametrize("frequency", Frequency)
def test_each_method_at_each_frequency(call: Call, method: str, frequency: str) -> None:
    found = json.loads(quoted(call, {"--method": method, "--frequency": frequency}).out)
    assert found["method"] == method
    assert found["instalments"][-1]["outstanding"] == "0.00"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"--instalments": "0"}, "“0” is not a whole number from 1 to 1200"),
        ({"--instalments": "1201"}, "from 1 to 1200"),
        ({"--instalments": "99999999999999999999999"}, "from 1 to 1200"),
        ({"--instalments": "2.5"}, "from 1 to 1200"),
        ({"--instalments": "१२"}, "from 1 to 1200"),
        ({"--instalment": "50"}, "not allowed with"),
        ({"--rate": "-24"}, "“-24” is not a rate"),
        ({"--rate": "1e3"}, "is not a rate"),
        ({"--rate": "9999999"}, "is not a rate"),
        ({"--rate": "nan"}, "is not a rate"),
        ({"--rate": "240"}, "add --high-rate"),
        ({"--principal": "0"}, "nothing to lend"),
        ({"--principal": "-5"}, "nothing to lend"),
        ({"--principal": "1,000"}, "commas"),
        ({"--principal": "999999999999"}, "too large"),
        ({"--first": "2024-03-31"}, "lies before the loan is given"),
        ({"--first": "2024-02-30"}, "no day of the calendar"),
        ({"--disbursed": "2023-02-29"}, "no day of the calendar"),
        ({"--disbursed": "0001-01-01"}, "between 1900 and 2199"),
        ({"--instalments": "3", "--disbursed": "2199-12-01"}, "would fall due by the end of 2199"),
        ({"--every": "0"}, "from 1 to 1000"),
        ({"--round-interest": "0"}, "is not a unit"),
        ({"--round-interest": "0.005"}, "more than two decimals"),
        ({"--round-instalment": "-1"}, "is not a unit"),
        ({"--rounding": "floor"}, "half-even"),
        ({"--day-count": "30/365"}, "30/360"),
        ({"--frequency": "daily"}, "fortnightly"),
        ({"--method": "reducing"}, "equal-principal"),
        ({"--rate-per": "quarter"}, "month"),
        ({"--moratorium-principal": "2"}, "leaves none to pay in"),
        ({"--moratorium-interest": "-1"}, "from 0 to 1199"),
        ({"--moratorium-treatment": "waive"}, "capitalise"),
    ],
)
def test_a_mistake_is_told_in_words(call: Call, more: dict[str, str], says: str) -> None:
    answer = quoted(call, more)
    assert (answer.status, answer.out) == (2, "")
    assert says in answer.err
    assert next(iter(more)) in answer.err


@pytest.mark.parametrize("without", ["--principal", "--rate", "--instalments", "--method"])
def test_what_must_be_said(call: Call, without: str) -> None:
    answer = quoted(call, without=without)
    assert (answer.status, answer.out) == (2, "")
    assert without in answer.err


def test_an_instalment_that_never_pays_off_is_refused_with_what_would_be_owed(call: Call) -> None:
    answer = quoted(call, {"--instalment": "1"}, without="--instalments")
    assert answer.status == 2
    assert "--instalment: 1.00 an instalment does not pay the loan off: after 1200 instalments 100.00" in answer.err


def test_the_largest_loan_that_can_be_asked_about(call: Call) -> None:
    more = {
        "--principal": "99999999999.99", "--rate": "120", "--instalments": "1200", "--frequency": "weekly",
        "--day-count": "actual/actual",
    }  # fmt: skip
    found = json.loads(quoted(call, more).out)
    assert len(found["instalments"]) == 1200
    assert found["instalments"][-1]["outstanding"] == "0.00"
