"""Makes everything in a temporary folder, measures, prints the table, and writes it as JSON too."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import (
    loans,
    media,
    posting,
    promises,
    reports,
    sheets,
    watched,
    window_grid,
    window_keys,
    window_memory,
    window_start,
)
from benchmarks.figure import Figure, machine, missing, table, write_json
from benchmarks.groups import LARGE, SMALL, YEARS, Filled, empty_books, fill, write_ledger_journal
from bookkeeper.commands.act import new_office, open_office
from bookkeeper.errors import BookError
from bookkeeper.exchange import samples


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--large", action="store_true", help=f"{LARGE} groups instead of {SMALL}")
    parser.add_argument("--groups", type=int, help="another number of groups, to try")
    parser.add_argument("--years", type=int, default=YEARS)
    parser.add_argument("--json", type=Path, metavar="FILE", help="default: out/benchmarks-small.json or -large.json")
    parser.add_argument("--window", action="store_true", help="the window alone")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="make everything here, and leave it")
    asked = parser.parse_args()
    size = "window" if asked.window else "large" if asked.large else "small"
    groups = asked.groups or (LARGE if asked.large else SMALL)
    with tempfile.TemporaryDirectory(prefix="bookkeeper-bench-") as temporary:
        folder = asked.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        figures = []
        found = of_the_window(folder) if asked.window else measured(folder, groups, asked.years, size)
        for figure in found:
            print(f"{figure.what}: {figure.ours} (rival {figure.rival}, {figure.ratio})", file=sys.stderr)
            figures.append(figure)
    of_what = "The window" if asked.window else f"{groups} groups × {asked.years} years"
    print(f"\n{of_what}; {machine()}\n\n{table(figures)}")
    write_json(figures, asked.json or Path("out") / f"benchmarks-{size}.json")
    return 1 if any(f.kept is False for f in figures) else 0


def measured(folder: Path, groups: int, years: int, size: str) -> Iterator[Figure]:
    """Every line of the table, in its order."""
    folder = folder.resolve()
    runs = [_bulk_run(folder, f"{size}-{n}.books", groups, years) for n in range(1 if size == "large" else 3)]
    filled = runs[0][0]
    yield posting.bulk(runs)
    yield _durable(folder, filled)
    yield _meeting(folder, filled)
    yield from _inside(filled)
    yield _whole(folder, filled, size)
    yield from _promises(filled, size)
    yield from loans.figures()
    books = folder / "long.books"
    yield from media.figures(books, media.long_books(books))
    yield from of_the_window(folder, books, holds=size == "large")


def of_the_window(folder: Path, long_books: Path | None = None, *, holds: bool = True) -> Iterator[Figure]:
    """The lines of the window: its start, its keys, what it holds, which takes minutes."""
    folder = folder.resolve()
    yield from window_start.figures(folder / "start")
    yield from window_keys.figures(folder / "keys")
    books = long_books or folder / "long.books"
    if long_books is None:
        media.long_books(books)
    yield from window_grid.figures(folder / "grid", books)
    if holds:
        yield from window_memory.figures(folder / "memory")


def _bulk_run(folder: Path, name: str, groups: int, years: int) -> tuple[Filled, float]:
    office = empty_books(folder / name, groups)
    try:
        filled = fill(office, groups, years)
    finally:
        office.close()
    return filled, posting.bare_seconds(filled.path, folder / "bare.sqlite")


def _durable(folder: Path, filled: Filled) -> Figure:
    """In a copy-free way: the big books get some vouchers more, on a day after all others."""
    empty, big = empty_books(folder / "empty.books", 1), open_office(filled.path)
    day = f"{samples.FIRST_YEAR + filled.years}-04-05"
    try:
        seconds = posting.durable_seconds((empty, big), day, 150)
    finally:
        empty.close()
        big.close()
    return posting.durable(*seconds, filled.postings)


def _meeting(folder: Path, filled: Filled) -> Figure:
    empty, big = new_office(folder / "no-meetings.books"), open_office(filled.path)
    try:
        sheets.add_group(empty, years=0)
        sheets.add_group(big, years=filled.years)
        seconds = sheets.durable_seconds((empty, big))
    finally:
        empty.close()
        big.close()
    return sheets.durable(*seconds, filled.postings)


def _inside(filled: Filled) -> Iterator[Figure]:
    group, year = filled.groups // 2, samples.FIRST_YEAR + filled.years // 2
    asks = (
        ("trial balance of one group, inside the program", reports.trial_balance_ask(group)),
        ("one month's cash book of one group, inside the program", reports.cash_book_ask(group, year)),
    )
    office = open_office(filled.path)
    try:
        for what, ask in asks:
            try:
                yield reports.inside(what, reports.inside_seconds(office, ask))
            except BookError as error:
                yield missing(what, str(error))
    finally:
        office.close()


def _whole(folder: Path, filled: Filled, size: str) -> Figure:
    journal = folder / f"{size}.ledger"
    office = open_office(filled.path)
    try:
        write_ledger_journal(office, filled, journal)
    finally:
        office.close()
    what = f"whole process: trial balance of all groups, {filled.postings:,} postings"
    try:
        return reports.whole(*reports.whole_seconds(filled.path, journal), size, filled.postings)
    except watched.DidNotRun as error:
        return missing(what, str(error))
    except reports.NoRival:
        return missing(what, "ledger-cli is not installed (Debian: apt-get install ledger)")


def _promises(filled: Filled, size: str) -> Iterator[Figure]:
    for check in (promises.verify, promises.verify_quick):
        try:
            yield check(filled.path, filled.postings, size)
        except watched.DidNotRun as error:
            yield missing(f"`{check.__name__}`, {filled.postings:,} postings", str(error))


if __name__ == "__main__":
    sys.exit(main())
