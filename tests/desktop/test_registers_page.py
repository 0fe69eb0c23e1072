"""Registers in the window: ruled as they print, down to what a figure is made of and back, found, copied, written."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from benchmarks.window import settle, turn, until
from bookkeeper import registers
from bookkeeper.commands import entities
from bookkeeper.commands.act import Office
from bookkeeper.desktop.pages.registers import RegistersPage
from bookkeeper.desktop.sheet_layout import LINE, laid_out
from bookkeeper.desktop.shell import Shell
from bookkeeper.desktop.widgets.lettering import HIDDEN
from bookkeeper.printing.screen import screen_table
from bookkeeper.printing.screen_table import ScreenLine, ScreenTable
from bookkeeper.report import Column, Heading, Kind, Person, Register, Report, Total
from bookkeeper.words import language
from tests.desktop.conftest import held_up
from tests.desktop.screens.measuring import watching

KEY = Qt.Key


def opened(shell: Shell, **asked: str) -> RegistersPage:
    page = shell.open("registers", **asked)
    settle(shell)
    assert isinstance(page, RegistersPage)
    return page


def press(key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for one in modifiers:
        held |= one
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, held)


def cell(page: RegistersPage) -> str:
    table, line = page.sheet.table, page.sheet.current
    assert table is not None
    assert line is not None
    return table.text(line, page.sheet.place)


def painted(widget: QWidget) -> set[str]:
    """What is seen on it."""
    with watching() as ink:
        widget.repaint()
    return {one.text for one in ink.painted}


def texts(page: RegistersPage, *, foot: bool = False) -> list[list[str]]:
    table = page.sheet.table
    assert table is not None
    return [[table.text(line, i) for i in range(len(table.columns))] for line in (table.foot if foot else table.lines)]


def test_the_balance_sheet_balances_on_the_screen(shell: Shell) -> None:
    page = opened(shell, name="balance-sheet", as_of="2025-03-31")
    words, *figures = texts(page, foot=True)[0]
    assert words == "Total"
    # worked from the practice year's closing: members' savings 51,300 + voluntary 900 + bank loan 16,000 + fund 15,000
    # + surplus 6,531.75 of earlier years + 7,590.50 of this one = 97,322.25; cash 1,725 + bank 54,697.25 + loans 40,900
    assert figures == ["95,031.75", "97,322.25", "Total", "95,031.75", "97,322.25"]


def test_from_the_statement_down_to_the_voucher_and_back_to_the_same_row(shell: Shell) -> None:
    page = opened(shell, name="trial-balance", as_of="2025-03-31")
    for _ in range(3):
        press(KEY.Key_Down)
    row = page.sheet.line
    press(KEY.Key_Return)
    settle(shell)
    table = page.sheet.table
    assert table is not None
    assert table.name == "general-ledger"
    assert {line.rows[0]["code"] for line in table.lines if line.rows and line.rows[0]} == {"2001"}
    press(KEY.Key_Down)
    spot = (page.sheet.line, page.sheet.place)
    press(KEY.Key_Return)
    settle(shell)
    assert shell.place == "vouchers"
    assert {"back"} <= set(page.keys())
    press(KEY.Key_Escape)
    settle(shell)
    assert (shell.place, page.sheet.line, page.sheet.place) == ("registers", *spot)
    press(KEY.Key_Escape)
    settle(shell)
    assert page.sheet.table is not None
    assert (page.sheet.table.name, page.sheet.line) == ("trial-balance", row)


def test_a_register_is_chosen_by_a_few_letters(shell: Shell) -> None:
    page = opened(shell, name="cash-book")
    QTest.keyClicks(page.sheet, "s")
    turn()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "avings reg")
    press(KEY.Key_Return)
    settle(shell)
    assert page.sheet.table is not None
    assert page.sheet.table.name == "savings-register"
    assert page.sheet.hasFocus()


def test_a_period_is_typed_in_words(shell: Shell) -> None:
    page = opened(shell, name="day-book")
    press(KEY.Key_F2, Qt.KeyboardModifier.AltModifier)
    QTest.keyClicks(page.period.edit, "nonsense")
    press(KEY.Key_Return)
    assert page.fields.wrong.text().startswith("“nonsense” is not a period.")
    assert page.fields.wrong.isVisible()
    press(KEY.Key_Escape)
    assert not page.fields.wrong.isVisible()
    press(KEY.Key_F2, Qt.KeyboardModifier.AltModifier)
    QTest.keyClicks(page.period.edit, "2023-24")
    press(KEY.Key_Return)
    settle(shell)
    dates = {row[0] for row in texts(page) if row[0]}
    assert dates
    assert all(date.endswith(("2023", "-01-2024", "-02-2024", "-03-2024")) for date in dates)
    assert page.sheet.hasFocus()


def test_a_typed_amount_finds_the_amount(shell: Shell) -> None:
    page = opened(shell, name="cash-book", since="2024-04-01", until="2025-03-31")
    press(KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(page.search, "12500")
    press(KEY.Key_Return)
    settle(shell)
    assert cell(page) == "12,500.00"
    page.search.setText("no such thing")
    press(KEY.Key_Return)
    settle(shell)
    assert "nowhere" in page.strip.figure.text()
    with held_up(shell):
        page.search.setText("12500")
        press(KEY.Key_Return)
        shell.desk.runner.cancel()
    assert page.notice.first.text() == "Searching: stopped."
    page.sheet.go_to(0)
    press(KEY.Key_Return)
    settle(shell)
    assert (cell(page), page.notice.isVisible()) == ("12,500.00", False)
    with held_up(shell):
        shell.resize(1024, 697)
        turn(150)
        shell.desk.runner.cancel()
    assert page.notice.first.text() == "Laying the register out: stopped."
    shell.resize(1030, 697)
    turn(150)
    settle(shell)
    assert page.sheet.layout_ is not None
    assert page.sheet.layout_.width <= page.sheet.viewport().width(), "it is laid out in the next width"


def test_rows_are_copied_as_cells(shell: Shell) -> None:
    page = opened(shell, name="trial-balance", as_of="2025-03-31")
    press(KEY.Key_Home)
    for _ in range(2):
        press(KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(KEY.Key_End, Qt.KeyboardModifier.ShiftModifier)
    press(KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    rows = QGuiApplication.clipboard().text().split("\n")
    assert len(rows) == 3
    assert rows[0].split("\t")[1] == texts(page)[0][1]


def test_a_register_is_written_to_a_spreadsheet(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "trial.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), "Table as CSV (*.csv)"))
    page = opened(shell, name="trial-balance", as_of="2025-03-31")
    with held_up(shell):
        press(KEY.Key_E, Qt.KeyboardModifier.ControlModifier)
        shell.desk.runner.cancel()
    assert page.notice.first.text() == "Exporting: stopped."
    assert not out.exists()
    press(KEY.Key_E, Qt.KeyboardModifier.ControlModifier)
    settle(shell)
    assert page.notice.first.text() == "Written: trial.csv"
    assert "Member loans" in out.read_text(encoding="utf-8-sig")


def test_another_language_is_there_at_once(shell: Shell) -> None:
    page = opened(shell, name="cash-book", since="2024-04-01", until="2025-03-31")
    shell.desk.set_language("mr")
    settle(shell)
    assert page.choice.text() == "रोकड वही"
    assert texts(page)[0][2] == "आरंभीची शिल्लक"
    with held_up(shell):
        shell.desk.set_language("en")
        shell.resize(1024, 697)
        turn(150)  # the Marathi register is still there, and is to be laid out in the new width
    table, layout = page.sheet.table, page.sheet.layout_
    assert table is not None
    assert layout is not None
    assert layout.broken
    for (line, place), parts in layout.broken.items():
        assert " ".join(parts) == " ".join(table.text(table.lines[line], place).split()), "no text of the one before"
    assert layout.edges == laid_out(table, page.sheet.viewport().width()).edges


def test_amounts_are_hidden_from_a_queue(shell: Shell) -> None:
    page = opened(shell, name="cash-book")
    assert page.strip.figure.text() == cell(page) != ""
    press(KEY.Key_P, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    settle(shell)
    assert shell.desk.hides_amounts
    assert page.strip.figure.text() == "••••", "nor under the sheet"


def test_a_statement_shows_what_its_paper_shows(shell: Shell) -> None:
    page = opened(shell, name="member-statement", member="9", since="2024-04-01", until="2025-03-31")
    assert page.told.text() == "Nanda Kambli · Member no. 9"
    table = page.sheet.table
    assert table is not None
    # she had 2,400 on 1 April 2024 and paid in 1,100 in eleven meetings; of 10,000 lent 1,000 are left
    assert [(one.label, one.figure) for one in table.facts[:2]] == [
        ("Your savings", "3,500.00"),
        ("Your loan", "1,000.00"),
    ]
    assert page.facts.isVisible()
    seen = painted(page.facts)
    assert {"3,500.00", "1,000.00"} <= seen
    shell.desk.hide_amounts()
    hidden = painted(page.facts)
    assert HIDDEN in hidden
    assert not [text for text in hidden if ".00" in text], "nor in what is told below a figure"
    shell.desk.hide_amounts()
    below = [text for row in texts(page)[-5:] for text in row if text]
    assert "Loan 7, two milch goats. 20 instalments, 500.00 each · 18 paid, 1 overdue, 1 left" in below
    opened(shell, name="minutes", since="2024-04-01", until="2024-04-30")
    assert not page.facts.isVisible()
    rows = texts(page)
    assert rows[0][0] == "Meeting 25, on 05-04-2024"
    assert ["Weekday", "Friday", ""] in rows
    assert ["", "Closing balance: Cash in hand", "13,908.00"] in rows


def test_where_there_is_nothing_it_is_said_what_to_do(shell: Shell) -> None:
    page = opened(shell, name="day-book", since="2031-04-01", until="2032-03-31")
    assert page.sheet.layout_ is not None, "the heads stay"
    assert page.blank.first.text() == "Nothing was posted in this period."
    assert (page.blank.isVisible(), page.main.isVisible()) == (True, False)
    press(KEY.Key_Return)
    assert page.period.edit.hasFocus(), "Enter does the one act"
    opened(shell, name="log-of-acts", since="2001-04-01", until="2002-03-31")
    assert page.blank.first.text() == "Nobody did anything in these books in this period."
    opened(shell, name="general-ledger", account="nosuch")
    assert page.sheet.table is None, "no other register under this title"
    assert "nosuch" in page.blank.first.text()
    assert page.blank.act.text() == "Another account"
    opened(shell, name="trial-balance", as_of="2025-03-31")
    assert not page.blank.isVisible()


def test_while_a_register_is_read_no_other_stands_under_its_name(shell: Shell) -> None:
    page = opened(shell, name="cash-book")
    held = threading.Event()
    shell.desk.work(shell, "Waiting", lambda _work: held.wait(10), lambda _: None)
    page.enter(name="journal")
    assert page.choice.text() == "Journal"
    assert page.sheet.table is None
    until(page.blank.isVisible)
    assert page.blank.first.text() == "Reading Journal …"
    press(KEY.Key_Return)
    assert shell.place == "registers", "what is not there opens nothing"
    shell.desk.runner.cancel()
    held.set()
    settle(shell)
    assert page.blank.first.text() == "The register was not read."
    press(KEY.Key_Return)
    settle(shell)
    assert page.choice.text() == "Journal"
    assert page.blank.first.text() == "Nothing was posted in this period.", "no journal vouchers in these books"


def test_a_register_of_all_groups_is_there_where_there_are_several(shell: Shell) -> None:
    def add(office: Office, key: str) -> object:
        return entities.add(office, key, "ASM", "Asmita Self-Help Group", "shg", starts="2024-04-01")

    page = opened(shell, name="trial-balance", as_of="2025-03-31")
    shell.desk.act(page, "Adding", add, lambda _: None)
    settle(shell)
    press(KEY.Key_F12)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "all gr")
    press(KEY.Key_Return)
    settle(shell)
    assert page.told.text() == "All groups"
    assert {row[0] for row in texts(page)} == {"SAV"}, "of which group a row is; the new one has none yet"
    assert page.keys()[0] == "open", "down to the ledger of this group"
    assert not {"back"} & set(page.keys()), "one came from nowhere"
    press(KEY.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(shell)
    printing = shell.page
    assert printing is not None
    assert printing.told.text() == "All groups"
    press(KEY.Key_Escape)
    settle(shell)
    opened(shell, name="cash-book")
    assert page.told.text() == "", "its two sides have no place to say of which"


WIDE = {"demand-collection-balance", "demand-collection-by-month", "members-month", "savings-register"}
"""The registers that have no room in a window 1,024 wide."""


def test_every_register_opens_and_cuts_no_text(shell: Shell) -> None:
    shell.resize(1024, 600)
    for name in registers.names():
        page = opened(shell, name=name)
        assert page.notice.isHidden()
        assert page.sheet.table is not None
        assert page.sheet.table.name == name
        for text, font, room in page.sheet.painted_texts():
            assert QFontMetrics(font).horizontalAdvance(text) <= room, (name, text)
        layout, across = page.sheet.layout_, page.sheet.horizontalScrollBar()
        assert layout is not None
        assert (across.maximum() > 0) == (name in WIDE), name
        assert laid_out(page.sheet.table, 1136).width <= 1136, "all have room in one 1,366 wide"
        press(KEY.Key_End)
        room, last = page.sheet.viewport().width(), layout.stretches(across.value(), page.sheet.viewport().width())[-1]
        assert last.end == len(page.sheet.table.columns), "the last column is seen"
        assert layout.edges[last.end] - last.shift <= room, "whole"
        assert not across.value() or layout.frozen, "beside of whom it is"


def test_the_two_sides_of_a_cash_book_have_a_half_each(shell: Shell) -> None:
    page = opened(shell, name="cash-book", since="2023-11-05", until="2023-12-31")
    layout = page.sheet.layout_
    assert layout is not None
    assert layout.width <= page.sheet.viewport().width(), "its last column was cut in this period"
    assert abs(2 * layout.edges[6] - layout.width) <= 1


def test_of_a_hundred_thousand_rows_only_those_in_sight_are_written_out(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = (
        Column("date", "Date", Kind.DATE),
        Column("particulars", "Particulars"),
        Column("debit", "Debit", Kind.MONEY, Total.SUM),
        Column("balance", "Balance", Kind.BALANCE, Total.LAST),
    )
    row = {"date": "2024-04-05", "particulars": "Savings of the members of the group", "debit": 12345, "balance": 99}
    heading = Heading("S", Person("S"), Person(""), "2024-04-01", "2025-03-31", None)
    report = Report("x", Register("X", columns), heading, columns, [row | {"debit": n} for n in range(100_000)])
    table = screen_table(report, language("en"))
    written, text = list[int](), ScreenTable.text

    def noted(table: ScreenTable, line: ScreenLine, place: int) -> str:
        written.append(place)
        return text(table, line, place)

    monkeypatch.setattr(ScreenTable, "text", noted)
    layout = laid_out(table, 1100)
    assert len(layout.tops) == 100_001
    assert len(written) < 100, "their height is known from the longest texts"
    page = opened(shell, name="cash-book")
    page.sheet.show_table(table, layout)
    in_sight = page.sheet.viewport().height() // LINE
    for _ in range(3):
        written.clear()
        press(KEY.Key_PageDown)
        page.sheet.viewport().repaint()
        assert 0 < len(written) <= 2 * len(columns) * in_sight, "the strip below has one of them as well"
    assert page.sheet.line > 2 * (in_sight - 4)
