"""Loans to members: the terms only; what is owed follows from the journal."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, PrimaryKeyConstraint, Table

from bookkeeper.store.tables.columns import CLUSTERED, METADATA, iso_date, of_entity, text, whole

loan = Table(
    "loan",
    METADATA,
    whole("entity"),
    whole("number"),
    whole("member"),
    text("disbursed"),
    text("purpose"),
    text("method"),
    text("rate_per_month"),
    whole("instalments"),
    PrimaryKeyConstraint("entity", "number", name="loan_key"),
    of_entity("loan_member", "member", table="member", target=("id",)),
    iso_date("disbursed", "loan_disbursed"),
    CheckConstraint("instalments > 0", name="loan_instalments"),
    **CLUSTERED,
)
"""A loan, numbered from 1 in its entity; `rate_per_month` is percent a month as decimal text."""
