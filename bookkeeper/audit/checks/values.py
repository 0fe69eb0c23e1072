"""Values: roles that are found, whole money, real dates, valid text, digests of papers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Column, LargeBinary, Table, Text

from bookkeeper.audit.check import Said, Scope, check
from bookkeeper.definitions.kind import kind, kinds
from bookkeeper.rules.dates import NotADate, parsed_date
from bookkeeper.store import tables

_DEFAULTS = """
SELECT entity, role, count(*) AS accounts, sum(is_default) AS defaults, min(code) AS code, max(code) AS other
FROM account
WHERE entity BETWEEN :first AND :last AND role IS NOT NULL GROUP BY entity, role HAVING sum(is_default) <> 1
"""
_ROLES = """
SELECT entity, code, name, role, grouping FROM account WHERE entity BETWEEN :first AND :last AND role IS NOT NULL
"""
_ENTITY_KINDS = "SELECT id, kind FROM entity WHERE id BETWEEN :first AND :last"


@check(28, "each role has one default account, in the group that the kind of entity gives it", quick=True)
def roles_fit(scope: Scope) -> Iterator[Said]:
    """Books post by role: one that stands for two accounts, or in another group, changes every statement."""
    for row in scope.rows(_DEFAULTS):
        named = row.code if row.accounts == 1 else f"{row.code} and {row.other}"
        yield row.entity, f"the role {row.role} ({named}) has {row.defaults} default accounts; it needs one."
    known = set(kinds())
    for entity, key in scope.rows(_ENTITY_KINDS):
        if key not in known:
            yield entity, f"“{key}” is not a kind of entity that this program has."
    groups = {key: {h.role: h.group for h in kind(key).chart if h.role} for key in scope.kinds.values() if key in known}
    for row in scope.rows(_ROLES):
        group = groups.get(scope.kinds.get(row.entity, ""), {}).get(row.role, row.grouping)
        if row.grouping != group:
            named = f"{row.code} {row.name} has the role {row.role}"
            yield row.entity, f"{named}, which belongs to the group {group}, not {row.grouping}."


_DATES: Final = (
    ("member", "joined"), ("member", "left"), ("loan", "disbursed"), ("loan", "first_due"), ("loan", "cut_off"),
    ("locked", "until"), ("meeting", "date"), ("cut_off", "date"), ("posting", "instrument_date"),
)  # fmt: skip
_DISTINCT = """
SELECT entity, "{column}" AS day, count(*) AS times FROM {table}
WHERE entity BETWEEN :first AND :last AND "{column}" <> '' GROUP BY entity, "{column}"
"""
_STARTS = "SELECT id AS entity, starts AS day, 1 AS times FROM entity WHERE id BETWEEN :first AND :last"


@check(29, "every date is a real day")
def dates_real(scope: Scope) -> Iterator[Said]:
    """Starts of entities, joining and leaving, loans, locks, meetings, instruments; a voucher's own is another's."""
    queries = [(f"{t}.{c}", _DISTINCT.format(table=t, column=c)) for t, c in _DATES]
    for where, query in [("entity.starts", _STARTS), *queries]:
        for row in scope.rows(query):
            try:
                parsed_date(row.day)
            except NotADate:
                yield row.entity, f"{row.times} rows of {where} have “{row.day}”, which is no day of the calendar."


def _owner(table: Table) -> str:
    return "entity" if "entity" in table.c else "id" if table.name == "entity" else "0"


def _within(table: Table) -> str:
    owner = _owner(table)
    return f"({owner} BETWEEN :first AND :last OR {owner} = 0)"


def _place(scope: Scope, table: Table, row: dict[str, object]) -> str:
    """Where a row stands: the voucher where it belongs to one, else its key."""
    if table.name in {"voucher", "posting", "attachment"}:
        return scope.voucher(int(str(row["entity"])), int(str(row["sequence"])))
    return f"{table.name} {', '.join(str(row[c.name]) for c in table.primary_key)}"


def _typed(table: Table) -> str:
    """A query for rows in which a column holds another type than it declares."""
    wrong = []
    for column in table.c:
        held = (
            "text" if isinstance(column.type, Text) else "blob" if isinstance(column.type, LargeBinary) else "integer"
        )
        allowed = f"('{held}', 'null')" if column.nullable else f"('{held}')"
        wrong.append(f'typeof("{column.name}") NOT IN {allowed}')
    return f'SELECT *, {_owner(table)} AS owner FROM "{table.name}" WHERE {_within(table)} AND ({" OR ".join(wrong)})'  # noqa: S608  # our names


@check(29, "money and keys are whole numbers, texts are texts")
def types_hold(scope: Scope) -> Iterator[Said]:
    """STRICT tables see to it; a table that was not strict for a moment may hold anything."""
    for table in tables.METADATA.sorted_tables if scope.is_sqlite else ():
        for found in scope.rows(_typed(table)):
            row = dict(found._mapping)  # noqa: SLF001  # SQLAlchemy's public name
            odd = ", ".join(f"{c.name} {row[c.name]!r}" for c in table.c if _is_odd(c, row[c.name]))
            yield int(str(row["owner"])), f"{_place(scope, table, row)}: {odd} is of the wrong type."


def _is_odd(column: Column[Any], value: object) -> bool:
    text, blob = isinstance(column.type, Text), isinstance(column.type, LargeBinary)
    wanted = str if text else bytes if blob else int
    return not (isinstance(value, wanted) or (column.nullable and value is None))


def _texts(table: Table) -> list[str]:
    """The columns of text; the day of a voucher is another check's."""
    return [c.name for c in table.c if isinstance(c.type, Text) and c.name != "date"]


