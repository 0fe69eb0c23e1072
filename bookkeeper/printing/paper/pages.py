"""The page turns of a ruled register: arithmetic only.

Every row stands on one page, once. A subtotal stays with the last row of its group (a group of one row that
moves nothing has none: the row says it all), the total with the last three
rows of all. A group's first row (an account's opening) stays with the one after it; a group without subtotals (a
voucher) is whole on a page unless it is longer than one. Where the register carries, the sums so far stand at the
end of a page and again at the head of the next; at a turn between two groups with subtotals there is nothing to
carry. The last page is shorter, since it is signed: so the signatures are never alone.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TypeVar

from bookkeeper.report import Total

T = TypeVar("T")

LAST_ROWS = 3  # on a last page, above its total

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

    `figures` are the values of the columns that have a total, in paise or as counts. `height` is that of the row
    where it names its group; where it does not, the row is as high as the `rest` of it. What `goes_on` is the further
    part of a row longer than a page, and shows all that it has.
    """

    height: int
    figures: Figures
    group: object = None
    written: object = None
    rest: int | None = None
    goes_on: bool = False

    def lines(self, *, begins: bool) -> int:
        """How many ruled lines it takes, where it names its group or where it does not."""
        return self.height if begins or self.goes_on or self.rest is None else self.rest


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
    together: bool = False  # groups are not torn; such groups have no subtotals
    closes: bool = True


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that stay together, and what would be carried after them (None: nothing, a group has ended)."""

    lines: tuple[Line, ...]
    carried: Figures | None
    ends: bool  # with it a group

    @property
    def height(self) -> int:
        return sum(line.height for line in self.lines)

    @property
    def rows(self) -> int:
        return sum(line.kind is LineKind.ROW for line in self.lines)


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
    brings = 1 if closing.carries else 0
    blocks = _kept(_blocks(entries, closing), closing, room - spare - brings, last_room - brings)
    if closing.closes:
        blocks = _end_joined(blocks, last_room - brings)
    for block, is_last in with_last(blocks):
        if used and used + block.height > (last_room if is_last else room - spare):
            brought = carried if closing.carries else None
            if brought is not None:
                page.append(Line(LineKind.CARRIED, 1, brought))
            yield page
            page = [] if brought is None else [Line(LineKind.BROUGHT, 1, brought)]
            page += _at_head(block.lines)
            used = sum(line.height for line in page)
        else:
            page += block.lines
            used += block.height
        carried = block.carried
    if page:
        yield page


def _at_head(lines: Sequence[Line]) -> list[Line]:
    """The same lines, the first one naming its group again, since it stands first on a page."""
    first, *others = lines
    height = first.entry.lines(begins=True) if first.entry else first.height
    return [Line(first.kind, height, first.figures, first.entry, begins=True), *others]


def _kept(blocks: Iterable[_Block], closing: Closing, room: int, last_room: int) -> Iterator[_Block]:
    """The blocks, those of one group joined as far as they are to stay together and fit on a page."""
    most = None if closing.together else 2 if closing.groups else 1
    kept: list[_Block] = []
    torn = False
    for block, is_last in with_last(blocks):
        kept.append(block)
        too_high = sum(held.height for held in kept) > (last_room if is_last else room)
        if block.ends or is_last or torn or too_high or len(kept) == most:
            yield from kept if torn or too_high else [_joined(kept)]
            kept = []
            torn = not block.ends


def _end_joined(blocks: Iterable[_Block], room: int) -> Iterator[_Block]:
    """The blocks, the last rows joined as far as they fit on a page: a total has rows above it on its own."""
    held: deque[_Block] = deque()
    for block in blocks:
        held.append(block)
        while sum(each.rows for each in islice(held, 1, None)) >= LAST_ROWS:
            yield held.popleft()
    while len(held) > 1 and sum(line.height for line in _at_head(_joined(held).lines)) > room:
        yield held.popleft()
    if held:
        yield _joined(held)


def _joined(blocks: Sequence[_Block]) -> _Block:
    last = blocks[-1]
    return _Block(tuple(line for block in blocks for line in block.lines), last.carried, last.ends)


def _blocks(entries: Iterable[Entry], closing: Closing) -> Iterator[_Block]:
    whole: Figures = (None,) * len(closing.totals)
    group: Figures = whole
    begins = True
    for (entry, after), is_last in with_last(_pairs(entries)):
        whole = added(whole, entry.figures, closing.totals)
        group = added(group, entry.figures, closing.totals)
        lines = [Line(LineKind.ROW, entry.lines(begins=begins), entry.figures, entry, begins)]
        ends = after is None or after.group != entry.group
        moves = any(figure for figure, how in zip(entry.figures, closing.totals, strict=True) if how is Total.SUM)
        if closing.groups and ends and (moves or not begins):
            lines.append(Line(LineKind.SUBTOTAL, 1, group))
        if closing.closes and is_last:
            lines.append(Line(LineKind.TOTAL, 1, _standing(whole, closing)))
        carried = None if closing.groups and ends else group if closing.groups else whole
        yield _Block(tuple(lines), carried, ends)
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
