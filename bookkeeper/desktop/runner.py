"""The runner: acts and queries off the GUI thread, one after the other, with progress, cancel, and one callback.

One thread does all work on the books, so that no two acts of a window wait for each other's lock. Who asked gets
`done(result)` or `failed(error)` on the GUI thread, unless he is gone; after an act the pages hear what it changed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from bookkeeper.desktop.collecting import Collector

SHOWN_AFTER: Final = 200
"""Milliseconds after which work that is still going on is shown."""


_LONG: Final = 1.0
"""Seconds after which work has brought so much that looking through it for garbage would be felt."""


class Cancelled(Exception):  # it is no error
    """The user no longer wants the work; raised inside it by `Work.step`."""


@dataclass
class Work:
    """One piece of work: what it is called (a message), what is to be done, and who is told."""

    owner: QObject
    title: str
    do: Callable[[Work], Any]
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    cancelled: threading.Event = field(default_factory=threading.Event)
    abandoned: threading.Event = field(default_factory=threading.Event)
    so_far: str = ""
    begun: float = field(default_factory=time.monotonic)

    def step(self, so_far: str = "") -> None:
        """To be called by long work now and then: raises Cancelled where nobody wants more of it."""
        self.so_far = so_far or self.so_far
        if self.cancelled.is_set():
            raise Cancelled


class Runner(QObject):
    """Runs work in its own thread.

    `busy` tells the title of work that takes long and how far it is ("" when it is over); `changed` the parts of the
    books that an act says it changed.
    """

    changed = Signal(tuple)
    busy = Signal(str, str)
    _finished = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: SimpleQueue[Work | None] = SimpleQueue()
        self._pending: list[Work] = []
        self._timer = QTimer(self)
        self._timer.setInterval(SHOWN_AFTER)
        self._timer.timeout.connect(self._show)
        self._finished.connect(self._answer)
        self.collector = Collector(self)
        self._thread = threading.Thread(target=self._run, name="books", daemon=True)
        self._thread.start()

    def run(
        self,
        owner: QObject,
        title: str,
        do: Callable[[Work], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> Work:
        """Do this off the GUI thread; `done` or `failed` is told as long as `owner` lives."""
        work = Work(owner, title, do, done, failed)
        self._pending.append(work)
        self._queue.put(work)
        if not self._timer.isActive():
            self._timer.start()
        return work

    def cancel(self) -> None:
        """Cancel what is running and waiting; an act that is being committed is finished all the same."""
        for work in self._pending:
            work.cancelled.set()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is running or waiting."""
        return not self._pending

    def close(self) -> None:
        """End the thread, when what is running is done."""
        self._timer.stop()
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            result: object = None
            error: BaseException | None = None
            try:
                if work.cancelled.is_set():
                    raise Cancelled  # noqa: TRY301  # the same end as a cancel inside the work
                result = work.do(work)
            except BaseException as wrong:  # noqa: BLE001  # told to whoever asked, on his own thread
                error = wrong
            self._finished.emit(work, result, error)
            del work, result, error  # the thread waits holding nothing

    def _answer(self, work: Work, result: object, error: BaseException | None) -> None:
        self._pending.remove(work)
        if not self._pending:
            self._timer.stop()
            self.busy.emit("", "")
        parts = getattr(result, "changed", ())
        # To hear of the owner's end by a signal would leave a connection behind for each work.
        if isValid(work.owner) and not work.abandoned.is_set():
            if error is None:
                work.done(result)
            else:
                work.failed(error)
        if time.monotonic() - work.begun > _LONG:
            self.collector.freeze()
        if parts:
            self.changed.emit(tuple(parts))

    def _show(self) -> None:
        if self._pending:
            self.busy.emit(self._pending[0].title, self._pending[0].so_far)
