"""A row of fields at the foot of a page, opened by a key for what has no cell: Enter goes on, Escape leaves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from bookkeeper.desktop import theme
from bookkeeper.desktop.matching import Candidate
from bookkeeper.desktop.widgets.captioned import Captioned
from bookkeeper.desktop.widgets.date_field import DateEdit, DateField
from bookkeeper.desktop.widgets.picker import Choosing, Picker

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

Answer = str | tuple[str, str]
"""What is wrong, in words, or ""; the name of a field before it, where it is not the first that is empty."""

CHOICES = Choosing("{shown} of {all}", "Nothing has these letters. Write others.")


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name in code, its caption (in the reader's language), what stands in it, what may be chosen.

    `is_date` makes it a day (ISO), `width` 0 takes what is left.
    """

    key: str
    caption: str
    text: str = ""
    choices: tuple[Candidate, ...] = ()
    is_date: bool = False
    width: int = 150


class FieldBar(QFrame):
    """The row. What is in it goes to `done`, which answers with what is wrong, or ""; `closed` tells that it closed."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._desk = desk
        self._fields: dict[str, Captioned] = {}
        self._done: Callable[[dict[str, str]], Answer] = lambda _texts: ""
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        down = QVBoxLayout(self)
        down.setContentsMargins(12, 8, 12, 4)
        down.setSpacing(4)
        down.addWidget(self._sentence)
        down.addLayout(self._row)
        self.hide()

    def ask(self, sentence: str, fields: Sequence[Field], done: Callable[[dict[str, str]], Answer]) -> None:
        """Open it with these fields."""
        self._empty()
        self._done = done
        self._sentence.setText(sentence)
        self._sentence.setFont(theme.font_for(sentence))
        self._sentence.setVisible(bool(sentence))
        for field in fields:
            made = self._made(field)
            self._fields[field.key] = made
            self._row.addWidget(made, 0 if field.width else 1)
        if all(field.width for field in fields):
            self._row.addStretch(1)
        self.show()
        self._editors()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._editors()[0].selectAll()

    def texts(self) -> dict[str, str]:
        """What stands in the fields: keys of choices, ISO days, texts."""
        return {key: self._text(field.editor) for key, field in self._fields.items()}

    def say_wrong(self, key: str, text: str) -> None:
        """Say under a field what is wrong with it."""
        field = self._fields.get(key) or next(iter(self._fields.values()))
        field.say_wrong(text)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def wrong(self) -> str:
        """What is wrong, as it stands under a field."""
        return next((one.note.text() for one in self._fields.values() if one.is_wrong), "")

    def close_bar(self) -> None:
        """Close it; nothing of it is taken."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _empty(self) -> None:
        self._fields.clear()
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _made(self, field: Field) -> Captioned:
        if field.is_date:
            day = DateField(self._desk)
            day.set_date(field.text)
            made: Captioned = day
        elif field.choices:
            picker = Picker(self._desk, CHOICES)
            picker.choose_from(field.choices, field.text)
            made = Captioned(self._desk, picker, width=field.width)
        else:
            line = QLineEdit(field.text)
            line.setFont(theme.font())
            made = Captioned(self._desk, line, width=field.width)
            line.textEdited.connect(lambda _text: made.say_wrong(""))
        made.name(field.caption)
        made.caption.setFont(theme.font_for(field.caption, theme.NOTE))
        made.editor.installEventFilter(self)
        return made

    def _editors(self) -> list[QLineEdit]:
        return [field.editor for field in self._fields.values() if isinstance(field.editor, QLineEdit)]

    @staticmethod
    def _text(editor: QObject) -> str:
        if isinstance(editor, Picker):
            return editor.key
        if isinstance(editor, DateEdit):
            return editor.date
        return editor.text().strip() if isinstance(editor, QLineEdit) else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if isinstance(watched, Picker) and watched.takes(event):
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter(watched, back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return True
        return False

    def _enter(self, here: QObject, *, back: bool) -> None:
        if isinstance(here, DateEdit) and not here.take():
            return
        editors = self._editors()
        at = next(place for place, one in enumerate(editors) if one is here) + (-1 if back else 1)
        if 0 <= at < len(editors):
            editors[at].setFocus(Qt.FocusReason.OtherFocusReason)
            editors[at].selectAll()
        elif not back:
            self.finish()

    def finish(self) -> None:
        """Take what stands in the fields, where nothing in them is wrong."""
        if any(isinstance(one, DateEdit) and not one.take() for one in self._editors()):
            return
        for key, field in self._fields.items():
            if field.is_wrong:
                self.say_wrong(key, field.note.text())
                return
        texts = self.texts()
        wrong = self._done(texts)
        if wrong:
            empty = next((one for one, text in texts.items() if not text), next(iter(texts)))
            self.say_wrong(*(wrong if isinstance(wrong, tuple) else (empty, wrong)))
        else:
            self.close_bar()
