"""Where a books file lies: what must be known of its path before SQLite may open it.

The file itself is never opened here; one close of a descriptor of ours would drop SQLite's locks.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Final

from bookkeeper.errors import Refused
from bookkeeper.rules.said import Said
from bookkeeper.store.schema import APPLICATION_ID

BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file that it works on."""

_ENDINGS: Final = (".books", *(f".books{end}" for end in BESIDE))

_SHARES: Final = ("cifs", "smb", "smb2", "smb3", "smbfs", "nfs", "nfs4", "afs", "ncpfs", "9p", "fuse.")
_MOUNTS: Final = Path("/proc/mounts")
_SHOWN: Final = 200
_CANNOT_SYNC: Final = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)


def may_be_books(path: Path, in_use: Path | None = None) -> bool:
    """Whether a path is or may be books, or their working file: by name, by what lies beside it, by what SQLite says.

    Nothing else may open, write or remove such a path. `in_use` are the books that are worked on.
    """
    real = Path(os.path.realpath(path))
    if any(p.name.casefold().endswith(_ENDINGS) for p in (path, real)):
        return True
    if in_use is not None and _is_of(path, real, Path(os.path.realpath(in_use))):
        return True
    owners = [Path(str(real)[: -len(end)]) for end in BESIDE if real.name.casefold().endswith(end)]
    return any(_works(file) or _is_ours(file) for file in (real, *owners))


def _is_of(path: Path, real: Path, books: Path) -> bool:
    own = [Path(f"{books}{end}") for end in ("", *BESIDE)]
    return any(real == file or (file.exists() and path.exists() and path.samefile(file)) for file in own)


def _works(file: Path) -> bool:
    return any(os.path.lexists(f"{file}{end}") for end in ("-wal", "-shm"))


def _is_ours(file: Path) -> bool:
    """Whether the header of a file that nobody works on has our mark; SQLite alone may look, or our locks are gone.

    As immutable, or SQLite would make working files beside it and leave them there.
    """
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return False
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
    except (OSError, ValueError, sqlite3.Error):
        return False


def refuse_unusable(path: Path) -> None:
    """Refuse a path that the system will not even look at: too long, or in a folder that is closed to the user."""
    try:
        os.stat(f"{path}{BESIDE[-1]}")  # noqa: PTH116  # the longest name that books need
        os.stat(path)  # noqa: PTH116
    except (FileNotFoundError, NotADirectoryError):
        return
    except (OSError, ValueError) as error:
        shown = str(path) if len(str(path)) <= _SHOWN else f"{str(path)[:_SHOWN]}…"
        why = str(getattr(error, "strerror", None) or error)
        message = Said("{file} cannot be used: {why}. Choose another place or name.", file=shown, why=why)
        raise Refused(message) from error


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can do that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise
    finally:
        os.close(handle)


def refuse_share(path: Path) -> None:
    """Refuse to write books on a network share: its locks do not hold, and entries would be lost."""
    kind = file_system(path)
    if any(kind == share or (share.endswith(".") and kind.startswith(share)) for share in _SHARES):
        message = Said(
            "{name} lies on a network share ({kind}). Books on a share lose entries when two PCs write. "
            "Copy them to this PC's own disk, or keep the office's books in PostgreSQL.",
            name=path.name,
            kind=kind,
        )
        raise Refused(message)


def file_system(path: Path) -> str:
    """The kind of file system a path lies on ("ext4", "cifs" …), or "" where it cannot be told."""
    if os.name == "nt":
        return _windows_kind(path)
    real = os.path.realpath(path)
    best, kind = "", ""
    for line in _mounts():
        _, mount, found, *_ = line.split(" ", 3)
        mount = mount.replace("\\040", " ")
        inside = real == mount or real.startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, found
    return kind


def _mounts() -> list[str]:
    return _MOUNTS.read_text("utf-8", "replace").splitlines() if _MOUNTS.exists() else []


def _windows_kind(path: Path) -> str:
    import ctypes  # noqa: PLC0415  # wanted on Windows alone

    drive = os.path.splitdrive(os.path.abspath(path))[0]  # noqa: PTH100  # UNC drives, which pathlib hides
    remote = 4
    if drive.startswith("\\\\"):
        return "smb"
    windll = getattr(ctypes, "windll")  # noqa: B009  # not known to a type checker elsewhere
    return "smb" if windll.kernel32.GetDriveTypeW(f"{drive}\\") == remote else ""


def is_writable(path: Path) -> bool:
    """Whether a file or folder can be written. One that nobody may write is left alone, also by root."""
    return os.access(path, os.W_OK) and bool(path.stat().st_mode & 0o222)
