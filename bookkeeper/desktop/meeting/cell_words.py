"""What the strip says of a cell of the members' sheet."""

from __future__ import annotations

from bookkeeper.desktop.meeting.members_sheet import HEADS, MembersSheet
from bookkeeper.desktop.meeting.strip import StripText
from bookkeeper.desktop.meeting.typed import HERE, ON_LOAN, SENT, Line
from bookkeeper.rules.meeting import ABSENT, BANK, LATE, PRESENT
from bookkeeper.words import Language


def words_of(sheet: MembersSheet, row: int, column: int, words: Language) -> StripText:
    """What is due in a cell, what is overdue, the balance, and how it will stand after this."""
    if not 0 <= row < len(sheet.lines):
        return StripText()
    line, key = sheet.lines[row], sheet.column(column)
    wrong = sheet.wrong(row, column)
    if wrong:
        return StripText(sentence=wrong, is_wrong=True, who=sheet.name_of(line), line=wrong)
    if key in ON_LOAN and line.loan is not None:
        return _of_loan(sheet, line, key, words)
    first = sheet.lines[sheet.row_of(line.member.number)]
    return _of_member(sheet, first, key, words)


def _of_loan(sheet: MembersSheet, line: Line, key: str, words: Language) -> StripText:
    loan, figures, say = line.loan, sheet.figures, words.say
    assert loan is not None  # noqa: S101  # asked before
    after = loan.outstanding - figures.paise(line, "principal")
    found = [
        (say("Principal today"), loan.principal_due - loan.principal_overdue),
        (say("Overdue"), loan.principal_overdue),
        (say("Interest today"), loan.interest_due - loan.interest_overdue),
        (say("Overdue"), loan.interest_overdue),
        (say("Outstanding"), loan.outstanding),
        (say("After this"), after),
    ]
    if loan.penalty_due:
        found.insert(4, (say("Penalty"), loan.penalty_due))
    rupees = words.rupees
    line_ = say(
        "Principal due {principal}, interest due {interest}, loan left {left}, after this {after}.",
        principal=rupees(loan.principal_due),
        interest=rupees(loan.interest_due),
        left=rupees(loan.outstanding),
        after=rupees(after),
    )
    about = ", ".join(filter(None, (words.date(loan.disbursed), loan.purpose)))
    return StripText(
        sentence=_differs(sheet, line, key, words),
        who=f"{_name(sheet, line)}, {say('loan {number}', number=str(loan.number))}",
        about=about,
        figures=tuple((label, rupees(amount) if amount else "–") for label, amount in found),
        line=line_,
    )


def _differs(sheet: MembersSheet, line: Line, key: str, words: Language) -> str:
    due = sheet.short_of(line, key)
    if not due:
        return ""
    paid, say = sheet.figures.paise(line, key), words.say
    head = say(HEADS[key])
    if paid > due:
        return say("{what} is {amount} more than is due. Change it only if it was mistyped.",
                   what=head, amount=words.rupees(paid - due))  # fmt: skip
    return say("{what} is {amount} less than is due. The rest goes on as overdue; change it only if it was mistyped.",
               what=head, amount=words.rupees(due - paid))  # fmt: skip


def _name(sheet: MembersSheet, line: Line) -> str:
    return sheet.name_of(line).partition(",")[0]


def _of_member(sheet: MembersSheet, line: Line, key: str, words: Language) -> StripText:
    member, say, rupees = line.member, words.say, words.rupees
    saved = sum(sheet.figures.paise(line, one) for one in ("savings", "voluntary_savings", "special_savings"))
    after = member.savings_balance + saved - sheet.figures.paise(line, "withdrawal")
    found = [
        (say("Savings due"), member.due_savings),
        (say("Fine due"), member.fine_due),
        (say("May be withdrawn"), member.withdrawable),
        (say("Savings before"), member.savings_balance),
        (say("After this"), after),
    ]
    told = say(
        "Savings due {due}, saved before {before}, after this {after}.",
        due=rupees(member.due_savings),
        before=rupees(member.savings_balance),
        after=rupees(after),
    )
    about = _about(sheet, line, key, words)
    return StripText(
        who=sheet.name_of(line),
        about=about,
        figures=tuple((label, rupees(amount) if amount else "–") for label, amount in found),
        line=f"{about}  {told}" if about else told,
    )


def _about(sheet: MembersSheet, line: Line, key: str, words: Language) -> str:
    """The note beside her name: what Enter opens, how she paid, what the rule fines."""
    say, number = words.say, line.member.number
    attendance = sheet.figures.attendance(number)
    if key == "new_loan" and sheet.figures.paise(line, key):
        purpose = sheet.what.detail(number, "purpose")
        return f"{purpose}. " * bool(purpose) + say("Enter: purpose, instalments, rate")
    if key == "other" and sheet.figures.paise(line, key):
        return say("Enter: what it was paid for")
    if key == HERE or attendance != PRESENT:
        return _about_attendance(sheet, number, words)
    return say("paid by bank") if sheet.what.detail(number, "by") == BANK else ""


def _about_attendance(sheet: MembersSheet, number: str, words: Language) -> str:
    say, rule, attendance = words.say, sheet.coming.rule, sheet.figures.attendance(number)
    levied = sheet.what.detail(number, "fine_levied")
    fine = rule.fine_absent if attendance in {ABSENT, SENT} else rule.fine_late if attendance == LATE else 0
    if levied:
        return say("fined {amount}", amount=levied)
    if fine:
        return say("fined {amount} by the rule of the group", amount=words.rupees(fine))
    if attendance == SENT:
        return say("absent, sent her money")
    return say("P present, A absent, L leave, T late, S sent her money")
