"""Keeps the details of a fault of the program in a file, for whoever mends it; no figure and no name goes in."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from contextlib import suppress

from bookkeeper import __version__


def kept(error: BaseException) -> str:
    """Write what a report of the fault needs; the answer is the file's path, "" where none could be written.

    The traceback goes in without values: those of a member's name or an account are the user's own.
    """
    with suppress(OSError):
        handle, name = tempfile.mkstemp(prefix="bookkeeper-fault-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"Bookkeeper {__version__}, Python {sys.version}\n{type(error).__name__}\n")
            file.writelines(traceback.format_tb(error.__traceback__))
        return name
    return ""
