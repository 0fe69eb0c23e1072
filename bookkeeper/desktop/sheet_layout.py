"""Where everything of a register stands on the screen: widths by what is to be read, heights by the lines words take.

Reckoned in the books' thread, since a register may have a hundred thousand lines; only fonts are measured, nothing is
painted. No text is ever cut: words that are too long for their column take more lines, as a clerk would write them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from PySide6.QtGui import QFontMetrics

from bookkeeper.desktop import theme
from bookkeeper.printing.screen_table import LineKind, ScreenTable

LINE: Final = 25
STEP: Final = 17
"""How high a line is, and how much higher each further line of words makes it."""

PADDING: Final = 8
NARROWEST: Final = 110
"""No column of words is made narrower: beyond that the table is wider than the window."""

UPPER, LOWER, LOWER_STEP, FOOT = 22, 26, 15, 30
_EDGE: Final = 4
_WIDEST_LETTER: Final = 15


class Measure:
    """The width of texts at one weight, each word measured once."""

    def __init__(self, weight: int = theme.REGULAR, size: int = theme.WORK) -> None:
        self._metrics = {native: QFontMetrics(theme.font(size + native, weight)) for native in (False, True)}
        self._known: dict[tuple[str, bool], int] = {}
        self._whole: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        """How wide a text is, in pixels; one with Devanagari in it is set a pixel larger."""
        known = self._whole.get(text)
        if known is None:
            known = self._whole[text] = self._metrics[theme.has_devanagari(text)].horizontalAdvance(text)
        return known

    def wrapped(self, text: str, room: int) -> list[str]:
        """The lines that a text takes in a room; a word that is wider than the room is broken."""
        native = theme.has_devanagari(text)
        lines: list[str] = []
        for paragraph in text.split("\n"):
            line, wide = "", 0
            for word in paragraph.split(" "):
                own, blank = self._word(word, native=native), self._word(" ", native=native)
                if line and wide + blank + own > room:
                    lines.append(line)
                    line, wide = "", 0
                while own > room and len(word) > 1:
                    cut = self._fitting(word, room, native=native)
                    lines.append(word[:cut])
                    word = word[cut:]  # noqa: PLW2901  # what is left of it
                    own = self._word(word, native=native)
                line, wide = (f"{line} {word}", wide + blank + own) if line else (word, own)
            lines.append(line)
        return lines

    def _word(self, word: str, *, native: bool) -> int:
        known = self._known.get((word, native))
        if known is None:
            known = self._known[word, native] = self._metrics[native].horizontalAdvance(word)
        return known

    def _fitting(self, word: str, room: int, *, native: bool) -> int:
        return next((n for n in range(len(word) - 1, 1, -1) if self._word(word[:n], native=native) <= room), 1)


@dataclass
class SheetLayout:
    """Where columns and lines stand: `edges` one more than columns, `tops` one more than lines, in pixels.

    `broken` has the lines of words that take more than one, by line and column.
    """

    edges: list[int]
    tops: list[int]
    heads: list[list[str]]
    upper: int
    lower: int
    foot_tops: list[int] = field(default_factory=list)
    broken: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    @property
    def head(self) -> int:
        """How high the heads are together."""
        return self.upper + self.lower

    @property
    def width(self) -> int:
        """How wide the table is."""
        return self.edges[-1]

    @property
    def height(self) -> int:
        """How high all lines are together."""
        return self.tops[-1]

    @property
    def foot(self) -> int:
        """How high the lines are that are always in sight."""
        return self.foot_tops[-1]


def laid_out(table: ScreenTable, room: int, step: Callable[[], None] = lambda: None) -> SheetLayout:
    """Lay a table out in a room of so many pixels. `step` is called now and then, and may stop the work."""
    plain, bold, head = Measure(), Measure(theme.SEMIBOLD), Measure(theme.MEDIUM, theme.HEAD)
    widths = _widths(table, room, plain, bold, head)
    edges = list(accumulate(widths, initial=0))
    heads = [
        head.wrapped(one.head, max(width - 2 * PADDING, 1)) for one, width in zip(table.columns, widths, strict=True)
    ]
    has_upper = bool(table.sides) or any(one.under for one in table.columns)
    lower = LOWER + LOWER_STEP * (max(map(len, heads), default=1) - 1)
    layout = SheetLayout(edges, [], heads, UPPER if has_upper else 0, lower)
    words = [i for i, one in enumerate(table.columns) if one.is_words]
    roomy = [width - 2 * PADDING for width in widths]
    known: list[dict[object, list[str]]] = [{} for _ in table.columns]  # the same words stand on thousands of rows
    tops, top = [0], 0
    for place, line in enumerate(table.lines):
        if place % 4096 == 0:  # now and then
            step()
        most = 1
        if line.kind is LineKind.NOTE or line.kind is LineKind.HEADING and not table.sides:  # noqa: RUF021  # as it reads
            at = next((i for i, value in enumerate(line.values) if value is not None), 0)
            parts = _parts(table.text(line, at), edges[-1] - edges[at] - 2 * PADDING, plain)
            most = _keep(layout, place, at, parts)
        else:
            is_row = line.kind is LineKind.ROW
            for i in words:
                value = line.values[i]
                if value is None:
                    continue
                parts_known = known[i].get(value) if is_row else None
                parts = parts_known or _parts(table.text(line, i), roomy[i], plain if is_row else bold)
                if is_row and parts_known is None:
                    known[i][value] = parts
                if len(parts) > 1:
                    most = max(most, _keep(layout, place, i, parts))
        top += LINE + STEP * (most - 1)
        tops.append(top)
    layout.tops = tops
    layout.foot_tops = [FOOT * n for n in range(len(table.foot) + 1)]
    return layout


def _parts(text: str, room: int, measure: Measure) -> list[str]:
    """The lines that a text takes."""
    if "\n" not in text and len(text) * _WIDEST_LETTER < room:  # most words are short, and measuring takes time
        return [text]
    if "\n" not in text and measure(text) <= room:
        return [text]
    return measure.wrapped(text, room)


def _keep(layout: SheetLayout, line: int, place: int, parts: list[str]) -> int:
    """How many lines a cell takes; where it is more than one, they are kept."""
    if len(parts) > 1 or "\n" in parts[0]:
        layout.broken[line, place] = parts
    return len(parts)


def _widths(table: ScreenTable, room: int, plain: Measure, bold: Measure, head: Measure) -> list[int]:
    """As wide as the widest text; the columns of words share what is left, or give what is missing."""
    natural: list[int] = []
    for one, texts in zip(table.columns, table.longest, strict=True):
        own = max((max(plain(text), bold(text)) for text in texts), default=0)
        heads = max(map(head, one.head.split("\n")), default=0)
        if one.is_words:  # its head may take two lines
            heads = max(map(head, one.head.split()), default=0)
        natural.append(max(own, heads) + 2 * PADDING + _EDGE)
    _widen_for_upper(table, natural, head)
    words = [i for i, one in enumerate(table.columns) if one.is_words]
    missing = sum(natural) - room
    while missing > 0 and words:
        widest = max(words, key=lambda i: natural[i])
        others = [natural[i] for i in words if natural[i] < natural[widest]]
        to = max([NARROWEST, *others])
        to = max(to, natural[widest] - missing)
        if to >= natural[widest]:
            break
        missing -= natural[widest] - to
        natural[widest] = to
    if missing < 0 and natural:
        _share(table, natural, words or list(range(len(natural))), -missing)
    return natural


def _share(table: ScreenTable, widths: list[int], words: Sequence[int], spare: int) -> None:
    """Give what is left to the columns of words; on a page with two sides each side has its half."""
    if not table.sides:
        _add(widths, words, spare)
        return
    room, begin = (sum(widths) + spare) // len(table.sides), 0
    for _, count in table.sides:
        own = [i for i in words if begin <= i < begin + count]
        more = room - sum(widths[begin : begin + count])
        if more > 0:
            _add(widths, own or [begin], more)
        begin += count


def _add(widths: list[int], places: Sequence[int], spare: int) -> None:
    each, over = divmod(spare, len(places))
    for n, i in enumerate(places):
        widths[i] += each + (over if n == 0 else 0)


def _widen_for_upper(table: ScreenTable, widths: list[int], head: Measure) -> None:
    """The columns under one upper head are together as wide as it."""
    begin = 0
    while begin < len(widths):
        under = table.columns[begin].under
        end = begin + 1
        while end < len(widths) and table.columns[end].under == under and under:
            end += 1
        missing = head(under) + 2 * PADDING - sum(widths[begin:end]) if under else 0
        if missing > 0:
            _add(widths, range(begin, end), missing)
        begin = end
