"""Every act: one transaction, for a user who has the right, with one row in the log, and done once for each key."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bookkeeper import commands
from bookkeeper.books.members import Member
from bookkeeper.commands import act, entities, loan_products, meetings, members, vouchers, years
from bookkeeper.commands.act import ACTS, RIGHTS, Done, Office
from bookkeeper.definitions.chart import Head
from bookkeeper.definitions.loan_product import products_of_toml
from bookkeeper.errors import BadInput, BookError, Refused
from bookkeeper.rules.cut_off import CutOff, CutOffHead
from bookkeeper.rules.meeting import MeetingSheet, SheetRow
from bookkeeper.rules.money import Paise
from tests.scenarios.clerk import Clerk, contents, receipt

for _module in pkgutil.iter_modules(commands.__path__):
    importlib.import_module(f"bookkeeper.commands.{_module.name}")


@dataclass(frozen=True)
class Tried:
    """An act as it is done here: what it is given when it goes well, and when it is refused."""

    perform: Callable[..., Done]
    good: tuple[Any, ...]
    bad: tuple[Any, ...]


NEW = Head("9001", "Second bank", "asset", "bank", False, "", "")  # noqa: FBT003 - not the default of its role
FINE = receipt("2024-05-05", "fines", "10")
PRODUCT = """
[[product]]
key = "seeds"
name = "Seeds"
rate = "10"
method = "flat"
instalments = 4
[[product.fees]]
name = "Form"
account = "other-income"
amount = "5"
"""
CUT_OFF = CutOff("2023-03-31", heads=(CutOffHead("cash", Paise(500)), CutOffHead("surplus", Paise(-500))))
TRIED: dict[str, Tried] = {
    "entity add": Tried(entities.add, ("SHG2", "Sita", "shg"), ("SHG1", "Sita", "shg")),
    "entity set": Tried(entities.set_, ("SHG1", "place", "Wardha"), ("SHG1", "colour", "red")),
    "account add": Tried(entities.add_head, ("SHG1", NEW), ("SHG1", Head("1001", "X", "asset", "", True, "", ""))),  # noqa: FBT003
    "member add": Tried(members.add, ("SHG1", Member("4", "Sita")), ("SHG1", Member("1", "Sita"))),
    "member import": Tried(members.import_, ("SHG1", [Member("4", "Sita")], ""), ("SHG1", [], "")),
    "member set": Tried(members.set_, ("SHG1", "1", "phone", "98"), ("SHG1", "1", "joined", "2024-04-01")),
    "member leave": Tried(members.leave, ("SHG1", "1", "2024-05-05", "moved"), ("SHG1", "9", "2024-05-05", "moved")),
    "post": Tried(vouchers.post_vouchers, ("SHG1", [FINE]), ("SHG1", [FINE, receipt("2026-05-05", "fines", "1")])),
    "reverse": Tried(
        vouchers.reverse_voucher,
        ("SHG1", "R1/2023-24", "2024-05-05", "wrong"),
        ("SHG1", "R9/2023-24", "2024-05-05", "x"),
    ),
    "correct": Tried(
        vouchers.correct_voucher,
        ("SHG1", "R1/2023-24", "2024-05-05", "wrong", [FINE]),
        ("SHG1", "R1/2023-24", "2024-05-05", "wrong", [FINE, receipt("2026-05-05", "fines", "1")]),
    ),
    "lock": Tried(years.lock, ("SHG1", "2024-04-30"), ("SHG1", "2026-04-30")),
    "close": Tried(years.close, ("SHG1", 2023), ("SHG1", 2025)),
    "rebuild": Tried(years.rebuild, ("SHG1",), ("SHG2",)),
    "loan product set": Tried(
        loan_products.set_products,
        ("SHG1", products_of_toml(PRODUCT, "p.toml")),
        ("SHG1", products_of_toml(PRODUCT.replace("other-income", "9999"), "p.toml")),
    ),
    "meeting post": Tried(
        meetings.post_meetings,
        ("SHG1", [MeetingSheet("2024-05-05", 1, rows=(SheetRow("1", "present", savings=Paise(10_000)),))]),
        ("SHG1", [MeetingSheet("2024-05-05", 1, rows=(SheetRow("9", "present"),))]),
    ),
    "meeting reverse": Tried(meetings.reverse_meeting, ("SHG1", 7, "wrong"), ("SHG1", 8, "wrong")),
    "opening post": Tried(
        meetings.post_opening,
        ("SHG8", CUT_OFF),
        ("SHG8", CutOff("2023-03-31", heads=(CutOffHead("cash", Paise(500)),))),
    ),
    "opening reverse": Tried(meetings.reverse_opening, ("SHG9", "wrong"), ("SHG1", "wrong")),
}
"""One line for each act: an act that is not here is not tried, so the first test wants it."""

EVERY = pytest.mark.parametrize("name", sorted(TRIED))


@pytest.fixture
def books(clerk: Clerk) -> Clerk:
    """Books with a voucher and a meeting of 2023-24, and two groups more, one of them with a cut-off sheet."""
    clerk.posts(receipt("2023-05-05", "fines", "100"))
    clerk.holds_meeting(MeetingSheet("2023-06-05", 7, rows=(SheetRow("2", "present", savings=Paise(10_000)),)))
    clerk.opens("SHG8").opens("SHG9")
    meetings.post_opening(clerk.office, "", "SHG9", CUT_OFF)
    return clerk.works_for("SHG1")


def test_every_act_is_tried_here() -> None:
    assert set(ACTS) == set(TRIED), "add the new act to TRIED: what it is given when it goes well, and when not"


@EVERY
def test_an_act_says_what_it_does_and_needs_a_right_that_there_is(name: str) -> None:
    assert ACTS[name].docstring.strip()
    assert ACTS[name].right in RIGHTS
    assert ACTS[name].changes


@EVERY
def test_an_act_leaves_one_row_in_the_log(books: Clerk, name: str) -> None:
    before = books.contents()["log"]
    done = TRIED[name].perform(books.office, "the-key", *TRIED[name].good)
    [row] = [row for row in books.contents()["log"] if row not in before]
    _, _, time, user, pc, logged, _, _, _, result, key, _, _ = row
    assert (time, user, pc, logged, key) == ("2025-06-15T04:30:00Z", 1, books.office.pc, name, "the-key")
    assert json.loads(str(result)) == done.result
    assert done.changed == ACTS[name].changes


@EVERY
def test_a_refused_act_leaves_every_table_as_it_was(books: Clerk, name: str) -> None:
    before = books.contents()
    with pytest.raises(BookError):
        TRIED[name].perform(books.office, "", *TRIED[name].bad)
    assert books.contents() == before


@EVERY
def test_an_act_whose_row_cannot_be_logged_is_not_done(
    books: Clerk, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = books.contents()

    def full(*_: object) -> None:
        message = "the log is full"
        raise Refused(message)

    monkeypatch.setattr(act, "log_act", full)
    with pytest.raises(Refused, match="the log is full"):
        TRIED[name].perform(books.office, "", *TRIED[name].good)
    assert books.contents() == before


@EVERY
def test_an_act_is_refused_to_a_user_without_its_right(books: Clerk, name: str) -> None:
    others = " ".join(right for right in RIGHTS if right != ACTS[name].right)
    office = books.works_as("Ravi", others)
    before = books.contents()
    with pytest.raises(Refused, match=f"Ravi has no right to {ACTS[name].right}"):
        TRIED[name].perform(office, "", *TRIED[name].good)
    assert books.contents() == before


@EVERY
def test_an_act_is_done_by_a_user_who_has_its_right_alone_and_named_in_the_log(books: Clerk, name: str) -> None:
    office = books.works_as("Ravi", f"look {ACTS[name].right}")
    TRIED[name].perform(office, "hers", *TRIED[name].good)
    [row] = [row for row in books.contents()["log"] if row[10] == "hers"]
    assert row[3] == 2


@EVERY
def test_the_same_key_answers_with_the_first_result_and_does_nothing_more(books: Clerk, name: str) -> None:
    first = TRIED[name].perform(books.office, "once", *TRIED[name].good)
    after = books.contents()
    again = TRIED[name].perform(books.office, "once", *TRIED[name].good)
    assert (again.result, again.changed) == (first.result, ())
    assert books.contents() == after


@EVERY
def test_the_key_of_another_act_is_refused(books: Clerk, name: str) -> None:
    other = "lock" if name != "lock" else "post"
    TRIED[other].perform(books.office, "once", *TRIED[other].good)
    before = books.contents()
    with pytest.raises(BadInput, match=rf"the key once belongs to another act \({other} in SHG1"):
        TRIED[name].perform(books.office, "once", *TRIED[name].good)
    assert books.contents() == before


@EVERY
def test_an_act_in_an_entity_that_there_is_not_is_refused(books: Clerk, name: str) -> None:
    if name == "entity add":
        pytest.skip("it makes the entity")
    before = books.contents()
    with pytest.raises(Refused, match=r"“NONE” is not an entity of these books. There are SHG1"):
        TRIED[name].perform(books.office, "", "NONE", *TRIED[name].good[1:])
    assert books.contents() == before


@EVERY
def test_a_key_of_a_refused_act_is_free_for_the_next_try(books: Clerk, name: str) -> None:
    with pytest.raises(BookError):
        TRIED[name].perform(books.office, "again", *TRIED[name].bad)
    TRIED[name].perform(books.office, "again", *TRIED[name].good)


def test_a_user_that_there_is_not_is_refused(books: Clerk) -> None:
    nobody = Office(books.office.books, "nobody", clock=books.office.clock)
    for ask in (lambda: entities.listed(nobody), lambda: vouchers.post_vouchers(nobody, "", "SHG1", [FINE])):
        with pytest.raises(Refused, match="these books have no user nobody"):
            ask()


def test_who_may_not_look_sees_nothing(books: Clerk) -> None:
    with pytest.raises(Refused, match="Ravi has no right to look"):
        entities.listed(books.works_as("Ravi", "enter post"))


def test_a_file_that_was_posted_before_is_refused_with_the_numbers_it_got(books: Clerk) -> None:
    digest = "ab" * 32
    books.posts(*[receipt("2024-05-05", "fines", "1")] * 8, file_digest=digest)
    told = "R1/2024-25, R2/2024-25, R3/2024-25, R4/2024-25, R5/2024-25, R6/2024-25 … R8/2024-25"
    with books.refuses(f"this file was posted already on 2025-06-15, as {told}.*--again"):
        books.posts(FINE, file_digest=digest)
    assert books.posts(FINE, file_digest=digest, again=True) == ["R9/2024-25"]
    books.opens("SHG2")
    assert books.posts(FINE, file_digest=digest) == ["R1/2024-25"]


def test_the_log_is_a_chain_of_each_group_s_acts(books: Clerk) -> None:
    books.opens("SHG2").posts(FINE)
    rows = contents(books.office)["log"]
    for entity in {row[0] for row in rows}:
        numbers = sorted(int(str(row[1])) for row in rows if row[0] == entity)
        assert numbers == list(range(1, len(numbers) + 1))
