"""The log of acts: who did what, in words."""

from __future__ import annotations

import datetime as dt

from bookkeeper.commands import entities, loan_products, meetings, members, vouchers, years
from bookkeeper.commands.act import ACTS
from bookkeeper.registers.log_of_acts import _ACTS
from bookkeeper.rules.meeting import PRESENT, MeetingSheet, SheetRow
from bookkeeper.words import language
from tests.registers.books import Clerk, voucher

MODULES = (entities, loan_products, meetings, members, vouchers, years)
"""All that have acts: their import fills the table of acts."""
MORNING = dt.datetime(2024, 6, 1, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30)))


def test_acts_stand_as_they_happened_with_their_results_in_words(clerk: Clerk) -> None:
    clerk.office.clock = lambda: MORNING
    clerk.posts(*(voucher("receipt", "2024-05-05", ("cash", 100), ("fines", -100)) for _ in range(9)))
    clerk.reverses("R9/2024-25", "2024-05-06", "wrong")
    rows = clerk.reads("log-of-acts", "2024-06-01", "2024-06-01")
    assert [row["act"] for row in rows] == ["post", "reverse"]
    assert {row["user"] for row in rows} == {"owner"}
    assert {row["time"] for row in rows} == {"2024-06-01 04:30:00"}
    assert rows[0]["object"] == "R1/2024-25 … R9/2024-25 (9)"
    first = ", ".join(f"R{n}/2024-25" for n in range(1, 7))
    assert rows[0]["result"] == f"{first} … R9/2024-25 (9)"
    assert rows[1]["result"] == "P1/2024-25"
    assert rows[1]["old"] == "voucher: R9/2024-25"


def test_what_was_and_what_is_are_both_told(clerk: Clerk) -> None:
    clerk.office.clock = lambda: MORNING
    entities.set_(clerk.office, "", "EX1", "place", "Kudal")
    entities.set_(clerk.office, "", "EX1", "place", "Sawantwadi")
    row = clerk.reads("log-of-acts", "2024-06-01", "2024-06-01")[-1]
    assert (row["old"], row["new"]) == ("place: Kudal", "place: Sawantwadi")


def test_a_day_is_that_of_the_utc_time(clerk: Clerk) -> None:
    clerk.office.clock = lambda: MORNING.replace(hour=1)
    entities.set_(clerk.office, "", "EX1", "place", "Kudal")
    assert len(clerk.reads("log-of-acts", "2024-05-31", "2024-05-31")) == 1
    assert clerk.reads("log-of-acts", "2024-06-01", "2024-06-01") == []


def test_an_entitys_log_has_no_acts_on_another(clerk: Clerk) -> None:
    clerk.office.clock = lambda: MORNING
    entities.add(clerk.office, "", "EX2", "Second", "shg")
    assert clerk.reads("log-of-acts", "2024-06-01", "2024-06-01") == []
    rows = clerk.reads("log-of-acts", "2024-06-01", "2024-06-01", all=True)
    assert [(row["entity"], row["act"]) for row in rows] == [("EX2", "entity add")]


def test_a_page_says_acts_fields_days_and_amounts_in_its_language(clerk: Clerk) -> None:
    clerk.office.clock = lambda: MORNING
    entities.set_(clerk.office, "", "EX1", "savings-amount", "1500")
    clerk.posts(voucher("receipt", "2024-05-05", ("cash", 100), ("fines", -100)))
    sheet = MeetingSheet("2024-05-31", 1, rows=(SheetRow("1", PRESENT),))
    meetings.post_meetings(clerk.office, "", clerk.code, [sheet])
    _, rows = clerk.reads_raw("log-of-acts", "2024-06-01", "2024-06-01")
    text = language("mr", digits="native").text
    assert [text(row["act"]) for row in rows] == ["संस्थेचा तपशील बदलणे", "व्हाउचर नोंदवणे", "बैठक नोंदवणे"]
    assert text(rows[0]["new"]) == "बचत रक्कम: १,५००"
    assert text(rows[2]["object"]) == "बैठक १"
    assert text(rows[2]["new"]).startswith("बैठक दिनांक: ३१-०५-२०२४, व्हाउचर: ")


def test_every_act_has_its_name_in_the_log() -> None:
    assert MODULES
    assert set(ACTS) - set(_ACTS) == set(), "name it in registers/log_of_acts.py, and in the catalogues"
