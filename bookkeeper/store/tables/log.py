"""The log of acts: who did what, when and where; written in the act's own transaction, and chained."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index, PrimaryKeyConstraint, Table, UniqueConstraint

from bookkeeper.store.tables.columns import CLUSTERED, METADATA, digest, text, whole

log = Table(
    "log",
    METADATA,
    whole("entity"),
    whole("sequence"),
    text("time"),
    whole("user"),
    text("pc"),
    text("act"),
    text("object"),
    text("old"),
    text("new"),
    text("result"),
    text("key"),
    text("file_digest"),
    digest("hash"),
    PrimaryKeyConstraint("entity", "sequence", name="log_key"),
    UniqueConstraint("key", name="log_act_key"),
    ForeignKeyConstraint(["user"], ["user.number"], name="log_user"),
    **CLUSTERED,
)
"""One act. `entity` 0 is for acts on the whole books. `old`, `new` and `result` are JSON; `time` is UTC."""

Index("log_file", log.c.entity, log.c.file_digest, sqlite_where=log.c.file_digest != "")
