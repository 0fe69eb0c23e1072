"""Statements with two sides on paper, read back: the pictured balance sheet, page turns, long words, large figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bookkeeper.printing.paper import write_pdf
from bookkeeper.printing.paper.document import Document
from bookkeeper.report import Column, Kind, Layout, Part, Person, Register, Report, Row, Say, Section
from bookkeeper.words import language
from tests.paper.reading import POINTS, text_of, words_of
from tests.paper.savitri import HEADING

COLUMNS = (
    Column("side", "Side", mm=0),
    Column("section", "Section"),
    Column("account", "Account"),
    Column("last_year", "Last year", Kind.BALANCE, head="2023-03-31", mm=20),
    Column("amount", "Amount", Kind.BALANCE, head="2024-03-31", mm=22.5),
)
SHEET = Register(
    "Balance sheet",
    COLUMNS,
    layout=Layout.T_FORM,
    sections=(Section("liabilities", "Liabilities"), Section("assets", "Assets")),
    signed_by=("Book-keeper", "Treasurer", "Secretary", "President"),
)
EARNED = replace(
    SHEET, title="Income and expenditure", sections=(Section("expenditure", "Expenditure"), Section("income", "Income"))
)
AT_YEAR_END = replace(HEADING, since=None, until=None, as_of="2024-03-31", folio=22)
OF_THE_YEAR = replace(HEADING, since="2023-04-01", until="2024-03-31", folio=21)

Told = tuple[str, str, str, int, int]
"""Side, section, account, last year and this in paise."""

PICTURED: Sequence[Told] = (
    ("liabilities", "Savings of members", "Compulsory savings", 1560000, 3350000),
    ("liabilities", "Savings of members", "Voluntary savings", 0, 0),
    ("liabilities", "Borrowings", "District Co-op Bank", 0, 4000000),
    ("liabilities", "Funds", "Revolving fund, DRDA", 0, 1500000),
    ("liabilities", "Surplus", "From earlier years", 177000, 177000),
    ("liabilities", "Surplus", "Surplus of the year", 0, 476175),
    ("assets", "Cash and bank", "Cash in hand", 115000, 104000),
    ("assets", "Cash and bank", "District Co-op Bank", 432000, 2124175),
    ("assets", "Loans to members", "Inside the group, 13 loans", 1190000, 7275000),
)
NOTES = Part(
    "notes",
    "Notes",
    (Column("text", "Note"), Column("amount", "Amount", Kind.BALANCE)),
    (
        {"text": Say("Cash basis: interest is income when it is received."), "amount": None},
        {"text": Say("Interest due from members and not yet received"), "amount": 54800},
    ),
)
LINES = """
31-03-2023 31-03-2024 31-03-2023 31-03-2024
Savings of members Cash and bank
Compulsory savings 15,600.00 33,500.00 Cash in hand 1,150.00 1,040.00
Voluntary savings – – District Co-op Bank 4,320.00 21,241.75
15,600.00 33,500.00 5,470.00 22,281.75
Borrowings Loans to members
District Co-op Bank – 40,000.00 Inside the group, 13 loans 11,900.00 72,750.00
– 40,000.00 11,900.00 72,750.00
Funds
Revolving fund, DRDA – 15,000.00
– 15,000.00
Surplus
From earlier years 1,770.00 1,770.00
Surplus of the year – 4,761.75
1,770.00 6,531.75
Total 17,370.00 95,031.75 Total 17,370.00 95,031.75
Notes
Cash basis: interest is income when it is received.
Interest due from members and not yet received 548.00
For Savitri Self-Help Group
President Secretary Treasurer
Auditor
""".strip().splitlines()


def rows(told: Sequence[Told]) -> Iterator[Row]:
    for side, section, account, last_year, amount in told:
        yield {
            "side": side,
            "section": Say(section) if section else None,
            "account": Say(account),
            "last_year": last_year,
            "amount": amount,
        }


def sheet(told: Sequence[Told] = PICTURED, **more: Any) -> Report:  # noqa: ANN401  # whatever a report may have
    return Report("balance-sheet", SHEET, AT_YEAR_END, COLUMNS, rows(told), **more)


def earned(told: Sequence[Told], surplus: int) -> Report:
    totals = {"surplus": surplus}
    return Report("income-and-expenditure", EARNED, OF_THE_YEAR, COLUMNS, rows(told), extra_totals=lambda: totals)


def printed(report: Report, out: Path, code: str = "en", digits: str = "latin") -> Document:
    document = write_pdf([report], language(code, digits=digits), out)
    assert document.overflows == []
    assert document.missing == ()
    return document


def lines_of(pdf: Path, page: int | None = None) -> list[str]:
    return [re.sub(r"\s+", " ", line.strip()) for line in text_of(pdf, page).splitlines() if line.strip()]


@pytest.fixture(name="out")
def out_fixture(tmp_path: Path) -> Path:
    return tmp_path / "statement.pdf"


def test_the_pictured_balance_sheet_line_by_line(out: Path) -> None:
    assert printed(sheet(parts=(NOTES,)), out).pages == 1
    found = lines_of(out)
    first = found.index(LINES[0])
    assert found[first : first + len(LINES)] == LINES
    assert "Liabilities Assets" in found
    assert "Folio 22" in " ".join(found)
    assert "as on 31-03-2024" in " ".join(found)
    assert "Name and registration Place and date Signature and seal" in found
    assert "7f3a 91c2 e05d 44b8" in found[-1]


def test_figures_stand_on_four_straight_edges(out: Path) -> None:
    printed(sheet(parts=(NOTES,)), out)
    ends = [67.5 + 18 - 1.6, 90 + 18 - 2.8, 90 + 67.5 + 18 - 1.6, 180 + 18 - 1.6]
    edges = {round(end * POINTS, 2): 0 for end in ends}
    for word in words_of(out, 1):
        if re.fullmatch(r"[\d,]+\.\d\d|–", word.text) and word.below < 450:
            near = min(edges, key=lambda edge: abs(edge - word.right))
            assert word.right == pytest.approx(near, abs=0.05), word
            edges[near] += 1
    assert list(edges.values()) == [11, 11, 6, 6]


def test_both_totals_stand_at_one_height(out: Path) -> None:
    printed(sheet(), out)
    totals = [word.below for word in words_of(out, 1) if word.text in ("Total", "95,031.75")]
    assert len(totals) == 4
    assert max(totals) - min(totals) < 0.1


@pytest.mark.parametrize("digits", ["latin", "native"])
@pytest.mark.parametrize("code", ["hi", "mr"])
def test_in_other_languages_words_and_figures_are_theirs(out: Path, code: str, digits: str) -> None:
    printed(sheet(parts=(NOTES,)), out, code, digits)
    spoken, text = language(code, digits=digits), " ".join(lines_of(out))
    heads = ("Liabilities", "Assets", "Savings of members", "Surplus of the year", "Notes", "Auditor", "President")
    assert all(spoken.say(head) in text for head in heads)
    assert text.count(spoken.amount(9503175)) == 2
    assert spoken.date("2023-03-31") in text
    assert "सावित्री स्वयं सहायता गट" in text


def test_a_first_year_stands_alone_and_its_words_have_the_room(out: Path) -> None:
    printed(sheet([(side, section, account, 0, this) for side, section, account, _, this in PICTURED]), out)
    text = " ".join(lines_of(out))
    assert "31-03-2023" not in text
    assert "31-03-2024 31-03-2024" in text
    assert "Total 95,031.75 Total 95,031.75" in text


def test_a_surplus_lets_both_sides_agree(out: Path) -> None:
    told = [("income", "Income", "Fines", 10000, 2500), ("expenditure", "Expenditure", "Rent", 4000, 1000)]
    printed(earned(told, 1500), out)
    found = lines_of(out)
    assert "Rent 40.00 10.00 Fines 100.00 25.00" in found
    assert "Surplus 60.00 15.00" in found
    assert "Total 100.00 25.00 Total 100.00 25.00" in found
    assert "Auditor" not in " ".join(found)
    assert "Deficit" not in " ".join(found)
    assert found.count("Income") == 0  # the side's own head, beside that of the other, and no section's


def test_a_deficit_of_one_year_stands_beside_the_surplus_of_the_other(out: Path) -> None:
    told = [("income", "Income", "Fines", 10000, 2500), ("expenditure", "Expenditure", "Rent", 4000, 9000)]
    printed(earned(told, -6500), out)
    found = " ".join(lines_of(out))
    assert "Surplus 60.00 – Deficit – 65.00" in found
    assert "Total 100.00 90.00 Total 100.00 90.00" in found


def test_a_year_that_spent_and_earned_alike_has_neither(out: Path) -> None:
    told = [("income", "Income", "Fines", 0, 2500), ("expenditure", "Expenditure", "Rent", 0, 2500)]
    printed(earned(told, 0), out)
    assert not {"Surplus", "Deficit"} & set(text_of(out).split())


@pytest.mark.parametrize("heads", [10, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 80, 200])
def test_a_long_chart_turns_the_page_and_carries_both_sides(out: Path, heads: int) -> None:
    told: list[Told] = [("income", f"Part {n // 9}", f"Head {n} here", 100, 10000 + n) for n in range(heads)]
    told += [("expenditure", "", f"Cost {n} here", 100, 5000) for n in range(heads // 3)]
    income, cost = sum(one[4] for one in told if one[0] == "income"), heads // 3 * 5000
    document = printed(earned(told, income - cost), out)
    pages = [lines_of(out, page + 1) for page in range(document.pages)]
    text = "\n".join("\n".join(page) for page in pages)
    assert re.findall(r"Head (\d+)", text) == [str(n) for n in range(heads)]
    assert re.findall(r"Cost (\d+)", text) == [str(n) for n in range(heads // 3)]
    total = language("en").amount(income)
    assert re.search(rf"Total [\d.,]+ {total} Total [\d.,]+ {total}", text)
    for before, after in pairwise(pages):
        carried = next(line for line in before if line.startswith("Carried forward"))
        brought = next(line for line in after if line.startswith("Brought forward"))
        assert re.findall(r"[\d,]+\.\d\d|–", carried) == re.findall(r"[\d,]+\.\d\d|–", brought)
    assert [("President Secretary Treasurer" in page) for page in pages] == [False] * (len(pages) - 1) + [True]
    assert re.search(r"(Head|Cost|Surplus)", "\n".join(pages[-1]))


def test_long_names_take_more_lines_and_lose_nothing(out: Path) -> None:
    name = "Revolving fund received from the District Rural Development Agency for the year of formation"
    told = [("liabilities", name + " (section)", name, 100, 100), ("liabilities", "Funds", "x" * 90, 0, 0)]
    told += [("assets", "Cash and bank", "Cash in hand", 100, 100)]
    printed(sheet(told), out)
    words = text_of(out).split()
    assert all(words.count(word) >= 2 for word in name.split())
    assert sum(word.count("x") for word in words if set(word) == {"x"}) == 90


def test_amounts_of_crores_are_set_smaller_all_alike(out: Path) -> None:
    crores = 99_99_99_999_99
    told = [("liabilities", "Funds", "Grant", crores, crores), ("assets", "Cash and bank", "Bank", crores, crores)]
    printed(sheet(told), out)
    assert text_of(out).count("99,99,99,999.99") == 12


def test_a_figure_that_no_size_fits_is_reported(out: Path) -> None:
    told = [("liabilities", "Funds", "Grant", 0, 10**25), ("assets", "Cash and bank", "Bank", 0, 10**25)]
    assert write_pdf([sheet(told)], language("en"), out).overflows


def test_who_signs_stands_below_a_short_statement(out: Path) -> None:
    told = [("expenditure", "", "Stationery", 0, 10000), ("income", "", "Fines", 0, 10000)]
    printed(earned(told, 0), out)
    words = words_of(out, 1)
    total, name, signs = (
        next(word.below for word in words if word.text == said) for said in ("Total", "For", "President")
    )
    assert name - total == pytest.approx(22 * POINTS, abs=2 * POINTS)
    assert signs - name < 25 * POINTS


def test_there_is_no_hole_above_the_names_of_a_tightened_sheet(out: Path) -> None:
    told = [*PICTURED, *(("liabilities", "Surplus", f"Earlier {n}", 0, 100) for n in range(3))]
    assert printed(sheet(told, parts=(NOTES,)), out).pages == 1
    words = words_of(out, 1)
    last, name = (next(word.below for word in words if word.text == said) for said in ("548.00", "For"))
    assert name - last < 16 * POINTS


def test_negative_figures_stand_where_they_belong(out: Path) -> None:
    told = [
        ("liabilities", "Surplus", "From earlier years", 0, 500000),
        ("liabilities", "Surplus", "Deficit of the year", 0, -400000),
        ("assets", "Cash and bank", "Bank", 0, 100000),
    ]
    printed(sheet(told), out)
    assert "Deficit of the year −4,000.00" in " ".join(lines_of(out))
    assert "Total 1,000.00 Total 1,000.00" in " ".join(lines_of(out))


def test_empty_books_say_so(out: Path) -> None:
    assert printed(sheet([]), out).pages == 1
    text = " ".join(lines_of(out))
    assert "Nothing stands in the books on this date." in text
    assert "Liabilities Assets" in text


def test_many_notes_have_pages_of_their_own(out: Path) -> None:
    many = replace(NOTES, rows=tuple({"text": f"Note number {n}", "amount": n * 100 + 100} for n in range(80)))
    report = sheet(parts=(many,))
    report.heading = replace(AT_YEAR_END, notes=(Say("Seen by the committee."),))
    assert printed(report, out).pages == 3
    assert re.findall(r"Note number (\d+)", text_of(out)) == [str(n) for n in range(80)]
    assert "Seen by the committee." in text_of(out, 2)
    assert "Auditor" in text_of(out, 1)


def test_a_long_name_of_an_entity_is_signed_for_in_full(out: Path) -> None:
    name = "Kamdhenu Mahila Gramsangh Dairy Producer Company Limited of Kudal and Sawantwadi, " * 2
    report = sheet()
    report.heading = replace(AT_YEAR_END, name=Person(name.strip(", ")))
    printed(report, out)
    assert text_of(out).count("Sawantwadi") >= 4
