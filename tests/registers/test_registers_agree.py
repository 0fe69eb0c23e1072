"""Whatever is posted, the registers agree with the ledger and with each other."""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookkeeper.errors import Refused
from bookkeeper.rules.voucher import Voucher
from tests.registers.books import Clerk, Line, balances, opened, voucher

pytestmark = pytest.mark.slow

HEADS = ("fines", "grants", "rent", "stationery", "bank-loans", "surplus", "suspense")
DAYS = ("2024-04-05", "2024-04-30", "2024-05-01", "2024-05-17", "2024-12-31", "2025-03-31")
PERIODS = (("2024-04-01", "2025-03-31"), ("2024-05-01", "2024-05-31"), ("2024-04-06", "2024-12-31"))

amounts = st.integers(1, 10**9)


@st.composite
def random_vouchers(draw: st.DrawFn) -> Voucher:
    """Draw a voucher that balances and fits its kind; one with money may move cash and bank, and discount some."""
    kind, day = draw(st.sampled_from(("receipt", "payment", "contra", "journal"))), draw(st.sampled_from(DAYS))
    if kind == "contra":
        amount = draw(amounts) * draw(st.sampled_from((1, -1)))
        return voucher(kind, day, ("cash", amount), ("bank", -amount))
    lines: list[Line] = []
    if kind != "journal":
        sign = 1 if kind == "receipt" else -1
        money = draw(st.lists(st.sampled_from(("cash", "bank")), min_size=1, max_size=3))
        lines += [(account, sign * draw(amounts)) for account in money]
    else:
        lines.append((draw(st.sampled_from(HEADS)), draw(amounts)))
    for head in draw(st.lists(st.sampled_from(HEADS), max_size=3)):
        lines.append((head, draw(amounts) * draw(st.sampled_from((1, -1)))))
    rest = -sum(line[1] for line in lines)
    if rest:
        lines.append((draw(st.sampled_from(HEADS)), rest))
    return voucher(kind, day, *lines)


files = count()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("random")


def checked(clerk: Clerk) -> None:
    for since, until in PERIODS:
        trial = defaultdict(int, balances(clerk.reads("trial-balance", as_of=until)))
        assert clerk.totals["debit"] == clerk.totals["credit"]
        ledger = {row["code"]: row["balance"] for row in clerk.reads("general-ledger", since, until)}
        assert {code: paise for code, paise in ledger.items() if paise} == dict(trial)
        clerk.reads("day-book", since, until)
        assert clerk.totals["debit"] == clerk.totals["credit"]
        book = clerk.reads("cash-book", since, until)
        last = book[-1] if book else {"balance_cash": 0, "balance_bank": 0}
        assert (last["balance_cash"], last["balance_bank"]) == (trial["1001"], trial["1002"])
        days = [row for row in book if row["row"] != "entry"]
        assert [row["row"] for row in days] == ["opening", "closing"] * (len(days) // 2)
        for closing, opening in zip(days[1::2], days[2::2], strict=False):
            assert all(closing[key] == opening[key] for key in ("balance_cash", "balance_bank"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(random_vouchers(), min_size=1, max_size=12))
def test_cash_book_ledger_trial_balance_and_day_book_agree(folder: Path, new: list[Voucher]) -> None:
    clerk = opened(folder / f"{next(files)}.books")
    for one in new:
        try:
            clerk.posts(one)
        except Refused:
            continue
    checked(clerk)
    clerk.office.close()
