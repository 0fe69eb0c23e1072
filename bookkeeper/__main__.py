"""Starts the program: the command line; the window, once there is one."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the program with the arguments it was called with; returns the exit status."""
    gc.disable()  # nothing that is loaded at the start is ever given back: looking for it takes a tenth of the start
    try:
        from bookkeeper.cli.main import run  # so that an import of the package alone stays light
    except KeyboardInterrupt:
        return 1

    gc.freeze()
    gc.enable()
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
