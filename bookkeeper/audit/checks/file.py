"""The file itself: whose it is, whether SQLite finds it whole, whether its schema is the program's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from bookkeeper.audit.check import BOOKS, Said, Scope, check
from bookkeeper.store import schema

_MOST: Final = 50


def _pragma(scope: Scope, text: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in scope.tx.connection.exec_driver_sql(f"PRAGMA {text}")]


@check(1, "the file is books of this program and version", quick=True)
def identity(scope: Scope) -> Iterator[Said]:
    """`application_id` and `user_version` are those of this program."""
    if not scope.is_sqlite:
        return
    application, version = (_pragma(scope, name)[0][0] for name in ("application_id", "user_version"))
    if application != schema.APPLICATION_ID:
        yield BOOKS, f"the file is not marked as books of this program (application id {application})."
    if version != schema.SCHEMA_VERSION:
        yield BOOKS, f"the file's schema version is {version}; this program's is {schema.SCHEMA_VERSION}."


@check(1, "SQLite finds the file whole")
def integrity(scope: Scope) -> Iterator[Said]:
    """Pages, indexes and constraints are sound by SQLite's own integrity check."""
    if scope.is_sqlite:
        for row in _pragma(scope, f"integrity_check({_MOST})"):
            if row[0] != "ok":
                yield BOOKS, f"the file is damaged: {row[0]}."


@check(1, "every row refers to rows that are there")
def foreign_keys(scope: Scope) -> Iterator[Said]:
    """No foreign key dangles; which voucher it is, the checks of that table say."""
    if not scope.is_sqlite:
        return
    broken = Counter((table, parent) for table, _, parent, *_ in _pragma(scope, "foreign_key_check"))
    for (table, parent), count in broken.items():
        yield BOOKS, f"{count} rows of table {table} refer to rows of {parent} that are not there."


@check(2, "tables, indexes and triggers are exactly those the program declares", quick=True)
def schema_as_declared(scope: Scope) -> Iterator[Said]:
    """The schema text equals the declared one: no trigger is gone, changed or added."""
    if scope.is_sqlite:
        found = scope.tx.connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master")
        for difference in schema.differences([(str(k), str(n), sql) for k, n, sql in found]):
            yield BOOKS, f"{difference}: somebody went round the program."
