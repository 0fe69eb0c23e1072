"""The opening voucher, locks and the closing of years (design 2.5 and 3.1)."""

from __future__ import annotations

import pytest

from bookkeeper.rules.voucher import Voucher
from tests.scenarios.clerk import TODAY, Clerk, payment, receipt, voucher


def opening(date: str, rupees: str = "500") -> Voucher:
    return voucher("opening", date, f"dr cash {rupees}", f"cr surplus {rupees}")


# ------------------------------------------------------------------------------------------------------- opening


def test_an_opening_voucher_is_dated_the_day_before_the_start_at_the_earliest(clerk: Clerk) -> None:
    with clerk.refuses(r"dated from the day before the start \(2023-03-31\) on"):
        clerk.posts(opening("2023-03-30"))
    assert clerk.posts(opening("2023-03-31")) == ["O1/2022-23"]
    assert clerk.balance("cash", "2023-03-31") == "500.00"


def test_there_is_one_opening_voucher(clerk: Clerk) -> None:
    with clerk.refuses("there is an opening voucher already, of 2023-03-31"):
        clerk.posts(opening("2023-03-31"), opening("2023-04-01"))
    clerk.posts(opening("2023-03-31"))
    with clerk.refuses("there is an opening voucher already, of 2023-03-31. Reverse that one first"):
        clerk.posts(opening("2023-03-31"))


def test_an_opening_voucher_stands_before_all_others(clerk: Clerk) -> None:
    for file in (
        [receipt("2023-05-05", "fines", "1"), opening("2023-05-05")],
        [opening("2023-05-06"), receipt("2023-05-05", "fines", "1")],
    ):
        with clerk.refuses("dated before every other voucher and meeting; the first is of 2023-05-05"):
            clerk.posts(*file)
    clerk.posts(receipt("2023-05-05", "fines", "1"))
    with clerk.refuses("dated before every other voucher and meeting; the first is of 2023-05-05"):
        clerk.posts(opening("2023-05-05"))
    assert clerk.posts(opening("2023-05-04")) == ["O1/2023-24"]


def test_an_opening_voucher_locks_the_books_up_to_its_date(clerk: Clerk) -> None:
    clerk.posts(opening("2023-09-30"))
    with clerk.refuses("the opening balances of 2023-09-30 lock the books up to that day"):
        clerk.posts(receipt("2023-09-30", "fines", "1"))
    clerk.posts(receipt("2023-10-01", "fines", "1"))
    assert clerk.balance("cash") == "501.00"


def test_a_wrong_opening_voucher_is_reversed_on_its_day_and_posted_anew(clerk: Clerk) -> None:
    clerk.posts(opening("2023-03-31"))
    with clerk.refuses("O1/2022-23 holds the opening balances"):
        clerk.reverses("O1/2022-23", "2023-04-01")
    assert clerk.reverses("O1/2022-23", "2023-03-31") == "O2/2022-23"
    assert clerk.balance("cash") == "0.00"
    assert clerk.posts(opening("2023-03-31", "350")) == ["O3/2022-23"]
    assert clerk.balance("cash") == "350.00"


def test_an_opening_voucher_is_not_reversed_once_something_else_is_posted(clerk: Clerk) -> None:
    clerk.posts(opening("2023-03-31"), receipt("2023-04-05", "fines", "1"))
    with clerk.refuses("O1/2022-23 holds the opening balances.*while nothing else is posted"):
        clerk.reverses("O1/2022-23", "2023-03-31")


def test_an_opening_voucher_brings_loans_and_savings_of_members(clerk: Clerk) -> None:
    clerk.posts(
        voucher("opening", "2023-03-31", "dr cash 100", "dr member-loans 300 of 1", "cr member-savings 250 of 1",
                "cr member-savings 150 of 2")
    )  # fmt: skip
    assert [(n.loan, n.member, n.disbursed, n.outstanding) for n in clerk.loans()] == [(1, "1", "2023-03-31", 30000)]
    assert clerk.of_member("member-savings", "2") == "-150.00"


# --------------------------------------------------------------------------------------------------------- locks


def test_a_locked_day_takes_no_more_vouchers(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "100"))
    clerk.locks("2023-05-31")
    with clerk.refuses("the books are locked up to 2023-05-31"):
        clerk.posts(receipt("2023-05-31", "fines", "1"))
    with clerk.refuses("the books are locked up to 2023-05-31"):
        clerk.posts(opening("2023-03-31"))
    assert clerk.posts(receipt("2023-06-01", "fines", "1")) == ["R2/2023-24"]


def test_a_lock_only_ever_moves_forward(clerk: Clerk) -> None:
    clerk.locks("2023-05-31")
    for until in ("2023-05-31", "2023-04-30"):
        with clerk.refuses("locked up to 2023-05-31 already"):
            clerk.locks(until)
    clerk.locks("2023-06-30")
    with clerk.refuses("locked up to 2023-06-30"):
        clerk.posts(receipt("2023-06-30", "fines", "1"))


def test_days_to_come_are_not_locked_but_today_is(clerk: Clerk) -> None:
    with clerk.refuses("2025-06-16 is in the future"):
        clerk.locks("2025-06-16")
    clerk.locks(TODAY)


