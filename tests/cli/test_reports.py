"""Every register in five media and three languages, from the practice books; the media agree to the paisa."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from bookkeeper import registers
from bookkeeper.cli.main import run

Written = Callable[..., str]
LANGUAGES = ("en", "hi", "mr")
NAMES = ("नंदा कांबळी", "रुक्मिणी जाधव", "प्रमिला मेस्त्री", "मनीषा पालव")


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice books."""
    folder = tmp_path_factory.mktemp("practice")
    assert run(["new", str(folder / "p.books"), "--sample", "practice"]) == 0
    return folder


@pytest.fixture
def written(practice: Path, capsys: pytest.CaptureFixture[str]) -> Written:
    """Write a report of the practice books, as text or into a file."""

    def write(*arguments: str, out: str = "") -> str:
        capsys.readouterr()
        place = ["--out", str(practice / out)] if out else []
        assert run(["--books", str(practice / "p.books"), "report", *arguments, *place]) == 0
        return capsys.readouterr().out

    return write


def sums(rows: list[dict[str, str]], key: str) -> Decimal:
    return sum((Decimal(row[key] or 0) for row in rows), Decimal(0))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", registers.names())
def test_media_of_a_register_agree_to_the_paisa(written: Written, practice: Path, name: str, language: str) -> None:
    found = json.loads(written(name, "--language", language, "--format", "json"))
    money = [column["key"] for column in found["columns"] if column["kind"] == "money"]
    table = list(csv.DictReader(io.StringIO(written(name, "--language", language, "--format", "csv"))))
    written(name, "--language", language, "--format", "xlsx", out=f"{name}-{language}.xlsx")
    written(name, "--language", language, "--format", "pdf", out=f"{name}-{language}.pdf")
    titles, *sheet = (
        openpyxl.load_workbook(practice / f"{name}-{language}.xlsx").worksheets[0].iter_rows(values_only=True)
    )
    text = written(name, "--language", language, "--digits", "latin")
    assert list(titles) == [column["title"] for column in found["columns"]]
    assert len(set(titles)) == len(titles)
    assert len(table) == len(found["rows"])
    assert set(money) <= set(found["totals"])
    for key in money:
        total = Decimal(found["totals"][key])
        assert sums(found["rows"], key) == sums(table, key) == total
        column = [c["key"] for c in found["columns"]].index(key)
        in_sheet = sum(
            (Decimal(str(row[column])) for row in sheet[: len(table)] if row[column] is not None), Decimal(0)
        )
        assert in_sheet.quantize(Decimal("0.01")) == total
    assert found["title"] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_and_heads_come_back_exactly_from_the_printed_page(
    written: Written, practice: Path, language: str
) -> None:
    written("general-ledger", "--language", language, "--format", "pdf", out="ledger.pdf")
    words = subprocess.run(
        ["pdftotext", "-raw", str(practice / "ledger.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    folded = " ".join(words.split())
    expected = {
        "en": ("Nanda Kambli", "Interest on member loans", "Savitri Self-Help Group"),
        "hi": (*NAMES, "सावित्री स्वयं सहायता गट"),
        "mr": (*NAMES, "सावित्री स्वयं सहायता गट", "सभासद कर्जावरील व्याज"),
    }[language]
    for text in expected:
        assert text in folded


def test_the_trial_balance_of_the_practice_year_is_the_published_one(practice: Path) -> None:
    """At 31-03-2024, found by two separate programs: 98,830.75 a side."""
    copy = practice / "year.books"
    assert run(["new", str(copy), "--sample", "practice"]) == 0
    out = practice / "tb.json"
    asked = ["report", "trial-balance", "--as-of", "2024-03-31", "--format", "json", "--out", str(out)]
    assert run(["--books", str(copy), *asked]) == 0
    found = json.loads(out.read_text("utf-8"))
    assert found["totals"] == {"debit": "98830.75", "credit": "98830.75"}
    debit = {row["role"]: row["debit"] for row in found["rows"] if row["debit"] != "0.00"}
    credit = {row["role"]: row["credit"] for row in found["rows"] if row["credit"] != "0.00"}
    assert debit == {
        "cash": "1040.00", "bank": "21241.75", "member-loans": "72750.00", "bank-charges": "59.00",
        "interest-paid": "1575.00", "stationery": "345.00", "travel": "120.00", "honorarium": "1200.00",
        "federation-fees": "500.00",
    }  # fmt: skip
    assert credit == {
        "member-savings": "33500.00", "bank-loans": "40000.00", "revolving-fund": "15000.00", "surplus": "1770.00",
        "interest-on-member-loans": "7855.00", "fines": "50.00", "membership-fees": "100.00", "bank-interest": "555.75",
    }  # fmt: skip


def test_a_second_entity_must_be_named_or_all_asked_for(practice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    books = practice / "two.books"
    assert run(["new", str(books), "--sample", "practice"]) == 0
    add = ["entity", "add", "SOC", "--name", "Society", "--kind", "society", "--starts", "2023-04-01"]
    assert run(["--books", str(books), *add]) == 0
    capsys.readouterr()
    assert run(["--books", str(books), "report", "trial-balance"]) == 2
    assert "--all" in capsys.readouterr().err
    assert run(["--books", str(books), "report", "trial-balance", "--all", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {row["entity"] for row in rows} == {"SAV"}


def test_what_is_no_ordinary_file_is_never_replaced_by_a_report(
    practice: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(practice / "pipe")
    (practice / "mine.txt").write_text("mine", encoding="utf-8")
    (practice / "mine.txt").chmod(0o444)
    (practice / "real.txt").write_text("old", encoding="utf-8")
    (practice / "link.txt").symlink_to(practice / "real.txt")
    ask = ["--books", str(practice / "p.books"), "report", "trial-balance", "--out"]
    assert run([*ask, str(practice / "pipe")]) == 2
    assert run([*ask, str(practice / "mine.txt")]) == 2
    assert run([*ask, str(practice / "link.txt")]) == 0
    assert (practice / "mine.txt").read_text("utf-8") == "mine"
    assert (practice / "link.txt").is_symlink()
    assert "Trial balance" in (practice / "real.txt").read_text("utf-8")
    assert "ordinary file" in capsys.readouterr().err
