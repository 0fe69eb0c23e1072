"""What verify sees of loans by a product: their terms are those noted of the meeting, and they are reckoned so."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bookkeeper.books.members import Member
from bookkeeper.commands import audit, entities, loan_products, meetings, members
from bookkeeper.commands.act import Office
from bookkeeper.definitions.loan_product import products_of_toml
from bookkeeper.rules.meeting import PRESENT, MeetingSheet, NewLoan, Repaid, SheetRow
from bookkeeper.rules.money import Paise
from bookkeeper.store.engine import create_books

PRODUCTS = """
[[product]]
key = "well"
name = "Well loan"
rate = "12"
method = "equal-principal"
instalments = 10
due_day = 5
round_interest = "1"
[product.penalty]
rate = "24"
[[product.fees]]
name = "Survey"
account = "other-income"
amount = "200"
how = "capitalised"
[[product.fees]]
name = "Insurance"
account = "other-income"
percent = "1"
[[product.fees]]
name = "Form"
account = "stationery"
amount = "10"
how = "paid"
"""


def rupees(amount: int) -> Paise:
    return Paise(amount * 100)


@pytest.fixture(scope="module")
def lent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A group that lent 1,000 by a product: 1,200 are owed with the survey, 120 and 12 fall due each month."""
    path = tmp_path_factory.mktemp("lent") / "lent.books"
    office = Office(
        create_books(path, "00000000-0000-4000-8000-000000000012", "2024-06-30T04:30:00Z"),
        clock=lambda: dt.datetime(2024, 6, 30, 10, 0, tzinfo=dt.UTC),
    )
    entities.add(office, "", "SHG1", "Savitri", "shg", starts="2023-04-01")
    members.import_(office, "", "SHG1", [Member(str(n), f"Member {n}", joined="2023-04-01") for n in (1, 2, 3)], "")
    loan_products.set_products(office, "", "SHG1", products_of_toml(PRODUCTS, "p.toml"))
    saves = SheetRow("3", PRESENT, savings=rupees(50_000))
    well = SheetRow("1", PRESENT, new_loan=NewLoan(rupees(1000), product="well"))
    own = SheetRow("2", PRESENT, new_loan=NewLoan(rupees(500)))
    pays = [SheetRow("1", PRESENT, repaid=(Repaid(repayment=rupees(amount)),)) for amount in (100, 200)]
    meetings.post_meetings(
        office, "", "SHG1",
        [
            MeetingSheet("2023-05-05", 1, rows=(saves, own, well)),
            MeetingSheet("2023-06-05", 2, rows=(pays[0],)),
            MeetingSheet("2023-07-05", 3, rows=(pays[1],)),
        ],
    )  # fmt: skip
    office.close()
    return path


@pytest.fixture
def copy(lent: Path, tmp_path: Path) -> Path:
    path = tmp_path / "copy.books"
    with closing(sqlite3.connect(lent)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
    return path


def sentences(path: Path) -> list[str]:
    return [finding.sentence for finding in audit.verify(path).findings]


def test_what_was_lent_by_a_product_is_sound(lent: Path) -> None:
    assert sentences(lent) == []


OWN = "WHERE entity = 1 AND number = 2"


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        (f"UPDATE loan SET terms = replace(terms, '\"rate\":\"12\"', '\"rate\":\"6\"') {OWN}",
         "given in meeting 1 of 2023-05-05 to member 1: its terms are not those of the notes to the meeting: rate."),
        (f"UPDATE loan SET terms = '' {OWN}", "are not those of the notes to the meeting: day_count, due_day, every"),
        (f"UPDATE loan SET product = 'cif' {OWN}", "its product is cif, the notes to the meeting say well"),
        (f"UPDATE loan SET rate_per_month = '2' {OWN}", "its rate is 2, the notes to the meeting say 1"),
        (f"UPDATE loan SET instalments = 9 {OWN}", "its number of instalments is 9"),
        (f"UPDATE loan SET first_due = '2023-08-05' {OWN}", "its first day is 2023-08-05"),
        ("UPDATE loan SET product = 'well' WHERE number = 1", "to member 2: its product is well, the sheet and"),
        ("UPDATE loan SET terms = (SELECT terms FROM loan WHERE number = 2) WHERE number = 1",
         "it has the terms of a product, the sheet names none"),
        ("UPDATE meeting SET sheet = replace(sheet, '\"product\":\"well\"', '\"product\":\"cif\"')",
         "the sheet says cif of its product, the notes well"),
        ("UPDATE meeting SET notes = replace(notes, '\"amount\":\"200.00\"', '\"amount\":\"100.00\"')",
         "its amount is 1200.00, the notes to the meeting say 1100.00"),
        ("UPDATE meeting SET notes = replace(notes, '\"how\":\"deducted\"', '\"how\":\"paid\"')",
         "the sheet has 1500.00, its vouchers 1490.00 credited to 1001 Cash in hand"),
        ("UPDATE posting SET paise = paise - 1000 WHERE loan = 2 AND paise = -1200",
         "loan 2 paid 22.00 of interest in meeting 2 of 2023-06-05, but 12.00 was due"),
        (f"UPDATE loan SET terms = '{{{{}}}}' {OWN}", "no plan can be made of its terms"),
        ("INSERT INTO loan_settled VALUES (1, 2)", "loan 2 is marked as settled, but member 1 owes"),
    ],
)  # fmt: skip
def test_a_loan_that_was_changed_behind_the_program_is_named(
    copy: Path, breaking: Callable[..., None], statement: str, says: str
) -> None:
    breaking(copy, statement)
    found = sentences(copy)
    assert any(says in sentence for sentence in found), "\n".join(found)


def test_the_meetings_agree_with_the_chain_that_guards_the_terms(copy: Path, breaking: Callable[..., None]) -> None:
    """Who changes the terms in both places is seen by the chain."""
    breaking(
        copy,
        'UPDATE loan SET terms = replace(terms, \'"rate":"12"\', \'"rate":"6"\'), rate_per_month = \'0.5\' '
        "WHERE number = 2",
        'UPDATE meeting SET notes = replace(replace(notes, \'"rate":"12"\', \'"rate":"6"\'), '
        '\'"rate_per_month":"1"\', \'"rate_per_month":"0.5"\') WHERE number = 1',
    )
    found = sentences(copy)
    assert any("meeting 1 of 2023-05-05 was changed after it was posted" in sentence for sentence in found)
    assert not any("its terms are" in sentence for sentence in found)
