"""The ruled table: any register that is not two-sided, across or upright, as many pages as it takes.

A row takes as many lines of the ruled book as its words need, so words are never cut. The table ends with its
last row; it is signed on its last page.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import cast

from bookkeeper.printing.paper import furniture, measure
from bookkeeper.printing.paper.cells import FOLIO, RIGHT, align_of, cell_text, style_of, year_suffix
from bookkeeper.printing.paper.document import Document
from bookkeeper.printing.paper.draw import Box, Drawing, baseline
from bookkeeper.printing.paper.pages import Closing, Entry, Figures, Line, LineKind, pages, tallest_entry, with_last
from bookkeeper.printing.paper.table import Table
from bookkeeper.printing.paper.tokens import (
    BAND,
    BODY,
    BOLD,
    FIFTH,
    GROUP_RULE,
    LEFT_MARGIN,
    LINE_HEIGHT,
    NOTE_STEP,
    ROW_RULE,
    TOTAL_RULE,
)
from bookkeeper.report import Column, Kind, Report, Row, Total
from bookkeeper.words import Language

SAMPLE = 200  # rows that decide the widths of columns that declare none

Written = Sequence[Sequence[str]]
"""The lines of text of a row, by column."""


class Ruled:
    """A register on its way to paper as a ruled table."""

    def __init__(self, document: Document, report: Report, language: Language) -> None:
        self._document, self._report, self._language = document, report, language
        self._register = report.register
        self._size = furniture.paper_of(report.register)
        self._columns = [column for column in report.columns if column.is_read]
        self._summed = [i for i, column in enumerate(self._columns) if column.total]
        self._once = {report.register.group, *report.register.once}
        self._suffix = year_suffix(report.heading)
        self._notes = furniture.note_lines(report, language, document.compositor)
        self._tables: list[Table] = []
        self._sheets: list[int] = []
        self._folio = report.heading.folio

    def write(self) -> None:
        """Write the pages; the number of pages is put on them when it is known."""
        rows = self._report.rows_counted()
        sample = list(islice(rows, SAMPLE))
        self._lay_out(sample)
        self._sheets = [self._sheet(table) for table in self._tables]
        room, last_room = self._room(signed=False), self._room(signed=True)
        entries = self._entries(chain(sample, rows), tallest_entry(last_room))
        turned = pages(entries, self._closing(), room, last_room)
        written = [sheet for page, is_last in with_last(turned) for sheet in self._page(page, is_last=is_last)]
        if not written:
            written = self._page([], is_last=True)
        for number, contents in enumerate(written, 1):
            drawing = Drawing(self._document, self._size)
            furniture.page_number(drawing, self._report, self._language, number, len(written))
            self._document.page(self._size, (*contents, drawing.content()))

    def _lay_out(self, sample: Sequence[Row]) -> None:
        """Find the columns of each sheet, and their widths."""
        room = furniture.table_width(self._size)
        natural = measure.natural_widths(self._columns, sample, self._document.compositor, self._language, self._suffix)
        for places in measure.bands(self._columns, natural, room):
            columns = [self._columns[i] for i in places]
            widths = measure.widths(columns, [natural[i] for i in places], room)
            self._tables.append(Table(self._document, self._language, places, columns, widths))
        tallest = max(table.heads_height for table in self._tables)
        for table in self._tables:
            table.heads_height = tallest

    def _room(self, *, signed: bool) -> int:
        """How many lines a page has."""
        bottom = furniture.table_bottom(self._size, self._register, signed=signed)
        notes = NOTE_STEP * len(self._notes) if signed else 0
        return max(int((bottom - notes - self._tables[0].top) / LINE_HEIGHT), 1)

    def _closing(self) -> Closing:
        totals = tuple(total for column in self._columns if (total := column.total) is not None)
        sums = Total.SUM in totals
        return Closing(
            totals,
            carries=self._register.carry and bool(totals),
            groups=bool(self._register.group) and sums and self._register.subtotals,
            closes=self._register.closes_with_totals and bool(totals),
        )

    def _entries(self, rows: Iterator[Row], tallest: int) -> Iterator[Entry]:
        """Each row with its words in lines; more than one entry where the words are very long."""
        group = self._register.group
        places = list(zip(self._columns, map(self._narrowest, range(len(self._columns))), strict=True))
        none: Figures = (None,) * len(self._summed)
        for row in rows:
            written = [self._lines(column, room, row) for column, room in places]
            figures = tuple(cast("int | None", row.get(self._columns[i].key)) for i in self._summed)
            height = max(map(len, written))
            for begin in range(0, max(height, 1), tallest):
                part = [lines[begin : begin + tallest] for lines in written] if height > tallest else written
                lines = max(min(height - begin, tallest), 1)
                yield Entry(lines, none if begin else figures, row.get(group) if group else None, part)

    def _narrowest(self, i: int) -> float:
        """How wide a text of a column may be on the sheet where it is narrowest, in points."""
        return min(table.boxes[i].room for table in self._tables if i in table.boxes)

    def _lines(self, column: Column, room: float, row: Row) -> Sequence[str]:
        """The text of a cell in as many lines as it needs."""
        text = cell_text(column, row.get(column.key), self._language, self._suffix)
        if not text:
            return ()
        if column.kind is not Kind.TEXT or column.key == FOLIO:
            return (text,)
        return self._document.compositor.wrapped(text, style_of(column), room)

    # What is drawn

    def _sheet(self, table: Table) -> int:
        """What every page shows: furniture and heads."""
        drawing = Drawing(self._document, self._size)
        furniture.heading(drawing, self._document, self._report, self._language)
        furniture.foot(drawing, self._report, self._language)
        table.heads(drawing)
        return drawing.content()

    def _page(self, page: Sequence[Line], *, is_last: bool) -> list[tuple[int, int]]:
        """Write one page of rows, on as many sheets as the columns take; the answer is what each of them shows."""
        sheets = []
        for table, sheet in zip(self._tables, self._sheets, strict=True):
            drawing = Drawing(self._document, self._size)
            furniture.folio(drawing, self._document, self._report, self._language, self._folio)
            bottom = self._draw(drawing, table, page)
            if is_last:
                furniture.notes(drawing, self._report, self._notes, bottom)
                furniture.signatures(drawing, self._report, self._language)
            sheets.append((sheet, drawing.content()))
            self._folio += 1
        return sheets

    def _draw(self, drawing: Drawing, table: Table, page: Sequence[Line]) -> float:
        """Draw the rows of a page; the answer is where the table ends."""
        y, rows = table.top, 0
        for line in page:
            height = line.height * LINE_HEIGHT
            if line.entry is None:
                self._sums(drawing, table, line, y)
            else:
                rows += 1
                if rows % FIFTH == 0:
                    drawing.band(LEFT_MARGIN, y, table.width, height, BAND)
                self._row(drawing, table, line, y)
            y += height
            if line is not page[-1]:
                drawing.across(LEFT_MARGIN, y, table.width, GROUP_RULE if line.kind is LineKind.SUBTOTAL else ROW_RULE)
        if not page:
            said = self._language.say("Nothing was posted in this period.")
            drawing.text(Box(LEFT_MARGIN, table.width), baseline(y, LINE_HEIGHT, BODY), said, BODY)
            y += LINE_HEIGHT
        table.frame(drawing, y, columns=bool(page))
        return y

    def _row(self, drawing: Drawing, table: Table, line: Line, y: float) -> None:
        written = cast("Written", line.entry.written) if line.entry else ()
        for i, box in table.boxes.items():
            column = self._columns[i]
            if column.key in self._once and not line.begins:
                continue
            style, align = style_of(column), align_of(column)
            for place, text in enumerate(written[i]):
                drawing.text(box, baseline(y + place * LINE_HEIGHT, LINE_HEIGHT, style), text, style, align)

    def _sums(self, drawing: Drawing, table: Table, line: Line, y: float) -> None:
        """Draw a line of sums: what it is, and the figures between rules."""
        at = baseline(y, LINE_HEIGHT, BOLD)
        figures = dict(zip(self._summed, line.figures, strict=True))
        place = self._label_place(table)
        if place is not None:
            drawing.text(table.boxes[place], at, self._label(line.kind, table.boxes[place]), BOLD)
        for i, box in table.boxes.items():
            column = self._columns[i]
            drawing.text(box, at, self._figure(column, figures.get(i)), BOLD, align_of(column))
        x, width = table.span([i for i in table.boxes if i in figures])
        if line.kind is not LineKind.BROUGHT:
            whole = line.kind in (LineKind.CARRIED, LineKind.TOTAL)
            drawing.across(LEFT_MARGIN if whole else x, y, table.width if whole else width, TOTAL_RULE)
        if line.kind is LineKind.TOTAL and width:
            drawing.double(x, y + LINE_HEIGHT, width)

    def _figure(self, column: Column, value: int | None) -> str:
        return "" if value is None else self._language.cell(column.kind.value, value, column.zero)

    def _label_place(self, table: Table) -> int | None:
        """The column that says what a line of sums is: the widest of words before the figures."""
        figures = [i for i in table.boxes if i in self._summed]
        words = [i for i in table.boxes if i not in figures and self._columns[i].kind not in RIGHT]
        before = [i for i in words if not figures or i < figures[0]]
        return max(before or words, key=lambda i: table.boxes[i].width, default=None)

    def _label(self, kind: LineKind, box: Box) -> str:
        say = self._language.say
        match kind:
            case LineKind.BROUGHT:
                long = say("Brought forward from folio {folio}", folio=self._folio - len(self._tables))
                short = say("Brought forward")
            case LineKind.CARRIED:
                long = say("Carried forward to folio {folio}", folio=self._folio + len(self._tables))
                short = say("Carried forward")
            case _:
                return say("Total")
        return long if self._document.compositor.width(long, BOLD) <= box.room else short
