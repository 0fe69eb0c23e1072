"""The one entry grid: a ruled sheet that takes digits at once, of a meeting, a voucher, or an opening sheet.

Digits and letters go into the cell where the cursor is; Enter goes down or across by the user's choice, Tab across.
The sheet (`grid_sheet.Sheet`) knows the cells and is told each text as it is typed; the grid knows only how they are
walked, edited, pasted, and undone. `GridDelegate` paints the cells.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from bookkeeper.desktop import theme
from bookkeeper.desktop.grid_cell_line import CellLine, place_line
from bookkeeper.desktop.grid_cells import GridCells
from bookkeeper.desktop.grid_delegate import PAD, GridDelegate
from bookkeeper.desktop.grid_heads import TOTALS, GridHead, TotalsRow
from bookkeeper.desktop.grid_keys import GridKeys
from bookkeeper.desktop.grid_sheet import GridColumn, Kind, Sheet, State
from bookkeeper.desktop.grid_view import FrozenView, GridView
from bookkeeper.desktop.grid_widths import Widths, widths
from bookkeeper.desktop.widgets.lettering import width_of

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

ROW, LOW_ROW = 28, 26
_UNDO: Final = 200
"""So many changes can be undone."""

Cell = tuple[int, int]


class EntryGrid(QFrame):
    """A grid with heads, cells and totals.

    `cell_changed` tells that texts of the sheet changed (typed, pasted, cleared, undone), `moved` that the cursor did,
    `committed` that a cell was left after it was typed in, `passed` that Enter went on from a cell (its row and
    column). `ended` is Enter behind the last cell, `left_out` how many pasted texts had no cell that takes them,
    `not_taken` a figure typed into a cell that takes nothing.

    Hooks, each None until set: `editor_for(row, column)` a line of one's own over the cell, or None for the plain one
    (a line that has `takes(key event) -> bool` is asked before the grid looks at a key; `grid.commit()` takes its
    text); `on_enter(row, column)` True where Enter there is taken; `find_row(text)` the row whose name begins so.
    """

    cell_changed = Signal()
    moved = Signal(int, int)
    committed = Signal(int, int)
    passed = Signal(int, int)
    ended = Signal()
    left_out = Signal(int)
    not_taken = Signal()

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self.setObjectName("grid")
        self.desk = desk
        self.sheet: Sheet | None = None
        self.columns: Sequence[GridColumn] = ()
        self.enter_goes_across = False
        self.shows_totals = True
        self.rows_are_apart = False
        """Whether typing in a row changes no other row, so that only its own is painted anew at each key."""
        self.first_wrong: Cell | None = None
        self.editor_for: Callable[[int, int], QLineEdit | None] | None = None
        self.on_enter: Callable[[int, int], bool] | None = None
        self.find_row: Callable[[str], int | None] | None = None
        self._line: QLineEdit | None = None
        self._edited: Cell | None = None
        self._before: object = None
        self._undo: list[tuple[object, Cell]] = []
        self.keys = GridKeys(self)
        self._row_height = ROW
        self._left_out: set[str] = set()
        self._model = GridCells(self)
        self.view = GridView(self)
        self.view.setModel(self._model)
        self.view.setItemDelegate(GridDelegate(self))
        self.view.setHorizontalHeader(GridHead(self, self.view))
        self.view.setAccessibleName(name)
        self._frozen = FrozenView(self, self.view)
        self._totals = TotalsRow(self)
        down = QVBoxLayout(self)
        down.setContentsMargins(1, 1, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.view, 1)
        down.addWidget(self._totals)
        down.addStretch(0)
        self.setFocusProxy(self.view)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.view.horizontalScrollBar().valueChanged.connect(lambda _at: self._totals.update())

    # ------------------------------------------------------------------------------------------------- its sheet

    def show_sheet(self, sheet: Sheet, *, only_says: bool = False) -> None:
        """Show this sheet; what could be undone is forgotten, unless it only says the same in other words."""
        self._drop_line()
        if not only_says:
            self._undo.clear()
        self.sheet, self.columns = sheet, sheet.columns
        self.keys.end_seeking()
        self._model.renew()
        self.fit()
        self.reread()

    def reread(self) -> None:
        """The sheet has other values, or more or fewer rows: show them."""
        self._model.follow()
        self._look_for_wrong()
        self._totals.setVisible(self.shows_totals and bool(self.sheet and self.sheet.totals()))
        self._settle_height()
        self.view.viewport().update()
        self.view.horizontalHeader().viewport().update()
        self._frozen.viewport().update()
        self._totals.update()

    def set_row_height(self, height: int) -> None:
        """Rows of 28, or of 26 in a low window."""
        if height != self._row_height:
            self._row_height = height
            self._settle_height()

    def fit(self) -> None:
        """Give each column the width of its widest text, and share what is left."""
        if self.sheet is None:
            return
        wanted: Widths = widths(self.sheet, self.view.viewport().width() or self.width() - 2, self._left_out)
        for at, width in enumerate(wanted.columns):
            self.view.setColumnHidden(at, not width)
            self.view.setColumnWidth(at, width)
        self._frozen.follow(scrolls=wanted.scrolls)
        self._settle_height()
        self._totals.update()

    def leave_out(self, keys: Collection[str]) -> None:
        """Show all columns but these, while there is no room for them."""
        if set(keys) != self._left_out:
            self._left_out = set(keys)
            self.fit()

    def natural_height(self, rows: int | None = None) -> int:
        """How high the grid is when every row is in sight, or so many rows are."""
        if rows is None:
            rows = self.sheet.rows() if self.sheet else 0
        head = self.view.horizontalHeader()
        foot = TOTALS if self._totals.isVisibleTo(self) else 1
        return 1 + head.sizeHint().height() + rows * self._row_height + foot

    def _settle_height(self) -> None:
        self.view.verticalHeader().setDefaultSectionSize(self._row_height)
        self._frozen.verticalHeader().setDefaultSectionSize(self._row_height)
        totals = TOTALS if self._totals.isVisibleTo(self) else 0
        bar = self.view.horizontalScrollBar().sizeHint().height() if self._frozen.scrolls else 0
        natural = self.natural_height() - 1 - totals
        seen = self._whole_rows(self.height() - 1 - totals - bar)
        self.view.setMaximumHeight(max(min(natural, seen) + bar, 60))
        self.view.setMinimumHeight(min(natural + bar, self.view.maximumHeight(), 120))
        self._frozen.place()
        if self._line is not None and self._edited is not None:
            place_line(self._line, self.view, self._model.index(*self._edited))

    def _whole_rows(self, room: int) -> int:
        """How high the heads are with as many rows as are whole in so much room: half a row would read as another."""
        head = self.view.horizontalHeader().sizeHint().height()
        foot = 0 if self._totals.isVisibleTo(self) else 1
        return head + max((room - head - foot) // self._row_height, 1) * self._row_height + foot

    # ------------------------------------------------------------------------------------------------- the cursor

    @property
    def row(self) -> int:
        """The row of the cursor; -1 where there is none."""
        return self.view.currentIndex().row()

    @property
    def column(self) -> int:
        """The column of the cursor; -1 where there is none."""
        return self.view.currentIndex().column()

    @property
    def line(self) -> QLineEdit | None:
        """The line that is open over a cell."""
        return self._line

    @property
    def is_editing(self) -> bool:
        """Whether a line is open over the cell."""
        return self._line is not None

    def has_the_cursor(self) -> bool:
        """Whether keys go to the grid."""
        return self.view.hasFocus() or (self._line is not None and self._line.hasFocus())

    def stand_at(self, row: int, column: int) -> None:
        """Put the cursor into a cell, after what is being typed was taken."""
        self.commit()
        if self.sheet is not None and 0 <= row < self.sheet.rows():
            self.view.setCurrentIndex(self._model.index(row, column))

    def stand_at_first(self) -> None:
        """Put the cursor into the first cell that takes something."""
        cell = next(iter(self.open_cells()), None)
        if cell is not None:
            self.stand_at(*cell)

    def column_of(self, key: str) -> int:
        """Which column has that key; -1 where none has."""
        return next((at for at, one in enumerate(self.columns) if one.key == key), -1)

    def step(self, *, across: bool, back: bool = False) -> bool:
        """Go to the next open cell, in reading order across or down; False where there is none."""
        here = self.row, self.column
        self.commit()
        cells = self.open_cells(across=across)

        def place(cell: Cell) -> Cell:
            return cell if across else (cell[1], cell[0])

        if back:
            cells.reverse()
        found = next((one for one in cells if (place(one) < place(here) if back else place(one) > place(here))), None)
        if found is None:
            return False
        self.stand_at(*found)
        return True

    def open_cells(self, *, across: bool = True) -> list[Cell]:
        """The cells that take something, row by row, or column by column."""
        sheet = self.sheet
        if sheet is None:
            return []
        rows, columns = range(sheet.rows()), range(len(self.columns))
        cells = ((row, at) for row in rows for at in columns) if across else ((r, c) for c in columns for r in rows)
        return [cell for cell in cells if sheet.is_open(*cell)]

    def _current_changed(self, new: QModelIndex, old: QModelIndex) -> None:
        if old.isValid() or new.isValid():
            self._repaint(old.row(), new.row())
            self.view.horizontalHeader().viewport().update()
        if new.isValid():
            self.moved.emit(new.row(), new.column())
            if self.columns[new.column()].opens and self.view.hasFocus():
                QTimer.singleShot(0, self, self._open_where_it_opens)

    def _open_where_it_opens(self) -> None:
        if self.view.hasFocus() and self.takes_here() and self.columns[self.column].opens:
            self.edit(select=True)

    # --------------------------------------------------------------------------------------------------- editing

    def edit(self, text: str | None = None, *, select: bool = False) -> None:
        """Open the line over the cell: with a text that replaces what stood there, or with what stands there."""
        sheet, cell = self.sheet, (self.row, self.column)
        if sheet is None or cell[0] < 0 or self._line is not None or not sheet.is_open(*cell):
            return
        column = self.columns[cell[1]]
        line = (self.editor_for(*cell) if self.editor_for else None) or CellLine(column.kind is Kind.AMOUNT)
        self._before = sheet.remembered()
        self._line, self._edited = line, cell
        line.setParent(self.view.viewport())
        line.setAccessibleName(f"{column.head}, {sheet.display(cell[0], self._name_column())}")
        line.installEventFilter(self)
        place_line(line, self.view, self._model.index(*cell))
        line.setText(sheet.editing(*cell))
        if isinstance(line, CellLine):
            line.textChanged.connect(self._typing)
        line.show()
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        if text is not None:
            line.selectAll()
            line.insert(text)
        elif select:
            line.selectAll()
        self._repaint(cell[0])

    def commit(self) -> None:
        """Take what is being typed, and close the line."""
        line, cell, sheet = self._line, self._edited, self.sheet
        if line is None or cell is None or sheet is None:
            return
        left_text: Callable[[], str] = getattr(line, "left_text", line.text)
        sheet.typed(*cell, left_text())
        self._keep_for_undo(self._before, cell)
        self._drop_line()
        self.committed.emit(*cell)
        self._changed(cell[0])

    def cancel(self) -> bool:
        """Close the line and leave the cell as it was; False where no line is open."""
        if self._line is None or self.sheet is None:
            return False
        row = self.row
        self.sheet.put_back(self._before)
        self._drop_line()
        self._changed(row)
        return True

    def clear(self) -> None:
        """Take out what stands in the cell."""
        if self.takes_here():
            self.change(lambda sheet: sheet.typed(self.row, self.column, ""))

    def copy_above(self) -> None:
        """Copy into the cell what stands above it."""
        self.commit()
        if self.takes_here() and self.row > 0:
            self.change(lambda sheet: sheet.typed(self.row, self.column, sheet.editing(self.row - 1, self.column)))

    def undo(self) -> bool:
        """Undo the last change that is not posted; False where there is none."""
        if self.cancel():
            return True
        if not self._undo or self.sheet is None:
            return False
        kept, cell = self._undo.pop()
        self.sheet.put_back(kept)
        self._changed()
        self.stand_at(*cell)
        return True

    def change(self, what: Callable[[Sheet], object], row: int = -1) -> None:
        """Change the sheet by anything that can be undone in one step, or one row of it, wherever the cursor is."""
        if row < 0:
            self.commit()
        if self.sheet is not None:
            before = self.sheet.remembered()
            what(self.sheet)
            self._keep_for_undo(before, (self.row if row < 0 else row, self.column))
            self._changed(row)

    def copy_cells(self) -> None:
        """Put the chosen cells on the clipboard, as a spreadsheet takes them."""
        sheet = self.sheet
        chosen = sorted((one.row(), one.column()) for one in self.view.selectedIndexes())
        if sheet is None or not chosen:
            return
        columns = sorted({at for _, at in chosen})
        rows = sorted({row for row, _ in chosen})
        lines = ("\t".join(sheet.editing(row, at) for at in columns) for row in rows)
        QGuiApplication.clipboard().setText("\n".join(lines))

    def paste_cells(self) -> None:
        """Put a block from a spreadsheet into the cells from the cursor on, to the right and down."""
        text = QGuiApplication.clipboard().text().rstrip("\r\n")
        lines = [line.split("\t") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]

        cells = [
            ((row, column), one.strip())
            for row, texts in enumerate(lines, self.row)
            for column, one in enumerate(texts, self.column)
        ]
        if text and self.row >= 0:
            self.change(lambda sheet: [sheet.typed(*cell, one) for cell, one in cells if self._takes(cell)])
            lost = sum(1 for cell, one in cells if one and not self._takes(cell) and one != self._shown_at(cell))
            if lost:
                self.left_out.emit(lost)

    def _takes(self, cell: Cell) -> bool:
        sheet = self.sheet
        return sheet is not None and cell[0] < sheet.rows() and cell[1] < len(self.columns) and sheet.is_open(*cell)

    def _shown_at(self, cell: Cell) -> str:
        sheet = self.sheet
        there = sheet is not None and cell[0] < sheet.rows() and cell[1] < len(self.columns)
        return sheet.editing(*cell) if sheet is not None and there else ""

    def takes_here(self) -> bool:
        """Whether the cell where the cursor is takes anything."""
        return self.sheet is not None and self.row >= 0 and self.sheet.is_open(self.row, self.column)

    def _typing(self, text: str) -> None:
        if self.sheet is not None and self._edited is not None:
            self.sheet.typed(*self._edited, text)
            self._changed(self._edited[0], typing=True)

    def _keep_for_undo(self, before: object, cell: Cell) -> None:
        if self.sheet is not None and before is not None and before != self.sheet.remembered():
            self._undo.append((before, cell))
            del self._undo[:-_UNDO]

    def _drop_line(self) -> None:
        line, self._line, self._edited, self._before = self._line, None, None, None
        if line is not None:
            line.removeEventFilter(self)
            had = line.hasFocus()
            line.hide()
            line.deleteLater()
            if had:
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._repaint(self.row)

    def _changed(self, row: int = -1, *, typing: bool = False) -> None:
        """Show what is other now: a row, where rows are apart and only it was touched, else every cell."""
        self._model.follow()
        wrong = self.first_wrong
        if not typing:
            self._look_for_wrong()
            self._grow()
        if row >= 0 and self.rows_are_apart and wrong == self.first_wrong:
            self._repaint(row)
        else:
            self.view.viewport().update()
            self._frozen.viewport().update()
        self._totals.update()
        self.cell_changed.emit()

    def _repaint(self, *rows: int) -> None:
        """Paint these rows anew, which takes a tenth of what all cells take."""
        for row in rows:
            if row >= 0:
                top, tall = self.view.rowViewportPosition(row), self.view.rowHeight(row)
                for viewport in (self.view.viewport(), self._frozen.viewport()):
                    viewport.update(0, top, viewport.width(), tall)

    def _grow(self) -> None:
        """Where a total, or the text of the cell, has become too wide, the columns are measured anew."""
        sheet = self.sheet
        if sheet is None:
            return
        texts = list(enumerate(sheet.totals()))
        if 0 <= self.row < sheet.rows() and self.column >= 0:
            texts.append((self.column, sheet.display(self.row, self.column)))
        if any(width_of(text, theme.WORK, theme.SEMIBOLD) + 2 * PAD > self.view.columnWidth(at) for at, text in texts):
            self.fit()

    def _look_for_wrong(self) -> None:
        sheet = self.sheet
        cells = ((row, at) for row in range(sheet.rows() if sheet else 0) for at in range(len(self.columns)))
        self.first_wrong = next((one for one in cells if sheet and sheet.state(*one) is State.WRONG), None)

    def _name_column(self) -> int:
        return next((at for at, one in enumerate(self.columns) if one.is_name), 0)

    # -------------------------------------------------------------------------------------------- the widget's own

    def frozen_width(self) -> int:
        """How much of the left is covered by columns that stay while the rest scrolls."""
        return self._frozen.width() if self._frozen.scrolls else 0

    def left_of_column(self, at: int) -> int:
        """Where a column stands now, scrolled or frozen."""
        if self.columns[at].frozen:
            return sum(self.view.columnWidth(one) for one in range(at))
        return self.view.columnViewportPosition(at)

    def focus_moved(self) -> None:
        """Keys go to the grid, or away from it."""
        self.keys.end_seeking()
        self._repaint(self.row)
        self.view.horizontalHeader().viewport().update()
        if self.view.hasFocus():
            QTimer.singleShot(0, self, self._open_where_it_opens)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._settle_height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if watched is self._line:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self.keys.press_in_line(event)
            if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent) and event.reason() in _LEAVES:
                QTimer.singleShot(0, self, self.commit)
        return super().eventFilter(watched, event)

    def compose(self, event: QInputMethodEvent) -> None:
        """A letter that is being composed opens the line over the cell, and goes on there."""
        self.edit("")
        if self._line is not None:
            self._line.inputMethodEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter, line = QPainter(self), self.desk.theme.color("line2")
        tall = self.view.height() + (TOTALS if self._totals.isVisibleTo(self) else 0)
        painter.fillRect(0, 0, self.width(), 1, line)
        painter.fillRect(0, 0, 1, tall, line)


_LEAVES: Final = {
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
}
