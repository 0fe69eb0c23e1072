"""The page turns of a statement with two sides: arithmetic only, in millimetres.

Each side is a row of groups (sections with their heads). A heading stays with its first row, a subtotal with its last;
a group that goes on after a turn is named again. Both sides turn together, and what each adds up to so far is carried.
The last page is shorter, since notes and signatures stand on it, and it has rows: signatures are never alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import add

from bookkeeper.printing.paper.tokens import GROUP_GAP, STATEMENT_ROW, WRAPPED_STEP

Figures = tuple[int, ...]
"""Paise, by column of figures."""
Carried = tuple[Figures, Figures]
"""What both sides add up to so far."""


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a group: the lines of its words, and its figures."""

    words: Sequence[str]
    figures: Figures

    @property
    def height(self) -> float:
        """Words that take more lines than one make the row higher."""
        return height_of(self.words)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading, closed by their sums; without a heading they stand for themselves."""

    heading: Sequence[str]
    items: Sequence[Item]

    @property
    def sums(self) -> Figures:
        """What the rows add up to."""
        return tuple(map(sum, zip(*(item.figures for item in self.items), strict=True)))


@dataclass(frozen=True, slots=True)
class Placed:
    """Something on a page: how far below the first row it begins, and what it is."""

    at: float
    words: Sequence[str]
    figures: Figures | None
    is_sum: bool = False
    is_heading: bool = False
    indented: bool = False


@dataclass(slots=True)
class Page:
    """One page: what stands on each side, how deep the deeper one reaches, and what was brought and is carried."""

    sides: tuple[list[Placed], list[Placed]] = field(default_factory=lambda: ([], []))
    depth: float = 0.0
    brought: Carried | None = None
    carried: Carried | None = None


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a turn never tears: a row with the heading above it or the sums below it, where it is first or last."""

    group: Group
    item: Item
    is_first: bool
    is_last: bool

    def parts(self, *, names: bool) -> Iterator[tuple[float, Placed]]:
        """Its lines from above, each with its height; `names` puts the heading above, first or not."""
        heading = self.group.heading
        if heading and names:
            yield height_of(heading), Placed(0, heading, None, is_heading=True)
        yield self.item.height, Placed(0, self.item.words, self.item.figures, indented=bool(heading))
        if heading and self.is_last:
            yield STATEMENT_ROW, Placed(0, (), self.group.sums, is_sum=True)


def height_of(words: Sequence[str]) -> float:
    """How high a row of so many lines of words is."""
    return STATEMENT_ROW + WRAPPED_STEP * max(len(words) - 1, 0)


def pages(left: Sequence[Group], right: Sequence[Group], columns: int, room: float, last_room: float) -> Iterator[Page]:
    """The pages of a statement with so many columns of figures, each side of it a row of groups.

    `room` is that of all rows on a page, what is carried forward among them; `last_room` that on the last page, whose
    totals come on top of it.
    """
    waiting = [_units(left), _units(right)]
    so_far = [(0,) * columns, (0,) * columns]
    brought: Carried | None = None
    while True:
        begin = STATEMENT_ROW if brought else 0.0
        is_last = all(_fitting(units, begin, last_room) == len(units) for units in waiting)
        counts = [len(units) for units in waiting]
        if not is_last:
            counts = [max(_fitting(units, begin, room - STATEMENT_ROW), 1) for units in waiting]
            _hold_back(counts, waiting, begin)
        page = Page(depth=begin, brought=brought)
        for side, count in enumerate(counts):
            for unit, depth, lines in _laid(waiting[side][:count], begin):
                page.sides[side].extend(lines)
                page.depth = max(page.depth, depth)
                so_far[side] = tuple(map(add, so_far[side], unit.item.figures))
        waiting = [units[count:] for units, count in zip(waiting, counts, strict=True)]
        if is_last:
            yield page
            return
        brought = page.carried = (so_far[0], so_far[1])
        page.depth = room - STATEMENT_ROW
        yield page


def _units(groups: Sequence[Group]) -> list[_Unit]:
    return [
        _Unit(group, item, place == 0, place == len(group.items) - 1)
        for group in groups
        for place, item in enumerate(group.items)
    ]


def _laid(units: Sequence[_Unit], begin: float) -> Iterator[tuple[_Unit, float, list[Placed]]]:
    """Each unit of a side, the depth that it reaches, and its lines in their places."""
    y = begin
    for place, unit in enumerate(units):
        y += GROUP_GAP if unit.is_first and place else 0
        lines = []
        for height, line in unit.parts(names=unit.is_first or place == 0):
            lines.append(replace(line, at=y))
            y += height
        yield unit, y, lines


def _fitting(units: Sequence[_Unit], begin: float, room: float) -> int:
    """How many units have their place in a room."""
    return sum(depth <= room for _, depth, _ in _laid(units, begin))


def _hold_back(counts: list[int], waiting: Sequence[Sequence[_Unit]], begin: float) -> None:
    """Where all rows would stand on a page that is not the last, the last row of the deeper side goes over."""
    if any(count < len(units) for count, units in zip(counts, waiting, strict=True)):
        return
    depths = [max((depth for _, depth, _ in _laid(units, begin)), default=begin) for units in waiting]
    deeper = depths.index(max(depths))
    counts[deeper] = max(len(waiting[deeper]) - 1, 1)
