"""A voucher as it is being entered: its lines, what is offered for the next one, and what is still wrong. No Qt.

Amounts are paise and never negative here: a line has a side. What the program offers (the line that balances, from the
kind of voucher) is not entered until it is taken; what was copied from another voucher is, and is shown as copied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final, Protocol

from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Attachment, Instrument, Posting, Voucher

DEBIT, CREDIT = "debit", "credit"
OTHER: Final = {DEBIT: CREDIT, CREDIT: DEBIT}

KINDS: Final = ("contra", "payment", "receipt", "journal")
"""The kinds of voucher that are entered here, in the order of their keys."""

FIRST_SIDE: Final = {"contra": DEBIT, "payment": DEBIT, "receipt": CREDIT, "journal": DEBIT}
MONEY: Final = frozenset({"cash", "bank"})
INSTRUMENTS: Final = ("cheque", "upi", "neft", "slip")
"""What moves money on a bank line, as the books keep it."""


class Head(Protocol):
    """What is known of an account, as `commands.voucher_entry.accounts` has it."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def side(self) -> str: ...
    @property
    def needs(self) -> str: ...
    @property
    def may_name_loan(self) -> bool: ...
    @property
    def balance(self) -> int: ...


Heads = Mapping[str, Head]


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `typed_account` and `typed_amount` are texts that mean nothing yet, with what is wrong in `wrong`."""

    side: str
    account: str = ""
    member: str = ""
    loan: int = 0
    amount: int = 0
    is_copied: bool = False
    typed_account: str = ""
    typed_amount: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands on it."""
        return not (self.account or self.amount or self.typed_account or self.typed_amount)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong: where (a field, or a cell of a line from 0), the message and what stands in it."""

    field: str
    message: str
    line: int = -1
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class VoucherDraft:
    """A voucher that is not posted. `corrects` names the one it stands for, whose mirror has day and reason."""

    kind: str = "payment"
    date: str = ""
    lines: tuple[Line, ...] = ()
    narration: str = ""
    party: str = ""
    reference: str = ""
    resolution: str = ""
    instrument_kind: str = ""
    instrument_number: str = ""
    instrument_date: str = ""
    papers: tuple[tuple[str, str], ...] = ()
    corrects: str = ""
    mirror_on: str = ""
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered that would be missed."""
        words = (self.narration, self.party, self.reference, self.resolution, self.corrects, self.instrument_number)
        return not any(words) and not self.papers and all(line.is_empty for line in self.lines)

    @property
    def difference(self) -> int:
        """Debits less credits of what is entered."""
        return self.total(DEBIT) - self.total(CREDIT)

    def total(self, side: str) -> int:
        """What a side comes to."""
        return sum(line.amount for line in self.lines if line.side == side)

    def has_money(self, heads: Heads, which: str) -> bool:
        """Whether a line stands on cash, or on a bank."""
        return any(line.account in heads and heads[line.account].side == which for line in self.lines)


# ------------------------------------------------------------------------------------------------------ what is offered


def next_line(draft: VoucherDraft, heads: Heads, money: str) -> Line:
    """The line behind the last one, with what is offered there: side, account (`money` is a code), and amount."""
    gap, waiting = draft.difference, any(not line.amount for line in draft.lines)
    if not gap or waiting:
        return Line(FIRST_SIDE[draft.kind])
    side = CREDIT if gap > 0 else DEBIT
    return Line(side, account=_money_offered(draft, heads, side, money), amount=abs(gap))


def _money_offered(draft: VoucherDraft, heads: Heads, side: str, money: str) -> str:
    """Cash or the bank, where the kind says that the missing side is money's."""
    if draft.kind in {"payment", "receipt"}:
        return money if side == OTHER[FIRST_SIDE[draft.kind]] else ""
    if draft.kind == "contra":
        used = {line.account for line in draft.lines}
        left = [code for code, head in heads.items() if head.side in MONEY and code not in used]
        return left[0] if left else ""
    return ""


def offered_amount(draft: VoucherDraft, row: int) -> int:
    """What would balance the voucher, where it may stand on that line: it has no amount, and the side is right."""
    line = draft.lines[row]
    gap = draft.difference if line.side == CREDIT else -draft.difference
    first = next((at for at, one in enumerate(draft.lines) if not one.amount), -1)
    return gap if gap > 0 and not line.amount and not line.typed_amount and first == row else 0


def side_for(draft: VoucherDraft, head: Head, usual: str) -> str:
    """On which side an account stands in a payment or a receipt; in other kinds, as it would anyway."""
    if draft.kind not in {"payment", "receipt"}:
        return usual
    first = FIRST_SIDE[draft.kind]
    return OTHER[first] if head.side in MONEY else first


def choices(draft: VoucherDraft, heads: Heads) -> list[Head]:
    """The accounts that a line of this kind of voucher may name."""
    if draft.kind == "contra":
        return [head for head in heads.values() if head.side in MONEY]
    if draft.kind == "journal":
        return [head for head in heads.values() if head.side not in MONEY]
    return list(heads.values())


# --------------------------------------------------------------------------------------------------- what is wrong


