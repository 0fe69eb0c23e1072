"""The meeting's page: it demands what the register demands, and says of a meeting what posting noted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bookkeeper.books import meetings as book
from bookkeeper.commands import books, entities, sheets
from bookkeeper.commands.act import Office
from bookkeeper.commands.meetings import post_meetings
from bookkeeper.commands.next_sheet import next_day
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.errors import BadInput, Fault, Refused
from bookkeeper.ledger.entities import entity_of
from bookkeeper.report import Amount, Person
from bookkeeper.rules.meeting import ABSENT, PRESENT, FootLine, HeadAmount, MeetingSheet, NewLoan, Repaid, SheetRow
from bookkeeper.rules.money import Paise
from tests.scenarios.clerk import Clerk, receipt

SAVED = Paise(10_000)


@pytest.fixture(scope="module", name="practice")
def practice_books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Two years of the worked group SAV, whose next meeting, the 37th, is held on 5 April 2025."""
    office = books.new_books(tmp_path_factory.mktemp("practice") / "practice.books", "practice")
    yield office
    office.close()


def on_the_sheet(office: Office, day: str) -> tuple[list[tuple[object, ...]], int]:
    """What the blank sheet of a day says of each member and loan, and the cash before."""
    with prepared(office, ReportAsk("meeting-sheet", ("SAV",), as_of=day)) as printout:
        made = printout.table()
        keys = ("member", "due_savings", "fine_due", "savings_balance")
        loan = ("loan", "outstanding", "due_principal", "due_interest", "due_penalty")
        rows = [tuple(row.get(key) or 0 for key in (*keys, *loan)) for row in made.rows]
        assert made.extra_totals is not None
        return rows, made.extra_totals()["balance_before"]


@pytest.mark.parametrize("day", ["2025-04-05", "2025-04-20", "2025-07-05"])
def test_the_page_demands_what_the_register_demands(practice: Office, day: str) -> None:
    found = sheets.coming(practice, "SAV", day)
    rows: list[tuple[object, ...]] = []
    for one in found.members:
        hers = (one.due_savings, one.fine_due, one.savings_balance)
        for place, loan in enumerate(one.loans or (sheets.LoanDue(0, 0, 0, 0, 0, 0, 0),)):
            due = (loan.outstanding, loan.principal_due, loan.interest_due, loan.penalty_due)
            rows.append(
                (one.number, *(hers if place == 0 else (0, 0, 0)), str(loan.number) if loan.number else 0, *due)
            )
    assert (rows, found.cash_before) == on_the_sheet(practice, day)
    assert sum(one.due_savings for one in found.members) > 0


def test_the_next_meeting_is_expected_as_the_last_ones_were_held(practice: Office) -> None:
    found = sheets.coming(practice, "SAV")
    assert (found.number, found.date, found.last) == (37, "2025-04-05", "2025-03-05")
    assert (found.place, found.time) == ("Anganwadi, Kudal", "15:00")
    assert found.agenda[0] == "Prayer and roll call"
    assert found.signed_by == ("10", "2", "13")
    assert found.rule.instalments == 10
    assert found.rule.savings_amount == SAVED
    assert found.products[0].own_rule
    assert [one.role for one in found.banks] == ["bank"]
    assert sheets.FootUsed("payment", "travel", "Bus fare to the bank", "cash") in found.foot_used


def test_of_an_overdue_loan_the_page_says_which_part_is_overdue(practice: Office) -> None:
    [nanda] = [one for one in sheets.coming(practice, "SAV").members if one.number == "9"]
    [loan] = nanda.loans
    assert (loan.principal_due, loan.principal_overdue, loan.interest_due, loan.interest_overdue) == (
        100_000, 50_000, 4_000, 2_000,
    )  # fmt: skip
    assert (loan.rate_per_month, loan.method, loan.purpose) == ("2", "equal-principal", "two milch goats")


