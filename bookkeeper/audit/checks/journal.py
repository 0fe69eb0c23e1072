"""The journal: every voucher balances, its lines and numbers run without gaps, its dates can be."""

from __future__ import annotations

from collections.abc import Iterator

from bookkeeper.audit.check import Said, Scope, check, money
from bookkeeper.definitions.kind import kind, kinds
from bookkeeper.rules.dates import NotADate, day_before, parsed_date, year_name
from bookkeeper.rules.voucher import voucher_name

_UNBALANCED = """
SELECT entity, sequence, count(*) AS lines, sum(paise) AS off, min(abs(paise)) AS least FROM posting
WHERE entity BETWEEN :first AND :last GROUP BY entity, sequence
HAVING count(*) < 2 OR sum(paise) <> 0 OR min(abs(paise)) = 0
"""


@check(3, "the postings of a voucher sum to nought, are at least two, and none is nought")
def balanced(scope: Scope) -> Iterator[Said]:
    """Debits equal credits in every voucher."""
    for row in scope.rows(_UNBALANCED):
        named = scope.voucher(row.entity, row.sequence)
        if row.off:
            side = "debits" if row.off > 0 else "credits"
            yield row.entity, f"{named} does not balance: the {side} are more by {money(abs(row.off))}."
        if row.least == 0:
            yield row.entity, f"{named} has a line of 0.00."
        if row.lines < 2:  # noqa: PLR2004  # debit and credit
            yield row.entity, f"{named} has one line only."


_ORPHANS = """
SELECT o.entity, o.sequence FROM
(SELECT DISTINCT entity, sequence FROM posting WHERE entity BETWEEN :first AND :last) o
WHERE NOT EXISTS (SELECT 1 FROM voucher v WHERE v.entity = o.entity AND v.sequence = o.sequence)
"""
_ORPHAN_LINES = """
SELECT date, count(*), sum(abs(paise)) FROM posting WHERE entity = :entity AND sequence = :sequence GROUP BY date
"""
_EMPTY = """
SELECT entity, sequence FROM voucher v WHERE entity BETWEEN :first AND :last
AND NOT EXISTS (SELECT 1 FROM posting p WHERE p.entity = v.entity AND p.sequence = v.sequence)
"""


@check(3, "every posting belongs to a voucher, and every voucher has postings")
def whole(scope: Scope) -> Iterator[Said]:
    """A posting without its voucher is left by a foreign connection; it lies in the way of the next voucher."""
    for row in scope.rows(_ORPHANS):
        for date, lines, total in scope.rows(_ORPHAN_LINES, entity=row.entity, sequence=row.sequence):
            told = f"{lines} orphan posting(s) at link {row.sequence}, dated {date}, of together {money(total)}"
            yield row.entity, f"{told}: they belong to no voucher."
    for row in scope.rows(_EMPTY):
        yield row.entity, f"{scope.voucher(row.entity, row.sequence)} has no postings."


_LINES = """
SELECT entity, sequence, max(line) AS newest, count(*) AS lines FROM {table}
WHERE entity BETWEEN :first AND :last GROUP BY entity, sequence HAVING min(line) <> 1 OR max(line) <> count(*)
"""


@check(4, "lines of a voucher are numbered from 1 without a gap")
def lines_without_gap(scope: Scope) -> Iterator[Said]:
    """Postings and attachments are numbered 1 … n."""
    for table, what in (("posting", "lines"), ("attachment", "papers")):
        for row in scope.rows(_LINES.format(table=table)):
            named = scope.voucher(row.entity, row.sequence)
            yield row.entity, f"{named} has {row.lines} {what}, numbered up to {row.newest}: one is missing."


_GAPS = """
SELECT entity, series, year, max(number) AS newest, count(*) AS there FROM voucher
WHERE entity BETWEEN :first AND :last GROUP BY entity, series, year HAVING min(number) <> 1 OR max(number) <> count(*)
"""
_FIRST_GAP = """
SELECT min(n) FROM (SELECT 1 AS n UNION ALL SELECT number + 1 FROM voucher
  WHERE entity = :entity AND series = :series AND year = :year) after
WHERE NOT EXISTS (SELECT 1 FROM voucher
  WHERE entity = :entity AND series = :series AND year = :year AND number = after.n)
"""
_OUT_OF_ORDER = """
SELECT entity, sequence FROM (SELECT entity, sequence,
  lag(sequence) OVER (PARTITION BY entity, series, year ORDER BY number) AS earlier
  FROM voucher WHERE entity BETWEEN :first AND :last) numbered WHERE earlier > sequence
"""


