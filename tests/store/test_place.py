"""What may be books is known before anybody opens it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bookkeeper.commands import entities
from bookkeeper.commands.act import new_office
from bookkeeper.store.place import may_be_books


@pytest.mark.parametrize("name", ["a.books", "A.BOOKS", "a.books-wal", "a.Books-Shm", "a.books-journal"])
def test_books_are_known_by_name_whether_they_are_there_or_not(tmp_path: Path, name: str) -> None:
    assert may_be_books(tmp_path / name)


@pytest.mark.parametrize("name", ["cash.pdf", "books", "a.books.pdf", "notes-journal", ".books.txt"])
def test_other_files_are_not_taken_for_books(tmp_path: Path, name: str) -> None:
    assert not may_be_books(tmp_path / name)
    (tmp_path / name).write_text("report")
    assert not may_be_books(tmp_path / name)


def test_books_under_another_name_are_known_and_left(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    office = new_office(path)
    before = path.stat().st_mtime_ns
    assert may_be_books(path)
    assert path.stat().st_mtime_ns == before
    assert [p.name for p in tmp_path.iterdir()] == ["office.db"]
    assert may_be_books(tmp_path / "office.db-wal")
    (tmp_path / "link.pdf").symlink_to(path)
    assert may_be_books(tmp_path / "link.pdf")
    os.link(path, tmp_path / "second.pdf")
    assert may_be_books(tmp_path / "second.pdf")
    entities.add(office, "", "SHG1", "Savitri", "shg")
    assert (tmp_path / "office.db-wal").exists()
    for end in ("", "-wal", "-shm", "-journal"):
        assert may_be_books(tmp_path / f"office.db{end}")
    with closing(sqlite3.connect(path, isolation_level=None)) as other, office.looking():
        other.execute("BEGIN IMMEDIATE")
        assert may_be_books(path)
    office.close()


def test_to_ask_does_not_drop_the_locks_of_this_process(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    new_office(path).close()
    code = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        assert may_be_books(path)
        other = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=False)
    assert "database is locked" in other.stderr


def test_the_working_files_of_the_books_in_use_are_known(tmp_path: Path) -> None:
    assert may_be_books(tmp_path / "b-journal", tmp_path / "b")
    assert may_be_books(tmp_path / "b", tmp_path / "b")
    assert not may_be_books(tmp_path / "c", tmp_path / "b")


def test_another_program_s_database_is_not_books_and_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        connection.execute("CREATE TABLE a (b)")
    assert not may_be_books(tmp_path / "a.db")
    os.mkfifo(tmp_path / "pipe")
    assert not may_be_books(tmp_path / "pipe")
