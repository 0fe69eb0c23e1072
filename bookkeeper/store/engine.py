"""Opens a books file as SQLite must be opened, and hands out the transaction.

The pragmas and their reasons stand in `reliability` section 2: WAL with FULL is the pair that lost nothing when the
power was cut. Acts begin IMMEDIATE on one connection, reads begin plainly on another that cannot write.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, Table, create_engine, event, insert
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import SingletonThreadPool

from bookkeeper.errors import BookError, Damaged, Locked, Refused
from bookkeeper.rules.said import Said
from bookkeeper.store import schema
from bookkeeper.store.place import BESIDE, is_writable, refuse_share, refuse_unusable, sync_folder

BUSY_SECONDS: Final = 5

ALL_RIGHTS: Final = "look enter post close manage"
"""The words in `user.rights`, for one who may do everything."""

_PRAGMAS: Final = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
)


@dataclass(frozen=True)
class Tx:
    """One transaction: the connection, who acts and when. Every function of the books takes it first.

    `now` is UTC, `today` the local day, both ISO; `key` is the act's key, `pc` the computer's name.
    """

    connection: Connection
    books_id: str
    now: str
    today: str
    user: int = 1
    key: str = ""
    pc: str = ""


@cache
def _insert_text(table: Table, columns: tuple[str, ...]) -> str:
    return str(insert(table).compile(dialect=SQLiteDialect(), column_keys=list(columns)))


def insert_rows(tx: Tx, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> None:
    """Insert many rows of plain values at the driver's speed; `columns` name the places of each tuple."""
    if not rows:
        return
    if tx.connection.dialect.name == "sqlite":
        tx.connection.exec_driver_sql(_insert_text(table, columns), list(rows))
    else:
        tx.connection.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])


