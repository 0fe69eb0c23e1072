"""Meetings: each is what its link says, has its own vouchers, stands alone under its number, and counted its cash."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator
from typing import Any

from bookkeeper.audit.check import Said, Scope, check, money
from bookkeeper.audit.stored import UNREADABLE, counted, fields, told_by
from bookkeeper.books.meetings import digest

_ALL = """
SELECT m.entity, m.sequence, m.number, m.date, m.vouchers, m.sheet, m.notes, l.body FROM meeting m
JOIN link l ON l.entity = m.entity AND l.sequence = m.sequence WHERE m.entity BETWEEN :first AND :last
"""
_NEWEST = _ALL + "AND m.sequence = (SELECT max(n.sequence) FROM meeting n WHERE n.entity = m.entity)"  # noqa: S608  # ours


@check(22, "a meeting's sheet and notes are those that its link in the chain is made of")
def meetings_in_the_chain(scope: Scope) -> Iterator[Said]:
    """The link has number, day, count of vouchers and the digest: so attendance and minutes are guarded as money is."""
    yield from _unlike_their_links(scope.rows(_ALL))


@check(22, "the newest meeting of each entity is what its link says", quick=True)
def newest_meeting_in_the_chain(scope: Scope) -> Iterator[Said]:
    """What `--quick` sees of the meetings: one for each entity."""
    yield from _unlike_their_links(scope.rows(_NEWEST))


def _unlike_their_links(rows: Iterable[Any]) -> Iterator[Said]:
    for row in rows:
        said = told_by(row.body)[:4]
        told = f"meeting {row.number} of {row.date}"
        if said[:3] != [row.number, row.date, row.vouchers]:
            stands = f"{row.vouchers} vouchers; its link {row.sequence} says {said[:3] or row.body}"
            yield row.entity, f"{told} is kept with {stands}."
        elif said[3:] != [digest(row.sheet, row.notes)]:
            yield row.entity, f"{told} was changed after it was posted: its sheet or notes are not those of its link."


_TAKEN_BACK = """
SELECT r.entity, r.sequence, r.reverses, m.number, m.date, l.body FROM meeting_reversal r
LEFT JOIN meeting m ON m.entity = r.entity AND m.sequence = r.reverses
LEFT JOIN link l ON l.entity = r.entity AND l.sequence = r.sequence WHERE r.entity BETWEEN :first AND :last
"""
_LEFT = """
SELECT r.entity, m.number, m.date, v.sequence FROM meeting_reversal r CROSS JOIN meeting m CROSS JOIN voucher v
WHERE r.entity BETWEEN :first AND :last AND m.entity = r.entity AND m.sequence = r.reverses AND v.entity = m.entity
  AND v.sequence BETWEEN m.sequence - m.vouchers AND m.sequence - 1 AND NOT EXISTS (SELECT 1 FROM voucher x
    WHERE x.entity = v.entity AND x.reverses = v.sequence AND x.sequence < r.sequence)
"""
_SINGLED_OUT = """
SELECT x.entity, x.sequence, x.meeting AS own, v.meeting FROM voucher x CROSS JOIN voucher v
WHERE x.entity BETWEEN :first AND :last AND x.reverses IS NOT NULL AND v.entity = x.entity AND v.sequence = x.reverses
  AND v.meeting IS NOT NULL AND (coalesce(x.meeting, 0) <> v.meeting OR NOT EXISTS (SELECT 1 FROM meeting_reversal r
    JOIN meeting m ON m.entity = r.entity AND m.sequence = r.reverses WHERE r.entity = v.entity
    AND r.sequence > x.sequence AND v.sequence BETWEEN m.sequence - m.vouchers AND m.sequence))
"""


@check(21, "a meeting is taken back once and as a whole, with its number, later than it was posted, and with a reason")
def meetings_taken_back(scope: Scope) -> Iterator[Said]:
    """All its vouchers are mirrored before the link of its reversal, and none of a meeting's is mirrored alone."""
    for row in scope.rows(_TAKEN_BACK):
        told = f"the reversal of meeting {row.number} of {row.date} (link {row.sequence})"
        number, reversed_, day, reason = (*told_by(row.body)[:4], None, None, None, None)[:4]
        if row.number is None or row.reverses >= row.sequence:
            yield row.entity, f"link {row.sequence} takes back a meeting at link {row.reverses}; it is not there."
        elif (number, reversed_) != (row.number, row.reverses):
            yield row.entity, f"{told} is not what its link says: meeting {number} of link {reversed_}."
        elif not reason or str(day) < row.date:
            yield row.entity, f"{told} gives no reason, or a day before the meeting."
    for row in scope.rows(_LEFT):
        named = scope.voucher(row.entity, row.sequence)
        yield row.entity, f"meeting {row.number} of {row.date} was taken back, but its {named} was not."
    for row in scope.rows(_SINGLED_OUT):
        named = scope.voucher(row.entity, row.sequence)
        yield row.entity, f"{named} takes back one voucher out of meeting {row.meeting}, not the meeting."