def _unusual(table: Table, columns: list[str]) -> str:
    """A query for rows that hold more than plain ASCII, with the bytes of each text."""
    keys = ", ".join(f'"{c.name}"' for c in table.primary_key)
    held = ", ".join(f'CAST("{name}" AS BLOB) AS "held_{name}"' for name in columns)
    unusual = " OR ".join(f"\"{name}\" GLOB '*[^ -~]*'" for name in columns)
    owner = _owner(table)
    return f'SELECT {keys}, {owner} AS owner, {held} FROM "{table.name}" WHERE {_within(table)} AND ({unusual})'  # noqa: S608  # ours


@check(29, "every text is valid and in the composed form (NFC)")
def text_valid(scope: Scope) -> Iterator[Said]:
    """One name, one spelling in bytes; the database finds what is not plain ASCII, and that is looked at."""
    for table in tables.METADATA.sorted_tables if scope.is_sqlite else ():
        columns = _texts(table)
        for found in scope.rows(_unusual(table, columns)) if columns else ():
            row = dict(found._mapping)  # noqa: SLF001  # SQLAlchemy's public name
            for name in columns:
                why = _unreadable(row[f"held_{name}"] or b"")
                if why:
                    yield row["owner"], f"the {name} of {_place(scope, table, row)} {why}."


def _unreadable(held: bytes) -> str:
    try:
        text = held.decode("utf-8")
    except UnicodeDecodeError:
        return "is not valid text (UTF-8)"
    return "" if held.isascii() or unicodedata.is_normalized("NFC", text) else "is not in composed form (NFC)"


_PAPERS = """
SELECT entity, sequence, line, name, sha256 FROM attachment
WHERE entity BETWEEN :first AND :last AND (length(sha256) <> 64 OR trim(sha256, '0123456789abcdef') <> '')
"""


@check(34, "a paper's digest is a SHA-256: 64 digits 0-9 a-f")
def digests(scope: Scope) -> Iterator[Said]:
    """A digest of another form can never be found equal to the paper's."""
    for row in scope.rows(_PAPERS):
        named = scope.voucher(row.entity, row.sequence)
        yield row.entity, f"paper {row.line} of {named} ({row.name}) has “{row.sha256}”, which is no SHA-256."
