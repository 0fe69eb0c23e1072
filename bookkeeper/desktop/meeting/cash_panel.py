"""The cash account of the meeting, the count of the box by notes, and how the two agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from bookkeeper.commands.sheets import Cash
from bookkeeper.desktop import theme
from bookkeeper.desktop.keys import BY_NAME
from bookkeeper.desktop.meeting.sheet import COINS
from bookkeeper.desktop.typed_amounts import Wrong, typed_amount, typed_count
from bookkeeper.desktop.widgets.icons import icon
from bookkeeper.desktop.widgets.keycap import baseline, paint_cap
from bookkeeper.desktop.widgets.lettering import HIDDEN, width_of, write

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

WIDTH: Final = 232
_PAD: Final = 14
NOTES: Final = ("500", "200", "100", "50", "20", "10")
_OTHERS: Final = ("2000", "5", "2", "1")
_AROUND: Final = 170
"""The height of all but the movements and the lines of the count: heads, sums, what is told under them."""

_FIELD: Final = 60
_FIELD_LEFT: Final = 80


@dataclass(frozen=True, slots=True)
class _Steps:
    """Heights of one size of the panel; `moved` tells whether the movements are shown."""

    row: int
    note: int
    field: int
    gap: int
    moved: bool = True


_TALL, _LOW = _Steps(25, 28, 24, 10), _Steps(20, 24, 20, 6)
_TIGHT: Final = _Steps(18, 21, 19, 3, moved=False)


class CashPanel(QFrame):
    """The panel. `changed` tells the texts of the count; `left` that Escape goes back to the cell."""

    changed = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setFixedWidth(WIDTH)
        self._desk = desk
        self._cash = Cash()
        self._counted: int | None = None
        self._entered, self._all = 0, 0
        self._fields: dict[str, QLineEdit] = {}
        for note in (*NOTES, *_OTHERS, COINS):
            line = QLineEdit(self)
            line.setFont(theme.font())
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.setStyleSheet("QLineEdit, QLineEdit:focus { min-height: 0; padding: 0 6px; }")
            line.textEdited.connect(lambda _text: self._typed())
            line.installEventFilter(self)
            line.setVisible(note not in _OTHERS)
            self._fields[note] = line
        self.translate()

    # -------------------------------------------------------------------------------------------------- what it shows

    def translate(self) -> None:
        """Show every word anew."""
        for note, line in self._fields.items():
            name = self._desk.say("Coins") if note == COINS else self._desk.say("Notes of {note}", note=note)
            line.setAccessibleName(name)
        self.update()

    def show_cash(self, cash: Cash, counted: int | None, entered: int, of: int) -> None:
        """The account of what is entered so far, and how many are."""
        self._cash, self._counted, self._entered, self._all = cash, counted, entered, of
        self._place()
        self.update()

    def show_count(self, count: Mapping[str, str], *, is_open: bool) -> None:
        """The texts of the count; notes that are seldom seen have a line where there are some."""
        for note, line in self._fields.items():
            line.setText(count.get(note, ""))
            line.setEnabled(is_open)
            line.setVisible(note not in _OTHERS or bool(count.get(note)))
        self._mark_wrong()
        self._place()

    def count(self) -> dict[str, str]:
        """The texts of the count."""
        return {note: line.text() for note, line in self._fields.items() if line.text().strip()}

    def first_wrong(self) -> QLineEdit | None:
        """The first line of the count that cannot be read."""
        return next((line for line in self._fields.values() if line.property("wrong")), None)

    def begin(self) -> None:
        """Count the cash."""
        first = next(iter(self._fields.values()))
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        first.selectAll()

    @property
    def is_counting(self) -> bool:
        """Whether the cursor is in the count."""
        return any(line.hasFocus() for line in self._fields.values())

    # ---------------------------------------------------------------------------------------------------- typing

    def _typed(self) -> None:
        self._mark_wrong()
        self.changed.emit()
        self.update()

    def _mark_wrong(self) -> None:
        for note, line in self._fields.items():
            wrong = isinstance(self._value(note), Wrong)
            if bool(line.property("wrong")) != wrong:
                line.setProperty("wrong", wrong)
                line.style().unpolish(line)
                line.style().polish(line)

    def _value(self, note: str) -> int | Wrong:
        """Paise of one line of the count."""
        text = self._fields[note].text()
        if not text.strip():
            return 0
        if note == COINS:
            return typed_amount(text)
        pieces = typed_count(text)
        return pieces if isinstance(pieces, Wrong) else pieces * int(note) * 100

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Enter and Down to the next, Shift+Enter and Up back, Escape to the cell."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                return False
            if key == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Up}:
                self._step(watched, back=key == Qt.Key.Key_Up or shift)
                return True
        return super().eventFilter(watched, event)

    def _step(self, here: QObject, *, back: bool) -> None:
        shown = [line for line in self._fields.values() if line.isVisibleTo(self)]
        at = next(place for place, line in enumerate(shown) if line is here)
        following = shown[max(0, min(len(shown) - 1, at + (-1 if back else 1)))]
        following.setFocus(Qt.FocusReason.OtherFocusReason)
        following.selectAll()

    # --------------------------------------------------------------------------------------------------- painting

    def _steps(self) -> _Steps:
        lines = sum(1 for line in self._fields.values() if line.isVisibleTo(self))
        for steps in (_TALL, _LOW):
            if self.height() >= _AROUND + len(self._movements()) * steps.row + lines * steps.note + 2 * steps.gap:
                return steps
        return _TIGHT

    def _movements(self) -> list[tuple[str, int]]:
        say, cash = self._desk.say, self._cash
        return [
            (say("In the box before"), cash.before),
            (say("From members"), cash.from_members),
            *([(say("Fees of new loans"), cash.fees)] if cash.fees else []),
            (say("Other receipts"), cash.other_receipts),
            (say("Loans and withdrawals"), -cash.to_members),
            (say("Other payments"), -cash.other_payments),
            (say("Put into bank"), -cash.into_bank),
        ]

    def _rows(self) -> list[tuple[str, int]]:
        return self._movements() if self._steps().moved else []

    def _account_height(self) -> int:
        steps = self._steps()
        return 8 + 24 + len(self._rows()) * steps.row + 6 + 26 + steps.gap

    def _place(self) -> None:
        steps = self._steps()
        top = self._account_height() + steps.gap + 26
        for line in self._fields.values():
            if line.isVisibleTo(self):
                line.setGeometry(_FIELD_LEFT, top + (steps.note - steps.field) // 2, _FIELD, steps.field)
                top += steps.note

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        steps, say = self._steps(), self._desk.say
        top = 8
        self._text(painter, top, 24, say("Cash"), theme.SEMIBOLD)
        top += 24
        for label, paise in self._rows():
            self._row(painter, top, steps.row, label, self._figure(paise))
            top += steps.row
        self._rule(painter, top + 3, "edge")
        should = self._cash.should_be
        ink = "brick" if should < 0 else "ink"  # no box holds less than nothing
        self._row(painter, top + 6, 26, say("Should be in the box"), self._figure(should), strong=True, ink=ink)
        top = self._account_height()
        painter.fillRect(0, top, self.width(), 1, self._desk.theme.color("line2"))
        self._paint_count(painter, top + steps.gap)

    def _paint_count(self, painter: QPainter, top: int) -> None:
        steps, colours, say = self._steps(), self._desk.theme, self._desk.say
        self._text(painter, top, 24, say("Count"), theme.SEMIBOLD)
        cap = BY_NAME["count"].shown
        wide = width_of(cap, theme.NOTE, theme.MEDIUM) + 10
        paint_cap(painter, self.width() - _PAD - wide, top + 3, cap, colours.color("ink2"), colours.color("line2"))
        top += 26
        for note, line in self._fields.items():
            if line.isVisibleTo(self):
                label = say("Coins") if note == COINS else f"{self._desk.language.digits(note)} ×"
                value = self._value(note)
                self._note(painter, top, steps.note, label, "" if isinstance(value, Wrong) else self._figure(value))
                top += steps.note
        self._rule(painter, top + 3, "edge")
        counted = "–" if self._counted is None else self._figure(self._counted)
        self._row(painter, top + 6, 26, say("Counted"), counted, strong=True)
        self._agrees(painter, top + 34)
        self._entered_so_far(painter, max(top + 58, self.height() - 36) if steps.moved else top + 56)

    def _agrees(self, painter: QPainter, top: int) -> None:
        say, colours = self._desk.say, self._desk.theme
        done = self._entered == self._all
        if self._counted is None:
            text, token, picture = say("Not counted yet"), "ink2", ""
        elif self._counted == self._cash.should_be:
            text, token, picture = say("Agrees" if done else "Agrees so far"), "accent", "tick"
        else:
            short = self._counted < self._cash.should_be
            amount = self._figure(abs(self._counted - self._cash.should_be))
            text, token, picture = (
                say("{amount} short" if short else "{amount} over", amount=amount),
                "amber",
                "warning",
            )
        left = _PAD
        if picture:
            painter.drawPixmap(_PAD, top + 3, icon(picture, colours.color(token).name(), 14, self.devicePixelRatioF()))
            left += 20
        weight = theme.MEDIUM if picture else theme.REGULAR
        write(painter, left, baseline(top, 20, theme.WORK), text, colours.color(token), theme.WORK, weight)

    def _entered_so_far(self, painter: QPainter, top: int) -> None:
        text = self._desk.say("{count} of {all} members entered", count=self._entered, all=self._all)
        write(painter, _PAD, baseline(top, 16, theme.NOTE), text, self._desk.theme.color("ink2"), theme.NOTE)
        whole = self.width() - 2 * _PAD
        done = round(whole * self._entered / self._all) if self._all else 0
        painter.setPen(Qt.PenStyle.NoPen)
        for wide, token in ((whole, "line2"), (done, "accent")):
            if wide:
                painter.setBrush(self._desk.theme.color(token))
                painter.drawRoundedRect(QRectF(_PAD, top + 20, wide, 4), 2, 2)

    def _figure(self, paise: int) -> str:
        if self._desk.hides_amounts:
            return HIDDEN
        if not paise:
            return "–"
        return ("−" if paise < 0 else "") + self._desk.language.rupees(abs(paise))

    def _text(self, painter: QPainter, top: int, height: int, text: str, weight: int) -> None:
        line = baseline(top, height, theme.WORK)
        write(painter, _PAD, line, text, self._desk.theme.color("ink"), theme.WORK, weight)

    def _row(
        self,
        painter: QPainter,
        top: int,
        height: int,
        label: str,
        figure: str,
        *,
        strong: bool = False,
        ink: str = "ink",
    ) -> None:
        colours, weight = self._desk.theme, theme.SEMIBOLD if strong else theme.REGULAR
        size = theme.SECTION if strong else theme.WORK
        write(painter, _PAD, baseline(top, height, theme.HEAD), label, colours.color("ink" if strong else "ink2"),
              theme.HEAD, weight)  # fmt: skip
        painter.setFont(theme.font(size, weight))
        painter.setPen(colours.color(ink))
        painter.drawText(self.width() - _PAD - width_of(figure, size, weight), baseline(top, height, size), figure)

    def _note(self, painter: QPainter, top: int, height: int, label: str, figure: str) -> None:
        painter.setFont(theme.font_for(label, theme.WORK))
        painter.setPen(self._desk.theme.color("ink2"))
        left = _FIELD_LEFT - 10 - width_of(label, theme.WORK, theme.REGULAR)
        painter.drawText(left, baseline(top, height, theme.WORK), label)
        painter.setPen(self._desk.theme.color("ink"))
        painter.setFont(theme.font())
        right = self.width() - _PAD - width_of(figure, theme.WORK, theme.REGULAR)
        painter.drawText(right, baseline(top, height, theme.WORK), figure)

    def _rule(self, painter: QPainter, top: int, token: str) -> None:
        painter.fillRect(_PAD, top, self.width() - 2 * _PAD, 1, self._desk.theme.color(token))
