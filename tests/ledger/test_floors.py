"""What never falls below nought at a day's end: cash, a member's savings, what is owed on a loan."""

from __future__ import annotations

import pytest

from tests.scenarios.clerk import Clerk, payment, receipt, voucher

# ---------------------------------------------------------------------------------------------------------- cash


def test_cash_is_held_against_nought_at_the_end_of_the_day_not_inside_it(clerk: Clerk) -> None:
    clerk.posts(payment("2023-05-05", "rent", "100"), receipt("2023-05-05", "fines", "100"))
    assert clerk.balance("cash") == "0.00"


def test_cash_that_is_not_there_is_not_paid(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "100"))
    with clerk.refuses("Cash in hand would be -0.01 at the end of 2023-05-05. Enter the missing receipt"):
        clerk.posts(payment("2023-05-05", "rent", "100.01"))


def test_a_back_dated_payment_that_breaks_cash_on_a_later_day_is_refused_naming_the_day(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "100"), payment("2023-07-05", "rent", "80"))
    clerk.posts(receipt("2023-09-05", "fines", "500"))
    # On 6 June there are 100 in the box; the 50 are missing only on 5 July.
    with clerk.refuses("^row 9: Cash in hand would be -30.00 at the end of 2023-07-05"):
        clerk.posts(payment("2023-06-06", "travel", "50", row=9))
    clerk.posts(payment("2023-06-06", "travel", "20"))
    assert [clerk.balance("cash", day) for day in ("2023-06-06", "2023-07-05")] == ["80.00", "0.00"]


def test_a_contra_takes_no_cash_that_is_not_there(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "100"))
    with clerk.refuses("Cash in hand would be -50.00"):
        clerk.posts(voucher("contra", "2023-05-05", "dr bank 150", "cr cash 150"))


def test_with_a_reason_cash_may_fall_below_nought_and_the_reason_stands_in_the_narration(clerk: Clerk) -> None:
    names = clerk.posts(
        payment("2023-05-05", "rent", "100", narration="May"),
        payment("2023-05-05", "travel", "10"),
        receipt("2023-05-05", "fines", "1", narration="late"),
        payment("2023-05-05", "bank-charges", "1", money="bank", narration="stamp"),
        below_zero="Asha lent it",
    )
    assert [clerk.reads(name).voucher.narration for name in names] == [
        "May; cash below zero: Asha lent it",
        "cash below zero: Asha lent it",
        "late",
        "stamp",
    ]
    assert clerk.balance("cash") == "-109.00"
    new = [row for row in clerk.contents()["log"] if row[5] == "post"][-1][8]
    assert new == '{"cash_below_zero":"Asha lent it"}'


def test_cash_that_is_below_nought_already_hinders_no_receipt_and_no_other_day_s_trade(clerk: Clerk) -> None:
    clerk.posts(payment("2023-05-05", "rent", "100"), below_zero="Asha lent it")
    clerk.posts(receipt("2023-05-05", "fines", "10"))
    clerk.posts(receipt("2023-06-05", "fines", "20"), payment("2023-06-05", "travel", "20"))
    assert clerk.balance("cash") == "-90.00"
    with clerk.refuses("Cash in hand would be -91.00 at the end of 2023-06-06"):
        clerk.posts(payment("2023-06-06", "travel", "1"))


def test_a_bank_may_be_overdrawn(clerk: Clerk) -> None:
    clerk.posts(payment("2023-05-05", "rent", "100", money="bank"))
    assert clerk.balance("bank") == "-100.00"


# ------------------------------------------------------------------------------------------------------- savings


