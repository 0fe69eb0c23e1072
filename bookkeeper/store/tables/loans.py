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
    text("first_due", nullable=True),
    whole("principal"),
    whole("interest_due"),
    text("cut_off", nullable=True),
    text("product"),
    text("terms"),
    PrimaryKeyConstraint("entity", "number", name="loan_key"),
    of_entity("loan_member", "member", table="member", target=("id",)),
    iso_date("disbursed", "loan_disbursed"),
    CheckConstraint("instalments > 0", name="loan_instalments"),
    CheckConstraint("principal >= 0", name="loan_principal"),
    CheckConstraint("interest_due >= 0", name="loan_interest_due"),
    **CLUSTERED,
)
"""A loan, numbered from 1 in its entity; `rate_per_month` is percent a month as decimal text.

Of a loan that is older than the books, `cut_off` is the day of the cut-off sheet, `instalments` those left then,
`interest_due` (paise) what was due then, `principal` (paise) and `disbursed` those of the day it was given. Of others
`principal` is nought: what was lent is in the journal. `first_due` overrides a month after disbursement.

`product` is the key of the product by which it was given ("" for none), `terms` that product as it held on the day, as
JSON (`definitions.loan_product.canonical`); "" where the loan follows the group's own rules.
"""

loan_settled = Table(
    "loan_settled",
    METADATA,
    whole("entity"),
    whole("loan"),
    PrimaryKeyConstraint("entity", "loan", name="loan_settled_key"),
    of_entity("loan_settled_loan", "loan", table="loan", target=("number",)),
    **CLUSTERED,
)
"""A loan on which neither principal nor interest is owed any more: a cache, so that ten years of old loans are not
reckoned anew in each meeting. A posting on the loan takes its row away."""
