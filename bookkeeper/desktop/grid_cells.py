"""A sheet as Qt's view asks for it, and as a reader of the screen speaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from bookkeeper.desktop.entry_grid import EntryGrid


class GridCells(QAbstractTableModel):
    """The rows and columns of a grid's sheet."""

    def __init__(self, grid: EntryGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._rows = 0

    def renew(self) -> None:
        """Another sheet."""
        self.beginResetModel()
        self._rows = self._grid.sheet.rows() if self._grid.sheet else 0
        self.endResetModel()

    def follow(self) -> None:
        """The sheet may have more rows now, or fewer."""
        rows = self._grid.sheet.rows() if self._grid.sheet else 0
        if rows > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, rows - 1)
            self._rows = rows
            self.endInsertRows()
        elif rows < self._rows:
            self.beginRemoveRows(QModelIndex(), rows, self._rows - 1)
            self._rows = rows
            self.endRemoveRows()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008, N802  # Qt's
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._grid.columns)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        sheet = self._grid.sheet
        if sheet is None or role not in _SPOKEN:
            return None
        text = sheet.display(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return sheet.wrong(index.row(), index.column()) or sheet.beside(index.row(), index.column())
        return text

    def headerData(  # noqa: N802  # Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role in _SPOKEN and section < len(self._grid.columns):
            return self._grid.columns[section].head
        return None


_SPOKEN: Final = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
}
