"""The ruled table: any register that is not two-sided, across or upright, as many pages as it takes.

A row takes as many lines of the ruled book as its words need, two lines of smaller words to each, so words are never
cut. The table ends with its
last row; it is signed on its last page.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import cast

from bookkeeper.printing.figures import FIGURES, MEMBER, RIGHT, cell_text, nothing, year_suffix
from bookkeeper.printing.paper import furniture, measure
from bookkeeper.printing.paper.cells import Cell, align_of, boxed_signs, figure_scale, in_cell, scaled
from bookkeeper.printing.paper.document import MM, Document
from bookkeeper.printing.paper.draw import Align, Box, Drawing, baseline
from bookkeeper.printing.paper.pages import Closing, Entry, Figures, Line, LineKind, pages, tallest_entry, with_last
from bookkeeper.printing.paper.table import Table
from bookkeeper.printing.paper.text import Style
from bookkeeper.printing.paper.tokens import (
    BAND,
    BODY,
    BOLD,
    FIFTH,
    GROUP_RULE,
    LEFT_MARGIN,
    LINE_HEIGHT,
    MARK_BOX,
    MARK_HEIGHT,
    MARK_RADIUS,
    MARK_WIDTH,
    NOTE_STEP,
    ROW_RULE,
    TOTAL_RULE,
)
from bookkeeper.report import Column, Kind, Person, Report, Row, Total
from bookkeeper.words import Language

SAMPLE = 200  # rows that decide the widths of columns that declare none

Written = Sequence[Cell]
"""What stands in a row, by column."""

_BEFORE_SIDE = 1.3  # between a balance and its side


class Ruled:
    """A register on its way to paper as a ruled table."""

    def __init__(self, document: Document, report: Report, language: Language) -> None:
        self._document, self._report, self._language = document, report, language
        self._register = report.register
        self._size = furniture.paper_of(report.register)
        self._line = report.register.line_mm or LINE_HEIGHT
        self._closing_parts = [part for part in report.parts if part.closes and part.rows]
        self._columns = [column for column in report.columns if column.is_read]
        self._boxed = [boxed_signs(column, language) for column in self._columns]
        self._summed = [i for i, column in enumerate(self._columns) if column.total]
        self._once = {report.register.group, *report.register.once}
        self._suffix = year_suffix(report.heading)
        self._notes = furniture.note_lines(report, language, document.compositor)
        self._tables: list[Table] = []
        self._sheets: list[int] = []
        self._folio = report.heading.folio
        width = document.compositor.width
        self._side = max(width(language.say(side), BOLD) for side in ("Dr", "Cr")) / MM + _BEFORE_SIDE
        # a list of the members is read across, and whole rupees without paise are larger; books of account keep them
        self._by_member = self._columns[0].key == MEMBER and not report.register.carry
        self._nought = language.digits(".00")
        self._whole = False  # whether the page that is being drawn has no paise

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
            self._tables.append(Table(self._document, self._language, places, columns, widths, self._line))
        tallest = max(table.heads_height for table in self._tables)
        for table in self._tables:
            table.heads_height = tallest

    def _room(self, *, signed: bool) -> int:
        """How many lines a page has."""
        bottom = furniture.table_bottom(self._size, self._register, signed=signed)
        notes = NOTE_STEP * len(self._notes) if signed else 0
        closing = sum(len(part.rows) for part in self._closing_parts) if signed else 0
        return max(int((bottom - notes - self._tables[0].top) / self._line) - closing, 1)

    def _closing(self) -> Closing:
        totals = tuple(total for column in self._columns if (total := column.total) is not None)
        sums = Total.SUM in totals
        return Closing(
            totals,
            carries=self._register.carry and bool(totals),
            groups=bool(self._register.group) and sums and self._register.subtotals,
            together=bool(self._register.group) and not self._register.subtotals,
            closes=self._register.closes_with_totals and bool(totals),
        )

    def _entries(self, rows: Iterator[Row], tallest: int) -> Iterator[Entry]:
        """Each row with its words in lines; more than one entry where the words are very long.

        What a group says once takes lines of its first row alone; of a later row, which says it only at the head of a
        page, no more lines than a page has.
        """
        group = self._register.group
        once = [i for i, column in enumerate(self._columns) if column.key in self._once]
        before: object = None
        places = list(zip(self._columns, map(self._narrowest, range(len(self._columns))), strict=True))
        none: Figures = (None,) * len(self._summed)
        for row in rows:
            written = [self._cell(column, room, row) for column, room in places]
            figures = tuple(cast("int | None", row.get(self._columns[i].key)) for i in self._summed)
            if group and row.get(group) == before:
                written = [cell.part(0, tallest) if i in once else cell for i, cell in enumerate(written)]
            before = row.get(group)
            height = max(cell.rows for cell in written)
            rest = max((cell.rows for i, cell in enumerate(written) if i not in once), default=0)
            for begin in range(0, max(height, 1), tallest):
                part = [cell.part(begin, begin + tallest) for cell in written] if height > tallest else written
                lines = max(min(height - begin, tallest), 1)
                least = max(min(rest - begin, tallest), 1)
                own = none if begin else figures
                yield Entry(lines, own, row.get(group) if group else None, part, least, begin > 0)

    def _narrowest(self, i: int) -> float:
        """How wide a text of a column may be on the sheet where it is narrowest, in points."""
        return min(table.boxes[i].room for table in self._tables if i in table.boxes)

    def _cell(self, column: Column, room: float, row: Row) -> Cell:
        """The text of a cell in as many lines as it needs."""
        value = row.get(column.key)
        text = cell_text(column, value, self._language, self._suffix)
        return in_cell(text, column, room, self._document.compositor, is_name=isinstance(value, Person))

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
        texts = (text for table in self._tables for text, *_ in self._page_figures(table, page))
        self._whole = self._by_member and all(not text[-1:].isdigit() or text.endswith(self._nought) for text in texts)
        sheets = []
        for table, sheet in zip(self._tables, self._sheets, strict=True):
            drawing = Drawing(self._document, self._size)
            furniture.folio(drawing, self._document, self._report, self._language, self._folio)
            bottom = self._draw(drawing, table, page, is_last=is_last)
            if is_last:
                furniture.notes(drawing, self._report, self._notes, bottom)
                furniture.signatures(drawing, self._report, self._language)
            sheets.append((sheet, drawing.content()))
            self._folio += 1
        return sheets

    def _draw(self, drawing: Drawing, table: Table, page: Sequence[Line], *, is_last: bool) -> float:
        """Draw the rows of a page; the answer is where the table ends."""
        y, rows = table.top, 0
        figures = ((self._shown(text), style, box) for text, style, box in self._page_figures(table, page))
        scale = figure_scale(figures, self._document.compositor)
        over: list[tuple[Box, float]] = []
        for line in page:
            height = line.height * self._line
            if line.entry is None:
                over.append((self._sums(drawing, table, line, y, scale), y))
            else:
                rows += 1
                if rows % FIFTH == 0:
                    drawing.band(LEFT_MARGIN, y, table.width, height, BAND)
                self._row(drawing, table, line, y, scale)
            y += height
            if line is not page[-1]:
                drawing.across(LEFT_MARGIN, y, table.width, GROUP_RULE if line.kind is LineKind.SUBTOTAL else ROW_RULE)
        if not page:
            said = nothing(self._report, self._language)
            whole = Box(LEFT_MARGIN, table.width)
            drawing.text(whole, baseline(y, self._line, BODY), said, BODY)
            over.append((whole, y))
            y += self._line
        if is_last:
            y = self._close(drawing, table, y)
        table.frame(drawing, y, over)
        return y

    def _page_figures(self, table: Table, page: Sequence[Line]) -> Iterator[tuple[str, Style, Box]]:
        """Every amount on a page without its side, how it would be set, and its place."""
        places = {i: self._amount_box(i, box) for i, box in table.boxes.items() if self._columns[i].kind in FIGURES}
        for line in page:
            if line.entry is None:
                sums = dict(zip(self._summed, line.figures, strict=True))
                for i, box in places.items():
                    yield self._figure(self._columns[i], sums.get(i)).partition(" ")[0], BOLD, box
            else:
                written = cast("Written", line.entry.written)
                for i, box in places.items():
                    yield from ((text.partition(" ")[0], BODY, box) for text in written[i].lines)

    def _amount_box(self, i: int, box: Box) -> Box:
        """Where an amount stands in its cell: its side has a place behind it, so that figures are straight."""
        return box._replace(after=box.after + self._side) if self._columns[i].sides else box

    def _shown(self, amount: str) -> str:
        """An amount as this page writes it."""
        return amount.removesuffix(self._nought) if self._whole else amount

    def _amount(self, drawing: Drawing, table: Table, i: int, y: float, text: str, style: Style) -> None:
        """Draw an amount in its cell, and its side behind it."""
        amount, _, side = text.partition(" ")
        box, at = table.boxes[i], baseline(y, self._line, style)
        drawing.text(self._amount_box(i, box), at, self._shown(amount), style, Align.RIGHT, smallest=1.0)
        drawing.text(box, at, side, style, Align.RIGHT, smallest=1.0)

    def _row(self, drawing: Drawing, table: Table, line: Line, y: float, scale: float) -> None:
        written = cast("Written", line.entry.written) if line.entry else ()
        names = line.begins or (line.entry is not None and line.entry.goes_on)
        for i, box in table.boxes.items():
            column = self._columns[i]
            if column.key in self._once and not names:
                continue
            cell, align = written[i], align_of(column)
            if column.kind in FIGURES:
                for text in cell.lines:
                    self._amount(drawing, table, i, y, text, scaled(cell.style, scale))
                continue
            if cell.lines and cell.lines[0] in self._boxed[i]:
                cell = cell._replace(style=BOLD)
                x, top = box.x + (box.width - MARK_WIDTH) / 2, y + (self._line - MARK_HEIGHT) / 2
                drawing.panel(x, top, MARK_WIDTH, MARK_HEIGHT, MARK_RADIUS, MARK_BOX)
            for text, at in cell.placed(self._line):
                drawing.text(box, y + at, text, cell.style, align)

    def _sums(self, drawing: Drawing, table: Table, line: Line, y: float, scale: float) -> Box:
        """Draw a line of sums: what it is, and the figures between rules. The answer is where its words stand."""
        at = baseline(y, self._line, BOLD)
        figures = dict(zip(self._summed, line.figures, strict=True))
        words, label = self._label_box(table, line.kind)
        drawing.text(words, at, label, BOLD)
        for i, box in table.boxes.items():
            column = self._columns[i]
            figure = self._figure(column, figures.get(i))
            if column.kind in FIGURES:
                self._amount(drawing, table, i, y, figure, scaled(BOLD, scale))
            else:
                drawing.text(box, at, figure, BOLD, align_of(column))
        x, width = table.span([i for i in table.boxes if i in figures])
        if line.kind is not LineKind.BROUGHT:
            whole = line.kind in (LineKind.CARRIED, LineKind.TOTAL)
            drawing.across(LEFT_MARGIN if whole else x, y, table.width if whole else width, TOTAL_RULE)
        if line.kind is LineKind.TOTAL and width:
            drawing.double(x, y + self._line, width)
        return words

    def _close(self, drawing: Drawing, table: Table, y: float) -> float:
        """Draw the parts that close the register, the first of them heavier. The answer is where they end."""
        begin = y
        for part in self._closing_parts:
            own = {column.key: column for column in part.columns}
            words = [i for i in table.boxes if self._columns[i].kind is Kind.TEXT and self._columns[i].key not in own]
            label = max(words, key=lambda i: table.boxes[i].width, default=None)
            for row in part.rows:
                drawing.across(LEFT_MARGIN, y, table.width, ROW_RULE if y > begin else TOTAL_RULE)
                style = BODY if y > begin else BOLD
                at = baseline(y, self._line, style)
                for i, box in table.boxes.items():
                    column = self._columns[i]
                    text = self._figure(own.get(column.key, column), row.get(column.key))
                    drawing.text(box, at, text, style, align_of(column))
                if label is not None:
                    drawing.text(table.boxes[label], at, self._language.say(part.title), BOLD)
                y += self._line
        if y > begin:
            drawing.double(LEFT_MARGIN, y, table.width)
        return y

    def _figure(self, column: Column, value: object) -> str:
        return cell_text(column, value, self._language)

    def _label_place(self, table: Table) -> int | None:
        """The column that says what a line of sums is: the widest of words before the figures."""
        figures = [i for i in table.boxes if i in self._summed]
        words = [i for i in table.boxes if i not in figures and self._columns[i].kind not in RIGHT]
        before = [i for i in words if not figures or i < figures[0]]
        return max(before or words, key=lambda i: table.boxes[i].width, default=None)

    def _label_box(self, table: Table, kind: LineKind) -> tuple[Box, str]:
        """Where a line of sums says what it is, and the words: over as many empty cells as they need."""
        place = self._label_place(table)
        if place is None:
            return Box(LEFT_MARGIN, 0, 0, 0), ""
        long, short = self._labels(kind)
        places = list(table.boxes)
        first = last = places.index(place)
        wide = self._document.compositor.width(long, BOLD)

        def free(at: int) -> bool:
            return 0 <= at < len(places) and places[at] not in self._summed

        # over cells at the right; to those at the left, where a number might stand, only what has no room in short
        while (box := table.joined(places[first], places[last])).room < wide and free(last + 1):
            last += 1
        said = long if box.room >= wide else short
        wide = self._document.compositor.width(said, BOLD)
        while (box := table.joined(places[first], places[last])).room < wide and free(first - 1):
            first -= 1
        return box, said

    def _labels(self, kind: LineKind) -> tuple[str, str]:
        """What a line of sums is, in full and in short."""
        say = self._language.say
        match kind:
            case LineKind.BROUGHT:
                long = say("Brought forward from folio {folio}", folio=self._folio - len(self._tables))
                short = say("Brought forward")
            case LineKind.CARRIED:
                long = say("Carried forward to folio {folio}", folio=self._folio + len(self._tables))
                short = say("Carried forward")
            case LineKind.TOTAL if self._closing().groups:
                long, short = say("Total of all accounts"), say("Total")
            case _:
                long = short = say("Total")
        return long, short
