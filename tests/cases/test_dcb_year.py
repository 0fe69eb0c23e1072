"""A year of a group of fifteen, demand, collection and balance: the paper in `dcb/` against the books, to the rupee.

The paper was worked out before the report was there. What it says is checked twice: that it adds up by its own rules
(a slip of the pencil shows there), and that the program, given the meetings one by one, says the same.
"""

from __future__ import annotations

import calendar
import io
import json
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bookkeeper.cli.main import run

HERE = Path(__file__).parent / "dcb"
PAPER: dict[str, Any] = tomllib.loads((HERE / "year.toml").read_text(encoding="utf-8"))
MEETINGS: list[dict[str, Any]] = json.loads((HERE / "meetings.json").read_text(encoding="utf-8"))

KEYS = {
    "opening": "opening_balance",
    "arr_p": "demand_principal_arrears",
    "cur_p": "demand_principal_current",
    "arr_i": "demand_interest_arrears",
    "cur_i": "demand_interest_current",
    "lent": "disbursed",
    "paid_p": "collected_principal",
    "paid_i": "collected_interest",
    "adv_p": "advance_principal",
    "over_p": "overdue_principal",
    "over_i": "overdue_interest",
    "closing": "closing_balance",
}
"""A column on paper → the key of the report."""

DEMAND = ("arr_p", "cur_p", "arr_i", "cur_i")
NOUGHT = dict.fromkeys(KEYS, 0)
FIRST, LAST = "2023-04-01", "2024-03-31"
SKIPPED = "2024-01"
"""The meeting after the month without one: its line on paper is of two months."""

Figures = dict[str, int]


def table(text: str) -> Iterator[dict[str, str]]:
    """The lines of a table, each by the columns of its head; what stands behind the last one is a note."""
    head, *lines = text.strip().splitlines()
    columns = head.removesuffix("in the meeting").split()
    for line in lines:
        yield dict(zip(columns, line.split(), strict=False))


@dataclass(frozen=True)
class Loan:
    """A loan on paper: its terms, and its worksheet by month."""

    number: str
    member: str
    principal: int
    flat: bool
    parts: list[int]
    lines: dict[str, Figures]


def loans() -> Iterator[Loan]:
    for one in PAPER["loan"]:
        lines = {row["month"]: {k: int(v) for k, v in row.items() if k != "month"} for row in table(one["worksheet"])}
        yield Loan(one["number"], one["member"], one["principal"], one["method"] == "flat", one["parts"], lines)


LOANS = list(loans())
MONTHS = [meeting["date"][:7] for meeting in MEETINGS]


# ------------------------------------------------------------------------------------------ the paper, by its own rules


def half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def slips(loan: Loan) -> Iterator[str]:
    """Where a worksheet breaks the rules that stand at its head."""
    above = dict.fromkeys((*KEYS, "ahead_p", "ahead_i"), 0)
    parts = list(loan.parts)
    for month, line in loan.lines.items():
        n, base = line["n"], loan.principal if loan.flat else line["opening"]
        due = sum(parts.pop(0) for _ in range(min(n, len(parts))))
        by_rule = {
            "opening": above["closing"],
            "due_p": due,
            "arr_p": above["over_p"],
            "cur_p": max(0, due - above["ahead_p"]),
            "charge": half_up(base * PAPER["given"]["rate_per_month"] * n, 100) if line["opening"] else 0,
            "arr_i": above["over_i"],
            "cur_i": max(0, line["charge"] - above["ahead_i"]),
            "adv_p": max(0, line["paid_p"] - line["arr_p"] - line["cur_p"]),
            "ahead_p": max(0, above["ahead_p"] - due) + line["adv_p"],
            "over_p": line["arr_p"] + line["cur_p"] - line["paid_p"] + line["adv_p"],
            "over_i": max(0, line["arr_i"] + line["cur_i"] - line["paid_i"]),
            "closing": line["opening"] + line["lent"] - line["paid_p"],
        }
        yield from (f"{loan.number}, {month}: {key} {line[key]}" for key, it in by_rule.items() if line[key] != it)
        above = line


