"""Loans by product in the meeting: given with their fees, demanded, split and collected, each by its own terms."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from bookkeeper.commands import entities, loan_products
from bookkeeper.commands.audit import verify
from bookkeeper.definitions.loan_product import kept, products_of_toml
from bookkeeper.errors import Damaged
from bookkeeper.exchange.meetings import read_meetings
from bookkeeper.rules.money import shown
from bookkeeper.rules.repayment import Due
from tests.scenarios.clerk import Clerk, receipt

OFFICE = """
[[product]]
key = "goat"
name = "Goat loan"
rate = "24"
method = "flat"
instalments = 12
due_day = 5
round_interest = "1"
round_principal = "1"
[[product.fees]]
name = "Insurance of the goat"
account = "other-expenses"
percent = "2"
how = "deducted"
[[product.fees]]
name = "Form"
account = "stationery"
amount = "10"
how = "paid"

[[product]]
key = "well"
name = "Well loan"
rate = "12"
method = "equal-principal"
instalments = 10
day_count = "actual/365"
interest_on = "outstanding-daily"
due_day = 5
round_interest = "1"
round_principal = "1"
[product.penalty]
rate = "24"
on = "overdue-instalment"
[[product.fees]]
name = "Survey"
account = "other-income"
amount = "200"
how = "capitalised"

[[product]]
key = "second"
name = "Cheaper the second time"
rate = "18"
method = "emi"
instalments = 3
[[product.slabs]]
loan_number = 2
rate = "12"
"""


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    """A group of three that has saved 100,000, with the office's own products."""
    found = Clerk(tmp_path / "g.books").opens("SHG1").enters_members("1", "2", "3", joined="2023-04-01")
    found.posts(receipt("2023-04-01", "member-savings", "100000", "3"))
    loan_products.set_products(found.office, "", "SHG1", products_of_toml(OFFICE, "office.toml"))
    return found


def holds(clerk: Clerk, folder: Path, date: str, *rows: dict[str, Any], number: int | None = None) -> list[str]:
    """Post a meeting as a file of JSON tells it; rows are of those who are present."""
    sheet = {"date": date, "number": number, "rows": [{"present": True, **row} for row in rows]}
    file = folder / "meeting.json"
    file.write_text(json.dumps({key: value for key, value in sheet.items() if value is not None}), "utf-8")
    return clerk.holds_meeting(*read_meetings(file).sheets)


def gives(member: str, principal: str, product: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"member": member, "new_loan": {"principal": principal, "product": product, **more}}


def told(due: Due) -> list[str]:
    """Principal overdue and current, interest overdue and current, penalty."""
    parts = (due.principal_arrears, due.principal_current, due.interest_arrears, due.interest_current, due.penalty)
    return [shown(part) for part in parts]


def is_sound(clerk: Clerk) -> bool:
    return [finding.sentence for finding in verify(clerk.path).findings] == []


def test_three_loans_by_three_products_in_one_meeting(clerk: Clerk, tmp_path: Path) -> None:
    holds(clerk, tmp_path, "2023-05-05", gives("1", "1200", "goat"))
    holds(clerk, tmp_path, "2023-05-06", gives("1", "1000", "well"))
    holds(clerk, tmp_path, "2023-05-07", gives("1", "300", "second", first_due="2023-06-05"))
    # goat: 100 and 24 flat; well: 1,200 over ten, 30 days of 12 % on it are 11.84; second: her third loan, so at 12 %,
    # in three instalments of 102.01 (300 × 0.01 ÷ (1 - 1.01⁻³)), of which 3 is interest
    due = clerk.due("2023-06-05")
    assert told(due[1]) == ["0.00", "100.00", "0.00", "24.00", "0.00"]
    assert told(due[2]) == ["0.00", "120.00", "0.00", "12.00", "0.00"]
    assert told(due[3]) == ["0.00", "99.01", "0.00", "3.00", "0.00"]
    pays = [
        {"loan": "1", "repayment": "124"},
        {"loan": "2", "repayment": "50"},
        {"loan": "3", "principal": "99.01", "interest": "3"},
    ]
    holds(clerk, tmp_path, "2023-06-05", {"member": "1", "loans": pays})
    # of the 50 on the well 12 are interest, 38 principal: 82 are overdue a month later, and bear 24 % for 30 days: 1.62
    # interest on 1,162 for 30 days of 12 %: 11.46
    due = clerk.due("2023-07-05")
    assert told(due[1]) == ["0.00", "100.00", "0.00", "24.00", "0.00"]
    assert told(due[2]) == ["82.00", "120.00", "0.00", "11.00", "2.00"]
    assert told(due[3]) == ["0.00", "100.00", "0.00", "2.01", "0.00"]
    holds(clerk, tmp_path, "2023-07-05", {"member": "1", "loans": [{"loan": "2", "repayment": "100"}]})
    assert clerk.balance("penal-interest", "2023-07-05") == "-2.00"
    # penalty 2, interest 11 (current), then 82 overdue and 5 of the 120
    assert told(clerk.due("2023-07-06")[2]) == ["115.00", "0.00", "0.00", "0.00", "0.00"]
    assert is_sound(clerk)


