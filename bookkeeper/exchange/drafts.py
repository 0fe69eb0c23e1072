"""Drafts: what is being typed and not posted, each a small file that is there whole or not at all.

A draft belongs to one kind of page (meeting, voucher), one entity of one file of books, and has a name of its own.
It is written beside its place and moved there, so that neither a kill nor a power cut leaves half of it. A file that
cannot be read is moved aside and named, never thrown away.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

_FORM: Final = "bookkeeper-draft-1"
_FIELDS: Final = ("books", "entity", "kind", "name", "kept")


@dataclass(frozen=True, slots=True)
class DraftKey:
    """Whose draft it is: the file of the books, the entity's code, the kind of page, and the draft's own name."""

    books: str
    entity: str
    kind: str
    name: str

    def file(self, folder: Path) -> Path:
        """Where it lies in the folder of drafts."""
        return folder / f"{_whose(self.books, self.entity, self.kind)}-{_short(self.name)}.json"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: whose, when it was kept (ISO, local time), and what was typed, as JSON has it.

    `act` is the key with which it is posted, made when the draft was begun: the books answer it once, however often it
    is sent. `sent` is the digest of what was sent with it last; "" where nothing was.
    """

    key: DraftKey
    kept: str
    body: Mapping[str, Any] = field(hash=False)
    act: str = ""
    sent: str = ""


class DamagedDraft(Exception):
    """A draft cannot be read; `aside` is where its file was moved."""

    def __init__(self, aside: Path) -> None:
        super().__init__(f"a draft could not be read, and was moved aside to {aside}")
        self.aside = aside


def write(folder: Path, draft: Draft) -> Path:
    """Put a draft on the disk, in one step; only this user may read it. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = draft.key.file(folder)
    values = {"form": _FORM, "kept": draft.kept, "body": draft.body, "act": draft.act, "sent": draft.sent}
    values |= {name: getattr(draft.key, name) for name in _FIELDS if name != "kept"}
    handle, made = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_text(values))
            file.flush()
            os.fsync(file.fileno())
        Path(made).replace(target)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise
    _sync_folder(folder)
    return target


def _text(values: Mapping[str, Any]) -> bytes:
    """As it is read best; half a sign, as a broken paste leaves it, is written as JSON writes it."""
    try:
        return json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(values).encode()


def digest_of(body: Mapping[str, Any]) -> str:
    """What tells one content of a draft from another."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def read(folder: Path, key: DraftKey) -> Draft | None:
    """The draft of a key; None where there is none. Raises DamagedDraft after moving a file aside, and OSError."""
    try:
        return _read(key.file(folder))
    except FileNotFoundError:
        return None


def listed(
    folder: Path, books: str, entity: str, kind: str, *, is_free: Callable[[Path], bool] = lambda _file: True
) -> tuple[tuple[Draft, ...], tuple[Path, ...]]:
    """The drafts of a kind, the one that was kept last first; and the files that could not be read, moved aside.

    Others' drafts are not looked at, nor those that are not free.
    """
    found, aside = [], []
    for file in sorted(folder.glob(f"{_whose(books, entity, kind)}-*.json")) if folder.is_dir() else ():
        if not is_free(file):
            continue
        with suppress(FileNotFoundError):  # it was posted meanwhile
            try:
                found.append(_read(file))
            except DamagedDraft as error:
                aside.append(error.aside)
    return tuple(sorted(found, key=lambda one: one.kept, reverse=True)), tuple(aside)


def remove(folder: Path, key: DraftKey) -> None:
    """Take a draft away: it was posted, or is not wanted. Raises OSError."""
    key.file(folder).unlink(missing_ok=True)


def put_aside(folder: Path, key: DraftKey) -> Path:
    """Move a draft's file aside, whose body its page cannot read; the answer is where to. Raises OSError."""
    return _moved_aside(key.file(folder))


def _whose(books: str, entity: str, kind: str) -> str:
    """How the names of the files of one entity's drafts begin, so that a damaged one is known to be its own."""
    whose = f"{books}\0{entity}"
    return f"{kind}-{_short(whose)}"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _read(file: Path) -> Draft:
    try:
        return _draft_of(json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DamagedDraft(_moved_aside(file)) from None


def _draft_of(values: Mapping[str, Any]) -> Draft:
    """The draft in a file's values. Raises KeyError, ValueError or TypeError for anything that is none."""
    if values["form"] != _FORM or not isinstance(values["body"], dict):
        raise ValueError(values["form"])
    books, entity, kind, name, kept = (str(values[one]) for one in _FIELDS)
    act, sent = str(values.get("act", "")), str(values.get("sent", ""))  # a draft of an older program has none
    return Draft(DraftKey(books, entity, kind, name), kept, values["body"], act, sent)


def _moved_aside(file: Path) -> Path:
    aside = next(one for one in _names_aside(file) if not one.exists())
    file.replace(aside)
    return aside


def _names_aside(file: Path) -> Iterator[Path]:
    number = 0
    while True:
        number += 1
        yield file.with_name(f"{file.stem}.damaged-{number}")


def _sync_folder(folder: Path) -> None:
    """The move itself goes to the disk, where the system can be asked for it."""
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
