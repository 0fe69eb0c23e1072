"""A key as it stands on a cap, and the one main act of a page with its key inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from bookkeeper.desktop import theme

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

HEIGHT, PAD, GAP = 18, 5, 8


class KeyCap(QWidget):
    """A keycap and, beside it, what the key does."""

    def __init__(self, key: str, does: str, colours: theme.Theme) -> None:
        super().__init__()
        self._key, self._does, self._theme = key, does, colours
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{key} {does}")

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As wide as its two texts."""
        cap = QFontMetrics(theme.font(theme.NOTE, theme.MEDIUM)).horizontalAdvance(self._key) + 2 * PAD
        word = QFontMetrics(theme.font(theme.NOTE)).horizontalAdvance(self._does)
        return QSize(cap + (6 + word if self._does else 0), HEIGHT + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = paint_cap(painter, 0, 1, self._key, self._theme.color("ink2"), self._theme.color("line2"))
        painter.setPen(self._theme.color("ink2"))
        painter.setFont(theme.font(theme.NOTE))
        painter.drawText(width + 6, baseline(1, HEIGHT, theme.NOTE), self._does)


def baseline(top: int, height: int, size: int) -> int:
    """Where text of a size stands in a row."""
    return top + round(height / 2 + theme.BASELINE * size)


def paint_cap(painter: QPainter, left: int, top: int, key: str, ink: QColor, line: QColor) -> int:
    """Paint a keycap; the answer is its width."""
    font = theme.font(theme.NOTE, theme.MEDIUM)
    width = QFontMetrics(font).horizontalAdvance(key) + 2 * PAD
    painter.setPen(QPen(line, 1))
    painter.drawRoundedRect(QRectF(left + 0.5, top + 0.5, width - 1, HEIGHT - 1), 3, 3)
    painter.setPen(ink)
    painter.setFont(font)
    painter.drawText(left + PAD, baseline(top, HEIGHT, theme.NOTE), key)
    return width


class MainButton(QPushButton):
    """The main act of a page: filled where it can succeed, quiet where it cannot yet; pressing says why."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("main")
        self.setFont(theme.font(theme.WORK, theme.MEDIUM))
        self._key = ""
        self._desk = desk
        self.hide()

    def show_act(self, text: str, key: str, *, quiet: bool = False) -> None:
        """Name the act and its key."""
        self._key = key
        self.setText(text)
        self.setAccessibleName(text)
        self.setProperty("quiet", quiet)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setVisible(bool(text))
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Its text, its key, and the room around them."""
        text = QFontMetrics(self.font()).horizontalAdvance(self.text())
        cap = QFontMetrics(theme.font(theme.NOTE, theme.MEDIUM)).horizontalAdvance(self._key) + 2 * PAD
        return QSize(12 + text + (GAP + cap if self._key else 0) + 12, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        text = self.text()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        quiet = self.property("quiet")
        ink = self._desk.theme.color("ink2" if quiet else "on_accent")
        if self.hasFocus():  # inside, where it stands out from the fill; outside, ink would not
            painter.setPen(QPen(ink, 2))
            painter.drawRoundedRect(QRectF(3, 3, self.width() - 6, self.height() - 6), 2, 2)
        painter.setPen(ink)
        painter.setFont(self.font())
        painter.drawText(12, baseline(0, self.height(), theme.WORK), text)
        if self._key:
            left = 12 + QFontMetrics(self.font()).horizontalAdvance(text) + GAP
            paint_cap(painter, left, (self.height() - HEIGHT) // 2, self._key, ink, ink)
