"""The tabs of a page: words in a row, the open one in accent over its rule, each with its count or its key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.widgets.keycap import HEIGHT, baseline, paint_cap
from bookkeeper.desktop.widgets.lettering import width_of

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

TALL: Final = 34
_GAP: Final = 8


class Tabs(QWidget):
    """The row of tabs. `chosen` tells which one is wanted."""

    chosen = Signal(int)

    def __init__(self, desk: Desk, caps: Sequence[str]) -> None:
        super().__init__()
        self._desk = desk
        self.setFixedHeight(TALL)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(28)
        self._tabs = [_Tab(desk, cap) for cap in caps]
        for at, tab in enumerate(self._tabs):
            tab.clicked.connect(lambda _checked=False, place=at: self.chosen.emit(place))
            row.addWidget(tab)
        row.addStretch(1)

    def name(self, texts: Sequence[str], counts: Sequence[str] = ()) -> None:
        """The words of the tabs, in the reader's language, and what stands small beside them."""
        for at, tab in enumerate(self._tabs):
            tab.count = counts[at] if at < len(counts) else ""
            tab.setText(texts[at])
            tab.setAccessibleName(texts[at])
            tab.updateGeometry()
            tab.update()

    def open(self, place: int) -> None:
        """Mark a tab as the open one."""
        for at, tab in enumerate(self._tabs):
            tab.setChecked(at == place)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        QPainter(self).fillRect(0, TALL - 1, self.width(), 1, self._desk.theme.color("line"))


class _Tab(QAbstractButton):
    """One tab."""

    def __init__(self, desk: Desk, cap: str) -> None:
        super().__init__()
        self._desk, self._cap, self.count = desk, cap, ""
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _beside(self) -> int:
        if self._cap:
            return _GAP + width_of(self._cap, theme.NOTE, theme.MEDIUM) + 10
        return _GAP + width_of(self.count, theme.HEAD, theme.REGULAR) if self.count else 0

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(width_of(self.text(), theme.WORK, theme.SEMIBOLD) + self._beside(), TALL)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter, colours, here = QPainter(self), self._desk.theme, self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        weight = theme.SEMIBOLD if here else theme.REGULAR
        wide = width_of(self.text(), theme.WORK, weight)
        painter.setFont(theme.font_for(self.text(), theme.WORK, weight))
        painter.setPen(colours.color("accent" if here else "ink2"))
        painter.drawText(0, baseline(0, TALL - 2, theme.WORK), self.text())
        if self._cap:
            paint_cap(
                painter, wide + _GAP, (TALL - HEIGHT) // 2 - 1, self._cap, colours.color("ink2"), colours.color("line2")
            )
        elif self.count:
            painter.setFont(theme.font_for(self.count, theme.HEAD))
            painter.setPen(colours.color("ink3"))
            painter.drawText(wide + _GAP, baseline(0, TALL - 2, theme.WORK), self.count)
        if here:
            painter.fillRect(0, TALL - 2, wide, 2, colours.color("accent"))
        if self.hasFocus():
            painter.setPen(colours.color("accent"))
            painter.drawRoundedRect(1, 4, self.width() - 2, TALL - 9, 3, 3)
