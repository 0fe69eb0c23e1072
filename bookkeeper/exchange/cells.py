"""Sheets of a workbook that the program itself wrote and somebody filled in: columns by place and title, cells by kind.

A fault names its cell and what it is: "cell E7, Savings". Titles may be in any of the program's languages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import zip_longest
from typing import Final, TypeAlias, TypeVar

from openpyxl.utils import get_column_letter

from bookkeeper.errors import Fault
from bookkeeper.exchange.faults import Faults, NotTaken
from bookkeeper.exchange.fields import clean, rupees, short
from bookkeeper.exchange.json_fields import unsigned, whole_of
from bookkeeper.exchange.workbook import UNMERGE, Cell, Percent, Sheet, Spoilt, not_percent
from bookkeeper.rules.money import Paise
from bookkeeper.rules.text import USUAL
from bookkeeper.words import Language, language, languages

Value = TypeVar("Value")
Titles: TypeAlias = Mapping[str, tuple[str, ...]]
"""Each column's key and its title in English, then other titles that are taken for it."""

_OF_FIELDS: Final = ("field", "value")
"""The columns of a sheet whose rows are each a field with its own name."""

_ANEW: Final = "Put the columns as they were, or print the sheet anew."


def spoken(*messages: str) -> set[str]:
    """The messages in each language, as `folded`."""
    return {folded(tongue.say(message)) for tongue in _tongues() for message in messages}


@cache
def _tongues() -> tuple[Language, ...]:
    return tuple(language(code) for code in languages())


def folded(cell: Cell) -> str:
    """A cell as titles and words are compared: without regard to capitals and blanks."""
    return " ".join(str(cell).split()).casefold() if isinstance(cell, str) else ""


class Words:
    """What may be typed for each of some values, in each language; a message tells the first word of each."""

    def __init__(self, values: Mapping[str, tuple[str, ...]]) -> None:
        self._told = ", ".join(words[0] for words in values.values())
        self._own: dict[str, dict[str, str]] = {}
        meant: dict[str, set[str]] = {}
        for tongue in _tongues():
            own = {folded(tongue.say(word)): value for value, words in values.items() for word in (value, *words)}
            self._own[tongue.code] = own
            for word, value in own.items():
                meant.setdefault(word, set()).add(value)
        self._everywhere = {word: one for word, there in meant.items() for one in there if len(there) == 1}

    def meant(self, text: str, code: str) -> str:
        """The value meant in the language of a sheet, else in any where it can mean but one. Raises NotTaken."""
        word = folded(text)
        found = self._own[code].get(word) or self._everywhere.get(word)
        if found:
            return found
        raise NotTaken(f"“{short(text)}” cannot stand here. Write one of {self._told}.")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its number in the sheet, and its cells by the keys of their columns."""

    table: Table
    number: int
    cells: Mapping[str, Cell]
    called: str = ""  # what the row is about, where a column's title would not say it

    def cell(self, key: str) -> Cell:
        """What stands in a column; blank where the table has none of that key."""
        return self.cells.get(key, "")

    def place(self, key: str) -> str:
        """Where a cell is, and what."""
        return self.table.place(self.number, key, self.called)

    def has(self, *keys: str) -> bool:
        """Whether anything stands in one of the cells, be it spoilt."""
        return any(isinstance(cell := self.cell(key), Spoilt | Percent | dt.date) or cell.strip() for key in keys)

    @property
    def is_hidden(self) -> bool:
        """Whether the sheet hides the row, so that nobody saw what stands in it."""
        return self.number in self.table.sheet.hidden

    @property
    def told_hidden(self) -> str:
        """That the row was read though it is hidden, in words."""
        return f"{self.table.place(self.number, '')} is hidden and was read."

    def is_spoilt(self, key: str) -> bool:
        """Whether a cell cannot be read; that was noted already."""
        return isinstance(self.cell(key), Spoilt)

    def refuse(self, message: str, todo: str, key: str) -> None:
        """Note what is wrong with a cell."""
        self.table.faults.add(message, todo, field=self.place(key))

    def take(self, read: Callable[[str], Value], key: str) -> Value | None:
        """What `read` makes of a cell's text; None where it is blank, spoilt or refused."""
        if not self.has(key) or self.is_spoilt(key):
            return None
        return self.table.faults.take(partial(_read, read), self.cell(key), None, self.place(key))

    def text(self, key: str, longest: int = USUAL) -> str:
        """A text on one line; empty where it is blank or refused."""
        return self.take(partial(clean, longest=longest), key) or ""

    def rate(self, read: Callable[[str], Value], key: str) -> Value | None:
        """A rate: “2%” of the spreadsheet, which keeps 0.02, is 2 as it is shown."""
        cell = self.cell(key)
        if isinstance(cell, Percent):
            return self.table.faults.take(read, cell.figure, None, self.place(key))
        return self.take(read, key)

    def amount(self, key: str, *, signed: bool = False) -> Paise:
        """An amount in paise; nought where it is blank or refused. `signed`: it may be negative."""
        return self.take(rupees if signed else unsigned, key) or Paise(0)

    def whole(self, key: str, least: int = 0) -> int | None:
        """A whole number."""
        return self.take(partial(whole_of, least=least), key)

    def day(self, read: Callable[[str], str], key: str) -> str | None:
        """A day in ISO, be it written as text or kept as a day by the spreadsheet."""
        cell = self.cell(key)
        return cell.isoformat() if isinstance(cell, dt.date) else self.take(read, key)

    def one_of(self, words: Words, key: str) -> str | None:
        """One of some values, in any language."""
        return self.take(partial(words.meant, code=self.table.language), key)


