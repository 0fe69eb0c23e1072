"""The meeting's page on real books, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from benchmarks.window import settle, turn, until
from bookkeeper.commands import entities, sheets, years
from bookkeeper.commands.act import open_office
from bookkeeper.commands.books import PRACTICE, new_books
from bookkeeper.commands.meetings import post_meetings
from bookkeeper.commands.voucher_entry import found
from bookkeeper.definitions.find import resources
from bookkeeper.desktop.keys import BY_NAME
from bookkeeper.desktop.pages.meeting import MeetingPage
from bookkeeper.desktop.places import PLACES
from bookkeeper.desktop.shell import Shell
from bookkeeper.desktop.widgets.lettering import HIDDEN
from bookkeeper.exchange.meetings import read_meetings
from tests.desktop.conftest import a_window
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
    offered = page(hands).keys()
    words = [BY_NAME[name].does for name in offered]
    assert len(words) == len(set(words)), "no word of the key bar means two things"
    hands.enter("6", "45", "1", "1", "", "")
    hands.type("6")


def test_who_pays_what_is_due_is_posted_in_25_keys(hands: Hands, tmp_path: Path) -> None:
    assert page(hands).hindrances.why_not()
    hands.press(KEY.Key_D, CONTROL | SHIFT)
    count(hands)
    assert page(hands).hindrances.why_not() == ""
    hands.press(KEY.Key_Return, CONTROL)
    settle(hands.shell)
    assert hands.pressed <= 25
    assert "37" in page(hands).notice.first.text()
    # Counted 6 x 500, 45 x 200, 100, 50 and 6.00; by the book 1,725.00 and 10,516.00 of what was due.
    assert page(hands).notice.rest.text().startswith("Counted 12,156, by the book 12,241: 85 short.")
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
    hands.press(KEY.Key_Z, CONTROL)
    assert view.sheet.totals()[1] == "Total of 0 entered", "what Enter took can be undone"


def test_a_member_who_differs_costs_her_digits_and_four_keys(hands: Hands) -> None:
    hands.press(KEY.Key_D, CONTROL | SHIFT)
    before = hands.pressed
    hands.type("na")
    hands.press(KEY.Key_Right)
    hands.press(KEY.Key_Right)
    hands.type("500")
    assert hands.pressed - before <= 3 + 4
    text = page(hands).view.strip.text
    assert page(hands).view.grid.sheet.beside(8, page(hands).view.grid.column) == "of 1,000"  # type: ignore[union-attr]
    assert text.sentence.startswith("Principal is 500 less than is due")
    assert cell(hands, "9", "received") == "740"
    what = page(hands).view.what
    assert what is not None
    assert what.cells["9", 7, "principal"] == "500"
    go(hands, "1", "savings")
    hands.type("150")
    assert page(hands).view.strip.text.sentence.startswith("Savings is 50 more than is due")
    hands.press(KEY.Key_P, CONTROL | SHIFT)
    strip = page(hands).view.strip
    assert {figure for _, figure in strip.text.figures} <= {HIDDEN, "–"}
    assert strip.text.sentence.startswith(f"Savings is {HIDDEN} more than is due")
    assert "50" not in strip.accessibleName()


def test_a_wrong_amount_is_refused_in_its_cell_and_mended(hands: Hands) -> None:
    view = page(hands).view
    hands.press(KEY.Key_D, CONTROL | SHIFT)
    go(hands, "3", "savings")
    hands.enter("1o0")
    hands.press(KEY.Key_Return, CONTROL)
    assert (view.grid.row, view.grid.column) == (2, view.grid.column_of("savings"))
    assert "1o0" in page(hands).notice.first.text()
    assert view.strip.text.is_wrong
    turn()
    assert page(hands).notice.isVisible()
    assert view.grid.view.verticalScrollBar().maximum() == 0, "fifteen members are in sight below what is wrong"
    hands.enter("100")
    assert page(hands).notice.isHidden()
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
    assert page(hands).notice.isVisible()
    hands.press(KEY.Key_Backspace)
    assert page(hands).notice.isHidden(), "what is mended is not said any longer"
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
    view.minutes.signed.setFocus()
    hands.type("1, 99")
    hands.press(KEY.Key_Return, CONTROL)
    assert "“99”" in page(hands).notice.first.text()
    assert view.minutes.signed.hasFocus()
    hands.type("1, 3")
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
    hands.press(KEY.Key_Right)
    hands.type("5")
    assert page(hands).notice.first.text() == "This meeting is posted. Ctrl Z takes it back to mend."
    before = cell(hands, "1", "received")
    hands.press(KEY.Key_Z, CONTROL)
    hands.type("a wrong figure")
    hands.press(KEY.Key_Return, CONTROL)
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


def test_a_day_on_which_nothing_can_be_posted_is_refused_in_its_field(hands: Hands, practice: Path) -> None:
    """The books of Savitri begin on 1 April 2023; a draft of March 2025 stays when the year up to then is closed."""
    hands.press(KEY.Key_F2)
    hands.enter("5-3-2022", "", "", "")
    assert page(hands).view.bar.wrong() == "The books begin on 01-04-2023."
    assert page(hands).view.what.date == "2025-04-05"  # type: ignore[union-attr]
    hands.press(KEY.Key_Escape)
    hands.press(KEY.Key_F2)
    hands.enter("10-3-2025", "", "", "")
    settle(hands.shell)
    office = open_office(practice, "owner")
    for year in (2023, 2024):
        years.close(office, "", "SAV", year)
    office.close()
    hands.shell.desk.open_books(practice)
    settle(hands.shell)
    hands.shell.go("meeting")
    settle(hands.shell)
    told = "The year 2024-25 is closed. F2 writes another date for the meeting."
    assert page(hands).notice.first.text() == told
    assert page(hands).hindrances.why_not() == told
    hands.shell.go("meeting", number="36")
    settle(hands.shell)
    assert "correct" not in page(hands).keys()  # noqa: SIM118  # the keys of a page
    hands.press(KEY.Key_Z, CONTROL)
    assert page(hands).view.bar.isHidden()
    assert page(hands).notice.first.text().startswith("The year 2024-25 is closed. The meeting stands as it is")


def test_a_group_without_members_brings_them_in_by_one_key(
    application: QApplication, kept: QSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert application is not None
    books = new_books(tmp_path / "new.books")
    entities.add(books, "", "SHG2", "Asmita Self-Help Group", "shg", starts="2025-04-01", language="mr")
    books.close()
    members = str(NEXT.with_name("savitri-members.csv"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (members, ""))
    with a_window(tmp_path / "new.books", kept) as shell:
        shell.activateWindow()
        shell.go("meeting")
        settle(shell)
        hands = Hands(shell)
        assert page(hands).keys() == ("bring-in", "go")
        hands.press(KEY.Key_D, CONTROL | SHIFT)
        hands.press(KEY.Key_F10)
        hands.press(KEY.Key_Return)
        settle(shell)
        assert page(hands).notice.first.text() == "15 members were brought in."
        assert page(hands).view.isVisible()
        assert page(hands).view.grid.has_the_cursor()
        assert page(hands).told.text().endswith("F2 writes the day on which it was held.")