_ASTRAY = """
SELECT m.entity, m.number, m.date, v.sequence, v.meeting AS own FROM meeting m CROSS JOIN voucher v
WHERE m.entity BETWEEN :first AND :last AND v.entity = m.entity
  AND v.sequence BETWEEN m.sequence - m.vouchers AND m.sequence - 1
  AND (coalesce(v.meeting, 0) <> m.number OR v.date <> m.date OR v.reverses IS NOT NULL)
"""
_STRAY = """
SELECT v.entity, v.sequence, v.meeting FROM voucher v
WHERE v.entity BETWEEN :first AND :last AND v.meeting IS NOT NULL AND v.reverses IS NULL
  AND NOT EXISTS (SELECT 1 FROM meeting m WHERE m.entity = v.entity AND m.sequence > v.sequence
    AND m.sequence - m.vouchers <= v.sequence)
"""


@check(22, "the vouchers of a meeting bear its number and day, and no other voucher does")
def vouchers_of_meetings(scope: Scope) -> Iterator[Said]:
    """They are the links just before the meeting's own."""
    for row in scope.rows(_ASTRAY):
        named = scope.voucher(row.entity, row.sequence)
        own = f"bears meeting {row.own}" if row.own is not None else "bears no meeting"
        yield row.entity, f"meeting {row.number} of {row.date} has {named} among its vouchers, which {own}."
    for row in scope.rows(_STRAY):
        named = scope.voucher(row.entity, row.sequence)
        yield row.entity, f"{named} bears meeting {row.meeting}, which does not have it among its vouchers."


_ORDER = """
SELECT m.entity, m.sequence, m.number, m.date, 0 AS back FROM meeting m WHERE m.entity BETWEEN :first AND :last
UNION ALL
SELECT m.entity, r.sequence, m.number, m.date, 1 FROM meeting_reversal r
JOIN meeting m ON m.entity = r.entity AND m.sequence = r.reverses WHERE r.entity BETWEEN :first AND :last
ORDER BY 1, 2
"""


@check(22, "of each number one meeting stands; none is earlier than one posted before it but where it replaces another")
def meetings_in_order(scope: Scope) -> Iterator[Said]:
    """As they were posted and taken back, one after the other."""
    entity, standing, replaced = 0, dict[int, str](), set[int]()
    for row in scope.rows(_ORDER):
        if row.entity != entity:
            entity, standing, replaced = row.entity, {}, set()
        told = f"meeting {row.number} of {row.date}"
        if row.back:
            standing.pop(row.number, None)
            replaced.add(row.number)
            continue
        if row.number in standing:
            yield entity, f"{told} was posted while meeting {row.number} of {standing[row.number]} stood."
        elif standing and row.date < (last := max(standing.values())) and row.number not in replaced:
            yield entity, f"{told} was posted after one of {last}, and replaces none."
        standing[row.number] = row.date


_COUNTS = """
SELECT sequence, number, date, sheet, notes FROM meeting
WHERE entity = :entity AND sheet LIKE '%"cash_counted"%' ORDER BY sequence
"""
_CASH = """
SELECT p.sequence, p.date, p.paise FROM account a CROSS JOIN posting p
WHERE a.entity = :entity AND a.role = 'cash' AND p.entity = a.entity AND p.account = a.id ORDER BY p.sequence
"""


@check(20, "the cash counted in a meeting is the book's of that day, as it stood then, or the difference is noted")
def cash_counted(scope: Scope) -> Iterator[Said]:
    """The book is added up anew from what had been entered before the meeting's link."""
    for entity in scope.codes:
        moved: list[tuple[str, int]] = []
        total, cash, ahead = 0, scope.rows(_CASH, entity=entity), None
        for row in scope.rows(_COUNTS, entity=entity):
            while (line := ahead or next(cash, None)) and line.sequence < row.sequence:
                insort(moved, (line.date, line.paise))
                total, ahead = total + line.paise, None
            ahead = line
            later = 0
            for day, paise in reversed(moved):
                if day <= row.date:
                    break
                later += paise
            for why in _miscounted(row, total - later):
                yield entity, f"meeting {row.number} of {row.date}: {why}."


def _miscounted(row: Any, book: int) -> Iterator[str]:  # noqa: ANN401  # a row of the table
    try:
        in_sheet = counted(fields(row.sheet) or {})
        noted = (fields(row.notes) or {}).get("cash") or {}
        said = (noted.get("counted"), noted.get("book"))
    except UNREADABLE:
        yield "its count of cash cannot be read"
        return
    if said != (in_sheet, book):
        real = f"the sheet counts {money(in_sheet)} of cash and the book had {money(book)}"
        yield f"{real}, but noted are {money(said[0])} and {money(said[1])}"
