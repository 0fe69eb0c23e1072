"""`verify` as a whole process: every promise of the books tried, and the quick ones."""

from __future__ import annotations

from pathlib import Path

from benchmarks import watched
from benchmarks.figure import Figure, shown

AT_MOST, QUICK_AT_MOST = 60.0, 2.0


def verify(books: Path, postings: int, size: str) -> Figure:
    """The line of `verify`. Sixty seconds are promised of the large set. Raises DidNotRun."""
    seconds = watched.run(watched.bookkeeper(books, "verify")).seconds
    told = f"{shown(seconds)}, {postings / seconds:,.0f} postings a second"
    if size == "small":
        return Figure(f"`verify`, {postings:,} postings", told)
    return Figure(
        f"`verify`, {postings:,} postings", told, promised=f"at most {AT_MOST:.0f} s", kept=seconds <= AT_MOST
    )


def verify_quick(books: Path, postings: int, _size: str) -> Figure:
    """The line of `verify --quick`, which is promised of every set. Raises DidNotRun."""
    seconds = watched.run(watched.bookkeeper(books, "verify", "--quick")).seconds
    promised = f"at most {QUICK_AT_MOST:.0f} s"
    return Figure(
        f"`verify --quick`, {postings:,} postings", shown(seconds), promised=promised, kept=seconds <= QUICK_AT_MOST
    )
