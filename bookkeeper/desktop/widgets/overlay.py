"""What lies over a page for a moment: a choice, a question, the keys. Closed, it gives the cursor back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from bookkeeper.desktop.shell import Shell


class Overlay(QFrame):
    """Remembers in which very field one was when it was made, and around what, should the field be gone."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setObjectName("overlay")
        self.shell = shell
        self.came_from: QWidget | None = _below_overlays(shell.focusWidget())
        self._around = _parents(self.came_from)
        self._part = 2

    def show_in_the_middle(self, *, part: int) -> None:
        """Show it, as large as it has to be, with one `part` of the room that is left above it."""
        self._part = part
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Where it stands in a window of this size."""
        self.move((self.shell.width() - self.width()) // 2, (self.shell.height() - self.height()) // self._part)

    def close_(self) -> None:
        """Gone, and the cursor where it was."""
        self.hide()
        if self.came_from is not None:
            back = next((one for one in (self.came_from, *self._around) if isValid(one) and one.isVisible()), None)
            if back is not None:
                back.setFocus(Qt.FocusReason.PopupFocusReason)
        self.deleteLater()


def overlay_around(widget: QWidget | None) -> Overlay | None:
    """The overlay in which a widget is; None for one of a page."""
    while widget is not None and not isinstance(widget, Overlay):
        widget = widget.parentWidget()
    return widget


def _below_overlays(widget: QWidget | None) -> QWidget | None:
    """Where the cursor was in the page: an overlay that is open already knows, and will be gone."""
    around = overlay_around(widget)
    return widget if around is None else around.came_from


def _parents(widget: QWidget | None) -> list[QWidget]:
    """Those around a widget that take the cursor."""
    found = []
    while widget is not None and not widget.isWindow():
        widget = widget.parentWidget()
        if widget is not None and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            found.append(widget)
    return found
