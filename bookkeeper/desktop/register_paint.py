"""Paints a register's lines, heads, totals and frame: a ruled sheet, not a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from bookkeeper.desktop import theme
from bookkeeper.desktop.sheet_layout import FOOT, LINE, LOWER_STEP, STEP, UPPER, SheetLayout, Stretch
from bookkeeper.desktop.widgets.keycap import baseline
from bookkeeper.desktop.widgets.lettering import HIDDEN, width_of, write
from bookkeeper.printing.figures import FIGURES
from bookkeeper.printing.screen_table import LineKind, ScreenLine, ScreenTable

FIFTH: Final = 5
_AMOUNT: Final = re.compile(r"\d[\d,]*\.\d\d(?!\d)|\d{1,3}(?:,\d{2,3})+")
"""Amounts within words."""

_DOUBLE: Final = 2


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the cursor stands, from which cell a choice was begun, and whether keys come here."""

    line: int
    place: int
    anchor: tuple[int, int] | None
    has_focus: bool


def weight_of(table: ScreenTable, line: ScreenLine, place: int) -> int:
    """How heavy a text is."""
    return theme.REGULAR if table.is_light(line, place) else theme.SEMIBOLD


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
    """One painting of what is in sight: the columns of `stretches`, in a room of so many pixels."""

    def __init__(
        self,
        painter: QPainter,
        colours: theme.Theme,
        table: ScreenTable,
        layout: SheetLayout,
        cursor: Cursor,
        stretches: Sequence[Stretch],
        *,
        hides: bool,
    ) -> None:
        self._painter, self._colours, self._table, self._layout = painter, colours, table, layout
        self._line, self._place = cursor.line, cursor.place
        self._anchor, self._has_focus, self._hides = cursor.anchor, cursor.has_focus, hides
        self._stretches = stretches
        self._wide = layout.edges[stretches[-1].end] - stretches[-1].shift

    def _colour(self, token: str) -> QColor:
        return self._colours.color(token)

    def _fill(self, left: int, top: int, width: int, height: int, token: str) -> None:
        self._painter.fillRect(left, top, width, height, self._colour(token))

    def _across(self, paint: Callable[[Stretch], None]) -> None:
        """Paint each stretch of columns where it stands."""
        for one in self._stretches:
            self._painter.translate(-one.shift, 0)
            paint(one)
            self._painter.translate(one.shift, 0)

    def _span(self, one: Stretch, top: int, height: int) -> QRect:
        """What a stretch takes, in the places of its own columns."""
        left = self._layout.edges[one.begin]
        return QRect(left, top, self._layout.edges[one.end] - left, height)

    def line(self, number: int, top: int, height: int) -> None:
        """Paint a line of the body."""
        line = self._table.lines[number]
        if is_merged(self._table, line):
            rect = QRect(0, top, self._wide, height)
            self._ground(line, number, rect)
            if number == self._line and self._has_focus:
                self._paint_ring(rect)
            place = next((i for i, value in enumerate(line.values) if value is not None), 0)
            self._paint_text(line, place, self._layout.broken.get((number, place)), rect, LINE)
        else:
            self._across(lambda one: self._part_of_line(number, one, self._span(one, top, height)))

    def _part_of_line(self, number: int, one: Stretch, rect: QRect) -> None:
        line = self._table.lines[number]
        self._ground(line, number, rect)
        self._paint_column_rules(one, rect)
        if number == self._line and self._has_focus and one.begin <= self._place < one.end:
            left, right = self._layout.edges[self._place], self._layout.edges[self._place + 1]
            self._paint_ring(QRect(left, rect.top(), right - left, rect.height()))
        for i in range(one.begin, one.end):
            if line.values[i] is not None:
                self._paint_text(line, i, self._layout.broken.get((number, i)), rect, LINE)
        if line.kind is LineKind.SUM:
            self._paint_sum_rules(line, one, rect)

    def _ground(self, line: ScreenLine, number: int, rect: QRect) -> None:
        token = "band" if number % FIFTH == FIFTH - 1 and line.kind is LineKind.ROW else "page"
        self._painter.fillRect(rect, self._colour("row" if number == self._line else token))
        if self._anchor is not None and not is_merged(self._table, line):
            self._paint_choice(self._anchor, number, rect)
        self._fill(rect.left(), rect.bottom(), rect.width(), 1, "line")

    def _paint_choice(self, anchor: tuple[int, int], number: int, rect: QRect) -> None:
        if min(anchor[0], self._line) <= number <= max(anchor[0], self._line):
            first, last = min(anchor[1], self._place), max(anchor[1], self._place)
            left, right = self._layout.edges[first], self._layout.edges[last + 1]
            chosen = QRect(left, rect.top(), right - left, rect.height()).intersected(rect)
            self._painter.fillRect(chosen, self._colour("tint"))

    def _paint_column_rules(self, one: Stretch, rect: QRect) -> None:
        for i in range(max(one.begin, 1), one.end):
            x, column = self._layout.edges[i], self._table.columns[i]
            if column.begins_side:
                self._fill(x - _DOUBLE, rect.top(), 1, rect.height(), "edge")
                self._fill(x, rect.top(), 1, rect.height(), "edge")
            elif i == one.begin and one.shift:
                self._fill(x, rect.top(), 1, rect.height(), "edge")  # here columns are left out
            else:
                self._fill(x, rect.top(), 1, rect.height(), "line2" if column.begins_group else "line")

    def _paint_ring(self, rect: QRect) -> None:
        ring = QRect(rect.left() + 1, rect.top(), rect.width() - 1, rect.height() - 1)
        self._painter.fillRect(ring, self._colour("page"))
        self._painter.setPen(QPen(self._colour("accent"), 2))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(ring.adjusted(1, 1, -1, -1))

    def _paint_text(self, line: ScreenLine, place: int, lines: list[str] | None, rect: QRect, height: int) -> None:
        one, weight = self._table.columns[place], weight_of(self._table, line, place)
        padding = self._layout.padding
        left = self._layout.edges[place] + padding
        room = room_of(self._table, self._layout, line, place) - 2 * padding
        edge = "left" if is_merged(self._table, line) else one.edge
        money = one.column.kind in FIGURES and not is_merged(self._table, line)
        ink2 = one.column.kind.value == "date" or one.column.key in {"voucher", "folio"}
        ink = self._colour("ink2" if ink2 and line.kind is LineKind.ROW else "ink")
        for step, text in enumerate(lines or [self._table.text(line, place)]):
            shown = self._shown(text, is_money=money)
            x = left + _indent(edge, room, width_of(shown, theme.WORK, weight) if edge != "left" else 0)
            write(self._painter, x, baseline(rect.top() + STEP * step, height, theme.WORK), shown, ink, weight=weight)

    def _shown(self, text: str, *, is_money: bool) -> str:
        """A text as it may be seen: a queue sees no amount, nor one within a sentence."""
        if not self._hides or not text:
            return text
        return HIDDEN if is_money else _AMOUNT.sub(HIDDEN, text)

    def _paint_sum_rules(self, line: ScreenLine, one: Stretch, rect: QRect) -> None:
        """An edge rule above the figures of a sum, two hair rules below."""
        columns = self._table.columns
        for i in range(one.begin, one.end):
            if columns[i].column.kind in FIGURES and line.values[i] is not None:
                left, wide = self._layout.edges[i] + 1, self._layout.edges[i + 1] - self._layout.edges[i] - 1
                if columns[i].begins_side or (i + 1 < len(columns) and columns[i + 1].begins_side):
                    wide -= _DOUBLE
                for y in (rect.top() - 1, rect.bottom() - _DOUBLE, rect.bottom()):
                    self._fill(left, y, wide, 1, "edge")

    def heads(self) -> None:
        """Paint the heads, in one tier or two."""
        self._across(self._part_of_heads)
        self._fill(0, self._layout.head - 1, self._wide, 1, "edge")

    def _part_of_heads(self, one: Stretch) -> None:
        layout = self._layout
        whole = self._span(one, 0, layout.head)
        self._painter.fillRect(whole, self._colour("page"))
        if layout.upper:
            self._fill(whole.left(), layout.upper, whole.width(), 1, "line2")
            self._paint_upper(one)
        for i in range(one.begin, one.end):
            self._paint_head(i)
        self._paint_column_rules(one, self._span(one, layout.upper, layout.lower))

    def _paint_head(self, place: int) -> None:
        layout, lines = self._layout, self._layout.heads[place]
        focus = place == self._place and self._has_focus
        ink, left = self._colour("accent" if focus else "ink2"), layout.edges[place] + layout.padding
        room = layout.edges[place + 1] - left - layout.padding
        for step, text in enumerate(lines):
            weight = theme.SEMIBOLD if focus else theme.MEDIUM
            if width_of(text, theme.HEAD, weight) > room + layout.padding:
                weight = theme.MEDIUM
            x = left + _indent(self._table.columns[place].edge, room, width_of(text, theme.HEAD, weight))
            top = layout.upper + layout.lower - LINE - 1 - LOWER_STEP * (len(lines) - 1 - step)
            write(self._painter, x, baseline(top, LINE, theme.HEAD), text, ink, theme.HEAD, weight)

    def _paint_upper(self, one: Stretch) -> None:
        """The upper tier: the sides, or what several columns stand under; over what is in sight of them."""
        is_side = bool(self._table.sides)
        for title, first, last in self._upper():
            begin, end = max(first, one.begin), min(last, one.end)
            if begin >= end:
                continue
            left, right = self._layout.edges[begin], self._layout.edges[end]
            if begin and (title or is_side):
                self._fill(left, 0, 1, self._layout.upper, "edge" if is_side else "line2")
                if is_side:
                    self._fill(left - _DOUBLE, 0, 1, self._layout.upper, "edge")
            if title and end < one.end and not is_side:
                self._fill(right, 0, 1, self._layout.upper, "line2")
            weight, ink = (theme.SEMIBOLD, "ink") if is_side else (theme.MEDIUM, "ink2")
            width = width_of(title, theme.HEAD, weight)
            if width <= right - left:
                x = left + (right - left - width) // 2
                write(self._painter, x, baseline(0, UPPER, theme.HEAD), title, self._colour(ink), theme.HEAD, weight)

    def _upper(self) -> list[tuple[str, int, int]]:
        """What stands in the upper tier, from which column on, and up to before which."""
        spans: list[tuple[str, int, int]] = []
        begin, columns = 0, self._table.columns
        for title, count in self._table.sides:
            spans.append((title, begin, begin + count))
            begin += count
        while begin < len(columns):
            under, end = columns[begin].under, begin + 1
            while under and end < len(columns) and columns[end].under == under:
                end += 1
            spans.append((under, begin, end))
            begin = end
        return spans

    def foot(self, top: int) -> None:
        """Paint the lines that are always in sight."""
        for number, line in enumerate(self._table.foot):
            y = top + self._layout.foot_tops[number]
            self._across(lambda one, line=line, y=y: self._part_of_foot(line, one, self._span(one, y, FOOT)))  # type: ignore[misc]  # bound here
            self._fill(0, y - (0 if number else 1), self._wide, 1, "line" if number else "edge")

    def _part_of_foot(self, line: ScreenLine, one: Stretch, rect: QRect) -> None:
        self._painter.fillRect(rect, self._colour("page"))
        self._paint_column_rules(one, rect)
        for i in range(one.begin, one.end):
            if self._table.text(line, i):
                self._blank_rules(line, i, rect)
                self._paint_text(line, i, None, rect, FOOT)

    def _blank_rules(self, line: ScreenLine, place: int, rect: QRect) -> None:
        """Words that go over into empty cells stand on no rule."""
        left = self._layout.edges[place]
        room = room_of(self._table, self._layout, line, place)
        if room > self._layout.edges[place + 1] - left:
            self._fill(left + 1, rect.top() + 1, room - 1, rect.height() - 1, "page")

    def frame(self, bottom: int) -> None:
        """Paint what closes the sheet on its four sides."""
        self._fill(0, 0, 1, bottom, "line2")
        self._fill(self._wide - 1, 0, 1, bottom, "line2")
        self._fill(0, 0, self._wide, 1, "line2")
        self._fill(0, bottom, self._wide, 1, "edge")
        if self._table.foot:
            self._fill(0, bottom + _DOUBLE, self._wide, 1, "edge")


def _indent(edge: str, room: int, width: int) -> int:
    """How far from the left a text begins that stands at the right or in the middle."""
    return {"right": room - width, "centre": (room - width) // 2}.get(edge, 0)
