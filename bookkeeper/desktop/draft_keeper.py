"""Keeps what is being typed on the disk, within a second of a key, and with it the key with which it is posted."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal

from bookkeeper.desktop.draft_writer import WRITER
from bookkeeper.exchange import drafts
from bookkeeper.exchange.drafts import DamagedDraft, Draft, DraftKey

T = TypeVar("T")

SOON: Final = 350
"""Milliseconds from the first key that is not on the disk until it is written."""

_PATIENCE: Final = 5.0
_WINDOWS: Final = 9
"""So many windows may write at drafts of one name whose states are looked for again."""


def drafts_folder() -> Path:
    """Where this user's drafts lie."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)) / "drafts"


@dataclass(frozen=True, slots=True)
class Opened(Generic[T]):
    """What was kept of a draft, with the time of day; None where nothing was.

    `aside` is where a file was moved that could not be read, `wrong` why the disk does not answer (the system's words).
    """

    what: T | None = None
    kept: str = ""
    aside: Path | None = None
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A draft that was given to the books: which, and with which key of an act.

    `is_other` where something else may have been given with that key before.
    """

    draft: DraftKey
    key: str
    is_other: bool


class DraftKeeper(QObject):
    """Keeps one draft at a time, which no other window has.

    `kept` tells the time of day at which all that was typed until then was on the disk, `failed` why it could not be
    written (the system's words); it is tried again with the next key.
    """

    kept = Signal(str)
    failed = Signal(str)
    _told = Signal(str, str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.key: DraftKey | None = None
        self.is_second = False
        """Whether another window has the draft that was wanted, so that this is one of its own."""
        self._body: Callable[[], Mapping[str, Any] | None] = dict
        self._act = self._sent = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SOON)
        self._timer.timeout.connect(self.write)
        self._told.connect(self._tell)
        self._owner = object()
        self.destroyed.connect(partial(_give_back, self._owner))

    # ------------------------------------------------------------------------------------------- which draft it is

    def open(
        self,
        wanted: DraftKey,
        body: Callable[[], Mapping[str, Any] | None],
        read: Callable[[Mapping[str, Any]], T],
        *,
        rather: Sequence[DraftKey] = (),
    ) -> Opened[T]:
        """Keep the draft of a name from now on; the answer is what was kept of it.

        Of those that another window has, none is touched: the next name is taken ("entry-2"), one with something in it
        first. `rather` are looked at before. `body` says what to write (None: nothing now), `read` what stands in it.
        """
        self.close_draft()
        wrong = self._make_folder()
        self.key, self._body = self._taken(wanted, rather), body
        self._act, self._sent = str(uuid.uuid4()), ""
        try:
            draft = WRITER.read(self.folder, self.key)
        except DamagedDraft as error:
            return Opened(aside=error.aside)
        except OSError as error:
            return Opened(wrong=wrong or error.strerror or str(error))
        if draft is None:
            return Opened(wrong=wrong)
        try:
            what = read(draft.body)
        except Exception:  # noqa: BLE001  # whatever a program wrote there, it is nothing that can be shown
            return Opened(aside=self._put_aside(self.key))
        self._act = draft.act or self._act
        self._sent = draft.sent or drafts.digest_of(draft.body)
        return Opened(what, draft.kept[11:16])

    def _make_folder(self) -> str:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            return error.strerror or str(error)
        return ""

    def _taken(self, wanted: DraftKey, rather: Sequence[DraftKey]) -> DraftKey:
        usual = list(itertools.islice(_names(wanted), _WINDOWS))
        there = (key for key in (*rather, *usual) if WRITER.is_there(self.folder, key))
        keys = itertools.chain(there, _names(wanted))
        taken = next(key for key in keys if WRITER.take(key.file(self.folder), self._owner))
        self.is_second = taken in usual[1:] and not WRITER.is_free(wanted.file(self.folder), self._owner)
        return taken

    def _put_aside(self, key: DraftKey) -> Path | None:
        try:
            return drafts.put_aside(self.folder, key)
        except OSError:
            return None

    def listed(self, like: DraftKey) -> tuple[tuple[Draft, ...], tuple[Path, ...]]:
        """The drafts of the same page and entity that no other window has, the newest first; and what was moved aside.

        Raises OSError.
        """
        return WRITER.listed(self.folder, like.books, like.entity, like.kind, self._owner)

    def is_kept(self) -> bool:
        """Whether the draft lies on the disk, or will in a moment."""
        return self.key is not None and WRITER.is_there(self.folder, self.key)

    # --------------------------------------------------------------------------------------------------- keeping it

    def touch(self) -> None:
        """Something was typed: it will be on the disk within a second."""
        if not self._timer.isActive() and self.key is not None:
            self._timer.start()

    def write(self) -> None:
        """Write what there is now, without waiting for the disk."""
        self._timer.stop()
        body = self._body() if self.key is not None else None
        if body is not None:
            self._put(body)

    def _put(self, body: Mapping[str, Any]) -> None:
        if self.key is not None:
            kept = dt.datetime.now().isoformat(timespec="seconds")  # noqa: DTZ005  # the clock on the wall
            WRITER.put(self.folder, Draft(self.key, kept, dict(body), self._act, self._sent), self._told.emit)

    def settle(self) -> None:
        """What was typed is given to the disk now; nobody waits for it."""
        if self._timer.isActive():
            self.write()

    def flush(self, seconds: float = _PATIENCE) -> bool:
        """What was typed is on the disk when this returns, after so many seconds at most; the answer is whether."""
        self.settle()
        return WRITER.flush(self.folder, seconds)

    def remove(self) -> None:
        """The draft is not wanted: nothing of it stays, and what is written next is another one."""
        if self.key is not None:
            self._forget(self.key)

    def close_draft(self) -> None:
        """Let go of the draft, after it was written."""
        self.settle()
        self.key = None
        WRITER.give_back(self._owner)

    # ---------------------------------------------------------------------------------------------------- posting it

    def send(self) -> Sent | None:
        """It is given to the books now, and `posted` or `keep_anew` when they answered; None where there is nothing."""
        self._timer.stop()
        body = self._body() if self.key is not None else None
        if body is None or self.key is None:
            return None
        before, self._sent = self._sent, drafts.digest_of(body)
        self._put(body)
        return Sent(self.key, self._act, is_other=before not in {"", self._sent})

    def posted(self, sent: Sent) -> None:
        """What was sent is in the books: that draft goes, whatever is open by now; here another one begins."""
        self._forget(sent.draft)

    def keep_anew(self, sent: Sent) -> None:
        """With its key something else was posted before: what stands here is a draft of its own from now on."""
        if sent.draft == self.key:
            self._act, self._sent = str(uuid.uuid4()), ""
            self.write()

    def _forget(self, key: DraftKey) -> None:
        if key == self.key:
            self._timer.stop()
            self._act, self._sent = str(uuid.uuid4()), ""
        WRITER.remove(self.folder, key, self._told.emit)

    def _tell(self, kept: str, why: str) -> None:
        if why:
            self.failed.emit(why)
        elif kept:
            self.kept.emit(kept)


def _names(wanted: DraftKey) -> Iterator[DraftKey]:
    """A key, and those that a second and third window take in its place."""
    yield wanted
    yield from (replace(wanted, name=f"{wanted.name}-{number}") for number in itertools.count(2))


def _give_back(owner: object, *_: object) -> None:
    """The page is gone."""
    WRITER.give_back(owner)


__all__ = ["DamagedDraft", "DraftKeeper", "DraftKey", "Opened", "Sent", "drafts_folder"]
