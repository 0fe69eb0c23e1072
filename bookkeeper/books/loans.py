"""Loans to members: the terms of each, what stands on it by the journal, and what is demanded on it on a day.

Interest is not stored: it follows from terms, movements and days of meeting (`rules.interest`, `rules.repayment`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, select

from bookkeeper.definitions.chart import PENALTY_ROLE
from bookkeeper.definitions.group_rules import rules_on
from bookkeeper.definitions.kind import kind
from bookkeeper.definitions.loan_product import LoanProduct, kept
from bookkeeper.errors import Damaged, Fault
from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.entities import Entity, settings
from bookkeeper.ledger.lending import unsettle
from bookkeeper.report import Person
from bookkeeper.rules.appropriation import INTEREST, PRINCIPAL
from bookkeeper.rules.by_product import ByProduct
from bookkeeper.rules.due_dates import Frequency, due_dates
from bookkeeper.rules.interest import MONTHS_IN_A_YEAR, Basis, Movement
from bookkeeper.rules.loan_checks import figure
from bookkeeper.rules.loan_product import Product
from bookkeeper.rules.money import Paise
from bookkeeper.rules.repayment import Due, Lent, Plan, Reckoning
from bookkeeper.rules.said import Said
from bookkeeper.rules.schedules import Terms, schedule_of
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx, insert_rows

_AT_ONCE = 500
_AT_LAST = "2199-12-31"


@dataclass(frozen=True, slots=True)
class LoanStanding:
    """A loan at the end of a day; `lent` and `outstanding` in paise, `rate_per_month` percent a month as text.

    Of a loan older than the books (`cut_off`, the day of the cut-off sheet) `lent` is what was given once,
    `instalments` those left at the cut-off.
    """

    loan: int
    member: str
    name: str
    disbursed: str
    lent: int
    purpose: str
    method: str
    rate_per_month: str
    instalments: int
    outstanding: int
    name_local: str = ""
    cut_off: str | None = None
    product: str = ""
    terms: str = ""

    @property
    def rate(self) -> str:
        """Its rate as percent a year, exact, as text: as its product has it on its first day."""
        return rate_a_year(self.terms, self.rate_per_month, self.disbursed)

    @property
    def product_name(self) -> str:
        """What its product is called; "" for none, and for the group's own rule."""
        return kept(self.terms).name if self.terms else ""


def rate_a_year(terms: str, rate_per_month: str, disbursed: str) -> str:
    """Percent a year as text, of a loan by its product's terms, or by the group's own rule."""
    if terms:
        return figure(kept(terms).product.rate_on(disbursed))
    return figure(Fraction(rate_per_month) * MONTHS_IN_A_YEAR)


def standing(tx: Tx, entity: Entity, as_of: str) -> tuple[LoanStanding, ...]:
    """Every loan given by a day, by number, with what was lent (nought where that was reversed) and is owed then."""
    control = [a.id for a in chart_of(tx, entity.id).of_role(*kind(entity.kind).loan_roles)]
    loan, posting, member, voucher = tables.loan.c, tables.posting.c, tables.member.c, tables.voucher.c
    own = (posting.entity == loan.entity) & (posting.loan == loan.number) & posting.account.in_(control)
    entered = (voucher.entity == posting.entity) & (voucher.sequence == posting.sequence)
    hers = (member.entity == loan.entity) & (member.id == loan.member)
    lent = func.sum(case((_lending(), posting.paise), else_=0))
    given = case(((loan.principal > 0) & (lent > 0), loan.principal), else_=lent)
    terms = (loan.number, member.number, member.name, loan.disbursed)
    rest = (loan.purpose, loan.method, loan.rate_per_month, loan.instalments)
    more = (member.name_local, loan.cut_off, loan.product, loan.terms)
    query = select(*terms, given, *rest, func.sum(posting.paise), *more)
    query = query.select_from(
        tables.loan.join(tables.posting, own).join(tables.voucher, entered).join(tables.member, hers)
    )
    query = query.where(loan.entity == entity.id, posting.date <= as_of)
    query = query.group_by(*terms, *rest, *more, loan.principal).order_by(loan.number)
    rows: Sequence[tuple[Any, ...]] = [tuple(row) for row in tx.connection.execute(query)]
    return tuple(LoanStanding(*row) for row in rows)


def _lending() -> ColumnElement[bool]:
    """The postings that give a loan, and those that take a giving back by reversal."""
    posting, voucher = tables.posting.c, tables.voucher.c
    given = (posting.paise > 0) & voucher.reverses.is_(None)
    return given | ((posting.paise < 0) & voucher.reverses.is_not(None))


