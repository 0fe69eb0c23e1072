"""How wide each column of a grid has to be, so that no text in it is cut, and who takes what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bookkeeper.desktop import theme
from bookkeeper.desktop.grid_delegate import BESIDE_GAP, PAD
from bookkeeper.desktop.grid_sheet import GridColumn, Kind, Sheet
from bookkeeper.desktop.widgets.lettering import width_of

_LEAST: Final = {Kind.NUMBER: 28, Kind.ATTENDANCE: 40, Kind.AMOUNT: 56, Kind.TEXT: 40}
_CARET: Final = 4


@dataclass(frozen=True, slots=True)
class Widths:
    """The width of each column; `scrolls` where they do not fit side by side."""

    columns: tuple[int, ...]
    scrolls: bool


def widths(sheet: Sheet, room: int) -> Widths:
    """The widths in so much room: the widest texts first, then room for what stands beside figures, then the rest."""
    columns = sheet.columns
    least = [_widest(sheet, at, column) for at, column in enumerate(columns)]
    beside = [max(0, _with_beside(column) - wide) for column, wide in zip(columns, least, strict=True)]
    found = list(least)
    left = room - sum(least)
    for at, more in enumerate(beside):
        if 0 < more <= left:
            found[at] += more
            left -= more
    if left > 0:
        _share(columns, found, left)
    return Widths(tuple(found), left < 0)


def _widest(sheet: Sheet, at: int, column: GridColumn) -> int:
    """The widest text of a column with its padding, each in the weight in which it may stand."""
    texts = {sheet.display(row, at) for row in range(sheet.rows())} | set(column.samples)
    weight = theme.SEMIBOLD if column.is_name or column.kind is Kind.AMOUNT else theme.REGULAR
    wide = max((width_of(text, theme.WORK, weight) for text in texts), default=0)
    totals = sheet.totals()
    if totals:
        wide = max(wide, width_of(totals[at], theme.WORK, theme.SEMIBOLD))
    wide = max(wide + (_CARET if column.kind is Kind.AMOUNT else 0), width_of(column.head, theme.HEAD, theme.SEMIBOLD))
    return max(wide + 2 * PAD + 1, _LEAST[column.kind])


def _with_beside(column: GridColumn) -> int:
    if not column.beside:
        return 0
    widest = max((width_of(text, theme.WORK, theme.SEMIBOLD) for text in column.samples), default=0)
    return width_of(column.beside, theme.NOTE, theme.REGULAR) + BESIDE_GAP + widest + _CARET + 2 * PAD


def _share(each: Sequence[GridColumn], found: list[int], left: int) -> None:
    """Columns that stretch take what is left; without one, amounts share it."""
    takers = [at for at, one in enumerate(each) if one.stretches]
    if not takers:
        takers = [at for at, one in enumerate(each) if one.kind is Kind.AMOUNT] or [len(each) - 1]
    more, rest = divmod(left, len(takers))
    for place, at in enumerate(takers):
        found[at] += more + (1 if place < rest else 0)
