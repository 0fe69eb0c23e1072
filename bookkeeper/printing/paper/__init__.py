"""Paper: reports as PDF, drawn by ReportLab's fonts and our own hand.

`pages`, `folios` and `groups` break a register into pages and are arithmetic alone; `measure` finds widths and
lines; `ruled`, `two_sided`, `t_form`, `statement` (with `leaf`), `sheet`, `minutes` and `card` lay a register out;
`draw`, `text`, `document` put it into the file; `furniture` is what stands around a table, `endorsement` what is
signed below a statement; `tokens` is the look. Only this package imports ReportLab.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

from bookkeeper.printing.paper.card import Card
from bookkeeper.printing.paper.document import Document
from bookkeeper.printing.paper.minutes import Minutes
from bookkeeper.printing.paper.ruled import Ruled
from bookkeeper.printing.paper.sheet import Sheet
from bookkeeper.printing.paper.statement import Statement
from bookkeeper.printing.paper.t_form import TForm
from bookkeeper.printing.paper.two_sided import TwoSided
from bookkeeper.report import Layout, Report
from bookkeeper.words import Language


class Written(Protocol):
    """A register on its way to paper."""

    def write(self) -> None:
        """Write its pages."""
        ...


LAYOUTS: Mapping[Layout, Callable[[Document, Report, Language], Written]] = {
    Layout.TWO_SIDED: TwoSided,
    Layout.T_FORM: TForm,
    Layout.STATEMENT: Statement,
    Layout.SHEET: Sheet,
    Layout.MINUTES: Minutes,
    Layout.CARD: Card,
}
"""What draws each layout; a register of any other is a ruled table."""


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
            LAYOUTS.get(report.register.layout, Ruled)(document, report, language).write()
        document.close(title)
    return document