def test_fees_are_kept_back_paid_in_or_added_to_the_loan(clerk: Clerk, tmp_path: Path) -> None:
    made = holds(clerk, tmp_path, "2023-05-05", gives("1", "1200", "goat"), gives("2", "1000", "well"))
    assert made == ["R2/2023-24", "P1/2023-24", "P2/2023-24"]
    lines = [
        [(line.account, shown(line.amount), line.member) for line in clerk.reads(name).voucher.postings]
        for name in made
    ]
    codes = {
        role: code(clerk, role) for role in ("cash", "member-loans", "other-expenses", "stationery", "other-income")
    }
    assert lines == [
        [(codes["cash"], "10.00", None), (codes["stationery"], "-10.00", "1")],
        [
            (codes["member-loans"], "1200.00", "1"),
            (codes["cash"], "-1176.00", None),
            (codes["other-expenses"], "-24.00", "1"),
        ],
        [
            (codes["member-loans"], "1200.00", "2"),
            (codes["cash"], "-1000.00", None),
            (codes["other-income"], "-200.00", "2"),
        ],
    ]
    assert [loan.lent for loan in clerk.loans()] == [1200_00, 1200_00]
    assert is_sound(clerk)


def code(clerk: Clerk, role: str) -> str:
    there = {account.role: account.code for account in entities.accounts(clerk.office, clerk.group)}
    return there[role]


def test_a_loan_keeps_the_terms_on_which_it_was_given(clerk: Clerk, tmp_path: Path) -> None:
    holds(clerk, tmp_path, "2023-05-05", gives("1", "1200", "goat"))
    dearer = OFFICE.replace('rate = "24"', 'rate = "36"', 1)
    loan_products.set_products(clerk.office, "", "SHG1", products_of_toml(dearer, "f"), since="2023-06-01")
    holds(clerk, tmp_path, "2023-05-20", gives("2", "1200", "goat"))
    holds(clerk, tmp_path, "2023-06-05", gives("3", "1200", "goat"))
    rates = [kept(loan.terms).product.rate for loan in clerk.loans()]
    assert rates == [24, 24, 36]
    assert [loan.rate for loan in clerk.loans()] == ["24", "24", "36"]
    assert told(clerk.due("2023-06-05")[1]) == ["0.00", "100.00", "0.00", "24.00", "0.00"]
    assert is_sound(clerk)


def test_the_sheet_may_say_otherwise_than_the_product(clerk: Clerk, tmp_path: Path) -> None:
    row = gives("1", "1200", "goat", rate_per_month="1.50", instalments=6, method="emi", first_due="2023-06-20")
    holds(clerk, tmp_path, "2023-05-05", row)
    [loan] = clerk.loans()
    assert (loan.method, loan.rate_per_month, loan.rate, loan.instalments) == ("emi", "1.5", "18", 6)
    assert told(clerk.due("2023-06-19")[1]) == ["0.00"] * 5
    assert told(clerk.due("2023-06-20")[1])[3] == "18.00"
    assert is_sound(clerk)


def test_the_group_s_own_rule_may_be_named_as_a_product(clerk: Clerk, tmp_path: Path) -> None:
    holds(clerk, tmp_path, "2023-05-05", gives("1", "1000", "internal"), gives("2", "1000", "goat"))
    own, _ = clerk.loans()
    assert (own.product, own.terms, own.rate_per_month) == ("internal", "", "2")
    assert told(clerk.due("2023-06-05")[1]) == ["0.00", "100.00", "0.00", "20.00", "0.00"]
    assert is_sound(clerk)


