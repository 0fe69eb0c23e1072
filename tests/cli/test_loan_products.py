"""`loan product set` and `list`, and `loan quote --product`, as they are called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Call

OWN = """
[[product]]
key = "goat"
name = "Goat loan"
rate = "24"
method = "flat"
instalments = 12
[[product.fees]]
name = "Insurance"
account = "other-income"
percent = "2"
how = "capitalised"

[[product]]
key = "cif"
name = "CIF, our own"
rate = "1.5"
rate_per = "month"
method = "equal-principal"
instalments = 5
"""


@pytest.fixture
def own(group: Call, tmp_path: Path) -> Call:
    """The group SHG1 with two products of its own."""
    (tmp_path / "own.toml").write_text(OWN, "utf-8")
    assert group("loan", "product", "set", "SHG1", str(tmp_path / "own.toml")).status == 0
    return group


def quoted(answer: Answer) -> dict[str, object]:
    assert (answer.status, answer.err) == (0, "")
    found = json.loads(answer.out)
    assert isinstance(found, dict)
    return found


def test_the_list_names_what_is_shipped_and_what_is_the_group_s(own: Call) -> None:
    rows = {row["key"]: row for row in json.loads(own("loan", "product", "list", "SHG1", "--format", "json").out)}
    assert next(iter(rows)) == "internal"
    assert rows["goat"] == {
        "key": "goat", "name": "Goat loan", "method": "flat", "rate": "24", "rate_per": "year", "instalments": 12,
        "instalment": None, "frequency": "monthly", "own_rule": False, "source": "own", "from": None,
    }  # fmt: skip
    assert (rows["cif"]["name"], rows["cif"]["source"]) == ("CIF, our own", "own")
    assert (rows["weekly"]["source"], rows["internal"]["own_rule"]) == ("kind", True)
    assert "Goat loan" in own("loan", "product", "list", "SHG1").out


def test_a_product_may_hold_from_a_day_on(own: Call, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN.replace('"24"', '"18"'), "utf-8")
    assert own("loan", "product", "set", "SHG1", str(tmp_path / "own.toml"), "--from", "2024-07-01").status == 0
    for day, rate, since in (("2024-06-30", "24", None), ("2024-07-01", "18", "2024-07-01")):
        rows = json.loads(own("loan", "product", "list", "SHG1", "--as-of", day, "--format", "json").out)
        assert [(row["rate"], row["from"]) for row in rows if row["key"] == "goat"] == [(rate, since)]


def test_a_quote_by_a_shipped_product_needs_no_books(call: Call, tmp_path: Path) -> None:
    words = ("--product", "cif", "--principal", "12000", "--disbursed", "2024-04-05")
    found = quoted(call("loan", "quote", *words))
    # 12,000 × 0.01 ÷ (1 - 1.01⁻²⁴) = 564.88, in rupees 565
    rows = found["instalments"]
    assert isinstance(rows, list)
    assert (found["method"], found["product"], len(rows)) == ("emi", "cif", 24)
    assert (rows[0]["due"], rows[0]["instalment"], rows[0]["interest"]) == ("2024-05-05", "565.00", "120.00")
    assert not list(tmp_path.iterdir())


def test_what_is_said_beside_a_product_overrides_it(call: Call) -> None:
    words = ("--product", "cif", "--principal", "1200", "--disbursed", "2024-04-05", "--instalments", "2")
    rows = quoted(call("loan", "quote", *words, "--rate", "24", "--method", "flat", "--round-interest", "5"))
    # 2 % of 1,200 is 24, to the nearest five 25
    assert [list(row.values())[2:5] for row in rows["instalments"]] == [["600.00", "25.00", "625.00"]] * 2  # type: ignore[attr-defined]


def test_a_quote_by_the_group_s_own_product_has_its_fees(own: Call) -> None:
    words = ("--product", "goat", "--entity", "SHG1", "--principal", "1200", "--disbursed", "2024-04-05")
    found = quoted(own("loan", "quote", *words))
    # 2 % of 1,200 is 24: 1,224 are owed, in twelve of 102 with 2 % of 1,224 of interest
    assert found["fees"] == [{"name": "Insurance", "amount": "24.00", "how": "capitalised"}]
    rows = found["instalments"]
    assert isinstance(rows, list)
    assert (rows[0]["principal"], rows[0]["interest"]) == ("102.00", "24.48")
    assert "Insurance" in own("loan", "quote", *words, "--format", "text").out


def test_a_quote_for_a_group_falls_due_on_its_day_of_meeting(own: Call) -> None:
    assert own("entity", "set", "SHG1", "meeting-day", "12", "--from", "2024-04-01").status == 0
    words = ("--product", "dairy", "--entity", "SHG1", "--principal", "3000", "--disbursed", "2024-04-05")
    rows = quoted(own("loan", "quote", *words))["instalments"]
    assert isinstance(rows, list)
    assert [row["due"] for row in rows[:2]] == ["2024-05-12", "2024-06-12"]


def test_a_crop_loan_is_due_after_the_harvest(call: Call) -> None:
    words = ("--product", "crop", "--principal", "10000", "--disbursed", "2024-06-15")
    found = quoted(call("loan", "quote", *words))
    # 289 days of 7 % on 10,000: 554.25
    assert [(row["due"], row["interest"]) for row in found["instalments"]] == [("2025-03-31", "554.00")]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--product", "cfi"), "--product: “cfi” is no loan product that is shipped. Did you mean “cif”?"),
        (("--product", "goat"), "“goat” is no loan product that is shipped"),
        (("--product", "goats", "--entity", "SHG1"), "“goats” is no loan product of SHG1. Did you mean “goat”?"),
        (("--product", "goat", "--entity", "SHG9"), "“SHG9” is not an entity"),
        (("--entity", "SHG1", "--rate", "1"), "--entity: an entity is named only for its product"),
        (("--product", "cif", "--rate", "240"), "240 percent a year is very high"),
        (("--product", "cif", "--instalment", "1"), "does not pay the loan off"),
        (("--product", "cif", "--first", "2024-03-01"), "lies before the loan is given"),
    ],
)
def test_a_mistake_is_told_in_words(own: Call, words: tuple[str, ...], says: str) -> None:
    answer = own("loan", "quote", "--principal", "1000", "--disbursed", "2024-04-05", *words)
    assert answer.status in {1, 2}
    assert says in answer.err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (OWN.replace('"24"', '"240"'), "own.toml: product “goat”, rate: 240 percent a year is very high"),
        (OWN.replace("other-income", "incomes"), "product “goat”, fees: the fee “Insurance” goes to “incomes”"),
        (OWN.replace("other-income", "cash"), "the fee “Insurance” cannot go to Cash in hand"),
        (OWN.replace("other-income", "member-savings"), "the fee “Insurance” cannot go to Member savings"),
        (OWN.replace('key = "cif"', 'key = "cif"\nown_rule = true'), "product “cif”, own_rule: only the product that"),
        ("# none", "own.toml: product: there is no product in it"),
        ("[[product", "own.toml: the file is not proper TOML"),
    ],
)
def test_a_file_that_is_wrong_changes_nothing(group: Call, tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "own.toml").write_text(text, "utf-8")
    before = group("loan", "product", "list", "SHG1").out
    answer = group("loan", "product", "set", "SHG1", str(tmp_path / "own.toml"))
    assert answer.status == 2
    assert says in answer.err
    assert group("loan", "product", "list", "SHG1").out == before


def test_a_file_that_is_not_there_is_told(group: Call, tmp_path: Path) -> None:
    answer = group("loan", "product", "set", "SHG1", str(tmp_path / "none.toml"))
    assert answer.status == 2
    assert "none.toml" in answer.err


def test_the_sheet_of_a_meeting_with_products_is_posted_again_from_its_workbook(own: Call, tmp_path: Path) -> None:
    first = [
        {"member": "1", "present": True, "savings": "5000"},
        {"member": "2", "present": True, "new_loan": {"principal": "1200", "product": "cif"}},
    ]
    second = [
        {"member": "1", "present": True, "new_loan": {"principal": "1000", "product": "goat", "purpose": "goat"}},
        {"member": "2", "present": True, "loan": "1", "principal": "240", "interest": "18", "penalty": "5"},
    ]
    for number, rows in ((1, first), (2, second)):
        sheet = {"date": f"2024-0{number + 3}-10", "number": number, "rows": rows}
        (tmp_path / "m.json").write_text(json.dumps(sheet), "utf-8")
        answer = own("meeting", "post", "SHG1", str(tmp_path / "m.json"))
        assert answer.status == 0, answer.err
    asked = ("report", "meeting-sheet", "--entity", "SHG1", "--as-of", "2024-05-10")
    found = json.loads(own(*asked, "--format", "json").out)
    shown = {row["member"]: row for row in found["rows"]}
    assert (shown["1"]["product"], shown["1"]["new_loan"]) == ("goat", "1000.00")
    assert (shown["2"]["penalty"], found["totals"]["penalty"]) == ("5.00", "5.00")
    assert own(*asked, "--format", "xlsx", "--out", str(tmp_path / "m.xlsx")).status == 0
    assert "Fees added to new loans: 20." in own(*asked).out
    before = json.loads(own("report", "loan-register", "--entity", "SHG1", "--format", "json").out)["totals"]
    assert own("meeting", "reverse", "SHG1", "2", "--reason", "again").status == 0
    answer = own("meeting", "post", "SHG1", str(tmp_path / "m.xlsx"))
    assert answer.status == 0, answer.err
    after = json.loads(own("report", "loan-register", "--entity", "SHG1", "--format", "json").out)
    assert after["totals"] == before
    assert [row["product"] for row in after["rows"]] == ["cif", "goat"]
    assert after["rows"][1]["principal"] == "1020.00"
    ledger = json.loads(own("report", "loan-ledger", "--entity", "SHG1", "--format", "json").out)
    assert (ledger["totals"]["penalty"], {row["product"] for row in ledger["rows"]}) == ("5.00", {"cif", "goat"})
    assert own("verify").status == 0
