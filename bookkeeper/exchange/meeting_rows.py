"""The members' rows of a filled meeting sheet (layout: `meetings_workbook`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from bookkeeper.exchange.cells import Line, Table, Words, is_of_totals
from bookkeeper.exchange.faults import NotTaken
from bookkeeper.exchange.fields import loan_of, needed, short
from bookkeeper.exchange.json_fields import unsigned
from bookkeeper.exchange.meeting_fields import beside_repayment, instalments_of, product_of, rate_of
from bookkeeper.exchange.meetings_workbook import FURTHER, TOLD
from bookkeeper.rules.meeting import (
    ABSENT,
    BANK,
    CASH,
    LATE,
    LEAVE,
    PRESENT,
    SAVINGS,
    HeadAmount,
    NewLoan,
    Repaid,
    SheetRow,
)
from bookkeeper.rules.money import NotAnAmount, Paise, shown

_OF_LOAN: Final = ("product", "purpose", "instalments", "rate_per_month")
_FIRST: Final = (
    "attendance", *SAVINGS, "fine", "fine_levied", "withdrawal", "withdrawal_from", "new_loan", *_OF_LOAN, "sent",
)  # fmt: skip
"""What only the first row of a member carries."""

_ENTERED: Final = (*_FIRST, *FURTHER)
_ONCE: Final = "Write all that she pays in one row; a second one only for money by bank."


@dataclass(frozen=True, slots=True)
class Differing:
    """A cell of the first sheet whose amount differs from what was due, in paise: "E7"."""

    cell: str
    entered: Paise
    due: Paise

    def __str__(self) -> str:
        return f"Due: {shown(self.due)}. Entered: {shown(self.entered)}."


@dataclass(slots=True)
class _Hers:
    """A row of a member: its value, and the lines of the sheet that it stands in."""

    row: SheetRow
    lines: list[Line]

    @property
    def is_listed(self) -> bool:
        return any(line.has(*_ENTERED) for line in self.lines)

    def add(self, line: Line) -> None:
        """Take what a further line of hers carries."""
        self.lines.append(line)
        self.row = replace(
            self.row,
            repaid=(*self.row.repaid, *_repaid(line)),
            other=(*self.row.other, *_head(line)),
            names=(*self.row.names, *_name(line)),
        )


class MemberRows:
    """The rows of the members, read once; where each stands, and what differs from due."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._found: dict[tuple[str, str], _Hers] = {}
        self.differing: list[Differing] = []
        self.hidden: list[str] = []
        for line in table.lines():
            member = _member(line)
            if member:
                self._take(member, line)
                self.differing += _differing(line)
                if line.is_hidden and line.has(*_ENTERED):
                    self.hidden.append(line.told_hidden)
        self.rows = tuple(hers.row for hers in self._found.values() if hers.is_listed)
        self._lines = {hers.row.row: hers.lines for hers in self._found.values()}

    def place(self, row: int | None, field: str) -> str:
        """Where a field of a `SheetRow` stands: of several lines, in those that are filled."""
        key = {"present": "attendance", "other": "other_head"}.get(field, field)
        if row is None or key not in self._table.columns:
            return self._table.place(row, field)
        lines = [line for line in self._lines.get(row, ()) if line.has(key)]
        first = self._table.place(lines[0].number if lines else row, key)
        lines = lines if key in {"loan", *FURTHER} else lines[:1]
        cells = [self._table.letter(line.number, key) for line in lines]
        return first.replace(cells[0], " or ".join(cells), 1) if len(cells) > 1 else first

    def _take(self, member: str, line: Line) -> None:
        """A row of hers, or a further line of one."""
        by = line.one_of(_words()["by"], "by")
        hers = [there for there in (self._found.get((member, CASH)), self._found.get((member, BANK))) if there]
        same = next((there for there in hers if by in {None, there.row.by}), None)
        if same and by is None and line.has(*_FIRST) and (member, CASH) not in self._found:
            same = None  # she stands there by bank alone: this is her row in cash
        if same is None:
            self._found[member, by or CASH] = _Hers(_row(member, by or CASH, line), [line])
        elif line.has(*_FIRST):
            line.refuse(f"member {short(member)} stands in row {same.row.row} already.", _ONCE, "member")
        else:
            same.add(line)


