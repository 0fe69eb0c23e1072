"""Meetings in JSON: what is taken, and what each wrong key or value is told."""

# ruff: noqa: E501 - a case is one line

import datetime as dt
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookkeeper.definitions.group_rules import LENT_BY
from bookkeeper.errors import BadInput
from bookkeeper.exchange.faults import Faults
from bookkeeper.exchange.meetings import differing, read_meetings
from bookkeeper.exchange.meetings_json import meetings_of_json
from bookkeeper.exchange.samples import members
from bookkeeper.rules.meeting import (
    ABSENT,
    ATTENDANCE,
    BANK,
    CASH,
    LATE,
    LEAVE,
    NOTES,
    PRESENT,
    SAVINGS,
    FootLine,
    HeadAmount,
    MeetingSheet,
    NewLoan,
    Repaid,
    Resolution,
    SheetRow,
    plain,
    sheet_of,
)
from bookkeeper.rules.money import Paise

Write = Callable[[str, str | bytes], Path]
Refusal = Callable[[Callable[[Path], object], Path], str]

WHOLE: dict[str, Any] = {
    "date": "2024-04-05", "number": 12, "place": "Anganwadi", "time": "11:30", "presided_by": "3", "agenda": ["Savings"],
    "minutes": "All were heard.\nTea was had.",
    "resolutions": ["To meet on the 5th.", {"number": "12/1", "text": "To lend.", "proposed_by": "2", "seconded_by": "5"}],
    "signed_by": ["3", "7"], "cash_counted": {"500": 3, "100": 2}, "coins": "2.00",
    "rows": [
        {"member": "1", "present": True, "savings": "50.00", "voluntary_savings": "0.00", "special_savings": "0.00",
         "principal": "200.00", "interest": "24.00", "fine": "0.00", "withdrawal": "0.00",
         "new_loan": {"principal": "5000.00", "purpose": "goat", "instalments": 10, "rate_per_month": "2"},
         "other": [{"account": "membership-fees", "amount": "10.00"}]},
        {"member": "2", "present": "late", "savings": 50, "loan": "3", "repayment": "100.50"},
        {"member": "2", "by": "bank", "savings": "20.00"},
        {"member": "3", "present": "leave", "sent": True, "fine_levied": "10.00",
         "loans": [{"loan": 4, "principal": "10.00"}, {"loan": "5", "interest": "2.00"}]},
        {"member": "4", "present": False, "withdrawal": "30.00", "withdrawal_from": "member-savings"},
    ],
    "other": [{"kind": "payment", "account": "stationery", "amount": "30.00", "narration": "Pens"},
              {"kind": "receipt", "account": "grants", "amount": "100.00", "by": "bank"},
              {"kind": "contra", "account": "bank", "amount": "-150.00"}],
}  # fmt: skip
"""Every key of the contract's meeting."""

EXPECTED = MeetingSheet(
    "2024-04-05", 12, "Anganwadi", "11:30", "3", ("Savings",), "All were heard.\nTea was had.",
    (Resolution("To meet on the 5th."), Resolution("To lend.", "12/1", "2", "5")), ("3", "7"), ((500, 3), (100, 2)),
    Paise(200),
    (
        SheetRow("1", PRESENT, savings=Paise(5000), repaid=(Repaid(Paise(20000), Paise(2400)),),
                 new_loan=NewLoan(Paise(500000), "goat", 10, "2"), other=(HeadAmount("membership-fees", Paise(1000)),)),
        SheetRow("2", LATE, savings=Paise(5000), repaid=(Repaid(repayment=Paise(10050), loan=3),)),
        SheetRow("2", ABSENT, by=BANK, savings=Paise(2000)),
        SheetRow("3", LEAVE, sent=True, fine_levied=Paise(1000),
                 repaid=(Repaid(Paise(1000), loan=4), Repaid(interest=Paise(200), loan=5))),
        SheetRow("4", ABSENT, withdrawal=Paise(3000), withdrawal_from="member-savings"),
    ),
    (FootLine("payment", "stationery", Paise(3000), "Pens"), FootLine("receipt", "grants", Paise(10000), by=BANK),
     FootLine("contra", "bank", Paise(-15000))),
)  # fmt: skip


