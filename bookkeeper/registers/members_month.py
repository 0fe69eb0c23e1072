"""The monthly sheet of all members: what each paid and was paid in a period, and how she stands (forms note 1, [B]).

Many groups keep nothing else. Its total row is the money that passed between the members and the group; a reversal is
taken off what it reverses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bookkeeper.books.loans import LOAN_ROLE
from bookkeeper.books.member_postings import MemberPosting, belonging, postings
from bookkeeper.books.savings import COMPULSORY, KINDS
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Person, Register, Row, Total
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
        _money("savings", "Savings received", _IN, "Savings", 15),
        _money("extra_savings", "Extra savings received", _IN, "Extra", 13),
        _money("loan_repaid", "Loan repaid", _IN, "Loan", 16),
        _money("interest", "Interest received", _IN, "Interest", 14),
        _money("fine", "Fine received", _IN, "Fine", 11),
        _money("other", "Other receipts", _IN, "Other", 11),
        _money("total", "Total received", _IN, "Total", 17),
        _money("loan_given", "Loan given", _OUT, "Loan", 17),
        _money("savings_returned", "Savings returned", _OUT, "Savings", 15),
        _money("total_paid", "Total paid", _OUT, "Total", 17),
        _money("savings_to_date", "Savings to date", _SAVED, "Total", 17),
        _money("extra_to_date", "Extra savings to date", _SAVED, "Extra", 14),
        _money("returned_to_date", "Savings returned to date", _SAVED, "Returned", 15),
        Column("loans_to_date", "Loans taken to date", Kind.MONEY, Total.SUM, mm=0),
        Column("repaid_to_date", "Loans repaid to date", Kind.MONEY, Total.SUM, mm=0),
        _money("interest_to_date", "Interest paid to date", _OWED, "Interest", 15),
        _money("outstanding", "Loan outstanding", _OWED, "Owed", 18),
    ),
)

_INTEREST = ("interest-on-member-loans", "penal-interest")


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """Each member who belonged to the group in the period, by number; paise."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in postings(tx, asked.entity, asked.until):
        hers = found[one.member]
        part, amount = _part(one)
        hers[f"{part} ever"] += amount
        if one.date >= asked.since and not one.opens:
            hers[part] += amount
    for member in belonging(tx, asked.entity, asked.since, asked.until):
        hers = found[member.number]
        received = {key: hers[key] for key in ("savings", "extra_savings", "loan_repaid", "interest", "fine", "other")}
        paid = {key: hers[key] for key in ("loan_given", "savings_returned")}
        yield {
            "member": member.number,
            "name": Person(member.name, member.name_local),
            **received,
            "total": sum(received.values()),
            **paid,
            "total_paid": sum(paid.values()),
            "savings_to_date": hers["savings ever"] + hers["extra_savings ever"] - hers["savings_returned ever"],
            "extra_to_date": hers["extra_savings ever"],
            "returned_to_date": hers["savings_returned ever"],
            "loans_to_date": hers["loan_given ever"],
            "repaid_to_date": hers["loan_repaid ever"],
            "interest_to_date": hers["interest ever"],
            "outstanding": hers["loan_given ever"] - hers["loan_repaid ever"],
        }


def _part(one: MemberPosting) -> tuple[str, int]:
    """The column a posting belongs to and its amount there, in paise."""
    if one.role == LOAN_ROLE:
        return ("loan_given", one.paise) if one.to_her else ("loan_repaid", -one.paise)
    if one.role in KINDS.values():
        if one.to_her:
            return "savings_returned", one.paise
        return ("savings" if one.role == COMPULSORY else "extra_savings"), -one.paise
    if one.role in _INTEREST:
        return "interest", -one.paise
    return ("fine" if one.role == "fines" else "other"), -one.paise
