"""What was typed of one meeting, and the sheet that follows from it with what is due. No Qt.

A row is a member with one of her loans; her first row has all that stands once. What is due is filled in for the clerk
and counts only when she is entered: her row was touched, Enter passed over it, or the rest was taken as due. Who is
absent has nothing filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bookkeeper.commands.sheets import Coming, LoanDue, MemberDue
from bookkeeper.desktop.meeting.besides import Besides, besides_of
from bookkeeper.desktop.typed_amounts import Wrong, typed_amount
from bookkeeper.rules.meeting import ABSENT, LATE, LEAVE, PRESENT
from bookkeeper.rules.money import Paise

HERE: Final = "here"
SENT: Final = "sent"
LETTERS: Final = {"P": PRESENT, "A": ABSENT, "L": LEAVE, "T": LATE, "S": SENT}
"""What is typed under Here; S is absent, but she sent her money."""

ON_LOAN: Final = ("repayment", "principal", "interest", "penalty")
_PARTS: Final = frozenset({"principal", "interest", "penalty"})
SAVED: Final = ("savings", "voluntary_savings", "special_savings")
RECEIVED: Final = (*SAVED, *ON_LOAN, "fine", "other")
PAID: Final = ("withdrawal", "new_loan")
AMOUNTS: Final = (*RECEIVED, *PAID)
_NOUGHT: Final = Paise(0)

CellKey = tuple[str, int, str]
"""Member, loan (0 in her first row's own columns), column."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the members' sheet."""

    member: MemberDue
    loan: LoanDue | None
    is_first: bool
    besides: Besides | None = None
    """Where the row is not her own on the page, but came back with a sheet."""

    def key(self, column: str) -> CellKey:
        """Where the text of a cell is kept; that of a row that came back below nought."""
        if self.besides is not None and column != HERE:
            return self.member.number, -1 - self.besides.place, column
        loan = self.loan.number if self.loan and column in ON_LOAN else 0
        return self.member.number, loan, column

    def has(self, column: str) -> bool:
        """Whether this row has anything in a column."""
        if self.besides is not None:
            return bool(self.besides.paise(column))
        return self.loan is not None if column in ON_LOAN else self.is_first


@dataclass
class Typed:
    """All that the clerk typed of one meeting; plain values, so that a draft is its JSON.

    `cells` are texts as they were typed. `details` are by member: by, fine_levied, withdrawal_from, other_head,
    product, purpose, instalments, rate, loan_by. `count` has pieces by note, and "coins". `extra` are rows of a sheet
    that came back which are no row of the page's own (a member who paid by bank as well), in their plain form.
    """

    date: str
    number: int
    place: str = ""
    time: str = ""
    presided_by: str = ""
    cells: dict[CellKey, str] = field(default_factory=dict)
    entered: set[str] = field(default_factory=set)
    details: dict[str, dict[str, str]] = field(default_factory=dict)
    count: dict[str, str] = field(default_factory=dict)
    foot: list[dict[str, str]] = field(default_factory=list)
    agenda: str = ""
    minutes: str = ""
    signed_by: str = ""
    resolutions: list[dict[str, str]] = field(default_factory=list)
    extra: list[dict[str, Any]] = field(default_factory=list)
    below_zero: str = ""

    def plain(self) -> dict[str, Any]:
        """As a draft keeps it."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        values["cells"] = [[*key, text] for key, text in sorted(self.cells.items())]
        values["entered"] = sorted(self.entered)
        values["details"] = {member: dict(texts) for member, texts in self.details.items()}
        values["count"] = dict(self.count)
        values["foot"] = [dict(line) for line in self.foot]
        values["resolutions"] = [dict(one) for one in self.resolutions]
        return values

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Typed:
        """From a draft. Raises KeyError, TypeError or ValueError for what is no draft of a meeting."""
        cells = {(str(member), int(loan), str(column)): str(text) for member, loan, column, text in values["cells"]}
        known = {name: values[name] for name in cls.__dataclass_fields__ if name in values}
        return cls(**known | {"cells": cells, "entered": set(values["entered"])})

    def detail(self, member: str, what: str) -> str:
        """One of the details of a member; "" where it was not given."""
        return self.details.get(member, {}).get(what, "")

    def set_detail(self, member: str, what: str, text: str) -> None:
        """Keep a detail of a member."""
        self.details.setdefault(member, {})[what] = text

    @property
    def is_touched(self) -> bool:
        """Whether anything of weight was typed, so that it is worth keeping."""
        return bool(self.cells or self.entered or self.count or self.minutes or self.resolutions or self.extra) or any(
            line.get("amount_in") or line.get("amount_out") for line in self.foot
        )


@dataclass(frozen=True)
class Figures:
    """The values of the members' rows: what was typed, else what is due."""

    coming: Coming
    typed: Typed

    def lines(self) -> tuple[Line, ...]:
        """The rows, in the members' order."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        """What came back besides stands under a member's own rows, in their place while those are not entered."""
        found = tuple(besides_of(self.typed.extra))
        for member in self.coming.members:
            hers = [one for one in found if one.row.member == member.number]
            has_own = not hers or member.number in self.typed.entered
            for place, loan in enumerate(member.loans or (None,)) if has_own else ():
                yield Line(member, loan, place == 0)
            for place, one in enumerate(hers):
                yield Line(member, None, place == 0 and not has_own, one)
        known = {one.number for one in self.coming.members}
        for one in found:
            if one.row.member not in known:
                number = one.row.member
                yield Line(MemberDue(number, number, "", "", 0, 0, 0, 0, 0, 0, ()), None, True, one)  # noqa: FBT003  # is_first

    def strays(self) -> tuple[CellKey, ...]:
        """The amounts that were typed for a member or a loan that is not on the sheet: they are not posted."""
        there = {line.key(column) for line in self._lines() for column in AMOUNTS if line.has(column)}
        typed = self.typed.cells.items()
        return tuple(key for key, text in typed if text.strip() and key[2] != HERE and key not in there)

    def attendance(self, member: str) -> str | Wrong:
        """How she attended; SENT where she is absent and sent her money."""
        text = self.typed.cells.get((member, 0, HERE), "P")
        found = LETTERS.get(text.strip().upper() or "P")
        return found or Wrong("“{text}” is not one of P, A, L, T, S: present, absent, leave, late, sent.", text)

    def due(self, line: Line, column: str) -> Paise:
        """What is filled in for the clerk; nought where she is absent."""
        if line.besides is not None:
            return line.besides.paise(column)
        if not line.has(column) or self.attendance(line.member.number) in {ABSENT, LEAVE}:
            return _NOUGHT
        if column in _PARTS and self.paise(line, "repayment"):
            return _NOUGHT  # posting splits the whole
        return demanded(line, column)

    def typed_text(self, line: Line, column: str) -> str | None:
        """What was typed in a cell, as it was typed; None where it was not touched."""
        return self.typed.cells.get(line.key(column)) if line.has(column) or column == HERE else None

    def amount(self, line: Line, column: str) -> Paise | Wrong:
        """The amount of a cell."""
        text = self.typed_text(line, column)
        if text is None:
            return self.due(line, column)
        return typed_amount(text) if text.strip() else _NOUGHT

    def paise(self, line: Line, column: str) -> Paise:
        """The amount of a cell, nought where it is wrong."""
        amount = self.amount(line, column)
        return _NOUGHT if isinstance(amount, Wrong) else amount

    def received(self, line: Line) -> Paise:
        """All that comes in by a row."""
        return Paise(sum(self.paise(line, column) for column in RECEIVED if line.has(column)))

    def is_entered(self, member: str) -> bool:
        """Whether her rows count; what came back besides does."""
        return member in self.typed.entered or any(one["member"] == member for one in self.typed.extra)

    def missing(self) -> tuple[str, ...]:
        """The members who are not entered yet."""
        return tuple(one.number for one in self.coming.members if not self.is_entered(one.number))

    def wrong(self, line: Line, column: str) -> Wrong | None:
        """What is wrong with a cell."""
        found = self.attendance(line.member.number) if column == HERE else self.amount(line, column)
        return found if isinstance(found, Wrong) else None


def demanded(line: Line, column: str) -> Paise:
    """What is due in a cell, whether she is there or not."""
    member, loan = line.member, line.loan
    if line.besides is not None:
        return line.besides.paise(column)
    dues = {"savings": member.due_savings, "fine": member.fine_due}
    if loan is not None:
        dues |= {"principal": loan.principal_due, "interest": loan.interest_due, "penalty": loan.penalty_due}
    return Paise(dues.get(column, 0))
