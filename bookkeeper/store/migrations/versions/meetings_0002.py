"""The second schema: meetings, cut-off sheets, the terms of loans older than the books, KYC numbers of members."""

from __future__ import annotations

from typing import Final

revision = "0002"
down_revision: str | None = "0001"

FILLS: Final[dict[str, dict[str, str]]] = {
    "member": {"kyc": "''"},
    "loan": {"first_due": "NULL", "principal": "0", "interest_due": "0", "cut_off": "NULL"},
}
"""Table → new column → the SQL expression over the old row that fills it when a file is copied."""


def upgrade() -> None:
    """Nothing beyond the first step, which lays out the present tables: files are migrated by a copy."""
