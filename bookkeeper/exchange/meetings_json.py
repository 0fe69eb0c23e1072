"""Meetings in JSON: an array of sheets, or one; keys as the design names them, and no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bookkeeper.exchange.faults import Faults
from bookkeeper.exchange.fields import date_of, loan_of, needed, short
from bookkeeper.exchange.json_fields import Fields, Object, objects, said
from bookkeeper.exchange.meeting_fields import (
    beside_repayment,
    by_of,
    instalments_of,
    item_of,
    kind_of,
    method_of,
    minutes_of,
    number_of,
    product_of,
    rate_of,
    resolution_of,
    savings_of,
)
from bookkeeper.rules.meeting import (
    ABSENT,
    BANK,
    CASH,
    LATE,
    LEAVE,
    NOTES,
    PRESENT,
    SAVINGS,
    FootLine,
    HeadAmount,
    MeetingSheet,
    NewLoan,
    Repaid,
    Resolution,
    SheetRow,
)
from bookkeeper.rules.money import Paise

MEETING: Final = (
    "date", "number", "place", "time", "presided_by", "agenda", "minutes", "resolutions", "signed_by", "cash_counted",
    "coins", "rows", "other",
)  # fmt: skip
REPAID: Final = ("loan", "principal", "interest", "repayment", "penalty")
ROW: Final = (
    "member", "present", "sent", "by", *SAVINGS, *REPAID, "loans", "fine", "fine_levied", "withdrawal",
    "withdrawal_from", "new_loan", "other",
)  # fmt: skip
NEW_LOAN: Final = ("principal", "product", "purpose", "instalments", "rate_per_month", "method", "first_due", "by")
HEAD: Final = ("account", "amount")
FOOT: Final = ("kind", "account", "amount", "narration", "by")
RESOLUTION: Final = ("number", "text", "proposed_by", "seconded_by")

_PRESENT: Final = (LATE, LEAVE)


def meetings_of_json(text: str, faults: Faults) -> tuple[MeetingSheet, ...]:
    """The meetings of a JSON file, but those whose day cannot be read; what is wrong is noted in `faults`.

    A field that is refused counts as left out. Raises BadInput for what is no JSON.
    """
    found = [_sheet(number, value, faults) for number, value in enumerate(objects(text, "meetings", faults.file), 1)]
    sheets = tuple(sheet for sheet in found if sheet is not None)
    _refuse_same_numbers(sheets, faults)
    return sheets


def place_in_json(sheet: MeetingSheet, row: int | None, field: str) -> str:
    """Where a field stands: "meeting 2, row 3, savings"; a field "foot account" is one of a line at the foot."""
    named = "" if row is None else f"row {row}"
    if field.startswith("foot"):
        named, field = named.replace("row", "other"), field.removeprefix("foot").strip()
    return ", ".join(filter(None, (f"meeting {sheet.place_in_file}", named, field)))


def _refuse_same_numbers(sheets: Sequence[MeetingSheet], faults: Faults) -> None:
    seen: dict[int, int | None] = {}
    for sheet in sheets:
        if sheet.number in seen:
            why = f"number {sheet.number} is that of meeting {seen[sheet.number]} of this file already."
            faults.add(why, "Give each its own.", field=place_in_json(sheet, None, "number"))
        elif sheet.number is not None:
            seen[sheet.number] = sheet.place_in_file


def _sheet(number: int, value: object, faults: Faults) -> MeetingSheet | None:
    where = f"meeting {number}"
    if not isinstance(value, Object):
        faults.add(f"this is {said(value)}, not a meeting.", 'A meeting is an object: {"date": …}.', field=where)
        return None
    fields = Fields(value, MEETING, f"{where}, ", faults)
    on = fields.need(date_of, "date")
    counted, coins = _counted(fields), fields.amount("coins")
    sheet = MeetingSheet(
        date=on or "",
        number=fields.taken_whole(number_of, "number"),
        place=fields.text("place"),
        time=fields.text("time"),
        presided_by=fields.text("presided_by", figures=True),
        agenda=fields.texts("agenda", item_of),
        minutes=fields.take(minutes_of, "minutes") or "",
        resolutions=_resolutions(fields),
        signed_by=fields.texts("signed_by", needed, figures=True),
        counted=() if counted is None and coins else counted,  # who counts the coins has counted
        coins=coins,
        rows=_rows(fields),
        other=tuple(line for n, part in enumerate(fields.parts("other", FOOT, "other"), 1) if (line := _foot(part, n))),
        place_in_file=number,
    )
    return sheet if on else None


def _counted(fields: Fields) -> tuple[tuple[int, int], ...] | None:
    value = fields.values.get("cash_counted")
    if value is None:
        return None
    known = tuple(map(str, NOTES))
    part = fields.part(value, known, "cash_counted")
    if part is None:
        return None
    return tuple(
        (int(note), pieces) for note in part.values if note in known and (pieces := part.whole(note)) is not None
    )


def _resolutions(fields: Fields) -> tuple[Resolution, ...]:
    there = fields.values.get("resolutions")
    if not isinstance(there, list):
        fields.texts("resolutions", needed)  # refuses it, or is content with what is left out
        return ()
    found = (_resolution(fields, value, f"resolution {number}") for number, value in enumerate(there, 1))
    return tuple(one for one in found if one)


def _resolution(fields: Fields, value: object, name: str) -> Resolution | None:
    """A text, or an object."""
    if isinstance(value, str):
        text = fields.faults.take(resolution_of, value, None, fields.where + name)
        return Resolution(text) if text else None
    part = fields.part(value, RESOLUTION, name)
    if part is None:
        return None
    text, number = part.need(resolution_of, "text"), part.text("number", figures=True)
    proposed, seconded = (part.text(key, figures=True) for key in ("proposed_by", "seconded_by"))
    return Resolution(text, number, proposed, seconded) if text else None


def _rows(fields: Fields) -> tuple[SheetRow, ...]:
    """The rows in order; nobody stands in two, but with one of them by bank."""
    found: list[SheetRow] = []
    seen: dict[tuple[str, bool], int] = {}
    for number, part in enumerate(fields.parts("rows", ROW, "row"), 1):
        row = _row(part, number) if part else None
        if row is None:
            continue
        before = seen.setdefault((row.member, row.by == BANK), number)
        if before == number:
            found.append(row)
        else:
            why = f"member {short(row.member)} stands in row {before} already."
            todo = "Write all that she pays in one row; a second one only for money by bank."
            fields.refuse(why, todo, f"row {number}, member")
    return tuple(found)


def _row(fields: Fields, number: int) -> SheetRow | None:
    member = fields.need(needed, "member", figures=True)
    row = SheetRow(
        member=member or "",
        present=_present(fields),
        sent=fields.is_true("sent"),
        by=fields.take(by_of, "by") or CASH,
        savings=fields.amount("savings"),
        voluntary_savings=fields.amount("voluntary_savings"),
        special_savings=fields.amount("special_savings"),
        repaid=_repaid(fields),
        fine=fields.amount("fine"),
        fine_levied=fields.amount("fine_levied") if fields.values.get("fine_levied") not in (None, "") else None,
        withdrawal=fields.amount("withdrawal"),
        withdrawal_from=fields.take(savings_of, "withdrawal_from") or "",
        new_loan=_new_loan(fields),
        other=tuple(head for part in fields.parts("other", HEAD, "other") if part and (head := _head(part))),
        row=number,
    )
    if row.withdrawal_from and fields.values.get("withdrawal") is None:
        fields.refuse("nothing is withdrawn here.", "Write “withdrawal”, or leave this out.", "withdrawal_from")
    return row if member else None


def _present(fields: Fields) -> str:
    raw = fields.values.get("present")
    if raw is None or isinstance(raw, bool):
        return PRESENT if raw else ABSENT
    if isinstance(raw, str) and raw in _PRESENT:
        return raw
    what = f"“{short(raw)}”" if isinstance(raw, str) else f"this is {said(raw)}, which"
    fields.refuse(f"{what} is no attendance.", "Write true, false, “late” or “leave”.", "present")
    return ABSENT


def _repaid(fields: Fields) -> tuple[Repaid, ...]:
    """What is paid on loans: in the row itself, or for each of several under `loans`."""
    if fields.values.get("loans") is None:
        return tuple(filter(None, (_payment(fields),)))
    beside = [key for key in REPAID if fields.values.get(key) is not None]
    if beside:
        fields.refuse(f"“{beside[0]}” stands beside it.", "Write each loan's payment under “loans”.", "loans")
    return tuple(paid for part in fields.parts("loans", REPAID, "loan") if part and (paid := _payment(part)))


def _payment(fields: Fields) -> Repaid | None:
    loan = fields.take(loan_of, "loan", figures=True)
    paid = Repaid(**{key: fields.amount(key) for key in REPAID[1:]}, loan=loan)
    if why := beside_repayment(paid):
        fields.refuse(why, "Write either the whole or its parts.", "repayment")
        paid = replace(paid, repayment=Paise(0))
    return paid if paid.total else None


def _new_loan(fields: Fields) -> NewLoan | None:
    value = fields.values.get("new_loan")
    part = None if value is None else fields.part(value, NEW_LOAN, "new_loan")
    if part is None:
        return None
    before = fields.faults.count
    loan = NewLoan(
        part.amount("principal"),
        part.text("purpose"),
        part.take(instalments_of, "instalments", figures=True),
        part.take(rate_of, "rate_per_month", figures=True),
        part.take(method_of, "method"),
        part.take(date_of, "first_due"),
        part.take(by_of, "by"),
        part.take(product_of, "product") or "",
    )
    if not loan.principal and fields.faults.count == before:
        part.refuse("a new loan has no amount.", "Write what is lent.", "principal")
    return loan if loan.principal else None


def _head(fields: Fields) -> HeadAmount | None:
    account, amount = fields.need(needed, "account", figures=True), fields.amount("amount")
    if fields.values.get("amount") is None:
        fields.refuse("there is no amount.", "Write it, or leave this out.", "amount")
    return HeadAmount(account, amount) if account and amount else None


def _foot(fields: Fields | None, number: int) -> FootLine | None:
    if fields is None:
        return None
    kind = fields.need(kind_of, "kind")
    account = fields.need(needed, "account", figures=True)
    amount = _positive(fields, signed=kind in {None, "contra"})
    narration, by = fields.text("narration"), fields.take(by_of, "by") or CASH
    if kind is None or account is None or not amount:
        return None
    if kind == "contra" and by != CASH:
        fields.refuse("a contra has no “by”: it moves cash.", "Leave it out.", "by")
    return FootLine(kind, account, amount, narration, by, row=number)


def _positive(fields: Fields, *, signed: bool = False) -> Paise | None:
    """An amount that may not be nought; None where it is, or is refused."""
    before = fields.faults.count
    amount = fields.amount("amount", signed=signed)
    if not amount and fields.faults.count == before:
        fields.refuse("there is no amount.", "Write it, or leave the line out.", "amount")
    return amount or None
