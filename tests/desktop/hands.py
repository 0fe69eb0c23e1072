"""What a clerk's hands do: keys alone, counted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.window import turn
from bookkeeper.desktop.shell import Shell

KEY = Qt.Key


class Hands:
    """What a clerk presses, and how often."""

    def __init__(self, shell: Shell) -> None:
        self.shell, self.pressed = shell, 0

    def type(self, text: str) -> None:
        for sign in text:
            self.pressed += 1
            focus = QApplication.focusWidget() or self.shell
            if sign.isascii():
                QTest.keyClicks(focus, sign)
            else:  # what an input method of another script gives
                held = Qt.KeyboardModifier.NoModifier
                QApplication.sendEvent(focus, QKeyEvent(QEvent.Type.KeyPress, 0, held, sign))

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.pressed += 1
        QTest.keyClick(QApplication.focusWidget() or self.shell, key, held)
        turn()

    def enter(self, *texts: str) -> None:
        for text in texts:
            self.type(text)
            self.press(KEY.Key_Return)
