"""Writes drafts to the disk in a thread of its own: one for the whole program, so that nobody waits for the disk.

What is not on the disk yet is known here, and goes before what is on it. A draft belongs to one window at a time; it
is free for another one when the last of it was written.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile

from bookkeeper.exchange import drafts
from bookkeeper.exchange.drafts import Draft, DraftKey

Told = Callable[[str, str], object]
"""Hears the time of day at which a draft was kept, or why it could not be."""


@dataclass(eq=False, slots=True)
class _Job:
    """A draft to be written, or with None to be taken away."""

    folder: Path
    key: DraftKey
    draft: Draft | None
    told: Told

    def do(self) -> None:
        if self.draft is None:
            drafts.remove(self.folder, self.key)
        else:
            drafts.write(self.folder, self.draft)


@dataclass(slots=True)
class _Held:
    """A draft that this program has; `owner` is None when it only waits to be written."""

    lock: QLockFile | None
    owner: object | None


class DraftWriter:
    """Writes, takes away, and knows who has which draft."""

    def __init__(self) -> None:
        self._mutex = threading.RLock()
        self._waiting: dict[Path, _Job] = {}
        self._latest: dict[Path, _Job] = {}
        self._held: dict[Path, _Held] = {}
        self._is_running = False
        self._idle = threading.Event()
        self._idle.set()

    # ------------------------------------------------------------------------------------------------- the drafts

    def put(self, folder: Path, draft: Draft, told: Told) -> None:
        """Write a draft; an older state of it that is still waiting is not written any more."""
        self._do(_Job(folder, draft.key, draft, told))

    def remove(self, folder: Path, key: DraftKey, told: Told) -> None:
        """Nothing of a draft stays, not even what waits to be written."""
        self._do(_Job(folder, key, None, told))

    def read(self, folder: Path, key: DraftKey) -> Draft | None:
        """The newest state of a draft. Raises DamagedDraft after moving a file aside, and OSError."""
        with self._mutex:
            job = self._latest.get(key.file(folder))
        return drafts.read(folder, key) if job is None else job.draft

    def listed(
        self, folder: Path, books: str, entity: str, kind: str, owner: object
    ) -> tuple[tuple[Draft, ...], tuple[Path, ...]]:
        """The newest state of the drafts of a kind that an owner has, or might have: the one that was kept last first.

        With them the files that could not be read, moved aside. Raises OSError.
        """
        found, aside = drafts.listed(folder, books, entity, kind, is_free=lambda file: self.is_free(file, owner))
        there = {one.key: one for one in found}
        with self._mutex:
            for file, job in self._latest.items():
                key = job.key
                if job.folder == folder and (key.books, key.entity, key.kind) == (books, entity, kind):
                    there.pop(key, None)
                    if job.draft is not None and self.is_free(file, owner):
                        there[key] = job.draft
        return tuple(sorted(there.values(), key=lambda one: one.kept, reverse=True)), aside

    def is_there(self, folder: Path, key: DraftKey) -> bool:
        """Whether there is a draft."""
        file = key.file(folder)
        with self._mutex:
            job = self._latest.get(file)
        return file.is_file() if job is None else job.draft is not None

    def flush(self, folder: Path, seconds: float) -> bool:
        """Wait until all is on the disk, no longer than so; the answer is whether it is."""
        is_idle = self._idle.wait(seconds)
        with self._mutex:
            return is_idle and all(job.folder != folder for job in self._latest.values())

    # ------------------------------------------------------------------------------------------------ whose it is

    def take(self, file: Path, owner: object) -> bool:
        """Take a draft, whose file this is, for an owner; False where it is another window's."""
        with self._mutex:
            held = self._held.get(file)
            if held is not None:
                is_free = held.owner in {None, owner}
                held.owner = owner if is_free else held.owner
                return is_free
            lock: QLockFile | None = QLockFile(str(file.with_suffix(".lock")))
            assert lock is not None  # noqa: S101  # just made
            lock.setStaleLockTime(0)  # only the end of the program that made it frees it
            if not lock.tryLock(0):
                if lock.error() == QLockFile.LockError.LockFailedError:
                    return False
                lock = None  # a folder in which nothing can be written: that is said when it is tried
            self._held[file] = _Held(lock, owner)
            return True

    def is_free(self, file: Path, owner: object) -> bool:
        """Whether an owner has a draft, or might have it."""
        with self._mutex:
            held = self._held.get(file)
            if held is not None:
                return held.owner in {None, owner}
            is_free = self.take(file, owner)
            self.give_back(owner, file)
            return is_free

    def give_back(self, owner: object, file: Path | None = None) -> None:
        """An owner needs a draft no more, or none of them: another window may have it after the last was written."""
        with self._mutex:
            for one, held in list(self._held.items()):
                if held.owner is owner and file in {None, one}:
                    held.owner = None
                    self._free(one)

    def _free(self, file: Path) -> None:
        held = self._held.get(file)
        if held is not None and held.owner is None and file not in self._waiting:
            if held.lock is not None:
                held.lock.unlock()
            del self._held[file]

    # ------------------------------------------------------------------------------------------------- the thread

    def _do(self, job: _Job) -> None:
        file = job.key.file(job.folder)
        with self._mutex:
            self._waiting[file] = self._latest[file] = job
            if not self._is_running:
                self._is_running = True
                self._idle.clear()
                threading.Thread(target=self._run, name="drafts").start()

    def _run(self) -> None:
        """Write while there is anything to write; the program does not end before."""
        while True:
            with self._mutex:
                if not self._waiting:
                    self._is_running = False
                    self._idle.set()
                    return
                file, job = next(iter(self._waiting.items()))
            self._write(file, job)
            del job

    def _write(self, file: Path, job: _Job) -> None:
        kept = why = ""
        try:
            job.do()
            kept = job.draft.kept[11:16] if job.draft is not None else ""
        except OSError as error:
            why = error.strerror or str(error)
        except Exception as error:  # noqa: BLE001  # whatever it is, the next draft must be kept
            why = f"{type(error).__name__}: {error}"
        with self._mutex:
            if self._waiting.get(file) is job:
                del self._waiting[file]
            if not why and self._latest.get(file) is job:
                del self._latest[file]
            self._free(file)
        if kept or why:
            with suppress(RuntimeError):  # its page is gone
                job.told(kept, why)


WRITER: Final = DraftWriter()
"""The program's."""
