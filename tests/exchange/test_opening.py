"""The cut-off sheet from JSON and from a workbook."""

# ruff: noqa: E501 - a case is one line

import datetime as dt
import io
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook as Book

from bookkeeper.errors import BadInput
from bookkeeper.exchange.faults import Faults
from bookkeeper.exchange.opening import read_cut_off, write_cut_off_form
from bookkeeper.exchange.opening_json import cut_off_of_json
from bookkeeper.rules.cut_off import BankItem, CutOff, CutOffHead, CutOffLoan, CutOffMember, plain
from bookkeeper.rules.money import Paise
from tests.exchange.test_fuzz import mutated

Write = Callable[[str, str | bytes], Path]
Refusal = Callable[[Callable[[Path], object], Path], str]
Fill = Callable[[Book], None]

LOAN = CutOffLoan(Paise(300000), 6, Paise(6000), "2", None, "2023-10-05", Paise(500000), "goat")
EXPECTED = CutOff(
    "2024-03-31",
    (CutOffMember("1", Paise(120000), Paise(5000), loans=(LOAN, CutOffLoan(Paise(10000), 1, method="flat"))),
     CutOffMember("2", special_savings=Paise(100))),
    (CutOffHead("cash", Paise(35000)), CutOffHead("surplus", Paise(-88000))),
    (BankItem(Paise(-50000), "2024-03-28", "cheque", "000120", "Pens"),),
)  # fmt: skip
WHOLE: dict[str, Any] = {
    "date": "2024-03-31",
    "members": [
        {"member": "1", "savings": "1200.00", "voluntary_savings": "50.00", "special_savings": "0.00", "loan": [
            {"outstanding": "3000.00", "interest_due": "60.00", "rate_per_month": "2", "instalments_left": 6,
             "disbursed": "2023-10-05", "principal": "5000.00", "purpose": "goat"},
            {"outstanding": 100, "instalments_left": "1", "method": "flat"}]},
        {"member": 2, "special_savings": 1},
    ],
    "accounts": [{"account": "cash", "debit": "350.00"}, {"account": "bank", "debit": "0.00"},
                 {"account": "surplus", "credit": "880.00"}],
    "bank_items": [{"number": "000120", "date": "2024-03-28", "amount": "-500.00", "kind": "cheque", "narration": "Pens"}],
}  # fmt: skip


def of(member: str = "", sheet: str = "") -> str:
    return f'{{"date": "2024-03-31", "members": [{{"member": "1"{member}}}]{sheet}}}'


def lent(loan: str) -> str:
    return of(f', "loan": {{{loan}}}')


def heads(head: str) -> str:
    return of(sheet=f', "accounts": [{{{head}}}]')


def test_every_key(write: Write) -> None:
    found = read_cut_off(write("o.json", json.dumps(WHOLE)))
    assert found.sheet == EXPECTED
    assert [head.row for head in found.sheet.heads] == [1, 3]
    assert found.place_of(0, 1, "savings") == "members, row 1, savings"
    assert found.place_of(0, 3, "credit") == "accounts, row 3, credit"
    assert found.place_of(0, None, "date") == "date"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (of(', "saving": "5"'), "members, row 1, saving: “saving” is no key that is read here. Did you mean “savings”?"),
        (of(', "savings": 1.5'), "members, row 1, savings: 1.5 is no whole number of rupees."),
        (of(', "savings": "-5"'), "members, row 1, savings: “-5” is negative."),
        (lent('"instalments_left": 6'), "members, row 1, loan, outstanding: a loan that still runs owes something."),
        (lent('"outstanding": "5"'), "members, row 1, loan, instalments_left: this may not be left out."),
        (lent('"outstanding": "5", "instalments_left": 1, "disbursed": "x"'), "members, row 1, loan, disbursed: “x” is not a date."),
        (lent('"outstanding": "5", "instalments_left": 1, "rate": "2"'), "members, row 1, loan, rate: “rate” is no key"),
        (of(', "loan": {"outstanding": "5", "instalments_left": 1}, "loans": []'), "members, row 1, loan: “loans” stands beside it."),
        (of(', "loans": ["x"]'), "members, row 1, loans 1: this is a text, not an object."),
        (of(', "loan": 5'), "members, row 1, loan: “loan” is an array of objects."),
        (of().replace('"1"', "null"), "members, row 1, member: this may not be left out."),
        (of().replace("}]", '}, {"member": 1}]'), "members, row 2, member: member 1 stands in row 1 already."),
        (heads('"account": "cash"'), "accounts, row 1, debit and credit: a line has a debit or a credit."),
        (heads('"account": "cash", "debit": "5", "credit": "6"'), "accounts, row 1, debit and credit: a line has a debit or a credit, not both."),
        (heads('"account": "cash", "debit": "-5"'), "accounts, row 1, debit: only a contra takes a negative amount."),
        (heads('"account": "cash", "debit": "x"'), "accounts, row 1, debit: “x” is not an amount."),
        (heads('"debit": "5"'), "accounts, row 1, account: this may not be left out."),
        (of(sheet=', "bank_items": [{"date": "2024-03-28"}]'), "bank_items, row 1, amount: there is no amount."),
        (of(sheet=', "bank_items": [7]'), "bank_items, row 1: this is the number 7, not an object."),
        (of(sheet=', "heads": []'), "heads: “heads” is no key that is read here."),
        ('{"members": []}', "date: this may not be left out."),
        ("[]", "this is no cut-off sheet. A cut-off sheet is an object"),
        ("{", "row 1: the file breaks off before the JSON ends."),
    ],
)  # fmt: skip
def test_what_is_wrong_in_json(write: Write, refusal: Refusal, text: str, told: str) -> None:
    assert refusal(read_cut_off, write("o.json", text)).startswith(told)


