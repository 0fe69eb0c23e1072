"""A PDF file written as a stream: a page goes to the file when it is full, and only its number stays in memory.

ReportLab makes the fonts. Its own document keeps every page until it is saved, and forms the file in memory two
or three times over: too much for a register of thousands of pages.
"""

import zlib
from collections.abc import Sequence
from typing import BinaryIO, cast

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFDocument, PDFIndirectObject, PDFString

from bookkeeper.printing.paper.text import Compositor

MM = 72 / 25.4  # points in a millimetre
_CREATOR = "Bookkeeper"


class Document:
    """An open PDF file. `overflows` names each text that was too wide for its place, `missing` what no font has."""

    def __init__(self, out: BinaryIO, language: str) -> None:
        self._out, self._language = out, language
        self._fonts = PDFDocument(compression=1)
        self._offsets: dict[int, int] = {}
        self._at = 0
        self._pages: list[int] = []
        self._tree, self._resources, self._catalog, self._info = (self._number() for _ in range(4))
        self.compositor = Compositor(self._fonts)
        self.overflows: list[str] = []
        self._write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")

    @property
    def pages(self) -> int:
        """How many pages there are so far."""
        return len(self._pages)

    @property
    def missing(self) -> tuple[str, ...]:
        """The characters that no font has, in order, each once; the pages show a box for each."""
        return tuple(sorted(self.compositor.missing))

    def content(self, operators: str) -> int:
        """Write what a page, or several of them, show; the answer is its number in the file."""
        packed = zlib.compress(operators.encode("ascii"))
        number = self._number()
        self._object(number, b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(packed), packed))
        return number

    def page(self, size: tuple[float, float], contents: Sequence[int]) -> None:
        """Write a page of a size (millimetres) that shows contents, one over the other."""
        number = self._number()
        shown = " ".join(f"{content} 0 R" for content in contents)
        self._object(
            number,
            f"<</Type/Page/Parent {self._tree} 0 R/MediaBox[0 0 {size[0] * MM:.3f} {size[1] * MM:.3f}]"
            f"/Resources {self._resources} 0 R/Contents[{shown}]>>".encode("ascii"),
        )
        self._pages.append(number)

    def close(self, title: str) -> None:
        """Write the fonts, the list of pages and the end of the file."""
        for font in self._fonts.delayedFonts:
            font.addObjects(self._fonts)
        fonts = cast("PDFDictionary", self._fonts.idToObject["BasicFonts"])
        kids = " ".join(f"{number} 0 R" for number in self._pages)
        self._object(self._tree, f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>".encode("ascii"))
        self._object(self._resources, b"<</ProcSet[/PDF/Text]/Font %b>>" % self._formatted(fonts))
        language = self._formatted(PDFString(self._language))
        self._object(self._catalog, b"<</Type/Catalog/Pages %d 0 R/Lang %b>>" % (self._tree, language))
        names = b"/Title %b/Creator %b" % tuple(self._formatted(PDFString(text)) for text in (title, _CREATOR))
        self._object(self._info, b"<<%b>>" % names)
        self._write_fonts()
        self._end()

    def _write_fonts(self) -> None:
        """What ReportLab has made: while it is formed, it may make more."""
        numbers = self._fonts.numberToId
        done: set[int] = set()
        while waiting := sorted(numbers.keys() - done):
            for number in waiting:
                name = numbers[number]
                made = PDFIndirectObject(name, self._fonts.idToObject[name])
                self._offsets[number] = self._at
                self._write(made.format(self._fonts))
                done.add(number)

    def _end(self) -> None:
        begin, count = self._at, self._fonts.objectcounter + 1
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        for number in range(1, count):
            self._write(b"%010d 00000 n \n" % self._offsets[number])
        trailer = f"<</Size {count}/Root {self._catalog} 0 R/Info {self._info} 0 R>>"
        self._write(f"trailer\n{trailer}\nstartxref\n{begin}\n%%EOF\n".encode("ascii"))

    def _formatted(self, value: object) -> bytes:
        return cast("bytes", value.format(self._fonts))  # type: ignore[attr-defined]  # each of ReportLab's has it

    def _number(self) -> int:
        """A number for an object that we write ourselves, out of the row of ReportLab's own."""
        self._fonts.objectcounter += 1
        return int(self._fonts.objectcounter)

    def _object(self, number: int, body: bytes) -> None:
        self._offsets[number] = self._at
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def _write(self, part: bytes) -> None:
        self._out.write(part)
        self._at += len(part)
