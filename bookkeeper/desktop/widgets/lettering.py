"""Text as our own widgets paint it: how wide it is, where it stands, as much of it as has room, and amounts hidden."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor, QFontMetrics, QPainter

from bookkeeper.desktop import theme

HIDDEN: Final = "••••"
"""What stands for an amount while a queue looks at the screen."""


def width_of(text: str, size: int = theme.WORK, weight: int = theme.REGULAR) -> int:
    """How wide a text is, in pixels."""
    return QFontMetrics(theme.font_for(text, size, weight)).horizontalAdvance(text)


def write(
    painter: QPainter,
    left: int,
    at: int,
    text: str,
    ink: QColor,
    size: int = theme.WORK,
    weight: int = theme.REGULAR,
) -> int:
    """Paint a text from `left` on, its baseline `at`; the answer is where it ends."""
    painter.setFont(theme.font_for(text, size, weight))
    painter.setPen(ink)
    painter.drawText(left, at, text)
    return left + width_of(text, size, weight)


def fitted(text: str, room: int, size: int = theme.WORK, weight: int = theme.REGULAR) -> str:
    """As many whole words of a text as have room."""
    words = text.split(" ")
    whole = len(words)
    while len(words) > 1 and width_of(" ".join(words), size, weight) > room:
        words.pop()
    return text if len(words) == whole else " ".join(words).rstrip(",;–")
