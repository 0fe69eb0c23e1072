"""The command line as a whole: finds the verb, runs it, and turns what is refused into words and an exit status."""

from __future__ import annotations

import argparse
import errno
import importlib
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bookkeeper import __version__
from bookkeeper.cli.verbs import common
from bookkeeper.errors import BadInput, BookError, Fault

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_FULL: Final = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EIO)
_LOOK: Final = "Look with `report log-of-acts` whether the act was entered"

_VERBS: Final = {
    "books": ("new", "migrate", "practice"),
    "entity": ("entity", "account"),
    "member": ("member",),
    "loan": ("loan",),
    "voucher": ("post", "reverse", "correct", "lock", "close"),
    "meeting": ("meeting", "opening"),
    "report": ("report",),
    "check": ("verify", "doctor", "explain", "rebuild"),
}
"""Which file declares which verbs: only the one that is wanted is loaded, so that each call begins at once."""


class _Parser(argparse.ArgumentParser):
    """One that does not pass over in silence that its help could not be written; its verbs are parsers of its kind."""

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        if message:
            (file or sys.stderr).write(message)


def parser(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The parser of the verb that stands in `arguments`, or of every verb where none does."""
    whole = _Parser(
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
    if sys.stdout is None:  # it was closed by whoever started us
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # open as long as we run
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        try:
            return _answered(arguments)
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except KeyboardInterrupt:
        _say(f"Stopped. {_LOOK}, or send it again with the same --key.")
        return 1
    except BrokenPipeError:
        _let_go_of_output()
        return 0
    except Exception as error:  # noqa: BLE001  # a traceback in front of a user is a defect
        if isinstance(error, OSError) and error.errno in _FULL:
            _let_go_of_output()
            _say(f"The answer could not be written ({error.strerror}). {_LOOK}.")
            return 1
        return _fault(error)


def _answered(arguments: Sequence[str]) -> int:
    try:
        _refuse_undecodable(arguments)
        asked = parser(arguments).parse_args(arguments)
        if not hasattr(asked, "run"):
            parser().print_help()
            return 0
        return int(asked.run(asked))
    except BookError as error:
        _say(str(error))
        return error.exit_status


def _refuse_undecodable(arguments: Sequence[str]) -> None:
    for argument in arguments:
        if any("\ud800" <= character <= "\udfff" for character in argument):
            shown = argument.encode("utf-8", "backslashreplace").decode("utf-8")
            raise BadInput(Fault(f"“{shown}” is not text in UTF-8.", "Write it in UTF-8, or rename the file."))


def _say(text: str) -> None:
    with suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def _let_go_of_output() -> None:
    """Send what is still to be printed nowhere, so that Python does not try again when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
    _say(
        f"This is a fault in the program ({type(error).__name__}). Look with `verify` and `report log-of-acts` whether "
        f"the books are sound and the act was entered.{where}"
    )
    return 1
