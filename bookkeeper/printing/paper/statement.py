"""A member's leaf: what she has, owes and has to pay in large figures, then her days as in the pass book.

The report's columns of declared width make the table, with one more to sign in. Of its parts are shown, above the
table, `boxes`, `due` and `instalments` (see `leaf`), and at the foot `signatures`. Amounts are in whole rupees where
all of them are whole, else with paise. Rows that do not fit go on on a further page, with what was carried there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import cast

from bookkeeper.printing.figures import FIGURES, cell_text, head_lines, money_text, nothing
from bookkeeper.printing.paper import furniture
from bookkeeper.printing.paper.cells import figure_scale, scaled
from bookkeeper.printing.paper.document import MM, Document
from bookkeeper.printing.paper.draw import Align, Box, Drawing, baseline
from bookkeeper.printing.paper.leaf import WIDTH, Leaf
from bookkeeper.printing.paper.measure import shared
from bookkeeper.printing.paper.text import Style
from bookkeeper.printing.paper.tokens import (
    BAND,
    BOX_RULE,
    COLUMN_RULE,
    FIFTH,
    FRAME,
    GROUP_RULE,
    HEAD_RULE,
    LEAF_BODY,
    LEAF_BOLD,
    LEAF_COLUMN,
    LEAF_GROUP,
    LEAF_LABEL,
    LEAF_MARGIN,
    LEAF_NOTE,
    NOTE_STEP,
    PADDING,
    PORTRAIT,
    ROW_RULE,
    TOTAL_RULE,
)
from bookkeeper.report import Column, Kind, Report, Row, Total
from bookkeeper.rules.money import PAISE_IN_A_RUPEE
from bookkeeper.words import Language

_SELDOM = ("voluntary", "withdrawn")  # columns that stand on a leaf only where something is in them
_TIER, _HEAD, _ROW, _TOTAL = 6.0, 7.0, 6.75, 8.2
_SIGN, _NARROW = 13.0, 0.6
_NOTE_BELOW = 6.2  # the baseline of the first note, below the table
_SEAL_AT, _SEAL, _CAPTION_AT, _SEAL_RADIUS = 254.5, (41.5, 22.0), 280.5, 1.3
_ABOVE_SEAL = 13.0  # free between table and seal, a note's line in it
_BOTTOM = 282.0  # of a page that is not the last
_FEWEST = 3  # rows worth beginning a table for
_HEAD_LEAST = 0.8  # of its size: no head is smaller
_MONEY_LEAST = 11.0


def turned(count: int, first: tuple[int, int], later: tuple[int, int]) -> list[int]:
    """How many rows stand on each page. Arithmetic alone.

    A room is that of lines on a page that goes on, and on one that closes with totals and signatures; the total is no
    line. What is carried takes a line at the end of a page, what was brought one at the head of the next. The last page
    has a row, so that signatures are never alone; a first page with very little room has none.
    """
    pages: list[int] = []
    room, closing = first
    while count > closing:
        some = min(room - 1, count - 1)
        pages.append(0 if not pages and some < _FEWEST else max(some, 1 if pages else 0))
        count -= pages[-1]
        brought = 1 if sum(pages) else 0
        room, closing = later[0] - brought, later[1] - brought
    return [*pages, count]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the table: its texts by column; what it was brought or is carried with is heavier."""

    texts: Mapping[str, str]
    is_sum: bool = False


