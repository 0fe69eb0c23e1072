"""The loan repayment card, by hand: what is due and when, and the day and amount of what was wholly paid."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from bookkeeper.commands import entities, meetings
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.errors import BadInput
from bookkeeper.printing.data import write_csv, write_json
from bookkeeper.printing.plain import write_text
from bookkeeper.registers.repayment_schedule import Payment, settled
from bookkeeper.report import Report, Say
from bookkeeper.rules.cut_off import CutOff, CutOffHead, CutOffLoan, CutOffMember
from bookkeeper.rules.meeting import PRESENT, MeetingSheet, NewLoan, Repaid, SheetRow
from bookkeeper.rules.money import Paise
from bookkeeper.rules.schedules import Instalment
from bookkeeper.words import language
from tests.registers.books import Clerk, voucher
from tests.registers.worked_example import cells, holds

NAME = "repayment-schedule"
PLAN = ("number", "due", "principal", "interest", "instalment", "outstanding")
PAID = ("number", "paid_on", "paid")


@pytest.fixture(name="group")
def lending_group(clerk: Clerk) -> Clerk:
    """Member 1 has borrowed 8,000 at 2 % a month in ten instalments, on 5 April 2024."""
    entities.set_(clerk.office, "", clerk.code, "loan-rate-per-month", "2")
    clerk.posts(voucher("receipt", "2024-04-01", ("cash", 5_000_000), ("grants", -5_000_000)))
    lent = NewLoan(Paise(800_000), "kokum press", 10)
    holds(clerk, MeetingSheet("2024-04-05", 1, rows=(SheetRow("1", PRESENT, new_loan=lent),)))
    return clerk


def pays(clerk: Clerk, day: str, number: int, principal: int, interest: int, member: str = "1") -> None:
    """Hold a meeting in which she pays so many rupees."""
    repaid = (Repaid(Paise(principal * 100), Paise(interest * 100)),)
    holds(clerk, MeetingSheet(day, number, rows=(SheetRow(member, PRESENT, repaid=repaid),)))


def paid(clerk: Clerk, **asks: Any) -> list[tuple[int, str, int]]:  # noqa: ANN401  # whatever a report may be asked
    """Read which instalments are paid, when, and how many rupees."""
    rows = clerk.reads(NAME, **asks)
    return [(row["number"], row["paid_on"], row["paid"] / 100) for row in rows if row["paid_on"]]


def test_what_is_due_of_eight_thousand_in_ten_instalments(group: Clerk) -> None:
    # 800 each; 2 % of 8,000, 7,200 … 800: 160, 144 … 16; in all 880
    rows = group.reads(NAME)
    assert cells(rows, *PLAN) == [
        (1, "2024-05-05", 80_000, 16_000, 96_000, 720_000),
        (2, "2024-06-05", 80_000, 14_400, 94_400, 640_000),
        (3, "2024-07-05", 80_000, 12_800, 92_800, 560_000),
        (4, "2024-08-05", 80_000, 11_200, 91_200, 480_000),
        (5, "2024-09-05", 80_000, 9_600, 89_600, 400_000),
        (6, "2024-10-05", 80_000, 8_000, 88_000, 320_000),
        (7, "2024-11-05", 80_000, 6_400, 86_400, 240_000),
        (8, "2024-12-05", 80_000, 4_800, 84_800, 160_000),
        (9, "2025-01-05", 80_000, 3_200, 83_200, 80_000),
        (10, "2025-02-05", 80_000, 1_600, 81_600, 0),
    ]
    assert {(row["loan"], row["member"], row["name"]) for row in rows} == {("1", "1", "Asha Patil")}
    assert {(row["paid_on"], row["paid"]) for row in rows} == {(None, None)}
    assert group.totals == {"principal": 800_000, "interest": 88_000, "instalment": 888_000, "paid": 0}


def test_what_is_paid_in_time_is_told_with_its_day(group: Clerk) -> None:
    pays(group, "2024-05-05", 2, 800, 160)
    pays(group, "2024-06-05", 3, 800, 144)
    assert paid(group) == [(1, "2024-05-05", 960), (2, "2024-06-05", 944)]
    assert group.totals["paid"] == 190_400


def test_a_card_of_an_earlier_day_knows_nothing_of_later_payments(group: Clerk) -> None:
    pays(group, "2024-05-05", 2, 800, 160)
    pays(group, "2024-06-05", 3, 800, 144)
    assert paid(group, as_of="2024-06-04") == [(1, "2024-05-05", 960)]
    assert group.reads(NAME, as_of="2024-04-04") == []


def test_an_instalment_paid_in_parts_is_paid_on_the_day_of_the_last(group: Clerk) -> None:
    pays(group, "2024-05-05", 2, 300, 160)
    assert paid(group) == []
    pays(group, "2024-06-05", 3, 500, 0)
    assert paid(group) == [(1, "2024-06-05", 960)]


def test_principal_without_its_interest_is_no_instalment(group: Clerk) -> None:
    pays(group, "2024-05-05", 2, 800, 0)
    pays(group, "2024-06-05", 3, 800, 100)
    assert paid(group) == []


def test_interest_alone_pays_no_instalment(group: Clerk) -> None:
    for number, day in enumerate(
        ("2024-05-05", "2024-06-05", "2024-07-05", "2024-08-05", "2024-09-05", "2024-10-05"), 2
    ):
        pays(group, day, number, 0, 160)
    assert paid(group) == []


def test_two_instalments_paid_together_late(group: Clerk) -> None:
    # nothing in May; in June interest of both months on the whole 8,000: 320, of which 16 belong to no instalment yet
    holds(group, MeetingSheet("2024-05-05", 2, rows=(SheetRow("1", PRESENT),)))
    pays(group, "2024-06-05", 3, 1_600, 320)
    assert paid(group) == [(1, "2024-06-05", 960), (2, "2024-06-05", 944)]


def test_who_pays_ahead_has_paid_the_next_when_its_smaller_interest_is_paid(group: Clerk) -> None:
    # 1,600 in May leave 6,400: June's interest is 128, not 144
    pays(group, "2024-05-05", 2, 1_600, 160)
    assert paid(group) == [(1, "2024-05-05", 960)]
    pays(group, "2024-06-05", 3, 0, 128)
    assert paid(group) == [(1, "2024-05-05", 960), (2, "2024-06-05", 928)]


def test_what_a_reversal_took_back_is_not_paid(group: Clerk) -> None:
    pays(group, "2024-05-05", 2, 800, 160)
    meetings.reverse_meeting(group.office, "", group.code, 2, "wrong sheet")
    assert paid(group) == []
    pays(group, "2024-06-05", 3, 1_600, 320)
    assert [day for _, day, _ in paid(group)] == ["2024-06-05", "2024-06-05"]


def test_a_loan_paid_off_has_no_card_and_each_other_has_one(group: Clerk) -> None:
    lent = NewLoan(Paise(50_000), "books", 1)
    holds(group, MeetingSheet("2024-05-05", 2, rows=(SheetRow("2", PRESENT, new_loan=lent),)))
    assert [row["loan"] for row in group.reads(NAME)] == ["1"] * 10 + ["2"]
    assert [row["loan"] for row in group.reads(NAME, member="2")] == ["2"]
    assert group.reads(NAME, member="3") == []
    pays(group, "2024-06-05", 3, 500, 10, member="2")
    assert {row["loan"] for row in group.reads(NAME)} == {"1"}


def test_sixty_instalments_stand_one_after_the_other(group: Clerk) -> None:
    lent = NewLoan(Paise(60_000_00), "house", 60)
    pay_in = voucher("receipt", "2024-05-01", ("cash", 60_000_00), ("grants", -60_000_00))
    group.posts(pay_in)
    holds(group, MeetingSheet("2024-05-05", 2, rows=(SheetRow("2", PRESENT, new_loan=lent),)))
    rows = group.reads(NAME, member="2")
    assert len(rows) == 60
    assert (rows[-1]["due"], rows[-1]["outstanding"]) == ("2029-05-05", 0)
    assert group.totals["principal"] == 60_000_00


def test_a_loan_of_the_cut_off_pays_its_old_interest_first(clerk: Clerk) -> None:
    # 300 owed in 3 instalments, 6 of interest due at the cut-off; interest 2 % of 300: 6 in April
    entities.set_(clerk.office, "", clerk.code, "loan-rate-per-month", "2")
    loan = CutOffLoan(Paise(30_000), 3, Paise(600), "2", disbursed="2023-10-05", principal=Paise(50_000))
    heads = (CutOffHead("surplus", Paise(-30_000)),)
    meetings.post_opening(
        clerk.office, "", clerk.code, CutOff("2024-03-31", members=(CutOffMember("2", loans=(loan,)),), heads=heads)
    )
    repaid = SheetRow("2", PRESENT, repaid=(Repaid(Paise(10_000), Paise(600)),))
    holds(clerk, MeetingSheet("2024-04-05", 1, rows=(repaid,)))
    assert paid(clerk) == []
    clerk.posts(voucher("receipt", "2024-04-20", ("cash", 600), ("interest-on-member-loans", -600, "2")))
    assert paid(clerk) == [(1, "2024-04-20", 106)]


def read(clerk: Clerk, **asks: Any) -> Report:  # noqa: ANN401  # whatever a report may be asked
    with prepared(clerk.office, ReportAsk(NAME, **asks)) as printout:
        report = printout.table()
        report.rows = list(report.rows)
    return report


def test_the_head_says_whose_loan_it_is_and_on_what_terms(group: Clerk) -> None:
    (part,) = read(group).parts
    (about,) = part.rows
    say = language("en").text
    assert {key: say(value) if key == "name" else value for key, value in about.items()} == {
        "loan": "1", "member": "1", "name": "Asha Patil", "lent": 800_000, "given": "2024-04-05", "rate": "2",
        "purpose": Say("kokum press"),
    }  # fmt: skip


def test_every_medium_names_loan_and_member_in_each_row(group: Clerk) -> None:
    lent = NewLoan(Paise(100_000), "books", 2)
    holds(group, MeetingSheet("2024-05-05", 2, rows=(SheetRow("2", PRESENT, new_loan=lent),)))
    out = io.StringIO()
    write_json(read(group), language("en"), out)
    told = json.loads(out.getvalue())
    assert [(row["loan"], row["member"], row["instalment"]) for row in told["rows"]][9:11] == [
        ("1", "1", "816.00"), ("2", "2", "520.00"),
    ]  # fmt: skip
    out = io.StringIO()
    write_csv(read(group), language("en"), out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert (rows[10]["loan"], rows[10]["name"], rows[10]["due"]) == ("2", "Bharati Naik", "2024-06-05")
    assert not {"initials", "Initials"} & rows[0].keys()
    out = io.StringIO()
    write_text(read(group), language("en"), out)
    lines = [" ".join(line.split()) for line in out.getvalue().splitlines()]
    assert "2 2 Bharati Naik 1 05-06-2024 500.00 20.00 520.00 500.00" in lines
    assert "2 2 Bharati Naik 1,000.00 05-05-2024 2 books" in lines


def test_a_member_that_there_is_not_is_refused(group: Clerk) -> None:
    with pytest.raises(BadInput, match="there is no member 77"):
        group.reads(NAME, member="77")


# How payments fill instalments, without books

PLANNED = [
    ("2024-05-05", Instalment(1, Paise(100), Paise(6), Paise(200))),
    ("2024-06-05", Instalment(2, Paise(100), Paise(4), Paise(100))),
    ("2024-07-05", Instalment(3, Paise(100), Paise(2), Paise(0))),
]


@pytest.mark.parametrize(
    ("paid_in", "before", "clear", "found"),
    [
        ([], 0, True, []),
        ([("2024-05-05", 100, 6)], 0, False, [("2024-05-05", 106)]),
        ([("2024-05-05", 100, 5)], 0, False, []),
        ([("2024-05-05", 99, 6)], 0, True, []),
        ([("2024-05-05", 100, 6)], 3, False, []),
        ([("2024-05-05", 100, 9)], 3, False, [("2024-05-05", 106)]),
        ([("2024-05-05", 300, 6)], 0, True, [("2024-05-05", 106)]),
        ([("2024-05-05", 300, 6), ("2024-06-05", 0, 1)], 0, True, [("2024-05-05", 106), ("2024-06-05", 101)]),
        ([("2024-05-05", 300, 12)], 0, False, [("2024-05-05", 106), ("2024-05-05", 104), ("2024-05-05", 102)]),
        ([("2024-04-20", 100, 0)], 0, True, []),
        ([("2024-09-01", 200, 20)], 0, True, [("2024-09-01", 106), ("2024-09-01", 104)]),
    ],
)
def test_payments_fill_instalments_oldest_first(
    paid_in: list[tuple[str, int, int]],
    before: int,
    found: list[tuple[str, int]],
    *,
    clear: bool,
) -> None:
    assert settled(PLANNED, [Payment(*one) for one in paid_in], before, lambda _: clear) == found
