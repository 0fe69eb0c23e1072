"""What stands in a cell of paper, and how: the text of a value, its style and its edge.

Numbers of vouchers keep Western digits in every language, and paper of one year leaves the year away: R28, not
R28/2023-24. Account codes, hashes and the time of printing are Western too: they are compared, not read. All else
follows its language: the ledger folio, members, loans, meetings and resolutions by their numbers, counts, the clock.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bookkeeper.printing.figures import FOLIO, MEMBER, RIGHT, VOUCHERS
from bookkeeper.printing.paper.draw import Align, Box, baseline
from bookkeeper.printing.paper.text import Compositor, Style
from bookkeeper.printing.paper.tokens import (
    BODY,
    BOLD,
    IN_A_ROW,
    SMALL,
    SMALLER,
    SMALLEST,
    WRAPPED,
    WRAPPED_LEAD,
    WRAPPED_LOWER,
)
from bookkeeper.report import Column, Kind
from bookkeeper.words import Language

_NAME_LEAST, _NAME_SMALLER = 5.5, 0.5  # points: no name is smaller, and how it becomes so
_EM = 0.6  # of the size: no figure's characters are wider on average


class Cell(NamedTuple):
    """A text in a cell of a ruled line: its lines and how they are set. Two smaller ones stand in one ruled line."""

    lines: Sequence[str]
    style: Style

    @property
    def rows(self) -> int:
        """How many ruled lines it takes."""
        return -(-len(self.lines) // IN_A_ROW)

    def part(self, begin: int, end: int) -> "Cell":
        """What of it stands in some of its ruled lines."""
        return Cell(self.lines[begin * IN_A_ROW : end * IN_A_ROW], self.style)

    def placed(self, height: float) -> Iterable[tuple[str, float]]:
        """Each line with its baseline, below the upper edge of the cell. `height` is that of a ruled line."""
        if len(self.lines) <= 1:
            return [(text, baseline(0, height, self.style)) for text in self.lines]
        places = (divmod(place, IN_A_ROW) for place in range(len(self.lines)))
        tops = (row * height + (half - (IN_A_ROW - 1) / 2) * WRAPPED_LEAD + WRAPPED_LOWER for row, half in places)
        return [(text, baseline(top, height, self.style)) for text, top in zip(self.lines, tops, strict=True)]


def in_cell(text: str, column: Column, room: float, compositor: Compositor, *, is_name: bool = False) -> Cell:
    """A text in the lines that it needs in a room (points); a name in two, if need be smaller ones."""
    style = style_of(column)
    if column.kind is not Kind.TEXT or column.key == FOLIO or not text:
        return Cell((text,) if text else (), style)
    if "\n" not in text and compositor.width(text, style) <= room:
        return Cell((text,), style)
    style = Style(min(style.size, WRAPPED.size), style.weight)
    while len(lines := compositor.wrapped(text, style, room)) > IN_A_ROW and is_name and style.size > _NAME_LEAST:
        style = Style(style.size - _NAME_SMALLER, style.weight)
    return Cell(lines, style)


def figure_scale(figures: Iterable[tuple[str, Style, Box]], compositor: Compositor) -> float:
    """How much smaller all figures of a page are set, so that the widest fits its place and none differs in size."""
    scale = 1.0
    for text, style, box in figures:
        if text.isascii() and len(text) * _EM * style.size <= box.room:
            continue  # most figures are short, and measuring takes time
        width = compositor.width(text, style)
        if width * scale > box.room:
            scale = max(box.room / width, SMALLEST)
    return scale


def scaled(style: Style, scale: float) -> Style:
    """A style in a smaller size."""
    return Style(style.size * scale, style.weight)


def style_of(column: Column) -> Style:
    """How the values of a column are set."""
    if column.key == FOLIO:
        return SMALLER
    if column.whole:
        return BOLD  # what its row comes to
    return SMALL if column.kind is Kind.DATE or column.key in VOUCHERS else BODY


def align_of(column: Column) -> Align:
    """On which edge a column stands, its head as its values."""
    if column.kind in RIGHT or column.key == MEMBER:
        return Align.RIGHT
    return Align.CENTRE if column.key == FOLIO or column.marks else Align.LEFT


def boxed_signs(column: Column, language: Language) -> frozenset[str]:
    """The signs of a column that have a frame."""
    return frozenset(language.say(mark.sign) for mark in column.marks if mark.boxed)
