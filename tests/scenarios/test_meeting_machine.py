"""Meetings, reversals, vouchers and closings in whatever order: every register agrees with the ledger after each step.

What is refused changes nothing. At the end of each example `verify` finds nothing either.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bookkeeper.books import sittings
from bookkeeper.commands import entities
from bookkeeper.commands.audit import verify
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.errors import BookError
from bookkeeper.ledger.entities import entity_of
from bookkeeper.report import Kind
from bookkeeper.rules.meeting import MeetingSheet, sheet_of
from tests.scenarios.clerk import TODAY, Clerk, payment, receipt

MEMORY = Path("/dev/shm")  # noqa: S108
"""Where it is there: nothing waits for the disk, and nothing is cut off here."""

FIRST = "2023-04-05"
SAVINGS = ("member-savings", "voluntary-savings", "special-savings")
MEMBERS = ("1", "2", "3")

often = st.integers(0, 19).map(bool)
few = st.sampled_from(["0.00", "50.00", "100.00", "100.00", "333.33"])


@st.composite
def new_loans(draw: st.DrawFn) -> dict[str, Any]:
    """A loan by the group's own rule, or by a product."""
    amount = draw(st.sampled_from(["100.00", "500.00", "1000.00", "99999.00"]))
    if product := draw(st.sampled_from(["", "", "cif", "weekly", "emergency"])):
        return {"principal": amount, "product": product}
    method = draw(st.sampled_from(["equal-principal", "flat"]))
    return {"principal": amount, "instalments": draw(st.integers(1, 12)), "method": method}


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """The rows of a sheet: mostly as a group would have them, now and then what cannot be."""
    found = []
    for member in MEMBERS:
        row: dict[str, Any] = {"member": member if draw(often) else "9"}
        row["present"] = draw(st.sampled_from([True, True, True, False, "late", "leave"]))
        row["savings"] = draw(few)
        what = draw(st.sampled_from(["", "", "parts", "parts", "whole", "interest", "loan", "draw", "fine", "bank"]))
        if what == "parts":
            row |= {"principal": draw(few), "interest": draw(st.sampled_from(["0.00", "10.00", "20.00"]))}
        elif what == "whole":
            row["repayment"] = draw(few)
        elif what == "interest":
            row["interest"] = draw(few)
        elif what == "loan":
            row["new_loan"] = draw(new_loans())
        elif what == "draw":
            row |= {"withdrawal": draw(few)}
            if draw(st.booleans()):
                row["withdrawal_from"] = "member-savings"
        elif what == "fine":
            row |= {"fine": "5.00", "fine_levied": "10.00", "voluntary_savings": draw(few)}
        elif what == "bank":
            row |= {"by": "bank", "special_savings": draw(few)}
        found.append({key: value for key, value in row.items() if value != "0.00"})
    return found


@st.composite
def feet(draw: st.DrawFn) -> list[dict[str, str]]:
    """Lines at the foot of a sheet."""
    kinds = {"receipt": "grants", "payment": "stationery", "contra": "bank"}
    found = []
    for kind in draw(st.lists(st.sampled_from(sorted(kinds)), max_size=2)):
        amount = draw(st.sampled_from(["10.00", "150.00", "700.00"]))
        sign = "-" if kind == "contra" and draw(st.booleans()) else ""
        by = draw(st.sampled_from(["cash", "bank"])) if kind != "contra" else "cash"
        found.append({"kind": kind, "account": kinds[kind], "amount": sign + amount, "by": by})
    return found


