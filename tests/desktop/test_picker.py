"""The picker and the fields for days and periods, by keys."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from bookkeeper.desktop.desk import Desk
from bookkeeper.desktop.matching import Candidate
from bookkeeper.desktop.widgets.date_field import DateField
from bookkeeper.desktop.widgets.period_field import PeriodField
from bookkeeper.desktop.widgets.picker import ACCOUNTS, Picker

KEY = Qt.Key
CANDIDATES = (
    Candidate("1010", "District Co-op Bank", "जिल्हा सहकारी बँक", "Bank", "21,241.75 Dr", is_preferred=True),
    Candidate("2100", "Bank loan", "बँक कर्ज", "Borrowing", "40,000.00 Cr"),
    Candidate("4100", "Bank charges", "बँक शुल्क", "Expense", "–"),
    Candidate("1000", "Cash in hand", "रोख शिल्लक", "Cash", "1,240.00 Dr"),
)


@pytest.fixture
def desk(application: QApplication, kept: QSettings) -> Iterator[Desk]:
    assert application is not None
    made = Desk(kept)
    yield made
    made.close()


@pytest.fixture
def stage(desk: Desk) -> Iterator[QWidget]:
    made = QWidget()
    QVBoxLayout(made)
    made.resize(700, 500)
    yield made
    made.close()
    made.deleteLater()
    assert desk is not None


def write(widget: QWidget, text: str) -> None:
    """Type letters of any script (QTest's own knows Latin alone)."""
    for letter in text:
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))


def put(stage: QWidget, widget: QWidget) -> None:
    layout = stage.layout()
    assert layout is not None
    layout.addWidget(widget)
    layout.addWidget(QLineEdit())
    stage.show()
    stage.activateWindow()
    assert QTest.qWaitForWindowActive(stage)
    widget.setFocus(Qt.FocusReason.TabFocusReason)


@pytest.fixture
def picker(desk: Desk, stage: QWidget) -> Picker:
    made = Picker(desk, ACCOUNTS)
    made.set_candidates(CANDIDATES)
    put(stage, made)
    return made


@pytest.mark.parametrize(
    ("typed", "key"), [("ba", "1010"), ("bank l", "2100"), ("41", "4100"), ("रोख", "1000"), ("कर्", "2100")]
)
def test_letters_code_and_either_script_choose(picker: Picker, typed: str, key: str) -> None:
    told: list[str] = []
    picker.chosen.connect(told.append)
    write(picker, typed)
    assert picker.is_open
    QTest.keyClick(picker, KEY.Key_Return)
    assert (told, picker.key, picker.is_open) == ([key], key, False)


def test_arrows_go_down_the_list(picker: Picker) -> None:
    QTest.keyClicks(picker, "ba")
    QTest.keyClick(picker, KEY.Key_Down)
    QTest.keyClick(picker, KEY.Key_Return)
    assert picker.text() == "Bank loan"


def test_tab_takes_and_goes_on(picker: Picker) -> None:
    QTest.keyClicks(picker, "ca")
    QTest.keyClick(picker, KEY.Key_Tab)
    assert picker.key == "1000"
    assert not picker.hasFocus()


def test_escape_keeps_what_was_chosen(picker: Picker) -> None:
    picker.choose("1000")
    QTest.keyClicks(picker, "ba")
    QTest.keyClick(picker, KEY.Key_Escape)
    assert (picker.key, picker.text(), picker.is_open) == ("1000", "Cash in hand", False)


def test_letters_that_fit_nothing_offer_to_create(picker: Picker) -> None:
    told: list[str] = []
    picker.creates.connect(told.append)
    QTest.keyClicks(picker, "Zebra")
    QTest.keyClick(picker, KEY.Key_Return)
    QTest.keyClick(picker, KEY.Key_C, Qt.KeyboardModifier.AltModifier)
    assert told == ["Zebra"], "Enter by habit makes nothing"
    picker.setFocus()
    QTest.keyClicks(picker, "201")
    assert picker.text() == "201", "figures typed after it are no part of a name"
    QTest.keyClicks(picker, "Z")
    QTest.keyClick(picker, KEY.Key_Down)
    QTest.keyClick(picker, KEY.Key_Return)
    assert told == ["Zebra", "201Z"]


def test_the_list_ends_on_a_rule(picker: Picker) -> None:
    picker.right_edge = lambda: 611
    QTest.keyClicks(picker, "b")
    shown = picker._list
    assert shown is not None
    assert shown.geometry().right() + 1 == 611
    assert shown.focusPolicy() is Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ("5", "2024-06-05"),
        ("5-4", "2024-04-05"),
        ("+", "2024-06-13"),
        ("-", "2024-06-11"),
        ("++", "2024-06-14"),
        ("m", "2024-06-01"),
        ("h", "2024-06-30"),
        ("y", "2024-04-01"),
        ("r", "2025-03-31"),
    ],
)
def test_keys_of_a_date(desk: Desk, stage: QWidget, keys: str, day: str) -> None:
    field = DateField(desk)
    field.set_date("2024-06-12")
    put(stage, field)
    QTest.keyClicks(field.edit, keys)
    QTest.keyClick(field.edit, KEY.Key_Return)
    assert field.date == day


def test_page_keys_go_a_month_and_the_weekday_is_said(desk: Desk, stage: QWidget) -> None:
    field = DateField(desk)
    field.set_date("2024-04-04")
    put(stage, field)
    assert field.note.text() == "Thursday; 4 is enough"
    QTest.keyClick(field.edit, KEY.Key_PageDown)
    assert (field.date, field.edit.text()) == ("2024-05-04", "04-05-2024")


def test_a_day_that_is_none_is_refused_beside_the_field(desk: Desk, stage: QWidget) -> None:
    field = DateField(desk)
    field.set_date("2024-02-01")
    put(stage, field)
    QTest.keyClicks(field.edit, "31")
    QTest.keyClick(field.edit, KEY.Key_Return)
    assert field.is_wrong
    assert field.note.text() == "February has no 31st day."
    assert field.date == "2024-02-01"


def test_a_period_by_words_and_arrows(desk: Desk, stage: QWidget) -> None:
    field = PeriodField(desk)
    field.set_period("2024-04-01", "2025-03-31")
    put(stage, field)
    told: list[tuple[str, str]] = []
    field.changed.connect(lambda since, until: told.append((since, until)))
    QTest.keyClicks(field.edit, "april")
    QTest.keyClick(field.edit, KEY.Key_Return)
    QTest.keyClick(field.edit, KEY.Key_Right, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(field.edit, KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert told == [("2024-04-01", "2024-04-30"), ("2024-05-01", "2024-05-31"), ("2024-04-01", "2024-06-30")]
