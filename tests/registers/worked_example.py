"""The worked example as sheets of its two meetings, and shorthands with which registers of members are tested."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bookkeeper.commands import meetings
from bookkeeper.rules.meeting import (
    LATE,
    LEAVE,
    PRESENT,
    FootLine,
    HeadAmount,
    MeetingSheet,
    NewLoan,
    Repaid,
    SheetRow,
)  # fmt: skip
from bookkeeper.rules.money import Paise
from tests.registers.books import Clerk, Read

PERIOD = ("2024-04-01", "2024-05-31")
_SAVED = Paise(10_000)
_FEE = (HeadAmount("membership-fees", Paise(1_000)),)

APRIL = MeetingSheet(
    "2024-04-05",
    1,
    rows=(
        SheetRow("1", PRESENT, savings=_SAVED, other=_FEE, new_loan=NewLoan(Paise(20_000), "seed", 2, "2")),
        SheetRow("2", PRESENT, savings=_SAVED, other=_FEE),
        SheetRow("3", PRESENT, savings=_SAVED, other=_FEE),
    ),
    other=(FootLine("payment", "stationery", Paise(2_000), "minute book"),),
)
MAY = MeetingSheet(
    "2024-05-05",
    2,
    rows=(
        SheetRow("1", PRESENT, savings=_SAVED, repaid=(Repaid(Paise(10_000), Paise(400)),)),
        SheetRow("2", LATE, savings=_SAVED, fine=Paise(500)),
        SheetRow("3", LEAVE),
    ),
    other=(FootLine("contra", "bank", Paise(15_000)),),
)


def holds(clerk: Clerk, *sheets: MeetingSheet) -> None:
    """Post meetings."""
    meetings.post_meetings(clerk.office, "", clerk.code, sheets)


def cells(rows: Read, *keys: str) -> list[tuple[Any, ...]]:
    """Some columns of a register, a tuple a row."""
    return [tuple(row[key] for key in keys) for row in rows]


def summed(rows: Iterable[dict[str, Any]], key: str) -> int:
    return sum(row[key] for row in rows)
