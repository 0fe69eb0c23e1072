"""The savings register, by hand: what stood before, what each month brought, what stands at the end."""

from __future__ import annotations

from bookkeeper.books.members import Member
from bookkeeper.commands import entities, meetings, members
from bookkeeper.report import Kind
from tests.registers.books import MEMBERS, Clerk, balances, voucher
from tests.registers.worked_example import APRIL, MAY, PERIOD, cells, holds

MONTHS = ("opening", "2024-04", "2024-05", "total")


def test_the_worked_example(clerk: Clerk) -> None:
    holds(clerk, APRIL, MAY)
    assert cells(clerk.reads("savings-register", *PERIOD), "member", "name", *MONTHS) == [
        ("1", "Asha Patil", 0, 10_000, 10_000, 20_000),
        ("2", "Bharati Naik", 0, 10_000, 10_000, 20_000),
        ("3", "Chhaya Rane", 0, 10_000, 0, 10_000),
    ]
    assert clerk.totals == {"opening": 0, "2024-04": 30_000, "2024-05": 20_000, "total": 50_000}


def test_a_column_a_month_across_the_turn_of_the_year(clerk: Clerk) -> None:
    columns, _ = clerk.reads_raw("savings-register", "2024-11-15", "2025-02-03")
    months = columns[3:-1]
    assert [(month.key, month.under, month.head) for month in months] == [
        ("2024-11", "2024", "Nov"), ("2024-12", "2024", "Dec"), ("2025-01", "2025", "Jan"), ("2025-02", "2025", "Feb"),
    ]  # fmt: skip
    assert {month.kind for month in months} == {Kind.MONEY}
    assert len({column.title for column in columns}) == len(columns)


def test_what_was_saved_before_and_drawn_since(clerk: Clerk) -> None:
    holds(clerk, APRIL, MAY)
    clerk.posts(voucher("payment", "2024-06-10", ("member-savings", 2_500, "2"), ("cash", -2_500)))
    rows = clerk.reads("savings-register", "2024-05-01", "2024-06-30")
    assert cells(rows, "member", "opening", "2024-05", "2024-06", "total") == [
        ("1", 10_000, 10_000, 0, 20_000), ("2", 10_000, 10_000, -2_500, 17_500), ("3", 10_000, 0, 0, 10_000),
    ]  # fmt: skip


def test_one_kind_of_savings_alone(clerk: Clerk) -> None:
    roles = {"compulsory": "member-savings", "voluntary": "voluntary-savings", "special": "special-savings"}
    for paise, role in enumerate(roles.values(), start=1):
        clerk.posts(voucher("receipt", "2024-04-05", ("cash", paise * 100), (role, -paise * 100, "1")))
    for paise, name in enumerate(roles, start=1):
        assert clerk.reads("savings-register", *PERIOD, savings=name)[0]["total"] == paise * 100
    assert clerk.reads("savings-register", *PERIOD)[0]["2024-04"] == 600


def test_the_cut_off_stands_before_any_month_and_a_reversal_in_its_own(clerk: Clerk) -> None:
    clerk.posts(voucher("opening", "2024-03-31", ("cash", 12_000), ("member-savings", -12_000, "1")))
    (name,) = clerk.posts(voucher("receipt", "2024-04-05", ("cash", 700), ("member-savings", -700, "1")))
    clerk.reverses(name, "2024-05-02", "typed twice")
    rows = clerk.reads("savings-register", "2024-03-01", "2024-05-31")
    assert cells(rows[:1], "opening", "2024-03", "2024-04", "2024-05", "total") == [(12_000, 0, 700, -700, 12_000)]


def test_a_reversed_meeting_leaves_nothing(clerk: Clerk) -> None:
    holds(clerk, APRIL, MAY)
    meetings.reverse_meeting(clerk.office, "", clerk.code, 2, "wrong sheet")
    assert cells(clerk.reads("savings-register", *PERIOD)[:1], *MONTHS) == [(0, 10_000, 0, 10_000)]


def test_those_who_belonged_in_the_period_by_number(clerk: Clerk) -> None:
    new = [Member("10", "Ela Naik", joined="2024-04-10"), Member("4", "Deepa Sawant", joined="2024-06-01")]
    members.import_(clerk.office, "", clerk.code, new, "")
    members.leave(clerk.office, "", clerk.code, "2", "2024-04-20", "moved away")
    assert cells(clerk.reads("savings-register", *PERIOD), "member") == [("1",), ("2",), ("3",), ("10",)]
    assert cells(clerk.reads("savings-register", "2024-06-01", "2024-06-30"), "member") == [
        ("1",), ("3",), ("4",), ("10",),
    ]  # fmt: skip


def test_several_groups_stand_below_each_other(clerk: Clerk) -> None:
    holds(clerk, APRIL)
    entities.add(clerk.office, "", "EX2", "Second", "shg", starts="2024-04-01")
    members.import_(clerk.office, "", "EX2", MEMBERS[:1], "")
    rows = clerk.reads("savings-register", *PERIOD, all=True)
    assert cells(rows, "entity", "member", "total") == [
        ("EX1", "1", 10_000), ("EX1", "2", 10_000), ("EX1", "3", 10_000), ("EX2", "1", 0),
    ]  # fmt: skip


def test_its_balance_is_the_ledgers(clerk: Clerk) -> None:
    holds(clerk, APRIL, MAY)
    clerk.reads("savings-register", *PERIOD)
    total = clerk.totals["total"]
    code = next(row["code"] for row in clerk.reads("trial-balance", as_of=PERIOD[1]) if row["role"] == "member-savings")
    assert balances(clerk.reads("trial-balance", as_of=PERIOD[1]))[code] == -total
