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


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clerk]:
    """A clerk for many examples of one test: each opens a group of its own."""
    clerk = Clerk(tmp_path_factory.mktemp("shared") / "groups.books")
    yield clerk
    clerk.office.close()
