"""The campaign of `killer` with meetings: `python -m tests.campaigns.meeting_killer KILLS SEED [torn]`.

Each act posts a sheet that becomes 8 vouchers of 61 postings: savings of thirty members, voluntary savings, a loan paid
off with its interest, fines, a new loan, a payment and a walk to the bank; with attendance and a count of the cash.

`torn` is a control that must fail: the same act in two transactions, the vouchers in one, the meeting in another.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from bookkeeper.books import meetings as book
from bookkeeper.books.meetings import Prepared
from bookkeeper.books.members import Member
from bookkeeper.commands import entities, meetings, members
from bookkeeper.commands.act import Done, Office, new_office
from bookkeeper.ledger.entities import Entity
from bookkeeper.rules.meeting import (
    ABSENT,
    LATE,
    PRESENT,
    FootLine,
    MeetingSheet,
    NewLoan,
    Repaid,
    Resolution,
    SheetRow,
)
from bookkeeper.rules.money import Paise
from bookkeeper.store.engine import Tx
from tests.campaigns.killer import CHAIN_AND_SUMS, FIRST, MEMBERS, Acts, run

BEGINS = 1990
"""A meeting each month from then on, so that each loan is charged one month's interest before it is paid off."""

VOUCHERS, POSTINGS = 8, 61
FIRST_POSTINGS = POSTINGS - 4
"""In the first meeting no loan is there to be paid off."""

KILLS_IN_ONE_BOOK = 50
"""A child posts four meetings at most before it is killed: 200 months, with which these books stay in the past."""

LENT, INTEREST = Paise(100_000), Paise(2_000)
_SAVED, _EXTRA, _FINE = Paise(10_000), Paise(1_000), Paise(500)
_FINED = ("11", "12", "13")

HALF_A_MEETING = (
    # a meeting without its link, or a link without its meeting
    "SELECT count(*) FROM meeting m LEFT JOIN link l USING (entity, sequence) WHERE l.what IS NOT 'meeting'",
    "SELECT count(*) FROM link l LEFT JOIN meeting m USING (entity, sequence) WHERE what = 'meeting' AND date IS NULL",
    # a meeting whose vouchers are not the links before its own; vouchers or postings too few or too many
    (
        "SELECT count(*) FROM meeting m WHERE m.vouchers <> (SELECT count(*) FROM voucher v WHERE "
        "v.entity = m.entity AND v.meeting = m.number AND v.date = m.date "
        "AND v.sequence BETWEEN m.sequence - m.vouchers AND m.sequence - 1)"
    ),
    f"SELECT count(*) FROM meeting m WHERE m.vouchers <> iif(m.number = 1, {VOUCHERS - 2}, {VOUCHERS})",
    (
        "SELECT count(*) FROM voucher v WHERE NOT EXISTS "
        "(SELECT 1 FROM meeting m WHERE m.entity = v.entity AND m.number = v.meeting)"
    ),
    (
        "SELECT count(*) FROM (SELECT 1 FROM posting JOIN voucher v USING (entity, sequence) GROUP BY v.meeting "
        f"HAVING count(*) <> iif(v.meeting = 1, {FIRST_POSTINGS}, {POSTINGS}))"
    ),
    # the same meeting twice; one that lacks its attendance or its count of cash
    "SELECT count(*) - count(DISTINCT number) FROM meeting",
    f"SELECT count(*) FROM meeting WHERE json_array_length(sheet, '$.rows') IS NOT {len(MEMBERS)}",
    "SELECT count(*) FROM meeting WHERE notes ->> '$.cash.book' IS NULL",
    # each meeting gives a loan: its row, and one debit on it; each but the newest is paid off, and known to be so
    "SELECT (SELECT count(*) FROM loan) <> (SELECT count(*) FROM meeting)",
    (
        "SELECT count(*) FROM loan l WHERE 1 <> "
        "(SELECT count(*) FROM posting p WHERE p.entity = l.entity AND p.loan = l.number AND p.paise > 0)"
    ),
    "SELECT count(*) FROM posting p WHERE p.loan IS NOT NULL AND p.loan NOT IN (SELECT number FROM loan)",
    (
        "SELECT count(*) FROM loan l WHERE l.number < (SELECT max(number) FROM loan) "
        "AND NOT EXISTS (SELECT 1 FROM loan_settled s WHERE s.entity = l.entity AND s.loan = l.number)"
    ),
    "SELECT count(*) FROM loan_settled WHERE loan = (SELECT max(number) FROM loan)",
    # an act is a key is a row of the log is a meeting
    "SELECT (SELECT count(*) FROM log WHERE act = 'meeting post') <> (SELECT count(*) FROM meeting)",
    "SELECT (SELECT count(DISTINCT key) FROM voucher) <> (SELECT count(*) FROM meeting)",
    "SELECT count(*) FROM (SELECT 1 FROM voucher GROUP BY key HAVING count(DISTINCT meeting) <> 1)",
)
"""Each counts what there must not be after any kill; the books have one entity, and its meetings by this module."""


