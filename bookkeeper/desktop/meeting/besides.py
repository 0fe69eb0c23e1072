"""A row of a sheet that came back which is not a member's own on the page: what she paid by bank besides. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bookkeeper.rules.meeting import SheetRow, sheet_of
from bookkeeper.rules.money import Paise

_LOAN: Final = frozenset({"repayment", "principal", "interest", "penalty"})


@dataclass(frozen=True, slots=True)
class Besides:
    """The row, and its place among those that came back so."""

    place: int
    row: SheetRow

    def paise(self, column: str) -> Paise:
        """What stands in a column."""
        row = self.row
        if column in _LOAN:
            return Paise(sum(getattr(one, column) for one in row.repaid))
        if column == "other":
            return Paise(sum(one.amount for one in row.other))
        if column == "new_loan":
            return row.new_loan.principal if row.new_loan else Paise(0)
        return Paise(getattr(row, column))

    def is_open(self, column: str) -> bool:
        """Whether the column holds one amount, which can be mended."""
        parts = {"other": len(self.row.other)} | dict.fromkeys(_LOAN, len(self.row.repaid))
        return bool(self.paise(column)) and parts.get(column, 1) == 1

    def mended(self, amounts: Mapping[str, Paise], at: int) -> SheetRow:
        """The row with what was typed over its amounts, at a place of the sheet."""
        row, other = replace(self.row, row=at), dict(amounts)
        on_loan = {column: other.pop(column) for column in _LOAN & other.keys()}
        if on_loan:
            row = replace(row, repaid=(replace(row.repaid[0], **on_loan),))
        if "other" in other:
            row = replace(row, other=(replace(row.other[0], amount=other.pop("other")),))
        if "new_loan" in other and row.new_loan:
            row = replace(row, new_loan=replace(row.new_loan, principal=other.pop("new_loan")))
        return replace(row, **other)  # type: ignore[arg-type]  # columns of amounts alone are left


def besides_of(extra: list[dict[str, Any]]) -> Iterator[Besides]:
    """The rows in their plain form, as a draft keeps them."""
    if extra:
        for place, row in enumerate(sheet_of({"date": "", "rows": extra}).rows):
            yield Besides(place, row)
