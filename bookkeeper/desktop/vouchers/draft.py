"""A voucher as it is being entered: its lines, what is offered for the next one, and what is still wrong. No Qt.

Amounts are paise and never negative here: a line has a side. What the program offers (the line that balances, from the
kind of voucher) is not entered until it is taken; what was copied from another voucher is, and is shown as copied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final, Protocol

from bookkeeper.desktop.typed_amounts import Wrong, typed_amount
from bookkeeper.report import Say
from bookkeeper.rules.money import Paise
from bookkeeper.rules.text import LONG, NotAText, cleaned
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

NO_SUCH_ACCOUNT: Final = "“{text}” is not the name or code of an account. Choose one with Enter."
NO_SUCH_MEMBER: Final = "No member has these letters. Write others."


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `typed_account`, `typed_member` and `typed_amount` are texts that mean nothing yet."""

    side: str
    account: str = ""
    member: str = ""
    loan: int = 0
    amount: int = 0
    is_copied: bool = False
    typed_account: str = ""
    typed_amount: str = ""
    typed_member: str = ""

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


def of_kind(draft: VoucherDraft, kind: str) -> VoucherDraft:
    """The draft as another kind; what was meant as a payment and is a receipt has its sides changed."""
    turns = {draft.kind, kind} == {"payment", "receipt"}
    lines = (replace(line, side=OTHER[line.side]) if turns else line for line in draft.lines)
    return replace(draft, kind=kind, lines=tuple(lines))


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
    return [*_of_correction(draft), *_of_lines(draft, heads), *_of_texts(draft), *_of_the_whole(draft, heads)]


def _of_correction(draft: VoucherDraft) -> Iterator[Trouble]:
    if draft.corrects and not draft.reason.strip():
        yield Trouble("reason", "A correction needs a reason. Say in a few words what was wrong.")


def _of_lines(draft: VoucherDraft, heads: Heads) -> Iterator[Trouble]:
    for row, line in enumerate(draft.lines):
        if line.is_empty:
            continue
        head = heads.get(line.account)
        if head is None and line.typed_account:
            yield Trouble("account", NO_SUCH_ACCOUNT, row, (("text", line.typed_account),))
        elif head is None:
            yield Trouble("account", "No account is chosen. Type letters of its name, or its code.", row)
        elif line.typed_member:
            yield Trouble("member", NO_SUCH_MEMBER, row)
        elif head.needs and not line.member:
            yield Trouble("member", "{account} needs a member. Type letters of her name, or her number.", row,
                          (("account", Say(head.name)),))  # fmt: skip
        elif head.needs == "loan" and not line.loan:
            yield Trouble("member", "{account} needs a loan. Choose one of hers.", row, (("account", Say(head.name)),))
        found = typed_amount(line.typed_amount) if line.typed_amount else line.amount
        if isinstance(found, Wrong):
            yield Trouble(line.side, found.message, row, (("text", found.text),))
        elif not found:
            yield Trouble(line.side, "The amount is missing. Write figures, as 2400 or 50+20.", row)


def _of_texts(draft: VoucherDraft) -> Iterator[Trouble]:
    texts = (
        ("party", draft.party), ("reference", draft.reference), ("resolution", draft.resolution),
        ("instrument", draft.instrument_number), ("narration", draft.narration),
    )  # fmt: skip
    for field, text in texts:
        try:
            cleaned(one_line(text), LONG)
        except NotAText as error:
            yield Trouble(field, str(error))


def one_line(text: str) -> str:
    """A text as it is posted: what was pasted from cells or lines has blanks between them."""
    return " ".join(text.split())


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
    elif draft.instrument_number.strip() and not draft.instrument_kind:
        yield Trouble("instrument", "Choose whether the number is of a cheque, UPI, NEFT or slip, or empty it.")
    elif draft.instrument_kind and not draft.instrument_number.strip() and draft.has_money(heads, "bank"):
        yield Trouble("instrument", "Write the number of the cheque or slip, or choose none.")


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
    narration, party, reference, resolution = map(
        one_line, (draft.narration, draft.party, draft.reference, draft.resolution)
    )
    return Voucher(draft.kind, draft.date, postings, narration, party, reference, resolution, papers)


def _instrument(draft: VoucherDraft) -> Instrument | None:
    kind, number = draft.instrument_kind, one_line(draft.instrument_number)
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


def codes_of(heads: Heads) -> dict[str, str]:
    """The codes of the accounts that have a role, by it."""
    return {head.role: code for code, head in heads.items() if head.role}


def is_as_it_was(draft: VoucherDraft, voucher: Voucher, codes: Mapping[str, str]) -> bool:
    """Whether a correction says nothing but what stands in the voucher already."""
    was = filled_from(voucher, codes, date=voucher.date)
    papers = tuple((paper.sha256, paper.name) for paper in voucher.attachments)
    plain = tuple(replace(line, is_copied=True) for line in draft.lines)
    same = ["kind", "date", "narration", "party", "reference", "resolution", "instrument_number"]
    same += ["instrument_kind", "instrument_date"] if was.instrument_number else []
    texts_agree = all(getattr(draft, name) == getattr(was, name) for name in same)
    return texts_agree and plain == was.lines and draft.papers == papers


def is_enterable(voucher: Voucher, codes: Mapping[str, str], heads: Heads) -> bool:
    """Whether an entry can hold all of a voucher: its kind, one cheque or slip, nothing but members and loans."""
    by = set()
    for one in voucher.postings:
        head = heads.get(codes.get(one.account, one.account))
        if one.deposit is not None or one.share is not None or one.fund is not None or head is None:
            return False
        if head.side == "bank":
            by.add(one.instrument)
    return voucher.kind in KINDS and len(by) <= 1


def body_of(draft: VoucherDraft) -> dict[str, Any]:
    """The draft as JSON has it."""
    return asdict(draft)


def draft_of(body: Mapping[str, Any]) -> VoucherDraft:
    """A draft that was kept; what an older program did not know is left at its usual value.

    Raises KeyError, TypeError or ValueError for what is no draft of a voucher.
    """
    values = _known(VoucherDraft, body)
    lines = tuple(Line(**_known(Line, one)) for one in values.pop("lines", ()))
    papers = tuple((str(digest), str(name)) for digest, name in values.pop("papers", ()))
    made = replace(VoucherDraft(), **values, lines=lines, papers=papers)
    if made.kind not in KINDS or not {line.side for line in lines} <= set(OTHER):
        raise ValueError(made.kind)
    return made


def _known(of: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """What is there of the fields of a class, each of them as the class has it."""
    found = {one.name: (one.type, values[one.name]) for one in fields(of) if one.name in values}
    if any(kind in {"str", "int", "bool"} and type(value).__name__ != kind for kind, value in found.values()):
        raise TypeError(of)
    return {name: value for name, (_kind, value) in found.items()}
