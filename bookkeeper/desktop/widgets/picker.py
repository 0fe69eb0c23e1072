"""A line in which a few letters choose an account, a member or a loan; in a grid's cell or standing alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from bookkeeper.desktop import theme
from bookkeeper.desktop.keys import BY_NAME
from bookkeeper.desktop.matching import Candidate, Match, ranked
from bookkeeper.desktop.widgets.picker_list import PickerList

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from bookkeeper.desktop.desk import Desk


@dataclass(frozen=True, slots=True)
class Choosing:
    """The messages of a picker: how many are shown, what the last row makes, and what Alt+C does.

    `count` has the places {shown} and {all}; `create` has {typed}; without `create` nothing can be made here.
    `waits` is said while the books have not answered what there is.
    """

    count: str
    nothing: str
    create: str = ""
    new: str = ""
    waits: str = ""


ACCOUNTS = Choosing(
    "{shown} of {all} accounts",
    "No account has these letters. Write others, or Alt+C makes a new one.",
    "New account “{typed}”",
    "new account",
    "The accounts are being read. Press Enter again in a moment.",
)
MEMBERS = Choosing(
    "{shown} of {all} members",
    "No member has these letters. Write others, or Alt+C makes a new one.",
    "New member “{typed}”",
    "new member",
    "The members are being read. Press Enter again in a moment.",
)
LOANS = Choosing("{shown} of {all} loans", "No loan has these letters. Write others.")


class Picker(QLineEdit):
    """Letters typed open the list; Enter and Tab take the best; Escape closes it and keeps what was chosen before.

    `chosen` tells the key that was taken ("" where the line was emptied); `accepted` that Enter was pressed, after
    `chosen` if there was something to take; `creates` the letters for which something new is wanted; `refused` what
    is wrong with what is typed, "" where nothing is; `left` Escape over a cell where nothing is typed.
    """

    chosen = Signal(str)
    accepted = Signal()
    creates = Signal(str)
    refused = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, choosing: Choosing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._choosing = desk, choosing
        self._candidates: Sequence[Candidate] = ()
        self._matches: list[Match] = []
        self._list: PickerList | None = None
        self._key = ""
        self.in_cell = False
        """Whether it lies over a cell: leaving it is then the grid's affair."""
        self.right_edge: Callable[[], int] | None = None
        """Where the list ends, in the window's pixels: on a column rule of the grid behind."""
        self.setFont(theme.font())
        self.textEdited.connect(self._typed)

    # ------------------------------------------------------------------------------------------------ what is chosen

    @property
    def key(self) -> str:
        """The key of what is chosen; "" where nothing is."""
        return self._key

    @property
    def candidate(self) -> Candidate | None:
        """What is chosen."""
        return next((one for one in self._candidates if one.key == self._key), None)

    def set_candidates(self, candidates: Sequence[Candidate]) -> None:
        """What there is to choose from, in its usual order."""
        typed, whole = self.text().strip(), self.selectedText() == self.text()
        waits = bool(typed) and typed != self._name()
        self._candidates = candidates
        if waits:
            self._fill(typed)
        else:
            self.setText(self._name())
            if whole and self.hasFocus():
                self.selectAll()

    def choose(self, key: str) -> None:
        """Show this as chosen, without telling."""
        self._key = key
        self.close_list()
        self.setText(self._name())
        self.refused.emit("")

    def choose_from(self, candidates: Sequence[Candidate], key: str) -> None:
        """What there is to choose from, and what is chosen of it."""
        self._candidates = candidates
        self.choose(key)

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._list is not None and self._list.isVisible()

    def matches(self) -> Sequence[Match]:
        """What is in the list, best first."""
        return tuple(self._matches)

    def take(self) -> bool:
        """Take what the letters mean best; False, and said, where they mean nothing."""
        typed = self.text().strip()
        if typed == self._name() and not self.is_open:
            return True
        if not typed and not self.is_open:
            self._choose("")
            return True
        if not self.is_open:
            self._matches = ranked(typed, self._candidates)
        row = self._list.current if self._list is not None and self.is_open else 0
        if row < len(self._matches):
            self._choose(self._matches[row].candidate.key)
            return True
        if self._list is not None and self.is_open and self._list.is_chosen and self._choosing.create:
            self._create()
        else:
            self._say_nothing_fits()
        return False

    def _say_nothing_fits(self) -> None:
        """What is typed next replaces the letters: they would not become a part of something's name."""
        waits = self._choosing.waits and not self._candidates
        self.close_list()
        self.selectAll()
        self.refused.emit(self._desk.say(self._choosing.waits if waits else self._choosing.nothing))

    def left_text(self) -> str:
        """What stands here where it is left without Enter: what was chosen stays, half a word does not replace it."""
        return self._name() if self._key else self.text()

    def _choose(self, key: str) -> None:
        changed = key != self._key
        self.choose(key)
        if changed:
            self.chosen.emit(key)

    def _create(self) -> None:
        if self._choosing.waits and not self._candidates:
            self._say_nothing_fits()
            return
        typed = self.text().strip()
        self.close_list()
        self.creates.emit("" if typed == self._name() else typed)

    def _name(self) -> str:
        found = self.candidate
        if found is None:
            return ""
        return (found.other if self._desk.language.code != "en" else "") or found.name

    # ------------------------------------------------------------------------------------------------------ the list

    def open_list(self) -> None:
        """Show everything there is to choose from, or what the letters mean."""
        typed = self.text().strip()
        self._fill("" if typed == self._name() else typed)

    def close_list(self) -> None:
        """Close the list; what is chosen stays."""
        if self._list is not None:
            self._list.hide()

    def _typed(self, text: str) -> None:
        self.refused.emit("")
        if text.strip():
            self._fill(text)
        else:
            self.close_list()

    def _fill(self, typed: str) -> None:
        self._matches = ranked(typed, self._candidates)
        say, choosing = self._desk.say, self._choosing
        shown = self._list_widget()
        create = say(choosing.create, typed=typed.strip()) if choosing.create and typed.strip() else ""
        count = say(choosing.count, shown=len(self._matches), all=len(self._candidates))
        keys = [(BY_NAME["take"].shown, say("take it"))]
        if choosing.new:
            keys.append((BY_NAME["create"].shown, say(choosing.new)))
        keys.append((BY_NAME["back"].shown, say("close the list")))
        if not self._matches and not create:
            self.close_list()
            return
        shown.fill(self._matches, create, count, keys)
        shown.open_under(self, self.right_edge() if self.right_edge else None)
        self._tell_current()

    def _list_widget(self) -> PickerList:
        if self._list is None:
            self._list = PickerList(self._desk, self.window())
            self._list.pressed.connect(self._pressed)
            self.destroyed.connect(self._list.deleteLater)
        return self._list

    def _pressed(self, _row: int) -> None:
        if self.take():
            self.accepted.emit()

    def _tell_current(self) -> None:
        """What Enter would take, for who cannot see the list."""
        row = self._list.current if self._list is not None else 0
        self.setAccessibleDescription(self._matches[row].candidate.name if row < len(self._matches) else "")

    # ---------------------------------------------------------------------------------------------------------- keys

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key is the picker's own, and then it is done; Enter and Tab are, only where nothing fits."""
        key = event.key()
        if self._makes_new(event):
            self._create()
        elif key in _LEAVING:
            return not self.take()
        elif key in _STEPS and self._list is not None and self.is_open:
            steps = _STEPS[Qt.Key(key)]
            self._list.step(steps // 2 * self._list.a_page if abs(steps) > 1 else steps)
            self._tell_current()
        elif key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_list()
        elif key == Qt.Key.Key_Escape and (self.is_open or self.text() != self._name()):
            self.choose(self._key)
            self.selectAll()
        elif key == Qt.Key.Key_Escape and self.in_cell:
            self.left.emit()
        else:
            return False
        return True

    def _makes_new(self, event: QKeyEvent) -> bool:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        return alt and event.key() == Qt.Key.Key_C and bool(self._choosing.create)

    def _leaves_undo(self, event: QKeyEvent) -> bool:
        """Whether Ctrl+Z is for what was entered before: nothing is typed here yet."""
        return self.in_cell and event.matches(QKeySequence.StandardKey.Undo) and self.text() == self._name()

    def event(self, event: QEvent) -> bool:
        """Alt+C and, in the open list, Escape are ours, whatever else the window has on them; Tab takes."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._leaves_undo(event):
                event.ignore()
                return False
            escapes = self.is_open and event.key() == Qt.Key.Key_Escape
            if event.type() == QEvent.Type.ShortcutOverride and (escapes or self._makes_new(event)):
                event.accept()
                return True
            tabs = event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
            if event.type() == QEvent.Type.KeyPress and tabs and self.takes(event):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if self.takes(event):
            return
        enters = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enters and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.accepted.emit()
        elif enters or event.key() in _NOT_OURS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        super().focusInEvent(event)
        if event.reason() not in {Qt.FocusReason.OtherFocusReason, Qt.FocusReason.PopupFocusReason}:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        if not self.in_cell and event.reason() not in {
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        }:
            if self.is_open and self._list is not None and self._list.current >= len(self._matches):
                self.close_list()
            self.take()
        self.close_list()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  # Qt's name
        self.close_list()
        super().hideEvent(event)


_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -2, Qt.Key.Key_PageDown: 2}
_LEAVING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab})
_NOT_OURS = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Escape}
)  # what the line itself does not use goes to whoever holds it: the grid, the page
