"""Where everything of a register stands on the screen: widths by what is to be read, heights by the lines words take.

Reckoned in the books' thread, since a register may have a hundred thousand lines; only fonts are measured, nothing is
painted. No text is ever cut: words that are too long for their column take more lines, as a clerk would write them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import ceil
from typing import Final

from PySide6.QtGui import QFontMetricsF

from bookkeeper.desktop import theme
from bookkeeper.printing.figures import RIGHT
from bookkeeper.printing.screen_table import LineKind, ScreenTable

LINE: Final = 25
STEP: Final = 17
"""How high a line is, and how much higher each further line of words makes it."""

_FROZEN: Final = 0.4
"""What stays in sight while the rest goes sideways takes at most this part of the room."""

UPPER, LOWER, LOWER_STEP, FOOT = 22, 26, 15, 30
_WIDEST_LETTER: Final = 15


@dataclass(frozen=True, slots=True)
class _Setting:
    """How close a table is set: the room beside a text, what a column has beyond it, the narrowest of words."""

    padding: int
    edge: int
    narrowest: int
    breaks_heads: bool = False


_SETTINGS: Final = (_Setting(8, 4, 110), _Setting(6, 1, 96), _Setting(5, 0, 80, breaks_heads=True))
"""The first in which a table has room is taken; where none has, it is set as in the first and goes sideways."""

_SIDEWAYS: Final = _Setting(6, 1, 180, breaks_heads=True)


class Measure:
    """The width of texts at one weight, each word measured once."""

    def __init__(self, weight: int = theme.REGULAR, size: int = theme.WORK) -> None:
        self._metrics = {native: QFontMetricsF(theme.font(size + native, weight)) for native in (False, True)}
        self._known: dict[tuple[str, bool], float] = {}
        self._whole: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        """How wide a text is, in pixels; one with Devanagari in it is set a pixel larger."""
        known = self._whole.get(text)
        if known is None:
            known = self._whole[text] = ceil(self._metrics[theme.has_devanagari(text)].horizontalAdvance(text))
        return known

    def wrapped(self, text: str, room: int) -> list[str]:
        """The lines that a text takes in a room; a word that is wider than the room is broken."""
        native = theme.has_devanagari(text)
        lines: list[str] = []
        for paragraph in text.split("\n"):
            line, wide = "", 0.0
            for word in paragraph.split(" "):
                own, blank = self._word(word, native=native), self._word(" ", native=native)
                if line and wide + blank + own > room:
                    lines.append(line)
                    line, wide = "", 0.0
                while own > room and len(word) > 1:
                    cut = self._fitting(word, room, native=native)
                    lines.append(word[:cut])
                    word = word[cut:]  # noqa: PLW2901  # what is left of it
                    own = self._word(word, native=native)
                line, wide = (f"{line} {word}", wide + blank + own) if line else (word, own)
            lines.append(line)
        return lines

    def _word(self, word: str, *, native: bool) -> float:
        known = self._known.get((word, native))
        if known is None:
            known = self._known[word, native] = self._metrics[native].horizontalAdvance(word)
        return known

    def _fitting(self, word: str, room: int, *, native: bool) -> int:
        return next((n for n in range(len(word) - 1, 1, -1) if self._word(word[:n], native=native) <= room), 1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Columns that are seen beside each other, from `begin` up to before `end`, and how far left they are moved."""

    begin: int
    end: int
    shift: int = 0


@dataclass
class SheetLayout:
    """Where columns and lines stand: `edges` one more than columns, `tops` one more than lines, in pixels.

    `broken` has the lines of words that take more than one, by line and column. `frozen` is how many columns stay
    where they are while the others go sideways.
    """

    edges: list[int]
    tops: list[int]
    heads: list[list[str]]
    upper: int
    lower: int
    foot_tops: list[int] = field(default_factory=list)
    broken: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    padding: int = _SETTINGS[0].padding
    frozen: int = 0

    def stretches(self, skipped: int, room: int) -> list[Stretch]:
        """The columns in sight, whole ones alone, with so many of those that go sideways left out."""
        last = len(self.edges) - 1
        if self.width <= room or not last:
            return [Stretch(0, last)]
        begin = min(self.frozen + skipped, last - 1)
        shift = self.edges[begin] - self.edges[self.frozen]
        end = max(bisect_right(self.edges, room + shift) - 1, begin + 1)
        own = Stretch(begin, end, shift)
        return [Stretch(0, self.frozen), own] if self.frozen else [own]

    def most_skipped(self, room: int) -> int:
        """How many columns are left out where the last one is in sight."""
        if self.width <= room:
            return 0
        fixed = self.edges[self.frozen]
        begin = bisect_left(self.edges, self.width - (room - fixed), self.frozen)
        return min(begin, len(self.edges) - 2) - self.frozen

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
    widths, padding, frozen = _set_in(table, room, _Measures(plain, bold, head))
    edges = list(accumulate(widths, initial=0))
    beside = 2 * padding
    whole = min(edges[-1], max(room, 1))
    heads = [head.wrapped(one.head, max(width - beside, 1)) for one, width in zip(table.columns, widths, strict=True)]
    has_upper = bool(table.sides) or any(one.under for one in table.columns)
    lower = LOWER + LOWER_STEP * (max(map(len, heads), default=1) - 1)
    layout = SheetLayout(edges, [], heads, UPPER if has_upper else 0, lower, padding=padding, frozen=frozen)
    words = [i for i, one in enumerate(table.columns) if one.is_words]
    roomy = [width - beside for width in widths]
    known: list[dict[object, list[str]]] = [{} for _ in table.columns]  # the same words stand on thousands of rows
    tops, top = [0], 0
    for place, line in enumerate(table.lines):
        if place % 4096 == 0:  # now and then
            step()
        most = 1
        if line.kind is LineKind.NOTE or line.kind is LineKind.HEADING and not table.sides:  # noqa: RUF021  # as it reads
            at = next((i for i, value in enumerate(line.values) if value is not None), 0)
            parts = _parts(table.text(line, at), whole - edges[at] - beside, plain)
            most = _keep(layout, place, at, parts)
        else:
            is_row = line.kind is LineKind.ROW
            for i in words:
                value = line.values[i]
                if value is None:
                    continue
                parts_known = known[i].get(value) if is_row else None
                parts = parts_known or _parts(table.text(line, i), roomy[i], plain if table.is_light(line, i) else bold)
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


