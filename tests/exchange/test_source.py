"""A file is read as text in NFC, or refused in plain words; books are never opened."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bookkeeper.exchange import source
from bookkeeper.exchange.source import digest, read_bytes, text_of

Write = Callable[[str, str | bytes], Path]
Refusal = Callable[[Callable[[Path], object], Path], str]

TEXT = "voucher,narration\n1,चहा"


def read_text(path: Path) -> str:
    return text_of(read_bytes(path), str(path))


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le+bom", "utf-16-be+bom"])
def test_text_is_read_in_every_coding_that_spreadsheets_write(write: Write, coding: str) -> None:
    name, bom = coding.partition("+")[::2]
    data = (("\ufeff" if bom else "") + TEXT).encode(name)
    assert read_text(write("a.csv", data)) == TEXT


def test_text_comes_in_nfc(write: Write) -> None:
    assert read_text(write("a.csv", "Rene\u0301e")) == "Renée"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"\n  \n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"SQLite format 3\x00" + bytes(100), "these are books"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04" + bytes(50), "a workbook (XLSX) or another ZIP file"),
        (b"\xd0\xcf\x11\xe0" + bytes(50), "an old Excel or Word file"),
        (b"\x89PNG\r\n", "a picture"),
        (b"a,b\n\x00\x01\x02", "not text in UTF-8"),
        (TEXT.encode("utf-16-le"), "UTF-16 without its mark"),
        (TEXT.encode("utf-16")[:-1], "breaks off or is damaged"),
        ("a,b\nc,é".encode("cp1252"), "row 2: this is not text in UTF-8."),
        ("a,b\nc,\x07d", "row 2: there is a character here that no text may have (U+0007"),
        ("a,b\nc,\u202ed", "row 2: there is a character here that no text may have (U+202E, right-to-left override)"),
    ],
)
def test_what_is_no_text_is_called_by_its_name(write: Write, refusal: Refusal, data: bytes | str, said: str) -> None:
    assert said in refusal(read_text, write("a.csv", data))


def test_joiners_of_indian_scripts_are_text(write: Write) -> None:
    assert read_text(write("a.csv", "क्\u200dष, र्\u200cय")) == "क्\u200dष, र्\u200cय"


def test_a_file_that_is_not_there(tmp_path: Path, refusal: Refusal) -> None:
    assert "there is no such file" in refusal(read_bytes, tmp_path / "none.csv")
    assert "this is a folder" in refusal(read_bytes, tmp_path)
    assert "cannot be read" in refusal(read_bytes, tmp_path / ("x" * 5000))
    assert "cannot be read" in refusal(read_bytes, tmp_path / "a\x00b")


def test_a_pipe_is_not_waited_for(tmp_path: Path, refusal: Refusal) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert "not an ordinary file" in refusal(read_bytes, tmp_path / "pipe.csv")


def test_a_file_without_leave_to_read(write: Write, refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise PermissionError

    path = write("a.csv", "x")
    monkeypatch.setattr(Path, "open", forbidden)
    assert "you may not read this file" in refusal(read_bytes, path)


def test_a_file_that_is_too_large(write: Write, refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LARGEST", 10)
    assert "larger than 200 MB" in refusal(read_bytes, write("a.csv", "x" * 11))


@pytest.mark.parametrize("name", ["asha.books", "ASHA.BOOKS", "asha.books-wal"])
def test_books_are_refused_before_they_are_opened(refusal: Refusal, tmp_path: Path, name: str) -> None:
    # The watch in tests/conftest.py fails this test if Python opens the path.
    (tmp_path / "link.csv").symlink_to(tmp_path / "asha.books")
    assert "these are books" in refusal(read_bytes, tmp_path / name)
    assert "these are books" in refusal(read_bytes, tmp_path / "link.csv")


def test_books_in_use_are_refused_whatever_they_are_called(write: Write, refusal: Refusal) -> None:
    path = write("ledger.csv", "voucher")
    write("ledger.csv-wal", "")
    assert "these are books" in refusal(read_bytes, path)


def test_the_digest_is_that_of_sha256sum() -> None:
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
