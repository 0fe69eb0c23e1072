"""A printed document in memory, and its pages as pictures: what the preview shows and what a printer draws.

PDFium may be called by one thread at a time only: every call stands under one lock.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Sequence
from typing import Final

import pypdfium2
from PySide6.QtGui import QImage

from bookkeeper.errors import BadInput, Fault

POINTS_PER_INCH: Final = 72
_PDFIUM: Final = threading.RLock()


class Paper:
    """A PDF: `data` is the file, `sizes` are width and height of each page in points."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._is_closed = False
        with _PDFIUM:
            self._document = pypdfium2.PdfDocument(data)
            self.sizes = [self._document.get_page_size(number) for number in range(len(self._document))]

    def __len__(self) -> int:
        return len(self.sizes)

    def picture(self, page: int, scale: float, strip: tuple[float, float] = (0, 1)) -> QImage:
        """A page (from 0) at so many pixels a point; `strip` is the part of its height that is wanted, from the top."""
        height = self.sizes[page][1]
        crop = (0, height * (1 - strip[1]), 0, height * strip[0])
        with _PDFIUM:
            if self._is_closed:
                return QImage()
            loaded = self._document[page]
            bitmap = loaded.render(scale=scale, crop=crop, prefer_bgrx=True, rev_byteorder=False)
            wide, high, stride = bitmap.width, bitmap.height, bitmap.stride
            made = QImage(bytes(bitmap.buffer), wide, high, stride, QImage.Format.Format_RGB32).copy()
            bitmap.close()
            loaded.close()
        return made

    def part(self, pages: Sequence[int]) -> Paper:
        """Some of the pages, as a document of its own that is called as the whole is."""
        if list(pages) == list(range(len(self))):
            return self
        from io import BytesIO  # noqa: PLC0415  # seldom wanted

        out, there = BytesIO(), sorted(pages)
        with _PDFIUM:
            made = pypdfium2.PdfDocument(self.data)  # pages taken into a new one would have no title
            for number in reversed(range(len(self))):
                if number not in there:
                    del made[number]
            if there != list(pages):
                order = (ctypes.c_int * len(there))(*(there.index(page) for page in pages))
                pypdfium2.raw.FPDF_MovePages(made, order, len(there), 0)
            made.save(out)
            made.close()
        return Paper(out.getvalue())

    def close(self) -> None:
        """Let go of it; pictures of it are empty from now on."""
        with _PDFIUM:
            if not self._is_closed:
                self._is_closed = True
                self._document.close()

    def __del__(self) -> None:
        """Never by the garbage collector alone, who knows no lock."""
        self.close()


def chosen(asked: str, count: int) -> list[int]:
    """Which pages "2-4, 7" are, from 0, in their order; all of `count` where nothing is asked.

    Raises BadInput where it cannot be read, or there is no such page.
    """
    if not asked.strip():
        return list(range(count))
    pages: list[int] = []
    for part in asked.replace("–", "-").replace(";", ",").split(","):
        first, dash, last = (one.strip() for one in part.partition("-"))
        if not (first.isdecimal() or (dash and not first)) or not (last.isdecimal() or not last):
            raise BadInput(Fault("These are no pages.", "Write them as 2-4 or 1, 3.", field="pages"))
        begin = int(first or 1)
        end = int(last or count) if dash else begin
        if not 1 <= begin <= end <= count:
            raise BadInput(Fault("There is no such page.", "Leave the field empty for all pages.", field="pages"))
        pages += [page for page in range(begin - 1, end) if page not in pages]
    return pages
