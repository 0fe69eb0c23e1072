"""The strip under the grid: what the cell under the cursor is made of, and one sentence of what differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.widgets.icons import icon
from bookkeeper.desktop.widgets.keycap import baseline
from bookkeeper.desktop.widgets.lettering import cut, width_of, wrapped, write

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

TALL, LOW, TIGHT = 76, 36, 28
_PAD: Final = 12
_COLUMN_GAP: Final = 20
_LINE: Final = 17


@dataclass(frozen=True, slots=True)
class StripText:
    """What the strip says, in the reader's language.

    A sentence of what differs (or, `is_wrong`, is no amount), whose cell it is, and figures with their labels; `line`
    says the same in one line, for a low window.
    """

    sentence: str = ""
    is_wrong: bool = False
    who: str = ""
    about: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    line: str = ""


class Strip(QWidget):
    """The strip: TALL, or with one line in a low window."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._text = desk, StripText()
        self.setFixedHeight(TALL)

    def say(self, text: StripText) -> None:
        """Show this."""
        if text != self._text:
            self._text = text
            spoken = " ".join(f"{label} {figure}" for label, figure in text.figures)
            self.setAccessibleName(" ".join(filter(None, (text.sentence, text.who, text.about, spoken))))
            self.update()

    @property
    def text(self) -> StripText:
        """What it says."""
        return self._text

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter, colours = QPainter(self), self._desk.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.color("chrome"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        if self.height() <= LOW:
            self._sentence(painter, self.height(), self._text.sentence or self._text.line)
            return
        if self._text.sentence:
            self._sentence(painter, LOW, self._text.sentence)
        if self._text.is_wrong and width_of(self._text.sentence) > self.width() - 2 * _PAD - 24:
            return
        top = 34 if self._text.sentence else 20
        self._who(painter, top)
        self._figures(painter, top)

    def _sentence(self, painter: QPainter, height: int, text: str) -> None:
        differs = bool(self._text.sentence)
        token = "brick" if self._text.is_wrong else "amber" if differs else "ink2"
        left = _PAD
        if differs:
            picture = icon("warning", self._desk.theme.color(token).name(), 16, self.devicePixelRatioF())
            painter.drawPixmap(_PAD, (height - 16) // 2, picture)
            left += 24
        room, ink = self.width() - left - _PAD, self._desk.theme.color(token)
        lines = wrapped(text, room)
        alone = self.height() if self._text.is_wrong else height
        if len(lines) == 1 or alone < LOW:
            write(painter, left, baseline(0, height, theme.WORK), cut(text, room), ink)
            return
        lines = wrapped(text, room, theme.NOTE)
        tall = min(alone // _LINE, len(lines))
        lines = [*lines[: tall - 1], cut(" ".join(lines[tall - 1 :]), room, theme.NOTE)]
        top = (alone - tall * _LINE) // 2
        for place, line in enumerate(lines):
            write(painter, left, baseline(top + place * _LINE, _LINE, theme.NOTE), line, ink, theme.NOTE)

    def _who(self, painter: QPainter, top: int) -> None:
        for text, size, weight, ink, at in (
            (self._text.who, theme.HEAD, theme.MEDIUM, "ink", 0),
            (self._text.about, theme.NOTE, theme.REGULAR, "ink2", 17),
        ):
            write(painter, _PAD + 24, baseline(top + at, 18, size), text, self._desk.theme.color(ink), size, weight)

    def _figures(self, painter: QPainter, top: int) -> None:
        """From the right, label above figure; those at the left are left out where there is no room."""
        whole = [
            (
                label,
                figure,
                max(width_of(label, theme.NOTE, theme.REGULAR), width_of(figure, theme.WORK, theme.SEMIBOLD)),
            )
            for label, figure in self._text.figures
        ]
        taken = max(
            width_of(self._text.who, theme.HEAD, theme.MEDIUM), width_of(self._text.about, theme.NOTE, theme.REGULAR)
        )  # fmt: skip
        right = self.width() - _PAD
        for place, (label, figure, wide) in enumerate(reversed(whole)):
            if right - wide < _PAD + 24 + taken + _COLUMN_GAP:
                return
            self._figure(painter, (right, top), label, figure, strong=place == 0)
            right -= max(wide + _COLUMN_GAP, 72)

    def _figure(self, painter: QPainter, at: tuple[int, int], label: str, figure: str, *, strong: bool) -> None:
        right, top = at
        weight = theme.SEMIBOLD if strong else theme.REGULAR
        for text, size, font_weight, ink, down in (
            (label, theme.NOTE, theme.REGULAR, "ink2", -1),
            (figure, theme.WORK, weight, "ink", 17),
        ):
            left, line = right - width_of(text, size, font_weight), baseline(top + down, 18, size)
            write(painter, left, line, text, self._desk.theme.color(ink), size, font_weight)