AMOUNT = st.integers(0, 10**12).map(Paise)
POSITIVE = st.integers(1, 10**12).map(Paise)
NAME = st.text("abcआशाé1-", min_size=1, max_size=9)
RUNNING = st.builds(
    CutOffLoan, POSITIVE, st.integers(1, 600), AMOUNT, st.none() | st.just("1.5"), st.none() | st.just("flat"),
    st.just("") | st.just("2023-01-01"), AMOUNT, st.just("") | NAME,
)  # fmt: skip
MEMBER = st.builds(CutOffMember, NAME, AMOUNT, AMOUNT, AMOUNT, st.lists(RUNNING, max_size=2).map(tuple))
HEAD = st.builds(CutOffHead, NAME, POSITIVE | POSITIVE.map(lambda amount: Paise(-amount)))
ITEM = st.builds(BankItem, POSITIVE, st.just("2024-03-28"), st.just("") | NAME, st.just("") | NAME, st.just("") | NAME)


@given(
    members=st.lists(MEMBER, max_size=4, unique_by=lambda one: one.member),
    there=st.lists(HEAD, max_size=3),
    items=st.lists(ITEM, max_size=2),
)
def test_what_the_program_writes_is_read_back(
    members: list[CutOffMember], there: list[CutOffHead], items: list[BankItem]
) -> None:
    sheet = CutOff("2024-03-31", tuple(members), tuple(there), tuple(items))
    faults = Faults("o.json")
    found = cut_off_of_json(json.dumps(plain(sheet)), faults)
    faults.refuse_if_any()
    assert found == sheet


@pytest.fixture
def form(tmp_path: Path) -> bytes:
    path = tmp_path / "form.xlsx"
    people = [("1", "=Asha"), ("2", "Usha")]
    write_cut_off_form(path, people, [("cash", "Cash"), ("bank", "Bank"), ("surplus", "Surplus")])
    return path.read_bytes()


def filled(data: bytes, fill: Fill) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill(book: Book) -> None:
    sheet, members, accounts, items = book.worksheets
    sheet["B2"] = dt.date(2024, 3, 31)
    amounts: dict[str, str | float] = {"C2": 1200, "D2": "50.00", "F2": 3000.0, "G2": 60, "H2": 2, "I2": 6, "E3": 1}
    for cell, amount in amounts.items():
        members[cell] = amount
    members["L2"] = "goat"
    members["J2"], members["K2"] = dt.date(2023, 10, 5), "5000"
    members.append(["1", None, None, None, None, 100, None, None, 1, None, None, None, "flat"])
    accounts["C2"], accounts["C3"], accounts["D4"] = 350, 0, "880.00"
    items.append(["2024-03-28", -500, "cheque", "000120", "Pens"])


def test_the_form_filled_in_is_the_sheet_of_the_json(write: Write, form: bytes) -> None:
    found = read_cut_off(write("o.xlsx", filled(form, fill)))
    assert found.sheet == EXPECTED
    assert found.place_of(0, 2, "savings") == "cell C2 of the sheet “Members”, savings"
    assert found.place_of(0, 2, "loan") == "cell F2 of the sheet “Members”, loan outstanding"
    assert found.place_of(0, 4, "credit") == "cell D4 of the sheet “Accounts”, credit"
    assert found.place_of(0, 4, "account") == "cell A4 of the sheet “Accounts”, account"
    assert found.place_of(0, None, "date") == "cell B2 of the sheet “Sheet”, date"


def test_a_rate_is_read_as_it_is_shown_and_nothing_else_is_percent(write: Write, refusal: Refusal, form: bytes) -> None:
    def in_percent(book: Book) -> None:
        fill(book)
        book.worksheets[1]["H2"], book.worksheets[1]["H2"].number_format = 0.02, "0%"

    def savings(book: Book) -> None:
        in_percent(book)
        book.worksheets[1]["C2"].number_format = "0.00%"

    assert read_cut_off(write("o.xlsx", filled(form, in_percent))).sheet == EXPECTED
    said = refusal(read_cut_off, write("p.xlsx", filled(form, savings)))
    assert said.startswith("cell C2 of the sheet “Members”, savings: this is shown as 120000%, and is no rate.")


