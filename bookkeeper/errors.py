"""What may go wrong, in the user's words.

Every message says which row and field it is about and what to do. A `BookError` is the only exception
that the faces show; anything else is a fault of the program.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where (file, row, field), what, and what to do about it.

    `message` and `todo` are English texts that name their values already, best as `rules.said.Said`, which every
    language can say anew. `row` counts as the user's own program counts (the head of a table is row 1); None where
    a fault has no row.
    """

    message: str
    todo: str = ""
    row: int | None = None
    field: str = ""
    counts: str = "row"  # what `row` counts in the user's file
    allowed_with: str = ""  # the reason with which the books would take it, or ""

    def __str__(self) -> str:
        where = []
        if self.row is not None:
            where.append(f"{self.counts} {self.row}")
        if self.field:
            where.append(self.field)
        head = ", ".join(where)
        text = f"{head}: {self.message}" if head else self.message
        return f"{text} {self.todo}" if self.todo else text


class BookError(Exception):
    """What the books, a check or an input file say no to.

    `exit_status` is 1 where the books say no, 2 where the command line or an input file is wrong.
    """

    exit_status = 1

    def __init__(self, *faults: Fault | str, file: str = "") -> None:
        self.faults: tuple[Fault, ...] = tuple(Fault(f) if isinstance(f, str) else f for f in faults)
        self.file = file
        super().__init__(str(self))

    def __str__(self) -> str:
        lines = [str(f) for f in self.faults]
        return "\n".join(f"{self.file}: {line}" if self.file else line for line in lines)

    def at(self, *, file: str, counts: str = "row") -> BookError:
        """The same refusal, with the file, and with what its reader counts there (rows, vouchers)."""
        return type(self)(*(replace(f, counts=counts) for f in self.faults), file=file or self.file)


class Refused(BookError):
    """The books say no: a rule of book-keeping would be broken. Nothing was changed."""


class BadInput(BookError):
    """The command line or an input file is wrong. Nothing was changed."""

    exit_status = 2


class Locked(BookError):
    """Somebody else is writing in these books at this moment."""


class Damaged(BookError):
    """The books are not as this program left them; `verify` says where."""
