"""Vouchers are numbered without a gap, file by file: all of a file or none of it."""

from __future__ import annotations

import datetime as dt
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookkeeper.commands import entities
from bookkeeper.definitions.chart import Head
from bookkeeper.errors import BadInput, BookError, Refused
from bookkeeper.rules.voucher import Attachment, Instrument, Posting, Voucher
from tests.scenarios.clerk import Clerk, paise, payment, receipt, voucher


def test_numbers_run_without_a_gap_in_each_series_and_year_in_order_of_entry(clerk: Clerk) -> None:
    names = clerk.posts(
        receipt("2023-05-05", "fines", "100"),
        payment("2023-05-05", "stationery", "10"),
        receipt("2024-04-05", "fines", "100"),
        receipt("2023-04-05", "fines", "100"),  # back-dated: the number runs on all the same
        voucher("contra", "2023-05-06", "dr bank 50", "cr cash 50"),
        voucher("journal", "2023-05-06", "dr suspense 5", "cr grants 5"),
    )
    assert names == ["R1/2023-24", "P1/2023-24", "R1/2024-25", "R2/2023-24", "C1/2023-24", "J1/2023-24"]
    assert clerk.posts(receipt("2023-05-05", "fines", "1"), receipt("2024-04-05", "fines", "1")) == [
        "R3/2023-24",
        "R2/2024-25",
    ]


def test_the_year_of_a_number_is_that_of_its_date_on_both_sides_of_april(clerk: Clerk) -> None:
    names = clerk.posts(receipt("2024-03-31", "fines", "1"), receipt("2024-04-01", "fines", "1"))
    assert names == ["R1/2023-24", "R1/2024-25"]


def test_a_refused_file_leaves_no_gap_behind(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "100"))
    with clerk.refuses("Cash in hand would be -400.00"):
        clerk.posts(receipt("2023-05-06", "fines", "500"), payment("2023-05-05", "rent", "500"))
    assert clerk.posts(receipt("2023-05-05", "fines", "100")) == ["R2/2023-24"]


def test_two_groups_share_neither_numbers_nor_members_nor_loans_nor_money(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "100"), payment("2023-05-05", "member-loans", "40", "1"))
    clerk.opens("SHG2").enters_members("1")
    names = clerk.posts(receipt("2023-05-05", "fines", "7"), payment("2023-05-05", "member-loans", "2", "1"))
    assert names == ["R1/2023-24", "P1/2023-24"]
    assert (clerk.balance("cash"), [(n.loan, n.outstanding) for n in clerk.loans()]) == ("5.00", [(1, 200)])
    with clerk.refuses("there is no member 2", BadInput):
        clerk.posts(receipt("2023-05-05", "member-savings", "7", "2"))
    clerk.works_for("SHG1")
    assert (clerk.balance("cash"), [(n.loan, n.outstanding) for n in clerk.loans()]) == ("60.00", [(1, 4000)])


def test_a_voucher_is_read_back_as_it_was_posted(clerk: Clerk) -> None:
    clerk.posts(payment("2023-05-05", "member-loans", "300", "1"), below_zero="float of the secretary")
    given_ = Voucher(
        "receipt", "2023-05-05",
        (
            Posting("1002", paise("104.50"), fund="RF", instrument=Instrument("cheque", "000123", "2023-05-04")),
            Posting("1101", paise("-100"), "1", loan=1),
            Posting("4001", paise("-4.50"), "1", loan=1),
        ),
        narration="मे महिन्याचा हप्ता <b>&", party="Asha", reference="B-1", resolution="12/3",
        attachments=(Attachment("ab" * 32, "bill.jpg"), Attachment("cd" * 32, "slip.png")),
    )  # fmt: skip
    [name] = clerk.posts(given_)
    assert clerk.reads(name).voucher == given_


def test_a_role_stands_for_its_code_and_where_two_have_it_for_the_default(clerk: Clerk) -> None:
    entities.add_head(
        clerk.office, "", "SHG1", Head("9001", "Second bank", "asset", "bank", default=True, folio="", section="")
    )
    clerk.posts(receipt("2023-05-05", "fines", "10", money="bank"), receipt("2023-05-05", "fines", "3", money="9001"))
    assert (clerk.balance("bank"), clerk.balance("1002"), clerk.balance("9001")) == ("10.00", "10.00", "3.00")
    with clerk.refuses("A journal touches neither cash nor bank"):
        clerk.posts(voucher("journal", "2023-05-05", "dr 9001 1", "cr grants 1"))