@dataclass(frozen=True, slots=True)
class LoanInHand:
    """A loan with all that its demand follows from."""

    number: int
    member: str
    name: Person
    disbursed: str
    purpose: str
    lent: Paise
    instalments: int
    reckoning: Reckoning
    method: str = ""
    product: str = ""
    order: tuple[str, ...] = ()
    """In which a payment on it is split; empty where that is the group's rule."""

    def paid_instalments(self, due: Due) -> int:
        """How many instalments are wholly paid, when `due` stands on it."""
        planned = self.reckoning.schedule()
        repaid = sum(one.principal for _, one in planned) - due.outstanding
        count = 0
        for _, one in planned:
            repaid -= one.principal
            if repaid < 0:
                break
            count += 1
        return count


class LoanBook:
    """The loans of an entity, ready to be asked what is due on a day."""

    def __init__(
        self,
        tx: Tx,
        entity: Entity,
        meetings: Sequence[str],
        *,
        members: Collection[str] | None = None,
        loans: Collection[int] | None = None,
        settled: bool = True,
        sitting: tuple[str, int] | None = None,
    ) -> None:
        """Read the loans: of these members, or these numbers, else all; `meetings` are the sorted days of meeting.

        Without `settled` those that owe nothing today are left out, which only the present may do. `sitting` is a day
        and a link: what was entered of that day from there on is left out, so that a meeting can be asked what it was
        to collect.
        """
        self._tx, self._entity, self._meetings = tx, entity, meetings
        self._sitting = sitting
        self._defaults, self._own = kind(entity.kind).rules, settings(tx, entity)
        self._rows = self._terms(members, loans, settled=settled)
        self._movements = self._moved()

    def on(self, day: str) -> tuple[LoanInHand, ...]:
        """The loans, oldest first, as they may be asked on or after a day."""
        return self._on(day, self._meetings)

    def _on(self, day: str, held: Sequence[str]) -> tuple[LoanInHand, ...]:
        return tuple(loan for row in self._rows if (loan := self._loan(row, day, held)) is not None)

    def due_on(self, day: str) -> dict[int, tuple[LoanInHand, Due]]:
        """What is demanded in a meeting on a day, after all else that moved by then: loan → it and its demand."""
        held = self._meetings if day in self._meetings else sorted((*self._meetings, day))
        return {one.number: (one, one.reckoning.due_on(day, self._meetings)) for one in self._on(day, held)}

    def standing(self, as_of: str) -> dict[int, tuple[LoanInHand, Due]]:
        """What is owed at the end of a day: loan → it and what stands on it; overdue as arrears."""
        return {one.number: (one, one.reckoning.standing(as_of, self._meetings)) for one in self.on(as_of)}

    def settle(self, as_of: str) -> None:
        """Remember which of these loans owe nothing any more, so that they need not be reckoned again."""
        paid = [
            (self._entity.id, number)
            for number, (_, due) in self.standing(as_of).items()
            if not due.outstanding
            and not due.interest
            and not due.interest_advance
            and not due.penalty
            and not self._accrues(number, as_of)
        ]
        insert_rows(self._tx, tables.loan_settled, ("entity", "loan"), paid)

    def _terms(self, members: Collection[str] | None, loans: Collection[int] | None, *, settled: bool) -> list[Any]:
        loan, member, done = tables.loan.c, tables.member.c, tables.loan_settled.c
        hers = (member.entity == loan.entity) & (member.id == loan.member)
        query = select(tables.loan, member.number.label("hers"), member.name, member.name_local)
        query = query.join_from(tables.loan, tables.member, hers).where(loan.entity == self._entity.id)
        if members is not None:
            query = query.where(member.number.in_(sorted(members)))
        if loans is not None:
            query = query.where(loan.number.in_(sorted(loans)))
        elif not settled:
            query = query.where(~exists().where(done.entity == loan.entity, done.loan == loan.number))
        return list(self._tx.connection.execute(query.order_by(loan.disbursed, loan.number)))

    def _accrues(self, number: int, as_of: str) -> bool:
        """Whether interest of a loan by its product, that is paid off, has still to fall due."""
        row = next(one for one in self._rows if one.number == number)
        loan = self._loan(row, as_of, self._meetings) if row.terms else None
        return loan is not None and loan.reckoning.standing(_AT_LAST, self._meetings).interest > 0

    def _moved(self) -> dict[int, list[Movement]]:
        """What moved on each loan, day by day."""
        entity_kind, chart = kind(self._entity.kind), chart_of(self._tx, self._entity.id)
        control = {a.id for a in chart.of_role(*entity_kind.loan_roles)}
        interest = {a.id for a in chart.of_role(*entity_kind.interest_roles)}
        penal = {a.id for a in chart.of_role(PENALTY_ROLE)} if any(row.terms for row in self._rows) else set()
        posting, voucher = tables.posting.c, tables.voucher.c
        same = (voucher.entity == posting.entity) & (voucher.sequence == posting.sequence)
        lent = func.sum(case((_lending(), posting.paise), else_=0))
        query = select(posting.loan, posting.date, posting.account, func.sum(posting.paise), lent)
        query = query.join_from(tables.posting, tables.voucher, same).where(posting.entity == self._entity.id)
        if self._sitting is not None:
            day, link = self._sitting
            query = query.where((posting.date != day) | (posting.sequence < link))
        query = query.where(posting.account.in_(sorted(control | interest | penal)))
        found: dict[int, list[Movement]] = defaultdict(list)
        numbers = [row.number for row in self._rows]
        for start in range(0, len(numbers), _AT_ONCE):
            some = query.where(posting.loan.in_(numbers[start : start + _AT_ONCE]))
            for loan, day, account, paise, given in self._tx.connection.execute(
                some.group_by(posting.loan, posting.date, posting.account).order_by(posting.loan, posting.date)
            ):
                if account in control:
                    found[loan].append(Movement(day, principal=int(paise), lent=int(given)))
                elif account in interest:
                    found[loan].append(Movement(day, interest=-int(paise)))
                else:
                    found[loan].append(Movement(day, penalty=-int(paise)))
        return found

    def _loan(self, row: Any, day: str, held: Sequence[str]) -> LoanInHand | None:  # noqa: ANN401  # a row of the table
        moved = [one for one in self._movements.get(row.number, ()) if one.date <= day]
        lent = sum(one.lent for one in moved)
        if lent <= 0:
            return None
        terms = _terms_of(row)
        reckoning = self._by_product(row, terms, moved, held) if terms else self._by_rule(row, day, moved, lent)
        name = Person(row.name, row.name_local)
        given = Paise(row.principal or lent)
        order = in_order(terms.product) if terms else ()
        return LoanInHand(
            row.number, row.hers, name, row.disbursed, row.purpose, given, row.instalments, reckoning,
            row.method, row.product, order,
        )  # fmt: skip

    def _by_product(self, row: Any, terms: LoanProduct, moved: Sequence[Movement], held: Sequence[str]) -> ByProduct:  # noqa: ANN401
        """The reckoning of a loan by the terms it was given on."""
        first = row.first_due or terms.due.first_due(terms.product, row.disbursed) or row.disbursed
        dues = terms.due.dues(terms.product, row.disbursed, first, held)
        return ByProduct(terms.product, dues, by_day(moved))

    def _by_rule(self, row: Any, day: str, moved: Sequence[Movement], lent: int) -> Lent:  # noqa: ANN401
        """The reckoning of a loan by the group's own rules as they were on its first day."""
        since = row.cut_off or row.disbursed
        rules = rules_on(since, self._defaults, self._own)
        rate = Fraction(row.rate_per_month)
        terms = Terms(Paise(lent), rate, row.instalments, rules.principal_rounding, rules.interest_rounding)
        basis = Basis(
            since=since,
            rate=rate,
            method=row.method,
            lent=Paise(row.principal or lent),
            term=row.instalments,
            months=rules.interest_months,
            rounding=rules.interest_rounding,
        )
        plan = Plan(schedule_of(row.method, terms), self._first_due(row, day))
        own = tuple(one for one in moved if not one.penalty)
        return Lent(basis, plan, Paise(row.interest_due), own)

    def _first_due(self, row: Any, day: str) -> str:  # noqa: ANN401  # a row of the table
        """When the first instalment falls due: as agreed, a month after disbursement, or in the first meeting."""
        if row.first_due:
            return str(row.first_due)
        if not row.cut_off:
            return due_dates(row.disbursed, Frequency.MONTHLY, 1, 2)[1]
        after = bisect_right(self._meetings, row.cut_off)
        first = self._meetings[after] if after < len(self._meetings) else day
        return min(first, day) if day > row.cut_off else first


