"""What stands where there is nothing to show: one sentence, what to do, and the one act that does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.widgets.keycap import MainButton

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

WIDTH: Final = 500


class Blank(QWidget):
    """A block at the left, over the paper of its parent; hidden until something is said. `act` is its button."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.first, self.rest, self.act = QLabel(), QLabel(), MainButton(desk)
        self._do: Callable[[], object] | None = None
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        for label in (self.first, self.rest):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            down.addWidget(label)
        self.rest.setProperty("rank", "second")
        row = QHBoxLayout()
        row.addWidget(self.act)
        row.addStretch(1)
        down.addLayout(row)
        down.addStretch(1)  # it is as high as its parent: what is said may grow in another language or dress
        self.act.clicked.connect(self.do)
        self.setFixedWidth(WIDTH)
        self.hide()

    def show_said(
        self, first: str, rest: str = "", *, act: str = "", key: str = "", do: Callable[[], object] | None = None
    ) -> None:
        """Say it, in the reader's language; with an act, its button and what it does."""
        self._do = do
        for label, text, size, weight in (
            (self.first, first, theme.SECTION, theme.SEMIBOLD),
            (self.rest, rest, theme.WORK, theme.REGULAR),
        ):
            label.setFont(theme.font_for(text, size, weight))
            label.setText(text)
            label.setVisible(bool(text))
        self.act.show_act(act, key)
        self.setAccessibleName(f"{first} {rest}".strip())
        wide, high = _room(self.parent())
        self.setFixedSize(min(WIDTH, max(wide, 1)), max(high, 1))
        self.show()
        self.raise_()

    def do(self) -> None:
        """Do what the button does; nothing where there is none."""
        if self.isVisible() and self._do is not None:
            self._do()


def _room(parent: QObject | None) -> tuple[int, int]:
    return (parent.width(), parent.height()) if isinstance(parent, QWidget) else (WIDTH, WIDTH)
