"""The wrapper of acts: the only place with a transaction that writes.

An act is one transaction: it is wholly in the books with its row in the log of acts, or not at all. Its key, made
by the face that asked, lets the same act be sent twice and done once.
"""

from __future__ import annotations

import datetime as dt
import functools
import inspect
import json
import socket
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from bookkeeper.errors import BadInput, BookError, Fault, Refused
from bookkeeper.ledger.chain import LoggedAct, log_act
from bookkeeper.rules.said import Said
from bookkeeper.store import tables
from bookkeeper.store.engine import Books, Tx, create_books, open_books

P = ParamSpec("P")
T = TypeVar("T")

RIGHTS: Final = ("look", "enter", "post", "close", "manage")


def local_now() -> dt.datetime:
    """The clock; everything below asks the transaction instead."""
    return dt.datetime.now().astimezone()


@dataclass
class Office:
    """Open books and who sits before them: what a face keeps between two acts."""

    books: Books
    user: str = "owner"
    pc: str = field(default_factory=socket.gethostname)
    clock: Callable[[], dt.datetime] = local_now

    @contextmanager
    def looking(self) -> Iterator[Tx]:
        """A read transaction."""
        with self.books.reading() as connection:
            yield self._tx(connection, "", "look")

    @contextmanager
    def acting(self, key: str, right: str) -> Iterator[Tx]:
        """The write transaction of one act, for a user who has the right."""
        with self.books.writing() as connection:
            yield self._tx(connection, key, right)

    def _tx(self, connection: Connection, key: str, right: str) -> Tx:
        user = tables.user.c
        row = connection.execute(select(user.number, user.rights).where(user.name == self.user)).first()
        if row is None:
            raise Refused(
                Fault(Said("these books have no user {user}.", user=self.user), "Name one with --user.", field="user")
            )
        if right not in row.rights.split():
            raise Refused(
                Fault(
                    Said("{user} has no right to {right}.", user=self.user, right=right),
                    "Ask who manages these books.",
                    field="user",
                )
            )
        books_id = connection.execute(select(tables.books.c.books_id)).scalar_one()
        now = self.clock()
        utc = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Tx(connection, books_id, utc, now.date().isoformat(), row.number, key, self.pc)

    def close(self) -> None:
        """Let go of the books."""
        self.books.close()


def open_office(path: Path, user: str = "owner") -> Office:
    """Open books for one user. Raises what `store.engine.open_books` raises."""
    return Office(open_books(path), user)


def new_office(path: Path) -> Office:
    """Make new, empty books and open them for their owner."""
    created = local_now().astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Office(create_books(path, str(uuid.uuid4()), created))


@dataclass(frozen=True)
class Outcome:
    """What an act says of itself for the log: in which entity (0: the books), on what, old and new, and its result.

    `result`, `old` and `new` are plain JSON values, so that the same key can be answered with the first result.
    """

    entity: int
    on: str
    result: object
    old: object = None
    new: object = None
    file_digest: str = ""


@dataclass(frozen=True)
class Done:
    """An act that is in the books: its result, and which pages of a window it changed.

    `was_done` where it had been done before with the same key: the result is the first one's.
    """

    result: object
    changed: tuple[str, ...]
    was_done: bool = False


@dataclass(frozen=True)
class ActInfo:
    """An act as the table of acts lists it."""

    name: str
    right: str
    changes: tuple[str, ...]
    docstring: str


ACTS: Final[dict[str, ActInfo]] = {}
"""Every act by name, for the command line, the palette of a window, and the tests that walk over all."""


def act(
    name: str, *, right: str, changes: tuple[str, ...]
) -> Callable[[Callable[Concatenate[Tx, P], Outcome]], Callable[Concatenate[Office, str, P], Done]]:
    """Make a function of a transaction an act of an office: `function(office, key, …) -> Done`.

    The key is the face's; an empty one is made here. A key that the log knows answers with the first result.
    """

    def decorate(function: Callable[Concatenate[Tx, P], Outcome]) -> Callable[Concatenate[Office, str, P], Done]:
        ACTS[name] = ActInfo(name, right, changes, function.__doc__ or "")

        @functools.wraps(function)
        def perform(office: Office, key: str, /, *args: P.args, **options: P.kwargs) -> Done:
            key = key or str(uuid.uuid4())
            given = inspect.signature(function).bind_partial(None, *args, **options).arguments
            asked = _Asked(name, str(given.get("code", "")), str(given.get("file_digest", "")))
            try:
                with office.acting(key, right) as tx:
                    first = _first_result(tx.connection, asked, key)
                    if first:
                        return first
                    outcome = function(tx, *args, **options)
                    log_act(tx, outcome.entity, _logged(name, outcome))
            except BookError as error:
                if isinstance(error.__cause__, DBAPIError) and (first := _after_failure(office, asked, key)):
                    return Done(first.result, changes)
                raise
            return Done(outcome.result, changes)

        return perform

    return decorate


def _logged(name: str, outcome: Outcome) -> LoggedAct:
    old, new, result = (_json(value) for value in (outcome.old, outcome.new, outcome.result))
    return LoggedAct(name, outcome.on, old, new, result, outcome.file_digest)


def _json(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class _Asked:
    """What an act was asked to do, as far as the log can tell one from another: its name, entity, and file."""

    act: str
    code: str
    file_digest: str


def _first_result(connection: Connection, asked: _Asked, key: str) -> Done | None:
    """What the act of this key answered, where it is in the log. Raises BadInput where the key is another act's."""
    log, entity = tables.log.c, tables.entity.c
    query = select(log.act, log.result, log.file_digest, entity.code)
    query = query.outerjoin_from(tables.log, tables.entity, entity.id == log.entity).where(log.key == key)
    row = connection.execute(query).first()
    if row is None:
        return None
    same_file = asked.file_digest in {"", row.file_digest}
    if row.act != asked.act or (asked.code and row.code != asked.code) or not same_file:
        where = Said("{act} in {code}", act=row.act, code=row.code) if row.code else row.act
        what = Said(
            "the key {key} belongs to another act ({where}, with what it was given then).", key=key, where=where
        )
        raise BadInput(Fault(what, "Use a new key.", field="key"))
    return Done(json.loads(row.result) if row.result else None, (), was_done=True)


def _after_failure(office: Office, asked: _Asked, key: str) -> Done | None:
    """After the database failed: was the act committed all the same? Only then may the user be told it was."""
    try:
        with office.books.reading() as connection:
            return _first_result(connection, asked, key)
    except BookError:
        return None
