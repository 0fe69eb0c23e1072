"""The same random vouchers posted here and given to ledger-cli: every balance and running balance to the paisa."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import subprocess
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from bookkeeper.ledger.entities import entity_of
from bookkeeper.registers import Asked, source
from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Posting, Voucher
from tests.scenarios.clerk import Clerk

LEDGER = shutil.which("ledger")
pytestmark = pytest.mark.skipif(LEDGER is None, reason="ledger-cli is not here: apt-get install ledger")

FIRST, LAST, TURN = "2023-04-01", "2025-03-31", "2024-04-01"
HEADS = {
    "1001": "cash", "1002": "bank", "1101": "member-loans", "1201": "deposits-with-federation", "1901": "suspense",
    "2001": "member-savings", "2201": "revolving-fund", "3001": "surplus", "4001": "interest-on-member-loans",
    "4002": "fines", "4006": "grants", "5004": "stationery", "5008": "rent", "5010": "federation-fees",
}  # fmt: skip
YEARLY = ("4001", "4002", "4006", "5004", "5008", "5010")
FREE = ("1201", "1901", "2201", "3001", *YEARLY)

Running = dict[str, list[tuple[str, int, int]]]
"""Code → date, amount and balance after it, in paise, line by line."""


def random_vouchers(chance: random.Random) -> list[Voucher]:
    """Vouchers of every kind, not in order of date; what members save and owe only grows, so that each is accepted."""

    def amount() -> Paise:
        return Paise(chance.choice((1, 99, 100, 12345, chance.randrange(1, 10**5), chance.randrange(1, 10**11))))

    def head(sign: int) -> Posting:
        if chance.random() < 0.3:
            code, member = ("2001" if sign < 0 else "1101"), str(chance.randrange(1, 6))
            return Posting(code, Paise(sign * amount()), member)
        return Posting(chance.choice(FREE), Paise(sign * amount()))

    def entry() -> Voucher:
        day = dt.date.fromisoformat(FIRST) + dt.timedelta(days=chance.randrange(731))
        kind = chance.choice(("receipt", "receipt", "payment", "contra", "journal"))
        if kind == "contra":
            sides, moved = chance.sample(("1001", "1002"), 2), amount()
            return Voucher(kind, day.isoformat(), (Posting(sides[0], moved), Posting(sides[1], Paise(-moved))))
        sign = -1 if kind == "receipt" else 1
        lines = [head(sign) for _ in range(chance.choice((1, 1, 2, 5)))]
        whole = sum(p.amount for p in lines)
        if kind == "journal":
            return Voucher(kind, day.isoformat(), (*lines, Posting(chance.choice(FREE), Paise(-whole))))
        split = chance.randrange(1, abs(whole)) if abs(whole) > 1 and chance.random() < 0.3 else 0
        money = [Posting("1001", Paise(sign * split - whole)), Posting("1002", Paise(-sign * split))]
        return Voucher(kind, day.isoformat(), (*[p for p in money if p.amount], *lines))

    return [entry() for _ in range(chance.randrange(20, 80))]


def journal_file(vouchers: list[Voucher]) -> str:
    """The vouchers as ledger-cli reads them, in order of posting."""
    text = []
    for number, voucher in enumerate(vouchers, 1):
        text.append(f"{voucher.date} voucher {number}")
        text += [f"    A{p.account}  {Decimal(p.amount).scaleb(-2):.2f}" for p in voucher.postings]
        text.append("")
    return "\n".join(text)


def ask(file: Path, *arguments: str) -> list[list[str]]:
    command = [str(LEDGER), "--args-only", "-f", str(file), "--date-format", "%Y-%m-%d", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [line.split("|") for line in done.stdout.splitlines() if line]


def their_balances(file: Path, *period: str) -> dict[str, int]:
    rows = ask(
        file, "balance", "--flat", "--no-total", "--format", "%(account)|%(quantity(scrub(display_total)))\\n", *period
    )
    return {account[1:]: paise(total) for account, total in rows if paise(total)}


def their_running_balances(file: Path, *period: str) -> Running:
    form = "%(account)|%(date)|%(quantity(scrub(display_amount)))|%(quantity(scrub(display_total)))\\n"
    found: Running = defaultdict(list)
    # Grouped by account: each group begins with a line that names it, and runs from nought.
    for row in ask(file, "register", "--group-by", "account", "--sort", "date", "--format", form, *period):
        if len(row) > 1:
            account, date, amount, total = row
            found[account[1:]].append((date, paise(amount), paise(total)))
    return found


def paise(text: str) -> int:
    exact = Decimal(text) * 100
    assert exact == int(exact)
    return int(exact)


def our_trial_balance(clerk: Clerk, on: str) -> dict[str, int]:
    with clerk.office.looking() as tx:
        rows = list(source("trial-balance").rows(tx, Asked(entity_of(tx, clerk.group), on, on, on)))
    return {str(row["code"]): int(str(row["debit"])) - int(str(row["credit"])) for row in rows}


def our_running_balances(clerk: Clerk, since: str, until: str) -> Running:
    found: Running = defaultdict(list)
    with clerk.office.looking() as tx:
        for row in source("general-ledger").rows(tx, Asked(entity_of(tx, clerk.group), since, until, until)):
            if row["voucher"] is not None:
                moved = int(str(row["debit"])) - int(str(row["credit"]))
                found[str(row["code"])].append((str(row["date"]), moved, int(str(row["balance"]))))
    return found


def compare(clerk: Clerk, file: Path, seed: int) -> None:
    """Post the vouchers of a seed, give them to ledger-cli, and hold every figure of both side by side."""
    vouchers = random_vouchers(random.Random(seed))
    clerk.opens(f"G{seed}").enters_members("1", "2", "3", "4", "5")
    clerk.posts(*vouchers, below_zero="a random box")
    file.write_text(journal_file(vouchers), "utf-8")
    kept = [code for code in HEADS if code not in YEARLY]
    for on, year in (("2024-03-31", FIRST), (LAST, TURN), ("2024-10-17", TURN)):
        after = ["--end", (dt.date.fromisoformat(on) + dt.timedelta(days=1)).isoformat()]
        whole, of_year = their_balances(file, *after), their_balances(file, "--begin", year, *after)
        expected = {c: whole.get(c, 0) if c in kept else of_year.get(c, 0) for c in HEADS}
        # What earlier years earned stands on the surplus, though they are still open.
        expected["3001"] += sum(whole.get(c, 0) - of_year.get(c, 0) for c in YEARLY)
        assert our_trial_balance(clerk, on) == {c: amount for c, amount in expected.items() if amount}, (seed, on)
    whole_run = their_running_balances(file)
    of_years = [their_running_balances(file, "--end", TURN), their_running_balances(file, "--begin", TURN)]
    ours = our_running_balances(clerk, FIRST, LAST)
    for code in HEADS:
        theirs = whole_run[code] if code in kept else of_years[0][code] + of_years[1][code]
        assert ours[code] == theirs, (seed, code)


@pytest.fixture
def keeper(tmp_path: Path) -> Clerk:
    return Clerk(tmp_path / "oracle.books")


@pytest.mark.slow
def test_twenty_books_agree_with_ledger_cli_in_every_balance(keeper: Clerk, tmp_path: Path) -> None:
    start = random.SystemRandom().randrange(10**6)
    for seed in range(start, start + 20):
        compare(keeper, tmp_path / "journal.ledger", seed)
    keeper.office.close()


@pytest.mark.campaign
def test_five_hundred_books_agree_with_ledger_cli_in_every_balance(keeper: Clerk, tmp_path: Path) -> None:
    for seed in range(500):
        compare(keeper, tmp_path / "journal.ledger", seed)
    keeper.office.close()