class Books:
    """An open books file: one engine that writes, one that only reads; each is made when first wanted."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._wal: tuple[int, int] | None = None

    @cached_property
    def _reader(self) -> Engine:
        return _engine(self.path, writes=False, read_only=self.read_only)

    @cached_property
    def _writer(self) -> Engine:
        return _engine(self.path, writes=True, read_only=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read transaction: one state of the books, however long it is read."""
        with self._in_words(), self._reader.connect() as connection, connection.begin() as transaction:
            yield connection
            transaction.rollback()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The one write transaction: committed when the block ends well, else wholly undone."""
        if self.read_only:
            message = Said(
                "{name} can only be read here: the file or its folder is write-protected. Remove the protection, or "
                "copy the books where you may write.",
                name=self.path.name,
            )
            raise Refused(message)
        try:
            with self._in_words(), self._writer.connect() as connection, connection.begin():
                self._check_wal()
                yield connection
            self._check_wal()
        except Damaged:
            self.close()
            raise

    def _check_wal(self) -> None:
        """Stop where the write-ahead file was unlinked since we opened it: what we commit then is gone."""
        try:
            found = os.stat(f"{self.path}-wal")  # noqa: PTH116  # a stat, not an open
            identity = (found.st_dev, found.st_ino)
        except FileNotFoundError:
            identity = None
        if self._wal is not None and self._wal != identity:
            message = "Another program has removed the books' working file. Close it, start again, and run verify."
            raise Damaged(message)
        self._wal = identity

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            self.close()
            raise in_words(error, self.path.name) from error

    def close(self) -> None:
        """Let go of the file."""
        self._wal = None
        for name in ("_reader", "_writer"):
            engine = self.__dict__.pop(name, None)
            if engine is not None:
                engine.dispose()


def _connect(path: Path, *, writes: bool, read_only: bool) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rw'}"
    if read_only and not is_writable(path) and not is_writable(path.parent) and not _wal_beside(path):
        uri += "&immutable=1"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS)
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    if writes:
        _durable(connection)
    else:
        connection.execute("PRAGMA query_only=ON")
    return connection


def _engine(path: Path, *, writes: bool, read_only: bool) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: _connect(path, writes=writes, read_only=read_only),
        poolclass=SingletonThreadPool,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _durable(connection: sqlite3.Connection) -> None:
    """WAL with FULL; where WAL is refused, DELETE with EXTRA. A refusal is silent, so both are read back."""
    mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if mode != "wal":
        mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    level, number = ("FULL", 2) if mode == "wal" else ("EXTRA", 3)
    connection.execute(f"PRAGMA synchronous={level}")
    if mode not in {"wal", "delete"} or connection.execute("PRAGMA synchronous").fetchone()[0] != number:
        message = "This disk does not let the books be written safely."
        raise Refused(message)


def _wal_beside(path: Path) -> bool:
    return os.path.exists(f"{path}-wal")  # noqa: PTH110  # a name beside the books, never opened


_FULL: Final = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)

_BY_TEXT: Final = (
    (sqlite3.SQLITE_BUSY, ("database is locked", "database table is locked", "busy")),
    (sqlite3.SQLITE_FULL, ("disk is full", "disk i/o")),
    (sqlite3.SQLITE_READONLY, ("readonly", "read-only")),
    (sqlite3.SQLITE_NOTADB, ("not a database",)),
    (sqlite3.SQLITE_CANTOPEN, ("unable to open",)),
    (sqlite3.SQLITE_CORRUPT, ("no such table", "malformed", "corrupt")),
)
"""What the text of an error means where it has no code, or the one that stands for any error."""

_SAID: Final[tuple[tuple[tuple[int, ...], type[BookError], str], ...]] = (
    (
        (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL),
        Locked,
        "{file} is being written by another program. Wait until it has finished, then try again.",
    ),
    (
        (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR),
        Refused,
        "The disk is full or cannot be written, so nothing was entered in {file}. Make room and try again.",
    ),
    (
        (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM),
        Refused,
        "{file} is write-protected, so nothing was entered.",
    ),
    ((sqlite3.SQLITE_NOTADB,), Refused, "{file} is not a books file."),
    (
        (sqlite3.SQLITE_CANTOPEN,),
        Refused,
        "{file} cannot be opened. Look whether the folder is there and you may write in it.",
    ),
    ((sqlite3.SQLITE_CORRUPT,), Damaged, "{file} is damaged: {text}. Restore a backup; verify says more."),
)


def in_words(error: Exception, file: str) -> BookError:
    """What the database or the system said, in the user's words; a guard's refusal keeps the guard's own words."""
    cause = getattr(error, "orig", None) or error
    text = str(cause)
    if isinstance(cause, OSError):
        if cause.errno in _FULL:
            return _said(sqlite3.SQLITE_FULL, text, file)
        why = cause.strerror or text
        return Refused(Said("{file} cannot be written: {why}. Look at the folder and the disk.", file=file, why=why))
    code = int(getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR))
    if code == sqlite3.SQLITE_CONSTRAINT_TRIGGER:
        return Refused(text)
    code &= 0xFF
    if code == sqlite3.SQLITE_ERROR:
        code = next((code for code, parts in _BY_TEXT if any(part in text.lower() for part in parts)), code)
    return _said(code, text, file)


def _said(code: int, text: str, file: str) -> BookError:
    for codes, kind, words in _SAID:
        if code in codes:
            return kind(Said(words, file=file, text=text))
    return Damaged(Said("{file} refused this entry ({text}). Nothing was entered; run verify.", file=file, text=text))


def open_books(path: Path) -> Books:
    """Open an existing books file for writing where that is possible, else for reading.

    Raises Refused where it is missing, is not books of this program, is of a newer version, lies on a network share;
    Damaged where its schema is not the program's own. Nothing of the file is touched then.
    """
    refuse_unusable(path)
    if not path.exists():
        message = Said(
            "{file} is not there. Make new books with: bookkeeper new {name}", file=str(path), name=path.name
        )
        raise Refused(message)
    if path.is_dir():
        message = Said("{file} is a folder, not a books file.", file=str(path))
        raise Refused(message)
    refuse_share(path)
    _identify(path)
    return Books(path, read_only=not is_writable(path))


