"""One durable meeting of 61 postings, in empty books and in books with ten years behind them."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.figure import Figure, median, shown
from benchmarks.groups import YEARS
from bookkeeper.books import sittings as register
from bookkeeper.books.loans import LoanBook, by_member
from bookkeeper.commands import entities, meetings, members, vouchers
from bookkeeper.commands.act import Office
from bookkeeper.exchange import samples
from bookkeeper.exchange.sample_meetings import sittings
from bookkeeper.ledger.entities import entity_of
from bookkeeper.rules.meeting import CASH, PRESENT, FootLine, MeetingSheet, NewLoan, Repaid, SheetRow
from bookkeeper.rules.money import Paise

AT_MOST = 1.5
GROUP = "MEET"
LINES = 61
"""Fifteen savings, principals and interests, twelve voluntary savings, and the cash line of the four receipts."""

TIMES = 100
_LOAN, _INSTALMENTS = 12_000_00, 120
_FIRST = samples.FIRST_YEAR


def add_group(office: Office, *, years: int) -> None:
    """A group with so many years of meetings before April of the sample's first year, then a loan to each member."""
    first = _FIRST - years
    entities.add(office, "", GROUP, "Meetings", "shg", starts=f"{first}-04-01")
    members.import_(office, "", GROUP, samples.members(0), "")
    for one in sittings(0, years, first_year=first) if years else ():
        if isinstance(one, MeetingSheet):
            meetings.post_meetings(office, "", GROUP, [one])
        else:
            vouchers.post_vouchers(office, "", GROUP, [one])
    meetings.post_meetings(office, "", GROUP, [_lending(years * 12 + 1)])


def _lending(number: int) -> MeetingSheet:
    """A meeting in which each member is lent 12,000 rupees, out of a grant."""
    loan = NewLoan(Paise(_LOAN), "a house", _INSTALMENTS, "2")
    rows = tuple(SheetRow(str(n), PRESENT, new_loan=loan) for n in range(1, samples.MEMBERS + 1))
    grant = FootLine("receipt", "grants", Paise(_LOAN * samples.MEMBERS), "Grant", CASH)
    return MeetingSheet(f"{_FIRST}-04-05", number, rows=rows, other=(grant,))


def sheets(office: Office) -> Iterator[MeetingSheet]:
    """The meetings from then on, each of 61 postings: what is due is paid."""
    day = dt.date(_FIRST, 5, 5)
    while True:
        with office.looking() as tx:
            entity = entity_of(tx, GROUP)
            owed = by_member(LoanBook(tx, entity, register.days(tx, entity)).due_on(day.isoformat()))
        rows = []
        for place in range(samples.MEMBERS):
            member = str(place + 1)
            repaid = [
                Repaid(due.principal, due.interest, loan=loan.number)
                for loan, due in owed[member]
                if loan.instalments == _INSTALMENTS
            ]
            extra = Paise(10_00 if place < LINES - 3 * samples.MEMBERS - 4 else 0)
            row = SheetRow(member, PRESENT, savings=Paise(50_00), voluntary_savings=extra, repaid=tuple(repaid))
            rows.append(replace(row, row=place + 1))
        yield MeetingSheet(day.isoformat(), rows=tuple(rows))
        day = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=5)


def durable_seconds(offices: tuple[Office, Office], times: int = TIMES) -> tuple[float, float]:
    """Medians of one durable meeting in empty books and in big ones, posted in turn."""
    taken: tuple[list[float], list[float]] = ([], [])
    coming = [sheets(office) for office in offices]
    for _ in range(times):
        for office, following, seconds in zip(offices, coming, taken, strict=True):
            sheet = next(following)
            began = time.perf_counter()
            meetings.post_meetings(office, "", GROUP, [sheet])
            seconds.append(time.perf_counter() - began)
    return median(taken[0]), median(taken[1])


def durable(empty: float, big: float, postings: int) -> Figure:
    """The line of the table."""
    return Figure(
        f"one durable meeting of {LINES} postings in books of {postings:,} postings, {YEARS} years of meetings, median",
        shown(big),
        f"the same in empty books: {shown(empty)}",
        f"{big / empty:.2f} ×",
        f"at most {AT_MOST} ×",
        big <= AT_MOST * empty,
    )
