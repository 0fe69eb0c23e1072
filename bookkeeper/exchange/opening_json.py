"""The cut-off sheet in JSON: one object; keys as the design names them, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bookkeeper.errors import BadInput, Fault
from bookkeeper.exchange.faults import Faults
from bookkeeper.exchange.fields import amount_of, date_of, needed, short
from bookkeeper.exchange.json_fields import Fields, Object, loaded
from bookkeeper.exchange.meeting_fields import instalments_of, method_of, rate_of
from bookkeeper.rules.cut_off import BankItem, CutOff, CutOffHead, CutOffLoan, CutOffMember
from bookkeeper.rules.meeting import SAVINGS

SHEET: Final = ("date", "members", "accounts", "bank_items")
MEMBER: Final = ("member", *SAVINGS, "loan", "loans")
LOAN: Final = (
    "outstanding", "interest_due", "rate_per_month", "instalments_left", "method", "disbursed", "principal", "purpose",
)  # fmt: skip
ACCOUNT: Final = ("account", "debit", "credit")
BANK_ITEM: Final = ("amount", "date", "kind", "number", "narration")

_SHAPE: Final = 'A cut-off sheet is an object: {"date": …, "members": […], "accounts": […]}.'


def cut_off_of_json(text: str, faults: Faults) -> CutOff:
    """The cut-off sheet of a JSON file; what is wrong is noted in `faults`. Raises BadInput for what is no JSON."""
    there = loaded(text, _SHAPE, faults.file)
    if not isinstance(there, Object):
        raise BadInput(Fault("this is no cut-off sheet.", _SHAPE), file=faults.file)
    fields = Fields(there, SHEET, "", faults)
    return CutOff(
        fields.need(date_of, "date") or "",
        tuple(_members(fields)),
        tuple(_heads(fields)),
        tuple(
            item
            for row, part in enumerate(fields.parts("bank_items", BANK_ITEM, "bank_items, row"), 1)
            if (item := _bank_item(part, row))
        ),
    )


def place_in_json(row: int | None, field: str) -> str:
    """Where a field of a cut-off sheet stands: "members, row 3, savings"; "bank_items date" is one of a bank item."""
    if row is None:
        return field
    table, _, own = field.rpartition(" ")
    table = table or ("accounts" if field in ACCOUNT else "members")
    return f"{table}, row {row}{', ' if own else ''}{own}"


def _members(fields: Fields) -> Iterator[CutOffMember]:
    seen: dict[str, int] = {}
    for number, part in enumerate(fields.parts("members", MEMBER, "members, row"), 1):
        member = part.need(needed, "member", figures=True) if part else None
        if part is None:
            continue
        one = CutOffMember(
            member or "",
            part.amount("savings"),
            part.amount("voluntary_savings"),
            part.amount("special_savings"),
            tuple(_loans(part)),
            number,
        )
        if member and seen.setdefault(member, number) != number:
            why = f"member {short(member)} stands in row {seen[member]} already."
            part.refuse(why, "Write one row for each; several loans stand under “loans”.", "member")
        elif member:
            yield one


def _loans(fields: Fields) -> Iterator[CutOffLoan]:
    """The loans: one under `loan`, or several under `loan` or `loans`."""
    key = "loans" if fields.values.get("loan") is None else "loan"
    if key == "loan" and fields.values.get("loans") is not None:
        fields.refuse("“loans” stands beside it.", "Write all loans under “loans”.", "loan")
    value = fields.values.get(key)
    parts = [fields.part(value, LOAN, key)] if isinstance(value, Object) else fields.parts(key, LOAN, key)
    for part in parts:
        loan = _loan(part) if part else None
        if loan:
            yield loan


def _loan(fields: Fields) -> CutOffLoan | None:
    before = fields.faults.count
    outstanding = fields.amount("outstanding")
    if not outstanding and fields.faults.count == before:
        fields.refuse("a loan that still runs owes something.", "Write what is outstanding.", "outstanding")
    left = fields.need(instalments_of, "instalments_left", figures=True)
    loan = CutOffLoan(
        outstanding,
        left or 1,
        fields.amount("interest_due"),
        fields.take(rate_of, "rate_per_month", figures=True),
        fields.take(method_of, "method"),
        fields.take(date_of, "disbursed") or "",
        fields.amount("principal"),
        fields.text("purpose"),
    )
    return loan if outstanding else None


def _heads(fields: Fields) -> Iterator[CutOffHead]:
    """The other heads; one that stands at nought is left out."""
    for number, part in enumerate(fields.parts("accounts", ACCOUNT, "accounts, row"), 1):
        if part is None:
            continue
        account = part.need(needed, "account", figures=True)
        debit, credit = part.money("debit"), part.money("credit")
        if debit is None or credit is None or not (debit + credit).strip("0."):
            if debit == credit == "":
                part.refuse("a line has a debit or a credit.", "Write the amount in one of them.", "debit and credit")
            continue
        amount = amount_of(debit, credit, "opening", part.faults, None, part.where)
        if account and amount:
            yield CutOffHead(account, amount, number)


def _bank_item(fields: Fields | None, row: int) -> BankItem | None:
    if fields is None:
        return None
    before = fields.faults.count
    amount = fields.amount("amount", signed=True)
    if not amount and fields.faults.count == before:
        fields.refuse("there is no amount.", "Write it; what was paid out is negative.", "amount")
    on = fields.take(date_of, "date") or ""
    kind, number, narration = fields.text("kind"), fields.text("number", figures=True), fields.text("narration")
    return BankItem(amount, on, kind, number, narration, row) if amount else None
