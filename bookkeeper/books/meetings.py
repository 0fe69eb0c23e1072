"""A meeting's sheet → the vouchers a book-keeper would write, and what is worth noting of it.

Faults are found all at once and named by row and field of the sheet; posting itself is the ledger's.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import func, select

from bookkeeper.books import loans, savings, sittings
from bookkeeper.books import members as register
from bookkeeper.books.loans import LoanBook
from bookkeeper.books.meeting_loans import NewLoans, noted
from bookkeeper.books.meeting_repayments import Repayments
from bookkeeper.books.meeting_vouchers import vouchers_of
from bookkeeper.books.members import Member
from bookkeeper.definitions.chart import FINES_ROLE, INTEREST_ROLE, LOANS_ROLE, PENALTY_ROLE
from bookkeeper.definitions.group_rules import GroupRules, rules_on
from bookkeeper.definitions.kind import kind
from bookkeeper.errors import Fault
from bookkeeper.ledger import chain
from bookkeeper.ledger.accounts import Account, Chart, chart_of
from bookkeeper.ledger.balances import balance_at
from bookkeeper.ledger.entities import Entity, settings
from bookkeeper.ledger.lending import LoanTerms
from bookkeeper.ledger.periods import open_days
from bookkeeper.rules.dates import Day, NotADate, parsed_date
from bookkeeper.rules.meeting import (
    ABSENT,
    BANK,
    CASH,
    LATE,
    LEAVE,
    MOST_NUMBER,
    SAVINGS,
    MeetingSheet,
    SheetRow,
    plain,
)
from bookkeeper.rules.money import Amount, Paise
from bookkeeper.rules.said import Said
from bookkeeper.rules.text import USUAL
from bookkeeper.rules.voucher import Voucher, voucher_name
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx, insert_rows

WITHDRAWN: Final = ("voluntary-savings", "special-savings")
"""What a withdrawal takes, in this order; compulsory savings only where that is said."""

_JOINERS: Final = {0x200C: None, 0x200D: None}


@dataclass
class Prepared:
    """A sheet that may be posted: its number, its vouchers, the terms of the loans they open, and the notes to it."""

    sheet: MeetingSheet
    vouchers: tuple[Voucher, ...] = ()
    loans: dict[int, LoanTerms] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, why: str, todo: str, row: int | None, where: str) -> None:
        """Note what is wrong, by row and field of the sheet."""
        self.faults.append(Fault(why, todo, row, where))


def prepared(tx: Tx, entity: Entity, sheet: MeetingSheet) -> Prepared:
    """What posting this sheet would enter, or every fault that forbids it. Changes nothing."""
    found = Prepared(sheet)
    _check_day(tx, entity, found)
    people = {member.number: member for member in register.members(tx, entity)}
    chart = chart_of(tx, entity.id)
    settled = register.settled_on(tx, entity, people.values(), sheet.date)
    _check_people(found, people, settled)
    _check_heads(found, chart)
    if PENALTY_ROLE not in chart.by_text:
        for row in found.sheet.rows:
            if any(one.penalty for one in row.repaid):
                found.refuse("there is no head for penal interest.", "Add one with its role.", row.row, "penalty")
    rules = rules_on(sheet.date, kind(entity.kind).rules, settings(tx, entity))
    repayments = Repayments(tx, entity, found.sheet, rules, found.refuse)
    paid = repayments.paid()
    found.notes |= repayments.notes
    new = NewLoans(tx, entity, found.sheet, rules, chart, found.refuse).given()
    drawn = _withdrawals(tx, entity, found)
    if found.faults:
        return found
    found.vouchers = vouchers_of(found.sheet, chart, paid, new, drawn)
    found.loans = {number: one.given.terms for number, one in new.items()}
    if any(terms.product for terms in found.loans.values()):
        found.notes["loans"] = [noted(number, one) for number, one in new.items()]
    _note_attendance(found, people, rules, settled)
    return found


def record(tx: Tx, entity: Entity, found: Prepared) -> dict[str, Any]:
    """Enter the sheet into the chain after its vouchers were posted; the answer is its notes, the count among them."""
    sheet, notes = found.sheet, found.notes
    counted = sheet.cash
    if counted is not None:
        notes["cash"] = {"counted": counted, "book": cash_in_book(tx, entity, sheet.date)}
    kept, noted = _json(plain(sheet)), _json(notes)
    number, vouchers = sheet.number, len(found.vouchers)
    sequence = chain.append(tx, entity, "meeting", number, sheet.date, vouchers, digest(kept, noted))
    row = (entity.id, sequence, number, sheet.date, vouchers, kept, noted)
    insert_rows(tx, tables.meeting, ("entity", "sequence", "number", "date", "vouchers", "sheet", "notes"), [row])
    days = sittings.days(tx, entity)
    touched = {p.loan for v in found.vouchers for p in v.postings if p.loan is not None}
    if days[-1] > sheet.date:  # a day of meeting behind others changes what was charged on the loans since
        loans.settle_anew(tx, entity, sheet.date, days)
    elif paid_off := loans.paid_off(tx, entity, touched):
        LoanBook(tx, entity, days, loans=paid_off).settle(sheet.date)
    return notes


def digest(sheet: str, notes: str) -> str:
    """What the chain keeps of a meeting: the SHA-256 of its sheet and notes as they are stored."""
    return hashlib.sha256(f"{sheet}\n{notes}".encode()).hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def cash_in_book(tx: Tx, entity: Entity, on: str) -> int:
    """The cash that the book shows at the end of a day, in paise."""
    return sum(balance_at(tx, entity.id, a.id, on) for a in chart_of(tx, entity.id).of_role(CASH))


def _check_day(tx: Tx, entity: Entity, found: Prepared) -> None:
    """The number is free; the day is open, and not before the last meeting unless a reversed one is replaced."""
    sheet = found.sheet
    last = sittings.last(tx, entity)
    if sheet.number is None:
        if last and last[1] == sheet.date:
            twice = Said("a meeting was held on {day} already, number {number}.", day=Day(sheet.date), number=last[0])
            found.refuse(twice, "If this is a second one, give it a number.", None, "number")
        found.sheet = sheet = replace(sheet, number=last[0] + 1 if last else 1)
    try:
        parsed_date(sheet.date)
    except NotADate as error:
        found.refuse(str(error), "", None, "date")
        return
    for where, why in open_days(tx, entity).faults(Voucher("journal", sheet.date, ())):
        found.refuse(why, "", None, where)
    number = sheet.number or 0
    same = sittings.of_number(tx, entity, number)
    if number > MOST_NUMBER:
        todo = Said("Write one up to {most}.", most=MOST_NUMBER)
        found.refuse(Said("{number} is too large for the number of a meeting.", number=number), todo, None, "number")
    elif same:
        names = ", ".join(voucher_names(tx, entity, same)) or Said("no vouchers")
        why = Said(
            "meeting {number} was posted already, of {day} ({names}).", number=number, day=Day(same.date), names=names
        )
        found.refuse(
            why,
            Said("Reverse it first: bookkeeper meeting reverse {entity} {number}.", entity=entity.code, number=number),
            None,
            "number",
        )
    elif last and sheet.date < last[1] and not sittings.was_reversed(tx, entity, number):
        why = Said(
            "{day} is before the last meeting, number {number} of {held}.",
            day=Day(sheet.date),
            number=last[0],
            held=Day(last[1]),
        )
        todo = Said(
            "Reverse that one first with: bookkeeper meeting reverse {entity} {number}; or put the date right.",
            entity=entity.code,
            number=last[0],
        )
        found.refuse(why, todo, None, "date")


def voucher_names(tx: Tx, entity: Entity, meeting: sittings.Meeting) -> list[str]:
    """The vouchers that a meeting made, by name, in order."""
    v = tables.voucher.c
    query = select(v.series, v.number, v.year).where(
        v.entity == entity.id, v.sequence.between(meeting.sequence - meeting.vouchers, meeting.sequence - 1)
    )
    return [voucher_name(*row) for row in tx.connection.execute(query.order_by(v.sequence))]


def _check_people(found: Prepared, people: dict[str, Member], settled: Collection[str]) -> None:
    """Everybody named is a member on that day, by her name; nobody stands twice but with one row by bank.

    `settled` are those with whom the group has settled on that very day.
    """
    sheet = found.sheet
    seen: dict[str, set[str]] = defaultdict(set)
    for row in sheet.rows:
        member = people.get(row.member)
        if member is None:
            found.refuse(Said("there is no member {member}.", member=row.member), _nearest(people), row.row, "member")
        elif member.joined and member.joined > sheet.date:
            todo = "Leave her out, or put the date right."
            why = Said("member {member} joined on {joined}, later.", member=row.member, joined=Day(member.joined))
            found.refuse(why, todo, row.row, "member")
        elif (_has_left(member, sheet.date) or row.member in settled) and not _pays_back(row):
            todo = "She may still pay back what she owes; she saves, draws and borrows no more."
            why = Said("member {member} left on {left}.", member=row.member, left=Day(member.left or ""))
            found.refuse(why, todo, row.row, "member")
        if row.by in seen[row.member]:
            todo = "Write all that she pays in one row; a second one only for money by bank."
            found.refuse(Said("member {member} stands in two rows.", member=row.member), todo, row.row, "member")
        seen[row.member].add(row.by)
        if member:
            _check_names(found, row, member)
    named = [("presided_by", sheet.presided_by), *(("signed_by", one) for one in sheet.signed_by)]
    for one in sheet.resolutions:
        named += [("proposed_by", one.proposed_by), ("seconded_by", one.seconded_by)]
    for where, number in named:
        if number and number not in people:
            found.refuse(Said("there is no member {member}.", member=number), _nearest(people), None, where)


def _check_names(found: Prepared, row: SheetRow, member: Member) -> None:
    """What the user's own sheet calls her is her name, in either script."""
    for line, name in row.names:
        if _folded(name) not in {_folded(member.name), _folded(member.name_local)}:
            why = Said(
                "“{name}” is not the name of member {member}, who is {hers}.",
                name=name.strip()[:USUAL],
                member=row.member,
                hers=member.name,
            )
            found.refuse(why, "Put number or name right, or leave the name blank.", line, "name")