@pytest.mark.parametrize("loan", LOANS, ids=lambda loan: f"loan-{loan.number}")
def test_a_worksheet_adds_up(loan: Loan) -> None:
    assert not list(slips(loan))
    equal = half_up(loan.principal, len(loan.parts))
    assert set(loan.parts[:-1]) == {equal}
    assert sum(loan.parts) == loan.principal
    first = MONTHS.index(next(iter(loan.lines)))
    assert list(loan.lines) == MONTHS[first : first + len(loan.lines)]
    assert [line["n"] for line in loan.lines.values()][1:] == [
        2 if month == SKIPPED else 1 for month in list(loan.lines)[1:]
    ]


def on_paper(asked: dict[str, str]) -> dict[str, Figures]:
    """What is to come out of a period: loan → figures; "-" are the totals."""
    return {row["loan"]: {key: int(row[key]) for key in KEYS} for row in table(asked["table"])}


YEAR, OCTOBER = (on_paper(asked) for asked in PAPER["expected"]["report"])
REPORTS = list(zip(PAPER["expected"]["report"], (YEAR, OCTOBER), strict=True))


def test_the_year_and_october_come_of_the_worksheets() -> None:
    for loan in LOANS:
        lines = list(loan.lines.values())
        summed = {key: sum(line[key] for line in lines) for key in ("lent", "paid_p", "paid_i")}
        last = {key: lines[-1][key] for key in ("over_p", "over_i", "closing")} | {"adv_p": lines[-1]["ahead_p"]}
        demand = {"cur_p": sum(line["due_p"] for line in lines), "cur_i": sum(line["charge"] for line in lines)}
        assert YEAR[loan.number] == NOUGHT | summed | last | demand
        month = loan.lines.get("2023-10")
        assert OCTOBER.get(loan.number) == (month and {key: month[key] for key in KEYS})
    for asked in (YEAR, OCTOBER):
        *rows, total = asked.values()
        assert total == {key: sum(row[key] for row in rows) for key in KEYS}


def test_the_meetings_are_the_payments_of_the_worksheets() -> None:
    typed: dict[tuple[str, str], int] = {}
    for meeting in MEETINGS:
        for row in meeting["rows"]:
            for paid in row.get("loans", [row]):
                amount = sum(rupees(paid.get(key, "0.00")) for key in ("principal", "interest", "repayment"))
                if amount:
                    mine = [loan.number for loan in LOANS if loan.member == row["member"]]
                    key = (paid.get("loan", mine[0]), meeting["date"][:7])
                    typed[key] = amount
    paper = {
        (loan.number, month): line["paid_p"] + line["paid_i"] for loan in LOANS for month, line in loan.lines.items()
    }
    assert typed == {key: amount for key, amount in paper.items() if amount}


# ------------------------------------------------------------------------------------------------------------ the books


@dataclass(frozen=True)
class Books:
    """The books after the year, and what the demand of each meeting was before it was held."""

    path: Path
    demands: dict[str, Any]

    def asked(self, report: str, *options: str) -> Any:  # noqa: ANN401
        return json.loads(said(self.path, "report", report, *options, "--format", "json"))


def said(path: Path, *words: str) -> str:
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as refusal:
        status = run(["--books", str(path), *words])
    assert status == 0, f"{' '.join(words)}: {refusal.getvalue()}"
    return out.getvalue()


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    """The group's year, kept meeting by meeting."""
    folder = tmp_path_factory.mktemp("dcb")
    books = Books(folder / "year.books", {})
    said(books.path, "new", str(books.path))
    starts = PAPER["given"]["starts"]
    said(books.path, "entity", "add", "DCB", "--name", "Fifteen", "--kind", "shg", "--starts", starts)
    for member in PAPER["given"]["members"]:
        said(books.path, "member", "add", "DCB", member["number"], "--name", member["name"], "--joined", starts)
    for meeting in MEETINGS:
        books.demands[meeting["date"]] = books.asked("demand", "--as-of", meeting["date"])
        sheet = folder / f"{meeting['number']}.json"
        sheet.write_text(json.dumps(meeting), encoding="utf-8")
        said(books.path, "meeting", "post", "DCB", str(sheet))
    return books


