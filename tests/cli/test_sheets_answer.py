"""What is answered to a meeting's sheet and to a cut-off sheet on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Answer, Call

MEMBERS = "member,name,joined,name_local\n1,Asha Patil,2024-04-01,आशा पाटील\n2,Bharati Naik,2024-04-01,\n"


@pytest.fixture
def new(call: Call, tmp_path: Path) -> Call:
    """A group of two members with nothing in its books."""
    (tmp_path / "members.csv").write_text(MEMBERS, encoding="utf-8")
    call("new", str(tmp_path / "g.books"))
    call("entity", "add", "SHG1", "--name", "Savitri", "--kind", "shg", "--starts", "2024-04-01")
    assert call("member", "import", "SHG1", str(tmp_path / "members.csv")).status == 0
    return call


def row(member: str = "1", **more: object) -> dict[str, object]:
    return {"member": member, "present": True, **more}


def posts(call: Call, folder: Path, *rows: dict[str, object], on: str = "2024-05-05", **more: object) -> Answer:
    sheet = folder / "meeting.json"
    sheet.write_text(json.dumps({"date": on, "rows": list(rows), **more}), encoding="utf-8")
    return call("meeting", "post", "SHG1", str(sheet))


def opens(call: Call, folder: Path, *options: str, **changed: Any) -> Answer:  # noqa: ANN401
    sheet = folder / "cut-off.json"
    loan = {"outstanding": "500.00", "instalments_left": 5}
    values = {
        "date": "2024-03-31",
        "members": [{"member": "1", "savings": "1200.00", "loan": {**loan, **changed.pop("loan", {})}}],
        "accounts": [{"account": "bank", "debit": "50.00"}, {"account": "cash", "debit": "350.00"}],
        **changed,
    }
    sheet.write_text(json.dumps(values), encoding="utf-8")
    answer = call("opening", "post", "SHG1", str(sheet), *options)
    return Answer(answer.status, answer.out, answer.err.replace(f"{sheet}: ", ""))


def balances(call: Call) -> dict[str, tuple[str, str]]:
    asked = call("report", "trial-balance", "--as-of", "2024-03-31", "--format", "json").out
    return {one["role"]: (one["debit"], one["credit"]) for one in json.loads(asked)["rows"]}


def test_the_difference_goes_to_the_surplus(new: Call, tmp_path: Path) -> None:
    refused = opens(new, tmp_path)
    assert (refused.status, refused.out) == (1, "")
    assert "write 300.00 there, or add --balance-to surplus." in refused.err
    done = opens(new, tmp_path, "--balance-to", "surplus")
    assert (done.status, done.out) == (0, "O1/2023-24\n")
    assert done.err == "300.00 was put to the debit of the surplus, so that the sheet balances.\n"
    assert balances(new)["surplus"] == ("300.00", "0.00")
    assert new("verify").status == 0


def test_the_difference_is_added_to_what_stands_on_the_surplus(new: Call, tmp_path: Path) -> None:
    heads = [{"account": "surplus", "credit": "100.00"}, {"account": "cash", "debit": "1000.00"}]
    done = opens(new, tmp_path, "--balance-to", "surplus", accounts=heads)
    assert done.err == "200.00 was put to the credit of the surplus, so that the sheet balances.\n"
    assert balances(new)["surplus"] == ("0.00", "300.00")
    assert new("verify").status == 0


def test_a_sheet_that_balances_needs_no_difference(new: Call, tmp_path: Path) -> None:
    heads = [{"account": "cash", "debit": "700.00"}]
    assert opens(new, tmp_path, "--balance-to", "surplus", accounts=heads).err == ""


def test_a_difference_goes_nowhere_but_to_the_surplus(new: Call, tmp_path: Path) -> None:
    refused = opens(new, tmp_path, "--balance-to", "suspense")
    assert refused.err == "--balance-to: a difference is not put to “suspense”. Write surplus.\n"


def test_members_who_do_not_add_up_to_the_total_are_refused_all_the_same(new: Call, tmp_path: Path) -> None:
    heads = [{"account": "cash", "debit": "350.00"}, {"account": "member-savings", "credit": "1300.00"}]
    refused = opens(new, tmp_path, "--balance-to", "surplus", accounts=heads)
    assert "of the members add up to 1200.00; the sheet states 1300.00" in refused.err


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"accounts": [{"account": "bank", "debit": "750.00"}, {"account": "cash", "credit": "50.00"}]},
            "accounts, row 2, credit: cash would begin at -50.00: it stands on the credit side. Write the cash in",
        ),
        (
            {"loan": {"rate_per_month": "24"}},
            "members, row 1, rate_per_month: 24 percent a month is very high: 1000.00, owed for a year",
        ),
        (
            {"bank_items": [{"date": "2024-03-30", "amount": "5.00"}, {"date": "2024-04-01", "amount": "5.00"}]},
            "bank_items, row 2, date: 2024-04-01 is after the cut-off of 2024-03-31. Leave it out",
        ),
    ],
)
def test_what_a_cut_off_sheet_may_not_have(new: Call, tmp_path: Path, changed: dict[str, Any], told: str) -> None:
    refused = opens(new, tmp_path, **changed)
    assert refused.status == 1
    assert refused.err.startswith(told)
    assert "--cash-below-zero" not in refused.err


def test_a_meeting_in_which_no_money_moved_says_so(new: Call, tmp_path: Path) -> None:
    answer = posts(new, tmp_path, row(), number=7)
    assert (answer.status, answer.out, answer.err) == (0, "", "meeting 7 of 2024-05-05: no money moved.\n")


def test_a_fine_of_nought_waives_the_rule_s_and_is_noted(new: Call, tmp_path: Path) -> None:
    new("entity", "set", "SHG1", "fine-late", "10")
    late = [row("1", present="late", fine_levied="0.00", savings="5.00"), row("2", present="late")]
    answer = posts(new, tmp_path, *late)
    told = "member 1 is not fined 10.00, as the rule of the group would have it; it is noted."
    assert answer.err == f"meeting 1: {told}\n"
    new("meeting", "reverse", "SHG1", "1", "--reason", "again", "--out", str(tmp_path / "old.json"))
    handed = json.loads((tmp_path / "old.json").read_text(encoding="utf-8"))["rows"]
    assert [one.get("fine_levied") for one in handed] == ["0.00", None]


def test_a_copy_in_a_folder_that_is_not_there(new: Call, tmp_path: Path) -> None:
    sheet = tmp_path / "m.xlsx"
    sheet.write_bytes(b"PK\x03\x04")
    answer = new("meeting", "post", "SHG1", str(sheet), "--marked", str(tmp_path / "no" / "m.xlsx"))
    assert (answer.status, answer.err) == (2, f"--marked: the folder {tmp_path / 'no'} is not there. Make it first.\n")


def test_a_locked_day_is_said_once_of_a_meeting(new: Call, tmp_path: Path) -> None:
    posts(new, tmp_path, row(savings="5.00", fine="1.00"), row("2", voluntary_savings="3.00"))
    new("lock", "SHG1", "--until", "2024-05-31")
    answer = new("meeting", "reverse", "SHG1", "1", "--reason", "wrong")
    assert answer.status == 1
    assert answer.err == ("date: the books are locked up to 2024-05-31. Date it later. Give an open day with --date.\n")


def test_text_in_utf_16_without_its_mark_is_to_be_saved_as_utf_8(new: Call, tmp_path: Path) -> None:
    sheet = tmp_path / "m.json"
    sheet.write_bytes('[{"date": "2024-05-05"}]'.encode("utf-16-le"))
    answer = new("meeting", "post", "SHG1", str(sheet))
    assert answer.err == f"{sheet}: this is text in UTF-16 without its mark (BOM). Save it as UTF-8 in your editor.\n"


@pytest.mark.parametrize("number", ["1234567890", "0", "x"])
def test_the_number_of_a_meeting_to_be_reversed(new: Call, number: str) -> None:
    answer = new("meeting", "reverse", "SHG1", number, "--reason", "wrong")
    assert answer.status == 2
    assert f"“{number}” is not the number of a meeting." in answer.err
