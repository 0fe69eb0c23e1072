"""A watchdog of the GUI thread: which slot, event or painting of ours held it up, and for how long.

A timer's signal, which Python answers in the GUI thread itself, looks at its stack every few milliseconds. (A look from
another thread would meet frames that end while they are read.) The outermost function of the window on it is what Qt,
or a test's key, has called; as long as that very call is there, the window answers nothing else. What counts is the
processor's time that the thread has used meanwhile, for a machine that runs tests is busy with others too; a call that
only waits is told by the clock, generously.
"""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from bookkeeper import desktop

EVERY = 0.004
"""Seconds between two looks, and about the error of what is told."""

WAITS = 10
"""So many times the limit may a call take by the clock before it is told though the processor did little."""

LIMIT = 0.1
"""Seconds for which nothing may hold up the window."""

ROOM = str(desktop.__path__[0])


@dataclass(slots=True)
class Call:
    """One call that was seen: its name, seconds of the processor and of the clock, and where in it they went."""

    name: str
    processor: float = 0.0
    clock: float = 0.0
    inside: Counter[str] = field(default_factory=Counter)

    def __call__(self, *_: object) -> Call:
        """A mark on a frame has to be callable."""
        return self

    def __str__(self) -> str:
        where = ", ".join(f"{name} {count}x" for name, count in self.inside.most_common(3))
        spent = f"{self.processor * 1000:.0f} ms of the processor, {self.clock * 1000:.0f} ms by the clock"
        return f"{self.name}: {spent} (seen in {where})"


@dataclass(slots=True)
class Seen:
    """What the watchdog saw: every call that it saw twice or more."""

    calls: list[Call] = field(default_factory=list)

    def over(self, seconds: float) -> list[str]:
        """The calls that held up the window for longer than that, in words."""
        return [str(one) for one in self.calls if one.processor > seconds or one.clock > seconds * WAITS]


class _Watchdog:
    """Looks at the stack at each tick. It keeps no frame: one that outlives its painting kills Qt."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._call, self._begun, self._used = Call(""), 0.0, 0.0

    def look(self, _signal: int, frame: FrameType | None) -> None:
        frames = _ours(frame)
        clock, processor = time.perf_counter(), time.thread_time()
        if not frames:
            self._call = Call("")
            return
        outer, call = frames[-1], self._call
        mark: object = outer.f_trace  # by which the same call is known again: nobody traces
        if mark is not call:
            self._call, self._begun, self._used = Call(_name(outer)), clock, processor
            outer.f_trace = self._call
            return
        if not call.clock:
            self._seen.calls.append(call)
        call.clock, call.processor = clock - self._begun, processor - self._used
        call.inside[f"{_name(frames[0])}:{frames[0].f_lineno}"] += 1


def _ours(frame: FrameType | None) -> list[FrameType]:
    """The window's own functions on a stack, the innermost first."""
    found = []
    while frame is not None:
        if frame.f_code.co_filename.startswith(ROOM):
            found.append(frame)
        frame = frame.f_back
    return found


def _name(frame: FrameType) -> str:
    file = frame.f_code.co_filename.removeprefix(ROOM).lstrip("/")
    return f"{file} {frame.f_code.co_qualname}"


@contextmanager
def watched() -> Iterator[Seen]:
    """Watch this thread, which is the GUI's, until the block ends."""
    seen = Seen()
    watchdog = _Watchdog(seen)
    before = signal.signal(signal.SIGALRM, watchdog.look)
    signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)
    try:
        yield seen
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
