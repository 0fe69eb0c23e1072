"""The meeting as the page shows it: the three tabs, the strip, the cash, and the row of fields that a key opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from bookkeeper.commands.sheets import Coming
from bookkeeper.desktop import theme
from bookkeeper.desktop.entry_grid import LOW_ROW, ROW, EntryGrid
from bookkeeper.desktop.grid_delegate import PAD
from bookkeeper.desktop.keys import BY_NAME
from bookkeeper.desktop.meeting.cash_panel import CashPanel
from bookkeeper.desktop.meeting.cell_words import words_of
from bookkeeper.desktop.meeting.details import Details
from bookkeeper.desktop.meeting.faults import Placed
from bookkeeper.desktop.meeting.field_bar import Answer, Field, FieldBar
from bookkeeper.desktop.meeting.foot import FootGrid, FootSheet
from bookkeeper.desktop.meeting.members_sheet import NAME, NUMBER, RECEIVED_ALL, MembersSheet
from bookkeeper.desktop.meeting.minutes import MinutesTab
from bookkeeper.desktop.meeting.sheet import cash_to_be, counted_cash
from bookkeeper.desktop.meeting.strip import LOW, TALL, TIGHT, Strip
from bookkeeper.desktop.meeting.tabs import Tabs
from bookkeeper.desktop.meeting.typed import HERE, PAID, Figures, Typed
from bookkeeper.desktop.widgets.lettering import width_of

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

MEMBERS, FOOT, MINUTES = range(3)
_LOW_WINDOW: Final = 740
_NARROW: Final = 980
_ALWAYS_SEEN: Final = 15
"""So many members stand there without scrolling."""

_SIZES: Final = ((ROW, TALL), (LOW_ROW, LOW), (24, TIGHT))
"""The heights of a row and of the strip; the last where a notice, or a member's second row, takes room."""

_COUNTED: Final = (NUMBER, NAME, HERE, RECEIVED_ALL, *PAID)
"""The columns that stay beside the count in a narrow window: what came in and what went out."""

_SPACE: Final = 8


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
        self._decimals: frozenset[str] = frozenset()
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
        left.setSpacing(_SPACE)
        left.addWidget(self._stack, 1)
        left.addWidget(self.strip)
        left.addWidget(self.bar)
        row.setSpacing(18)
        row.addLayout(left, 1)
        row.addWidget(self.panel)
        down.setSpacing(_SPACE)
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
        """Show a meeting; the cursor stays in its cell where there still is one.

        Where it is shown already, only its words are others: what can be undone, and what is asked, stays.
        """
        only_says = (self.coming, self.what, self.is_open) == (coming, what, is_open) and self.what is what
        members, foot = self.sheet, self.foot_sheet
        same = self.coming is not None and self.what is not None and self.what.number == what.number
        row, column = (self.grid.row, self.grid.column) if same else (-1, -1)
        self.coming, self.what, self.is_open = coming, what, is_open
        words = self._desk.language
        chosen = self._desk.remembered(f"meeting/columns/{self._desk.code}").split()
        self.sheet = MembersSheet(coming, what, words, chosen, is_open=is_open)
        self._decimals = self.sheet.decimals
        self.foot_sheet = FootSheet(coming, what, words, is_open=is_open)
        if not only_says:
            self.bar.close_bar()
        elif members is not None and foot is not None:
            self.foot_sheet.refused = foot.refused
            if [one.key for one in members.columns] == [one.key for one in self.sheet.columns]:
                self.sheet.refused = members.refused
        self.grid.show_sheet(self.sheet, only_says=only_says)
        self._fit_rows()
        self.foot.show_sheet(self.foot_sheet, only_says=only_says)
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
                cash_to_be(self.coming, self.what), counted_cash(self.what), entered, len(self.coming.members)
            )  # fmt: skip

    def _say_cell(self) -> None:
        if self.sheet is not None:
            text = words_of(self.sheet, self.grid.row, self.grid.column, self._desk)
            at = self.grid.column_of(NAME)
            is_cut = width_of(text.who, theme.WORK, theme.SEMIBOLD) + 2 * PAD > self.grid.view.columnWidth(at)
            if is_cut and text.who and not text.sentence:
                text = replace(text, line=f"{text.who}. {text.line}")
            self.strip.say(text)
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
        self._place_panel()
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

    def ask(self, sentence: str, fields: Sequence[Field], done: Callable[[dict[str, str]], Answer]) -> None:
        """Open the row of fields at the foot, in the place of the strip."""
        self.strip.hide()
        self.bar.ask(sentence, fields, done)
        self.moved.emit()

    def change_details(self, what: Callable[[Typed], object]) -> None:
        """Change what has no cell."""
        typed = self.what
        if typed is not None:
            self.grid.change(lambda _sheet: what(typed))

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
        if self.sheet is not None and self.sheet.decimals != self._decimals:
            self._decimals = self.sheet.decimals
            self.grid.fit()
            self.grid.reread()
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
        sheet = self.sheet
        if sheet is None or not self.is_open or row < 0 or sheet.figures.is_entered(sheet.lines[row].member.number):
            return
        self.grid.change(lambda _sheet: sheet.enter_row(row), row)

    def _bar_closed(self) -> None:
        self.strip.setVisible(self.tab == MEMBERS)
        self._say_cell()
        self.to_cell()

    def _place_panel(self) -> None:
        """Beside the sheet; in a narrow window only while one counts."""
        is_narrow = self.width() < _NARROW
        self.panel.setVisible(not is_narrow or self.panel.is_counting)
        columns = [one.key for one in self.sheet.columns] if self.sheet and is_narrow and self.panel.is_counting else ()
        self.grid.leave_out([key for key in columns if key not in _COUNTED])

    def _fit_rows(self) -> None:
        """Rows and strip as high as fifteen members allow; a notice above them takes its room from the rows."""
        is_low = self.window().height() < _LOW_WINDOW
        first = {one.number for one in self.coming.members[:_ALWAYS_SEEN]} if self.coming else set()
        lines = sum(line.member.number in first for line in self.sheet.lines) if self.sheet else _ALWAYS_SEEN
        room = self.height() - self.tabs.height() - 2 * _SPACE - self.grid.natural_height(0)
        fitting = (size for size in _SIZES[is_low:] if lines * size[0] + size[1] <= room)
        row, strip = next(fitting, (LOW_ROW, LOW))
        self.strip.setFixedHeight(strip)
        self.grid.set_row_height(row)
        for grid in (self.foot, self.minutes.resolutions):
            grid.set_row_height(LOW_ROW if is_low else ROW)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._fit_rows()
        self._place_panel()
