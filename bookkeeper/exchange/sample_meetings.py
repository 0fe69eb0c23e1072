"""Believable meetings of a self-help group, from a seed: the sheets, and the vouchers between them.

Members come, come late, stay away or send their money; they pay what is due, a part, nothing, or ahead; they borrow,
some a second time while the first loan runs; a few pay by bank. The same seed gives the same sheets on every machine:
nothing here reads a clock, a file or the books. Cash never falls below nought, and dates only go forward.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Final

from bookkeeper.exchange.samples import FIRST_YEAR, MEMBERS, MONTHS
from bookkeeper.rules.dates import APRIL, day_after, day_before, month_start
from bookkeeper.rules.due_dates import Frequency, due_dates
from bookkeeper.rules.interest import Basis, Months, Movement
from bookkeeper.rules.meeting import (
    ABSENT,
    BANK,
    CASH,
    LATE,
    LEAVE,
    PRESENT,
    FootLine,
    HeadAmount,
    MeetingSheet,
    NewLoan,
    Repaid,
    Resolution,
    SheetRow,
)
from bookkeeper.rules.money import Paise, Rounding
from bookkeeper.rules.repayment import Due, Lent, Plan, split
from bookkeeper.rules.schedules import Terms, schedule_of
from bookkeeper.rules.voucher import Instrument, Posting, Voucher

RUPEE: Final = 100
RATE: Final = Fraction(2)

# How often, in percent.
_COMES_LATE, _ON_LEAVE, _STAYS_AWAY, _SENDS = 4, 4, 4, 70
_MISSES, _PAYS_IN_PART, _PAYS_AHEAD, _PAYS_IN_ONE, _BY_BANK = 8, 8, 5, 25, 2
_BORROWS, _BORROWS_AGAIN, _SAVES_MORE, _DRAWS, _SPENDS, _MISCOUNTS, _MOVED_MEETING = 7, 2, 5, 2, 50, 3, 12

_SAVINGS: Final = (20, 30, 50, 100)
_INSTALMENTS: Final = (5, 6, 10, 10, 10, 12)
_IN_THE_BOX: Final = 25
_PURPOSES: Final = ("seeds", "a goat", "school fees", "medicine", "house repair", "a sewing machine", "a small shop")
_SPENT: Final = (
    ("stationery", "Registers and pens", 20, 120),
    ("travel", "Bus fare to the bank", 20, 80),
    ("refreshments", "Tea at the meeting", 30, 90),
    ("honorarium", "Book-keeper", 50, 100),
)
_AGENDA: Final = ("Minutes of the last meeting", "Savings and repayments", "Requests for loans", "Next meeting")
_FINE: Final = 5 * RUPEE
_COUNTED: Final = (500, 200, 100, 50, 20, 10)


def sittings(
    seed: int, years: int, *, first_year: int = FIRST_YEAR, count: int = MEMBERS
) -> Iterator[MeetingSheet | Voucher]:
    """The meetings of one group over some financial years, and the vouchers between them, in order of date.

    They name members 1 to `count` and can be posted as they come into an empty entity of the kind `shg`.
    """
    chance = Random(f"meetings {seed}")  # noqa: S311  # no secret
    group = _Group(chance, [_Woman(str(n)) for n in range(1, count + 1)], chance.choice(_SAVINGS) * RUPEE)
    day = chance.randint(3, 18)
    start = first_year * MONTHS + APRIL - 1
    for number in range(1, years * MONTHS + 1):
        month = start + number - 1
        moved = chance.randint(1, 4) if group.happens(_MOVED_MEETING) else 0
        on = (dt.date.fromisoformat(month_start(month)) + dt.timedelta(days=day + moved - 1)).isoformat()
        yield group.meets(number, on)
        yield from group.to_the_bank(day_after(on))
        yield from group.interest_of_the_bank(month)


@dataclass(slots=True)
class _Loan:
    """A loan as it stands; paise."""

    number: int
    since: str
    lent: int
    instalments: int
    moved: list[Movement] = field(default_factory=list)

    def due(self, on: str, meetings: list[str]) -> Due:
        basis = Basis(
            self.since,
            RATE,
            "equal-principal",
            Paise(self.lent),
            self.instalments,
            Months.CALENDAR,
            Rounding.TO_RUPEE,
        )
        terms = Terms(Paise(self.lent), RATE, self.instalments)
        first = due_dates(self.since, Frequency.MONTHLY, 1, 2)[1]
        plan = Plan(schedule_of(basis.method, terms), first)
        lent = Movement(self.since, principal=self.lent)
        return Lent(basis, plan, Paise(0), (lent, *self.moved)).due_on(on, meetings)


@dataclass(slots=True)
class _Woman:
    """One member as she stands; paise."""

    number: str
    saved: int = 0
    extra: int = 0
    savings_due: int = 0
    fine_due: int = 0
    loans: list[_Loan] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """A group as it goes from meeting to meeting; paise."""

    chance: Random
    women: list[_Woman]
    savings: int
    cash: int = 0
    bank: int = 0
    slip: int = 0
    lent: int = 0
    held: list[str] = field(default_factory=list)

    def happens(self, percent: int) -> bool:
        """Whether something that happens so often happens now."""
        return self.chance.randrange(100) < percent

    def meets(self, number: int, on: str) -> MeetingSheet:
        """The sheet of one meeting, after which the group stands as it says."""
        came = {woman.number: self._comes() for woman in self.women}
        here = [one for one, how in came.items() if how in {PRESENT, LATE}] or [self.women[0].number]
        rows = [self._row(woman, came[woman.number], on, first=number == 1) for woman in self.women]
        rows, resolutions = self._lend(rows, number, on, here)
        other = self._spend()
        self.held.append(on)
        counted = self.cash + (self.chance.choice((-200, 100, 500)) if self.happens(_MISCOUNTS) else 0)
        notes, coins = _notes(max(counted, 0))
        return MeetingSheet(
            date=on,
            number=number,
            place="Anganwadi",
            time="15:00",
            presided_by=here[number % len(here)],
            agenda=_AGENDA,
            minutes="The minutes of the last meeting were read and confirmed.",
            resolutions=tuple(resolutions),
            signed_by=(here[number % len(here)], here[0]),
            counted=notes,
            coins=coins,
            rows=tuple(rows),
            other=tuple(other),
        )

    def _comes(self) -> str:
        drawn = self.chance.randrange(100)
        for how, percent in ((LATE, _COMES_LATE), (LEAVE, _ON_LEAVE), (ABSENT, _STAYS_AWAY)):
            if drawn < percent:
                return how
            drawn -= percent
        return PRESENT

    def _row(self, woman: _Woman, came: str, on: str, *, first: bool) -> SheetRow:
        woman.savings_due += self.savings
        away = came in {ABSENT, LEAVE}
        sends = away and self.happens(_SENDS)
        levied = _FINE if came in {ABSENT, LATE} else 0
        row = SheetRow(woman.number, came, sends, fine_levied=Paise(levied) if levied else None)
        if (away and not sends) or self.happens(_MISSES):
            woman.fine_due += levied
            return row
        by = BANK if self.happens(_BY_BANK) else CASH
        extra = self.savings if self.happens(_SAVES_MORE) else 0
        drawn = 0 if extra or by == BANK or not woman.extra or not self.happens(_DRAWS) else woman.extra
        fees = (HeadAmount("membership-fees", Paise(10 * RUPEE)),) if first else ()
        paid = SheetRow(
            woman.number,
            came,
            sends,
            by,
            savings=Paise(woman.savings_due),
            voluntary_savings=Paise(extra),
            repaid=tuple(self._repays(woman, on)),
            fine=Paise(woman.fine_due),
            fine_levied=Paise(levied) if levied else None,
            withdrawal=Paise(drawn),
            other=fees,
        )
        woman.fine_due = levied
        woman.saved += woman.savings_due
        woman.extra += extra - drawn
        woman.savings_due = 0
        self._takes(by, paid.received)
        self.cash -= drawn
        return paid

    def _takes(self, by: str, amount: int) -> None:
        if by == BANK:
            self.bank += amount
        else:
            self.cash += amount

    def _repays(self, woman: _Woman, on: str) -> Iterator[Repaid]:
        """What she pays on each of her loans."""
        owing = [(loan, loan.due(on, self.held)) for loan in woman.loans]
        woman.loans = [loan for loan, due in owing if due.outstanding or due.interest]
        several = len(woman.loans) > 1
        for loan, due in owing:
            wanted = due.total
            if self.happens(_PAYS_IN_PART):
                wanted = Paise(wanted // 2 // RUPEE * RUPEE)
            elif self.happens(_PAYS_AHEAD):
                wanted = Paise(min(wanted + due.outstanding // 3 // RUPEE * RUPEE, due.outstanding + due.interest))
            if not wanted:
                continue
            parts = split(wanted, due)
            loan.moved.append(Movement(on, -parts.principal, parts.interest))
            number = loan.number if several else None
            if self.happens(_PAYS_IN_ONE):
                yield Repaid(repayment=wanted, loan=number)
            else:
                yield Repaid(parts.principal, parts.interest, loan=number)

    def _lend(
        self, rows: list[SheetRow], number: int, on: str, here: list[str]
    ) -> tuple[list[SheetRow], list[Resolution]]:
        """New loans to some of those who are there, as far as the box goes; each by a resolution."""
        resolutions: list[Resolution] = []
        for place, (woman, row) in enumerate(zip(self.women, rows, strict=True)):
            wants = self.happens(_BORROWS_AGAIN if woman.loans else _BORROWS)
            if row.present not in {PRESENT, LATE} or row.by == BANK or len(woman.loans) > 1 or not wants:
                continue
            amount = min(self.cash * 2 // 5, self.savings * self.chance.randint(20, 100)) // 50000 * 50000
            if not amount:
                continue
            self.lent += 1
            self.cash -= amount
            instalments = self.chance.choice(_INSTALMENTS)
            purpose = self.chance.choice(_PURPOSES)
            woman.loans.append(_Loan(self.lent, on, amount, instalments))
            loan = NewLoan(Paise(amount), purpose, instalments, "2")
            values = {name: getattr(row, name) for name in SheetRow.__dataclass_fields__}
            rows[place] = SheetRow(**{**values, "new_loan": loan})
            text = f"{amount // RUPEE} rupees be lent to member {woman.number} for {purpose}."
            resolutions.append(Resolution(text, f"{number}/{len(resolutions) + 1}", here[0], here[-1]))
        return rows, resolutions

    def _spend(self) -> Iterator[FootLine]:
        if not self.happens(_SPENDS):
            return
        head, narration, least, most = self.chance.choice(_SPENT)
        amount = self.chance.randint(least, most) * RUPEE
        if amount <= self.cash:
            self.cash -= amount
            yield FootLine("payment", head, Paise(amount), narration)

    def to_the_bank(self, on: str) -> Iterator[Voucher]:
        """What is too much for the box goes to the bank the day after the meeting."""
        box = self.savings * _IN_THE_BOX
        if self.cash > box * 2:
            amount = (self.cash - box) // 10000 * 10000
            self.cash -= amount
            self.bank += amount
            self.slip += 1
            slip = Instrument("slip", f"{self.slip:06d}", on)
            lines = (Posting("bank", Paise(amount), instrument=slip), Posting("cash", Paise(-amount)))
            yield Voucher("contra", on, lines, "Paid into the bank")

    def interest_of_the_bank(self, month: int) -> Iterator[Voucher]:
        """The bank credits interest on the last day of each quarter."""
        amount = self.bank * 3 // 400 // RUPEE * RUPEE
        if (month + 1) % 3 == 0 and amount:
            self.bank += amount
            on = day_before(month_start(month + 1))
            lines = (Posting("bank", Paise(amount)), Posting("bank-interest", Paise(-amount)))
            yield Voucher("receipt", on, lines, "Interest of the bank")


def _notes(amount: int) -> tuple[tuple[tuple[int, int], ...], Paise]:
    """An amount in notes of ten rupees and more, and the coins that are left; paise."""
    counted = []
    for note in _COUNTED:
        pieces, amount = divmod(amount, note * RUPEE)
        if pieces:
            counted.append((note, pieces))
    return tuple(counted), Paise(amount)
