"""The two-sided page: receipts left, payments right, closed by the day, ruled to the foot even where it is empty.

What stands on which side the register declares (`Side`); which row opens a day, which closes it, the rows say in
`row`. The measures are those of look.md, "Pages".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import cast

from bookkeeper.printing.figures import (
    FIGURES,
    FOLIO,
    VOUCHERS,
    begins_group,
    cell_text,
    money_text,
    nothing,
    year_suffix,
)
from bookkeeper.printing.paper import furniture
from bookkeeper.printing.paper.cells import Cell, align_of, figure_scale, in_cell, scaled, style_of
from bookkeeper.printing.paper.document import MM, Document
from bookkeeper.printing.paper.draw import Align, Box, Drawing, baseline
from bookkeeper.printing.paper.folios import Carried, Day, Entry, Figures, Folio, Placed, folios
from bookkeeper.printing.paper.table import padding
from bookkeeper.printing.paper.text import Style
from bookkeeper.printing.paper.tokens import (
    AFTER_SPINE,
    BAND,
    BEFORE_SPINE,
    BODY,
    BOLD,
    COLUMN_RULE,
    FIFTH,
    FRAME,
    GROUP_RULE,
    HEAD,
    HEAD_HEIGHT,
    HEAD_RULE,
    LEFT_MARGIN,
    LINE_HEIGHT,
    ROW_RULE,
    SIDE,
    SMALLEST,
    SPINE,
    TABLE_TOP,
    TOTAL_RULE,
    WHITE,
    Rule,
)
from bookkeeper.printing.sides import CLOSING, OPENING, by_day, sides_of
from bookkeeper.report import Column, Kind, Person, Report, Row, Side
from bookkeeper.words import Language

LEFT, RIGHT = 0, 1
TOP = TABLE_TOP + 2 * HEAD_HEIGHT
LONGEST = 12  # ruled lines of one entry; what is longer goes on in a second one

_WIDTHS = {"date": 19.0, "voucher": 10.5, FOLIO: 9.0}
_MONEY = 22.75
_WITH_YEAR = 20.5
_FREE = 0.3  # between a blanked place and the rules of its line

Written = dict[str, Cell]
"""What stands in an entry, by column."""


@dataclass(frozen=True, slots=True)
class Half:
    """One side of the page: its columns, each with its place."""

    side: Side
    columns: tuple[Column, ...]
    boxes: tuple[Box, ...]

    @property
    def particulars(self) -> int:
        """Which column has the words: the widest that holds text."""
        words = [i for i, column in enumerate(self.columns) if column.kind is Kind.TEXT]
        return max(words, key=lambda i: self.boxes[i].width)

    @property
    def flow_places(self) -> dict[str, tuple[Column, Box]]:
        """The columns of figures, by key, each with its place."""
        pairs = zip(self.columns, self.boxes, strict=True)
        return {column.key: (column, box) for column, box in pairs if column.key in self.side.flows}

    @property
    def flows(self) -> tuple[float, float]:
        """Where the columns of figures begin, and how wide they are together."""
        boxes = [box for column, box in zip(self.columns, self.boxes, strict=True) if column.key in self.side.flows]
        end = boxes[-1].x + boxes[-1].width - (SPINE / 2 if boxes[-1].after == BEFORE_SPINE else 0)
        return boxes[0].x, end - boxes[0].x


class TwoSided:
    """A two-sided register on its way to paper."""

    def __init__(self, document: Document, report: Report, language: Language) -> None:
        self._document, self._report, self._language = document, report, language
        self._size = furniture.paper_of(report.register)
        self._width = furniture.table_width(self._size)
        self._suffix = year_suffix(report.heading)
        self._halves = self._laid_out()
        room = furniture.table_bottom(self._size, report.register, signed=True) - TOP
        self._scale = 1.0  # of the figures on the folio that is being drawn
        self._lines = int(min(room, 20 * LINE_HEIGHT if self._size[0] > self._size[1] else room) / LINE_HEIGHT)

    def write(self) -> None:
        """Write the folios: the ruled sheet once, what stands on it for each, the number of pages when it is known."""
        sheet = self._sheet()
        heading = self._report.heading
        flows = len(self._halves[LEFT].side.flows)
        turned = folios(self._days(), self._lines, flows, bound=heading.folio > 1)
        written = [self._folio(folio, heading.folio + place) for place, folio in enumerate(turned)]
        for page, content in enumerate(written, 1):
            number = Drawing(self._document, self._size)
            furniture.page_number(number, self._report, self._language, page, len(written))
            self._document.page(self._size, (sheet, content, number.content()))

    def _laid_out(self) -> tuple[Half, Half]:
        by_key = {column.key: column for column in self._report.columns}
        left, right = self._report.register.sides
        width = self._width / 2
        halves = []
        for side, x in ((left, LEFT_MARGIN), (right, LEFT_MARGIN + width)):
            columns = tuple(by_key[key] for key in side.columns)
            widths = self._widths(columns, width)
            edges = list(accumulate(widths, initial=x))
            last = len(columns) - 1
            boxes = tuple(
                Box(
                    edges[i],
                    wide,
                    AFTER_SPINE if side is right and i == 0 else padding(columns[i])[0],
                    BEFORE_SPINE if side is left and i == last else padding(columns[i])[1],
                )
                for i, wide in enumerate(widths)
            )
            halves.append(Half(side, columns, boxes))
        return halves[0], halves[1]

    def _widths(self, columns: Sequence[Column], room: float) -> list[float]:
        """The declared widths; the words take what is left."""
        widths = [
            column.mm or _WIDTHS.get(column.key) or (_MONEY if column.kind is not Kind.TEXT else 0)
            for column in columns
        ]
        for i, column in enumerate(columns):
            if column.key in VOUCHERS and not self._suffix:
                widths[i] = max(widths[i], _WITH_YEAR)
        words = [i for i, column in enumerate(columns) if column.kind is Kind.TEXT and column.key not in _WIDTHS]
        widths[words[0]] += room - sum(widths)
        return widths

    # What stands in the rows

    def _days(self) -> Iterator[Day]:
        for on, rows in by_day(self._report.rows_counted()):
            opening = next((row for row in rows if row["row"] == OPENING), None)
            closing = next((row for row in rows if row["row"] == CLOSING), None)
            sides: tuple[list[Entry], list[Entry]] = ([], [])
            for row in rows:
                if row["row"] not in (OPENING, CLOSING):
                    for side in sides_of(row, self._report.register.sides):
                        sides[side].extend(self._entries(side, row, self._halves[side].side.flows))
            closed = str(closing["date"]) if closing else on
            begin, end = self._balance(LEFT, opening), self._balance(RIGHT, closing)
            yield Day(on, begin, sides[LEFT], sides[RIGHT], end, closed)

    def _balance(self, side: int, row: Row | None) -> Entry | None:
        if row is None:
            return None
        first, *_ = self._entries(side, row, self._halves[side].side.balances)
        return first

    def _entries(self, side: int, row: Row, keys: Sequence[str]) -> Iterator[Entry]:
        """The entry of a row, its figures taken from `keys`; more than one where the words are very long."""
        half = self._halves[side]
        figures: Figures = tuple(cast("int", row.get(key) or 0) for key in keys)
        flows = dict(zip(half.side.flows, figures, strict=True))
        written: Written = {}
        for column, box in zip(half.columns, half.boxes, strict=True):
            if column.kind is Kind.DATE:
                continue
            value = flows.get(column.key, row.get(column.key))
            text = cell_text(column, value, self._language, self._suffix)
            wraps = column.kind is Kind.TEXT and column.key not in _WIDTHS
            cell = Cell((text,), style_of(column))
            if wraps:
                is_name = isinstance(value, Person)
                cell = in_cell(text, column, box.room, self._document.compositor, is_name=is_name)
            written[column.key] = cell
        height = max(cell.rows for cell in written.values())
        for begin in range(0, height, LONGEST):
            part = {key: cell.part(begin, begin + LONGEST) for key, cell in written.items()}
            yield Entry(min(height - begin, LONGEST), figures if begin == 0 else (0,) * len(figures), part)

    # What is drawn

    def _sheet(self) -> int:
        """The empty page: furniture, heads, the ruling down to the foot."""
        drawing = Drawing(self._document, self._size)
        furniture.heading(drawing, self._document, self._report, self._language)
        furniture.signatures(drawing, self._report, self._language)
        furniture.foot(drawing, self._report, self._language)
        height = self._lines * LINE_HEIGHT
        for line in range(FIFTH - 1, self._lines, FIFTH):
            drawing.band(LEFT_MARGIN, TOP + line * LINE_HEIGHT, self._width, LINE_HEIGHT, BAND)
        for line in range(1, self._lines):
            drawing.across(LEFT_MARGIN, TOP + line * LINE_HEIGHT, self._width, ROW_RULE)
        for half in self._halves:
            self._heads(drawing, half)
            for i in range(1, len(half.columns)):
                rule = GROUP_RULE if begins_group(half.columns[i - 1], half.columns[i]) else COLUMN_RULE
                drawing.down(half.boxes[i].x, TABLE_TOP + HEAD_HEIGHT, HEAD_HEIGHT + height, rule)
        drawing.across(LEFT_MARGIN, TABLE_TOP + HEAD_HEIGHT, self._width, GROUP_RULE)
        drawing.across(LEFT_MARGIN, TOP, self._width, HEAD_RULE)
        for x in (-SPINE / 2, SPINE / 2):
            middle = self._halves[RIGHT].boxes[0].x
            drawing.down(middle + x, TABLE_TOP, 2 * HEAD_HEIGHT + height, Rule(0.45, FRAME.ink))
        drawing.frame(LEFT_MARGIN, TABLE_TOP, self._width, 2 * HEAD_HEIGHT + height, FRAME)
        return drawing.content()

    def _heads(self, drawing: Drawing, half: Half) -> None:
        middle = baseline(TABLE_TOP, HEAD_HEIGHT, SIDE)
        title = self._language.say(half.side.title)
        drawing.text(Box(half.boxes[0].x, self._width / 2), middle, title, SIDE, Align.CENTRE)
        for column, box in zip(half.columns, half.boxes, strict=True):
            head = self._language.say(column.head or column.title)
            below = baseline(TABLE_TOP + HEAD_HEIGHT, HEAD_HEIGHT, HEAD)
            drawing.text(box, below, head, HEAD, align_of(column))

    def _folio(self, folio: Folio, number: int) -> int:
        """One folio's own part; the answer is its number in the file."""
        drawing = Drawing(self._document, self._size)
        furniture.folio(drawing, self._document, self._report, self._language, number)
        self._scale = figure_scale(self._folio_figures(folio), self._document.compositor)
        if folio.brought:
            self._carried(drawing, 0, "Brought forward from folio {folio}", number - 1, folio.brought)
        dated: set[tuple[int, str]] = set()
        for placed in folio.placed:
            self._placed(drawing, placed, dated=(placed.side, placed.on) in dated)
            dated.add((placed.side, placed.on))
        for totals in folio.totals:
            self._totals(drawing, totals.line, totals.figures)
        if folio.carried:
            last = self._lines - 1
            drawing.across(LEFT_MARGIN, TOP + last * LINE_HEIGHT, self._width, TOTAL_RULE)
            self._carried(drawing, last, "Carried forward to folio {folio}", number + 1, folio.carried)
        if not (folio.brought or folio.placed):
            self._nothing(drawing)
        return drawing.content()

    def _folio_figures(self, folio: Folio) -> Iterator[tuple[str, Style, Box]]:
        """Every amount on a folio, how it would be set, and its place."""
        sums = [*filter(None, (folio.brought, folio.carried)), *(totals.figures for totals in folio.totals)]
        for side, half in enumerate(self._halves):
            for key, (column, box) in half.flow_places.items():
                place = half.side.flows.index(key)
                yield from ((money_text(both[side][place], self._language, column.zero), BOLD, box) for both in sums)
                for placed in folio.placed:
                    if placed.side == side:
                        yield from ((text, BODY, box) for text in cast("Written", placed.entry.written)[key].lines)

    def _nothing(self, drawing: Drawing) -> None:
        """Say that there is nothing, over the cells of the left side, whose rules are blanked behind it."""
        half = self._halves[LEFT]
        first, last = half.boxes[half.particulars], half.boxes[-1]
        text = nothing(self._report, self._language)
        box = Box(first.x, last.x + last.width - first.x, first.before, last.after)
        wide = min(self._document.compositor.width(text, BODY) / MM, box.room / MM)
        drawing.band(box.x + box.before, TOP + _FREE, wide, LINE_HEIGHT - 2 * _FREE, WHITE)
        drawing.text(box, _at(0, BODY), text, BODY)

    def _placed(self, drawing: Drawing, placed: Placed, *, dated: bool) -> None:
        half = self._halves[placed.side]
        written = cast("Written", placed.entry.written)
        for column, box in zip(half.columns, half.boxes, strict=True):
            align, smallest = align_of(column), SMALLEST
            if column.kind is Kind.DATE:
                cell = Cell(() if dated else (self._language.date(placed.on),), style_of(column))
            else:
                cell = written[column.key]
            if column.kind in FIGURES:
                cell, smallest = cell._replace(style=scaled(cell.style, self._scale)), 1.0
            for text, at in cell.placed(LINE_HEIGHT):
                drawing.text(box, TOP + placed.line * LINE_HEIGHT + at, text, cell.style, align, smallest=smallest)

    def _carried(self, drawing: Drawing, line: int, label: str, folio: int, carried: Carried) -> None:
        for half, figures in zip(self._halves, carried, strict=True):
            text = self._language.say(label, folio=folio)
            drawing.text(half.boxes[half.particulars], _at(line, BOLD), text, BOLD)
            self._figures(drawing, half, line, figures)

    def _totals(self, drawing: Drawing, line: int, totals: Carried) -> None:
        for half, figures in zip(self._halves, totals, strict=True):
            self._figures(drawing, half, line, figures)
            x, width = half.flows
            drawing.across(x, TOP + line * LINE_HEIGHT, width, TOTAL_RULE)
            drawing.double(x, TOP + (line + 1) * LINE_HEIGHT, width)

    def _figures(self, drawing: Drawing, half: Half, line: int, figures: Figures) -> None:
        values = dict(zip(half.side.flows, figures, strict=True))
        style = scaled(BOLD, self._scale)
        for key, (column, box) in half.flow_places.items():
            amount = money_text(values[key], self._language, column.zero)
            drawing.text(box, _at(line, style), amount, style, Align.RIGHT, smallest=1.0)


def _at(line: int, style: Style) -> float:
    return baseline(TOP + line * LINE_HEIGHT, LINE_HEIGHT, style)
