"""The journal: links of the chain, vouchers, postings, and the sums kept beside them.

A voucher's key is its link's sequence, so order of key is order of entry. A posting refers to its voucher by a deferred
key: postings are written first and the voucher's row is the seal (see `store.guards`).
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, PrimaryKeyConstraint, Table, UniqueConstraint

from bookkeeper.store.tables.columns import CLUSTERED, METADATA, digest, iso_date, of_entity, text, whole

link = Table(
    "link",
    METADATA,
    whole("entity"),
    whole("sequence"),
    text("what"),
    text("body"),
    digest("hash"),
    PrimaryKeyConstraint("entity", "sequence", name="link_key"),
    ForeignKeyConstraint(["entity"], ["entity.id"], name="link_entity"),
    CheckConstraint("sequence > 0", name="link_sequence"),
    CheckConstraint(
        "what IN ('voucher', 'lock', 'closing', 'meeting', 'meeting-reversal', 'cut-off')", name="link_what"
    ),
    **CLUSTERED,
)
"""One link of an entity's chain. `body` is the canonical content; empty for a voucher, whose rows are its content."""

voucher = Table(
    "voucher",
    METADATA,
    whole("entity"),
    whole("sequence"),
    text("kind"),
    text("series"),
    whole("year"),
    whole("number"),
    text("date"),
    text("narration"),
    text("party"),
    text("reference"),
    text("resolution"),
    whole("user"),
    text("entered"),
    whole("meeting", nullable=True),
    whole("closing"),
    text("key"),
    whole("reverses", nullable=True),
    PrimaryKeyConstraint("entity", "sequence", name="voucher_key"),
    UniqueConstraint("entity", "series", "year", "number", name="voucher_number"),
    UniqueConstraint("entity", "reverses", name="voucher_reverses_once"),
    of_entity("voucher_link", "sequence", table="link", target=("sequence",), deferred=True),
    of_entity("voucher_reverses", "reverses", table="voucher", target=("sequence",)),
    ForeignKeyConstraint(["user"], ["user.number"], name="voucher_user"),
    iso_date("date", "voucher_date"),
    CheckConstraint("number > 0", name="voucher_number_positive"),
    CheckConstraint("closing IN (0, 1)", name="voucher_closing"),
    CheckConstraint(
        "kind IN ('receipt', 'payment', 'contra', 'journal', 'opening', 'sale', 'purchase')", name="voucher_kind"
    ),
    **CLUSTERED,
)
"""A posted voucher; a row that is here is posted. `entered` is UTC, `key` the act's key, `reverses` a sequence."""

Index("voucher_by_date", voucher.c.entity, voucher.c.date, voucher.c.sequence)

posting = Table(
    "posting",
    METADATA,
    whole("entity"),
    whole("sequence"),
    whole("line"),
    text("date"),
    whole("account"),
    whole("paise"),
    whole("member", nullable=True),
    whole("loan", nullable=True),
    whole("deposit", nullable=True),
    whole("share", nullable=True),
    text("fund", nullable=True),
    text("instrument", nullable=True),
    text("instrument_number", nullable=True),
    text("instrument_date", nullable=True),
    PrimaryKeyConstraint("entity", "sequence", "line", name="posting_key"),
    of_entity("posting_voucher", "sequence", table="voucher", target=("sequence",), deferred=True),
    of_entity("posting_account", "account", table="account", target=("id",)),
    of_entity("posting_member", "member", table="member", target=("id",)),
    of_entity("posting_loan", "loan", table="loan", target=("number",)),
    CheckConstraint("paise <> 0", name="posting_not_nought"),
    CheckConstraint("line > 0", name="posting_line"),
    **CLUSTERED,
)
"""One line of a voucher: `paise` debit positive. It carries its voucher's date, so that one index answers a balance."""

Index(
    "posting_by_account",
    posting.c.entity,
    posting.c.account,
    posting.c.date,
    posting.c.sequence,
    posting.c.line,
    posting.c.paise,
)
Index(
    "posting_by_member",
    posting.c.entity,
    posting.c.member,
    posting.c.account,
    posting.c.date,
    posting.c.paise,
    sqlite_where=posting.c.member.is_not(None),
)
Index(
    "posting_by_loan",
    posting.c.entity,
    posting.c.loan,
    posting.c.account,
    posting.c.date,
    posting.c.paise,
    sqlite_where=posting.c.loan.is_not(None),
)

attachment = Table(
    "attachment",
    METADATA,
    whole("entity"),
    whole("sequence"),
    whole("line"),
    text("sha256"),
    text("name"),
    PrimaryKeyConstraint("entity", "sequence", "line", name="attachment_key"),
    of_entity("attachment_voucher", "sequence", table="voucher", target=("sequence",), deferred=True),
    **CLUSTERED,
)
"""A paper behind a voucher, by the digest of its file."""

locked = Table(
    "locked",
    METADATA,
    whole("entity"),
    whole("sequence"),
    text("until"),
    PrimaryKeyConstraint("entity", "sequence", name="locked_key"),
    of_entity("locked_link", "sequence", table="link", target=("sequence",)),
    iso_date("until", "locked_until"),
    **CLUSTERED,
)
"""A lock: no voucher on or before `until` any more. The latest `until` holds."""

closing = Table(
    "closing",
    METADATA,
    whole("entity"),
    whole("year"),
    whole("sequence"),
    PrimaryKeyConstraint("entity", "year", name="closing_key"),
    of_entity("closing_link", "sequence", table="link", target=("sequence",)),
    **CLUSTERED,
)
"""A financial year that is closed, by the year in which it began."""

sum_month = Table(
    "sum_month",
    METADATA,
    whole("entity"),
    whole("account"),
    whole("month"),
    whole("closing"),
    whole("debit"),
    whole("credit"),
    PrimaryKeyConstraint("entity", "account", "month", "closing", name="sum_month_key"),
    **CLUSTERED,
)
"""Debits and credits in paise of an account in a month (`rules.dates.month_of`), closing vouchers apart: a cache."""

sum_year = Table(
    "sum_year",
    METADATA,
    whole("entity"),
    whole("account"),
    whole("year"),
    whole("closing"),
    whole("debit"),
    whole("credit"),
    PrimaryKeyConstraint("entity", "account", "year", "closing", name="sum_year_key"),
    **CLUSTERED,
)
"""The same by financial year: a cache."""
