"""From a key to its picture: in the meeting's grid of 25 members and 12 columns, and in a register of 100,000 rows."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.figure import Figure, shown
from benchmarks.window import CONTROL, NONE, Hands, Paintings, focus, settle, until, window
from bookkeeper.commands import entities, meetings, members
from bookkeeper.commands.act import Office, new_office
from bookkeeper.desktop.pages import registers
from bookkeeper.desktop.pages.meeting import MeetingPage
from bookkeeper.desktop.pages.registers import RegistersPage
from bookkeeper.desktop.shell import Shell
from bookkeeper.exchange import samples
from bookkeeper.report import Row
from bookkeeper.rules.meeting import CASH, PRESENT, FootLine, MeetingSheet, NewLoan, SheetRow
from bookkeeper.rules.money import Paise

KEY = Qt.Key
GROUP, WOMEN, COLUMNS = "GRID", 25, 12
KEYS, SCROLLED = 500, 600
LATEST, AFTER_THE_QUERY, FRAME = 0.050, 1.0, 0.050
_MANY = 50_000
_SINCE, _UNTIL = "2000-04-01", "2022-03-31"
_SELDOM = "voluntary_savings special_savings withdrawal"


class NotThere(Exception):
    """The window does not show what is to be measured."""


def figures(folder: Path, long_books: Path) -> Iterator[Figure]:
    """The lines of the grid and of the long register."""
    folder.mkdir(exist_ok=True)
    yield _grid(folder)
    yield from _register(folder, long_books)


def _grid(folder: Path) -> Figure:
    books = folder / "grid.books"
    _meeting_books(books).close()
    with window(folder / "grid", books, place="meeting", **{f"meeting__columns__{GROUP}": _SELDOM}) as shell:
        seconds = sorted(_typed(shell))
    middle, late = statistics.median(seconds), seconds[len(seconds) * 99 // 100]
    return Figure(
        f"a key in the meeting's grid, {WOMEN} members × {COLUMNS} columns, until it is painted: median of {KEYS}",
        f"{shown(middle)}; 99th percentile {shown(late)}, slowest {shown(seconds[-1])}",
        promised=f"99th percentile at most {LATEST * 1000:.0f} ms",
        kept=late <= LATEST,
    )


def _meeting_books(path: Path) -> Office:
    """Books of one group of 25, each of whom has a loan."""
    office = new_office(path)
    entities.add(office, "", GROUP, "Twenty-five", "shg", starts="2024-04-01")
    members.import_(office, "", GROUP, samples.members(0, WOMEN), "")
    loan = NewLoan(Paise(12_000_00), "a house", 24, "2")
    rows = tuple(SheetRow(str(n), PRESENT, new_loan=loan) for n in range(1, WOMEN + 1))
    grant = FootLine("receipt", "grants", Paise(12_000_00 * WOMEN), "Grant", CASH)
    meetings.post_meetings(office, "", GROUP, [MeetingSheet("2024-04-05", 1, rows=rows, other=(grant,))])
    return office


def _typed(shell: Shell) -> Iterator[float]:
    """Type amounts down the columns, two digits and Enter, and yield what each key took."""
    page = shell.page
    grid = page.view.grid if isinstance(page, MeetingPage) else None
    if grid is None or grid.sheet is None or (grid.sheet.rows(), len(grid.columns)) != (WOMEN, COLUMNS):
        raise NotThere("the meeting's grid has not the rows and columns that are to be measured")
    grid.stand_at(0, grid.column_of("savings"))
    grid.setFocus()
    settle(shell)
    seen = Paintings(grid.view.viewport())
    signs = (KEY.Key_1, KEY.Key_5, KEY.Key_Return)
    for number in range(KEYS):
        yield _until_painted(lambda: focus(shell), seen, signs[number % 3])


def _until_painted(where: Callable[[], QWidget], seen: Paintings, key: Qt.Key) -> float:
    before, began = seen.count, time.perf_counter()
    QTest.keyClick(where(), key, NONE)
    QApplication.processEvents()
    while seen.count == before:
        QApplication.processEvents()
        if time.perf_counter() - began > 1:
            raise TimeoutError("a key in the grid is not painted")
    return time.perf_counter() - began


def _register(folder: Path, books: Path) -> Iterator[Figure]:
    with window(folder / "register", books, place="registers") as shell:
        page = shell.page
        if not isinstance(page, RegistersPage):
            raise NotThere("the books do not begin with the registers")
        sheet = page.sheet
        reading = _Reading(registers)
        seen = Paintings(sheet.viewport())
        began = time.perf_counter()
        page.enter(name="day-book", since=_SINCE, until=_UNTIL)
        until(lambda: sheet.table is not None and len(sheet.table.lines) > _MANY)
        before = seen.count
        sheet.viewport().update()  # it may be painted by now; then once more, which is counted as well
        until(lambda: seen.count > before)
        whole = time.perf_counter() - began
        reading.end()
        lines = len(sheet.table.lines) if sheet.table else 0
        settle(shell)
        hands = Hands(shell)
        frames = sorted(_scrolled(hands, sheet, seen))
    yield Figure(
        f"day book of {lines:,} lines on the screen, from the end of its query",
        f"{shown(max(whole - reading.seconds, 0))} (the query {shown(reading.seconds)})",
        promised=f"under {AFTER_THE_QUERY:.0f} s",
        kept=whole - reading.seconds < AFTER_THE_QUERY,
    )
    yield Figure(
        f"scrolling it by {SCROLLED} pages: median of a frame",
        f"{shown(statistics.median(frames))}, slowest {shown(frames[-1])}",
        promised=f"none over {FRAME * 1000:.0f} ms",
        kept=frames[-1] <= FRAME,
    )


class _Reading:
    """Tells how long the books' thread waits for the rows of a register."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401  # a module, whose function is exchanged
        self.seconds = 0.0
        self._page, self._first = page, page.screen_table
        page.screen_table = lambda report, words: self._first(replace(report, rows=self._timed(report.rows)), words)

    def _timed(self, rows: Iterable[Row]) -> Iterator[Row]:
        coming, clock = iter(rows), time.perf_counter
        while True:
            began = clock()
            row = next(coming, None)
            self.seconds += clock() - began
            if row is None:
                return
            yield row

    def end(self) -> None:
        """No longer."""
        self._page.screen_table = self._first


def _scrolled(hands: Hands, sheet: QWidget, seen: Paintings) -> Iterator[float]:
    """Down from the first page, up from the last."""
    sheet.setFocus()
    ways: Sequence[tuple[Qt.Key, Qt.Key]] = ((KEY.Key_Up, KEY.Key_PageDown), (KEY.Key_Down, KEY.Key_PageUp))
    for begin, turn_page in ways:
        hands.press(begin, held=CONTROL)
        for _ in range(SCROLLED // 2):
            yield _until_painted(lambda: sheet, seen, turn_page)