@check(8, "voucher numbers run 1 … n in each series and year", quick=True)
def numbers_without_gap(scope: Scope) -> Iterator[Said]:
    """No number is missing."""
    for row in scope.rows(_GAPS):
        own = {"entity": row.entity, "series": row.series, "year": row.year}
        missing = next(scope.rows(_FIRST_GAP, **own))[0]
        name = voucher_name(row.series, missing, row.year)
        yield row.entity, f"{name} is missing: there are {row.there} vouchers, numbered up to {row.newest}."


@check(8, "voucher numbers run in order of entry")
def numbers_in_order(scope: Scope) -> Iterator[Said]:
    """A later entry never has a smaller number."""
    for row in scope.rows(_OUT_OF_ORDER):
        yield row.entity, f"{scope.voucher(row.entity, row.sequence)} was entered before the number ahead of it."


_WRONG_YEAR = """
SELECT entity, sequence, year FROM voucher WHERE entity BETWEEN :first AND :last
AND year <> CAST(substr(date, 1, 4) AS INTEGER) - CASE WHEN substr(date, 6, 2) < '04' THEN 1 ELSE 0 END
"""
_SERIES = """
SELECT v.entity, v.kind, v.series, min(v.sequence) AS sequence, count(*) AS vouchers FROM voucher v
WHERE v.entity BETWEEN :first AND :last GROUP BY v.entity, v.kind, v.series
"""


@check(8, "a voucher's year is that of its date, and its letter that of its kind")
def year_and_series_fit(scope: Scope) -> Iterator[Said]:
    """The financial year follows from the date, the series from the kind of entity."""
    for row in scope.rows(_WRONG_YEAR):
        named = scope.voucher(row.entity, row.sequence)
        yield row.entity, f"{named} is numbered in {year_name(row.year)}, which is not the year of its date."
    known = set(kinds())
    for row in scope.rows(_SERIES):
        key = scope.kinds.get(row.entity, "")
        letter = kind(key).series.get(row.kind) if key in known else None
        if letter != row.series:
            kept = f"its series is {letter}" if letter else "that kind is not kept here"
            named = scope.voucher(row.entity, row.sequence)
            told = f"{named} and {row.vouchers - 1} more are of kind {row.kind} in series {row.series}"
            yield row.entity, f"{told}; {kept}."


_MOVED = """
SELECT v.entity, v.sequence, p.line, p.date FROM voucher v CROSS JOIN posting p
WHERE v.entity BETWEEN :first AND :last AND p.entity = v.entity AND p.sequence = v.sequence AND p.date <> v.date
"""
_DAYS = """
SELECT date, entity, min(sequence) AS sequence FROM voucher
WHERE entity BETWEEN :first AND :last GROUP BY entity, date
"""
_FUTURE = "SELECT entity, sequence FROM voucher WHERE entity BETWEEN :first AND :last AND date > :today"


@check(9, "dates are real days, not in the future, and a posting has its voucher's")
def dates_can_be(scope: Scope) -> Iterator[Said]:
    """A day that the calendar does not have, or that has not come yet, was not entered by this program."""
    for row in scope.rows(_DAYS):
        try:
            parsed_date(row.date)
        except NotADate:
            yield row.entity, f"{scope.voucher(row.entity, row.sequence)} bears a date that is no day of the calendar."
    for row in scope.rows(_MOVED):
        named = scope.voucher(row.entity, row.sequence)
        yield row.entity, f"line {row.line} of {named} carries another date, {row.date}."
    for row in scope.rows(_FUTURE):
        named = scope.voucher(row.entity, row.sequence)
        yield row.entity, f"{named} is dated in the future; today is {scope.tx.today}."


_BEFORE = """
SELECT v.entity, v.sequence, v.kind, v.date, e.starts FROM voucher v JOIN entity e ON e.id = v.entity
WHERE v.entity BETWEEN :first AND :last AND v.date < e.starts
"""


@check(9, "nothing is dated before the entity's start but its opening, from the day before on")
def after_the_start(scope: Scope) -> Iterator[Said]:
    """The opening voucher may stand on the day before the start, nothing else."""
    for row in scope.rows(_BEFORE):
        if row.kind != "opening" or row.date < day_before(row.starts):
            yield row.entity, f"{scope.voucher(row.entity, row.sequence)} is before the books begin ({row.starts})."
