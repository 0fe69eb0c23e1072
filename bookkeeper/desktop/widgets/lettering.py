"""Text as our own widgets paint it: how wide it is, where it stands, as much of it as has room, and amounts hidden."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from bookkeeper.desktop import theme

HIDDEN: Final = "••••"
"""What stands for an amount while a queue looks at the screen."""


def width_of(text: str, size: int = theme.WORK, weight: int = theme.REGULAR) -> int:
    """How wide a text is, in pixels."""
    return QFontMetrics(theme.font_for(text, size, weight)).horizontalAdvance(text)


def begun(text: str) -> str:
    """With a capital, where it stands by itself."""
    return text[:1].upper() + text[1:]


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


def wrapped(text: str, room: int, size: int = theme.WORK, weight: int = theme.REGULAR) -> list[str]:
    """A text in as many lines as it needs; a word that is broader than the room is broken where it must be."""
    if width_of(text, size, weight) <= room:
        return [text]
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size, weight) > room:
            lines.append(line)
            longer = word
        while width_of(longer, size, weight) > room and len(longer) > 1:
            part = next((at for at in range(len(longer) - 1, 1, -1) if width_of(longer[:at], size, weight) <= room), 1)
            lines.append(longer[:part])
            longer = longer[part:]
        line = longer
    return [*lines, line]


def cut(text: str, room: int, size: int = theme.WORK, weight: int = theme.REGULAR) -> str:
    """A text, with an ellipsis for what of it has no room."""
    return QFontMetrics(theme.font_for(text, size, weight)).elidedText(text, Qt.TextElideMode.ElideRight, room)


def fitted(text: str, room: int, size: int = theme.WORK, weight: int = theme.REGULAR) -> str:
    """As many whole words of a text as have room."""
    words = text.split(" ")
    whole = len(words)
    while len(words) > 1 and width_of(" ".join(words), size, weight) > room:
        words.pop()
    return text if len(words) == whole else " ".join(words).rstrip(",;–")
