"""What an entry grid shows: its columns, and the sheet that knows every cell. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Kind(Enum):
    """What stands in a column."""

    NUMBER = "number"
    TEXT = "text"
    AMOUNT = "amount"
    ATTENDANCE = "attendance"


class State(Enum):
    """How a cell stands: what was filled in for the clerk is lighter until touched, computed values are second ink."""

    EMPTY = "empty"
    PREFILLED = "prefilled"
    ENTERED = "entered"
    COMPUTED = "computed"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: its head and the group head over it (texts in the reader's language), and what stands in it.

    `starts_group` has a stronger rule at its left; a `frozen` column stays in sight when the rest scrolls. A
    `stretches` column takes what width is left, before the others do. `opens` opens its editor as soon as the cursor
    stands in it. `is_name` is in 600 on the row where the cursor is. `samples` are texts that have to fit although
    they stand nowhere yet, `beside` the widest small text at the left of a figure.
    """

    key: str
    head: str
    over: str = ""
    kind: Kind = Kind.AMOUNT
    starts_group: bool = False
    frozen: bool = False
    stretches: bool = False
    opens: bool = False
    is_name: bool = False
    samples: tuple[str, ...] = ()
    beside: str = ""


class Sheet(Protocol):
    """The cells of a grid. Row and column count from 0; texts are in the reader's language.

    `typed` is told each text as it is being typed (of a cell with an editor of its own, the text that was taken), keeps
    it, and answers with what is wrong with it, in words, or "". `remembered` and `put_back` are for undo: the whole of
    what was typed, as a value that does not change. `marked` are the boxed letters of attendance.
    """

    @property
    def columns(self) -> Sequence[GridColumn]: ...

    def rows(self) -> int: ...
    def display(self, row: int, column: int, /) -> str: ...
    def editing(self, row: int, column: int, /) -> str: ...
    def typed(self, row: int, column: int, text: str, /) -> str: ...
    def state(self, row: int, column: int, /) -> State: ...
    def is_open(self, row: int, column: int, /) -> bool: ...
    def beside(self, row: int, column: int, /) -> str: ...
    def marked(self, row: int, column: int, /) -> bool: ...
    def wrong(self, row: int, column: int, /) -> str: ...
    def totals(self) -> Sequence[str]: ...
    def remembered(self) -> object: ...
    def put_back(self, kept: object, /) -> None: ...


class PlainSheet:
    """What most sheets need not say: nothing beside, nothing boxed, no undo. To be built on."""

    columns: Sequence[GridColumn] = ()

    def editing(self, row: int, column: int) -> str:
        """The text with which a cell's editor opens."""
        return self.display(row, column)

    def display(self, row: int, column: int) -> str:
        """What stands in a cell."""
        raise NotImplementedError

    def beside(self, _row: int, _column: int) -> str:
        """The small amber text at the left of a figure that differs from what was due."""
        return ""

    def marked(self, _row: int, _column: int) -> bool:
        """Whether the letter stands in a box."""
        return False

    def wrong(self, _row: int, _column: int) -> str:
        """What is wrong with a cell, in words."""
        return ""

    def totals(self) -> Sequence[str]:
        """The foot, a text for each column; empty where there is none."""
        return ()

    def remembered(self) -> object:
        """All that was typed."""
        return None

    def put_back(self, _kept: object) -> None:
        """As it was when it was remembered."""
