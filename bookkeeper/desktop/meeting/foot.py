"""Other receipts and payments of a meeting: the lines at the foot of the sheet, those the group usually has first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QLineEdit

from bookkeeper.commands.sheets import Coming
from bookkeeper.desktop.entry_grid import EntryGrid
from bookkeeper.desktop.grid_sheet import GridColumn, Kind, PlainSheet, State
from bookkeeper.desktop.matching import Candidate, ranked
from bookkeeper.desktop.meeting.sheet import INTO_BANK
from bookkeeper.desktop.meeting.typed import Typed
from bookkeeper.desktop.typed_amounts import Wrong, typed_amount
from bookkeeper.desktop.widgets.picker import ACCOUNTS, Choosing, Picker
from bookkeeper.rules.meeting import BANK, CASH
from bookkeeper.words import Language

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

_LEAST_ROWS: Final = 10
_AMOUNTS: Final = ("amount_in", "amount_out")
_LETTERS: Final = {"C": CASH, "B": BANK}
_CHOOSING: Final = Choosing(ACCOUNTS.count, ACCOUNTS.nothing)
ACCOUNT, NARRATION, BY = "account", "narration", "by"


def usual_lines(coming: Coming) -> list[dict[str, str]]:
    """The lines that the group usually has, without amounts: only one with an amount is posted."""
    return [
        {ACCOUNT: one.account if one.kind != "contra" else INTO_BANK, NARRATION: one.narration, BY: one.by}
        for one in coming.foot_used
    ]


class FootSheet(PlainSheet):
    """The lines."""

    def __init__(self, coming: Coming, what: Typed, words: Language, *, is_open: bool = True) -> None:
        self.what, self._words, self._is_open = what, words, is_open
        self.refused: dict[tuple[int, int], str] = {}
        say = words.say
        bank = Candidate(INTO_BANK, say("Cash into the bank, or from it"))
        heads = (Candidate(one.code, say(one.name), one.role) for one in coming.foot_heads)
        self.choices = (bank, *heads)
        self._by_role = {one.role: one.code for one in coming.foot_heads if one.role}
        self.columns: tuple[GridColumn, ...] = (
            GridColumn(ACCOUNT, say("For what"), kind=Kind.TEXT, is_name=True, samples=(bank.name,)),
            GridColumn(NARRATION, say("Narration"), kind=Kind.TEXT, stretches=True),
            GridColumn(BY, say("By"), kind=Kind.ATTENDANCE),
            GridColumn("amount_in", say("Received"), starts_group=True, samples=("1,00,000.00",)),
            GridColumn("amount_out", say("Paid"), samples=("1,00,000.00",)),
        )

    def rows(self) -> int:
        """The lines, and empty ones to go on."""
        return len(self.what.foot) if not self._is_open else max(_LEAST_ROWS, len(self.what.foot) + 1)

    def _line(self, row: int) -> dict[str, str]:
        return self.what.foot[row] if row < len(self.what.foot) else {}

    def account(self, row: int) -> str:
        """The code of a line's account; "" where it has none."""
        account = self._line(row).get(ACCOUNT, "")
        return self._by_role.get(account, account)

    def display(self, row: int, column: int) -> str:
        """What stands in a cell."""
        line, key = self._line(row), self.columns[column].key
        if key == ACCOUNT:
            return next((one.name for one in self.choices if one.key == self.account(row)), line.get(ACCOUNT, ""))
        if key == BY:
            return self._words.say("Bank" if line.get(BY) == BANK else "Cash") if line else ""
        if key in _AMOUNTS:
            amount = typed_amount(line.get(key, "")) if line.get(key) else 0
            if isinstance(amount, Wrong):
                return amount.text
            return self._words.amount(amount) if amount else ""
        return line.get(key, "")

    def editing(self, row: int, column: int) -> str:
        """The text with which the editor opens."""
        key = self.columns[column].key
        return self._line(row).get(key, "") if key in _AMOUNTS else self.display(row, column)

    def is_open(self, _row: int, _column: int) -> bool:
        """Every cell, while nothing is posted."""
        return self._is_open

    def state(self, row: int, column: int) -> State:
        """A usual line is lighter until it has an amount."""
        line = self._line(row)
        if self.wrong(row, column):
            return State.WRONG
        return State.ENTERED if any(line.get(key) for key in _AMOUNTS) else State.PREFILLED

    def wrong(self, row: int, column: int) -> str:
        """What is wrong with a cell, in words."""
        line, key = self._line(row), self.columns[column].key
        found = typed_amount(line[key]) if key in _AMOUNTS and line.get(key) else None
        if isinstance(found, Wrong):
            return self._words.say(found.message, text=found.text)
        if key == "amount_out" and all(line.get(one) for one in _AMOUNTS):
            return self._words.say("Write what came in and what went out on two lines.")
        has_amount = any(line.get(one) for one in _AMOUNTS)
        if key == ACCOUNT and has_amount and all(one.key != self.account(row) for one in self.choices):
            return self._words.say("Choose for what it was, by a few letters.")
        return self.refused.get((row, column), "")

    def typed(self, row: int, column: int, text: str) -> str:
        """Keep what is typed in a cell."""
        key = self.columns[column].key
        self.refused.pop((row, column), None)
        if row >= len(self.what.foot) and not text.strip():
            return ""
        while row >= len(self.what.foot):
            self.what.foot.append({})
        line = self.what.foot[row]
        if key == ACCOUNT:
            if text != self.display(row, column):
                best = next(iter(ranked(text, self.choices)), None) if text.strip() else None
                line[ACCOUNT] = best.candidate.key if best else text.strip()
        elif key == BY:
            line[BY] = _LETTERS.get(text.strip().upper()[:1], CASH)
        else:
            line[key] = text.strip() if key in _AMOUNTS else text
        return self.wrong(row, column)

    def choose(self, row: int, account: str) -> None:
        """Take an account for a line."""
        while row >= len(self.what.foot):
            self.what.foot.append({})
        self.what.foot[row][ACCOUNT] = account

    def remove(self, row: int) -> None:
        """Take a line out."""
        if row < len(self.what.foot):
            del self.what.foot[row]

    def totals(self) -> Sequence[str]:
        """What came in and what went out."""
        return ("", "", "", *(self._total(key) for key in _AMOUNTS))

    def _total(self, key: str) -> str:
        amounts = (typed_amount(line[key]) for line in self.what.foot if line.get(key))
        return self._words.amount(sum(one for one in amounts if not isinstance(one, Wrong)), "–")

    def count(self) -> int:
        """How many lines have an amount."""
        return sum(1 for line in self.what.foot if any(line.get(key) for key in _AMOUNTS))

    def remembered(self) -> object:
        """All lines."""
        return tuple(tuple(sorted(line.items())) for line in self.what.foot)

    def put_back(self, kept: object) -> None:
        """As it was when it was remembered."""
        if isinstance(kept, tuple):
            self.what.foot[:] = [dict(line) for line in kept]


class FootGrid(EntryGrid):
    """The lines in the grid, with a picker for the account."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.say("Other receipts and payments"))
        self.enter_goes_across = True
        self.editor_for = self._editor

    def _editor(self, row: int, column: int) -> QLineEdit | None:
        sheet = self.sheet
        if not isinstance(sheet, FootSheet) or self.columns[column].key != ACCOUNT:
            return None
        picker = Picker(self.desk, _CHOOSING)
        picker.in_cell = True
        picker.choose_from(sheet.choices, sheet.account(row))
        picker.chosen.connect(lambda key: sheet.choose(row, key))
        picker.accepted.connect(self.commit)
        return picker
