"""The command line as a whole: finds the verb, runs it, and turns what is refused into words and an exit status."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bookkeeper import __version__
from bookkeeper.cli.verbs import common
from bookkeeper.errors import BookError

_VERBS: Final = {
    "books": ("new", "migrate", "practice"),
    "entity": ("entity", "account"),
    "member": ("member",),
    "loan": ("loan",),
    "voucher": ("post", "reverse", "lock", "close"),
    "report": ("report",),
    "check": ("verify", "doctor", "explain"),
}
"""Which file declares which verbs: only the one that is wanted is loaded, so that each call begins at once."""


def parser(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The parser of the verb that stands in `arguments`, or of every verb where none does."""
    whole = argparse.ArgumentParser(
        prog="bookkeeper",
        description="Keeps the books of self-help groups, their federations and co-operative societies.",
        epilog="bookkeeper VERB --help shows an example of each verb.",
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"Bookkeeper {__version__}")
    common(whole)
    verbs = whole.add_subparsers(metavar="VERB")
    wanted = [noun for noun, own in _VERBS.items() if not set(own).isdisjoint(arguments)]
    for noun in wanted or _VERBS:
        importlib.import_module(f"bookkeeper.cli.{noun}").add(verbs)
    return whole


def run(arguments: Sequence[str]) -> int:
    """Run one verb; returns the exit status: 0 done, 1 the books say no, 2 the command line or a file is wrong."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        asked = parser(arguments).parse_args(arguments)
        if not hasattr(asked, "run"):
            parser().print_help()
            return 0
        return int(asked.run(asked))
    except BookError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        print("Stopped. What was not yet answered is not in the books.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001  # a traceback in front of a user is a defect
        return _fault(error)


def _fault(error: Exception) -> int:
    """A fault of the program itself: words for the user, and the details in a file for whoever mends it."""
    try:
        handle, name = tempfile.mkstemp(prefix="bookkeeper-fault-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"Bookkeeper {__version__}, Python {sys.version}\n")
            traceback.print_exception(error, file=file)
        where = f" The details are in {Path(name)}."
    except OSError:
        where = ""
    print(
        f"This is a fault in the program ({type(error).__name__}); the books are as they were.{where}", file=sys.stderr
    )
    return 1
