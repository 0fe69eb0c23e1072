"""Whatever is posted and reversed, both sides of each statement agree, with each other and with the books."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookkeeper.errors import Refused
from bookkeeper.rules.voucher import Voucher
from tests.registers.books import Clerk, Read, balances, opened
from tests.registers.test_registers_agree import DAYS, PERIODS, random_vouchers

pytestmark = pytest.mark.slow

LATER = ("2025-05-05", "2025-12-31", "2026-03-31")
ALL_PERIODS = (*PERIODS, ("2025-04-01", "2026-03-31"), ("2024-12-31", "2025-05-31"))

files = count()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("statements")


def side(rows: Read, name: str, key: str = "amount") -> int:
    return sum(row.get(key) or 0 for row in rows if row["side"] == name)


def checked(clerk: Clerk) -> None:
    for since, until in ALL_PERIODS:
        moved = clerk.reads("receipts-and-payments", since, until)
        assert side(moved, "receipts") == side(moved, "payments") == clerk.totals["receipts"]
        assert side(moved, "receipts", "last_year") == side(moved, "payments", "last_year")
        assert all(row["amount"] >= 0 for row in moved if not (row["role"] or "").startswith(("cash", "bank")))
        trial = balances(clerk.reads("trial-balance", as_of=until))
        closing = {row["code"]: row["amount"] for row in moved[-2:]}
        assert closing == {code: trial.get(code, 0) for code in ("1001", "1002")}
        earned = clerk.reads("income-and-expenditure", since, until)
        surplus = side(earned, "income") - side(earned, "expenditure")
        assert surplus == clerk.totals["surplus"]
        sheet = clerk.reads("balance-sheet", as_of=until)
        assert side(sheet, "liabilities") == side(sheet, "assets") == clerk.totals["assets"]
        assert side(sheet, "liabilities", "last_year") == side(sheet, "assets", "last_year")
        if since.endswith("-04-01"):
            of_year = [row["amount"] for row in sheet if row["code"] is None]
            assert sum(of_year) == surplus


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(random_vouchers(), min_size=1, max_size=10),
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from((*DAYS, *LATER))), max_size=4),
    st.booleans(),
)
def test_both_sides_of_each_statement_agree(
    folder: Path,
    new: list[Voucher],
    reversals: list[tuple[int, str]],
    closes: bool,  # noqa: FBT001
) -> None:
    clerk = opened(folder / f"{next(files)}.books")
    names: list[str] = []
    for one in new:
        try:
            names += clerk.posts(one)
        except Refused:
            continue
    for place, on in reversals:
        try:
            clerk.reverses(names[place], on, "wrong")
        except (Refused, IndexError):
            continue
    checked(clerk)
    if closes:
        clerk.closes(2024)
        checked(clerk)
    clerk.office.close()
