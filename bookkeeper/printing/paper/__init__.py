"""Paper: reports as PDF, drawn by ReportLab's fonts and our own hand.

`pages` and `folios` break a register into pages and are arithmetic alone; `measure` finds widths and lines;
`ruled` and `two_sided` lay a register out; `draw`, `text`, `document` put it into the file; `furniture` is what
stands around a table; `tokens` is the look. Only this package imports ReportLab.
"""

from collections.abc import Iterable
from pathlib import Path

from bookkeeper.printing.paper.document import Document
from bookkeeper.printing.paper.ruled import Ruled
from bookkeeper.printing.paper.two_sided import TwoSided
from bookkeeper.report import Layout, Report
from bookkeeper.words import Language


def write_pdf(reports: Iterable[Report], language: Language, out_path: Path) -> Document:
    """Write reports as one PDF, each from a new page on.

    The answer knows what the pages do not show as it should be: `overflows`, texts that were too wide for their
    place, and `missing`, characters that no font has and that are boxes on the pages. Whoever prints warns of them.
    """
    title = ""
    with out_path.open("wb") as out:
        document = Document(out, language.code)
        for report in reports:
            title = title or language.say(report.register.title)
            layout = TwoSided if report.register.layout is Layout.TWO_SIDED else Ruled
            layout(document, report, language).write()
        document.close(title)
    return document
