"""Starts the program: the command line; the window, once there is one."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress


def main() -> int:
    """Run the program with the arguments it was called with, and end the process with its exit status."""
    gc.disable()  # nothing that is loaded at the start is ever given back: looking for it takes a tenth of the start
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


if __name__ == "__main__":
    sys.exit(main())
