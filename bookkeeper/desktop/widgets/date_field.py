"""A field for a day: `5` is the 5th, `+` and `-` a day, Page Up and Down a month, T M H Y R as they are named."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from bookkeeper.desktop.typed_dates import JUMPS, Unreadable, days_on, months_on, typed_day, weekday
from bookkeeper.desktop.widgets.captioned import TypedField, TypedLine
from bookkeeper.desktop.widgets.icons import icon

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

WIDTH: Final = 150
_ICON: Final = 16
_ANY_WIDTH: Final = 16777215


def today() -> str:
    """The computer's own day."""
    return dt.date.today().isoformat()  # noqa: DTZ011  # the day on the wall


class DateEdit(TypedLine):
    """The line in which a day is typed.

    `moved` tells a day that was set by the user; `refused` what is wrong with what he typed, "" where nothing is.
    """

    moved = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._date = today()
        self.setTextMargins(0, 0, _ICON + 4, 0)

    @property
    def date(self) -> str:
        """The day, ISO; what is typed and cannot be read leaves the former one."""
        return self._date

    def set_date(self, iso: str) -> None:
        """Show a day; the base beside which further typing is read."""
        self._date = iso
        self.setText(self._desk.language.date(iso))

    def take(self) -> bool:
        """Read what is typed; False where it is no day, which is then said."""
        try:
            found = typed_day(self.text(), self._date, today())
        except Unreadable as wrong:
            self.refused.emit(self._desk.language.text(wrong))
            if self.hasFocus():
                self.selectAll()  # what is typed next is another day, and no end of this one
            return False
        self.refused.emit("")
        self._move(found)
        return True

    def _move(self, iso: str) -> None:
        changed = iso != self._date
        self.set_date(iso)
        if self.hasFocus():  # else two places would look as if the next figure went there
            self.selectAll()
        if changed:
            self.moved.emit(iso)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        found = self._moved_by(event)
        if found:
            self.refused.emit("")
            self._move(found)
        else:
            super().keyPressEvent(event)

    def _moved_by(self, event: QKeyEvent) -> str:
        """The day to which a key goes at once; "" where it is typing."""
        key, text = event.key(), event.text().casefold()
        if key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            return months_on(self._date, -1 if key == Qt.Key.Key_PageUp else 1)
        whole = self.selectedText() == self.text()
        if not whole or event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return ""
        if text in {"+", "-"}:
            return days_on(self._date, 1 if text == "+" else -1)
        return JUMPS[text](self._date, today()) if text in JUMPS else ""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        picture = icon("calendar", self._desk.theme.ink2, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - _ICON - 8, (self.height() - _ICON) // 2, picture)


class DateField(TypedField):
    """A day with its caption, and under it the day of the week or what is wrong.

    `changed` tells the day that the user set; `accepted` that Enter was pressed on a good one.
    """

    changed = Signal(str)

    def __init__(self, desk: Desk, *, width: int = WIDTH, has_note: bool = True) -> None:
        self.edit = DateEdit(desk)
        super().__init__(desk, self.edit, width=width, has_note=has_note)
        self._has_note = has_note
        self.edit.moved.connect(self._moved)

    def note_below(self) -> QLabel:
        """The note, to be laid out by whoever holds the field: what is wrong with a day is longer than its line."""
        self.note.setFixedWidth(_ANY_WIDTH)
        self.note.setMinimumWidth(0)
        return self.note

    @property
    def date(self) -> str:
        """The day, ISO."""
        return self.edit.date

    def set_date(self, iso: str) -> None:
        """Show a day."""
        self.edit.set_date(iso)
        self.say_refused("")

    def translate(self, caption: str) -> None:
        """Show every word anew."""
        self.name(caption)
        self.set_date(self.edit.date)

    def take(self) -> bool:
        """Read what is typed; False where it is no day."""
        return self.edit.take()

    def _moved(self, iso: str) -> None:
        self.say_refused("")
        self.changed.emit(iso)

    def say_refused(self, wrong: str) -> None:
        """What is wrong; else which day of the week it is."""
        super().say_refused(wrong)
        self.note.setVisible(self._has_note)
        if not wrong:
            self.say_note(self._what_day())

    def _what_day(self) -> str:
        day = self.desk.say(weekday(self.edit.date))
        figure = self.desk.language.digits(str(int(self.edit.date[8:])))
        return self.desk.say("{weekday}; {day} is enough", weekday=day, day=figure)
