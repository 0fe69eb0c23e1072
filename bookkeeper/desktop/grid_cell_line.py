"""The line in which a cell is typed, laid over it so that its text stands exactly where the cell's stood."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QTableView

from bookkeeper.desktop import theme
from bookkeeper.desktop.grid_delegate import PAD
from bookkeeper.desktop.widgets.keycap import baseline

_INNER = 2
"""What QLineEdit keeps free at either side of its text."""

_ITS_OWN = {Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_A, Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_Left,
            Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Backspace}  # fmt: skip


class CellLine(QLineEdit):
    """A line without any frame of its own; the delegate paints the ring around it."""

    def __init__(self, is_amount: bool) -> None:  # noqa: FBT001  # the one thing it needs to know
        super().__init__()
        self.is_amount = is_amount
        self.setFrame(False)
        self.setStyleSheet("border: none; background: transparent; padding: 0; min-height: 0; border-radius: 0;")
        self.setFont(theme.font(theme.WORK, theme.SEMIBOLD if is_amount else theme.REGULAR))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        if is_amount:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def event(self, event: QEvent) -> bool:
        """Keys of the page with Ctrl are left to the page, whatever the system's lines do with them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and (event.key() not in _ITS_OWN or event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
                event.ignore()
                return False
        return super().event(event)


def place_line(line: QLineEdit, view: QTableView, index: QModelIndex) -> None:
    """Lay a line over a cell: a plain one inside the ring, with its baseline on the cell's."""
    rect = view.visualRect(index)
    if not isinstance(line, CellLine):
        line.setGeometry(rect.adjusted(0, 0, -1, -1))
        return
    metrics = QFontMetrics(line.font())
    inner = rect.adjusted(3, 2, -3, -3)
    text_top = inner.top() + (inner.height() - metrics.height() + 1) // 2
    wanted = baseline(rect.top(), rect.height(), theme.WORK)
    inner.translate(0, wanted - (text_top + metrics.ascent()))
    line.setTextMargins(PAD - 3 - _INNER, 0, PAD - 3 - _INNER - (1 if line.is_amount else 0), 0)
    line.setGeometry(inner)