@cache
def _words() -> Mapping[str, Words]:
    """What may be typed in the columns of a few values, in each language."""
    attendance = Words({
        PRESENT: ("P", "Present"), ABSENT: ("A", "Absent"), LATE: ("T", "Lt", "Late"),
        LEAVE: ("L", "Leave", "On leave"),
    })  # fmt: skip
    sent = Words({"yes": ("yes", "Yes", "होय", "हो", "हाँ", "हां", "Sent"), "no": ("no", "No", "नाही", "नहीं")})
    drawn = Words(dict(zip(SAVINGS.values(), (("Savings",), ("Voluntary",), ("Special",)), strict=True)))
    by = Words({CASH: ("cash", "Cash"), BANK: ("bank", "Bank")})
    return {"attendance": attendance, "sent": sent, "withdrawal_from": drawn, "by": by}


def _member(line: Line) -> str:
    """The member's number; empty for a row that has none, which is blank or noted."""
    if is_of_totals(line, "member", "name"):
        return ""
    if not line.has("member"):
        if line.has("name", "loan", "by", *_ENTERED, *TOLD):
            line.refuse("this row has no number of a member.", "Write her number, or delete the row.", "member")
        return ""
    return line.take(needed, "member") or ""


def _row(member: str, by: str, line: Line) -> SheetRow:
    words = _words()
    row = SheetRow(
        member=member,
        present=line.one_of(words["attendance"], "attendance") or ABSENT,
        sent=line.one_of(words["sent"], "sent") == "yes",
        by=by,
        savings=line.amount("savings"),
        voluntary_savings=line.amount("voluntary_savings"),
        special_savings=line.amount("special_savings"),
        repaid=tuple(_repaid(line)),
        fine=line.amount("fine"),
        fine_levied=line.amount("fine_levied") if line.has("fine_levied") else None,
        other=tuple(_head(line)),
        withdrawal=line.amount("withdrawal"),
        withdrawal_from=line.one_of(words["withdrawal_from"], "withdrawal_from") or "",
        new_loan=_new_loan(line),
        row=line.number,
        names=tuple(_name(line)),
    )
    if row.withdrawal_from and not line.has("withdrawal"):
        line.refuse("nothing is withdrawn here.", "Write the amount, or leave this blank.", "withdrawal_from")
    return row


def _name(line: Line) -> Iterator[tuple[int, str]]:
    """What the sheet calls her there."""
    cell = line.cell("name")
    if isinstance(cell, str) and cell.strip():
        yield line.number, cell


def _repaid(line: Line) -> Iterator[Repaid]:
    loan = line.take(loan_of, "loan")
    parts = {key: line.amount(key) for key in ("principal", "interest", "repayment", "penalty")}
    paid = Repaid(**parts, loan=loan)
    if why := beside_repayment(paid):
        line.refuse(why, "Write either the whole or its parts.", "repayment")
    elif paid.total:
        yield paid


def _head(line: Line) -> Iterator[HeadAmount]:
    account, amount = line.take(needed, "other_head"), line.amount("other")
    if line.has("other") and not line.has("other_head"):
        line.refuse("the amount beside it has no head.", "Write the account: membership-fees.", "other_head")
    elif line.has("other_head") and not line.has("other"):
        line.refuse("there is no amount for the head.", "Write it, or leave the head blank.", "other")
    elif account and amount:
        yield HeadAmount(account, amount)


def _new_loan(line: Line) -> NewLoan | None:
    principal = line.amount("new_loan")
    purpose, instalments = line.text("purpose"), line.take(instalments_of, "instalments")
    rate, product = line.rate(rate_of, "rate_per_month"), line.take(product_of, "product") or ""
    for key in _OF_LOAN:
        if line.has(key) and not line.has("new_loan"):
            line.refuse("there is no new loan in this row.", "Write its amount, or leave this blank.", key)
    return NewLoan(principal, purpose, instalments, rate, product=product) if principal else None


def _differing(line: Line) -> Iterator[Differing]:
    """The amounts that are not what was due."""
    principal, interest = _quiet(line, "due_principal"), _quiet(line, "due_interest")
    if line.has("repayment"):
        due = {"repayment": principal + interest if principal is not None and interest is not None else None}
    else:
        due = {"principal": principal, "interest": interest}
    for key, amount in {"savings": _quiet(line, "due_savings"), **due}.items():
        entered = _quiet(line, key)
        if entered is not None and amount is not None and entered != amount:
            yield Differing(line.table.letter(line.number, key), entered, Paise(amount))


def _quiet(line: Line, key: str) -> Paise | None:
    """An amount, or None where it cannot be read; nothing is noted."""
    cell = line.cells[key]
    try:
        return unsigned(cell) if isinstance(cell, str) else None
    except (NotTaken, NotAnAmount):
        return None
