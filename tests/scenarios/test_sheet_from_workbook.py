"""The meeting sheet goes out as a workbook, comes back filled by another program, and gives the books of the JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from bookkeeper.cli.main import run
from bookkeeper.commands.act import open_office
from bookkeeper.definitions.find import resources
from bookkeeper.exchange.meetings_workbook import COLUMNS

DAY = "2025-04-05"
NEXT = resources() / "samples" / "practice" / "savitri-meeting-37.json"


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """The practice group before its next meeting."""
    path = tmp_path / "a.books"
    assert run(["new", str(path), "--sample", "practice"]) == 0
    return path


@pytest.fixture
def sheet(books: Path, tmp_path: Path) -> Path:
    """The sheet of the next meeting, with everything due filled in."""
    out = tmp_path / "sheet.xlsx"
    asked = ["report", "meeting-sheet", "--as-of", DAY, "--language", "en", "--format", "xlsx", "--out", str(out)]
    assert run(["--books", str(books), *asked]) == 0
    return out


def columns(page: Any) -> dict[str, int]:  # noqa: ANN401  # a sheet of openpyxl
    """Where each column of the sheet is, by its key."""
    titles = [cell.value for cell in page[1]]
    return {key: titles.index(COLUMNS[key][0]) + 1 for key in COLUMNS if COLUMNS[key][0] in titles}


def filled(sheet: Path, meeting: dict[str, Any]) -> None:
    """Write a meeting into the workbook as its book-keeper would: amounts as numbers, letters for who is there."""
    book = openpyxl.load_workbook(sheet)
    page: Any = book.worksheets[0]
    at = columns(page)
    rows = {(str(page.cell(n, at["member"]).value), str(page.cell(n, at["loan"]).value)): n
            for n in range(2, page.max_row + 1)}  # fmt: skip
    first = {member: min(n for (other, _), n in rows.items() if other == member) for member, _ in rows}
    letters = {True: "P", False: "A", "late": "T", "leave": "L"}
    for row in meeting["rows"]:
        line = first[row["member"]]
        page.cell(line, at["attendance"]).value = letters[row["present"]]
        if row.get("sent"):
            page.cell(line, at["sent"]).value = "yes"
        for key in ("savings", "voluntary_savings", "principal", "interest", "fine", "fine_levied", "withdrawal"):
            if key in row:
                page.cell(line, at[key]).value = float(row[key])
        for one in row.get("loans", ()):
            of_loan = rows[row["member"], one["loan"]]
            for key in ("principal", "interest"):
                if key in one:
                    page.cell(of_loan, at[key]).value = float(one[key])
    for other in book.worksheets[1:]:
        fill_part(other, meeting)
    book.save(sheet)


def fill_part(page: Any, meeting: dict[str, Any]) -> None:  # noqa: ANN401  # a sheet of openpyxl
    """Write what belongs on one of the further sheets: about the meeting, the count, the foot."""
    texts = {
        "place": meeting["place"], "time": meeting["time"], "presided by": meeting["presided_by"],
        "signed by": ", ".join(meeting["signed_by"]), "minutes": meeting["minutes"],
        "coins": float(meeting.get("coins", "0")),
    }  # fmt: skip
    values = texts if page.title == "Meeting" else meeting["cash_counted"]
    for line in page.iter_rows(min_row=2):
        name = str(line[0].value)
        if (value := values.get(name.lower())) is not None:
            line[1].value = value
    if page["A1"].value == "Kind":
        for place, foot in enumerate(meeting.get("other", ()), 2):
            for cell, key in zip("ABCDE", ("kind", "account", "amount", "by", "narration"), strict=True):
                if key in foot:
                    page[f"{cell}{place}"].value = float(foot[key]) if key == "amount" else foot[key]


def money(path: Path) -> list[tuple[object, ...]]:
    """Every posting and voucher of books, without who entered it when."""
    office = open_office(path)
    with office.looking() as tx:
        found = tx.connection.exec_driver_sql(
            "SELECT v.series, v.number, v.year, v.date, v.narration, v.meeting, p.line, p.account, p.paise, p.member, "
            "p.loan FROM voucher v JOIN posting p USING (entity, sequence) ORDER BY v.sequence, p.line"
        ).all()
        came = tx.connection.exec_driver_sql("SELECT sheet FROM meeting ORDER BY sequence DESC LIMIT 1").scalar_one()
    office.close()
    there = {row["member"]: (row["present"], row.get("sent")) for row in json.loads(came)["rows"]}
    return [*map(tuple, found), tuple(sorted(there.items(), key=repr))]


def test_a_filled_workbook_gives_the_same_books_as_the_json(books: Path, sheet: Path, tmp_path: Path) -> None:
    meeting = json.loads(NEXT.read_text("utf-8"))
    filled(sheet, meeting)
    other = tmp_path / "b.books"
    assert run(["new", str(other), "--sample", "practice"]) == 0
    assert run(["--books", str(books), "meeting", "post", "SAV", str(sheet)]) == 0
    assert run(["--books", str(other), "meeting", "post", "SAV", str(NEXT)]) == 0
    assert money(books) == money(other)


MISTAKES: dict[str, tuple[str, object]] = {
    # what only the reader sees
    "B": ("savings", "hundred"), "C": ("savings", "1,000"), "D": ("savings", 12.345), "E": ("savings", -100),
    "F": ("savings", "=50+50"), "G": ("attendance", "X"), "H": ("principal", "1e3"), "I": ("interest", "12.5.0"),
    "J": ("by", "post"), "K": ("sent", "perhaps"), "L": ("instalments", "many"), "M": ("rate_per_month", "two"),
    "N": ("withdrawal", "१,००"), "O": ("loan", "first"),
}  # fmt: skip


def test_a_workbook_with_twenty_mistakes_gives_twenty_messages_in_one_go(
    books: Path, sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fourteen that reading finds and six that only the books can know, each by its cell; nothing is entered."""
    book = openpyxl.load_workbook(sheet)
    page: Any = book.worksheets[0]
    at = columns(page)
    cells = []

    def write(row: int, key: str, value: object) -> None:
        page.cell(row, at[key]).value = value
        cells.append(f"{get_column_letter(at[key])}{row}")

    for row, (key, value) in enumerate(MISTAKES.values(), 2):
        if key in {"instalments", "rate_per_month"}:
            page.cell(row, at["new_loan"]).value = 100
        write(row, key, value)
    wrong = page.max_row
    write(wrong, "member", "99")  # no such member
    page.cell(wrong, at["attendance"]).value = "P"
    write(2, "principal", 5)  # member 1 owes nothing
    write(3, "principal", 99_999)  # beyond what is owed
    write(4, "withdrawal", 50)  # she has no voluntary savings
    write(5, "other_head", "tea")  # no such head
    page.cell(5, at["other"]).value = 5
    write(6, "new_loan", 100)
    page.cell(6, at["rate_per_month"]).value = "2"
    page.cell(6, at["instalments"]).value = 3
    cells.pop()
    write(7, "withdrawal", 70)
    book.save(sheet)
    before = money(books)
    capsys.readouterr()
    assert run(["--books", str(books), "meeting", "post", "SAV", str(sheet)]) == 2
    told = capsys.readouterr().err.strip().splitlines()
    named = [re.findall(r"cell ([A-Z]+[0-9]+)", line) for line in told]
    assert len(told) >= 20, told
    assert {cell for line in named for cell in line} >= set(cells), set(cells) - {c for line in named for c in line}
    assert all(named), [line for line, cell in zip(told, named, strict=True) if not cell]
    assert money(books) == before