@pytest.mark.parametrize("savings", ["member-savings", "voluntary-savings", "special-savings"])
def test_nobody_draws_more_than_she_has_saved_on_any_day(clerk: Clerk, savings: str) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "900"), receipt("2023-05-05", savings, "100", "1"))
    clerk.posts(receipt("2023-05-05", savings, "500", "2"), payment("2023-08-05", savings, "70", "1"))
    with clerk.refuses("of member 1 would be -10.00 at the end of 2023-08-05. She cannot draw more"):
        clerk.posts(payment("2023-06-05", savings, "40", "1"))
    with clerk.refuses("of member 1 would be -1.00 at the end of 2023-05-04"):
        clerk.posts(payment("2023-05-04", savings, "1", "1"), below_zero="savings have no such excuse")
    clerk.posts(payment("2023-06-05", savings, "30", "1"))
    assert clerk.of_member(savings, "1") == "0.00"


def test_one_kind_of_savings_does_not_stand_for_another(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "voluntary-savings", "100", "1"))
    with clerk.refuses("Member savings of member 1 would be -1.00"):
        clerk.posts(payment("2023-05-05", "member-savings", "1", "1"))


# --------------------------------------------------------------------------------------------------------- loans


@pytest.fixture
def lender(clerk: Clerk) -> Clerk:
    """A group with 5,000 in cash, of which member 1 was lent 1,000 on 5 May."""
    clerk.posts(receipt("2023-04-05", "grants", "5000"), payment("2023-05-05", "member-loans", "1000", "1"))
    return clerk


