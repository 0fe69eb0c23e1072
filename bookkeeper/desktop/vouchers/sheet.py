"""The lines of a voucher as the entry grid shows them: side, account, member or loan, debit, credit. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bookkeeper.desktop.grid_sheet import GridColumn, Kind, PlainSheet, State
from bookkeeper.desktop.matching import EXACT, Candidate, folded, ranked
from bookkeeper.desktop.typed_amounts import Wrong, typed_amount
from bookkeeper.desktop.vouchers.draft import (
    CREDIT,
    DEBIT,
    FIRST_SIDE,
    NO_SUCH_ACCOUNT,
    NO_SUCH_MEMBER,
    Heads,
    Line,
    VoucherDraft,
    choices,
    next_line,
    offered_amount,
    side_for,
)

if TYPE_CHECKING:
    from bookkeeper.commands.voucher_entry import PersonLine
    from bookkeeper.words import Language

CASH: Final = "cash"
SIDE, ACCOUNT, MEMBER, IN_DEBIT, IN_CREDIT = range(5)
AMOUNTS: Final = {IN_DEBIT: DEBIT, IN_CREDIT: CREDIT}
COLUMN_OF: Final = {"side": SIDE, "account": ACCOUNT, "member": MEMBER, "loan": MEMBER, DEBIT: IN_DEBIT,
                    CREDIT: IN_CREDIT}  # fmt: skip


class VoucherSheet(PlainSheet):
    """The cells. It holds the draft's lines while they are entered; `told` is called when they changed."""

    def __init__(self, told: Callable[[], object]) -> None:
        self.draft = VoucherDraft()
        self.heads: Heads = {}
        self.people: Mapping[str, PersonLine] = {}
        self.money = ""
        self.next_side = ""
        """The side that was written for the line behind the last one; "" where none was."""
        self.language: Language | None = None
        self.least_rows = 8
        self.wrongs: dict[tuple[int, int], str] = {}
        self._told = told
        self.columns: Sequence[GridColumn] = ()

    def translate(self, language: Language) -> None:
        """Heads and words in another language."""
        self.language = language
        say = language.say
        sample = (language.amount(1234567_00),)
        self.columns = (
            GridColumn("side", say("Side"), kind=Kind.TEXT, samples=(say("Dr"), say("Cr"))),
            GridColumn("account", say("Account"), kind=Kind.TEXT, opens=True, stretches=True),
            GridColumn(
                "member", say("Member or loan"), kind=Kind.TEXT, opens=True, samples=("Savitribai Deshmukh · 17",)
            ),
            GridColumn("debit", say("Debit"), starts_group=True, samples=sample),
            GridColumn("credit", say("Credit"), samples=sample),
        )

    # ------------------------------------------------------------------------------------------------ the cells

    def rows(self) -> int:
        """The lines, one empty one, and as many as fill the place."""
        return max(self.least_rows, len(self.draft.lines) + 1)

    def line(self, row: int) -> Line | None:
        """The line of a row; behind the last one what is offered there; None where there is nothing."""
        if row < len(self.draft.lines):
            return self.draft.lines[row]
        if row > len(self.draft.lines):
            return None
        offered = next_line(self.draft, self.heads, self.money)
        return offered if self.next_side in {"", offered.side} else Line(self.next_side)

    def display(self, row: int, column: int) -> str:
        """What stands in a cell."""
        line, language = self.line(row), self.language
        if line is None or language is None:
            return ""
        if column == SIDE:
            return (
                language.say("Dr" if line.side == DEBIT else "Cr")
                if row < self.draft_rows or line.account or self.next_side
                else ""
            )
        if column == ACCOUNT:
            return line.typed_account or self.account_name(line.account)
        if column == MEMBER:
            return line.typed_member or self.person_name(line)
        return self._amount(row, line, column, language)

    @property
    def draft_rows(self) -> int:
        """How many lines are entered."""
        return len(self.draft.lines)

    def _amount(self, row: int, line: Line, column: int, language: Language) -> str:
        if AMOUNTS[column] != line.side:
            return ""
        amount = line.amount or (offered_amount(self.draft, row) if row < self.draft_rows else 0)
        return line.typed_amount or (language.amount(amount) if amount else "")

    def account_name(self, code: str) -> str:
        """The name of an account in the reader's language."""
        head = self.heads.get(code)
        return self.language.say(head.name) if head and self.language else code

    def person_name(self, line: Line) -> str:
        """A member's name, and her loan by its number."""
        person = self.people.get(line.member)
        if person is None or self.language is None:
            return line.member
        name = self.language.text(person)
        return f"{name} · {self.language.digits(str(line.loan))}" if line.loan else name

    def state(self, row: int, column: int) -> State:
        """How a cell stands."""
        line = self.line(row)
        if (row, column) in self.wrongs or (line and self._is_wrong(line, column)):
            return State.WRONG
        if line is None or not self.display(row, column):
            return State.EMPTY
        if row >= self.draft_rows or line.is_copied:
            return State.PREFILLED
        if column in AMOUNTS:
            return State.ENTERED if line.amount else State.PREFILLED
        return State.COMPUTED if column in {SIDE, MEMBER} else State.ENTERED

    @staticmethod
    def _is_wrong(line: Line, column: int) -> bool:
        if column in AMOUNTS:
            return bool(line.typed_amount) and AMOUNTS[column] == line.side
        return bool({ACCOUNT: line.typed_account, MEMBER: line.typed_member}.get(column))

    def wrong(self, row: int, column: int) -> str:
        """What is wrong with a cell, in words."""
        line = self.line(row)
        if (row, column) in self.wrongs or line is None or self.language is None or not self._is_wrong(line, column):
            return self.wrongs.get((row, column), "")
        if column == ACCOUNT:
            return self.language.say(NO_SUCH_ACCOUNT, text=line.typed_account)
        if column == MEMBER:
            return self.language.say(NO_SUCH_MEMBER)
        found = typed_amount(line.typed_amount)
        return self.language.say(found.message, text=found.text) if isinstance(found, Wrong) else ""

    def is_open(self, row: int, column: int) -> bool:
        """Lines and the one behind them; of the two amounts the line's own side."""
        line = self.line(row)
        if line is None:
            return False
        if column == MEMBER:
            head = self.heads.get(line.account)
            return head is not None and head.side not in {"cash", "bank"}
        return column not in AMOUNTS or AMOUNTS[column] == line.side

    def totals(self) -> Sequence[str]:
        """What both sides come to."""
        if self.language is None:
            return ()
        sums = (self.language.amount(self.draft.total(side), zero="–") for side in (DEBIT, CREDIT))
        return "", self.language.say("Total"), "", *sums

    # --------------------------------------------------------------------------------------------------- changes

    def typed(self, row: int, column: int, text: str) -> str:
        """Take a text that was typed or pasted."""
        if text == self.display(row, column):
            return ""
        line = self.line(row)
        if line is None:
            return ""
        if column == SIDE:
            self._take_side(row, line, self._side(text, line.side))
        elif column == ACCOUNT:
            self._take_account(row, line, text.strip())
        elif column == MEMBER:
            self._take_person(row, line, text.strip())
        else:
            self._take_amount(row, line, text)
        return self.wrong(row, column)

    def _take_side(self, row: int, line: Line, side: str) -> None:
        if row < self.draft_rows:
            self._put(row, replace(line, side=side))
        else:
            self.next_side = side
            self._told()

    @staticmethod
    def _side(text: str, former: str) -> str:
        """D and C, By and To, and what Hindi and Marathi call them; anything else leaves the side as it was."""
        plain = folded(text.strip())[0]
        if plain.startswith(("d", "b", "ना")):
            return DEBIT
        if plain.startswith(("c", "t", "ज")):
            return CREDIT
        return former

    def _take_account(self, row: int, line: Line, text: str) -> None:
        if not text:
            self._put(row, replace(line, account="", typed_account="", typed_member="", member="", loan=0))
            return
        found = ranked(text, self.account_candidates(row))
        if found and (found[0].fit == EXACT or len(found) == 1):
            self.choose_account(row, found[0].candidate.key)
        else:
            self._put(row, replace(line, account="", typed_account=text))

    def choose_account(self, row: int, code: str) -> None:
        """An account was chosen by its code."""
        line, head = self.line(row), self.heads.get(code)
        if line is None or (head is None and code):
            return
        is_said = row == self.draft_rows and bool(self.next_side)
        side = side_for(self.draft, head, line.side) if head and not is_said else line.side
        amount = line.amount if row < self.draft_rows else 0
        keeps = line.account == code
        self._put(
            row,
            Line(
                side, code, line.member if keeps else "", line.loan if keeps else 0, amount,
                typed_amount=line.typed_amount,
            ),
        )  # fmt: skip

    def _take_person(self, row: int, line: Line, text: str) -> None:
        found = ranked(text, self.person_candidates(row)) if text else []
        if found and (found[0].fit == EXACT or len(found) == 1):
            self.choose_person(row, found[0].candidate.key)
        else:
            self._put(row, replace(line, member="", loan=0, typed_member=text))

    def choose_person(self, row: int, key: str) -> None:
        """A member, or a loan of hers, was chosen by a key of `person_candidates`."""
        line = self.line(row)
        if line is not None:
            member, _, loan = key.partition("/")
            self._put(row, replace(line, member=member, loan=int(loan or 0), typed_member=""))

    def _take_amount(self, row: int, line: Line, text: str) -> None:
        found = typed_amount(text) if text.strip() else 0
        if isinstance(found, Wrong):
            self._put(row, replace(line, amount=0, typed_amount=text))
        else:
            self._put(row, replace(line, amount=found, typed_amount=""))

    def take_offered(self, row: int) -> bool:
        """Take what is offered on a row as it stands; False where nothing is."""
        line = self.line(row)
        if line is None or row > self.draft_rows:
            return False
        if row == self.draft_rows:
            if not (line.account and line.amount):
                return False
            self._put(row, line)
            return True
        amount = offered_amount(self.draft, row)
        if amount:
            self._put(row, replace(line, amount=amount))
        return bool(amount)

    def remove(self, row: int) -> None:
        """Take a line out."""
        if row < self.draft_rows:
            self.wrongs = {(at - (at > row), column): text for (at, column), text in self.wrongs.items() if at != row}
            self._set((*self.draft.lines[:row], *self.draft.lines[row + 1 :]))

    def _put(self, row: int, line: Line) -> None:
        self.wrongs = {cell: text for cell, text in self.wrongs.items() if cell[0] != row}
        line = replace(line, is_copied=False)
        lines = list(self.draft.lines)
        if row < len(lines):
            lines[row] = line
        else:
            lines.append(line)
        while lines and lines[-1].is_empty:
            lines.pop()
        self._set(tuple(lines))

    def _set(self, lines: tuple[Line, ...]) -> None:
        self.draft, self.next_side = replace(self.draft, lines=lines), ""
        self._told()

    def remembered(self) -> object:
        """The lines."""
        return self.draft.lines

    def put_back(self, kept: object) -> None:
        """The lines as they were."""
        if isinstance(kept, tuple):
            self.wrongs = {}
            self._set(kept)

    # --------------------------------------------------------------------------------------- what may be chosen

    def account_candidates(self, row: int) -> list[Candidate]:
        """The accounts that a line may name; money first where the missing side is money's."""
        line, language = self.line(row), self.language
        if language is None or line is None:
            return []
        wants_money = self.draft.kind in {"payment", "receipt"} and line.side != FIRST_SIDE[self.draft.kind]
        found = []
        for head in choices(self.draft, self.heads):
            local = language.say(head.name)
            is_money = head.side in {"cash", "bank"}
            found.append(
                Candidate(
                    head.code, head.name, "" if local == head.name else local, language.say(SIDES[head.side]),
                    self.balance_text(head.balance),
                    is_preferred=is_money == wants_money or head.role == CASH,  # it is what “cash” means, anywhere
                )
            )  # fmt: skip
        return found

    def balance_text(self, balance: int) -> str:
        """An amount with its side; a dash where there is none."""
        if self.language is None or not balance:
            return "–"
        return f"{self.language.amount(abs(balance))} {self.language.say('Dr' if balance > 0 else 'Cr')}"

    def person_candidates(self, row: int) -> list[Candidate]:
        """The members that a line may name, or their loans where the account needs one; keys "17" or "17/3"."""
        line, language = self.line(row), self.language
        head = self.heads.get(line.account) if line else None
        if head is None or language is None:
            return []
        found = []
        for one in self.people.values():
            if head.needs == "loan" or head.may_name_loan:
                for loan in one.loans:
                    kind = language.say("Loan {number}", number=loan.number)
                    left = language.amount(loan.outstanding)
                    found.append(Candidate(f"{one.number}/{loan.number}", one.name, one.name_local, kind, left))
            if head.needs != "loan":
                found.append(Candidate(one.number, one.name, one.name_local, _number(language, one.number)))
        return found


def _number(language: Language, number: str) -> str:
    return language.say("Member {number}", number=number)


SIDES: Final = {
    "cash": "Cash",
    "bank": "Bank",
    "asset": "Asset",
    "liability": "Liability",
    "capital": "Capital",
    "income": "Income",
    "expense": "Expense",
}
"""What an account is, as messages."""
