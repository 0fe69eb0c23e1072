"""The tiny group of the contract, worked by hand: three women, two meetings, every figure in rupees."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from bookkeeper.cli import main as cli

HERE = Path(__file__).parent / "example"

VOUCHERS = """R1/2024-25 R2/2024-25 P1/2024-25 P2/2024-25 R3/2024-25 R4/2024-25 R5/2024-25 R6/2024-25 C1/2024-25"""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The group's books, kept by the command line as its contract writes it."""
    path = tmp_path_factory.mktemp("example") / "ex.books"
    said(path, "entity", "add", "EX1", "--name", "Example", "--kind", "shg", "--starts", "2024-04-01", new=True)
    said(path, "member", "import", "EX1", str(HERE / "members.csv"))
    with redirect_stdout(io.StringIO()) as out:
        said(path, "meeting", "post", "EX1", str(HERE / "meetings.json"))
    assert out.getvalue().split() == VOUCHERS.split()
    return path


def said(path: Path, *arguments: str, new: bool = False) -> None:
    if new:
        assert cli.run(["new", str(path)]) == 0
    assert cli.run(["--books", str(path), *arguments]) == 0


@pytest.fixture
def report(books: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    """Ask for a report as JSON."""

    def asked(name: str, *arguments: str) -> dict[str, Any]:
        said(books, "report", name, "--format", "json", *arguments)
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return asked


PERIOD = ("--from", "2024-04-01", "--to", "2024-05-31")


def test_the_meetings_become_these_vouchers(report: Any) -> None:  # noqa: ANN401
    rows = report("day-book", *PERIOD)["rows"]
    found: dict[str, list[tuple[str, str, str | None]]] = {}
    for row in rows:
        amount = row["debit"] if row["debit"] != "0.00" else "-" + row["credit"]
        found.setdefault(row["voucher"], []).append((row["role"], amount, row["member"]))
    assert found["R1/2024-25"] == [
        ("cash", "300.00", None), ("member-savings", "-100.00", "1"), ("member-savings", "-100.00", "2"),
        ("member-savings", "-100.00", "3"),
    ]  # fmt: skip
    assert found["P1/2024-25"] == [("member-loans", "200.00", "1"), ("cash", "-200.00", None)]
    assert found["R5/2024-25"] == [("cash", "4.00", None), ("interest-on-member-loans", "-4.00", "1")]
    assert found["C1/2024-25"] == [("bank", "150.00", None), ("cash", "-150.00", None)]
    assert [row["loan"] for row in rows if row["voucher"] == "R5/2024-25"] == [None, "1"]


CASH_BOOK = """
opening 2024-04-05 - Opening balance;;;;;0.00;0.00
entry 2024-04-05 R1/2024-25 Member savings;300.00;;;;300.00;0.00
entry 2024-04-05 R2/2024-25 Membership fees;30.00;;;;330.00;0.00
entry 2024-04-05 P1/2024-25 Member loans: loan 1, Asha Patil;;;200.00;;130.00;0.00
entry 2024-04-05 P2/2024-25 Stationery: minute book;;;20.00;;110.00;0.00
closing 2024-04-05 - Closing balance;;;;;110.00;0.00
opening 2024-05-05 - Opening balance;;;;;110.00;0.00
entry 2024-05-05 R3/2024-25 Member savings;200.00;;;;310.00;0.00
entry 2024-05-05 R4/2024-25 Member loans;100.00;;;;410.00;0.00
entry 2024-05-05 R5/2024-25 Interest on member loans;4.00;;;;414.00;0.00
entry 2024-05-05 R6/2024-25 Fines;5.00;;;;419.00;0.00
entry 2024-05-05 C1/2024-25 Cash put into bank;;;150.00;;269.00;0.00
entry 2024-05-05 C1/2024-25 Cash put into bank;;150.00;;;269.00;150.00
closing 2024-05-05 - Closing balance;;;;;269.00;150.00
"""


def test_the_cash_book(report: Any) -> None:  # noqa: ANN401
    asked = report("cash-book", *PERIOD)
    keys = ("receipt_cash", "receipt_bank", "payment_cash", "payment_bank", "balance_cash", "balance_bank")
    found = []
    for row in asked["rows"]:
        amounts = [row[key] or "0.00" for key in keys]
        shown = [("" if a == "0.00" and i < 4 else a) for i, a in enumerate(amounts)]
        found.append(f"{row['row']} {row['date']} {row['voucher'] or '-'} {row['particulars']};{';'.join(shown)}")
    assert found == CASH_BOOK.strip().splitlines()
    totals = [asked["totals"][key] for key in keys[:4]]
    assert totals == ["639.00", "150.00", "370.00", "0.00"]


def sides(asked: dict[str, Any], first: str, second: str) -> tuple[dict[str, str], dict[str, str]]:
    found: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for row in asked["rows"]:
        found[(first, second).index(row["side"])][row["role"] or row["account"]] = row["amount"]
    return found


def test_trial_balance(report: Any) -> None:  # noqa: ANN401
    asked = report("trial-balance", "--as-of", "2024-05-31")
    debit = {row["role"]: row["debit"] for row in asked["rows"] if row["debit"] != "0.00"}
    credit = {row["role"]: row["credit"] for row in asked["rows"] if row["credit"] != "0.00"}
    assert debit == {"cash": "269.00", "bank": "150.00", "member-loans": "100.00", "stationery": "20.00"}
    assert credit == {
        "member-savings": "500.00", "interest-on-member-loans": "4.00", "fines": "5.00", "membership-fees": "30.00",
    }  # fmt: skip
    assert (asked["totals"]["debit"], asked["totals"]["credit"]) == ("539.00", "539.00")


def test_receipts_and_payments(report: Any) -> None:  # noqa: ANN401
    rows = report("receipts-and-payments", *PERIOD)["rows"]
    totals: dict[str, int] = {"receipts": 0, "payments": 0}
    for row in rows:
        totals[row["side"]] += int(row["amount"].replace(".", ""))
    assert totals == {"receipts": 63_900, "payments": 63_900}
    receipts = [row["amount"] for row in rows if row["side"] == "receipts" and row["amount"] != "0.00"]
    assert sorted(receipts) == sorted(["500.00", "100.00", "4.00", "5.00", "30.00"])
    payments = [row["amount"] for row in rows if row["side"] == "payments" and row["amount"] != "0.00"]
    assert sorted(payments) == sorted(["200.00", "20.00", "269.00", "150.00"])


def test_income_and_expenditure(report: Any) -> None:  # noqa: ANN401
    asked = report("income-and-expenditure", *PERIOD)
    income, expenditure = sides(asked, "income", "expenditure")
    assert {"interest-on-member-loans": "4.00", "fines": "5.00", "membership-fees": "30.00"}.items() <= income.items()
    assert expenditure["stationery"] == "20.00"
    assert asked["totals"]["surplus"] == "19.00"


def test_balance_sheet(report: Any) -> None:  # noqa: ANN401
    asked = report("balance-sheet", "--as-of", "2024-05-31")
    liabilities, assets = sides(asked, "liabilities", "assets")
    assert liabilities["member-savings"] == "500.00"
    assert "19.00" in liabilities.values()
    assert assets == {"cash": "269.00", "bank": "150.00", "member-loans": "100.00"}


def test_savings_register(report: Any) -> None:  # noqa: ANN401
    rows = report("savings-register", *PERIOD)["rows"]
    found = [(row["member"], row["2024-04"], row["2024-05"], row["total"]) for row in rows]
    assert found == [
        ("1", "100.00", "100.00", "200.00"), ("2", "100.00", "100.00", "200.00"), ("3", "100.00", "0.00", "100.00"),
    ]  # fmt: skip


def test_attendance_register(report: Any) -> None:  # noqa: ANN401
    rows = report("attendance-register", *PERIOD)["rows"]
    found = [(row["member"], row["1"], row["2"], row["present"], row["held"], row["percent"]) for row in rows]
    assert found[:3] == [
        ("1", "P", "P", 2, 2, "100.00"), ("2", "P", "T", 2, 2, "100.00"), ("3", "P", "L", 1, 2, "50.00"),
    ]  # fmt: skip


def test_loan_register(report: Any) -> None:  # noqa: ANN401
    [row] = report("loan-register", "--as-of", "2024-05-31")["rows"]
    keys = ("member", "date", "principal", "purpose", "instalments", "outstanding")
    assert [row[key] for key in keys] == ["1", "2024-04-05", "200.00", "seed", 2, "100.00"]
    assert (str(row["loan"]), float(row["rate"])) == ("1", 24.0)


def test_what_is_due_in_june(report: Any) -> None:  # noqa: ANN401
    rows = report("demand", "--as-of", "2024-06-05")["rows"]
    row = next(row for row in rows if row["member"] == "1")
    keys = (
        "demand_principal_arrears",
        "demand_principal_current",
        "demand_interest_arrears",
        "demand_interest_current",
    )
    assert [row[key] for key in keys] == ["0.00", "100.00", "0.00", "2.00"]
