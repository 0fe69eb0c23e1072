"""Reports as text for a terminal."""

import io
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

import pytest

from bookkeeper.printing.plain import places, write_text
from bookkeeper.report import Column, Heading, Kind, Person, Register, Report, Row, Say, Total
from bookkeeper.words import language

COLUMNS = (
    Column("date", "Date", Kind.DATE),
    Column("particulars", "Particulars"),
    Column("debit", "Debit", Kind.MONEY, Total.SUM),
    Column("balance", "Balance", Kind.BALANCE, Total.LAST),
    Column("_id", "Hidden"),
)
REGISTER = Register("Day book", COLUMNS)
HEADING = Heading("SHG1", Person("Savitri", "सावित्री"), Person("Kudal", "कुडाळ"), "2023-11-05", "2023-12-31", None)
ROWS: list[Row] = [
    {"date": "2023-11-05", "particulars": "Savings", "debit": 12345678, "balance": 5, "_id": "secret"},
    {"date": "2023-11-06", "particulars": Say("Opening balance"), "debit": 0, "balance": 100},
]


def shown(
    rows: Iterable[Row], code: str = "en", register: Register = REGISTER, heading: Heading = HEADING
) -> list[str]:
    out = io.StringIO()
    write_text(Report("day-book", register, heading, COLUMNS, rows), language(code), out)
    return out.getvalue().splitlines()


def test_the_page_of_a_terminal() -> None:
    assert shown(ROWS) == [
        "Savitri · Kudal",
        "Day book",
        "05-11-2023 to 31-12-2023",
        "",
        "Date        Particulars             Debit       Balance",
        "───────────────────────────────────────────────────────",
        "05-11-2023  Savings           1,23,456.78          0.05",
        "06-11-2023  Opening balance             -          1.00",
        "───────────────────────────────────────────────────────",
        "            Total             1,23,456.78          1.00",
    ]


def test_of_several_balances_none_is_a_total() -> None:
    assert shown(ROWS, register=replace(REGISTER, group="date"))[-1].endswith("1,23,456.78")


def test_a_register_that_closes_otherwise_has_no_totals() -> None:
    assert "Total" not in shown(ROWS, register=replace(REGISTER, closes_with_totals=False))[-1]


def test_what_the_register_adds_to_its_totals_is_said() -> None:
    out = io.StringIO()
    write_text(Report("r", REGISTER, HEADING, COLUMNS, ROWS, lambda: {"surplus": 476175}), language("en"), out)
    assert out.getvalue().endswith("Surplus: 4,761.75\n")


def test_an_empty_period_says_so() -> None:
    lines = shown([])
    assert lines[4].startswith("Date")
    assert lines[-1] == "Nothing was posted in this period."


def test_a_longer_text_pushes_and_is_never_cut() -> None:
    long = "Received from the federation for the revolving fund, second instalment, by cheque 000123"
    row = {"date": "2023-11-05", "particulars": long, "debit": 100, "balance": 100}
    line = next(line for line in shown([*ROWS, row]) if long in line)
    assert line.endswith("1.00          1.00")


@pytest.mark.parametrize("code", ["hi", "mr"])
def test_columns_stand_straight_in_devanagari(code: str) -> None:
    words = language(code)
    lines = shown(
        [*ROWS, {"date": "2023-11-07", "particulars": "कर्ज ११, शुभांगी वालावलकर", "debit": 1, "balance": 1}], code
    )
    amounts = [line for line in lines if line.rstrip().endswith((words.amount(5), words.amount(100), words.amount(1)))]
    assert len(amounts) == 4
    assert len({places(line) for line in amounts}) == 1


def test_marks_take_no_place() -> None:
    assert places("शुभांगी") == sum(not unicodedata.category(c).startswith("Mn") for c in "शुभांगी")
    assert places("Savings") == 7
    assert places("क्षि") == 3


def test_nothing_in_a_text_breaks_the_line_or_steers_the_terminal() -> None:
    line = shown([{"date": "2023-11-05", "particulars": "a\nb\x1b[31mc", "debit": 1, "balance": 1}])[6]
    assert "a b [31mc" in line


@pytest.mark.parametrize("code", ["en", "mr"])
def test_a_balance_of_two_sides_is_unsigned_with_its_side(code: str) -> None:
    columns = (*COLUMNS[:3], replace(COLUMNS[3], sides=True))
    rows: list[Row] = [{"date": "2023-11-05", "debit": 1, "balance": paise} for paise in (500, 0, -300)]
    out, say = io.StringIO(), language(code)
    write_text(Report("day-book", REGISTER, HEADING, columns, rows), say, out)
    lines = out.getvalue().splitlines()
    assert lines[6].endswith(f"{say.amount(500)} {say.say('Dr')}")
    assert lines[7].endswith("-")
    assert lines[8].endswith(f"{say.amount(300)} {say.say('Cr')}")
    assert lines[-1].endswith(f"{say.amount(300)} {say.say('Cr')}")
    assert len({places(line) for line in (*lines[6:9], lines[-1])}) == 1


def test_an_empty_report_at_a_date_says_so() -> None:
    lines = shown([], heading=replace(HEADING, since=None, until=None, as_of="2024-03-31"))
    assert lines[-1] == "Nothing stands in the books on this date."


def test_a_report_at_a_date_and_its_notes() -> None:
    heading = replace(HEADING, since=None, until=None, as_of="2024-03-31", notes=(Say("Cash basis."),))
    lines = shown(ROWS, heading=heading)
    assert lines[2] == "as on 31-03-2024"
    assert lines[-1] == "Cash basis."
