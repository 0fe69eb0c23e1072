"""The list of vouchers: a period, a filter, the kinds, and rows ruled as a register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from bookkeeper.desktop import theme
from bookkeeper.desktop.vouchers.draft import KINDS
from bookkeeper.desktop.vouchers.fields import text_line
from bookkeeper.desktop.widgets.captioned import Captioned
from bookkeeper.desktop.widgets.keycap import MainButton, baseline
from bookkeeper.desktop.widgets.lettering import width_of, wrapped, write
from bookkeeper.desktop.widgets.period_field import PeriodField

if TYPE_CHECKING:
    from bookkeeper.commands.voucher_entry import VoucherLine
    from bookkeeper.desktop.desk import Desk
    from bookkeeper.words import Language

ROW, HEAD, PAD, FIFTH, LINE = 25, 26, 8, 5, 18
MOST: Final = 1000
"""How many vouchers are listed; who wants others asks for another period or filters."""

_WAIT: Final = 150
_EMPTY_WIDE: Final = 500
_ANY_HEIGHT: Final = 16777215
NUMBER, DATE, KIND, ACCOUNTS, NARRATION, AMOUNT = range(6)
_LONG: Final = (ACCOUNTS, NARRATION)
"""The columns whose texts take a second line where they need one."""

HEADS: Final = ("No.", "Date", "Kind", "Account", "Narration", "Amount")
KIND_NAMES: Final = {
    "contra": "Contra", "payment": "Payment", "receipt": "Receipt", "journal": "Journal", "opening": "Opening",
    "sale": "Sale", "purchase": "Purchase",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list shows: a period (ISO), letters or an amount, and a kind."""

    since: str
    until: str
    find: str = ""
    kind: str = ""


def described(one: VoucherLine, language: Language) -> str:
    """What a voucher was for: its accounts, else the party; a reversal names what it mirrors."""
    names = ", ".join(language.say(name) for name in one.accounts)
    people = ", ".join(dict.fromkeys(language.text(person) for person in one.people))
    if people and len(one.people) == 1:
        names = f"{names}: {people}"
    return names or one.party


class _Rows(QAbstractTableModel):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.vouchers: Sequence[VoucherLine] = ()

    def show(self, vouchers: Sequence[VoucherLine]) -> None:
        self.beginResetModel()
        self.vouchers = vouchers
        self.endResetModel()

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008  # Qt's
        return len(self.vouchers)

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008  # Qt's
        return len(HEADS)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return self.text(index.row(), index.column()) if role in texts else None

    def text(self, row: int, column: int) -> str:
        one, language = self.vouchers[row], self._desk.language
        if column == NUMBER:
            return one.name
        if column == DATE:
            return language.date(one.date)
        if column == KIND:
            return language.say(KIND_NAMES.get(one.kind, one.kind))
        if column == ACCOUNTS:
            return described(one, language)
        if column == NARRATION:
            return self._narration(one, language)
        return self._desk.amount(one.amount)

    @staticmethod
    def _narration(one: VoucherLine, language: Language) -> str:
        if one.reversed_by:
            told = language.say("Reversed by {voucher}", voucher=one.reversed_by)
            return " · ".join(filter(None, (told, one.narration)))
        return one.narration


class _Head(QHeaderView):
    """The heads, aligned as their columns."""

    def __init__(self, desk: Desk, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._desk = desk
        self.setFixedHeight(HEAD)
        self.setSectionsClickable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter, colours = QPainter(self.viewport()), self._desk.theme
        painter.fillRect(self.viewport().rect(), colours.color("page"))
        for at, head in enumerate(HEADS):
            text = self._desk.say(head)
            left, wide = self.sectionViewportPosition(at), self.sectionSize(at)
            at_ = left + wide - PAD - width_of(text, theme.HEAD) if at == AMOUNT else left + PAD
            write(painter, at_, baseline(0, HEAD, theme.HEAD), text, colours.color("ink2"), theme.HEAD)
            painter.fillRect(left + wide - 1, 0, 1, HEAD, colours.color("line"))
        painter.fillRect(0, HEAD - 1, self.viewport().width(), 1, colours.color("edge"))


class _Painter(QStyledItemDelegate):
    def __init__(self, desk: Desk, view: VoucherTable) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colours, row, at = self._desk.theme, index.row(), index.column()
        rect: QRect = option.rect
        here = self._view.currentIndex().row() == row
        fifth = row % FIFTH == FIFTH - 1
        painter.fillRect(rect, colours.color("row" if here else "band" if fifth else "page"))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), colours.color("line"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours.color("line"))
        if here and at == NUMBER and self._view.hasFocus():
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), colours.color("accent"))
        one = self._view.rows.vouchers[row]
        text = self._view.rows.text(row, at)
        faded = bool(one.reversed_by) or at in {DATE, KIND}
        weight = theme.SEMIBOLD if here and at == NUMBER else theme.REGULAR
        left = rect.right() - PAD - width_of(text, theme.WORK, weight) if at == AMOUNT else rect.left() + PAD
        ink = colours.color("ink2" if faded else "ink")
        lines = wrapped(text, rect.width() - 2 * PAD) if at in _LONG else [text]
        for place, line in enumerate(lines):
            write(painter, left, baseline(rect.top(), ROW, theme.WORK) + place * LINE, line, ink, theme.WORK, weight)


