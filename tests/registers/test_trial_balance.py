"""The trial balance: of a day, over years that are open or closed, and of many groups at once."""

from __future__ import annotations

from bookkeeper.commands import entities
from tests.registers.books import Clerk, balances, voucher


def test_the_worked_example_stands_figure_for_figure(example: Clerk) -> None:
    rows = example.reads("trial-balance", as_of="2024-05-31")
    assert [(row["role"], row["debit"], row["credit"]) for row in rows] == [
        ("cash", 26900, 0),
        ("bank", 15000, 0),
        ("member-loans", 10000, 0),
        ("member-savings", 0, 50000),
        ("interest-on-member-loans", 0, 400),
        ("fines", 0, 500),
        ("membership-fees", 0, 3000),
        ("stationery", 2000, 0),
    ]
    assert example.totals == {"debit": 53900, "credit": 53900}


def test_a_day_within_a_month_has_what_was_posted_up_to_it(example: Clerk) -> None:
    assert balances(example.reads("trial-balance", as_of="2024-05-04"))["1001"] == 11000
    assert example.reads("trial-balance", as_of="2024-04-04") == []


def test_what_an_earlier_open_year_earned_stands_in_the_surplus(long_kept: Clerk) -> None:
    assert balances(long_kept.reads("trial-balance", as_of="2024-06-30")) == {
        "1001": 8500, "3001": -6000, "4002": -2500,
    }  # fmt: skip


def test_closing_the_earlier_year_changes_nothing_in_the_next(long_kept: Clerk) -> None:
    before = long_kept.reads("trial-balance", as_of="2024-06-30")
    long_kept.closes(2023)
    assert long_kept.reads("trial-balance", as_of="2024-06-30") == before


def test_closing_vouchers_count_in_their_own_year_only_where_asked(long_kept: Clerk) -> None:
    open_ = {"1001": 6000, "4002": -10000, "5008": 4000}
    assert balances(long_kept.reads("trial-balance", as_of="2024-03-31", after_closing=True)) == open_
    long_kept.closes(2023)
    assert balances(long_kept.reads("trial-balance", as_of="2024-03-31")) == open_
    after = long_kept.reads("trial-balance", as_of="2024-03-31", after_closing=True)
    assert balances(after) == {"1001": 6000, "3001": -6000}


def test_a_surplus_brought_in_and_one_earned_are_one_row(clerk: Clerk) -> None:
    clerk.posts(
        voucher("opening", "2024-03-31", ("cash", 700), ("surplus", -700)),
        voucher("receipt", "2024-04-05", ("cash", 300), ("fines", -300)),
        voucher("receipt", "2025-04-05", ("cash", 100), ("fines", -100)),
    )
    assert balances(clerk.reads("trial-balance", as_of="2025-04-30")) == {"1001": 1100, "3001": -1000, "4002": -100}
    assert clerk.totals == {"debit": 1100, "credit": 1100}


def test_many_groups_stand_in_one_table_that_names_each(example: Clerk) -> None:
    entities.add(example.office, "", "EX2", "Second", "shg", starts="2024-04-01")
    Clerk(example.office, "EX2").posts(voucher("receipt", "2024-05-31", ("bank", 900), ("grants", -900)))
    rows = example.reads("trial-balance", all=True, as_of="2024-05-31")
    assert [(row["entity"], row["code"], row["debit"]) for row in rows if row["entity"] == "EX2"] == [
        ("EX2", "1002", 900),
        ("EX2", "4006", 0),
    ]
    own = [{k: v for k, v in row.items() if k != "entity"} for row in rows if row["entity"] == "EX1"]
    assert own == example.reads("trial-balance", as_of="2024-05-31")