def rupees(amount: str | None) -> int:
    whole, paise = (amount or "0.00").split(".")
    assert paise == "00", f"{amount}: a group counts in whole rupees"
    return int(whole)


def differing(found: dict[str, Any], wanted: dict[str, Figures]) -> Iterator[str]:
    """What the report says otherwise than the paper; a loan that one of them leaves out is nought there."""
    rows = {row["loan"]: row for row in found["rows"]}
    assert len(rows) == len(found["rows"]), "a loan stands in two rows"
    for loan in LOANS:
        row = rows.pop(loan.number, {})
        assert row.get("member", loan.member) == loan.member
        for key, there in KEYS.items():
            amount, paper = rupees(row.get(there)), wanted.get(loan.number, NOUGHT)[key]
            if amount != paper:
                yield f"loan {loan.number}: {there} is {amount}, on paper {paper}"
    assert not any(rupees(row.get(there)) for row in rows.values() for there in KEYS.values())
    for key, there in KEYS.items():
        amount, paper = rupees(found["totals"][there]), sum(row[key] for loan, row in wanted.items() if loan != "-")
        if amount != paper:
            yield f"the total of {there} is {amount}, on paper {paper}"


def period(month: str) -> tuple[str, str]:
    """The days of a line on paper: its month, and that before it where there was no meeting in it."""
    begins = "2023-12" if month == SKIPPED else month
    year, of_year = map(int, month.split("-"))
    return f"{begins}-01", f"{month}-{calendar.monthrange(year, of_year)[1]}"


@pytest.mark.parametrize(("asked", "wanted"), REPORTS, ids=("year", "october"))
def test_the_report_says_what_the_paper_says(books: Books, asked: dict[str, str], wanted: dict[str, Figures]) -> None:
    found = books.asked("demand-collection-balance", "--from", asked["from"], "--to", asked["to"])
    names = {member["number"]: member["name"] for member in PAPER["given"]["members"]}
    assert [row["name"] for row in found["rows"]] == [names[row["member"]] for row in found["rows"] if row["member"]]
    faults = list(differing(found, wanted))
    assert not faults, "\n".join(faults)


def test_each_month_says_what_the_paper_says(books: Books) -> None:
    faults = []
    for month in MONTHS:
        begins, ends = period(month)
        found = books.asked("demand-collection-balance", "--from", begins, "--to", ends)
        wanted = {loan.number: loan.lines[month] for loan in LOANS if month in loan.lines}
        faults += [f"{month}: {fault}" for fault in differing(found, wanted)]
    assert not faults, "\n".join(faults)


def together(loan: Loan, first: int, last: int) -> Figures | None:
    """Several lines of a worksheet as one: what fell due in all, less what was paid ahead before the first of them."""
    lines = [line for month in MONTHS[first : last + 1] if (line := loan.lines.get(month))]
    if not lines:
        return None
    before = loan.lines.get(MONTHS[first - 1], {}) if first else {}
    paid, due = sum(line["paid_p"] for line in lines), sum(line["due_p"] for line in lines)
    demand = {"arr_p": before.get("over_p", 0), "cur_p": max(0, due - before.get("ahead_p", 0))}
    ends = loan.lines.get(MONTHS[last], NOUGHT)
    return {
        **demand,
        "arr_i": before.get("over_i", 0),
        "cur_i": max(0, sum(line["charge"] for line in lines) - before.get("ahead_i", 0)),
        "opening": before.get("closing", 0),
        "lent": sum(line["lent"] for line in lines),
        "paid_p": paid,
        "paid_i": sum(line["paid_i"] for line in lines),
        "adv_p": max(0, paid - sum(demand.values())),
        **{key: ends[key] for key in ("over_p", "over_i", "closing")},
    }


@pytest.mark.parametrize("months", [2, 3, 5, 7])
def test_several_months_say_what_their_lines_say_together(books: Books, months: int) -> None:
    faults = []
    for first in range(len(MONTHS) - months + 1):
        last = first + months - 1
        begins, ends = period(MONTHS[first])[0], period(MONTHS[last])[1]
        found = books.asked("demand-collection-balance", "--from", begins, "--to", ends)
        wanted = {loan.number: line for loan in LOANS if (line := together(loan, first, last))}
        faults += [f"{begins} to {ends}: {fault}" for fault in differing(found, wanted)]
    assert not faults, "\n".join(faults)


