"""The place Print: fields at the left, the pages at the right; printed, saved and exported."""

from __future__ import annotations

import stat
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from benchmarks.window import settle, turn, until
from bookkeeper.desktop import print_fields, printer
from bookkeeper.desktop.pages.printing import PrintingPage
from bookkeeper.desktop.paper import Paper
from bookkeeper.desktop.runner import Work
from bookkeeper.desktop.shell import Shell
from tests.desktop.conftest import held_up
from tests.desktop.screens.measuring import watching


@pytest.fixture
def kept(kept: QSettings, monkeypatch: pytest.MonkeyPatch) -> QSettings:
    """The window begins at the place that is looked at here, and waits less."""
    monkeypatch.setattr(print_fields, "PAUSE", 5)
    kept.setValue("place", "printing")
    return kept


@pytest.fixture
def page(shell: Shell) -> PrintingPage:
    shell.go("printing", name="cash-book", since="2023-11-05", until="2023-12-31", folio="12")
    return made(shell)


def made(shell: Shell) -> PrintingPage:
    page = shell.page
    assert isinstance(page, PrintingPage)
    turn(30)  # the pause before the pages are made anew
    settle(shell)
    until(lambda: page.preview.is_ready, "the pages")
    return page


def text(page: PrintingPage) -> str:
    assert page.preview.paper is not None
    return "\n".join(one.extract_text() for one in pypdf.PdfReader(BytesIO(page.preview.paper.data)).pages)


def test_it_opens_at_what_one_came_from(page: PrintingPage) -> None:
    assert page.title.text() == "Cash book"
    assert page.preview.pages == 2
    assert page.preview.hasFocus()
    assert "Brought forward from folio 11" in text(page)
    assert {"turn", "zoom-in", "print", "save-pdf", "export", "back"} <= set(page.keys())
    assert page.where()["since"] == "2023-11-05"


def test_a_field_makes_the_pages_anew_in_another_language(page: PrintingPage, shell: Shell) -> None:
    page.fields.code.setFocus()
    QTest.keyClick(page.fields.code, Qt.Key.Key_End)
    made(shell)
    assert "रोकड वही" in text(page)
    assert page.fields.digits.value() == "native"
    assert page.title.text() == "Cash book", "the screen keeps its own language"
    page.fields.digits.setFocus()
    QTest.keyClick(page.fields.digits, Qt.Key.Key_End)
    made(shell)
    assert "05-11-2023" in text(page)


def test_opened_bare_it_takes_a_register_by_letters(shell: Shell) -> None:
    shell.open("printing")
    page = made(shell)
    assert page.fields.register.hasFocus()
    QTest.keyClicks(page.fields.register, "trial")
    QTest.keyClick(page.fields.register, Qt.Key.Key_Return)
    made(shell)
    assert page.title.text() == "Trial balance"
    assert page.fields.fields["since"].isHidden()
    assert not page.fields.fields["as_of"].isHidden()
    assert "Trial balance" in text(page)


def test_a_wrong_day_and_wrong_pages_are_said_where_they_stand(page: PrintingPage, shell: Shell) -> None:
    page.fields.since.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(page.fields.since, "31-2")
    QTest.keyClick(page.fields.since, Qt.Key.Key_Return)
    assert page.fields.since.hasFocus(), "Enter stays where something is wrong"
    assert "no 31st day" in page.fields.fields["since"].fault.text()
    QTest.keyClicks(page.fields.pages, "7")
    assert page.fields.fields["pages"].fault.text().startswith("There is no such page.")
    assert page.preview.pages == 2
    page.fields.pages.selectAll()
    QTest.keyClicks(page.fields.pages, "2")
    assert page.fields.fields["pages"].fault.isHidden()
    settle(shell)
    assert page.preview.pages == 1
    assert "Brought forward from folio 12" in text(page), "the second page alone"
    assert page.preview.paper is not None
    named = pypdf.PdfReader(BytesIO(page.preview.paper.data)).metadata
    assert named is not None
    assert named.title == "Cash book", "as the whole is called"
    page.fields.pages.selectAll()
    QTest.keyClicks(page.fields.pages, "2, 1")
    settle(shell)
    turned = [one.extract_text() for one in pypdf.PdfReader(BytesIO(page.preview.paper.data)).pages]
    assert ["Carried forward to folio 13" in one for one in turned] == [False, True], "the second page lies on top"


def test_a_period_that_ends_before_it_begins_is_refused(page: PrintingPage, shell: Shell) -> None:
    page.fields.until.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(page.fields.until, "1-4-2023")
    QTest.keyClick(page.fields.until, Qt.Key.Key_Return)
    turn(30)
    settle(shell)
    assert page.fields.fields["until"].fault.text() == "The period ends before it begins. Write another day."
    assert page.preview.pages == 0
    assert page.preview.accessibleDescription() == page.fields.fields["until"].fault.text(), "said where pages would be"
    QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert page.notice.isVisible(), "Print says why it does nothing"