def one(row: str = "", sheet: str = "", member: str = '"1"') -> str:
    """A file of one meeting with one row, with more keys in it and in its row."""
    return f'[{{"date": "2024-04-05", "rows": [{{"member": {member}, "present": true{row}}}]{sheet}}}]'


def loan(more: str) -> str:
    return one(f', "new_loan": {{{more}}}')


def foot(more: str) -> str:
    return one(sheet=f', "other": [{{"account": "rent"{more}}}]')


def test_every_key_of_the_contract(write: Write) -> None:
    found = read_meetings(write("m.json", json.dumps([WHOLE, {"date": "2024-05-05", "number": 13}])))
    assert found.sheets == (EXPECTED, MeetingSheet("2024-05-05", 13))
    assert [row.row for row in found.sheets[0].rows] == [1, 2, 3, 4, 5]
    assert [line.row for line in found.sheets[0].other] == [1, 2, 3]
    assert [sheet.place_in_file for sheet in found.sheets] == [1, 2]
    assert (found.faults, differing(found)) == ((), ())


def test_the_example_is_what_its_plain_form_says(example: Path) -> None:
    found = read_meetings(example)
    assert found.sheets == tuple(sheet_of(value) for value in json.loads(example.read_text("utf-8")))


@pytest.fixture
def example() -> Path:
    return Path(__file__).parents[1] / "scenarios" / "example" / "meetings.json"


def test_one_object_is_an_array_of_one(write: Write) -> None:
    assert read_meetings(write("m.json", one()[1:-1])).sheets == read_meetings(write("m", one())).sheets


def test_null_and_nought_are_left_out(write: Write) -> None:
    keys = "".join(
        f', "{key}": null' for key in ("savings", "loan", "loans", "new_loan", "other", "by", "sent", "repayment")
    )
    nought = ', "principal": "0.00", "interest": 0, "repayment": "0", "other": [{"account": "fees", "amount": "0.00"}]'
    sheet = (
        ', "number": null, "resolutions": null, "cash_counted": null, "coins": "0.00", "minutes": null, "other": null'
    )
    for text in (one(keys, sheet), one(nought, sheet)):
        assert read_meetings(write("m.json", text)).sheets == (
            MeetingSheet("2024-04-05", rows=(SheetRow("1", PRESENT),)),
        )


def test_line_ends_of_minutes_and_composed_letters(write: Write) -> None:
    sheet = {"date": "2024-04-05", "minutes": " a\r\nb\rc\n", "place": "Café"}
    (found,) = read_meetings(write("m.json", json.dumps(sheet))).sheets
    assert (found.minutes, found.place) == ("a\nb\nc", "Café")


def test_who_counts_coins_has_counted(write: Write) -> None:
    (found,) = read_meetings(write("m.json", one(sheet=', "coins": "7.00"'))).sheets
    assert found.cash == 700
    (found,) = read_meetings(write("m.json", one(sheet=', "cash_counted": {}'))).sheets
    assert found.cash == 0


