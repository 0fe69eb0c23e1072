"""How a verb is declared: its arguments, its help with an example, and the function that runs it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

from bookkeeper.commands.act import Office, open_office
from bookkeeper.errors import BadInput, BookError, Fault
from bookkeeper.rules.dates import NotADate, parsed_date, parsed_year
from bookkeeper.store.place import refuse_unusable

Run = Callable[[argparse.Namespace], int]
Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001  # it has no public name

DONE: Final = 0
NO: Final = 1
_SHOWN: Final = 20


def declare(verbs: Verbs, name: str, says: str, example: str, run: Run) -> argparse.ArgumentParser:
    """Declare a verb with one line of help and an example, and return it for its arguments."""
    verb = verbs.add_parser(
        name,
        help=says,
        description=says,
        epilog=f"example:\n  bookkeeper {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    common(verb, default=argparse.SUPPRESS)
    verb.set_defaults(run=run)
    return verb


def nouns(verbs: Verbs, name: str, says: str) -> Verbs:
    """Declare a noun that has verbs of its own, as `member add`."""
    noun = verbs.add_parser(name, help=says, description=says, allow_abbrev=False)
    common(noun, default=argparse.SUPPRESS)
    return noun.add_subparsers(metavar="VERB", required=True)


def common(parser: argparse.ArgumentParser, *, default: object = None) -> None:
    """The options that stand before or after any verb."""
    parser.add_argument("--books", metavar="FILE", default=default, help="the books (default: your own data folder)")
    parser.add_argument("--user", metavar="NAME", default=default, help="who acts, where the books have users")


def key(parser: argparse.ArgumentParser) -> None:
    """An act's own key: sent twice, it is done once."""
    parser.add_argument("--key", default="", metavar="TEXT", help="the act's own key: sent again, it is not done again")


def as_json(parser: argparse.ArgumentParser) -> None:
    """The choice between text and JSON of a list."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text (default) or json")


def day(text: str) -> str:
    """A date of the command line."""
    try:
        return parsed_date(text)
    except NotADate as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def year(text: str) -> int:
    """A financial year of the command line."""
    try:
        return parsed_year(text)
    except NotADate as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def default_books() -> Path:
    """The user's own books, where none are named."""
    home = os.environ.get("APPDATA") if os.name == "nt" else os.environ.get("XDG_DATA_HOME")
    return Path(home or Path.home() / ".local" / "share") / "bookkeeper" / "my.books"


def books_path(asked: argparse.Namespace) -> Path:
    """The path of the books that were named.

    Raises BadInput for the address of a server, which is not built yet; Refused for a path that cannot be used.
    """
    named = asked.books
    if named and "://" in named:
        advice = "Name a books file."
        raise BadInput(Fault(f"{named}: books on a server cannot be opened by this version.", advice, field="--books"))
    path = Path(named) if named else default_books()
    refuse_unusable(path)
    return path


@contextmanager
def office(asked: argparse.Namespace) -> Iterator[Office]:
    """The books that were named, opened for the user who was named."""
    opened = open_office(books_path(asked), asked.user or "owner")
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def out_of(file: Path | str) -> Iterator[None]:
    """What is refused inside is refused of this file."""
    try:
        yield
    except BookError as error:
        counts = "voucher" if str(file).lower().endswith(".json") else "row"
        raise error.at(file=str(file), counts=counts) from error.__cause__


def answer_posted(posted: object, output_format: str) -> int:
    """Print the vouchers that an act made: one a line, or JSON with the file's own text."""
    if not isinstance(posted, list):
        message = "an act answered with no vouchers"
        raise TypeError(message)
    rows = [{"voucher": p["voucher"], "date": p["date"], "file": p["label"]} for p in posted]
    if output_format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            print(row["voucher"])
    return DONE


def answer_list(rows: Sequence[Mapping[str, object]], output_format: str, empty: str) -> int:
    """Print a list: JSON objects, or columns of text."""
    if output_format == "json":
        print(json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=1))
        return DONE
    if not rows:
        print(empty, file=sys.stderr)
        return DONE
    table = [[str(key) for key in rows[0]], *([_shown(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[i]) for line in table) for i in range(len(table[0]))]
    for line in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    return DONE


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def warn_of_missing(document: object) -> None:
    """Say on the terminal which characters a PDF lacks because no font has them."""
    missing = getattr(document, "missing", None) or getattr(getattr(document, "compositor", None), "missing", ())
    if missing:
        some = " ".join(f"{c} (U+{ord(c):04X})" for c in sorted(missing)[:_SHOWN]) + (" …" * (len(missing) > _SHOWN))
        print(f"{len(missing)} characters could not be printed for lack of a font: {some}", file=sys.stderr)
