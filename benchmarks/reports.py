"""Registers: inside the program, and as a whole process beside ledger-cli."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from benchmarks import watched
from benchmarks.figure import Figure, median, shown
from benchmarks.groups import code_of
from bookkeeper.commands.act import Office
from bookkeeper.commands.reports import ReportAsk, prepared

INSIDE_AT_MOST = 0.020
WHOLE_AT_LEAST = {"small": 2.0, "large": 20.0}


class NoRival(Exception):
    """ledger-cli is not installed."""


def inside_seconds(office: Office, ask: ReportAsk, times: int = 50) -> float:
    """Median of making a register and reading it to the last row, by a warm connection."""
    seconds = []
    for _ in range(times + 3):
        began = time.perf_counter()
        with prepared(office, ask) as printout:
            for _row in printout.table().rows_counted():
                pass
        seconds.append(time.perf_counter() - began)
    return median(seconds[3:])


def trial_balance_ask(group: int) -> ReportAsk:
    return ReportAsk("trial-balance", entities=(code_of(group),))


def cash_book_ask(group: int, year: int) -> ReportAsk:
    return ReportAsk("cash-book", entities=(code_of(group),), since=f"{year}-11-01", until=f"{year}-11-30")


def inside(what: str, seconds: float) -> Figure:
    promised = f"under {shown(INSIDE_AT_MOST)}"
    return Figure(what, shown(seconds), promised=promised, kept=seconds < INSIDE_AT_MOST)


def whole_seconds(books: Path, journal: Path, times: int = 5) -> tuple[float, float]:
    """Medians of the whole process, ours and ledger-cli's, A B A B. Raises NoRival, DidNotRun."""
    out = books.with_name("trial-balance.csv")
    ours = watched.bookkeeper(books, "report", "trial-balance", "--all", "--format", "csv", "--out", str(out))
    watched.run(ours)
    if not shutil.which("ledger"):
        raise NoRival
    rival = ["ledger", "-f", str(journal), "bal", "--flat"]
    runs = [(watched.run(ours).seconds, watched.run(rival).seconds) for _ in range(times)]
    return median([a for a, _ in runs]), median([b for _, b in runs])


def whole(ours: float, rival: float, size: str, postings: int) -> Figure:
    faster, promised = rival / ours, WHOLE_AT_LEAST[size]
    return Figure(
        f"whole process: trial balance of all groups as CSV, {postings:,} postings",
        shown(ours),
        f"`ledger bal --flat`: {shown(rival)}",
        f"{faster:.1f} × faster",
        f"at least {promised:.0f} × faster",
        faster >= promised,
    )