class VoucherTable(QTableView):
    """The rows. Enter opens one; Backspace clears the filter."""

    opened = Signal(str)
    cleared = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows = _Rows(desk)
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(desk, self))
        self.setHorizontalHeader(_Head(desk, self))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(lambda _index: self.open_current())

    def show_vouchers(self, vouchers: Sequence[VoucherLine], at: str) -> None:
        """Show these, with the cursor on one of them by its name."""
        self.rows.show(vouchers)
        names = [one.name for one in vouchers]
        if vouchers:
            self.setCurrentIndex(self.rows.index(names.index(at) if at in names else 0, NUMBER))
        self.fit()

    @property
    def current(self) -> VoucherLine | None:
        """The voucher where the cursor is."""
        row = self.currentIndex().row()
        return self.rows.vouchers[row] if 0 <= row < len(self.rows.vouchers) else None

    def open_current(self) -> None:
        """Open the voucher where the cursor is."""
        one = self.current
        if one is not None:
            self.opened.emit(one.name)

    def copy(self) -> None:
        """Copy the rows as a spreadsheet takes them: those chosen."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        lines = ("\t".join(self.rows.text(row, at) for at in range(len(HEADS))) for row in rows)
        QGuiApplication.clipboard().setText("\n".join(lines))

    def fit(self) -> None:
        """The widest text of the short columns; account and narration share what is left."""
        room = self.viewport().width()
        for at in (NUMBER, DATE, KIND, AMOUNT):
            texts = {self.rows.text(row, at) for row in range(min(self.rows.rowCount(), MOST))} | {
                self._desk.say(HEADS[at])
            }
            wide = max(width_of(t, theme.WORK, theme.SEMIBOLD) for t in texts)
            self.setColumnWidth(at, wide + 2 * PAD + 4)
            room -= wide + 2 * PAD + 4
        self.setColumnWidth(ACCOUNTS, room * 2 // 5)
        self.setColumnWidth(NARRATION, room - room * 2 // 5)
        self._fit_rows()

    def _fit_rows(self) -> None:
        for row in range(self.rows.rowCount()):
            lines = max(len(wrapped(self.rows.text(row, at), self.columnWidth(at) - 2 * PAD)) for at in _LONG)
            height = ROW + (lines - 1) * LINE
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.open_current()
        elif event.key() == Qt.Key.Key_Backspace:
            self.cleared.emit()
        elif event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Slash}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self.fit()


class _Empty(QWidget):
    """A sentence, and the one act with its key."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.told, self.act = QLabel(), MainButton(desk)
        self.told.setWordWrap(True)
        self.setMaximumWidth(_EMPTY_WIDE)
        down = QVBoxLayout(self)
        down.setContentsMargins(PAD, 12, 0, 0)
        down.setSpacing(12)
        down.addWidget(self.told)
        down.addWidget(self.act, 0, Qt.AlignmentFlag.AlignLeft)

    def show_what(self, told: str, act: str, key: str) -> None:
        """Say what is missing, and what to do."""
        self.told.setFont(theme.font_for(told))
        self.told.setText(told)
        self.act.show_act(act, key)


