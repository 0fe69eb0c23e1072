"""Posting: many vouchers in one transaction beside the bare driver, and one voucher that is durable."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from benchmarks.figure import Figure, median, shown
from benchmarks.groups import Filled, code_of
from bookkeeper.commands.act import Office
from bookkeeper.commands.vouchers import post_vouchers
from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Posting, Voucher
from bookkeeper.store import schema
from bookkeeper.store.tables import posting

AT_MOST_BULK, AT_MOST_DURABLE = 12.0, 1.5
_OF_THE_TABLE = ("CREATE TABLE posting ", "CREATE INDEX posting_")


def bare_seconds(books: Path, file: Path) -> float:
    """What the bare driver takes to insert the very rows of `posting`, in one transaction, WAL and FULL, no guards."""
    reader = sqlite3.connect(f"{books.as_uri()}?mode=ro", uri=True)
    columns = ", ".join(f'"{column.name}"' for column in posting.columns)
    rows = reader.execute(f"SELECT {columns} FROM posting ORDER BY entity, sequence, line").fetchall()
    reader.close()
    writer = sqlite3.connect(file, isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("PRAGMA synchronous=FULL")
    for statement in schema.statements():
        if statement.startswith(_OF_THE_TABLE):
            writer.execute(statement)
    places = ", ".join("?" * len(posting.columns))
    began = time.perf_counter()
    writer.execute("BEGIN IMMEDIATE")
    writer.executemany(f"INSERT INTO posting ({columns}) VALUES ({places})", rows)
    writer.execute("COMMIT")
    took = time.perf_counter() - began
    writer.close()
    for name in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
        name.unlink(missing_ok=True)
    return took


def bulk(runs: list[tuple[Filled, float]]) -> Figure:
    """The line of bulk posting, from runs of ours and the bare driver's seconds, taken in turn."""
    filled, _ = runs[0]
    ours, bare = median([f.seconds for f, _ in runs]), median([seconds for _, seconds in runs])
    ratio = median([f.seconds / seconds for f, seconds in runs])
    return Figure(
        f"bulk posting in one transaction, {filled.postings:,} postings; chain, sums, guards on",
        f"{shown(ours)}, {filled.postings / ours:,.0f} postings a second",
        f"bare sqlite3 `executemany`: {shown(bare)}, {filled.postings / bare:,.0f} a second",
        f"1 : {ratio:.1f}",
        f"at most 1 : {AT_MOST_BULK:.0f}",
        ratio <= AT_MOST_BULK,
    )


def durable_seconds(offices: tuple[Office, Office], day: str, times: int) -> tuple[float, float]:
    """Medians of one durable voucher of 31 lines in empty books and in big ones, posted in turn, so that both
    see the same machine.
    """
    taken: tuple[list[float], list[float]] = ([], [])
    voucher = _thirty_one_lines(day)
    for _ in range(times):
        for office, seconds in zip(offices, taken, strict=True):
            began = time.perf_counter()
            post_vouchers(office, "", code_of(0), [voucher])
            seconds.append(time.perf_counter() - began)
    return median(taken[0]), median(taken[1])


def durable(empty: float, big: float, postings: int) -> Figure:
    return Figure(
        f"one durable voucher of 31 lines in books of {postings:,} postings, median",
        shown(big),
        f"the same in empty books: {shown(empty)}",
        f"{big / empty:.2f} ×",
        f"at most {AT_MOST_DURABLE} ×",
        big <= AT_MOST_DURABLE * empty,
    )


def _thirty_one_lines(day: str) -> Voucher:
    """Savings and voluntary savings of fifteen members."""
    heads = [(head, str(n)) for n in range(1, 16) for head in ("member-savings", "voluntary-savings")]
    lines = [Posting(head, Paise(-50_00), number) for head, number in heads]
    return Voucher("receipt", day, (Posting("cash", Paise(30 * 50_00)), *lines), "Savings")