def test_a_name_that_names_no_voucher_is_refused(clerk: Clerk) -> None:
    for text in ("R1", "R1/2023", "R1/2023-25", "", "1/2023-24", "R1/2023-24; DROP TABLE voucher"):
        with clerk.refuses("does not name a voucher", BadInput):
            clerk.reverses(text, "2023-05-05")
    with clerk.refuses("SHG1 has no voucher R1/2023-24"):
        clerk.reverses("R1/2023-24", "2023-05-05")


# ------------------------------------------------------------------------------------------ what a file may not hold


@pytest.mark.parametrize(
    ("wrong", "kind", "words"),
    [
        (receipt("2023-05-05", "finez", "1"), BadInput, "“finez” is neither a code nor a role.*Did you mean fines"),
        (receipt("2023-05-05", "4711", "1"), BadInput, "“4711” is neither a code nor a role of an account"),
        (receipt("2023-05-05", "member-savings", "1", "9"), BadInput, "there is no member 9"),
        (receipt("2023-05-05", "member-savings", "1"), Refused, "a posting to member-savings needs a member"),
        (receipt("2025-06-16", "fines", "1"), Refused, "2025-06-16 is in the future; today is 2025-06-15"),
        (receipt("2023-03-31", "fines", "1"), Refused, r"2023-03-31 is before these books begin \(2023-04-01\)"),
        (voucher("receipt", "2023-05-05", "dr cash 5", "cr fines 4.99"), Refused, "debits are more by 0.01"),
        (voucher("receipt", "2023-05-05", "dr cash 5", "cr fines 6"), Refused, "credits are more by 1.00"),
        (voucher("receipt", "2023-05-05", "dr cash 5"), Refused, "at least two lines"),
        (voucher("receipt", "2023-05-05"), Refused, "at least two lines"),
        (voucher("receipt", "2023-05-05", "dr cash 5", "cr fines 5", "cr fines 0"), Refused, "each with an amount"),
        (voucher("receipt", "2023-05-05", "dr suspense 5", "cr fines 5"), Refused, "A receipt has cash or bank"),
        (voucher("receipt", "2023-05-05", "dr rent 5", "cr cash 5"), Refused, "A receipt has cash or bank"),
        (voucher("payment", "2023-05-05", "dr cash 5", "cr fines 5"), Refused, "A payment has cash or bank"),
        (voucher("contra", "2023-05-05", "dr bank 5", "cr fines 5"), Refused, "A contra moves money"),
        (voucher("journal", "2023-05-05", "dr cash 5", "cr fines 5"), Refused, "A journal touches neither"),
        (voucher("sale", "2023-05-05", "dr suspense 5", "cr fines 5"), Refused, "keeps no vouchers of kind sale"),
        (voucher("gift", "2023-05-05", "dr suspense 5", "cr fines 5"), Refused, "keeps no vouchers of kind gift"),
    ],
)  # fmt: skip
def test_what_cannot_be_posted_is_refused_and_nothing_of_its_file_stays(
    clerk: Clerk, wrong: Voucher, kind: type[BookError], words: str
) -> None:
    right = receipt("2023-05-05", "fines", "100")
    for file in ([wrong], [right, wrong], [wrong, right]):
        with clerk.refuses(words, kind):
            clerk.posts(*file)


def test_all_faults_of_a_file_are_told_at_once_each_with_its_row(clerk: Clerk) -> None:
    with clerk.refuses(kind=BadInput) as unknown:
        clerk.posts(
            receipt("2023-05-05", "finez", "1", row=2),
            receipt("2023-05-05", "fines", "1", row=4),
            receipt("2023-05-05", "member-savings", "1", "77", row=6),
        )
    assert [(f.row, f.field) for f in unknown.value.faults] == [(2, "account"), (6, "member")]
    with clerk.refuses() as refused:
        clerk.posts(
            receipt("2025-07-01", "fines", "1", row=2),
            voucher("journal", "2023-05-05", "dr cash 5", "cr fines 5", row=4),
            voucher("receipt", "2023-05-05", "dr cash 5", "cr fines 4", row=6),
        )
    assert [(f.row, f.field) for f in refused.value.faults] == [(2, "date"), (4, "kind"), (6, "")]


