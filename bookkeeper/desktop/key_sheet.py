"""The overlay of keys: every key of the table, those that work on the open page first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout

from bookkeeper.desktop import theme
from bookkeeper.desktop.keys import KEYS, PLACES, Key
from bookkeeper.desktop.widgets.keycap import KeyCap
from bookkeeper.desktop.widgets.overlay import Overlay

if TYPE_CHECKING:
    from bookkeeper.desktop.shell import Shell

COLUMNS: Final = 3


class KeySheet(Overlay):
    """Shown over the page until a key is pressed; or only while one is held, which leaves the cursor where it is."""

    def __init__(self, shell: Shell, *, is_held: bool = False) -> None:
        super().__init__(shell)
        self._is_held = is_held
        if is_held:
            self.came_from = None
        else:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        shell.desk.dressed.connect(self._anew)
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
                grid.addWidget(KeyCap(key.shown, say(key.does), shell.desk), place // COLUMNS, place % COLUMNS)
            down.addLayout(grid)
        if not is_held:
            foot = QLabel(say("Any key closes this."))
            foot.setFont(theme.font_for(foot.text(), theme.NOTE))
            foot.setProperty("rank", "note")
            down.addWidget(foot)

    def open_(self) -> None:
        """Show it in the middle."""
        self.show_in_the_middle(part=2)
        if not self._is_held:
            self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _anew(self) -> None:
        """Words or colours are others."""
        if self.isVisible() and not self._is_held:
            self.close_()
            KeySheet(self.shell).open_()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Any key closes it."""
        if event.key() not in {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt}:
            self.close_()
        event.accept()
