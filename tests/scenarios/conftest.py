"""The clerk, with new books in a folder of her own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.clerk import Clerk


@pytest.fixture
def clerk(tmp_path: Path) -> Iterator[Clerk]:
    """A clerk who keeps one group of three members since April 2023."""
    clerk = Clerk(tmp_path / "group.books").opens().enters_members("1", "2", "3")
    yield clerk
    clerk.office.close()