@dataclass(frozen=True, slots=True)
class _Measures:
    """What the texts of a table are measured by: rows, sums, heads."""

    plain: Measure
    bold: Measure
    head: Measure


def _set_in(table: ScreenTable, room: int, measures: _Measures) -> tuple[list[int], int, int]:
    """How wide each column is, the room beside its texts, and how many stay in sight where the table is too wide."""
    for setting in _SETTINGS:
        widths = _widths(table, room, setting, measures)
        if sum(widths) <= room:
            return widths, setting.padding, 0
    widths = _widths(table, 0, _SIDEWAYS, measures)
    return widths, _SIDEWAYS.padding, _frozen(table, widths, room)


def _frozen(table: ScreenTable, widths: Sequence[int], room: int) -> int:
    """The columns that say of whom or what a row is: those before the figures, up to the first of words."""
    if table.sides:
        return 0
    count = next((i + 1 for i, one in enumerate(table.columns) if one.is_words), len(widths))
    count = next((i for i, one in enumerate(table.columns[:count]) if one.column.kind in RIGHT), count)
    while count and sum(widths[:count]) > room * _FROZEN:
        count -= 1
    return count


def _widths(table: ScreenTable, room: int, setting: _Setting, measures: _Measures) -> list[int]:
    """As wide as the widest text; the columns of words share what is left, or give what is missing."""
    natural: list[int] = []
    for one, texts in zip(table.columns, table.longest, strict=True):
        own = max((max(measures.plain(text), measures.bold(text)) for text in texts), default=0)
        parts = one.head.split() if one.is_words or setting.breaks_heads else one.head.split("\n")
        heads = max(map(measures.head, parts), default=0)
        natural.append(max(own, heads) + 2 * setting.padding + setting.edge)
    _widen_for_upper(table, natural, measures.head, setting.padding)
    words = [i for i, one in enumerate(table.columns) if one.is_words]
    for first, last in _sides(table):
        half = room // max(len(table.sides), 1)
        _give(natural, [i for i in words if first <= i < last], sum(natural[first:last]) - half, setting.narrowest)
    _give(natural, words, sum(natural) - room, setting.narrowest)
    if natural and sum(natural) < room:
        _share(table, natural, words or list(range(len(natural))), room - sum(natural))
    return natural


def _sides(table: ScreenTable) -> Iterator[tuple[int, int]]:
    """The first column of each side and the one after its last; of a page with one side all."""
    begin = 0
    for count in [count for _, count in table.sides] or [len(table.columns)]:
        yield begin, begin + count
        begin += count


def _give(widths: list[int], words: Sequence[int], missing: int, narrowest: int) -> None:
    """Let the widest columns of words give what is missing, as far as they can."""
    while missing > 0 and words:
        widest = max(words, key=lambda i: widths[i])
        to = max([narrowest, *(widths[i] for i in words if widths[i] < widths[widest]), widths[widest] - missing])
        if to >= widths[widest]:
            return
        missing -= widths[widest] - to
        widths[widest] = to


def _share(table: ScreenTable, widths: list[int], words: Sequence[int], spare: int) -> None:
    """Give what is left to the columns of words; on a page with two sides each side has its half where it can."""
    if not table.sides:
        _add(widths, words, spare)
        return
    half = (sum(widths) + spare) // len(table.sides)
    for first, last in _sides(table):
        more = min(half - sum(widths[first:last]), spare)
        if more > 0:
            _add(widths, [i for i in words if first <= i < last] or [first], more)
            spare -= more


def _add(widths: list[int], places: Sequence[int], spare: int) -> None:
    each, over = divmod(spare, len(places))
    for n, i in enumerate(places):
        widths[i] += each + (over if n == 0 else 0)


def _widen_for_upper(table: ScreenTable, widths: list[int], head: Measure, padding: int) -> None:
    """The columns under one upper head are together as wide as it."""
    begin = 0
    while begin < len(widths):
        under = table.columns[begin].under
        end = begin + 1
        while end < len(widths) and table.columns[end].under == under and under:
            end += 1
        missing = head(under) + 2 * padding - sum(widths[begin:end]) if under else 0
        if missing > 0:
            _add(widths, range(begin, end), missing)
        begin = end