ROW = "meeting 1, row 1, "
CASES = [
    (one(', "saving": "5"'), f"{ROW}saving: “saving” is no key that is read here. Did you mean “savings”?"),
    (one(', "savings": "5", "savings": "6"'), f"{ROW}savings: the key “savings” stands twice."),
    (one(', "savings": 12.5'), f"{ROW}savings: 12.5 is no whole number of rupees. Write it in quotes"),
    (one(', "savings": NaN'), f"{ROW}savings: NaN is no whole number of rupees. Write it in quotes"),
    (one(', "savings": "12.505"'), f"{ROW}savings: “12.505” has more than two decimals."),
    (one(', "savings": "1,000"'), f"{ROW}savings: “1,000” has commas."),
    (one(', "savings": "hundred"'), f"{ROW}savings: “hundred” is not an amount."),
    (one(', "savings": "-5.00"'), f"{ROW}savings: “-5.00” is negative."),
    (one(', "fine": -5'), f"{ROW}fine: “-5” is negative."),
    (one(', "savings": [5]'), f"{ROW}savings: this is an array, not an amount."),
    (one(', "principal": "5", "repayment": "6"'), f"{ROW}repayment: a repayment stands beside its principal or interest."),
    (one(', "loan": "1", "loans": [{"loan": "1", "principal": "5"}]'), f"{ROW}loans: “loan” stands beside it."),
    (one(', "interest": "1", "loans": []'), f"{ROW}loans: “interest” stands beside it."),
    (one(', "loans": [{"loan": "1", "principal": "-5"}]'), f"{ROW}loan 1, principal: “-5” is negative."),
    (one(', "loans": [{"lona": "1"}]'), f"{ROW}loan 1, lona: “lona” is no key that is read here. Did you mean “loan”?"),
    (one(', "loan": "x"'), f"{ROW}loan: “x” is no number of a loan."),
    (one().replace("true", '"yes"'), f"{ROW}present: “yes” is no attendance. Write true, false, “late” or “leave”."),
    (one().replace("true", "1"), f"{ROW}present: this is the number 1, which is no attendance."),
    (one(', "sent": "yes"'), f"{ROW}sent: this is a text. Write true or false"),
    (one(', "by": "cheque"'), f"{ROW}by: “cheque” cannot stand here. There are cash, bank."),
    (one(member="null"), f"{ROW}member: this may not be left out."),
    (one(member="true"), f"{ROW}member: this is true, not a text."),
    (one(', "withdrawal": "5", "withdrawal_from": "cash"'), f"{ROW}withdrawal_from: “cash” cannot stand here. There are member-savings, voluntary-savings, special-savings."),
    (one(', "withdrawal_from": "member-savings"'), f"{ROW}withdrawal_from: nothing is withdrawn here."),
    (loan('"purpose": "goat"'), f"{ROW}new_loan, principal: a new loan has no amount."),
    (loan('"principal": "-5"'), f"{ROW}new_loan, principal: “-5” is negative."),
    (loan('"principal": "5", "instalments": 0'), f"{ROW}new_loan, instalments: “0” is not a number of instalments."),
    (loan('"principal": "5", "rate_per_month": 1.5'), f"{ROW}new_loan, rate_per_month: this is the number 1.5, not a text."),
    (loan('"principal": "5", "rate_per_month": "two"'), f"{ROW}new_loan, rate_per_month: “two” is not a rate."),
    (loan('"principal": "5", "method": "magic"'), f"{ROW}new_loan, method: “magic” is not a method."),
    (loan('"principal": "5", "first_due": "5.5.2024"'), f"{ROW}new_loan, first_due: “5.5.2024” is not a date."),
    (loan('"principle": "5"'), f"{ROW}new_loan, principle: “principle” is no key that is read here. Did you mean “principal”?"),
    (one(', "new_loan": "5000"'), f"{ROW}new_loan: this is a text, not an object."),
    (one(', "other": [{"account": "fees"}]'), f"{ROW}other 1, amount: there is no amount."),
    (one(', "other": [{"amount": "5"}]'), f"{ROW}other 1, account: this may not be left out."),
    (foot(', "kind": "payment"'), "meeting 1, other 1, amount: there is no amount."),
    (foot(', "kind": "payment", "amount": "-5"'), "meeting 1, other 1, amount: “-5” is negative."),
    (foot(', "kind": "paid", "amount": "5"'), "meeting 1, other 1, kind: “paid” cannot stand here."),
    (foot(', "kind": "journal", "amount": "5"'), "meeting 1, other 1, kind: “journal” cannot stand here. There are receipt, payment, contra."),
    (foot(', "kind": "contra", "amount": "5", "by": "bank"'), "meeting 1, other 1, by: a contra has no “by”"),
    (one(sheet=', "other": ["rent"]'), "meeting 1, other 1: this is a text, not an object."),
    (one(sheet=', "cash_counted": {"300": 1}'), "meeting 1, cash_counted, 300: “300” is no key that is read here."),
    (one(sheet=', "cash_counted": {"500": 1.5}'), "meeting 1, cash_counted, 500: 1.5 is no whole number."),
    (one(sheet=', "number": 1.5'), "meeting 1, number: 1.5 is no whole number. Write it in figures, without a fraction."),
    (one(sheet=', "number": 123456'), "meeting 1, number: “123456” is too large for the number of a meeting."),
    (one(sheet=', "cash_counted": {"500": -1}'), "meeting 1, cash_counted, 500: “-1” is no whole number from 0."),
    (one(sheet=', "cash_counted": {"500": 1, "500": 2}'), "meeting 1, cash_counted, 500: the key “500” stands twice."),
    (one(sheet=', "cash_counted": [500]'), "meeting 1, cash_counted: this is an array, not an object."),
    (one(sheet=', "coins": "-1"'), "meeting 1, coins: “-1” is negative."),
    (one(sheet=', "number": 0'), "meeting 1, number: “0” is no whole number from 1."),
    (one(sheet=', "number": "12a"'), "meeting 1, number: “12a” is no whole number from 1."),
    (one(sheet=', "agenda": "Savings"'), "meeting 1, agenda: “agenda” is an array of texts."),
    (one(sheet=', "agenda": ["a", "a\\nb"]'), "meeting 1, agenda 2: the text has a line end or a tab in it."),
    (one(sheet=', "signed_by": [3.5]'), "meeting 1, signed_by 1: this is the number 3.5, not a text."),
    (one(sheet=', "resolutions": "text"'), "meeting 1, resolutions: “resolutions” is an array"),
    (one(sheet=', "resolutions": [{"number": "1"}]'), "meeting 1, resolution 1, text: this may not be left out."),
    (one(sheet=', "resolutions": [""]'), "meeting 1, resolution 1: this may not be empty."),
    (one(sheet=', "resolutions": [{"text": "a", "by": "1"}]'), "meeting 1, resolution 1, by: “by” is no key"),
    (one(sheet=', "resolutions": [7]'), "meeting 1, resolution 1: this is the number 7, not an object."),
    (one(sheet=f', "minutes": "{"x" * 5001}"'), "meeting 1, minutes: the text has 5001 characters. Shorten it to 5000"),
    (one(sheet=r', "minutes": "a\u0000"'), "meeting 1, minutes: there is a character here that no text may have (U+0000"),
    (one(sheet=r', "place": "a\nb"'), "meeting 1, place: the text has a line end or a tab in it."),
    (one(sheet=', "chair": "3"'), "meeting 1, chair: “chair” is no key that is read here."),
    (one().replace("2024-04-05", "2024-02-30"), "meeting 1, date: “2024-02-30” is no day of the calendar."),
    ('[{"rows": []}]', "meeting 1, date: this may not be left out."),
    ("[7]", "meeting 1: this is the number 7, not a meeting."),
    (one().replace('"rows": [{', '"rows": [3, {'), "meeting 1, row 1: this is the number 3, not an object."),
    (one().replace("[{", '[{"rows": 3, ', 1)[:-4].replace('"rows": [', '"r": [') + "}]}]", "meeting 1, r: “r” is no key"),
    ("[]", "there are no meetings in it."),
    ('"x"', "a file of meetings is an array of objects."),
    ("[{", "row 1: the file breaks off before the JSON ends."),
    ("date,savings\n", "row 1, column 1: this is not JSON here"),
    ("[" * 100_000, "brackets stand in brackets, far too deep"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), CASES)
