"""The vouchers of a meeting, in the order of the contract: receipts by head, receipts by bank, payments, contras."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bookkeeper.ledger.accounts import Chart
from bookkeeper.ledger.lending import LoanTerms
from bookkeeper.rules.meeting import BANK, CASH, SAVINGS, FootLine, MeetingSheet, SheetRow
from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Posting, Voucher

LOANS, INTEREST, FINES, FEES = "member-loans", "interest-on-member-loans", "fines", "membership-fees"


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment on a loan as it is posted; paise."""

    member: str
    loan: int
    principal: Paise
    interest: Paise
    by: str
    row: int | None


def vouchers_of(
    sheet: MeetingSheet,
    chart: Chart,
    paid: Sequence[Paid],
    new: Mapping[int, tuple[SheetRow, LoanTerms]],
    drawn: Mapping[int, Sequence[tuple[str, Paise]]],
) -> tuple[Voucher, ...]:
    """Every voucher of a sheet, balanced, of its day and number.

    `paid` are the payments on loans, `new` the loans given by number, `drawn` what each row's withdrawal takes.
    """
    made = [
        *_by_head(sheet, chart, paid),
        *(_foot(line) for line in sheet.other if line.kind == "receipt" and line.by == CASH),
        *_by_member(sheet, paid),
        *(_foot(line) for line in sheet.other if line.kind == "receipt" and line.by == BANK),
        *(_lending(number, row) for number, (row, _) in new.items()),
        *(_drawing(sheet.rows[place], parts) for place, parts in drawn.items()),
        *(_foot(line) for line in sheet.other if line.kind == "payment"),
        *(_contra(line) for line in sheet.other if line.kind == "contra"),
    ]
    return tuple(replace(voucher, date=sheet.date, meeting=sheet.number) for voucher in made)


def _credits(row: SheetRow, paid: Sequence[Paid]) -> Iterator[Posting]:
    """What a row pays in, head by head, as credits."""

    def credit(account: str, amount: Paise, loan: int | None = None) -> Posting:
        return Posting(account, Paise(-amount), row.member, loan, row=row.row)

    for column, role in SAVINGS.items():
        yield credit(role, getattr(row, column))
    hers = [one for one in paid if (one.member, one.by) == (row.member, row.by)]
    yield from (credit(LOANS, one.principal, one.loan) for one in hers)
    yield from (credit(INTEREST, one.interest, one.loan) for one in hers)
    yield credit(FINES, row.fine)
    yield from (credit(one.account, one.amount) for one in row.other)


def _by_head(sheet: MeetingSheet, chart: Chart, paid: Sequence[Paid]) -> Iterator[Voucher]:
    """A receipt for each head collected in cash, with one posting for each member (and loan)."""
    heads = [*SAVINGS.values(), LOANS, INTEREST, FINES, FEES]
    order = {account.id: place for place, role in enumerate(heads) if (account := chart.by_text.get(role))}
    lines: dict[int, list[Posting]] = {account: [] for account in order}
    for row in sheet.rows:
        if row.by == CASH:
            for posting in _credits(row, paid):
                if posting.amount:
                    lines.setdefault(chart.named(posting.account).id, []).append(posting)
    for collected in lines.values():
        if collected:
            yield _receipt(CASH, collected, collected[0].row)


def _by_member(sheet: MeetingSheet, paid: Sequence[Paid]) -> Iterator[Voucher]:
    """A receipt for each member who paid by bank."""
    for row in sheet.rows:
        if row.by == BANK and (lines := [posting for posting in _credits(row, paid) if posting.amount]):
            yield _receipt(BANK, lines, row.row)


def _receipt(money: str, lines: Sequence[Posting], row: int | None) -> Voucher:
    total = -sum(posting.amount for posting in lines)
    return Voucher("receipt", "", (Posting(money, Paise(total), row=row), *lines), row=row)


def _lending(number: int, row: SheetRow) -> Voucher:
    loan = row.new_loan
    if loan is None:
        raise ValueError(row)
    lent = Posting(LOANS, loan.principal, row.member, number, row=row.row)
    return Voucher(
        "payment", "", (lent, Posting(loan.by or row.by, Paise(-loan.principal), row=row.row)), row=row.row
    )  # fmt: skip


def _drawing(row: SheetRow, parts: Sequence[tuple[str, Paise]]) -> Voucher:
    lines = [Posting(role, amount, row.member, row=row.row) for role, amount in parts]
    out = Posting(row.by, Paise(-sum(amount for _, amount in parts)), row=row.row)
    return Voucher("payment", "", (*lines, out), row=row.row)


def _foot(line: FootLine) -> Voucher:
    """A receipt or payment at the foot of the sheet."""
    money = line.amount if line.kind == "receipt" else Paise(-line.amount)
    own = Posting(line.account, Paise(-money), row=_below(line))
    moved = Posting(line.by, money, row=_below(line))
    lines = (moved, own) if line.kind == "receipt" else (own, moved)
    return Voucher(line.kind, "", lines, narration=line.narration, row=_below(line))


def _contra(line: FootLine) -> Voucher:
    """Cash put into the bank; drawn from it where the amount is negative. The debit stands first."""
    bank, cash = (
        Posting(line.account, line.amount, row=_below(line)),
        Posting(CASH, Paise(-line.amount), row=_below(line)),
    )
    lines = (bank, cash) if line.amount > 0 else (cash, bank)
    return Voucher("contra", "", lines, narration=line.narration, row=_below(line))


def _below(line: FootLine) -> int | None:
    """The row of a line at the foot, told from the members' rows by its sign."""
    return None if line.row is None else -line.row
