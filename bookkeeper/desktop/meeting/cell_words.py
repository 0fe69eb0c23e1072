"""What the strip says of a cell of the members' sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from bookkeeper.desktop.meeting.members_sheet import HEADS, MembersSheet
from bookkeeper.desktop.meeting.sheet import repaid_on, row_of
from bookkeeper.desktop.meeting.strip import StripText
from bookkeeper.desktop.meeting.typed import HERE, ON_LOAN, SENT, Line
from bookkeeper.desktop.typed_amounts import Wrong, typed_amount
from bookkeeper.rules.fees import Borne, borne
from bookkeeper.rules.meeting import ABSENT, BANK, LATE, PRESENT

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk


def words_of(sheet: MembersSheet, row: int, column: int, desk: Desk) -> StripText:
    """What is due in a cell, what is overdue, the balance, and how it will stand after this."""
    if not 0 <= row < len(sheet.lines):
        return StripText()
    line, key = sheet.lines[row], sheet.column(column)
    wrong = sheet.wrong(row, column)
    if wrong:
        return StripText(sentence=wrong, is_wrong=True, who=sheet.name_of(line), line=wrong)
    if line.besides is not None:
        told = desk.say("A second row of the sheet that came back. It is posted as it stands here.")
        return StripText(who=sheet.name_of(line), about=told, line=told)
    if key in ON_LOAN and line.loan is not None:
        return _of_loan(sheet, line, key, desk)
    first = sheet.lines[sheet.row_of(line.member.number)]
    return _of_member(sheet, first, key, desk)


def _of_loan(sheet: MembersSheet, line: Line, key: str, desk: Desk) -> StripText:
    loan, figures, say, rupees = line.loan, sheet.figures, desk.say, desk.rupees
    assert loan is not None  # noqa: S101  # asked before
    after = loan.left_after(repaid_on(figures, line)) if loan.outstanding else None
    found = [
        (say("Principal today"), loan.principal_due - loan.principal_overdue),
        (say("Overdue"), loan.principal_overdue),
        (say("Interest today"), loan.interest_due - loan.interest_overdue),
        (say("Overdue"), loan.interest_overdue),
        (say("Outstanding"), loan.outstanding),
    ]
    if after is not None:
        found.append((say("After this"), after))
    if loan.penalty_due:
        found.insert(4, (say("Penalty"), loan.penalty_due))
    dues = {"principal": rupees(loan.principal_due), "interest": rupees(loan.interest_due)}
    told = "Principal due {principal}, interest due {interest}, loan left {left}, after this {after}."
    if after is None:
        told = "Principal due {principal}, interest due {interest}, loan left {left}."
    line_ = say(told, **dues, left=rupees(loan.outstanding), after=rupees(after or 0))
    about = ", ".join(filter(None, (desk.language.date(loan.disbursed), loan.purpose)))
    return StripText(
        sentence=_differs(sheet, line, key, desk),
        who=f"{_name(sheet, line)}, {say('loan {number}', number=str(loan.number))}",
        about=about,
        figures=tuple((label, rupees(amount) if amount else "–") for label, amount in found),
        line=line_,
    )


def _differs(sheet: MembersSheet, line: Line, key: str, desk: Desk) -> str:
    due = sheet.short_of(line, key)
    if not due:
        return ""
    paid, say = sheet.figures.paise(line, key), desk.say
    head = say(HEADS[key])
    if paid > due:
        return say("{what} is {amount} more than is due. Change it only if it was mistyped.",
                   what=head, amount=desk.rupees(paid - due))  # fmt: skip
    return say("{what} is {amount} less than is due. The rest goes on as overdue; change it only if it was mistyped.",
               what=head, amount=desk.rupees(due - paid))  # fmt: skip


def _name(sheet: MembersSheet, line: Line) -> str:
    return sheet.name_of(line).partition(",")[0]


def _of_member(sheet: MembersSheet, line: Line, key: str, desk: Desk) -> StripText:
    member, say, rupees = line.member, desk.say, desk.rupees
    after = member.saved_after(row_of(sheet.figures, line))
    found = [
        (say("Savings due"), member.due_savings),
        (say("Fine due"), member.fine_due),
        (say("May be withdrawn"), member.withdrawable),
        (say("Savings before"), member.savings_balance),
        (say("After this"), after),
    ]
    before = rupees(member.savings_balance)
    told = say("Saved before {before}, after this {after}.", before=before, after=rupees(after))
    if member.due_savings:  # nothing is due any more once it was paid
        due = rupees(member.due_savings)
        told = say("Savings due {due}, saved before {before}, after this {after}.", due=due, before=before,
                   after=rupees(after))  # fmt: skip
    about = _about(sheet, line, key, desk)
    return StripText(
        sentence=_differs(sheet, line, key, desk),
        who=sheet.name_of(line),
        about=about,
        figures=tuple((label, rupees(amount) if amount else "–") for label, amount in found),
        line=f"{about}  {told}" if about else told,
    )


def _about(sheet: MembersSheet, line: Line, key: str, desk: Desk) -> str:
    """The note beside her name: what Enter opens, how she paid, what the rule fines."""
    say, number = desk.say, line.member.number
    attendance = sheet.figures.attendance(number)
    if key == "new_loan" and sheet.figures.paise(line, key):
        return ". ".join((*_of_new_loan(sheet, line, desk), say("Enter: purpose, instalments, rate")))
    if key == "other" and sheet.figures.paise(line, key):
        return say("Enter: what it was paid for")
    if key == HERE or attendance != PRESENT:
        return _about_attendance(sheet, number, desk)
    return say("paid by bank") if sheet.what.detail(number, "by") == BANK else ""


_FEES: Final = {
    Borne.DEDUCTED: "fees kept back {amount}",
    Borne.PAID: "fees paid in besides {amount}",
    Borne.CAPITALISED: "fees added to the loan {amount}",
}


def _of_new_loan(sheet: MembersSheet, line: Line, desk: Desk) -> Iterator[str]:
    """Its purpose, and what its product takes."""
    purpose = sheet.what.detail(line.member.number, "purpose")
    if purpose:
        yield purpose
    loan = row_of(sheet.figures, line).new_loan
    fees = sheet.coming.fees_of(loan) if loan else ()
    for how, text in _FEES.items():
        if amount := borne(fees, how):
            yield desk.say(text, amount=desk.rupees(amount))


def _about_attendance(sheet: MembersSheet, number: str, desk: Desk) -> str:
    say, rule, attendance = desk.say, sheet.coming.rule, sheet.figures.attendance(number)
    levied = sheet.what.detail(number, "fine_levied")
    fine = rule.fine_absent if attendance in {ABSENT, SENT} else rule.fine_late if attendance == LATE else 0
    if levied:
        amount = typed_amount(levied)
        return say("fined {amount}", amount=levied if isinstance(amount, Wrong) else desk.rupees(amount))
    if fine:
        return say("fined {amount} by the rule of the group", amount=desk.rupees(fine))
    if attendance == SENT:
        return say("absent, sent her money")
    return say("P present, A absent, L leave, T late, S sent her money")
