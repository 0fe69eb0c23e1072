"""Reports as files: one of each format, written beside its place and put there when it is whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from bookkeeper.commands.reports import Printout
from bookkeeper.errors import BadInput, Fault, Refused
from bookkeeper.report import Report, Row
from bookkeeper.rules.said import Said
from bookkeeper.store.place import is_writable, may_be_books
from bookkeeper.words import Language

FORMATS: Final = ("text", "json", "csv", "xlsx", "pdf")

Step = Callable[[int], None]
"""Told how many rows were written so far; may raise, to stop the writing. Nothing is left then."""

_ROWS_A_STEP: Final = 200


@dataclass(frozen=True, slots=True)
class Written:
    """What a file of a report does not show as it should be.

    `missing` are the characters that no font has, `overflows` the texts that were too wide for their place.
    """

    missing: tuple[str, ...] = ()
    overflows: tuple[str, ...] = ()


def refuse_books_path(out: Path, books: Path, option: str = "--out") -> None:
    """A file is never written over books, nor over what SQLite keeps beside them; `option` is how the user named it."""
    try:
        os.stat(out)  # noqa: PTH116  # Path.exists hides what is wrong with a name
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise BadInput(
            Fault(Said("this file cannot be written: {why}.", why=str(why)), "Choose another.", field=option)
        ) from error
    if out.is_dir():
        raise BadInput(Fault(Said("{file} is a folder.", file=str(out)), "Name a file in it.", field=option))
    if may_be_books(out, books):
        what = Said("a report") if option in {"", "--out"} else Said("a copy")
        message = Said(
            "{file} is a books file or belongs to one; {what} is not written over it.", file=str(out), what=what
        )
        raise Refused(
            Fault(
                message, Said("Choose another name for {option}.", option=option) if option else "Choose another name."
            )
        )
    if not out.parent.is_dir():
        raise BadInput(
            Fault(Said("the folder {folder} is not there.", folder=str(out.parent)), "Make it first.", field=option)
        )


def language_of(printout: Printout) -> str:
    """The language that a report is in where nobody chose: the entity's own; English where there are several."""
    own = {asked.entity.language for asked in printout.asked}
    return own.pop() if len(own) == 1 else "en"


def write_file(printout: Printout, words: Language, output_format: str, out: Path, step: Step | None = None) -> Written:
    """Write a report into a file; what was there before stays until the new one is whole.

    Raises what `replacing` raises, and whatever `step` does.
    """
    if output_format == "pdf":
        from bookkeeper.printing.paper import write_pdf  # noqa: PLC0415  # ReportLab is slow to load

        with replacing(out) as unfinished:
            document = write_pdf(_counted(printout.by_entity(), step), words, unfinished)
        return Written(document.missing, tuple(document.overflows))
    table = next(_counted([printout.table()], step))
    if output_format == "xlsx":
        from bookkeeper.printing.workbook import write_xlsx  # noqa: PLC0415  # the same

        with replacing(out) as unfinished:
            write_xlsx(table, words, unfinished)
    else:
        with replacing(out) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as stream:
            write_table(table, words, output_format, stream)
    return Written()


def write_table(table: Report, words: Language, output_format: str, stream: TextIO) -> None:
    """Write a report into a stream, in one of the formats that are text."""
    from bookkeeper.printing import data, plain  # noqa: PLC0415  # the same

    write = {"text": plain.write_text, "json": data.write_json, "csv": data.write_csv}[output_format]
    write(table, words, stream)


def _counted(reports: Iterable[Report], step: Step | None) -> Iterator[Report]:
    """The same reports, whose rows tell `step` how many were read."""
    read = 0

    def rows(of: Iterable[Row]) -> Iterator[Row]:
        nonlocal read
        for row in of:
            if step is not None and read % _ROWS_A_STEP == 0:
                step(read)
            read += 1
            yield row

    for report in reports:
        report.rows = rows(report.rows)
        yield report


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A file beside `out` that takes its place when it is whole; what was there before stays until then.

    A link is followed. What is no ordinary file (a device, a pipe) or is write-protected is refused: a rename would
    put a file in its place.
    """
    out = out.resolve()
    if out.exists() and not (out.is_file() and is_writable(out)):
        raise BadInput(
            Fault(
                Said("{file} is write-protected, or no ordinary file.", file=str(out)),
                "Choose another name.",
                field="--out",
            )
        )
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
        os.close(handle)
        unfinished = Path(name)
        try:
            yield unfinished
            unfinished.chmod(0o644)
            unfinished.replace(out)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(
            Fault(
                Said("{file} cannot be written: {why}.", file=str(out), why=str(error.strerror or error)),
                "Choose another place.",
            )
        ) from error
