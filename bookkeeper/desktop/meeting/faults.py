"""Where on the page a refusal belongs: the row and column of the sheet, a line of the foot, the count, the date."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bookkeeper.errors import Fault

_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Placed:
    """A fault and its place: a row of the sheet or of the foot from 0 (-1 where it has none), and a column's key."""

    fault: Fault
    row: int
    column: str
    is_foot: bool = False


def place_of(_sheet: int, row: int | None, where: str) -> str:
    """How posting calls a place, so that `placed` finds it again."""
    return f"{'' if row is None else row}{_BETWEEN}{where}"


def placed(fault: Fault) -> Placed:
    """The place of a fault that `place_of` has named."""
    row, between, where = fault.field.partition(_BETWEEN)
    if not between:
        return Placed(fault, -1, fault.field)
    is_foot = where.startswith("foot")
    column = where.removeprefix("foot").strip()
    return Placed(replace(fault, field=column), int(row) - 1 if row else -1, column, is_foot)