def test_the_lock_of_one_group_holds_for_no_other(clerk: Clerk) -> None:
    clerk.locks("2024-12-31")
    clerk.opens("SHG2").posts(receipt("2023-05-05", "fines", "1"))


# ------------------------------------------------------------------------------------------------------ closing


def test_closing_carries_income_less_expense_to_the_surplus(clerk: Clerk) -> None:
    clerk.posts(
        receipt("2023-05-05", "fines", "100"),
        receipt("2023-06-05", "bank-interest", "12.50", money="bank"),
        payment("2024-03-31", "rent", "40"),
        receipt("2024-04-01", "fines", "7"),
    )
    assert clerk.closes(2023) == ["J1/2023-24"]
    closing = clerk.reads("J1/2023-24").voucher
    assert (closing.date, closing.closing, closing.narration) == ("2024-03-31", True, "Closing of 2023-24")
    # Income 112.50 less rent 40.00: 72.50 is carried; each head is brought to nought.
    lines = {(p.account, p.amount) for p in closing.postings}
    assert lines == {("4002", 10000), ("4004", 1250), ("5008", -4000), ("3001", -7250)}
    assert [clerk.balance(head, "2024-03-31") for head in ("fines", "bank-interest", "rent")] == ["0.00"] * 3
    assert clerk.balance("surplus") == "-72.50"
    assert clerk.balance("fines") == "0.00"
    assert clerk.balance("fines", "2025-03-31") == "-7.00"
    assert clerk.balance("cash", "2024-03-31") == "60.00"


def test_a_deficit_is_carried_too(clerk: Clerk) -> None:
    clerk.posts(payment("2023-05-05", "bank-charges", "15", money="bank"))
    clerk.closes(2023)
    assert (clerk.balance("surplus"), clerk.balance("bank-charges", "2024-03-31")) == ("15.00", "0.00")


def test_a_year_whose_income_equals_its_expense_is_closed_without_a_line_for_the_surplus(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "15"), payment("2023-05-05", "rent", "15"))
    [name] = clerk.closes(2023)
    assert {p.account for p in clerk.reads(name).voucher.postings} == {"4002", "5008"}


def test_a_year_in_which_nothing_was_earned_is_closed_without_a_voucher(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "member-savings", "15", "1"))
    assert clerk.closes(2023) == []
    with clerk.refuses("the financial year 2023-24 is closed"):
        clerk.posts(receipt("2023-05-05", "fines", "1"))


def test_a_closed_year_takes_no_more_vouchers_and_the_next_one_does(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "100"))
    clerk.closes(2023)
    for day in ("2023-05-05", "2024-03-31"):
        with clerk.refuses("the financial year 2023-24 is closed. Date it in an open year"):
            clerk.posts(receipt(day, "fines", "1"))
    clerk.posts(receipt("2024-04-01", "fines", "1"))


def test_years_are_closed_one_after_the_other(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "100"), receipt("2024-05-05", "fines", "50"))
    with clerk.refuses("2023-24 is still open"):
        clerk.closes(2024)
    clerk.closes(2023)
    clerk.closes(2024)
    assert clerk.balance("surplus") == "-150.00"
    for year in (2023, 2024):
        with clerk.refuses("is closed already"):
            clerk.closes(year)


def test_a_year_is_closed_when_it_is_over(clerk: Clerk) -> None:
    with clerk.refuses("2025-26 is not over before 2026-03-31"):
        clerk.closes(2025)


def test_a_year_before_the_books_began_is_not_closed(clerk: Clerk) -> None:
    clerk.posts(opening("2023-03-31"))
    with clerk.refuses("the books of SHG1 begin on 2023-04-01"):
        clerk.closes(2022)


def test_a_locked_year_can_still_be_closed(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "100"))
    clerk.locks("2024-06-30")
    assert clerk.closes(2023) == ["J1/2023-24"]


def test_what_an_opening_voucher_brought_of_income_is_carried_with_its_year(clerk: Clerk) -> None:
    clerk.opens("SHG2", starts="2023-10-01")
    clerk.posts(voucher("opening", "2023-09-30", "dr cash 90", "cr fines 60", "cr surplus 30"))
    clerk.posts(receipt("2023-10-05", "fines", "5"))
    clerk.closes(2023)
    # 30 brought, 60 earned before the cut-off and 5 after it.
    assert (clerk.balance("surplus"), clerk.balance("fines", "2024-03-31")) == ("-95.00", "0.00")


@pytest.mark.parametrize("starts", ["2023-04-01", "2024-04-01"])
def test_an_opening_of_the_31st_of_march_does_not_keep_the_year_from_closing(clerk: Clerk, starts: str) -> None:
    clerk.opens("SHG2", starts=starts)
    year = int(starts[:4])
    clerk.posts(opening(f"{year}-03-31"), receipt(f"{year}-05-05", "fines", "10"))
    assert clerk.closes(year) == [f"J1/{year}-{year - 1999}"]
    assert clerk.balance("surplus") == "-510.00"
