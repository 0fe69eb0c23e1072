"""The page turns of a two-sided book: arithmetic only.

A folio has a number of ruled lines for both sides. Brought forward stands on its first line, carried forward on
its last, on both sides. At a turn between days brought forward takes the place of the opening line and nothing
else; within a day both sides' sums are carried, so that the other side is not lost. A day ends with a line of
both sides' totals, which agree because the balances are in them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

Figures = tuple[int, ...]
Carried = tuple[Figures, Figures]
"""What both sides carry to the next folio, in paise."""

WORTH_BEGINNING = 2  # lines: a day's opening alone at the foot of a folio would say nothing


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a side: how many ruled lines it takes, its figures, and what is written there."""

    height: int
    figures: Figures
    written: object = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day's entries of both sides. The opening stands first on the left, the closing last on the right.

    A period without entries is as one day that closes on another: `closed`, where that is not `on`.
    """

    on: str
    opening: Entry | None
    left: Sequence[Entry]
    right: Sequence[Entry]
    closing: Entry | None
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry on its folio: on which side (0 left, 1 right), from which line, of which day."""

    side: int
    line: int
    on: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Totals:
    """A day's line of totals."""

    line: int
    figures: Carried


@dataclass(slots=True)
class Folio:
    """One page: what is brought, the entries, the days' totals, what is carried; None where there is no such line."""

    brought: Carried | None = None
    placed: list[Placed] = field(default_factory=list)
    totals: list[Totals] = field(default_factory=list)
    carried: Carried | None = None


def folios(days: Iterable[Day], lines: int, flows: int, *, bound: bool = False) -> Iterator[Folio]:
    """The folios of a book with `flows` columns of figures on each side. `bound`: a folio came before the first.

    An entry may take at most lines - 3 of them.
    """
    return _Turning(lines, flows, bound=bound).folios(days)


class _Turning:
    """The folio that is being filled, and how far."""

    def __init__(self, lines: int, flows: int, *, bound: bool) -> None:
        self._lines = lines
        self._none: Figures = (0,) * flows
        self._folio = Folio()
        self._at = 0
        self._replaces_opening = bound
        self._sums = [self._none, self._none]

    def folios(self, days: Iterable[Day]) -> Iterator[Folio]:
        coming = iter(days)
        day = next(coming, None)
        while day is not None:
            after = next(coming, None)
            yield from self._day(day, last=after is None)
            day = after
        yield self._folio

    def _day(self, day: Day, *, last: bool) -> Iterator[Folio]:
        opening = day.opening or Entry(1, self._none)
        self._sums = [self._none, self._none]
        if self._replaces_opening:  # only at the head of a register that goes on from another
            self._replaces_opening = False
            self._bring((opening.figures, self._none))
            sides = [list(day.left), list(day.right)]
        else:
            sides = [[day.opening] if day.opening else [], []]
            sides[0] += day.left
            sides[1] += day.right
        if not self._worth_beginning(day, sides, last=last):
            yield self._turn((opening.figures, self._none))
            sides = [list(day.left), list(day.right)]
        while not self._ends(day, sides, last=last):
            for side in (0, 1):
                self._place(side, sides[side], day.on)
            yield self._turn((self._sums[0], self._sums[1]))

    def _worth_beginning(self, day: Day, sides: Sequence[Sequence[Entry]], *, last: bool) -> bool:
        if self._at <= 1 or self._fits(day, sides, last=last):
            return True
        first = sum(entry.height for entry in sides[0][:WORTH_BEGINNING])
        other = sides[1][0].height if sides[1] else first
        return self._at + max(min(first, other), WORTH_BEGINNING) <= self._lines - 1

    def _height(self, day: Day, sides: Sequence[Sequence[Entry]]) -> int:
        """The lines that the rest of a day takes, without its totals."""
        left, right = (sum(entry.height for entry in side) for side in sides)
        return max(left, right + (day.closing.height if day.closing else 0))

    def _fits(self, day: Day, sides: Sequence[Sequence[Entry]], *, last: bool) -> bool:
        """Whether the rest of a day fits: its totals and, unless it is the last, the line to carry forward."""
        return self._at + self._height(day, sides) + (1 if last else 2) <= self._lines

    def _ends(self, day: Day, sides: Sequence[list[Entry]], *, last: bool) -> bool:
        """Place the rest of a day with its closing and totals, if all of it fits."""
        if not self._fits(day, sides, last=last):
            return False
        begin, height = self._at, self._height(day, sides)
        for side in (0, 1):
            self._place(side, sides[side], day.on)
        if day.closing:
            self._write(1, begin + height - day.closing.height, day.closed or day.on, day.closing)
        self._at = begin + height
        self._folio.totals.append(Totals(self._at, (self._sums[0], self._sums[1])))
        self._at += 1
        return True

    def _place(self, side: int, entries: list[Entry], on: str) -> None:
        """Place as many entries of a side as there are lines before the last one; the others are left in the list."""
        line = self._at
        while entries and line + entries[0].height <= self._lines - 1:
            entry = entries.pop(0)
            self._write(side, line, on, entry)
            line += entry.height

    def _write(self, side: int, line: int, on: str, entry: Entry) -> None:
        self._folio.placed.append(Placed(side, line, on, entry))
        self._sums[side] = tuple(a + b for a, b in zip(self._sums[side], entry.figures, strict=True))

    def _turn(self, carried: Carried) -> Folio:
        full, self._folio = self._folio, Folio()
        full.carried = carried
        self._bring(carried)
        return full

    def _bring(self, brought: Carried) -> None:
        self._folio.brought = brought
        self._sums = list(brought)
        self._at = 1
