"""Accounts, members and loans: every posting stands where it may, and the subsidiary ledgers agree with the control."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bookkeeper.audit.check import Said, Scope, check, money
from bookkeeper.definitions.chart import FINES_ROLE
from bookkeeper.definitions.kind import kind, kinds

_STRANGE_ACCOUNTS = """
SELECT u.entity, u.account FROM
(SELECT entity, account FROM posting WHERE entity BETWEEN :first AND :last GROUP BY entity, account) u
WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.entity = u.entity AND a.id = u.account)
"""
_ON_ACCOUNT = "SELECT sequence, paise FROM posting WHERE entity = :entity AND account = :account ORDER BY sequence"


@check(12, "a posting's account is of its own entity")
def accounts_of_the_entity(scope: Scope) -> Iterator[Said]:
    """The key of an account begins with the entity: one that is not in this chart is another's, or none."""
    for entity, account in scope.rows(_STRANGE_ACCOUNTS):
        for sequence, paise in scope.rows(_ON_ACCOUNT, entity=entity, account=account):
            told = f"{scope.voucher(entity, sequence)} posts {money(paise)} to account {account}"
            yield entity, f"{told}, which is not in this entity's chart."


_STRANGE_MEMBERS = """
SELECT u.entity, u.member FROM
(SELECT entity, member FROM posting
 WHERE entity BETWEEN :first AND :last AND member IS NOT NULL GROUP BY entity, member) u
WHERE NOT EXISTS (SELECT 1 FROM member m WHERE m.entity = u.entity AND m.id = u.member)
"""
_OF_MEMBER = "SELECT sequence, paise FROM posting WHERE entity = :entity AND member = :member ORDER BY sequence"
_OUT_OF_TIME = """
SELECT m.entity, m.id, m.joined, m."left" AS gone, p.sequence, p.date, p.account, p.paise
FROM member m CROSS JOIN posting p
WHERE m.entity BETWEEN :first AND :last AND p.entity = m.entity AND p.member = m.id
  AND (p.date < m.joined OR p.date > m."left")
  AND NOT EXISTS (SELECT 1 FROM voucher x WHERE x.entity = p.entity AND x.reverses = p.sequence)
  AND NOT EXISTS (SELECT 1 FROM voucher x JOIN voucher o ON o.entity = x.entity AND o.sequence = x.reverses
    WHERE x.entity = p.entity AND x.sequence = p.sequence AND (o.date < m.joined OR o.date > m."left"))
"""
_VOUCHER = "SELECT kind, reverses FROM voucher WHERE entity = :entity AND sequence = :sequence"
_ROLE = "SELECT role FROM account WHERE entity = :entity AND id = :account"


@check(13, "a posting's member is in the register, has joined by then and has not left")
def members_belong(scope: Scope) -> Iterator[Said]:
    """An opening voucher may name one who joins on a later day; one who left may still pay back what she owes.

    What was entered while she belonged and is reversed does not hold her back from leaving earlier: it counts no more,
    and neither does its mirror.
    """
    for entity, member in scope.rows(_STRANGE_MEMBERS):
        for sequence, paise in scope.rows(_OF_MEMBER, entity=entity, member=member):
            told = f"{scope.voucher(entity, sequence)} posts {money(paise)} for {scope.member(entity, member)}"
            yield entity, f"{told}."
    for row in scope.rows(_OUT_OF_TIME):
        named, who = scope.voucher(row.entity, row.sequence), scope.member(row.entity, row.id)
        voucher = next(scope.rows(_VOUCHER, entity=row.entity, sequence=row.sequence), None)
        opening = voucher is not None and voucher.kind == "opening"
        if row.joined and row.date < row.joined and not opening:
            yield row.entity, f"{named} is for {who}, who joined on {row.joined}."
        back = row.paise < 0 or (voucher is not None and voucher.reverses is not None)
        if row.gone and row.date > row.gone and not (back and _is_owed(scope, row.entity, row.account)):
            yield row.entity, f"{named} is for {who}, who left on {row.gone}."


def _is_owed(scope: Scope, entity: int, account: int) -> bool:
    """Whether an account takes what one who left may still owe: loans, interest on them, fines."""
    key = scope.kinds.get(entity, "")
    of_kind = kind(key) if key in kinds() else None
    role = next(scope.rows(_ROLE, entity=entity, account=account), (None,))[0]
    return of_kind is not None and role in {*of_kind.loan_roles, *of_kind.interest_roles, FINES_ROLE}


