"""The main job on practice books: post the next meeting from its sheet, verify, print every register."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import cast

from bookkeeper import registers
from bookkeeper.cli.progress import showing
from bookkeeper.cli.verbs import DONE, NO, warn_of_missing
from bookkeeper.commands import audit, meetings
from bookkeeper.commands.act import Office
from bookkeeper.commands.books import PRACTICE, is_sample, new_books, next_meetings, remove_books
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.errors import BookError, Fault, Refused
from bookkeeper.exchange.meetings import read_meetings
from bookkeeper.words import language

LANGUAGES = ("en", "hi", "mr")

OWN_BOOKS = """
Your own books:
  bookkeeper new my.books
  bookkeeper --books my.books entity add SHG1 --name "Name of the group" --kind shg --starts 2024-04-01
  bookkeeper --books my.books member import SHG1 members.csv
  bookkeeper --books my.books report meeting-sheet --as-of 2024-04-05 --format xlsx --out sheet.xlsx
  bookkeeper --books my.books meeting post SHG1 sheet.xlsx
  bookkeeper --books my.books report cash-book --format pdf --out cash-book.pdf
(bookkeeper is .venv/bin/bookkeeper in this checkout; every verb has --help with an example)"""


def run(asked: argparse.Namespace) -> int:
    """Make practice books in the folder, do the month's work in them, and list what was written."""
    folder: Path = asked.out
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder} cannot be made: {error.strerror}."
        raise Refused(message) from error
    path = folder / "practice.books"
    _remove_former(path)
    with showing("Making practice books"):
        office = new_books(path, PRACTICE)
    try:
        _post_next(office)
        if not _sound(path):
            return NO
        written = _print_all(office, folder)
    finally:
        office.close()
    print(f"\nWritten into {folder}:")
    for file in [path, *written]:
        print(f"  {file.name}")
    print(OWN_BOOKS)
    return DONE


def _remove_former(path: Path) -> None:
    """Remove the books of a former practice, and only those."""
    if not os.path.lexists(path):
        return
    try:
        ours = path.is_file() and not path.is_symlink() and is_sample(path, PRACTICE)
    except BookError:
        ours = False
    if not ours:
        todo = "Delete it, or name another folder with --out."
        raise Refused(Fault(f"{path} is there, and not as practice makes it.", todo))
    try:
        remove_books(path)
    except OSError as error:
        raise Refused(f"{path} cannot be removed: {error.strerror or error}.") from error


def _post_next(office: Office) -> None:
    for code, path in next_meetings(PRACTICE):
        file = read_meetings(path)
        done = meetings.post_meetings(
            office, "", code, file.sheets, file_digest=file.digest, places=file.place_of, faults=file.faults
        )
        result = cast("dict[str, list[dict[str, str]]]", done.result)
        names = [posted["voucher"] for posted in result["vouchers"]]
        print(f"Posted {path.name} for {code}: {', '.join(names)}")


def _sound(path: Path) -> bool:
    verified = audit.verify(path)
    for finding in verified.findings:
        print(finding.sentence)
    print(f"Verified: {verified.vouchers} vouchers, {len(verified.findings)} findings")
    return not verified.findings


def _print_all(office: Office, folder: Path) -> list[Path]:
    written = []
    for name in registers.names():
        for code in LANGUAGES:
            out = folder / f"{name}-{code}.pdf"
            from bookkeeper.printing.paper import write_pdf  # ReportLab is slow to load

            with prepared(office, ReportAsk(name, all=True)) as printout, showing(f"Printing {out.name}"):
                document = write_pdf(printout.by_entity(), language(code), out)
            warn_of_missing(document)
            written.append(out)
    return written
