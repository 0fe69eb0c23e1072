"""The table that a report is on the screen: columns with heads and rules, lines of raw values, the foot in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bookkeeper.printing.figures import (
    FIGURES,
    FOLIO,
    MEMBER,
    NUMBERS,
    RIGHT,
    VOUCHERS,
    begins_group,
    cell_text,
    head_lines,
)
from bookkeeper.report import Column, Kind, Row
from bookkeeper.words import Language


class LineKind(StrEnum):
    """What a line is; it decides its weight and its rules."""

    ROW = "row"
    SUM = "sum"  # closes a group or a day
    HEADING = "heading"  # a section, or the name of a part below the rows
    NOTE = "note"  # a sentence over the whole width
    TOTAL = "total"  # at the foot, always in sight


@dataclass(frozen=True, slots=True)
class ScreenColumn:
    """A column on the screen: its declaration, its head, and which rules stand before it.

    `edge` is "left", "right" or "centre"; `is_words` whether its texts may take several lines.
    """

    column: Column
    head: str
    under: str = ""
    edge: str = "left"
    begins_group: bool = False
    begins_side: bool = False

    @property
    def is_words(self) -> bool:
        """Whether it holds words, which may take several lines, and takes the width that is left."""
        column = self.column
        return column.kind is Kind.TEXT and not column.marks and column.key not in (*VOUCHERS, *NUMBERS)


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure that stands above the rows, in a box of its own: what it is, how much, and what is to be known of it."""

    label: str
    figure: str
    note: str


@dataclass(slots=True)
class ScreenLine:
    """A line: its values by column (a `str` stands as it is), and the rows of the report that it shows, by side."""

    kind: LineKind
    values: tuple[object, ...]
    rows: tuple[Row | None, ...] = ()


@dataclass
class ScreenTable:
    """A report laid out for the screen. `foot` are the lines that are always in sight; `said` names the period.

    `nothing` says that there are no rows, where there are none; `facts` are the figures that stand above them, `whose`
    they are.
    """

    name: str
    title: str
    said: str
    language: Language
    columns: tuple[ScreenColumn, ...] = ()
    sides: tuple[tuple[str, int], ...] = ()  # the title of each side, and how many columns it has
    lines: list[ScreenLine] = field(default_factory=list)
    foot: list[ScreenLine] = field(default_factory=list)
    suffix: str = ""
    nothing: str = ""
    whose: str = ""
    facts: tuple[Fact, ...] = ()
    longest: tuple[tuple[str, ...], ...] = ()  # by column, the texts to measure its width by

    def text(self, line: ScreenLine, place: int) -> str:
        """The text of a cell."""
        value = line.values[place]
        if type(value) is str and line.kind is not LineKind.ROW:
            return value
        return cell_text(self.columns[place].column, value, self.language, self.suffix)

    def side_of(self, place: int) -> int:
        """On which side a column stands, from 0."""
        side, begin = 0, 0
        for number, (_, count) in enumerate(self.sides):
            side = number if place >= begin else side
            begin += count
        return side

    def is_light(self, line: ScreenLine, place: int) -> bool:
        """Whether a text is a row's or a note's own; headings, also those of one side alone, and sums are heavier."""
        if line.kind is LineKind.ROW and self.sides and line.rows:
            return line.rows[self.side_of(place)] is not None
        return line.kind in {LineKind.ROW, LineKind.NOTE}


def columns_of(columns: Sequence[Column], language: Language, *, begins_side: bool = False) -> list[ScreenColumn]:
    """Columns as the screen shows them; with `begins_side` the first has the double rule of a side before it."""
    made: list[ScreenColumn] = []
    for place, column in enumerate(columns):
        edge = "right" if column.kind in RIGHT or column.key == MEMBER else "left"
        edge = "centre" if column.key == FOLIO or column.marks else edge
        head = "\n".join(head_lines(column, language))
        under = language.digits(language.say(column.under)) if column.under else ""
        group = place > 0 and begins_group(columns[place - 1], column)
        made.append(ScreenColumn(column, head, under, edge, group, begins_side and place == 0))
    return made


def labelled(kind: LineKind, width: int, place: int, label: str, rows: tuple[Row | None, ...] = ()) -> ScreenLine:
    """A line that has nothing but words in one of its columns."""
    values: list[object] = [None] * width
    values[place] = label
    return ScreenLine(kind, tuple(values), rows)


def label_place(columns: Sequence[Column]) -> int:
    """The column in which a line of sums says what it is: the last of words before the figures."""
    figures = next((i for i, column in enumerate(columns) if column.kind in FIGURES), len(columns))
    words = [i for i, column in enumerate(columns) if column.kind is Kind.TEXT and not column.marks]
    wide = [i for i in words if i < figures and columns[i].key not in (*VOUCHERS, *NUMBERS)]
    return (wide or [i for i in words if i < figures] or words or [0])[-1]
