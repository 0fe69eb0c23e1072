"""Links and rows: each link has what it stands for, and each row that hangs on a link says what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bookkeeper.audit.check import Said, Scope, check
from bookkeeper.audit.stored import told_by

_ROWS: Final = (
    ("lock", "locked", "until", "the lock of"),
    ("closing", "closing", "year", "the closing of"),
    ("meeting", "meeting", "number", "the meeting"),
    ("meeting-reversal", "meeting_reversal", "reverses", "the reversal of the meeting at link"),
    ("cut-off", "cut_off", "date", "the cut-off sheet of"),
)
"""What a link may be beside a voucher: its table, the column that its body has as well, and how it is called."""

_PLACE: Final = {"meeting-reversal": 1}
"""Where in the body that column stands, if it does not stand first."""

_UNLINKED = """
SELECT v.entity, v.sequence FROM voucher v LEFT JOIN link l ON l.entity = v.entity AND l.sequence = v.sequence
WHERE v.entity BETWEEN :first AND :last AND (l.what IS NULL OR l.what <> 'voucher')
"""
_EMPTY = """
SELECT l.entity, l.sequence FROM link l WHERE l.entity BETWEEN :first AND :last AND l.what = :what
  AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.entity = l.entity AND t.sequence = l.sequence)
"""


@check(6, "each voucher has its link and each link what it stands for")
def links_and_rows(scope: Scope) -> Iterator[Said]:
    """A deleted voucher leaves its link behind; a smuggled one has none."""
    for row in scope.rows(_UNLINKED):
        yield row.entity, f"{scope.voucher(row.entity, row.sequence)} has no link in the chain."
    for what, table in [("voucher", "voucher"), *((what, table) for what, table, *_ in _ROWS)]:
        for row in scope.rows(_EMPTY.format(table=table), what=what):
            yield row.entity, f"the {what} of link {row.sequence} is gone."


_HELD = """
SELECT t.entity, t.sequence, t.{column} AS held, l.what AS linked, l.body FROM {table} t
LEFT JOIN link l ON l.entity = t.entity AND l.sequence = t.sequence WHERE t.entity BETWEEN :first AND :last
"""


@check(6, "each lock, closing, meeting, reversal of a meeting and cut-off sheet says what its link says")
def rows_and_links(scope: Scope) -> Iterator[Said]:
    """The tables beside the journal hold nothing that the chain does not."""
    for what, table, column, called in _ROWS:
        for row in scope.rows(_HELD.format(table=table, column=column)):
            told = f"{called} {row.held} (link {row.sequence})"
            said = told_by(row.body)
            place = _PLACE.get(what, 0)
            if row.linked != what:
                yield row.entity, f"{told} has no link in the chain."
            elif said[place : place + 1] != [row.held]:
                yield row.entity, f"{told} is not what its link says: {said[place : place + 1] or row.body}."
