"""The meeting as the page shows it: the three tabs, the strip, the cash, and the row of fields that a key opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from bookkeeper.commands.sheets import Coming
from bookkeeper.desktop.entry_grid import LOW_ROW, ROW, EntryGrid
from bookkeeper.desktop.keys import BY_NAME
from bookkeeper.desktop.meeting.cash_panel import CashPanel
from bookkeeper.desktop.meeting.cell_words import words_of
from bookkeeper.desktop.meeting.details import Details
from bookkeeper.desktop.meeting.faults import Placed
from bookkeeper.desktop.meeting.field_bar import Field, FieldBar
from bookkeeper.desktop.meeting.foot import FootGrid, FootSheet
from bookkeeper.desktop.meeting.members_sheet import MembersSheet
from bookkeeper.desktop.meeting.minutes import MinutesTab
from bookkeeper.desktop.meeting.sheet import cash_of, counted_cash
from bookkeeper.desktop.meeting.strip import Strip
from bookkeeper.desktop.meeting.tabs import Tabs
from bookkeeper.desktop.meeting.typed import Figures, Typed

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

MEMBERS, FOOT, MINUTES = range(3)
_LOW_WINDOW: Final = 740
_NARROW: Final = 980


class MeetingView(QWidget):
    """A meeting, to be entered or only to be looked at.

    `typed` tells that anything was typed, `moved` that the cursor went on (to another cell, tab or field).
    """

    typed = Signal()
    moved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.coming: Coming | None = None
        self.what: Typed | None = None
        self.is_open = False
        self.sheet: MembersSheet | None = None
        self.foot_sheet: FootSheet | None = None
        self.tabs = Tabs(desk, ("", "", BY_NAME["minutes"].shown))
        self.grid = EntryGrid(desk, desk.say("Members’ sheet"))
        self.foot, self.minutes = FootGrid(desk), MinutesTab(desk)
        self.strip, self.panel, self.bar = Strip(desk), CashPanel(desk), FieldBar(desk)
        self.details = Details(desk, self)
        self._stack = QStackedWidget()
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        left, row, down = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        for layout in (left, row, down):
            layout.setContentsMargins(0, 0, 0, 0)
        for tab in (self.grid, self.foot, self.minutes):
            self._stack.addWidget(tab)
        left.setSpacing(8)
        left.addWidget(self._stack, 1)
        left.addWidget(self.strip)
        left.addWidget(self.bar)
        row.setSpacing(18)
        row.addLayout(left, 1)
        row.addWidget(self.panel)
        down.setSpacing(8)
        down.addWidget(self.tabs)
        down.addLayout(row, 1)

    def _wire(self) -> None:
        grid = self.grid
        self.tabs.chosen.connect(self.open_tab)
        grid.cell_changed.connect(self._changed)
        grid.moved.connect(lambda _row, _column: self._say_cell())
        grid.passed.connect(self._passed)
        grid.rows_are_apart = True
        grid.on_enter = self.details.opens_at
        grid.find_row = lambda text: self.sheet.find(text) if self.sheet else None
        grid.enter_goes_across = self._desk.remembered("meeting/enter") == "across"
        self.foot.cell_changed.connect(self._changed)
        self.foot.moved.connect(lambda _row, _column: self.moved.emit())
        self.minutes.changed.connect(self._changed)
        self.minutes.left.connect(lambda: self.open_tab(MEMBERS))
        self.panel.changed.connect(self._counted)
        self.panel.left.connect(self.to_cell)
        self.bar.closed.connect(self._bar_closed)

    # ---------------------------------------------------------------------------------------------- what it shows

    def show_meeting(self, coming: Coming, what: Typed, *, is_open: bool) -> None:
        """Show a meeting; the cursor stays in its cell where there still is one."""
        same = self.coming is not None and self.what is not None and self.what.number == what.number
        row, column = (self.grid.row, self.grid.column) if same else (-1, -1)
        self.coming, self.what, self.is_open = coming, what, is_open
        words = self._desk.language
        chosen = self._desk.remembered(f"meeting/columns/{self._desk.code}").split()
        self.sheet = MembersSheet(coming, what, words, chosen, is_open=is_open)
        self.foot_sheet = FootSheet(coming, what, words, is_open=is_open)
        self.bar.close_bar()
        self.grid.show_sheet(self.sheet)
        self.foot.show_sheet(self.foot_sheet)
        self.minutes.show_typed(coming, what, is_open=is_open)
        self.panel.translate()
        self.panel.show_count(what.count, is_open=is_open)
        self._show_cash()
        self._name_tabs()
        if 0 <= row < self.sheet.rows() and 0 <= column < len(self.sheet.columns):
            self.grid.stand_at(row, column)
        elif is_open:
            self.stand_at_first_amount()
        elif self.sheet.rows():
            self.grid.stand_at(0, 2)
        self._say_cell()

    def stand_at_first_amount(self) -> None:
        """Put the cursor into the first cell of savings: who is there is present until it is said otherwise."""
        self.grid.stand_at(0, max(self.grid.column_of("savings"), 0))

    def _name_tabs(self) -> None:
        say = self._desk.say
        count = self.foot_sheet.count() if self.foot_sheet else 0
        texts = say("Members’ sheet"), say("Other receipts and payments"), say("Agenda and minutes")
        self.tabs.name(texts, ("", self._desk.language.digits(str(count)) if count else "", ""))
        self.tabs.open(self._stack.currentIndex())

    def _show_cash(self) -> None:
        if self.coming is not None and self.what is not None:
            entered = len(self.coming.members) - len(Figures(self.coming, self.what).missing())
            self.panel.show_cash(
                cash_of(self.coming, self.what), counted_cash(self.what), entered, len(self.coming.members)
            )  # fmt: skip

    def _say_cell(self) -> None:
        if self.sheet is not None:
            self.strip.say(words_of(self.sheet, self.grid.row, self.grid.column, self._desk.language))
        self.moved.emit()

    # --------------------------------------------------------------------------------------------------- going about

    @property
    def tab(self) -> int:
        """Which tab is open."""
        return self._stack.currentIndex()

    def open_tab(self, place: int) -> None:
        """Open a tab, and put the cursor into it."""
        self.bar.close_bar()
        self._stack.setCurrentIndex(place)
        self.tabs.open(place)
        self.strip.setVisible(place == MEMBERS)
        self.to_cell()

    def to_cell(self) -> None:
        """Put the cursor back where one types."""
        if self.tab == MINUTES:
            self.minutes.begin()
        elif self.tab == FOOT:
            self.foot.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.foot.row < 0:
                self.foot.stand_at_first()
        else:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self._place_panel()
        self.moved.emit()

    def count(self) -> None:
        """Count the cash."""
        self.grid.commit()
        self.foot.commit()
        self.panel.show()
        self.panel.begin()
        self.moved.emit()

    def current_grid(self) -> EntryGrid:
        """The grid that is open."""
        return (self.grid, self.foot, self.minutes.resolutions)[self.tab]

    def commit(self) -> None:
        """Take what is being typed."""
        for grid in (self.grid, self.foot, self.minutes.resolutions):
            grid.commit()

    def enter_rest(self) -> None:
        """The rest as due."""
        sheet = self.sheet
        if sheet is not None and self.is_open:
            self.grid.change(lambda _sheet: sheet.enter_rest())

    def ask(self, sentence: str, fields: Sequence[Field], done: Callable[[dict[str, str]], str]) -> None:
        """Open the row of fields at the foot, in the place of the strip."""
        self.strip.hide()
        self.bar.ask(sentence, fields, done)
        self.moved.emit()

    def change_details(self, what: Callable[[Typed], object]) -> None:
        """Change what has no cell."""
        if self.what is not None:
            what(self.what)
            self.grid.reread()
            self._changed()

    def refuse(self, where: Sequence[Placed]) -> None:
        """Show refusals at their cells, and go to the first; one without a cell is only told above."""
        for one in where:
            sheet, grid = (self.foot_sheet, self.foot) if one.is_foot else (self.sheet, self.grid)
            if sheet is not None and 0 <= one.row < sheet.rows():
                column = max(grid.column_of(one.column), 0 if one.is_foot else 1)
                sheet.refused.setdefault((one.row, column), self._desk.say_fault(one.fault))
        for tab, grid in ((MEMBERS, self.grid), (FOOT, self.foot)):
            grid.reread()
            if grid.first_wrong:
                self.open_tab(tab)
                grid.stand_at(*grid.first_wrong)
                break
        self._say_cell()

    def forgive(self) -> None:
        """What was refused may have been mended elsewhere: it is tried again."""
        for sheet, grid in ((self.sheet, self.grid), (self.foot_sheet, self.foot)):
            if sheet is not None and sheet.refused:
                sheet.refused.clear()
                grid.reread()

    # ------------------------------------------------------------------------------------------------------ changes

    def _changed(self) -> None:
        self._show_cash()
        self._name_tabs()
        self._say_cell()
        self.typed.emit()

    def _counted(self) -> None:
        if self.what is not None:
            self.what.count = self.panel.count()
            self._show_cash()
            self.typed.emit()

    def _passed(self, row: int, _column: int) -> None:
        if self.sheet is not None and self.is_open and row >= 0 and self.sheet.enter_row(row):
            self.grid.row_changed(row)

    def _bar_closed(self) -> None:
        self.strip.setVisible(self.tab == MEMBERS)
        self.to_cell()

    def _place_panel(self) -> None:
        """Beside the sheet; in a narrow window only while one counts."""
        self.panel.setVisible(self.width() >= _NARROW or self.panel.is_counting)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        low = self.window().height() < _LOW_WINDOW
        self.strip.set_low(low=low)
        for grid in (self.grid, self.foot, self.minutes.resolutions):
            grid.set_row_height(LOW_ROW if low else ROW)
        self._place_panel()
