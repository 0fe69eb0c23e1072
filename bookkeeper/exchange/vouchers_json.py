"""Vouchers in JSON: an array of vouchers, or one; keys as the design names them, and no others.

Rows are not counted in JSON: a fault is found by the place of the voucher and of the posting in it, from 1.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias, TypeVar

from bookkeeper.errors import BadInput, Fault
from bookkeeper.exchange.faults import Faults, NotTaken
from bookkeeper.exchange.fields import (
    LONGEST,
    amount_of,
    check_balance,
    clean,
    date_of,
    kind_of,
    loan_of,
    near,
    needed,
    short,
)
from bookkeeper.rules.text import USUAL
from bookkeeper.rules.voucher import Attachment, Instrument, Posting, Voucher

VOUCHER: Final = (
    "voucher", "date", "kind", "narration", "party", "reference", "resolution", "attachments", "postings",
)  # fmt: skip
POSTING: Final = ("account", "debit", "credit", "member", "loan", "fund", "instrument")
INSTRUMENT: Final = ("kind", "number", "date")
ATTACHMENT: Final = ("sha256", "name")

_QUOTED: Final = 'Write it in quotes, for example "1234.50".'
_DIGITS: Final = 18
_SHA256: Final = re.compile(r"[0-9a-fA-F]{64}")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A JSON number that is not whole, or no number at all, as it is written."""

    written: str


class _Object(dict[str, object]):
    """A JSON object that remembers which of its keys stand twice."""

    twice: tuple[str, ...] = ()


Values: TypeAlias = Mapping[str, object]


def vouchers_of_json(text: str, faults: Faults) -> tuple[Voucher, ...]:
    """The vouchers of a JSON file; what is wrong is noted in `faults`. Raises BadInput for what is no JSON."""
    there = _loaded(text, faults.file)
    if isinstance(there, _Object):
        there = [there]
    if not isinstance(there, list):
        fault = Fault("a file of vouchers is an array of objects.", 'Begin it with [{"date": …')
        raise BadInput(fault, file=faults.file)
    found = [_voucher(number, value, faults) for number, value in enumerate(there, 1)]
    return tuple(voucher for voucher in found if voucher is not None)


def _loaded(text: str, file: str) -> object:
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_Figure, parse_float=_Figure, parse_int=_whole
        )
    except json.JSONDecodeError as error:
        fault = _broken(error, text)
    except RecursionError:
        fault = Fault("brackets stand in brackets, far too deep.", "A file of vouchers is an array of objects.")
    raise BadInput(fault, file=file)


def _broken(error: json.JSONDecodeError, text: str) -> Fault:
    if not text[error.pos :].strip() or error.msg.startswith("Unterminated"):
        return Fault("the file breaks off before the JSON ends.", "Fetch or write it again, whole.", error.lineno)
    at = f"column {error.colno}"
    return Fault(f"this is not JSON here ({error.msg}).", "Look for a missing comma, quotation mark or bracket.",
                 error.lineno, at)  # fmt: skip


def _object(pairs: list[tuple[str, object]]) -> _Object:
    there = _Object(pairs)
    if len(there) < len(pairs):
        there.twice = tuple(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
    return there


def _whole(written: str) -> object:
    return int(written) if len(written) <= _DIGITS else _Figure(written)


class _Fields:
    """The fields of one JSON object, and where it stands: "voucher 3, posting 2, "."""

    def __init__(self, values: Values, known: Sequence[str], where: str, faults: Faults) -> None:
        self.values, self.where, self.faults = values, where, faults
        for key in values:
            if key not in known:
                faults.add(f"“{short(key)}” is no key that is read here.", near(key, known), field=where + short(key))
        for key in getattr(values, "twice", ()):
            faults.add(f"the key “{short(key)}” stands twice.", "Delete one of them.", field=where + short(key))

    def take(self, read: Callable[[str], Value], key: str, *, figures: bool = False) -> Value | None:
        """What `read` makes of a text; None where it is left out or refused. `figures`: or of a whole number."""
        raw = self.values.get(key)
        if raw is None:
            return None
        text = self.faults.take(partial(_text, figures=figures), raw, None, self.where + key)
        return None if text is None else self.faults.take(read, text, None, self.where + key)

    def need(self, read: Callable[[str], Value], key: str, *, figures: bool = False) -> Value | None:
        """The same of a key that may not be left out."""
        if self.values.get(key) is None:
            self.faults.add("this may not be left out.", f"Write “{key}”.", field=self.where + key)
        return self.take(read, key, figures=figures)

    def text(self, key: str, *, figures: bool = False) -> str:
        """A text; empty where it is left out."""
        return self.take(partial(clean, longest=LONGEST.get(key, USUAL)), key, figures=figures) or ""

    def money(self, key: str) -> str | None:
        """An amount as text; None where it is no text and no whole number."""
        raw = self.values.get(key)
        return "" if raw is None else self.faults.take(_money, raw, None, self.where + key)

    def parts(self, key: str, known: Sequence[str], name: str) -> list[_Fields | None]:
        """The objects in an array, each with its place; None where one is no object."""
        there = self.values.get(key)
        if there is None:
            return []
        if not isinstance(there, list):
            self.faults.add(f"“{key}” is an array of objects.", "Write it as [{…}, {…}].", field=self.where + key)
            return []
        return [self.part(value, known, f"{name} {number}") for number, value in enumerate(there, 1)]

    def part(self, value: object, known: Sequence[str], name: str) -> _Fields | None:
        """An object inside this one."""
        where = f"{self.where}{name}"
        if isinstance(value, _Object):
            return _Fields(value, known, f"{where}, ", self.faults)
        self.faults.add(f"this is {_said(value)}, not an object.", "Write it in braces: {…}.", field=where)
        return None


def _text(raw: object, *, figures: bool) -> str:
    if isinstance(raw, str):
        return raw
    if figures and isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw)
    raise NotTaken(f"this is {_said(raw)}, not a text. Write it in quotation marks.")


