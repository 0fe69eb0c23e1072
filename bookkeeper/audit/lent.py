"""The loans of one entity as the books knew them at any link: read once, and asked meeting by meeting.

What was charged is reckoned by `rules.interest` from movements, days of meeting and the rules as they were then. Where
nothing was entered behind a day, what is known now is what was known then, and each loan is reckoned once for all.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from operator import itemgetter
from typing import Any, NamedTuple

from bookkeeper.audit.check import Scope
from bookkeeper.audit.stored import fields
from bookkeeper.books.loans import by_day
from bookkeeper.definitions.chart import PENALTY_ROLE
from bookkeeper.definitions.group_rules import RULES, SINCE, GroupRules, rules_on
from bookkeeper.definitions.kind import EntityKind, kind, kinds
from bookkeeper.definitions.loan_product import kept
from bookkeeper.rules.by_product import ByProduct
from bookkeeper.rules.interest import Basis, Movement, charges
from bookkeeper.rules.money import Paise

_AT_LAST = "2199-12-31"
_LOANS = "SELECT * FROM loan WHERE entity = :entity ORDER BY number"
_ROLES = "SELECT id, role FROM account WHERE entity = :entity AND role IS NOT NULL"
_MIRRORS = "SELECT sequence FROM voucher WHERE entity = :entity AND reverses > 0"
_MOVED = """
SELECT loan, sequence, date, account, paise FROM posting WHERE entity = :entity AND loan IS NOT NULL ORDER BY loan
"""
_MEETINGS = """
SELECT m.sequence, m.number, m.date, m.vouchers, r.sequence AS gone FROM meeting m
LEFT JOIN meeting_reversal r ON r.entity = m.entity AND r.reverses = m.sequence
WHERE m.entity = :entity ORDER BY m.sequence
"""
_SETTINGS = "SELECT key, value FROM setting WHERE entity = :entity"
_SET = "SELECT sequence, old FROM log WHERE entity = :entity AND act = 'entity set' ORDER BY sequence DESC"
_ENTERED = """
SELECT g.sequence FROM voucher v JOIN log g ON g.key = v.key WHERE v.entity = :entity AND v.sequence = :sequence
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting: its link, number, ISO day, its first link, and the link of its reversal or None."""

    sequence: int
    number: int
    date: str
    first: int
    gone: int | None

    def stands(self, before: int) -> bool:
        """Whether it stood, as the books were before a link."""
        return self.sequence < before and (self.gone is None or self.gone >= before)


class Moved(NamedTuple):
    """A posting on a loan in paise: `principal` positive when lent, `interest` when received; `lent` the part given.

    `penalty` is penal interest received.
    """

    sequence: int
    date: str
    principal: int
    interest: int
    lent: int
    penalty: int = 0


class LoanThere:
    """A loan: its row of the table, and what moved on it in order of entry."""

    def __init__(self, row: Any) -> None:  # noqa: ANN401  # a row of the table
        self.row = row
        self.moved: list[Moved] = []

    @cached_property
    def lent(self) -> int:
        """What was lent on it in all and not taken back, in paise."""
        return sum(one.lent for one in self.moved)

    @cached_property
    def outstanding(self) -> int:
        """The principal that is owed, in paise."""
        return sum(one.principal for one in self.moved)

    @cached_property
    def dates(self) -> list[str]:
        """The days of what moved, in order of entry."""
        return [one.date for one in self.moved]

    @cached_property
    def links(self) -> list[int]:
        """The links of what moved, in order of entry."""
        return [one.sequence for one in self.moved]

    @cached_property
    def paid(self) -> list[int]:
        """The interest received up to each place in order of entry, in paise; nought stands first."""
        return [0, *accumulate(one.interest for one in self.moved)]

    @cached_property
    def is_plain(self) -> bool:
        """Whether it was lent at once, and nothing was entered behind what stood there."""
        lent = [one for one in self.moved if one.lent]
        return len(lent) == 1 and lent[0] is self.moved[0] and self.dates == sorted(self.dates)


class LentBooks:
    """All loans and meetings of an entity; what is asked of them is in paise."""

    def __init__(self, scope: Scope, entity: int) -> None:
        """Read loans, movements, meetings and rules in a query each."""
        self._scope, self._entity = scope, entity
        key = scope.kinds.get(entity, "")
        of_kind = kind(key) if key in kinds() else None
        self.loans = {row.number: LoanThere(row) for row in scope.rows(_LOANS, entity=entity)}
        if self.loans and of_kind:
            self._read_movements(of_kind)
        self.meetings = [
            Held(row.sequence, row.number, row.date, row.sequence - row.vouchers, row.gone)
            for row in scope.rows(_MEETINGS, entity=entity)
        ]
        self._ends = [one.sequence for one in self.meetings]
        self._days = sorted(one.date for one in self.meetings if one.gone is None)
        self._rules = RulesThen(scope, entity)
        self._charged: dict[tuple[int, int], tuple[list[str], list[int]]] = {}
        self._in_order = [one.date for one in self.meetings] == self._days
        self._known: dict[int, list[str]] = {}

    def _read_movements(self, of_kind: EntityKind) -> None:
        roles = dict(tuple(row) for row in self._scope.rows(_ROLES, entity=self._entity))
        control = {account for account, role in roles.items() if role in of_kind.loan_roles}
        income = {account for account, role in roles.items() if role in of_kind.interest_roles}
        penal = {account for account, role in roles.items() if role == PENALTY_ROLE}
        mirrors = {row[0] for row in self._scope.rows(_MIRRORS, entity=self._entity)}
        for loan, sequence, date, account, paise in self._scope.rows(_MOVED, entity=self._entity):
            there = self.loans.get(loan)
            if there is None:
                continue
            if account in control:
                given = paise if (paise > 0) != (sequence in mirrors) else 0
                there.moved.append(Moved(sequence, date, paise, 0, given))
            elif account in income:
                there.moved.append(Moved(sequence, date, 0, -paise, 0))
            elif account in penal and there.row.terms:
                there.moved.append(Moved(sequence, date, 0, 0, 0, -paise))
        for there in self.loans.values():
            there.moved.sort()

    def rules(self, sequence: int, on: str) -> GroupRules:
        """The rules of a day, as they were known when a voucher was entered."""
        return self._rules.on(self._rules.version(sequence), on)

    def given(self) -> dict[int, list[tuple[int, LoanThere, int]]]:
        """What each meeting lent, by its link: the voucher's link, the loan and how much, in order."""
        found: dict[int, list[tuple[int, LoanThere, int]]] = defaultdict(list)
        for there in self.loans.values():
            for one in there.moved:
                if one.lent > 0 and (place := self._meeting_of(one.sequence)) is not None:
                    found[self.meetings[place].sequence].append((one.sequence, there, one.lent))
        return {link: sorted(lent, key=itemgetter(0)) for link, lent in found.items()}

    def received(self) -> Iterator[tuple[Held, LoanThere, int]]:
        """Each meeting that stands with each loan on which it received interest, and how much."""
        for there in self.loans.values():
            by_meeting: dict[int, int] = defaultdict(int)
            for one in there.moved:
                if one.interest and (place := self._meeting_of(one.sequence)) is not None:
                    by_meeting[place] += one.interest
            for place, interest in by_meeting.items():
                if self.meetings[place].gone is None:
                    yield self.meetings[place], there, interest

    def _meeting_of(self, sequence: int) -> int | None:
        place = bisect_right(self._ends, sequence)
        return place if place < len(self._ends) and self.meetings[place].first <= sequence else None

    def due(self, there: LoanThere, meeting: Held) -> int:
        """The interest that a meeting could demand on a loan, as the books knew it before its first voucher."""
        first, on = meeting.first, meeting.date
        version = self._rules.version(first)
        days = self._held_before(meeting)
        if there.row.terms:
            known = [one for one in there.moved if one.sequence < first and one.date <= on]
            if sum(one.lent for one in known) <= 0:
                return 0
            return self.by_product(there, known, [*days, on]).due_on(on, days).interest
        as_now = meeting.gone is None and days == self._days[: bisect_left(self._days, on)]
        if as_now and there.is_plain:
            if there.dates[0] > on:
                return 0
            dates, sums = self._charges(there, version)
            paid, charged = there.paid[bisect_left(there.links, first)], sums[bisect_right(dates, on)]
        else:
            known = [one for one in there.moved if one.sequence < first and one.date <= on]
            lent = sum(one.lent for one in known)
            if lent <= 0:
                return 0
            paid = sum(one.interest for one in known)
            charged = sum(one.amount for one in self._reckoned(there, known, [*days, on], lent, version))
        return max(int(there.row.interest_due) + charged - paid, 0)

    def unpaid(self, there: LoanThere) -> int:
        """What of all interest charged is not paid, as known now; below nought where more was paid."""
        if there.row.terms:
            return self.by_product(there, there.moved, self._days).standing(_AT_LAST, ()).interest if there.lent else 0
        version = self._rules.version(there.moved[-1].sequence) if there.moved else 0
        charged = self._charges(there, version)[1][-1] if there.lent > 0 else 0
        return int(there.row.interest_due) + charged - sum(one.interest for one in there.moved)

    def by_product(self, there: LoanThere, moved: Sequence[Moved], held: Sequence[str]) -> ByProduct:
        """A loan by its terms, from what moved; `held` are the days of meeting. Raises one of `UNREADABLE`."""
        terms, row = kept(there.row.terms), there.row
        dues = terms.due.dues(terms.product, row.disbursed, row.first_due, held)
        movements = [Movement(m.date, m.principal, m.interest, m.penalty, m.lent) for m in moved]
        return ByProduct(terms.product, dues, by_day(movements))

    def _held_before(self, meeting: Held) -> list[str]:
        """The days before a meeting on which meetings had been held, as the books knew it then."""
        if meeting.sequence not in self._known:
            self._known[meeting.sequence] = (
                self._days[: bisect_left(self._days, meeting.date)]
                if self._in_order
                else sorted(o.date for o in self.meetings if o.date < meeting.date and o.stands(meeting.first))
            )
        return self._known[meeting.sequence]

    def _charges(self, there: LoanThere, version: int) -> tuple[list[str], list[int]]:
        """The days on which interest was charged by all that is known now, and the sums up to each place."""
        key = (there.row.number, version)
        if key not in self._charged:
            made = self._reckoned(there, there.moved, self._days, there.lent, version)
            self._charged[key] = ([one.date for one in made], [0, *accumulate(one.amount for one in made)])
        return self._charged[key]

    def _reckoned(
        self, there: LoanThere, moved: Sequence[Moved], days: Sequence[str], lent: int, version: int
    ) -> Sequence[Any]:
        row = there.row
        since = row.cut_off or row.disbursed
        rules = self._rules.on(version, since)
        basis = Basis(
            since=since,
            rate=Fraction(row.rate_per_month),
            method=row.method,
            lent=Paise(row.principal or lent),
            term=row.instalments,
            months=rules.interest_months,
            rounding=rules.interest_rounding,
        )
        paid_off = moved and sum(one.principal for one in moved) <= 0
        end = bisect_right(days, max(one.date for one in moved)) if paid_off else len(days)
        held = days[bisect_right(days, since) : end]
        return charges(basis, [Movement(one.date, one.principal, one.interest) for one in moved], held)


