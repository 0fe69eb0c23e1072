"""The kinds of voucher as tabs, each with its key; the last one is the list of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.keys import BY_NAME
from bookkeeper.desktop.vouchers.draft import KINDS
from bookkeeper.desktop.vouchers.listing import KIND_NAMES
from bookkeeper.desktop.widgets.keycap import HEIGHT, PAD, baseline, paint_cap

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

TABS, GAP = 34, 28
LIST: Final = "list"


class Tabs(QWidget):
    """`chosen` tells a kind, or "list"."""

    chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._current = ""
        self._ends: list[int] = []
        self.setFixedHeight(TABS)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def mark(self, name: str) -> None:
        """Which one is open; "" where none is."""
        self._current = name
        self.translate()

    def translate(self) -> None:
        """Show every word anew."""
        self.setAccessibleName(self._desk.say("Kind of voucher"))
        self.setAccessibleDescription(self._word(self._current) if self._current else "")
        self.update()

    def _word(self, name: str) -> str:
        return self._desk.say("All vouchers") if name == LIST else self._desk.say(KIND_NAMES[name])

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter, colours = QPainter(self), self._desk.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(0, TABS - 1, self.width(), 1, colours.color("line"))
        left = 0
        self._ends = []
        for name in (*KINDS, LIST):
            here = name == self._current
            text = self._word(name)
            font = theme.font_for(text, theme.WORK, theme.SEMIBOLD if here else theme.REGULAR)
            painter.setFont(font)
            painter.setPen(colours.color("accent" if here else "ink2"))
            painter.drawText(left, baseline(0, TABS - 2, theme.WORK), text)
            end = left + QFontMetrics(font).horizontalAdvance(text)
            cap = BY_NAME["find" if name == LIST else name].shown
            painter.setBrush(Qt.BrushStyle.NoBrush)
            end += 8 + paint_cap(
                painter, end + 8, (TABS - 2 - HEIGHT) // 2, cap, colours.color("ink2"), colours.color("line2")
            )
            if here:
                painter.fillRect(left, TABS - 2, end - left, 2, colours.color("accent"))
                if self.hasFocus():
                    painter.fillRect(left, 2, end - left, 2, colours.color("accent"))
            left = end + GAP
            self._ends.append(left)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(5 * (80 + 2 * PAD + GAP), TABS)

    def _step(self, steps: int) -> None:
        names = [*KINDS, LIST]
        at = names.index(self._current) if self._current in names else 0
        self.chosen.emit(names[max(0, min(len(names) - 1, at + steps))])
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._step(-1 if event.key() == Qt.Key.Key_Left else 1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._current:
            self.chosen.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        at = next((place for place, end in enumerate(self._ends) if event.position().x() < end), -1)
        if at >= 0:
            self.chosen.emit((*KINDS, LIST)[at])

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        super().focusInEvent(event)
        self.update()
