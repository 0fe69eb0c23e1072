"""The heads of a grid in two tiers, and the totals under it, which are always in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.grid_delegate import PAD, rule_after, shown
from bookkeeper.desktop.grid_sheet import GridColumn, Kind
from bookkeeper.desktop.grid_widths import spans
from bookkeeper.desktop.widgets.keycap import baseline
from bookkeeper.desktop.widgets.lettering import width_of

if TYPE_CHECKING:
    from bookkeeper.desktop.entry_grid import EntryGrid

OVER, UNDER = 22, 26
TOTALS: Final = 32


def left_of(text_width: int, rect: QRect, kind: Kind) -> int:
    """Where a text of a column begins: amounts at the right, attendance in the middle, the rest at the left."""
    if kind in {Kind.AMOUNT, Kind.NUMBER}:
        return rect.right() - PAD - text_width + 1
    if kind is Kind.ATTENDANCE:
        return round(rect.left() + (rect.width() - text_width) / 2)
    return rect.left() + PAD


class GridHead(QHeaderView):
    """Heads in one tier, or in two where columns have a head over them."""

    def __init__(self, grid: EntryGrid, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._grid = grid
        self.setSectionsClickable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSectionSize(20)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(0, self.tall())

    def tall(self) -> int:
        """How high the heads are."""
        return UNDER + (OVER if any(one.over for one in self._grid.columns) else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter, colours = QPainter(self.viewport()), self._grid.desk.theme
        painter.fillRect(self.viewport().rect(), colours.color("page"))
        tall = self.tall()
        over = tall - UNDER
        for at, column in enumerate(self._grid.columns):
            if not self.isSectionHidden(at):
                self._under(painter, QRect(self._left(at), over, self.sectionSize(at), UNDER), at, column)
        if over:
            for first, last, text in spans(self._grid.columns):
                self._over(painter, first, last, text)
        painter.fillRect(0, tall - 1, self.viewport().width(), 1, colours.color("edge"))

    def _left(self, at: int) -> int:
        return self.sectionViewportPosition(at)

    def _rule(self, at: int) -> str:
        return rule_after(self._grid.columns, at)

    def _under(self, painter: QPainter, rect: QRect, at: int, column: GridColumn) -> None:
        colours, grid = self._grid.desk.theme, self._grid
        current = at == grid.column and grid.has_the_cursor()
        weight = theme.SEMIBOLD if current else theme.REGULAR
        painter.setFont(theme.font_for(column.head, theme.HEAD, weight))
        painter.setPen(colours.color("accent" if current else "ink2"))
        left = left_of(width_of(column.head, theme.HEAD, weight), rect, column.kind)
        painter.drawText(left, baseline(rect.top(), rect.height(), theme.HEAD), column.head)
        top = rect.top() if column.over or self._rule(at) == "line" else 0
        painter.fillRect(rect.right(), top, 1, rect.bottom() - top, colours.color(self._rule(at)))

    def _over(self, painter: QPainter, first: int, last: int, text: str) -> None:
        seen_ones = [at for at in range(first, last + 1) if not self.isSectionHidden(at)]
        if not seen_ones:
            return
        first, last = seen_ones[0], seen_ones[-1]
        colours = self._grid.desk.theme
        left, right = self._left(first), self._left(last) + self.sectionSize(last) - 1
        painter.setFont(theme.font_for(text, theme.NOTE, theme.REGULAR))
        painter.setPen(colours.color("ink2"))
        wide = width_of(text, theme.NOTE, theme.REGULAR)
        covered = 0 if self._grid.columns[first].frozen else self._grid.frozen_width()
        seen = max(left, covered), min(right, self.viewport().width())
        painter.drawText(round((seen[0] + seen[1] - wide) / 2), baseline(0, OVER, theme.NOTE), text)
        painter.fillRect(left, OVER - 1, right - left + 1, 1, colours.color("line2"))
        painter.fillRect(right, 0, 1, OVER, colours.color("line2"))


class TotalsRow(QWidget):
    """The totals under a grid, which follow its columns and its scrolling."""

    def __init__(self, grid: EntryGrid) -> None:
        super().__init__()
        self._grid = grid
        self.setFixedHeight(TOTALS)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        grid, painter = self._grid, QPainter(self)
        colours = grid.desk.theme
        painter.fillRect(self.rect(), colours.color("page"))
        totals = grid.sheet.totals() if grid.sheet else ()
        shown_ones = [one for one in enumerate(totals) if not grid.view.isColumnHidden(one[0])]
        behind_first = sorted(shown_ones, key=lambda one: grid.columns[one[0]].frozen)
        for at, text in behind_first:
            rect = QRect(grid.left_of_column(at), 1, grid.view.columnWidth(at), TOTALS - 5)
            self._cell(painter, rect, grid.columns[at], text, at)
        for top, token in ((0, "edge"), (TOTALS - 4, "edge"), (TOTALS - 1, "edge")):
            painter.fillRect(0, top, self.width(), 1, colours.color(token))

    def _cell(self, painter: QPainter, rect: QRect, column: GridColumn, text: str, at: int) -> None:
        grid, colours = self._grid, self._grid.desk.theme
        if column.frozen:
            painter.fillRect(rect, colours.color("page"))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), colours.color(rule_after(grid.columns, at)))
        text = shown(text, column, hides=grid.desk.hides_amounts)
        painter.setFont(theme.font_for(text, theme.WORK, theme.SEMIBOLD))
        painter.setPen(colours.color("ink"))
        left = left_of(width_of(text, theme.WORK, theme.SEMIBOLD), rect, column.kind)
        painter.drawText(left, baseline(rect.top(), rect.height(), theme.WORK), text)
