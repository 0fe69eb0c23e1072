"""The user's file as bytes and as text: never books, never more than it may be, and always text in NFC."""

from __future__ import annotations

import codecs
import hashlib
import stat
import unicodedata
from pathlib import Path
from typing import Final

from bookkeeper.errors import BadInput, Fault
from bookkeeper.rules.text import MISPLACED, said_of
from bookkeeper.store.place import may_be_books

LARGEST: Final = 200 * 1024 * 1024
"""More bytes than any file of vouchers has; the largest that is read."""

_SQLITE: Final = b"SQLite format 3\x00"
_CSV: Final = "Save it as “CSV UTF-8 (comma delimited)” in your spreadsheet program, or as UTF-8 in your editor."
_UTF_8: Final = "Save it as UTF-8 in your editor."
_OTHER: Final = "Look whether it is the right file; one in JSON is text in UTF-8."
_KNOWN: Final = (
    (_SQLITE, "a database, perhaps books, and not a file to read in"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a workbook (XLSX) or another ZIP file, and not text"),
    (b"PK\x05\x06", "an empty ZIP file, and not text"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file, or one with a password, and not text"),
    (b"\x1f\x8b", "a compressed file (gzip), and not text"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document (RTF), and not plain text"),
)


def read_bytes(path: Path) -> bytes:
    """The bytes of the user's file. Raises BadInput, naming the file as the user gave it."""
    file = str(path)
    try:
        _refuse_books(path)
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise _bad(file, "this is a folder.", "Name a file in it.")
        if not stat.S_ISREG(about.st_mode):
            raise _bad(file, "this is not an ordinary file.", "Save what it holds as a file first.")
        if about.st_size > LARGEST:
            raise _too_large(file)
        with path.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except FileNotFoundError:
        raise _bad(file, "there is no such file.", "Look at how the name and the folder are written.") from None
    except PermissionError:
        raise _bad(file, "you may not read this file.", "Ask its owner, or copy it to your own folder.") from None
    except (OSError, ValueError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or "its name cannot be used"
        raise _bad(file, f"the file cannot be read ({why}).", "Copy it to this computer and try again.") from None
    return _checked(data, file)


def _refuse_books(path: Path) -> None:
    """Refuse books before they are opened: to open them and close them would drop SQLite's locks."""
    if may_be_books(path):
        raise _bad(str(path), "these are books, and not a file to read in.", "To work on them, say --books FILE.")


def _checked(data: bytes, file: str) -> bytes:
    if len(data) > LARGEST:
        raise _too_large(file)
    if not data:
        raise _bad(file, "the file is empty.", "Look whether it was saved.")
    if data.startswith(_SQLITE):
        raise _bad(file, "these are books, and not a file to read in.", "To work on them, say --books FILE.")
    return data


def _too_large(file: str) -> BadInput:
    return _bad(file, "the file is larger than 200 MB.", "Divide it into several files.")


def digest(data: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def text_of(data: bytes, file: str) -> str:
    """The text of a file in NFC, without its BOM. Raises BadInput for what is no text in UTF-8, or UTF-16 with BOM."""
    for start, what in _KNOWN:
        if data.startswith(start):
            raise _bad(file, f"this is {what}.", _OTHER if _is_json(file) else _CSV)
    text = _decoded(data, file)
    control = MISPLACED.search(text)
    if control:
        raise BadInput(Fault(*said_of(control[0]), row=text.count("\n", 0, control.start()) + 1), file=file)
    if not text.strip():
        raise _bad(file, "the file is empty.", "Look whether it was saved.")
    return unicodedata.normalize("NFC", text)


def _is_json(file: str) -> bool:
    return file.lower().endswith(".json")


def _decoded(data: bytes, file: str) -> str:
    save = _UTF_8 if _is_json(file) else _CSV
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise _bad(file, "the file begins as text in UTF-16, but breaks off or is damaged.", save) from None
    if b"\x00" in data[:4096]:
        what = "text in UTF-16 without its mark (BOM)" if _every_other_is_nought(data) else "not text in UTF-8"
        raise _bad(file, f"this is {what}.", save)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise BadInput(Fault("this is not text in UTF-8.", save, row), file=file) from None


def _every_other_is_nought(data: bytes) -> bool:
    some = data[:4096]
    return any(some[start::2].count(0) > len(some) // 4 for start in (0, 1))


def _bad(file: str, message: str, todo: str) -> BadInput:
    return BadInput(Fault(message, todo), file=file)
