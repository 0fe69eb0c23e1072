"""A register on the screen, ruled as it prints: frozen heads, totals always in sight, a cursor on one cell.

One widget paints the lines that are in sight and nothing else, so that a register of a hundred thousand rows scrolls as
one of ten does. It shows and is moved about in; what a row opens, its page says.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from bookkeeper.desktop import theme
from bookkeeper.desktop.register_paint import Cursor, SheetPainter, room_of, weight_of
from bookkeeper.desktop.sheet_layout import LINE, SheetLayout, Stretch
from bookkeeper.printing.figures import FIGURES
from bookkeeper.printing.screen_table import LineKind, ScreenLine, ScreenTable

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk


_NEAR = 4
"""The first figure is no further down than so many lines, or the cursor begins at the head."""


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
        """Show a table with the cursor on a cell; without one, on the first figure, or at the head."""
        self.table, self.layout_ = table, layout
        self._anchor = None
        self.line = min(max(line, 0), max(len(table.lines) - 1, 0))
        if place < 0:
            figures = (i for i, one in enumerate(table.columns) if one.column.kind in FIGURES)
            place = next(figures, 0)
            rows = (
                n for n, one in enumerate(table.lines) if one.kind is LineKind.ROW and one.values[place] is not None
            )
            first = next(rows, 0)
            if not self.line and first > _NEAR:  # what is read first is not scrolled away for the sake of a figure
                place = 0
            else:
                self.line = self.line or first
        self.place = min(place, len(table.columns) - 1)
        self.setAccessibleName(table.title)
        self._set_scroll_bars()
        self._bring_into_sight()
        self.viewport().update()

    def show_nothing(self) -> None:
        """An empty sheet, while nothing is known of what is to stand on it."""
        self.table = self.layout_ = self._anchor = None
        self.line, self.place = 0, 0
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setRange(0, 0)
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
            room = layout.edges[i + 1] - layout.edges[i] - layout.padding
            yield from ((text, theme.font_for(text, theme.HEAD, theme.MEDIUM), room) for text in lines)
        for kind, lines_ in (("line", table.lines), ("foot", table.foot)):
            for number, line in enumerate(lines_):
                for i in range(len(table.columns)):
                    text = table.text(line, i)
                    if not text:
                        continue
                    weight = weight_of(table, line, i)
                    room = room_of(table, layout, line, i) - layout.padding
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
        horizontal.setRange(0, layout.most_skipped(self.viewport().width()))
        horizontal.setPageStep(1)

    def _stretches(self, layout: SheetLayout) -> list[Stretch]:
        """The columns in sight; the bar at the foot counts columns, not pixels, so that none is cut."""
        return layout.stretches(self.horizontalScrollBar().value(), self.viewport().width())

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
        across = self.horizontalScrollBar()
        if layout.frozen <= self.place < layout.frozen + across.value():
            across.setValue(self.place - layout.frozen)
        while self.place >= self._stretches(layout)[-1].end and across.value() < across.maximum():
            across.setValue(across.value() + 1)

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
        if key in {keys.Key_Return, keys.Key_Enter} and not control:
            self.opened.emit()
            return
        to = self._target(key, control=control) if self.layout_ is not None else None
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
        targets = {
            keys.Key_Down: (last if control else self.line + 1, self.place),
            keys.Key_Up: (0 if control else self.line - 1, self.place),
            keys.Key_Right: (self.line, right if control else self.place + 1),
            keys.Key_Left: (self.line, 0 if control else self.place - 1),
            keys.Key_PageDown: (self.line + page, self.place),
            keys.Key_PageUp: (self.line - page, self.place),
            keys.Key_Home: (0 if control else self.line, 0),
            keys.Key_End: (last if control else self.line, right),
        }
        return targets.get(Qt.Key(key))

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
        for one in self._stretches(layout):
            if layout.edges[one.begin] <= point.x() + one.shift < layout.edges[one.end]:
                return (line, bisect_right(layout.edges, point.x() + one.shift) - 1) if line < last else None
        return None

    # ------------------------------------------------------------------------------------------------- painting

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Paint what is in sight: lines, then heads and foot, then the frame."""
        painter = QPainter(self.viewport())
        layout, table = self.layout_, self.table
        painter.fillRect(self.viewport().rect(), self._desk.theme.color("page"))
        if layout is None or table is None:
            return
        first, last = self._in_sight(layout, table)
        shown = layout.tops[last] - layout.tops[first]
        cursor = Cursor(self.line, self.place, self._anchor, self.hasFocus())
        hides, colours = self._desk.hides_amounts, self._desk.theme
        hand = SheetPainter(painter, colours, table, layout, cursor, self._stretches(layout), hides=hides)
        painter.setClipRect(QRect(0, layout.head, self.viewport().width(), shown))
        for number in range(first, last):
            top = layout.head + layout.tops[number] - layout.tops[first]
            hand.line(number, top, layout.tops[number + 1] - layout.tops[number])
        painter.setClipping(False)
        hand.heads()
        hand.foot(layout.head + shown)
        hand.frame(layout.head + shown + layout.foot)

    def _in_sight(self, layout: SheetLayout, table: ScreenTable) -> tuple[int, int]:
        """The first line in sight and the one after the last: whole lines only, but for one higher than the room."""
        begin = min(self.verticalScrollBar().value(), layout.height)
        first = max(min(bisect_right(layout.tops, begin) - 1, len(table.lines) - 1), 0)
        last = bisect_right(layout.tops, layout.tops[first] + self._body_room()) - 1
        return first, max(last, min(first + 1, len(table.lines)))