class Meetings(RuleBasedStateMachine):
    """One group, whose book-keeper does what she likes."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.clerk = Clerk(self.folder / "group.books").opens()
        self.last = FIRST
        self.number = 0

    @initialize(rounding=st.sampled_from(["0.01", "0.50", "1"]), months=st.sampled_from(["calendar", "whole", "days"]))
    def begin(self, rounding: str, months: str) -> None:
        """The group sets its rules and meets for the first time."""
        self.clerk.enters_members(*MEMBERS, joined="2023-04-01")
        for key, value in (("interest-rounding", rounding), ("interest-months", months), ("savings-amount", "100")):
            entities.set_(self.clerk.office, "", "SHG1", key, value)
        self._try_meeting(sheet_of({"date": FIRST, "number": 1, "rows": [{"member": "1", "savings": "500.00"}]}))

    @rule(rows=rows(), other=feet(), later=st.sampled_from([0, 7, 28, 30, 31, 31, 61, -5]), number=st.integers(0, 9))
    def hold(self, rows: list[dict[str, Any]], other: list[dict[str, str]], later: int, number: int) -> None:
        """A meeting; mostly the next one, now and then in the place of another."""
        day = (dt.date.fromisoformat(self.last) + dt.timedelta(days=later)).isoformat()
        counted = {"cash_counted": {"100": 2}} if number % 3 == 0 else {}
        number = self.number + 1 if number > 1 else number + 1
        values = {"date": min(day, TODAY), "number": number, "rows": rows, "other": other, **counted}
        self._try_meeting(sheet_of(values))

    def _try_meeting(self, sheet: MeetingSheet) -> None:
        if self._is_done(lambda: self.clerk.holds_meeting(sheet)):
            self.last = max(self.last, sheet.date)
            self.number = max(self.number, sheet.number or 0)

    @rule(number=st.integers(1, 12), newest=st.booleans(), later=st.sampled_from(["", "2025-06-01"]))
    def take_back(self, number: int, newest: bool, later: str) -> None:  # noqa: FBT001
        """A meeting is reversed: the newest, or any."""
        self._is_done(lambda: self.clerk.takes_back(self.number if newest else number, on=later))

    @rule(
        head=st.sampled_from(["member-savings", "member-loans", "interest-on-member-loans", "fines", "grants"]),
        amount=st.sampled_from(["10", "75", "400"]), member=st.sampled_from(MEMBERS), later=st.integers(-20, 20),
        money=st.sampled_from(["cash", "bank"]), out=st.booleans(),
    )  # fmt: skip
    def post(self, head: str, amount: str, member: str, later: int, money: str, out: bool) -> None:  # noqa: FBT001
        """A voucher between meetings, perhaps dated back."""
        day = min((dt.date.fromisoformat(self.last) + dt.timedelta(days=later)).isoformat(), TODAY)
        make = payment if out else receipt
        self._is_done(lambda: self.clerk.posts(make(day, head, amount, "" if head == "grants" else member, money)))

    @rule(name=st.sampled_from(["R1", "R2", "R5", "P1", "P2", "C1"]), year=st.sampled_from(["2023-24", "2024-25"]))
    def reverse(self, name: str, year: str) -> None:
        """A voucher is reversed, where it is one of its own."""
        self._is_done(lambda: self.clerk.reverses(f"{name}/{year}", self.last))

    @rule(year=st.sampled_from([2023, 2023, 2024]))
    def close(self, year: int) -> None:
        """A year is closed, if it is over."""
        if self.last >= f"{year + 1}-06-01":
            self._is_done(lambda: self.clerk.closes(year))

    def _is_done(self, work: Any) -> bool:  # noqa: ANN401  # a function of nothing
        """Whether it was done; what was refused has changed nothing."""
        before = self.clerk.contents()
        try:
            work()
        except BookError:
            assert self.clerk.contents() == before
            return False
        return True

    @invariant()
    def registers_agree(self) -> None:
        """What one register says is what the others say."""
        if not self.number:
            return
        day = self.last
        trial, totals = self.read("trial-balance", as_of=day, after_closing=True)
        assert totals["debit"] == totals["credit"]
        standing = {row["role"]: row["debit"] - row["credit"] for row in trial}
        saved = -sum(standing.get(role, 0) for role in SAVINGS)

        month_end = (dt.date.fromisoformat(day[:8] + "01") + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(1)
        until = min(month_end.isoformat(), TODAY)
        register, _ = self.read("savings-register", since="2023-04-01", until=day)
        assert sum(row["total"] for row in register) == saved
        loans, _ = self.read("loan-register", as_of=day)
        assert sum(row["outstanding"] for row in loans) == standing.get("member-loans", 0)
        assert all(row["outstanding"] >= 0 for row in loans)
        balances, _ = self.read("demand-collection-balance", since="2023-04-01", until=day)
        assert sum(row["closing_balance"] for row in balances) == standing.get("member-loans", 0)
        late, _ = self.read("arrears", as_of=day)
        for what in ("overdue_principal", "overdue_interest"):
            assert sum(row[what] for row in late) == sum(row[what] for row in balances)
        cash, _ = self.read("cash-book", since="2023-04-01", until=day)
        if cash:
            assert cash[-1]["balance_cash"] == standing.get("cash", 0) >= 0
            assert cash[-1]["balance_bank"] == standing.get("bank", 0)
        for name in ("receipts-and-payments", "balance-sheet"):
            asks = {"as_of": day} if name == "balance-sheet" else {"since": "2023-04-01", "until": until}
            found, _ = self.read(name, **asks)
            sides = {row["side"]: 0 for row in found}
            for row in found:
                sides[row["side"]] += row["amount"]
            assert len(set(sides.values())) <= 1, (name, sides)
        ledger, _ = self.read("loan-ledger", since="2023-04-01", until=day)
        closing = {row["loan"]: row["outstanding"] for row in ledger}
        assert sum(closing.values()) == standing.get("member-loans", 0)
        hers, _ = self.read("savings-ledger", since="2023-04-01", until=day)
        last = {row["member"]: row["balance"] for row in hers}
        assert sum(last.values()) == saved
        demand, _ = self.read("demand", as_of=day)
        assert all(value >= 0 for row in demand for key, value in row.items() if key.startswith("demand_"))
        present, _ = self.read("attendance-register", since="2023-04-01", until=TODAY)
        with self.clerk.office.looking() as tx:
            held = len(sittings.days(tx, entity_of(tx, "SHG1")))
        assert all(row["held"] == held for row in present if row.get("member"))

    def read(self, name: str, **asks: Any) -> tuple[list[dict[str, Any]], dict[str, int]]:  # noqa: ANN401
        """A register's rows, money as paise and nought where it is left out; and its totals."""
        with prepared(self.clerk.office, ReportAsk(name, ("SHG1",), **asks)) as printout:
            report = printout.table()
            money = [column.key for column in report.columns if column.kind in {Kind.MONEY, Kind.BALANCE}]
            found = [dict(row) | {key: row.get(key) or 0 for key in money} for row in report.rows_counted()]
            return found, dict(report.totals)

    def teardown(self) -> None:
        """Nothing is left that verify would find."""
        path = self.clerk.path
        self.clerk.office.close()
        found = verify(path)
        shutil.rmtree(self.folder)
        assert [finding.sentence for finding in found.findings] == []


@pytest.mark.slow
def test_meetings_in_any_order() -> None:
    """The short form; `make soak` runs it long."""
    _run(10, 12)


@pytest.mark.campaign
def test_meetings_in_any_order_long() -> None:
    """Twenty thousand steps."""
    _run(400, 50)


def _run(examples: int, steps: int) -> None:
    # A failing example is told as it is found: shrinking one of these takes longer than reading it.
    run_state_machine_as_test(
        Meetings,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            print_blob=True,
        ),
    )
