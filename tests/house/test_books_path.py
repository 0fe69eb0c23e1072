"""The watch over the books' path (tests/conftest.py) sees what it should, and nothing else."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests import conftest
from tests.conftest import breaking_in


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "asha.books"
    with closing(sqlite3.connect(path)) as books:
        books.execute("CREATE TABLE voucher (id INTEGER)")
    return path


def test_python_may_not_open_books(path: Path) -> None:
    with pytest.raises(conftest.OpenedBehindSQLite, match="only SQLite may"):
        path.read_bytes()
    assert conftest._opened == [str(path)], "the test would fail even if the program had caught the exception"
    conftest._opened.clear()


def test_a_test_that_breaks_a_copy_may(path: Path) -> None:
    with breaking_in():
        assert path.read_bytes().startswith(b"SQLite format 3")
    with breaking_in(), path.open("r+b") as copy:
        copy.write(b"torn")
