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

    def __init__(self, key: str, does: str, desk: Desk) -> None:
        super().__init__()
        self._key, self._does, self._desk = key, does, desk
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{key} {does}")

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As wide as its two texts."""
        word = QFontMetrics(theme.font(theme.NOTE)).horizontalAdvance(self._does)
        return QSize(cap_width(self._key) + (6 + word if self._does else 0), HEIGHT + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._desk.theme.color
        width = paint_cap(painter, 0, 1, self._key, color("ink2"), color("line2"))
        painter.setPen(color("ink2"))
        painter.setFont(theme.font(theme.NOTE))
        painter.drawText(width + 6, baseline(1, HEIGHT, theme.NOTE), self._does)


def baseline(top: int, height: int, size: int) -> int:
    """Where text of a size stands in a row."""
    return top + round(height / 2 + theme.BASELINE * size)


def cap_width(key: str) -> int:
    """How wide the cap of a key is."""
    return QFontMetrics(theme.font(theme.NOTE, theme.MEDIUM)).horizontalAdvance(key) + 2 * PAD


def paint_cap(painter: QPainter, left: int, top: int, key: str, ink: QColor, line: QColor) -> int:
    """Paint a keycap; the answer is its width."""
    font = theme.font(theme.NOTE, theme.MEDIUM)
    width = cap_width(key)
    painter.setPen(QPen(line, 1))
    painter.drawRoundedRect(QRectF(left + 0.5, top + 0.5, width - 1, HEIGHT - 1), 3, 3)
    painter.setPen(ink)
    painter.setFont(font)
    painter.drawText(left + PAD, baseline(top, HEIGHT, theme.NOTE), key)
    return width


class ActButton(QPushButton):
    """An act with its key inside."""

    ink, key_ink, key_line = "ink", "ink2", "line2"
    """The tokens of its text, of its key, and of the line around the key."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._key = desk, ""

    def show_act(self, text: str, key: str) -> None:
        """Name the act and its key."""
        self._key = key
        self.setText(text)
        self.setAccessibleName(text)
        self.setFont(theme.font_for(text, theme.WORK, theme.MEDIUM))
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Its text, its key, and the room around them."""
        text = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(12 + text + (GAP + cap_width(self._key) if self._key else 0) + 12, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter, color = QPainter(self), self._desk.theme.color
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_focus(painter)
        painter.setPen(color(self.ink))
        painter.setFont(self.font())
        painter.drawText(12, baseline(0, self.height(), theme.WORK), self.text())
        if self._key:
            left = 12 + QFontMetrics(self.font()).horizontalAdvance(self.text()) + GAP
            top = (self.height() - HEIGHT) // 2
            paint_cap(painter, left, top, self._key, color(self.key_ink), color(self.key_line))

    def paint_focus(self, painter: QPainter) -> None:
        """What shows that keys come here, where the style sheet does not."""


class MainButton(ActButton):
    """The main act of a page: filled where it can succeed, quiet where it cannot yet; pressing says why."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("main")
        self.hide()

    def show_act(self, text: str, key: str, *, quiet: bool = False) -> None:
        """Name the act and its key."""
        super().show_act(text, key)
        self.ink = self.key_ink = self.key_line = "ink2" if quiet else "on_accent"
        self.setProperty("quiet", quiet)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setVisible(bool(text))

    def paint_focus(self, painter: QPainter) -> None:
        """Inside, where it stands out from the fill; outside, ink would not."""
        if self.hasFocus():
            painter.setPen(QPen(self._desk.theme.color(self.ink), 2))
            painter.drawRoundedRect(QRectF(3, 3, self.width() - 6, self.height() - 6), 2, 2)