class RulesThen:
    """A group's rules by version: each time that one was set made a new version, and the log has what was before."""

    def __init__(self, scope: Scope, entity: int) -> None:
        """Read what is set now, and from the log what was set before."""
        key = scope.kinds.get(entity, "")
        self._scope, self._entity = scope, entity
        self._defaults = kind(key).rules if key in kinds() else {}
        own = {str(key): str(value) for key, value in scope.rows(_SETTINGS, entity=entity)}
        self._versions = [own]
        self._since: list[int] = []
        for sequence, old in scope.rows(_SET, entity=entity):
            before = {key: value for key, value in (fields(old) or {}).items() if key.partition(SINCE)[0] in RULES}
            if before:
                own = {key: value for key, value in {**own, **before}.items() if value}
                self._versions.insert(0, own)
                self._since.insert(0, sequence)
        self._found: dict[tuple[int, str], GroupRules] = {}

        self._dated = any(SINCE in key for settings in self._versions for key in settings)
        self._of_sequence: dict[int, int] = {}

    def version(self, sequence: int) -> int:
        """Which version held when a voucher was entered: how many settings were made by then."""
        if not self._since:
            return 0
        if sequence not in self._of_sequence:
            entered = next(self._scope.rows(_ENTERED, entity=self._entity, sequence=sequence), None)
            found = len(self._since) if entered is None else bisect_left(self._since, entered[0])
            self._of_sequence[sequence] = found
        return self._of_sequence[sequence]

    def on(self, version: int, day: str) -> GroupRules:
        """The rules of a day in a version. Raises NotARule where a setting is none."""
        key = (version, day if self._dated else "")
        if key not in self._found:
            self._found[key] = rules_on(day, self._defaults, self._versions[version])
        return self._found[key]