def _has_left(member: Member, on: str) -> bool:
    return bool(member.left) and str(member.left) < on


def _folded(name: str) -> str:
    """A name as names are compared: without regard to capitals, blanks, and marks that only join letters."""
    letters = unicodedata.normalize("NFKC", name).translate(_JOINERS)
    return " ".join(letters.split()).casefold()


def _pays_back(row: SheetRow) -> bool:
    """Whether nothing stands in a row but what one who left may still pay: her loans, interest, fines."""
    rest = replace(row, repaid=(), fine=Paise(0), fine_levied=None, present=ABSENT, sent=False, by=CASH)
    return row.received > 0 and not row.fine_levied and rest == SheetRow(row.member)


def _nearest(people: dict[str, Member]) -> str:
    return "List the members with: bookkeeper member list." if people else "Enter the members first: member import."


def _check_heads(found: Prepared, chart: Chart) -> None:
    """Every head is there, and is none that has a column or a row of its own on the sheet."""
    own = {*SAVINGS.values(), LOANS_ROLE, INTEREST_ROLE, FINES_ROLE}
    for row in found.sheet.rows:
        for one in row.other:
            account = chart.by_text.get(one.account)
            if account is None:
                fault = chart.unknown(one.account)
                found.refuse(fault.message, fault.todo, row.row, "other")
            elif account.is_money:
                found.refuse(*_of_money(account), row.row, "other")
            elif account.role in own:
                todo = "Write it in its own column."
                found.refuse(
                    Said("{account} has a column of its own.", account=Said(account.name)), todo, row.row, "other"
                )
    _check_foot(found, chart)


