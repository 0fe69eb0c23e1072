"""The cut-off sheet as a value: what a group with years behind it begins its books with (domain rule 10).

It must balance before it is posted. Where it does not, `totals` says by kind what it adds up to and `suspects` which
lines look like the cause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bookkeeper.rules.meeting import SAVINGS
from bookkeeper.rules.money import Paise, parsed, shown
from bookkeeper.rules.said import Said

_NOUGHT: Final = Paise(0)


@dataclass(frozen=True, slots=True)
class CutOffLoan:
    """A loan that still runs at the cut-off. Paise; `interest_due` is memorandum: it is not posted, but demanded.

    `principal` and `disbursed` are those of the day it was given; `rate_per_month` percent a month as text.
    """

    outstanding: Paise
    instalments_left: int
    interest_due: Paise = _NOUGHT
    rate_per_month: str | None = None
    method: str | None = None
    disbursed: str = ""
    principal: Paise = _NOUGHT
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class CutOffMember:
    """What a member has saved (owed to her, paise) and owes at the cut-off."""

    member: str
    savings: Paise = _NOUGHT
    voluntary_savings: Paise = _NOUGHT
    special_savings: Paise = _NOUGHT
    loans: tuple[CutOffLoan, ...] = ()
    row: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class CutOffHead:
    """What stands on another head: `amount` debit positive. `account` is a code or a role."""

    account: str
    amount: Paise
    row: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class BankItem:
    """A bank item open at the cut-off: in our book and not yet in the pass book (paise; paid out is negative)."""

    amount: Paise
    date: str = ""
    kind: str = ""
    number: str = ""
    narration: str = ""
    row: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class CutOff:
    """The whole sheet, as it stands at the end of its day."""

    date: str
    members: tuple[CutOffMember, ...] = ()
    heads: tuple[CutOffHead, ...] = ()
    bank_items: tuple[BankItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One amount of the sheet and where it stands: `amount` debit positive."""

    what: str
    amount: Paise
    row: int | None
    field: str


def lines(sheet: CutOff) -> Iterator[Line]:
    """Every amount that is posted, in the order of the sheet."""
    for one in sheet.members:
        for column, role in SAVINGS.items():
            amount: Paise = getattr(one, column)
            if amount:
                yield Line(
                    Said("{role} of member {member}", role=Said(role), member=one.member),
                    Paise(-amount),
                    one.row,
                    column,
                )
        for loan in one.loans:
            yield Line(Said("loan of member {member}", member=one.member), loan.outstanding, one.row, "loan")
    for head in sheet.heads:
        yield Line(head.account, head.amount, head.row, "debit" if head.amount > 0 else "credit")


def suspects(sheet: CutOff, difference: Paise) -> tuple[tuple[Line, str], ...]:
    """Lines that would explain a difference (debits less credits, paise), each with why.

    Three slips that book-keepers know: the amount is left out or there twice, it stands on the wrong side (half the
    difference), two figures are exchanged (the difference can be divided by nine).
    """
    found = []
    for line in lines(sheet):
        if line.amount == difference:
            found.append((line, Said("is just the difference: is it there twice, or its other side left out?")))
        elif 2 * line.amount == difference:
            found.append((line, Said("is half the difference: does it stand on the wrong side?")))
        elif _exchanged(abs(line.amount), abs(difference)):
            found.append((line, Said("would agree with two figures exchanged.")))
    return tuple(found)


def _exchanged(amount: int, difference: int) -> bool:
    """Whether exchanging two neighbouring figures of an amount changes it by just the difference."""
    figures = str(amount)
    for place in range(len(figures) - 1):
        swapped = figures[:place] + figures[place + 1] + figures[place] + figures[place + 2 :]
        if difference and abs(int(swapped) - amount) == difference:
            return True
    return False


def plain(sheet: CutOff) -> dict[str, object]:
    """The sheet in the form of its file; what is empty or nought is left out."""
    return {
        "date": sheet.date,
        "members": [_plain_member(one) for one in sheet.members],
        "accounts": [
            {"account": head.account, "debit" if head.amount > 0 else "credit": shown(Paise(abs(head.amount)))}
            for head in sheet.heads
        ],
        "bank_items": [
            {"amount": shown(item.amount), **_filled(date=item.date, kind=item.kind, number=item.number,
                                                     narration=item.narration)}
            for item in sheet.bank_items
        ],
    }  # fmt: skip


def _filled(**values: object) -> dict[str, object]:
    return {key: value for key, value in values.items() if value}


def _amount(amount: Paise) -> str:
    return shown(amount) if amount else ""


def _plain_member(one: CutOffMember) -> dict[str, object]:
    savings = {column: _amount(getattr(one, column)) for column in SAVINGS}
    return {"member": one.member, **_filled(**savings, loans=[_plain_loan(loan) for loan in one.loans])}


def _plain_loan(loan: CutOffLoan) -> dict[str, object]:
    return {
        "outstanding": shown(loan.outstanding),
        "instalments_left": loan.instalments_left,
        **_filled(
            interest_due=_amount(loan.interest_due),
            rate_per_month=loan.rate_per_month,
            method=loan.method,
            disbursed=loan.disbursed,
            principal=_amount(loan.principal),
            purpose=loan.purpose,
        ),
    }


def cut_off_of(values: Mapping[str, Any]) -> CutOff:
    """The sheet of a plain form that this program wrote; a user's file is read by `exchange`."""
    return CutOff(
        values["date"],
        tuple(_member_of(one, number) for number, one in enumerate(values["members"], 1)),
        tuple(_head_of(one, number) for number, one in enumerate(values["accounts"], 1)),
        tuple(BankItem(**{**one, "amount": parsed(one["amount"])}) for one in values["bank_items"]),
    )


def _member_of(values: Mapping[str, Any], number: int) -> CutOffMember:
    savings = {column: parsed(values[column]) for column in SAVINGS if column in values}
    loans = tuple(_loan_of(one) for one in values.get("loans", ()))
    return CutOffMember(values["member"], **savings, loans=loans, row=number)


def _loan_of(values: Mapping[str, Any]) -> CutOffLoan:
    amounts = {key: parsed(values[key]) for key in ("outstanding", "interest_due", "principal") if key in values}
    return CutOffLoan(**{**values, **amounts})


def _head_of(values: Mapping[str, Any], number: int) -> CutOffHead:
    amount = parsed(values["debit"]) if "debit" in values else Paise(-parsed(values["credit"]))
    return CutOffHead(values["account"], amount, number)
