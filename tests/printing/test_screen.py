"""What the screen shows of a register is what its declaration and its rows say, to the paisa."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest

from bookkeeper import registers
from bookkeeper.commands.act import Office
from bookkeeper.commands.books import PRACTICE, new_books
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.printing.screen import screen_table
from bookkeeper.printing.screen_table import LineKind, ScreenTable
from bookkeeper.report import Kind, Layout, Report, Total
from bookkeeper.words import language


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = new_books(tmp_path_factory.mktemp("books") / "practice.books", PRACTICE)
    yield made
    made.close()


def shown(
    office: Office, name: str, words: str = "en", *, since: str = "", until: str = "", as_of: str = ""
) -> tuple[ScreenTable, Report]:
    ask = ReportAsk(name, entities=("SAV",), since=since, until=until, as_of=as_of)
    with prepared(office, ask) as printout:
        report = printout.table()
        return screen_table(report, language(words)), report


@pytest.mark.parametrize("name", registers.names())
def test_each_figure_of_a_register_stands_on_the_screen_once(office: Office, name: str) -> None:
    table, report = shown(office, name)
    if report.register.layout is Layout.TWO_SIDED or report.register.sections:
        return  # their sides are added up below
    for place, column in enumerate(table.columns):
        if column.column.kind is Kind.MONEY:
            rows = [line.values[place] for line in table.lines if line.kind is LineKind.ROW]
            assert sum(cast("int", value or 0) for value in rows) == report.totals[column.column.key]
            if column.column.total is Total.SUM and report.register.closes_with_totals and table.foot:
                assert table.foot[0].values[place] == report.totals[column.column.key]


def test_both_sides_of_each_day_of_the_cash_book_add_up_to_one_sum(office: Office) -> None:
    table, _ = shown(office, "cash-book", since="2024-04-01", until="2024-04-30")
    half = len(table.columns) // 2
    money = [i for i in range(half) if table.columns[i].column.kind is Kind.MONEY]
    sums = [line for line in table.lines if line.kind is LineKind.SUM]
    assert len(sums) == 3, "the meeting of 5 April, the bank on the 6th, the bank's instalment on the 25th"
    for line in sums:
        for i in money:
            assert line.values[i] == line.values[half + i]
    # 5 April: 1,040 in the box, savings 1,400, principal 9,950, interest 1,603: 13,993; stationery 85, left 13,908
    assert [table.text(sums[0], i) for i in money] == ["13,993.00", "21,241.75"]


def test_income_and_expenditure_closes_with_the_surplus_on_the_side_that_lacks_it(office: Office) -> None:
    table, _ = shown(office, "income-and-expenditure", since="2024-04-01", until="2025-03-31")
    words = [[table.text(line, i) for i in range(len(table.columns))] for line in table.lines]
    # income 11,220 of interest, 55 of fines, 1,494.50 of the bank's interest: 12,769.50; expenses 5,179
    assert ["Surplus", "4,761.75", "7,590.50", "", "", ""] in words
    assert [table.text(table.foot[0], i) for i in range(6)] == ["Total", "8,560.75", "12,769.50"] * 2


def test_vouchers_of_one_year_leave_the_year_away_and_days_are_written_as_days(office: Office) -> None:
    table, _ = shown(office, "balance-sheet", as_of="2025-03-31")
    assert [column.head for column in table.columns[1:3]] == ["31-03-2024", "31-03-2025"]
    book, _ = shown(office, "day-book", "mr", since="2024-04-01", until="2024-04-30")
    assert book.text(book.lines[0], 1) == "R1"
    assert book.text(book.lines[0], 0) == "०५-०४-२०२४"


def test_a_register_without_rows_says_so_under_its_heads(office: Office) -> None:
    table, _ = shown(office, "journal", since="2024-04-01", until="2025-03-31")
    assert table.lines == []
    assert table.nothing == "Nothing was posted in this period."


def test_what_a_meeting_paid_besides_is_told_as_its_paper_tells_it(office: Office) -> None:
    table, _ = shown(office, "meeting-sheet", as_of="2024-04-05")
    told = [table.text(line, 0) for line in table.lines if line.kind in {LineKind.HEADING, LineKind.NOTE}]
    at = told.index("Other receipts and payments")
    assert told[at + 1] == "Stationery, Registers and pens · 85.00", "no code of an account"
