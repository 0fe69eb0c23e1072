"""The register of members of each entity."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint, Table, UniqueConstraint

from bookkeeper.store.tables.columns import CLUSTERED, METADATA, text, whole

member = Table(
    "member",
    METADATA,
    whole("entity"),
    whole("id"),
    text("number"),
    text("name"),
    text("name_local"),
    text("joined", nullable=True),
    text("left", nullable=True),
    text("office"),
    text("gender"),
    text("caste"),
    text("poverty"),
    text("phone"),
    text("nominee"),
    text("language"),
    text("kyc"),
    PrimaryKeyConstraint("entity", "id", name="member_key"),
    UniqueConstraint("entity", "number", name="member_number"),
    ForeignKeyConstraint(["entity"], ["entity.id"], name="member_entity"),
    **CLUSTERED,
)
"""A member, by the number that never changes; `joined` and `left` are ISO dates or null, `kyc` as in `rules.kyc`."""
