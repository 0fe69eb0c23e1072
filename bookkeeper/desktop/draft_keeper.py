"""Keeps what is being typed on the disk: within a second of a key, in a thread of its own."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final

from PySide6.QtCore import QLockFile, QObject, QStandardPaths, QTimer, Signal

from bookkeeper.exchange import drafts
from bookkeeper.exchange.drafts import DamagedDraft, Draft, DraftKey

SOON: Final = 350
"""Milliseconds from the first key that is not on the disk until it is written."""

_PATIENCE: Final = 5.0


def drafts_folder() -> Path:
    """Where this user's drafts lie."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)) / "drafts"


class DraftKeeper(QObject):
    """Keeps one draft at a time.

    `kept` tells the time of day at which all that was typed until then was on the disk, `failed` why it could not be
    written (the system's words).
    """

    kept = Signal(str)
    failed = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._key: DraftKey | None = None
        self._body: Callable[[], Mapping[str, Any]] | None = None
        self._lock: QLockFile | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SOON)
        self._timer.timeout.connect(self.write)
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._locks: list[QLockFile] = []
        self.destroyed.connect(partial(_let_go, self._queue, self._locks))

    def open(self, key: DraftKey, body: Callable[[], Mapping[str, Any]]) -> Draft | None:
        """Keep the draft of a key from now on, `body` being what to write; the answer is what was kept before.

        Raises DamagedDraft, after which a new draft is kept. Where another window has it, `is_elsewhere` is true and
        nothing is written.
        """
        self.close_draft()
        self._key, self._body = key, body
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = QLockFile(str(key.file(self._folder).with_suffix(".lock")))
        self._lock.setStaleLockTime(0)
        if self._lock.tryLock(0):
            self._locks[:] = [self._lock]
        else:
            self._lock = None
        return drafts.read(self._folder, key)

    @property
    def is_elsewhere(self) -> bool:
        """Whether another window has this draft open."""
        return self._key is not None and self._lock is None

    def is_kept(self) -> bool:
        """Whether a draft of the key lies on the disk."""
        return self._key is not None and not self.is_elsewhere and self._key.file(self._folder).is_file()

    def touch(self) -> None:
        """Something was typed: it will be on the disk within a second."""
        if not self._timer.isActive() and self._key is not None and not self.is_elsewhere:
            self._timer.start()

    def write(self) -> None:
        """Write what there is now, without waiting for the disk."""
        self._timer.stop()
        if self._key is None or self._body is None or self.is_elsewhere:
            return
        draft = Draft(self._key, dt.datetime.now().isoformat(timespec="seconds"), self._body())  # noqa: DTZ005  # the clock on the wall
        self._do(lambda: self._write(draft))

    def remove(self) -> None:
        """The draft was posted, or is not wanted: nothing of it stays, not even what waits to be written."""
        self._timer.stop()
        key = self._key
        if key is not None and not self.is_elsewhere:
            self._do(lambda: drafts.remove(self._folder, key))

    def put_aside(self) -> Path | None:
        """The draft's file is no draft of this page: it is moved aside; the answer is where to."""
        return None if self._key is None else drafts.put_aside(self._folder, self._key)

    def flush(self) -> None:
        """What was typed is on the disk when this returns."""
        if self._timer.isActive():
            self.write()
        if self._thread is not None:
            done = threading.Event()
            self._queue.put(done.set)
            done.wait(_PATIENCE)

    def close_draft(self) -> None:
        """Let go of the draft, after it was written."""
        self.flush()
        if self._lock is not None:
            self._lock.unlock()
        self._locks.clear()
        self._key, self._body, self._lock = None, None, None

    def close(self) -> None:
        """End the thread."""
        self.close_draft()
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join(_PATIENCE)
            self._thread = None

    def _write(self, draft: Draft) -> None:
        drafts.write(self._folder, draft)
        self.kept.emit(draft.kept[11:16])

    def _do(self, what: Callable[[], None]) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="drafts", daemon=True)
            self._thread.start()
        self._queue.put(what)

    def _run(self) -> None:
        while (what := self._queue.get()) is not None:
            try:
                what()
            except OSError as error:
                self.failed.emit(error.strerror or str(error))
            del what


def _let_go(queue: SimpleQueue[Callable[[], None] | None], locks: list[QLockFile], *_: object) -> None:
    """The page is gone: the thread ends after what is waiting, and another window may have the draft."""
    queue.put(None)
    for lock in locks:
        lock.unlock()


__all__ = ["DamagedDraft", "DraftKeeper", "DraftKey", "drafts_folder"]
