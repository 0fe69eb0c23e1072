"""The rows of a two-sided register as they stand on its sides, day by day: what paper and screen share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bookkeeper.report import Row, Side

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
