"""How money moves on a bank line: cheque, UPI, NEFT or slip, its number and its date, in a row below the lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.vouchers.draft import INSTRUMENTS, VoucherDraft
from bookkeeper.desktop.vouchers.fields import text_line
from bookkeeper.desktop.widgets.captioned import Captioned
from bookkeeper.desktop.widgets.date_field import DateField

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

INSTRUMENT_NAMES: Final = {"cheque": "Cheque", "upi": "UPI", "neft": "NEFT", "slip": "Slip"}
_GAP: Final = 12
_KIND, _NUMBER = 110, 150


class InstrumentFields(QWidget):
    """`changed` tells that something was typed, `ended` Enter in the last field, `narrated` words of the narration."""

    changed = Signal()
    ended = Signal()
    narrated = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.by, self.number_line = _By(), text_line(40)
        self.by.setFont(theme.font())
        self.kind = Captioned(desk, self.by, width=_KIND, has_note=False)
        self.number = Captioned(desk, self.number_line, width=_NUMBER, has_note=False)
        self.day = DateField(desk)
        across, note, down = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addLayout(across)
        down.addLayout(note)
        across.setSpacing(_GAP)
        note.addSpacing(_KIND + _NUMBER + 2 * _GAP)
        note.addWidget(self.day.note_below(), 1)
        for field in (self.kind, self.number, self.day):
            across.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        across.addStretch(1)
        self.number_line.textEdited.connect(lambda _text: self.changed.emit())
        self.by.activated.connect(lambda _at: self.changed.emit())
        self.by.figures.connect(self._begin_number)
        self.by.passed.connect(self.narrated)
        self.day.changed.connect(lambda _iso: self.changed.emit())

    def _begin_number(self, text: str) -> None:
        self.number_line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.number_line.setText(text)
        self.changed.emit()

    def translate(self) -> None:
        """Show every word anew."""
        say, chosen = self._desk.say, self.by.currentData()
        self.kind.name(say("By"))
        self.number.name(say("Number"))
        self.day.translate(say("Its date"))
        self.by.clear()
        for key in ("", *INSTRUMENTS):
            self.by.addItem(say(INSTRUMENT_NAMES[key]) if key else say("none"), key)
        self.by.setCurrentIndex(max(self.by.findData(chosen), 0))

    def show_draft(self, draft: VoucherDraft) -> None:
        """Show what is entered."""
        self.number_line.setText(draft.instrument_number)
        self.by.setCurrentIndex(max(self.by.findData(draft.instrument_kind), 0))
        self.day.set_date(draft.instrument_date or draft.date)

    def follow(self, iso: str) -> None:
        """The voucher has another day; so has what is not written yet."""
        if not self.number_line.text():
            self.day.set_date(iso)

    def read_into(self, draft: VoucherDraft) -> VoucherDraft:
        """The draft with what stands in the fields."""
        number = self.number_line.text()
        return replace(
            draft,
            instrument_kind=str(self.by.currentData() or ""),
            instrument_number=number,
            instrument_date=self.day.date if number else "",
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter goes on to the next field and ends behind the last one, or at none; Shift+Enter goes back."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.focusPreviousChild()
        elif self.by.hasFocus() and not self.by.currentData() and not self.number_line.text():
            self.ended.emit()
        elif not self.day.edit.hasFocus():
            self.focusNextChild()
        elif not self.day.is_wrong:
            self.ended.emit()


class _By(QComboBox):
    """Takes the first letters of its words; `figures` are of the number, and `passed` is what names nothing here."""

    figures = Signal(str)
    passed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._typed, self._former = "", 0

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        super().focusInEvent(event)
        self._typed, self._former = "", self.currentIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        text = event.text()
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if held or not text.isprintable() or not (text.strip() or self._typed):
            super().keyPressEvent(event)
        elif text.isdecimal():
            self.figures.emit(text)
        else:
            self._take(self._typed + text)

    def _take(self, typed: str) -> None:
        words = [self.itemText(at).casefold() for at in range(self.count())]
        found = next((at for at, word in enumerate(words) if word.startswith(typed.casefold())), -1)
        self._typed = typed if found >= 0 else ""
        self.setCurrentIndex(found if found >= 0 else self._former)
        self.activated.emit(self.currentIndex())
        if found < 0:
            self.passed.emit(typed)
