"""Income and expenditure: what a period earned and spent; worked by hand."""

from __future__ import annotations

from bookkeeper.commands import entities
from tests.registers.books import Clerk, Read, voucher

YEAR = ("2024-04-01", "2025-03-31")


def told(rows: Read, key: str = "amount") -> dict[tuple[str, str], int]:
    return {(row["side"], row["role"]): row[key] for row in rows}


def test_the_worked_example_stands_figure_for_figure(example: Clerk) -> None:
    rows = example.reads("income-and-expenditure", "2024-04-01", "2024-05-31")
    assert told(rows) == {
        ("income", "interest-on-member-loans"): 400, ("income", "fines"): 500, ("income", "membership-fees"): 3000,
        ("expenditure", "stationery"): 2000,
    }  # fmt: skip
    assert example.totals == {"income": 3900, "expenditure": 2000, "surplus": 1900}


def test_days_within_months_count_as_whole_months_do(example: Clerk) -> None:
    whole = example.reads("income-and-expenditure", "2024-04-01", "2024-05-31")
    assert example.reads("income-and-expenditure", "2024-04-05", "2024-05-05") == whole
    example.reads("income-and-expenditure", "2024-04-06", "2024-05-31")
    assert example.totals == {"income": 900, "expenditure": 0, "surplus": 900}


def test_a_deficit_is_a_negative_surplus(clerk: Clerk) -> None:
    clerk.posts(
        voucher("receipt", "2024-04-05", ("bank", 1000), ("grants", -1000)),
        voucher("payment", "2024-04-06", ("rent", 4000), ("bank", -4000)),
    )
    clerk.reads("income-and-expenditure", *YEAR)
    assert clerk.totals == {"income": 1000, "expenditure": 4000, "surplus": -3000}


def test_a_reversal_takes_income_back(clerk: Clerk) -> None:
    name, _ = clerk.posts(
        voucher("receipt", "2024-04-05", ("cash", 1000), ("fines", -1000, "1")),
        voucher("receipt", "2024-04-05", ("cash", 300), ("grants", -300)),
    )
    clerk.reverses(name, "2024-04-30", "typed twice")
    assert told(clerk.reads("income-and-expenditure", *YEAR)) == {("income", "grants"): 300}


def test_closing_vouchers_count_only_where_asked(long_kept: Clerk) -> None:
    year = ("2023-04-01", "2024-03-31")
    before = long_kept.reads("income-and-expenditure", *year)
    assert told(before) == {("income", "fines"): 10000, ("expenditure", "rent"): 4000}
    long_kept.closes(2023)
    assert long_kept.reads("income-and-expenditure", *year) == before
    assert long_kept.reads("income-and-expenditure", "2023-04-02", "2024-03-31") == before
    assert long_kept.reads("income-and-expenditure", *year, after_closing=True) == []
    assert long_kept.totals["surplus"] == 0


def test_the_year_before_stands_beside_a_financial_year(long_kept: Clerk) -> None:
    rows = long_kept.reads("income-and-expenditure", *YEAR)
    assert told(rows) == {("income", "fines"): 2500, ("expenditure", "rent"): 0}
    assert told(rows, "last_year") == {("income", "fines"): 10000, ("expenditure", "rent"): 4000}


def test_a_period_over_two_years_has_both(long_kept: Clerk) -> None:
    long_kept.reads("income-and-expenditure", "2023-04-01", "2024-05-31")
    assert long_kept.totals == {"income": 12500, "expenditure": 4000, "surplus": 8500}


def test_many_groups_stand_in_one_table_that_names_each(example: Clerk) -> None:
    entities.add(example.office, "", "EX2", "Second", "shg", starts="2024-04-01")
    Clerk(example.office, "EX2").posts(voucher("receipt", "2024-05-31", ("bank", 900), ("grants", -900)))
    rows = example.reads("income-and-expenditure", "2024-04-01", "2024-05-31", all=True)
    assert [(row["entity"], row["amount"]) for row in rows if row["role"] == "grants"] == [("EX2", 900)]
    assert sum(row["amount"] for row in rows if row["entity"] == "EX1" and row["side"] == "income") == 3900