class Statement:
    """A member's leaf on its way to paper."""

    def __init__(self, document: Document, report: Report, language: Language) -> None:
        self._document, self._report, self._language = document, report, language
        self._whole = True
        self._leaf = Leaf(document, report, language, self._amount)
        self._columns: list[Column] = []
        self._boxes: list[Box] = []
        self._sums: dict[str, int] = {}

    def write(self) -> None:
        """Write the pages of this leaf."""
        rows = list(self._report.rows_counted())
        self._lay_out(rows)
        if not rows:
            drawing = self._begun()
            said = nothing(self._report, self._language)
            drawing.text(Box(LEAF_MARGIN, WIDTH, 0, 0), 40.0, said, LEAF_NOTE)
            self._document.page(PORTRAIT, (drawing.content(),))
            return
        # the same things drawn where nobody sees them tell how far down they reach
        top = self._leaf.top(Drawing(self._document, PORTRAIT), rows[0])
        later = self._leaf.later(Drawing(self._document, PORTRAIT), rows[0], 1, 1)
        counts = turned(len(rows), self._rooms(top), self._rooms(later))
        self._sums = {}
        begin = 0
        for number, count in enumerate(counts, 1):
            drawing = self._begun()
            if number == 1:
                y = self._leaf.top(drawing, rows[0])
                if len(counts) > 1:
                    self._which(drawing, 1, len(counts))
            else:
                y = self._leaf.later(drawing, rows[0], number, len(counts))
            is_last = number == len(counts)
            if count:
                y = self._table(drawing, y, rows[begin : begin + count], brings=begin > 0, closes=is_last)
            begin += count
            if is_last:
                self._end(drawing, y)
            self._document.page(PORTRAIT, (drawing.content(),))

    def _begun(self) -> Drawing:
        drawing = Drawing(self._document, PORTRAIT)
        self._leaf.head(drawing)
        furniture.foot(drawing, self._report, self._language, LEAF_MARGIN, LEAF_MARGIN)
        return drawing

    def _which(self, drawing: Drawing, page: int, pages: int) -> None:
        """Say on a first page that it is not the only one."""
        text = self._language.say("Page {page} of {pages}", page=page, pages=pages)
        drawing.text(Box(LEAF_MARGIN, WIDTH, 0, 0), 44.2, text, LEAF_LABEL, Align.RIGHT)

    # What stands where

    def _lay_out(self, rows: Sequence[Row]) -> None:
        """Find the columns and their places, and whether there are paise anywhere."""
        used = {key for key in _SELDOM if any(row.get(key) for row in rows)}
        self._columns = [c for c in self._report.columns if c.mm and (c.key not in _SELDOM or c.key in used)]
        self._whole = all(not paise % PAISE_IN_A_RUPEE for paise in self._figures(rows))
        widths = self._widths(rows)
        edges = accumulate(widths, initial=LEAF_MARGIN)
        self._boxes = [Box(x, width) for x, width in zip(edges, widths, strict=False)]

    def _widths(self, rows: Sequence[Row]) -> list[float]:
        """How wide each column is: as declared but none too narrow, or where all do not fit, as each needs."""
        room = WIDTH - _SIGN
        declared = [column.mm or 0 for column in self._columns]
        for row in rows:
            self._add(row)
        total = self._summed("Total")
        width = self._document.compositor.width
        least, needs = [], []
        for column in self._columns:
            texts = {total.get(column.key, ""), *(self._text(column, row) for row in rows)}
            head = width(" ".join(head_lines(column, self._language)), LEAF_COLUMN) * _HEAD_LEAST
            least.append(head / MM + 2 * PADDING)
            needs.append(max(head, *(width(text, LEAF_BOLD) for text in texts)) / MM + 2 * PADDING)
        wanted = [
            max(need, _MONEY_LEAST) if column.kind in FIGURES else need
            for column, need in zip(self._columns, needs, strict=True)
        ]
        if sum(wanted) <= room:
            return shared(room, declared, wanted)
        share = (room - sum(least)) / max(sum(needs) - sum(least), 1)
        return [own + (need - own) * share for own, need in zip(least, needs, strict=True)]

    def _figures(self, rows: Sequence[Row]) -> Iterator[int]:
        """Every amount of the leaf."""
        tables = [(self._columns, rows), *((part.columns, part.rows) for part in self._report.parts)]
        for columns, some in tables:
            keys = [column.key for column in columns if column.kind in FIGURES]
            yield from (cast("int", row.get(key) or 0) for row in some for key in keys)

    def _rooms(self, top: float) -> tuple[int, int]:
        """How many lines a table that begins at `top` has on a page that goes on, and on one that closes."""
        first = top + _TIER + _HEAD
        notes = NOTE_STEP * max(len(self._notes()) - 1, 0)
        closing = _SEAL_AT - _ABOVE_SEAL - notes - _TOTAL - first
        return max(int((_BOTTOM - first) / _ROW), 0), max(int((closing + 0.01) / _ROW), 0)

    def _notes(self) -> list[str]:
        wrapped = self._document.compositor.wrapped
        notes = self._report.heading.notes
        return [line for note in notes for line in wrapped(self._language.text(note), LEAF_NOTE, WIDTH * MM)]

    def _amount(self, paise: int) -> str:
        return money_text(paise, self._language, "0" if self._whole else "0.00", whole=self._whole)

    # The table

    def _table(self, drawing: Drawing, top: float, rows: Sequence[Row], *, brings: bool, closes: bool) -> float:
        """Draw the table of a page; the answer is where it ends."""
        lines = [_Line(self._summed("Brought forward"), is_sum=True)] if brings else []
        for row in rows:
            self._add(row)
            lines.append(_Line({column.key: self._text(column, row) for column in self._columns}))
        if not closes:
            lines.append(_Line(self._summed("Carried forward"), is_sum=True))
        last = [_Line(self._summed("Total"), is_sum=True)] if closes else []
        scale = figure_scale(self._set([*lines, *last]), self._document.compositor)
        first = y = top + _TIER + _HEAD
        for place, line in enumerate(lines, 1):
            if place % FIFTH == 0:
                drawing.band(LEAF_MARGIN, y, WIDTH, _ROW, BAND)
            self._line(drawing, line, y, _ROW, scale)
            y += _ROW
            if place < len(lines):
                drawing.across(LEAF_MARGIN, y, WIDTH, ROW_RULE)
        for line in last:
            drawing.across(LEAF_MARGIN, y, WIDTH, TOTAL_RULE)
            self._line(drawing, line, y, _TOTAL, scale)
            y += _TOTAL
            drawing.double(LEAF_MARGIN, y, WIDTH)
        self._heads(drawing, top)
        self._rules(drawing, top, y)
        drawing.across(LEAF_MARGIN, first, WIDTH, HEAD_RULE)
        drawing.frame(LEAF_MARGIN, top, WIDTH, y - top, FRAME)
        return y

    def _add(self, row: Row) -> None:
        """Add a row to what is carried: flows are summed, of balances the last stands."""
        for column in self._columns:
            value = row.get(column.key)
            if column.total is Total.SUM:
                self._sums[column.key] = self._sums.get(column.key, 0) + cast("int", value or 0)
            elif column.total is Total.LAST and value is not None:
                self._sums[column.key] = cast("int", value)

    def _summed(self, said: str) -> dict[str, str]:
        """The texts of a line of sums."""
        texts = {key: self._amount(paise) if paise else "–" for key, paise in self._sums.items()}
        return {self._columns[0].key: self._language.say(said), **texts}

    def _text(self, column: Column, row: Row) -> str:
        value = row.get(column.key)
        if column.kind in FIGURES:
            return "" if value is None else self._amount(cast("int", value)) if value else column.zero
        if column.kind is Kind.DATE and row.get("row") == "opening":
            return self._language.text(row.get("particulars"))
        return cell_text(column, value, self._language)

    def _style(self, column: Column, line: _Line) -> Style:
        return LEAF_BOLD if line.is_sum or column.kind is Kind.BALANCE else LEAF_BODY

    def _set(self, lines: Sequence[_Line]) -> Iterator[tuple[str, Style, Box]]:
        """Every figure of a page, how it would be set, and its place."""
        for line in lines:
            for column, box in zip(self._columns, self._boxes, strict=True):
                if column.kind in FIGURES:
                    yield line.texts.get(column.key, ""), self._style(column, line), box

    def _line(self, drawing: Drawing, line: _Line, y: float, height: float, scale: float) -> None:
        for column, box in zip(self._columns, self._boxes, strict=True):
            style, text = self._style(column, line), line.texts.get(column.key, "")
            if column.kind in FIGURES:
                style = scaled(style, scale)
                drawing.text(box, baseline(y, height, style), text, style, Align.RIGHT, smallest=1.0)
            else:
                drawing.text(box, baseline(y, height, style), text, style)

    def _heads(self, drawing: Drawing, top: float) -> None:
        """Draw the heads in two tiers, and that of the column to sign in."""
        below = top + _TIER
        sign = Box(LEAF_MARGIN + WIDTH - _SIGN, _SIGN, _NARROW, _NARROW)
        told = [
            (" ".join(head_lines(column, self._language)), box, Align.RIGHT if column.kind in FIGURES else Align.LEFT)
            for column, box in zip(self._columns, self._boxes, strict=True)
        ]
        told.append((self._language.say("Sign"), sign, Align.CENTRE))
        heads = ((text, LEAF_COLUMN, box) for text, box, _ in told)
        style = scaled(LEAF_COLUMN, figure_scale(heads, self._document.compositor))
        for text, box, align in told:
            drawing.text(box, baseline(below, _HEAD, style), text, style, align, smallest=1.0)
        for begin, end in self._groups():
            box = Box(self._boxes[begin].x, self._boxes[end].x + self._boxes[end].width - self._boxes[begin].x)
            under = self._language.say(self._columns[begin].under)
            drawing.text(box, baseline(top, _TIER, LEAF_GROUP), under, LEAF_GROUP, Align.CENTRE)
            drawing.across(box.x, below, box.width, GROUP_RULE)

    def _groups(self) -> list[tuple[int, int]]:
        """The first and last column under each head of the upper tier."""
        groups: list[tuple[int, int]] = []
        for i, column in enumerate(self._columns):
            if column.under and i and self._columns[i - 1].under == column.under:
                groups[-1] = (groups[-1][0], i)
            elif column.under:
                groups.append((i, i))
        return groups

    def _rules(self, drawing: Drawing, top: float, bottom: float) -> None:
        """Draw the rules between columns, stronger ones around savings and loan."""
        for i, box in enumerate(self._boxes[1:], 1):
            inner = self._columns[i].under == self._columns[i - 1].under
            begin = top + (_TIER if inner else 0)
            drawing.down(box.x, begin, bottom - begin, COLUMN_RULE if inner else GROUP_RULE)
        drawing.down(LEAF_MARGIN + WIDTH - _SIGN, top, bottom - top, GROUP_RULE)

    # Below it

    def _end(self, drawing: Drawing, y: float) -> None:
        """Draw the notes under the table, and at the foot who signs."""
        for place, line in enumerate(self._notes()):
            drawing.text(Box(LEAF_MARGIN, WIDTH, 0, 0), y + _NOTE_BELOW + place * NOTE_STEP, line, LEAF_NOTE)
        who = next((part.rows for part in self._report.parts if part.key == "signatures"), ())
        step = (WIDTH - _SEAL[0]) / max(len(who) - 1, 1)
        for place, one in enumerate(who):
            x = LEAF_MARGIN + place * step
            drawing.panel(x, _SEAL_AT, *_SEAL, _SEAL_RADIUS, BOX_RULE)
            said = ", ".join(filter(None, (self._language.text(one["caption"]), self._language.text(one["name"]))))
            drawing.text(Box(x, _SEAL[0], 0, 0), _CAPTION_AT, said, LEAF_LABEL)
