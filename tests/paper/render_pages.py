"""Prints every register of the practice books and pictures its pages, to be looked at, with a contact sheet a language.

`python -m tests.paper.render_pages FOLDER SHEETS`: pages go to FOLDER, the contact sheets to SHEETS.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pypdfium2

from bookkeeper import registers
from bookkeeper.books import sittings
from bookkeeper.commands import entities
from bookkeeper.commands.act import Office
from bookkeeper.commands.books import PRACTICE, new_books, remove_books
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.ledger.entities import entity_of
from bookkeeper.printing.paper import write_pdf
from bookkeeper.printing.paper.document import Document
from bookkeeper.report import Ask, Layout
from bookkeeper.rules.dates import month_of, month_start
from bookkeeper.words import language
from tests.paper.contact_sheet import write_contact_sheet

DOTS_PER_INCH = 100
POINTS_PER_INCH = 72
LANGUAGES = ("en", "hi", "mr")
MEMBERS = ("9", "3", "1")
"""Whose statements are looked at."""


class Print(NamedTuple):
    """What is printed under a name: a register as it is asked for."""

    name: str
    ask: ReportAsk


def prints(office: Office) -> Iterator[Print]:
    """Every register there is; where one has a leaf for each member, those of some, and a meeting's sheet twice."""
    for name in registers.names():
        register, ask = registers.source(name).register, ReportAsk(name, all=True)
        if register.layout is Layout.SHEET:
            yield from _sheets(office, ask)
        elif register.layout is Layout.STATEMENT and Ask.MEMBER in register.asks:
            yield from (Print(f"{name}-{number}", replace(ask, member=number)) for number in MEMBERS)
        else:
            yield Print(name, ask)


def _sheets(office: Office, ask: ReportAsk) -> Iterator[Print]:
    """The sheet of the last meeting as it was held, and the blank one of a month later."""
    first = entities.listed(office)[0]
    with office.looking() as tx:
        last = sittings.last(tx, entity_of(tx, first.code))
    if last:
        yield Print(f"{ask.name}-filled", replace(ask, as_of=last[1]))
        yield Print(f"{ask.name}-blank", replace(ask, as_of=month_start(month_of(last[1]) + 1)[:8] + last[1][8:]))
    else:
        yield Print(ask.name, ask)


def print_pdf(office: Office, ask: ReportAsk, code: str, out: Path) -> Document:
    """Print a register in a language."""
    with prepared(office, ask) as printout:
        return write_pdf(printout.by_entity(), language(code), out)


def chosen(count: int) -> list[int]:
    """Which pages of so many are looked at, from 0: the first, one in the middle, the last."""
    return sorted({0, count // 2, count - 1}) if count else []


def render(pdf: Path, folder: Path) -> list[Path]:
    """Write the chosen pages of a PDF as pictures named like it; returns their paths."""
    document = pypdfium2.PdfDocument(pdf)
    pictures = []
    for page in chosen(len(document)):
        picture = folder / f"{pdf.stem}-{page + 1:02d}.png"
        document[page].render(scale=DOTS_PER_INCH / POINTS_PER_INCH).to_pil().save(picture)
        pictures.append(picture)
    document.close()
    return pictures


def main(folder: Path, sheets: Path) -> None:
    """Print the practice books into the folder, picture the pages, and put them together by language."""
    folder.mkdir(parents=True, exist_ok=True)
    for former in (*folder.glob("*.pdf"), *folder.glob("*.png")):
        former.unlink()
    path = folder / "practice.books"
    remove_books(path)
    office = new_books(path, PRACTICE)
    try:
        asked = list(prints(office))
        for code in LANGUAGES:
            pictures: list[Path] = []
            for name, ask in asked:
                pdf = folder / f"{name}-{code}.pdf"
                document = print_pdf(office, ask, code, pdf)
                for what, found in (("too wide", document.overflows), ("no font has", document.missing)):
                    if found:
                        print(f"{pdf.name}: {what}: {' | '.join(found)}", file=sys.stderr)
                pictures += render(pdf, folder)
            sheet = sheets / f"contact-{code}.png"
            write_contact_sheet(pictures, sheet, code)
            print(f"{sheet}: {len(pictures)} pages, {sheet.stat().st_size // 1000} kB")
    finally:
        office.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
