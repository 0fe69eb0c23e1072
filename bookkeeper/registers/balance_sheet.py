"""Balance sheet: what the entity owes and what it has at the end of a day, beside the end of the year before.

Both sides agree because what the year earned is a row of the liabilities; what earlier years earned stands in the
surplus, closed or not. A head stands on the side of its group: where its balance is on the other one, as that of an
overdrawn bank or a deficit, the figure is negative.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bookkeeper.books import sittings
from bookkeeper.books.loans import interest_and_overdue
from bookkeeper.definitions.chart import SURPLUS_ROLE
from bookkeeper.ledger.accounts import Account, Chart, chart_of
from bookkeeper.ledger.balances import standings
from bookkeeper.ledger.statements import columns, in_sections, row, side_totals, year_ended_before
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Day, Kind, Layout, Part, Register, Row, Say, Section
from bookkeeper.store.engine import Tx

LIABILITIES, ASSETS = "liabilities", "assets"
_OWED = ("liability", "capital")


def _columns(_tx: Tx, asked: Asked) -> tuple[Column, ...]:
    return columns(year_ended_before(asked.as_of), asked.as_of)


REGISTER = Register(
    title="Balance sheet",
    columns=_columns,
    asks=(Ask.AS_OF, Ask.AFTER_CLOSING),
    layout=Layout.T_FORM,
    sections=(Section(LIABILITIES, "Liabilities"), Section(ASSETS, "Assets")),
    signed_by=("Book-keeper", "Treasurer", "Secretary", "President"),
    closes_with_totals=False,
)

_NOTES = (Column("text", "Note"), Column("amount", "Amount", Kind.BALANCE, mm=25))


@dataclass
class _Stand:
    """How the books stand at the end of a day, in paise, debit positive."""

    of_account: dict[int, int] = field(default_factory=dict)
    earlier: int = 0
    """What earlier years earned and no closing voucher has carried to the surplus."""
    earned: int = 0
    """What the day's own year earned up to it."""


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """Liabilities with the year's surplus, then assets, by section; paise, positive as is usual for the side."""
    chart = chart_of(tx, asked.entity.id)
    this = _stand(tx, asked, chart, asked.as_of)
    last = _stand(tx, asked, chart, year_ended_before(asked.as_of))
    surplus = chart.by_text.get(SURPLUS_ROLE)
    for section, account in _owed(chart):
        amount, before = (-stand.of_account.get(account.id, 0) for stand in (this, last))
        said = None
        if account is surplus:
            amount, before = amount - this.earlier, before - last.earlier
            said = Say.of("{account} from earlier years", account=Say(account.name))
        if amount or before:
            yield row(LIABILITIES, section, account, amount, before, said)
        if account is surplus:
            yield from _of_the_year(section, this, last)
    if surplus is None:
        yield from _without_surplus_account(this, last)
    for section, account in in_sections(chart, [a for a in chart.accounts if a.group == "asset"]):
        amount, before = (stand.of_account.get(account.id, 0) for stand in (this, last))
        if amount or before:
            yield row(ASSETS, section, account, amount, before)


def totals(tx: Tx, asked: Asked) -> Mapping[str, int]:
    """What each side adds up to, in paise."""
    return side_totals(rows(tx, asked), (LIABILITIES, ASSETS))


def parts(tx: Tx, asked: Asked) -> Iterator[Part]:
    """The notes below: sentences, some with an amount in paise."""
    yield Part("notes", "Notes", _NOTES, tuple(_notes(tx, asked)))


def _notes(tx: Tx, asked: Asked) -> Iterator[Row]:
    """What the figures do not say by themselves: the basis, what is due and not received, the last count of cash."""
    yield {"text": Say("Cash basis: interest is income when it is received."), "amount": None}
    held = sittings.days(tx, asked.entity, until=asked.as_of)
    interest, overdue, loans = interest_and_overdue(tx, asked.entity, asked.as_of, held)
    if interest:
        yield {"text": Say("Interest due from members and not yet received"), "amount": interest}
    if overdue:
        how_many = Say.of("{count} loans", count=loans) if loans > 1 else Say.of("{count} loan", count=loans)
        said = Say.of("Principal overdue, included in loans to members: {loans}", loans=how_many)
        yield {"text": said, "amount": overdue}
    count = sittings.last_count(tx, asked.entity, asked.as_of)
    if count:
        message = "Cash was counted on {date} in meeting {number} and agreed"
        if count.counted != count.book:
            message = "Cash was counted on {date} in meeting {number} and differed from the book; counted"
        yield {"text": Say.of(message, date=Day(count.date), number=count.number), "amount": count.counted}


def _stand(tx: Tx, asked: Asked, chart: Chart, as_of: str) -> _Stand:
    """Income and expense are gathered in what was earned; every other head stands for itself."""
    found = _Stand()
    for standing in standings(tx, [asked.entity.id], as_of):
        of_year = standing.year + (standing.closing if asked.after_closing else 0)
        if chart.by_id[standing.account].is_yearly:
            found.earlier += standing.earlier
            found.earned += of_year
        else:
            found.of_account[standing.account] = standing.earlier + of_year
    return found


def _owed(chart: Chart) -> list[tuple[Say, Account]]:
    """The heads of the liabilities by section. The surplus comes last: it is what is left when all others are paid."""
    ordered = in_sections(chart, [account for account in chart.accounts if account.group in _OWED])
    last = {section for section, account in ordered if account.role == SURPLUS_ROLE}
    return sorted(ordered, key=lambda place: place[0] in last)


def _of_the_year(section: Say, this: _Stand, last: _Stand) -> Iterator[Row]:
    """The row of what the year earned; a deficit is deducted from the surplus above it."""
    if this.earned or last.earned:
        yield _unnamed(section, _earned_as(this.earned, last.earned), -this.earned, -last.earned)


def _earned_as(*earned: int) -> Say:
    """What both columns of the row are, or, where one year earned and the other lost, how to tell them apart."""
    if all(amount <= 0 for amount in earned):
        return Say("Surplus of the year")
    if all(amount >= 0 for amount in earned):
        return Say("Deficit of the year")
    return Say("Surplus, or deficit (-), of the year")


def _without_surplus_account(this: _Stand, last: _Stand) -> Iterator[Row]:
    """A chart may have no surplus; what was earned is told all the same, or the sides would differ."""
    section = Say("Surplus")
    if this.earlier or last.earlier:
        yield _unnamed(section, Say("Surplus of earlier years"), -this.earlier, -last.earlier)
    yield from _of_the_year(section, this, last)


def _unnamed(section: Say, said: Say, amount: int, last_year: int) -> Row:
    """A row that is no account's."""
    head = {"side": LIABILITIES, "section": section, "code": None, "role": None, "account": said}
    return head | {"amount": amount, "last_year": last_year}
