"""The frame: places, the one search, whose books and which year, keys that are true, words and colours at once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QWidget

from benchmarks.window import settle, turn, until
from bookkeeper.commands import entities
from bookkeeper.commands.act import open_office
from bookkeeper.desktop import app, theme
from bookkeeper.desktop.key_sheet import KeySheet
from bookkeeper.desktop.keys import BY_NAME, KEYS, PLACES
from bookkeeper.desktop.page import Page
from bookkeeper.desktop.pages.welcome import make_books
from bookkeeper.desktop.palette import Palette
from bookkeeper.desktop.shell import Shell
from bookkeeper.desktop.widgets.asking import Asking
from tests.desktop.hands import Hands

KEY = Qt.Key
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
NAMES = ("meeting", "vouchers", "registers", "printing")


def go(shell: Shell, typed: str) -> Palette:
    """Ctrl+K and some letters, when the books have answered too."""
    hands = Hands(shell)
    hands.press(KEY.Key_K, CONTROL)
    found = next(one for one in shell.findChildren(Palette) if one.isVisible())
    hands.type(typed)
    turn(120)
    settle(shell)
    return found


def take(shell: Shell) -> None:
    Hands(shell).press(KEY.Key_Return)
    turn()
    settle(shell)


def is_closed(shell: Shell) -> bool:
    return shell.desk.year_is_closed


def opened(shell: Shell, name: str) -> Page:
    page = shell.open(name)
    settle(shell)
    return page


def test_each_place_has_its_number(shell: Shell) -> None:
    for number, name in enumerate(NAMES):
        Hands(shell).press(KEY(KEY.Key_1 + number), ALT)
        settle(shell)
        assert shell.place == name


def test_the_key_bar_is_true_and_no_key_has_two_meanings(shell: Shell) -> None:
    for name in NAMES:
        keys_are_true(shell, opened(shell, name))


def keys_are_true(shell: Shell, page: Page) -> None:
    assert len(page.keys()) <= 8
    assert set(page.keys()) <= set(BY_NAME)
    shown = page.keys()
    for key in shown:
        assert not BY_NAME[key].is_shortcut or key in page.acts or key in shell.acts, key
    uses = Counter(BY_NAME[act].sequence for act in page.acts)
    uses.pop("", None)
    assert not [sequence for sequence, count in uses.items() if count > 1]
    places = PLACES[: len(NAMES)]
    assert not set(uses) & set(places)


def test_names_of_keys_are_one_each() -> None:
    assert len(BY_NAME) == len(KEYS)


def test_tab_reaches_every_field_and_each_says_its_name(shell: Shell) -> None:
    for name in NAMES:
        tab_reaches(shell, opened(shell, name))


def tab_reaches(shell: Shell, page: Page) -> None:
    wanted = {
        one
        for one in page.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not one.focusProxy()
        # of tabs the one that is open takes the cursor; arrows and keys of their own go to the others
        and not (isinstance(one, QAbstractButton) and one.autoExclusive() and not one.isChecked())
    }
    assert wanted
    seen: set[QWidget] = set()
    where = QApplication.focusWidget()
    for _ in range(3 * len(wanted) + 20):
        if where is None:
            break
        seen.add(where)
        shell.focusNextPrevChild(True)  # noqa: FBT003  # Qt's own
        where = QApplication.focusWidget()
    missed = {one for one in wanted - seen if one.isVisible()}
    assert not missed, [(type(one).__name__, one.accessibleName()) for one in missed]
    nameless = [type(one).__name__ for one in wanted if not one.accessibleName()]
    assert not nameless


def test_one_search_finds_registers_members_accounts_and_vouchers(shell: Shell) -> None:
    for typed, place, what in (
        ("cash book", "registers", "cash-book"),
        ("@asha", "registers", "member-statement"),
        ("stationery", "registers", "general-ledger"),
        ("#p1/2024-25", "vouchers", "P1/2024-25"),
        ("रोकड", "registers", "cash-book"),
    ):
        if not typed.isascii():
            shell.desk.set_language("mr")
            settle(shell)
        go(shell, typed)
        take(shell)
        assert shell.place == place
        assert shell.page is not None
        assert what in shell.page.where().values()


def test_an_act_of_the_page_is_found_and_escape_returns_to_the_very_field(shell: Shell) -> None:
    page = opened(shell, "registers")
    before = QApplication.focusWidget()
    palette = go(shell, ">expo")
    assert [choice.candidate.key for choice in palette._shown] == ["export"]
    Hands(shell).press(KEY.Key_Escape)
    turn()
    assert QApplication.focusWidget() is before
    assert page.isVisible()


def test_what_is_typed_stays_while_something_else_is_looked_for_and_words_and_colours_change(shell: Shell) -> None:
    opened(shell, "vouchers")
    hands = Hands(shell)
    hands.press(KEY.Key_F5)
    settle(shell)
    hands.type("stat")
    before = QApplication.focusWidget()
    for key, held in ((KEY.Key_K, CONTROL), (KEY.Key_F3, NONE), (KEY.Key_0, ALT)):
        hands.press(key, held)
        hands.type("zz")
        hands.press(key, held)  # once more, while it is open
        hands.press(KEY.Key_Escape)
        assert QApplication.focusWidget() is before
        assert typed() == "stat"
    shell.desk.set_language("mr")
    settle(shell)
    shell.desk.set_theme("dark")
    settle(shell)
    assert typed() == "stat"
    shell.desk.set_theme("light")
    shell.desk.set_language("en")


def typed() -> str:
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    return line.text()


def test_the_tree_and_the_year(shell: Shell, practice: Path) -> None:
    office = open_office(practice)
    entities.add(office, "", "CL1", "Kudal cluster", "shg", starts="2024-04-01")
    entities.add(office, "", "G2", "Jijau group", "shg", parent="CL1", starts="2024-04-01")
    office.close()
    shell.desk.read_entities()
    settle(shell)
    hands = Hands(shell)
    hands.press(KEY.Key_0, ALT)
    shown = next(one for one in shell.findChildren(Palette) if one.isVisible())._shown
    assert {one.candidate.kind for one in shown} == {"Self-help group"}
    hands.type("jij")
    take(shell)
    assert (shell.desk.code, shell.desk.year) == ("G2", 2024)
    assert shell.top.entity.text() == "Jijau group"
    hands.press(KEY.Key_F3)
    hands.type("savitri")
    take(shell)
    go(shell, ">another year")
    take(shell)
    Hands(shell).type("2023")
    take(shell)
    assert shell.desk.year == 2023
    opened(shell, "registers")
    assert shell.top.year.text() == "Year 2023-24"
    shell.go("registers", name="cash-book", since="2024-10-01", until="2024-10-31")
    settle(shell)
    assert shell.top.year.text() == "Year 2024-25"  # of what is on the page
    shell.go("vouchers", voucher="P1/2023-24")
    settle(shell)
    assert shell.top.year.text() == "Year 2023-24"


def test_others_that_cannot_be_opened_leave_these_open_and_verify_says_that_they_are_sound(
    shell: Shell, tmp_path: Path
) -> None:
    page = opened(shell, "registers")
    shell.desk.open_books(tmp_path / "gone.books")
    settle(shell)
    assert page.isVisible()
    assert "gone.books is not there." in page.notice.first.text()
    assert "The books are as they were." not in page.notice.rest.text()
    go(shell, ">verify")
    take(shell)
    until(lambda: shell.desk.runner.is_idle, "verify")
    turn()
    assert page.notice.isVisible()
    assert page.notice.first.text().startswith("The books are sound")


def test_a_year_is_closed_only_after_it_said_what_that_does(shell: Shell) -> None:
    opened(shell, "registers")
    shell.desk.open_year(2023)
    settle(shell)
    go(shell, ">close the year 2023")
    take(shell)
    asking = next(one for one in shell.findChildren(Asking) if one.isVisible())
    Hands(shell).press(KEY.Key_Return)  # the cursor stands on the button that does nothing
    settle(shell)
    assert not is_closed(shell)
    del asking
    go(shell, ">close the year 2023")
    take(shell)
    Hands(shell).press(KEY.Key_Right)
    Hands(shell).press(KEY.Key_Return)
    settle(shell)
    assert is_closed(shell)
    assert shell.page is not None
    assert shell.page.notice.first.text() == "The year 2023-24 is closed."
    assert shell.top.practice.text() == "Practice books · Closed year"


def test_words_and_colours_change_at_once(shell: Shell) -> None:
    opened(shell, "registers")
    shell.desk.set_language("hi")
    settle(shell)
    assert shell.top.state.text() == "सब दर्ज है"
    shell.desk.set_theme("dark")
    settle(shell)
    assert shell.desk.theme is theme.DARK
    assert shell.grab().toImage().pixelColor(5, 400).name().upper() == theme.DARK.chrome
    shell.desk.set_theme("light")
    shell.desk.set_language("en")


def test_all_keys_lie_over_the_page_until_one_is_pressed(shell: Shell) -> None:
    opened(shell, "registers")
    Hands(shell).type("?")
    (sheet,) = sheets(shell)
    QTest.keyClick(sheet, KEY.Key_A)
    turn()
    assert not sheets(shell)


def test_alt_held_alone_shows_the_keys_until_it_is_let_go(shell: Shell) -> None:
    window = shell.windowHandle()
    QTest.keyPress(window, KEY.Key_Alt)
    QTest.keyClick(window, KEY.Key_3, ALT)
    turn(600)
    assert not sheets(shell)
    assert shell.place == "registers"
    QTest.keyRelease(window, KEY.Key_Alt)
    shell.open("meeting")
    settle(shell)
    before = QApplication.focusWidget()
    QTest.keyPress(window, KEY.Key_Alt)
    until(lambda: sheets(shell), "the keys")
    assert QApplication.focusWidget() is before
    QTest.keyRelease(window, KEY.Key_Alt)
    turn()
    assert not sheets(shell)


def sheets(shell: Shell) -> list[KeySheet]:
    return [one for one in shell.findChildren(KeySheet) if one.isVisible()]


def test_place_and_language_are_remembered(
    application: QApplication, practice: Path, kept: QSettings, tmp_path: Path
) -> None:
    assert application is not None
    kept.setValue("place", "registers")
    kept.setValue("language", "mr")
    shell = app.window(practice, kept)
    until(lambda: shell.page is not None, "the first page")
    settle(shell)
    assert shell.place == "registers"
    assert shell.top.state.text() == "सर्व नोंदवले"
    shell.close()
    turn()
    again = app.window(None, kept)
    until(lambda: again.page is not None, "the first page")
    assert again.desk.path == practice
    again.close()
    turn()
    del tmp_path


def test_books_that_cannot_be_opened_are_said_in_words_and_others_can_be(
    application: QApplication, kept: QSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert application is not None
    shell = app.window(tmp_path / "gone.books", kept)
    until(lambda: shell.page is not None, "the welcome")
    settle(shell)
    assert shell.place == "welcome"
    assert shell.page is not None
    assert shell.page.notice.isVisible()
    assert not shell.navigation.isVisible()
    out = tmp_path / "mine"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    make_books(shell.desk, tmp_path / "mine.books")
    until(lambda: shell.desk.office is not None, "new books")
    settle(shell)
    assert shell.page.title.text() == "Empty books"
    assert shell.top.user.text() == "Acts"  # "owner" is nobody's name
    shell.close()
    turn()