def _identify(path: Path) -> None:
    """See that a file is books of this version with exactly this program's schema, by a read-only connection."""
    try:
        connection = _connect(path, writes=False, read_only=not is_writable(path))
        try:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            found = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise in_words(error, path.name) from error
    _refuse_foreign(path, application, version)
    wrong = schema.differences(found)
    if wrong:
        message = Said(
            "{name} is not as this program made it: {wrong}. Nothing was touched; restore a backup.",
            name=path.name,
            wrong="; ".join(wrong),
        )
        raise Damaged(message)


def _refuse_foreign(path: Path, application: int, version: int) -> None:
    if application != schema.APPLICATION_ID:
        message = Said("{name} is not books of this program. It was left as it is.", name=path.name)
        raise Refused(message)
    if version > schema.SCHEMA_VERSION:
        message = Said(
            "{name} was made by a newer version of Bookkeeper. Install that version; nothing was touched.",
            name=path.name,
        )
        raise Refused(message)
    if version < schema.SCHEMA_VERSION:
        message = Said(
            "{name} was made by an older version. Bring it up to date with: bookkeeper migrate {name}", name=path.name
        )
        raise Refused(message)


def identity_fault(path: Path) -> str:
    """Why a file may not be used as books, in words; empty where it may. For `verify` and `doctor`."""
    try:
        _identify(path)
    except BookError as error:
        return str(error)
    return ""


def create_books(path: Path, books_id: str, created: str) -> Books:
    """New books with schema, identity and the user `owner`. Refuses a path where something lies already.

    Their name is reserved by an empty file, they are made beside it and take its place when they are whole.
    """
    refuse_unusable(path)
    if not path.parent.is_dir():
        message = Said("The folder {parent} is not there. Make it first.", parent=str(path.parent))
        raise Refused(message)
    refuse_share(path)
    for beside in (path, *(Path(f"{path}{end}") for end in BESIDE)):
        if os.path.lexists(beside):
            raise _there_already(beside)
    unfinished = path.with_name(f"{books_id[:8]}.new")
    reserved = False
    try:
        _reserve(path)
        reserved = True
        _lay_out(unfinished, books_id, created)
        unfinished.replace(path)
        reserved = False
        sync_folder(path.parent)
    except FileExistsError:
        raise _there_already(path) from None
    except (sqlite3.Error, OSError) as error:
        raise in_words(error, path.name) from error
    finally:
        for end in ("", *BESIDE):
            Path(f"{unfinished}{end}").unlink(missing_ok=True)
        if reserved and path.exists() and path.stat().st_size == 0:
            path.unlink()
    return Books(path)


def _there_already(path: Path) -> Refused:
    return Refused(
        Said("{file} is there already and was left as it is. Choose another name for the new books.", file=str(path))
    )


def _reserve(path: Path) -> None:
    """Make an empty file where nothing lies, on every file system; by mknod, which opens nothing, where there is one.

    Raises FileExistsError where something lies.
    """
    try:
        os.mknod(path, stat.S_IFREG | 0o644)
    except FileExistsError:
        raise
    except (AttributeError, OSError):  # not on Windows, and for root alone elsewhere
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))


def _lay_out(path: Path, books_id: str, created: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        _durable(connection)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION}")
        for statement in (*schema.statements(), schema.ALEMBIC_TABLE):
            connection.execute(statement)
        connection.execute("INSERT INTO alembic_version VALUES (?)", (schema.REVISION,))
        connection.execute("INSERT INTO books (id, books_id, created) VALUES (1, ?, ?)", (books_id, created))
        connection.execute("INSERT INTO user (number, name, rights, pin) VALUES (1, 'owner', ?, '')", (ALL_RIGHTS,))
        connection.execute("COMMIT")
    finally:
        connection.close()