@pytest.mark.parametrize(
    ("days", "of_month", "expected"),
    [
        (["2024-04-05"], None, "2024-05-05"),
        (["2024-01-31"], None, "2024-02-29"),
        (["2023-12-31", "2024-01-31", "2024-02-29"], None, "2024-03-31"),
        (["2024-03-05", "2024-04-05", "2024-05-06"], None, "2024-06-05"),
        (["2024-03-05", "2024-04-05"], 12, "2024-05-12"),
        (["2024-04-01", "2024-04-08", "2024-04-15"], None, "2024-04-22"),
        (["2024-04-01", "2024-04-15", "2024-04-29"], None, "2024-05-13"),
        (["2024-04-01", "2024-04-11", "2024-04-21"], None, "2024-05-01"),
        (["2024-01-10", "2024-04-10", "2024-07-10"], None, "2024-10-10"),
        (["2024-04-05", "2024-04-05"], None, "2024-05-05"),
    ],
)
def test_months_keep_the_day_and_weeks_the_weekday(days: list[str], of_month: int | None, expected: str) -> None:
    assert next_day(days, of_month) == expected


@pytest.fixture(name="group")
def small_group(clerk: Clerk) -> Clerk:
    """Three members who have met once: member 2 borrowed 90, member 3 was absent and is fined 5."""
    entities.set_(clerk.office, "", "SHG1", "savings-amount", "100")
    entities.set_(clerk.office, "", "SHG1", "fine-absent", "5")
    new = NewLoan(Paise(9_000), "seeds", 3, "2")
    rows = (SheetRow("1", PRESENT, savings=SAVED), SheetRow("2", PRESENT, savings=SAVED, new_loan=new), SheetRow("3"))
    clerk.holds_meeting(MeetingSheet("2024-04-05", 1, place="School", rows=rows))
    return clerk


def test_of_a_group_that_never_met_today_is_the_first_meeting(clerk: Clerk) -> None:
    found = sheets.coming(clerk.office, "SHG1")
    assert (found.number, found.date, found.last, found.place) == (1, "2025-06-15", "", "")
    assert found.columns == sheets.ColumnsUsed()
    assert [one.number for one in found.members] == ["1", "2", "3"]


def test_columns_are_those_that_the_group_uses(group: Clerk) -> None:
    assert sheets.coming(group.office, "SHG1").columns == sheets.ColumnsUsed()
    group.posts(receipt("2024-04-06", "voluntary-savings", "30", "1"))
    found = sheets.coming(group.office, "SHG1")
    assert found.columns == sheets.ColumnsUsed(voluntary=True)
    assert [(one.withdrawable, one.savings_balance) for one in found.members] == [(3_000, 13_000), (0, 10_000), (0, 0)]
    other = (HeadAmount("membership-fees", Paise(1_000)),)
    row = SheetRow("1", PRESENT, savings=SAVED, withdrawal=Paise(1_000), other=other)
    group.holds_meeting(MeetingSheet("2024-05-05", 2, rows=(row,)))
    assert sheets.coming(group.office, "SHG1").columns == sheets.ColumnsUsed(
        voluntary=True, withdrawal=True, other=True
    )


def faults_of(group: Clerk, sheet: MeetingSheet) -> list[Fault]:
    """What forbids posting a sheet, without posting it."""
    with group.office.looking() as tx:
        return book.prepared(tx, entity_of(tx, "SHG1"), sheet).faults


def test_heads_are_offered_where_posting_takes_them(group: Clerk) -> None:
    found = sheets.coming(group.office, "SHG1", "2024-05-05")
    start = MeetingSheet("2024-05-05", 2)
    for head in found.other_heads:
        row = SheetRow("1", PRESENT, other=(HeadAmount(head.code, Paise(100)),))
        assert faults_of(group, replace(start, rows=(row,))) == [], head
    lines = tuple(FootLine("receipt", head.code, Paise(100)) for head in found.foot_heads)
    assert faults_of(group, replace(start, other=lines)) == []


def test_a_second_meeting_of_a_day_does_not_ask_again_what_the_first_took(group: Clerk) -> None:
    assert [one.due_savings for one in sheets.coming(group.office, "SHG1", "2024-04-05").members] == [0, 0, 10_000]
    assert [one.due_savings for one in sheets.coming(group.office, "SHG1").members] == [10_000, 10_000, 20_000]


def test_a_day_that_is_none_is_refused_by_its_field(group: Clerk) -> None:
    with pytest.raises(BadInput, match="date: “31-4” is not a date"):
        sheets.coming(group.office, "SHG1", "31-4")


