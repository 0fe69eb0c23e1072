"""The real window without a screen, and hands that press its keys, for the measures of the window."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bookkeeper.desktop import app
from bookkeeper.desktop.shell import Shell

NONE = Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
PATIENCE = 60.0


@contextmanager
def window(folder: Path, books: Path, **kept: str) -> Iterator[Shell]:
    """The window with these books open, with nothing kept of former days but what is said; gone at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["XDG_CONFIG_HOME"], os.environ["XDG_DATA_HOME"] = str(folder / "config"), str(folder / "data")
    app.application()
    remembered = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    for key, value in kept.items():
        remembered.setValue(key.replace("__", "/"), value)
    shell = app.window(books, remembered)
    shell.resize(1366, 697)
    until(lambda: shell.page is not None)
    settle(shell)
    shell.activateWindow()
    until(shell.isActiveWindow)
    try:
        yield shell
    finally:
        shell.close()
        settle(shell)
        shell.desk.close()
        shell.deleteLater()
        turn()


def turn(milliseconds: int = 0) -> None:
    """Let Qt do what is due; with a time, go on for so long."""
    end = time.monotonic() + milliseconds / 1000
    while True:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if time.monotonic() >= end:
            return
        time.sleep(0.002)


def until(true: Callable[[], object], what: str = "it") -> None:
    """Wait until something is true, without taking the books' thread its time."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come")
        turn()
        time.sleep(0.002)


def settle(shell: Shell) -> None:
    """Wait until the books' thread has nothing left to do and every answer was shown."""
    for _ in range(2):
        turn()
        until(lambda: shell.desk.runner.is_idle, "the books' answer")


def focus(shell: Shell) -> QWidget:
    """Where keys go."""
    return QApplication.focusWidget() or shell


class Hands:
    """Presses keys and counts them, whatever they are but Shift, Control and Alt alone."""

    def __init__(self, shell: Shell) -> None:
        self.shell, self.pressed = shell, 0

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press keys where the cursor is."""
        for key in keys:
            self.pressed += 1
            QTest.keyClick(focus(self.shell), key, held)
            turn()

    def type(self, text: str) -> None:
        """Type letters or digits, each one a press."""
        for letter in text:
            self.pressed += 1
            QTest.keyClicks(focus(self.shell), letter)
            turn()

    def acts(self, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press keys after which the books are asked, and wait for what they answer."""
        self.press(*keys, held=held)
        settle(self.shell)


class Paintings(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        self.count += event.type() == QEvent.Type.Paint
        return False
