"""A rule that is changed while meetings stand: what was due in them stays, and the answer says from when it holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.cli.test_entity_rules import rules


def holds(call: Call, folder: Path, on: str) -> None:
    sheet = folder / f"{on}.json"
    sheet.write_text(json.dumps({"date": on, "rows": [{"member": "1", "present": True, "savings": "50.00"}]}), "utf-8")
    answer = call("meeting", "post", "SHG1", str(sheet))
    assert answer.status == 0, answer.err


@pytest.fixture
def met(group: Call, tmp_path: Path) -> Call:
    """It saves 100 from the beginning, and has met on 5 May and 5 July."""
    assert group("entity", "set", "SHG1", "savings-amount", "100").out == ""
    holds(group, tmp_path, "2024-05-05")
    holds(group, tmp_path, "2024-07-05")
    return group


def due(call: Call, on: str) -> list[str]:
    asked = json.loads(call("report", "demand", "--as-of", on, "--format", "json").out)
    return [row["demand_savings"] for row in asked["rows"]]


def test_a_change_holds_from_the_day_after_the_newest_meeting(met: Call) -> None:
    before = due(met, "2024-07-05")
    answer = met("entity", "set", "SHG1", "savings-amount", "150")
    assert (answer.status, answer.out) == (0, "savings-amount 150 holds from 2024-07-06.\n")
    assert due(met, "2024-07-05") == before
    assert rules(met, "--as-of", "2024-07-05")["savings-amount"] == ("100", None, "own")
    assert rules(met, "--as-of", "2024-07-06")["savings-amount"] == ("150", "2024-07-06", "own")
    assert met("entity", "set", "SHG1", "savings-amount", "160").out.endswith("160 holds from 2024-07-06.\n")
    assert rules(met)["savings-amount"] == ("160", "2024-07-06", "own")


def test_a_change_holds_from_after_the_lock(met: Call) -> None:
    met("lock", "SHG1", "--until", "2024-07-31")
    assert met("entity", "set", "SHG1", "fine-late", "5").out == "fine-late 5 holds from 2024-08-01.\n"
    answer = met("entity", "set", "SHG1", "fine-late", "6", "--from", "2024-07-31")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == (
        "--from: 2024-07-31 is not after 2024-07-31, up to which the books are locked or closed. "
        "Say --from 2024-08-01 or later.\n"
    )


def test_no_rule_begins_on_or_before_the_newest_meeting(met: Call) -> None:
    answer = met("entity", "set", "SHG1", "savings-amount", "150", "--from", "2024-07-05")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == (
        "--from: 2024-07-05 is not after the newest meeting, number 2 of 2024-07-05; what was due in it would change. "
        "Say --from 2024-07-06 or later. To change past meetings, reverse them first: "
        "bookkeeper meeting reverse SHG1 2.\n"
    )
    answer = met("entity", "set", "SHG1", "savings-amount", "150", "--from", "2024-08-01")
    assert (answer.status, answer.out) == (0, "savings-amount 150 holds from 2024-08-01.\n")


def test_what_was_set_for_later_is_told(met: Call) -> None:
    met("entity", "set", "SHG1", "savings-amount", "200", "--from", "2024-10-01")
    answer = met("entity", "set", "SHG1", "savings-amount", "150")
    assert answer.out == "savings-amount 150 holds from 2024-07-06 up to 2024-09-30; from 2024-10-01 on it is 200.\n"


def test_rules_of_pages_and_names_have_no_day(met: Call) -> None:
    for key, value in (("signed-by", "Secretary, President"), ("meeting-day", "5"), ("name", "Savitri SHG")):
        answer = met("entity", "set", "SHG1", key, value)
        assert (answer.status, answer.out) == (0, "")
    assert rules(met, "--as-of", "2024-05-05")["meeting-day"] == ("5", None, "own")


def test_a_rule_without_a_day_does_not_vanish_under_one_with_a_day(group: Call) -> None:
    group("entity", "set", "SHG1", "savings-amount", "100", "--from", "2024-06-01")
    answer = group("entity", "set", "SHG1", "savings-amount", "150")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == (
        "savings-amount: savings-amount is 100 from 2024-06-01 on, which stands above this. "
        "Say from when on it holds: --from 2024-06-01, or a later day.\n"
    )
    assert group("entity", "set", "SHG1", "savings-amount", "150", "--from", "2024-06-01").status == 0
    assert rules(group)["savings-amount"] == ("150", "2024-06-01", "own")


def test_a_day_is_not_typed_into_the_name_of_a_rule(group: Call) -> None:
    answer = group("entity", "set", "SHG1", "savings-amount@2024-06-01", "150")
    assert (answer.status, answer.out) == (2, "")
    assert "Use --from: entity set SHG1 savings-amount 150 --from 2024-06-01." in answer.err


@pytest.mark.parametrize("day", ["0", "32", "0309", "0319999999", "x", "-1"])
def test_a_day_of_a_month_is_from_1_to_31(group: Call, day: str) -> None:
    answer = group("entity", "set", "SHG1", "meeting-day", "--", day) if day == "-1" else None
    answer = answer or group("entity", "set", "SHG1", "meeting-day", day)
    assert answer.status == 2
    assert "is no day of a month. Write a number from 1 to 31." in answer.err


def test_a_rate_a_year_typed_for_one_a_month_is_refused_with_its_cost(group: Call) -> None:
    answer = group("entity", "set", "SHG1", "loan-rate-per-month", "24")
    assert answer.status == 2
    assert answer.err == (
        "loan-rate-per-month: 24 percent a month is very high: "
        "1000.00, owed for a year, would bear 2880.00 of interest. "
        "Write percent a month, for example 2 for 24 a year.\n"
    )
    assert group("entity", "set", "SHG1", "loan-rate-per-month", "10").status == 0