def test_the_notes_of_the_meeting_have_the_terms(clerk: Clerk, tmp_path: Path) -> None:
    own = {"member": "2", "new_loan": {"principal": "500"}}
    holds(clerk, tmp_path, "2023-05-05", gives("1", "1000", "well"), own, number=7)
    well, plain = clerk.notes(7)["loans"]
    assert plain is None
    assert (well["loan"], well["product"], well["first_due"]) == (1, "well", "2023-06-05")
    assert well["fees"] == [{"account": "other-income", "amount": "200.00", "how": "capitalised"}]
    assert well["terms"]["penalty"] == {"rate": "24", "rate_per": "year", "on": "overdue-instalment", "grace_days": 0}


def test_loans_fall_due_on_the_day_on_which_the_group_met(clerk: Clerk, tmp_path: Path) -> None:
    entities.set_(clerk.office, "", "SHG1", "meeting-day", "5")
    holds(clerk, tmp_path, "2023-05-05", gives("1", "12000", "cif"))
    # 12,000 at 1 % a month in 24: 564.88, in rupees 565, of which 120 is interest; the group meets a day early in June
    assert told(clerk.due("2023-06-04")[1]) == ["0.00", "445.00", "0.00", "120.00", "0.00"]
    holds(clerk, tmp_path, "2023-06-04", {"member": "1", "repayment": "565"})
    assert told(clerk.due("2023-07-05")[1]) == ["0.00", "449.00", "0.00", "116.00", "0.00"]
    assert is_sound(clerk)


def test_a_flat_loan_paid_ahead_is_noted(clerk: Clerk, tmp_path: Path) -> None:
    holds(clerk, tmp_path, "2023-05-05", gives("1", "1200", "goat"))
    holds(clerk, tmp_path, "2023-06-05", {"member": "1", "repayment": "424"}, number=8)
    assert clerk.notes(8)["flat_ahead"] == [["1", 1, 300_00]]
    # three instalments ahead are paid, but their interest falls due as before
    assert told(clerk.due("2023-07-05")[1]) == ["0.00", "0.00", "0.00", "24.00", "0.00"]


def test_a_loan_that_is_paid_off_is_settled_only_when_no_interest_is_to_come(clerk: Clerk, tmp_path: Path) -> None:
    holds(clerk, tmp_path, "2023-05-05", gives("1", "1000", "well"))
    holds(clerk, tmp_path, "2023-05-20", {"member": "1", "principal": "1200"})
    assert clerk.contents()["loan_settled"] == []
    # 15 days of 1,200 at 12 %: 5.92
    assert told(clerk.due("2023-06-05")[1]) == ["0.00", "0.00", "0.00", "6.00", "0.00"]
    holds(clerk, tmp_path, "2023-06-05", {"member": "1", "repayment": "6"})
    assert clerk.contents()["loan_settled"] == [(1, 1)]
    assert is_sound(clerk)


def test_a_penalty_may_be_paid_on_any_loan(clerk: Clerk, tmp_path: Path) -> None:
    holds(clerk, tmp_path, "2023-05-05", gives("1", "1000", "internal"))
    made = holds(clerk, tmp_path, "2023-06-05", {"member": "1", "principal": "100", "interest": "20", "penalty": "10"})
    assert len(made) == 3
    assert clerk.of_member("penal-interest", "1") == "-10.00"
    assert told(clerk.due("2023-07-05")[1]) == ["0.00", "100.00", "0.00", "18.00", "0.00"]
    assert is_sound(clerk)


