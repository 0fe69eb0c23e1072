"""The first schema: entities, accounts, members, loans, journal, chain, log of acts."""

from __future__ import annotations

from typing import Final

from alembic import op

from bookkeeper.store import schema
from bookkeeper.store.tables import METADATA

revision = "0001"
down_revision: str | None = None

FILLS: Final[dict[str, dict[str, str]]] = {}
"""Table → new column → the SQL expression over the old row that fills it when a file is copied."""


def upgrade() -> None:
    """Make the tables and their guards."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for statement in schema.statements():
            connection.exec_driver_sql(statement)
    else:
        METADATA.create_all(connection)
