"""What a check is: a promise in plain words and a function that yields where it is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import TextClause, text

from bookkeeper.definitions.kind import EntityKind, kind, kinds
from bookkeeper.rules.money import Paise, shown
from bookkeeper.rules.voucher import voucher_name
from bookkeeper.store.engine import Tx

BOOKS: Final = 0
"""Stands for an entity where a finding is about the whole books."""

_AT_ONCE: Final = 2_000

Said = tuple[int, str]
"""What a check yields: the entity's id (or BOOKS) and a sentence."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken promise: the check's number, the entity's code ("" for the whole books), and what is wrong."""

    check: int
    entity: str
    sentence: str


@dataclass(frozen=True, slots=True)
class AnchorOnPaper:
    """An anchor as typed from a page: the link's sequence and the first digits of its hash."""

    sequence: int
    digits: str


@dataclass(frozen=True)
class Scope:
    """What is looked at: a read transaction, the entities, and what the caller knows beside the books.

    `codes` and `kinds` are by entity's id; `first` and `last` the range of ids that every query is held to; `rights`
    the right that each act needs.
    """

    tx: Tx
    codes: Mapping[int, str]
    kinds: Mapping[int, str]
    first: int
    last: int
    rights: Mapping[str, str]
    anchor: AnchorOnPaper | None = None
    found: dict[str, Mapping[str, Sequence[Said]]] = field(default_factory=dict)
    """What several checks find in one pass over the books: kept by the first of them for the others."""

    @property
    def is_sqlite(self) -> bool:
        """Whether the books are a file."""
        return self.tx.connection.dialect.name == "sqlite"

    def rows(self, sql: str, **values: object) -> Iterator[Any]:
        """The rows of a query, streamed; it may name :first, :last, :today and what else is given."""
        bound = {"first": self.first, "last": self.last, "today": self.tx.today} | values
        statement = _parsed(sql)
        used = {name: bound[name] for name in statement._bindparams}  # noqa: SLF001  # the names in the text
        result = self.tx.connection.execute(statement, used, execution_options={"stream_results": True})
        while some := result.fetchmany(_AT_ONCE):
            yield from some

    def kinds_there(self) -> Iterator[EntityKind]:
        """The kinds of entity in these books; one that is not known is another check's finding."""
        known = kinds()
        return (kind(key) for key in sorted(set(self.kinds.values())) if key in known)

    def voucher(self, entity: int, sequence: int) -> str:
        """How a sentence names a voucher: name, day and amount; its link where there is no such voucher."""
        own = {"entity": entity, "sequence": sequence}
        row = next(self.rows(_VOUCHER, **own), None)
        if row is None:
            return f"link {sequence} (no voucher)"
        debit = next(self.rows(_DEBIT, **own))[0]
        return f"{voucher_name(row.series, row.number, row.year)} of {row.date} ({money(debit)})"

    def account(self, entity: int, account: int) -> str:
        """How a sentence names an account: code and name."""
        row = next(self.rows(_ACCOUNT, entity=entity, account=account), None)
        return f"{row.code} {row.name}" if row else f"account {account} (not in the chart)"

    def member(self, entity: int, member: int) -> str:
        """How a sentence names a member: by number, never by name."""
        row = next(self.rows(_MEMBER, entity=entity, member=member), None)
        return f"member {row.number}" if row else f"member with key {member} (not in the register)"


@lru_cache(maxsize=256)
def _parsed(sql: str) -> TextClause:
    return text(sql)


_VOUCHER = "SELECT series, number, year, date FROM voucher WHERE entity = :entity AND sequence = :sequence"
_DEBIT = "SELECT coalesce(sum(paise), 0) FROM posting WHERE entity = :entity AND sequence = :sequence AND paise > 0"
_ACCOUNT = "SELECT code, name FROM account WHERE entity = :entity AND id = :account"
_MEMBER = "SELECT number FROM member WHERE entity = :entity AND id = :member"


def money(paise: object) -> str:
    """An amount as a sentence shows it; what is no whole number is shown as it stands."""
    return shown(Paise(paise)) if isinstance(paise, int) else repr(paise)


@dataclass(frozen=True)
class Check:
    """A check as registered: its number, its promise, whether it is cheap enough for `--quick`."""

    number: int
    name: str
    promise: str
    quick: bool
    run: Callable[[Scope], Iterator[Said]]


CHECKS: Final[list[Check]] = []
"""Every check; one number may have several."""


def check(
    number: int, promise: str, *, quick: bool = False
) -> Callable[[Callable[[Scope], Iterator[Said]]], Callable[[Scope], Iterator[Said]]]:
    """Register a check under its number and promise."""

    def register(function: Callable[[Scope], Iterator[Said]]) -> Callable[[Scope], Iterator[Said]]:
        CHECKS.append(Check(number, function.__name__, promise, quick, function))
        return function

    return register
