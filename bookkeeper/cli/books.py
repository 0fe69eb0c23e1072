"""`new` and `practice`: books to begin with, and books to spoil."""

from __future__ import annotations

import argparse
from pathlib import Path

from bookkeeper.cli import practice
from bookkeeper.cli.verbs import DONE, Verbs, declare
from bookkeeper.commands.books import bring_up_to_date, new_books, samples


def add(verbs: Verbs) -> None:
    """Declare the verbs of whole books."""
    verb = declare(verbs, "new", "make new books, empty or with a sample", "new my.books", _new)
    verb.add_argument("file", metavar="FILE", type=Path)
    verb.add_argument("--sample", default="", metavar="NAME", help=f"one of {', '.join(samples())}")
    verb = declare(verbs, "migrate", "bring the books of an older version up to date", "migrate my.books", _migrate)
    verb.add_argument("file", metavar="FILE", type=Path)
    says = "post a sample file into practice books and print every register"
    verb = declare(verbs, "practice", says, "practice --out out", practice.run)
    verb.add_argument("--out", type=Path, default=Path("out"), metavar="FOLDER")


def _new(asked: argparse.Namespace) -> int:
    new_books(asked.file, asked.sample).close()
    print(f"{asked.file} made")
    return DONE


def _migrate(asked: argparse.Namespace) -> int:
    kept = bring_up_to_date(asked.file)
    print(f"{asked.file} is up to date." + (f" The old books are kept as {kept.name}." if kept else ""))
    return DONE