def _money(raw: object) -> str:
    """Rupees as text; a whole number is taken as rupees."""
    if isinstance(raw, _Figure):
        raise NotTaken(f"{short(raw.written)} is no whole number of rupees. {_QUOTED}")
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise NotTaken(f"this is {_said(raw)}, not an amount. {_QUOTED}")
    return str(raw)


def _said(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | _Figure():
            return f"the number {short(value.written if isinstance(value, _Figure) else str(value))}"
        case str():
            return "a text"
        case list():
            return "an array"
        case _:
            return "an object"


def _voucher(number: int, value: object, faults: Faults) -> Voucher | None:
    before = faults.count
    where = f"voucher {number}"
    if not isinstance(value, _Object):
        faults.add(f"this is {_said(value)}, not a voucher.", 'A voucher is an object: {"date": …}.', field=where)
        return None
    fields = _Fields(value, VOUCHER, f"{where}, ", faults)
    label = fields.text("voucher", figures=True)
    on = fields.need(date_of, "date")
    kind = fields.need(kind_of, "kind")
    postings = _postings(fields, kind or "")
    narration, party, reference, resolution = map(fields.text, ("narration", "party", "reference", "resolution"))
    attachments = [_attachment(part) for part in fields.parts("attachments", ATTACHMENT, "attachment") if part]
    if faults.count != before or on is None or kind is None:
        return None
    check_balance(postings, label, faults, None, f"{where}, ")
    papers = tuple(paper for paper in attachments if paper)
    return Voucher(
        kind, on, tuple(postings), narration, party, reference, resolution, papers, label=label, row=number
    )  # fmt: skip


def _postings(fields: _Fields, kind: str) -> list[Posting]:
    parts = fields.parts("postings", POSTING, "posting")
    if not fields.values.get("postings"):
        fields.faults.add("a voucher has postings.", "Write at least two.", field=f"{fields.where}postings")
    postings = [_posting(part, kind) for part in parts if part]
    return [posting for posting in postings if posting]


def _posting(fields: _Fields, kind: str) -> Posting | None:
    account = fields.need(needed, "account", figures=True)
    debit, credit = fields.money("debit"), fields.money("credit")
    member = fields.text("member", figures=True)
    loan = fields.take(loan_of, "loan", figures=True)
    fund = fields.text("fund")
    instrument = _instrument(fields)
    if debit is None or credit is None:
        return None
    amount = amount_of(debit, credit, kind, fields.faults, None, fields.where)
    if account is None or amount is None:
        return None
    return Posting(account, amount, member or None, loan, fund=fund or None, instrument=instrument)


def _instrument(fields: _Fields) -> Instrument | None:
    value = fields.values.get("instrument")
    part = None if value is None else fields.part(value, INSTRUMENT, "instrument")
    if part is None:
        return None
    kind = part.need(needed, "kind")
    number, on = part.text("number"), part.take(date_of, "date")
    return Instrument(kind, number, on or "") if kind else None


def _attachment(fields: _Fields) -> Attachment | None:
    sha256, name = fields.need(_sha256, "sha256"), fields.need(needed, "name")
    return Attachment(sha256, name) if sha256 and name else None


def _sha256(text: str) -> str:
    if _SHA256.fullmatch(text):
        return text.lower()
    raise NotTaken("this is no SHA-256. Write the 64 hexadecimal digits of the paper's digest.")
