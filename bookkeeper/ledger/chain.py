"""The chain of an entity's links, and the chained log of acts.

Each link carries the hash of the one before it. The entity's row holds the newest link; reading it for update is the
lock that gives order, chain and gapless numbers (`reliability` section 3).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update

from bookkeeper.errors import Damaged
from bookkeeper.ledger.entities import Entity
from bookkeeper.rules.voucher import LINK_TAG, LOG_TAG, canonical, next_hash
from bookkeeper.store import tables
from bookkeeper.store.engine import Tx, insert_rows

LINK_COLUMNS = ("entity", "sequence", "what", "body", "hash")

ANCHOR_DIGITS = 16
"""How many hexadecimal digits of a hash an anchor prints."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link of an entity: its sequence (0 before the first) and its hash in hexadecimal."""

    sequence: int
    hash: str


def head_of(tx: Tx, entity: int, *, for_update: bool = False) -> Head:
    """The newest link as the entity's row has it; for update it locks the entity's books until the act ends."""
    table = tables.entity
    query = select(table.c.sequence, table.c.head).where(table.c.id == entity)
    row = tx.connection.execute(query.with_for_update() if for_update else query).one()
    return Head(int(row.sequence), bytes(row.head).hex())


def move_head(tx: Tx, entity: int, head: Head) -> None:
    """Remember the newest link in the entity's row."""
    table = tables.entity
    values = {"sequence": head.sequence, "head": bytes.fromhex(head.hash)}
    tx.connection.execute(update(table).where(table.c.id == entity).values(**values))


def canonical_link(books: str, entity: str, before: str, sequence: int, what: str, body: str) -> str:
    """The canonical form of a link that is not a voucher; `body` is a JSON array."""
    return canonical([LINK_TAG, before, books, entity, sequence, what, json.loads(body)])


def append(tx: Tx, entity: Entity, what: str, *content: object) -> int:
    """Add a link that is not a voucher (a lock, a closing) and return its sequence."""
    head = head_of(tx, entity.id, for_update=True)
    body = canonical([*content, tx.user, tx.now, tx.key])
    sequence = head.sequence + 1
    digest = next_hash(canonical_link(tx.books_id, entity.code, head.hash, sequence, what, body))
    insert_rows(tx, tables.link, LINK_COLUMNS, [(entity.id, sequence, what, body, digest)])
    move_head(tx, entity.id, Head(sequence, digest.hex()))
    return sequence


@dataclass(frozen=True, slots=True)
class LoggedAct:
    """What the log of acts says of one act; `old`, `new` and `result` are JSON texts."""

    act: str
    object: str
    old: str
    new: str
    result: str
    file_digest: str


_LOG_COLUMNS = (
    "entity", "sequence", "time", "user", "pc", "act", "object", "old", "new", "result", "key", "file_digest", "hash",
)  # fmt: skip


def canonical_log(before: str, books: str, row: tuple[object, ...]) -> str:
    """The canonical form of a row of the log; `row` in the order of its columns, without the hash."""
    return canonical([LOG_TAG, before, books, *row])


def log_act(tx: Tx, entity: int, logged: LoggedAct) -> None:
    """Write an act into the log, chained to the entity's (0: the books') act before it."""
    table = tables.log
    newest = tx.connection.execute(
        select(table.c.sequence, table.c.hash)
        .where(table.c.entity == entity)
        .order_by(table.c.sequence.desc())
        .limit(1)
    ).first()
    sequence, before = (int(newest.sequence) + 1, bytes(newest.hash).hex()) if newest else (1, "")
    said = (logged.act, logged.object, logged.old, logged.new, logged.result, tx.key, logged.file_digest)
    row = (entity, sequence, tx.now, tx.user, tx.pc, *said)
    digest = next_hash(canonical_log(before, tx.books_id, row))
    insert_rows(tx, table, _LOG_COLUMNS, [(*row, digest)])


def newest_act(tx: Tx, entities: Sequence[int]) -> str:
    """The day (UTC) of the newest act in these logs; 0 stands for the books' own."""
    table = tables.log
    time = tx.connection.execute(select(func.max(table.c.time)).where(table.c.entity.in_(entities))).scalar()
    return str(time)[:10] if time else tx.today


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a page prints of the chain: head, number of vouchers, and the sum of all debits in paise."""

    sequence: int
    hash: str
    vouchers: int
    debit: int

    @property
    def printed(self) -> str:
        """The first digits of the hash in groups of four: "7f3a 91c2 e05d 44b8"."""
        digits = self.hash[:ANCHOR_DIGITS]
        return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))


def anchor(tx: Tx, entity: int) -> Anchor:
    """The anchor of an entity at this moment. Raises Damaged where the entity's head is no link."""
    head = head_of(tx, entity)
    table = tables.sum_year
    debit = tx.connection.execute(select(func.sum(table.c.debit)).where(table.c.entity == entity)).scalar() or 0
    count = tx.connection.execute(
        select(func.count()).select_from(tables.voucher).where(tables.voucher.c.entity == entity)
    ).scalar()
    if head.sequence and not head.hash:
        message = "the entity's newest link is missing"
        raise Damaged(message)
    return Anchor(head.sequence, head.hash, int(count or 0), int(debit))
