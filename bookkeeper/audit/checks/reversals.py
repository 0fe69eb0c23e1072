"""Reversals: each is the exact mirror of one voucher, made once, with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row

from bookkeeper.audit.check import Said, Scope, check
from bookkeeper.rules.voucher import MIRRORED_KIND

_PAIRS = """
SELECT m.entity, m.sequence, m.reverses, m.date, m.narration, m.kind, o.kind AS kind_before, o.date AS date_before,
  o.closing AS closing_before, o.reverses AS reverses_before
FROM voucher m LEFT JOIN voucher o ON o.entity = m.entity AND o.sequence = m.reverses
WHERE m.entity BETWEEN :first AND :last AND m.reverses IS NOT NULL
"""
_UNLIKE = """
SELECT count(*) FROM posting a LEFT JOIN posting b ON b.entity = a.entity AND b.sequence = :other AND b.line = a.line
WHERE a.entity = :entity AND a.sequence = :sequence AND (b.line IS NULL OR b.paise <> -a.paise OR b.account <> a.account
  OR coalesce(b.member, -1) <> coalesce(a.member, -1) OR coalesce(b.loan, -1) <> coalesce(a.loan, -1)
  OR coalesce(b.deposit, -1) <> coalesce(a.deposit, -1) OR coalesce(b.share, -1) <> coalesce(a.share, -1)
  OR coalesce(b.fund, '') <> coalesce(a.fund, ''))
"""
_TWICE = """
SELECT entity, reverses, count(*) AS times, max(sequence) AS newest FROM voucher
WHERE entity BETWEEN :first AND :last AND reverses IS NOT NULL GROUP BY entity, reverses HAVING count(*) > 1
"""


@check(21, "a reversal mirrors its voucher exactly, once, on that day or later, with a reason")
def mirrors(scope: Scope) -> Iterator[Said]:
    """The same lines with the other sign on the same member and loan; a receipt's mirror is a payment."""
    for row in scope.rows(_PAIRS):
        for why in _faults(scope, row):
            named, other = (scope.voucher(row.entity, s) for s in (row.sequence, row.reverses))
            yield row.entity, f"{named} reverses {other}, but {why}."
    for row in scope.rows(_TWICE):
        other = scope.voucher(row.entity, row.reverses)
        yield row.entity, f"{other} is reversed {row.times} times, last by {scope.voucher(row.entity, row.newest)}."


def _faults(scope: Scope, row: Row[Any]) -> Iterator[str]:
    if row.kind_before is None:
        yield "that voucher is not there"
        return
    if row.kind != MIRRORED_KIND.get(row.kind_before, row.kind_before):
        yield f"a {row.kind_before} is not mirrored by a {row.kind}"
    if row.date < row.date_before:
        yield "it is dated before it"
    if not row.narration.strip():
        yield "it gives no reason"
    if row.closing_before:
        yield "that one closes a year"
    if row.reverses_before is not None:
        yield "that one is itself a reversal"
    for own, other in ((row.sequence, row.reverses), (row.reverses, row.sequence)):
        if next(scope.rows(_UNLIKE, entity=row.entity, sequence=own, other=other))[0]:
            yield "its lines are not the same with the other sign"
            return
