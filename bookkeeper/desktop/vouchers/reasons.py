"""The day and the reason of a reversal, in a strip above the voucher, with what it will do to the books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from bookkeeper.desktop import theme
from bookkeeper.desktop.vouchers.fields import text_line
from bookkeeper.desktop.widgets.captioned import Captioned
from bookkeeper.desktop.widgets.date_field import DateField
from bookkeeper.rules.text import LONG

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk


class Reasons(QFrame):
    """`changed` tells that day or reason are others, `accepted` Enter on the reason, `turned_away` Escape."""

    changed = Signal()
    accepted = Signal()
    turned_away = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.desk, self.name, self.is_correction = desk, "", False
        self.effect = QLabel()
        self.effect.setFont(theme.font())
        self.effect.setWordWrap(True)
        self.on = DateField(desk)
        self.line: QLineEdit = text_line(LONG)
        self.reason = Captioned(desk, self.line, has_note=False)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.on, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.reason, 1, Qt.AlignmentFlag.AlignTop)
        down = QVBoxLayout(self)
        down.setContentsMargins(14, 8, 14, 4)
        down.setSpacing(4)
        down.addWidget(self.effect)
        down.addLayout(row)
        notes = QHBoxLayout()
        notes.addWidget(self.on.note_below(), 1)
        notes.addWidget(self.reason.note, 1)
        down.addLayout(notes)
        self.reason.note.show()
        self.on.changed.connect(self._moved)
        self.line.textEdited.connect(self._typed)
        self.hide()

    def open_for(self, name: str, on: str, reason: str, *, is_correction: bool) -> None:
        """Ask for the day and the reason of reversing this voucher."""
        self.name, self.is_correction = name, is_correction
        self.on.set_date(on)
        self.line.setText(reason)
        self.reason.say_wrong("")
        self.translate()
        self.show()

    def translate(self) -> None:
        """Show every word anew."""
        say = self.desk.say
        self.on.translate(say("Date of the reversal"))
        self.reason.name(say("Reason"))
        told = (
            "{voucher} stays as it is. Its mirror is posted on {date}, and this voucher in its place; both or neither."
        )
        if not self.is_correction:
            told = "{voucher} stays as it is. Its mirror is posted on {date}; together they come to nothing."
        date = self.desk.language.date(self.on.date)
        self.effect.setText(say(told, voucher=self.name, date=date))

    def focus_reason(self) -> None:
        """Put the cursor where the reason is written."""
        self.line.setFocus(Qt.FocusReason.TabFocusReason)

    def is_complete(self) -> bool:
        """Whether there is a day and a reason; else it is said beside the field."""
        if not self.on.take():
            self.on.setFocus()
            return False
        if not self.line.text().strip():
            self.reason.say_wrong(self.desk.say("Say in a few words why."))
            self.focus_reason()
            return False
        return True

    def _moved(self, _iso: str) -> None:
        self.translate()
        self.changed.emit()

    def _typed(self, _text: str) -> None:
        self.reason.say_wrong("")
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter goes on; Escape turns away."""
        if event.key() == Qt.Key.Key_Escape:
            self.turned_away.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.line.hasFocus():
                self.accepted.emit()
            elif not self.on.is_wrong:
                self.focus_reason()
        else:
            super().keyPressEvent(event)
