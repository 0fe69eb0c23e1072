"""The books of a group in plain Python: lists, dictionaries and the rules as the design says them, no database.

It says beforehand what the ledger must do with a voucher, and afterwards what every balance must be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from bookkeeper.rules.voucher import Posting, Voucher

CODES = {
    "cash": "1001", "bank": "1002", "9001": "9001", "member-loans": "1101", "suspense": "1901",
    "member-savings": "2001", "voluntary-savings": "2002", "surplus": "3001", "interest-on-member-loans": "4001",
    "fines": "4002", "grants": "4006", "rent": "5008",
}  # fmt: skip
MONEY = {"1001", "1002", "9001"}
CASH, LOANS, SURPLUS = "1001", "1101", "3001"
SAVINGS = {"2001", "2002"}
YEARLY = {"4001", "4002", "4006", "5008"}
LETTER = {"receipt": "R", "payment": "P", "contra": "C", "journal": "J", "opening": "O"}
MIRROR = {"receipt": "payment", "payment": "receipt"}


class Wrong(Exception):
    """The ledger must refuse this; `unknown` where it names what is not there."""

    def __init__(self, why: str, *, unknown: bool = False) -> None:
        super().__init__(why)
        self.unknown = unknown


@dataclass(frozen=True)
class Line:
    code: str
    amount: int
    member: str | None
    loan: int | None


@dataclass
class Entry:
    name: str
    kind: str
    date: str
    lines: list[Line]
    reverses: str = ""
    closing: bool = False


@dataclass
class PlainBooks:
    """One group. `today` and `starts` are ISO; `closed` the newest closed year or 0; amounts are paise."""

    starts: str
    today: str
    members: set[str]
    entries: list[Entry] = field(default_factory=list)
    loans: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Number → member, day of lending."""
    locked: str = ""
    closed: int = 0

    # ------------------------------------------------------------------------------------------------- acts

    def post(self, vouchers: Sequence[Voucher], reverses: str = "") -> list[Entry]:
        """What these vouchers become; raises Wrong where the ledger must refuse them."""
        if any(p.member is not None and p.member not in self.members for v in vouchers for p in v.postings):
            raise Wrong("no such member", unknown=True)
        entries: list[Entry] = []
        loans = dict(self.loans)
        owed = self._owed()
        for voucher in vouchers:
            self._check(voucher, vouchers, is_mirror=bool(reverses))
            lines = [self._line(p, voucher, loans, owed, is_mirror=bool(reverses)) for p in voucher.postings]
            entries.append(Entry("", voucher.kind, voucher.date, lines, reverses))
        self._floors(entries)
        self.loans = loans
        for entry in entries:
            self._enter(entry)
        return entries

    def reverse(self, entry: Entry, on: str) -> Entry:
        """The mirror of an entry."""
        first = min((e.date for e in self.entries if e.kind != "opening"), default="")
        if entry.reverses or entry.closing or any(e.reverses == entry.name for e in self.entries):
            raise Wrong("reversed once, and never a mirror or a closing")
        if on < entry.date or (entry.kind == "opening" and (on != entry.date or first)):
            raise Wrong("that day is not possible")
        postings = tuple(Posting(x.code, -x.amount, x.member, loan=x.loan) for x in entry.lines)  # type: ignore[arg-type]
        return self.post([Voucher(MIRROR.get(entry.kind, entry.kind), on, postings)], entry.name)[0]

    def lock(self, until: str) -> None:
        if until > self.today or (self.locked and until <= self.locked):
            raise Wrong("locked already, or to come")
        self.locked = until

    def close(self, year: int) -> Entry | None:
        """Close a year; returns the closing entry where there is one."""
        end = f"{year + 1}-03-31"
        open_before = [e for e in self.entries if e.kind != "opening" and self.closed < financial_year(e.date) < year]
        if year <= self.closed or end > self.today or end < self.starts or open_before:
            raise Wrong("this year is not the next to be closed")
        left = self.balances(lambda e: e.date <= end, YEARLY)
        self.closed = year
        if not left:
            return None
        carried = sum(left.values())
        lines = [Line(code, -amount, None, None) for code, amount in left.items()]
        lines += [Line(SURPLUS, carried, None, None)] if carried else []
        entry = Entry("", "journal", end, lines, closing=True)
        self._enter(entry)
        return entry

    # ------------------------------------------------------------------------------------------------ rules

    def _check(self, voucher: Voucher, file: Sequence[Voucher], *, is_mirror: bool) -> None:
        on, amounts = voucher.date, [int(p.amount) for p in voucher.postings]
        if on > self.today or (on < self.starts and voucher.kind != "opening"):
            raise Wrong("outside of the books' days")
        standing = self._opening()
        if financial_year(on) <= self.closed or on <= self.locked:
            raise Wrong("closed or locked")
        if standing and on <= standing.date and voucher.kind != "opening":
            raise Wrong("before the opening balances")
        if len(amounts) < 2 or 0 in amounts or sum(amounts) != 0:
            raise Wrong("two lines that balance")
        money = [p.amount for p in voucher.postings if CODES.get(p.account, p.account) in MONEY]
        fits: dict[str, bool] = {
            "receipt": bool(money) and min(money, default=0) > 0,
            "payment": bool(money) and max(money, default=0) < 0,
            "contra": len(money) == len(amounts),
            "journal": not money,
            "opening": True,
        }
        if not fits[voucher.kind]:
            raise Wrong("accounts contradict the kind")
        if voucher.kind == "opening" and not is_mirror:
            self._check_opening(on, standing, file)

    def _check_opening(self, on: str, standing: Entry | None, file: Sequence[Voucher]) -> None:
        others = [v.date for v in file if v.kind != "opening"] + [e.date for e in self.entries if e.kind != "opening"]
        earliest = day_before_april(self.starts)
        if standing or sum(v.kind == "opening" for v in file) > 1 or on < earliest or (others and on >= min(others)):
            raise Wrong("one opening voucher, before all others")

    def _opening(self) -> Entry | None:
        reversed_ = {e.reverses for e in self.entries}
        found = [e for e in self.entries if e.kind == "opening" and not e.reverses and e.name not in reversed_]
        return found[0] if found else None

    def _line(  # noqa: C901 - each case of the contract once
        self, p: Posting, v: Voucher, loans: dict[int, tuple[str, str]], owed: dict[int, int], *, is_mirror: bool
    ) -> Line:
        code = CODES.get(p.account, p.account)
        if p.member is None and (code in SAVINGS or code == LOANS or p.loan is not None):
            raise Wrong("control accounts need a member")
        if code != LOANS and p.loan is None:
            return Line(code, p.amount, p.member, None)
        hers = sorted((day, number) for number, (member, day) in loans.items() if member == p.member)
        lends = code == LOANS and p.amount > 0
        owing = [number for _, number in hers if owed[number] > 0]
        newest = max(loans, default=0) + 1
        if p.loan is not None:
            number = p.loan
            if number not in {n for _, n in hers} and not (lends and number == newest):
                raise Wrong("not her loan")
        elif lends and len(owing) > 1:
            raise Wrong("which of her loans?")
        elif owing:
            number = owing[0]
        elif lends:
            number = newest
        else:
            raise Wrong("owes nothing")
        if number not in loans:
            assert p.member is not None
            loans[number], owed[number] = (p.member, v.date), 0
        if code == LOANS:
            owed[number] += p.amount
            if owed[number] < 0 and not is_mirror:
                raise Wrong("more than is owed")
        return Line(code, p.amount, p.member, number)

    def _owed(self) -> dict[int, int]:
        owed = dict.fromkeys(self.loans, 0)
        for line in (x for e in self.entries for x in e.lines if x.code == LOANS and x.loan):
            owed[line.loan or 0] += line.amount
        return owed

    def _floors(self, new: list[Entry]) -> None:
        """No day may end below nought because of what is new."""
        days = sorted({e.date for e in [*self.entries, *new]})
        touched = {key for e in new for x in e.lines for key in _kept(x)}
        for key in touched:
            old, more = _by_day(self.entries, key), _by_day(new, key)
            before = own = 0
            for day in days:
                before, own = before + old[day], own + more[day]
                if before + own < 0 and own < 0:
                    raise Wrong(f"{key} below nought on {day}")

    def _enter(self, entry: Entry) -> None:
        series, year = LETTER[entry.kind], financial_year(entry.date)
        same = [e for e in self.entries if LETTER[e.kind] == series and financial_year(e.date) == year]
        entry.name = f"{series}{len(same) + 1}/{year}-{str(year + 1)[2:]}"
        self.entries.append(entry)

    # --------------------------------------------------------------------------------------------- balances

    def balances(self, which: Callable[[Entry], bool], codes: Iterable[str] = ()) -> dict[str, int]:
        """Code → sum of the lines of the entries asked for; noughts left out."""
        sums: dict[str, int] = defaultdict(int)
        for line in (x for e in self.entries if which(e) for x in e.lines):
            sums[line.code] += line.amount
        return {code: amount for code, amount in sums.items() if amount and (not codes or code in codes)}

    def trial_balance(self, on: str, *, after_closing: bool) -> dict[str, int]:
        """Code → balance as the trial balance of a day must show it, debit positive."""
        year = financial_year(on)
        now = self.balances(
            lambda e: e.date <= on and financial_year(e.date) == year and (after_closing or not e.closing)
        )
        earlier = self.balances(lambda e: financial_year(e.date) < year)
        stands: dict[str, int] = defaultdict(int, now)
        for code, amount in earlier.items():
            stands[SURPLUS if code in YEARLY else code] += amount
        return {code: amount for code, amount in stands.items() if amount}

    def of_members(self, code: str) -> dict[str, int]:
        """Member → what stands on an account for her."""
        sums: dict[str, int] = defaultdict(int)
        for line in (x for e in self.entries for x in e.lines if x.code == code and x.member):
            sums[line.member or ""] += line.amount
        return dict(sums)

    def owed(self) -> dict[int, int]:
        """Loan → what is owed on it."""
        return self._owed()

    def copy(self) -> PlainBooks:
        return replace(self, entries=list(self.entries), loans=dict(self.loans))


Key = tuple[str, str | None, int | None]


def _kept(line: Line) -> list[Key]:
    """What may not fall below nought because of a line."""
    if line.code == CASH:
        return [(CASH, None, None)]
    if line.code in SAVINGS:
        return [(line.code, line.member, None)]
    return [(LOANS, None, line.loan)] if line.code == LOANS else []


def _by_day(entries: Iterable[Entry], key: Key) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    sign = -1 if key[0] in SAVINGS else 1
    for entry in entries:
        for line in entry.lines:
            if key in _kept(line):
                sums[entry.date] += sign * line.amount
    return sums


def financial_year(on: str) -> int:
    return int(on[:4]) - (on[5:7] < "04")


def day_before_april(starts: str) -> str:
    """The day before a first of April."""
    assert starts.endswith("-04-01")
    return f"{starts[:4]}-03-31"
