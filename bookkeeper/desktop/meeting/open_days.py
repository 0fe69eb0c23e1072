"""Why nothing can be posted, or taken back, on a day: its year is closed, it is locked, the books begin later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bookkeeper.rules.dates import financial_year, year_name

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk


def why_shut(desk: Desk, day: str) -> str:
    """The reason, in the reader's language; "" where the day is open."""
    entity, say = desk.entity, desk.say
    if entity is None or not day:
        return ""
    if entity.closed and financial_year(day) <= entity.closed:
        return say("The year {year} is closed.", year=year_name(financial_year(day)))
    if day <= entity.locked_until:
        return say("Everything up to {day} is locked.", day=desk.language.date(entity.locked_until))
    if day < entity.starts:
        return say("The books begin on {day}.", day=desk.language.date(entity.starts))
    return ""
