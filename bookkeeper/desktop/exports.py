"""A register written to a file of the user's choice, in each format there is; no Qt here."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bookkeeper.commands.act import Office
from bookkeeper.commands.report_files import (
    Written,
    language_of,
    refuse_books_path,
    replacing,
    write_file,
)
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.words import Language, language


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name in the program, the end of its files' names, what it is called (a message)."""

    name: str
    suffix: str
    title: str


FORMATS: Final = (
    Format("xlsx", ".xlsx", "Spreadsheet"),
    Format("pdf", ".pdf", "Pages as PDF"),
    Format("csv", ".csv", "Table as CSV"),
    Format("json", ".json", "Data as JSON"),
    Format("text", ".txt", "Plain text"),
)
"""The formats, the one that is wanted most first."""

_UNWANTED: Final = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Made:
    """Pages that were made: the PDF itself, what it does not show as it should, and the language it is in."""

    data: bytes
    written: Written
    language: str


def format_of(path: Path) -> Format | None:
    """The format that a file's name says; None where it says none."""
    return next((one for one in FORMATS if path.suffix.casefold() == one.suffix), None)


def suggested_name(ask: ReportAsk, until: str = "") -> str:
    """A name for the file of a report, without its end: "cash-book-SHG1-2024-03-31"."""
    parts = (ask.name, *ask.entities, ask.account, ask.member, ask.as_of or ask.until or until)
    return "-".join(_UNWANTED.sub("_", part) for part in parts if part)


def words_for(code: str, digits: str) -> Language:
    """The language of a page: its code, and "latin", "native" or "" for its usual figures."""
    return language(code, digits=digits or None)


def write(  # where from, what, how, where to
    office: Office,
    ask: ReportAsk,
    output_format: str,
    out: Path,
    *,
    code: str = "",
    digits: str = "",
    step: Callable[[int], None] | None = None,
) -> Written:
    """Write a report to a file; nothing is left of it where it fails or `step` stops it."""
    refuse_books_path(out, office.books.path, "")
    with prepared(office, ask) as printout:
        return write_file(printout, words_for(code or language_of(printout), digits), output_format, out, step)


def pages(office: Office, ask: ReportAsk, code: str, digits: str, step: Callable[[int], None] | None = None) -> Made:
    """A report as PDF, in memory; nothing of it stays on the disk."""
    with tempfile.TemporaryDirectory(prefix="bookkeeper-") as folder, prepared(office, ask) as printout:
        out, chosen = Path(folder) / "pages.pdf", code or language_of(printout)
        written = write_file(printout, words_for(chosen, digits), "pdf", out, step)
        return Made(out.read_bytes(), written, chosen)


def save(office: Office, data: bytes, out: Path) -> None:
    """Write pages that were made already to a file."""
    refuse_books_path(out, office.books.path, "")
    with replacing(out) as unfinished:
        unfinished.write_bytes(data)
