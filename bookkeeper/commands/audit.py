"""Queries about the books themselves: `verify` the promises, `doctor` the file, `explain` one voucher."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, func, select
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from bookkeeper import registers
from bookkeeper.audit import verify as checking
from bookkeeper.audit.condition import Fact, condition
from bookkeeper.audit.verify import Progress, Verified
from bookkeeper.commands import entities as entity_acts
from bookkeeper.commands import loan_products as product_acts
from bookkeeper.commands import meetings as meeting_acts
from bookkeeper.commands import members as member_acts
from bookkeeper.commands import vouchers as voucher_acts
from bookkeeper.commands import years as year_acts
from bookkeeper.commands.act import ACTS, Office, local_now
from bookkeeper.errors import BookError, Refused
from bookkeeper.ledger import balances
from bookkeeper.ledger.entities import Entity, entities, entity_of
from bookkeeper.ledger.journal import Recorded, recorded
from bookkeeper.registers import Asked
from bookkeeper.report import Ask, Kind, Row
from bookkeeper.rules.dates import month_of, month_start
from bookkeeper.rules.money import Paise, shown
from bookkeeper.rules.said import Said
from bookkeeper.rules.voucher import Posting, voucher_name
from bookkeeper.store import tables
from bookkeeper.store.engine import Books, Tx, open_books

__all__ = ["Verified", "doctor", "explain", "verify"]

_WITH_ACTS = (entity_acts, meeting_acts, member_acts, product_acts, voucher_acts, year_acts)
"""The modules that declare acts: an act is in the table of acts once its module was imported."""


def verify(
    path: Path, *, entity: str = "", quick: bool = False, anchor: str = "", progress: Progress | None = None
) -> Verified:
    """Try every promise of the books at a path, also where they are too damaged to be opened for use.

    Raises Refused where there is no books file or no such entity, BadInput for an anchor that cannot be read.
    """
    with _looking(path) as tx:
        return checking.verify(tx, entity=entity, quick=quick, anchor=anchor, rights=_rights(), progress=progress)


@contextmanager
def _looking(path: Path) -> Iterator[Tx]:
    """A read transaction on books as they are: without a user, and though `open_books` may refuse them."""
    try:
        books = open_books(path)
    except BookError:
        if not path.is_file():
            raise
        books = Books(path, read_only=True)
    try:
        with books.reading() as connection:
            _refuse_foreign(connection, path)
            try:
                books_id = connection.execute(select(tables.books.c.books_id)).scalar() or ""
            except SQLAlchemyError as error:
                if "not a database" in str(error):
                    raise
                books_id = ""
            yield Tx(connection, books_id, "", local_now().date().isoformat())
    finally:
        books.close()


def _refuse_foreign(connection: Connection, path: Path) -> None:
    """What was never books of this program is said so in one sentence; a lock held elsewhere is met here, once."""
    try:
        names = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    except DatabaseError as error:
        if not isinstance(error, OperationalError) and "not a database" not in str(error):
            return  # a torn page is the checks' to tell
        raise
    if not {"books", "voucher", "posting", "link"} & names:
        message = Said("{name} is not books of this program. It was left as it is.", name=str(path))
        raise Refused(message)


def _rights() -> Mapping[str, str]:
    """The right that each act needs, by its name in the log."""
    return {name: info.right for name, info in ACTS.items()}


def doctor(path: Path) -> list[Fact]:
    """How the books file is: identity, database, sizes, counts, chain, sums, and the plans of its slowest queries."""
    with _looking(path) as tx:
        return [*condition(tx, path), *_plans(tx)]


def _plans(tx: Tx) -> Iterator[Fact]:
    """Time and plan of each query behind the trial balance and the newest month of the largest cash book."""
    for name, run in (("trial balance", _trial_balance), ("cash book", _cash_book)):
        try:
            yield from _plan(tx, name, run)
        except (BookError, SQLAlchemyError) as error:
            yield f"{name}, plan", f"cannot be made: {getattr(error, 'orig', None) or error}"


def _plan(tx: Tx, name: str, run: Callable[[Tx], None]) -> list[Fact]:
    heard: list[tuple[str, Any]] = []

    def hear(_connection: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        heard.append((statement, parameters))

    event.listen(tx.connection, "before_cursor_execute", hear)
    began = time.perf_counter()
    try:
        run(tx)
    finally:
        took = time.perf_counter() - began
        event.remove(tx.connection, "before_cursor_execute", hear)
    facts = [(f"{name}, time", f"{took * 1000:.1f} ms")]
    for number, (statement, parameters) in enumerate(heard, start=1):
        steps = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        facts.append((f"{name}, plan {number}", "; ".join(str(row[3]) for row in steps)))
    return facts


def _trial_balance(tx: Tx) -> None:
    for _ in balances.standings(tx, None, balances.newest_date(tx, None) or tx.today):
        pass


def _cash_book(tx: Tx) -> None:
    c = tables.voucher.c
    largest = tx.connection.execute(select(c.entity).group_by(c.entity).order_by(func.count().desc()).limit(1)).scalar()
    entity = next((e for e in entities(tx) if e.id == largest), None)
    if entity is None or "cash-book" not in registers.names():
        return
    newest = balances.newest_date(tx, [entity.id])
    for _ in registers.source("cash-book").rows(tx, Asked(entity, month_start(month_of(newest)), newest, newest)):
        pass


def explain(office: Office, entity_code: str, voucher_name: str) -> dict[str, object]:
    """One voucher as it is kept: its fields, lines, link and act, and every register row in which it stands.

    Amounts are rupees as text. Raises BadInput where the text names no voucher, Refused where there is no such one.
    """
    with office.looking() as tx:
        entity = entity_of(tx, entity_code)
        found = recorded(tx, entity, voucher_name)
        rows = [{"register": name, "row": row} for name, row in register_rows(tx, entity, found)]
        return {"voucher": _fields(found), **_making(tx, entity, found), "rows": rows}


def _fields(found: Recorded) -> dict[str, object]:
    value = found.voucher
    plain = ("kind", "date", "narration", "party", "reference", "resolution", "meeting", "closing")
    return {
        "voucher": found.name,
        **{name: getattr(value, name) for name in plain},
        "attachments": [{"sha256": a.sha256, "name": a.name} for a in value.attachments],
        "postings": [_line(p.amount) | {"account": p.account} | _given(p) for p in value.postings],
    }


def _line(amount: Paise) -> dict[str, object]:
    return {"debit": shown(Paise(max(amount, 0))), "credit": shown(Paise(max(-amount, 0)))}


def _given(posting: Posting) -> dict[str, object]:
    own = {name: getattr(posting, name) for name in ("member", "loan", "deposit", "share", "fund")}
    by = posting.instrument
    instrument = {"kind": by.kind, "number": by.number, "date": by.date} if by else None
    return {name: value for name, value in (own | {"instrument": instrument}).items() if value is not None}


def _making(tx: Tx, entity: Entity, found: Recorded) -> dict[str, object]:
    """What it reverses and is reversed by, its link, and the act that entered it."""
    v, link, log = tables.voucher.c, tables.link.c, tables.log.c
    made = tx.connection.execute(
        select(v.key, v.user, v.entered).where(v.entity == entity.id, v.sequence == found.sequence)
    ).one()
    digest = tx.connection.execute(
        select(link.hash).where(link.entity == entity.id, link.sequence == found.sequence)
    ).scalar()
    told = [column for column in log if column.name not in {"entity", "key", "hash"}]
    act = tx.connection.execute(select(*told).where(log.key == made.key)).mappings().first()
    return {
        "reverses": _name_of(tx, entity, found.voucher.reverses),
        "reversed_by": found.reversed_by or None,
        "link": {"sequence": found.sequence, "hash": bytes(digest).hex() if digest else None},
        "entered": {"time": made.entered, "user": made.user, "key": made.key},
        "act": dict(act) if act else None,
    }


def _name_of(tx: Tx, entity: Entity, sequence: int | None) -> str | None:
    if sequence is None:
        return None
    v = tables.voucher.c
    row = tx.connection.execute(
        select(v.series, v.number, v.year).where(v.entity == entity.id, v.sequence == sequence)
    ).first()
    return voucher_name(*row) if row else None


def register_rows(tx: Tx, entity: Entity, found: Recorded) -> Iterator[tuple[str, dict[str, object]]]:
    """Name of the register and row, for every register that shows movements and has the voucher on its day."""
    day = found.voucher.date
    for name in registers.names():
        source = registers.source(name)
        if Ask.PERIOD not in source.register.asks:
            continue
        asked = Asked(entity, day, day, day, after_closing=True)
        columns = source.register.columns
        declared = columns(tx, asked) if callable(columns) else columns
        money = {c.key for c in declared if c.kind in (Kind.MONEY, Kind.BALANCE)}
        if any(c.key == "voucher" for c in declared):
            own = (row for row in source.rows(tx, asked) if row.get("voucher") == found.name)
            yield from ((name, _plain(row, money)) for row in own)


def _plain(row: Row, money: set[str]) -> dict[str, object]:
    amounts = {key: shown(Paise(row[key])) for key in money if isinstance(row.get(key), int)}  # type: ignore[arg-type]
    return {key: value for key, value in {**row, **amounts}.items() if not key.startswith("_")}
