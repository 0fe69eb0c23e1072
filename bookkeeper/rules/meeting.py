"""The sheet of one meeting as a value: what the file, the spreadsheet and the window all hold.

Its plain form is the JSON of the contract (design 3), so that the sheet that is kept, handed back and read is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from bookkeeper.rules.money import Paise, parsed, shown

PRESENT: Final = "present"
ABSENT: Final = "absent"
LATE: Final = "late"
LEAVE: Final = "leave"
ATTENDANCE: Final = (PRESENT, ABSENT, LATE, LEAVE)
"""Present, absent, late (counted as present), absent with leave."""

CASH: Final = "cash"
BANK: Final = "bank"

MOST_NUMBER: Final = 99_999
"""The largest number that a meeting may have."""

NOTES: Final = (2000, 500, 200, 100, 50, 20, 10, 5, 2, 1)
"""The notes (and small pieces) that may be counted, in rupees."""

SAVINGS: Final = {
    "savings": "member-savings",
    "voluntary_savings": "voluntary-savings",
    "special_savings": "special-savings",
}
"""Each column of savings and the role of its account."""

_PLAIN_ATTENDANCE: Final[Mapping[str, object]] = {PRESENT: True, ABSENT: False, LATE: LATE, LEAVE: LEAVE}
_NOUGHT: Final = Paise(0)


@dataclass(frozen=True, slots=True)
class Repaid:
    """What a member pays on a loan: the parts, or one `repayment` that the loan's own rule splits. Paise.

    `loan` None means the oldest that owes. `penalty` is penal interest.
    """

    principal: Paise = _NOUGHT
    interest: Paise = _NOUGHT
    repayment: Paise = _NOUGHT
    loan: int | None = None
    penalty: Paise = _NOUGHT

    @property
    def total(self) -> Paise:
        """All that is paid."""
        return Paise(self.principal + self.interest + self.repayment + self.penalty)


@dataclass(frozen=True, slots=True)
class NewLoan:
    """A loan given in the meeting, by the `product` of that key, else by the group's rule; what is None follows it.

    `rate_per_month` is percent a month as text.
    """

    principal: Paise
    purpose: str = ""
    instalments: int | None = None
    rate_per_month: str | None = None
    method: str | None = None
    first_due: str | None = None
    by: str | None = None
    product: str = ""


@dataclass(frozen=True, slots=True)
class HeadAmount:
    """Money of a member for another head: a membership fee. `account` is a code or a role."""

    account: str
    amount: Paise


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One member's row. Amounts in paise, never negative; `fine_levied` is memorandum, due until paid as `fine`.

    `fine_levied` None is left out, and the group's rule holds; one of nought waives it. `names` are what the user's own
    sheet calls her, each with its line there.
    """

    member: str
    present: str = ABSENT
    sent: bool = False
    by: str = CASH
    savings: Paise = _NOUGHT
    voluntary_savings: Paise = _NOUGHT
    special_savings: Paise = _NOUGHT
    repaid: tuple[Repaid, ...] = ()
    fine: Paise = _NOUGHT
    fine_levied: Paise | None = None
    withdrawal: Paise = _NOUGHT
    withdrawal_from: str = ""
    new_loan: NewLoan | None = None
    other: tuple[HeadAmount, ...] = ()
    row: int | None = field(default=None, compare=False)
    names: tuple[tuple[int, str], ...] = field(default=(), compare=False)

    @property
    def received(self) -> Paise:
        """All that she pays in."""
        loans = sum(one.total for one in self.repaid)
        heads = sum(one.amount for one in self.other)
        return Paise(self.savings + self.voluntary_savings + self.special_savings + loans + self.fine + heads)


@dataclass(frozen=True, slots=True)
class FootLine:
    """A receipt, payment or contra at the foot of the sheet. A contra's amount is positive into the bank."""

    kind: str
    account: str
    amount: Paise
    narration: str = ""
    by: str = CASH
    row: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Resolution:
    """A resolution: its number, its text, and the members who proposed and seconded it."""

    text: str
    number: str = ""
    proposed_by: str = ""
    seconded_by: str = ""


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """One sitting. `counted` has the pieces of each note, None where the cash was not counted; `coins` in paise.

    `place_in_file` says which meeting of the file it is, from 1.
    """

    date: str
    number: int | None = None
    place: str = ""
    time: str = ""
    presided_by: str = ""
    agenda: tuple[str, ...] = ()
    minutes: str = ""
    resolutions: tuple[Resolution, ...] = ()
    signed_by: tuple[str, ...] = ()
    counted: tuple[tuple[int, int], ...] | None = None
    coins: Paise = _NOUGHT
    rows: tuple[SheetRow, ...] = ()
    other: tuple[FootLine, ...] = ()
    place_in_file: int | None = field(default=None, compare=False)

    @property
    def cash(self) -> Paise | None:
        """The cash that was counted; None where it was not."""
        if self.counted is None:
            return None
        return Paise(sum(note * pieces * 100 for note, pieces in self.counted) + self.coins)

    def attendance(self) -> dict[str, str]:
        """Member → how she attended, for those on the sheet; of two rows the one that says more."""
        found: dict[str, str] = {}
        for row in self.rows:
            if found.get(row.member, ABSENT) == ABSENT:
                found[row.member] = row.present
        return found


