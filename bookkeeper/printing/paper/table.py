"""The ruling of a table on one sheet: places of its columns, heads in one tier or two, rules and frame."""

from collections.abc import Sequence
from itertools import accumulate

from bookkeeper.printing.figures import FIGURES, FOLIO, begins_group, head_lines
from bookkeeper.printing.paper.cells import align_of
from bookkeeper.printing.paper.document import Document
from bookkeeper.printing.paper.draw import Align, Box, Drawing, baseline
from bookkeeper.printing.paper.tokens import (
    COLUMN_RULE,
    FIGURE_PADDING,
    FRAME,
    GROUP_RULE,
    HEAD,
    HEAD_HEIGHT,
    HEAD_RULE,
    LEFT_MARGIN,
    LINE_HEIGHT,
    NARROW_ROOM,
    PADDING,
    SIDE,
    STACKED_HEADS,
    STACKED_STEP,
    STACKED_TIER,
    TABLE_TOP,
)
from bookkeeper.report import Column
from bookkeeper.words import Language

_HEAD_STEP = 3.1  # between two lines of one head
_NEAR = 0.01  # two edges are one
WIDE = 30.0  # any column with the usual padding
NARROW_PADDING = 0.6  # of the ledger folio, which is short and stands in the middle


class Table:
    """The columns of one sheet. `boxes` names each by its place among all columns of the register."""

    def __init__(
        self,
        document: Document,
        language: Language,
        places: Sequence[int],
        columns: Sequence[Column],
        widths: Sequence[float],
        line: float = LINE_HEIGHT,
    ) -> None:
        self._columns, self._line_height = columns, line
        self.width = sum(widths)
        edges = accumulate(widths, initial=LEFT_MARGIN)
        self.boxes = {
            place: Box(x, width, *padding(column, width))
            for place, column, x, width in zip(places, columns, edges, widths, strict=False)
        }
        wrapped = document.compositor.wrapped
        told = [head_lines(column, language) for column in columns]
        self._stacked = [len(lines) > 1 for lines in told]
        self._heads = [
            lines if len(lines) > 1 else wrapped(lines[0], HEAD, box.room)
            for lines, box in zip(told, self.boxes.values(), strict=True)
        ]
        self._unders = [language.digits(language.say(column.under)) if column.under else "" for column in columns]
        stacked = any(self._stacked)
        self._tier = (STACKED_TIER if stacked else HEAD_HEIGHT) if any(self._unders) else 0.0
        own = HEAD_HEIGHT + _HEAD_STEP * (max(map(len, self._heads)) - 1)
        self.heads_height = self._tier + (max(STACKED_HEADS, own) if stacked else own)

    @property
    def top(self) -> float:
        """Where the first row begins."""
        return TABLE_TOP + self.heads_height

    def span(self, places: Sequence[int]) -> tuple[float, float]:
        """Where the first of some columns begins, and how wide it is to the end of the last."""
        boxes = [self.boxes[place] for place in places]
        return (boxes[0].x, boxes[-1].x + boxes[-1].width - boxes[0].x) if boxes else (LEFT_MARGIN, 0.0)

    def heads(self, drawing: Drawing) -> None:
        """Draw the heads. One without an upper tier stands in the middle of both."""
        boxes = list(self.boxes.values())
        rows = zip(self._columns, boxes, self._heads, self._unders, self._stacked, strict=True)
        for column, box, lines, under, stacked in rows:
            # beside heads of two lines, one of a single line stands in the middle of them
            top = TABLE_TOP + (self._tier if under or any(self._stacked) else 0)
            height = TABLE_TOP + self.heads_height - top
            step = STACKED_STEP if stacked else _HEAD_STEP
            first = top + (height - step * (len(lines) - 1)) / 2
            for place, line in enumerate(lines):
                style = SIDE if stacked and not place else HEAD
                drawing.text(box, baseline(first + place * step, 0, style), line, style, align_of(column))
        for begin, end in self._groups():
            box = Box(boxes[begin].x, boxes[end].x + boxes[end].width - boxes[begin].x)
            drawing.text(box, baseline(TABLE_TOP, self._tier, SIDE), self._unders[begin], SIDE, Align.CENTRE)
            drawing.across(box.x, TABLE_TOP + self._tier, box.width, GROUP_RULE)

    def _groups(self) -> list[tuple[int, int]]:
        """The first and last column under each head of the upper tier."""
        groups: list[tuple[int, int]] = []
        for i, under in enumerate(self._unders):
            if under and groups and groups[-1][1] == i - 1 and self._unders[i - 1] == under:
                groups[-1] = (groups[-1][0], i)
            elif under:
                groups.append((i, i))
        return groups

    def joined(self, first: int, last: int) -> Box:
        """The place of cells beside each other, written over as one."""
        begin, end = self.boxes[first], self.boxes[last]
        return Box(begin.x, end.x + end.width - begin.x, begin.before, end.after)

    def frame(self, drawing: Drawing, bottom: float, written_over: Sequence[tuple[Box, float]] = ()) -> None:
        """Draw the rules between columns down to the end of the table, the rule under the heads, the frame.

        A rule leaves out the lines (each by its top) in which a text is written over it.
        """
        boxes = list(self.boxes.values())
        for i in range(1, len(boxes)):
            under = self._unders[i] == self._unders[i - 1] and (self._unders[i] or any(self._stacked))
            top = TABLE_TOP + (self._tier if under else 0)
            rule = GROUP_RULE if begins_group(self._columns[i - 1], self._columns[i]) else COLUMN_RULE
            x = boxes[i].x
            for free in (y for box, y in written_over if box.x < x < box.x + box.width - _NEAR):
                drawing.down(x, top, free - top, rule)
                top = free + self._line_height
            if top < bottom:
                drawing.down(x, top, bottom - top, rule)
        drawing.across(LEFT_MARGIN, self.top, self.width, HEAD_RULE)
        drawing.frame(LEFT_MARGIN, TABLE_TOP, self.width, bottom - TABLE_TOP, FRAME)


def padding(column: Column, width: float = WIDE) -> tuple[float, float]:
    """What is kept free left and right of a column's text: less where figures have little room."""
    if column.key == FOLIO:
        return NARROW_PADDING, NARROW_PADDING
    if column.kind in FIGURES:
        free = min(max((width - NARROW_ROOM) / 2, FIGURE_PADDING), PADDING)
        return free, free
    return PADDING, PADDING
