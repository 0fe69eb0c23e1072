"""A member's account with the group: what she saved, drew, borrowed and paid, day by day; when the group meets next.

A reversal counts against what it reverses; the cut-off sheet is no movement, but what she began with.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from bookkeeper.books.savings import COMPULSORY
from bookkeeper.definitions.group_rules import rules_on
from bookkeeper.definitions.kind import kind
from bookkeeper.ledger.entities import Entity, settings
from bookkeeper.rules.dates import month_of
from bookkeeper.rules.voucher import voucher_name
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx


@dataclass
class Moved:
    """What moved on a member's account in a day, in paise; `extra` is saved of one's own will, beside the fixed sum.

    `vouchers` are the names of those that moved it, in order of entry.
    """

    saved: int = 0
    extra: int = 0
    withdrawn: int = 0
    loan_given: int = 0
    principal_paid: int = 0
    interest_paid: int = 0
    vouchers: list[str] = field(default_factory=list)

    @property
    def savings(self) -> int:
        """By how much her savings grew."""
        return self.saved + self.extra - self.withdrawn

    @property
    def owed(self) -> int:
        """By how much her loans grew."""
        return self.loan_given - self.principal_paid


def moved(tx: Tx, entity: Entity, member: str, since: str, until: str) -> tuple[Moved, dict[str, Moved]]:
    """What a member's account stood at before a period (as one movement), and what moved in it, by day in order."""
    roles = kind(entity.kind)
    posting, account, hers, voucher = tables.posting.c, tables.account.c, tables.member.c, tables.voucher.c
    on = (account.entity == posting.entity) & (account.id == posting.account)
    of = (hers.entity == posting.entity) & (hers.id == posting.member)
    entered = (voucher.entity == posting.entity) & (voucher.sequence == posting.sequence)
    query = select(
        posting.date, account.role, posting.paise, voucher.reverses, voucher.kind,
        voucher.series, voucher.number, voucher.year,
    ).select_from(
        tables.member.join(tables.posting, of).join(tables.account, on).join(tables.voucher, entered)
    )  # fmt: skip
    theirs = account.role.in_((*roles.savings_roles, *roles.loan_roles, *roles.interest_roles))
    query = query.where(hers.entity == entity.id, hers.number == member, theirs, posting.date <= until)
    before = Moved()
    days: dict[str, Moved] = {}
    for row in tx.connection.execute(query.order_by(posting.date, posting.sequence, posting.line)):
        began = row.date < since or row.kind == "opening"
        one = before if began else days.setdefault(row.date, Moved())
        # to her goes a debit, and what takes such a debit back
        to_her = (row.paise > 0) == (row.reverses is None)
        _enter(one, _field(row.role, roles.savings_roles, roles.loan_roles, to_her=to_her), int(row.paise))
        name = voucher_name(row.series, row.number, row.year)
        if not began and name not in one.vouchers:
            one.vouchers.append(name)
    return before, days


def _field(role: str, savings: Sequence[str], loans: Sequence[str], *, to_her: bool) -> str:
    """Which part of a movement a posting belongs to."""
    if role in savings:
        return "withdrawn" if to_her else "saved" if role == COMPULSORY else "extra"
    if role in loans:
        return "loan_given" if to_her else "principal_paid"
    return "interest_paid"


def _enter(one: Moved, part: str, paise: int) -> None:
    """Add a posting (debit positive): what the member receives is positive by debit, what she pays by credit."""
    received = part in {"withdrawn", "loan_given"}
    setattr(one, part, getattr(one, part) + (paise if received else -paise))


def next_meeting(tx: Tx, entity: Entity, after: str, meetings: Sequence[str]) -> str:
    """The day of the first meeting after a day: one that was held, else by the group's rule, else a month on.

    `meetings` are the sorted days on which meetings were held. A group without a rule meets on the day of its last one.
    """
    held = next((day for day in meetings if day > after), None)
    if held:
        return held
    rule = rules_on(after, kind(entity.kind).rules, settings(tx, entity)).meeting_day
    last = meetings[-1] if meetings else after
    first = month_of(last) + (0 if rule and not meetings else 1)
    month = max(first, month_of(after))
    day = rule or int(last[8:])
    return next(on for on in (_day_in(month, day), _day_in(month + 1, day)) if on > after)


def _day_in(month: int, day: int) -> str:
    """A day of a month (`rules.dates.month_of`), the last one where the month is shorter."""
    year, of_year = divmod(month, 12)
    return dt.date(year, of_year + 1, min(day, monthrange(year, of_year + 1)[1])).isoformat()
