"""One line that finds: pages, acts, registers, members, vouchers and accounts; and every other choice of the window.

Letters narrow the list, Enter takes the best, Escape returns to the very field one came from. `#` narrows it to
vouchers, `@` to members, `>` to acts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from bookkeeper.desktop import theme
from bookkeeper.desktop.matching import Candidate, Match, ranked
from bookkeeper.desktop.widgets.overlay import Overlay
from bookkeeper.desktop.widgets.picker_list import PickerList

if TYPE_CHECKING:
    from bookkeeper.commands.act import Office
    from bookkeeper.commands.search import Hit
    from bookkeeper.desktop.shell import Shell

WIDTH: Final = 640
TOP: Final = 52
_PAUSE: Final = 90
"""Milliseconds after a letter until the books are searched."""

_SIGNS: Final = {"#": "voucher", "@": "member", ">": "act"}
_MOST: Final = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: how it is shown and found, and what choosing it does."""

    candidate: Candidate
    do: Callable[[], object]
    sort: str = ""


class Palette(Overlay):
    """The line and the list under it, over the page. At most one is open."""

    def __init__(self, shell: Shell, asks: str, choices: Sequence[Choice], *, searches: bool = False) -> None:
        super().__init__(shell)
        self._desk = shell.desk
        self._choices, self._searches = tuple(choices), searches
        self._found: tuple[Choice, ...] = ()
        self._shown: list[Choice] = []
        self.line = QLineEdit()
        self.line.setFont(theme.font())
        self.line.setPlaceholderText(asks)
        self.line.setAccessibleName(asks)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._typed)
        self.list = PickerList(self._desk, shell)
        self.list.pressed.connect(self._take)
        down = QVBoxLayout(self)
        down.setContentsMargins(8, 8, 8, 8)
        down.addWidget(self.line)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._search)

    def open_(self, typed: str = "") -> Palette:
        """Show it, with letters that were typed already; one that is open is closed."""
        for other in self.shell.findChildren(Palette):
            if other is not self:
                other.close_()
        self.place()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)  # what is typed elsewhere is not left by that
        self.line.setText(typed)
        self._show()
        return self

    def place(self) -> None:
        """Under the search, with its list."""
        width = min(WIDTH, self.shell.width() - 40)
        self.setGeometry((self.shell.width() - width) // 2, TOP, width, 48)
        if self.list.isVisible():
            self._show()

    def close_(self) -> None:
        """Back to the very field one came from."""
        self._pause.stop()
        self.list.hide()
        self.list.deleteLater()
        super().close_()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """The keys of the list, while the line has the cursor; leaving the line closes both."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        if event.type() == QEvent.Type.FocusOut and self.isVisible() and self.shell.isActiveWindow():
            QTimer.singleShot(0, self._close_if_left)
        return False

    def _close_if_left(self) -> None:
        if self.isVisible() and not self.line.hasFocus():
            self.came_from = None
            self.close_()

    def _pressed(self, event: QKeyEvent) -> bool:
        keys = Qt.Key
        steps = {
            keys.Key_Down: 1,
            keys.Key_Up: -1,
            keys.Key_PageDown: self.list.a_page,
            keys.Key_PageUp: -self.list.a_page,
        }
        key = keys(event.key())
        if key in steps:
            self.list.step(steps[key])
        elif key in {keys.Key_Return, keys.Key_Enter, keys.Key_Tab}:
            self._take(self.list.current)
        elif key == keys.Key_Escape:
            self.close_()
        else:
            return False
        return True

    def _take(self, row: int) -> None:
        if not 0 <= row < len(self._shown):
            return
        choice = self._shown[row]
        self.close_()
        QTimer.singleShot(0, self.shell, choice.do)

    # ------------------------------------------------------------------------------------------------- what is found

    def _typed(self) -> None:
        self._show()
        if self._searches:
            self._pause.start()

    def _narrowed(self) -> tuple[str, str]:
        text = self.line.text().strip()
        return (_SIGNS[text[0]], text[1:].strip()) if text[:1] in _SIGNS else ("", text)

    def _show(self) -> None:
        kind, typed = self._narrowed()
        there = [one for one in (*self._choices, *self._found) if not kind or one.sort == kind]
        by_candidate = {one.candidate: one for one in there}
        sure = {one.candidate for one in self._found}
        matches = ranked(typed, by_candidate)
        matched = {match.candidate for match in matches}
        matches += [Match(one, 0) for one in by_candidate if one in sure and one not in matched]
        matches = matches[:_MOST]
        self._shown = [by_candidate[match.candidate] for match in matches]
        say = self._desk.say
        keys = (("Enter", say("take it")), ("Esc", say("back")))
        count = say("{shown} of {all}", shown=len(matches), all=len(there))
        self.list.fill(matches, "", count, keys)
        self.list.open_under(self.line, self.x() + self.width() - 8)

    def _search(self) -> None:
        kind, typed = self._narrowed()
        if kind == "act" or not typed or not self._desk.code:
            self._found = ()
            return
        code = self._desk.code

        def find(office: Office) -> Any:  # noqa: ANN401  # what `search.find` answers, below
            from bookkeeper.commands import search  # noqa: PLC0415  # loaded with the books

            return search.find(office, code, typed)

        self._desk.query(self, "Searching", find, partial(self._take_found, typed))

    def _take_found(self, typed: str, hits: Sequence[Hit]) -> None:
        if self._narrowed()[1] == typed:
            self._found = tuple(Choice(self._candidate(hit), partial(self._open, hit), hit.kind) for hit in hits)
            self._show()

    def _candidate(self, hit: Hit) -> Candidate:
        language = self._desk.language
        figure = language.amount(hit.amount) if hit.amount else ""
        kind = language.say(hit.kind.capitalize())
        note = language.text(hit.note)
        return Candidate(
            hit.key, language.text(hit.title), hit.title_local, f"{kind} · {note}" if note else kind, figure
        )

    def _open(self, hit: Hit) -> None:
        """Go to what was found."""
        go = self._desk.go
        match hit.kind:
            case "voucher":
                go("vouchers", voucher=hit.key)
            case "meeting":
                go("meeting", number=hit.key)
            case "account":
                go("registers", name="general-ledger", account=hit.key)
            case "loan":
                go("registers", name="loan-ledger", loan=hit.key)
            case _:
                go("registers", name="member-statement", member=hit.key)


def choose(shell: Shell, asks: str, choices: Sequence[Choice], typed: str = "") -> Palette:
    """Let the user choose one of a few things."""
    return Palette(shell, asks, choices).open_(typed)
