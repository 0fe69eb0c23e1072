"""Loans: given before they are paid back, on the terms that were agreed, with interest and a plan that add up.

All of it is looked at in one pass, entity by entity, because reading the movements is what takes the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from bookkeeper.audit.check import Said, Scope, check, money
from bookkeeper.audit.lent import LentBooks, LoanThere
from bookkeeper.audit.stored import UNREADABLE, amount, fields
from bookkeeper.definitions.group_rules import GroupRules, instalments, method, rate
from bookkeeper.rules.money import Paise, Rounding
from bookkeeper.rules.schedules import Terms, principal_parts, schedule_of

_LENDERS = "SELECT DISTINCT entity FROM loan WHERE entity BETWEEN :first AND :last ORDER BY entity"
_LOOKED: Final = "loans"


def _found(scope: Scope, name: str) -> Sequence[Said]:
    """What one of the looks below finds; the first to ask makes the pass for all."""
    if _LOOKED not in scope.found:
        found: dict[str, list[Said]] = {one: [] for one in _LOOKS}
        for (entity,) in list(scope.rows(_LENDERS)):
            books = LentBooks(scope, entity)
            for one, look in _LOOKS.items():
                found[one] += [(entity, sentence) for sentence in look(scope, entity, books)]
        scope.found[_LOOKED] = found
    return scope.found[_LOOKED][name]


@check(16, "a loan is given on the day and not beyond the amount of its terms, and nothing is paid on it before")
def given_before_repaid(scope: Scope) -> Iterator[Said]:
    """Of a loan older than the books, the day is that of the cut-off sheet."""
    yield from _found(scope, "given")


def _misgiven(scope: Scope, entity: int, books: LentBooks) -> Iterator[str]:
    for number, there in books.loans.items():
        for why in _given_faults(scope, entity, there):
            yield f"loan {number} {why}."


def _given_faults(scope: Scope, entity: int, there: LoanThere) -> Iterator[str]:
    row, given = there.row, [one for one in there.moved if one.lent > 0]
    if not given:
        yield f"of {scope.member(entity, row.member)} has terms of {row.disbursed}, but was never given"
        return
    day = row.cut_off or row.disbursed
    first = min(one.date for one in given)
    if day not in {one.date for one in given}:
        yield f"was given on {first}, not on the day of its terms, {day}"
    elif row.cut_off:
        begun = sum(one.lent for one in given if one.date == day)
        if begun > row.principal:
            yield f"stood at {money(begun)} on {day}, though only {money(row.principal)} was lent"
    if min(there.dates) == first:
        return
    for one in there.moved:
        if one.date < first and (one.principal < 0 or one.interest > 0):
            paid = money(max(-one.principal, one.interest))
            yield f"was given on {first}, but {scope.voucher(entity, one.sequence)} takes {paid} on it before"


_WITH_LOANS = """
SELECT sequence, number, date, vouchers, sheet FROM meeting
WHERE entity = :entity AND sheet LIKE '%"new_loan"%' ORDER BY sequence
"""


@check(16, "a loan given in a meeting has the terms of its row in the sheet, and where that says none, the group's")
def terms_as_in_the_sheet(scope: Scope) -> Iterator[Said]:
    """Rate, method, instalments, first day and purpose follow from the sheet, which the chain guards."""
    yield from _found(scope, "terms")


def _misagreed(scope: Scope, entity: int, books: LentBooks) -> Iterator[str]:
    given = books.given()
    for meeting in scope.rows(_WITH_LOANS, entity=entity):
        told = f"in meeting {meeting.number} of {meeting.date}"
        rows = [row for row in _rows(meeting.sheet) if isinstance(row, dict) and row.get("new_loan")]
        opened = given.get(meeting.sequence, [])
        if len(opened) != len(rows):
            yield f"{told} the sheet has {len(rows)} new loans, the vouchers give {len(opened)}."
        for row, (sequence, there, paise) in zip(rows, opened, strict=False):
            try:
                off = _unlike(row, there, paise, books.rules(sequence, meeting.date))
            except UNREADABLE as error:
                off = [f"the row of the sheet cannot be read ({error})"]
            if there.row.disbursed != meeting.date:
                off.append(f"its terms are of {there.row.disbursed}")
            for why in off:
                whose = scope.member(entity, there.row.member)
                yield f"loan {there.row.number} of {money(paise)}, given {told} to {whose}: {why}."


def _rows(sheet: object) -> list[Any]:
    rows = (fields(sheet) or {}).get("rows")
    return rows if isinstance(rows, list) else []


def _unlike(row: dict[str, Any], there: LoanThere, paise: int, rules: GroupRules) -> list[str]:
    """What a loan has otherwise than the row of the sheet; whose it is, the vouchers' check says."""
    loan = row["new_loan"]
    held = there.row
    pairs = [
        ("amount", money(paise), money(amount(loan["principal"]))),
        ("rate", held.rate_per_month, loan.get("rate_per_month") or rules.loan_rate),
        ("method", held.method, loan.get("method") or rules.loan_method),
        ("number of instalments", held.instalments, loan.get("instalments") or rules.loan_instalments),
        ("purpose", held.purpose, loan.get("purpose", "")),
        ("first day", held.first_due, loan.get("first_due")),
    ]
    return [f"its {what} is {own}, the sheet and the rules say {said}" for what, own, said in pairs if own != said]


