"""Everything that is wrong with a file, told in one go, so that the user mends it in one go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from bookkeeper.errors import BadInput, Fault
from bookkeeper.rules.dates import NotADate
from bookkeeper.rules.money import NotAnAmount

TOLD: Final = 50
"""How many faults of a file are told; of the rest only how many there are."""

ENOUGH: Final = 1000
"""After so many faults a file is not read on."""

Raw = TypeVar("Raw")
Value = TypeVar("Value")


class NotTaken(ValueError):
    """A value that a file may not have; the message says why and what to write, and is made for the user."""


class Faults:
    """The faults of one file, in the order in which they are found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.count = 0
        self._told: list[Fault] = []

    def add(self, message: str, todo: str = "", row: int | None = None, field: str = "") -> None:
        """Note one fault. Raises BadInput where there are too many to read on."""
        self.count += 1
        if self.count <= TOLD:
            self._told.append(Fault(message, todo, row, field))
        elif self.count == ENOUGH:
            self.refuse_if_any()

    def take(self, read: Callable[[Raw], Value], raw: Raw, row: int | None, field: str) -> Value | None:
        """What `read` makes of a raw value; None, and its refusal noted, where it takes it not."""
        try:
            return read(raw)
        except (NotTaken, NotADate, NotAnAmount) as error:
            self.add(str(error), row=row, field=field)
            return None

    def refuse_if_any(self) -> None:
        """Raise BadInput with the faults, by row."""
        if not self.count:
            return
        told = sorted(self._told, key=lambda fault: fault.row or 0)
        more = self.count - len(told)
        if more:
            least = "at least " if self.count == ENOUGH else ""
            told.append(Fault(f"{least}{more} more faults are not shown.", "Mend these first."))
        raise BadInput(*told, file=self.file)