def test_it_prints_to_a_file_without_a_dialogue(page: PrintingPage, shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "printed.pdf"
    where = QPrinter()
    where.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    where.setOutputFileName(str(out))
    page.print_to(where)
    settle(shell)
    assert len(pypdf.PdfReader(out).pages) == 2
    assert page.notice.first.text() == "Sent to the printer."
    where.setOutputFileName(str(tmp_path / "nowhere" / "printed.pdf"))
    page.print_to(where)
    settle(shell)
    assert page.notice.first.text().startswith("The folder "), "refused in words"
    assert page.notice.first.text().endswith(" is not there. Make it first.")


def test_what_was_on_its_way_to_the_printer_is_not_blank_though_other_pages_came(
    page: PrintingPage, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = list[bool]()

    def draw(_where: QPrinter, paper: Paper, _step: printer.Step) -> None:
        blank.extend(paper.picture(number, 0.1).isNull() for number in range(len(paper)))

    monkeypatch.setattr(printer, "draw", draw)
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with held_up(shell):
        page.print_to(QPrinter())
        page.fields.folio.setText("40")
        page._drop()
    assert blank == [False, False]


def test_a_queue_sees_no_pages_and_they_are_printed_all_the_same(
    page: PrintingPage, shell: Shell, tmp_path: Path
) -> None:
    middle = page.preview.viewport().rect().center()
    assert page.preview.viewport().grab().toImage().pixelColor(middle.x(), 40).name() == "#ffffff", "paper is seen"
    QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settle(shell)
    with watching() as ink:
        page.preview.viewport().repaint()
    assert [one.text for one in ink.painted] == ["Amounts are hidden. Ctrl+Shift+P shows them."]
    assert page.preview.viewport().grab().toImage().pixelColor(middle.x(), 40).name() != "#ffffff"
    where = QPrinter()
    where.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    where.setOutputFileName(str(tmp_path / "printed.pdf"))
    with held_up(shell):
        page.print_to(where)
        shell.desk.runner.cancel()
    assert page.notice.first.text() == "Printing: stopped."
    page.print_to(where)
    settle(shell)
    assert len(pypdf.PdfReader(tmp_path / "printed.pdf").pages) == 2


def test_where_there_is_lp_it_gets_the_pdf_itself(
    page: PrintingPage, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, asked = tmp_path / "taken.pdf", tmp_path / "asked"
    lp = tmp_path / "bin" / "lp"
    lp.parent.mkdir()
    lp.write_text(f'#!/bin/sh\nprintf "%s " "$@" > {asked}\ncat > {taken}\n')
    lp.chmod(lp.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{lp.parent}:/usr/bin:/bin")

    def agree(where: QPrinter, _parent: object) -> bool:
        where.setPrintRange(QPrinter.PrintRange.PageRange)
        where.setFromTo(2, 2)
        return True

    monkeypatch.setattr(printer, "is_asked_for", agree)
    page.fields.copies.setFocus(Qt.FocusReason.TabFocusReason)
    page.fields.copies.selectAll()
    QTest.keyClicks(page.fields.copies, "2")
    QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(shell)
    assert asked.read_text().startswith("-n 2 -t Cash book -o sides=one-sided")
    assert len(pypdf.PdfReader(taken).pages) == 1
    lp.write_text("#!/bin/sh\ncat > /dev/null\nexit 1\n")
    QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(shell)
    assert page.notice.first.text().startswith("The printer did not take it.")


def test_elsewhere_the_pages_are_drawn_from_edge_to_edge(page: PrintingPage, tmp_path: Path) -> None:
    out, steps = tmp_path / "drawn.pdf", list[int]()
    assert page.preview.paper is not None
    where = printer.ready_printer(page.preview.paper, "Cash book")
    where.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    where.setOutputFileName(str(out))
    where.setResolution(100)
    printer.draw(where, page.preview.paper, steps.append)
    assert steps == [0, 1]
    pages = pypdf.PdfReader(out).pages
    assert [one.mediabox.width > one.mediabox.height for one in pages] == [True, True]


def test_what_is_seen_is_saved_and_exported(
    page: PrintingPage, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter([str(tmp_path / "page"), str(tmp_path / "rows.csv"), str(tmp_path / "practice.books")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (next(names), ""))
    for key in (Qt.Key.Key_S, Qt.Key.Key_E, Qt.Key.Key_S):
        QTest.keyClick(page, key, Qt.KeyboardModifier.ControlModifier)
        settle(shell)
    assert page.preview.paper is not None
    assert (tmp_path / "page.pdf").read_bytes() == page.preview.paper.data
    assert (tmp_path / "rows.csv").read_text(encoding="utf-8").startswith("row,date,voucher,")
    assert (tmp_path / "practice.books.pdf").exists(), "the end of a name says what it is; books are not written over"


def test_work_that_is_cancelled_leaves_nothing(shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    step = Work.step

    def cancelled(work: Work, so_far: str = "") -> None:
        shell.desk.runner.cancel()
        step(work, so_far)

    monkeypatch.setattr(Work, "step", cancelled)
    shell.go("printing", name="general-ledger")
    settle(shell)
    page = shell.page
    assert isinstance(page, PrintingPage)
    assert page.preview.pages == 0
    assert page.notice.first.text() == "The pages were not made."
    assert not list(tmp_path.glob("bookkeeper-*"))
