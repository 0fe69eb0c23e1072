"""Believable vouchers of a self-help group, from a seed: for practice, tests, screenshots and the benchmark.

One group of some fifteen women meets once a month. They save, borrow, repay with 2 % a month on what is outstanding,
pay late, in part or not at all; cash over the box's measure goes to the bank and comes back for a loan. The same
seed gives the same vouchers on every machine: nothing here reads a clock, a file or the books. Cash, bank, savings
and loans never fall below nought, amounts are whole rupees, and dates only go forward.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Final

from bookkeeper.books.members import Member
from bookkeeper.rules.dates import APRIL, day_after, day_before, month_of, month_start
from bookkeeper.rules.money import PAISE_IN_A_RUPEE, Paise, Rounding, rounded
from bookkeeper.rules.voucher import Instrument, Posting, Voucher

FIRST_YEAR: Final = 2015
"""The financial year in which a group begins unless it is told another: ten years on are over in March 2025."""

MEMBERS: Final = 15
MONTHS: Final = 12

_GIVEN: Final = (
    ("Anita", "अनिता"), ("Asha", "आशा"), ("Bharati", "भारती"), ("Chhaya", "छाया"), ("Deepa", "दीपा"),
    ("Gauri", "गौरी"), ("Jyoti", "ज्योती"), ("Kalpana", "कल्पना"), ("Lata", "लता"), ("Manda", "मंदा"),
    ("Nanda", "नंदा"), ("Pushpa", "पुष्पा"), ("Rekha", "रेखा"), ("Sangita", "संगीता"), ("Savita", "सविता"),
    ("Shobha", "शोभा"), ("Sunita", "सुनिता"), ("Surekha", "सुरेखा"), ("Usha", "उषा"), ("Vaishali", "वैशाली"),
)  # fmt: skip
_SURNAMES: Final = (
    ("Chavan", "चव्हाण"), ("Desai", "देसाई"), ("Gawade", "गावडे"), ("Jadhav", "जाधव"), ("Kadam", "कदम"),
    ("More", "मोरे"), ("Naik", "नाईक"), ("Parab", "परब"), ("Patil", "पाटील"), ("Rane", "राणे"),
    ("Sawant", "सावंत"), ("Shinde", "शिंदे"),
)  # fmt: skip
_GROUPS: Final = (
    ("Savitri", "सावित्री"), ("Jijau", "जिजाऊ"), ("Ramai", "रमाई"), ("Ahilya", "अहिल्या"), ("Pragati", "प्रगती"),
    ("Ekta", "एकता"), ("Saraswati", "सरस्वती"), ("Krantijyoti", "क्रांतीज्योती"),
)  # fmt: skip

# How often, in percent: tuned so that a group of fifteen has some 370 postings in a year.
_MISSES_SAVINGS, _MISSES_INSTALMENT, _PAYS_IN_PART, _PAYS_MORE = 6, 14, 10, 5
_FINED_WHO_MISSED, _WANTS_LOAN, _EXPENSE, _MOVED_MEETING = 40, 5, 60, 15

_SAVINGS: Final = (20, 30, 50, 100)
_INSTALMENTS: Final = 10
_IN_THE_BOX: Final = 25
"""Cash above this many rounds of savings goes into the bank."""

_MONTHLY_RATE: Final = Fraction(2, 100)
_BANK_QUARTER: Final = Fraction(3, 400)
_EXPENSES: Final = (
    ("stationery", "Registers and pens", 20, 120), ("travel", "Bus fare to the bank", 20, 80),
    ("refreshments", "Tea at the meeting", 30, 90), ("honorarium", "Book-keeper", 50, 100),
    ("rent", "Hall for the meeting", 30, 60),
)  # fmt: skip


def members(seed: int, count: int = MEMBERS) -> tuple[Member, ...]:
    """The members of the group of that seed, numbered from 1, with their names in Latin and Devanagari letters."""
    chosen = Random(f"members {seed}").sample(range(len(_GIVEN) * len(_SURNAMES)), count)  # noqa: S311  # no secret
    whole = [(_GIVEN[i % len(_GIVEN)], _SURNAMES[i // len(_GIVEN)]) for i in chosen]
    return tuple(
        Member(str(number), f"{given[0]} {surname[0]}", f"{given[1]} {surname[1]}", language="mr")
        for number, (given, surname) in enumerate(whole, start=1)
    )


def group_name(seed: int) -> tuple[str, str]:
    """What the group of that seed is called, in English and Marathi."""
    english, marathi = _GROUPS[seed % len(_GROUPS)]
    return f"{english} Self-Help Group {seed}", f"{marathi} स्वयं सहायता गट {seed}"


def vouchers(seed: int, years: int, *, first_year: int = FIRST_YEAR, count: int = MEMBERS) -> Iterator[Voucher]:
    """The vouchers of one group over some financial years from April of `first_year`, in order of date.

    They name members 1 to `count` and accounts by role, and can be posted as they come into an empty entity of the
    kind `shg` that starts on that 1 April or before.
    """
    chance = Random(f"vouchers {seed}")  # noqa: S311  # no secret
    women = [_Woman(str(number)) for number in range(1, count + 1)]
    group = _Group(chance, women, chance.choice(_SAVINGS), chance.randint(3, 18))
    start = first_year * MONTHS + APRIL - 1
    for meeting in range(1, years * MONTHS + 1):
        yield from group.month(meeting, start + meeting - 1)


@dataclass(slots=True)
class _Woman:
    """One member as she stands: what she owes, in rupees."""

    number: str
    savings_due: int = 0
    owed: int = 0
    instalment: int = 0
    interest_due: int = 0


Lines = list[tuple[_Woman, int]]


@dataclass(slots=True)
class _Group:
    """A group as it goes from meeting to meeting; amounts in rupees."""

    chance: Random
    women: Sequence[_Woman]
    savings: int
    day: int
    cash: int = 0
    bank: int = 0
    slip: int = 0
    on: str = ""
    missed: list[_Woman] = field(default_factory=list)

    def month(self, meeting: int, month: int) -> Iterator[Voucher]:
        """The vouchers of one meeting and of what happens at the bank until the next."""
        self.on = self._day(month)
        self.missed = []
        said = f"Meeting {meeting}"
        yield from self._taken("member-savings", self._saved(), f"{said}: savings")
        interest, principal = self._repaid()
        yield from self._taken("member-loans", principal, f"{said}: repayment of loans")
        yield from self._taken("interest-on-member-loans", interest, f"{said}: interest on loans")
        fines = [(w, 5) for w in self.missed if self._happens(_FINED_WHO_MISSED)]
        yield from self._taken("fines", fines, f"{said}: fines for late payment")
        yield from self._loans()
        yield from self._expenses()
        yield from self._to_the_bank()
        yield from self._bank_interest(month)

    def _day(self, month: int) -> str:
        day = self.day + (self.chance.randint(1, 4) if self._happens(_MOVED_MEETING) else 0)
        return (dt.date.fromisoformat(month_start(month)) + dt.timedelta(days=day - 1)).isoformat()

    def _happens(self, percent: int) -> bool:
        return self.chance.randrange(100) < percent

    def _saved(self) -> Lines:
        """Each member's savings; who misses a meeting pays double at the next."""
        paid: Lines = []
        for woman in self.women:
            woman.savings_due += self.savings
            if self._happens(_MISSES_SAVINGS):
                self.missed.append(woman)
                continue
            paid.append((woman, woman.savings_due))
            woman.savings_due = 0
        return paid

    def _repaid(self) -> tuple[Lines, Lines]:
        """Interest and principal that come in: interest due first, then the instalment, a part of it, or more."""
        interest: Lines = []
        principal: Lines = []
        for woman in self.women:
            if not woman.owed:
                continue
            exact = woman.owed * PAISE_IN_A_RUPEE * _MONTHLY_RATE
            woman.interest_due += rounded(exact, Rounding.TO_RUPEE) // PAISE_IN_A_RUPEE
            if self._happens(_MISSES_INSTALMENT):
                self.missed.append(woman)
                continue
            interest.append((woman, woman.interest_due))
            woman.interest_due = 0
            part = self._of_the_instalment(woman)
            if part:
                principal.append((woman, part))
                woman.owed -= part
        return interest, principal

    def _of_the_instalment(self, woman: _Woman) -> int:
        if self._happens(_PAYS_IN_PART):
            return min(woman.owed, woman.instalment // 2)
        if self._happens(_PAYS_MORE):
            return woman.owed
        return min(woman.owed, woman.instalment)

    def _taken(self, head: str, lines: Lines, narration: str) -> Iterator[Voucher]:
        """A receipt in cash with one posting a member; none where nobody paid."""
        lines = [(woman, rupees) for woman, rupees in lines if rupees]
        if not lines:
            return
        together = sum(rupees for _, rupees in lines)
        self.cash += together
        postings = [_line("cash", together), *(_line(head, -rupees, woman.number) for woman, rupees in lines)]
        yield Voucher("receipt", self.on, tuple(postings), narration)

    def _loans(self) -> Iterator[Voucher]:
        """Loans to those who owe nothing, as far as the money goes; the bank's part is drawn first."""
        for woman in self.women:
            if woman.owed or woman.interest_due or not self._happens(_WANTS_LOAN):
                continue
            affordable = (self.cash + self.bank) * 2 // 5
            rupees = min(affordable, self.savings * self.chance.randint(20, 100)) // 500 * 500
            if not rupees:
                continue
            if rupees > self.cash:
                yield from self._moved(self.cash - rupees)
            self.cash -= rupees
            woman.owed, woman.instalment = rupees, rupees // _INSTALMENTS
            postings = (_line("member-loans", rupees, woman.number), _line("cash", -rupees))
            yield Voucher("payment", self.on, postings, "Loan for " + self.chance.choice(_PURPOSES))

    def _expenses(self) -> Iterator[Voucher]:
        if not self._happens(_EXPENSE):
            return
        head, narration, least, most = self.chance.choice(_EXPENSES)
        rupees = self.chance.randint(least, most)
        if rupees > self.cash:
            return
        self.cash -= rupees
        yield Voucher("payment", self.on, (_line(head, rupees), _line("cash", -rupees)), narration)

    def _to_the_bank(self) -> Iterator[Voucher]:
        """The day after the meeting the treasurer brings to the bank what is too much for the box."""
        box = self.savings * _IN_THE_BOX
        if self.cash > box * 2:
            self.on = day_after(self.on)
            yield from self._moved((self.cash - box) // 100 * 100)

    def _moved(self, rupees: int) -> Iterator[Voucher]:
        """A contra: cash into the bank by slip (`rupees` above nought), or drawn from it by cheque (below)."""
        self.cash -= rupees
        self.bank += rupees
        self.slip += 1
        by = Instrument("slip" if rupees > 0 else "cheque", f"{self.slip:06d}", self.on)
        bank = Posting("bank", Paise(rupees * PAISE_IN_A_RUPEE), instrument=by)
        narration = "Paid into the bank" if rupees > 0 else "Drawn from the bank"
        yield Voucher("contra", self.on, (bank, _line("cash", -rupees)), narration)

    def _bank_interest(self, month: int) -> Iterator[Voucher]:
        """The bank credits interest on the last day of each quarter."""
        rupees = rounded(self.bank * PAISE_IN_A_RUPEE * _BANK_QUARTER, Rounding.TO_RUPEE) // PAISE_IN_A_RUPEE
        if (month + 1) % 3 or not rupees:
            return
        self.bank += rupees
        on = day_before(month_start(month_of(month_start(month)) + 1))
        yield Voucher("receipt", on, (_line("bank", rupees), _line("bank-interest", -rupees)), "Interest of the bank")


_PURPOSES: Final = ("seeds", "a goat", "school fees", "medicine", "house repair", "a sewing machine", "a small shop")


def _line(account: str, rupees: int, member: str | None = None) -> Posting:
    return Posting(account, Paise(rupees * PAISE_IN_A_RUPEE), member)
