"""What a window holds does not grow with what is done in it; five thousand acts: benchmarks/window_memory.py."""

from __future__ import annotations

import gc

from benchmarks.window import until
from benchmarks.window_memory import Script, held
from bookkeeper.desktop.shell import Shell

ROUND = 18


def _ours() -> int:
    gc.collect()
    return sum(str(type(one).__module__).startswith("bookkeeper.desktop") for one in gc.get_objects())


def test_acts_leave_nothing_behind(shell: Shell) -> None:
    shell._resting.setInterval(20)  # the pages that are made ahead are there before anything is counted
    until(lambda: not shell.makes_ahead, "the pages that are made ahead")
    script = Script(shell)
    script.run(2 * ROUND)
    before, objects = held(), _ours()
    script.run(2 * ROUND)
    after = held()
    assert script.posted == 4
    assert after.widgets <= before.widgets
    assert after.nones >= before.nones
    assert _ours() <= objects + 2 * ROUND // 2, "less than one object for two acts"
