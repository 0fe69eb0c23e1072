"""Finds words or an amount in a register that is on the screen. No Qt."""

from __future__ import annotations

from collections.abc import Callable

from bookkeeper.desktop.matching import folded
from bookkeeper.printing.figures import FIGURES
from bookkeeper.printing.screen_table import LineKind, ScreenTable
from bookkeeper.rules.money import NotAnAmount, parsed


def found_in(
    table: ScreenTable, typed: str, begin: int, step: Callable[[], None] = lambda: None
) -> tuple[int, int] | None:
    """The next cell, line and column, from line `begin` on and round again, that has these words or this amount.

    An amount with or without its paise and commas is found as an amount; anything else as part of what is read.
    """
    paise = _amount(typed)
    wanted = folded(typed.strip())[0]
    count = len(table.lines)
    for offset in range(count):
        if offset % 2048 == 0:  # now and then
            step()
        number = (begin + offset) % count
        line = table.lines[number]
        for place, column in enumerate(table.columns):
            value = line.values[place]
            if value is None:
                continue
            if column.column.kind in FIGURES and line.kind is LineKind.ROW:
                if paise is not None and value in {paise, -paise}:
                    return number, place
            elif wanted and wanted in folded(table.text(line, place))[0]:
                return number, place
    return None


def _amount(typed: str) -> int | None:
    try:
        return parsed(folded(typed.strip())[0])
    except NotAnAmount:
        return None
