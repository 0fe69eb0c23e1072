"""Sheets of meetings are read once for a report, however many leaves it has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bookkeeper.books import sittings
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.rules.meeting import MeetingSheet, sheet_of
from tests.registers.books import Clerk
from tests.registers.worked_example import APRIL, MAY, holds

NOBODY = MeetingSheet("2024-06-05", 3, rows=())


@pytest.mark.parametrize(("name", "sheets"), [("minutes", 4), ("member-statement", 4), ("balance-sheet", 0)])
def test_each_sheet_is_read_once(clerk: Clerk, monkeypatch: pytest.MonkeyPatch, name: str, sheets: int) -> None:
    """Four meetings, three members: minutes read 20 sheets before, statements 24, and a balance sheet 4."""
    holds(clerk, APRIL, MAY, NOBODY, replace(NOBODY, date="2024-07-05", number=4))
    read: list[object] = []
    real = sheet_of

    def counting(values: dict[str, object]) -> MeetingSheet:
        read.append(values)
        return real(values)

    monkeypatch.setattr(sittings, "sheet_of", counting)
    with prepared(clerk.office, ReportAsk(name, entities=(clerk.code,))) as printout:
        for report in printout.by_entity():
            assert list(report.rows) or name
            assert report.totals is not None
    assert len(read) == sheets
