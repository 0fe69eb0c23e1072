"""The monthly sheet of all members, by hand: its totals are the money that passed between them and the group."""

from __future__ import annotations

from bookkeeper.commands import meetings, members
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.rules.cut_off import CutOff, CutOffHead, CutOffLoan, CutOffMember
from bookkeeper.rules.meeting import PRESENT, MeetingSheet, NewLoan, SheetRow
from bookkeeper.rules.money import Paise
from tests.registers.books import Clerk, Read, voucher
from tests.registers.worked_example import APRIL, MAY, PERIOD, cells, holds, summed

RECEIVED = ("savings", "extra_savings", "loan_repaid", "interest", "fine", "other", "total")
PAID = ("loan_given", "savings_returned", "total_paid")
STANDS = ("savings_to_date", "extra_to_date", "returned_to_date")
OWED = ("loans_to_date", "repaid_to_date", "interest_to_date", "outstanding")


def may(clerk: Clerk) -> Read:
    return clerk.reads("members-month", "2024-05-01", "2024-05-31")


def test_the_two_months_of_the_worked_example(clerk: Clerk) -> None:
    holds(clerk, APRIL, MAY)
    rows = clerk.reads("members-month", "2024-04-01", "2024-04-30")
    assert cells(rows, "member", *RECEIVED, *PAID) == [
        ("1", 10_000, 0, 0, 0, 0, 1_000, 11_000, 20_000, 0, 20_000),
        ("2", 10_000, 0, 0, 0, 0, 1_000, 11_000, 0, 0, 0),
        ("3", 10_000, 0, 0, 0, 0, 1_000, 11_000, 0, 0, 0),
    ]
    rows = may(clerk)
    assert cells(rows, *RECEIVED, *PAID) == [
        (10_000, 0, 10_000, 400, 0, 0, 20_400, 0, 0, 0),
        (10_000, 0, 0, 0, 500, 0, 10_500, 0, 0, 0),
        (0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    ]
    assert cells(rows, *STANDS, *OWED) == [
        (20_000, 0, 0, 20_000, 10_000, 400, 10_000), (20_000, 0, 0, 0, 0, 0, 0), (10_000, 0, 0, 0, 0, 0, 0),
    ]  # fmt: skip


def test_its_totals_are_the_money_of_the_cash_book(clerk: Clerk) -> None:
    holds(clerk, APRIL, MAY)
    rows = clerk.reads("members-month", *PERIOD)
    book = [row for row in clerk.reads("cash-book", *PERIOD) if row["row"] == "entry"]
    of_members = [row for row in book if not row["particulars"].startswith(("Stationery", "Cash put"))]
    assert summed(rows, "total") == sum((row["receipt_cash"] or 0) for row in of_members)
    assert summed(rows, "total_paid") == sum((row["payment_cash"] or 0) for row in of_members)


def test_extra_savings_and_what_is_paid_back(clerk: Clerk) -> None:
    holds(clerk, APRIL)
    clerk.posts(
        voucher("receipt", "2024-05-10", ("cash", 3_000), ("voluntary-savings", -3_000, "2")),
        voucher("receipt", "2024-05-10", ("cash", 1_000), ("special-savings", -1_000, "2")),
        voucher("payment", "2024-05-12", ("voluntary-savings", 2_500, "2"), ("cash", -2_500)),
        voucher("payment", "2024-05-13", ("interest-on-savings", 100, "2"), ("cash", -100)),
    )
    assert cells(may(clerk)[1:2], *RECEIVED, *PAID, *STANDS) == [
        (0, 4_000, 0, 0, 0, 0, 4_000, 0, 2_600, 2_600, 11_500, 1_500, 2_500),
    ]


def test_what_a_journal_moves_is_no_money_but_stands(clerk: Clerk) -> None:
    holds(clerk, APRIL)
    clerk.posts(
        voucher("journal", "2024-05-31", ("interest-on-savings", 150), ("member-savings", -150, "1")),
        voucher("journal", "2024-05-31", ("member-savings", 4_000, "1"), ("member-loans", -4_000, "1")),
    )
    (row,) = may(clerk)[:1]
    assert cells([row], *RECEIVED, *PAID) == [(0,) * 10]
    assert cells([row], *STANDS, *OWED) == [(6_150, 0, 4_000, 20_000, 4_000, 0, 16_000)]


def test_a_reversal_is_taken_off_in_the_month_of_its_own_day(clerk: Clerk) -> None:
    (name,) = clerk.posts(voucher("receipt", "2024-04-10", ("cash", 700), ("member-savings", -700, "3")))
    clerk.reverses(name, "2024-05-12", "typed twice")
    assert cells(may(clerk)[2:], *RECEIVED, *PAID, *STANDS) == [(-700, 0, 0, 0, 0, 0, -700, 0, 0, 0, 0, 0, 0)]
    april = clerk.reads("members-month", "2024-04-01", "2024-04-30")
    assert april[2]["total"] == 700


def test_a_reversed_meeting_leaves_nothing(clerk: Clerk) -> None:
    holds(clerk, APRIL, MAY)
    meetings.reverse_meeting(clerk.office, "", clerk.code, 2, "wrong sheet")
    assert {row["total"] for row in may(clerk)} == {0}


def test_what_a_payment_sets_off_is_no_money(clerk: Clerk) -> None:
    """She saved 5,000, owes 900 and leaves: 4,100 goes to her, and nothing comes in."""
    clerk.posts(
        voucher("receipt", "2024-04-05", ("cash", 500_000), ("member-savings", -500_000, "2")),
        voucher("payment", "2024-04-05", ("member-loans", 90_000, "2"), ("cash", -90_000)),
    )
    (name,) = clerk.posts(
        voucher("payment", "2024-05-10", ("member-savings", 500_000, "2"), ("member-loans", -90_000, "2"),
                ("cash", -410_000)),
    )  # fmt: skip
    assert cells(may(clerk)[1:2], *RECEIVED, *PAID, "returned_to_date", "repaid_to_date", "outstanding") == [
        (0, 0, 0, 0, 0, 0, 0, 0, 410_000, 410_000, 500_000, 90_000, 0),
    ]
    clerk.reverses(name, "2024-05-11", "she stays")
    assert cells(may(clerk)[1:2], *RECEIVED, *PAID) == [(0,) * 10]


def test_the_cut_off_is_no_money_of_the_month(clerk: Clerk) -> None:
    loan = CutOffLoan(Paise(30_000), 3, Paise(600), "2", disbursed="2023-10-05", principal=Paise(50_000))
    hers = CutOffMember("2", Paise(20_000), Paise(1_000), loans=(loan,))
    heads = (CutOffHead("surplus", Paise(-9_000)),)
    meetings.post_opening(clerk.office, "", clerk.code, CutOff("2024-03-31", members=(hers,), heads=heads))
    rows = clerk.reads("members-month", "2024-03-01", "2024-04-30")
    assert cells(rows[1:2], *RECEIVED, *PAID) == [(0,) * 10]
    assert cells(rows[1:2], *STANDS, *OWED) == [(21_000, 1_000, 0, 30_000, 0, 0, 30_000)]


def test_what_the_group_pays_her_as_its_expense_is_not_of_her_account(clerk: Clerk) -> None:
    holds(clerk, APRIL)
    clerk.posts(voucher("payment", "2024-05-10", ("honorarium", 500, "2"), ("cash", -500)))
    assert cells(may(clerk)[1:2], *RECEIVED, *PAID) == [(0,) * 10]


def test_a_fee_given_back_and_penal_interest(clerk: Clerk) -> None:
    holds(clerk, APRIL)
    clerk.posts(
        voucher("payment", "2024-05-10", ("membership-fees", 1_000, "1"), ("cash", -1_000)),
        voucher("receipt", "2024-05-11", ("cash", 50), ("penal-interest", -50, "1")),
        voucher("receipt", "2024-05-12", ("bank", 75, "1"), ("fines", -75, "1")),
    )
    assert cells(may(clerk)[:1], *RECEIVED) == [(0, 0, 0, 50, 75, -1_000, -875)]


def test_one_who_left_stands_here_when_she_pays_what_she_owed(clerk: Clerk) -> None:
    clerk.posts(voucher("receipt", "2024-04-01", ("cash", 100_000), ("grants", -100_000)))
    big = SheetRow("2", PRESENT, new_loan=NewLoan(Paise(50_000), "", 2, "2"))
    holds(clerk, MeetingSheet("2024-04-05", 1, rows=(big,)))
    members.leave(clerk.office, "", clerk.code, "2", "2024-04-10", "moved away")
    assert [row["member"] for row in may(clerk)] == ["1", "3"]
    clerk.posts(voucher("receipt", "2024-05-20", ("cash", 5_000), ("member-loans", -5_000, "2")))
    assert cells(may(clerk)[1:2], "member", "loan_repaid", "outstanding") == [("2", 5_000, 45_000)]


def test_it_is_monthly_only_where_it_is_of_a_month(clerk: Clerk) -> None:
    def title(since: str, until: str) -> str:
        with prepared(clerk.office, ReportAsk("members-month", since=since, until=until)) as printout:
            return printout.table().register.title

    assert title("2024-04-01", "2024-04-30") == "Monthly sheet of all members"
    assert title("2024-04-01", "2025-03-31") == "Sheet of all members"