def unmoved(month: str) -> dict[str, Figures]:
    """What is to come out of days after a month's meeting and before the next: arrears, and nothing new."""
    stay = {"opening": "closing", "closing": "closing", "arr_p": "over_p", "over_p": "over_p"}
    stay |= {"arr_i": "over_i", "over_i": "over_i"}
    lines = {loan.number: loan.lines[month] for loan in LOANS if month in loan.lines}
    return {loan: NOUGHT | {key: line[there] for key, there in stay.items()} for loan, line in lines.items()}


@pytest.mark.parametrize(
    ("month", "begins", "ends"),
    [
        pytest.param("2023-11", "2023-12-01", "2023-12-31", id="december"),
        pytest.param("2023-11", "2023-11-06", "2024-01-04", id="from-meeting-to-meeting"),
        pytest.param("2023-07", "2023-08-01", "2023-08-07", id="before-the-moved-meeting"),
        pytest.param("2024-03", "2024-03-06", "2024-03-31", id="to-the-end-of-the-year"),
    ],
)
def test_between_two_meetings_nothing_new_falls_due(books: Books, month: str, begins: str, ends: str) -> None:
    """What would have been due in December, or on the 5th of August, falls due at the next meeting."""
    found = books.asked("demand-collection-balance", "--from", begins, "--to", ends)
    faults = list(differing(found, unmoved(month)))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("begins", "month"), [("2024-01-05", "2024-01"), ("2023-08-08", "2023-08")])
def test_the_next_meeting_asks_for_all_of_it(books: Books, begins: str, month: str) -> None:
    found = books.asked("demand-collection-balance", "--from", begins, "--to", begins)
    faults = list(differing(found, {loan.number: loan.lines[month] for loan in LOANS if month in loan.lines}))
    assert not faults, "\n".join(faults)


def test_each_meeting_was_asked_for_what_the_paper_says(books: Books) -> None:
    faults = []
    for day, demand in books.demands.items():
        found = {row["loan"]: row for row in demand["rows"] if row["loan"]}
        for loan in LOANS:
            line, row = loan.lines.get(day[:7], NOUGHT), found.get(loan.number, {})
            amounts = {key: rupees(row.get(KEYS[key])) for key in DEMAND}
            paper = {key: line[key] for key in DEMAND}
            faults += [] if amounts == paper else [f"{day}, loan {loan.number}: {amounts}, on paper {paper}"]
    assert not faults, "\n".join(faults)


def test_the_loan_ledger_moves_as_on_paper(books: Books) -> None:
    rows = books.asked("loan-ledger", "--from", FIRST, "--to", LAST)["rows"]
    moved: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        if row["voucher"]:
            amounts = moved.setdefault((row["loan"], row["date"][:7]), [0, 0, 0])
            for place, key in enumerate(("disbursed", "principal", "interest")):
                amounts[place] += rupees(row[key])
    paper = {
        (loan.number, month): [line["lent"], line["paid_p"], line["paid_i"]]
        for loan in LOANS
        for month, line in loan.lines.items()
    }
    assert moved == {key: amounts for key, amounts in paper.items() if any(amounts)}


def test_the_control_account_is_the_closing_balances(books: Books) -> None:
    rows = books.asked("trial-balance", "--as-of", LAST)["rows"]
    balances = {row["role"]: rupees(row["debit"]) - rupees(row["credit"]) for row in rows}
    assert {role: balance for role, balance in balances.items() if balance} == PAPER["expected"]["trial_balance"]
    dcb = books.asked("demand-collection-balance", "--from", FIRST, "--to", LAST)
    assert sum(rupees(row["closing_balance"]) for row in dcb["rows"]) == balances["member-loans"] == 10_827
    register = books.asked("loan-register", "--as-of", LAST)["rows"]
    assert {row["loan"]: rupees(row["outstanding"]) for row in register} == {
        loan.number: YEAR[loan.number]["closing"] for loan in LOANS
    }


def test_the_books_are_sound(books: Books) -> None:
    said(books.path, "verify")
