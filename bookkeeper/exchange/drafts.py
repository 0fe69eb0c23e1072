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
from collections.abc import Iterator, Mapping
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
        whole = f"{self.books}\0{self.entity}\0{self.kind}\0{self.name}"
        return folder / f"{self.kind}-{hashlib.sha256(whole.encode()).hexdigest()[:24]}.json"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: whose, when it was kept (ISO, local time), and what was typed, as JSON has it."""

    key: DraftKey
    kept: str
    body: Mapping[str, Any] = field(hash=False)


class DamagedDraft(Exception):
    """A draft cannot be read; `aside` is where its file was moved."""

    def __init__(self, aside: Path) -> None:
        super().__init__(f"a draft could not be read, and was moved aside to {aside}")
        self.aside = aside


def write(folder: Path, draft: Draft) -> Path:
    """Put a draft on the disk, in one step; only this user may read it. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = draft.key.file(folder)
    values = {"form": _FORM, "kept": draft.kept, "body": draft.body}
    values |= {name: getattr(draft.key, name) for name in _FIELDS if name != "kept"}
    handle, made = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(values, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        Path(made).replace(target)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise
    _sync_folder(folder)
    return target


def read(folder: Path, key: DraftKey) -> Draft | None:
    """The draft of a key; None where there is none. Raises DamagedDraft after moving a file aside, and OSError."""
    file = key.file(folder)
    return _read(file) if file.is_file() else None


def listed(folder: Path, books: str, entity: str, kind: str) -> tuple[tuple[Draft, ...], tuple[Path, ...]]:
    """The drafts of a kind, the one that was kept last first; and the files that could not be read, moved aside."""
    found, aside = [], []
    for file in sorted(folder.glob(f"{kind}-*.json")) if folder.is_dir() else ():
        try:
            draft = _read(file)
        except DamagedDraft as error:
            aside.append(error.aside)
            continue
        if (draft.key.books, draft.key.entity, draft.key.kind) == (books, entity, kind):
            found.append(draft)
    return tuple(sorted(found, key=lambda one: one.kept, reverse=True)), tuple(aside)


def remove(folder: Path, key: DraftKey) -> None:
    """Take a draft away: it was posted, or is not wanted. Raises OSError."""
    key.file(folder).unlink(missing_ok=True)


def put_aside(folder: Path, key: DraftKey) -> Path:
    """Move a draft's file aside, whose body its page cannot read; the answer is where to. Raises OSError."""
    return _moved_aside(key.file(folder))


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
    return Draft(DraftKey(books, entity, kind, name), kept, values["body"])


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
