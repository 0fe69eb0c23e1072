"""What a clerk writes beside an amount: the head, whose loan it is, the narration, and what was reversed.

Registers that show vouchers share it, so that a reversal reads alike in every one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any

from sqlalchemy import FromClause, Join, Row

from bookkeeper.report import Person, Say
from bookkeeper.rules.voucher import voucher_name
from bookkeeper.store import tables

AT_ONCE = {"yield_per": 2000}
"""Execution options with which a register reads: some rows at a time, however many there are."""

_ORIGINAL = tables.voucher.alias("original")
_MIRROR = tables.voucher.alias("mirror")

NAMES = (
    tables.voucher.c.series,
    tables.voucher.c.number,
    tables.voucher.c.year,
    _ORIGINAL.c.series.label("original_series"),
    _ORIGINAL.c.number.label("original_number"),
    _ORIGINAL.c.year.label("original_year"),
    _MIRROR.c.series.label("mirror_series"),
    _MIRROR.c.number.label("mirror_number"),
    _MIRROR.c.year.label("mirror_year"),
)
"""The columns of which the three functions below make names."""


def with_reversals(vouchers: FromClause) -> Join:
    """Vouchers, each with what it reverses and what reverses it."""
    voucher = tables.voucher.c
    original = (_ORIGINAL.c.entity == voucher.entity) & (_ORIGINAL.c.sequence == voucher.reverses)
    mirror = (_MIRROR.c.entity == voucher.entity) & (_MIRROR.c.reverses == voucher.sequence)
    return vouchers.outerjoin(_ORIGINAL, original).outerjoin(_MIRROR, mirror)


def name_in(row: Row[Any]) -> str:
    """The name of a row's voucher, "R28/2023-24"."""
    return voucher_name(row.series, row.number, row.year)


def reverses_in(row: Row[Any]) -> str | None:
    """The name of the voucher that a row's voucher reverses."""
    number = row.original_number
    return None if number is None else voucher_name(row.original_series, number, row.original_year)


def reversed_by_in(row: Row[Any]) -> str | None:
    """The name of the voucher that reverses a row's voucher."""
    number = row.mirror_number
    return None if number is None else voucher_name(row.mirror_series, number, row.mirror_year)


@dataclass(frozen=True, slots=True)
class Told:
    """What a voucher says of itself: its narration (of a mirror its reason), what it reverses, what reverses it."""

    narration: str
    reverses: str | None
    reversed_by: str | None

    @classmethod
    def of(cls, row: Row[Any]) -> Told:
        return cls(row.narration, reverses_in(row), reversed_by_in(row))

    def notes(self, *said: str) -> Iterator[object]:
        """What is to be added to a head, `said` being the texts that stand there already."""
        if self.reverses:
            yield Say.of("Reversal of {voucher}: {reason}", voucher=self.reverses, reason=self.narration)
        elif self.narration and _key(self.narration) not in {_key(text) for text in said}:
            yield self.narration
        if self.reversed_by:
            yield Say.of("Reversed by {voucher}", voucher=self.reversed_by)


def _key(text: str) -> str:
    """Texts of one key say the same: "Bank loan" beside the head "Bank loans"."""
    return text.casefold().strip(" .").removesuffix("s")


def particulars(head: Say, told: Told, loan: int | None = None, member: Person | None = None) -> Say:
    """The head, the loan with its member or the member alone, then what the voucher tells besides."""
    if loan is None or member is None:
        notes = [*([member] if member else []), *told.notes(head.text)]
        return Say.of("{account}: {narration}", account=head, narration=_joined(*notes)) if notes else head
    of_loan = Say.of("{account}: loan {loan}, {member}", account=head, loan=loan, member=member)
    return _joined(of_loan, *told.notes(head.text, f"Loan {loan}"))  # type: ignore[return-value]  # the first is a Say


def loan_given(told: Told, loan: int, member: Person) -> Say:
    """The loan with its member, which tells the head as well, then what the voucher tells besides."""
    of_loan = Say.of("Loan {loan}, {member}", loan=loan, member=member)
    return _joined(of_loan, *told.notes(f"Loan {loan}"))  # type: ignore[return-value]  # the first is a Say


def _joined(first: object, *more: object) -> object:
    return reduce(lambda before, after: Say.of("{first}; {second}", first=before, second=after), more, first)
