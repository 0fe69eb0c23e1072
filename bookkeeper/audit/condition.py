"""The condition of a books file, for `doctor`: identity, database, sizes, counts, newest links, sums."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bookkeeper.audit.verify import verify
from bookkeeper.store import place, schema, tables
from bookkeeper.store.engine import Tx, identity_fault

Fact = tuple[str, str]

_FAULTY: Final = ((3, 7, 0), (3, 51, 2))
_SUMS: Final = 23
_MOST: Final = 20


def condition(tx: Tx, path: Path) -> Iterator[Fact]:
    """Name and value of each fact; what a damaged file does not tell is said in words."""
    yield from _of_the_file(path)
    yield from _of_the_database(tx)
    for table in tables.METADATA.sorted_tables:
        yield f"rows of {table.name}", _told(partial(_count, tx, table.name))
    yield "newest links", _told(partial(_heads, tx))
    yield "sums", _told(partial(_sums, tx))


def _of_the_file(path: Path) -> Iterator[Fact]:
    yield "books", str(path)
    yield "size", f"{path.stat().st_size:,} bytes"
    wal = Path(f"{path}-wal")
    yield "working file", f"{wal.stat().st_size:,} bytes" if wal.exists() else "none"
    yield "free on the disk", f"{shutil.disk_usage(path.parent).free:,} bytes"
    yield "file system", place.file_system(path) or "unknown"
    writable = place.is_writable(path) and os.access(path.parent, os.W_OK)
    yield "can be written", "yes" if writable else "no: file or folder is write-protected"
    yield "fit for use", identity_fault(path) or "yes"


def _of_the_database(tx: Tx) -> Iterator[Fact]:
    yield "application id", _told(partial(_application, tx))
    yield "schema version", _told(partial(_pragma, tx, "user_version")) + f" (this program's: {schema.SCHEMA_VERSION})"
    yield "SQLite", sqlite3.sqlite_version + _warning(sqlite3.sqlite_version_info)
    mode = _told(partial(_pragma, tx, "journal_mode"))
    yield "journal mode", mode
    yield "synchronous when writing", "FULL" if mode == "wal" else "EXTRA"


def _application(tx: Tx) -> str:
    found = int(_pragma(tx, "application_id"))
    return f"{found:#x}" + ("" if found == schema.APPLICATION_ID else f", not {schema.APPLICATION_ID:#x}")


def _warning(version: tuple[int, ...]) -> str:
    """3.7.0 to 3.51.2 have a rare fault when two connections write and checkpoint at the same moment."""
    if _FAULTY[0] <= version <= _FAULTY[1]:
        return ": rarely loses writes when two connections write at one moment (mended in 3.51.3); only one writes here"
    return ""


def _pragma(tx: Tx, name: str) -> str:
    return str(tx.connection.exec_driver_sql(f"PRAGMA {name}").scalar())


def _told(fact: Callable[[], str]) -> str:
    try:
        return fact()
    except (SQLAlchemyError, ValueError, TypeError) as error:
        return f"cannot be read: {getattr(error, 'orig', None) or error}"


def _count(tx: Tx, name: str) -> str:
    return f"{tx.connection.execute(select(func.count()).select_from(tables.METADATA.tables[name])).scalar():,}"


def _heads(tx: Tx) -> str:
    e = tables.entity.c
    rows = tx.connection.execute(select(e.code, e.sequence, e.head).order_by(e.code)).all()
    shown = [f"{code} {sequence}:{bytes(head).hex()[:16]}" for code, sequence, head in rows[:_MOST]]
    more = f" and {len(rows) - _MOST} more" if len(rows) > _MOST else ""
    return (", ".join(shown) or "no entity yet") + more


def _sums(tx: Tx) -> str:
    found = verify(tx, only=frozenset({_SUMS})).findings
    return f"{len(found)} differ from the journal: {found[0].sentence}" if found else "equal the journal"