def _read(read: Callable[[str], Value], cell: Cell) -> Value:
    if isinstance(cell, dt.date):
        advice = "Format the column as text and write the value again."
        raise NotTaken(f"the spreadsheet has made a day of this ({cell.isoformat()}). {advice}")
    if isinstance(cell, Percent):
        raise NotTaken(not_percent(cell))
    return read(str(cell))


class Table:
    """A sheet whose columns are as they should be: its rows below the titles, and what its cells are called."""

    def __init__(self, sheet: Sheet, columns: Titles, faults: Faults, *, is_first: bool = False) -> None:
        self.sheet, self.columns, self.faults, self._is_first = sheet, tuple(columns), faults, is_first
        self.language = _language(sheet, columns).code
        self._heads = [short(str(cell)) for cell in sheet.rows[0][1]] if sheet.rows else []

    def lines(self) -> Iterator[Line]:
        """The rows below the titles; cells that cannot be read, or stand beside the table, are noted on the way."""
        for area in self.sheet.merged:
            self.faults.add(f"the cells {area}{self._of()} are merged.", UNMERGE, field=f"cell {area}")
        for number, cells in self.sheet.rows[1:]:
            called = short(str(cells[0])) if self.columns[:2] == _OF_FIELDS and cells else ""
            for place, cell in enumerate(cells):
                if isinstance(cell, Spoilt):
                    self.faults.add(cell.why, field=self._named(number, place, called if place else ""))
                elif place >= len(self.columns) and folded(cell if isinstance(cell, str) else str(cell)):
                    why = "this stands beside the table, in no column of it."
                    self.faults.add(why, "Delete it, or write it where it belongs.", field=self._named(number, place))
            yield Line(self, number, dict(zip_longest(self.columns, cells[: len(self.columns)], fillvalue="")))

    def letter(self, number: int, key: str) -> str:
        """The cell of a row and column: E7."""
        return f"{get_column_letter(self.columns.index(key) + 1)}{number}"

    def place(self, number: int | None, key: str, called: str = "") -> str:
        """Where a cell is and what: "cell E7, Savings"; without a row its column, without a known column its row."""
        if key in self.columns and number is not None:
            return self._named(number, self.columns.index(key), called)
        title = self.title(key) if key in self.columns else key
        row = "" if number is None else f"row {number}"
        return ", ".join(filter(None, (row if self._is_first else f"{row}{self._of()}".strip(), title)))

    def title(self, key: str) -> str:
        """What the column is called in this sheet."""
        return self._heads[self.columns.index(key)]

    def _named(self, number: int, place: int, called: str = "") -> str:
        title = f", {called or self._heads[place]}" if place < len(self.columns) else ""
        return f"cell {get_column_letter(place + 1)}{number}{'' if self._is_first else self._of()}{title}"

    def _of(self) -> str:
        return f" of the sheet “{short(self.sheet.name)}”"