class Listing(QWidget):
    """`asked` tells that other vouchers are wanted, `opened` the name of one to open, `writes` that one is written."""

    asked = Signal()
    opened = Signal(str)
    writes = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.period = PeriodField(desk)
        self.sought = Captioned(desk, text_line(60))
        self.kind_box = QComboBox()
        self.kind_box.setFont(theme.font())
        self.kind = Captioned(desk, self.kind_box, width=130)
        self.table = VoucherTable(desk)
        self.empty = _Empty(desk)
        row = QHBoxLayout()
        row.setSpacing(12)
        for field, stretch in ((self.period, 0), (self.kind, 0), (self.sought, 1)):
            row.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 4, 0, 0)
        down.setSpacing(4)
        down.addLayout(row)
        down.addWidget(self.table, 1)
        down.addWidget(self.empty)
        self._rest = QWidget()
        down.addWidget(self._rest, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self.asked)
        self.sought.editor.textEdited.connect(lambda _text: self._timer.start())  # type: ignore[attr-defined]
        self.period.changed.connect(lambda _since, _until: self.asked.emit())
        self.kind_box.activated.connect(lambda _at: self.asked.emit())
        self.table.opened.connect(self.opened)
        self.table.cleared.connect(self._clear)
        self.empty.act.clicked.connect(self._press)
        self._show_empty(is_empty=False)

    def translate(self) -> None:
        """Show every word anew."""
        say = self.desk.say
        self.period.translate(say("Period"))
        self.sought.name(say("Find: letters, a number, an amount"))
        self.kind.name(say("Kind"))
        self.table.setAccessibleName(say("Vouchers"))
        chosen = self.kind_box.currentData()
        self.kind_box.clear()
        self.kind_box.addItem(say("all kinds"), "")
        for kind in KINDS:
            self.kind_box.addItem(say(KIND_NAMES[kind]), kind)
        self.kind_box.setCurrentIndex(max(self.kind_box.findData(chosen), 0))
        self.table.fit()
        self.table.viewport().update()

    def what(self) -> Asked:
        """What is wanted."""
        return Asked(*self.period.period, self.sought.editor.text(), str(self.kind_box.currentData() or ""))  # type: ignore[attr-defined]

    def ask_for(self, asked: Asked) -> None:
        """Show what was wanted before."""
        self.period.set_period(asked.since, asked.until)
        self.sought.editor.setText(asked.find)  # type: ignore[attr-defined]
        self.kind_box.setCurrentIndex(max(self.kind_box.findData(asked.kind), 0))

    def show_vouchers(self, vouchers: Sequence[VoucherLine], at: str = "") -> None:
        """Show these; where there are none, what to do."""
        self.table.show_vouchers(vouchers, at)
        self._show_empty(is_empty=not vouchers)
        say = self.desk.say
        count = say("{count} vouchers", count=len(vouchers))
        self.sought.say_note(
            say("the newest {count}; narrow the period for older ones", count=MOST) if len(vouchers) >= MOST else count
        )

    def _show_empty(self, *, is_empty: bool) -> None:
        """Where there are none, the heads stay, and under them stands what to do."""
        say = self.desk.say
        self.empty.setVisible(is_empty)
        self._rest.setVisible(is_empty)
        self.table.setMaximumHeight(HEAD if is_empty else _ANY_HEIGHT)
        if not is_empty:
            return
        if self._is_filtered:
            told = say("No voucher of this period has that. Backspace clears the filter; Alt+F2 changes the period.")
            self.empty.show_what(told, say("Show all of this period"), "Backspace")
        else:
            told = say("No vouchers in this period yet. F5 writes a payment, F6 a receipt; they will stand here.")
            self.empty.show_what(told, "" if self.desk.is_read_only else say("Write a payment"), "F5")

    @property
    def _is_filtered(self) -> bool:
        asked = self.what()
        return bool(asked.find or asked.kind)

    def _press(self) -> None:
        if self._is_filtered:
            self._clear()
            self.begin()
        else:
            self.writes.emit()

    def begin(self) -> None:
        """Put the cursor into the rows."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_to_find(self) -> None:
        """Put the cursor where letters or an amount are written."""
        self.sought.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _clear(self) -> None:
        self.sought.editor.setText("")  # type: ignore[attr-defined]
        self.kind_box.setCurrentIndex(0)
        self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter and Down in a field go to the rows; "/" and letters behind it are looked for."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.begin()
        elif event.key() == Qt.Key.Key_Slash:
            self.begin_to_find()
        else:
            super().keyPressEvent(event)
