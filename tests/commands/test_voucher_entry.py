"""The vouchers' page: what an entry may name, the list and what finds in it, one voucher whole, and its correction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bookkeeper.books.members import Member
from bookkeeper.commands import members, vouchers
from bookkeeper.commands import voucher_entry as entry
from bookkeeper.errors import BadInput, Refused
from bookkeeper.report import Day, Person, Say
from bookkeeper.rules.meeting import PRESENT, MeetingSheet, SheetRow
from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Instrument, Posting, Voucher
from tests.scenarios.clerk import Clerk, payment, receipt, voucher

EVER = ("2023-04-01", "2025-06-15")


@pytest.fixture(name="group")
def group_with_vouchers(clerk: Clerk) -> Clerk:
    """Four members; fines, a loan and stationery of two years, and a meeting in which member 2 saved 100."""
    members.add(clerk.office, "", "SHG1", Member("4", "Sita Parab", "सीता परब"))
    clerk.posts(
        receipt("2023-05-05", "fines", "1234.50", narration="Fines of the year"),
        receipt("2024-04-01", "member-savings", "300", "4"),
        payment("2024-04-10", "member-loans", "200", "4", narration="Loan for a goat"),
        payment("2024-04-12", "stationery", "40", narration="Registers", party="Kudal Stores", resolution="7/2"),
        payment("2024-04-12", "rent", "60", narration="Rent of the room"),
    )
    clerk.holds_meeting(MeetingSheet("2024-05-05", 1, rows=(SheetRow("2", PRESENT, savings=Paise(10_000)),)))
    return clerk


def names(lines: tuple[entry.VoucherLine, ...]) -> list[str]:
    return [one.name for one in lines]


def finds(group: Clerk, text: str, since: str = "", until: str = "") -> list[str]:
    return names(entry.listed(group.office, "SHG1", since, until, find=text))


def test_accounts_have_their_balance_at_the_end_of_a_day(group: Clerk) -> None:
    for day in ("2023-05-04", "2024-03-31", "2024-04-11", "2024-04-12", "2025-06-15"):
        for one in entry.accounts(group.office, "SHG1", day):
            assert one.balance == int(float(group.balance(one.code, day)) * 100), (one.code, day)
    there = entry.accounts(group.office, "SHG1", "2025-06-15")
    by_role = {one.role: one for one in there}
    assert (by_role["cash"].side, by_role["bank"].side, by_role["rent"].side) == ("cash", "bank", "expense")
    needs = {one.role: one.needs for one in there if one.needs}
    assert needs == {
        "member-loans": "loan", "member-savings": "member", "voluntary-savings": "member", "special-savings": "member",
    }  # fmt: skip
    assert {one.role for one in there if one.may_name_loan} == {
        "member-loans", "interest-on-member-loans", "penal-interest",
    }  # fmt: skip


def test_people_are_those_of_the_day_with_what_they_owe(group: Clerk) -> None:
    members.add(group.office, "", "SHG1", Member("5", "Usha", joined="2024-04-11"))
    assert [one.number for one in entry.people(group.office, "SHG1", "2024-04-10")] == ["1", "2", "3", "4"]
    [*_, sita, usha] = entry.people(group.office, "SHG1", "2024-04-11")
    assert (sita.name_local, sita.loans) == ("सीता परब", (entry.OpenLoan(1, 20_000, ""),))
    assert (usha.number, usha.loans) == ("5", ())
    assert entry.people(group.office, "SHG1", "2024-04-09")[-1].loans == ()


def test_the_next_number_is_the_one_that_posting_gives(group: Clerk) -> None:
    found = entry.next_numbers(group.office, "SHG1", "2024-06-01")
    assert found == {
        "receipt": "R3/2024-25", "payment": "P4/2024-25", "contra": "C1/2024-25", "journal": "J1/2024-25",
        "opening": "O1/2024-25",
    }  # fmt: skip
    assert group.posts(payment("2024-06-01", "rent", "1")) == [found["payment"]]
    assert entry.next_numbers(group.office, "SHG1", "2023-06-01")["receipt"] == "R2/2023-24"


def test_the_list_has_every_voucher_by_day_the_newest_first(group: Clerk) -> None:
    found = entry.listed(group.office, "SHG1")
    assert names(found) == [
        *("R2/2024-25", "P3/2024-25", "P2/2024-25", "P1/2024-25", "R1/2024-25", "R1/2023-24"),
    ]
    assert names(entry.listed(group.office, "SHG1", *EVER, newest_first=False)) == names(found)[::-1]
    assert names(entry.listed(group.office, "SHG1", "2024-04-02", "2024-04-12", limit=2)) == names(found)[1:3]
    assert names(entry.listed(group.office, "SHG1", kind="receipt")) == ["R2/2024-25", "R1/2024-25", "R1/2023-24"]
    meeting, _, stationery, loan, *_ = found
    assert (meeting.meeting, meeting.people, meeting.amount) == (1, (Person("Member 2"),), 10_000)
    assert (stationery.accounts, stationery.party, stationery.amount) == (("Stationery",), "Kudal Stores", 4_000)
    assert (loan.accounts, loan.people) == (("Member loans",), (Person("Sita Parab", "सीता परब"),))


FOUND: tuple[tuple[str, list[str]], ...] = (
    ("p2", ["P2/2024-25"]),
    ("P2/2024-25", ["P2/2024-25"]),
    ("r 1/2023", ["R1/2023-24"]),
    ("1", ["P1/2024-25", "R1/2024-25", "R1/2023-24"]),
    ("r२", ["R2/2024-25"]),
    ("1,234.50", ["R1/2023-24"]),
    ("१२३४.५", ["R1/2023-24"]),
    ("₹ 200", ["P1/2024-25"]),
    ("goat", ["P1/2024-25"]),
    ("KUDAL", ["P2/2024-25"]),
    ("parab", ["P1/2024-25", "R1/2024-25"]),
    ("परब", ["P1/2024-25", "R1/2024-25"]),
    ("statio", ["P2/2024-25"]),
    ("4002", ["R1/2023-24"]),
    ("दंड", ["R1/2023-24"]),
    ("7/2", ["P2/2024-25"]),
    ("100%", []),
    ("_", []),
    ("P2/2023-24", []),
)


def test_the_list_is_found_in_by_number_amount_word_member_or_account(group: Clerk) -> None:
    assert [(text, finds(group, text)) for text, _ in FOUND] == [*FOUND]


def test_what_is_found_lies_in_the_period(group: Clerk) -> None:
    assert finds(group, "parab", "2024-04-02", "2024-04-30") == ["P1/2024-25"]
    assert finds(group, "300", "2024-04-02") == []


def test_of_a_contra_the_boxes_are_named_and_a_mirror_names_its_original(group: Clerk) -> None:
    [contra] = group.posts(voucher("contra", "2024-05-06", "dr bank 20", "cr cash 20"))
    mirror = group.reverses(contra, "2024-05-07")
    back, there, *_ = entry.last(group.office, "SHG1")
    assert (there.name, there.accounts, there.amount) == (contra, ("Bank", "Cash in hand"), 2_000)
    assert (back.name, back.reverses, there.reversed_by) == (mirror, contra, mirror)
    assert names(entry.last(group.office, "SHG1", "payment", 2)) == ["P3/2024-25", "P2/2024-25"]


def test_one_voucher_whole(group: Clerk) -> None:
    found = entry.found(group.office, "SHG1", "P1/2024-25")
    assert found.voucher == group.reads("P1/2024-25").voucher
    assert [(one.code, one.account, one.amount, one.member, one.loan) for one in found.lines] == [
        ("1101", "Member loans", 20_000, "4", 1), ("1001", "Cash in hand", -20_000, "", None),
    ]  # fmt: skip
    assert found.lines[0].person == Person("Sita Parab", "सीता परब")
    assert (found.before, found.after) == ("R1/2024-25", "P2/2024-25")
    assert (found.entered_by, found.entered, found.act) == ("owner", "2025-06-15T04:30:00Z", "post")
    assert found.hangs_together == (
        entry.Hanging("loan", "1", Say.of("Loan {number}", number=1), Person("Sita Parab", "सीता परब")),
    )
    assert found.stands
    assert found.correctable
    first, newest = (entry.found(group.office, "SHG1", name) for name in ("R1/2023-24", "R2/2024-25"))
    assert (first.before, newest.after) == ("", "")
    with pytest.raises(Refused, match="SHG1 has no voucher P9/2024-25"):
        entry.found(group.office, "SHG1", "P9/2024-25")


def test_what_hangs_together_with_a_voucher(group: Clerk) -> None:
    def hangs(name: str) -> list[tuple[str, str, str]]:
        found = entry.found(group.office, "SHG1", name)
        return [(one.kind, one.key, one.title.text) for one in found.hangs_together]

    assert hangs("P2/2024-25") == [("resolution", "7/2", "Resolution")]
    of_meeting = entry.found(group.office, "SHG1", "R2/2024-25")
    assert of_meeting.hangs_together == (entry.Hanging("meeting", "1", Say("Meeting"), Day("2024-05-05")),)
    assert not of_meeting.correctable
    mirror = group.reverses("P3/2024-25", "2024-04-13")
    assert hangs("P3/2024-25") == [("voucher", mirror, "Reversed by")]
    assert hangs(mirror) == [("voucher", "P3/2024-25", "Reverses")]
    assert not entry.found(group.office, "SHG1", mirror).correctable
    members.leave(group.office, "", "SHG1", "2", "2024-06-05", "moved")
    assert hangs("P4/2024-25") == [("member", "2", "Member")]


def test_narrations_are_offered_once_with_all_their_lines(group: Clerk) -> None:
    cheque = Instrument("cheque", "000123", "2024-05-06")
    lines = (Posting("rent", Paise(5_000)), Posting("bank", Paise(-5_000), instrument=cheque))
    group.posts(
        receipt("2024-05-06", "grants", "500", money="bank"),
        Voucher("payment", "2024-05-06", lines, narration="rent of the room"),
        payment("2024-05-07", "refreshments", "5", narration="Tea before the rent"),
    )
    offered = entry.offered(group.office, "SHG1", "payment")
    assert [one.narration for one in offered] == [
        *("Tea before the rent", "rent of the room", "Registers", "Loan for a goat"),
    ]
    begun = entry.offered(group.office, "SHG1", "payment", "REN")
    assert [one.name for one in begun] == ["P4/2024-25", "P5/2024-25"]
    assert begun[0].voucher.postings == group.reads("P4/2024-25").voucher.postings
    group.reverses("P5/2024-25", "2024-05-08")
    assert [one.name for one in entry.offered(group.office, "SHG1", "payment", "rent", limit=1)] == ["P4/2024-25"]
    assert [one.narration for one in entry.offered(group.office, "SHG1", "receipt")] == ["Fines of the year"]


# ---------------------------------------------------------------------------------------------------- correction


def corrects(group: Clerk, name: str, *right: Voucher, on: str = "2024-04-13", reason: str = "wrong head") -> list[str]:
    done = vouchers.correct_voucher(group.office, "", "SHG1", name, on, reason, right)
    assert isinstance(done.result, list)
    return [row["voucher"] for row in done.result]


def test_a_correction_is_the_mirror_and_the_right_voucher(group: Clerk) -> None:
    right = payment("2024-04-12", "travel", "40", narration="Bus fare")
    assert corrects(group, "P2/2024-25", right) == ["R3/2024-25", "P4/2024-25"]
    mirror = group.reads("R3/2024-25")
    assert (mirror.voucher.narration, mirror.voucher.date) == ("wrong head", "2024-04-13")
    assert group.reads("P2/2024-25").reversed_by == "R3/2024-25"
    assert (group.balance("stationery", "2024-04-13"), group.balance("travel", "2024-04-13")) == ("0.00", "40.00")
    assert group.sums_agree()
    row = max(group.contents()["log"], key=lambda one: int(str(one[1])))
    assert row[5:9] == ("correct", "R3/2024-25 … P4/2024-25 (2)", '{"voucher":"P2/2024-25"}', '{"reason":"wrong head"}')


def test_between_the_two_cash_may_be_below_nought(group: Clerk) -> None:
    """Of 1,334.50 in the box all is spent; the receipt of 300 cannot be taken back alone, but corrected to 310."""
    group.posts(payment("2024-06-01", "rent", group.balance("cash")))
    with group.refuses("Cash in hand would be"):
        group.reverses("R1/2024-25", "2024-06-02")
    corrects(group, "R1/2024-25", receipt("2024-06-02", "member-savings", "310", "4"), on="2024-06-02")
    assert group.balance("cash") == "10.00"
    assert group.of_member("member-savings", "4") == "-310.00"


def test_a_loan_that_is_corrected_is_the_next_loan(group: Clerk) -> None:
    corrects(group, "P1/2024-25", payment("2024-04-10", "member-loans", "150", "1"), on="2024-04-10")
    assert [(one.loan, one.member, one.outstanding) for one in group.loans()] == [(1, "4", 0), (2, "1", 15_000)]


def test_what_is_not_reversed_alone_is_not_corrected(group: Clerk) -> None:
    for name, on, words in (
        ("R2/2024-25", "2024-05-05", "R2/2024-25 belongs to meeting 1. Reverse the whole meeting"),
        ("P2/2024-25", "2024-04-11", "2024-04-11 is before the day of P2/2024-25"),
        ("P9/2024-25", "2024-04-13", "SHG1 has no voucher P9/2024-25"),
        ("P2/2024-25", "2026-04-13", "date: the reversal: 2026-04-13 is in the future"),
    ):
        with group.refuses(words):
            corrects(group, name, payment("2024-04-13", "travel", "40", row=2), on=on)


def test_of_a_correction_both_are_in_the_books_or_neither(group: Clerk) -> None:
    off = Voucher("payment", "2024-04-13", (Posting("travel", Paise(100)), Posting("cash", Paise(-200))), row=3)
    with group.refuses("row 3: the credits are more by 1.00"):
        corrects(group, "P2/2024-25", off)
    with group.refuses("a reversal needs a reason", BadInput):
        corrects(group, "P2/2024-25", payment("2024-04-13", "travel", "40"), reason=" ")
    with group.refuses("there are no vouchers to post. To take a voucher back alone, reverse it", BadInput):
        corrects(group, "P2/2024-25")


def test_a_copied_voucher_is_no_reversal_nor_out_of_a_meeting(group: Clerk) -> None:
    copied = replace(group.reads("R2/2024-25").voucher, date="2024-04-13", closing=True, reverses=1)
    [_, new] = corrects(group, "R1/2024-25", copied)
    found = group.reads(new).voucher
    assert (found.meeting, found.closing, found.reverses) == (None, False, None)


def test_opening_balances_are_corrected_on_their_own_day(clerk: Clerk) -> None:
    [wrong] = clerk.posts(voucher("opening", "2023-03-31", "dr cash 50", "cr surplus 50"))
    right = voucher("opening", "2023-03-31", "dr cash 60", "cr surplus 60")
    assert corrects(clerk, wrong, right, on="2023-03-31") == ["O2/2022-23", "O3/2022-23"]
    assert clerk.balance("cash") == "60.00"


def test_one_who_left_by_the_voucher_is_a_member_again(group: Clerk) -> None:
    members.leave(group.office, "", "SHG1", "2", "2024-06-05", "moved")
    right = payment("2024-06-05", "member-savings", "90", "2")
    done = vouchers.correct_voucher(group.office, "", "SHG1", "P4/2024-25", "2024-06-05", "she stays", [right])
    assert isinstance(done.result, list)
    assert done.result[0]["member_again"] == "2"
    assert group.of_member("member-savings", "2") == "-10.00"
    assert entry.people(group.office, "SHG1", "2024-06-05")[1].left == ""


def test_the_file_of_a_correction_is_not_posted_a_second_time(group: Clerk) -> None:
    right = payment("2024-04-12", "travel", "40")
    digest = "cd" * 32
    vouchers.correct_voucher(group.office, "", "SHG1", "P2/2024-25", "2024-04-13", "x", [right], file_digest=digest)
    with group.refuses("this file was posted already on 2025-06-15, as R3/2024-25, P4/2024-25"):
        group.posts(right, file_digest=digest)
