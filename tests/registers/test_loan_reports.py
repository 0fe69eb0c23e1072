"""What is late, demanded and collected on loans, by hand: a group whose members pay on time, late, and in advance.

On 5 April 2024 the group lends 10,000 to member 1 (five instalments), 6,000 to member 2 (six) and 3,000 to member 3
(three), at 2 % a month on what is owed. In the meetings of 5 May, June and July

- member 1 pays 2,000 each time, with 200, 160 and 120 of interest;
- member 2 pays nothing in May; in June 1,500 with the 240 of two months; in July 500 with 90 (2 % of 4,500);
- member 3 pays 2,000 in May, a thousand ahead, with 60; in June 20 of interest alone; in July the last 1,000 with 20.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from bookkeeper.books.loan_arrears import LoanHistory
from bookkeeper.books.loans import LoanInHand
from bookkeeper.commands import entities, meetings
from bookkeeper.commands.books import PRACTICE, new_books
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.errors import BadInput
from bookkeeper.ledger.entities import entity_of
from bookkeeper.report import Part, Person
from bookkeeper.rules.arrears import Share
from bookkeeper.rules.by_product import ByProduct
from bookkeeper.rules.cut_off import CutOff, CutOffHead, CutOffLoan, CutOffMember
from bookkeeper.rules.interest import Movement
from bookkeeper.rules.loan_product import Product
from bookkeeper.rules.meeting import ABSENT, PRESENT, MeetingSheet, NewLoan, Repaid, SheetRow
from bookkeeper.rules.money import Paise
from bookkeeper.words import language
from tests.registers.books import Clerk, Read, voucher
from tests.registers.worked_example import cells, holds

DCB, ARREARS = "demand-collection-balance", "arrears"
DEMANDED = (
    "demand_principal_arrears",
    "demand_principal_current",
    "demand_interest_arrears",
    "demand_interest_current",
)
COLLECTED = ("collected_principal", "collected_interest", "advance_principal")
OVERDUE = ("overdue_principal", "overdue_interest")
BALANCES = ("opening_balance", "disbursed", "closing_balance")
KEYS = [
    "member", "name", "loan", "opening_balance", *DEMANDED, "disbursed", *COLLECTED, *OVERDUE, "closing_balance",
]  # fmt: skip


def rupees(*amounts: int) -> tuple[int, ...]:
    return tuple(amount * 100 for amount in amounts)


def lent(member: str, principal: int, instalments: int) -> SheetRow:
    return SheetRow(member, PRESENT, new_loan=NewLoan(Paise(principal * 100), "seed", instalments, "2"))


def paid(member: str, principal: int, interest: int) -> SheetRow:
    return SheetRow(member, PRESENT, repaid=(Repaid(Paise(principal * 100), Paise(interest * 100)),))


APRIL = MeetingSheet("2024-04-05", 1, rows=(lent("1", 10_000, 5), lent("2", 6_000, 6), lent("3", 3_000, 3)))
MAY = MeetingSheet("2024-05-05", 2, rows=(paid("1", 2_000, 200), SheetRow("2", ABSENT), paid("3", 2_000, 60)))
JUNE = MeetingSheet("2024-06-05", 3, rows=(paid("1", 2_000, 160), paid("2", 1_500, 240), paid("3", 0, 20)))
JULY = MeetingSheet("2024-07-05", 4, rows=(paid("1", 2_000, 120), paid("2", 500, 90), paid("3", 1_000, 20)))


@pytest.fixture(name="lending")
def group_that_lends(clerk: Clerk) -> Clerk:
    """The group of this page, which had a grant of 30,000."""
    clerk.posts(voucher("receipt", "2024-04-02", ("cash", 3_000_000), ("grants", -3_000_000)))
    holds(clerk, APRIL, MAY, JUNE, JULY)
    return clerk


@pytest.fixture(name="practice", scope="module")
def practice_sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clerk]:
    office = new_books(tmp_path_factory.mktemp("practice") / "practice.books", PRACTICE)
    yield Clerk(office, entities.listed(office)[0].code)
    office.close()


def read_parts(clerk: Clerk, name: str, **asks: Any) -> tuple[dict[str, Part], list[str]]:  # noqa: ANN401  # as a report is asked
    """The parts of a report, and its notes in English."""
    with prepared(clerk.office, ReportAsk(name, entities=(clerk.code,), **asks)) as printout:
        report = printout.table()
        return {part.key: part for part in report.parts}, [language("en").text(n) for n in report.heading.notes]


# Demand, collection and balance


def test_its_keys_are_those_of_the_contract(lending: Clerk) -> None:
    columns, rows = lending.reads_raw(DCB, "2024-06-01", "2024-07-31")
    assert [column.key for column in columns] == KEYS
    assert list(rows[0]) == KEYS


def test_two_months_by_hand(lending: Clerk) -> None:
    rows = lending.reads(DCB, "2024-06-01", "2024-07-31")
    assert cells(rows, "member", "name", "loan") == [
        ("1", "Asha Patil", "1"), ("2", "Bharati Naik", "2"), ("3", "Chhaya Rane", "3"),
    ]  # fmt: skip
    assert cells(rows, *DEMANDED) == [
        rupees(0, 4_000, 0, 280),
        rupees(1_000, 2_000, 120, 210),  # missed May; 120 and 90 were charged
        rupees(0, 1_000, 0, 40),  # what was due in June she had paid in May
    ]
    assert cells(rows, *COLLECTED) == [rupees(4_000, 280, 0), rupees(2_000, 330, 0), rupees(1_000, 40, 0)]
    assert cells(rows, *OVERDUE) == [rupees(0, 0), rupees(1_000, 0), rupees(0, 0)]
    assert cells(rows, *BALANCES) == [rupees(8_000, 0, 4_000), rupees(6_000, 0, 4_000), rupees(1_000, 0, 0)]
    assert lending.totals["demand_principal_current"] == 700_000
    assert lending.totals["closing_balance"] == 800_000


def test_the_month_in_which_one_paid_nothing_and_one_ahead(lending: Clerk) -> None:
    rows = lending.reads(DCB, "2024-05-01", "2024-05-31")
    assert cells(rows[1:], *DEMANDED) == [rupees(0, 1_000, 0, 120), rupees(0, 1_000, 0, 60)]
    assert cells(rows[1:], *COLLECTED) == [rupees(0, 0, 0), rupees(2_000, 60, 1_000)]
    assert cells(rows[1:], *OVERDUE) == [rupees(1_000, 120), rupees(0, 0)]


def test_the_month_in_which_the_loans_were_given(lending: Clerk) -> None:
    rows = lending.reads(DCB, "2024-04-01", "2024-04-30")
    assert cells(rows, *BALANCES) == [rupees(0, 10_000, 10_000), rupees(0, 6_000, 6_000), rupees(0, 3_000, 3_000)]
    assert not any(lending.totals[key] for key in (*DEMANDED, *COLLECTED, *OVERDUE))


def test_a_loan_that_neither_owed_nor_moved_is_left_out(lending: Clerk) -> None:
    assert [row["loan"] for row in lending.reads(DCB, "2024-08-01", "2024-08-31")] == ["1", "2"]
    assert lending.reads(DCB, "2024-03-01", "2024-03-31") == []


def test_of_one_member(lending: Clerk) -> None:
    assert [row["member"] for row in lending.reads(DCB, "2024-06-01", "2024-07-31", member="2")] == ["2"]
    with pytest.raises(BadInput, match="there is no member 9"):
        lending.reads(DCB, member="9")


def test_interest_in_advance_is_told_below(lending: Clerk) -> None:
    # A hundred more than is due: the 80 of August (2 % of 4,000) and 20 of September are paid in August.
    holds(lending, MeetingSheet("2024-08-05", 5, rows=(paid("1", 2_000, 100),)))
    row = lending.reads(DCB, "2024-08-01", "2024-08-31")[0]
    assert (row["demand_interest_current"], row["collected_interest"], row["overdue_interest"]) == rupees(80, 100, 0)
    _, notes = read_parts(lending, DCB, since="2024-08-01", until="2024-08-31")
    assert notes[1:] == ["Interest collected in advance of its charge: 20."]


def test_a_reversed_payment_is_taken_off(lending: Clerk) -> None:
    made = lending.posts(voucher("receipt", "2024-07-20", ("cash", 50_000), ("member-loans", -50_000, "2")))
    lending.reverses(made[0], "2024-08-10", "wrong member")
    july, august = lending.reads(DCB, "2024-07-01", "2024-07-31")[1], lending.reads(DCB, "2024-08-01", "2024-08-31")[1]
    assert (july["collected_principal"], july["overdue_principal"]) == rupees(1_000, 500)
    assert (august["demand_principal_arrears"], august["collected_principal"]) == rupees(500, -500)
    assert (august["overdue_principal"], august["closing_balance"]) == rupees(1_000, 4_000)


def test_a_loan_of_the_cut_off_was_owed_when_the_period_began(clerk: Clerk) -> None:
    loan = CutOffLoan(Paise(300_000), 3, Paise(6_000), "2", disbursed="2023-10-05", principal=Paise(500_000))
    heads = (CutOffHead("surplus", Paise(-300_000)),)
    sheet = CutOff("2024-03-31", members=(CutOffMember("2", loans=(loan,)),), heads=heads)
    meetings.post_opening(clerk.office, "", clerk.code, sheet)
    holds(clerk, MeetingSheet("2024-04-05", 1, rows=(paid("2", 1_000, 60),)))
    # 2 % of 3,000 is charged on 5 April; the 60 that came are those of the cut-off.
    for since in ("2024-03-01", "2024-04-01"):
        rows = clerk.reads(DCB, since, "2024-04-30")
        assert cells(rows, *BALANCES) == [rupees(3_000, 0, 2_000)]
        assert cells(rows, *DEMANDED) == [rupees(0, 1_000, 60, 60)]
        assert cells(rows, *COLLECTED, *OVERDUE) == [rupees(1_000, 60, 0, 0, 60)]
    assert clerk.reads("interest-due", as_of="2024-04-30")[0]["charged"] == 12_000


def test_months_are_the_same_figures_over_all_loans(lending: Clerk) -> None:
    rows = lending.reads("demand-collection-by-month", "2024-04-01", "2024-07-20")
    assert cells(rows, "month", "since", "until") == [
        ("2024-04", "2024-04-01", "2024-04-30"),
        ("2024-05", "2024-05-01", "2024-05-31"),
        ("2024-06", "2024-06-01", "2024-06-30"),
        ("2024-07", "2024-07-01", "2024-07-20"),
    ]
    assert cells(rows, *DEMANDED) == [
        rupees(0, 0, 0, 0),
        rupees(0, 4_000, 0, 380),
        rupees(1_000, 3_000, 120, 300),  # of member 3 nothing is demanded in June but 20 of interest
        rupees(500, 4_000, 0, 230),
    ]
    assert cells(rows, *COLLECTED) == [
        rupees(0, 0, 0), rupees(4_000, 260, 1_000), rupees(3_500, 420, 0), rupees(3_500, 230, 0),
    ]  # fmt: skip
    assert cells(rows, *OVERDUE) == [rupees(0, 0), rupees(1_000, 120), rupees(500, 0), rupees(1_000, 0)]
    assert [row["closing_balance"] for row in rows[:-1]] == [row["opening_balance"] for row in rows[1:]]
    assert lending.totals["disbursed"] == 1_900_000
    assert "demand_principal_arrears" not in lending.totals  # arrears of months are never added up


def test_months_of_one_member(lending: Clerk) -> None:
    rows = lending.reads("demand-collection-by-month", "2024-04-01", "2025-03-31", member="3")
    assert [row["month"] for row in rows] == ["2024-04", "2024-05", "2024-06", "2024-07"]


# Arrears


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2024-05-04", None),
        ("2024-05-05", ("2", 600_000, 100_000, 12_000, 0, "0")),  # due on the very day
        ("2024-05-06", ("2", 600_000, 100_000, 12_000, 1, "1-30")),
        ("2024-06-04", ("2", 600_000, 100_000, 12_000, 30, "1-30")),
        ("2024-06-30", ("2", 450_000, 50_000, 0, 25, "1-30")),  # half of June's instalment
        ("2024-07-31", ("2", 400_000, 100_000, 0, 26, "1-30")),  # July's
        ("2024-10-31", ("2", 400_000, 100_000, 0, 118, "91-180")),  # nobody met since
        ("2025-07-31", ("2", 400_000, 100_000, 0, 391, ">365")),
    ],
)
def test_who_is_late_by_how_many_days(lending: Clerk, as_of: str, expected: tuple[Any, ...] | None) -> None:
    rows = lending.reads(ARREARS, as_of=as_of)
    keys = ("member", "outstanding", "overdue_principal", "overdue_interest", "days", "bucket")
    assert cells(rows, *keys) == ([expected] if expected else [])


def test_portfolio_at_risk(lending: Clerk) -> None:
    lending.reads(ARREARS, as_of="2024-10-31")
    risk = {key: paise for key, paise in lending.totals.items() if key.startswith("par_")}
    assert risk == {
        "par_1_30": 0, "par_31_60": 0, "par_61_90": 0, "par_91_180": 400_000, "par_181_365": 0, "par_over_365": 0,
    }  # fmt: skip
    assert lending.totals["portfolio"] == 800_000
    parts, notes = read_parts(lending, ARREARS, as_of="2024-10-31")
    table = parts["portfolio_at_risk"]
    late = [tuple(row[key] for key in ("loans", "outstanding", "percent")) for row in table.rows]
    assert late == [*[(0, 0, "0.00")] * 3, (1, 400_000, "50.00"), *[(0, 0, "0.00")] * 2]
    assert [language("mr").text(row["bucket"]) for row in table.rows[:1]] == ["१-३०"]
    assert notes == [
        "Portfolio at risk: loans 1, outstanding 4,000, 50.00 % of 8,000",
        "91-180 days overdue: loans 1, outstanding 4,000, 50.00 %",
        "The last meeting was on 05-07-2024; by its own rule a group asks what fell due since in the next.",
    ]


def test_what_is_due_today_is_not_at_risk(lending: Clerk) -> None:
    lending.reads(ARREARS, as_of="2024-05-05")
    assert not any(paise for key, paise in lending.totals.items() if key.startswith("par_"))
    assert lending.totals["portfolio"] == 1_500_000


def test_a_group_without_loans_has_nothing_at_risk(clerk: Clerk) -> None:
    assert clerk.reads(ARREARS, as_of="2024-05-05") == []
    assert read_parts(clerk, ARREARS, as_of="2024-05-05")[1] == []


# Rates


def performance(clerk: Clerk, since: str, until: str) -> dict[str, tuple[Any, ...]]:
    rows = clerk.reads("loan-performance", since, until)
    return {row["key"]: (row["loans"], row["numerator"], row["denominator"], row["percent"]) for row in rows}


def test_loan_performance_by_hand(lending: Clerk) -> None:
    # Principal, June and July: 1,000 was overdue, 4,000 + 2,000 + 1,000 fell due beside what was ahead, 7,000 came.
    # On time: June 2,000 of 2,000, 500 of 1,000 (1,500 less May's 1,000), 1,000 of 1,000;
    # July 2,000 of 2,000, nothing of 1,000, 1,000 of 1,000.
    # Cash: 30,000 - 19,000 + 11,000 + 910 of interest; own funds are the grant and the interest.
    assert performance(lending, "2024-06-01", "2024-07-31") == {
        "loans-outstanding": (2, 800_000, None, None),
        "par-30": (0, 0, 800_000, "0.00"),
        "par-60": (0, 0, 800_000, "0.00"),
        "par-90": (0, 0, 800_000, "0.00"),
        "repayment-rate": (None, 700_000, 800_000, "87.50"),
        "current-repayment-rate": (None, 700_000, 700_000, "100.00"),
        "on-time-rate": (None, 650_000, 800_000, "81.25"),
        "idle-fund": (None, 2_291_000, 3_091_000, "74.12"),
        "rotation": (None, 0, 3_091_000, "0.00"),
    }


def test_more_of_it(lending: Clerk) -> None:
    found = performance(lending, "2024-04-01", "2024-10-31")
    assert found["rotation"] == (None, 1_900_000, 3_091_000, "61.47")
    assert found["par-30"] == found["par-90"] == (1, 400_000, 800_000, "50.00")
    savings = voucher("receipt", "2024-10-31", ("bank", 909_000), ("member-savings", -909_000, "1"))
    lending.posts(savings)  # own funds 40,000, of which 32,000 lie in cash and bank
    assert performance(lending, "2024-04-01", "2024-10-31")["idle-fund"] == (None, 3_200_000, 4_000_000, "80.00")
    lending.closes(2024)
    assert performance(lending, "2025-04-01", "2025-04-30")["idle-fund"] == (None, 3_200_000, 4_000_000, "80.00")


def test_a_group_that_has_done_nothing_has_no_rates(clerk: Clerk) -> None:
    assert {percent for *_, percent in performance(clerk, "2024-04-01", "2024-04-30").values()} == {None}


def test_a_group_without_meetings_is_on_time_by_the_end_of_the_month(clerk: Clerk) -> None:
    entities.set_(clerk.office, "", clerk.code, "loan-instalments", "2")
    clerk.posts(
        voucher("receipt", "2024-04-02", ("cash", 100_000), ("grants", -100_000)),
        voucher("payment", "2024-04-05", ("member-loans", 20_000, "1"), ("cash", -20_000)),
        voucher("receipt", "2024-05-31", ("cash", 10_000), ("member-loans", -10_000, "1")),
        voucher("receipt", "2024-07-01", ("cash", 10_000), ("member-loans", -10_000, "1")),
    )
    assert performance(clerk, "2024-04-01", "2024-07-31")["on-time-rate"] == (None, 10_000, 20_000, "50.00")


def test_a_loan_by_its_product(clerk: Clerk) -> None:
    # 3,000 at 1 % a month, interest alone in May and June, the whole in July. May's 30 is paid, June's is not; in July
    # the 60 and 1,000 of the principal are.
    clerk.posts(voucher("receipt", "2024-04-02", ("cash", 3_000_000), ("grants", -3_000_000)))
    given = SheetRow("1", PRESENT, new_loan=NewLoan(Paise(300_000), "illness", product="emergency"))
    holds(
        clerk,
        MeetingSheet("2024-04-05", 1, rows=(given,)),
        MeetingSheet("2024-05-05", 2, rows=(paid("1", 0, 30),)),
        MeetingSheet("2024-06-05", 3, rows=(SheetRow("1", ABSENT),)),
        MeetingSheet("2024-07-05", 4, rows=(paid("1", 1_000, 60),)),
    )
    rows = clerk.reads(DCB, "2024-06-01", "2024-07-31")
    assert cells(rows, *DEMANDED, *COLLECTED, *OVERDUE) == [rupees(0, 3_000, 0, 60, 1_000, 60, 0, 2_000, 0)]
    assert cells(clerk.reads(ARREARS, as_of="2024-06-30"), "overdue_interest", "days") == [(3_000, 25)]
    assert cells(clerk.reads(ARREARS, as_of="2024-07-31"), "overdue_principal", "days") == [(200_000, 26)]
    assert performance(clerk, "2024-06-01", "2024-07-31")["on-time-rate"] == (None, 100_000, 300_000, "33.33")


def test_without_meetings_a_loan_by_its_product_is_on_time_by_its_due_dates(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Four instalments of 1,000 from 1 February on. The first comes on the day, the second a day late.
    product = Product("equal-principal", Fraction(24), instalments=4)
    moved = (
        Movement("2024-01-01", principal=400_000, lent=400_000),
        Movement("2024-02-01", principal=-100_000),
        Movement("2024-03-02", principal=-100_000),
    )
    reckoning = ByProduct(product, product.dues("2024-01-01"), moved)
    loan = LoanInHand(
        1, "1", Person("Asha Patil"), "2024-01-01", "", Paise(400_000), 4, reckoning, order=product.order
    )  # fmt: skip
    with clerk.office.looking() as tx:
        history = LoanHistory(tx, entity_of(tx, clerk.code))
        monkeypatch.setattr(history._book, "on", lambda _day: (loan,))  # no voucher gives such a loan yet
        assert history.on_time("2024-02-01", "2024-03-31") == Share(Paise(100_000), Paise(200_000))
        assert history.on_time("2024-04-02", "2024-04-30") == Share(Paise(0), Paise(0))


# Interest, provision, closed loans


def test_interest_due_and_not_received(lending: Clerk) -> None:
    rows = lending.reads("interest-due", as_of="2024-05-31")
    assert cells(rows, "member", "loan", "outstanding", "charged", "received", "interest_due") == [
        ("2", "2", 600_000, 12_000, 0, 12_000),
    ]
    assert lending.reads("interest-due", as_of="2024-06-30") == []


def test_provision(lending: Clerk) -> None:
    rows = lending.reads("loan-loss-provision", as_of="2024-07-31")
    keys = ("class", "loans", "outstanding", "percent", "provision")
    assert cells(rows[:3], *keys) == [
        ("Regular", 1, 400_000, "0.00", 0),
        ("1–30 days overdue", 1, 400_000, "10.00", 40_000),
        ("31–60 days overdue", 0, 0, "25.00", 0),
    ]
    assert rows[-1]["class"] == "More than 365 days overdue"
    assert (lending.totals["outstanding"], lending.totals["provision"]) == (800_000, 40_000)
    lending.reads("loan-loss-provision", as_of="2024-10-31")
    assert lending.totals["provision"] == 300_000  # 75 %
    assert "Sa-Dhan" in read_parts(lending, "loan-loss-provision")[1][0]


def test_closed_loans(lending: Clerk) -> None:
    rows = lending.reads("closed-loans", "2024-06-01", "2024-07-31")
    keys = ("loan", "member", "date", "principal", "closed", "days", "interest")
    assert cells(rows, *keys) == [("3", "3", "2024-04-05", 300_000, "2024-07-05", 91, 10_000)]
    assert lending.reads("closed-loans", "2024-07-06", "2024-12-31") == []
    assert lending.reads("closed-loans", "2024-04-01", "2024-07-04") == []


def test_a_loan_that_owes_again_is_not_closed(lending: Clerk) -> None:
    off = voucher("receipt", "2024-07-10", ("cash", 400_000), ("member-loans", -400_000, "2"))
    lending.reverses(lending.posts(off)[0], "2024-07-20", "bounced")
    assert [row["loan"] for row in lending.reads("closed-loans", "2024-07-01", "2024-07-15")] == ["2", "3"]
    assert [row["loan"] for row in lending.reads("closed-loans", "2024-07-01", "2024-07-31")] == ["3"]


# All entities, and the practice books


@pytest.mark.parametrize(
    "name",
    [DCB, ARREARS, "interest-due", "loan-loss-provision", "closed-loans", "loan-performance",
     "demand-collection-by-month"],
)  # fmt: skip
def test_of_all_entities_each_row_names_its_own(lending: Clerk, name: str) -> None:
    entities.add(lending.office, "", "EX2", "Second", "society", starts="2024-04-01")
    one = lending.reads(name)
    both = lending.reads(name, all=True)
    assert [{key: row[key] for key in row if key != "entity"} for row in both if row["entity"] == "EX1"] == one


@pytest.mark.slow
def test_arrears_of_the_practice_books_are_those_of_their_balance_sheet(practice: Clerk) -> None:
    rows = practice.reads(ARREARS, as_of="2024-03-31")
    assert (practice.totals["overdue_principal"], practice.totals["overdue_interest"]) == rupees(2_400, 548)
    assert cells(rows, "member", "loan", "days") == [("3", "11", 26), ("9", "7", 55), ("11", "10", 26)]
    practice.reads(DCB, "2023-04-01", "2024-03-31")
    assert (practice.totals["overdue_principal"], practice.totals["overdue_interest"]) == rupees(2_400, 548)
    practice.reads(DCB, "2024-04-01", "2025-03-31")
    arrears = practice.totals["demand_principal_arrears"], practice.totals["demand_interest_arrears"]
    assert arrears == rupees(2_400, 548)
    assert practice.reads("interest-due", as_of="2024-03-31")
    assert practice.totals["interest_due"] == 54_800


PERIODS = [("2023-04-01", "2023-09-30"), ("2023-10-01", "2024-03-31"), ("2024-04-01", "2024-06-17")]


@pytest.mark.slow
@pytest.mark.parametrize(("since", "until"), PERIODS)
def test_the_practice_books_hold_together(practice: Clerk, since: str, until: str) -> None:
    rows = practice.reads(DCB, since, until)
    for row in rows:
        of_principal = row["demand_principal_arrears"] + row["demand_principal_current"] - row["overdue_principal"]
        assert row["collected_principal"] - row["advance_principal"] == of_principal
        assert row["opening_balance"] + row["disbursed"] - row["collected_principal"] == row["closing_balance"]
    totals = practice.totals
    ledger = practice.reads("loan-ledger", since, until)
    assert totals["collected_principal"] == sum(row["principal"] for row in ledger)
    assert totals["collected_interest"] == sum(row["interest"] for row in ledger)
    assert totals["disbursed"] == sum(row["disbursed"] for row in ledger)
    trial = practice.reads("trial-balance", as_of=until)
    assert totals["closing_balance"] == next(row["debit"] for row in trial if row["role"] == "member-loans")
    late = practice.reads(ARREARS, as_of=until)
    for key in OVERDUE:
        assert totals[key] == sum(row[key] for row in late)
    _agrees_with_months(practice, totals, since, until)


def _agrees_with_months(practice: Clerk, totals: dict[str, int], since: str, until: str) -> None:
    """Flows of months add up to those of the period; what is paid ahead in one lessens the demand of the next."""
    months: Read = practice.reads("demand-collection-by-month", since, until)
    for key in ("disbursed", "collected_principal", "collected_interest"):
        assert practice.totals[key] == totals[key]
    demand = practice.totals["demand_principal_current"] + practice.totals["advance_principal"]
    assert demand == totals["demand_principal_current"] + totals["advance_principal"]
    assert months[-1]["overdue_principal"] == totals["overdue_principal"]
    assert months[0]["demand_principal_arrears"] == totals["demand_principal_arrears"]


def test_the_loans_are_read_once(lending: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    begin = LoanHistory.__init__

    def counted(self: LoanHistory, *told: Any) -> None:  # noqa: ANN401  # whatever it is made of
        made.append("read")
        begin(self, *told)

    monkeypatch.setattr(LoanHistory, "__init__", counted)
    lending.reads(ARREARS, as_of="2024-07-31")
    assert len(made) == 1
