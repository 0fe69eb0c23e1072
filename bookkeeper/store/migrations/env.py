"""Alembic's environment: runs the revisions on the connection that the caller hands over."""

from __future__ import annotations

from alembic import context

from bookkeeper.store.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
