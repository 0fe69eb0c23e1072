"""Starts the program: the command line; the window, once there is one."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program with the arguments it was called with; returns the exit status."""
    from bookkeeper.cli.main import run  # so that an import of the package alone stays light

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
