"""The third schema: the product by which a loan was given, and its terms as they held on that day."""

from __future__ import annotations

from typing import Final

revision = "0003"
down_revision: str | None = "0002"

FILLS: Final[dict[str, dict[str, str]]] = {
    "loan": {"product": "''", "terms": "''"},
}
"""Table → new column → the SQL expression over the old row that fills it when a file is copied."""


def upgrade() -> None:
    """Nothing beyond the first step, which lays out the present tables: files are migrated by a copy."""
