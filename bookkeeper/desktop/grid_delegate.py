"""Paints everything in a grid's cells: ground, rules, text at its baseline, the ring, what differs, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from bookkeeper.desktop import theme
from bookkeeper.desktop.grid_sheet import GridColumn, Kind, Sheet, State
from bookkeeper.desktop.widgets.keycap import baseline
from bookkeeper.desktop.widgets.lettering import HIDDEN, cut, width_of

if TYPE_CHECKING:
    from bookkeeper.desktop.entry_grid import EntryGrid

PAD: Final = 8
BESIDE_GAP: Final = 10
FIFTH: Final = 5
_INKS: Final = {
    State.EMPTY: "ink",
    State.PREFILLED: "ink3",
    State.ENTERED: "ink",
    State.COMPUTED: "ink2",
    State.WRONG: "brick",
}
_RIGHT: Final = frozenset({Kind.AMOUNT, Kind.NUMBER})


class GridDelegate(QStyledItemDelegate):
    """The one delegate of a grid."""

    def __init__(self, grid: EntryGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        grid = self._grid
        sheet, row, at = grid.sheet, index.row(), index.column()
        if sheet is None or row >= sheet.rows():
            return
        rect: QRect = option.rect
        here = grid.row == row
        self._ground(painter, rect, row, at, here=here)
        ring = here and grid.column == at and grid.has_the_cursor()
        wrong = sheet.state(row, at) is State.WRONG
        if ring:
            _ring(painter, rect, grid.desk.theme, "brick" if wrong else "accent", 2, fill=True)
        elif wrong:
            _ring(painter, rect, grid.desk.theme, "brick", 2 if (row, at) == grid.first_wrong else 1, fill=True)
        self._beside(painter, rect, sheet, row, at)
        if not (ring and grid.is_editing):
            self._text(painter, rect, sheet, row, at)

    def _ground(self, painter: QPainter, rect: QRect, row: int, at: int, *, here: bool) -> None:
        colours, columns = self._grid.desk.theme, self._grid.columns
        fifth = row % FIFTH == FIFTH - 1
        painter.fillRect(rect, colours.color("row" if here else "band" if fifth else "page"))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), colours.color(rule_after(columns, at)))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours.color("line2" if fifth else "line"))

    def _text(self, painter: QPainter, rect: QRect, sheet: Sheet, row: int, at: int) -> None:
        grid, column = self._grid, self._grid.columns[at]
        text = shown(sheet.display(row, at), column, hides=grid.desk.hides_amounts)
        if not text:
            return
        here = grid.row == row
        strong = here and (column.is_name or (at == grid.column and column.kind is Kind.AMOUNT))
        font = theme.font_for(text, theme.WORK, theme.SEMIBOLD if strong else theme.REGULAR)
        painter.setFont(font)
        if column.is_name:  # a long name gives way to the amounts
            text = cut(text, rect.width() - 2 * PAD, theme.WORK, theme.SEMIBOLD if strong else theme.REGULAR)
        ink = "ink2" if column.kind is Kind.NUMBER else _INKS[sheet.state(row, at)]
        painter.setPen(grid.desk.theme.color(ink))
        wide = QFontMetrics(font).horizontalAdvance(text)
        if column.kind is Kind.ATTENDANCE:
            self._attendance(painter, rect, text, wide, boxed=sheet.marked(row, at))
            return
        left = rect.right() - PAD - wide + 1 if column.kind in _RIGHT else rect.left() + PAD
        painter.drawText(left, baseline(rect.top(), rect.height(), theme.WORK), text)

    def _attendance(self, painter: QPainter, rect: QRect, text: str, wide: int, *, boxed: bool) -> None:
        colours = self._grid.desk.theme
        middle = rect.left() + rect.width() / 2
        if boxed:
            font = theme.font_for(text, theme.WORK, theme.SEMIBOLD)
            painter.setFont(font)
            wide = QFontMetrics(font).horizontalAdvance(text)
            broad = max(wide + 10, 19)
            top = rect.top() + (rect.height() - 17) // 2
            box = QRectF(round(middle - broad / 2) + 0.5, top + 0.5, broad, 16)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colours.color("edge"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(colours.color("ink"))
            middle = box.center().x()
        painter.drawText(round(middle - wide / 2), baseline(rect.top(), rect.height(), theme.WORK), text)

    def _beside(self, painter: QPainter, rect: QRect, sheet: Sheet, row: int, at: int) -> None:
        text = sheet.beside(row, at)
        if not text:
            return
        text = HIDDEN if self._grid.desk.hides_amounts else text
        figure = width_of(sheet.display(row, at), theme.WORK, theme.SEMIBOLD)
        if width_of(text, theme.NOTE, theme.REGULAR) + figure + 2 * PAD + 4 > rect.width():
            return  # in a narrow window there is no room; the strip says it
        painter.setFont(theme.font_for(text, theme.NOTE))
        painter.setPen(self._grid.desk.theme.color("amber"))
        painter.drawText(rect.left() + PAD, baseline(rect.top(), rect.height(), theme.NOTE), text)


def rule_after(columns: Sequence[GridColumn], at: int) -> str:
    """The rule at the right of a column: stronger before a group, and at the edge."""
    return "line2" if at + 1 == len(columns) or columns[at + 1].starts_group else "line"


def shown(text: str, column: GridColumn, *, hides: bool) -> str:
    """The text, or dots where amounts are hidden."""
    return HIDDEN if hides and text and column.kind is Kind.AMOUNT else text


def _ring(painter: QPainter, rect: QRect, colours: theme.Theme, token: str, thick: int, *, fill: bool) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.color(token), thick))
    painter.setBrush(colours.color("raised") if fill else Qt.BrushStyle.NoBrush)
    inset = thick / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(inset - 0.5, inset - 0.5, -inset, -inset), 2, 2)
    painter.restore()
