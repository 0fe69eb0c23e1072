"""The one line above a page that says what is wrong and what to do, in brick, or what went well, in ink."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from bookkeeper.desktop import theme
from bookkeeper.errors import BookError

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

_SHOWN = 4
"""How many faults are written out; of more it is said how many."""


class Notice(QFrame):
    """Hidden until there is something to say. Wrong things stay until they are mended or another act succeeds."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._desk = desk
        down = QVBoxLayout(self)
        down.setContentsMargins(14, 8, 14, 8)
        down.setSpacing(2)
        self.first, self.rest = QLabel(), QLabel()
        self.first.setFont(theme.font(theme.WORK, theme.SEMIBOLD))
        self.rest.setFont(theme.font())
        for label in (self.first, self.rest):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            down.addWidget(label)
        self.hide()

    def show_faults(self, error: BookError, *, in_books: bool = True) -> None:
        """Say what is wrong, fault by fault, and where it was about open books, that they are as they were."""
        faults = error.faults
        said = [self._desk.say_fault(fault) for fault in faults]
        more = len(said) - _SHOWN
        if more > 0:
            said = [*said[:_SHOWN], self._desk.language.say("and {count} more.", count=more)]
        stand = [self._desk.language.say("The books are as they were.")] if in_books else []
        self.show_wrong(said[0], "\n".join([*said[1:], *stand]))

    def show_wrong(self, first: str, rest: str = "") -> None:
        """Say what is wrong, then what to do. The texts are in the reader's language already."""
        self._show(first, rest, "wrong")

    def show_well(self, first: str, rest: str = "") -> None:
        """Say what was done."""
        self._show(first, rest, "well")

    def clear(self) -> None:
        """Nothing is wrong any more."""
        self.hide()

    def _show(self, first: str, rest: str, rank: str) -> None:
        self.first.setText(first)
        self.first.setProperty("rank", "wrong" if rank == "wrong" else "good")
        self.rest.setText(rest)
        self.rest.setVisible(bool(rest))
        self.setProperty("rank", rank)
        for widget in (self, self.first):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self.setAccessibleName(f"{first} {rest}".strip())
        self.show()
