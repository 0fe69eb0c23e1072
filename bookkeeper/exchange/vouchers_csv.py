"""Vouchers in CSV: one row a posting; rows with the same text under `voucher` are one voucher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from bookkeeper.exchange.faults import Faults
from bookkeeper.exchange.fields import (
    LONGEST,
    amount_of,
    check_balance,
    clean,
    date_of,
    kind_of,
    loan_of,
    needed,
    short,
)
from bookkeeper.exchange.table import Columns, csv_rows, fits
from bookkeeper.rules.text import USUAL
from bookkeeper.rules.voucher import Instrument, Posting, Voucher

COLUMNS: Final = Columns(
    ("voucher", "date", "kind", "account", "debit", "credit"),
    (
        "member", "narration", "loan", "party", "reference", "resolution", "fund",
        "instrument", "instrument_number", "instrument_date",
    ),
)  # fmt: skip
_TEXTS: Final = ("narration", "party", "reference", "resolution")


@dataclass(slots=True)
class _Draft:
    """A voucher as its rows come in; `said` is what they say of the whole voucher."""

    label: str
    row: int
    said: dict[str, str]
    postings: list[Posting] = field(default_factory=list)
    sound: bool = True


def vouchers_of_csv(text: str, faults: Faults) -> tuple[Voucher, ...]:
    """The vouchers of a CSV file, in the order in which they begin; what is wrong is noted in `faults`."""
    rows = csv_rows(text, faults.file)
    _, head = next(rows, (0, [""]))
    reader = _Reader(COLUMNS.places(head, faults), faults)
    for row, cells in rows:
        if fits(row, cells, len(head), faults):
            reader.read(row, [*cells, ""])
        else:
            reader.miss(cells)
    return reader.vouchers()


class _Reader:
    """Gathers rows into vouchers."""

    def __init__(self, places: dict[str, int], faults: Faults) -> None:
        self.faults = faults
        self.places = places
        self.drafts: dict[str, _Draft] = {}
        self.whole = True
        """False where a row was left out, and it is not known of which voucher."""
        self.missed: set[str] = set()
        self._texts = [(name, places[name]) for name in _TEXTS]
        self._said = [("date", places["date"]), ("kind", places["kind"]), *self._texts]

    def read(self, row: int, cells: Sequence[str]) -> None:
        """Take one row, which has a field more than the head: an empty one for the columns left out."""
        before = self.faults.count
        label = self.faults.take(needed, cells[self.places["voucher"]], row, "voucher")
        if label is None:
            self.miss(cells)
            return
        draft = self.drafts.get(label)
        if draft is None:
            draft = self.drafts[label] = self._begun(label, row, cells)
        else:
            self._agree(draft, row, cells)
        posting = self._posting(row, cells, draft.said["kind"])
        if posting is not None:
            draft.postings.append(posting)
        if self.faults.count != before:
            draft.sound = False

    def miss(self, cells: Sequence[str]) -> None:
        """Know of a row that could not be read, so that its voucher is not called half a voucher for it."""
        place = self.places["voucher"]
        label = cells[place].strip() if place < len(cells) else ""
        self.missed.add(label)
        self.whole = self.whole and bool(label)

    def vouchers(self) -> tuple[Voucher, ...]:
        """All vouchers, each held against its other half; not where rows are missed, which may be that half."""
        for draft in self.drafts.values():
            if draft.sound and self.whole and draft.label not in self.missed:
                check_balance(draft.postings, draft.label, self.faults, draft.row)
        return tuple(_voucher(draft) for draft in self.drafts.values() if draft.sound)

    def _begun(self, label: str, row: int, cells: Sequence[str]) -> _Draft:
        said = {name: cells[place].strip() for name, place in self._said}
        self.faults.take(date_of, said["date"], row, "date")
        self.faults.take(kind_of, said["kind"], row, "kind")
        for name, place in self._texts:
            said[name] = self._text(name, cells[place], row)
        return _Draft(label, row, said)

    def _agree(self, draft: _Draft, row: int, cells: Sequence[str]) -> None:
        """Hold a further row against the first: date and kind are the same, texts are the same or left out."""
        for name, place in self._said:
            raw = cells[place].strip()
            first = draft.said[name]
            if raw == first or (not raw and name in _TEXTS):
                continue
            if name in _TEXTS and not first:
                draft.said[name] = self._text(name, raw, row)
                continue
            there = f"“{short(first)}” in row {draft.row}, “{short(raw)}” here"
            todo = "The rows of one voucher agree; another voucher has another text under “voucher”."
            self.faults.add(f"voucher “{short(draft.label)}” has {there}.", todo, row, name)

    def _text(self, name: str, raw: str, row: int) -> str:
        if not raw:
            return ""
        return self.faults.take(partial(clean, longest=LONGEST.get(name, USUAL)), raw, row, name) or ""

    def _posting(self, row: int, cells: Sequence[str], kind: str) -> Posting | None:
        faults, places = self.faults, self.places
        account = faults.take(needed, cells[places["account"]], row, "account")
        amount = amount_of(cells[places["debit"]], cells[places["credit"]], kind, faults, row)
        member = self._text("member", cells[places["member"]], row)
        loan = cells[places["loan"]].strip()
        number = faults.take(loan_of, loan, row, "loan") if loan else None
        fund = self._text("fund", cells[places["fund"]], row)
        instrument = self._instrument(row, cells)
        if account is None or amount is None:
            return None
        return Posting(account, amount, member or None, number, fund=fund or None, instrument=instrument, row=row)

    def _instrument(self, row: int, cells: Sequence[str]) -> Instrument | None:
        places = self.places
        kind = self._text("instrument", cells[places["instrument"]], row)
        number = self._text("instrument_number", cells[places["instrument_number"]], row)
        on = cells[places["instrument_date"]].strip()
        if on:
            self.faults.take(date_of, on, row, "instrument_date")
        if not kind and (number or on):
            self.faults.add("an instrument with a number or a date has a kind.", "Write cheque, upi, neft or slip.",
                            row, "instrument")  # fmt: skip
        return Instrument(kind, number, on) if kind else None


def _voucher(draft: _Draft) -> Voucher:
    said = draft.said
    return Voucher(
        said["kind"],
        said["date"],
        tuple(draft.postings),
        said["narration"],
        said["party"],
        said["reference"],
        said["resolution"],
        label=draft.label,
        row=draft.row,
    )