def _of_money(account: Account) -> tuple[str, str]:
    """Why cash or bank is no head of a member's payment, and what to do."""
    if account.role == CASH:
        return "cash needs no row of its own.", "What she pays is cash unless it says by bank: write what it is for."
    return Said(
        "{account} is money itself.", account=Said(account.name)
    ), "Write what it is for; money by bank stands in a row of hers by bank."


def _check_foot(found: Prepared, chart: Chart) -> None:
    for line in found.sheet.other:
        below = None if line.row is None else -line.row
        account = chart.by_text.get(line.account)
        if account is None:
            fault = chart.unknown(line.account)
            found.refuse(fault.message, fault.todo, below, "account")
        elif line.kind == "contra" and account.role != BANK:
            found.refuse(
                "a contra at the foot is with the bank.", "Write the bank's account.", line.row, "foot account"
            )
        elif line.kind != "contra" and account.is_money:
            todo = "For cash put into the bank or drawn from it, write a contra."
            found.refuse(Said("{account} is money itself.", account=Said(account.name)), todo, below, "account")
        elif account.role in {*SAVINGS.values(), LOANS_ROLE, INTEREST_ROLE}:
            found.refuse(
                Said("{account} needs a member.", account=Said(account.name)), "Write it in her row.", below, "account"
            )


