"""`member set`, `member leave` and KYC on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call

NUMBER = "234123412346"


@pytest.fixture
def owing(group: Call, tmp_path: Path) -> Call:
    """Member 1 has saved 2,400 and borrowed 500 on 5 April 2024: by 10 June two months of 10 are due."""
    (tmp_path / "more.csv").write_text(
        "voucher,date,kind,account,debit,credit,member\n"
        "1,2024-04-05,receipt,cash,2300.00,,\n1,2024-04-05,receipt,member-savings,,2300.00,1\n"
        "2,2024-04-05,payment,member-loans,500.00,,1\n2,2024-04-05,payment,cash,,500.00,\n",
        encoding="utf-8",
    )
    assert group("post", "SHG1", str(tmp_path / "more.csv")).status == 0
    return group


LEAVE = ("member", "leave", "SHG1", "1", "--date", "2024-06-10")


def test_a_member_leaves(owing: Call) -> None:
    shown = owing(*LEAVE, "--show")
    assert shown.out.splitlines() == [
        "Member 1, Asha Patil, leaves on 2024-06-10.",
        "Her savings are 2400.00 (compulsory 2400.00).",
        "She owes interest of loan 1 20.00: set off.",
        "She owes principal of loan 1 500.00: set off.",
        "She is paid 1880.00 by cash.",
        "She owes nothing more.",
    ]
    done = owing(*LEAVE, "--reason", "moved to Pune", "--key", "k")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines() == ["P3/2024-25", *shown.out.splitlines()]
    assert owing(*LEAVE, "--reason", "moved to Pune", "--key", "k") == done, "the same key answers the same"
    listed = json.loads(owing("member", "list", "SHG1", "--format", "json").out)
    assert [one["left"] for one in listed] == ["2024-06-10", None]
    again = owing(*LEAVE, "--reason", "x")
    assert (again.status, again.out) == (1, "")
    assert again.err.startswith("member: member 1 left on 2024-06-10 already.")


def test_her_leaving_is_taken_back_with_its_voucher(owing: Call) -> None:
    owing(*LEAVE, "--reason", "moved to Pune")
    back = owing("reverse", "SHG1", "P3/2024-25", "--date", "2024-07-01", "--reason", "she stays")
    assert (back.status, back.out) == (0, "R3/2024-25\n")
    assert back.err == "The settlement is taken back: member 1 is a member again.\n"
    listed = json.loads(owing("member", "list", "SHG1", "--format", "json").out)
    assert [one["left"] for one in listed] == [None, None]
    assert owing("verify").status == 0
    assert "P3/2024-25, left: " in owing("report", "log-of-acts").out


def test_what_stays_due_is_said(owing: Call, tmp_path: Path) -> None:
    (tmp_path / "loan.csv").write_text(
        "voucher,date,kind,account,debit,credit,member\n"
        "1,2024-04-05,receipt,cash,3000.00,,\n1,2024-04-05,receipt,grants,,3000.00,\n"
        "2,2024-04-06,payment,member-loans,2500.00,,1\n2,2024-04-06,payment,cash,,2500.00,\n".replace(
            "grants", "fines"
        ),
        encoding="utf-8",
    )
    assert owing("post", "SHG1", str(tmp_path / "loan.csv")).status == 0
    said = owing(*LEAVE, "--reason", "died").out.splitlines()
    assert said[0] == "J1/2024-25"
    # 2 % of 3,000 for two months is 120: 2,400 - 120 = 2,280 of the principal
    assert said[3:] == [
        "She owes interest of loan 1 120.00: set off.",
        "She owes principal of loan 1 3000.00: 2280.00 set off, the rest stays due.",
        "Nothing is paid to her.",
        "She still owes 720.00.",
    ]


def test_as_json(owing: Call) -> None:
    settled = json.loads(owing(*LEAVE, "--show", "--format", "json").out)
    assert settled == {
        "voucher": None,
        "date": "2024-06-10",
        "member": "1",
        "name": "Asha Patil",
        "savings": {"compulsory": "2400.00", "voluntary": "0.00", "special": "0.00"},
        "saved": "2400.00",
        "set_off": [
            {"what": "interest", "loan": 1, "due": "20.00", "met": "20.00"},
            {"what": "principal", "loan": 1, "due": "500.00", "met": "500.00"},
        ],
        "paid": "1880.00",
        "by": "cash",
        "interest_ahead": "0.00",
        "stays_due": "0.00",
    }
    assert json.loads(owing(*LEAVE, "--reason", "x", "--format", "json").out)["voucher"] == "P3/2024-25"


def test_a_leaving_without_a_reason_is_refused(owing: Call) -> None:
    answer = owing(*LEAVE)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == "reason: a leaving needs a reason: this may not be empty. Say why.\n"


def test_a_member_is_set(group: Call) -> None:
    assert group("member", "set", "SHG1", "1", "name-local", "आशा").status == 0
    [one, _] = json.loads(group("member", "list", "SHG1", "--format", "json").out)
    assert one["name_local"] == "आशा"
    answer = group("member", "set", "SHG1", "1", "name_local", "x")
    assert answer.status == 2
    assert answer.err.startswith("“name_local” of a member cannot be set. What can be set: name, name-local, office")
    assert "SC, ST, OBC" in group("member", "set", "--help").out


def test_no_kyc_number_comes_back_whole(group: Call, tmp_path: Path) -> None:
    file = tmp_path / "kyc.csv"
    file.write_text(f"member,name,kyc\n3,Sita,Aadhaar {NUMBER}\n", encoding="utf-8")
    said = [group("member", "import", "SHG1", str(file))]
    file.write_text(f"member,name,kyc\n4,Usha,{NUMBER}\n5,Rekha,Aadhaar {NUMBER}7\n", encoding="utf-8")
    wrong = group("member", "import", "SHG1", str(file))
    assert wrong.status == 2
    places = [line.partition(": ")[2].partition(":")[0] for line in wrong.err.splitlines()]
    assert places == ["row 2, kyc", "row 3, kyc"]
    said += [
        wrong,
        group("member", "add", "SHG1", "6", "--name", "Lata", "--kyc", NUMBER),
        group("member", "set", "SHG1", "3", "kyc", f"PAN {NUMBER}x"),
        group("member", "set", "SHG1", "3", "kyc", f"PAN {NUMBER}x {NUMBER}"),
        group("member", "list", "SHG1", "--format", "json"),
        group("report", "log-of-acts", "--format", "json"),
        group("verify"),
    ]
    assert "Aadhaar ••••2346" in said[-2].out
    assert not [answer for answer in said if NUMBER in answer.out + answer.err]
