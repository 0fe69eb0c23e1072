"""What stands beside an entry: what is still to debit or credit, cash and bank now and after it, the last vouchers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.widgets.keycap import baseline
from bookkeeper.desktop.widgets.lettering import width_of, wrapped, write

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

FIGURE_SIZE: Final = 30
BOX, ROW, LAST_ROW, PAD, LINE, TEXT_LINE = 84, 26, 45, 16, 24, 18
WIDTH, NARROW = 322, 236


@dataclass(frozen=True, slots=True)
class Money:
    """A money account: its name in the reader's language, and what stands on it before and after, in paise."""

    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class LastOne:
    """A voucher that was entered lately: what it was for, its number and date, and its amount as text."""

    text: str
    under: str
    amount: str


class VoucherPanel(QWidget):
    """Painted as a whole; nothing in it takes the focus."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._gap = 0
        self._is_ready = False
        self._money: Sequence[Money] = ()
        self._last: Sequence[LastOne] = ()
        self._last_title = ""
        self.setFixedWidth(WIDTH)

    def show_gap(self, gap: int, money: Sequence[Money], *, is_ready: bool) -> None:
        """What is missing (debits less credits), and the money accounts."""
        self._gap, self._money, self._is_ready = gap, money, is_ready
        self.setAccessibleName(f"{self._label()} {self._figure()}")
        self.update()

    def show_last(self, title: str, last: Sequence[LastOne]) -> None:
        """The vouchers that were entered last."""
        self._last_title, self._last = title, last
        self.update()

    def _label(self) -> str:
        if not self._gap:
            return self._desk.say("Debit and credit agree") if self._is_ready else self._desk.say("Nothing entered yet")
        return self._desk.say("Still to credit" if self._gap > 0 else "Still to debit")

    def _figure(self) -> str:
        return self._desk.amount(abs(self._gap))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = BOX + (2 * ROW * len(self._money) + 14 if self._money else 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._desk.theme.color("chrome"))
        painter.drawRoundedRect(QRectF(0, 0, self.width(), height), 6, 6)
        write(painter, PAD, baseline(10, 20, theme.HEAD), self._label(), self._desk.theme.color("ink2"), theme.HEAD)
        write(
            painter,
            PAD,
            baseline(34, 36, FIGURE_SIZE),
            self._figure(),
            self._desk.theme.color("ink"),
            FIGURE_SIZE,
            theme.MEDIUM,
        )
        self._paint_money(painter)
        self._paint_last(painter, height + LINE)

    def _paint_money(self, painter: QPainter) -> None:
        top = BOX
        if self._money:
            painter.fillRect(PAD, top, self.width() - 2 * PAD, 1, self._desk.theme.color("line2"))
        top += 7
        for one in self._money:
            pairs = (("{account} now", one.before, theme.REGULAR), ("{account} after this", one.after, theme.SEMIBOLD))
            for message, paise, weight in pairs:
                label = self._desk.say(message, account=one.name)
                figure = self._desk.amount(paise)
                ink = "brick" if paise < 0 else "ink"
                write(painter, PAD, baseline(top, ROW, theme.HEAD), label, self._desk.theme.color("ink2"), theme.HEAD)
                self._right(painter, self.width() - PAD, baseline(top, ROW, theme.WORK), figure, ink, weight)
                top += ROW

    def _paint_last(self, painter: QPainter, top: int) -> None:
        if not self._last:
            return
        write(
            painter,
            0,
            baseline(top, LINE, theme.WORK),
            self._last_title,
            self._desk.theme.color("ink"),
            theme.WORK,
            theme.SEMIBOLD,
        )
        top += LINE
        painter.fillRect(0, top, self.width(), 1, self._desk.theme.color("edge"))
        for one in self._last:
            lines = wrapped(one.text, self.width() - width_of(one.amount) - 12)
            more = (len(lines) - 1) * TEXT_LINE
            if top + LAST_ROW + more > self.height():
                break
            self._right(painter, self.width(), baseline(top + 4, 20, theme.WORK), one.amount, "ink")
            for place, line in enumerate(lines):
                base = baseline(top + 4 + place * TEXT_LINE, 20, theme.WORK)
                write(painter, 0, base, line, self._desk.theme.color("ink"))
            top += more
            write(painter, 0, baseline(top + 23, 16, theme.NOTE), one.under, self._desk.theme.color("ink2"), theme.NOTE)
            top += LAST_ROW
            painter.fillRect(0, top, self.width(), 1, self._desk.theme.color("line"))

    def _right(self, painter: QPainter, right: int, at: int, text: str, ink: str, weight: int = theme.REGULAR) -> int:
        wide = width_of(text, theme.WORK, weight)
        write(painter, right - wide, at, text, self._desk.theme.color(ink), theme.WORK, weight)
        return wide