def _withdrawals(tx: Tx, entity: Entity, found: Prepared) -> dict[int, list[tuple[str, Paise]]]:
    """What each withdrawal takes from which savings: place of the row → role and amount."""
    drawn: dict[int, list[tuple[str, Paise]]] = {}
    rows = [(place, row) for place, row in enumerate(found.sheet.rows) if row.withdrawal]
    if not rows:
        return drawn
    saved = savings.standing(tx, entity, found.sheet.date)
    by_role = {role: name for name, role in savings.KINDS.items()}
    left: dict[tuple[str, str], int] = {}
    for row in found.sheet.rows:
        for column, role in SAVINGS.items():
            there = getattr(saved.get(row.member, savings.NOTHING_SAVED), by_role[role])
            left[row.member, role] = left.get((row.member, role), there) + getattr(row, column)
    for place, row in rows:
        wanted = int(row.withdrawal)
        roles = (row.withdrawal_from,) if row.withdrawal_from else WITHDRAWN
        drawn[place] = []
        for role in roles:
            taken = min(wanted, max(left.get((row.member, role), 0), 0))
            wanted -= taken
            left[row.member, role] = left.get((row.member, role), 0) - taken
            if taken:
                drawn[place].append((role, Paise(taken)))
        if wanted:
            names = [Said(role.replace("-", " ")) for role in roles]
            there = names[0] if row.withdrawal_from else Said("{one} and {other}", one=names[0], other=names[1])
            why = Said(
                "member {member} has {saved} in {there}; {amount} is more.",
                member=row.member,
                saved=Amount(row.withdrawal - wanted),
                there=there,
                amount=Amount(row.withdrawal),
            )
            todo = "Compulsory savings are paid out only with “withdrawal_from”: “member-savings”."
            found.refuse(why, "" if row.withdrawal_from else todo, row.row, "withdrawal")
    return drawn


def _note_attendance(found: Prepared, people: dict[str, Member], rules: GroupRules, settled: Collection[str]) -> None:
    """Note who paid while absent without having sent it, and the fines levied: typed, or by the group's rule."""
    sheet = found.sheet
    there = sheet.attendance()
    absent = [
        row.member
        for row in sheet.rows
        if there[row.member] in {ABSENT, LEAVE}
        and row.received
        and not row.sent
        and row.by == CASH
        and not _has_left(people[row.member], sheet.date)
    ]
    if absent:
        found.notes["absent_paid"] = list(dict.fromkeys(absent))
    typed: dict[str, int] = defaultdict(int)
    for row in sheet.rows:
        if row.fine_levied is not None:
            typed[row.member] += row.fine_levied
    fines = {number: levied for number, levied in typed.items() if levied}
    waived: list[list[object]] = []
    for number, member in people.items():
        belongs = member.belonged(sheet.date, sheet.date) and number not in settled
        by_rule = {ABSENT: rules.fine_absent, LATE: rules.fine_late}.get(there.get(number, ABSENT), 0)
        if belongs and by_rule and number not in typed:
            fines[number] = int(by_rule)
        elif by_rule and number in typed and not typed[number]:
            waived.append([number, int(by_rule)])
    if fines:
        found.notes["fines"] = fines
    if waived:
        found.notes["fines_waived"] = waived


def later_entries(tx: Tx, entity: Entity, meeting: sittings.Meeting) -> list[Fault]:
    """Why a meeting cannot be reversed: a loan given in it has entries after it."""
    posting, control = tables.posting.c, {a.id for a in chart_of(tx, entity.id).of_role(*kind(entity.kind).loan_roles)}
    first = meeting.sequence - meeting.vouchers
    own = posting.sequence.between(first, meeting.sequence - 1)
    given = select(posting.loan).where(
        posting.entity == entity.id, own, posting.paise > 0, posting.account.in_(sorted(control))
    )
    voucher, mirror = tables.voucher.c, tables.voucher.alias("mirror").c
    same = (voucher.entity == posting.entity) & (voucher.sequence == posting.sequence)
    gone = select(mirror.sequence).where(mirror.entity == voucher.entity, mirror.reverses == voucher.sequence)
    query = select(posting.loan, func.min(posting.date)).join_from(tables.posting, tables.voucher, same)
    query = query.where(posting.entity == entity.id, posting.loan.in_(given), posting.sequence > meeting.sequence)
    query = query.where(voucher.reverses.is_(None), ~gone.exists())
    return [
        Fault(
            Said(
                "loan {loan}, given in meeting {number}, has entries after it, from {day} on.",
                loan=loan,
                number=meeting.number,
                day=Day(day),
            ),
            "Reverse those first: the later meetings, newest first, or the vouchers.",
            field="number",
        )
        for loan, day in tx.connection.execute(query.group_by(posting.loan))
    ]
