"""A field for a period: `2024-25`, `last month`, `april`; Alt and arrows move it and make it wider or narrower."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent

from bookkeeper.desktop.typed_dates import Period, Unreadable, moved, narrowed, typed_period, widened
from bookkeeper.desktop.widgets.captioned import TypedField, TypedLine
from bookkeeper.desktop.widgets.date_field import today
from bookkeeper.rules.dates import financial_year, year_end, year_start

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

WIDTH: Final = 222


class PeriodEdit(TypedLine):
    """The line in which a period is typed.

    `moved` tells first and last day, ISO, set by the user; `refused` what is wrong, "" where nothing is.
    """

    moved = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        year = financial_year(today())
        self._period: Period = (year_start(year), year_end(year))

    @property
    def period(self) -> Period:
        """First and last day, ISO."""
        return self._period

    def set_period(self, since: str, until: str) -> None:
        """Show a period."""
        self._period = (since, until)
        self.setText(self._desk.language.period(since, until))

    def take(self) -> bool:
        """Read what is typed; False where it is no period, which is then said."""
        if self.text() == self._desk.language.period(*self._period):
            return True
        try:
            found = typed_period(self.text(), self._period, today())
        except Unreadable as wrong:
            self.refused.emit(self._desk.language.text(wrong))
            return False
        self._move(found)
        return True

    def _move(self, period: Period) -> None:
        changed = period != self._period
        self.refused.emit("")
        self.set_period(*period)
        self.selectAll()
        if changed:
            self.moved.emit(*period)

    def event(self, event: QEvent) -> bool:
        """Alt and an arrow is ours, whatever else the window has on it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._moved_by(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        found = self._moved_by(event)
        if found:
            self._move(found)
        else:
            super().keyPressEvent(event)

    def _moved_by(self, event: QKeyEvent) -> Period | None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.AltModifier:
            return None
        match event.key():
            case Qt.Key.Key_Left:
                return moved(self._period, -1)
            case Qt.Key.Key_Right:
                return moved(self._period, 1)
            case Qt.Key.Key_Up:
                return widened(self._period)
            case Qt.Key.Key_Down:
                return narrowed(self._period)
        return None


class PeriodField(TypedField):
    """A period with its caption, and under it what is wrong.

    `changed` tells first and last day that the user set; `accepted` that Enter was pressed on a good one.
    """

    changed = Signal(str, str)

    def __init__(self, desk: Desk, *, width: int = WIDTH, has_note: bool = True) -> None:
        self.edit = PeriodEdit(desk)
        super().__init__(desk, self.edit, width=width, has_note=has_note)
        self._has_note = has_note
        self.edit.moved.connect(self.changed)

    @property
    def period(self) -> Period:
        """First and last day, ISO."""
        return self.edit.period

    def set_period(self, since: str, until: str) -> None:
        """Show a period."""
        self.edit.set_period(since, until)
        self.say_refused("")

    def translate(self, caption: str) -> None:
        """Show every word anew."""
        self.name(caption)
        self.set_period(*self.edit.period)

    def say_refused(self, wrong: str) -> None:
        """What is wrong, under the field; where it has no note, whoever shows it says it (`edit.refused`)."""
        super().say_refused(wrong)
        self.note.setVisible(self._has_note)
