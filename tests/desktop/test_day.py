"""A day at the window, by keys alone: the meeting with a slip in it, the cash, the cash book, down, back, and paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from benchmarks.window import settle, turn, until
from bookkeeper.commands import sheets
from bookkeeper.desktop import print_fields
from bookkeeper.desktop.pages.meeting import MeetingPage
from bookkeeper.desktop.pages.printing import PrintingPage
from bookkeeper.desktop.pages.registers import RegistersPage
from bookkeeper.desktop.places import PLACES
from bookkeeper.desktop.shell import Shell
from tests.desktop.hands import Hands
from tests.desktop.watchdog import LIMIT, watched

KEY = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def nothing_holds_up_the_window(shell: Shell) -> Iterator[None]:
    assert shell.page is not None
    with watched() as seen:
        yield
    assert len(seen.calls) > 3
    assert not seen.over(LIMIT)


def place(hands: Hands, name: str) -> None:
    hands.press(KEY(KEY.Key_1 + [one.name for one in PLACES].index(name)), ALT)
    settle(hands.shell)


def meeting(hands: Hands) -> MeetingPage:
    page = hands.shell.page
    assert isinstance(page, MeetingPage)
    return page


def go(hands: Hands, member: str, column: str) -> None:
    grid = meeting(hands).view.grid
    hands.type(f"/{member}")
    hands.press(KEY.Key_Return)
    while grid.column != grid.column_of(column):
        hands.press(KEY.Key_Right if grid.column < grid.column_of(column) else KEY.Key_Left)


@pytest.mark.usefixtures("nothing_holds_up_the_window")
@pytest.mark.parametrize(
    ("language", "letters", "title", "closing"),
    [("en", "cash b", "Cash book", "12,241.00"), ("mr", "रोकड", "रोकड वही", "१२,२४१.००")],
)
def test_the_day(  # noqa: PLR0915  # a day has many hours
    shell: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    letters: str,
    title: str,
    closing: str,
) -> None:
    monkeypatch.setattr(print_fields, "PAUSE", 5)
    out = tmp_path / "cash-book.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), "PDF (*.pdf)"))
    shell.desk.set_language(language)
    hands = Hands(shell)
    shell._resting.setInterval(20)  # nobody has to rest here

    # the sheet of 15 members: all pay what is due, but the clerk reads 12000 for Nanda's 1,000 of principal
    place(hands, "meeting")
    page = meeting(hands)
    hands.press(KEY.Key_D, CONTROL | SHIFT)
    go(hands, "9", "principal")
    hands.type("12000")
    hands.press(KEY.Key_Return)
    hands.press(KEY.Key_Return, CONTROL)
    settle(shell)
    assert page.notice.isVisible()
    grid = page.view.grid
    assert grid.first_wrong == (grid.row, grid.column) == (8, grid.column_of("principal"))

    # mended; the cash is counted, and agrees: 1,725 in the box before; savings of 12 members 100 each and of three 200,
    # 1,800; principal 500 + 500 + 1,000 + 500 + 1,000 + 1,000 + 2,000 + 1,200 = 7,700; interest 70 + 50 + 160 + 50 + 40
    # + 300 + 120 + 216 = 1,006; a fine of 10: 12,241 = 24 × 500 + 1 × 200 + 2 × 20 + 1 in coins
    hands.type("1000")
    hands.press(KEY.Key_Return)
    hands.press(KEY.Key_F10)
    hands.enter("24", "1", "", "", "2", "")
    hands.type("1")
    hands.press(KEY.Key_Return, CONTROL)
    settle(shell)
    assert "37" in page.notice.first.text() or "३७" in page.notice.first.text(), page.notice.first.text()
    assert shell.desk.office is not None
    held = sheets.held(shell.desk.office, "SAV", 37)
    assert held.notes["cash"] == {"counted": 12_241_00, "book": 12_241_00}

    # the cash book by a few letters; the meeting's day stands in it
    place(hands, "registers")
    hands.type(letters)
    hands.press(KEY.Key_Return)
    settle(shell)
    book = shell.page
    assert isinstance(book, RegistersPage)
    assert book.choice.text() == title
    table = book.sheet.table
    assert table is not None
    assert closing in [table.text(table.lines[0], i) for i in range(len(table.columns))]

    # down to the voucher and back to the same row; a clerk has looked at her book for a second or two by now
    until(lambda: not shell.makes_ahead, "the pages that are made ahead")
    hands.press(KEY.Key_Down)
    row = book.sheet.line
    hands.press(KEY.Key_Return)
    settle(shell)
    assert shell.place == "vouchers"
    hands.press(KEY.Key_Escape)
    settle(shell)
    assert (shell.place, book.sheet.line) == ("registers", row)

    # on paper, with the same figures
    hands.press(KEY.Key_P, CONTROL)
    turn(30)
    settle(shell)
    paper = shell.page
    assert isinstance(paper, PrintingPage)
    until(lambda: paper.preview.is_ready, "the pages")
    if language != "en":
        for _ in range(12):
            if not paper.fields.code.hasFocus():
                hands.press(KEY.Key_Tab)
        hands.press(KEY.Key_End)  # the last of the languages
        turn(30)
        settle(shell)
        until(lambda: paper.preview.is_ready, "the pages")
    hands.press(KEY.Key_S, CONTROL)
    settle(shell)
    text = "\n".join(one.extract_text() for one in pypdf.PdfReader(out).pages)
    assert closing in text
    assert title in text
