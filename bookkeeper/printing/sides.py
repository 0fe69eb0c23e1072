"""What stands on the sides of a register or statement that has two: what paper and screen share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from bookkeeper.printing.figures import FIGURES
from bookkeeper.report import Column, Report, Row, Side
from bookkeeper.words import Language

SURPLUS: Final = "surplus"
"""The further total by which a statement says that its sides are to agree."""

OPENING, CLOSING = "opening", "closing"
"""What the key `row` says of the row that opens a day, and of the one that closes it."""


def sides_of(row: Row, sides: Sequence[Side]) -> list[int]:
    """On which sides a row stands: where its figures are. One without figures is not lost, but stands left."""
    return [place for place, side in enumerate(sides) if any(row.get(key) for key in side.flows)] or [0]


def by_day(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """The rows of each day; a day begins with its opening row, or with another date.

    A closing that follows its opening belongs to it whatever its date: nothing was entered between them.
    """
    day: list[Row] = []
    for row in rows:
        closes = row["row"] == CLOSING and len(day) == 1 and day[0]["row"] == OPENING
        if day and not closes and (row["row"] == OPENING or row["date"] != day[0]["date"]):
            yield str(day[0]["date"]), day
            day = []
        day.append(row)
    if day:
        yield str(day[0]["date"]), day


def compared(report: Report, rows: Sequence[Row]) -> list[Column]:
    """The columns of figures of a statement: the last, and those before it that have any. A first year has none."""
    figures = [column for column in report.columns if column.kind in FIGURES and column.is_read]
    return [column for column in figures if column is figures[-1] or any(row.get(column.key) for row in rows)]


def by_section(rows: Iterable[Row], side: str, language: Language) -> Iterator[tuple[str, list[Row]]]:
    """The rows of a side by section, each with its heading; "" where it is called as the side is (income)."""
    for section, of_one in groupby(rows, key=lambda row: row["section"]):
        said = language.text(section)
        yield ("" if said == side else said), list(of_one)


def agreeing(report: Report, left: Sequence[int], right: Sequence[int]) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    """What lets both sides of an account agree, their sums given: on which side, its name (a message), its figures.

    What was spent stands left: what is missing there is a surplus, what is missing right a deficit.
    """
    if SURPLUS not in report.totals:
        return
    missing = [more - less for less, more in zip(left, right, strict=True)]
    for side, said, sign in ((0, "Surplus", 1), (1, "Deficit", -1)):
        figures = tuple(max(sign * paise, 0) for paise in missing)
        if any(figures):
            yield side, said, figures
