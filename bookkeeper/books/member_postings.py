"""The postings of members, in the order in which a member's ledger shows them: what her registers are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlalchemy import exists, select

from bookkeeper.books.members import Member, members
from bookkeeper.ledger.entities import Entity
from bookkeeper.rules.voucher import voucher_name
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx


class MemberPosting(NamedTuple):
    """A posting of a member; `paise` debit positive. `takes_back`: it is of a reversal; `opens`: of the cut-off."""

    member: str
    date: str
    sequence: int
    voucher: str
    role: str | None
    paise: int
    loan: int | None
    takes_back: bool
    opens: bool
    is_interest: bool
    """Its voucher charges interest on savings: the group pays it to her savings."""

    @property
    def to_her(self) -> bool:
        """Whether it stands for money or a loan that goes to her, or takes such a thing back."""
        return (self.paise > 0) != self.takes_back


def postings(
    tx: Tx, entity: Entity, until: str, *, roles: Collection[str] | None = None, member: str = ""
) -> Iterator[MemberPosting]:
    """The postings of members up to a day, in order of date and entry; of these roles, of one member, where named."""
    posting, account, hers, voucher = tables.posting.c, tables.account.c, tables.member.c, tables.voucher.c
    on = (account.entity == posting.entity) & (account.id == posting.account)
    of = (hers.entity == posting.entity) & (hers.id == posting.member)
    entered = (voucher.entity == posting.entity) & (voucher.sequence == posting.sequence)
    other, of_other = tables.posting.alias("other").c, tables.account.alias("of_other").c
    pays = exists().where(
        other.entity == posting.entity, other.sequence == posting.sequence, of_other.entity == other.entity,
        of_other.id == other.account, of_other.role == "interest-on-savings",
    )  # fmt: skip
    joined = tables.member.join(tables.posting, of).join(tables.account, on).join(tables.voucher, entered)
    query = select(
        hers.number, posting.date, posting.sequence, voucher.series, voucher.number, voucher.year, account.role,
        posting.paise, posting.loan, voucher.reverses, voucher.kind, pays,
    ).select_from(joined)  # fmt: skip
    query = query.where(hers.entity == entity.id, posting.date <= until)
    if roles is not None:
        query = query.where(account.role.in_(sorted(roles)))
    if member:
        query = query.where(hers.number == member)
    for row in tx.connection.execute(query.order_by(posting.date, posting.sequence, posting.line)):
        number, date, sequence, series, count, year, role, paise, loan, reverses, kind, interest = row
        name = voucher_name(series, count, year)
        yield MemberPosting(
            number,
            date,
            sequence,
            name,
            role,
            int(paise),
            loan,
            reverses is not None,
            kind == "opening",
            bool(interest),
        )


def belonging(tx: Tx, entity: Entity, since: str, until: str) -> list[Member]:
    """The members who belonged to the group at some time of a period, by number."""
    return [
        member for member in members(tx, entity) if (member.joined or "") <= until and (member.left or until) >= since
    ]
