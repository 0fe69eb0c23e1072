"""Two acts of one day, and an act that was taken back: interest is charged once, as if no mistake had been."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call

LENT = {"date": "2024-04-05", "number": 1}


@pytest.fixture
def group(call: Call, tmp_path: Path) -> Call:
    """The group G of one member, who saved 2,000 on 5 April."""
    (tmp_path / "members.csv").write_text("member,name,joined\n1,Asha Patil,2024-04-01\n", encoding="utf-8")
    for arguments in (
        ("new", str(tmp_path / "g.books")),
        ("entity", "add", "G", "--name", "Savitri", "--kind", "shg", "--starts", "2024-04-01"),
        ("member", "import", "G", str(tmp_path / "members.csv")),
    ):
        assert call(*arguments).status == 0
    return call


def meeting(call: Call, folder: Path, **sheet: object) -> None:
    file = folder / "meeting.json"
    file.write_text(json.dumps(sheet), encoding="utf-8")
    answer = call("meeting", "post", "G", str(file))
    assert answer.status == 0, answer.err


def lend(call: Call, folder: Path, principal: str) -> None:
    row = {"member": "1", "present": True, "savings": "2000", "new_loan": {"principal": principal, "instalments": 10}}
    meeting(call, folder, date="2024-04-05", number=1, rows=[row])


def demand(call: Call, day: str) -> list[str]:
    """Principal overdue and current, interest overdue and current of the one loan in the meeting of a day."""
    answer = call("report", "demand", "--entity", "G", "--as-of", day, "--format", "json")
    (row,) = json.loads(answer.out)["rows"]
    keys = ("principal_arrears", "principal_current", "interest_arrears", "interest_current")
    return [row[f"demand_{key}"] for key in keys]


def ledger(call: Call) -> list[list[str]]:
    answer = call("report", "loan-ledger", "--entity", "G", "--format", "json")
    return [[row["date"], row["principal"], row["interest"]] for row in json.loads(answer.out)["rows"]]


def test_a_second_meeting_of_a_day_charges_no_second_interest(group: Call, tmp_path: Path) -> None:
    # 1,000 in ten instalments at 2 %: 100 and 20 are due on 5 May; the second 120 of that day is all principal
    lend(group, tmp_path, "1000")
    for number in (2, 3):
        row = {"member": "1", "present": True, "repayment": "120"}
        meeting(group, tmp_path, date="2024-05-05", number=number, rows=[row])
    assert ledger(group)[1:] == [
        ["2024-05-05", "100.00", "0.00"], ["2024-05-05", "0.00", "20.00"], ["2024-05-05", "120.00", "0.00"],
    ]  # fmt: skip
    assert demand(group, "2024-05-05") == ["0.00", "0.00", "0.00", "0.00"]  # what the second of them was to collect
    assert demand(group, "2024-06-05") == ["0.00", "0.00", "0.00", "16.00"]  # 200 due by June, 220 paid; 2 % of 780


def test_what_a_meeting_was_to_collect_does_not_count_its_own_money(group: Call, tmp_path: Path) -> None:
    lend(group, tmp_path, "1000")
    meeting(group, tmp_path, date="2024-05-05", number=2, rows=[{"member": "1", "present": True, "repayment": "120"}])
    assert demand(group, "2024-05-05") == ["0.00", "100.00", "0.00", "20.00"]


def test_money_of_the_same_day_came_before_the_meeting(group: Call, tmp_path: Path) -> None:
    lend(group, tmp_path, "1000")
    paid = [
        {"account": "cash", "debit": "120"},
        {"account": "member-loans", "credit": "100", "member": "1"},
        {"account": "interest-on-member-loans", "credit": "20", "member": "1"},
    ]
    (tmp_path / "v.json").write_text(json.dumps([{"date": "2024-05-05", "kind": "receipt", "postings": paid}]))
    assert group("post", "G", str(tmp_path / "v.json")).status == 0
    assert demand(group, "2024-05-05") == ["0.00", "0.00", "0.00", "0.00"]


def test_a_reversed_meeting_charges_nothing(group: Call, tmp_path: Path) -> None:
    # 2 % of 1,025 is 20.50 a month; a skipped month is charged with the next and rounded once: 41, not 21 + 21
    lend(group, tmp_path, "1025")
    row = {"member": "1", "present": True, "interest": "21"}
    meeting(group, tmp_path, date="2024-05-05", number=2, rows=[row])
    assert group("meeting", "reverse", "G", "2", "--reason", "wrong sheet").status == 0
    assert demand(group, "2024-06-05")[2:] == ["0.00", "41.00"]
    assert group("verify").status == 0
