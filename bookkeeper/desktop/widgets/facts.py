"""The figures that a page is about, in boxes beside each other, as a member's leaf has them above its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.widgets.keycap import baseline
from bookkeeper.desktop.widgets.lettering import HIDDEN, width_of, write
from bookkeeper.printing.screen_table import Fact

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

HEIGHT: Final = 50
_GAP, _PAD, _LINE = 12, 12, 22


class Facts(QWidget):
    """Label and figure above, what is to be known of it below; the last, which asks for something, has a ground."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._facts: tuple[Fact, ...] = ()
        self.setFixedHeight(HEIGHT)
        self.hide()

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show these; hidden where there are none."""
        self._facts = facts
        self.setAccessibleName(" ".join(f"{one.label} {one.figure} {one.note}." for one in facts))
        self.setVisible(bool(facts))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count = max(len(self._facts), 1)
        wide = (self.width() - _GAP * (count - 1)) // count
        for place, fact in enumerate(self._facts):
            box = QRect(place * (wide + _GAP), 0, wide, HEIGHT)
            self._paint(painter, fact, box, is_asked=place == count - 1 and count > 1)

    def _paint(self, painter: QPainter, fact: Fact, box: QRect, *, is_asked: bool) -> None:
        color = self._desk.theme.color
        painter.setPen(QPen(color("accent" if is_asked else "line2"), 1))
        painter.setBrush(color("tint") if is_asked else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 4, 4)
        left, figure = box.left() + _PAD, HIDDEN if self._desk.hides_amounts else fact.figure
        note = fact.note if not self._desk.hides_amounts else ""
        above, below = baseline(3, _LINE, theme.WORK), baseline(3 + _LINE, _LINE, theme.HEAD)
        write(painter, left, above, fact.label, color("ink"), theme.WORK, theme.MEDIUM)
        right = box.right() - _PAD - width_of(figure, theme.SECTION, theme.SEMIBOLD)
        write(painter, right, above, figure, color("ink"), theme.SECTION, theme.SEMIBOLD)
        write(painter, left, below, note, color("ink2"), theme.HEAD)
