"""Brings a books file of an older version up to date: by a copy, compared with the old one, then exchanged for it.

The old file stays beside the new one. Until the exchange, which is one rename, the books are as they were.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import pkgutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from bookkeeper.errors import Damaged, Refused
from bookkeeper.rules.said import Said
from bookkeeper.store import schema
from bookkeeper.store.engine import BUSY_SECONDS, in_words
from bookkeeper.store.migrations import versions
from bookkeeper.store.place import is_writable, refuse_share, refuse_unusable, sync_folder

ORDER: Final = (
    "books", "user", "entity", "setting", "account", "member", "loan", "link", "posting", "attachment", "voucher",
    "locked", "closing", "meeting", "meeting_reversal", "cut_off", "loan_settled", "sum_month", "sum_year", "log",
)  # fmt: skip
"""Postings before vouchers, locks and closings after them: the guards of the new file stand while it is filled."""

Fills = Mapping[str, Mapping[str, str]]


def fills_since(revision: str) -> list[Fills]:
    """What each revision after `revision` adds, oldest first."""
    modules = [
        importlib.import_module(f"{versions.__name__}.{m.name}") for m in pkgutil.iter_modules(versions.__path__)
    ]
    return [m.FILLS for m in sorted(modules, key=lambda m: str(m.revision)) if m.revision > revision]


def migrate(path: Path) -> Path | None:
    """Bring the books at `path` up to date; returns where the old file was kept, None where nothing was to do.

    Raises Refused for what is not books, is newer, is in use or cannot be written; Damaged where the copy's figures
    differ from the old ones. In each case the old file is as it was.
    """
    refuse_unusable(path)
    refuse_share(path)
    if not path.is_file() or not is_writable(path):
        message = Said("{file} is not there or cannot be written.", file=str(path))
        raise Refused(message)
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS)) as old:
            version, revision = _version(old, path.name)
            if version == schema.SCHEMA_VERSION:
                return None
            if old.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
                message = Said("{name} is open elsewhere. Close it there first.", name=path.name)
                raise Refused(message)
            old.execute("BEGIN EXCLUSIVE")
            return _copy_and_swap(old, path, version, revision)
    except (sqlite3.Error, OSError) as error:
        raise in_words(error, path.name) from error


def _version(old: sqlite3.Connection, name: str) -> tuple[int, str]:
    application = old.execute("PRAGMA application_id").fetchone()[0]
    version = int(old.execute("PRAGMA user_version").fetchone()[0])
    if application != schema.APPLICATION_ID or version > schema.SCHEMA_VERSION:
        message = Said("{name} is not books of this program, or of a newer version. It was left as it is.", name=name)
        raise Refused(message)
    return version, str(old.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def _copy_and_swap(old: sqlite3.Connection, path: Path, version: int, revision: str) -> Path:
    unfinished, kept = path.with_name(f"{path.name}.new"), path.with_name(f"{path.name}.v{version}")
    if kept.exists() or unfinished.exists():
        message = Said("{file} or {other} is there already. Move it away first.", file=kept.name, other=unfinished.name)
        raise Refused(message)
    try:
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as new:
            _fill(new, old, fills_since(revision))
        _exchange(path, unfinished, kept)
    finally:
        unfinished.unlink(missing_ok=True)
    return kept


def _exchange(path: Path, unfinished: Path, kept: Path) -> None:
    """Put the new file in the place of the old one, which is kept; undone where that fails.

    Where a file cannot have two names (FAT), the old one is renamed first, so that for a moment none has its name.
    """
    try:
        os.link(path, kept)
        linked = True
    except FileExistsError:
        raise
    except OSError:
        path.rename(kept)
        linked = False
    try:
        unfinished.replace(path)
    except OSError:
        if linked:
            kept.unlink()
        else:
            kept.rename(path)
        raise
    sync_folder(path.parent)


def _fill(new: sqlite3.Connection, old: sqlite3.Connection, fills: Sequence[Fills]) -> None:
    """Lay out the present schema and copy every row into it; compare, and commit only what agrees."""
    new.execute("PRAGMA synchronous=EXTRA")
    new.execute("PRAGMA foreign_keys=ON")
    new.execute("BEGIN IMMEDIATE")
    new.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
    new.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION}")
    for statement in (*schema.statements(), schema.ALEMBIC_TABLE):
        new.execute(statement)
    new.execute("INSERT INTO alembic_version VALUES (?)", (schema.REVISION,))
    for table in ORDER:
        _copy_table(new, old, table, fills)
    for table in ORDER:
        if _differ(new, old, table):
            message = Said(
                "the copy differs from the old books in {table}; the old books stay as they are", table=table
            )
            raise Damaged(message)
    new.execute("COMMIT")


def _copy_table(new: sqlite3.Connection, old: sqlite3.Connection, table: str, fills: Sequence[Fills]) -> None:
    present, before = _columns(new, table), _columns(old, table)
    if not before:
        return
    added = {column: expression for step in fills for column, expression in step.get(table, {}).items()}
    columns = [name for name in present if name in before or name in added]
    taken = ", ".join(f'"{name}"' if name in before else added[name] for name in columns)
    keys = ", ".join(f'"{name}"' for name, key in before.items() if key) or "rowid"
    named, places = ", ".join(f'"{name}"' for name in columns), ", ".join("?" for _ in columns)
    rows = old.execute(f'SELECT {taken} FROM "{table}" ORDER BY {keys}')  # noqa: S608  # names of our own schema
    new.executemany(f'INSERT INTO "{table}" ({named}) VALUES ({places})', rows)  # noqa: S608


def _differ(new: sqlite3.Connection, old: sqlite3.Connection, table: str) -> bool:
    """Whether any row of a copied table differs in what both files have of it."""
    before, present = _columns(old, table), _columns(new, table)
    if not before:
        return bool(new.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608  # our own schema
    both = [name for name in before if name in present]
    order = [name for name in both if before[name]] or both
    return _digest(new, table, both, order) != _digest(old, table, both, order)


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, bool]:
    """The columns of a table, and whether each is of its key; none where there is no such table."""
    return {row[1]: bool(row[5]) for row in connection.execute(f'PRAGMA table_info("{table}")')}


def _digest(connection: sqlite3.Connection, table: str, columns: list[str], order: list[str]) -> str:
    named, keys = (", ".join(f'"{name}"' for name in names) for names in (columns, order))
    digest = hashlib.sha256()
    for row in connection.execute(f'SELECT {named} FROM "{table}" ORDER BY {keys}'):  # noqa: S608  # our own schema
        digest.update(repr(row).encode("utf-8"))
    return digest.hexdigest()
