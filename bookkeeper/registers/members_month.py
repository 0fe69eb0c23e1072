"""The monthly sheet of all members: what each paid and was paid in a period, and how she stands (forms note 1, [B]).

Many groups keep nothing else. "Received" and "paid out" are money, through cash or bank, so that the total row is what
passed between the members and the group; what a journal moves without money (savings set off against a loan, interest
credited to savings) is in the columns to date alone, and so is what is set off in a voucher that moves money besides.
A reversal is taken off what it reverses, in the period of its own day. What the group pays a member as its expense,
such as an honorarium, is not of her account and not here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bookkeeper.books.members import members
from bookkeeper.books.savings import COMPULSORY
from bookkeeper.definitions.chart import FINES_ROLE, INTEREST_ON_SAVINGS_ROLE, PENALTY_ROLE
from bookkeeper.definitions.kind import EntityKind, kind
from bookkeeper.ledger.member_postings import MemberPosting, in_money, postings
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Person, Register, Row, Say, Total
from bookkeeper.rules.dates import month_of
from bookkeeper.store.engine import Tx

_IN, _OUT, _SAVED, _OWED = "Received", "Paid out", "Savings to date", "Loan to date"


def _money(key: str, title: str, under: str, head: str, mm: float) -> Column:
    return Column(key, title, Kind.MONEY, Total.SUM, under=under, head=head, mm=mm)


REGISTER = Register(
    title="Monthly sheet of all members",
    asks=(Ask.PERIOD,),
    landscape=True,
    signed_by=("Book-keeper", "Treasurer", "President"),
    columns=(
        Column("member", "Member no.", head="No.", mm=8),
        Column("name", "Member"),
        _money("savings", "Savings received", _IN, "Savings", 15.5),
        _money("extra_savings", "Extra savings received", _IN, "Extra", 14),
        _money("loan_repaid", "Loan repaid", _IN, "Loan", 16),
        _money("interest", "Interest received", _IN, "Interest", 14.5),
        _money("fine", "Fine received", _IN, "Fine", 11),
        _money("other", "Other receipts", _IN, "Other", 11.5),
        _money("total", "Total received", _IN, "Total", 17),
        _money("loan_given", "Loan given", _OUT, "Loan", 17),
        _money("savings_returned", "Savings returned", _OUT, "Savings", 14),
        _money("total_paid", "Total paid", _OUT, "Total", 17),
        _money("savings_to_date", "Savings to date", _SAVED, "Total", 16.5),
        _money("extra_to_date", "Extra savings to date", _SAVED, "Extra", 14),
        _money("returned_to_date", "Savings returned to date", _SAVED, "Paid back", 13),
        Column("loans_to_date", "Loans taken to date", Kind.MONEY, Total.SUM, mm=0),
        Column("repaid_to_date", "Loans repaid to date", Kind.MONEY, Total.SUM, mm=0),
        _money("interest_to_date", "Interest paid to date", _OWED, "Interest", 15),
        _money("outstanding", "Loan outstanding", _OWED, "Owed", 18),
    ),
)

_RECEIVED = ("savings", "extra_savings", "loan_repaid", "interest", "fine", "other")
_PAID = ("loan_given", "savings_returned")

Parts = defaultdict[str, int]
"""Column → paise."""


def title(asked: Asked) -> Say:
    """What it is called: monthly only where it is of one month."""
    if month_of(asked.since) == month_of(asked.until):
        return Say("Monthly sheet of all members")
    return Say("Sheet of all members")


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """Each member who belonged to the group in the period or paid in it, by number; paise.

    What stands of savings to date is her balance, "extra" what of it is not the fixed saving.
    """
    own = kind(asked.entity.kind)
    found: dict[str, tuple[Parts, list[MemberPosting]]] = defaultdict(lambda: (defaultdict(int), []))
    money = in_money(tx, asked.entity, asked.since, asked.until)
    for one in postings(tx, asked.entity, asked.until):
        moved, hers = found[one.member]
        hers.append(one)
        part, amount = _part(one._replace(paise=money.get((one.sequence, one.line), 0)), own)
        if amount and part:
            moved[part] += amount
    for member in members(tx, asked.entity):
        moved, hers = found[member.number]
        if not member.belonged(asked.since, asked.until) and not any(moved.values()):
            continue
        yield {
            "member": member.number,
            "name": Person(member.name, member.name_local),
            **{key: moved[key] for key in (*_RECEIVED, *_PAID)},
            "total": sum(moved[key] for key in _RECEIVED),
            "total_paid": sum(moved[key] for key in _PAID),
            **_to_date(hers, own),
        }


def _part(one: MemberPosting, own: EntityKind) -> tuple[str, int]:
    """The column that money of a posting belongs to, "" for none, and its amount there in paise."""
    role = one.role or ""
    if role in own.loan_roles and one.to_her:
        return "loan_given", one.paise
    if (role in own.savings_roles and one.to_her) or role == INTEREST_ON_SAVINGS_ROLE:
        return "savings_returned", one.paise
    received = {
        **dict.fromkeys(own.savings_roles, "extra_savings"),
        COMPULSORY: "savings",
        **dict.fromkeys(own.loan_roles, "loan_repaid"),
        **dict.fromkeys((*own.interest_roles, PENALTY_ROLE), "interest"),
        FINES_ROLE: "fine",
        **dict.fromkeys(("cash", "bank"), ""),
    }
    return received.get(role, "" if one.group == "expense" else "other"), -one.paise


def _to_date(hers: Sequence[MemberPosting], own: EntityKind) -> dict[str, int]:
    """How she stands at the end, in paise, with the cut-off sheet and what moved without money."""
    sums: Parts = defaultdict(int)
    for one in hers:
        part, amount = _part(one, own)
        sums[part] += amount if one.role != INTEREST_ON_SAVINGS_ROLE else 0
        if one.role in own.savings_roles:
            sums["saved"] -= one.paise
            sums["of extra"] -= 0 if one.role == COMPULSORY else one.paise
    return {
        "savings_to_date": sums["saved"],
        "extra_to_date": sums["of extra"],
        "returned_to_date": sums["savings_returned"],
        "loans_to_date": sums["loan_given"],
        "repaid_to_date": sums["loan_repaid"],
        "interest_to_date": sums["interest"],
        "outstanding": sums["loan_given"] - sums["loan_repaid"],
    }
