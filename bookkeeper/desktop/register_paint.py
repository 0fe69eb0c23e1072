"""Paints a register's lines, heads, totals and frame: a ruled sheet, not a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from bookkeeper.desktop import theme
from bookkeeper.desktop.sheet_layout import FOOT, LINE, LOWER_STEP, PADDING, STEP, UPPER, SheetLayout
from bookkeeper.desktop.widgets.keycap import baseline
from bookkeeper.desktop.widgets.lettering import HIDDEN
from bookkeeper.printing.figures import FIGURES
from bookkeeper.printing.screen_table import LineKind, ScreenLine, ScreenTable

FIFTH: Final = 5
_DOUBLE: Final = 2


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the cursor stands, from which cell a choice was begun, and whether keys come here."""

    line: int
    place: int
    anchor: tuple[int, int] | None
    has_focus: bool


def weight_of(line: ScreenLine) -> int:
    """How heavy the texts of a line are."""
    return theme.REGULAR if line.kind in {LineKind.ROW, LineKind.NOTE} else theme.SEMIBOLD


def is_merged(table: ScreenTable, line: ScreenLine) -> bool:
    """Whether a line is one sentence over the width."""
    return line.kind is LineKind.NOTE or (line.kind is LineKind.HEADING and not table.sides)


def room_of(table: ScreenTable, layout: SheetLayout, line: ScreenLine, place: int) -> int:
    """How wide the place of a text is: of words in a line of sums, also the empty cells after it."""
    end = place + 1
    if is_merged(table, line):
        end = len(table.columns)
    elif line.kind is not LineKind.ROW and table.columns[place].edge == "left":
        while end < len(table.columns) and not table.text(line, end) and not table.columns[end].begins_side:
            end += 1
    return layout.edges[end] - layout.edges[place]


