"""Periods: nothing behind a lock or in a closed year, and a closing that carries income and expense exactly."""

from __future__ import annotations

from collections.abc import Iterator

from bookkeeper.audit.check import Said, Scope, check, money
from bookkeeper.audit.stored import told_by
from bookkeeper.rules.dates import NotADate, financial_year, parsed_date, year_end, year_name

_LATE = """
SELECT v.entity, v.sequence, min(c.year) AS year FROM closing c JOIN voucher v
ON v.entity = c.entity AND v.sequence > c.sequence AND v.year <= c.year
WHERE c.entity BETWEEN :first AND :last GROUP BY v.entity, v.sequence
"""
_BEHIND = """
SELECT v.entity, v.sequence, max(k.until) AS until FROM locked k JOIN voucher v
ON v.entity = k.entity AND v.sequence > k.sequence AND v.date <= k.until AND v.closing = 0
WHERE k.entity BETWEEN :first AND :last GROUP BY v.entity, v.sequence
"""
_BARE = """
SELECT m.entity, m.sequence, m.number, m.date, NULL AS body FROM meeting m
WHERE m.entity BETWEEN :first AND :last AND m.vouchers = 0
UNION ALL
SELECT r.entity, r.sequence, m.number, m.date, l.body FROM meeting_reversal r
JOIN meeting m ON m.entity = r.entity AND m.sequence = r.reverses AND m.vouchers = 0
JOIN link l ON l.entity = r.entity AND l.sequence = r.sequence WHERE r.entity BETWEEN :first AND :last
ORDER BY 1, 2
"""
_CLOSED_BY = "SELECT min(year) FROM closing WHERE entity = :entity AND sequence < :sequence AND year >= :year"
_LOCKED_BY = "SELECT max(until) FROM locked WHERE entity = :entity AND sequence < :sequence AND until >= :day"


@check(10, "nothing was entered in a closed year, nor behind a lock")
def entered_in_time(scope: Scope) -> Iterator[Said]:
    """By the order of the chain: a voucher's link stands before its year's closing, and before a lock over its date.

    So does that of a meeting without money, or of its reversal, which have no vouchers to be held to it; neither is
    dated in the future.
    """
    for row in scope.rows(_LATE):
        named = scope.voucher(row.entity, row.sequence)
        yield row.entity, f"{named} was entered after {year_name(row.year)} was closed."
    for row in scope.rows(_BEHIND):
        named = scope.voucher(row.entity, row.sequence)
        yield row.entity, f"{named} was entered behind the lock up to {row.until}."
    for row in scope.rows(_BARE):
        told = f"meeting {row.number} of {row.date}, without money,"
        day = row.date
        if row.body is not None:
            told = f"the reversal of {told}"
            day = (*told_by(row.body)[:3], "", "", "")[2]
        for why in _out_of_time(scope, row.entity, row.sequence, day):
            yield row.entity, f"{told} was entered {why}."


def _out_of_time(scope: Scope, entity: int, sequence: int, day: object) -> Iterator[str]:
    """Why a link may not have been entered with a day; of what is no day, other checks tell."""
    try:
        year = financial_year(parsed_date(str(day)))
    except NotADate:
        return
    own = {"entity": entity, "sequence": sequence}
    if str(day) > scope.tx.today:
        yield f"for {day}, which is in the future"
    if (closed := next(scope.rows(_CLOSED_BY, **own, year=year))[0]) is not None:
        yield f"for {day}, after {year_name(closed)} was closed"
    elif (until := next(scope.rows(_LOCKED_BY, **own, day=day))[0]) is not None:
        yield f"for {day}, behind the lock up to {until}"


_LEFT_OVER = """
SELECT c.entity, c.year, a.id AS account, sum(p.paise) AS paise
FROM closing c CROSS JOIN account a CROSS JOIN posting p
WHERE c.entity BETWEEN :first AND :last AND a.entity = c.entity AND a.grouping IN ('income', 'expense')
  AND p.entity = a.entity AND p.account = a.id AND p.date <= CAST(c.year + 1 AS TEXT) || '-03-31'
GROUP BY c.entity, c.year, a.id HAVING sum(p.paise) <> 0
"""


@check(11, "after a closing, income and expense stand at nought")
def closed_to_nought(scope: Scope) -> Iterator[Said]:
    """What was earned and spent up to the year's end was carried to the surplus to the paisa.

    Summed from the beginning and not from 1 April, because an opening voucher dated 31 March may hold income.
    """
    for row in scope.rows(_LEFT_OVER):
        named = scope.account(row.entity, row.account)
        told = f"{named} stands at {money(row.paise)} on {year_end(row.year)}"
        yield row.entity, f"{told}, though {year_name(row.year)} is closed."


_ASTRAY = """
SELECT v.entity, v.sequence, p.account, p.paise FROM voucher v CROSS JOIN posting p
JOIN account a ON a.entity = p.entity AND a.id = p.account
WHERE v.entity BETWEEN :first AND :last AND v.closing = 1 AND p.entity = v.entity AND p.sequence = v.sequence
  AND a.grouping NOT IN ('income', 'expense') AND coalesce(a.role, '') <> 'surplus'
"""
_UNCLOSED = """
SELECT v.entity, v.sequence FROM voucher v WHERE v.entity BETWEEN :first AND :last AND v.closing = 1
  AND (v.kind <> 'journal' OR v.date <> CAST(v.year + 1 AS TEXT) || '-03-31' OR NOT EXISTS (SELECT 1 FROM closing c
    WHERE c.entity = v.entity AND c.year = v.year AND c.sequence = v.sequence + 1))
"""


@check(11, "a closing voucher stands on its year's last day, before its closing, and moves income and expense alone")
def closing_vouchers(scope: Scope) -> Iterator[Said]:
    """The mark of closing would let a voucher pass locks: so it is held to what a closing is."""
    for row in scope.rows(_ASTRAY):
        moved = f"moves {scope.account(row.entity, row.account)} by {money(row.paise)}"
        yield row.entity, f"the closing voucher {scope.voucher(row.entity, row.sequence)} {moved}."
    for row in scope.rows(_UNCLOSED):
        named = scope.voucher(row.entity, row.sequence)
        yield row.entity, f"{named} is marked as closing, but is not the journal of a year's end that was then closed."


_OPENINGS = """
SELECT v.entity, v.sequence, (SELECT min(o.date) FROM voucher o
  WHERE o.entity = v.entity AND o.kind <> 'opening') AS first_day
FROM voucher v WHERE v.entity BETWEEN :first AND :last AND v.kind = 'opening' AND v.reverses IS NULL
  AND NOT EXISTS (SELECT 1 FROM voucher m WHERE m.entity = v.entity AND m.reverses = v.sequence)
ORDER BY v.entity, v.sequence
"""


@check(9, "an entity has one opening voucher that stands, before all others")
def one_opening(scope: Scope) -> Iterator[Said]:
    """Opening balances are entered once; a wrong sheet is reversed first."""
    seen = 0
    for row in list(scope.rows(_OPENINGS)):
        named = scope.voucher(row.entity, row.sequence)
        date = next(scope.rows(_DATE, entity=row.entity, sequence=row.sequence))[0]
        if row.entity == seen:
            yield row.entity, f"{named} is a second opening voucher."
        if row.first_day is not None and date >= row.first_day:
            yield row.entity, f"{named} is not before the first other voucher, of {row.first_day}."
        seen = row.entity


_DATE = "SELECT date FROM voucher WHERE entity = :entity AND sequence = :sequence"