def _terms_of(row: Any) -> LoanProduct | None:  # noqa: ANN401  # a row of the table
    """The product's terms that a loan was given on; None where it follows the group's own rules."""
    try:
        return kept(row.terms) if row.terms else None
    except ValueError:
        message = Said("the terms of loan {loan} cannot be read.", loan=row.number)
        raise Damaged(Fault(message, "Look with: bookkeeper verify.")) from None


def by_day(moved: Iterable[Movement]) -> tuple[Movement, ...]:
    """What moved on each day, added up, in order of days."""
    found: dict[str, Movement] = {}
    for one in moved:
        same = found.get(one.date, Movement(one.date))
        found[one.date] = Movement(
            one.date,
            same.principal + one.principal,
            same.interest + one.interest,
            same.penalty + one.penalty,
            same.lent + one.lent,
        )
    return tuple(found[day] for day in sorted(found))


def in_order(product: Product) -> tuple[str, ...]:
    """In which order a payment is split; where the oldest is taken first, all that is overdue comes first."""
    if not product.oldest_first:
        return product.order
    parts = list(product.order)
    overdue = [part for part in parts if part.startswith("overdue-")]
    rest = [part for part in parts if part not in overdue]
    place = next((n for n, part in enumerate(rest) if part in {INTEREST, PRINCIPAL}), 0)
    return (*rest[:place], *overdue, *rest[place:])


