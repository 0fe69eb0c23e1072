"""What all tables share: the metadata and the types that STRICT SQLite and PostgreSQL both take."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKeyConstraint, Integer, LargeBinary, MetaData, Text

METADATA = MetaData()

WHOLE = BigInteger().with_variant(Integer(), "sqlite")

STRICT: dict[str, Any] = {"sqlite_strict": True}
CLUSTERED: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}


def whole(name: str, **options: Any) -> Column[int]:  # noqa: ANN401  # SQLAlchemy's own options
    """A column of whole numbers: paise, keys, counts."""
    options.setdefault("nullable", False)
    return Column(name, WHOLE, **options)


def text(name: str, **options: Any) -> Column[str]:  # noqa: ANN401  # SQLAlchemy's own options
    """A column of text; absent text is "" unless the column may be null."""
    options.setdefault("nullable", False)
    return Column(name, Text, **options)


def digest(name: str) -> Column[bytes]:
    """A SHA-256."""
    return Column(name, LargeBinary, nullable=False)


def iso_date(column: str, name: str) -> CheckConstraint:
    """A date is ten characters of ISO text."""
    return CheckConstraint(f"{column} LIKE '____-__-__' AND length({column}) = 10", name=name)


def of_entity(
    name: str, *columns: str, table: str, target: tuple[str, ...], deferred: bool = False
) -> ForeignKeyConstraint:
    """A reference inside one entity: both keys begin with it, so no row can point into another's books."""
    return ForeignKeyConstraint(
        ["entity", *columns],
        [f"{table}.{column}" for column in ("entity", *target)][: len(columns) + 1],
        name=name,
        deferrable=True if deferred else None,
        initially="DEFERRED" if deferred else None,
    )
