"""The entry grid by keys alone, and amounts as they are typed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.window import turn, until
from bookkeeper.desktop import theme
from bookkeeper.desktop.desk import Desk
from bookkeeper.desktop.entry_grid import EntryGrid
from bookkeeper.desktop.grid_delegate import PAD
from bookkeeper.desktop.grid_sheet import GridColumn, Kind, PlainSheet, State
from bookkeeper.desktop.grid_widths import widths
from bookkeeper.desktop.typed_amounts import Wrong, typed_amount, typed_count
from bookkeeper.desktop.widgets.lettering import width_of

KEY = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Squares(PlainSheet):
    """Names, attendance and ten amounts, kept as they are typed."""

    columns: Sequence[GridColumn] = (
        GridColumn("number", "No.", kind=Kind.NUMBER, frozen=True),
        GridColumn("name", "Member", kind=Kind.TEXT, frozen=True, is_name=True),
        GridColumn("here", "Here", kind=Kind.ATTENDANCE),
        *(GridColumn(f"a{one}", f"Head {one}", over="Received", starts_group=one == 0) for one in range(9)),
    )

    def __init__(self, rows: int = 5) -> None:
        self.cells: dict[tuple[int, int], str] = {}
        self._rows = rows

    def rows(self) -> int:
        return self._rows

    def display(self, row: int, column: int) -> str:
        if column < 2:
            return (str(row + 1), ("Anita", "Asha", "Bharati", "Chhaya", "Nanda")[row % 5])[column]
        return self.cells.get((row, column), "")

    def typed(self, row: int, column: int, text: str) -> str:
        self.cells[row, column] = text.upper() if column == 2 else text
        return self.wrong(row, column)

    def state(self, row: int, column: int) -> State:
        return State.WRONG if self.wrong(row, column) else State.ENTERED

    def wrong(self, row: int, column: int) -> str:
        text = self.cells.get((row, column), "")
        found = typed_amount(text) if column > 2 and text else None
        return found.message if isinstance(found, Wrong) else ""

    def is_open(self, _row: int, column: int) -> bool:
        return column >= 2

    def totals(self) -> Sequence[str]:
        return ("", "Total", *("1,00,000" for _ in self.columns[2:]))

    def remembered(self) -> object:
        return dict(self.cells)

    def put_back(self, kept: object) -> None:
        assert isinstance(kept, dict)
        self.cells = dict(kept)


@pytest.fixture
def grid(application: QApplication, kept: QSettings) -> Iterator[EntryGrid]:
    assert application is not None
    desk = Desk(kept)
    made = EntryGrid(desk, "The sheet")
    made.resize(1100, 400)
    made.show()
    made.activateWindow()
    until(made.isActiveWindow, "the cursor")
    made.show_sheet(Squares())
    made.setFocus()
    made.stand_at(0, 3)
    yield made
    made.close()
    desk.runner.close()
    made.deleteLater()
    turn()


def keys(text: str) -> None:
    for sign in text:
        QTest.keyClicks(focused(), sign)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def key(which: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), which, held)


def cells(grid: EntryGrid) -> dict[tuple[int, int], str]:
    assert isinstance(grid.sheet, Squares)
    return grid.sheet.cells


def test_digits_go_into_the_cell_and_enter_goes_down_or_across(grid: EntryGrid) -> None:
    keys("50+20")
    assert cells(grid)[0, 3] == "50+20"
    key(KEY.Key_Return)
    assert (grid.row, grid.column) == (1, 3)
    keys("7")
    key(KEY.Key_Tab)
    assert (grid.row, grid.column) == (1, 4)
    grid.enter_goes_across = True
    keys("8")
    key(KEY.Key_Return)
    assert (grid.row, grid.column) == (1, 5)
    key(KEY.Key_Return, SHIFT)
    assert (grid.row, grid.column) == (1, 4)
    assert {(1, 3): "7", (1, 4): "8"}.items() <= cells(grid).items()


def test_escape_leaves_the_cell_as_it_was_and_undo_takes_changes_back(grid: EntryGrid) -> None:
    keys("10")
    key(KEY.Key_Return)
    keys("99")
    key(KEY.Key_Escape)
    assert not cells(grid).get((1, 3))
    key(KEY.Key_Up)
    key(KEY.Key_Backspace)
    assert cells(grid)[0, 3] == ""
    assert grid.undo()
    assert cells(grid)[0, 3] == "10"
    assert grid.undo()
    assert (0, 3) not in cells(grid)
    assert not grid.undo()


def test_a_block_from_a_spreadsheet_is_pasted_and_copied(grid: EntryGrid) -> None:
    QGuiApplication.clipboard().setText("1\t2\r\n3\t4\r\n")
    QTest.keyClick(grid.view, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [cells(grid)[at] for at in ((0, 3), (0, 4), (1, 3), (1, 4))] == ["1", "2", "3", "4"]
    grid.view.selectAll()
    grid.copy_cells()
    assert QGuiApplication.clipboard().text().split("\n")[1].startswith("2\tAsha\t\t3\t4")
    grid.stand_at(1, 4)
    grid.stand_at(2, 4)
    grid.copy_above()
    assert cells(grid)[2, 4] == "4"


def test_attendance_is_one_letter_enter_goes_on_and_letters_look_for_a_row(grid: EntryGrid) -> None:
    grid.stand_at(0, 2)
    keys("ta")
    assert (cells(grid)[0, 2], grid.row) == ("A", 0), "the letter stands, so that Enter by habit skips nobody"
    key(KEY.Key_Return)
    keys("l")
    assert (cells(grid)[1, 2], grid.row) == ("L", 1)
    key(KEY.Key_End, CONTROL)
    assert (grid.row, grid.column) == grid.open_cells()[-1]
    key(KEY.Key_Home, CONTROL)
    assert (grid.row, grid.column) == grid.open_cells()[0]
    grid.find_row = lambda text: 4 if "Nanda".lower().startswith(text) or text == "5" else None
    grid.stand_at(0, 5)
    keys("na")
    assert (grid.row, grid.column) == (4, 5)
    grid.stand_at(0, 5)
    keys("/5")
    key(KEY.Key_Return)
    assert grid.row == 4
    keys("12")
    assert cells(grid)[4, 5] == "12"


def test_what_is_wrong_stays_in_its_cell_and_is_mended(grid: EntryGrid) -> None:
    keys("1o0")
    key(KEY.Key_Return)
    assert grid.first_wrong == (0, 3)
    key(KEY.Key_Up)
    keys("100")
    key(KEY.Key_Return)
    assert grid.first_wrong is None


def test_no_text_is_cut_where_the_columns_fit(grid: EntryGrid) -> None:
    assert grid.sheet is not None
    grid.change(lambda sheet: sheet.typed(2, 7, "12345678.50"))
    grid.fit()
    turn()
    for at, column in enumerate(grid.columns):
        texts = [grid.sheet.display(row, at) for row in range(grid.sheet.rows())]
        widest = max(width_of(text, 13, 600) for text in [*texts, grid.sheet.totals()[at]])
        assert grid.view.columnWidth(at) >= max(widest, width_of(column.head, 12, 600)) + 2 * PAD


def test_a_head_over_one_column_has_its_room(grid: EntryGrid) -> None:
    sheet = Squares()
    sheet.columns = (*Squares.columns[:3], GridColumn("loan", "Loan", over="Paid to members of this group"))
    wanted = width_of("Paid to members of this group", theme.NOTE, theme.REGULAR) + 2 * PAD
    assert widths(sheet, 10).columns[3] >= wanted
    grid.resize(1100, 150)
    turn()
    whole = 2 * 28  # of 150: heads 48, totals 32, an edge of 1, and 69 left
    assert grid.view.viewport().height() == whole, "no row is seen by half above the totals"


def test_a_key_is_on_the_screen_in_time(grid: EntryGrid) -> None:
    grid.show_sheet(Squares(25))
    grid.resize(1100, 800)
    grid.stand_at(3, 3)
    turn(50)
    taken = []
    for sign in "123456789" * 3:
        begun = time.perf_counter()
        keys(sign)
        grid.repaint()
        turn()
        taken.append(time.perf_counter() - begun)
    assert sorted(taken)[len(taken) // 2] < 0.05


@pytest.mark.parametrize(
    ("text", "paise"),
    [
        ("100", 10000),
        ("=50+20", 7000),
        ("50+20", 7000),
        ("1,234.50", 123450),
        ("1,23,456", 12345600),
        ("३×१००", 30000),
        ("१,५००", 150000),
        (".5", 50),
        ("100-25.50", 7450),
        ("₹ 20", 2000),
        ("0", 0),
    ],
)
def test_an_amount_as_it_is_typed(text: str, paise: int) -> None:
    assert typed_amount(text) == paise


@pytest.mark.parametrize(
    "text", ["1o0", "", "=", "50+", "1,2", "1.234", "5-10", "9" * 12, "10**2", "--5", "1.5*1.5", "½"]
)
def test_what_is_no_amount_is_refused_in_words(text: str) -> None:
    assert isinstance(typed_amount(text), Wrong)


def test_pieces_are_whole() -> None:
    assert typed_count("4+6") == 10
    assert isinstance(typed_count("2.5"), Wrong)


def test_a_long_name_gives_way_and_every_amount_stays_in_sight(application: QApplication) -> None:
    assert application is not None

    class Long(Squares):
        def display(self, row: int, column: int) -> str:
            return "Venkata Satyanarayana Lakshmi Narasimhamma" * 2 if column == 1 else super().display(row, column)

    short, long = widths(Squares(), 10).columns, widths(Long(), sum(widths(Squares(), 10).columns) + 60)
    assert not long.scrolls
    assert long.columns[2:] == short[2:]
    assert widths(Long(), 10).columns[1] == 120, "but its head, its total and its beginning stand there"
