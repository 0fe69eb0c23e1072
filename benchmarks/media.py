"""A day book of 100,000 rows in every medium, as a whole process: seconds, peak of memory, pages."""

from __future__ import annotations

from pathlib import Path

from benchmarks import watched
from benchmarks.figure import Figure, missing, shown
from benchmarks.groups import code_of, empty_books
from bookkeeper.commands.vouchers import post_vouchers
from bookkeeper.exchange import samples

MEDIA = ("text", "json", "csv", "xlsx", "pdf")
AT_MOST = 150 * 1024 * 1024
PROMISED = "peak under 150 MB"
_WOMEN, _YEARS, _FIRST = 240, 22, 2000


def long_books(path: Path, years: int = _YEARS) -> int:
    """Books of one very large group, whose day book is long; returns its postings."""
    office = empty_books(path, 1, count=_WOMEN, first_year=_FIRST)
    vouchers = list(samples.vouchers(0, years, first_year=_FIRST, count=_WOMEN))
    post_vouchers(office, "", code_of(0), vouchers)
    office.close()
    return sum(len(v.postings) for v in vouchers)


def figures(books: Path, postings: int) -> list[Figure]:
    """A line for each medium."""
    return [_figure(books, postings, medium) for medium in MEDIA]


def _figure(books: Path, postings: int, medium: str) -> Figure:
    out = books.with_name(f"day-book.{medium}")
    what = f"day book of {postings:,} postings as {medium}"
    whole = ("--from", f"{_FIRST}-04-01", "--to", f"{_FIRST + _YEARS}-03-31")
    try:
        run = watched.run(
            watched.bookkeeper(books, "report", "day-book", *whole, "--format", medium, "--out", str(out))
        )
    except watched.DidNotRun as error:
        return missing(what, str(error), PROMISED)
    told = f"{shown(run.seconds)}, peak {run.peak / 1024 / 1024:.0f} MB"
    if medium == "pdf":
        told += f", {_pages(out) / run.seconds:.0f} pages a second"
    return Figure(what, told, promised=PROMISED, kept=run.peak < AT_MOST)


def _pages(file: Path) -> int:
    import pypdfium2  # noqa: PLC0415  # only a PDF that was made needs it

    document = pypdfium2.PdfDocument(file)
    try:
        return len(document)
    finally:
        document.close()
