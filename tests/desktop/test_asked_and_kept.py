"""What comes between a key and the books' answer: other keys, other books, a closed window, a broken program."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from benchmarks.window import settle, turn, until
from bookkeeper.commands import entities, sheets, voucher_entry, vouchers
from bookkeeper.commands.act import Done, open_office
from bookkeeper.desktop.draft_keeper import drafts_folder
from bookkeeper.desktop.pages.meeting import MeetingPage
from bookkeeper.desktop.pages.printing import PrintingPage
from bookkeeper.desktop.pages.registers import RegistersPage
from bookkeeper.desktop.pages.vouchers import VouchersPage
from bookkeeper.desktop.shell import Shell
from bookkeeper.desktop.vouchers.draft import voucher_of
from bookkeeper.desktop.widgets.veil import Veil
from tests.desktop.conftest import a_window, held_up
from tests.desktop.hands import Hands

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


class Clerk(Hands):
    """Writes payments."""

    def write(self, narration: str, amount: str = "300") -> VouchersPage:
        """A payment of two lines, not posted yet."""
        self.shell.activateWindow()
        self.shell.go("vouchers", kind="payment")
        settle(self.shell)
        self.type("honor")
        self.press(KEY.Key_Return)
        self.type(amount)
        for _ in range(3):
            self.press(KEY.Key_Return)
        self.type(narration)
        return vouchers_page(self.shell)

    def post(self) -> None:
        self.press(KEY.Key_Return, CONTROL)


@pytest.fixture
def clerk(shell: Shell) -> Clerk:
    return Clerk(shell)


def vouchers_page(shell: Shell) -> VouchersPage:
    assert isinstance(shell.page, VouchersPage)
    return shell.page


def said(shell: Shell) -> str:
    assert shell.page is not None
    return shell.page.notice.first.text()


def posted(books: Path, narration: str, code: str = "SAV") -> int:
    """How many vouchers of the books have this narration."""
    office = open_office(books)
    found = [one for one in voucher_entry.last(office, code, limit=50) if one.narration == narration]
    office.close()
    return len(found)


def kept() -> dict[str, dict[str, Any]]:
    """The drafts of vouchers on the disk, by narration."""
    files = [json.loads(file.read_text()) for file in drafts_folder().glob("voucher-*.json")]
    return {file["body"]["narration"]: file for file in files if file["body"]["lines"]}


def another_group(shell: Shell) -> None:
    assert shell.desk.office is not None
    entities.add(shell.desk.office, "", "TWO", "Two", "shg", starts="2024-04-01")
    shell.desk.read_entities()
    settle(shell)


def next_day(practice: Path, kept: QSettings) -> Any:  # noqa: ANN401  # a context
    return a_window(practice, kept)


def test_while_it_is_posted_nothing_of_it_can_be_altered(clerk: Clerk, practice: Path) -> None:
    page = clerk.write("Honorarium")
    before = page.entry.draft
    with held_up(clerk.shell):
        clerk.post()
        clerk.post()
        clerk.type("typed meanwhile")
        for key in (KEY.Key_F6, KEY.Key_Escape, KEY.Key_Tab):
            clerk.press(key)
        page.entry.begin()
        clerk.type("9")
        assert page.entry.draft == before, "nor by what wants the cursor meanwhile"
        clerk.press(KEY.Key_K, CONTROL)
        turn(250)
        veil = page.findChild(Veil)
        assert veil is not None
        assert (veil.isVisible(), veil.accessibleName()) == (True, "Posting")
    assert said(clerk.shell).startswith("Posted P")
    assert posted(practice, "Honorarium") == 1
    assert page.entry.draft.is_empty
    clerk.press(KEY.Key_Escape)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.entry.isAncestorOf(focus), "what was opened over the page gives the cursor back"
    until(lambda: not kept(), "nothing left")


def test_what_is_refused_stands_as_it_was_and_can_be_mended(clerk: Clerk, practice: Path) -> None:
    another_group(clerk.shell)
    page = clerk.write("Far too much", "9999999")
    with held_up(clerk.shell):
        clerk.post()
        clerk.shell.desk.open_entity("TWO")
    assert clerk.shell.desk.code == "SAV", "who is refused stays where he can mend it"
    assert page.below.is_asking
    assert page.entry.draft.narration == "Far too much"
    clerk.press(KEY.Key_Escape)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.entry.isAncestorOf(focus)
    assert posted(practice, "Far too much") == 0
    until(kept, "the draft")


def test_another_group_comes_after_it_is_posted_and_keeps_its_own_draft(clerk: Clerk, practice: Path) -> None:
    shell = clerk.shell
    another_group(shell)
    shell.desk.open_entity("TWO")
    settle(shell)
    clerk.write("Of two")
    shell.desk.open_entity("SAV")
    settle(shell)
    page = clerk.write("Of Savitri")
    with held_up(shell):
        clerk.post()
        shell.desk.open_entity("TWO")
        assert shell.desk.code == "SAV"
    assert (shell.desk.code, page.entry.draft.narration) == ("TWO", "Of two")
    assert posted(practice, "Of Savitri") == 1
    until(lambda: list(kept()) == ["Of two"], "the draft of the one that was posted to go")
    shell.desk.open_entity("SAV")
    settle(shell)
    assert page.entry.draft.is_empty


def test_other_books_come_after_it_is_posted_and_get_none_of_it(
    clerk: Clerk, practice: Path, tmp_path: Path, breaking_in: Callable[[], AbstractContextManager[None]]
) -> None:
    with breaking_in():
        other, shell = Path(shutil.copyfile(practice, tmp_path / "other.books")), clerk.shell
    clerk.write("Of the first books")
    with held_up(shell):
        shell.desk.open_books(other)
        clerk.post()
    until(lambda: shell.desk.path == other, "the other books")
    settle(shell)
    assert (posted(practice, "Of the first books"), posted(other, "Of the first books")) == (1, 0)
    assert not kept()
    clerk.write("last lette")
    clerk.type("r")
    shell.desk.open_books(practice)
    settle(shell)
    until(lambda: list(kept()) == ["last letter"], "the last key on the disk")


def test_a_window_closes_when_it_is_posted_and_nothing_is_left(
    application: QApplication, practice: Path, kept: QSettings
) -> None:
    assert application is not None
    with a_window(practice, kept) as first:
        clerk = Clerk(first)
        clerk.write("Before closing")
        with held_up(first):
            clerk.post()
            first.close()
            assert first.isVisible()
            assert said(first) == "The window closes when this is posted."
        until(lambda: not first.isVisible(), "the end")
    with next_day(practice, kept) as second:
        second.go("vouchers", kind="payment")
        settle(second)
        assert vouchers_page(second).entry.draft.is_empty
    assert posted(practice, "Before closing") == 1


def test_two_windows_never_have_the_same_draft(clerk: Clerk, practice: Path, tmp_path: Path) -> None:
    clerk.write("In the first")
    with a_window(practice, QSettings(str(tmp_path / "2.ini"), QSettings.Format.IniFormat)) as second:
        other = Clerk(second)
        second.go("vouchers", kind="payment")
        settle(second)
        assert vouchers_page(second).entry.draft.is_empty
        other.write("In the second")
        until(lambda: set(kept()) == {"In the first", "In the second"}, "both drafts")
        other.post()
        settle(second)
        clerk.shell.activateWindow()
        until(clerk.shell.isActiveWindow, "the cursor")
        clerk.post()
        settle(clerk.shell)
    assert (posted(practice, "In the first"), posted(practice, "In the second")) == (1, 1)
    until(lambda: not kept(), "nothing left")


@pytest.mark.parametrize("changes", [False, True])
def test_what_a_broken_window_posted_is_not_posted_again(
    application: QApplication,
    practice: Path,
    kept: QSettings,
    changes: bool,  # noqa: FBT001  # a parameter
) -> None:
    assert application is not None
    with a_window(practice, kept) as broken:
        page = Clerk(broken).write("Sent once")
        sent = page.kept.send()
        assert sent is not None
        made = voucher_of(page.entry.draft, page.entry.sheet.heads)
        assert broken.desk.office is not None
        first = vouchers.post_vouchers(broken.desk.office, sent.key, "SAV", [made])  # its answer comes to nobody
    assert isinstance(first.result, list)
    name = first.result[0]["voucher"]
    with next_day(practice, kept) as shell:
        clerk = Clerk(shell)
        shell.go("vouchers", kind="payment")
        settle(shell)
        shell.activateWindow()
        until(shell.isActiveWindow, "the cursor")
        page = vouchers_page(shell)
        assert page.entry.draft.narration == "Sent once"
        if changes:
            page.entry.narration.setFocus()
            clerk.press(KEY.Key_End)
            clerk.type(" and changed")
        clerk.post()
        settle(shell)
        assert said(shell).startswith(f"This was posted already, as {name}.")
        if changes:
            assert page.entry.draft.narration == "Sent once and changed"
            clerk.post()
            settle(shell)
            assert said(shell).startswith("Posted P"), "it is another one now"
        assert page.entry.draft.is_empty
    assert (posted(practice, "Sent once"), posted(practice, "Sent once and changed")) == (1, int(changes))


def test_a_voucher_that_comes_late_does_not_take_the_page(clerk: Clerk) -> None:
    shell = clerk.shell
    page = clerk.write("In progress")
    assert shell.desk.office is not None
    name = voucher_entry.last(shell.desk.office, "SAV", limit=1)[0].name
    with held_up(shell):
        shell.go("vouchers", voucher=name)
        clerk.press(KEY.Key_F6)
    assert page.stack.currentWidget() is page.entry
    with held_up(shell):
        page.posted.duplicate(name)
        clerk.press(KEY.Key_F5)
    assert page.entry.draft.narration == "In progress"
    page.posted.duplicate(name)
    settle(shell)
    copy = page.entry.draft
    assert copy.narration != "In progress"
    clerk.post()
    settle(shell)
    assert said(shell).startswith("Posted ")
    assert page.entry.draft.narration == "In progress", "after the copy one goes on with what was being written"


def meeting(shell: Shell) -> MeetingPage:
    shell.activateWindow()
    shell.open("meeting")
    settle(shell)
    assert isinstance(shell.page, MeetingPage)
    return shell.page


def drafts_of_meetings() -> list[Path]:
    return list(drafts_folder().glob("meeting-*.json"))


def test_a_meeting_is_closed_while_it_is_posted(clerk: Clerk) -> None:
    shell, page = clerk.shell, meeting(clerk.shell)
    clerk.press(KEY.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    until(drafts_of_meetings, "the draft")
    assert page.view.what is not None
    before = page.view.what.plain()
    with held_up(shell):
        clerk.post()
        clerk.type("777")
        for key in (KEY.Key_PageUp, KEY.Key_F10, KEY.Key_Delete):
            clerk.press(key)
        turn(600)
        assert page.view.what is not None
        assert page.view.what.plain() == before
    assert said(shell).startswith("Meeting 37 is posted")
    assert page.title.text() == "Meeting 38"
    until(lambda: not drafts_of_meetings(), "no draft")
    assert shell.desk.office is not None
    assert sheets.meetings_held(shell.desk.office, "SAV")[-1][0] == 37


def test_a_meeting_that_a_broken_window_posted_is_told(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    shell, page = clerk.shell, meeting(clerk.shell)
    clerk.press(KEY.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    posting = page._posting  # its answer is lost
    with monkeypatch.context() as broken:
        broken.setattr(posting, "_posted", lambda *_: None)
        clerk.post()
        settle(shell)
    assert page.title.text() == "Meeting 38" or page.view.what is not None
    clerk.post()
    settle(shell)
    assert said(shell) == "Meeting 37 was posted already. It was not posted again."
    assert page.title.text() == "Meeting 38"
    assert not page.keeper.is_kept()


def test_what_is_cancelled_is_said_and_can_be_had_after_all(clerk: Clerk) -> None:
    shell, page = clerk.shell, meeting(clerk.shell)
    with held_up(shell):
        clerk.press(KEY.Key_PageUp)
        shell.desk.runner.cancel()
    assert said(shell) == "Reading the sheet: stopped."
    clerk.press(KEY.Key_PageUp)
    settle(shell)
    assert page.title.text() == "Meeting 36"
    shell.go("registers", name="cash-book")
    settle(shell)
    registers = shell.page
    assert isinstance(registers, RegistersPage)
    with held_up(shell):
        registers.enter(name="day-book")
        shell.desk.runner.cancel()
    assert not registers.blank.isHidden(), "no register stands under the name of another"
    clerk.press(KEY.Key_Return)
    settle(shell)
    assert registers.blank.isHidden()
    assert registers.sheet.table is not None
    shell.go("printing", name="cash-book", since="2024-11-01", until="2024-11-30")
    settle(shell)
    printing = shell.page
    assert isinstance(printing, PrintingPage)
    assert printing.preview.pages
    with held_up(shell):
        printing.enter(name="day-book", since="2024-11-01", until="2024-11-30")
        shell.desk.runner.cancel()
    assert printing.preview.pages == 0, "the former pages do not stand under other fields"
    assert said(shell) == "The pages were not made."


def test_an_answer_that_cannot_be_shown_keeps_nobody_else_from_his(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell, page = clerk.shell, clerk.write("Told to all")
    changed: list[object] = []
    shell.desk.runner.changed.connect(changed.append)
    shown: list[BaseException] = []
    monkeypatch.setattr("sys.excepthook", lambda _kind, error, _where: shown.append(error))
    monkeypatch.setattr(page.entry, "remember_money", lambda: 1 / 0)
    clerk.post()
    settle(shell)
    assert [type(one) for one in shown] == [ZeroDivisionError]
    assert changed == [("journal",)]


def test_nobody_waits_for_a_question_when_the_window_closes(shell: Shell) -> None:
    asked: list[object] = []
    acts: list[Done] = []
    with held_up(shell):
        owner = QObject(shell)
        shell.desk.query(owner, "Reading the books", lambda _office: 1, asked.append, asked.append)
        shell.desk.act(owner, "Posting", lambda _office, _key: Done("kept", ()), acts.append)
    assert [one.result for one in acts] == ["kept"]
    assert asked == [1]
    with held_up(shell):
        shell.desk.query(owner, "Reading the books", lambda _office: 1, asked.append, asked.append)
        shell.desk.runner.drop(owner)
    assert asked == [1], "what was dropped is told to nobody"
    going_on = threading.Event()

    def slowly(_office: object, _key: str) -> Done:
        going_on.wait()
        return Done("slow", ())

    shell.desk.act(owner, "Posting", slowly, acts.append)
    turn(250)
    assert shell.top.state.text() == "Posting …"
    assert shell.top.cancel.isHidden(), "an act cannot be cancelled"
    shell.desk.query(owner, "Reading the books", lambda _office: going_on.wait(5), asked.append, asked.append)
    threading.Timer(0.05, going_on.set).start()  # the window waits for what is posted, not for the question behind it
    shell.desk.close()
    assert [one.result for one in acts] == ["kept", "slow"], "what was posted is told"
    assert asked == [1]


def test_hiding_colours_and_language_leave_what_is_open(clerk: Clerk) -> None:
    shell, page = clerk.shell, meeting(clerk.shell)
    clerk.type("150")
    clerk.press(KEY.Key_Return)
    clerk.press(KEY.Key_F2)
    settle(shell)
    assert not page.view.bar.isHidden()
    clerk.type("5-4")
    typed = QApplication.focusWidget()
    assert isinstance(typed, QLineEdit)
    text = typed.text()
    QTest.keyClick(shell, KEY.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    shell.desk.set_theme("dark")
    shell.desk.set_language("mr")
    settle(shell)
    shell.desk.set_theme("light")
    assert not page.view.bar.isHidden()
    assert QApplication.focusWidget() is typed
    assert typed.text() == text
    clerk.press(KEY.Key_Escape)
    assert page.view.what is not None
    assert page.view.what.cells["1", 0, "savings"] == "150"
    clerk.press(KEY.Key_Z, CONTROL)
    assert not page.view.what.cells
    shell.go("vouchers", view="list", since="2024-06-01", until="2024-06-30")
    settle(shell)
    listing = vouchers_page(shell).listing
    june = [one.name for one in listing.table.rows.vouchers]
    shell.desk.hide_amounts()
    shell.desk.set_language("en")
    settle(shell)
    assert (listing.period.period, len(june)) == (("2024-06-01", "2024-06-30"), 6)
    assert [one.name for one in listing.table.rows.vouchers] == june