def sheet_of(place: int) -> MeetingSheet:
    """The meeting of that number: the member at its place borrows, and who borrowed in the last one pays off."""
    year, month = divmod(place + 2, 12)  # April is the first
    borrower, payer = MEMBERS[(place - 1) % 30], MEMBERS[(place - 2) % 30]
    rows = tuple(
        SheetRow(
            number,
            {"28": LATE, "29": ABSENT}.get(number, PRESENT),
            sent=number == "29",
            savings=_SAVED,
            voluntary_savings=_EXTRA if int(number) <= 15 else Paise(0),
            repaid=(Repaid(LENT, INTEREST),) if number == payer and place > 1 else (),
            fine=_FINE if number in _FINED else Paise(0),
            fine_levied=_FINE if number in _FINED else Paise(0),
            new_loan=NewLoan(LENT, "a goat", 10, "2") if number == borrower else None,
            row=line,
        )
        for line, number in enumerate(MEMBERS, 1)
    )
    return MeetingSheet(
        date=f"{BEGINS + year}-{month + 1:02d}-05",
        number=place,
        presided_by="1",
        agenda=("Savings", "Loans"),
        minutes=f"Meeting {place}.",
        resolutions=(Resolution("A loan be given.", f"{place}/1", "1", "2"),),
        signed_by=("1", "2"),
        counted=((500, place), (100, 3)),
        rows=rows,
        other=(
            FootLine("payment", "stationery", Paise(4_000), "pens", row=1),
            FootLine("contra", "bank", Paise(50_000), row=2),
        ),
    )


def send_meeting(office: Office, key: str, place: int) -> Done:
    return meetings.post_meetings(office, key, "SHG1", [sheet_of(place)])


def make_books(path: Path) -> None:
    office = new_office(path)
    entities.add(office, "", "SHG1", "Savitri", "shg", starts=f"{BEGINS}-04-01")
    members.import_(office, "", "SHG1", [Member(number, f"M{number}") for number in MEMBERS], "")
    send_meeting(office, FIRST, 1)
    office.close()


MEETINGS = Acts(make_books, send_meeting, (*CHAIN_AND_SUMS, *HALF_A_MEETING), VOUCHERS, KILLS_IN_ONE_BOOK)


def tear() -> None:
    """Break the program as one could by mistake: the vouchers of a meeting are committed before the meeting is."""
    whole = book.record

    def torn(tx: Tx, entity: Entity, found: Prepared) -> dict[str, Any]:
        tx.connection.exec_driver_sql("COMMIT")
        tx.connection.exec_driver_sql("BEGIN IMMEDIATE")
        return whole(tx, entity, found)

    book.record = torn


if __name__ == "__main__":
    if sys.argv[3:] == ["torn"]:
        tear()
    run(MEETINGS, int(sys.argv[1]), int(sys.argv[2]))
