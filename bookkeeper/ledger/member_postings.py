"""The postings of members, in the order in which a member's ledger shows them: what her registers are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from bookkeeper.definitions.chart import INTEREST_ON_SAVINGS_ROLE
from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.counter_accounts import moved_by_line
from bookkeeper.ledger.entities import Entity
from bookkeeper.ledger.particulars import NAMES, Told, name_in, reversed_by_in, reverses_in, with_reversals
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx


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
    line: int = 0

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
        account.grouping, posting.paise, posting.loan, posting.line, *NAMES,
    ).select_from(with_reversals(joined))  # fmt: skip
    query = query.where(hers.entity == entity.id, posting.date <= until)
    if roles is not None:
        query = query.where(account.role.in_(sorted(roles)))
    if member:
        query = query.where(hers.number == member)
    paying = {int(sequence) for (sequence,) in tx.connection.execute(interest_vouchers(tx, entity))}
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
            row.line,
        )


def in_money(tx: Tx, entity: Entity, since: str, until: str) -> dict[tuple[int, int], int]:
    """What of each line of the receipts and payments of a period moved as money: link and line → paise, as it stands.

    Lines that moved none, as what is set off, are left out.
    """
    chart = chart_of(tx, entity.id).by_id
    posting, voucher = tables.posting.c, tables.voucher.c
    entered = (voucher.entity == posting.entity) & (voucher.sequence == posting.sequence)
    query = select(posting.sequence, posting.line, posting.account, posting.paise)
    query = query.join_from(tables.voucher, tables.posting, entered).where(voucher.entity == entity.id)
    query = query.where(voucher.date.between(since, until), voucher.kind.in_(("receipt", "payment")))
    found: dict[tuple[int, int], int] = {}
    rows = tx.connection.execute(query.order_by(posting.sequence, posting.line))
    for _, of_voucher in groupby(rows, key=lambda row: row.sequence):
        lines = list(of_voucher)
        moved = moved_by_line([(chart[line.account], line.paise) for line in lines])
        found |= {(line.sequence, line.line): paise for line, paise in zip(lines, moved, strict=True) if paise}
    return found


def ways(tx: Tx, entity: Entity, since: str, until: str, roles: Collection[str], member: str = "") -> tuple[bool, bool]:
    """Whether in a period anything went to members from these accounts, and whether interest was credited on them."""
    posting, account, hers, voucher = tables.posting.c, tables.account.c, tables.member.c, tables.voucher.c
    on = (account.entity == posting.entity) & (account.id == posting.account)
    of = (hers.entity == posting.entity) & (hers.id == posting.member)
    entered = (voucher.entity == posting.entity) & (voucher.sequence == posting.sequence)
    joined = tables.member.join(tables.posting, of).join(tables.account, on).join(tables.voucher, entered)
    query = select(posting.sequence).select_from(joined).where(hers.entity == entity.id, voucher.kind != "opening")
    query = query.where(posting.date.between(since, until), account.role.in_(sorted(roles)))
    query = query.where(hers.number == member) if member else query
    to_her = (posting.paise > 0) != voucher.reverses.is_not(None)
    by_interest = posting.sequence.in_(interest_vouchers(tx, entity))
    of_each = (query.where(to_her), query.where(~to_her, by_interest))
    withdrawn, interest = (tx.connection.execute(one.limit(1)).first() is not None for one in of_each)
    return withdrawn, interest


def interest_vouchers(tx: Tx, entity: Entity) -> Select[int]:
    """The query of the vouchers that charge interest on savings. They are few: read once, not sought for each row."""
    heads = [account.id for account in chart_of(tx, entity.id).of_role(INTEREST_ON_SAVINGS_ROLE)]
    posting = tables.posting.c
    return select(posting.sequence).where(posting.entity == entity.id, posting.account.in_(heads))
