"""The voucher as a value: balance, kinds, mirror, and the canonical form that the chain hashes.

This is the pure core of the ledger. A voucher that `faults` finds nothing wrong with balances and fits its kind;
`canonical` is the form of `reliability` section 4, one JSON array of fixed length for each version tag.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bookkeeper.rules.money import Paise
from bookkeeper.rules.said import Said

VOUCHER_TAG: Final = "voucher/1"
LINK_TAG: Final = "link/1"
LOG_TAG: Final = "log/1"
FIRST_HASH: Final = ""

MIRRORED_KIND: Final[Mapping[str, str]] = {"receipt": "payment", "payment": "receipt"}

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


@dataclass(frozen=True, slots=True)
class Instrument:
    """What moved the money on a bank line: cheque, UPI, NEFT or slip, with its number and ISO date."""

    kind: str
    number: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of a voucher. `amount` in paise, debit positive, credit negative.

    `account` is a code or a role; `member` a number of the register of members; `row` the line of the file it
    came from (it is not part of the books).
    """

    account: str
    amount: Paise
    member: str | None = None
    loan: int | None = None
    deposit: int | None = None
    share: int | None = None
    fund: str | None = None
    instrument: Instrument | None = None
    row: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A paper behind a voucher: the SHA-256 of the file, and its name."""

    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class Voucher:
    """One balanced entry, not yet posted. `date` is ISO; `reverses` the sequence of the voucher it mirrors.

    `label` is the text by which the user's file calls it and `row` its first line there; neither is part of the books.
    """

    kind: str
    date: str
    postings: tuple[Posting, ...]
    narration: str = ""
    party: str = ""
    reference: str = ""
    resolution: str = ""
    attachments: tuple[Attachment, ...] = ()
    meeting: int | None = None
    closing: bool = False
    reverses: int | None = None
    label: str = field(default="", compare=False)
    row: int | None = field(default=None, compare=False)


def voucher_name(series: str, number: int, year: int) -> str:
    """The text that names a voucher of an entity: ("R", 28, 2023) → "R28/2023-24"."""
    return f"{series}{number}/{year}-{(year + 1) % 100:02d}"


def difference(voucher: Voucher) -> Paise:
    """Debits less credits, in paise; nought where the voucher balances."""
    return Paise(sum(p.amount for p in voucher.postings))


def misfit(kind: str, money: Sequence[Paise], others: int) -> str:
    """Why the postings do not fit the kind of voucher; empty where they do.

    `money` are the amounts on cash and bank accounts (debit positive), `others` how many postings stand on other heads.
    """
    match kind:
        case "receipt" if not money or any(a < 0 for a in money):
            return "A receipt has cash or bank on its debit side, and only there."
        case "payment" if not money or any(a > 0 for a in money):
            return "A payment has cash or bank on its credit side, and only there."
        case "contra" if others:
            return "A contra moves money between cash and bank and touches no other head."
        case "journal" | "sale" | "purchase" if money:
            return Said("A {kind} touches neither cash nor bank. Write a receipt or a payment.", kind=Said(kind))
        case _:
            return ""


def mirrored(voucher: Voucher, *, sequence: int, on: str, narration: str) -> Voucher:
    """The voucher that reverses `voucher` (whose link is `sequence`) on the day `on`.

    Each posting stands with the other sign on the same member, loan and instrument; a receipt's mirror is a payment and
    the other way round, other kinds keep theirs.
    """
    postings = tuple(replace(p, amount=Paise(-p.amount), row=None) for p in voucher.postings)
    return replace(
        voucher,
        kind=MIRRORED_KIND.get(voucher.kind, voucher.kind),
        date=on,
        postings=postings,
        narration=narration,
        attachments=(),
        reverses=sequence,
        label="",
        row=None,
    )


def next_hash(canonical: str) -> bytes:
    """SHA-256 of a canonical form."""
    return hashlib.sha256(canonical.encode("utf-8")).digest()


def canonical(parts: Sequence[object]) -> str:
    """A JSON array, no spaces, not escaped; absent values are null. Numbers in it are integers."""
    return _encode(parts)


def canonical_posting(posting: Posting, code: str) -> list[object]:
    """One posting in canonical form, in the order that `reliability` section 4 fixes."""
    instrument = posting.instrument
    return [
        code,
        posting.member,
        posting.loan,
        posting.deposit,
        posting.share,
        posting.fund,
        posting.amount,
        [instrument.kind, instrument.number, instrument.date] if instrument else None,
    ]


def canonical_voucher(  # noqa: PLR0913  # the fields of the form, each named once
    voucher: Voucher,
    postings: Sequence[Sequence[object]],
    *,
    before: str,
    books: str,
    entity: str,
    sequence: int,
    series: str,
    year: int,
    number: int,
    user: int,
    entered: str,
    key: str,
) -> str:
    """The canonical form of a voucher; `before` is the hash of the link before it in hexadecimal."""
    return _encode(
        [
            VOUCHER_TAG,
            before,
            books,
            entity,
            sequence,
            "voucher",
            voucher.kind,
            series,
            year,
            number,
            voucher.date,
            voucher.narration,
            voucher.party,
            user,
            entered,
            voucher.meeting,
            int(voucher.closing),
            key,
            voucher.reverses,
            voucher.reference,
            voucher.resolution,
            [[a.sha256, a.name] for a in voucher.attachments],
            postings,
        ]
    )
