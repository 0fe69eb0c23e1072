"""What stands in the place of the sheet while a group has no members: how they come in, and what shows afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from bookkeeper.commands import members
from bookkeeper.commands.act import Done, Office
from bookkeeper.desktop import theme
from bookkeeper.desktop.entry_grid import EntryGrid
from bookkeeper.desktop.grid_sheet import PlainSheet, State
from bookkeeper.desktop.keys import BY_NAME
from bookkeeper.desktop.widgets.keycap import MainButton
from bookkeeper.exchange.members import read_members

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk
    from bookkeeper.desktop.grid_sheet import GridColumn
    from bookkeeper.desktop.page import Page

_WIDE: Final = 500
_NONE: Final = "This group has no members yet"
_HOW: Final = (
    "Bring them in from the register: a workbook (XLSX) or a CSV file with the columns member, for the number, and "
    "name. Joined, office, phone and the like may stand beside them."
)
_SHOWS: Final = (
    "each member in a row, with what she owes today filled in",
    "the cash that should be in the box, beside your count of it",
    "agenda, minutes and resolutions of the meeting",
)


class _NoRows(PlainSheet):
    """The heads of a sheet, and nothing under them."""

    def __init__(self, columns: Sequence[GridColumn]) -> None:
        self.columns = columns

    def rows(self) -> int:
        return 0

    def state(self, _row: int, _column: int) -> State:
        return State.EMPTY

    def is_open(self, _row: int, _column: int) -> bool:
        return False

    def typed(self, _row: int, _column: int, _text: str) -> str:
        return ""


class NoneYet(QWidget):
    """The block."""

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__()
        self._desk, self._page = desk, page
        self.may_enter = False
        self.hide()

    def _make(self) -> None:
        """Only where there is such a group: the page of all others opens sooner without."""
        desk = self._desk
        self._heads = EntryGrid(desk, desk.say("Members’ sheet"))
        self._heads.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._heads.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._texts = {text: self._label(text) for text in (_NONE, _HOW)}
        self._after = [self._label(text) for text in ("What shows here afterwards", *_SHOWS)]
        self.button = MainButton(desk)
        self.button.clicked.connect(self._choose)
        holder = QWidget()
        holder.setFixedWidth(_WIDE)
        block, down = QVBoxLayout(holder), QVBoxLayout(self)
        block.setContentsMargins(0, 28, 0, 0)
        block.setSpacing(8)
        for label in self._texts.values():
            block.addWidget(label)
        block.addSpacing(8)
        block.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        block.addSpacing(24)
        for label in self._after:
            block.addWidget(label)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self._heads)
        down.addWidget(holder, 0, Qt.AlignmentFlag.AlignLeft)
        down.addStretch(1)

    @staticmethod
    def _label(text: str) -> QLabel:
        made = QLabel()
        made.setProperty("message", text)
        made.setProperty("rank", "" if text == _NONE else "second")
        made.setWordWrap(True)
        return made

    def show_empty(self, columns: Sequence[GridColumn], *, may_enter: bool) -> None:
        """Show every word, in the reader's language; who may only look has nothing to press."""
        say, self.may_enter = self._desk.say, may_enter
        if self.layout() is None:
            self._make()
        roomy = (replace(one, samples=(say(_NONE),)) if one.is_name else one for one in columns)
        self._heads.show_sheet(_NoRows(tuple(roomy)))
        self._heads.setFixedHeight(self._heads.natural_height())
        for at, label in enumerate((*self._texts.values(), *self._after)):
            text = say(str(label.property("message")))
            size, weight = (theme.TITLE, theme.SEMIBOLD) if at == 0 else (theme.WORK, theme.REGULAR)
            label.setText(f"•  {text}" if label in self._after[1:] else text)
            label.setFont(theme.font_for(text, size, weight))
            label.setFixedHeight(label.heightForWidth(_WIDE))
        self.button.show_act(say("Bring in members …") if may_enter else "", BY_NAME["bring-in"].shown)
        self.button.setFixedHeight(32)

    def take_focus(self) -> None:
        """The cursor stands on the one thing to do."""
        if self.may_enter:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter presses the button."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.may_enter:
            self.button.click()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        say = self._desk.say
        kinds = f"{say('Register of members')} (*.xlsx *.csv)"
        found, _ = QFileDialog.getOpenFileName(self, say("Bring in members"), self._desk.remembered("folder"), kinds)
        if found:
            self.bring_in(Path(found))

    def bring_in(self, path: Path) -> None:
        """Enter all members of a file, or none and what is wrong with it."""
        code = self._desk.code

        def bring(office: Office, key: str) -> Done:
            file = read_members(path)
            return members.import_(office, key, code, file.members, file.digest)

        self._desk.act(self._page, "Bringing in members", bring, self._brought)

    def _brought(self, done: Done) -> None:
        told = "{count} members were brought in."
        self._page.notice.show_well(self._desk.say(told, count=len(cast("list[str]", done.result))))
