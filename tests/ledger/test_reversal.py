"""A posted voucher never changes: it is reversed, once, by its mirror (design 3.1, “Reversal.”)."""

from __future__ import annotations

import pytest

from bookkeeper.errors import BadInput
from bookkeeper.rules.voucher import Voucher
from tests.scenarios.clerk import Clerk, payment, receipt, voucher


def test_the_mirror_names_what_it_reverses_and_the_original_stays_as_it_was(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "100", narration="late", party="Asha", reference="B-1"))
    before = clerk.reads("R1/2023-24")
    assert clerk.reverses("R1/2023-24", "2023-05-09", "  it was Sunita  ") == "P1/2023-24"
    mirror, after = clerk.reads("P1/2023-24").voucher, clerk.reads("R1/2023-24")
    assert after.voucher == before.voucher
    assert after.reversed_by == "P1/2023-24"
    assert (mirror.kind, mirror.date, mirror.narration) == ("payment", "2023-05-09", "it was Sunita")
    assert (mirror.party, mirror.reference, mirror.reverses) == ("Asha", "B-1", before.sequence)
    assert [(p.account, p.amount) for p in mirror.postings] == [("1001", -10000), ("4002", 10000)]
    assert clerk.balance("cash") == clerk.balance("fines", "2024-03-31") == "0.00"


@pytest.mark.parametrize(
    ("original", "mirror", "kind"),
    [
        (receipt("2023-05-05", "fines", "10"), "P1/2023-24", "payment"),
        (payment("2023-05-05", "rent", "10", money="bank"), "R1/2023-24", "receipt"),
        (voucher("contra", "2023-05-05", "dr cash 10", "cr bank 10"), "C2/2023-24", "contra"),
        (voucher("journal", "2023-05-05", "dr suspense 10", "cr grants 10"), "J2/2023-24", "journal"),
    ],
)
def test_a_receipt_is_reversed_by_a_payment_and_the_other_way_round_and_others_keep_their_kind(
    clerk: Clerk, original: Voucher, mirror: str, kind: str
) -> None:
    [name] = clerk.posts(original)
    assert clerk.reverses(name, "2023-05-05") == mirror
    assert clerk.reads(mirror).voucher.kind == kind


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reversal_without_a_reason_is_refused(clerk: Clerk, reason: str) -> None:
    [name] = clerk.posts(receipt("2023-05-05", "fines", "100"))
    with clerk.refuses("a reversal needs a reason", BadInput):
        clerk.reverses(name, "2023-05-05", reason)


def test_a_second_reversal_is_refused(clerk: Clerk) -> None:
    [name] = clerk.posts(receipt("2023-05-05", "fines", "100"))
    clerk.reverses(name, "2023-05-05")
    with clerk.refuses("R1/2023-24 is reversed already, by P1/2023-24"):
        clerk.reverses(name, "2023-05-06")


def test_a_reversal_of_a_reversal_is_refused(clerk: Clerk) -> None:
    [name] = clerk.posts(receipt("2023-05-05", "fines", "100"))
    mirror = clerk.reverses(name, "2023-05-05")
    with clerk.refuses("P1/2023-24 is itself a reversal"):
        clerk.reverses(mirror, "2023-05-06")


def test_a_reversal_before_the_day_of_the_voucher_is_refused(clerk: Clerk) -> None:
    [name] = clerk.posts(receipt("2023-05-05", "fines", "100"))
    with clerk.refuses("2023-05-04 is before the day of R1/2023-24, 2023-05-05"):
        clerk.reverses(name, "2023-05-04")


def test_a_reversal_in_the_future_is_refused(clerk: Clerk) -> None:
    [name] = clerk.posts(receipt("2023-05-05", "fines", "100"))
    with clerk.refuses("2025-06-16 is in the future"):
        clerk.reverses(name, "2025-06-16")


def test_one_voucher_out_of_a_meeting_is_refused(clerk: Clerk) -> None:
    [name] = clerk.posts(receipt("2023-05-05", "fines", "100", meeting=12))
    with clerk.refuses("R1/2023-24 belongs to meeting 12.*meeting reverse"):
        clerk.reverses(name, "2023-05-05")


def test_a_closing_voucher_is_not_reversed(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "100"))
    [closing] = clerk.closes(2023)
    with clerk.refuses("J1/2023-24 closes a year and is not reversed"):
        clerk.reverses(closing, "2024-04-01")


def test_a_voucher_of_a_closed_year_is_reversed_in_an_open_one_and_counts_there(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "100"), receipt("2024-05-05", "fines", "30"))
    clerk.closes(2023)
    with clerk.refuses("the financial year 2023-24 is closed"):
        clerk.reverses("R1/2023-24", "2024-03-31")
    assert clerk.reverses("R1/2023-24", "2024-05-06") == "P1/2024-25"
    # 30 earned in 2024-25 less 100 taken back in it; the surplus of 2023-24 stays at 100.
    assert clerk.balance("fines", "2025-03-31") == "70.00"
    assert clerk.balance("surplus") == "-100.00"
    assert clerk.balance("cash") == "30.00"


def test_a_reversal_in_a_locked_day_is_refused(clerk: Clerk) -> None:
    [name] = clerk.posts(receipt("2023-05-05", "fines", "100"))
    clerk.locks("2023-05-31")
    with clerk.refuses("locked up to 2023-05-31"):
        clerk.reverses(name, "2023-05-31")
    assert clerk.reverses(name, "2023-06-01") == "P1/2023-24"


def test_the_reversal_of_a_receipt_whose_money_is_spent_is_refused_unless_a_reason_is_given(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "100"), payment("2023-05-07", "rent", "60"))
    with clerk.refuses("Cash in hand would be -60.00 at the end of 2023-05-07"):
        clerk.reverses("R1/2023-24", "2023-05-05")
    mirror = clerk.reverses("R1/2023-24", "2023-05-05", "not received", below_zero="the treasurer lent it")
    assert clerk.reads(mirror).voucher.narration == "not received; cash below zero: the treasurer lent it"


def test_the_reversal_of_savings_that_were_drawn_is_refused(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "member-savings", "100", "1"), receipt("2023-05-05", "fines", "500"))
    clerk.posts(payment("2023-06-05", "member-savings", "80", "1"))
    with clerk.refuses("Member savings of member 1 would be -80.00 at the end of 2023-06-05"):
        clerk.reverses("R1/2023-24", "2023-05-05")


def test_the_reversal_of_a_loan_that_was_repaid_is_refused_until_the_repayment_is_reversed(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "500"), payment("2023-05-05", "member-loans", "200", "1"))
    clerk.posts(receipt("2023-06-05", "member-loans", "50", "1"))
    with clerk.refuses("loan 1 would be -50.00 at the end of 2023-06-05"):
        clerk.reverses("P1/2023-24", "2023-05-05")
    clerk.reverses("R2/2023-24", "2023-06-05")
    clerk.reverses("P1/2023-24", "2023-06-05")
    assert [(n.loan, n.outstanding) for n in clerk.loans()] == [(1, 0)]


def test_the_reversal_of_a_repayment_goes_to_the_loan_that_was_repaid(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "500"), payment("2023-05-05", "member-loans", "200", "1"))
    clerk.posts(receipt("2023-06-05", "member-loans", "200", "1"))
    clerk.posts(payment("2023-07-05", "member-loans", "40", "1"))
    clerk.reverses("R2/2023-24", "2023-08-05")
    assert [(n.loan, n.outstanding) for n in clerk.loans()] == [(1, 20000), (2, 4000)]
