"""Savings of members: what stands for each, by kind, and what is due of the fixed saving on a day."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import case, func, select

from bookkeeper.books.members import Member, members
from bookkeeper.definitions.group_rules import rules_on
from bookkeeper.definitions.kind import kind
from bookkeeper.ledger.entities import Entity, settings
from bookkeeper.ledger.member_postings import interest_vouchers
from bookkeeper.ledger.periods import standing_opening
from bookkeeper.rules.dates import month_of, month_start
from bookkeeper.rules.money import Paise
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

KINDS: Final = {
    "compulsory": "member-savings",
    "voluntary": "voluntary-savings",
    "special": "special-savings",
}
"""The kinds of savings as the command line names them, and the role of each."""

COMPULSORY: Final = KINDS["compulsory"]

_NOUGHT: Final = Paise(0)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a member has saved at the end of a day, in paise owed to her."""

    compulsory: Paise = _NOUGHT
    voluntary: Paise = _NOUGHT
    special: Paise = _NOUGHT

    @property
    def total(self) -> Paise:
        """All kinds together."""
        return Paise(self.compulsory + self.voluntary + self.special)


NOTHING_SAVED: Final = Saved()


def standing(tx: Tx, entity: Entity, as_of: str, member: str = "") -> dict[str, Saved]:
    """What each member has saved at the end of a day, by number; of one member alone where one is named."""
    posting, account, hers = tables.posting.c, tables.account.c, tables.member.c
    on = (account.entity == posting.entity) & (account.id == posting.account)
    of = (hers.entity == posting.entity) & (hers.id == posting.member)
    query = select(hers.number, account.role, func.sum(-posting.paise)).select_from(
        tables.member.join(tables.posting, of).join(tables.account, on)
    )
    query = query.where(hers.entity == entity.id, account.role.in_(KINDS.values()), posting.date <= as_of)
    if member:
        query = query.where(hers.number == member)
    names = {role: name for name, role in KINDS.items()}
    found: dict[str, dict[str, Paise]] = defaultdict(dict)
    for number, role, paise in tx.connection.execute(query.group_by(hers.number, account.role)):
        found[number][names[role]] = Paise(int(paise))
    return {number: Saved(**by_kind) for number, by_kind in found.items()}


def due_on(tx: Tx, entity: Entity, day: str, members: Sequence[Member], meetings: Sequence[str]) -> dict[str, Paise]:
    """What each member owes of the fixed saving in a meeting on a day, arrears included, in paise.

    She owes it for each meeting held since she joined (or for each month, where that is the rule), this one included,
    less what she has paid of it since; what she paid ahead counts. Without a rule nothing is due.
    """
    defaults, own = kind(entity.kind).rules, settings(tx, entity)
    if not any(key.partition("@")[0] == "savings-amount" for key in own) and "savings-amount" not in defaults:
        return {}
    opening = standing_opening(tx, entity.id)
    held = [*meetings[: bisect_left(meetings, day)], day]
    monthly = rules_on(day, defaults, own).savings_due == "month"
    if monthly:
        first = month_of(max(min(held[0], day), opening))
        held = [*(month_start(month) for month in range(first, month_of(day))), day]
    owed = [(on, rules_on(on, defaults, own).savings_amount) for on in held if on > opening]
    paid = _paid_before(tx, entity, day, opening)
    found = {}
    for member in members:
        if not member.belonged(day, day):
            continue
        since = month_start(month_of(member.joined)) if monthly and member.joined else member.joined or ""
        expected = sum(amount for on, amount in owed if on >= since)
        found[member.number] = Paise(max(expected - paid.get(member.number, 0), 0))
    return found


def _paid_before(tx: Tx, entity: Entity, day: str, opening: str) -> dict[str, int]:
    """What members paid of the fixed saving after the opening and before a day; reversals taken off.

    Interest that the group credits to savings was not paid by her.
    """
    posting, account, hers, voucher = tables.posting.c, tables.account.c, tables.member.c, tables.voucher.c
    on = (account.entity == posting.entity) & (account.id == posting.account)
    of = (hers.entity == posting.entity) & (hers.id == posting.member)
    entered = (voucher.entity == posting.entity) & (voucher.sequence == posting.sequence)
    given = (posting.paise < 0) & voucher.reverses.is_(None)
    taken_back = (posting.paise > 0) & voucher.reverses.is_not(None)
    paid = func.sum(case((given | taken_back, -posting.paise), else_=0))
    query = select(hers.number, paid).select_from(
        tables.member.join(tables.posting, of).join(tables.account, on).join(tables.voucher, entered)
    )
    query = query.where(hers.entity == entity.id, account.role == COMPULSORY, posting.date < day)
    query = query.where(posting.date > opening, posting.sequence.not_in(interest_vouchers(tx, entity)))
    query = query.group_by(hers.number)
    return {number: int(paise) for number, paise in tx.connection.execute(query)}


def belonging(tx: Tx, entity: Entity, since: str, until: str) -> list[Member]:
    """The members who belonged to the group at some time of a period, by number: those whom its sheets name."""
    return [member for member in members(tx, entity) if member.belonged(since, until)]
