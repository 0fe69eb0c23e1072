"""The list that drops under a picker: rows with the fitting letters marked, kind and figure; its keys at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.matching import Match, Span
from bookkeeper.desktop.widgets.keycap import HEIGHT, baseline, cap_width, paint_cap
from bookkeeper.desktop.widgets.lettering import HIDDEN, width_of, write

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

ROW, FOOT, EDGE, MOST_ROWS, LEAST_WIDTH = 30, 34, 4, 8, 420
MARKED: Final = 700
_PAD: Final = 8
_KIND_AT: Final = 0.5
_SHADOW: Final = 70


class PickerList(QWidget):
    """The rows. It never takes the focus: the line above it keeps the cursor."""

    pressed = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._matches: Sequence[Match] = ()
        self._create, self._count, self._keys = "", "", ()  # type: tuple[str, str, Sequence[tuple[str, str]]]
        self._current = self._top = 0
        self.is_chosen = False
        """Whether the user went to the row, by a key or the mouse."""
        self._rows = MOST_ROWS
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("pickerlist")
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(10)
        shadow.setOffset(0, 3)
        colour = QColor(desk.theme.color("ink")) if desk.theme is theme.LIGHT else QColor(Qt.GlobalColor.black)
        colour.setAlpha(_SHADOW)
        shadow.setColor(colour)
        self.setGraphicsEffect(shadow)
        self.hide()

    # ---------------------------------------------------------------------------------------------------- content

    def fill(self, matches: Sequence[Match], create: str, count: str, keys: Sequence[tuple[str, str]]) -> None:
        """Show these; `create` is the last row, "" where nothing can be made here."""
        self._matches, self._create, self._count, self._keys = matches, create, count, keys
        self._current = self._top = 0
        self.is_chosen = False
        self.update()

    @property
    def rows(self) -> int:
        """How many rows there are, with the one that creates."""
        return len(self._matches) + bool(self._create)

    @property
    def current(self) -> int:
        """The row that Enter takes."""
        return self._current

    def step(self, steps: int) -> None:
        """Go up or down; at an end the cursor stays."""
        self._current, self.is_chosen = max(0, min(self.rows - 1, self._current + steps)), True
        self._top = max(min(self._top, self._current), self._current - self._rows + 1)
        self.update()

    @property
    def a_page(self) -> int:
        """How many rows are seen at once."""
        return self._rows

    # --------------------------------------------------------------------------------------------------- geometry

    def open_under(self, line: QWidget, right: int | None) -> None:
        """Show it under a line (over it where there is no room), from its left edge to a place of the window."""
        window = line.window()
        at = line.mapTo(window, QPoint(0, 0))
        width = max((right - at.x()) if right else line.width(), LEAST_WIDTH)
        left = max(0, min(at.x(), window.width() - width - EDGE))
        below = window.height() - at.y() - line.height() - 2 * EDGE
        above = at.y() - 2 * EDGE
        wanted = self._height(min(self.rows, MOST_ROWS))
        under = wanted <= below or below >= above
        room = max(1, ((below if under else above) - FOOT - 2 * EDGE) // ROW)
        self._rows = max(1, min(self.rows, MOST_ROWS, room))
        height = self._height(self._rows)
        top = at.y() + line.height() + EDGE if under else at.y() - EDGE - height
        self.setGeometry(QRect(left, top, width, height))
        self.raise_()
        self.show()

    def _height(self, rows: int) -> int:
        return 2 * EDGE + rows * ROW + FOOT

    # ----------------------------------------------------------------------------------------------------- painting

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._desk.theme
        painter.setPen(QPen(colours.color("edge"), 1))
        painter.setBrush(colours.color("raised"))
        painter.drawRoundedRect(QRectF(0.5, 0.5, self.width() - 1, self.height() - 1), 4, 4)
        for place in range(self._rows):
            row = self._top + place
            if row < self.rows:
                self._paint_row(painter, row, EDGE + place * ROW)
        self._paint_foot(painter)

    def _paint_row(self, painter: QPainter, row: int, top: int) -> None:
        colours = self._desk.theme
        if row == self._current and (row < len(self._matches) or self.is_chosen):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color("tint"))
            painter.drawRoundedRect(QRectF(EDGE, top, self.width() - 2 * EDGE, ROW), 3, 3)
        if row >= len(self._matches):
            self._paint_create(painter, top)
            return
        match = self._matches[row]
        one = match.candidate
        figure = HIDDEN if self._desk.hides_amounts and one.figure else one.figure
        right = self.width() - EDGE - _PAD
        figure_width = width_of(figure)
        self._text(painter, right - figure_width, top, figure, "ink")
        kind_left = self._kind_left(figure_width, one.kind)
        self._text(painter, kind_left, top, one.kind, "ink2", theme.HEAD)
        self._paint_name(painter, match, top, kind_left - _PAD)

    def _kind_left(self, figure_width: int, kind: str) -> int:
        room = self.width() - EDGE - 2 * _PAD - figure_width - width_of(kind, theme.HEAD)
        return min(int(self.width() * _KIND_AT), room)

    def _paint_name(self, painter: QPainter, match: Match, top: int, right: int) -> None:
        """The name in the reader's language with its marked letters, or the other one where only that fits."""
        one = match.candidate
        shows_other = bool(one.other) and (self._desk.language.code != "en" or (match.in_other and not match.in_name))
        text, spans = (one.other, match.in_other) if shows_other else (one.name, match.in_name)
        left = EDGE + _PAD - 2
        if match.in_key and not spans:
            left = self._runs(painter, left, top, one.key, match.in_key, right) + 2 * _PAD
        self._runs(painter, left, top, text, spans, right)

    def _runs(self, painter: QPainter, left: int, top: int, text: str, spans: Sequence[Span], right: int) -> int:
        """Paint a text whose spans are marked; the answer is where it ends."""
        done = 0
        for start, end in (*spans, (len(text), len(text))):
            left = self._run(painter, left, top, text[done:start], right, marked=False)
            left = self._run(painter, left, top, text[start:end], right, marked=True)
            done = end
        return left

    def _run(self, painter: QPainter, left: int, top: int, text: str, right: int, *, marked: bool) -> int:
        if not text:
            return left
        ink, weight = ("accent", MARKED) if marked else ("ink", theme.REGULAR)
        painter.save()
        painter.setClipRect(QRect(left, top, max(0, right - left), ROW))
        at = baseline(top, ROW, theme.WORK)
        end = write(painter, left, at, text, self._desk.theme.color(ink), theme.WORK, weight)
        painter.restore()
        return end

    def _paint_create(self, painter: QPainter, top: int) -> None:
        painter.setPen(QPen(self._desk.theme.color("line"), 1))
        painter.drawLine(EDGE, top, self.width() - EDGE, top)
        self._text(painter, EDGE + _PAD - 2, top, self._create, "accent")

    def _text(self, painter: QPainter, left: int, top: int, text: str, ink: str, size: int = theme.WORK) -> None:
        write(painter, left, baseline(top, ROW, theme.WORK), text, self._desk.theme.color(ink), size)

    def _paint_foot(self, painter: QPainter) -> None:
        colours = self._desk.theme
        top = self.height() - FOOT
        painter.setPen(QPen(colours.color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawLine(1, top, self.width() - 1, top)
        left = EDGE + _PAD - 2
        at = baseline(top, FOOT, theme.NOTE)
        right = self.width() - EDGE - _PAD - width_of(self._count, theme.NOTE)
        write(painter, right, at, self._count, colours.color("ink3"), theme.NOTE)
        for key, does in self._keys:
            needed = cap_width(key) + 6 + width_of(does, theme.NOTE)
            if left + needed > right - _PAD:
                break
            ink, line = colours.color("ink2"), colours.color("line2")
            width = paint_cap(painter, left, top + (FOOT - HEIGHT) // 2, key, ink, line)
            write(painter, left + width + 6, at, does, ink, theme.NOTE)
            left += needed + 16

    # ------------------------------------------------------------------------------------------------------ the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        row = self._top + (int(event.position().y()) - EDGE) // ROW
        if 0 <= row < self.rows and event.position().y() < self.height() - FOOT:
            self._current, self.is_chosen = row, True
            self.update()
            self.pressed.emit(row)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        self.step(-1 if event.angleDelta().y() > 0 else 1)
        event.accept()
