"""Meetings and cut-off sheets as they were handed in; what they brought in money stands in the journal.

Each row hangs on a link of the chain whose body has the digest of the sheet, so that a meeting without money is
guarded as one with it.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint, Table, UniqueConstraint

from bookkeeper.store.tables.columns import CLUSTERED, METADATA, iso_date, of_entity, text, whole

meeting = Table(
    "meeting",
    METADATA,
    whole("entity"),
    whole("sequence"),
    whole("number"),
    text("date"),
    whole("vouchers"),
    text("sheet"),
    text("notes"),
    PrimaryKeyConstraint("entity", "sequence", name="meeting_key"),
    of_entity("meeting_link", "sequence", table="link", target=("sequence",)),
    iso_date("date", "meeting_date"),
    CheckConstraint("number > 0", name="meeting_number"),
    CheckConstraint("vouchers >= 0", name="meeting_vouchers"),
    **CLUSTERED,
)
"""A meeting. `vouchers` counts its vouchers, which are the links just before its own; `sheet` is `rules.meeting.plain`
as JSON, `notes` what posting found worth noting (`books.meetings`)."""

Index("meeting_by_number", meeting.c.entity, meeting.c.number)

meeting_reversal = Table(
    "meeting_reversal",
    METADATA,
    whole("entity"),
    whole("sequence"),
    whole("reverses"),
    PrimaryKeyConstraint("entity", "sequence", name="meeting_reversal_key"),
    UniqueConstraint("entity", "reverses", name="meeting_reversal_once"),
    of_entity("meeting_reversal_link", "sequence", table="link", target=("sequence",)),
    of_entity("meeting_reversal_meeting", "reverses", table="meeting", target=("sequence",)),
    **CLUSTERED,
)
"""A meeting that was taken back: its number is free again, its attendance and minutes leave the registers."""

cut_off = Table(
    "cut_off",
    METADATA,
    whole("entity"),
    whole("sequence"),
    text("date"),
    text("sheet"),
    PrimaryKeyConstraint("entity", "sequence", name="cut_off_key"),
    of_entity("cut_off_link", "sequence", table="link", target=("sequence",)),
    iso_date("date", "cut_off_date"),
    **CLUSTERED,
)
"""A cut-off sheet; its opening voucher is the link just before its own."""