def test_a_meeting_with_products_is_taken_back_and_held_again(clerk: Clerk, tmp_path: Path) -> None:
    holds(clerk, tmp_path, "2023-05-05", gives("1", "1000", "well"), number=4)
    sheet = clerk.takes_back(4)
    assert sheet["rows"][0]["new_loan"] == {"principal": "1000.00", "product": "well"}
    holds(clerk, tmp_path, "2023-05-05", gives("1", "900", "well"), number=4)
    assert [(loan.loan, loan.lent) for loan in clerk.loans() if loan.lent] == [(2, 1100_00)]
    assert is_sound(clerk)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (gives("1", "100", "gaot"), r"row 1, product: “gaot” is no loan product of SHG1. Did you mean “goat”\?"),
        (gives("1", "100", "goat", rate_per_month="24"), "rate: 24 percent a month is very high.*Write rate_per_month"),
        (gives("1", "100", "goat", first_due="2023-05-05"), "due on 2023-05-05, not after the loan, of 2023-05-05"),
        (gives("1", "100", "goat", first_due="2023-05-01"), "due on 2023-05-01, not after the loan"),
        ({"member": "1", "new_loan": {"principal": "100", "rate_per_month": "24"}}, "24 percent a month is very high"),
        ({"member": "1", "penalty": "10"}, "row 1, penalty: member 1 owes nothing on a loan"),
        ({"member": "1", "penalty": "10", "loan": "9"}, "row 1, loan: member 1 has no loan 9 that owes"),
    ],
)  # fmt: skip
def test_what_cannot_be_lent_is_refused_in_words(clerk: Clerk, tmp_path: Path, row: dict[str, Any], words: str) -> None:
    with clerk.refuses(f"(?s){words}"):
        holds(clerk, tmp_path, "2023-05-05", row)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("instalments = 12", 'instalment = "1"', r"by the product “goat”, instalment: 1.00 an instalment does not pay"),
        ("due_day = 5", 'due_on = "03-31"\nleast_months = 120', "the first instalment would be due after 2199"),
        ("instalments = 12", "instalments = 1200", "only .* instalments would fall due by the end of 2199"),
    ],
)
def test_a_product_that_cannot_be_lent_on_is_refused(
    clerk: Clerk, tmp_path: Path, old: str, new: str, words: str
) -> None:
    changed = products_of_toml(OFFICE.replace(old, new, 1), "f")
    loan_products.set_products(clerk.office, "", "SHG1", changed)
    day = "2023-05-05"
    if "2199" in words:
        clerk.office.clock = lambda: dt.datetime(2190, 5, 5, tzinfo=dt.UTC)
        day = "2190-05-05"
    with clerk.refuses(words):
        holds(clerk, tmp_path, day, gives("1", "10000", "goat"))


def test_products_and_terms_that_cannot_be_read_are_told_in_words(clerk: Clerk, tmp_path: Path) -> None:
    holds(clerk, tmp_path, "2023-05-05", gives("1", "1000", "well"))
    with clerk.office.books.writing() as connection:
        connection.exec_driver_sql("UPDATE setting SET value = '{}' WHERE key = 'loan-product.goat'")
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'loan'"
        for (name,) in connection.exec_driver_sql(guards).all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("UPDATE loan SET terms = '{}'")
    with pytest.raises(Damaged, match="the loan product goat of SHG1 cannot be read"):
        loan_products.listed(clerk.office, "SHG1")
    with pytest.raises(Damaged, match="the terms of loan 1 cannot be read"):
        clerk.due("2023-06-05")


def test_the_oldest_instalment_comes_first_where_the_product_says_so(clerk: Clerk, tmp_path: Path) -> None:
    oldest = OFFICE.replace('key = "goat"', 'key = "goat"\noldest_first = true\norder = ["interest"]', 1)
    loan_products.set_products(clerk.office, "", "SHG1", products_of_toml(oldest, "f"))
    holds(clerk, tmp_path, "2023-05-05", gives("1", "1200", "goat"))
    holds(clerk, tmp_path, "2023-06-05", {"member": "2", "savings": "10"})
    # 124 of June are overdue and come before the 24 of July
    assert told(clerk.due("2023-07-05")[1]) == ["100.00", "100.00", "24.00", "24.00", "0.00"]
    holds(clerk, tmp_path, "2023-07-05", {"member": "1", "repayment": "130"})
    assert told(clerk.due("2023-07-06")[1]) == ["100.00", "0.00", "18.00", "0.00", "0.00"]


def test_a_loan_that_its_fees_would_eat_is_refused(clerk: Clerk, tmp_path: Path) -> None:
    eaten = OFFICE.replace('percent = "2"', 'amount = "500"', 1)
    loan_products.set_products(clerk.office, "", "SHG1", products_of_toml(eaten, "f"))
    with clerk.refuses(r"fees: what is kept back, 500.00, leaves nothing of 400.00"):
        holds(clerk, tmp_path, "2023-05-05", gives("1", "400", "goat"))
