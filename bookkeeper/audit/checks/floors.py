"""What is never below nought at the end of a day: a loan, a member's savings, cash but for a reason in the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bookkeeper.audit.check import Said, Scope, check, money

_LOANS = """
SELECT entity, loan, account, min(date) AS date FROM (
  SELECT p.entity, p.loan, p.account, p.date, sum(sum(p.paise)) OVER
    (PARTITION BY p.entity, p.loan, p.account ORDER BY p.date) AS balance
  FROM posting p JOIN account a ON a.entity = p.entity AND a.id = p.account
  WHERE p.entity BETWEEN :first AND :last AND p.loan IS NOT NULL AND a.role = :role
  GROUP BY p.entity, p.loan, p.account, p.date) days
WHERE balance < 0 GROUP BY entity, loan, account
"""
_LOAN_AT = """
SELECT sum(paise) AS balance, max(CASE WHEN paise < 0 THEN sequence ELSE 0 END) AS sequence FROM posting
WHERE entity = :entity AND loan = :loan AND account = :account AND date <= :date
"""


@check(15, "no loan is below nought at the end of a day")
def loans_not_below(scope: Scope) -> Iterator[Said]:
    """Principal is not repaid before or beyond what was lent."""
    roles = {role for found in scope.kinds_there() for role in found.loan_roles}
    for role in sorted(roles):
        for entity, loan, account, date in scope.rows(_LOANS, role=role):
            own = {"entity": entity, "loan": loan, "account": account, "date": date}
            balance, sequence = next(scope.rows(_LOAN_AT, **own))
            yield entity, f"loan {loan} is {money(balance)} at the end of {date}, by {scope.voucher(entity, sequence)}."


# Only who has drawn from her savings can have drawn too much: that leaves few to add up day by day.
_SAVINGS = """
SELECT entity, member, account, min(date) AS date FROM (
  SELECT p.entity, p.member, p.account, p.date, sum(sum(p.paise)) OVER
    (PARTITION BY p.entity, p.member, p.account ORDER BY p.date) AS balance
  FROM (SELECT q.entity, q.member, q.account FROM account a CROSS JOIN posting q
      WHERE a.entity BETWEEN :first AND :last AND a.role = :role AND q.entity = a.entity AND q.account = a.id
        AND q.paise > 0 AND q.member IS NOT NULL GROUP BY q.entity, q.member, q.account) drawn
  CROSS JOIN posting p WHERE p.entity = drawn.entity AND p.member = drawn.member AND p.account = drawn.account
  GROUP BY p.entity, p.member, p.account, p.date) days
WHERE balance > 0 GROUP BY entity, member, account
"""
_SAVINGS_AT = """
SELECT -sum(paise) AS balance, max(CASE WHEN paise > 0 THEN sequence ELSE 0 END) AS sequence FROM posting
WHERE entity = :entity AND member = :member AND account = :account AND date <= :date
"""


@check(15, "no member's savings are below nought at the end of a day")
def savings_not_below(scope: Scope) -> Iterator[Said]:
    """She cannot draw more than she has saved, on any day."""
    roles = {role for found in scope.kinds_there() for role in found.savings_roles}
    for role in sorted(roles):
        for entity, member, account, date in scope.rows(_SAVINGS, role=role):
            own = {"entity": entity, "member": member, "account": account, "date": date}
            balance, sequence = next(scope.rows(_SAVINGS_AT, **own))
            told = f"{scope.account(entity, account)} of {scope.member(entity, member)} is {money(balance)}"
            yield entity, f"{told} at the end of {date}, by {scope.voucher(entity, sequence)}."


_CASH = """
SELECT entity, account, date, balance FROM (
  SELECT p.entity, p.account, p.date, sum(sum(p.paise)) OVER
    (PARTITION BY p.entity, p.account ORDER BY p.date) AS balance
  FROM account a CROSS JOIN posting p
  WHERE a.entity BETWEEN :first AND :last AND a.role = 'cash' AND p.entity = a.entity AND p.account = a.id
  GROUP BY p.entity, p.account, p.date) days
WHERE balance < 0 ORDER BY entity, account, date
"""
_WITH_REASON = """
SELECT v.entity, p.account, v.date, -p.paise AS paid FROM voucher v CROSS JOIN log g CROSS JOIN posting p
WHERE v.entity BETWEEN :first AND :last AND g.key = v.key AND g.entity = v.entity AND g.new LIKE '%"cash_below_zero":%'
  AND g.new NOT LIKE '%"cash_below_zero":""%'
  AND p.entity = v.entity AND p.sequence = v.sequence AND p.paise < 0
"""
_CASH_BY = """
SELECT max(sequence) FROM posting
WHERE entity = :entity AND account = :account AND paise < 0 AND date = (SELECT max(date)
  FROM posting WHERE entity = :entity AND account = :account AND paise < 0 AND date <= :date)
"""


@check(19, "cash is never below nought at the end of a day, unless the log of acts has the reason")
def cash_not_below(scope: Scope) -> Iterator[Said]:
    """Without what was paid with a reason up to a day, cash must not be below nought on it.

    That holds by induction: an act without reason may lower no day on which cash is then below nought, so it leaves
    what is not excused at or above it; an act with reason lowers only what is excused.
    """
    below = list(scope.rows(_CASH))
    excused: dict[tuple[int, int], list[tuple[str, int]]] = defaultdict(list)
    for entity, account, date, paid in scope.rows(_WITH_REASON) if below else ():
        excused[entity, account].append((date, paid))
    told: set[tuple[int, int]] = set()
    for entity, account, date, balance in below:
        reasons = sum(paid for day, paid in excused[entity, account] if day <= date)
        if balance + reasons < 0 and (entity, account) not in told:
            told.add((entity, account))
            newest = next(scope.rows(_CASH_BY, entity=entity, account=account, date=date))[0]
            named, by = scope.account(entity, account), scope.voucher(entity, newest or 0)
            yield entity, f"{named} is {money(balance)} at the end of {date}, by {by}, without a reason."
