"""Reads a register and lays it out, in the books' thread."""

from __future__ import annotations

from dataclasses import dataclass

from bookkeeper.commands.act import Office
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.desktop.runner import Cancelled, Work
from bookkeeper.desktop.sheet_layout import SheetLayout, laid_out
from bookkeeper.printing.screen import screen_table
from bookkeeper.printing.screen_table import ScreenTable
from bookkeeper.words import Language


@dataclass(frozen=True, slots=True)
class Shown:
    """What came back from the books: the table, how it is laid out, and the days that it shows."""

    table: ScreenTable
    layout: SheetLayout
    since: str
    until: str


def read_register(office: Office | None, ask: ReportAsk, words: Language, room: int, work: Work) -> Shown:
    """Read a register and lay it out in a room of so many pixels."""
    if office is None:
        raise Cancelled  # there is a page only where there are books
    with prepared(office, ask) as printout:
        work.step()
        report = printout.table()
        table = screen_table(report, words)
        work.step()
        heading = report.heading
        layout = laid_out(table, room, work.step)
    return Shown(table, layout, heading.since or "", heading.until or heading.as_of or "")


def line_of_loan(table: ScreenTable, loan: str) -> int:
    """The first line of a loan."""
    lines = enumerate(table.lines)
    return next((n for n, line in lines if any(row and str(row.get("loan")) == loan for row in line.rows)), 0)
