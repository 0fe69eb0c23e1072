"""The books, their users, the entities in them, and each entity's accounts and settings."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, PrimaryKeyConstraint, Table, UniqueConstraint

from bookkeeper.store.tables.columns import CLUSTERED, METADATA, STRICT, digest, iso_date, text, whole

books = Table(
    "books",
    METADATA,
    whole("id", primary_key=True, autoincrement=False),
    text("books_id"),
    text("created"),
    CheckConstraint("id = 1", name="books_one"),
    **STRICT,
)
"""One row: who these books are. `books_id` never changes and stands in every hash."""

user = Table(
    "user",
    METADATA,
    whole("number", primary_key=True, autoincrement=False),
    text("name"),
    text("rights"),
    text("pin"),
    UniqueConstraint("name", name="user_name"),
    **STRICT,
)
"""Who may do what: `rights` are words with blanks between (look enter post close manage)."""

entity = Table(
    "entity",
    METADATA,
    whole("id", primary_key=True, autoincrement=False),
    text("code"),
    text("name"),
    text("name_local"),
    text("kind"),
    whole("parent", nullable=True),
    text("starts"),
    text("language"),
    whole("sequence"),
    digest("head"),
    UniqueConstraint("code", name="entity_code"),
    ForeignKeyConstraint(["parent"], ["entity.id"], name="entity_parent"),
    iso_date("starts", "entity_starts"),
    CheckConstraint("sequence >= 0", name="entity_sequence"),
    **STRICT,
)
"""A body with its own books. `sequence` and `head` are its newest link: a cache that also serves as the lock."""

setting = Table(
    "setting",
    METADATA,
    whole("entity"),
    text("key"),
    text("value"),
    PrimaryKeyConstraint("entity", "key", name="setting_key"),
    ForeignKeyConstraint(["entity"], ["entity.id"], name="setting_entity"),
    **CLUSTERED,
)
"""What an entity has set for itself: its place, its registration number, its rules."""

account = Table(
    "account",
    METADATA,
    whole("entity"),
    whole("id"),
    text("code"),
    text("name"),
    text("grouping"),
    text("role", nullable=True),
    whole("is_default"),
    text("folio"),
    text("section"),
    PrimaryKeyConstraint("entity", "id", name="account_key"),
    UniqueConstraint("entity", "code", name="account_code"),
    ForeignKeyConstraint(["entity"], ["entity.id"], name="account_entity"),
    CheckConstraint("grouping IN ('asset', 'liability', 'capital', 'income', 'expense')", name="account_grouping"),
    CheckConstraint("is_default IN (0, 1)", name="account_is_default"),
    **CLUSTERED,
)
"""A ledger head of one entity. Where two have one role, `is_default` marks the one that the role stands for."""
