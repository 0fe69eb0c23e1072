"""A group's rules on the command line: from a day on, and which are in force."""

from __future__ import annotations

import json

from tests.cli.conftest import Call


def rules(call: Call, *more: str) -> dict[str, tuple[str, str | None, str]]:
    rows = json.loads(call("entity", "show", "SHG1", "--format", "json", *more).out)
    return {row["key"]: (row["value"], row["from"], row["source"]) for row in rows}


def test_a_rule_holds_from_a_day_on(group: Call) -> None:
    assert rules(group)["savings-amount"] == ("0.00", None, "not set")
    assert rules(group)["savings-due"] == ("meeting", None, "kind")
    group("entity", "set", "SHG1", "savings-amount", "100")
    assert group("entity", "set", "SHG1", "savings-amount", "150", "--from", "2024-06-01").status == 0
    group("entity", "set", "SHG1", "savings-amount", "200", "--from", "2025-04-01")
    assert rules(group, "--as-of", "2024-05-31")["savings-amount"] == ("100", None, "own")
    assert rules(group, "--as-of", "2024-06-01")["savings-amount"] == ("150", "2024-06-01", "own")
    assert rules(group, "--as-of", "2025-04-01")["savings-amount"] == ("200", "2025-04-01", "own")


def test_every_rule_is_shown_and_could_be_set_so(group: Call) -> None:
    group("entity", "set", "SHG1", "place", "Kudal")
    shown = rules(group)
    assert shown["name"] == ("Savitri", None, "name")
    assert shown["place"] == ("Kudal", None, "name")
    assert shown["repayment-order"][0] == "overdue-interest,interest,overdue-principal,principal"
    for key, (value, _, source) in shown.items():
        if source != "name" and value:
            assert group("entity", "set", "SHG1", key, value).status == 0, key
    assert {key: one[0] for key, one in rules(group).items()} == {key: one[0] for key, one in shown.items()}
    assert "repayment-order" in group("entity", "show", "SHG1").out


def test_only_a_rule_holds_from_a_day_on(group: Call) -> None:
    for key in ("name", "colour", "savings-amount@2024-04-01"):
        answer = group("entity", "set", "SHG1", key, "x", "--from", "2024-04-01")
        assert (answer.status, answer.out) == (2, "")
        assert answer.err.startswith(f"--from: “{key}” is no rule, and only a rule holds from a day on.")
    assert group("entity", "set", "SHG1", "fine-late", "10", "--from", "1.4.2024").status == 2
    assert "interest-rounding" in group("entity", "set", "--help").out
    assert group("entity", "show", "SHG9").status == 1