def test_a_line_s_own_row_is_named_before_that_of_its_voucher(clerk: Clerk) -> None:
    lines = (Posting("cash", paise("1"), row=2), Posting("finez", paise("-1"), row=3))
    with clerk.refuses("^row 3, account: ", BadInput):
        clerk.posts(Voucher("receipt", "2023-05-05", lines, row=2))


def test_a_file_without_vouchers_is_refused(clerk: Clerk) -> None:
    with clerk.refuses(kind=BadInput):
        clerk.posts()


@pytest.mark.parametrize("kind", ["receipt", "payment", "journal"])
def test_a_day_that_no_calendar_has_never_gets_into_the_books(clerk: Clerk, kind: str) -> None:
    before = clerk.contents()
    made = {"receipt": receipt, "payment": payment}.get(kind)
    lines = ("dr suspense 1", "cr grants 1")
    wrong = made("2024-02-30", "suspense", "1") if made else voucher(kind, "2024-02-30", *lines)
    with pytest.raises((BookError, ValueError)):
        clerk.posts(wrong)
    assert clerk.contents() == before


# --------------------------------------------------------------------------------------------- joining and leaving


def test_a_member_pays_from_the_day_of_joining_to_the_day_of_leaving(clerk: Clerk) -> None:
    clerk.enters_members("7", joined="2023-06-01", left="2024-01-31")
    clerk.posts(
        receipt("2023-06-01", "member-savings", "10", "7"),
        receipt("2024-01-31", "member-savings", "10", "7"),
    )
    with clerk.refuses("member 7 joined on 2023-06-01, after 2023-05-31"):
        clerk.posts(receipt("2023-05-31", "member-savings", "10", "7"))
    with clerk.refuses("member 7 left on 2024-01-31, before 2024-02-01"):
        clerk.posts(receipt("2024-02-01", "member-savings", "10", "7"))
    assert clerk.of_member("member-savings", "7") == "-20.00"


def test_a_number_of_a_member_is_given_once(clerk: Clerk) -> None:
    with clerk.refuses("number 2 is taken"):
        clerk.enters_members("4", "2")
    with clerk.refuses("number 5 is taken"):
        clerk.enters_members("5", "5")
    with clerk.refuses("left on 2023-01-01, before joining on 2023-06-01"):
        clerk.enters_members("6", joined="2023-06-01", left="2023-01-01")


# ----------------------------------------------------------------------------------------------------- balances

_books = count()


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(0, 760), st.integers(1, 10**7), st.sampled_from("rpj")),
        min_size=1,
        max_size=30,
    ),
    st.lists(st.integers(-40, 800), min_size=1, max_size=4),
)
def test_a_balance_at_any_day_is_the_plain_sum_of_the_postings_up_to_it(
    shared: Clerk, moves: list[tuple[int, int, str]], days: list[int]
) -> None:
    def on(day: int) -> str:
        return (dt.date(2023, 4, 1) + dt.timedelta(days=day)).isoformat()

    shared.opens(f"G{next(_books)}")
    signs = {
        "r": ("bank", "grants", "receipt"),
        "p": ("rent", "bank", "payment"),
        "j": ("suspense", "grants", "journal"),
    }
    entries, plain = [], []
    for day, amount, letter in moves:
        debit, credit, kind = signs[letter]
        lines = (Posting(debit, paise(str(amount))), Posting(credit, paise(str(-amount))))
        entries.append(Voucher(kind, on(day), lines))
        plain += [(on(day), debit, amount), (on(day), credit, -amount)]
    shared.posts(*entries)
    for day in days:
        start = f"{int(on(day)[:4]) - (on(day)[5:7] < '04')}-04-01"
        for head in ("bank", "suspense", "grants", "rent"):
            since = start if head in ("grants", "rent") else ""
            expected = sum(amount for date, account, amount in plain if account == head and since <= date <= on(day))
            assert shared.balance(head, on(day)) == f"{expected}.00"
    assert shared.sums_agree()
