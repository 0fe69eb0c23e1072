"""A group whose books begin with a cut-off sheet and are kept by meetings, with all that can happen to one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from bookkeeper.books.members import Member
from bookkeeper.commands import entities, meetings, members, vouchers
from bookkeeper.commands.act import Office
from bookkeeper.ledger.chain import LoggedAct, log_act
from bookkeeper.ledger.entities import entity_of, set_entity
from bookkeeper.rules.cut_off import BankItem, CutOff, CutOffHead, CutOffLoan, CutOffMember
from bookkeeper.rules.meeting import FootLine, HeadAmount, MeetingSheet, NewLoan, Repaid, Resolution, SheetRow
from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Posting, Voucher

CODE = "SHG2"


def rupees(amount: int) -> Paise:
    return Paise(amount * 100)


CUT_OFF = CutOff(
    "2023-03-31",
    members=(
        CutOffMember(
            "1", rupees(1200), rupees(100),
            loans=(
                CutOffLoan(rupees(3000), 6, rupees(60), "2", disbursed="2022-10-05", principal=rupees(5000),
                           purpose="शेळी"),
            ),
        ),
        CutOffMember(
            "2", rupees(1200), special_savings=rupees(50),
            loans=(CutOffLoan(rupees(600), 3), CutOffLoan(rupees(1000), 10, rate_per_month="1.5", method="flat")),
        ),
        CutOffMember("3", rupees(1100)),
        CutOffMember("4", rupees(1150)),
    ),
    heads=(
        CutOffHead("cash", rupees(350)), CutOffHead("bank", rupees(4200)),
        CutOffHead("member-savings", rupees(-4650)), CutOffHead("surplus", rupees(-4350)),
    ),
    bank_items=(BankItem(rupees(-500), "2023-03-28", number="000120"),),
)  # fmt: skip


def all_save(*rows: SheetRow) -> tuple[SheetRow, ...]:
    """The rows given; whoever stands in none is there and saves 50.00."""
    there = {row.member: row for row in rows if row.by == "cash"}
    usual = (there.get(n, SheetRow(n, "present", savings=rupees(50))) for n in ("1", "2", "3", "4"))
    return (*usual, *(row for row in rows if row.by != "cash"))


def repaying(member: str, whole: int, *, loan: int | None = None) -> SheetRow:
    return SheetRow(member, "present", savings=rupees(50), repaid=(Repaid(repayment=rupees(whole), loan=loan),))


def meeting(number: int, date: str, *rows: SheetRow, other: tuple[FootLine, ...] = ()) -> MeetingSheet:
    return MeetingSheet(
        date, number, place="समाज मंदिर", presided_by="3", minutes="चर्चा झाली", rows=all_save(*rows), other=other,
        resolutions=(Resolution("कर्ज मंजूर", f"{number}/1", "2", "4"),), signed_by=("3", "1"),
    )  # fmt: skip


FIRST = replace(
    meeting(
        1, "2023-04-05", repaying("1", 620),
        SheetRow("2", "present", savings=rupees(50), repaid=(
            Repaid(rupees(200), rupees(12), loan=2), Repaid(rupees(100), rupees(15), loan=3),
        )),
    ),
    counted=((500, 2), (100, 4), (10, 9)), coins=Paise(700),
)  # fmt: skip
"""Cash is counted and agrees: 350.00 were there, 1,197.00 came in."""

SECOND = replace(
    meeting(
        2, "2023-05-05",
        SheetRow("1", "present", savings=rupees(50), repaid=(Repaid(rupees(400), rupees(100)),)),
        SheetRow("3", "absent", savings=rupees(50), fine_levied=rupees(5)),
        SheetRow("4", "leave", sent=True, savings=rupees(50), new_loan=NewLoan(
            rupees(800), "बी-बियाणे", 4, "1.5", "equal-principal", "2023-07-05")),
        other=(FootLine("payment", "stationery", rupees(30), "वही"), FootLine("contra", "bank", rupees(200))),
    ),
    counted=((500, 2), (100, 1)),
)  # fmt: skip
"""Interest is paid ahead, one pays while absent, another sends it, and the count differs."""

WRONG = meeting(3, "2023-06-05", repaying("1", 500), repaying("2", 300, loan=2))
RIGHT = meeting(
    3, "2023-06-06", repaying("1", 500), repaying("2", 200, loan=2),
    SheetRow("3", "late", savings=rupees(50), voluntary_savings=rupees(40), fine=rupees(5), withdrawal=rupees(30),
             new_loan=NewLoan(rupees(500), "दवाखाना"), other=(HeadAmount("membership-fees", rupees(10)),)),
    SheetRow("4", "present", by="bank", savings=rupees(25), repaid=(Repaid(rupees(200), rupees(12)),)),
    other=(
        FootLine("receipt", "bank-interest", rupees(21), by="bank"), FootLine("payment", "travel", rupees(15)),
        FootLine("contra", "bank", rupees(-100)),
    ),
)  # fmt: skip
LAST_OF_LOAN_2 = SheetRow("2", "present", repaid=(Repaid(Paise(216_00), Paise(4_32), loan=2),))
FOURTH = meeting(
    4, "2023-07-05", repaying("1", 600), LAST_OF_LOAN_2, repaying("3", 70),
    SheetRow("4", "present", withdrawal=rupees(20), withdrawal_from="member-savings"),
)  # fmt: skip
"""Loan 2 is paid off."""

BARE = MeetingSheet("2023-08-05", 5, minutes="कोणी पैसे आणले नाहीत", rows=(SheetRow("1", "present"),))
SIXTH = meeting(6, "2023-09-05", repaying("1", 200), repaying("3", 100))


def set_as_once(office: Office, key: str, rule: str, value: str) -> None:
    """Set a rule as the first versions did: from the beginning, though meetings stand. Such books are there."""
    with office.acting(key, "manage") as tx:
        entity = entity_of(tx, CODE)
        old, new = json.dumps({rule: set_entity(tx, entity, rule, value)}), json.dumps({rule: value})
        log_act(tx, entity.id, LoggedAct("entity set", CODE, old, new, new, ""))


def hold(office: Office, key: Callable[[], str]) -> None:
    """Make the group by acts alone."""
    entities.add(office, key(), CODE, "Savitri 2", "shg", starts="2023-04-01")
    women = [Member(str(n), f"Member {n}", name_local="सभासद", joined="2022-04-01") for n in range(1, 5)]
    members.import_(office, key(), CODE, women, "")
    meetings.post_opening(office, key(), CODE, CUT_OFF)
    entities.set_(office, key(), CODE, "savings-amount", "50")
    entities.set_(office, key(), CODE, "fine-absent", "5")
    meetings.post_meetings(office, key(), CODE, [FIRST, SECOND])
    meetings.post_meetings(office, key(), CODE, [WRONG])
    meetings.reverse_meeting(office, key(), CODE, 3, "wrong day and amount")
    meetings.post_meetings(office, key(), CODE, [RIGHT])
    set_as_once(office, key(), "interest-rounding", "0.01")
    meetings.post_meetings(office, key(), CODE, [FOURTH, BARE])
    between = Voucher(
        "receipt", "2023-08-20",
        (Posting("cash", rupees(110)), Posting("member-loans", rupees(-100), "1", 1),
         Posting("interest-on-member-loans", rupees(-10), "1", 1)),
    )  # fmt: skip
    vouchers.post_vouchers(office, key(), CODE, [between])
    meetings.post_meetings(office, key(), CODE, [SIXTH])
    meetings.reverse_meeting(office, key(), CODE, 4, "member 2 came late")
    others = [row for row in FOURTH.rows if row.member != "2"]
    meetings.post_meetings(
        office, key(), CODE, [replace(FOURTH, rows=(*others, replace(LAST_OF_LOAN_2, present="late")))]
    )
