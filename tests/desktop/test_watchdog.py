"""The watchdog tells of a slot that holds up the window, and of no other; the clerk's day is watched in test_day."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.window import turn
from tests.desktop.watchdog import LIMIT, ROOM, watched


def _slot(seconds: float) -> Callable[[], None]:
    """A slot that lies in the window's own folder, and works the processor for so long."""
    source = (
        f"def slow():\n    end = time.thread_time() + {seconds}\n    while time.thread_time() < end:\n        pass\n"
    )
    there: dict[str, object] = {"time": time}
    exec(compile(source, f"{ROOM}/seeded.py", "exec"), there)  # noqa: S102  # our own three lines
    slow = there["slow"]
    assert callable(slow)
    return slow


@pytest.mark.parametrize(("seconds", "told"), [(0.15, 1), (0.03, 0)])
def test_a_slot_that_takes_long_is_named_and_another_is_not(
    application: QApplication, seconds: float, told: int
) -> None:
    assert application is not None
    with watched() as seen:
        QTimer.singleShot(0, _slot(seconds))
        turn(30)
    assert len(seen.over(LIMIT)) == told
    assert all(one.startswith("seeded.py slow: ") for one in seen.over(LIMIT))
