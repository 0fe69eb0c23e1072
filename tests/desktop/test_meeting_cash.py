"""The cash of the meeting page against what posting makes of it: fees of new loans, second rows by bank. No window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bookkeeper.commands import loan_products, sheets
from bookkeeper.commands.act import Office, open_office
from bookkeeper.commands.meetings import post_meetings
from bookkeeper.definitions.loan_product import products_of_toml
from bookkeeper.desktop.meeting.members_sheet import MembersSheet
from bookkeeper.desktop.meeting.sheet import cash_to_be, repaid_on, sheet_to_post, typed_of
from bookkeeper.desktop.meeting.typed import Figures, Typed
from bookkeeper.rules.meeting import MeetingSheet, SheetRow
from bookkeeper.rules.money import Paise
from bookkeeper.words import language

PRODUCTS = """
[[product]]
key = "form"
name = "With a form"
rate = "12"
method = "flat"
instalments = 4
[[product.fees]]
name = "Form"
account = "other-income"
amount = "25.50"
how = "paid"
[[product.fees]]
name = "Processing"
account = "other-income"
percent = "1"
how = "deducted"
[[product.fees]]
name = "Insurance"
account = "other-income"
amount = "40"
how = "capitalised"
"""


@pytest.fixture
def office(practice: Path) -> Office:
    made = open_office(practice, "owner")
    loan_products.set_products(made, "", "SAV", products_of_toml(PRODUCTS, "p.toml"))
    return made


@pytest.mark.parametrize(
    ("details", "should_be"),
    [
        # In the box 1,725.00; what is due of all, 10,516.00, comes in; of 5,000.00, 1 % or 50.00 is kept back, and the
        # form costs 25.50 in cash; the insurance is lent with the loan: 12,241.00 + 25.50 - 4,950.00.
        ({}, 7_316_50),
        # The loan goes out by bank: no cash is paid out and none kept back: 12,241.00 + 25.50.
        ({"loan_by": "bank"}, 12_266_50),
        # She pays her 100.00 and the form by bank, and so goes out what is lent: 12,241.00 - 100.00.
        ({"by": "bank"}, 12_141_00),
        # She pays by bank, but is given cash: 12,141.00 - 4,950.00.
        ({"by": "bank", "loan_by": "cash"}, 7_191_00),
    ],
)
def test_fees_of_a_new_loan_are_in_the_box_as_posting_has_them(
    office: Office, details: dict[str, str], should_be: int
) -> None:
    coming = sheets.coming(office, "SAV")
    what = Typed(coming.date, coming.number, entered={one.number for one in coming.members})
    what.cells["3", 0, "new_loan"] = "5000"
    what.details["3"] = {"product": "form", **details}
    what.count = {"500": "1"}
    assert cash_to_be(coming, what).should_be == should_be
    post_meetings(office, "key", "SAV", [sheet_to_post(coming, what)])
    assert sheets.held(office, "SAV", 37).notes["cash"]["book"] == should_be
    office.close()


def test_a_whole_repayment_stands_in_place_of_its_parts_and_is_split_as_posting_splits_it(office: Office) -> None:
    """Of 3,500.00 she owes, 500.00 and interest of 70.00 are due: of 1,000.00, 70.00 is interest, 2,570.00 are left."""
    coming = sheets.coming(office, "SAV")
    [number] = [one.number for member in coming.members if member.number == "2" for one in member.loans]
    what = Typed(coming.date, coming.number, entered={"2"}, cells={("2", number, "repayment"): "1000"})
    figures = Figures(coming, what)
    line = next(one for one in figures.lines() if one.member.number == "2")
    assert line.loan is not None
    assert figures.received(line) == 1_100_00
    assert line.loan.left_after(repaid_on(figures, line)) == 2_570_00
    saved = line.member.savings_balance
    post_meetings(office, "key", "SAV", [sheet_to_post(coming, what)])
    [again] = [one for one in sheets.coming(office, "SAV", coming.date).members if one.number == "2"]
    assert again.loans[0].outstanding == 2_570_00
    assert again.savings_balance == saved + 100_00, "a second meeting of the day knows what the first took"
    second = MeetingSheet(coming.date, 38, rows=(SheetRow("2", "present", savings=Paise(40_00)),))
    post_meetings(office, "second", "SAV", [second])
    for at, saved_before, cash_before in ((37, saved, 1_725_00), (38, saved + 100_00, 2_825_00)):
        held = sheets.coming_as_held(office, "SAV", at)
        assert [(one.savings_balance, one.due_savings) for one in held.members] == [(saved_before, 0)]
        assert held.cash_before == cash_before
    office.close()


def test_what_she_paid_by_bank_besides_is_a_row_that_can_be_mended(office: Office) -> None:
    """Member 2 brings 100.00 in cash; 80.00 of savings and a fine of 5.00 she had sent by bank."""
    coming = sheets.coming(office, "SAV")
    came_back = MeetingSheet(
        coming.date,
        coming.number,
        rows=(
            SheetRow("2", "present", savings=Paise(100_00)),
            SheetRow("2", "present", by="bank", savings=Paise(80_00), fine=Paise(5_00)),
            SheetRow("99", "present", savings=Paise(7_00)),
        ),
    )
    what = typed_of(came_back, coming)
    sheet = MembersSheet(coming, what, language("en"))
    savings, received, name = (
        next(at for at, one in enumerate(sheet.columns) if one.key == key) for key in ("savings", "received", "name")
    )
    rows = [row for row, line in enumerate(sheet.lines) if line.member.number in {"2", "99"}]
    assert [sheet.display(row, savings) for row in rows] == ["100", "80", "7"]
    assert [sheet.display(row, received) for row in rows] == ["100", "85", "7"]
    assert [sheet.display(row, name) for row in rows[1:]] == ["by bank", "99"]
    assert sheet.totals()[received] == "192"
    assert not sheet.beside(rows[1], savings)
    sheet.typed(rows[1], savings, "90")
    assert not sheet.enter_row(rows[1])
    posted = sheet_to_post(coming, Typed.of(what.plain()))
    assert [(row.member, row.by, row.savings, row.fine) for row in posted.rows] == [
        ("2", "cash", 100_00, 0),
        ("2", "bank", 90_00, 5_00),
        ("99", "cash", 7_00, 0),
    ]
    assert cash_to_be(coming, what).from_members == 107_00
    assert "2" not in Figures(coming, what).missing()
    office.close()


def test_what_was_typed_for_a_loan_that_is_gone_is_not_lost_unseen(office: Office) -> None:
    coming = sheets.coming(office, "SAV")
    what = Typed(coming.date, coming.number, entered={"2"})
    loan = next(one for one in coming.members if one.number == "2").loans[0].number
    what.cells["2", loan, "principal"] = "500"
    assert not Figures(coming, what).strays()
    paid_off = tuple(replace(one, loans=()) for one in coming.members)
    assert Figures(replace(coming, members=paid_off), what).strays() == (("2", loan, "principal"),)
    office.close()
