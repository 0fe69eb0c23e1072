"""The meeting's page on real books, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from bookkeeper.commands import sheets
from bookkeeper.commands.act import open_office
from bookkeeper.commands.books import PRACTICE, new_books
from bookkeeper.commands.meetings import post_meetings
from bookkeeper.commands.voucher_entry import found
from bookkeeper.definitions.find import resources
from bookkeeper.desktop.pages.meeting import MeetingPage
from bookkeeper.desktop.places import PLACES
from bookkeeper.desktop.shell import Shell
from bookkeeper.exchange.meetings import read_meetings
from tests.desktop.conftest import settle, until
from tests.desktop.hands import Hands

KEY = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NEXT = resources() / "samples" / PRACTICE / "savitri-meeting-37.json"


@pytest.fixture
def hands(shell: Shell) -> Hands:
    made = Hands(shell)
    names = [place.name for place in PLACES]
    made.press(KEY(KEY.Key_1 + names.index("meeting")), ALT)
    settle(shell)
    return made


def page(hands: Hands) -> MeetingPage:
    shown = hands.shell.page
    assert isinstance(shown, MeetingPage)
    return shown


def cell(hands: Hands, member: str, column: str) -> str:
    view = page(hands).view
    assert view.sheet is not None
    return view.sheet.display(view.sheet.row_of(member), view.grid.column_of(column))


def go(hands: Hands, member: str, column: str) -> None:
    """By keys: to the member by her number, to the column by arrows."""
    grid = page(hands).view.grid
    hands.type(f"/{member}")
    hands.press(KEY.Key_Return)
    while grid.column != grid.column_of(column):
        hands.press(KEY.Key_Right if grid.column < grid.column_of(column) else KEY.Key_Left)


def count(hands: Hands) -> None:
    hands.press(KEY.Key_F10)
    hands.enter("6", "45", "1", "1", "", "")
    hands.type("6")


def test_who_pays_what_is_due_is_posted_in_25_keys(hands: Hands, tmp_path: Path) -> None:
    assert page(hands)._why_not()
    hands.press(KEY.Key_D, CONTROL | SHIFT)
    count(hands)
    assert page(hands)._why_not() == ""
    hands.press(KEY.Key_Return, CONTROL)
    settle(hands.shell)
    assert hands.pressed <= 25
    assert "37" in page(hands).notice.first.text()
    assert page(hands).title.text() == "Meeting 38"
    assert page(hands).state() == ""
    page(hands).keeper.flush()
    assert not list((tmp_path / "data").rglob("meeting-*.json"))


def test_the_sheet_by_keys_gives_the_vouchers_of_its_file(hands: Hands, practice: Path, tmp_path: Path) -> None:
    hands.press(KEY.Key_D, CONTROL | SHIFT)
    hands.press(KEY.Key_Tab, CONTROL)
    foot = page(hands).view.foot
    while foot.sheet is not None and foot.sheet.display(foot.row, 0) != "Stationery":
        hands.press(KEY.Key_Down)
    hands.press(KEY.Key_End)
    hands.type("85")
    count(hands)
    hands.press(KEY.Key_Return, CONTROL)
    settle(hands.shell)
    assert page(hands).title.text() == "Meeting 38", page(hands).notice.first.text()
    other, mine = new_books(tmp_path / "other.books", PRACTICE), open_office(practice, "owner")
    post_meetings(other, "key", "SAV", read_meetings(NEXT).sheets)
    by_file, by_keys = sheets.held(other, "SAV", 37), sheets.held(mine, "SAV", 37)
    for name in by_file.vouchers:
        assert found(other, "SAV", name).lines == found(mine, "SAV", name).lines
    assert (by_keys.vouchers, by_keys.notes) == (by_file.vouchers, by_file.notes)
    assert by_keys.sheet.counted == by_file.sheet.counted
    other.close()
    mine.close()


def test_what_is_filled_in_counts_only_when_touched(hands: Hands) -> None:
    view = page(hands).view
    assert cell(hands, "2", "principal") == "500"
    assert view.sheet is not None
    assert view.sheet.totals()[view.grid.column_of("received")] == "–"
    hands.press(KEY.Key_Return)
    hands.type("120")
    assert view.sheet.totals()[view.grid.column_of("received")] == "790"
    assert view.sheet.totals()[1] == "Total of 2 entered"
    hands.press(KEY.Key_Escape)
    assert view.sheet.totals()[1] == "Total of 1 entered"


def test_a_member_who_differs_costs_her_digits_and_four_keys(hands: Hands) -> None:
    hands.press(KEY.Key_D, CONTROL | SHIFT)
    before = hands.pressed
    hands.type("na")
    hands.press(KEY.Key_Right)
    hands.press(KEY.Key_Right)
    hands.type("500")
    assert hands.pressed - before <= 3 + 4
    text = page(hands).view.strip.text
    assert text.sentence.startswith("Principal is 500 less than is due")
    assert cell(hands, "9", "received") == "740"
    what = page(hands).view.what
    assert what is not None
    assert what.cells["9", 7, "principal"] == "500"


def test_a_wrong_amount_is_refused_in_its_cell_and_mended(hands: Hands) -> None:
    view = page(hands).view
    hands.press(KEY.Key_D, CONTROL | SHIFT)
    go(hands, "3", "savings")
    hands.enter("1o0")
    hands.press(KEY.Key_Return, CONTROL)
    assert (view.grid.row, view.grid.column) == (2, view.grid.column_of("savings"))
    assert "1o0" in page(hands).notice.first.text()
    assert view.strip.text.is_wrong
    hands.enter("100")
    hands.press(KEY.Key_Return, CONTROL)
    settle(hands.shell)
    assert page(hands).title.text() == "Meeting 38"


def test_what_the_books_refuse_stands_at_its_cell(hands: Hands) -> None:
    view = page(hands).view
    hands.press(KEY.Key_D, CONTROL | SHIFT)
    go(hands, "1", "withdrawal")
    hands.enter("5000")
    hands.press(KEY.Key_Return, CONTROL)
    settle(hands.shell)
    assert page(hands).title.text() == "Meeting 37"
    assert view.grid.first_wrong == (0, view.grid.column_of("withdrawal"))
    assert (view.grid.row, view.grid.column) == view.grid.first_wrong
    hands.press(KEY.Key_Backspace)
    hands.press(KEY.Key_Return, CONTROL)
    settle(hands.shell)
    assert page(hands).title.text() == "Meeting 38"


def test_absent_sent_new_loan_foot_and_minutes_are_posted(hands: Hands, practice: Path) -> None:
    shell, view = hands.shell, page(hands).view
    hands.press(KEY.Key_D, CONTROL | SHIFT)
    go(hands, "4", "here")
    hands.type("a")
    go(hands, "5", "here")
    hands.type("s")
    go(hands, "3", "new_loan")
    hands.type("5000")
    hands.press(KEY.Key_Return)
    hands.enter("goats", "", "12", "", "")
    assert view.bar.isHidden()
    hands.press(KEY.Key_F11)
    hands.press(KEY.Key_1, CONTROL)
    hands.type("All went well.")
    hands.press(KEY.Key_F11)
    view.open_tab(1)
    hands.press(KEY.Key_Right)
    for _ in range(3):
        hands.press(KEY.Key_Right)
    hands.type("300")
    hands.press(KEY.Key_Return, CONTROL)
    settle(shell)
    assert page(hands).title.text() == "Meeting 38", page(hands).notice.first.text()
    office = open_office(practice, "owner")
    sheet = sheets.held(office, "SAV", 37).sheet
    office.close()
    rows = {row.member: row for row in sheet.rows}
    assert (rows["4"].present, rows["4"].received) == ("absent", 0)
    assert (rows["5"].sent, rows["5"].received > 0) == (True, True)
    loan = rows["3"].new_loan
    assert loan is not None
    assert (loan.principal, loan.purpose, loan.instalments) == (500000, "goats", 12)
    assert [(line.kind, line.amount) for line in sheet.other] == [("payment", 30000)]
    assert (len(sheet.agenda), sheet.minutes) == (5, "All went well.")


def test_a_meeting_taken_back_is_a_draft_again(hands: Hands, practice: Path, tmp_path: Path) -> None:
    shell = hands.shell
    hands.press(KEY.Key_PageUp)
    settle(shell)
    assert page(hands).title.text() == "Meeting 36"
    assert not page(hands).view.is_open
    before = cell(hands, "1", "received")
    hands.press(KEY.Key_Z, CONTROL)
    hands.enter("a wrong figure", "")
    settle(shell)
    assert page(hands).title.text() == "Meeting 36", page(hands).notice.first.text()
    assert page(hands).view.is_open
    assert cell(hands, "1", "received") == before
    assert len(list((tmp_path / "data").rglob("meeting-*.json"))) == 1
    hands.press(KEY.Key_Return, CONTROL)
    settle(shell)
    assert "36" in page(hands).notice.first.text()
    office = open_office(practice, "owner")
    assert sheets.meetings_held(office, "SAV")[-1][0] == 36
    office.close()


def test_the_draft_is_there_again_and_a_box_below_nothing_asks_why(hands: Hands) -> None:
    shell = hands.shell
    hands.press(KEY.Key_D, CONTROL | SHIFT)
    go(hands, "1", "new_loan")
    hands.enter("90000")
    hands.press(KEY.Key_Escape)
    until(lambda: page(hands).state().startswith("Draft kept"), "the draft")
    hands.press(KEY.Key_Return, CONTROL)
    assert not page(hands).view.bar.isHidden()
    hands.press(KEY.Key_Escape)
    page(hands).leave()
    page(hands).view.coming = None
    page(hands).enter()
    settle(shell)
    assert cell(hands, "1", "new_loan") == "90,000"
    assert page(hands).title.text() == "Meeting 37"
