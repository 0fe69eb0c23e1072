"""What may never fall below nought at the end of a day: cash, a member's savings, what is owed on a loan.

A voucher may be back-dated, so every later day is looked at as well; only what these vouchers themselves make worse is
refused. Cash alone may fall below with a reason, which then stands in the narration.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy import ColumnElement, func, select

from bookkeeper.errors import BadInput, Fault, Refused
from bookkeeper.ledger.balances import balance_before
from bookkeeper.ledger.entities import Entity
from bookkeeper.ledger.examine import Examined
from bookkeeper.rules.dates import Day
from bookkeeper.rules.money import Amount
from bookkeeper.rules.said import Said
from bookkeeper.rules.text import LONG, NotAText, needed
from bookkeeper.rules.voucher import Voucher
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

CASH_ROLE = "cash"
CASH_BELOW_ZERO = "cash-below-zero"


def with_reason(found: Examined, reason: str) -> tuple[Voucher, ...]:
    """The vouchers, with the reason for cash below nought written into the narration of each that pays out cash."""
    try:
        reason = needed(reason, LONG)
    except NotAText as error:
        raise BadInput(Fault(str(error), field=CASH_BELOW_ZERO)) from None
    cash = {a.id for a in found.chart.of_role(CASH_ROLE)}
    return tuple(
        replace(v, narration="; ".join(filter(None, (v.narration, f"cash below zero: {reason}"))))
        if any(a in cash and p.amount < 0 for p, (a, _) in zip(v.postings, lines, strict=True))
        else v
        for v, lines in zip(found.entries, found.lines, strict=True)
    )


def check(tx: Tx, entity: Entity, found: Examined, *, cash_may_fall: bool) -> None:
    """Look at every account, member and loan that the vouchers just posted lower. Raises Refused naming the day."""
    faults = [] if cash_may_fall else list(_cash(tx, entity.id, found))
    faults += [*_savings(tx, entity.id, found), *_loans(tx, entity.id, found)]
    if faults:
        raise Refused(*faults)


Moves = dict[str, int]
"""Day → what these vouchers changed on it, in paise."""


def _moved(found: Examined, accounts: set[int], sign: int) -> dict[tuple[int, str | None, int | None], Moves]:
    """What the vouchers changed, by account, member and loan; `sign` -1 where a balance is credit."""
    moves: dict[tuple[int, str | None, int | None], Moves] = defaultdict(lambda: defaultdict(int))
    for voucher, lines in zip(found.entries, found.lines, strict=True):
        for posting, (account, loan) in zip(voucher.postings, lines, strict=True):
            if account in accounts:
                moves[(account, posting.member, loan)][voucher.date] += sign * posting.amount
    return {key: days for key, days in moves.items() if any(change < 0 for change in days.values())}


def _below(balance: int, days: Iterable[tuple[str, int]], moves: Moves) -> tuple[str, int] | None:
    """The first day that ends below nought because of `moves`, with its balance; `days` have their net change."""
    own = 0
    for day, change in days:
        balance += change
        own += moves.get(day, 0)
        if balance < 0 and own < 0:
            return day, balance
    return None


def _row(
    found: Examined, day: str, account: int, sign: int = 1, member: str | None = None, loan: int | None = None
) -> int | None:
    """The row of the last posting up to that day which lowers the account (of that member or loan)."""
    rows = [
        posting.row or voucher.row
        for voucher, lines in zip(found.entries, found.lines, strict=True)
        for posting, (on, of_loan) in zip(voucher.postings, lines, strict=True)
        if voucher.date <= day and on == account and sign * posting.amount < 0
        if member in {None, posting.member} and loan in {None, of_loan}
    ]
    return rows[-1] if rows else None


def _days(tx: Tx, *where: ColumnElement[bool], sign: int = 1) -> Iterator[tuple[str, int]]:
    date = tables.posting.c.date
    query = select(date, func.sum(tables.posting.c.paise)).where(*where).group_by(date).order_by(date)
    return ((day, sign * int(change)) for day, change in tx.connection.execute(query))


def _cash(tx: Tx, entity: int, found: Examined) -> Iterator[Fault]:
    posting = tables.posting.c
    cash = {a.id for a in found.chart.of_role(CASH_ROLE)}
    together: dict[int, Moves] = defaultdict(lambda: defaultdict(int))
    for (account, _, _), moves in _moved(found, cash, 1).items():
        for day, change in moves.items():
            together[account][day] += change
    for account, moves in together.items():
        first = min(moves)
        days = _days(tx, posting.entity == entity, posting.account == account, posting.date >= first)
        fault = _below(balance_before(tx, entity, account, first), days, moves)
        if fault:
            name = Said(found.chart.by_id[account].name)
            yield Fault(
                Said(
                    "{name} would be {amount} at the end of {day}.",
                    name=name,
                    amount=Amount(fault[1]),
                    day=Day(fault[0]),
                ),
                "Enter the missing receipt or contra first, or give the reason with --cash-below-zero.",
                row=_row(found, fault[0], account),
                allowed_with=CASH_BELOW_ZERO,
            )


def _savings(tx: Tx, entity: int, found: Examined) -> Iterator[Fault]:
    posting = tables.posting.c
    accounts = {a.id for a in found.chart.of_role(*found.kind.savings_roles)}
    for (account, member, _), moves in _moved(found, accounts, -1).items():
        if member is None:
            continue
        hers = (posting.entity == entity, posting.member == found.member_ids[member], posting.account == account)
        fault = _below(0, _days(tx, *hers, sign=-1), moves)
        if fault:
            name = Said(found.chart.by_id[account].name)
            yield Fault(
                Said(
                    "{name} of member {member} would be {amount} at the end of {day}.",
                    name=name,
                    member=member,
                    amount=Amount(fault[1]),
                    day=Day(fault[0]),
                ),
                "She cannot draw more than she has saved.",
                row=(row := _row(found, fault[0], account, -1, member)),
                field="" if row is None else "debit",
            )


def _loans(tx: Tx, entity: int, found: Examined) -> Iterator[Fault]:
    posting = tables.posting.c
    accounts = {a.id for a in found.chart.of_role(*found.kind.loan_roles)}
    for (account, _, loan), moves in _moved(found, accounts, 1).items():
        if loan is None:
            continue
        fault = _below(0, _days(tx, posting.entity == entity, posting.loan == loan, posting.account == account), moves)
        if fault:
            yield Fault(
                Said(
                    "loan {loan} would be {amount} at the end of {day}.",
                    loan=loan,
                    amount=Amount(fault[1]),
                    day=Day(fault[0]),
                ),
                "Principal cannot be repaid before or beyond what was lent.",
                row=(row := _row(found, fault[0], account, loan=loan)),
                field="" if row is None else "credit",
            )
