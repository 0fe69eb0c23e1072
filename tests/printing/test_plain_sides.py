"""Statements with two sides as text: one side after the other, each under its title and with its own sums."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from bookkeeper.printing.plain import write_text
from bookkeeper.report import Column, Heading, Kind, Layout, Person, Register, Report, Row, Say, Section
from bookkeeper.words import language

COLUMNS = (
    Column("side", "Side", mm=0),
    Column("account", "Account"),
    Column("amount", "Amount", Kind.BALANCE),
)
REGISTER = Register(
    "Income and expenditure",
    COLUMNS,
    layout=Layout.T_FORM,
    sections=(Section("expenditure", "Expenditure"), Section("income", "Income")),
    closes_with_totals=False,
)
HEADING = Heading("EX1", Person("Example"), Person(""), "2024-04-01", "2024-05-31", None)


def lines(rows: Sequence[Row], columns: tuple[Column, ...] = COLUMNS) -> list[str]:
    totals = {"income": 3900, "expenditure": 2000, "surplus": 1900}
    report = Report("income-and-expenditure", REGISTER, HEADING, columns, rows, extra_totals=lambda: totals)
    out = io.StringIO()
    write_text(report, language("en"), out)
    return [re.sub(r"\s+|─+", " ", line).strip() for line in out.getvalue().splitlines()]


def row(side: str, account: str, amount: int, entity: str | None = None) -> Row:
    return {"side": side, "account": Say(account), "amount": amount} | ({"entity": entity} if entity else {})


def test_each_side_has_its_title_and_its_sum() -> None:
    found = lines([row("income", "Fines", 500), row("income", "Grants", 3400), row("expenditure", "Rent", 2000)])
    assert found[found.index("Expenditure") :] == [
        "Expenditure", "Rent 20.00", "", "Total 20.00", "", "Income", "Fines 5.00", "Grants 34.00", "", "Total 39.00",
        "Surplus: 19.00",
    ]  # fmt: skip


def test_a_side_without_rows_adds_up_to_nothing() -> None:
    found = lines([row("income", "Fines", 500)])
    assert found[found.index("Expenditure") :][:3] == ["Expenditure", "", "Total -"]


def test_one_entity_follows_the_other_with_its_own_sums() -> None:
    rows = [row("income", "Fines", 500, "A"), row("income", "Fines", 700, "B"), row("expenditure", "Rent", 100, "B")]
    found = lines(rows, (Column("entity", "Entity"), *COLUMNS))
    assert [line for line in found if line.startswith(("A ", "B "))] == [
        "A · Expenditure", "A · Income", "A Fines 5.00", "B · Expenditure", "B Rent 1.00", "B · Income", "B Fines 7.00",
    ]  # fmt: skip
    assert [line.split()[-1] for line in found if "Total" in line] == ["-", "5.00", "1.00", "7.00"]


def test_an_empty_statement_says_so_once() -> None:
    found = lines([])
    assert found.count("Nothing was posted in this period.") == 1
