"""`report`: a register or statement to the screen or a file."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from bookkeeper import registers
from bookkeeper.cli.progress import showing
from bookkeeper.cli.verbs import (
    DONE,
    Verbs,
    answer_list,
    books_path,
    day,
    declare,
    office,
    refuse_books_path,
    warn_of_missing,
)
from bookkeeper.commands.reports import Printout, ReportAsk, prepared
from bookkeeper.errors import BadInput, Fault, Refused
from bookkeeper.store.place import is_writable
from bookkeeper.words import Language, language

FORMATS = ("text", "json", "csv", "xlsx", "pdf")
_FOLIO_DIGITS = 5
_FILES_ONLY = ("xlsx", "pdf")


def add(verbs: Verbs) -> None:
    """Declare the verb."""
    example = (
        "report cash-book --entity SHG1 --from 2024-04-01 --to 2024-04-30 --language mr --format pdf --out cash.pdf"
    )
    verb = declare(verbs, "report", "print a register or statement", example, _report)
    verb.add_argument("name", nargs="?", default="", metavar="NAME", help="see --list")
    verb.add_argument("--list", action="store_true", help="list every report with what it can be asked")
    verb.add_argument("--entity", action="append", default=[], metavar="CODE", help="may be given several times")
    verb.add_argument("--all", action="store_true", help="every entity of the books")
    verb.add_argument("--member", default="", metavar="NO")
    verb.add_argument("--account", default="", metavar="CODE", help="a code or a role")
    verb.add_argument("--from", dest="since", type=day, metavar="DATE")
    verb.add_argument("--to", dest="until", type=day, metavar="DATE")
    verb.add_argument("--as-of", dest="as_of", type=day, metavar="DATE")
    verb.add_argument("--order", default="", choices=("date", "entry"), help="by date (default) or in order of entry")
    verb.add_argument("--after-closing", action="store_true", help="count the closing vouchers of the year")
    kinds = ("compulsory", "voluntary", "special")
    verb.add_argument("--savings", default="", choices=kinds, help="only savings of this kind")
    verb.add_argument("--folio", default=1, type=_folio, metavar="N", help="the number of the first printed page")
    verb.add_argument("--language", default="", metavar="LANGUAGE", help="en, hi, mr … (default: the entity's own)")
    verb.add_argument("--digits", default="", choices=("latin", "native"), help="figures on text and paper")
    verb.add_argument("--format", choices=FORMATS, default="text")
    verb.add_argument("--out", type=Path, metavar="FILE", help="where to write it; pdf and xlsx need one")


def _folio(text: str) -> int:
    if text.isascii() and text.isdigit() and text != "0" and len(text) <= _FOLIO_DIGITS:
        return int(text)
    message = f"“{text}” is not the number of a page."
    raise argparse.ArgumentTypeError(message)


def _report(asked: argparse.Namespace) -> int:
    if asked.list:
        return _list(asked)
    if not asked.name:
        raise BadInput(Fault("which report?", f"There are {', '.join(registers.names())}."))
    if asked.entity and asked.all:
        raise BadInput(Fault("--entity and --all exclude each other.", "Leave one out."))
    if asked.folio != 1 and asked.format != "pdf":
        raise BadInput(Fault(f"{asked.format} has no folios.", "Leave --folio out, or ask for pdf.", field="--folio"))
    if asked.out is None and asked.format in _FILES_ONLY:
        raise BadInput(Fault(f"{asked.format} goes into a file.", "Name it with --out FILE.", field="--out"))
    if asked.out is not None:
        refuse_books_path(asked.out, books_path(asked))
    ask = ReportAsk(
        asked.name, tuple(asked.entity), asked.all, asked.account, asked.member,
        asked.since or "", asked.until or "", asked.as_of or "",
        asked.order, asked.after_closing, asked.folio, asked.savings,
    )  # fmt: skip
    if asked.language:
        language(asked.language)
    with office(asked) as opened, prepared(opened, ask) as printout, showing(f"Writing {asked.name}"):
        _write(printout, _language(asked, printout), asked.format, asked.out)
    return DONE


def _language(asked: argparse.Namespace, printout: Printout) -> Language:
    own = {a.entity.language for a in printout.asked}
    code = asked.language or (own.pop() if len(own) == 1 else "en")
    return language(code, digits=asked.digits or None)


def _write(printout: Printout, words: Language, output_format: str, out: Path | None) -> None:
    if output_format == "pdf" and out is not None:
        from bookkeeper.printing.paper import write_pdf  # ReportLab is slow to load

        with _replacing(out) as unfinished:
            document = write_pdf(printout.by_entity(), words, unfinished)
        warn_of_missing(document)
    elif output_format == "xlsx" and out is not None:
        from bookkeeper.printing.workbook import write_xlsx

        with _replacing(out) as unfinished:
            write_xlsx(printout.table(), words, unfinished)
    elif out is None:
        _write_text(printout, words, output_format, sys.stdout)
    else:
        with _replacing(out) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as stream:
            _write_text(printout, words, output_format, stream)


def _write_text(printout: Printout, words: Language, output_format: str, stream: TextIO) -> None:
    from bookkeeper.printing import data, plain

    write = {"text": plain.write_text, "json": data.write_json, "csv": data.write_csv}[output_format]
    write(printout.table(), words, stream)


@contextmanager
def _replacing(out: Path) -> Iterator[Path]:
    """A file beside `out` that takes its place when it is whole; what was there before stays until then.

    A link is followed. What is no ordinary file (a device, a pipe) or is write-protected is refused: a rename would
    put a file in its place.
    """
    out = out.resolve()
    if out.exists() and not (out.is_file() and is_writable(out)):
        raise BadInput(Fault(f"{out} is write-protected, or no ordinary file.", "Choose another name.", field="--out"))
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
        raise Refused(Fault(f"{out} cannot be written: {error.strerror or error}.", "Choose another place.")) from error


def _list(asked: argparse.Namespace) -> int:
    words = language(asked.language or "en")
    rows = []
    for name in registers.names():
        register = registers.source(name).register
        rows.append(
            {"report": name, "title": words.say(register.title), "asks": " ".join(a.value for a in register.asks)}
        )
    return answer_list(rows, "json" if asked.format == "json" else "text", "")
