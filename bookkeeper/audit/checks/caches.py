"""The sums kept beside the journal equal what the journal gives."""

from __future__ import annotations

from collections.abc import Iterator

from bookkeeper.audit.check import Said, Scope, check, money
from bookkeeper.rules.dates import month_start, year_name

# The index by account gives the days in order; closing vouchers are few, and are moved over to their mark apart.
_MONTHS = """
SELECT entity, account, month, closing, sum(debit) AS debit, sum(credit) AS credit FROM (
  SELECT entity, account, month, closing, debit, credit FROM sum_month WHERE entity BETWEEN :first AND :last
  UNION ALL
  SELECT entity, account, CAST(substr(date, 1, 4) AS INTEGER) * 12 + CAST(substr(date, 6, 2) AS INTEGER) - 1, 0,
    -debit, -credit FROM (
    SELECT entity, account, date, sum(CASE WHEN paise > 0 THEN paise ELSE 0 END) AS debit,
      sum(CASE WHEN paise < 0 THEN -paise ELSE 0 END) AS credit
    FROM posting WHERE entity BETWEEN :first AND :last GROUP BY entity, account, date) days
  UNION ALL
  SELECT p.entity, p.account, CAST(substr(p.date, 1, 4) AS INTEGER) * 12 + CAST(substr(p.date, 6, 2) AS INTEGER) - 1,
    s.mark, CASE WHEN p.paise > 0 THEN p.paise ELSE 0 END * (1 - 2 * s.mark),
    CASE WHEN p.paise < 0 THEN -p.paise ELSE 0 END * (1 - 2 * s.mark)
  FROM voucher v CROSS JOIN posting p CROSS JOIN (SELECT 0 AS mark UNION ALL SELECT 1) s
  WHERE v.entity BETWEEN :first AND :last AND v.closing = 1 AND p.entity = v.entity AND p.sequence = v.sequence
) both_ways GROUP BY entity, account, month, closing HAVING sum(debit) <> 0 OR sum(credit) <> 0
"""


@check(23, "month sums equal the journal")
def month_sums(scope: Scope) -> Iterator[Said]:
    """Debits and credits of every account and month, added up anew."""
    for row in scope.rows(_MONTHS):
        period = month_start(row.month)[:7]
        yield row.entity, _sentence(scope, row.entity, row.account, period, row.debit, row.credit)


def _sentence(scope: Scope, entity: int, account: int, period: str, debit: int, credit: int) -> str:
    off = f"debits by {money(debit)}, credits by {money(credit)}"
    return f"the sums of {scope.account(entity, account)} for {period} differ from the journal: {off}."


_YEARS = """
SELECT entity, account, year, closing, sum(debit) AS debit, sum(credit) AS credit FROM (
  SELECT entity, account, year, closing, debit, credit FROM sum_year WHERE entity BETWEEN :first AND :last
  UNION ALL
  SELECT entity, account, (month - 3) / 12, closing, -debit, -credit FROM sum_month
  WHERE entity BETWEEN :first AND :last
) both_ways GROUP BY entity, account, year, closing HAVING sum(debit) <> 0 OR sum(credit) <> 0
"""


@check(23, "year sums equal the month sums", quick=True)
def year_sums(scope: Scope) -> Iterator[Said]:
    """The year sums are the twelve month sums from April to March."""
    for row in scope.rows(_YEARS):
        yield row.entity, _sentence(scope, row.entity, row.account, year_name(row.year), row.debit, row.credit)
