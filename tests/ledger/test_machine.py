"""Whatever is posted, reversed, locked and closed, in whatever order: the ledger does what plain books would do."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bookkeeper.commands import entities
from bookkeeper.commands.audit import verify
from bookkeeper.definitions.chart import Head
from bookkeeper.errors import BadInput, Refused
from bookkeeper.ledger import balances
from bookkeeper.ledger.accounts import chart_of
from bookkeeper.ledger.entities import entity_of
from bookkeeper.registers import Asked, source
from bookkeeper.report import Row
from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Posting, Voucher
from tests.ledger.plain_books import LOANS, MONEY, SAVINGS, PlainBooks, Wrong, financial_year
from tests.scenarios.clerk import TODAY, Clerk

MEMORY = Path("/dev/shm")  # noqa: S108
"""Where it is there: nothing waits for the disk, and nothing is cut off here."""

FIRST, LAST = "2023-03-31", "2025-06-15"
DAYS = [
    "2024-07-15", "2024-04-05", "2024-04-30", "2024-05-01", "2024-05-17", "2024-09-30", "2025-03-30", "2025-03-31",
    "2025-04-01", "2025-06-15", "2024-04-02", "2024-04-01", "2024-03-31", "2024-02-29", "2023-09-30", "2023-04-05",
]  # fmt: skip
SECOND_BANK = Head("9001", "Bank two", "asset", "bank", default=False, folio="", section="")

WRONG_DAYS = ["2025-06-16", "2023-03-31", "2023-03-30"]
OPENING_DAYS = ["2023-03-31", "2024-03-31", "2023-04-01", "2024-04-01", "2023-03-30"]

days = st.integers(0, 29).flatmap(lambda n: st.sampled_from(DAYS if n else WRONG_DAYS))
groups = st.sampled_from(["SHG1", "SHG2"])
numbers = st.integers(0, 29).flatmap(lambda n: st.sampled_from(["1", "2", "3"] if n else ["9"]))
amounts = st.sampled_from([1, 50, 100, 2500, 10000, 10001, 99999])
money = st.sampled_from(["cash", "cash", "cash", "bank", "9001"])
loan_numbers = st.sampled_from([None, None, None, None, 1, 2, 3])
CONTROL = ("member-savings", "voluntary-savings", "member-loans")


@st.composite
def heads(draw: st.DrawFn, sign: int) -> Posting:
    """A line on a head other than cash and bank."""
    account = draw(st.sampled_from([*CONTROL, *CONTROL, "fines", "grants", "rent", "suspense"]))
    amount = Paise(sign * draw(amounts))
    if account not in CONTROL:
        return Posting(account, amount)
    loan = draw(loan_numbers) if account == "member-loans" else None
    return Posting(account, amount, draw(numbers), loan=loan)


@st.composite
def vouchers(draw: st.DrawFn) -> Voucher:
    """A voucher of any kind; now and then one that does not balance or that its accounts contradict."""
    kind = draw(st.sampled_from(["receipt", "receipt", "receipt", "payment", "payment", "contra", "journal"]))
    sign = 1 if kind == "receipt" else -1
    if kind == "contra":
        amount, sides = draw(amounts), draw(st.permutations(["cash", "bank", "9001"]))
        postings = [Posting(sides[0], Paise(amount)), Posting(sides[1], Paise(-amount))]
    else:
        postings = [draw(heads(-sign)) for _ in range(draw(st.sampled_from([1, 1, 2, 4])))]
        whole = Paise(-sum(p.amount for p in postings))
        other = draw(heads(sign)) if kind == "journal" else Posting(draw(money), whole)
        postings.insert(0, Posting(other.account, whole, other.member, loan=other.loan))
    wrong = draw(st.integers(0, 19))
    if wrong == 0:
        postings.append(Posting("suspense", Paise(1)))
    elif wrong == 1:
        kind = "journal" if kind != "journal" else "receipt"
    return Voucher(kind, draw(days), tuple(postings))


@st.composite
def openings(draw: st.DrawFn) -> Voucher:
    """Balances brought: money, savings of some members, perhaps a loan."""
    brought = [Posting("cash", Paise(draw(amounts))), Posting("bank", Paise(draw(amounts)))]
    brought += [Posting("member-savings", Paise(-draw(amounts)), n) for n in ("1", "2")]
    brought += [Posting("member-loans", Paise(draw(amounts)), "3")] if draw(st.booleans()) else []
    rest = -sum(p.amount for p in brought)
    return Voucher(
        "opening", draw(st.sampled_from(OPENING_DAYS)), (*brought, *([Posting("surplus", Paise(rest))] if rest else []))
    )


class Books(RuleBasedStateMachine):
    """Two groups in one file, and beside each its plain books."""

    @initialize(brought=st.lists(openings(), max_size=1), float_=st.booleans())
    def begin(self, brought: list[Voucher], *, float_: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.clerk = Clerk(self.folder / "two.books")
        self.plain: dict[str, PlainBooks] = {}
        self.changed: set[str] = set()
        for code, starts in (("SHG1", "2023-04-01"), ("SHG2", "2024-04-01")):
            self.clerk.opens(code, starts=starts).enters_members("1", "2", "3")
            entities.add_head(self.clerk.office, "", code, SECOND_BANK)
            self.plain[code] = PlainBooks(starts, TODAY, {"1", "2", "3"})
            if brought:
                self._posts(code, brought)
            if float_:
                cash = (Posting("cash", Paise(50000)), Posting("grants", Paise(-50000)))
                self._posts(code, [Voucher("receipt", "2024-04-02", cash)])

    def _posts(self, code: str, file: list[Voucher]) -> None:
        self.clerk.works_for(code)
        plain = self.plain[code].copy()
        try:
            entries = plain.post(file)
        except Wrong as wrong:
            with self.clerk.refuses("", BadInput if wrong.unknown else Refused):
                self.clerk.posts(*file)
            return
        assert self.clerk.posts(*file) == [e.name for e in entries]
        for entry in entries:
            recorded = self.clerk.reads(entry.name).voucher
            assert [p.loan for p in recorded.postings] == [x.loan for x in entry.lines]
        self._became(code, plain)

    def _became(self, code: str, plain: PlainBooks) -> None:
        self.plain[code] = plain
        self.changed.add(code)

    @rule(code=groups, file=st.lists(vouchers(), min_size=1, max_size=3))
    def posts_a_file(self, code: str, file: list[Voucher]) -> None:
        self._posts(code, file)

    @rule(code=groups, head=st.sampled_from(CONTROL), number=numbers, amount=amounts, on=days, loan=loan_numbers)
    def a_member_brings_or_takes(
        self, code: str, head: str, number: str, amount: int, on: str, loan: int | None
    ) -> None:
        kind, sign = ("payment", 1) if head == "member-loans" else ("receipt", -1)
        hers = Posting(head, Paise(sign * amount), number, loan=loan if head == "member-loans" else None)
        self._posts(code, [Voucher(kind, on, (hers, Posting("cash", Paise(-sign * amount))))])

    @rule(code=groups, file=st.lists(vouchers(), min_size=1, max_size=3))
    def posts_another_file(self, code: str, file: list[Voucher]) -> None:
        self._posts(code, file)

    @rule(code=groups, number=numbers, amount=amounts, on=days, bank=st.booleans())
    def a_member_saves(self, code: str, number: str, amount: int, on: str, *, bank: bool) -> None:
        lines = (Posting("bank" if bank else "cash", Paise(amount)), Posting("member-savings", Paise(-amount), number))
        self._posts(code, [Voucher("receipt", on, lines)])

    @rule(code=groups, number=numbers, amount=amounts, on=days, second=st.booleans())
    def lends(self, code: str, number: str, amount: int, on: str, *, second: bool) -> None:
        loan = max(self.plain[code].loans, default=0) + 1 if second else None
        lines = (Posting("member-loans", Paise(amount), number, loan=loan), Posting("bank", Paise(-amount)))
        self._posts(code, [Voucher("payment", on, lines)])

    @precondition(lambda self: any(any(p.owed().values()) for p in self.plain.values()))
    @rule(data=st.data(), amount=amounts, on=days)
    def a_borrower_repays(self, data: st.DataObject, amount: int, on: str) -> None:
        owing = [(code, n, left) for code, p in self.plain.items() for n, left in p.owed().items() if left]
        code, loan, left = data.draw(st.sampled_from(owing))
        amount = data.draw(st.sampled_from([left, (left + 1) // 2, amount]))
        member, lent = self.plain[code].loans[loan]
        named = data.draw(st.sampled_from([None, None, loan]))
        lines = (Posting("bank", Paise(amount)), Posting("member-loans", Paise(-amount), member, loan=named))
        self._posts(code, [Voucher("receipt", data.draw(st.sampled_from([LAST, lent, on])), lines)])

    @precondition(lambda self: any(not p.entries for p in self.plain.values()))
    @rule(code=groups, voucher=openings())
    def brings_opening_balances(self, code: str, voucher: Voucher) -> None:
        self._posts(code, [voucher])

    @precondition(lambda self: any(p.entries for p in self.plain.values()))
    @rule(data=st.data(), on=days)
    def reverses(self, data: st.DataObject, on: str) -> None:
        code = data.draw(st.sampled_from([code for code, plain in self.plain.items() if plain.entries]))
        entry = data.draw(st.sampled_from(self.plain[code].entries))
        on = data.draw(st.sampled_from([on, entry.date, LAST]))
        self.clerk.works_for(code)
        plain = self.plain[code].copy()
        try:
            mirror = plain.reverse(entry, on)
        except Wrong:
            with self.clerk.refuses():
                self.clerk.reverses(entry.name, on)
            return
        assert self.clerk.reverses(entry.name, on) == mirror.name
        self._became(code, plain)

    @precondition(lambda self: sum(len(p.entries) for p in self.plain.values()) % 5 == 4)
    @rule(code=groups, until=st.sampled_from(["2023-03-31", "2024-04-01", "2024-05-01", "2025-06-16"]))
    def locks(self, code: str, until: str) -> None:
        self.clerk.works_for(code)
        plain = self.plain[code].copy()
        try:
            plain.lock(until)
        except Wrong:
            with self.clerk.refuses():
                self.clerk.locks(until)
            return
        self.clerk.locks(until)
        self._became(code, plain)

    @precondition(lambda self: sum(len(p.entries) for p in self.plain.values()) % 4 == 3)
    @rule(code=groups, year=st.sampled_from([0, 0, 0, 2022, 2024, 2025]))
    def closes(self, code: str, year: int) -> None:
        open_years = [e.date for e in self.plain[code].entries if e.date > f"{self.plain[code].closed + 1}-03-31"]
        year = year or financial_year(min(open_years, default=LAST))
        self.clerk.works_for(code)
        plain = self.plain[code].copy()
        try:
            entry = plain.close(year)
        except Wrong:
            with self.clerk.refuses():
                self.clerk.closes(year)
            return
        assert self.clerk.closes(year) == ([entry.name] if entry else [])
        self._became(code, plain)

    @rule(code=groups, on=st.sampled_from(DAYS), after=st.booleans())
    def looks_at_a_day(self, code: str, on: str, *, after: bool) -> None:
        self._trial_balance(code, on, after=after)

    @invariant()
    def the_trial_balance_agrees(self) -> None:
        for code in getattr(self, "changed", ()):
            self._trial_balance(code, LAST, after=False)
        self.changed = set()

    def _trial_balance(self, code: str, on: str, *, after: bool) -> None:
        with self.clerk.office.looking() as tx:
            entity = entity_of(tx, code)
            asked = Asked(entity, on, on, on, after_closing=after)
            rows = list(source("trial-balance").rows(tx, asked))
            found = {str(row["code"]): _paise(row, "debit") - _paise(row, "credit") for row in rows}
            assert found == self.plain[code].trial_balance(on, after_closing=after)
            assert sum(found.values()) == 0
            assert balances.stored_months(tx, entity.id) == balances.recomputed_months(tx, entity.id)

    def teardown(self) -> None:
        if not hasattr(self, "clerk"):
            return
        try:
            for code in self.plain:
                self._trial_balance(code, LAST, after=True)
                self._registers(code)
            self.clerk.office.close()
            assert not list(verify(self.clerk.path).findings)
        finally:
            self.clerk.office.close()
            shutil.rmtree(self.folder)

    def _registers(self, code: str) -> None:
        plain = self.plain[code]
        with self.clerk.office.looking() as tx:
            entity = entity_of(tx, code)
            asked = Asked(entity, FIRST, LAST, LAST)
            everything = plain.balances(lambda _: True)
            book = list(source("cash-book").rows(tx, asked))
            if book:
                assert book[-1]["balance_cash"] == everything.get("1001", 0)
                assert book[-1]["balance_bank"] == sum(everything.get(b, 0) for b in MONEY - {"1001"})
            elif MONEY & everything.keys():
                pytest.fail("money in the ledger, none in the cash book")
            last = {str(row["code"]): _paise(row, "balance") for row in source("general-ledger").rows(tx, asked)}
            after = plain.trial_balance(LAST, after_closing=True)
            expected = {c: a for c, a in after.items() if c != "3001"}
            assert {c: a for c, a in last.items() if a and c != "3001"} == expected
            assert last.get("3001", 0) == everything.get("3001", 0)
            self._day_book(plain, list(source("day-book").rows(tx, asked)))
            ids = {a.code: a.id for a in chart_of(tx, entity.id).accounts}
            for account in (*SAVINGS, LOANS):
                assert balances.by_member(tx, entity.id, ids[account], LAST) == plain.of_members(account)
        self.clerk.works_for(code)
        assert {n.loan: n.outstanding for n in self.clerk.loans(LAST)} == plain.owed()

    def _day_book(self, plain: PlainBooks, rows: list[Row]) -> None:
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for row in rows:
            found[str(row["voucher"])][0] += _paise(row, "debit")
            found[str(row["voucher"])][1] += _paise(row, "credit")
        expected = {e.name: [sum(x.amount for x in e.lines if x.amount > 0)] * 2 for e in plain.entries}
        assert dict(found) == expected


def _paise(row: Row, key: str) -> int:
    value = row[key]
    assert value is None or isinstance(value, int)
    return value or 0


@pytest.mark.slow
def test_the_ledger_does_what_plain_books_would_do() -> None:
    run_state_machine_as_test(
        Books,
        settings=settings(
            max_examples=18, stateful_step_count=25, suppress_health_check=list(HealthCheck), print_blob=True
        ),
    )


@pytest.mark.campaign
@pytest.mark.slow
def test_the_ledger_does_what_plain_books_would_do_for_20_000_steps() -> None:
    run_state_machine_as_test(
        Books, settings=settings(max_examples=400, stateful_step_count=50, suppress_health_check=list(HealthCheck))
    )