def test_a_held_meeting_comes_back_with_its_vouchers_and_notes(group: Clerk) -> None:
    found = sheets.held(group.office, "SHG1", 1)
    assert (found.date, found.sheet.place, found.vouchers) == ("2024-04-05", "School", ("R1/2024-25", "P1/2024-25"))
    [said] = sheets.in_words(found.notes, {"3": Person("Rekha")})
    assert (said.text, dict(said.values)["amount"]) == ("{name} is fined {amount}.", Amount(500))
    assert sheets.meetings_held(group.office, "SHG1") == ((1, "2024-04-05"),)
    with pytest.raises(Refused, match="SHG1 has no meeting 2"):
        sheets.held(group.office, "SHG1", 2)
    group.takes_back(1)
    assert sheets.meetings_held(group.office, "SHG1") == ()


WRONG = MeetingSheet(
    "2024-05-05",
    2,
    rows=(
        SheetRow("1", PRESENT, repaid=(Repaid(Paise(500)),), row=1),
        SheetRow("2", PRESENT, repaid=(Repaid(Paise(9_500)),), row=2),
        SheetRow("9", PRESENT, row=3),
        SheetRow("3", PRESENT, other=(HeadAmount("cash", Paise(100)),), row=4),
    ),
    other=(
        FootLine("contra", "stationery", Paise(100), row=1),
        FootLine("payment", "nowhere", Paise(100), row=2),
    ),
)


def refused_at(group: Clerk, sheet: MeetingSheet) -> dict[str, str]:
    """Where posting a sheet is refused, and why; the books are as they were."""
    before = group.contents()
    with pytest.raises(Refused) as refused:
        post_meetings(group.office, "key", "SHG1", [sheet], places=lambda _sheet, row, where: f"{row} {where}")
    assert group.contents() == before
    return {fault.field: fault.message for fault in refused.value.faults}


def test_every_fault_has_its_row_and_those_of_the_foot_are_told_apart(group: Clerk) -> None:
    found = refused_at(group, WRONG)
    assert set(found) == {
        "1 principal", "2 principal", "3 member", "4 other", "1 foot account", "2 foot account",
    }  # fmt: skip


def test_what_only_posting_can_see_has_its_row_too(group: Clerk) -> None:
    drawn = MeetingSheet("2024-05-05", 2, rows=(SheetRow("1", PRESENT, withdrawal=Paise(100), row=7),))
    assert list(refused_at(group, drawn)) == ["7 withdrawal"]
    spent = MeetingSheet("2024-05-05", 2, other=(FootLine("payment", "rent", Paise(50_000), row=1),))
    [(where, why)] = refused_at(group, spent).items()
    assert where.startswith("1 foot")
    assert "would be -390.00 at the end of 2024-05-05" in why


def test_what_posting_notes_is_said_in_words(group: Clerk) -> None:
    rows = (
        SheetRow("2", ABSENT, savings=SAVED, repaid=(Repaid(Paise(3_000), Paise(500)),), fine_levied=Paise(0)),
        SheetRow("1", PRESENT),
        SheetRow("3", PRESENT),
    )
    group.holds_meeting(MeetingSheet("2024-05-05", 2, rows=rows, counted=((100, 2),)))
    people = {number: Person(number) for number in "123"}
    found = sheets.in_words(sheets.held(group.office, "SHG1", 2).notes, people)
    assert [note.text for note in found] == [
        "Counted {counted}, by the book {book}: {difference} short.",
        "{name} paid while absent; that she sent it was not noted.",
        "{name} paid {amount} of interest on loan {loan} in advance.",
        "{name} is not fined {amount}, as the rule of the group would have it.",
    ]
    assert [note.text for note in sheets.in_words({"no_money": True}, people)] == ["No money moved."]


def test_who_may_not_look_reads_no_sheet(group: Clerk) -> None:
    assert sheets.coming(group.works_as("Ravi", "look"), "SHG1").number == 2
    with pytest.raises(Refused, match="Mira has no right to look"):
        sheets.coming(group.works_as("Mira", "post"), "SHG1")
