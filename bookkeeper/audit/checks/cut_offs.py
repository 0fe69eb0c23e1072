"""Cut-off sheets: the opening voucher and the running loans are what the sheet says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from bookkeeper.audit.check import Said, Scope, check, money
from bookkeeper.audit.lent import RulesThen
from bookkeeper.audit.stored import UNREADABLE, amount, fields, told_by
from bookkeeper.books.cut_off import digest
from bookkeeper.definitions.chart import LOANS_ROLE
from bookkeeper.definitions.group_rules import GroupRules
from bookkeeper.ledger.accounts import chart_of
from bookkeeper.rules.meeting import SAVINGS

_SHEETS = """
SELECT c.entity, c.sequence, c.date, c.sheet, l.body, v.kind, v.date AS opened FROM cut_off c
LEFT JOIN link l ON l.entity = c.entity AND l.sequence = c.sequence
LEFT JOIN voucher v ON v.entity = c.entity AND v.sequence = c.sequence - 1
WHERE c.entity BETWEEN :first AND :last ORDER BY c.entity, c.sequence
"""
_LINES = """
SELECT p.account, m.number, p.loan, p.paise FROM posting p
LEFT JOIN member m ON m.entity = p.entity AND m.id = p.member
WHERE p.entity = :entity AND p.sequence = :sequence ORDER BY p.line
"""

_LOAN = "SELECT * FROM loan WHERE entity = :entity AND number = :number"

Place = tuple[int | str, str | None]


@check(22, "a cut-off sheet is what its link, its opening voucher and its running loans say")
def cut_offs_equal_openings(scope: Scope) -> Iterator[Said]:
    """What a group with years behind it began with: the opening voucher is the link just before the sheet's own."""
    for row in list(scope.rows(_SHEETS)):
        for why in _faults(scope, row):
            yield row.entity, f"the cut-off sheet of {row.date}: {why}."


def _faults(scope: Scope, row: Any) -> Iterator[str]:  # noqa: ANN401  # a row of the table
    if told_by(row.body)[:2] != [row.date, digest(row.sheet)]:
        yield "it was changed after it was posted; it is not that of its link"
    if (row.kind, row.opened) != ("opening", row.date):
        yield "there is no opening voucher of its day before it"
        return
    sheet = fields(row.sheet)
    lines = list(scope.rows(_LINES, entity=row.entity, sequence=row.sequence - 1))
    try:
        if sheet is None:
            raise TypeError("no object")  # told in the sentence below
        yield from _differences(scope, row, sheet, lines)
        yield from _other_terms(scope, row, sheet, lines)
    except UNREADABLE as error:
        yield f"it cannot be read, or names a head that is not there ({error})"


def _differences(scope: Scope, row: Any, sheet: Mapping[str, Any], lines: list[Any]) -> Iterator[str]:  # noqa: ANN401
    chart = chart_of(scope.tx, row.entity)
    said: dict[Place, int] = defaultdict(int)
    for one in sheet["members"]:
        for column, role in SAVINGS.items():
            if column in one:
                said[chart.by_text[role].id, one["member"]] -= amount(one[column])
        for loan in one.get("loans", ()):
            said[chart.by_text[LOANS_ROLE].id, one["member"]] += amount(loan["outstanding"])
    for head in sheet["accounts"]:
        account = chart.by_text[head["account"]]
        if account.role not in {*SAVINGS.values(), LOANS_ROLE}:  # a stated total of what stands with the members
            said[account.id, None] += amount(head["debit"]) if "debit" in head else -amount(head["credit"])
    posted: dict[Place, int] = defaultdict(int)
    for line in lines:
        posted[line.account, line.number] += line.paise
    for place in sorted({*said, *posted}, key=str):
        if said[place] != posted[place]:
            head, member = place
            whose = "" if member is None else f" of member {member}"
            on = f"{scope.account(row.entity, int(head))}{whose}"
            yield f"{on} is {money(said[place])} in the sheet and {money(posted[place])} in the voucher"


def _other_terms(scope: Scope, row: Any, sheet: Mapping[str, Any], lines: list[Any]) -> Iterator[str]:  # noqa: ANN401
    """Where the loan rows have other terms than the sheet; they were opened in its order."""
    stated = [(one["member"], loan) for one in sheet["members"] for loan in one.get("loans", ())]
    opened = [line.loan for line in lines if line.loan is not None]
    if len(stated) != len(opened):
        yield f"it has {len(stated)} loans, the opening voucher {len(opened)}"
    rules_then = RulesThen(scope, row.entity)
    rules = rules_then.on(rules_then.version(row.sequence - 1), row.date)
    for (member, loan), number in zip(stated, opened, strict=False):
        there = next(scope.rows(_LOAN, entity=row.entity, number=number), None)
        for what, own, other in _terms(there, loan, rules, row.date) if there else ():
            if own != other:
                yield f"loan {number} of member {member} has {what} {own}, the sheet {other}"


def _terms(row: Any, loan: Mapping[str, Any], rules: GroupRules, on: str) -> Iterator[tuple[str, object, object]]:  # noqa: ANN401
    due = amount(loan["interest_due"]) if "interest_due" in loan else 0
    lent = amount(loan.get("principal") or loan["outstanding"])
    yield "cut-off", row.cut_off, on
    yield "instalments", row.instalments, loan["instalments_left"]
    yield "interest due", money(row.interest_due), money(due)
    yield "principal", money(row.principal), money(lent)
    yield "rate", row.rate_per_month, loan.get("rate_per_month") or rules.loan_rate
    yield "method", row.method, loan.get("method") or rules.loan_method
    yield "disbursement", row.disbursed, loan.get("disbursed") or on
    yield "purpose", row.purpose, loan.get("purpose", "")
