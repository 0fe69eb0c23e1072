"""The overlay of keys: every key of the table, those that work on the open page first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.keys import KEYS, PLACES, Key
from bookkeeper.desktop.widgets.keycap import KeyCap

if TYPE_CHECKING:
    from bookkeeper.desktop.shell import Shell

COLUMNS: Final = 3


class KeySheet(QFrame):
    """Shown over the page until a key is pressed."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setObjectName("overlay")
        self._shell = shell
        self._came_from: QWidget | None = shell.focusWidget()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        say, down = shell.desk.say, QVBoxLayout(self)
        down.setContentsMargins(20, 14, 20, 14)
        down.setSpacing(10)
        page = shell.page
        here = set(page.acts) | set(page.keys()) if page else set()
        own = [key for key in KEYS if key.name in here]
        window = [key for key in KEYS if key.name in shell.acts and key not in own]
        places = [Key("", key, place.title) for key, place in zip(PLACES, shell.desk.places, strict=False)]
        for title, keys in ((say("On this page"), own), (say("Everywhere"), [*places, *window])):
            if not keys:
                continue
            head = QLabel(title)
            head.setFont(theme.font_for(title, theme.SECTION, theme.SEMIBOLD))
            down.addWidget(head)
            grid = QGridLayout()
            grid.setHorizontalSpacing(28)
            grid.setVerticalSpacing(4)
            for place, key in enumerate(keys):
                grid.addWidget(KeyCap(key.shown, say(key.does), shell.desk.theme), place // COLUMNS, place % COLUMNS)
            down.addLayout(grid)
        foot = QLabel(say("Any key closes this."))
        foot.setFont(theme.font_for(foot.text(), theme.NOTE))
        foot.setProperty("rank", "note")
        down.addWidget(foot)

    def open_(self) -> None:
        """Show it in the middle."""
        self.adjustSize()
        self.move((self._shell.width() - self.width()) // 2, (self._shell.height() - self.height()) // 2)
        self.show()
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Any key closes it."""
        if event.key() not in {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt}:
            self.hide()
            if self._came_from is not None and self._came_from.isVisible():
                self._came_from.setFocus()
            self.deleteLater()
        event.accept()
