"""Log of acts: who did what, when and where, on an entity's books and on the books as a whole. Times are UTC."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row as Line
from sqlalchemy import Select, select

from bookkeeper.ledger.entities import Entity
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Column, Kind, Register, Row
from bookkeeper.rules.dates import day_after
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx

REGISTER = Register(
    title="Log of acts",
    asks=(Ask.PERIOD,),
    landscape=True,
    dated_by_acts=True,
    closes_with_totals=False,
    columns=(
        Column("time", "Time (UTC)", Kind.DATE, mm=34),
        Column("user", "User", mm=22),
        Column("pc", "Computer", mm=24),
        Column("act", "Act", mm=28),
        Column("object", "Object", mm=46),
        Column("old", "Before", mm=50),
        Column("new", "Afterwards"),
        Column("result", "Result", mm=0),
        Column("file", "File", mm=0),
    ),
)

_WHOLE_BOOKS = 0
_TOLD = 6
"""How many things a cell names before it leaves out."""


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
        "act": line.act,
        "object": line.object,
        "old": _told(line.old),
        "new": _told(line.new),
        "result": _told(line.result),
        "file": line.file_digest or None,
    }


def _told(stored: str) -> str:
    """What the log keeps as JSON, as a line to read: "R1/2023-24, R2/2023-24 … R9/2023-24 (9)"."""
    return _said(json.loads(stored)) if stored else ""


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
