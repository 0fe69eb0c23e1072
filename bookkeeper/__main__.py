"""Starts the program: without a verb, or with the name of books alone, the window; else the command line."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress


def main() -> int:
    """Run the program with the arguments it was called with, and end the process with its exit status."""
    gc.disable()  # nothing that is loaded at the start is ever given back: looking for it takes a tenth of the start
    if _wants_window(sys.argv[1:]):
        from bookkeeper.desktop.app import run as show

        return show(sys.argv[1:])
    try:
        from bookkeeper.cli.main import run  # so that an import of the package alone stays light
    except KeyboardInterrupt:
        return 1

    gc.freeze()
    gc.enable()
    status = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    # The books are closed by now; taking every module apart again would take a seventh of a short call.
    os._exit(status)


def _wants_window(arguments: list[str]) -> bool:
    """Nothing, or books alone, on a computer with a screen; the command line answers all else."""
    if arguments and not (len(arguments) == 1 and arguments[0].endswith(".books")):
        return False
    from bookkeeper.desktop.display import is_there

    return is_there()


if __name__ == "__main__":
    sys.exit(main())
