"""Loans: given before they are paid back, on the terms that were agreed, with interest and a plan that add up.

All of it is looked at in one pass, entity by entity, because reading the movements is what takes the time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from bookkeeper.audit.check import Said, Scope, check, money
from bookkeeper.audit.lent import LentBooks, LoanThere
from bookkeeper.audit.stored import UNREADABLE, amount, fields
from bookkeeper.definitions.group_rules import GroupRules, instalments, method, rate
from bookkeeper.definitions.loan_product import kept
from bookkeeper.rules.fees import Borne
from bookkeeper.rules.money import Paise, Rounding
from bookkeeper.rules.schedules import Instalment, Terms, Treatment, schedule_of

_IN_EQUAL_PARTS: Final = ("equal-principal", "flat")
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
SELECT sequence, number, date, vouchers, sheet, notes FROM meeting
WHERE entity = :entity AND sheet LIKE '%"new_loan"%' ORDER BY sequence
"""


@check(16, "a loan given in a meeting has the terms of its row in the sheet, and where that says none, the group's")
def terms_as_in_the_sheet(scope: Scope) -> Iterator[Said]:
    """Rate, method, instalments, first day and purpose follow from the sheet, which the chain guards.

    Those of a loan by a product follow from the notes to the meeting, which the chain guards as well.
    """
    yield from _found(scope, "terms")


def _misagreed(scope: Scope, entity: int, books: LentBooks) -> Iterator[str]:
    given = books.given()
    for meeting in scope.rows(_WITH_LOANS, entity=entity):
        told = f"in meeting {meeting.number} of {meeting.date}"
        rows = [row for row in _rows(meeting.sheet) if isinstance(row, dict) and row.get("new_loan")]
        opened = given.get(meeting.sequence, [])
        if len(opened) != len(rows):
            yield f"{told} the sheet has {len(rows)} new loans, the vouchers give {len(opened)}."
        noted = (fields(meeting.notes) or {}).get("loans")
        by_product = [*(noted if isinstance(noted, list) else ()), *[None] * len(rows)]
        for row, (sequence, there, paise), terms in zip(rows, opened, by_product, strict=False):
            try:
                if terms:
                    off = _unlike_notes(row, there, paise, terms)
                else:
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
        ("product", held.product, loan.get("product", "")),
    ]
    off = ["it has the terms of a product, the sheet names none"] if held.terms else []
    return off + [
        f"its {what} is {own}, the sheet and the rules say {said}" for what, own, said in pairs if own != said
    ]


def _unlike_notes(row: dict[str, Any], there: LoanThere, paise: int, noted: dict[str, Any]) -> list[str]:
    """What a loan by a product has otherwise than the notes to its meeting, and these otherwise than the sheet."""
    loan, held = row["new_loan"], there.row
    added = sum(amount(fee["amount"]) for fee in noted.get("fees", ()) if fee["how"] == Borne.CAPITALISED)
    pairs = [
        ("amount", money(paise), money(amount(loan["principal"]) + added)),
        ("number", held.number, noted["loan"]),
        ("product", held.product, noted["product"]),
        ("rate", held.rate_per_month, noted["rate_per_month"]),
        ("method", held.method, noted["method"]),
        ("number of instalments", held.instalments, noted["instalments"]),
        ("first day", held.first_due, noted["first_due"]),
        ("purpose", held.purpose, loan.get("purpose", "")),
    ]
    off = [f"its {what} is {own}, the notes to the meeting say {said}" for what, own, said in pairs if own != said]
    off += _other_terms(held.terms, noted["terms"])
    keys = ("product", "method", "rate_per_month", "instalments", "first_due")
    off += [
        f"the sheet says {loan[key]} of its {key.replace('_', ' ')}, the notes {noted[key]}"
        for key in keys
        if key in loan and loan[key] != noted[key] and (key != "rate_per_month" or _rates_differ(loan, noted))
    ]
    return off


def _other_terms(held: str, noted: dict[str, Any] | None) -> Iterator[str]:
    """In which fields the terms by a product are not those noted."""
    terms = json.dumps(noted, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if noted else ""
    if held != terms:
        own, said = fields(held) or {}, noted or {}
        unlike = ", ".join(key for key in sorted({*own, *said}) if own.get(key) != said.get(key))
        yield f"its terms are not those of the notes to the meeting: {unlike or 'how they are written'}"


def _rates_differ(loan: dict[str, Any], noted: dict[str, Any]) -> bool:
    return Fraction(loan["rate_per_month"]) != Fraction(noted["rate_per_month"])


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


@check(18, "the instalments of every loan are as many as its terms say and add up to what was lent, none below nought")
def plans_add_up(scope: Scope) -> Iterator[Said]:
    """By its own method and terms; where its parts of principal are equal ones, they are worked out anew.

    What cannot be planned is named.
    """
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
    if row.terms:
        return _product_fault(books, there)
    try:
        rules = books.rules(there.moved[0].sequence, row.cut_off or row.disbursed)
        return _misshapen(
            there.lent, row.rate_per_month, row.instalments, row.method, rules.principal_rounding,
            rules.interest_rounding,
        )  # fmt: skip
    except UNREADABLE as error:
        return f"no plan can be made of its terms ({error})"


def _product_fault(books: LentBooks, there: LoanThere) -> str:
    """The same of a loan by its product: what is capitalised is repaid with it."""
    try:
        first = [one for one in there.moved if one.lent]
        schedule = books.by_product(there, first[:1], ()).schedule()
        terms = kept(there.row.terms)
    except UNREADABLE as error:
        return f"no plan can be made of its terms ({error})"
    total = sum(one.principal for _, one in schedule)
    grows = terms.product.moratorium_treatment is Treatment.CAPITALISE and terms.product.moratorium_interest
    if total != first[0].lent and not (grows and total > first[0].lent and not schedule[-1][1].outstanding):
        return f"its schedule adds up to {money(total)}"
    return _below_nought([one for _, one in schedule])


@lru_cache(maxsize=10_000)
def _misshapen(  # the terms of a loan
    lent: int, percent: str, count: int, way: str, principal: Rounding, interest: Rounding
) -> str:
    """What is wrong with the schedule of these terms; "" for nothing. Many loans have the same terms."""
    exact, number = Fraction(rate(percent)), instalments(str(count))
    schedule = schedule_of(method(way), Terms(Paise(lent), exact, number, principal, interest))
    parts = [one.principal for one in schedule]
    if sum(parts) != lent:
        return f"its schedule adds up to {money(sum(parts))}"
    if len(parts) != number:
        return f"its schedule has {len(parts)} instalments, its terms say {number}"
    if way in _IN_EQUAL_PARTS:
        for place, (part, expected) in enumerate(zip(parts, _equal_parts(lent, number, principal), strict=True), 1):
            if part != expected:
                return f"instalment {place} of its schedule has {money(part)} of principal, not {money(expected)}"
    return _below_nought(schedule)


def _below_nought(schedule: Sequence[Instalment]) -> str:
    for one in schedule:
        if min(one.principal, one.interest, one.outstanding) < 0:
            return f"instalment {one.number} of its schedule is below nought"
    return ""


def _equal_parts(lent: int, number: int, how: Rounding) -> list[int]:
    """Equal parts of principal, worked out here: to the nearest unit, a half upwards; the last takes what is left."""
    unit = how.value[0]
    part = (2 * lent + number * unit) // (2 * number * unit) * unit
    left = [max(lent - part * before, 0) for before in range(number)]
    return [*(min(part, one) for one in left[:-1]), left[-1]]


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