def test_what_is_wrong_is_told_with_its_place(write: Write, refusal: Refusal, text: str, told: str) -> None:
    assert refusal(read_meetings, write("m.json", text)).startswith(told)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["cash", "bank"], ""),
        (["bank", "cash"], ""),
        (["cash", "cash"], "meeting 1, row 2, member: member 1 stands in row 1 already."),
        (["bank", "bank"], "meeting 1, row 2, member: member 1 stands in row 1 already."),
        (["cash", "bank", "cash"], "meeting 1, row 3, member: member 1 stands in row 1 already."),
    ],
)
def test_a_member_in_two_rows(write: Write, refusal: Refusal, rows: list[str], told: str) -> None:
    there = [{"member": "1", "by": by} for by in rows]
    path = write("m.json", json.dumps({"date": "2024-04-05", "rows": there}))
    if told:
        assert refusal(read_meetings, path).startswith(told)
    else:
        assert len(read_meetings(path).sheets[0].rows) == len(rows)


def test_two_meetings_of_one_number(write: Write, refusal: Refusal) -> None:
    path = write("m.json", json.dumps([{"date": "2024-04-05", "number": 3}, {"date": "2024-05-05", "number": 3}]))
    assert refusal(read_meetings, path).startswith(
        "meeting 2, number: number 3 is that of meeting 1 of this file already"
    )


