"""The ruled register on paper: totals, groups, page turns, sheets beside each other."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest

from bookkeeper.printing.paper import write_pdf
from bookkeeper.printing.paper.document import Document
from bookkeeper.report import Column, Kind, Person, Register, Report, Row, Say, Total
from bookkeeper.words import language
from tests.paper.reading import text_of
from tests.paper.savitri import HEADING, cash_book

COLUMNS = (
    Column("account", "Account"),
    Column("date", "Date", Kind.DATE),
    Column("voucher", "Voucher"),
    Column("particulars", "Particulars"),
    Column("debit", "Debit", Kind.MONEY, Total.SUM),
    Column("credit", "Credit", Kind.MONEY, Total.SUM),
    Column("balance", "Balance", Kind.BALANCE, Total.LAST),
)
REGISTER = Register("General ledger", COLUMNS, carry=True, signed_by=("book-keeper", "president"))
FIRST = replace(HEADING, folio=1)


def ledger(rows: int, register: Register = REGISTER, words: str = "Savings") -> Report:
    def made() -> Iterator[Row]:
        balance = 0
        for number in range(1, rows + 1):
            balance += 100 * number
            yield {
                "account": Say("Cash" if number <= rows // 2 else "Bank"),
                "date": "2023-11-05",
                "voucher": f"R{number}/2023-24",
                "particulars": words,
                "debit": 100 * number,
                "balance": balance,
            }

    return Report("general-ledger", register, FIRST, COLUMNS, made())


def prints(report: Report, out: Path, code: str = "en") -> Document:
    document = write_pdf([report], language(code), out)
    assert document.overflows == []
    return document


@pytest.mark.parametrize("landscape", [True, False])
@pytest.mark.parametrize("rows", [1, 19, 20, 21, 22, 23, 24, 35, 36, 37, 38, 39, 100])
def test_carried_is_brought_and_the_last_line_is_the_total(tmp_path: Path, rows: int, landscape: bool) -> None:  # noqa: FBT001
    out = tmp_path / "ledger.pdf"
    document = prints(ledger(rows, replace(REGISTER, landscape=landscape)), out)
    total = f"{language('en').amount(50 * rows * (rows + 1))}"
    pages = [text_of(out, page + 1) for page in range(document.pages)]
    assert re.search(rf"Total\s+{total}\s+–\s+{total}", pages[-1])
    assert "President" in pages[-1]
    for before, after in pairwise(pages):
        carried, brought = re.search(r"Carried forward.*", before), re.search(r"Brought forward.*", after)
        assert carried
        assert brought
        assert re.findall(r"[\d,]+\.\d\d", carried[0]) == re.findall(r"[\d,]+\.\d\d", brought[0])
        assert "President" not in before
    assert [int(n) for page in pages for n in re.findall(r"R(\d+)\b", page)] == list(range(1, rows + 1))


def test_groups_have_subtotals_and_are_named_once(tmp_path: Path) -> None:
    prints(ledger(10, replace(REGISTER, group="account")), tmp_path / "ledger.pdf")
    text = text_of(tmp_path / "ledger.pdf")
    assert text.count("Cash ") == 1
    assert text.count("Bank ") == 1
    assert re.findall(r"Total +(\S+) +– *(\S*)", text) == [("15.00", "15.00"), ("40.00", "55.00"), ("55.00", "")]


def test_a_long_narration_takes_more_lines_of_the_book(tmp_path: Path) -> None:
    words = " ".join(f"word{n}" for n in range(40))
    document = prints(ledger(30, words=words), tmp_path / "ledger.pdf")
    text = text_of(tmp_path / "ledger.pdf")
    assert document.pages > 3
    assert all(len(re.findall(rf"word{n}\b", text)) == 30 for n in range(40))


def test_words_longer_than_a_page_go_on_on_the_next(tmp_path: Path) -> None:
    document = prints(ledger(2, words="Sita <b>Devi & Sons " * 300), tmp_path / "ledger.pdf")
    assert document.pages > 2
    text = text_of(tmp_path / "ledger.pdf")
    assert text.count("<b>Devi") == 600
    assert len(re.findall(r"Total +3.00", text)) == 1


def test_an_empty_register_keeps_its_heads(tmp_path: Path) -> None:
    assert prints(ledger(0), tmp_path / "ledger.pdf").pages == 1
    text = text_of(tmp_path / "ledger.pdf")
    assert "Nothing was posted in this period." in text
    assert "Particulars" in text
    assert "Total" not in text


def test_columns_that_do_not_fit_stand_on_a_second_sheet(tmp_path: Path) -> None:
    months = [f"2023-{month:02d}" for month in range(1, 16)]
    columns = (
        Column("member", "No"),
        Column("name", "Member"),
        *(Column(month, month, Kind.MONEY, Total.SUM, "Received", month) for month in months),
    )
    rows = [{"member": str(n), "name": Person(f"Anita {n}"), **dict.fromkeys(months, 5000)} for n in range(1, 31)]
    report = Report("savings-register", Register("Savings", columns, landscape=True), HEADING, columns, rows)
    document = prints(report, tmp_path / "savings.pdf")
    assert document.pages == 4
    text = text_of(tmp_path / "savings.pdf")
    assert len(re.findall(r"Anita 7\b", text)) == 2
    assert text.count("1,500.00") == 15
    assert all(text.count(month) == 2 for month in months)


def test_notes_stand_under_the_table(tmp_path: Path) -> None:
    report = ledger(3)
    report.heading = replace(FIRST, notes=(Say("Cash basis: interest is income when it is received."),))
    prints(report, tmp_path / "ledger.pdf")
    assert "Cash basis" in text_of(tmp_path / "ledger.pdf")


def test_several_reports_make_one_file(tmp_path: Path) -> None:
    out = tmp_path / "books.pdf"
    document = write_pdf([cash_book(), ledger(3), ledger(0)], language("en"), out)
    assert document.pages == 4
    assert len(pypdf.PdfReader(out).pages) == 4
    assert [re.search(r"Page \d+ of \d+", text_of(out, page))[0] for page in range(1, 5)] == [  # type: ignore[index]
        "Page 1 of 2", "Page 2 of 2", "Page 1 of 1", "Page 1 of 1",
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["en", "hi", "mr"])
def test_a_long_name_of_a_society_is_whole(tmp_path: Path, code: str) -> None:
    name = "Kamdhenu Mahila Gramsangh Dairy Producer Company Limited of Kudal and Sawantwadi"
    report = ledger(3)
    report.heading = replace(FIRST, name=Person(name), place=Person("Kudal, district Sindhudurg, Maharashtra " * 2))
    prints(report, tmp_path / "ledger.pdf", code)
    text = " ".join(text_of(tmp_path / "ledger.pdf").split())
    assert all(word in text for word in name.split())