def troubles(draft: VoucherDraft, heads: Heads) -> list[Trouble]:
    """What keeps the voucher from being posted, in the order in which it is read."""
    return [*_of_correction(draft), *_of_lines(draft, heads), *_of_the_whole(draft, heads)]


def _of_correction(draft: VoucherDraft) -> Iterator[Trouble]:
    if draft.corrects and not draft.reason.strip():
        yield Trouble("reason", "A correction needs a reason. Say in a few words what was wrong.")


def _of_lines(draft: VoucherDraft, heads: Heads) -> Iterator[Trouble]:
    for row, line in enumerate(draft.lines):
        if line.is_empty:
            continue
        head = heads.get(line.account)
        if head is None:
            yield Trouble("account", "No account is chosen. Type letters of its name, or its code.", row)
        elif head.needs and not line.member:
            yield Trouble("member", "{account} needs a member. Type letters of her name, or her number.", row,
                          (("account", head.name),))  # fmt: skip
        elif head.needs == "loan" and not line.loan:
            yield Trouble("member", "{account} needs a loan. Choose one of hers.", row, (("account", head.name),))
        if not line.amount:
            yield Trouble(line.side, "The amount is missing. Write figures, as 2400 or 50+20.", row)


def _of_the_whole(draft: VoucherDraft, heads: Heads) -> Iterator[Trouble]:
    entered = [line for line in draft.lines if not line.is_empty]
    if not entered:
        yield Trouble("account", "Nothing is entered yet. Begin with an account.", 0)
        return
    gap = draft.difference
    if gap:
        message = "{amount} is still to be credited." if gap > 0 else "{amount} is still to be debited."
        yield Trouble("account", message, len(draft.lines), (("amount", Amount(abs(gap))),))
    if draft.instrument_number and not draft.has_money(heads, "bank"):
        yield Trouble("account", "A cheque or slip needs a line on a bank. Choose one, or empty its number.", 0)


@dataclass(frozen=True, slots=True)
class Amount:
    """Paise inside a message."""

    paise: int


# ------------------------------------------------------------------------------------------------------- to and fro


def voucher_of(draft: VoucherDraft, heads: Heads) -> Voucher:
    """The voucher to post; each posting's row is its line, from 1, so that a refusal finds it."""
    instrument = _instrument(draft)
    postings = tuple(
        Posting(
            line.account,
            Paise(line.amount if line.side == DEBIT else -line.amount),
            line.member or None,
            line.loan or None,
            instrument=instrument if line.account in heads and heads[line.account].side == "bank" else None,
            row=row,
        )
        for row, line in enumerate(draft.lines, 1)
        if not line.is_empty
    )
    papers = tuple(Attachment(digest, name) for digest, name in draft.papers)
    words = (draft.narration.strip(), draft.party.strip(), draft.reference.strip(), draft.resolution.strip())
    return Voucher(draft.kind, draft.date, postings, *words, papers)


def _instrument(draft: VoucherDraft) -> Instrument | None:
    kind, number = draft.instrument_kind, draft.instrument_number.strip()
    if not (kind and number):
        return None
    return Instrument(kind, number, draft.instrument_date or draft.date)


def lines_of(voucher: Voucher, codes: Mapping[str, str], *, copied: bool) -> tuple[Line, ...]:
    """A posted voucher's lines as lines of a draft; `codes` says the code of an account that is named by its role."""
    return tuple(
        Line(
            DEBIT if one.amount > 0 else CREDIT,
            codes.get(one.account, one.account),
            one.member or "",
            one.loan or 0,
            abs(one.amount),
            is_copied=copied,
        )
        for one in voucher.postings
    )


def filled_from(voucher: Voucher, codes: Mapping[str, str], *, date: str, copied: bool = True) -> VoucherDraft:
    """A draft with all that stands in a posted voucher but its date, number and papers."""
    by = next((one.instrument for one in voucher.postings if one.instrument), None)
    return VoucherDraft(
        kind=voucher.kind if voucher.kind in KINDS else "journal",
        date=date,
        lines=lines_of(voucher, codes, copied=copied),
        narration=voucher.narration,
        party=voucher.party,
        reference=voucher.reference,
        resolution=voucher.resolution,
        instrument_kind=by.kind if by else "",
        instrument_number=by.number if by else "",
        instrument_date=by.date if by else "",
    )


def body_of(draft: VoucherDraft) -> dict[str, Any]:
    """The draft as JSON has it."""
    return asdict(draft)


def draft_of(body: Mapping[str, Any]) -> VoucherDraft:
    """A draft that was kept; what an older program did not know is left at its usual value."""
    known = {one.name for one in fields(VoucherDraft)}
    of_line = {one.name for one in fields(Line)}
    values = {name: value for name, value in body.items() if name in known}
    lines: Sequence[Mapping[str, Any]] = values.pop("lines", ())
    made = (Line(**{name: value for name, value in one.items() if name in of_line}) for one in lines)
    papers = tuple((str(digest), str(name)) for digest, name in values.pop("papers", ()))
    return replace(VoucherDraft(), **values, lines=tuple(made), papers=papers)
