"""The strip under a sheet: what the cell under the cursor is, and what Enter opens. In place of tooltips."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from bookkeeper.desktop import theme
from bookkeeper.desktop.widgets.keycap import KeyCap
from bookkeeper.desktop.widgets.lettering import fitted

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

HEIGHT: Final = 34


class Strip(QFrame):
    """Label and figure at the left, the way down at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._desk = desk
        self.setFixedHeight(HEIGHT)
        self.label, self.figure, self.way = QLabel(), QLabel(), QLabel()
        self._cap: KeyCap | None = None
        self._figure = ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 0, 14, 0)
        self._row.setSpacing(10)
        self.label.setProperty("rank", "second")
        self.way.setProperty("rank", "second")
        self._row.addWidget(self.label)
        self._row.addWidget(self.figure, 1)
        self._row.addWidget(self.way)

    def show_cell(self, label: str, figure: str) -> None:
        """Which cell it is, and what stands in it, in the reader's language."""
        self.label.setFont(theme.font_for(label, theme.HEAD))
        self.figure.setFont(theme.font_for(figure, theme.WORK, theme.SEMIBOLD))
        self.label.setText(label)
        self.label.setVisible(bool(label))
        self._figure = figure
        self._fit()

    def show_way(self, said: str) -> None:
        """What Enter opens; "" where it opens nothing."""
        if self._cap is not None:
            self._cap.deleteLater()
            self._cap = None
        self.way.setFont(theme.font_for(said, theme.HEAD))
        self.way.setText(said)
        if said:
            self._cap = KeyCap("Enter", "", self._desk)
            self._row.addWidget(self._cap)
        self._fit()

    def _fit(self) -> None:
        """A narration that is longer than the strip stands in the sheet already; here as much as has room, in words."""
        room = self.width() - 28 - self.label.sizeHint().width() - self.way.sizeHint().width() - 90
        self.figure.setText(fitted(self._figure, max(room, 60), theme.WORK, theme.SEMIBOLD))
