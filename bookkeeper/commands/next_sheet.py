"""What the next meeting's sheet needs, gathered from the books into plain values; amounts in paise.

What is due is what `registers.meeting_sheet` shows of the day.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from bookkeeper.books import savings, sittings
from bookkeeper.books.loans import LoanBook, LoanInHand, LoanStanding, by_member, standing
from bookkeeper.books.members import members
from bookkeeper.books.sittings import Brief, Meeting
from bookkeeper.definitions.chart import FINES_ROLE, INTEREST_ROLE, LOANS_ROLE
from bookkeeper.definitions.group_rules import GroupRules, rules_on
from bookkeeper.definitions.kind import kind
from bookkeeper.ledger.accounts import Account, Chart, chart_of
from bookkeeper.ledger.balances import balance_at
from bookkeeper.ledger.entities import Entity, settings
from bookkeeper.ledger.loan_products import products_on
from bookkeeper.ledger.periods import asked_day
from bookkeeper.rules.by_product import ByProduct
from bookkeeper.rules.dates import day_before, last_day, month_of, month_start
from bookkeeper.rules.fees import Fee, Levied, levied
from bookkeeper.rules.meeting import BANK, CASH, SAVINGS, MeetingSheet, NewLoan, Repaid, SheetRow
from bookkeeper.rules.meeting_cash import Cash, cash_of
from bookkeeper.rules.money import Paise
from bookkeeper.rules.repayment import Due, split
from bookkeeper.store.engine import Tx

_LOOKED_AT: Final = 12
"""How many of the last meetings say how the group usually does it."""

_ITEMS: Final = 12
_A_MONTH: Final = range(26, 36)
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class LoanDue:
    """What is demanded on one loan, in paise: `principal_overdue` is a part of `principal_due`.

    `product` is a key, "" for the group's own rule; `rate_per_month` percent a month as text; `disbursed` ISO.
    `order` is that in which a whole repayment is split; empty where the loan's product keeps an account of its own.
    """

    number: int
    outstanding: int
    principal_due: int
    principal_overdue: int
    interest_due: int
    interest_overdue: int
    penalty_due: int
    product: str = ""
    product_name: str = ""
    method: str = ""
    rate_per_month: str = ""
    purpose: str = ""
    disbursed: str = ""
    order: tuple[str, ...] = ()

    def left_after(self, paid: Repaid) -> int | None:
        """What is outstanding when this is paid; None where only posting can split the whole."""
        if not paid.repayment:
            return self.outstanding - paid.principal
        if not self.order:
            return None
        due = Due(
            Paise(self.outstanding),
            Paise(self.principal_overdue),
            Paise(self.principal_due - self.principal_overdue),
            Paise(self.interest_overdue),
            Paise(self.interest_due - self.interest_overdue),
            Paise(0),
            Paise(self.penalty_due),
        )
        return self.outstanding - split(paid.repayment, due, self.order).principal


@dataclass(frozen=True, slots=True)
class MemberDue:
    """What is due of a member, and what she has saved, in paise; `savings_balance` is all that is posted by the day.

    `withdrawable` is what a withdrawal takes without saying from what: `voluntary` and `special` together.
    """

    number: str
    name: str
    name_local: str
    office: str
    due_savings: int
    fine_due: int
    savings_balance: int
    withdrawable: int
    voluntary: int
    special: int
    loans: tuple[LoanDue, ...]

    def saved_after(self, row: SheetRow) -> int:
        """What she has saved when her row is posted."""
        return self.savings_balance + _saved_in(row)


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A head as the page offers it; `role` is "" where the program knows none."""

    code: str
    name: str
    role: str
    group: str


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A loan product by which the group lends on the day, and its fees; of the `own_rule`, what the rules say."""

    key: str
    name: str
    own_rule: bool
    method: str
    instalments: int | None
    rate_per_month: str
    fees: tuple[Fee, ...] = ()


@dataclass(frozen=True, slots=True)
class FootUsed:
    """A line of a foot as it was written before: payment, receipt or contra, its account and narration."""

    kind: str
    account: str
    narration: str
    by: str


@dataclass(frozen=True, slots=True)
class ColumnsUsed:
    """Which columns besides savings, principal, interest, fine and new loan the group uses."""

    voluntary: bool = False
    special: bool = False
    penalty: bool = False
    withdrawal: bool = False
    other: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """The group's own rule of the day; amounts in paise, `rate_per_month` percent a month as text.

    `meeting_day` is its day of the month, nought where it has none.
    """

    savings_amount: int
    rate_per_month: str
    method: str
    instalments: int
    fine_absent: int
    fine_late: int
    meeting_day: int = 0


@dataclass(frozen=True, slots=True)
class Coming:
    """All that a page needs to enter the next meeting; amounts in paise.

    `last` is the ISO day of the last meeting or "", `cash_before` what is in the box when the meeting begins.
    """

    date: str
    number: int
    last: str
    place: str
    time: str
    presided_by: str
    signed_by: tuple[str, ...]
    agenda: tuple[str, ...]
    columns: ColumnsUsed
    cash_before: int
    members: tuple[MemberDue, ...]
    other_heads: tuple[HeadLine, ...]
    foot_heads: tuple[HeadLine, ...]
    banks: tuple[HeadLine, ...]
    products: tuple[ProductLine, ...]
    rule: Rule
    foot_used: tuple[FootUsed, ...]

    def fees_of(self, loan: NewLoan) -> tuple[Levied, ...]:
        """The fees that fall on a new loan by its product."""
        product = next((one for one in self.products if one.key == loan.product), None)
        return levied(product.fees, loan.principal) if product else ()

    def cash_of(self, sheet: MeetingSheet) -> Cash:
        """The cash account of the meeting when this sheet is posted."""
        return cash_of(sheet, self.cash_before, self.fees_of)


class NextSheet:
    """The next meeting of an entity, gathered from its books."""

    def __init__(self, tx: Tx, entity: Entity, on: str) -> None:
        self._tx, self._entity = tx, entity
        self._own, self._defaults = settings(tx, entity), kind(entity.kind).rules
        self._held = sittings.in_brief(tx, entity)
        self._last = sittings.last(tx, entity)
        self._day = asked_day(on) if on else self._expected()
        self._rules = rules_on(self._day, self._defaults, self._own)
        self._chart = chart_of(tx, entity.id)
        self._recent = _recent(tx, entity, [one for one in self._held if one.date <= self._day])

    def _expected(self) -> str:
        days = [one.date for one in self._held]
        today = max(self._tx.today, self._entity.starts)
        rules = rules_on(today, self._defaults, self._own)
        return max(min(next_day(days, rules.meeting_day), today), days[-1]) if days else today

    def coming(self) -> Coming:
        """Everything, of the day."""
        tx, entity, day = self._tx, self._entity, self._day
        before = next(iter(self._recent), None)
        sheet = before.sheet if before else MeetingSheet("")
        people = tuple(self._members())
        return Coming(
            date=day,
            number=self._last[0] + 1 if self._last else 1,
            last=self._last[1] if self._last else "",
            place=sheet.place,
            time=sheet.time,
            presided_by=_usual(one.sheet.presided_by for one in self._recent),
            signed_by=sheet.signed_by,
            agenda=_distinct((item for one in self._recent for item in one.sheet.agenda), _ITEMS),
            columns=self._columns(people),
            cash_before=sum(balance_at(tx, entity.id, box.id, day) for box in self._chart.of_role(CASH)),
            members=people,
            other_heads=heads_of_members(self._chart),
            foot_heads=heads_of_foot(self._chart),
            banks=tuple(_line(account) for account in self._chart.of_role(BANK)),
            products=tuple(self._products()),
            rule=_rule(self._rules),
            foot_used=_distinct(
                (
                    FootUsed(line.kind, line.account, line.narration, line.by)
                    for one in self._recent
                    for line in one.sheet.other
                ),
                _ITEMS,
            ),
        )

    def _members(self) -> Iterator[MemberDue]:
        """The members of the day with what is due of each: the figures of the register."""
        tx, entity, day = self._tx, self._entity, self._day
        there = [one for one in members(tx, entity) if one.belonged(day, day)]
        earlier = [one.date for one in self._held if one.date < day]
        loans = by_member(LoanBook(tx, entity, earlier).due_on(day))
        terms = {one.loan: one for one in standing(tx, entity, day)} if loans else {}
        due = savings.due_on(tx, entity, day, there, earlier)
        saved = savings.standing(tx, entity, day_before(day))
        now = savings.standing(tx, entity, day)
        fines = sittings.fines_due(tx, entity, day)
        has_met = any(one.date == day for one in self._held)  # a second meeting does not ask again what the first took
        for member in there:
            number = member.number
            hers, before = (found.get(number, savings.NOTHING_SAVED) for found in (now, saved))
            paid = hers.compulsory - before.compulsory if has_met else 0
            yield MemberDue(
                number=number,
                name=member.name,
                name_local=member.name_local,
                office=member.office,
                due_savings=max(due.get(number, 0) - paid, 0),
                fine_due=fines.get(number, 0),
                savings_balance=hers.total,
                withdrawable=max(hers.voluntary, 0) + max(hers.special, 0),
                voluntary=hers.voluntary,
                special=hers.special,
                loans=tuple(_loans(loans.get(number, ()), terms, self._rules)),
            )

    def _columns(self, people: Sequence[MemberDue]) -> ColumnsUsed:
        rows = [row for one in self._recent for row in one.sheet.rows]
        return ColumnsUsed(
            voluntary=any(one.voluntary for one in people) or any(row.voluntary_savings for row in rows),
            special=any(one.special for one in people) or any(row.special_savings for row in rows),
            penalty=any(loan.penalty_due for one in people for loan in one.loans)
            or any(paid.penalty for row in rows for paid in row.repaid),
            withdrawal=any(row.withdrawal for row in rows),
            other=any(row.other for row in rows),
        )

    def _products(self) -> Iterator[ProductLine]:
        for key, one in products_on(self._tx, self._entity, self._day).items():
            product, own, rules = one.product.product, one.product.own_rule, self._rules
            yield ProductLine(
                key=key,
                name=one.product.name,
                own_rule=own,
                method=rules.loan_method if own else product.method,
                instalments=rules.loan_instalments if own else product.instalments,
                rate_per_month=rules.loan_rate if own else one.product.rate_per_month,
                fees=one.product.fees,
            )


def next_day(days: Sequence[str], meeting_day: int | None = None) -> str:
    """The ISO day on which the next meeting is to be expected, after at least one; `days` are those of all, in order.

    By the group's own day of the month where it has one; else by the time that usually lies between two: months keep
    the day of the month, weeks the weekday.
    """
    last = days[-1]
    recent = sorted(set(days))[-_LOOKED_AT:]
    dates = [dt.date.fromisoformat(day) for day in recent]
    gaps = sorted((after - before).days for before, after in pairwise(dates))
    gap = gaps[len(gaps) // 2] if gaps else 30
    months = 1 if gap in _A_MONTH else (gap + 15) // 30 if gap >= _A_MONTH.stop else 0
    if meeting_day or months:
        of_month = meeting_day or int(_usual(day[8:] for day in reversed(recent)))
        month = month_start(month_of(last) + max(months, 1))
        end = last_day(month_of(month))
        return min(f"{month[:8]}{of_month:02d}", end)
    weeks = (gap + _WEEK // 2) // _WEEK
    days_on = weeks * _WEEK if weeks and abs(gap - weeks * _WEEK) <= 1 else gap
    return (dates[-1] + dt.timedelta(days=days_on)).isoformat()


def _recent(tx: Tx, entity: Entity, before: Sequence[Brief]) -> tuple[Meeting, ...]:
    """The last meetings with their sheets, the newest first."""
    if not before:
        return ()
    since = before[-_LOOKED_AT:][0].date
    return sittings.held(tx, entity, since, before[-1].date)[::-1]


def _usual(texts: Iterable[str]) -> str:
    """The text that stands most often, of equals the first; "" where there is none."""
    counted = Counter(text for text in texts if text)
    return counted.most_common(1)[0][0] if counted else ""


def _distinct(items: Iterable[Any], most: int) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(items))[:most]


def _rule(rules: GroupRules) -> Rule:
    return Rule(
        savings_amount=rules.savings_amount,
        rate_per_month=rules.loan_rate,
        method=rules.loan_method,
        instalments=rules.loan_instalments,
        fine_absent=rules.fine_absent,
        fine_late=rules.fine_late,
        meeting_day=rules.meeting_day or 0,
    )


def as_held(coming: Coming, meeting: Meeting, same_day: Sequence[Meeting]) -> Coming:
    """The page of a meeting as it was held: its members with the loans that they paid on, nothing due, as it began.

    `coming` is of its day, with all that is posted by then; `same_day` are all meetings of that day.
    """
    sheet, named = meeting.sheet, {one.number: one for one in coming.members}
    since = [one.sheet for one in same_day if one.sequence >= meeting.sequence]
    people = []
    for number in dict.fromkeys(row.member for row in sheet.rows):
        first = next(row for row in sheet.rows if row.member == number)
        known = named.get(number) or MemberDue(number, number, "", "", 0, 0, 0, 0, 0, 0, ())
        moved = sum(_saved_in(row) for one in since for row in one.rows if row.member == number)
        paid = [paid for one in since for row in one.rows if row.member == number for paid in row.repaid]
        mine = tuple(_held_loan(known, loan, paid) for loan in dict.fromkeys(one.loan or 0 for one in first.repaid))
        before = known.savings_balance - moved
        people.append(replace(known, due_savings=0, fine_due=0, savings_balance=before, loans=mine))
    nothing = replace(coming, cash_before=0)
    counted = meeting.notes.get("cash")
    if counted:
        before = int(counted["book"]) - nothing.cash_of(sheet).should_be
    else:
        before = coming.cash_before - sum(nothing.cash_of(one).should_be for one in since)
    return replace(coming, number=meeting.number, date=meeting.date, members=tuple(people), cash_before=before)


def _held_loan(member: MemberDue, number: int, paid: Iterable[Repaid]) -> LoanDue:
    """A loan before it was paid on; how much was left is not known of a payment that posting split."""
    nothing = LoanDue(number, 0, 0, 0, 0, 0, 0)
    known = next((one for one in member.loans if one.number == number), nothing)
    hers = [one for one in paid if one.loan == number]
    is_split = not hers or any(one.repayment for one in hers)
    left = 0 if is_split else known.outstanding + sum(one.principal for one in hers)
    return replace(
        known,
        outstanding=left,
        principal_due=0,
        principal_overdue=0,
        interest_due=0,
        interest_overdue=0,
        penalty_due=0,
        order=(),
    )


def _saved_in(row: SheetRow) -> int:
    """By how much a row changes what she has saved."""
    return row.savings + row.voluntary_savings + row.special_savings - row.withdrawal


def _loans(
    hers: Iterable[tuple[LoanInHand, Due]], terms: Mapping[int, LoanStanding], rules: GroupRules
) -> Iterator[LoanDue]:
    """Her loans that stand on the sheet: on which something is owed or due."""
    for loan, due in hers:
        if due.outstanding or due.total:
            given = terms.get(loan.number)
            yield LoanDue(
                number=loan.number,
                outstanding=due.outstanding,
                principal_due=due.principal,
                principal_overdue=due.principal_arrears,
                interest_due=due.interest,
                interest_overdue=due.interest_arrears,
                penalty_due=due.penalty,
                product=loan.product,
                product_name=given.product_name if given else "",
                method=loan.method,
                rate_per_month=given.rate_per_month if given else "",
                purpose=loan.purpose,
                disbursed=loan.disbursed,
                order=() if isinstance(loan.reckoning, ByProduct) else loan.order or tuple(rules.repayment_order),
            )


def heads_of_members(chart: Chart) -> tuple[HeadLine, ...]:
    """The heads that may stand under "other" in a member's row: neither money nor what has a column of its own."""
    own = {*SAVINGS.values(), LOANS_ROLE, INTEREST_ROLE, FINES_ROLE}
    return tuple(_line(one) for one in chart.accounts if not one.is_money and one.role not in own)


def heads_of_foot(chart: Chart) -> tuple[HeadLine, ...]:
    """The heads that a receipt or payment at the foot may name: neither money nor what needs a member."""
    own = {*SAVINGS.values(), LOANS_ROLE, INTEREST_ROLE}
    return tuple(_line(one) for one in chart.accounts if not one.is_money and one.role not in own)


def _line(account: Account) -> HeadLine:
    return HeadLine(account.code, account.name, account.role or "", account.group)
