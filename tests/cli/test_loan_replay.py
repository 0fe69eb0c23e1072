"""`loan replay`: what a loan is and what happened, from a file, without books."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Answer, Call

LOAN: dict[str, Any] = {
    "product": {
        "method": "emi", "rate": "24", "rate_per": "year", "instalments": 12, "frequency": "monthly",
        "day_count": "30/360", "round_interest": "0.01", "round_instalment": "0.01", "rounding": "nearest",
        "order": ["penalty", "fee", "overdue-interest", "interest", "overdue-principal", "principal", "advance"],
        "interest_on": "schedule", "penalty": {"rate": "2", "on": "overdue-principal", "grace_days": 0},
        "prepayment": "advance",
    },
    "disbursements": [{"date": "2024-01-01", "amount": "100.00"}],
    "first_due": "2024-02-01",
    "payments": [{"date": "2024-02-01", "amount": "17.01"}],
    "as_of": ["2024-03-10"],
}  # fmt: skip
Replay = Callable[..., Answer]


@pytest.fixture
def replay(call: Call, tmp_path: Path) -> Replay:
    def told(story: object, *more: str) -> Answer:
        file = tmp_path / "loan.json"
        file.write_text(story if isinstance(story, str) else json.dumps(story), encoding="utf-8")
        return call("loan", "replay", str(file), *more)

    return told


def test_the_loan_of_the_design(replay: Replay) -> None:
    # 100 at 2 % a month in twelve: 9.46 each. 17.01 are 2.00 interest, 7.46 due, 7.55 ahead; of March's 7.61 the rest,
    # 0.06, is overdue since nine days, and its interest, 2 % of 92.54.
    answer = replay(LOAN)
    assert answer.status == 0
    found = json.loads(answer.out)
    assert list(found) == ["schedule", "payments", "states"]
    assert found["payments"] == [
        {
            "date": "2024-02-01", "amount": "17.01", "penalty": "0.00", "fee": "0.00", "interest": "2.00",
            "principal": "7.46", "advance": "7.55", "outstanding": "84.99",
        }
    ]  # fmt: skip
    (state,) = found["states"]
    assert state == {
        "date": "2024-03-10", "outstanding": "84.99", "interest_due": "1.85", "overdue_principal": "0.06",
        "overdue_interest": "1.85", "penalty_due": "0.00", "fee_due": "0.00", "days_overdue": 9,
        "next_due": "2024-04-01", "payoff": "87.35",
    }  # fmt: skip
    assert len(found["schedule"]) == 12
    assert found["schedule"][0] == {
        "number": 1, "due": "2024-02-01", "principal": "7.46", "interest": "2.00", "instalment": "9.46",
        "outstanding": "92.54",
    }  # fmt: skip


def test_what_is_left_out_takes_the_defaults_of_a_quote(replay: Replay, call: Call) -> None:
    short = {"product": {"method": "flat", "rate": "12", "instalments": 4}, "disbursements": LOAN["disbursements"]}
    found = json.loads(replay(short).out)
    quoted = call(
        "loan", "quote", "--principal", "100", "--rate", "12", "--instalments", "4", "--method", "flat",
        "--disbursed", "2024-01-01",
    )  # fmt: skip
    assert found == {"schedule": json.loads(quoted.out)["instalments"], "payments": [], "states": []}


def test_it_can_be_read(replay: Replay) -> None:
    answer = replay(LOAN, "--format", "text")
    assert answer.status == 0
    assert "2024-02-01" in answer.out
    assert "days_overdue" in answer.out


def changed(**more: object) -> dict[str, Any]:
    return LOAN | {"product": LOAN["product"] | more}


@pytest.mark.parametrize(
    ("story", "says"),
    [
        (changed(rate="240"), "product, rate: 240 percent a year is very high"),
        (changed(instalments=0), "product, instalments: 0 is not a number of instalments from 1 to 1200"),
        (changed(method="annuity"), "product, method: “annuity” is no method"),
        (changed(method="flat", prepayment="shorten"), "the interest of a flat loan is on what was lent"),
        (changed(order=["penalty", "penalty"]), "product, order: each part of a demand stands in the order once"),
        (changed(order=["rent"]), "product, order 1: “rent” is no part of a demand"),
        (changed(rate=7.5), "product, rate: this is the number 7.5, not a text"),
        (changed(interst_on="schedule"), "product, interst_on: “interst_on” is no key"),
        (changed(penalty={"rate": "-2"}), "product, penalty, rate: “-2” is not a rate"),
        (changed(method="custom", instalments=None, parts=["50", "40"]), "parts add up to 90.00, and 100.00 is lent"),
        (LOAN | {"first_due": "2023-12-01"}, "first_due: 2023-12-01 lies before the loan is given, on 2024-01-01"),
        (LOAN | {"as_of": ["2023-12-31"]}, "as_of 1: 2023-12-31 lies before the loan is given"),
        (LOAN | {"payments": [{"date": "2023-12-31", "amount": "5"}]}, "payments 1: 2023-12-31 lies before"),
        (LOAN | {"payments": [{"date": "2024-02-01", "amount": "500"}]}, "500.00 is paid on 2024-02-01, but only 102"),
        (LOAN | {"payments": [{"date": "2024-02-30", "amount": "5"}]}, "payments 1, date: “2024-02-30” is no day"),
        (LOAN | {"payments": [{"date": "2024-02-01", "amount": "0"}]}, "payments 1, amount: this is nothing"),
        (LOAN | {"disbursements": []}, "disbursements: nothing is lent"),
        ({"product": LOAN["product"]}, "disbursements: nothing is lent"),
        ({"disbursements": LOAN["disbursements"]}, "product: this may not be left out"),
        (changed(instalments=None, instalment="1.00"), "1.00 an instalment does not pay the loan off"),
        ("[]", "this is no loan"),
        ("{", "the file breaks off"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(replay: Replay, story: object, says: str) -> None:
    answer = replay(story)
    assert answer.status == 2
    assert says in answer.err
    assert not answer.out