def paid_off(tx: Tx, entity: Entity, loans: Collection[int]) -> list[int]:
    """Those of the loans on which no principal is owed any more, by number."""
    if not loans:
        return []
    control = [a.id for a in chart_of(tx, entity.id).of_role(*kind(entity.kind).loan_roles)]
    posting = tables.posting.c
    own = (posting.entity == entity.id, posting.loan.in_(sorted(loans)), posting.account.in_(control))
    query = select(posting.loan).where(*own).group_by(posting.loan).having(func.sum(posting.paise) == 0)
    return [int(loan) for (loan,) in tx.connection.execute(query.order_by(posting.loan))]


def settle_anew(tx: Tx, entity: Entity, since: str, meetings: Sequence[str]) -> None:
    """Look again at which loans are settled, of those on which something moved since a day.

    So it is where a day of meeting comes or goes behind others: of loans paid off before it nothing can change.
    """
    roles = kind(entity.kind)
    heads = chart_of(tx, entity.id).of_role(*roles.loan_roles, *roles.interest_roles, PENALTY_ROLE)
    posting = tables.posting.c
    query = select(posting.loan).where(posting.entity == entity.id, posting.account.in_([head.id for head in heads]))
    query = query.where(posting.date >= since, posting.loan.is_not(None)).distinct()
    moved = {int(loan) for (loan,) in tx.connection.execute(query)}
    unsettle(tx, entity.id, moved)
    if again := paid_off(tx, entity, moved):
        LoanBook(tx, entity, meetings, loans=again).settle(tx.today)


def interest_and_overdue(tx: Tx, entity: Entity, as_of: str, meetings: Sequence[str]) -> tuple[int, int, int]:
    """Of all loans at a day's end, in paise: interest due and not received, principal overdue; and how many loans."""
    found = LoanBook(tx, entity, meetings).standing(as_of)
    overdue = [due.principal_arrears for _, due in found.values() if due.principal_arrears]
    return sum(due.interest for _, due in found.values()), sum(overdue), len(overdue)


def by_member(found: Mapping[int, tuple[LoanInHand, Due]]) -> dict[str, list[tuple[LoanInHand, Due]]]:
    """The same by member, each one's loans oldest first."""
    hers: dict[str, list[tuple[LoanInHand, Due]]] = defaultdict(list)
    for loan, due in found.values():
        hers[loan.member].append((loan, due))
    return hers


@dataclass(frozen=True, slots=True)
class LoanHead:
    """What a ledger says of a loan once: whose it is, by which product, and what for."""

    loan: int
    member: str
    name: Person
    purpose: str
    product: str = ""
    product_name: str = ""


def heads(tx: Tx, entity: Entity) -> tuple[LoanHead, ...]:
    """Every loan there ever was, by number, with those that were taken back by a reversal."""
    loan, member = tables.loan.c, tables.member.c
    hers = (member.entity == loan.entity) & (member.id == loan.member)
    query = select(loan.number, member.number.label("hers"), member.name, member.name_local, loan.purpose)
    query = query.add_columns(loan.product, loan.terms)
    query = query.join_from(tables.loan, tables.member, hers).where(loan.entity == entity.id).order_by(loan.number)
    rows: Sequence[Any] = tx.connection.execute(query).all()
    return tuple(
        LoanHead(
            row.number, row.hers, Person(row.name, row.name_local), row.purpose, row.product,
            kept(row.terms).name if row.terms else "",
        )
        for row in rows
    )  # fmt: skip