def test_a_hidden_row_is_read_and_told(write: Write, form: bytes) -> None:
    def hide(book: Book) -> None:
        fill(book)
        for sheet, row in ((1, 2), (2, 2), (2, 3), (3, 2), (0, 2)):
            book.worksheets[sheet].row_dimensions[row].hidden = True
        book.worksheets[2]["C3"] = None

    found = read_cut_off(write("o.xlsx", filled(form, hide)))
    assert found.sheet == EXPECTED
    told = ["row 2 of the sheet “Sheet”", "row 2 of the sheet “Members”", "row 2 of the sheet “Accounts”",
            "row 2 of the sheet “Bank items”"]  # fmt: skip
    assert list(found.hidden) == [f"{one} is hidden and was read." for one in told]


def test_an_empty_form_lacks_its_day_alone(write: Write, refusal: Refusal, form: bytes) -> None:
    told = "cell B2 of the sheet “Sheet”, date: the day of the cut-off is missing."
    assert refusal(read_cut_off, write("o.xlsx", form)).startswith(told)


def test_a_form_cannot_take_the_place_of_a_folder(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="the form cannot be written"):
        write_cut_off_form(tmp_path, [], [])


def at(sheet: int, cell: str, value: str | float | dt.date | None) -> Fill:
    def put(book: Book) -> None:
        book.worksheets[sheet][cell] = value

    return put


MISTAKES: list[tuple[Fill, str]] = [
    (at(1, "C2", "abc"), "cell C2 of the sheet “Members”, savings: “abc” is not an amount."),
    (at(1, "C2", -1), "cell C2 of the sheet “Members”, savings: “-1” is negative."),
    (at(1, "C2", "=A1"), "cell C2 of the sheet “Members”, savings: there is a formula in this cell."),
    (at(1, "C2", dt.date(2024, 1, 1)), "cell C2 of the sheet “Members”, savings: the spreadsheet has made a day"),
    (at(1, "F3", 5), "cell I3 of the sheet “Members”, instalments left: this is missing of the loan."),
    (at(1, "I3", 5), "cell F3 of the sheet “Members”, loan outstanding: this is missing of the loan."),
    (at(1, "A3", None), "cell A3 of the sheet “Members”, member: this row has no number of a member."),
    (at(1, "A3", "1"), "cell A3 of the sheet “Members”, member: member 1 stands in row 2 already."),
    (at(1, "B9", "Total"), "cell B9 of the sheet “Members”, name: this is a row of totals."),
    (at(1, "C1", "saving"), "row 1, saving: “saving” is no column that is read here. Did you mean “savings”?"),
    (at(1, "D1", "savings"), "row 1, savings: the column “savings” stands twice."),
    (at(2, "A3", None), "cell A3 of the sheet “Accounts”, account: this row has no account."),
    (at(2, "D2", 5), "cell C2 of the sheet “Accounts”, debit: a line has a debit or a credit, not both."),
    (at(2, "B9", "एकूण"), "cell B9 of the sheet “Accounts”, name: this is a row of totals."),
    (at(3, "C2", "cheque"), "cell B2 of the sheet “Bank items”, amount: there is no amount."),
    (at(0, "A3", "place"), "cell A3 of the sheet “Sheet”, field: “place” is no line of this sheet."),
    (at(0, "A3", "date"), "cell A3 of the sheet “Sheet”, field: “date” stands twice."),
    (at(0, "B2", "31.3.2024"), "cell B2 of the sheet “Sheet”, date: “31.3.2024” is not a date."),
    (lambda book: setattr(book.worksheets[1], "title", "People"), "the sheet “People” is none of a cut-off sheet's."),
    (
        lambda book: book.worksheets[1].merge_cells("C2:C3"),
        "cell C2:C3: the cells C2:C3 of the sheet “Members” are merged.",
    ),
]


def due(book: Book) -> None:
    at(0, "B2", "2024-03-31")(book)
    at(2, "C2", 5)(book)


@pytest.mark.parametrize(("mistake", "told"), MISTAKES, ids=range(len(MISTAKES)))
def test_what_is_wrong_in_a_workbook(write: Write, refusal: Refusal, form: bytes, mistake: Fill, told: str) -> None:
    data = filled(filled(form, due), mistake)
    assert refusal(read_cut_off, write("o.xlsx", data)).startswith(told)


def test_neither_members_nor_accounts(write: Write, refusal: Refusal, form: bytes) -> None:
    def cut(book: Book) -> None:
        book.remove(book.worksheets[1])
        book.remove(book.worksheets[1])

    assert "neither “Members” nor “Accounts”" in refusal(read_cut_off, write("o.xlsx", filled(form, cut)))


@pytest.mark.slow
@settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=mutated(json.dumps(WHOLE, ensure_ascii=False).encode()))
def test_a_mutated_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "o.json"
    path.write_bytes(data)
    with suppress(BadInput):
        read_cut_off(path)
