"""Where a books file lies: what must be known of its path before SQLite may open it.

The file itself is never opened here; one close of a descriptor of ours would drop SQLite's locks.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from bookkeeper.errors import Refused

_SHARES: Final = ("cifs", "smb", "smb2", "smb3", "smbfs", "nfs", "nfs4", "afs", "ncpfs", "9p", "fuse.")
_MOUNTS: Final = Path("/proc/mounts")


def refuse_share(path: Path) -> None:
    """Refuse to write books on a network share: its locks do not hold, and entries would be lost."""
    kind = file_system(path)
    if any(kind == share or (share.endswith(".") and kind.startswith(share)) for share in _SHARES):
        message = (
            f"{path.name} lies on a network share ({kind}). Books on a share lose entries when two PCs write. "
            "Copy them to this PC's own disk, or keep the office's books in PostgreSQL."
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
