"""`report`: a register or statement to the screen or a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

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
    warn_of_missing,
)
from bookkeeper.commands.report_files import FORMATS, language_of, refuse_books_path, write_file, write_table
from bookkeeper.commands.reports import Printout, ReportAsk, prepared
from bookkeeper.errors import BadInput, Fault
from bookkeeper.words import Language, language

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
    return language(asked.language or language_of(printout), digits=asked.digits or None)


def _write(printout: Printout, words: Language, output_format: str, out: Path | None) -> None:
    if out is None:
        write_table(printout.table(), words, output_format, sys.stdout)
    else:
        warn_of_missing(write_file(printout, words, output_format, out))


def _list(asked: argparse.Namespace) -> int:
    words = language(asked.language or "en")
    rows = []
    for name in registers.names():
        register = registers.source(name).register
        rows.append(
            {"report": name, "title": words.say(register.title), "asks": " ".join(a.value for a in register.asks)}
        )
    return answer_list(rows, "json" if asked.format == "json" else "text", "")
