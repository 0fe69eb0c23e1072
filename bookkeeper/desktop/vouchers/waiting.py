"""The drafts that wait while something else is done: copies, corrections, what was being written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.draft_writer import WRITER
from bookkeeper.desktop.vouchers.draft import VoucherDraft, draft_of
from bookkeeper.desktop.vouchers.listing import KIND_NAMES
from bookkeeper.desktop.widgets.lettering import fitted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bookkeeper.desktop.desk import Desk

SHOWN: Final = 3
_ROOM: Final = 260
_NOBODY: Final = object()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that is on the disk: its name there, and what stands in it."""

    name: str
    draft: VoucherDraft


def waiting(folder: Path, books: str, code: str) -> tuple[Waiting, ...]:
    """The drafts of vouchers in which something stands and which nobody has open, the newest first."""
    found, _ = WRITER.listed(folder, books, code, "voucher", _NOBODY)
    read = ((one.key.name, _read(one.body)) for one in found)
    return tuple(Waiting(name, draft) for name, draft in read if draft is not None and not draft.is_empty)


def _read(body: Mapping[str, Any]) -> VoucherDraft | None:
    try:
        return draft_of(body)
    except (KeyError, TypeError, ValueError):
        return None


class WaitingRow(QWidget):
    """A button for each; `chosen` tells the name of the one to go on with. Hidden where none waits."""

    chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._there: Sequence[Waiting] = ()
        self._is_shown = True
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(8)
        self.hide()

    @property
    def there(self) -> Sequence[Waiting]:
        """Those that wait."""
        return self._there

    def show_waiting(self, there: Sequence[Waiting]) -> None:
        """Show these."""
        self._there = there
        self.translate()

    def translate(self) -> None:
        """Show every word anew."""
        while (item := self._across.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for one in self._there[:SHOWN]:
            self._across.addWidget(self._button(self._named(one.draft), partial(self.chosen.emit, one.name)))
        self._across.addStretch(1)
        self.show_row(shown=self._is_shown)

    def show_row(self, *, shown: bool) -> None:
        """Show them, or keep their place for what is being written."""
        self._is_shown = shown
        self.setVisible(shown and bool(self._there))

    def _button(self, text: str, does: Callable[[], object]) -> QPushButton:
        made = QPushButton(fitted(text, _ROOM, theme.HEAD))
        made.setFont(theme.font_for(text, theme.HEAD))
        made.setAccessibleName(text)
        made.clicked.connect(lambda _checked: does())
        return made

    def _named(self, draft: VoucherDraft) -> str:
        say = self._desk.say
        if draft.corrects:
            return say("Go on: correction of {voucher}", voucher=draft.corrects)
        day = self._desk.language.date(draft.date)
        return say("Go on: {kind} of {date}", kind=say(KIND_NAMES[draft.kind]), date=day)
