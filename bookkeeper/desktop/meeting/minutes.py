"""Agenda, minutes and resolutions of a meeting, who presided and who signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from bookkeeper.commands.sheets import Coming
from bookkeeper.desktop import theme
from bookkeeper.desktop.entry_grid import EntryGrid
from bookkeeper.desktop.grid_sheet import GridColumn, Kind, PlainSheet, State
from bookkeeper.desktop.matching import Candidate, ranked
from bookkeeper.desktop.meeting.typed import Typed
from bookkeeper.desktop.widgets.captioned import Captioned
from bookkeeper.desktop.widgets.picker import MEMBERS, Choosing, Picker
from bookkeeper.words import Language

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

_ROWS: Final = 4
_NO_MEMBER: Final = "“{number}” is no member of the meeting. Write her number, or letters of her name."
_MOVERS: Final = ("proposed_by", "seconded_by")


def people_of(coming: Coming) -> tuple[Candidate, ...]:
    """The members to choose from, by name or number."""
    return tuple(Candidate(one.number, one.name, one.name_local, kind=one.number) for one in coming.members)


class ResolutionsSheet(PlainSheet):
    """The resolutions, a row each; movers by number or letters of the name."""

    def __init__(self, coming: Coming, what: Typed, words: Language, *, is_open: bool) -> None:
        self._people, self.what, self._words, self._is_open = people_of(coming), what, words, is_open
        say = words.say
        names = tuple(self._name(one) for one in self._people)
        self.columns: tuple[GridColumn, ...] = (
            GridColumn("number", say("Number"), kind=Kind.TEXT, samples=("12/2024",)),
            GridColumn("text", say("Resolution"), kind=Kind.TEXT, stretches=True),
            GridColumn("proposed_by", say("Proposed by"), kind=Kind.TEXT, samples=names),
            GridColumn("seconded_by", say("Seconded by"), kind=Kind.TEXT, samples=names),
        )

    def _name(self, one: Candidate) -> str:
        return one.other if self._words.code != "en" and one.other else one.name

    def rows(self) -> int:
        """The resolutions, and empty rows to go on."""
        return max(_ROWS, len(self.what.resolutions) + self._is_open)

    def display(self, row: int, column: int) -> str:
        """What stands in a cell; a mover by name."""
        line = self.what.resolutions[row] if row < len(self.what.resolutions) else {}
        text = line.get(self.columns[column].key, "")
        if self.columns[column].key in _MOVERS:
            return next((self._name(one) for one in self._people if one.key == text), text)
        return text

    def typed(self, row: int, column: int, text: str) -> str:
        """Keep what is typed."""
        if row >= len(self.what.resolutions) and not text.strip():
            return ""
        while row >= len(self.what.resolutions):
            self.what.resolutions.append({})
        key = self.columns[column].key
        if key in _MOVERS:
            best = next(iter(ranked(text, self._people)), None) if text.strip() else None
            text = best.candidate.key if best else text.strip()
        self.what.resolutions[row][key] = text
        return ""

    def is_open(self, _row: int, _column: int) -> bool:
        """Every cell, while nothing is posted."""
        return self._is_open

    def state(self, row: int, column: int) -> State:
        """Nothing is filled in here."""
        return State.WRONG if self.wrong(row, column) else State.ENTERED

    def wrong(self, row: int, column: int) -> str:
        """A mover who is no member."""
        line = self.what.resolutions[row] if row < len(self.what.resolutions) else {}
        key = self.columns[column].key
        mover = line.get(key, "") if key in _MOVERS else ""
        if not mover or not self._is_open or any(one.key == mover for one in self._people):
            return ""
        return self._words.say(_NO_MEMBER, number=mover)

    def remembered(self) -> object:
        """All resolutions."""
        return tuple(tuple(sorted(one.items())) for one in self.what.resolutions)

    def put_back(self, kept: object) -> None:
        """As it was when it was remembered."""
        if isinstance(kept, tuple):
            self.what.resolutions[:] = [dict(one) for one in kept]


class MinutesTab(QWidget):
    """The tab. `changed` tells that something was typed, `left` that Escape goes back to the sheet."""

    changed = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._what: Typed | None = None
        self._people: tuple[Candidate, ...] = ()
        self._usual = ""
        self.place, self.time, self.signed = QLineEdit(), QLineEdit(), QLineEdit()
        self.presided = Picker(desk, Choosing(MEMBERS.count, MEMBERS.nothing))
        self.agenda, self.minutes = QPlainTextEdit(), QPlainTextEdit()
        self.offered = QLabel()
        self.offered.setWordWrap(True)
        self.offered.setProperty("rank", "note")
        self.resolutions = EntryGrid(desk, desk.say("Resolutions"))
        self.resolutions.enter_goes_across = True
        self._fields = {
            name: Captioned(desk, editor, has_note=False)
            for name, editor in (
                ("Place", self.place),
                ("Time", self.time),
                ("Presided by", self.presided),
                ("Signed by, by number", self.signed),
                ("Agenda, a line for each item", self.agenda),
                ("Minutes", self.minutes),
            )
        }
        self._lay_out()
        self.presided.chosen.connect(lambda _key: self._typed())
        for line in (self.place, self.time, self.signed):
            line.setFont(theme.font())
            line.textEdited.connect(lambda _text: self._typed())
        for text in (self.agenda, self.minutes):
            text.setFont(theme.font())
            text.setTabChangesFocus(True)
            text.textChanged.connect(self._typed)
        self.resolutions.cell_changed.connect(self.changed.emit)
        for editor in (self.place, self.time, self.presided, self.signed):
            editor.installEventFilter(self)

    def _lay_out(self) -> None:
        grid, fields = QGridLayout(), self._fields
        grid.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(12)
        for name in ("Place", "Time", "Presided by", "Signed by, by number"):
            top.addWidget(fields[name])
        grid.addLayout(top, 0, 0, 1, 2)
        grid.addWidget(fields["Agenda, a line for each item"], 1, 0)
        grid.addWidget(fields["Minutes"], 1, 1)
        grid.addWidget(self.offered, 2, 0, 1, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 4, 0, 0)
        down.addLayout(grid, 1)
        down.addWidget(self.resolutions, 1)

    def show_typed(self, coming: Coming, what: Typed, *, is_open: bool) -> None:
        """Show the texts of a meeting."""
        self._what = None  # nothing that is set here was typed
        say = self._desk.say
        for name, field in self._fields.items():
            field.name(say(name))
            field.caption.setFont(theme.font_for(say(name), theme.NOTE))
        self.place.setText(what.place)
        self.time.setText(what.time)
        self.signed.setText(what.signed_by)
        self._people = people_of(coming)
        self.presided.choose_from(self._people, what.presided_by)
        self.agenda.setPlainText(what.agenda)
        self.minutes.setPlainText(what.minutes)
        for editor in (self.place, self.time, self.signed, self.presided, self.agenda, self.minutes):
            editor.setEnabled(is_open)
        self._usual = "\n".join(coming.agenda)
        text = say("Ctrl 1 takes the agenda that the group usually has: {items}", items="; ".join(coming.agenda))
        self.offered.setText(text)
        self.offered.setFont(theme.font_for(text, theme.NOTE))
        self.offered.setVisible(bool(coming.agenda) and is_open)
        self.resolutions.show_sheet(ResolutionsSheet(coming, what, self._desk.language, is_open=is_open))
        self._what = what

    def wrong_signer(self) -> str:
        """What is wrong with those who signed, in words."""
        numbers = {one.key for one in self._people}
        signed = self.signed.text().replace(",", " ").split()
        unknown = next((one for one in signed if one not in numbers), "")
        told = "Signed by: “{number}” is no number of a member. Write their numbers, as 1, 3."
        return self._desk.say(told, number=unknown) if unknown else ""

    def begin(self) -> None:
        """Put the cursor where minutes are written."""
        (self.minutes if self.agenda.toPlainText().strip() else self.agenda).setFocus(Qt.FocusReason.OtherFocusReason)

    def take_usual(self) -> None:
        """Take the agenda that the group usually has."""
        if self.agenda.isEnabled() and self._usual:
            self.agenda.setPlainText(self._usual)
            self.minutes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        if self._what is None:
            return
        what = self._what
        what.place, what.time, what.signed_by = self.place.text(), self.time.text(), self.signed.text()
        what.presided_by = self.presided.key
        what.agenda, what.minutes = self.agenda.toPlainText(), self.minutes.toPlainText()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Enter goes on to the next field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enters = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if enters and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                if isinstance(watched, Picker) and watched.takes(event):
                    return True
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.focusPreviousChild() if back else self.focusNextChild()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