def test_gathered_faults_leave_the_rest_to_be_asked_about(write: Write) -> None:
    bad = one(', "savings": "x", "fine": "5.00", "by": "post"', ', "number": "?"')
    path = write("m.json", f'[{{"rows": []}}, {bad[1:-1]}]')
    found = read_meetings(path, gather=True)
    assert [fault.field for fault in found.faults] == [
        "meeting 1, date", "meeting 2, number", "meeting 2, row 1, by", "meeting 2, row 1, savings",
    ]  # fmt: skip
    assert found.sheets == (MeetingSheet("2024-04-05", rows=(SheetRow("1", PRESENT, fine=Paise(500)),)),)
    assert found.place_of(0, 1, "principal") == "meeting 2, row 1, principal"
    assert found.place_of(0, None, "date") == "meeting 2, date"
    assert found.place_of(0, 1, "foot account") == "meeting 2, other 1, account"
    with pytest.raises(BadInput):
        read_meetings(write("n.json", "[7"), gather=True)


TEXT = st.text(st.sampled_from("ab1-“आशापट\u093eé漢"), min_size=1, max_size=20).map(
    lambda text: unicodedata.normalize("NFC", text)
)  # fmt: skip
AMOUNT = st.integers(0, 10**12).map(Paise)
POSITIVE = st.integers(1, 10**12).map(Paise)
NUMBER = st.integers(1, 10**6)
BY = st.sampled_from([CASH, BANK])
REPAID = st.one_of(
    st.builds(Repaid, POSITIVE, AMOUNT, loan=st.none() | NUMBER),
    st.builds(Repaid, repayment=POSITIVE, loan=st.none() | NUMBER),
)
NEW_LOAN = st.builds(
    NewLoan, POSITIVE, st.just("") | TEXT, st.none() | st.integers(1, 600), st.none() | st.sampled_from(["2", "1.5"]),
    st.none() | st.sampled_from(LENT_BY), st.none() | st.just("2024-06-05"), st.none() | BY,
)  # fmt: skip


@st.composite
def rows(draw: st.DrawFn) -> SheetRow:
    drawn = draw(AMOUNT)
    return SheetRow(
        draw(TEXT), draw(st.sampled_from(ATTENDANCE)), draw(st.booleans()), draw(BY), draw(AMOUNT), draw(AMOUNT),
        draw(AMOUNT), tuple(draw(st.lists(REPAID, max_size=3))), draw(AMOUNT), draw(st.none() | AMOUNT), drawn,
        draw(st.sampled_from(["", *SAVINGS.values()])) if drawn else "", draw(st.none() | NEW_LOAN),
        tuple(draw(st.lists(st.builds(HeadAmount, TEXT, POSITIVE), max_size=2))),
    )  # fmt: skip


FOOT = st.builds(FootLine, st.sampled_from(["receipt", "payment"]), TEXT, POSITIVE, st.just("") | TEXT, BY)
CONTRA = st.builds(FootLine, st.just("contra"), TEXT, st.integers(-(10**9), -1).map(Paise), st.just("") | TEXT)
SHEET = st.builds(
    MeetingSheet, st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)).map(str), st.none() | st.integers(1, 99_999),
    st.just("") | TEXT, st.just("") | TEXT, st.just("") | TEXT, st.lists(TEXT, max_size=3).map(tuple),
    st.lists(TEXT, max_size=3).map("\n".join),
    st.lists(st.builds(Resolution, TEXT, st.just("") | TEXT, st.just("") | TEXT, st.just("") | TEXT), max_size=2).map(tuple),
    st.lists(TEXT, max_size=2).map(tuple),
    st.dictionaries(st.sampled_from(NOTES), st.integers(0, 999)).map(lambda there: tuple(there.items())), AMOUNT,
    st.lists(rows(), max_size=4, unique_by=lambda row: row.member).map(tuple), st.lists(FOOT | CONTRA, max_size=3).map(tuple),
)  # fmt: skip


@given(sheet=SHEET)
def test_what_the_program_writes_is_read_back(sheet: MeetingSheet) -> None:
    faults = Faults("m.json")
    found = meetings_of_json(json.dumps([plain(sheet)]), faults)
    faults.refuse_if_any()
    assert found == (sheet,)


def test_names_of_members_are_no_keys(write: Write, refusal: Refusal) -> None:
    name = members(1)[0].name
    assert "“name” is no key that is read here" in refusal(read_meetings, write("m.json", one(f', "name": "{name}"')))
