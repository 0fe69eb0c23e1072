"""The vouchers of a meeting, in the order of the contract: receipts by head, receipts by bank, payments, contras."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bookkeeper.definitions.chart import FINES_ROLE, INTEREST_ROLE, LOANS_ROLE, PENALTY_ROLE
from bookkeeper.ledger.accounts import Chart
from bookkeeper.ledger.loan_products import Given
from bookkeeper.rules.fees import Borne, borne
from bookkeeper.rules.meeting import BANK, CASH, SAVINGS, FootLine, MeetingSheet, SheetRow
from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Posting, Voucher

_FEES = "membership-fees"


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment on a loan as it is posted; paise."""

    member: str
    loan: int
    principal: Paise
    interest: Paise
    by: str
    row: int | None
    penalty: Paise


@dataclass(frozen=True, slots=True)
class NewlyLent:
    """A loan that is given in the meeting: the member's row, and on what terms."""

    row: SheetRow
    given: Given


def vouchers_of(
    sheet: MeetingSheet,
    chart: Chart,
    paid: Sequence[Paid],
    new: Mapping[int, NewlyLent],
    drawn: Mapping[int, Sequence[tuple[str, Paise]]],
) -> tuple[Voucher, ...]:
    """Every voucher of a sheet, balanced, of its day and number.

    `paid` are the payments on loans, `new` the loans given by number, `drawn` what each row's withdrawal takes.
    """
    made = [
        *_by_head(sheet, chart, paid, new),
        *(_foot(line) for line in sheet.other if line.kind == "receipt" and line.by == CASH),
        *_by_member(sheet, paid, new),
        *(_foot(line) for line in sheet.other if line.kind == "receipt" and line.by == BANK),
        *(_lending(number, one) for number, one in new.items()),
        *(_drawing(sheet.rows[place], parts) for place, parts in drawn.items()),
        *(_foot(line) for line in sheet.other if line.kind == "payment"),
        *(_contra(line) for line in sheet.other if line.kind == "contra"),
    ]
    return tuple(replace(voucher, date=sheet.date, meeting=sheet.number) for voucher in made)


def _credits(row: SheetRow, paid: Sequence[Paid], new: Mapping[int, NewlyLent]) -> Iterator[Posting]:
    """What a row pays in, head by head, as credits; the fees of a new loan last."""

    def credit(account: str, amount: Paise, loan: int | None = None) -> Posting:
        return Posting(account, Paise(-amount), row.member, loan, row=row.row)

    for column, role in SAVINGS.items():
        yield credit(role, getattr(row, column))
    hers = [one for one in paid if (one.member, one.by) == (row.member, row.by)]
    yield from (credit(LOANS_ROLE, one.principal, one.loan) for one in hers)
    yield from (credit(INTEREST_ROLE, one.interest, one.loan) for one in hers)
    yield from (credit(PENALTY_ROLE, one.penalty, one.loan) for one in hers if one.penalty)
    yield credit(FINES_ROLE, row.fine)
    yield from (credit(one.account, one.amount) for one in row.other)
    for lent in new.values():
        if lent.row is row:
            yield from (credit(fee.account, fee.amount) for fee in lent.given.fees if fee.how is Borne.PAID)


def _by_head(
    sheet: MeetingSheet, chart: Chart, paid: Sequence[Paid], new: Mapping[int, NewlyLent]
) -> Iterator[Voucher]:
    """A receipt for each head collected in cash, with one posting for each member (and loan)."""
    heads = [*SAVINGS.values(), LOANS_ROLE, INTEREST_ROLE, PENALTY_ROLE, FINES_ROLE, _FEES]
    order = {account.id: place for place, role in enumerate(heads) if (account := chart.by_text.get(role))}
    lines: dict[int, list[Posting]] = {account: [] for account in order}
    for row in sheet.rows:
        if row.by == CASH:
            for posting in _credits(row, paid, new):
                if posting.amount:
                    lines.setdefault(chart.named(posting.account).id, []).append(posting)
    for collected in lines.values():
        if collected:
            yield _receipt(CASH, collected, collected[0].row)


def _by_member(sheet: MeetingSheet, paid: Sequence[Paid], new: Mapping[int, NewlyLent]) -> Iterator[Voucher]:
    """A receipt for each member who paid by bank."""
    for row in sheet.rows:
        if row.by == BANK and (lines := [posting for posting in _credits(row, paid, new) if posting.amount]):
            yield _receipt(BANK, lines, row.row)


def _receipt(money: str, lines: Sequence[Posting], row: int | None) -> Voucher:
    total = -sum(posting.amount for posting in lines)
    return Voucher("receipt", "", (Posting(money, Paise(total), row=row), *lines), row=row)


def _lending(number: int, one: NewlyLent) -> Voucher:
    """The loan is paid out but for the fees kept back; fees that are added to it are owed with it."""
    row, fees = one.row, one.given.fees
    loan = row.new_loan
    if loan is None:
        raise ValueError(row)
    owed = Paise(loan.principal + borne(fees, Borne.CAPITALISED))
    out = Paise(loan.principal - borne(fees, Borne.DEDUCTED))
    lines = [
        Posting(LOANS_ROLE, owed, row.member, number, row=row.row),
        Posting(loan.by or row.by, Paise(-out), row=row.row),
    ]
    lines += [
        Posting(fee.account, Paise(-fee.amount), row.member, row=row.row) for fee in fees if fee.how is not Borne.PAID
    ]
    return Voucher("payment", "", tuple(lines), row=row.row)


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