class SheetPainter:
    """One painting of what is in sight."""

    def __init__(
        self,
        painter: QPainter,
        colours: theme.Theme,
        table: ScreenTable,
        layout: SheetLayout,
        cursor: Cursor,
        *,
        hides: bool,
    ) -> None:
        self._painter, self._colours, self._table, self._layout = painter, colours, table, layout
        self._line, self._place = cursor.line, cursor.place
        self._anchor, self._has_focus, self._hides = cursor.anchor, cursor.has_focus, hides

    def _colour(self, token: str) -> QColor:
        return self._colours.color(token)

    def line(self, number: int, rect: QRect) -> None:
        line = self._table.lines[number]
        current = number == self._line
        ground = self._ground(line, number, current=current)
        if ground:
            self._painter.fillRect(rect, self._colour(ground))
        if self._anchor is not None:
            self._paint_choice(number, rect)
        self._painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._colour("line"))
        merged = is_merged(self._table, line)
        if not merged:
            self._paint_column_rules(rect)
        if current and self._has_focus:
            self._paint_ring(rect, merged=merged)
        for i in range(len(self._table.columns)):
            text = self._table.text(line, i)
            if text:
                lines = self._layout.broken.get((number, i), [text])
                self._paint_text(line, i, lines, rect, LINE)
        if line.kind is LineKind.SUM:
            self._paint_sum_rules(line, rect)

    def _ground(self, line: ScreenLine, number: int, *, current: bool) -> str:
        if current:
            return "row"
        return "band" if number % FIFTH == FIFTH - 1 and line.kind is LineKind.ROW else ""

    def _paint_choice(self, number: int, rect: QRect) -> None:
        anchor = self._anchor
        if anchor is None:
            return
        if min(anchor[0], self._line) <= number <= max(anchor[0], self._line):
            first, last = min(anchor[1], self._place), max(anchor[1], self._place)
            left, right = self._layout.edges[first], self._layout.edges[last + 1]
            self._painter.fillRect(left, rect.top(), right - left, rect.height(), self._colour("tint"))

    def _paint_column_rules(self, rect: QRect) -> None:
        for i, one in enumerate(self._table.columns):
            if i == 0:
                continue
            x = self._layout.edges[i]
            if one.begins_side:
                self._painter.fillRect(x - _DOUBLE, rect.top(), 1, rect.height(), self._colour("edge"))
                self._painter.fillRect(x, rect.top(), 1, rect.height(), self._colour("edge"))
            else:
                token = "line2" if one.begins_group else "line"
                self._painter.fillRect(x, rect.top(), 1, rect.height(), self._colour(token))

    def _paint_ring(self, rect: QRect, *, merged: bool) -> None:
        left = 0 if merged else self._layout.edges[self._place]
        right = self._layout.width if merged else self._layout.edges[self._place + 1]
        ring = QRect(left + 1, rect.top(), right - left - 1, rect.height() - 1)
        self._painter.fillRect(ring, self._colour("page"))
        self._painter.setPen(QPen(self._colour("accent"), 2))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(ring.adjusted(1, 1, -1, -1))

    def _paint_text(self, line: ScreenLine, place: int, lines: list[str], rect: QRect, height: int) -> None:
        one, weight = self._table.columns[place], weight_of(line)
        left = self._layout.edges[place] + PADDING
        room = room_of(self._table, self._layout, line, place) - 2 * PADDING
        money = one.column.kind in FIGURES
        ink2 = one.column.kind.value == "date" or one.column.key in {"voucher", "folio"}
        self._painter.setPen(self._colour("ink2" if ink2 and line.kind is LineKind.ROW else "ink"))
        for step, text in enumerate(lines):
            shown = HIDDEN if money and self._hides else text
            self._painter.setFont(theme.font_for(shown, theme.WORK, weight))
            y = baseline(rect.top() + STEP * step, height, theme.WORK)
            width = self._painter.fontMetrics().horizontalAdvance(shown)
            x = left
            if one.edge == "right" and not is_merged(self._table, line):
                x = left + room - width
            elif one.edge == "centre" and not is_merged(self._table, line):
                x = left + (room - width) // 2
            self._painter.drawText(x, y, shown)

    def _paint_sum_rules(self, line: ScreenLine, rect: QRect) -> None:
        """An edge rule above the figures of a sum, two hair rules below."""
        for i, one in enumerate(self._table.columns):
            if one.column.kind in FIGURES and line.values[i] is not None:
                left, wide = self._layout.edges[i] + 1, self._layout.edges[i + 1] - self._layout.edges[i] - 1
                if one.begins_side or (i + 1 < len(self._table.columns) and self._table.columns[i + 1].begins_side):
                    wide -= _DOUBLE
                self._painter.fillRect(left, rect.top() - 1, wide, 1, self._colour("edge"))
                for y in (rect.bottom() - _DOUBLE, rect.bottom()):
                    self._painter.fillRect(left, y, wide, 1, self._colour("edge"))

    def heads(self) -> None:
        self._painter.fillRect(0, 0, self._layout.width, self._layout.head, self._colour("page"))
        if self._layout.upper:
            self._painter.fillRect(0, self._layout.upper, self._layout.width, 1, self._colour("line2"))
            self._paint_upper()
        for i, (one, lines) in enumerate(zip(self._table.columns, self._layout.heads, strict=True)):
            focus = i == self._place and self._has_focus
            self._painter.setPen(self._colour("accent" if focus else "ink2"))
            left, room = (
                self._layout.edges[i] + PADDING,
                self._layout.edges[i + 1] - self._layout.edges[i] - 2 * PADDING,
            )
            for step, text in enumerate(lines):
                weight = theme.SEMIBOLD if focus else theme.MEDIUM
                self._painter.setFont(theme.font_for(text, theme.HEAD, weight))
                if self._painter.fontMetrics().horizontalAdvance(text) > room + PADDING:
                    self._painter.setFont(theme.font_for(text, theme.HEAD, theme.MEDIUM))
                width = self._painter.fontMetrics().horizontalAdvance(text)
                x = {"right": left + room - width, "centre": left + (room - width) // 2}.get(one.edge, left)
                top = self._layout.upper + self._layout.lower - LINE - 1 - LOWER_STEP * (len(lines) - 1 - step)
                self._painter.drawText(x, baseline(top, LINE, theme.HEAD), text)
        rect = QRect(0, self._layout.upper, self._layout.width, self._layout.lower)
        self._paint_column_rules(rect)
        self._painter.fillRect(0, self._layout.head - 1, self._layout.width, 1, self._colour("edge"))

    def _paint_upper(self) -> None:
        """The upper tier: the sides, or what several columns stand under."""
        spans: list[tuple[str, int, int, bool]] = []
        if self._table.sides:
            begin = 0
            for title, count in self._table.sides:
                spans.append((title, begin, begin + count, True))
                begin += count
        else:
            begin = 0
            while begin < len(self._table.columns):
                under, end = self._table.columns[begin].under, begin + 1
                while under and end < len(self._table.columns) and self._table.columns[end].under == under:
                    end += 1
                spans.append((under, begin, end, False))
                begin = end
        for title, begin, end, is_side in spans:
            left, right = self._layout.edges[begin], self._layout.edges[end]
            if begin and (title or (spans and is_side)):
                self._painter.fillRect(left, 0, 1, self._layout.upper, self._colour("edge" if is_side else "line2"))
                if is_side:
                    self._painter.fillRect(left - _DOUBLE, 0, 1, self._layout.upper, self._colour("edge"))
            if title and right < self._layout.width and not is_side:
                self._painter.fillRect(right, 0, 1, self._layout.upper, self._colour("line2"))
            self._painter.setFont(theme.font_for(title, theme.HEAD, theme.SEMIBOLD if is_side else theme.MEDIUM))
            self._painter.setPen(self._colour("ink" if is_side else "ink2"))
            width = self._painter.fontMetrics().horizontalAdvance(title)
            self._painter.drawText(left + (right - left - width) // 2, baseline(0, UPPER, theme.HEAD), title)

    def foot(self, top: int) -> None:
        for number, line in enumerate(self._table.foot):
            rect = QRect(0, top + self._layout.foot_tops[number], self._layout.width, FOOT)
            self._painter.fillRect(rect, self._colour("page"))
            self._painter.fillRect(
                0, rect.top() - (0 if number else 1), self._layout.width, 1, self._colour("line" if number else "edge")
            )
            self._paint_column_rules(rect)
            for i in range(len(self._table.columns)):
                text = self._table.text(line, i)
                if text:
                    self._blank_rules(line, i, rect)
                    self._paint_text(line, i, [text], rect, FOOT)

    def _blank_rules(self, line: ScreenLine, place: int, rect: QRect) -> None:
        """Words that go over into empty cells stand on no rule."""
        room = room_of(self._table, self._layout, line, place)
        own = self._layout.edges[place + 1] - self._layout.edges[place]
        if room > own:
            self._painter.fillRect(
                self._layout.edges[place] + 1, rect.top() + 1, room - 1, rect.height() - 1, self._colour("page")
            )

    def frame(self, bottom: int) -> None:
        self._painter.fillRect(0, 0, 1, bottom, self._colour("line2"))
        self._painter.fillRect(self._layout.width - 1, 0, 1, bottom, self._colour("line2"))
        self._painter.fillRect(0, 0, self._layout.width, 1, self._colour("line2"))
        self._painter.fillRect(0, bottom, self._layout.width, 1, self._colour("edge"))
        if self._table.foot:
            self._painter.fillRect(0, bottom + _DOUBLE, self._layout.width, 1, self._colour("edge"))