def owed(clerk: Clerk, on: str = "2025-06-15") -> dict[int, int]:
    """What is owed on each loan, in rupees."""
    return {n.loan: n.outstanding // 100 for n in clerk.loans(on)}


def test_the_first_debit_to_member_loans_opens_a_loan_on_the_terms_of_the_kind(lender: Clerk) -> None:
    [loan] = lender.loans()
    # resources/kinds/shg/loan_products.toml: 2 % a month, equal principal, 10 instalments.
    assert (loan.loan, loan.member, loan.disbursed, loan.lent) == (1, "1", "2023-05-05", 100000)
    assert (loan.rate_per_month, loan.method, loan.instalments) == ("2", "equal-principal", 10)
    assert lender.reads("P1/2023-24").voucher.postings[0].loan == 1


def test_a_second_debit_goes_to_the_only_open_loan(lender: Clerk) -> None:
    lender.posts(payment("2023-06-05", "member-loans", "200", "1"))
    assert owed(lender) == {1: 1200}


def test_a_debit_after_all_is_repaid_opens_a_new_loan(lender: Clerk) -> None:
    lender.posts(receipt("2023-06-05", "member-loans", "1000", "1"), payment("2023-06-05", "member-loans", "5", "1"))
    assert owed(lender) == {1: 0, 2: 5}


def test_the_next_number_opens_a_second_loan_and_any_other_is_refused(lender: Clerk) -> None:
    for number in (3, 17):
        with lender.refuses(rf"member 1 has no loan {number}. Name one of 1 \(1000.00\)"):
            lender.posts(voucher("payment", "2023-06-05", f"dr member-loans 200 of 1, loan {number}", "cr cash 200"))
    lender.posts(voucher("payment", "2023-06-05", "dr member-loans 200 of 1, loan 2", "cr cash 200"))
    assert owed(lender) == {1: 1000, 2: 200}


def test_with_two_open_loans_a_debit_must_name_one(lender: Clerk) -> None:
    lender.posts(voucher("payment", "2023-06-05", "dr member-loans 200 of 1, loan 2", "cr cash 200"))
    with lender.refuses(
        r"member 1 has more than one open loan. Name one of 1 \(1000.00\), 2 \(200.00\). A new one is 3"
    ):
        lender.posts(payment("2023-07-05", "member-loans", "50", "1"))
    lender.posts(voucher("payment", "2023-07-05", "dr member-loans 50 of 1, loan 2", "cr cash 50"))
    assert owed(lender) == {1: 1000, 2: 250}


def test_a_credit_goes_to_the_oldest_loan_that_owes(lender: Clerk) -> None:
    lender.posts(voucher("payment", "2023-06-05", "dr member-loans 200 of 1, loan 2", "cr cash 200"))
    lender.posts(receipt("2023-07-05", "member-loans", "1000", "1"))
    assert owed(lender) == {1: 0, 2: 200}
    lender.posts(receipt("2023-08-05", "member-loans", "50", "1"))
    assert owed(lender) == {1: 0, 2: 150}


def test_the_older_loan_is_the_one_lent_earlier_though_it_was_entered_later(lender: Clerk) -> None:
    late = voucher("payment", "2023-04-20", "dr member-loans 200 of 1, loan 2", "cr cash 200")
    lender.posts(late, receipt("2023-07-05", "member-loans", "50", "1"))
    assert owed(lender) == {1: 1000, 2: 150}
    lender.posts(receipt("2023-07-06", "member-loans", "50", "1"))
    assert owed(lender) == {1: 1000, 2: 100}


def test_a_named_loan_goes_before_the_oldest(lender: Clerk) -> None:
    lender.posts(voucher("payment", "2023-06-05", "dr member-loans 200 of 1, loan 2", "cr cash 200"))
    lender.posts(voucher("receipt", "2023-07-05", "dr cash 60", "cr member-loans 60 of 1, loan 2"))
    assert owed(lender) == {1: 1000, 2: 140}


def test_numbers_of_loans_run_through_the_group(lender: Clerk) -> None:
    lender.posts(payment("2023-06-05", "member-loans", "10", "2"), payment("2023-06-05", "member-loans", "20", "3"))
    assert {n.loan: n.member for n in lender.loans()} == {1: "1", 2: "2", 3: "3"}


def test_more_principal_than_is_owed_is_refused(lender: Clerk) -> None:
    with lender.refuses("loan 1 of member 1 owes 1000.00; 1000.01 of principal is more"):
        lender.posts(receipt("2023-06-05", "member-loans", "1000.01", "1"))
    with lender.refuses("loan 1 of member 1 owes 400.00; 500.00 of principal is more"):
        lender.posts(*(receipt("2023-06-05", "member-loans", amount, "1") for amount in ("600", "500")))
    with lender.refuses("member 2 owes nothing on a loan"):
        lender.posts(receipt("2023-06-05", "member-loans", "1", "2"))


def test_another_member_s_loan_is_refused(lender: Clerk) -> None:
    with lender.refuses("member 2 has no loan 1. She has none"):
        lender.posts(voucher("receipt", "2023-06-05", "dr cash 60", "cr member-loans 60 of 2, loan 1"))
    with lender.refuses("member 2 has no loan 1"):
        lender.posts(voucher("receipt", "2023-06-05", "dr cash 6", "cr interest-on-member-loans 6 of 2, loan 1"))


def test_interest_may_name_its_loan_and_lowers_nothing(lender: Clerk) -> None:
    lender.posts(voucher("receipt", "2023-06-05", "dr cash 20", "cr interest-on-member-loans 20 of 1, loan 1"))
    assert owed(lender) == {1: 1000}


def test_principal_is_not_repaid_before_it_was_lent(lender: Clerk) -> None:
    with lender.refuses("loan 1 would be -100.00 at the end of 2023-05-04"):
        lender.posts(receipt("2023-05-04", "member-loans", "100", "1"))


def test_a_back_dated_repayment_that_a_later_one_has_used_up_is_refused(lender: Clerk) -> None:
    lender.posts(receipt("2023-07-05", "member-loans", "1000", "1"))
    with lender.refuses("member 1 owes nothing on a loan"):
        lender.posts(receipt("2023-06-05", "member-loans", "1", "1"))


def test_a_loan_is_lent_and_repaid_within_one_file(clerk: Clerk) -> None:
    clerk.posts(
        receipt("2023-04-05", "grants", "100"),
        payment("2023-05-05", "member-loans", "100", "1"),
        receipt("2023-06-05", "member-loans", "100", "1"),
        payment("2023-06-05", "member-loans", "70", "1"),
    )
    assert owed(clerk, "2023-05-31") == {1: 100}
    assert owed(clerk) == {1: 0, 2: 70}
