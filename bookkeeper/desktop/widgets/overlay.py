"""What lies over a page for a moment: a choice, a question, the keys. Closed, it gives the cursor back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

if TYPE_CHECKING:
    from bookkeeper.desktop.shell import Shell


class Overlay(QFrame):
    """Remembers in which very field one was when it was made."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setObjectName("overlay")
        self.shell = shell
        self.came_from: QWidget | None = shell.focusWidget()

    def show_in_the_middle(self, *, part: int) -> None:
        """Show it, as large as it has to be, with one `part` of the room that is left above it."""
        self.adjustSize()
        self.move((self.shell.width() - self.width()) // 2, (self.shell.height() - self.height()) // part)
        self.show()
        self.raise_()

    def close_(self) -> None:
        """Gone, and the cursor where it was."""
        self.hide()
        if self.came_from is not None and self.came_from.isVisible():
            self.came_from.setFocus()
        self.deleteLater()
