"""Sheets and vouchers: what a meeting's sheet says was moved is what its vouchers move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from bookkeeper.audit.check import Said, Scope, check, money
from bookkeeper.audit.sheet_amounts import Amounts, Place, amounts_of
from bookkeeper.audit.stored import UNREADABLE, fields
from bookkeeper.ledger.accounts import Chart, chart_of

_MEETINGS = """
SELECT sequence, number, date, sheet, notes FROM meeting WHERE entity = :entity ORDER BY sequence
"""
_LINES = """
SELECT m.sequence AS meeting, p.account, p.member, p.paise FROM meeting m CROSS JOIN posting p
WHERE m.entity = :entity AND p.entity = m.entity AND p.sequence BETWEEN m.sequence - m.vouchers AND m.sequence - 1
ORDER BY m.sequence
"""
_PEOPLE = "SELECT number, id FROM member WHERE entity = :entity"


@check(22, "a meeting's vouchers are what its sheet says; who paid was there, sent it, or is noted as absent")
def sheets_equal_vouchers(scope: Scope) -> Iterator[Said]:
    """Head by head and member by member; of a repayment that a rule splits, the sum of principal and interest.

    A meeting that was taken back is looked at too: its vouchers stay, beside their mirrors.
    """
    for entity in scope.codes:
        meetings = scope.rows(_MEETINGS, entity=entity)
        first = next(meetings, None)
        if first is None:
            continue
        chart = chart_of(scope.tx, entity)
        accounts = {text: account.id for text, account in chart.by_text.items()}
        people: dict[str, int] = dict(tuple(row) for row in scope.rows(_PEOPLE, entity=entity))
        posted = _posted(scope, entity)
        at, moved = next(posted, (0, {}))
        for row in (first, *meetings):
            while at and at < row.sequence:
                at, moved = next(posted, (0, {}))
            own = moved if at == row.sequence else {}
            told = f"meeting {row.number} of {row.date}"
            for why in _faults(row, own, accounts, people, chart):
                yield entity, f"{told}: {why}."


def _posted(scope: Scope, entity: int) -> Iterator[tuple[int, dict[Place, int]]]:
    """Link of each meeting with vouchers, in order, and what they move: one pass over the postings."""
    current, moved = 0, defaultdict[Place, int](int)
    for sequence, account, member, paise in scope.rows(_LINES, entity=entity):
        if sequence != current:
            if moved:
                yield current, moved
            current, moved = sequence, defaultdict(int)
        moved[account, member, paise > 0] += paise if paise > 0 else -paise
    if moved:
        yield current, moved


def _faults(
    row: Any,  # noqa: ANN401  # a row of the table
    moved: Mapping[Place, int],
    accounts: Mapping[str, int],
    people: Mapping[str, int],
    chart: Chart,
) -> Iterator[str]:
    sheet, notes = fields(row.sheet), fields(row.notes)
    if notes is None:
        yield "its notes cannot be read"
    try:
        if sheet is None:
            raise TypeError("no object")  # told in the sentence below
        said = amounts_of(sheet, accounts, people, notes or {})
        held = (sheet.get("date"), sheet.get("number"))
    except UNREADABLE as error:
        yield f"its sheet cannot be read, or names a head or member that is not there ({error})"
        return
    if held != (row.date, row.number):
        yield f"its sheet is that of meeting {held[1]} of {held[0]}"
    yield from _differences(said, moved, people, chart)
    noted = (notes or {}).get("absent_paid", [])
    for member in dict.fromkeys(said.absent_payers):
        if not isinstance(noted, list) or member not in noted:
            yield f"member {member} paid while absent: her money is neither marked as sent nor noted"


def _differences(said: Amounts, moved: Mapping[Place, int], people: Mapping[str, int], chart: Chart) -> Iterator[str]:
    there, posted = said.pooled(said.moved), said.pooled(moved)
    if there == posted:
        return
    numbers = {key: number for number, key in people.items()}
    for place in sorted({*there, *posted}, key=str):
        if there.get(place, 0) != posted.get(place, 0):
            head, member, debit = place
            account = chart.by_id.get(head) if isinstance(head, int) else None
            called = f"{account.code} {account.name}" if account else str(head)
            whose = "" if member is None else f" for member {numbers.get(member, member)}"
            amounts = f"the sheet has {money(there.get(place, 0))}, its vouchers {money(posted.get(place, 0))}"
            yield f"{amounts} {'debited to' if debit else 'credited to'} {called}{whose}"
