"""Vouchers in JSON: an array of vouchers, or one; keys as the design names them, and no others.

Rows are not counted in JSON: a fault is found by the place of the voucher and of the posting in it, from 1.
"""

from __future__ import annotations

import re
from typing import Final

from bookkeeper.exchange.faults import Faults, NotTaken
from bookkeeper.exchange.fields import amount_of, check_balance, date_of, kind_of, loan_of, needed
from bookkeeper.exchange.json_fields import Fields, Object, objects, said
from bookkeeper.rules.voucher import Attachment, Instrument, Posting, Voucher

VOUCHER: Final = (
    "voucher", "date", "kind", "narration", "party", "reference", "resolution", "attachments", "postings",
)  # fmt: skip
POSTING: Final = ("account", "debit", "credit", "member", "loan", "fund", "instrument")
INSTRUMENT: Final = ("kind", "number", "date")
ATTACHMENT: Final = ("sha256", "name")

_SHA256: Final = re.compile(r"[0-9a-fA-F]{64}")


def vouchers_of_json(text: str, faults: Faults) -> tuple[Voucher, ...]:
    """The vouchers of a JSON file; what is wrong is noted in `faults`. Raises BadInput for what is no JSON."""
    found = [_voucher(number, value, faults) for number, value in enumerate(objects(text, "vouchers", faults.file), 1)]
    return tuple(voucher for voucher in found if voucher is not None)


def _voucher(number: int, value: object, faults: Faults) -> Voucher | None:
    before = faults.count
    where = f"voucher {number}"
    if not isinstance(value, Object):
        faults.add(f"this is {said(value)}, not a voucher.", 'A voucher is an object: {"date": …}.', field=where)
        return None
    fields = Fields(value, VOUCHER, f"{where}, ", faults)
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


def _postings(fields: Fields, kind: str) -> list[Posting]:
    parts = fields.parts("postings", POSTING, "posting")
    if not fields.values.get("postings"):
        fields.faults.add("a voucher has postings.", "Write at least two.", field=f"{fields.where}postings")
    postings = [_posting(part, kind) for part in parts if part]
    return [posting for posting in postings if posting]


def _posting(fields: Fields, kind: str) -> Posting | None:
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


def _instrument(fields: Fields) -> Instrument | None:
    value = fields.values.get("instrument")
    part = None if value is None else fields.part(value, INSTRUMENT, "instrument")
    if part is None:
        return None
    kind = part.need(needed, "kind")
    number, on = part.text("number"), part.take(date_of, "date")
    return Instrument(kind, number, on or "") if kind else None


def _attachment(fields: Fields) -> Attachment | None:
    sha256, name = fields.need(_sha256, "sha256"), fields.need(needed, "name")
    return Attachment(sha256, name) if sha256 and name else None


def _sha256(text: str) -> str:
    if _SHA256.fullmatch(text):
        return text.lower()
    raise NotTaken("this is no SHA-256. Write the 64 hexadecimal digits of the paper's digest.")
