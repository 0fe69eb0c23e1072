"""Books of an older version are brought up to date by a copy, and the old file stays."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from bookkeeper.books.members import Member
from bookkeeper.commands import entities, members, vouchers
from bookkeeper.commands.act import new_office, open_office
from bookkeeper.commands.audit import verify
from bookkeeper.errors import Damaged, Refused
from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Posting, Voucher
from bookkeeper.store import migrate, schema
from bookkeeper.store.migrations.versions import first_0001


def _rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in migrate.ORDER}


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """Books with one member and two vouchers, one of them in a closed year."""
    path = tmp_path / "g.books"
    office = new_office(path)
    entities.add(office, "", "SHG1", "Savitri", "shg", starts="2022-04-01")
    members.add(office, "", "SHG1", Member("1", "Asha", nominee="Ravi"))
    for day in ("2022-05-05", "2023-05-05"):
        postings = (Posting("cash", Paise(10000)), Posting("fines", Paise(-10000)))
        vouchers.post_vouchers(office, "", "SHG1", [Voucher("receipt", day, postings)])
    office.close()
    return path


def _make_older(path: Path) -> None:
    """Turn books into those of a schema before the first: without nominees, and with their own number and revision."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        guards = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in guards:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("ALTER TABLE member DROP COLUMN nominee")
        connection.execute("PRAGMA user_version=0")
        connection.execute("UPDATE alembic_version SET version_num = '0000'")


def test_alembic_and_the_program_lay_out_the_same_schema() -> None:
    config = Config()
    config.set_main_option("script_location", "bookkeeper:store/migrations")
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        found = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master").all()
        newest = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    assert schema.differences([tuple(row) for row in found]) == []
    assert newest == schema.REVISION


def test_older_books_are_refused_until_they_are_brought_up_to_date(books: Path) -> None:
    _make_older(books)
    with pytest.raises(Refused, match=r"older version.*migrate"):
        open_office(books)


def test_a_migration_keeps_every_row_and_the_old_file(books: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _rows(books)
    _make_older(books)
    monkeypatch.setattr(first_0001, "FILLS", {"member": {"nominee": "'not known'"}})
    kept = migrate.migrate(books)
    assert kept is not None
    assert kept.exists()
    after = _rows(books)
    assert {t: r for t, r in after.items() if t != "member"} == {t: r for t, r in before.items() if t != "member"}
    office = open_office(books)
    assert members.listed(office, "SHG1")[0].nominee == "not known"
    office.close()


def test_books_of_this_version_are_left_alone(books: Path) -> None:
    before = _rows(books)
    assert migrate.migrate(books) is None
    assert _rows(books) == before


@pytest.mark.parametrize(
    ("table", "spoil"),
    [
        ("voucher", "UPDATE voucher SET narration = 'other' WHERE sequence = 1"),
        ("member", "UPDATE member SET name = 'other'"),
        ("setting", "INSERT INTO setting VALUES (1, 'a', 'b')"),
        ("log", "DELETE FROM log WHERE sequence = 1"),
    ],
)
def test_a_migration_that_changes_a_row_leaves_the_old_books(
    books: Path, monkeypatch: pytest.MonkeyPatch, table: str, spoil: str
) -> None:
    _make_older(books)
    copy_table = migrate._copy_table

    def badly(new: sqlite3.Connection, old: sqlite3.Connection, name: str, fills: list[migrate.Fills]) -> None:
        copy_table(new, old, name, fills)
        if name == "log":
            for (guard,) in new.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                new.execute(f"DROP TRIGGER {guard}")
            new.execute(spoil)

    monkeypatch.setattr(migrate, "_copy_table", badly)
    monkeypatch.setattr(first_0001, "FILLS", {"member": {"nominee": "''"}})
    with pytest.raises(Damaged, match=f"differs from the old books in {table}"):
        migrate.migrate(books)
    assert [p.name for p in books.parent.iterdir() if ".new" in p.name or ".v0" in p.name] == []
    with closing(sqlite3.connect(books)) as connection:
        assert connection.execute("SELECT count(*) FROM voucher").fetchone() == (2,)


def _no_link(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_a_migration_keeps_the_old_file_where_a_file_cannot_have_two_names(
    books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _make_older(books)
    monkeypatch.setattr(first_0001, "FILLS", {"member": {"nominee": "''"}})
    monkeypatch.setattr(os, "link", _no_link)
    kept = migrate.migrate(books)
    assert kept is not None
    assert sorted(p.name for p in books.parent.iterdir()) == ["g.books", "g.books.v0"]
    open_office(books).close()
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)


@pytest.mark.parametrize("link", [True, False])
def test_an_exchange_that_fails_is_undone(books: Path, monkeypatch: pytest.MonkeyPatch, *, link: bool) -> None:
    _make_older(books)
    monkeypatch.setattr(first_0001, "FILLS", {"member": {"nominee": "''"}})
    if not link:
        monkeypatch.setattr(os, "link", _no_link)

    def fails(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(Refused, match="cannot be written: Input/output error"):
        migrate.migrate(books)
    assert [p.name for p in books.parent.iterdir()] == ["g.books"]
    with closing(sqlite3.connect(books)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)


def test_the_pinned_digest_is_that_of_the_declared_schema(books: Path) -> None:
    with closing(sqlite3.connect(books)) as connection:
        found = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    there = {(kind, name): " ".join(sql.split()) for kind, name, sql in found}
    declared = {" ".join(sql.split()) for sql in (*schema.statements(), schema.ALEMBIC_TABLE)}
    assert set(there.values()) == declared
    assert schema.digest_of(there) == schema.DIGEST


SHIPPED = sorted((Path(__file__).parent / "shipped").glob("schema-*.books"))


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda path: path.stem)
def test_books_of_each_shipped_schema_are_brought_up_to_date_whole(shipped: Path, tmp_path: Path) -> None:
    """The practice books of the first version: the same figures, and nothing that verify would name."""
    path = tmp_path / "old.books"
    subprocess.run(["cp", str(shipped), str(path)], check=True)  # only SQLite opens books
    with pytest.raises(Refused, match="older version"):
        open_office(path)
    kept = migrate.migrate(path)
    assert kept is not None
    found = verify(path)
    assert [finding.sentence for finding in found.findings] == []
    figures = []
    for file in (path, kept):
        with closing(sqlite3.connect(file)) as connection:
            figures.append(
                connection.execute("SELECT account, member, sum(paise) FROM posting GROUP BY 1, 2").fetchall()
            )
    assert figures[0] == figures[1]
    assert len(figures[0]) > 40
