"""A group's books in a real file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.registers.books import Clerk, opened, voucher


@pytest.fixture
def clerk(tmp_path: Path) -> Iterator[Clerk]:
    """A clerk whose group begins in April 2024."""
    clerk = opened(tmp_path / "group.books")
    yield clerk
    clerk.office.close()


@pytest.fixture
def long_kept(tmp_path: Path) -> Iterator[Clerk]:
    """A clerk whose group keeps books since April 2023 and earned something in that year and the next."""
    clerk = opened(tmp_path / "long.books", "2023-04-01")
    clerk.posts(
        voucher("receipt", "2023-05-05", ("cash", 10000), ("fines", -10000)),
        voucher("payment", "2023-06-05", ("rent", 4000), ("cash", -4000)),
        voucher("receipt", "2024-05-05", ("cash", 2500), ("fines", -2500)),
    )
    yield clerk
    clerk.office.close()


@pytest.fixture(name="example")
def example_group(clerk: Clerk) -> Clerk:
    """The worked example: three members, two meetings."""
    clerk.posts(
        voucher("receipt", "2024-04-05", ("cash", 30000), *(("member-savings", -10000, n) for n in "123")),
        voucher("receipt", "2024-04-05", ("cash", 3000), *(("membership-fees", -1000, n) for n in "123")),
        voucher("payment", "2024-04-05", ("member-loans", 20000, "1"), ("cash", -20000), narration="Loan 1"),
        voucher("payment", "2024-04-05", ("stationery", 2000), ("cash", -2000), narration="minute book"),
        voucher("receipt", "2024-05-05", ("cash", 20000), *(("member-savings", -10000, n) for n in "12")),
        voucher("receipt", "2024-05-05", ("cash", 10000), ("member-loans", -10000, "1")),
        voucher("receipt", "2024-05-05", ("cash", 400), ("interest-on-member-loans", -400, "1")),
        voucher("receipt", "2024-05-05", ("cash", 500), ("fines", -500, "2"), narration="fines"),
        voucher("contra", "2024-05-05", ("bank", 15000), ("cash", -15000), narration="Cash put into bank"),
    )
    return clerk
