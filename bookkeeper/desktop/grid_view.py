"""The view of a grid, and the one that lies over it with the columns that stay in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from bookkeeper.desktop.grid_heads import GridHead

if TYPE_CHECKING:
    from bookkeeper.desktop.entry_grid import EntryGrid


def _plainly(view: QTableView) -> None:
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setShowGrid(False)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setTabKeyNavigation(False)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().setMinimumSectionSize(20)
    view.verticalHeader().hide()
    view.setCornerButtonEnabled(False)
    view.setAutoScroll(True)


class GridView(QTableView):
    """The cells. Keys go to the grid."""

    def __init__(self, grid: EntryGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._wide = 0
        _plainly(self)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if self._grid.keys.press(event):
            event.accept()
            return
        if event.key() in _MOVES:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab} and not event.modifiers() & _HELD:
            super().focusNextPrevChild(event.key() == Qt.Key.Key_Tab)  # behind the last cell, out of the grid
        else:
            event.ignore()  # the page's own: Escape, Page Up and Down

    def focusNextPrevChild(self, _next: bool) -> bool:  # noqa: FBT001, N802  # Qt's name
        """Tab goes across the cells first."""
        return False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802  # Qt's name
        """A letter that is being composed opens the line over the cell."""
        if event.commitString() or event.preeditString():
            self._grid.compose(event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        self._grid.commit()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        self._grid.edit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        if self.viewport().width() != self._wide:  # a scroll bar may have come, too
            self._wide = self.viewport().width()
            self._grid.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Qt would paint every cell anew when a line opens or closes over one; the grid knows what is other."""
        if not self.currentIndex().isValid():
            super().focusInEvent(event)
        self._grid.focus_moved()

    def focusOutEvent(self, _event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """As above."""
        self._grid.focus_moved()


_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right}


class FrozenView(QTableView):
    """The columns that stay in sight while the rest scrolls; nothing of it has the focus."""

    def __init__(self, grid: EntryGrid, under: GridView) -> None:
        super().__init__(under)
        self._grid, self._under = grid, under
        self.scrolls = False
        _plainly(self)
        self.setModel(under.model())
        self.setSelectionModel(under.selectionModel())
        self.setItemDelegate(under.itemDelegate())
        self.setHorizontalHeader(GridHead(grid, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        under.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(under.verticalScrollBar().setValue)
        self.hide()

    def follow(self, *, scrolls: bool) -> None:
        """Show the frozen columns where the others have to scroll."""
        self.scrolls = scrolls
        for at, column in enumerate(self._grid.columns):
            self.setColumnHidden(at, not column.frozen)
            self.setColumnWidth(at, self._under.columnWidth(at))
        self.place()

    def place(self) -> None:
        """Lie over the view's left part."""
        wide = sum(self._under.columnWidth(at) for at, one in enumerate(self._grid.columns) if one.frozen)
        head = self._under.horizontalHeader()
        self.setGeometry(0, 0, wide, head.height() + self._under.viewport().height())
        self.setVisible(self.scrolls and wide > 0)
        self.raise_()
