"""How wide each column of a grid has to be, so that no text in it is cut, and who takes what is left."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bookkeeper.desktop import theme
from bookkeeper.desktop.grid_delegate import BESIDE_GAP, PAD
from bookkeeper.desktop.grid_sheet import GridColumn, Kind, Sheet
from bookkeeper.desktop.widgets.lettering import width_of

_LEAST: Final = {Kind.NUMBER: 28, Kind.ATTENDANCE: 40, Kind.AMOUNT: 56, Kind.TEXT: 40}
_LEAST_NAME: Final = 120
_CARET: Final = 4


@dataclass(frozen=True, slots=True)
class Widths:
    """The width of each column; `scrolls` where they do not fit side by side."""

    columns: tuple[int, ...]
    scrolls: bool


def widths(sheet: Sheet, room: int, left_out: Collection[str] = ()) -> Widths:
    """The widths in so much room: the widest texts first, then room for what stands beside figures, then the rest.

    Columns that are left out have none.
    """
    whole, columns = sheet.columns, [one for one in sheet.columns if one.key not in left_out]
    least = [_widest(sheet, at, column) for at, column in enumerate(whole) if column.key not in left_out]
    _room_for_heads_over(columns, least)
    beside = [max(0, _with_beside(column) - wide) for column, wide in zip(columns, least, strict=True)]
    found = list(least)
    left = room - sum(least)
    if left < 0:
        _names_give_way(sheet, columns, found, -left)
        left = room - sum(found)
    for at, more in enumerate(beside):
        if 0 < more <= left:
            found[at] += more
            left -= more
    if left > 0:
        _share(columns, found, left)
    given = iter(found)
    return Widths(tuple(0 if one.key in left_out else next(given) for one in whole), left < 0)


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


def spans(columns: Sequence[GridColumn]) -> Iterator[tuple[int, int, str]]:
    """First and last column of each head over others."""
    first = 0
    for at in range(1, len(columns) + 1):
        if at == len(columns) or columns[at].over != columns[first].over:
            if columns[first].over:
                yield first, at - 1, columns[first].over
            first = at


def _room_for_heads_over(columns: Sequence[GridColumn], least: list[int]) -> None:
    """The last column under a head makes up for what the head is wider than all of them."""
    for first, last, text in spans(columns):
        wanted = width_of(text, theme.NOTE, theme.REGULAR) + 2 * PAD + 1
        least[last] += max(0, wanted - sum(least[first : last + 1]))


def _names_give_way(sheet: Sheet, columns: Sequence[GridColumn], found: list[int], wanted: int) -> None:
    """A long name is cut before an amount is out of sight, but not its head and its total."""
    totals = dict(zip((one.key for one in sheet.columns), sheet.totals(), strict=False))
    for at, column in enumerate(columns):
        if column.is_name and len(columns) > 1:
            texts = (column.head, totals.get(column.key, ""))
            least = max(_LEAST_NAME, *(width_of(text, theme.WORK, theme.SEMIBOLD) + 2 * PAD + 1 for text in texts))
            found[at] = max(found[at] - wanted, min(least, found[at]))


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
