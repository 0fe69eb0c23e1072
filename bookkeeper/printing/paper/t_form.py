"""The statement with two sides, as the balance sheet: sections with their heads, both totals at one height.

Nothing is ruled across but sums. Notes and signatures stand below the table on its last page; a statement at a date
has a box for the auditor as well. Statements are signed by those who answer for the books, the first of them first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from bookkeeper.printing.figures import head_lines, money_text, nothing
from bookkeeper.printing.paper import furniture
from bookkeeper.printing.paper.cells import figure_scale, scaled
from bookkeeper.printing.paper.document import Document
from bookkeeper.printing.paper.draw import Align, Box, Drawing, baseline
from bookkeeper.printing.paper.endorsement import Endorsement
from bookkeeper.printing.paper.groups import Figures, Group, Item, Page, Placed, pages
from bookkeeper.printing.paper.text import Style
from bookkeeper.printing.paper.tokens import (
    AFTER_SPINE,
    BEFORE_SPINE,
    BODY,
    BOLD,
    COLUMN_RULE,
    FRAME,
    GROUP_GAP,
    GROUP_RULE,
    HEAD,
    HEAD_RULE,
    LEFT_MARGIN,
    PADDING,
    SIDE,
    SMALL,
    SPINE,
    STATEMENT_ROW,
    TABLE_TOP,
    TOTAL_RULE,
    WRAPPED_STEP,
    Rule,
)
from bookkeeper.printing.sides import agreeing, by_section, compared
from bookkeeper.report import Column, Report, Row
from bookkeeper.words import Language

LEFT, RIGHT = 0, 1
TOP = TABLE_TOP + 2 * STATEMENT_ROW
_INDENT = 2.5
_FIGURE_WIDTH = 22.5
_COMPARED = Style(SMALL.size, 500)  # sums of a year that is only held against this one


class TForm:
    """A statement with two sides on its way to paper."""

    def __init__(self, document: Document, report: Report, language: Language) -> None:
        self._document, self._report, self._language = document, report, language
        self._size = furniture.paper_of(report.register)
        self._width = furniture.table_width(self._size)
        self._columns: list[Column] = []
        self._figures: list[list[Box]] = []
        self._words: list[Box] = []
        self._endorsement = Endorsement(document, report, language)
        self._scale = 1.0  # of the figures on the page that is being drawn

    def write(self) -> None:
        """Write the pages: the rows of both sides, then what stands below them."""
        rows = list(self._report.rows_counted())
        self._lay_out(rows)
        left, right = self._sides(rows)
        room = furniture.table_bottom(self._size, self._report.register, signed=False) - TOP
        turned = list(pages(left, right, len(self._columns), room, self._last_room()))
        if len(turned) > 1:
            self._endorsement.tighten()
            turned = list(pages(left, right, len(self._columns), room, self._last_room()))
        number = self._report.heading.folio
        written = [self._page(page, number + place, (left, right)) for place, page in enumerate(turned)]
        for notes in self._endorsement.further_pages():
            drawing = self._begun(number + len(written))
            self._endorsement.draw_page(drawing, notes)
            written.append(drawing.content())
        for page_number, content in enumerate(written, 1):
            drawing = Drawing(self._document, self._size)
            furniture.page_number(drawing, self._report, self._language, page_number, len(written))
            self._document.page(self._size, (content, drawing.content()))

    def _last_room(self) -> float:
        """How deep the rows may go on the page that is signed."""
        return self._endorsement.table_bottom - TOP - STATEMENT_ROW - GROUP_GAP

    # What stands on the sides

    def _sides(self, rows: Sequence[Row]) -> tuple[list[Group], list[Group]]:
        first, second = self._report.register.sections
        left, right = (
            list(self._groups(side, [row for row in rows if row["side"] == section.key]))
            for side, section in enumerate((first, second))
        )
        for side, said, figures in agreeing(self._report, self._sums(left), self._sums(right)):
            words = self._wrapped(side, self._language.say(said), BODY)
            (left, right)[side].append(Group((), [Item(words, figures)]))
        return left, right

    def _groups(self, side: int, rows: Sequence[Row]) -> Iterator[Group]:
        """The rows by section; one that is called as its side (income) is named by the side's own head."""
        own = self._language.say(self._report.register.sections[side].title)
        for said, of_one in by_section(rows, own, self._language):
            heading = self._wrapped(side, said, BOLD) if said else ()
            yield Group(heading, [self._item(side, row, _INDENT if said else 0) for row in of_one])

    def _item(self, side: int, row: Row, indent: float) -> Item:
        figures = tuple(cast("int", row.get(column.key) or 0) for column in self._columns)
        return Item(self._wrapped(side, self._language.text(row["account"]), BODY, indent), figures)

    def _sums(self, groups: Sequence[Group]) -> Figures:
        """What a side adds up to."""
        return tuple(sum(column) for column in zip(*(group.sums for group in groups), strict=True)) or (
            (0,) * len(self._columns)
        )

    def _wrapped(self, side: int, text: str, style: Style, indent: float = 0) -> list[str]:
        return self._document.compositor.wrapped(text, style, _indented(self._words[side], indent).room)

    # Where it stands

    def _lay_out(self, rows: Sequence[Row]) -> None:
        """Find the columns and their places. A first year has none before it."""
        self._columns = compared(self._report, rows)
        self._figures = [self._figure_boxes(side) for side in (LEFT, RIGHT)]
        self._words = [self._word_box(side) for side in (LEFT, RIGHT)]

    def _figure_boxes(self, side: int) -> list[Box]:
        """The places of the figures, from the outer edge of the side inwards."""
        widths = [column.mm or _FIGURE_WIDTH for column in self._columns]
        edge = LEFT_MARGIN + self._width / 2 * (side + 1)
        last = len(widths) - 1
        return [
            Box(edge - sum(widths[i:]), width, PADDING, BEFORE_SPINE if side == LEFT and i == last else PADDING)
            for i, width in enumerate(widths)
        ]

    def _word_box(self, side: int) -> Box:
        begin = LEFT_MARGIN + self._width / 2 * side
        return Box(begin, self._figures[side][0].x - begin, PADDING if side == LEFT else AFTER_SPINE, PADDING)

    # What is drawn

    def _begun(self, folio: int) -> Drawing:
        drawing = Drawing(self._document, self._size)
        furniture.heading(drawing, self._document, self._report, self._language)
        furniture.folio(drawing, self._document, self._report, self._language, folio)
        furniture.foot(drawing, self._report, self._language)
        return drawing

    def _page(self, page: Page, folio: int, sides: tuple[Sequence[Group], Sequence[Group]]) -> int:
        """One page of the table; the answer is its number in the file."""
        drawing = self._begun(folio)
        totals = (self._sums(sides[LEFT]), self._sums(sides[RIGHT]))
        self._scale = figure_scale(self._page_figures(page, totals), self._document.compositor)
        if page.brought:
            self._both(drawing, TOP, page.brought, self._label("Brought forward", "from folio {folio}", folio - 1))
        for side in (LEFT, RIGHT):
            for line in page.sides[side]:
                self._line(drawing, side, line)
        bottom = TOP + page.depth
        if page.carried:
            label = self._label("Carried forward", "to folio {folio}", folio + 1)
        else:
            bottom = max(bottom, TOP + STATEMENT_ROW) + GROUP_GAP
            label = self._language.say("Total")
        self._both(drawing, bottom, page.carried or totals, label)
        drawing.across(LEFT_MARGIN, bottom, self._width, TOTAL_RULE)
        bottom += STATEMENT_ROW
        if not any(sides):
            said = nothing(self._report, self._language)
            drawing.text(self._words[LEFT], baseline(TOP, STATEMENT_ROW, BODY), said, BODY)
        self._frame(drawing, bottom, closes=not page.carried)
        if not page.carried:
            self._endorsement.draw(drawing, bottom)
        return drawing.content()

    def _label(self, short: str, where: str, folio: int) -> str:
        """What was brought or is carried, with the folio where the narrower side has room for it."""
        long = self._language.say(f"{short} {where}", folio=folio)
        room = min(box.room for box in self._words)
        return long if self._document.compositor.width(long, BOLD) <= room else self._language.say(short)

    def _page_figures(self, page: Page, totals: tuple[Figures, Figures]) -> Iterator[tuple[str, Style, Box]]:
        """Every amount on a page, how it would be set, and its place."""
        for side in (LEFT, RIGHT):
            sums = [both[side] for both in (page.brought, page.carried or totals) if both]
            lines = [(line.figures, line.is_sum) for line in page.sides[side] if line.figures]
            for figures, is_sum in [*lines, *((one, True) for one in sums)]:
                yield from self._set(side, figures, is_sum=is_sum)

    def _set(self, side: int, figures: Figures, *, is_sum: bool) -> Iterator[tuple[str, Style, Box]]:
        """The figures of a row in their style and place. The last column is the statement's own, and weighs more."""
        last = len(self._columns) - 1
        for i, (column, paise) in enumerate(zip(self._columns, figures, strict=True)):
            own, compared = (BOLD, _COMPARED) if is_sum else (BODY, SMALL)
            style = own if i == last else compared
            yield money_text(paise, self._language, column.zero), style, self._figures[side][i]

    def _line(self, drawing: Drawing, side: int, line: Placed) -> None:
        style = BOLD if line.is_heading else BODY
        box = _indented(self._words[side], _INDENT if line.indented else 0)
        y = TOP + line.at
        for place, text in enumerate(line.words):
            drawing.text(box, baseline(y, STATEMENT_ROW, style) + place * WRAPPED_STEP, text, style)
        if line.figures is not None:
            # beside the last line of the words, as a clerk writes them
            last = y + WRAPPED_STEP * max(len(line.words) - 1, 0)
            self._amounts(drawing, side, last, line.figures, is_sum=line.is_sum)
        if line.is_sum:
            for figure in self._figures[side]:
                drawing.across(figure.x + PADDING, y, figure.width - PADDING - SPINE, GROUP_RULE)

    def _amounts(self, drawing: Drawing, side: int, y: float, figures: Figures, *, is_sum: bool) -> None:
        for text, style, box in self._set(side, figures, is_sum=is_sum):
            own = scaled(style, self._scale)
            drawing.text(box, baseline(y, STATEMENT_ROW, own), text, own, Align.RIGHT, smallest=1.0)

    def _both(self, drawing: Drawing, y: float, sums: tuple[Figures, Figures], label: str) -> None:
        """A line of sums of both sides, at one height."""
        for side in (LEFT, RIGHT):
            drawing.text(self._words[side], baseline(y, STATEMENT_ROW, BOLD), label, BOLD)
            self._amounts(drawing, side, y, sums[side], is_sum=True)

    def _frame(self, drawing: Drawing, bottom: float, *, closes: bool) -> None:
        """Heads, rules between columns, spine and frame; the double rule where the statement closes."""
        second = TABLE_TOP + STATEMENT_ROW
        middle = LEFT_MARGIN + self._width / 2
        for side, section in enumerate(self._report.register.sections):
            whole = Box(LEFT_MARGIN + self._width / 2 * side, self._width / 2)
            title = self._language.say(section.title)
            drawing.text(whole, baseline(TABLE_TOP, STATEMENT_ROW, SIDE), title, SIDE, Align.CENTRE)
            for column, box in zip(self._columns, self._figures[side], strict=True):
                head = baseline(second, STATEMENT_ROW, HEAD)
                drawing.text(box, head, " ".join(head_lines(column, self._language)), HEAD, Align.RIGHT)
                rule = GROUP_RULE if box is self._figures[side][0] else COLUMN_RULE
                drawing.down(box.x, second, bottom - second, rule)
            if closes:
                edge = self._figures[side][0].x
                end = middle - SPINE / 2 if side == LEFT else middle + self._width / 2
                drawing.double(edge, bottom, end - edge)
        drawing.across(LEFT_MARGIN, second, self._width, GROUP_RULE)
        drawing.across(LEFT_MARGIN, TOP, self._width, HEAD_RULE)
        for x in (-SPINE / 2, SPINE / 2):
            drawing.down(middle + x, TABLE_TOP, bottom - TABLE_TOP, Rule(0.45, FRAME.ink))
        drawing.frame(LEFT_MARGIN, TABLE_TOP, self._width, bottom - TABLE_TOP, FRAME)


def _indented(box: Box, by: float) -> Box:
    return box._replace(before=box.before + by)