@check(17, "interest received in a meeting is never more than was charged by then, but for an advance that is noted")
def interest_as_charged(scope: Scope) -> Iterator[Said]:
    """Reckoned anew from terms, rules, days of meeting and movements, as the books knew them when it was posted."""
    yield from _found(scope, "interest")


def _overcharged(scope: Scope, entity: int, books: LentBooks) -> Iterator[str]:
    notes: dict[int, dict[int, int]] | None = None
    for meeting, there, interest in books.received():
        try:
            due = books.due(there, meeting)
        except UNREADABLE:
            continue  # terms that cannot be read are another check's finding
        if interest <= due:
            continue
        notes = _noted(scope, entity) if notes is None else notes
        ahead = notes.get(meeting.sequence, {}).get(there.row.number, 0)
        if interest > due + ahead:
            noted = f" and {money(ahead)} noted as paid ahead" if ahead else ""
            told = f"loan {there.row.number} paid {money(interest)} of interest in meeting {meeting.number}"
            yield f"{told} of {meeting.date}, but {money(due)} was due{noted}."


_NOTED = "SELECT sequence, notes FROM meeting WHERE entity = :entity AND notes LIKE '%interest_advance%'"


def _noted(scope: Scope, entity: int) -> dict[int, dict[int, int]]:
    """What was noted as interest paid ahead: link of the meeting → loan → paise."""
    found: dict[int, dict[int, int]] = {}
    for sequence, notes in scope.rows(_NOTED, entity=entity):
        ahead = found.setdefault(sequence, {})
        try:
            for _, loan, paise in (fields(notes) or {})["interest_advance"]:
                ahead[loan] = ahead.get(loan, 0) + int(paise)
        except UNREADABLE:
            continue
    return found


@check(18, "the instalments of every loan add up to what was lent")
def plans_add_up(scope: Scope) -> Iterator[Said]:
    """By its own method and terms, and by the plan that a meeting demands; what cannot be planned is named."""
    yield from _found(scope, "plans")


def _misplanned(scope: Scope, entity: int, books: LentBooks) -> Iterator[str]:
    for number, there in books.loans.items():
        why = _plan_fault(books, there)
        if why:
            yield f"loan {number} of {scope.member(entity, there.row.member)}, {money(there.lent)}: {why}."


def _plan_fault(books: LentBooks, there: LoanThere) -> str:
    row = there.row
    if there.lent <= 0:
        return ""
    try:
        rules = books.rules(there.moved[0].sequence, row.cut_off or row.disbursed)
        sums = _planned(
            there.lent, row.rate_per_month, row.instalments, row.method, rules.principal_rounding,
            rules.interest_rounding,
        )  # fmt: skip
    except UNREADABLE as error:
        return f"no plan can be made of its terms ({error})"
    for what, total in zip(("instalments", "schedule"), sums, strict=True):
        if total != there.lent:
            return f"its {what} add up to {money(total)}"
    return ""


@lru_cache(maxsize=10_000)
def _planned(  # the terms of a loan
    lent: int, percent: str, count: int, way: str, principal: Rounding, interest: Rounding
) -> tuple[int, int]:
    """What the parts of a plan and those of the whole schedule add up to; many loans have the same terms."""
    exact, number = Fraction(rate(percent)), instalments(str(count))
    parts = principal_parts(Paise(lent), number, principal)
    schedule = schedule_of(method(way), Terms(Paise(lent), exact, number, principal, interest))
    return sum(parts), sum(one.principal for one in schedule)


_SETTLED = "SELECT loan FROM loan_settled WHERE entity = :entity ORDER BY loan"


@check(23, "a loan that is marked as settled owes neither principal nor interest")
def settled_loans(scope: Scope) -> Iterator[Said]:
    """Meetings do not look at these loans again: one that is marked wrongly would never be demanded."""
    yield from _found(scope, "settled")


def _unsettled(scope: Scope, entity: int, books: LentBooks) -> Iterator[str]:
    for (loan,) in scope.rows(_SETTLED, entity=entity):
        there = books.loans.get(loan)
        told = f"loan {loan} is marked as settled"
        if there is None:
            yield f"{told}, but is not there."
            continue
        try:
            interest = books.unpaid(there)
        except UNREADABLE:
            interest = 0  # that its terms cannot be read is another check's finding
        if there.outstanding or interest:
            member, owed = scope.member(entity, there.row.member), money(there.outstanding)
            yield f"{told}, but {member} owes {owed} of principal and {money(interest)} of interest."


_LOOKS: Final[Mapping[str, Callable[[Scope, int, LentBooks], Iterator[str]]]] = {
    "given": _misgiven,
    "terms": _misagreed,
    "interest": _overcharged,
    "plans": _misplanned,
    "settled": _unsettled,
}
