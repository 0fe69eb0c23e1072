"""The entry of a voucher: fields, lines, narration, and what stands beside them. The page asks the books for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.entry_grid import EntryGrid
from bookkeeper.desktop.grid_heads import TOTALS
from bookkeeper.desktop.vouchers.creating import Creating
from bookkeeper.desktop.vouchers.draft import (
    MONEY,
    Heads,
    Trouble,
    VoucherDraft,
    codes_of,
    is_as_it_was,
    of_kind,
    troubles,
)
from bookkeeper.desktop.vouchers.fields import VoucherFields
from bookkeeper.desktop.vouchers.instrument import InstrumentFields
from bookkeeper.desktop.vouchers.narration import Narration
from bookkeeper.desktop.vouchers.panel import NARROW, WIDTH, Money, VoucherPanel
from bookkeeper.desktop.vouchers.reasons import Reasons
from bookkeeper.desktop.vouchers.sheet import ACCOUNT, COLUMN_OF, IN_CREDIT, IN_DEBIT, MEMBER, SIDE, VoucherSheet
from bookkeeper.desktop.widgets.date_field import DateField
from bookkeeper.desktop.widgets.picker import ACCOUNTS, LOANS, MEMBERS, Picker

if TYPE_CHECKING:
    from bookkeeper.commands.voucher_entry import FoundVoucher, PersonLine
    from bookkeeper.desktop.desk import Desk

LINE_ROW, LOW_LINE_ROW, LOW = 32, 28, 560
_MOST_ROWS, _LEAST_ROWS, _NARROW_BELOW = 8, 2, 1000
_HEADS, _SPACE = 26, 6
_AROUND = 72 + 18 + 78 + 5 * _SPACE + _HEADS + TOTALS + 6
"""The height of all but the rows: fields, what is wrong, narration with its offers, the spaces, heads and totals."""


class Entry(QWidget):
    """`changed` tells that something was typed; `dated` that the date is another one; `left` Escape."""

    changed = Signal()
    dated = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.fields, self.creating, self.reasons = VoucherFields(desk), Creating(desk), Reasons(desk)
        self.instrument = InstrumentFields(desk)
        self.sheet = VoucherSheet(self._sheet_changed)
        self.grid = EntryGrid(desk, desk.say("Lines of the voucher"))
        self.grid.enter_goes_across = True
        self.grid.editor_for = self._editor
        self.grid.on_enter = self._enter
        self.wrong = QLabel()
        self.wrong.setFont(theme.font(theme.NOTE))
        self.wrong.setProperty("rank", "wrong")
        self.wrong.setFixedHeight(18)
        self.narration = Narration(desk)
        self.panel = VoucherPanel(desk)
        self.corrected: FoundVoucher | None = None
        """The voucher in whose place a correction will stand, once the books have said what stands in it."""
        self._money_last: dict[str, str] = {}
        self._creating_at, self._when_read = 0, ("", "", -1)
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(6)
        above, below = (self.reasons, self.fields, self.creating), (self.wrong, self.instrument, self.narration)
        for widget in (*above, self.grid, *below):
            left.addWidget(widget)
        self.instrument.hide()
        left.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 4, 0, 0)
        across.setSpacing(28)
        across.addLayout(left, 1)
        across.addWidget(self.panel)

    def _listen(self) -> None:
        self.fields.changed.connect(self._field_changed)
        self.fields.dated.connect(self._dated)
        self.fields.ended.connect(self.begin)
        self.narration.changed.connect(self._field_changed)
        self.instrument.changed.connect(self._field_changed)
        self.instrument.ended.connect(lambda: self.narration.setFocus(Qt.FocusReason.TabFocusReason))
        self.instrument.narrated.connect(self._narrate)
        self.reasons.changed.connect(self._field_changed)
        self.reasons.accepted.connect(self.begin)
        self.grid.cell_changed.connect(self._say_wrong)
        self.grid.moved.connect(lambda _row, _column: self._say_wrong())
        self.creating.turned_away.connect(self._tell)
        self.creating.turned_away.connect(self.fit_rows)
        self.creating.turned_away.connect(self.begin)
        self.creating.made.connect(self._created)

    # -------------------------------------------------------------------------------------------------- the draft

    @property
    def draft(self) -> VoucherDraft:
        """What is entered."""
        return self.sheet.draft

    def show_draft(self, draft: VoucherDraft) -> None:
        """Show a draft; the cursor stays where it is until `begin`."""
        self.sheet.wrongs, self.sheet.next_side = {}, ""
        self.sheet.draft = draft
        self.wrong.setText("")
        self.fields.show_draft(draft)
        self.instrument.show_draft(draft)
        self.narration.edit.setText(draft.narration)
        self.narration.field.say_wrong("")
        if draft.corrects:
            self.reasons.open_for(draft.corrects, draft.mirror_on or draft.date, draft.reason, is_correction=True)
        else:
            self.reasons.hide()
        self.grid.show_sheet(self.sheet)
        self.fit_rows()
        self._tell()

    def show_books(self, heads: Heads, people: Mapping[str, PersonLine], money: Sequence[str]) -> None:
        """Accounts, members, and the money accounts, the most usual first."""
        self.sheet.heads, self.sheet.people = heads, people
        usual = self._money_last.get(self.draft.kind, "")
        self.sheet.money = usual if usual in money else next(iter(money), "")
        self.grid.reread()
        self.grid.fit()
        self._renew_open_picker()
        self._tell()

    def change_kind(self, kind: str) -> None:
        """Another kind of voucher; what was typed stays."""
        self.sheet.draft = of_kind(self.read(), kind)
        self.translate()
        self.grid.reread()
        self._tell()
        self.changed.emit()

    def read(self) -> VoucherDraft:
        """Everything that is entered now, the line that is being typed included."""
        draft = self.instrument.read_into(self.fields.read_into(self.sheet.draft))
        draft = replace(draft, narration=self.narration.edit.text())
        if draft.corrects:
            draft = replace(draft, mirror_on=self.reasons.on.date, reason=self.reasons.line.text())
        self.sheet.draft = draft
        return draft

    def translate(self) -> None:
        """Show every word anew."""
        self.sheet.translate(self.desk.language)
        self.fields.translate(self.draft.kind)
        self.instrument.translate()
        self.narration.translate()
        self.creating.translate()
        if self.draft.corrects:
            self.reasons.translate()
        row, column = self.grid.row, self.grid.column
        self.grid.show_sheet(self.sheet)
        if row >= 0:
            self.grid.stand_at(row, column)
        self._tell()

    def remember_money(self) -> None:
        """The cash or bank that was used is offered first next time."""
        for line in self.draft.lines:
            head = self.sheet.heads.get(line.account)
            if head and head.side in MONEY:
                self._money_last[self.draft.kind] = head.code

    def forget_money(self) -> None:
        """Cash is offered first again."""
        self._money_last.clear()

    # ------------------------------------------------------------------------------------------------- the cursor

    def begin(self) -> None:
        """Put the cursor into the first line that is not filled."""
        if self.draft.corrects and not self.reasons.line.text().strip():
            self.reasons.focus_reason()
            return
        lines = self.draft.lines
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        for row, line in enumerate(lines):
            if not (line.account and line.amount):
                self.grid.stand_at(row, COLUMN_OF[line.side] if line.account else ACCOUNT)
                return
        full = bool(self.draft.corrects) or (lines and not self.draft.difference)
        self.grid.stand_at(0 if full else len(lines), ACCOUNT)

    def _enter(self, row: int, column: int) -> bool:
        """Where Enter goes from a cell: over what the line does not need, and behind the last one to the narration."""
        self.grid.commit()
        lines = self.draft.lines
        if row >= len(lines):
            if self.sheet.take_offered(row):
                self._next_row(row)
            elif column == SIDE:
                self.grid.stand_at(row, ACCOUNT)
            elif column == ACCOUNT:
                below = self.narration if self.instrument.isHidden() else self.instrument.kind
                below.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        line = lines[row]
        if column in {IN_DEBIT, IN_CREDIT}:
            if not line.amount and not self.sheet.take_offered(row):
                self._say_wrong()
                return True
            self._next_row(row)
            return True
        if not line.account:
            self.grid.stand_at(row, ACCOUNT)
            return True
        head = self.sheet.heads.get(line.account)
        if column in {SIDE, ACCOUNT} and head is not None and head.needs and (column == ACCOUNT):
            self.grid.stand_at(row, MEMBER)
        else:
            self.grid.stand_at(row, COLUMN_OF[line.side] if column != SIDE else ACCOUNT)
        return True

    def _next_row(self, row: int) -> None:
        self.grid.reread()
        self.grid.stand_at(row + 1, ACCOUNT)

    def remove_line(self) -> None:
        """Take out the line where the cursor is."""
        row = self.grid.row
        if 0 <= row < len(self.draft.lines):
            self.grid.change(lambda _sheet: self.sheet.remove(row))
            self.grid.stand_at(row, ACCOUNT)

    def undo(self) -> None:
        """Undo what is being typed, else the last change of the lines; an open line with nothing typed is no change."""
        line, cell = self.grid.line, (self.grid.row, self.grid.column)
        if line is not None and line.text() == self.sheet.editing(*cell):
            self.grid.cancel()
        self.grid.undo()

    # ------------------------------------------------------------------------------------------------ the pickers

    def _editor(self, row: int, column: int) -> QLineEdit | None:
        if column not in {ACCOUNT, MEMBER}:
            return None
        line = self.sheet.line(row)
        head = self.sheet.heads.get(line.account) if line else None
        if column == ACCOUNT:
            made, candidates = Picker(self.desk, ACCOUNTS), self.sheet.account_candidates(row)
            made.choose_from(candidates, line.account if line else "")
            made.chosen.connect(lambda code: self.sheet.choose_account(row, code))
            made.creates.connect(lambda typed: self._create("account", typed))
        else:
            made = Picker(self.desk, LOANS if head and head.needs == "loan" else MEMBERS)
            key = f"{line.member}/{line.loan}" if line and line.loan else line.member if line else ""
            made.choose_from(self.sheet.person_candidates(row), key)
            made.chosen.connect(lambda chosen: self.sheet.choose_person(row, chosen))
            made.creates.connect(lambda typed: self._create("member", typed))
        made.in_cell = True
        made.setObjectName("cell")
        made.setStyleSheet("min-height: 0; border-radius: 2px; padding: 0 4px;")
        made.right_edge = self._right_edge
        made.refused.connect(self.wrong.setText)
        made.left.connect(self._leave_cell)
        made.accepted.connect(lambda: self._enter(row, column))
        return made

    def _renew_open_picker(self) -> None:
        """The picker that was open before the books had answered has now something to choose from."""
        line, row = self.grid.line, self.grid.row
        if isinstance(line, Picker):
            is_account = self.grid.column == ACCOUNT
            line.set_candidates(self.sheet.account_candidates(row) if is_account else self.sheet.person_candidates(row))

    def _leave_cell(self) -> None:
        self.grid.cancel()
        self.left.emit()

    def _right_edge(self) -> int:
        """The rule before the debit column, in the window's pixels."""
        view = self.grid.view
        return view.viewport().mapTo(self.window(), QPoint(view.columnViewportPosition(IN_DEBIT), 0)).x()

    def _create(self, what: str, typed: str) -> None:
        self._creating_at = self.grid.row
        self.grid.cancel()
        if what == "account":
            self.creating.open_account(typed, self.draft.kind, list(self.sheet.heads))
        else:
            self.creating.open_member(typed, self.fields.date.date, list(self.sheet.people))
        self._tell()
        self.fit_rows()

    def _created(self, what: str, key: str) -> None:
        row = self._creating_at
        self._when_read = (what, key, row)
        self._tell()
        self.fit_rows()

    def take_created(self) -> None:
        """What was created is known now: choose it on the line that asked for it, and go on there."""
        what, key, row = self._when_read
        if not what:
            return
        self._when_read = ("", "", -1)
        self.grid.cancel()
        if what == "account":
            self.sheet.choose_account(row, key)
        else:
            self.sheet.choose_person(row, key)
        self.grid.reread()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grid.stand_at(row, ACCOUNT if what == "account" else MEMBER)
        self._enter(row, ACCOUNT if what == "account" else MEMBER)

    # ------------------------------------------------------------------------------------------------- what is wrong

    def wrong_day(self) -> DateField | None:
        """The field whose day cannot be read."""
        days = [self.fields.date, *([self.reasons.on] if self.draft.corrects else [])]
        draft = self.draft
        if draft.has_money(self.sheet.heads, "bank") or draft.instrument_number:
            days.append(self.instrument.day)
        return next((one for one in days if not one.take()), None)

    def look(self) -> list[Trouble]:
        """What keeps it from being posted."""
        found = troubles(self.read(), self.sheet.heads)
        if self.fields.is_reading_papers:
            found.append(Trouble("papers", "A paper is being read. Post again when it is attached."))
        if not found and self.is_as_it_was():
            told = "Nothing is changed yet. Change what was wrong, or press Escape in the reason to leave it as it is."
            found.append(Trouble("account", told, 0))
        return found

    def is_as_it_was(self) -> bool:
        """Whether a correction says only what stands in the books already."""
        one, draft = self.corrected, self.draft
        return one is not None and one.name == draft.corrects and is_as_it_was(
            draft, one.voucher, codes_of(self.sheet.heads)
        )  # fmt: skip

    def forget_wrongs(self) -> None:
        """What was refused before is looked at anew."""
        self.sheet.wrongs = {}
        self.grid.reread()

    def say_trouble(self, trouble: Trouble) -> str:
        """A trouble in the reader's language."""
        return self.desk.say(trouble.message, **dict(trouble.values))

    def show_trouble(self, trouble: Trouble) -> None:
        """Say it beside its field, and put the cursor there."""
        text = self.say_trouble(trouble)
        if trouble.field == "reason":
            self.reasons.reason.say_wrong(text)
            self.reasons.focus_reason()
        elif trouble.field == "date":
            self.fields.date.say_wrong(text)
            self.fields.date.setFocus()
        elif trouble.field in {"party", "reference", "resolution"}:
            self.fields.stand_at(trouble.field)
            self.wrong.setText(text)
        elif trouble.field == "instrument":
            self.instrument.number.setFocus(Qt.FocusReason.TabFocusReason)
            self.wrong.setText(text)
        elif trouble.field == "papers":
            self.fields.papers.setFocus(Qt.FocusReason.TabFocusReason)
        elif trouble.field == "narration" or trouble.line < 0:
            self.narration.setFocus(Qt.FocusReason.TabFocusReason)
            self.wrong.setText(text)
        else:
            self._show_in_cell(trouble, text)

    def _show_in_cell(self, trouble: Trouble, text: str) -> None:
        column = COLUMN_OF.get(trouble.field, ACCOUNT)
        row = min(trouble.line, len(self.draft.lines))
        if column in {IN_DEBIT, IN_CREDIT} and row < len(self.draft.lines):
            column = COLUMN_OF[self.draft.lines[row].side]
        if row < len(self.draft.lines):
            self.sheet.wrongs[row, column] = text
        self.grid.reread()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grid.stand_at(row, column)
        self.wrong.setText(text)

    def _say_wrong(self) -> None:
        self.wrong.setText(self.sheet.wrong(self.grid.row, self.grid.column) if self.grid.row >= 0 else "")

    # ---------------------------------------------------------------------------------------------------- what changes

    def _sheet_changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _field_changed(self) -> None:
        self.read()
        self._tell()
        self.changed.emit()

    def _narrate(self, text: str) -> None:
        """Words that were written where only cheque, UPI, NEFT or slip may stand."""
        self.narration.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.narration.edit.end(False)  # noqa: FBT003  # Qt's signature
        self.narration.edit.insert(text)
        self._field_changed()

    def _dated(self, iso: str) -> None:
        self.instrument.follow(iso)
        self._field_changed()
        self.dated.emit(iso)

    def _tell(self) -> None:
        draft, heads = self.draft, self.sheet.heads
        self._show_instrument(shown=draft.has_money(heads, "bank") or bool(draft.instrument_number))
        offered = self.sheet.line(len(draft.lines))
        lines = [*draft.lines, *([offered] if offered and offered.account else [])]
        moved = self._mirrored()
        for line in lines:
            head = heads.get(line.account)
            if head and head.side in MONEY:
                moved[line.account] = moved.get(line.account, 0) + (
                    line.amount if line.side == "debit" else -line.amount
                )
        if not moved and self.sheet.money in heads:
            moved[self.sheet.money] = 0
        money = [
            Money(self.sheet.account_name(code), heads[code].balance, heads[code].balance + paise)
            for code, paise in list(moved.items())[:2]
        ]
        self.panel.show_gap(draft.difference, money, is_ready=draft.total("debit") > 0)

    def _mirrored(self) -> dict[str, int]:
        """What the mirror of a corrected voucher takes back from cash and bank."""
        moved: dict[str, int] = {}
        if self.corrected is not None and self.corrected.name == self.draft.corrects:
            for line in self.corrected.lines:
                if line.role in MONEY:
                    moved[line.code] = moved.get(line.code, 0) - line.amount
        return moved

    def _show_instrument(self, *, shown: bool) -> None:
        """Cheque, UPI or slip has its place where a line stands on a bank, but while an account is made."""
        shown = shown and self.creating.isHidden()
        if shown == self.instrument.isHidden():
            self.instrument.setVisible(shown)
            QTimer.singleShot(0, self, self.fit_rows)  # not under the hands of the grid, which is taking a cell

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self.panel.setFixedWidth(NARROW if self.width() < _NARROW_BELOW else WIDTH)
        low = self.height() < LOW
        row = LOW_LINE_ROW if low else LINE_ROW
        self.grid.set_row_height(row)
        self.fit_rows()

    def fit_rows(self) -> None:
        """As many rows as there is room for; more lines than that scroll."""
        row = LOW_LINE_ROW if self.height() < LOW else LINE_ROW
        strips = (self.reasons, self.creating, self.instrument)
        used = _AROUND + sum(one.sizeHint().height() + _SPACE for one in strips if one.isVisibleTo(self))
        rows = max(_LEAST_ROWS, min(_MOST_ROWS, (self.height() - used) // row))
        if rows != self.sheet.least_rows:
            self.sheet.least_rows = rows
            self.grid.reread()
        self.grid.setFixedHeight(1 + _HEADS + rows * row + TOTALS)
        QTimer.singleShot(0, self, self._show_cursor)

    def _show_cursor(self) -> None:
        """The row of the cursor is in sight, however many lines there are."""
        at = self.grid.view.currentIndex()
        if at.isValid() and self.isVisible():
            self.grid.view.scrollTo(at)
