"""A register on the screen, ruled as it prints: frozen heads, totals always in sight, a cursor on one cell.

One widget paints the lines that are in sight and nothing else, so that a register of a hundred thousand rows scrolls as
one of ten does. It shows and is moved about in; what a row opens, its page says.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from bookkeeper.desktop import theme
from bookkeeper.desktop.sheet_layout import FOOT, LINE, LOWER_STEP, PADDING, STEP, UPPER, SheetLayout
from bookkeeper.desktop.widgets.keycap import baseline
from bookkeeper.printing.figures import FIGURES
from bookkeeper.printing.screen import LineKind, ScreenLine, ScreenTable

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

FIFTH: Final = 5
HIDDEN: Final = "••••"
_DOUBLE: Final = 2


class RegisterSheet(QAbstractScrollArea):
    """Shows a `ScreenTable`. `moved` tells that the cursor is elsewhere, `opened` that Enter was pressed on a cell.

    `resized` tells that the table should be laid out anew for another width; `lettered` that letters were typed.
    """

    moved = Signal()
    opened = Signal()
    resized = Signal()
    lettered = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.table: ScreenTable | None = None
        self.layout_: SheetLayout | None = None
        self.line, self.place = 0, 0
        self._anchor: tuple[int, int] | None = None
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # so that the width never changes
        self.verticalScrollBar().setSingleStep(LINE)

    # ------------------------------------------------------------------------------------------- what is shown

    def show_table(self, table: ScreenTable, layout: SheetLayout, *, line: int = 0, place: int = -1) -> None:
        """Show a table with the cursor on a cell; without one, on the first figure of the first row."""
        self.table, self.layout_ = table, layout
        self._anchor = None
        self.line = min(max(line, 0), max(len(table.lines) - 1, 0))
        if place < 0:
            figures = (i for i, one in enumerate(table.columns) if one.column.kind in FIGURES)
            place = next(figures, 0)
            rows = (
                n for n, one in enumerate(table.lines) if one.kind is LineKind.ROW and one.values[place] is not None
            )
            self.line = self.line or next(rows, 0)
        self.place = min(place, len(table.columns) - 1)
        self.setAccessibleName(table.title)
        self._set_scroll_bars()
        self._bring_into_sight()
        self.viewport().update()

    def lay_out(self, layout: SheetLayout) -> None:
        """The same table in another width."""
        self.layout_ = layout
        self._set_scroll_bars()
        self._bring_into_sight()
        self.viewport().update()

    @property
    def current(self) -> ScreenLine | None:
        """The line on which the cursor stands."""
        return self.table.lines[self.line] if self.table and self.table.lines else None

    def go_to(self, line: int, place: int | None = None) -> None:
        """Put the cursor elsewhere."""
        if self.table is None:
            return
        self.line = min(max(line, 0), max(len(self.table.lines) - 1, 0))
        if place is not None:
            self.place = min(max(place, 0), len(self.table.columns) - 1)
        self._bring_into_sight()
        self.viewport().update()
        self.moved.emit()

    def copy(self) -> None:
        """Copy as cells what is chosen, else the line on which the cursor stands, for a spreadsheet."""
        if self.table is None or not self.table.lines:
            return
        first, last = sorted((self._anchor or (self.line, 0), (self.line, self.place)))
        table = self.table
        whole = self._anchor is None
        columns = range(len(table.columns))
        if not whole and self._anchor is not None:
            columns = range(min(self._anchor[1], self.place), max(self._anchor[1], self.place) + 1)
        rows = [
            "\t".join(" ".join(table.text(table.lines[line], i).split()) for i in columns)
            for line in range(first[0], last[0] + 1)
        ]
        QGuiApplication.clipboard().setText("\n".join(rows))

    def painted_texts(self) -> Iterator[tuple[str, QFont, int]]:
        """Every text of the sheet with its font and the room that it has."""
        table, layout = self.table, self.layout_
        if table is None or layout is None:
            return
        for i, lines in enumerate(layout.heads):
            room = layout.edges[i + 1] - layout.edges[i] - PADDING
            yield from ((text, theme.font_for(text, theme.HEAD, theme.MEDIUM), room) for text in lines)
        for kind, lines_ in (("line", table.lines), ("foot", table.foot)):
            for number, line in enumerate(lines_):
                for i in range(len(table.columns)):
                    text = table.text(line, i)
                    if not text:
                        continue
                    weight = self._weight(line)
                    room = self._room(line, i) - PADDING
                    parts = layout.broken.get((number, i), [text]) if kind == "line" else [text]
                    yield from ((part, theme.font_for(part, theme.WORK, weight), room) for part in parts)

    # ------------------------------------------------------------------------------------------------- scrolling

    def _set_scroll_bars(self) -> None:
        layout = self.layout_
        if layout is None:
            return
        room = self._body_room()
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, self._furthest(layout, room))
        vertical.setPageStep(max(room, LINE))
        horizontal.setRange(0, max(layout.width - self.viewport().width(), 0))
        horizontal.setPageStep(self.viewport().width())

    def _furthest(self, layout: SheetLayout, room: int) -> int:
        """Where the first line in sight is when the last one is in sight too."""
        if layout.height <= room:
            return 0
        return layout.tops[bisect_left(layout.tops, layout.height - room)]

    def _body_room(self) -> int:
        layout = self.layout_
        if layout is None:
            return 0
        return max(self.viewport().height() - layout.head - layout.foot - 3, LINE)

    def _bring_into_sight(self) -> None:
        layout, table = self.layout_, self.table
        if layout is None or table is None or not table.lines:
            return
        top, bottom = layout.tops[self.line], layout.tops[self.line + 1]
        bar, room = self.verticalScrollBar(), self._body_room()
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + room:
            bar.setValue(min(layout.tops[bisect_left(layout.tops, bottom - room)], top))
        left, right = layout.edges[self.place], layout.edges[self.place + 1]
        across, width = self.horizontalScrollBar(), self.viewport().width()
        if left < across.value():
            across.setValue(left)
        elif right > across.value() + width:
            across.setValue(right - width)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Another width wants another layout."""
        super().resizeEvent(event)
        self._set_scroll_bars()
        if event.oldSize().width() != event.size().width():
            self.resized.emit()

    # ---------------------------------------------------------------------------------------------- moving about

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Arrows, pages, ends; Enter opens; letters go to the choice of registers; the rest goes to the page."""
        key, keys = event.key(), Qt.Key
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self.table is None or self.layout_ is None:
            super().keyPressEvent(event)
            return
        if key in {keys.Key_Return, keys.Key_Enter} and not control:
            self.opened.emit()
            return
        to = self._target(key, control=control)
        if to is not None:
            self._anchor = (self._anchor or (self.line, self.place)) if shift else None
            self.go_to(*to)
            return
        text = event.text()
        if text.isprintable() and text.strip() and not control and text != "?":
            self.lettered.emit(text)
            return
        super().keyPressEvent(event)

    def _target(self, key: int, *, control: bool) -> tuple[int, int] | None:
        """Where a key moves the cursor."""
        table, keys = self.table, Qt.Key
        if table is None:
            return None
        page = max(self._body_room() // LINE - 1, 1)
        last, right = len(table.lines) - 1, len(table.columns) - 1
        match key:
            case keys.Key_Down:
                return last if control else self.line + 1, self.place
            case keys.Key_Up:
                return 0 if control else self.line - 1, self.place
            case keys.Key_Right:
                return self.line, right if control else self.place + 1
            case keys.Key_Left:
                return self.line, 0 if control else self.place - 1
            case keys.Key_PageDown:
                return self.line + page, self.place
            case keys.Key_PageUp:
                return self.line - page, self.place
            case keys.Key_Home:
                return 0 if control else self.line, 0
            case keys.Key_End:
                return last if control else self.line, right
            case _:
                return None

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Put the cursor where one points."""
        at = self._cell_at(event.position().toPoint())
        if at is not None:
            self._anchor = None
            self.go_to(*at)
        self.setFocus()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """As Enter."""
        if self._cell_at(event.position().toPoint()) is not None:
            self.opened.emit()

    def _cell_at(self, point: QPoint) -> tuple[int, int] | None:
        layout, table = self.layout_, self.table
        if layout is None or table is None or not table.lines:
            return None
        y = point.y() - layout.head
        if not 0 <= y < self._body_room():
            return None
        first, last = self._in_sight(layout, table)
        line = bisect_right(layout.tops, y + layout.tops[first]) - 1
        place = bisect_right(layout.edges, point.x() + self.horizontalScrollBar().value()) - 1
        if line >= last or not 0 <= place < len(table.columns):
            return None
        return line, place

    # ------------------------------------------------------------------------------------------------- painting

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Paint what is in sight: lines, then heads and foot, then the frame."""
        painter = QPainter(self.viewport())
        layout, table = self.layout_, self.table
        painter.fillRect(self.viewport().rect(), self._colour("page"))
        if layout is None or table is None:
            return
        offset = -self.horizontalScrollBar().value()
        first, last = self._in_sight(layout, table)
        shown = layout.tops[last] - layout.tops[first]
        painter.translate(offset, 0)
        painter.save()
        painter.setClipRect(QRect(-offset, layout.head, self.viewport().width(), shown))
        for number in range(first, last):
            top = layout.head + layout.tops[number] - layout.tops[first]
            self._paint_line(
                painter, number, QRect(0, top, layout.width, layout.tops[number + 1] - layout.tops[number])
            )
        painter.restore()
        self._paint_heads(painter, table, layout)
        self._paint_foot(painter, table, layout, layout.head + shown)
        self._paint_frame(painter, table, layout, layout.head + shown + layout.foot)

    def _colour(self, token: str) -> QColor:
        return self._desk.theme.color(token)

    def _in_sight(self, layout: SheetLayout, table: ScreenTable) -> tuple[int, int]:
        """The first line in sight and the one after the last: whole lines only, but for one higher than the room."""
        begin = min(self.verticalScrollBar().value(), layout.height)
        first = max(min(bisect_right(layout.tops, begin) - 1, len(table.lines) - 1), 0)
        last = bisect_right(layout.tops, layout.tops[first] + self._body_room()) - 1
        return first, max(last, min(first + 1, len(table.lines)))

    def _paint_line(self, painter: QPainter, number: int, rect: QRect) -> None:
        table, layout = self.table, self.layout_
        if table is None or layout is None:
            return
        line = table.lines[number]
        current = number == self.line
        ground = self._ground(line, number, current=current)
        if ground:
            painter.fillRect(rect, self._colour(ground))
        if self._anchor is not None:
            self._paint_choice(painter, number, rect)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._colour("line"))
        merged = self._is_merged(line)
        if not merged:
            self._paint_column_rules(painter, table, layout, rect)
        if current and self.hasFocus():
            self._paint_ring(painter, layout, rect, merged=merged)
        for i in range(len(table.columns)):
            text = table.text(line, i)
            if text:
                lines = layout.broken.get((number, i), [text])
                self._paint_text(painter, line, i, lines, rect, LINE)
        if line.kind is LineKind.SUM:
            self._paint_sum_rules(painter, line, rect)

    def _ground(self, line: ScreenLine, number: int, *, current: bool) -> str:
        if current:
            return "row"
        return "band" if number % FIFTH == FIFTH - 1 and line.kind is LineKind.ROW else ""

    def _paint_choice(self, painter: QPainter, number: int, rect: QRect) -> None:
        layout, anchor = self.layout_, self._anchor
        if layout is None or anchor is None:
            return
        if min(anchor[0], self.line) <= number <= max(anchor[0], self.line):
            first, last = min(anchor[1], self.place), max(anchor[1], self.place)
            left, right = layout.edges[first], layout.edges[last + 1]
            painter.fillRect(left, rect.top(), right - left, rect.height(), self._colour("tint"))

    def _paint_column_rules(self, painter: QPainter, table: ScreenTable, layout: SheetLayout, rect: QRect) -> None:
        for i, one in enumerate(table.columns):
            if i == 0:
                continue
            x = layout.edges[i]
            if one.begins_side:
                painter.fillRect(x - _DOUBLE, rect.top(), 1, rect.height(), self._colour("edge"))
                painter.fillRect(x, rect.top(), 1, rect.height(), self._colour("edge"))
            else:
                token = "line2" if one.begins_group else "line"
                painter.fillRect(x, rect.top(), 1, rect.height(), self._colour(token))

    def _paint_ring(self, painter: QPainter, layout: SheetLayout, rect: QRect, *, merged: bool) -> None:
        left = 0 if merged else layout.edges[self.place]
        right = layout.width if merged else layout.edges[self.place + 1]
        ring = QRect(left + 1, rect.top(), right - left - 1, rect.height() - 1)
        painter.fillRect(ring, self._colour("page"))
        painter.setPen(QPen(self._colour("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(ring.adjusted(1, 1, -1, -1))

    def _paint_text(
        self, painter: QPainter, line: ScreenLine, place: int, lines: list[str], rect: QRect, height: int
    ) -> None:
        table, layout = self.table, self.layout_
        if table is None or layout is None:
            return
        one, weight = table.columns[place], self._weight(line)
        left = layout.edges[place] + PADDING
        room = self._room(line, place) - 2 * PADDING
        money = one.column.kind in FIGURES
        ink2 = one.column.kind.value == "date" or one.column.key in {"voucher", "folio"}
        painter.setPen(self._colour("ink2" if ink2 and line.kind is LineKind.ROW else "ink"))
        for step, text in enumerate(lines):
            shown = HIDDEN if money and self._desk.hides_amounts else text
            painter.setFont(theme.font_for(shown, theme.WORK, weight))
            y = baseline(rect.top() + STEP * step, height, theme.WORK)
            width = painter.fontMetrics().horizontalAdvance(shown)
            x = left
            if one.edge == "right" and not self._is_merged(line):
                x = left + room - width
            elif one.edge == "centre" and not self._is_merged(line):
                x = left + (room - width) // 2
            painter.drawText(x, y, shown)

    def _weight(self, line: ScreenLine) -> int:
        return theme.REGULAR if line.kind in {LineKind.ROW, LineKind.NOTE} else theme.SEMIBOLD

    def _is_merged(self, line: ScreenLine) -> bool:
        """Whether a line is one sentence over the width."""
        sides = bool(self.table and self.table.sides)
        return line.kind is LineKind.NOTE or (line.kind is LineKind.HEADING and not sides)

    def _room(self, line: ScreenLine, place: int) -> int:
        """How wide the place of a text is: of words in a line of sums, also the empty cells after it."""
        layout, table = self.layout_, self.table
        if layout is None or table is None:
            return 0
        end = place + 1
        if self._is_merged(line):
            end = len(table.columns)
        elif line.kind is not LineKind.ROW and table.columns[place].edge == "left":
            while end < len(table.columns) and not table.text(line, end) and not table.columns[end].begins_side:
                end += 1
        return layout.edges[end] - layout.edges[place]

    def _paint_sum_rules(self, painter: QPainter, line: ScreenLine, rect: QRect) -> None:
        """An edge rule above the figures of a sum, two hair rules below."""
        table, layout = self.table, self.layout_
        if table is None or layout is None:
            return
        for i, one in enumerate(table.columns):
            if one.column.kind in FIGURES and line.values[i] is not None:
                left, wide = layout.edges[i] + 1, layout.edges[i + 1] - layout.edges[i] - 1
                if one.begins_side or (i + 1 < len(table.columns) and table.columns[i + 1].begins_side):
                    wide -= _DOUBLE
                painter.fillRect(left, rect.top() - 1, wide, 1, self._colour("edge"))
                for y in (rect.bottom() - _DOUBLE, rect.bottom()):
                    painter.fillRect(left, y, wide, 1, self._colour("edge"))

    def _paint_heads(self, painter: QPainter, table: ScreenTable, layout: SheetLayout) -> None:
        painter.fillRect(0, 0, layout.width, layout.head, self._colour("page"))
        if layout.upper:
            painter.fillRect(0, layout.upper, layout.width, 1, self._colour("line2"))
            self._paint_upper(painter, table, layout)
        for i, (one, lines) in enumerate(zip(table.columns, layout.heads, strict=True)):
            focus = i == self.place and self.hasFocus()
            painter.setPen(self._colour("accent" if focus else "ink2"))
            left, room = layout.edges[i] + PADDING, layout.edges[i + 1] - layout.edges[i] - 2 * PADDING
            for step, text in enumerate(lines):
                weight = theme.SEMIBOLD if focus else theme.MEDIUM
                painter.setFont(theme.font_for(text, theme.HEAD, weight))
                if painter.fontMetrics().horizontalAdvance(text) > room + PADDING:
                    painter.setFont(theme.font_for(text, theme.HEAD, theme.MEDIUM))
                width = painter.fontMetrics().horizontalAdvance(text)
                x = {"right": left + room - width, "centre": left + (room - width) // 2}.get(one.edge, left)
                top = layout.upper + layout.lower - LINE - 1 - LOWER_STEP * (len(lines) - 1 - step)
                painter.drawText(x, baseline(top, LINE, theme.HEAD), text)
        rect = QRect(0, layout.upper, layout.width, layout.lower)
        self._paint_column_rules(painter, table, layout, rect)
        painter.fillRect(0, layout.head - 1, layout.width, 1, self._colour("edge"))

    def _paint_upper(self, painter: QPainter, table: ScreenTable, layout: SheetLayout) -> None:
        """The upper tier: the sides, or what several columns stand under."""
        spans: list[tuple[str, int, int, bool]] = []
        if table.sides:
            begin = 0
            for title, count in table.sides:
                spans.append((title, begin, begin + count, True))
                begin += count
        else:
            begin = 0
            while begin < len(table.columns):
                under, end = table.columns[begin].under, begin + 1
                while under and end < len(table.columns) and table.columns[end].under == under:
                    end += 1
                spans.append((under, begin, end, False))
                begin = end
        for title, begin, end, is_side in spans:
            left, right = layout.edges[begin], layout.edges[end]
            if begin and (title or (spans and is_side)):
                painter.fillRect(left, 0, 1, layout.upper, self._colour("edge" if is_side else "line2"))
                if is_side:
                    painter.fillRect(left - _DOUBLE, 0, 1, layout.upper, self._colour("edge"))
            if title and right < layout.width and not is_side:
                painter.fillRect(right, 0, 1, layout.upper, self._colour("line2"))
            painter.setFont(theme.font_for(title, theme.HEAD, theme.SEMIBOLD if is_side else theme.MEDIUM))
            painter.setPen(self._colour("ink" if is_side else "ink2"))
            width = painter.fontMetrics().horizontalAdvance(title)
            painter.drawText(left + (right - left - width) // 2, baseline(0, UPPER, theme.HEAD), title)

    def _paint_foot(self, painter: QPainter, table: ScreenTable, layout: SheetLayout, top: int) -> None:
        for number, line in enumerate(table.foot):
            rect = QRect(0, top + layout.foot_tops[number], layout.width, FOOT)
            painter.fillRect(rect, self._colour("page"))
            painter.fillRect(
                0, rect.top() - (0 if number else 1), layout.width, 1, self._colour("line" if number else "edge")
            )
            self._paint_column_rules(painter, table, layout, rect)
            for i in range(len(table.columns)):
                text = table.text(line, i)
                if text:
                    self._blank_rules(painter, line, i, rect)
                    self._paint_text(painter, line, i, [text], rect, FOOT)

    def _blank_rules(self, painter: QPainter, line: ScreenLine, place: int, rect: QRect) -> None:
        """Words that go over into empty cells stand on no rule."""
        layout = self.layout_
        if layout is None:
            return
        room = self._room(line, place)
        own = layout.edges[place + 1] - layout.edges[place]
        if room > own:
            painter.fillRect(layout.edges[place] + 1, rect.top() + 1, room - 1, rect.height() - 1, self._colour("page"))

    def _paint_frame(self, painter: QPainter, table: ScreenTable, layout: SheetLayout, bottom: int) -> None:
        painter.fillRect(0, 0, 1, bottom, self._colour("line2"))
        painter.fillRect(layout.width - 1, 0, 1, bottom, self._colour("line2"))
        painter.fillRect(0, 0, layout.width, 1, self._colour("line2"))
        painter.fillRect(0, bottom, layout.width, 1, self._colour("edge"))
        if table.foot:
            painter.fillRect(0, bottom + _DOUBLE, layout.width, 1, self._colour("edge"))
