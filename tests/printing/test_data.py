"""Reports for programs: JSON and CSV."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

import pytest

from bookkeeper.printing.data import write_csv, write_json
from bookkeeper.report import Column, Heading, Kind, Person, Register, Report, Row, Say, Total
from bookkeeper.words import language

COLUMNS = (
    Column("date", "Date", Kind.DATE),
    Column("particulars", "Particulars"),
    Column("debit", "Debit", Kind.MONEY, Total.SUM),
    Column("fees", "Fees", Kind.MONEY),
    Column("balance", "Balance", Kind.BALANCE, Total.LAST),
    Column("members", "Members", Kind.COUNT),
    Column("share", "Share", Kind.PERCENT),
    Column("_voucher_id", "Hidden"),
)
ROWS: list[Row] = [
    {"date": "2023-11-05", "particulars": Say("Opening balance"), "balance": -5, "_voucher_id": 1},
    {
        "date": "2023-11-06",
        "particulars": "=1+1",
        "debit": 123450,
        "fees": 0,
        "balance": 123445,
        "members": 15,
        "share": "91.67",
    },
]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]


def report(rows: Iterable[Row] = ROWS, **told: Any) -> Report:  # noqa: ANN401 - whatever a heading has
    heading = {"entity": "SHG1", "since": "2023-11-05", "until": "2023-12-31", "as_of": None, **told}
    return Report(
        "day-book",
        Register("Day book", COLUMNS),
        Heading(name=Person("S"), place=Person("K"), **heading),
        COLUMNS,
        rows,
    )


def as_json(shown: Report, code: str = "en") -> Any:  # noqa: ANN401 - whatever JSON holds
    out = io.StringIO()
    write_json(shown, language(code), out)
    return json.loads(out.getvalue())


def as_csv(shown: Report, code: str = "en") -> list[list[str]]:
    out = io.StringIO()
    write_csv(shown, language(code), out)
    return list(csv.reader(io.StringIO(out.getvalue(), newline="")))


def test_json_has_the_shape_of_the_contract() -> None:
    made = as_json(report())
    assert list(made) == ["report", "title", "entity", "from", "to", "columns", "rows", "totals"]
    assert made["report"] == "day-book"
    assert made["entity"] == "SHG1"
    assert (made["from"], made["to"]) == ("2023-11-05", "2023-12-31")
    assert made["columns"][1] == {"key": "particulars", "title": "Particulars", "kind": "text"}
    assert made["rows"][1] == {
        "date": "2023-11-06", "particulars": "=1+1", "debit": "1234.50", "fees": "0.00", "balance": "1234.45",
        "members": 15, "share": "91.67",
    }  # fmt: skip


def test_every_column_is_in_every_row_and_what_is_missing_is_null() -> None:
    row = as_json(report())["rows"][0]
    assert row == {
        "date": "2023-11-05", "particulars": "Opening balance", "debit": None, "fees": None, "balance": "-0.05",
        "members": None, "share": None,
    }  # fmt: skip


def test_totals_have_every_money_column_and_no_balance() -> None:
    assert as_json(report())["totals"] == {"debit": "1234.50", "fees": "0.00"}
    assert as_json(report([]))["totals"] == {"debit": "0.00", "fees": "0.00"}
    assert as_json(report([]))["rows"] == []


def test_totals_that_the_register_adds_are_there() -> None:
    shown = report()
    shown.extra_totals = lambda: {"surplus": -4000}
    assert as_json(shown)["totals"]["surplus"] == "-40.00"


def test_as_of_stands_where_there_is_one() -> None:
    made = as_json(report(since=None, until=None, as_of="2024-03-31", entity=""))
    assert (made["from"], made["to"], made["as_of"], made["entity"]) == (None, None, "2024-03-31", None)


def test_keys_and_figures_are_the_same_in_every_language() -> None:
    english, marathi = as_json(report()), as_json(report(), "mr")
    assert [c["key"] for c in english["columns"]] == [c["key"] for c in marathi["columns"]]
    assert english["columns"][0]["title"] != marathi["columns"][0]["title"]
    assert english["rows"][1] == marathi["rows"][1]
    assert marathi["rows"][0]["particulars"] == language("mr").say("Opening balance")


def test_rows_stand_one_a_line() -> None:
    out = io.StringIO()
    write_json(report(), language("en"), out)
    assert sum(line.startswith('{"date"') for line in out.getvalue().splitlines()) == len(ROWS)


def test_csv_has_keys_plain_amounts_and_no_totals() -> None:
    assert as_csv(report()) == [
        ["date", "particulars", "debit", "fees", "balance", "members", "share"],
        ["2023-11-05", "Opening balance", "", "", "-0.05", "", ""],
        ["2023-11-06", "'=1+1", "1234.50", "0.00", "1234.45", "15", "91.67"],
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert as_csv(report([{"particulars": text, "debit": -100}]))[1][1:3] == [f"'{text}", "-1.00"]


def test_a_text_with_quotes_commas_and_breaks_stays_one_field() -> None:
    text = 'Sita "<b>" Devi, Kudal\nsecond line'
    assert as_csv(report([{"particulars": text}]))[1][1] == text
    assert as_json(report([{"particulars": text}]))["rows"][0]["particulars"] == text
