"""How a call ends when it is stopped, when its answer cannot be written, and when its arguments cannot be used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bookkeeper.cli import report
from bookkeeper.commands import entities
from bookkeeper.commands.act import open_office
from tests.cli.conftest import Call

ROOT = Path(__file__).parents[2]


def test_a_call_that_is_stopped_or_fails_promises_nothing(group: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def raises(error: BaseException) -> None:
        def verb(*_: object) -> None:
            raise error

        monkeypatch.setattr(report, "_list", verb)

    raises(KeyboardInterrupt())
    answer = group("report", "--list")
    assert answer.status == 1
    assert answer.err == (
        "Stopped. Look with `report log-of-acts` whether the act was entered, or send it again with the same --key.\n"
    )
    raises(RuntimeError("x"))
    answer = group("report", "--list")
    assert answer.status == 1
    assert "fault in the program (RuntimeError). Look with `verify` and `report log-of-acts`" in answer.err
    assert "as they were" not in answer.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [["report", "day-book"], ["report", "--list"], ["--help"], ["--version"]])
def test_an_answer_that_cannot_be_written_is_told_in_words(
    group: Call, tmp_path: Path, arguments: list[str], unbuffered: str
) -> None:
    assert group("verify").status == 0
    command = [sys.executable, "-m", "bookkeeper", "--books", str(tmp_path / "g.books"), *arguments]
    with Path("/dev/full").open("wb") as full:
        environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith("The answer could not be written (No space left on device). Look with `report")
    assert done.stderr.count("\n") == 1


def test_a_report_is_not_written_over_what_belongs_to_books(group: Call, tmp_path: Path) -> None:
    opened = open_office(tmp_path / "g.books")
    entities.add(opened, "", "SHG2", "Sita", "shg")
    wal = tmp_path / "g.books-wal"
    before = wal.stat()
    for name in ("g.books", "g.books-wal", "g.books-shm", "g.books-journal", "other.books", "OTHER.BOOKS-WAL"):
        answer = group("report", "day-book", "--out", str(tmp_path / name))
        assert answer.status == 1
        assert "a report is not written over it" in answer.err
    assert (wal.stat().st_ino, wal.stat().st_size) == (before.st_ino, before.st_size)
    opened.close()
    assert [e.code for e in entities.listed(open_office(tmp_path / "g.books"))] == ["SHG1", "SHG2"]


@pytest.mark.parametrize("arguments", [["verify"], ["doctor"], ["report", "day-book"], ["entity", "list"], ["new"]])
def test_a_path_that_is_too_long_is_told_in_words(call: Call, tmp_path: Path, arguments: list[str]) -> None:
    path = str(tmp_path / ("n" * 300))
    answer = call(*arguments, path) if arguments == ["new"] else call("--books", path, *arguments)
    assert answer.status == 1
    assert "fault in the program" not in answer.err


def test_an_out_that_is_too_long_is_a_wrong_command_line(group: Call, tmp_path: Path) -> None:
    answer = group("report", "day-book", "--out", str(tmp_path / ("n" * 300)))
    assert answer.status == 2
    assert "--out: this file cannot be written: File name too long" in answer.err


def test_arguments_that_are_no_text_are_told_in_words(group: Call) -> None:
    answer = group("entity", "add", "S2", "--name", "caf\udce9", "--kind", "shg")
    assert (answer.status, answer.out) == (2, "")
    assert "“caf\\udce9” is not text in UTF-8" in answer.err
