"""The keys of an entry grid: walking, marking attendance, looking for a row, and what opens the line over a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from bookkeeper.desktop.grid_sheet import Kind

if TYPE_CHECKING:
    from bookkeeper.desktop.entry_grid import EntryGrid

_MODIFIERS: Final = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock}
_EDGES: Final = {Qt.Key.Key_Home, Qt.Key.Key_End}
_ENTERS: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class GridKeys:
    """What each key does in a grid."""

    def __init__(self, grid: EntryGrid) -> None:
        self._grid = grid
        self._sought = ""

    def end_seeking(self) -> None:
        """The letters that were typed look for nothing any more."""
        self._sought = ""

    def press(self, event: QKeyEvent) -> bool:
        """A key while no line is open; False where the grid has no use for it."""
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._walk(key, shift=shift):
            return True
        self._end_seeking(event)
        if event.matches(QKeySequence.StandardKey.Paste):
            self._grid.paste_cells()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._grid.copy_cells()
        elif key in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self._grid.clear()
        elif key in _EDGES and not event.modifiers() & ~Qt.KeyboardModifier.ControlModifier:
            whole = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._to_edge(first=key == Qt.Key.Key_Home, whole=whole)
        else:
            return self._printed(event)
        return True

    def _walk(self, key: int, *, shift: bool) -> bool:
        if key in _ENTERS:
            if self._sought.startswith("/"):
                self._sought = ""
                return True
            self._enter(back=shift)
            return True
        if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            return self._grid.step(across=True, back=key == Qt.Key.Key_Backtab or shift)
        return False

    def _enter(self, *, back: bool) -> None:
        if not back and self._grid.on_enter is not None and self._grid.on_enter(self._grid.row, self._grid.column):
            return
        here = self._grid.row, self._grid.column
        moved = self._grid.step(across=self._grid.enter_goes_across, back=back)
        if not back:
            self._grid.passed.emit(*here)
        if not moved and not back:
            self._grid.ended.emit()

    def _to_edge(self, *, first: bool, whole: bool) -> None:
        """To the first or last open cell of the row, or of the whole sheet."""
        cells = [one for one in self._grid.open_cells() if whole or one[0] == self._grid.row]
        if cells:
            self._grid.stand_at(*cells[0 if first else -1])

    def _end_seeking(self, event: QKeyEvent) -> None:
        if not event.text().strip() and event.key() not in _MODIFIERS:
            self._sought = ""

    def _printed(self, event: QKeyEvent) -> bool:
        """A sign that is written into the cell, marks attendance, or looks for a row."""
        text = event.text()
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if not text or not text.isprintable() or held or self._grid.sheet is None or self._grid.row < 0:
            return False
        kind = self._grid.columns[self._grid.column].kind
        if text == "/" or self._sought.startswith("/"):
            return self._seek(text)
        if kind is Kind.ATTENDANCE and text.strip() and self._grid.takes_here():
            return self._mark(text)
        looks = kind is not Kind.TEXT and text[0].isalpha()
        if looks:
            return self._seek(text)
        if self._grid.takes_here() and text.strip():
            self._grid.edit(text)
            return True
        self._grid.not_taken.emit()
        return False

    def _mark(self, text: str) -> bool:
        cell = self._grid.row, self._grid.column
        self._grid.change(lambda sheet: sheet.typed(*cell, text))
        self._grid.committed.emit(*cell)
        return True

    def _seek(self, text: str) -> bool:
        """Letters of a name go to its row, in the same column; "/" takes figures too, until Enter."""
        if self._grid.find_row is None:
            return False
        self._sought += text
        row = self._grid.find_row(self._sought.removeprefix("/")) if self._sought != "/" else None
        if row is None and not self._sought.startswith("/") and len(self._sought) > 1:
            self._sought = text
            row = self._grid.find_row(text)
        if row is not None:
            self._grid.stand_at(row, self._grid.column)
        return True

    def press_in_line(self, event: QKeyEvent) -> bool:
        """A key while a line is open over the cell; False where it is the line's own."""
        line, key = self._grid.line, event.key()
        takes = getattr(line, "takes", None)
        if takes is not None and takes(event):
            return True
        if key == Qt.Key.Key_Escape:
            return self._grid.cancel()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if self._walk(key, shift=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)):
            return True
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._grid.commit()
            self._grid.view.keyPressEvent(event)
            return True
        return False
