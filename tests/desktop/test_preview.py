"""The preview: pages of a PDF as pictures, painted as they come in sight."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pypdf
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.window import until
from bookkeeper.desktop.desk import Desk
from bookkeeper.desktop.paper import Paper, chosen
from bookkeeper.desktop.preview import Preview
from bookkeeper.errors import BadInput


def pdf(pages: int, size: tuple[float, float] = (595, 842)) -> bytes:
    writer, out = pypdf.PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(*size)
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def preview(application: QApplication, kept: QSettings) -> Iterator[Preview]:
    assert application is not None
    desk = Desk(kept)
    made = Preview(desk)
    made.resize(700, 500)
    made.translate()
    made.show()
    yield made
    paper = made.paper
    made.show_paper(None)
    if paper is not None:
        paper.close()
    until(lambda: made.renderer.is_idle)
    made.deleteLater()
    desk.close()


def test_the_pages_in_sight_are_painted_sharp_and_no_others(preview: Preview) -> None:
    preview.show_paper(Paper(pdf(40)))
    until(lambda: preview.is_ready, "the first page")
    assert len(preview._pictures) <= 3
    scale, picture = preview._pictures[0]
    assert picture.width() == pytest.approx(595 * scale, abs=2)
    assert preview._place(0).width() == preview.viewport().width() - 56, "it fits the width"
    assert picture.pixelColor(5, 5).name() == "#ffffff"
    assert preview.pager.where.text() == "Page 1 of 40"


def test_keys_turn_and_scroll(preview: Preview) -> None:
    preview.show_paper(Paper(pdf(9)))
    for key, page in ((Qt.Key.Key_End, 8), (Qt.Key.Key_Home, 0)):
        QTest.keyClick(preview, key)
        assert preview.page == page
    before = preview.verticalScrollBar().value()
    QTest.keyClick(preview, Qt.Key.Key_Down)
    assert preview.verticalScrollBar().value() == before + 40
    preview.turn(3)
    assert (preview.page, preview.pager.where.text()) == (3, "Page 4 of 9")
    preview.turn(-9)
    assert preview.page == 0


def test_zoom_keeps_the_page_and_comes_back(preview: Preview) -> None:
    preview.show_paper(Paper(pdf(5)))
    preview.turn_to(3)
    wide = preview._place(3).width()
    preview.zoom(1)
    assert preview._place(3).width() > wide
    assert (preview.page, preview.zoom_name()) == (3, "100 %")
    preview.zoom(-1)
    assert preview.zoom_name() == "80 %"
    preview.zoom(0)
    assert (preview._place(3).width(), preview.zoom_name()) == (wide, "Fit width")


def test_a_new_document_stays_at_the_page(preview: Preview) -> None:
    first, second = Paper(pdf(9)), Paper(pdf(4))
    preview.show_paper(first)
    preview.turn_to(6)
    preview.show_paper(second)
    first.close()
    assert preview.page == 3
    until(lambda: preview.is_ready, "the page of the new document")


def test_a_strip_of_a_page_and_a_part_of_a_document() -> None:
    paper = Paper(pdf(5, (600, 800)))
    assert paper.picture(0, 0.5).size().toTuple() == (300, 400)
    assert paper.picture(0, 0.5, (0.25, 0.5)).size().toTuple() == (300, 100)
    part = paper.part([1, 3])
    assert len(part) == 2
    assert len(pypdf.PdfReader(BytesIO(part.data)).pages) == 2
    assert paper.part(range(5)) is paper
    for one in (paper, part):
        one.close()
    assert paper.picture(0, 1) == QImage(), "nobody paints a document that is gone"


@pytest.mark.parametrize(
    ("asked", "pages"),
    [("", [0, 1, 2, 3, 4]), ("2-4", [1, 2, 3]), ("1, 3", [0, 2]), ("-2", [0, 1]), ("4-", [3, 4]), ("2–3, 3", [1, 2])],
)
def test_pages_are_chosen_as_they_are_written(asked: str, pages: list[int]) -> None:
    assert chosen(asked, 5) == pages


@pytest.mark.parametrize("asked", ["0", "6", "4-2", "two", "1-x", "2-9"])
def test_pages_that_are_not_there_are_refused(asked: str) -> None:
    with pytest.raises(BadInput):
        chosen(asked, 5)
