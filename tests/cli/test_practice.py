"""Practice books may be spoilt; a user's own books of that name may not. And `new --sample` leaves no half."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bookkeeper.cli import practice
from bookkeeper.cli.verbs import warn_of_missing
from bookkeeper.commands import entities, vouchers
from bookkeeper.commands.act import new_office
from bookkeeper.commands.books import PRACTICE, new_books
from bookkeeper.errors import Refused
from tests.cli.conftest import Call


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Practice that prints nothing, which takes long."""
    monkeypatch.setattr(practice, "_print_all", lambda *_: [])


@pytest.mark.usefixtures("brief")
def test_practice_replaces_its_own_books_and_nothing_else(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert call("practice", "--out", str(out)).status == 0
    for name in ("practice.books.v0", "practice.books-backup.zip"):
        (out / name).write_text("mine")
    assert call("practice", "--out", str(out)).status == 0
    assert sorted(p.name for p in out.iterdir()) == ["practice.books", "practice.books-backup.zip", "practice.books.v0"]


@pytest.mark.usefixtures("brief")
@pytest.mark.parametrize("also", [False, True])
def test_books_of_the_user_s_own_are_not_practised_upon(call: Call, tmp_path: Path, *, also: bool) -> None:
    path = tmp_path / "practice.books"
    office = new_books(path, PRACTICE) if also else new_office(path)
    entities.add(office, "", "SHG1", "Savitri", "shg")
    office.close()
    answer = call("practice", "--out", str(tmp_path))
    assert (answer.status, answer.out) == (1, "")
    assert "is there, and not as practice makes it. Delete it, or name another folder" in answer.err
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM entity WHERE code = 'SHG1'").fetchone() == (1,)


def test_a_folder_of_that_name_is_refused(call: Call, tmp_path: Path) -> None:
    (tmp_path / "practice.books").mkdir()
    answer = call("practice", "--out", str(tmp_path))
    (tmp_path / "practice.books").rmdir()  # or pytest would open it when it cleans up
    assert answer.status == 1
    assert "is there, and not as practice makes it" in answer.err


def test_a_sample_that_fails_midway_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        message = "no"
        raise Refused(message)

    monkeypatch.setattr(vouchers, "post_vouchers", fails)
    with pytest.raises(Refused):
        new_books(tmp_path / "g.books", PRACTICE)
    assert list(tmp_path.iterdir()) == []


def test_characters_without_a_font_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    class Document:
        missing = ("文", "字")

    warn_of_missing(Document())
    warn_of_missing(object())
    said = capsys.readouterr().err
    assert said == "2 characters could not be printed for lack of a font: 字 (U+5B57) 文 (U+6587)\n"