def is_of_totals(line: Line, *keys: str) -> bool:
    """Whether a line is a row of totals, which the user has added; noted as a fault where it is."""
    for key in keys:
        if folded(line.cell(key)) in _totals():
            line.refuse("this is a row of totals.", "Delete it: the program adds up by itself.", key)
            return True
    return False


@cache
def _totals() -> set[str]:
    return spoken("Total", "Totals", "Grand total") | {"एकूण", "कुल", "कुल योग", "योग", "बेरीज"}


def heads_of(sheet: Sheet) -> list[str]:
    """The titles of a sheet, as `folded`."""
    heads = [folded(cell) for cell in sheet.rows[0][1]] if sheet.rows else []
    while heads and not heads[-1]:
        heads.pop()
    return heads


def has_titles(sheet: Sheet, columns: Titles) -> bool:
    """Whether a sheet has just these columns, in one of the languages."""
    return not [*_unlike(sheet, columns)]


def _accepted(columns: Titles, tongue: Language) -> list[set[str]]:
    return [{folded(tongue.say(title)) for title in titles} for titles in columns.values()]


def _unlike(sheet: Sheet, columns: Titles) -> Iterator[int]:
    """The places whose title is not what it should be, in the language that fits best."""
    heads, accepted = heads_of(sheet), _accepted(columns, _language(sheet, columns))
    for place, (head, titles) in enumerate(zip_longest(heads, accepted)):
        if head is None or titles is None or head not in titles:
            yield place


def _language(sheet: Sheet, columns: Titles) -> Language:
    """The language that knows most of the titles, wherever they stand."""
    heads = set(heads_of(sheet))
    return max(_tongues(), key=lambda tongue: sum(bool(heads & titles) for titles in _accepted(columns, tongue)))


def unlike(sheet: Sheet, columns: Titles, *, is_first: bool) -> Iterator[Fault]:
    """What is wrong with the titles of a sheet: a column that was added, deleted, moved or renamed is named."""
    if has_titles(sheet, columns):
        return
    tongue = _language(sheet, columns)
    titles = [tongue.say(one[0]) for one in columns.values()]
    heads, accepted = heads_of(sheet), _accepted(columns, tongue)
    shown = [short("?" if isinstance(cell, Spoilt) else str(cell)) for cell in sheet.rows[0][1]] if sheet.rows else []
    of = "" if is_first else f" of the sheet “{short(sheet.name)}”"
    first = next(_unlike(sheet, columns), 0)
    if _fit([*heads[:first], *heads[first + 1 :]], accepted):
        what = f"“{shown[first]}”" if heads[first] else "without a title"
        yield Fault(f"column {get_column_letter(first + 1)}{of}, {what}, was added.", "Delete it.")
    elif _fit(heads, [*accepted[:first], *accepted[first + 1 :]]):
        why = f"the column “{titles[first]}”{of} is missing; it should be column {get_column_letter(first + 1)}."
        yield Fault(why, _ANEW)
    else:
        for place in _unlike(sheet, columns):
            letter, todo = f"column {get_column_letter(place + 1)}{of}", _ANEW
            there = f"“{shown[place]}”" if place < len(heads) and heads[place] else "blank"
            if place < len(titles):
                yield Fault(f"{letter} should be “{titles[place]}”, but is {there}.", todo)
            else:
                yield Fault(f"{letter}, {there}, was added.", "Delete it.")


def _fit(heads: Sequence[str], accepted: Sequence[set[str]]) -> bool:
    return len(heads) == len(accepted) and all(head in titles for head, titles in zip(heads, accepted, strict=True))
