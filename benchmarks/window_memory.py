"""Five thousand acts at one window, in a process of its own: what it holds after a thousand, and after all of them."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.figure import Figure, missing
from benchmarks.watched import ROOT
from benchmarks.window import CONTROL, NONE, focus, settle, window
from bookkeeper.commands.act import Done, Office
from bookkeeper.commands.books import PRACTICE, new_books
from bookkeeper.commands.vouchers import post_vouchers
from bookkeeper.desktop.shell import Shell
from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Posting, Voucher

ACTS, WARM = 5_004, 1_008  # whole rounds of the script, so that the same page is open
FLAT: Final = 0.10
"""So much may the window hold more after all acts than after the first thousand."""
_QUARTER = {"since": "2024-04-01", "until": "2024-06-30"}
"""The registers show a quarter in which nothing more is posted, so that they do not grow."""
KEY = Qt.Key


@dataclass(frozen=True, slots=True)
class Held:
    """What the process holds: bytes in memory, widgets of ours, and how often None is held.

    PySide6 6.11.3 keeps one reference to None for each method of each object that is called, which does no harm; 6.12.0
    loses one at each call, of which Python 3.11 dies.
    """

    resident: int
    widgets: int
    nones: int


def figures(folder: Path) -> Iterator[Figure]:
    """The lines of what the window holds."""
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "benchmarks.window_memory", str(folder)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    what = f"memory of the window after {WARM:,} acts and after {ACTS:,}"
    if done.returncode:
        yield missing(what, done.stderr.strip().rpartition("\n")[2], f"flat within {FLAT:.0%}")
        return
    before, after = (Held(**values) for values in json.loads(done.stdout))
    grown = after.resident / before.resident - 1
    yield Figure(
        what,
        f"{before.resident / 2**20:.0f} MB, {after.resident / 2**20:.0f} MB ({grown:+.1%})",
        promised=f"flat within {FLAT:.0%}",
        kept=grown <= FLAT,
    )
    yield Figure(
        "its widgets, and references to None, meanwhile",
        f"{after.widgets - before.widgets:+d} of {before.widgets}; {after.nones - before.nones:+,d}",
        promised="no widget more, no reference lost",
        kept=after.widgets <= before.widgets and after.nones >= before.nones,
    )


def held() -> Held:
    """What is held at this moment, after what is garbage was collected."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    ours = [one for one in QApplication.allWidgets() if type(one).__module__.startswith("bookkeeper.")]
    return Held(pages * os.sysconf("SC_PAGE_SIZE"), len(ours), sys.getrefcount(None))


class Script:
    """A clerk who never tires: she posts, looks at registers, goes down, back, searches, and turns to other pages."""

    def __init__(self, shell: Shell) -> None:
        self.shell, self.posted, self._done = shell, 0, 0
        go = shell.go
        self._steps: Sequence[Callable[[], object]] = (
            self._post,
            lambda: go("registers", name="cash-book", **_QUARTER),
            lambda: self._press(KEY.Key_Down),
            lambda: self._press(KEY.Key_Return),
            lambda: self._press(KEY.Key_Escape),
            lambda: self._press(KEY.Key_K, CONTROL),
            lambda: QTest.keyClicks(focus(shell), "sav"),
            lambda: self._press(KEY.Key_Escape),
            lambda: go("registers", name="day-book", **_QUARTER),
            lambda: self._press(KEY.Key_PageDown),
            lambda: go("vouchers", kind="payment"),
            lambda: QTest.keyClicks(focus(shell), "honor"),
            lambda: self._press(KEY.Key_Escape),
            lambda: self._press(KEY.Key_F6),
            lambda: go("vouchers", view="list"),
            lambda: go("meeting"),
            lambda: self._press(KEY.Key_Right),
            lambda: go("meeting", number="36"),
        )

    def run(self, count: int) -> None:
        """So many acts more, each with its answer shown."""
        for _ in range(count):
            self._steps[self._done % len(self._steps)]()
            self._done += 1
            settle(self.shell)

    def _post(self) -> None:
        self.posted += 1
        sign = 1 if self.posted % 2 else -1  # in and out again, so that the box never runs empty
        lines = (Posting("1001", Paise(sign * 1_00)), Posting("5006", Paise(-sign * 1_00)))
        voucher = Voucher("receipt" if sign > 0 else "payment", "2025-03-31", lines, f"Act {self.posted}")

        def post(office: Office, key: str) -> Done:
            return post_vouchers(office, key, "SAV", [voucher])

        self.shell.desk.act(self.shell, "Posting", post, lambda _done: None, _raise)

    def _press(self, key: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(focus(self.shell), key, with_)


def _raise(error: BaseException) -> None:
    raise error


def main(folder: Path) -> None:
    """Do all acts, and print what was held in between and at the end."""
    books = folder / "memory.books"
    new_books(books, PRACTICE).close()
    with window(folder / "memory", books) as shell:
        script, found = Script(shell), []
        for acts in (WARM, ACTS - WARM):
            script.run(acts)
            found.append(asdict(held()))
        print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
