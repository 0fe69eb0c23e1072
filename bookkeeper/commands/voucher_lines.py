"""A voucher as a line of a list: what the vouchers' page and the search show of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select

from bookkeeper.definitions.chart import MONEY_ROLES
from bookkeeper.ledger import finding
from bookkeeper.ledger.entities import Entity
from bookkeeper.ledger.particulars import name_in, reversed_by_in, reverses_in
from bookkeeper.report import Person
from bookkeeper.store.engine import Tx


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """A voucher in a list. `amount` is what its debits come to; `accounts` are its heads by name, without the money.

    Of a contra `accounts` are the money accounts. `people` are the members it names; `reverses` and `reversed_by` are
    names of vouchers or "".
    """

    sequence: int
    name: str
    date: str
    kind: str
    narration: str
    party: str
    accounts: tuple[str, ...]
    people: tuple[Person, ...]
    amount: int
    meeting: int | None
    closing: bool
    reverses: str
    reversed_by: str


def voucher_lines(tx: Tx, entity: Entity, query: Select[Any]) -> tuple[VoucherLine, ...]:
    """The vouchers of a query on `ledger.finding.heads`, in its order."""
    heads = tx.connection.execute(query).all()
    sums = finding.lines_of(tx, entity, [head.sequence for head in heads])
    return tuple(_line(head, sums[head.sequence]) for head in heads)


def _line(head: Row[Any], sums: finding.Lines) -> VoucherLine:
    is_contra = head.kind == "contra"
    named = (name for name, role in sums.accounts if is_contra or role not in MONEY_ROLES)
    return VoucherLine(
        sequence=head.sequence,
        name=name_in(head),
        date=head.date,
        kind=head.kind,
        narration=head.narration,
        party=head.party,
        accounts=tuple(dict.fromkeys(named)),
        people=tuple(sums.people),
        amount=sums.amount,
        meeting=head.meeting,
        closing=bool(head.closing),
        reverses=reverses_in(head) or "",
        reversed_by=reversed_by_in(head) or "",
    )
