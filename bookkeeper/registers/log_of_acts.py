"""Log of acts: who did what, when and where, on an entity's books and on the books as a whole. Times are UTC.

What the log keeps as plain values is said in words: acts and fields by their names, days and amounts as pages write
them. Only `result`, which no page shows, stays as the act answered it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any, Final

from sqlalchemy import Row as Line
from sqlalchemy import Select, select

from bookkeeper.definitions.kind import kind, kinds
from bookkeeper.ledger.entities import Entity
from bookkeeper.registers import Asked
from bookkeeper.report import Amount, Ask, Column, Day, Kind, Register, Row, Say
from bookkeeper.rules.dates import day_after
from bookkeeper.rules.money import NotAnAmount, parsed
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Log of acts",
    nothing="Nobody did anything in these books in this period.",
    asks=(Ask.PERIOD,),
    landscape=True,
    dated_by_acts=True,
    closes_with_totals=False,
    columns=(
        Column("time", "Time (UTC)", Kind.DATE, mm=34),
        Column("user", "User"),
        Column("pc", "Computer"),
        Column("act", "Act"),
        Column("object", "Object"),
        Column("old", "Before"),
        Column("new", "Afterwards"),
        Column("result", "Result", mm=0),
        Column("file", "File", mm=0),
    ),
)

_WHOLE_BOOKS = 0
_TOLD = 6
"""How many things a cell names before it leaves out."""

_ACTS: Final = {
    "entity add": Say("entity add"),
    "entity set": Say("entity set"),
    "account add": Say("account add"),
    "loan product set": Say("loan product set"),
    "member add": Say("member add"),
    "member import": Say("member import"),
    "member set": Say("member set"),
    "member leave": Say("member leave"),
    "opening post": Say("opening post"),
    "opening reverse": Say("opening reverse"),
    "meeting post": Say("meeting post"),
    "meeting reverse": Say("meeting reverse"),
    "post": Say("post"),
    "reverse": Say("reverse"),
    "correct": Say("correct"),
    "lock": Say("lock"),
    "close": Say("close"),
    "rebuild": Say("rebuild"),
}
"""The names of acts; one that is not here stands as its verbs."""

_FIELDS: Final = {
    "code": Say("code"),
    "name": Say("name"),
    "name-local": Say("name-local"),
    "name_local": Say("name-local"),
    "kind": Say("kind"),
    "starts": Say("starts"),
    "language": Say("language"),
    "place": Say("place"),
    "place-local": Say("place-local"),
    "savings-amount": Say("savings-amount"),
    "savings-due": Say("savings-due"),
    "loan-rate-per-month": Say("loan-rate-per-month"),
    "loan-method": Say("loan-method"),
    "loan-instalments": Say("loan-instalments"),
    "principal-rounding": Say("principal-rounding"),
    "interest-months": Say("interest-months"),
    "interest-rounding": Say("interest-rounding"),
    "repayment-order": Say("repayment-order"),
    "fine-absent": Say("fine-absent"),
    "fine-late": Say("fine-late"),
    "meeting-day": Say("meeting-day"),
    "signed-by": Say("signed-by"),
    "joined": Say("joined"),
    "left": Say("left"),
    "office": Say("office"),
    "gender": Say("gender"),
    "caste": Say("caste"),
    "poverty": Say("poverty"),
    "phone": Say("phone"),
    "nominee": Say("nominee"),
    "group": Say("group"),
    "role": Say("role"),
    "folio": Say("folio"),
    "debit": Say("debit"),
    "loans": Say("loans"),
    "held": Say("held"),
    "date": Say("date"),
    "voucher": Say("voucher"),
    "vouchers": Say("vouchers"),
    "reason": Say("reason"),
    "cash_below_zero": Say("reason for cash below nought"),
    "until": Say("until"),
    "year": Say("year"),
    "savings": Say("savings"),
    "principal": Say("principal"),
    "interest": Say("interest"),
    "paid": Say("paid"),
    "stays_due": Say("stays due"),
    "member_again": Say("member again"),
    "balanced": Say("put to the surplus"),
}
"""The names of fields and rules; one that is not here stands as the log has it."""

_RUPEES: Final = ("savings-amount", "fine-absent", "fine-late")
"""Rules whose value is an amount, also where it is written without paise."""

_WESTERN: Final = ("code", "phone")
"""Fields whose figures are looked up, not read."""

_AMOUNT: Final = re.compile(r"-?\d+\.\d\d")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_OF_MEETINGS: Final = re.compile(r"meeting (\d+(?:, \d+)*)")
_OF_MEMBER: Final = re.compile(r"member (\S+)")
_OF_MEMBERS: Final = re.compile(r"(\d+) members")


def rows(tx: Tx, asked: Asked) -> Iterator[Row]:
    """The acts of the period on the entity asked for and on the whole books, as they happened."""
    for row in rows_of_all(tx, [asked.entity], asked):
        yield {key: value for key, value in row.items() if key != "entity"}


def rows_of_all(tx: Tx, entities: Sequence[Entity], asked: Asked) -> Iterator[Row]:
    """The same of many entities; an act on the whole books stands once, its `entity` empty."""
    codes = {_WHOLE_BOOKS: "", **{entity.id: entity.code for entity in entities}}
    log, user = tables.log.c, tables.user.c
    columns = (log.entity, log.time, user.name, log.pc, log.act, log.object, log.old, log.new, log.result)
    query: Select[Any] = select(*columns, log.file_digest).join_from(tables.log, tables.user, user.number == log.user)
    query = query.where(log.entity.in_(codes), log.time >= asked.since, log.time < day_after(asked.until))
    lines = tx.connection.execute(
        query.order_by(log.time, log.entity, log.sequence), execution_options={"yield_per": 500}
    )
    return (_row(line, codes) for line in lines)


def _row(line: Line[Any], codes: dict[int, str]) -> Row:
    return {
        "entity": codes[line.entity],
        "time": f"{line.time[:10]} {line.time[11:19]}",
        "user": line.name,
        "pc": line.pc,
        "act": _ACTS.get(line.act, line.act),
        "object": _object(line.object),
        "old": _told(line.old),
        "new": _told(line.new),
        "result": _said(json.loads(line.result)) if line.result else "",
        "file": line.file_digest or None,
    }


def _object(text: str) -> object:
    """What an act was on: meetings or members in words, all else by its own name."""
    if found := _OF_MEETINGS.fullmatch(text):
        numbers = [int(number) for number in found[1].split(", ")]
        return Say.of("meeting {numbers}", numbers=_joined(numbers))
    if found := _OF_MEMBER.fullmatch(text):
        number = int(found[1]) if found[1].isdecimal() else found[1]
        return Say.of("member {number}", number=number)
    if found := _OF_MEMBERS.fullmatch(text):
        return Say.of("{count} members", count=int(found[1]))
    return text


def _told(stored: str) -> object:
    """What the log keeps as JSON, in words: "held: 05-04-2024, vouchers: 5"."""
    return _in_words(json.loads(stored)) if stored else ""


def _in_words(value: object, key: str = "") -> object:
    """A value as a page writes it; `key` is the field that it is of."""
    if isinstance(value, list):
        named = [_in_words(part, key) for part in value[:_TOLD]]
        if len(value) <= _TOLD:
            return _joined(named)
        more = Say.of("{last} ({count})", last=_in_words(value[-1], key), count=len(value))
        return Say.of("{first} … {last}", first=_joined(named), last=more)
    if isinstance(value, dict):
        if "voucher" in value and "date" in value:
            return str(value["voucher"])
        parts = [
            Say.of("{field}: {value}", field=_field(name), value=_in_words(part, name))
            for name, part in value.items()
            if part not in ("", None)
        ]
        return _joined(parts)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return "" if value is None else _text_in_words(str(value), key)


def _text_in_words(text: str, key: str) -> object:
    """A text that is a day or an amount, as a page writes it; days in a row one by one."""
    if key == "kind" and text in kinds():
        return Say(kind(text).name)
    days = text.split(", ")
    if all(_DAY.fullmatch(day) for day in days):
        return _joined([Day(day) for day in days])
    if key not in _WESTERN and text.isdecimal() and str(int(text)) == text and key.partition("@")[0] not in _RUPEES:
        return int(text)
    if _AMOUNT.fullmatch(text) or key.partition("@")[0] in _RUPEES:
        try:
            return Amount(parsed(text))
        except NotAnAmount:
            return text
    return text


def _field(name: str) -> object:
    """The name of a field, or of a rule and the day that it holds from."""
    rule, _, since = name.partition("@")
    said = _FIELDS.get(rule, rule)
    if not _DAY.fullmatch(since):
        return said if not since else name
    return Say.of("{rule} from {date}", rule=said, date=Day(since))


def _joined(parts: Sequence[object]) -> object:
    """Parts one after the other, with commas between."""
    if not parts:
        return ""
    return reduce(lambda before, after: Say.of("{first}, {second}", first=before, second=after), parts)


def _said(value: object) -> str:
    if isinstance(value, list):
        names = [_said(part) for part in value]
        left_out = f" … {names[-1]} ({len(names)})" if len(names) > _TOLD else ""
        return ", ".join(names[:_TOLD]) + left_out
    if isinstance(value, dict):
        if "voucher" in value and "date" in value:
            return str(value["voucher"])
        return ", ".join(f"{key}: {_said(part)}" for key, part in value.items() if part not in ("", None))
    return "" if value is None else str(value)
