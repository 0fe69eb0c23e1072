"""The schema of a books file as text: made from the tables and guards, and compared with a file's own.

A file from elsewhere may be hostile or damaged, so nothing of it is used before its schema text equals this one.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING, Final

from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.schema import CreateIndex, CreateTable

from bookkeeper.store.guards import GUARDS
from bookkeeper.store.tables import METADATA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

APPLICATION_ID: Final = 0x426B4B70
"""“BkKp”: what makes a SQLite file books of this program."""

SCHEMA_VERSION: Final = 3
"""Counts the schemas that were ever shipped; kept as `user_version` in the file."""

REVISION: Final = "0003"
"""The Alembic revision of this schema."""

DIGEST: Final = "3c6c32c926d6d90731f69ffec03333e9e67a29996a8ce0e144ff7cfe1f278a75"
"""The digest of this schema: a file that has it need not be compared word by word. A test holds it to `statements`."""

ALEMBIC_TABLE: Final = (
    "CREATE TABLE alembic_version ( version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num) )"
)
"""As Alembic itself would write it."""


@cache
def statements() -> tuple[str, ...]:
    """Every CREATE of the schema, in an order that a fresh SQLite file takes."""
    dialect = SQLiteDialect()
    tables = METADATA.sorted_tables
    creates = [str(CreateTable(table).compile(dialect=dialect)).strip() for table in tables]
    indexes = [
        str(CreateIndex(index).compile(dialect=dialect)).strip()
        for table in tables
        for index in sorted(table.indexes, key=lambda i: str(i.name))
    ]
    return (*creates, *indexes, *GUARDS)


def differences(found: Iterable[tuple[str, str, str | None]]) -> list[str]:
    """What differs between the schema of a file (rows of type, name, sql) and the declared one, in words."""
    there = {(kind, name): _folded(sql) for kind, name, sql in found if sql is not None}
    if digest_of(there) == DIGEST:
        return []
    declared = {_name(sql): _folded(sql) for sql in (*statements(), ALEMBIC_TABLE)}
    missing = [f"{kind} {name} is missing" for kind, name in declared if (kind, name) not in there]
    foreign = [f"{kind} {name} is not this program's" for kind, name in there if (kind, name) not in declared]
    changed = [
        f"{kind} {name} was changed" for (kind, name), sql in there.items() if declared.get((kind, name), sql) != sql
    ]
    return missing + foreign + changed


def digest_of(schema: Mapping[tuple[str, str], str]) -> str:
    """SHA-256 of a schema: type, name and text of all that it holds."""
    text = json.dumps(sorted([kind, name, sql] for (kind, name), sql in schema.items()))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _name(sql: str) -> tuple[str, str]:
    words = sql.replace("UNIQUE ", "", 1).split(None, 3)
    return words[1].lower(), words[2].strip('"')


def _folded(sql: str) -> str:
    return " ".join(sql.split())