def plain(sheet: MeetingSheet) -> dict[str, object]:
    """The sheet in the form of the contract; what is empty or nought is left out."""
    values: dict[str, object] = {
        "date": sheet.date,
        "number": sheet.number,
        "place": sheet.place,
        "time": sheet.time,
        "presided_by": sheet.presided_by,
        "agenda": list(sheet.agenda),
        "minutes": sheet.minutes,
        "resolutions": [_plain_resolution(one) for one in sheet.resolutions],
        "signed_by": list(sheet.signed_by),
        "cash_counted": None if sheet.counted is None else {str(note): pieces for note, pieces in sheet.counted},
        "coins": _amount(sheet.coins),
        "rows": [_plain_row(row) for row in sheet.rows],
        "other": [_plain_foot(line) for line in sheet.other],
    }
    return {key: value for key, value in values.items() if value or key in {"date", "rows"} or value == {}}


def sheet_of(values: Mapping[str, Any]) -> MeetingSheet:
    """The sheet of a plain form that this program wrote (`plain`); a user's file is read by `exchange`."""
    counted = values.get("cash_counted")
    return MeetingSheet(
        date=values["date"],
        number=values.get("number"),
        place=values.get("place", ""),
        time=values.get("time", ""),
        presided_by=values.get("presided_by", ""),
        agenda=tuple(values.get("agenda", ())),
        minutes=values.get("minutes", ""),
        resolutions=tuple(Resolution(**one) for one in values.get("resolutions", ())),
        signed_by=tuple(values.get("signed_by", ())),
        counted=None if counted is None else tuple((int(note), pieces) for note, pieces in counted.items()),
        coins=_paise(values, "coins"),
        rows=tuple(_row_of(one, number) for number, one in enumerate(values.get("rows", ()), 1)),
        other=tuple(_foot_of(one, number) for number, one in enumerate(values.get("other", ()), 1)),
    )


def _amount(amount: Paise) -> str:
    return shown(amount) if amount else ""


def _paise(values: Mapping[str, Any], key: str) -> Paise:
    return parsed(values[key]) if key in values else _NOUGHT


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value not in ("", None, [], False)}


def _plain_resolution(one: Resolution) -> dict[str, object]:
    return _filled(
        {"number": one.number, "text": one.text, "proposed_by": one.proposed_by, "seconded_by": one.seconded_by}
    )


def _plain_row(row: SheetRow) -> dict[str, object]:
    loan = row.new_loan
    values: dict[str, object] = {
        "sent": row.sent,
        "by": row.by if row.by != CASH else "",
        "savings": _amount(row.savings),
        "voluntary_savings": _amount(row.voluntary_savings),
        "special_savings": _amount(row.special_savings),
        **_plain_repaid(row.repaid),
        "fine": _amount(row.fine),
        "fine_levied": "" if row.fine_levied is None else shown(row.fine_levied),
        "withdrawal": _amount(row.withdrawal),
        "withdrawal_from": row.withdrawal_from,
        "new_loan": _plain_loan(loan) if loan else None,
        "other": [{"account": one.account, "amount": shown(one.amount)} for one in row.other],
    }
    return {"member": row.member, "present": _PLAIN_ATTENDANCE[row.present], **_filled(values)}


def _plain_repaid(repaid: Sequence[Repaid]) -> dict[str, object]:
    """One payment stands in the row itself, several under `loans`."""
    each = [
        _filled(
            {
                "loan": "" if one.loan is None else str(one.loan),
                "principal": _amount(one.principal),
                "interest": _amount(one.interest),
                "repayment": _amount(one.repayment),
                "penalty": _amount(one.penalty),
            }
        )
        for one in repaid
    ]
    return each[0] if len(each) == 1 else {"loans": each}


def _plain_loan(loan: NewLoan) -> dict[str, object]:
    return {
        "principal": shown(loan.principal),
        **_filled(
            {
                "product": loan.product,
                "purpose": loan.purpose,
                "instalments": loan.instalments,
                "rate_per_month": loan.rate_per_month,
                "method": loan.method,
                "first_due": loan.first_due,
                "by": loan.by,
            }
        ),
    }


def _plain_foot(line: FootLine) -> dict[str, object]:
    rest = _filled({"narration": line.narration, "by": line.by if line.by != CASH else ""})
    return {"kind": line.kind, "account": line.account, "amount": shown(line.amount), **rest}


def _row_of(values: Mapping[str, Any], number: int) -> SheetRow:
    present = values.get("present", False)
    loan = values.get("new_loan")
    return SheetRow(
        member=values["member"],
        present=present if isinstance(present, str) else PRESENT if present else ABSENT,
        sent=values.get("sent", False),
        by=values.get("by", CASH),
        savings=_paise(values, "savings"),
        voluntary_savings=_paise(values, "voluntary_savings"),
        special_savings=_paise(values, "special_savings"),
        repaid=tuple(_repaid_of(values)),
        fine=_paise(values, "fine"),
        fine_levied=parsed(values["fine_levied"]) if "fine_levied" in values else None,
        withdrawal=_paise(values, "withdrawal"),
        withdrawal_from=values.get("withdrawal_from", ""),
        new_loan=NewLoan(**{**loan, "principal": parsed(loan["principal"])}) if loan else None,
        other=tuple(HeadAmount(one["account"], parsed(one["amount"])) for one in values.get("other", ())),
        row=number,
    )


_ON_A_LOAN: Final = ("principal", "interest", "repayment", "penalty")


def _repaid_of(values: Mapping[str, Any]) -> Iterator[Repaid]:
    each = cast("Sequence[Mapping[str, Any]]", values.get("loans", [values]))
    for one in each:
        principal, interest, repayment, penalty = (_paise(one, key) for key in _ON_A_LOAN)
        loan = one.get("loan")
        if principal or interest or repayment or penalty or loan:
            yield Repaid(principal, interest, repayment, int(loan) if loan else None, penalty)


def _foot_of(values: Mapping[str, Any], number: int) -> FootLine:
    return FootLine(
        values["kind"],
        values["account"],
        parsed(values["amount"]),
        values.get("narration", ""),
        values.get("by", CASH),
        row=number,
    )
