"""Asks before an act that no key undoes: what it will do, in words; Enter does it, Escape leaves things as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from bookkeeper.desktop import theme
from bookkeeper.desktop.widgets.overlay import Overlay

if TYPE_CHECKING:
    from bookkeeper.desktop.shell import Shell

WIDTH: Final = 520


class Asking(Overlay):
    """A title, the effect, and two buttons, over the page; the cursor stands on the one that does nothing."""

    def __init__(self, shell: Shell, title: str, effect: str, does: str, do: Callable[[], object]) -> None:
        super().__init__(shell)
        self._do = do
        head, words = QLabel(title), QLabel(effect)
        head.setFont(theme.font_for(title, theme.SECTION, theme.SEMIBOLD))
        words.setFont(theme.font_for(effect))
        for label in (head, words):
            label.setWordWrap(True)
        self.yes, self.no = QPushButton(does), QPushButton(shell.desk.say("Leave it"))
        down, row = QVBoxLayout(self), QHBoxLayout()
        down.setContentsMargins(20, 16, 20, 16)
        down.setSpacing(12)
        down.addWidget(head)
        down.addWidget(words)
        row.addStretch(1)
        for button in (self.no, self.yes):
            button.setFont(theme.font_for(button.text()))
            row.addWidget(button)
        down.addLayout(row)
        self.no.clicked.connect(self.close_)
        self.yes.clicked.connect(self._agreed)
        self.setFixedWidth(min(WIDTH, shell.width() - 40))

    def open_(self) -> None:
        """Show it in the middle."""
        self.show_in_the_middle(part=3)
        self.no.setFocus()

    def _agreed(self) -> None:
        self.close_()
        self._do()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Arrows choose, Enter presses, Escape leaves; nothing goes through to the page."""
        keys = Qt.Key
        if event.key() == keys.Key_Escape:
            self.close_()
        elif event.key() in {keys.Key_Left, keys.Key_Right, keys.Key_Tab}:
            (self.yes if self.no.hasFocus() else self.no).setFocus()
        elif event.key() in {keys.Key_Return, keys.Key_Enter}:
            (self.yes if self.yes.hasFocus() else self.no).click()
        event.accept()
