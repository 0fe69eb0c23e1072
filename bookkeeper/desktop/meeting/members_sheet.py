"""The members' sheet as the grid shows it: its columns in the reader's language, its cells, its totals. No Qt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from bookkeeper.commands.sheets import Coming
from bookkeeper.desktop.grid_sheet import GridColumn, Kind, PlainSheet, State
from bookkeeper.desktop.matching import Candidate, ranked
from bookkeeper.desktop.meeting.besides import besides_of
from bookkeeper.desktop.meeting.typed import (
    AMOUNTS,
    HERE,
    LETTERS,
    PAID,
    RECEIVED,
    Figures,
    Line,
    Typed,
    demanded,
)
from bookkeeper.desktop.typed_amounts import Wrong
from bookkeeper.rules.meeting import ABSENT, BANK, LATE, LEAVE
from bookkeeper.words import Language

NUMBER, NAME, RECEIVED_ALL = "number", "name", "received"
HEADS: Final = {
    "savings": "Savings",
    "voluntary_savings": "Voluntary",
    "special_savings": "Special",
    "repayment": "Repayment",
    "principal": "Principal",
    "interest": "Interest",
    "penalty": "Penalty",
    "fine": "Fine",
    "other": "Other",
    "withdrawal": "Withdrawn",
    "new_loan": "New loan",
}
"""The heads of the columns of amounts, as messages."""

SELDOM: Final = ("voluntary_savings", "special_savings", "repayment", "penalty", "other", "withdrawal")
"""Columns that a group uses or not."""

_IN, _OUT = "Received from members", "Paid to members"
_SHOWN: Final = {**{key: key for key in LETTERS}, "T": "Lt"}
_BOXED: Final = frozenset({ABSENT, LEAVE, LATE, "sent"})


@dataclass(frozen=True, slots=True)
class _Kept:
    """What undo brings back."""

    cells: dict[tuple[str, int, str], str]
    entered: frozenset[str]
    details: dict[str, dict[str, str]]


def columns_used(coming: Coming, typed: Typed, chosen: Collection[str] = ()) -> tuple[str, ...]:
    """The columns of amounts: those the group uses, those the clerk asked for, and those with something in them."""
    used = coming.columns
    by_group = {
        "voluntary_savings": used.voluntary,
        "special_savings": used.special,
        "penalty": used.penalty,
        "withdrawal": used.withdrawal,
        "other": used.other,
    }
    filled = {column for (_, _, column), text in typed.cells.items() if text}
    filled |= {column for one in besides_of(typed.extra) for column in AMOUNTS if one.paise(column)}
    return tuple(
        key for key in AMOUNTS if key not in SELDOM or by_group.get(key) or key in chosen or key in filled
    )  # fmt: skip


class MembersSheet(PlainSheet):
    """The members' rows."""

    def __init__(
        self, coming: Coming, typed: Typed, words: Language, chosen: Collection[str] = (), *, is_open: bool = True
    ) -> None:
        self.coming, self.what = coming, typed
        self.figures = Figures(coming, typed)
        self.lines = self.figures.lines()
        self._words, self._is_open = words, is_open
        self.refused: dict[tuple[int, int], str] = {}
        self.amounts = columns_used(coming, typed, chosen)
        self.columns: tuple[GridColumn, ...] = tuple(self._columns())
        self._decimals = self._with_decimals()

    # ----------------------------------------------------------------------------------------------- the columns

    def _columns(self) -> list[GridColumn]:
        say = self._words.say
        found = [
            GridColumn(NUMBER, say("No."), kind=Kind.NUMBER, frozen=True, samples=("15",)),
            GridColumn(NAME, say("Member"), kind=Kind.TEXT, frozen=True, is_name=True),
            GridColumn(HERE, say("Here"), kind=Kind.ATTENDANCE),
        ]
        incoming = [key for key in self.amounts if key in RECEIVED]
        for place, key in enumerate(incoming):
            found.append(self._amounts(key, say(_IN), starts=place == 0))
        found.append(GridColumn(RECEIVED_ALL, say("Received"), over=say(_IN), starts_group=True, samples=("1,000",)))
        for place, key in enumerate(one for one in self.amounts if one in PAID):
            found.append(self._amounts(key, say(_OUT), starts=place == 0))
        return found

    def _amounts(self, key: str, over: str, *, starts: bool) -> GridColumn:
        dues = [demanded(line, key) for line in self.lines]
        most = max(dues, default=0)
        beside = self._words.say("of {amount}", amount=self._words.rupees(most)) if most else ""
        sample = (self._words.rupees(most) if most else self._words.rupees(100_000),)
        return GridColumn(
            key, self._words.say(HEADS[key]), over=over, starts_group=starts, samples=sample, beside=beside
        )

    def column(self, at: int) -> str:
        """The key of a column."""
        return self.columns[at].key

    # ------------------------------------------------------------------------------------------------- the cells

    def rows(self) -> int:
        """One for each member, or for each of her loans."""
        return len(self.lines)

    def display(self, row: int, column: int) -> str:
        """What stands in a cell."""
        line, key = self.lines[row], self.columns[column].key
        if key == NUMBER:
            return line.member.number if line.is_first else ""
        if key == NAME:
            return self.name_of(line)
        if key == HERE:
            return self._attendance(line)
        if key == RECEIVED_ALL:
            return self._figure(self.figures.received(line), key)
        amount = self.figures.amount(line, key) if line.has(key) else 0
        return amount.text if isinstance(amount, Wrong) else self._figure(amount, key)

    def name_of(self, line: Line) -> str:
        """Who stands in the row; behind it the loan, where she has several."""
        member = line.member
        name = member.name_local if self._words.code != "en" and member.name_local else member.name
        if line.besides is not None and line.besides.row.by == BANK:
            by_bank = self._words.say("by bank")
            return f"{name}, {by_bank}" if line.is_first else by_bank
        if len(member.loans) > 1 and line.loan:
            loan = self._words.say("loan {number}", number=str(line.loan.number))
            return f"{name}, {loan}" if line.is_first else loan
        return name

    def _attendance(self, line: Line) -> str:
        if not line.is_first:
            return ""
        text = self.what.cells.get((line.member.number, 0, HERE), "P").strip().upper() or "P"
        return self._words.say(_SHOWN[text]) if text in LETTERS else text

    def _figure(self, paise: int, key: str) -> str:
        if not paise:
            return ""
        return self._words.amount(paise) if key in self._decimals else self._words.rupees(paise)

    def editing(self, row: int, column: int) -> str:
        """The plain figures of a cell."""
        line, key = self.lines[row], self.columns[column].key
        text = self.figures.typed_text(line, key)
        if text is not None and key != HERE:
            return text
        return self.display(row, column).replace(",", "")

    def is_open(self, row: int, column: int) -> bool:
        """Whether a cell takes anything."""
        line, key = self.lines[row], self.columns[column].key
        if not self._is_open or key in {NUMBER, NAME, RECEIVED_ALL}:
            return False
        if line.besides is not None:
            return key != HERE and line.besides.is_open(key)
        return line.is_first if key == HERE else line.has(key)

    def state(self, row: int, column: int) -> State:
        """How a cell stands."""
        line, key = self.lines[row], self.columns[column].key
        entered = self.figures.is_entered(line.member.number)
        if key in {NUMBER, NAME}:
            return State.WRONG if (row, column) in self.refused else State.ENTERED
        if key == RECEIVED_ALL:
            return State.COMPUTED if entered else State.PREFILLED
        if (row, column) in self.refused or self.figures.wrong(line, key) or self._lacks_head(line, key):
            return State.WRONG
        return State.ENTERED if entered else State.PREFILLED

    def beside(self, row: int, column: int) -> str:
        """What was due, where less or more was typed."""
        line, key = self.lines[row], self.columns[column].key
        due = self.short_of(line, key)
        return self._words.say("of {amount}", amount=self._words.rupees(due)) if due else ""

    def short_of(self, line: Line, key: str) -> int:
        """What is due in a cell in which another amount was typed, in paise; nought where it is paid so."""
        if line.besides is not None or self.figures.typed_text(line, key) is None or not line.has(key):
            return 0
        due = self.figures.due(line, key)
        amount = self.figures.amount(line, key)
        return due if due and not isinstance(amount, Wrong) and amount != due else 0

    def marked(self, row: int, column: int) -> bool:
        """Who is not simply present has her letter in a box."""
        line = self.lines[row]
        return line.is_first and self.column(column) == HERE and self.figures.attendance(line.member.number) in _BOXED

    def wrong(self, row: int, column: int) -> str:
        """What is wrong with a cell, in words."""
        line, key = self.lines[row], self.columns[column].key
        found = self.figures.wrong(line, key)
        if found:
            return self._words.say(found.message, text=found.text)
        if self._lacks_head(line, key):
            return self._words.say("Press Enter and choose for what it was, by a few letters.")
        return self.refused.get((row, column), "")

    def _lacks_head(self, line: Line, key: str) -> bool:
        """Whether it is not said yet for what an amount under "other" was paid."""
        has_amount = key == "other" and line.besides is None and self.figures.paise(line, key)
        return bool(has_amount) and not self.what.detail(line.member.number, "other_head")

    def totals(self) -> Sequence[str]:
        """The totals of those who are entered."""
        return tuple(self._total(column) for column in self.columns)

    def _total(self, column: GridColumn) -> str:
        key, figures = column.key, self.figures
        entered = [line for line in self.lines if figures.is_entered(line.member.number)]
        if key == NUMBER:
            return ""
        if key == NAME:
            return self._words.say("Total of {count} entered", count=len(self.numbers() - set(figures.missing())))
        if key == HERE:
            there = (one for one in entered if one.is_first)
            return self._words.digits(str(sum(figures.attendance(o.member.number) in {"present", LATE} for o in there)))
        if key == RECEIVED_ALL:
            whole = sum(figures.received(line) for line in entered)
        else:
            whole = sum(figures.paise(line, key) for line in entered if line.has(key))
        return self._figure(whole, key) or "–"

    def numbers(self) -> set[str]:
        """The numbers of the members on the sheet."""
        return {one.number for one in self.coming.members}

    # -------------------------------------------------------------------------------------------------- typing

    def typed_in(self, line: Line, key: str, text: str) -> None:
        """Keep the text of a cell; her row counts from now on."""
        text = text.strip()
        where = line.key(key)
        if key == HERE:
            text = self._letter(text)
        if text or demanded(line, key):
            self.what.cells[where] = text
        else:
            self.what.cells.pop(where, None)
        self._enter(line)

    def _enter(self, line: Line) -> None:
        """Her own rows count from now on; what came back besides always does."""
        if line.besides is None:
            self.what.entered.add(line.member.number)

    def _letter(self, text: str) -> str:
        """The letter of attendance, also typed as this language shows it."""
        own = {self._words.say(shown).casefold(): key for key, shown in _SHOWN.items()}
        return own.get(text.casefold(), text.upper())

    def typed(self, row: int, column: int, text: str) -> str:
        """Keep what is typed in a cell; the answer is what is wrong with it."""
        line, key = self.lines[row], self.columns[column].key
        self.refused.pop((row, column), None)
        same = text.strip() == self.editing(row, column) and self.figures.typed_text(line, key) is None
        if same and not self.figures.is_entered(line.member.number):
            self._enter(line)
        elif not same:
            self.typed_in(line, key, text)
        self._decimals = self._with_decimals()
        return self.wrong(row, column)

    def enter_row(self, row: int) -> bool:
        """Enter passed over the row: it counts; False where it did before."""
        line = self.lines[row]
        is_new = not self.figures.is_entered(line.member.number)
        self._enter(line)
        return is_new

    def enter_rest(self) -> None:
        """The rest as due: every row that was not touched counts with what is filled in."""
        for line in self.lines:
            self._enter(line)

    def remembered(self) -> object:
        """All cells, who is entered, and what has no cell."""
        details = {member: dict(texts) for member, texts in self.what.details.items()}
        return _Kept(dict(self.what.cells), frozenset(self.what.entered), details)

    def put_back(self, kept: object) -> None:
        """As it was when it was remembered."""
        if isinstance(kept, _Kept):
            self.what.cells, self.what.entered = dict(kept.cells), set(kept.entered)
            self.what.details = {member: dict(texts) for member, texts in kept.details.items()}
            self._decimals = self._with_decimals()

    def find(self, text: str) -> int | None:
        """The first row of the member whom the letters, or the number, mean best."""
        people = [Candidate(one.number, one.name, one.name_local) for one in self.coming.members]
        best = next(iter(ranked(text, people)), None)
        if best is None:
            return None
        return next(at for at, line in enumerate(self.lines) if line.member.number == best.candidate.key)

    def row_of(self, number: str) -> int:
        """The first row of a member; -1 where she is not on the sheet."""
        return next((at for at, line in enumerate(self.lines) if line.member.number == number), -1)

    @property
    def decimals(self) -> frozenset[str]:
        """The columns whose figures are shown with paise."""
        return frozenset(self._decimals)

    def _with_decimals(self) -> set[str]:
        """The columns in which paise stand, so that all their figures align by the point."""
        found = {key for key in self.amounts for line in self.lines if self.figures.paise(line, key) % 100}
        return found | {RECEIVED_ALL} if found & set(RECEIVED) else found
