"""The narration of a voucher, and under it the ones that were written before, each with its key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.keys import BY_NAME
from bookkeeper.desktop.vouchers.fields import text_line
from bookkeeper.desktop.widgets.captioned import Captioned
from bookkeeper.desktop.widgets.keycap import HEIGHT, baseline, cap_width, paint_cap
from bookkeeper.desktop.widgets.lettering import fitted, width_of, write
from bookkeeper.rules.text import LONG

if TYPE_CHECKING:
    from bookkeeper.commands.voucher_entry import Offered
    from bookkeeper.desktop.desk import Desk

SHOWN: Final = 2
_MORE: Final = " …"
_WAIT: Final = 120
"""Milliseconds after a letter until the books are asked for what begins so."""


class Narration(QWidget):
    """`changed` tells that it was typed in, `asks` the letters for which to offer, `ended` Enter."""

    changed = Signal()
    asks = Signal(str)
    ended = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.edit: QLineEdit = text_line(LONG)
        self.field = Captioned(desk, self.edit, has_note=False)
        self.offers = _Offers(desk)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(4)
        down.addWidget(self.field)
        down.addWidget(self.offers)
        self.setFocusProxy(self.edit)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(lambda: self.asks.emit(self.edit.text()))
        self.edit.textEdited.connect(self._typed)

    def translate(self) -> None:
        """Show every word anew."""
        self.field.name(self.desk.say("Narration"))
        self.offers.update()

    def show_offers(self, offers: Sequence[Offered]) -> None:
        """What was written before and begins so."""
        self.offers.show_offers(offers)

    def offer(self, place: int) -> Offered | None:
        """The offer of a key, from 0."""
        return self.offers.offers[place] if place < len(self.offers.offers[:SHOWN]) else None

    def _typed(self, _text: str) -> None:
        self.field.say_wrong("")
        self.changed.emit()
        self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.ended.emit()
        else:
            super().keyPressEvent(event)


class _Offers(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.offers: Sequence[Offered] = ()
        self.setFixedHeight(24)

    def show_offers(self, offers: Sequence[Offered]) -> None:
        self.offers = offers
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        if not self.offers:
            return
        painter, colours = QPainter(self), self._desk.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = self._word(painter, 0, self._desk.say("Said before"), theme.NOTE, "ink3") + 14
        for place, offer in enumerate(self.offers[:SHOWN]):
            cap = BY_NAME[f"narration-{place + 1}"].shown
            broad = cap_width(cap)
            room = self.width() - left - broad - 8
            text = fitted(offer.narration, room, theme.HEAD)
            if text != offer.narration:  # what follows is not said here, and is taken with it
                text = f"{fitted(offer.narration, room - width_of(_MORE, theme.HEAD), theme.HEAD)}{_MORE}"
            if width_of(text, theme.HEAD) > room:
                break
            painter.setBrush(Qt.BrushStyle.NoBrush)
            paint_cap(painter, left, 3, cap, colours.color("ink2"), colours.color("line2"))
            left = self._word(painter, left + broad + 6, text, theme.HEAD, "ink2") + 20

    def _word(self, painter: QPainter, left: int, text: str, size: int, ink: str) -> int:
        return write(painter, left, baseline(3, HEIGHT, size), text, self._desk.theme.color(ink), size)
