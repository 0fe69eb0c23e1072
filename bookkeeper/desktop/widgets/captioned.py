"""A field with its caption above and one line below: what it means, or, in brick, what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from bookkeeper.desktop import theme

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

NOTE_HEIGHT = 18


class TypedLine(QLineEdit):
    """A line that reads what is typed at Enter and when it is left; `refused` tells what is wrong with it, or "".

    The whole of it is selected where one comes to it.
    """

    refused = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setFont(theme.font())
        self.returnPressed.connect(self.take)

    def take(self) -> bool:
        """Read what is typed; False where it cannot be read, which is then said."""
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        if event.reason() is not Qt.FocusReason.PopupFocusReason:  # to what lies over the page for a moment
            self.take()
        super().focusOutEvent(event)


class Captioned(QWidget):
    """A caption, an editor, and a note whose place is kept even while there is none, so that nothing moves."""

    def __init__(self, desk: Desk, editor: QWidget, *, width: int = 0, has_note: bool = True) -> None:
        super().__init__()
        self.desk, self.editor = desk, editor
        self.caption, self.note = QLabel(), QLabel()
        self.caption.setFont(theme.font(theme.NOTE))
        self.caption.setProperty("rank", "second")
        self.caption.setBuddy(editor)
        self.note.setFont(theme.font(theme.NOTE))
        self.note.setProperty("rank", "note")
        self.note.setFixedHeight(NOTE_HEIGHT)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.caption)
        down.addSpacing(3)
        down.addWidget(editor)
        down.addWidget(self.note)
        self.note.setVisible(has_note)  # only now: without a parent it would be a window of its own
        if width:
            editor.setFixedWidth(width)
            self.note.setFixedWidth(width)
            self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(editor)

    def name(self, text: str) -> None:
        """The caption, in the reader's language; also what is read aloud at the editor."""
        self.caption.setText(text)
        self.editor.setAccessibleName(text)

    def say_note(self, text: str) -> None:
        """What the field means as it is filled."""
        self._say(text, "note")

    def say_wrong(self, text: str) -> None:
        """What is wrong and what to write; "" where nothing is any more."""
        self._say(text, "wrong" if text else "note")

    @property
    def is_wrong(self) -> bool:
        """Whether something is said to be wrong here."""
        return bool(self.note.property("rank") == "wrong")

    def _say(self, text: str, rank: str) -> None:
        self.note.setText(text)
        self.editor.setAccessibleDescription(text)
        if self.note.property("rank") == rank:
            return
        self.note.setProperty("rank", rank)
        self.editor.setProperty("wrong", rank == "wrong")
        for widget in (self.note, self.editor):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


class TypedField(Captioned):
    """A field whose line reads what is typed and says what is wrong with it (`refused`).

    `accepted` tells that Enter was pressed on something that could be read.
    """

    accepted = Signal()

    def __init__(self, desk: Desk, edit: TypedLine, *, width: int, has_note: bool = True) -> None:
        super().__init__(desk, edit, width=width, has_note=has_note)
        edit.refused.connect(self.say_refused)
        edit.returnPressed.connect(self._entered)

    def say_refused(self, wrong: str) -> None:
        """What is wrong with what was typed; "" where nothing is."""
        self.say_wrong(wrong)

    def _entered(self) -> None:
        if not self.is_wrong:
            self.accepted.emit()