_WITHOUT_MEMBER = """
SELECT p.entity, p.sequence, p.account, p.paise FROM posting p CROSS JOIN account a CROSS JOIN entity e
WHERE p.entity BETWEEN :first AND :last AND p.member IS NULL AND a.entity = p.entity AND a.id = p.account
  AND a.role = :role AND e.id = p.entity AND e.kind = :kind
"""
_WITHOUT_LOAN = """
SELECT p.entity, p.sequence, p.account, p.paise FROM account a CROSS JOIN entity e CROSS JOIN posting p
WHERE a.entity BETWEEN :first AND :last AND a.role = :role AND e.id = a.entity AND e.kind = :kind
  AND p.entity = a.entity AND p.account = a.id AND p.loan IS NULL
"""


@check(13, "a posting to savings or loans of members names its member")
def members_named(scope: Scope) -> Iterator[Said]:
    """The control accounts of the entity's kind take no posting without a member."""
    for found in scope.kinds_there():
        for role in found.member_roles:
            yield from _lacking(scope, "member", scope.rows(_WITHOUT_MEMBER, role=role, kind=found.key))


def _lacking(scope: Scope, what: str, rows: Iterator[Any]) -> Iterator[Said]:
    for row in rows:
        told = f"{scope.voucher(row.entity, row.sequence)} posts {money(row.paise)}"
        yield row.entity, f"{told} to {scope.account(row.entity, row.account)} without a {what}."


_CONTROL = """
SELECT a.entity, a.id,
  (SELECT coalesce(sum(p.paise), 0) FROM posting p WHERE p.entity = a.entity AND p.account = a.id) AS control,
  (SELECT coalesce(sum(p.paise), 0) FROM member m CROSS JOIN posting p
   WHERE m.entity = a.entity AND p.entity = m.entity AND p.member = m.id AND p.account = a.id) AS ledgers
FROM account a JOIN entity e ON e.id = a.entity
WHERE a.entity BETWEEN :first AND :last AND a.role = :role AND e.kind = :kind
"""
_CONTROL_OF_LOANS = """
SELECT a.entity, a.id,
  (SELECT coalesce(sum(p.paise), 0) FROM posting p WHERE p.entity = a.entity AND p.account = a.id) AS control,
  (SELECT coalesce(sum(p.paise), 0) FROM loan l CROSS JOIN posting p
   WHERE l.entity = a.entity AND p.entity = l.entity AND p.loan = l.number AND p.account = a.id) AS ledgers
FROM account a JOIN entity e ON e.id = a.entity
WHERE a.entity BETWEEN :first AND :last AND a.role = :role AND e.kind = :kind
"""


@check(14, "a control account equals the sum of the members' ledgers")
def control_accounts(scope: Scope) -> Iterator[Said]:
    """Savings and loans by the ledger and by the register of members agree."""
    for found in scope.kinds_there():
        for role in found.member_roles:
            yield from _apart(scope, "members'", scope.rows(_CONTROL, role=role, kind=found.key))


def _apart(scope: Scope, whose: str, rows: Iterator[Any]) -> Iterator[Said]:
    for row in rows:
        if row.control != row.ledgers:
            told = f"{scope.account(row.entity, row.id)} stands at {money(row.control)}"
            yield row.entity, f"{told}, the {whose} ledgers add up to {money(row.ledgers)}."


_OF_ANOTHER = """
SELECT p.entity, p.sequence, p.loan, p.member, p.paise, l.member AS borrower FROM posting p
LEFT JOIN loan l ON l.entity = p.entity AND l.number = p.loan
WHERE p.entity BETWEEN :first AND :last AND p.loan IS NOT NULL
  AND (l.member IS NULL OR p.member IS NULL OR l.member <> p.member)
"""


@check(15, "a posting's loan is there and is that member's own; the loans add up to their control account")
def loans_belong(scope: Scope) -> Iterator[Said]:
    """A loan's outstanding is what its postings add up to; together they are the control account."""
    for row in scope.rows(_OF_ANOTHER):
        told = f"{scope.voucher(row.entity, row.sequence)} posts {money(row.paise)} to loan {row.loan}"
        why = "which is not there" if row.borrower is None else f"which is of {scope.member(row.entity, row.borrower)}"
        yield row.entity, f"{told}, {why}."
    for found in scope.kinds_there():
        for role in found.loan_roles:
            yield from _lacking(scope, "loan", scope.rows(_WITHOUT_LOAN, role=role, kind=found.key))
            yield from _apart(scope, "loans'", scope.rows(_CONTROL_OF_LOANS, role=role, kind=found.key))
