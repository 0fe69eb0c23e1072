"""What a break of the books is: made here for the lists of them (`breaks`, `breaks_of_meetings`)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Break:
    """How a copy is broken, which check must see it, and what its sentence must say."""

    check: str
    says: str
    statements: tuple[str, ...] = ()
    quick: bool = False
    anchor: str = ""
    loosely: bool = False
    guarded: bool = True


def broken(check: str, says: str, *statements: str, quick: bool = False, anchor: str = "", loosely: bool = False,
           guarded: bool = True) -> Break:  # fmt: skip
    return Break(check, says, statements, quick, anchor, loosely, guarded)
