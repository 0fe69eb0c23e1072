"""The postings of members, in the order in which a member's ledger shows them: what her registers are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from bookkeeper.ledger.entities import Entity
from bookkeeper.ledger.particulars import NAMES, Told, name_in, reversed_by_in, reverses_in, with_reversals
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

INTEREST_ON_SAVINGS = "interest-on-savings"


class MemberPosting(NamedTuple):
    """A posting of a member; `paise` debit positive, `kind` and `voucher` those of its voucher."""

    member: str
    date: str
    sequence: int
    voucher: str
    kind: str
    role: str | None
    group: str
    paise: int
    loan: int | None
    told: Told
    is_interest: bool
    """Its voucher charges interest on savings: what it credits to savings is that."""

    @property
    def takes_back(self) -> bool:
        """Whether it is of a reversal."""
        return self.told.reverses is not None

    @property
    def to_her(self) -> bool:
        """Whether it stands for money or a loan that goes to her, or takes such a thing back."""
        return (self.paise > 0) != self.takes_back

    @property
    def opens(self) -> bool:
        """Whether it is of the cut-off sheet: what she began with, no movement."""
        return self.kind == "opening"

    @property
    def in_money(self) -> bool:
        """Whether its voucher moves cash or bank."""
        return self.kind in {"receipt", "payment"}


def postings(
    tx: Tx, entity: Entity, until: str, *, roles: Collection[str] | None = None, member: str = ""
) -> Iterator[MemberPosting]:
    """The postings of members up to a day, in order of date and entry; of these roles, of one member, where named."""
    posting, account, hers, voucher = tables.posting.c, tables.account.c, tables.member.c, tables.voucher.c
    on = (account.entity == posting.entity) & (account.id == posting.account)
    of = (hers.entity == posting.entity) & (hers.id == posting.member)
    entered = (voucher.entity == posting.entity) & (voucher.sequence == posting.sequence)
    joined = tables.member.join(tables.posting, of).join(tables.account, on).join(tables.voucher, entered)
    query: Select[Any] = select(
        hers.number.label("member"), posting.date, posting.sequence, voucher.kind, voucher.narration, account.role,
        account.grouping, posting.paise, posting.loan, *NAMES,
    ).select_from(with_reversals(joined))  # fmt: skip
    query = query.where(hers.entity == entity.id, posting.date <= until)
    if roles is not None:
        query = query.where(account.role.in_(sorted(roles)))
    if member:
        query = query.where(hers.number == member)
    paying = _paying_interest(tx, entity)
    for row in tx.connection.execute(query.order_by(posting.date, posting.sequence, posting.line)):
        reverses = reverses_in(row)
        yield MemberPosting(
            row.member,
            row.date,
            row.sequence,
            name_in(row),
            row.kind,
            row.role,
            row.grouping,
            int(row.paise),
            row.loan,
            # of a ledger's line only its reversal is told: a narration is the voucher's, not the member's
            Told(row.narration if reverses else "", reverses, reversed_by_in(row)),
            row.sequence in paying,
        )


def _paying_interest(tx: Tx, entity: Entity) -> set[int]:
    """The vouchers that charge interest on savings. They are few, so they are read once and not sought for each row."""
    posting, account = tables.posting.c, tables.account.c
    on = (account.entity == posting.entity) & (account.id == posting.account)
    query = select(posting.sequence).join_from(tables.account, tables.posting, on)
    query = query.where(account.entity == entity.id, account.role == INTEREST_ON_SAVINGS)
    return {int(sequence) for (sequence,) in tx.connection.execute(query)}
