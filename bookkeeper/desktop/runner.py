"""The runner: acts and queries off the GUI thread, one after the other, with progress, cancel, and one callback.

One thread does all work on the books, so that no two acts of a window wait for each other's lock. Who asked gets
`done(result)` or `failed(error)` on the GUI thread, unless he is gone; after an act the pages hear what it changed.
An act is never cancelled, and what would take its page away waits until it is answered.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from shiboken6 import isValid

from bookkeeper.desktop.collecting import Collector

SHOWN_AFTER: Final = 200
"""Milliseconds after which work that is still going on is shown."""


_LONG: Final = 1.0
"""Seconds after which work has brought so much that looking through it for garbage would be felt."""


class Cancelled(Exception):  # it is no error
    """The user no longer wants the work, of which `title` is the message; raised inside it by `Work.step`."""

    def __init__(self, title: str = "") -> None:
        super().__init__(title)
        self.title = title


@dataclass(eq=False)
class Work:
    """One piece of work: what it is called (a message), what is to be done, and who is told.

    What is `kept_on` with is done to its end whatever the user wants; an act, what is committed.
    """

    owner: QObject
    title: str
    do: Callable[[Work], Any]
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    is_act: bool = False
    kept_on: bool = False
    cancelled: threading.Event = field(default_factory=threading.Event)
    abandoned: threading.Event = field(default_factory=threading.Event)
    so_far: str = ""
    begun: float = 0.0

    def step(self, so_far: str = "") -> None:
        """To be called by long work now and then: raises Cancelled where nobody wants more of it."""
        self.so_far = so_far or self.so_far
        if self.cancelled.is_set():
            raise Cancelled

    @property
    def may_be_cancelled(self) -> bool:
        """Whether the user may say that he no longer wants it."""
        return not (self.is_act or self.kept_on)

    def drop(self) -> None:
        """Nobody waits for it any more: it ends as soon as it can, and nobody is told."""
        if self.may_be_cancelled:
            self.cancelled.set()
            self.abandoned.set()


class Runner(QObject):
    """Runs work in its own thread.

    `busy` tells the title of work that takes long, how far it is, and whether it may be cancelled ("" when it is
    over); `changed` the parts of the books that an act says it changed.
    """

    changed = Signal(tuple)
    busy = Signal(str, str, bool)
    _finished = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: SimpleQueue[Work | None] = SimpleQueue()
        self._pending: list[Work] = []
        self._afterwards: list[Callable[[bool], object]] = []
        self._was_refused = self._is_closed = False
        self._timer = QTimer(self)
        self._timer.setInterval(SHOWN_AFTER)
        self._timer.timeout.connect(self._show)
        self._finished.connect(self._answer)
        self.collector = Collector(self)
        self._thread = threading.Thread(target=self._run, name="books", daemon=True)
        self._thread.start()

    def run(self, work: Work) -> Work:
        """Do this off the GUI thread; `done` or `failed` is told as long as the owner lives, and the window."""
        if self._is_closed:
            return work
        self._pending.append(work)
        self._queue.put(work)
        if not self._timer.isActive():
            self._timer.start()
        return work

    def cancel(self) -> None:
        """Cancel what is running and waiting, but for acts; who asked is told."""
        for work in self._pending:
            if work.may_be_cancelled:
                work.cancelled.set()

    def drop(self, owner: QObject) -> None:
        """What was asked for an owner is not wanted any more."""
        for work in self._pending:
            if work.owner is owner:
                work.drop()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is running or waiting."""
        return not self._pending

    def is_acting(self, owner: QObject | None = None) -> bool:
        """Whether an act, of this owner or of anybody, is not answered yet."""
        return any(work.is_act and owner in {None, work.owner} for work in self._pending)

    def afterwards(self, do: Callable[[bool], object]) -> None:
        """Do this when every act is answered, at once where none waits; it hears whether none was refused."""
        if self.is_acting():
            self._afterwards.append(do)
        else:
            do(True)  # noqa: FBT003  # who is told names it

    def close(self) -> None:
        """End the thread: acts are done and answered first, all else is cancelled."""
        self._is_closed = True
        self._timer.stop()
        self._afterwards.clear()
        for work in self._pending:
            work.drop()
        self._queue.put(None)
        self._thread.join()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)
        self._pending.clear()

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            result: object = None
            error: BaseException | None = None
            work.begun = time.monotonic()
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
            self.busy.emit("", "", False)  # noqa: FBT003  # a signal has no names
        if time.monotonic() - work.begun > _LONG:
            self.collector.freeze()
        self._was_refused |= work.is_act and error is not None
        try:
            self._tell(work, result, error)
        finally:
            if parts := getattr(result, "changed", ()):
                self.changed.emit(tuple(parts))
            if not self.is_acting():
                self._go_on()

    def _tell(self, work: Work, result: object, error: BaseException | None) -> None:
        # To hear of the owner's end by a signal would leave a connection behind for each work.
        if not isValid(work.owner) or work.abandoned.is_set():
            return
        if error is None:
            work.done(result)
        else:
            work.failed(Cancelled(work.title) if isinstance(error, Cancelled) else error)

    def _go_on(self) -> None:
        """What had to wait for acts is done, in its order."""
        waiting, self._afterwards = self._afterwards, []
        is_well, self._was_refused = not self._was_refused, False
        for do in waiting:
            do(is_well)

    def _show(self) -> None:
        if self._pending:
            work = self._pending[0]
            self.busy.emit(work.title, work.so_far, work.may_be_cancelled)
