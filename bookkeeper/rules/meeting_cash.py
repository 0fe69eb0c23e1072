"""The cash account of a meeting as its vouchers move the box: what was in it, what came in and what went out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bookkeeper.rules.fees import Borne, Levied, borne
from bookkeeper.rules.meeting import CASH, MeetingSheet, NewLoan, SheetRow

FeesOf = Callable[[NewLoan], tuple[Levied, ...]]
"""The fees that fall on a new loan."""


@dataclass(frozen=True, slots=True)
class Cash:
    """The cash account of a meeting, in paise; what goes out is positive.

    `fees` of new loans are those paid in with them in cash, and those kept back from what is paid out.
    """

    before: int = 0
    from_members: int = 0
    other_receipts: int = 0
    to_members: int = 0
    other_payments: int = 0
    into_bank: int = 0
    fees: int = 0

    @property
    def should_be(self) -> int:
        """What has to be in the box."""
        came = self.before + self.from_members + self.fees + self.other_receipts
        return came - self.to_members - self.other_payments - self.into_bank


def cash_of(sheet: MeetingSheet, before: int, fees_of: FeesOf) -> Cash:
    """The cash account of a sheet on which everything is right."""
    by_cash = [row for row in sheet.rows if row.by == CASH]
    lent = sum(row.new_loan.principal for row in sheet.rows if row.new_loan and _paid_out_by(row) == CASH)
    feet = [line for line in sheet.other if line.by == CASH]
    return Cash(
        before=before,
        from_members=sum(row.received for row in by_cash),
        other_receipts=sum(line.amount for line in feet if line.kind == "receipt"),
        to_members=lent + sum(row.withdrawal for row in by_cash),
        other_payments=sum(line.amount for line in feet if line.kind == "payment"),
        into_bank=sum(line.amount for line in sheet.other if line.kind == "contra"),
        fees=sum(_fees_in_cash(row, fees_of) for row in sheet.rows),
    )


def _paid_out_by(row: SheetRow) -> str:
    """How a new loan goes out: as it was said, else as she pays."""
    return (row.new_loan.by if row.new_loan else None) or row.by


def _fees_in_cash(row: SheetRow, fees_of: FeesOf) -> int:
    """What the fees of a row's new loan leave in the box."""
    fees = fees_of(row.new_loan) if row.new_loan else ()
    paid = borne(fees, Borne.PAID) if row.by == CASH else 0
    return paid + (borne(fees, Borne.DEDUCTED) if _paid_out_by(row) == CASH else 0)
