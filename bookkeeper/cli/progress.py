"""Progress on stderr, when it is a terminal and the work takes more than a second."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

PATIENCE_SECONDS: Final = 1.0
_STEP_SECONDS: Final = 0.5


class Progress:
    """What is being done; `of` may be told how far it is."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.how_far = ""

    def __call__(self, what: str, done: int, of: int) -> None:
        """Say what is being done, and how much of it is done."""
        self.what = what
        self.how_far = f" {done} of {of}" if of else ""


@contextmanager
def showing(what: str) -> Iterator[Progress]:
    """Show `what` on the terminal from the first second on, until the block ends."""
    progress = Progress(what)
    if not sys.stderr.isatty():
        yield progress
        return
    over = threading.Event()
    thread = threading.Thread(target=_show, args=(progress, over), daemon=True)
    thread.start()
    try:
        yield progress
    finally:
        over.set()
        thread.join()


def _show(progress: Progress, over: threading.Event) -> None:
    began = time.monotonic()
    if over.wait(PATIENCE_SECONDS):
        return
    while True:
        seconds = int(time.monotonic() - began)
        print(f"\r\x1b[K{progress.what}{progress.how_far} … {seconds} s", end="", file=sys.stderr, flush=True)
        if over.wait(_STEP_SECONDS):
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            return
