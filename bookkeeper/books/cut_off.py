"""The cut-off sheet → the one opening voucher with which a group's books begin, and the terms of its running loans."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select

from bookkeeper.books import members as register
from bookkeeper.definitions.chart import LOANS_ROLE, SURPLUS_ROLE
from bookkeeper.definitions.group_rules import NotARule, instalments, method, monthly_rate, rules_on
from bookkeeper.definitions.kind import kind
from bookkeeper.errors import Fault
from bookkeeper.ledger import chain
from bookkeeper.ledger.accounts import Chart, chart_of
from bookkeeper.ledger.entities import Entity, settings
from bookkeeper.ledger.lending import LoanTerms
from bookkeeper.rules.cut_off import CutOff, CutOffHead, CutOffLoan, CutOffMember, lines, plain, suspects
from bookkeeper.rules.dates import Day, NotADate, parsed_date
from bookkeeper.rules.meeting import CASH, SAVINGS
from bookkeeper.rules.money import Amount, Paise
from bookkeeper.rules.said import Said
from bookkeeper.rules.voucher import Posting, Voucher
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx, insert_rows

NOTHING = Paise(0)
_TOLD = 5


@dataclass
class PreparedCutOff:
    """A cut-off sheet that may be posted: its voucher and the loans it opens, or the faults that forbid it."""

    sheet: CutOff
    voucher: Voucher | None = None
    loans: dict[int, LoanTerms] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    balanced: Paise = NOTHING
    """What was put to the surplus so that the sheet balances, debit positive."""


def prepared(tx: Tx, entity: Entity, sheet: CutOff, balance_to: str = "") -> PreparedCutOff:
    """What posting this sheet would enter, or everything that is wrong with it. Changes nothing.

    `balance_to` is the surplus account, to which the difference is put where the sheet does not balance. The rows of
    postings to heads are told from those of members by their sign.
    """
    found = PreparedCutOff(sheet)
    chart = chart_of(tx, entity.id)
    found.faults += _misplaced(tx, entity, sheet, chart)
    controls = _controls(sheet, chart)
    postings = [*_of_members(tx, entity, found), *_of_heads(sheet, chart, controls)]
    if balance_to:
        found.faults += _not_surplus(balance_to, chart)
    if balance_to and not found.faults:
        found.balanced = Paise(-sum(posting.amount for posting in postings))
        found.sheet = sheet = _with_surplus(sheet, chart, balance_to, found.balanced)
        postings = [*_of_members(tx, entity, found), *_of_heads(sheet, chart, controls)]
    if not found.faults:
        found.faults += [*_untied(postings, sheet, chart, controls)]
    if not found.faults and not postings:
        found.faults.append(Fault("there are no amounts in the cut-off sheet.", "Fill it in."))
    found.voucher = Voucher("opening", sheet.date, tuple(postings))
    return found


def record(tx: Tx, entity: Entity, sheet: CutOff) -> None:
    """Enter the sheet into the chain, after its voucher was posted."""
    kept = json.dumps(plain(sheet), ensure_ascii=False, separators=(",", ":"))
    sequence = chain.append(tx, entity, "cut-off", sheet.date, digest(kept))
    insert_rows(
        tx, tables.cut_off, ("entity", "sequence", "date", "sheet"), [(entity.id, sequence, sheet.date, kept)]
    )  # fmt: skip


def digest(sheet: str) -> str:
    """What the chain keeps of a cut-off sheet: the SHA-256 of it as it is stored."""
    return hashlib.sha256(sheet.encode()).hexdigest()


def _misplaced(tx: Tx, entity: Entity, sheet: CutOff, chart: Chart) -> Iterator[Fault]:
    """What is wrong with day, members and heads, before anything is added up."""
    try:
        parsed_date(sheet.date)
    except NotADate as error:
        yield Fault(str(error), field="date")
    people = {member.number: member for member in register.members(tx, entity)}
    seen: set[str] = set()
    for one in sheet.members:
        member = people.get(one.member)
        if member is None:
            yield Fault(
                Said("there is no member {member}.", member=one.member),
                "Enter her first, or put the number right.",
                one.row,
                "member",
            )
        elif member.left and member.left <= sheet.date:
            yield Fault(
                Said("member {member} left on {left}.", member=one.member, left=Day(member.left)),
                "Leave her out.",
                one.row,
                "member",
            )
        if one.member in seen:
            yield Fault(
                Said("member {member} stands there twice.", member=one.member),
                "Write one row for each.",
                one.row,
                "member",
            )
        seen.add(one.member)
    yield from _misplaced_heads(sheet, chart)
    for item in sheet.bank_items:
        if item.date > sheet.date:
            why = Said("{day} is after the cut-off of {cut_off}.", day=Day(item.date), cut_off=Day(sheet.date))
            yield Fault(why, "Leave it out, or put the date right.", item.row, "bank_items date")


def _misplaced_heads(sheet: CutOff, chart: Chart) -> Iterator[Fault]:
    for head in sheet.heads:
        account = chart.by_text.get(head.account)
        if account is None:
            yield chart.unknown(head.account, head.row)
        elif account.is_yearly:
            yield Fault(
                Said("{account} belongs to a year, and a cut-off sheet has none.", account=Said(account.name)),
                "What earlier years earned stands on the surplus.",
                head.row,
                "account",
            )
    yield from _cash_below(sheet, chart)


def _cash_below(sheet: CutOff, chart: Chart) -> Iterator[Fault]:
    heads = [head for head in sheet.heads if (account := chart.by_text.get(head.account)) and account.role == CASH]
    cash = sum(head.amount for head in heads)
    if cash < 0:
        last = [head for head in heads if head.amount < 0][-1]
        why = Said("cash would begin at {amount}: it stands on the credit side.", amount=Amount(cash))
        todo = "Write the cash in the box on the debit side; there is never less than none."
        yield Fault(why, todo, last.row, "credit")


def _not_surplus(balance_to: str, chart: Chart) -> Iterator[Fault]:
    account = chart.by_text.get(balance_to)
    if account is None or account.role != SURPLUS_ROLE:
        yield Fault(
            Said("a difference is not put to “{balance_to}”.", balance_to=balance_to),
            "Write surplus.",
            field="--balance-to",
        )


def _with_surplus(sheet: CutOff, chart: Chart, balance_to: str, amount: Paise) -> CutOff:
    """The sheet with so much more on the surplus (debit positive)."""
    if not amount:
        return sheet
    surplus = chart.named(balance_to)
    heads = [head for head in sheet.heads if chart.named(head.account).id != surplus.id]
    there = [head for head in sheet.heads if chart.named(head.account).id == surplus.id]
    amount = Paise(amount + sum(head.amount for head in there))
    if amount:
        heads.append(CutOffHead(balance_to, amount, there[0].row if there else None))
    return replace(sheet, heads=tuple(heads))


def _controls(sheet: CutOff, chart: Chart) -> dict[str, int]:
    """Totals of savings and loans that the sheet states beside its members: role → paise, debit positive."""
    stated: dict[str, int] = {}
    for head in sheet.heads:
        account = chart.by_text.get(head.account)
        if account and account.role in {*SAVINGS.values(), LOANS_ROLE}:
            stated[account.role] = stated.get(account.role, 0) + head.amount
    return stated


def _of_members(tx: Tx, entity: Entity, found: PreparedCutOff) -> Iterator[Posting]:
    table = tables.loan.c
    newest = tx.connection.execute(select(func.max(table.number)).where(table.entity == entity.id)).scalar() or 0
    rules = rules_on(found.sheet.date, kind(entity.kind).rules, settings(tx, entity))
    for one in found.sheet.members:
        for column, role in SAVINGS.items():
            amount: Paise = getattr(one, column)
            if amount:
                yield Posting(role, Paise(-amount), one.member, row=one.row)
        for loan in one.loans:
            newest += 1
            terms = LoanTerms(
                method=loan.method or rules.loan_method,
                rate_per_month=loan.rate_per_month or rules.loan_rate,
                instalments=loan.instalments_left,
                purpose=loan.purpose,
                disbursed=loan.disbursed or found.sheet.date,
                principal=loan.principal or loan.outstanding,
                interest_due=loan.interest_due,
                cut_off=found.sheet.date,
            )
            found.loans[newest] = terms
            found.faults += _loan_faults(one, loan, terms, found.sheet.date)
            yield Posting(LOANS_ROLE, loan.outstanding, one.member, newest, row=one.row)


def _loan_faults(one: CutOffMember, loan: CutOffLoan, terms: LoanTerms, on: str) -> Iterator[Fault]:
    if loan.outstanding <= 0:
        yield Fault("a loan that still runs owes something.", "Write what is outstanding.", one.row, "loan")
    if terms.principal < loan.outstanding:
        owed, lent = Amount(loan.outstanding), Amount(loan.principal)
        yield Fault(
            Said("{owed} is outstanding of only {lent} lent.", owed=owed, lent=lent),
            "Put one of them right.",
            one.row,
            "loan",
        )
    if terms.disbursed > on:
        yield Fault(
            Said("{disbursed} is after the cut-off.", disbursed=Day(terms.disbursed)),
            "Put the date right.",
            one.row,
            "loan",
        )
    try:
        method(terms.method)
        instalments(str(terms.instalments))
    except NotARule as error:
        yield Fault(str(error), "", one.row, "loan")
    try:
        monthly_rate(terms.rate_per_month)
    except NotARule as error:
        yield Fault(str(error), "", one.row, "rate_per_month")


def _of_heads(sheet: CutOff, chart: Chart, controls: dict[str, int]) -> Iterator[Posting]:
    for head in sheet.heads:
        account = chart.by_text.get(head.account)
        if account and account.role not in controls and head.amount:
            yield Posting(head.account, head.amount, row=None if head.row is None else -head.row)


def _untied(postings: list[Posting], sheet: CutOff, chart: Chart, controls: dict[str, int]) -> Iterator[Fault]:
    """Where members do not add up to a stated total, or debits to credits: by kind, and which lines to look at."""
    for role, stated in controls.items():
        own = sum(p.amount for p in postings if p.account == role)
        if own != stated:
            name = Said(chart.named(role).name)
            yield Fault(
                Said(
                    "{name} of the members add up to {own}; the sheet states {stated}, a difference of {difference}.",
                    name=name,
                    own=Amount(abs(own)),
                    stated=Amount(abs(stated)),
                    difference=Amount(abs(own - stated)),
                ),
                "Compare each member's line with her pass book.",
            )
    difference = Paise(sum(p.amount for p in postings))
    if not difference:
        return
    saved = -sum(p.amount for p in postings if p.account in SAVINGS.values())
    lent = sum(p.amount for p in postings if p.account == LOANS_ROLE)
    others = [p.amount for p in postings if p.account not in {*SAVINGS.values(), LOANS_ROLE}]
    more, side = (Said("debits"), Said("credit")) if difference > 0 else (Said("credits"), Said("debit"))
    yield Fault(
        Said(
            "the cut-off sheet does not balance: members' savings {saved}, loans to members {lent}, "
            "others {debit} debit and {credit} credit; the {more} are more by {difference}.",
            saved=Amount(saved),
            lent=Amount(lent),
            debit=Amount(sum(a for a in others if a > 0)),
            credit=Amount(-sum(a for a in others if a < 0)),
            more=more,
            difference=Amount(abs(difference)),
        ),
        Said(
            "If all lines are right, the {side} that is missing is the surplus: write {difference} there, or add "
            "--balance-to surplus.",
            side=side,
            difference=Amount(abs(difference)),
        ),
    )
    for line, why in suspects(sheet, difference)[:_TOLD]:
        told = Said("{line}, {amount}, {why}", line=Said(line.what), amount=Amount(abs(line.amount)), why=why)
        yield Fault(told, "Look at this line.", line.row, line.field)


def total_debit(sheet: CutOff) -> Paise:
    """The sum of the sheet's debits, in paise."""
    return Paise(sum(line.amount for line in lines(sheet) if line.amount > 0))
