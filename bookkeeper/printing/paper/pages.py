"""The page turns of a ruled register: arithmetic only.

Every row stands on one page, once. A subtotal stays with the last row of its group, the total with the last row
of all. Where the register carries, the sums so far stand at the end of a page and again at the head of the next;
at a turn between two groups there is nothing to carry. The last page is shorter, since it is signed: so the
signatures are never alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TypeVar

from bookkeeper.report import Total

T = TypeVar("T")

Figures = tuple[int | None, ...]


class LineKind(StrEnum):
    """What a line of a page is."""

    BROUGHT = "brought forward"
    ROW = "row"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    CARRIED = "carried forward"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row on its way to paper: how many ruled lines it takes, its figures, its group, what is written there.

    `figures` are the values of the columns that have a total, in paise or as counts.
    """

    height: int
    figures: Figures
    group: object = None
    written: object = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row, or a line of sums, on a page; `begins` where its group does, or its page."""

    kind: LineKind
    height: int
    figures: Figures
    entry: Entry | None = None
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Closing:
    """What a register adds up: how each column does, and which lines of sums it has."""

    totals: tuple[Total, ...]
    carries: bool = False
    groups: bool = False
    closes: bool = True


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that stay together, and what would be carried after them (None: nothing, a group has ended)."""

    lines: tuple[Line, ...]
    carried: Figures | None

    @property
    def height(self) -> int:
        return sum(line.height for line in self.lines)


def tallest_entry(last_room: int) -> int:
    """How many lines one entry may take, so that it fits between the sums of any page."""
    return max(last_room - 4, 1)


def pages(entries: Iterable[Entry], closing: Closing, room: int, last_room: int) -> Iterator[list[Line]]:
    """The pages of a register, each as its lines. `room` lines fit on a page, `last_room` on the last one.

    Without entries there are no pages. Entries take at most `tallest_entry(last_room)` lines.
    """
    spare = 1 if closing.carries else 0
    page: list[Line] = []
    used = 0
    carried: Figures | None = None
    for block, is_last in with_last(_blocks(entries, closing)):
        if used and used + block.height > (last_room if is_last else room - spare):
            brought = carried if closing.carries else None
            if brought is not None:
                page.append(Line(LineKind.CARRIED, 1, brought))
            yield page
            page = [] if brought is None else [Line(LineKind.BROUGHT, 1, brought)]
            used = len(page)
            page += _at_head(block.lines)
        else:
            page += block.lines
        used += block.height
        carried = block.carried
    if page:
        yield page


def _at_head(lines: Sequence[Line]) -> list[Line]:
    """The same lines, the first one naming its group again, since it stands first on a page."""
    first, *others = lines
    return [Line(first.kind, first.height, first.figures, first.entry, begins=True), *others]


def _blocks(entries: Iterable[Entry], closing: Closing) -> Iterator[_Block]:
    whole: Figures = (None,) * len(closing.totals)
    group: Figures = whole
    begins = True
    for (entry, after), is_last in with_last(_pairs(entries)):
        whole = added(whole, entry.figures, closing.totals)
        group = added(group, entry.figures, closing.totals)
        lines = [Line(LineKind.ROW, entry.height, entry.figures, entry, begins)]
        ends = after is None or after.group != entry.group
        if closing.groups and ends:
            lines.append(Line(LineKind.SUBTOTAL, 1, group))
        if closing.closes and is_last:
            lines.append(Line(LineKind.TOTAL, 1, _standing(whole, closing)))
        carried = None if closing.groups and ends else group if closing.groups else whole
        yield _Block(tuple(lines), carried)
        begins = ends
        if ends:
            group = (None,) * len(closing.totals)


def added(sums: Figures, figures: Figures, totals: Sequence[Total]) -> Figures:
    """Sums after one more row: flows are added, of balances the last one stands."""
    return tuple(
        (before or 0) + (figure or 0) if how is Total.SUM else before if figure is None else figure
        for before, figure, how in zip(sums, figures, totals, strict=True)
    )


def _standing(whole: Figures, closing: Closing) -> Figures:
    """The figures of the total: of balances none where there are several groups' ones."""
    if not closing.groups:
        return whole
    return tuple(figure if how is Total.SUM else None for figure, how in zip(whole, closing.totals, strict=True))


def _pairs(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry | None]]:
    """Each entry with the one after it."""
    before: Entry | None = None
    for entry in entries:
        if before is not None:
            yield before, entry
        before = entry
    if before is not None:
        yield before, None


def with_last(values: Iterable[T]) -> Iterator[tuple[T, bool]]:
    """Each value, and whether it is the last."""
    coming = iter(values)
    ahead = list(islice(coming, 1))
    for after in coming:
        yield ahead[0], False
        ahead[0] = after
    if ahead:
        yield ahead[0], True
