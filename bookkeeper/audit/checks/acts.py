"""The log of acts: everything posted has its act there, by a user who may, and the log is a chain of its own."""

from __future__ import annotations

from collections.abc import Iterator

from bookkeeper.audit.check import BOOKS, Said, Scope, check
from bookkeeper.audit.stored import fields, told_by
from bookkeeper.ledger.chain import canonical_log
from bookkeeper.rules.voucher import FIRST_HASH, next_hash

_UNLOGGED = """
SELECT v.entity, v.sequence, g.key AS logged FROM voucher v LEFT JOIN log g ON g.key = v.key
WHERE v.entity BETWEEN :first AND :last
  AND (g.key IS NULL OR g.entity <> v.entity OR g."user" <> v."user" OR g.time <> v.entered)
"""
_LINKS = "SELECT sequence, what, body FROM link WHERE entity = :entity AND what <> 'voucher' ORDER BY sequence"
_KEYS = 'SELECT key, "user", time FROM log WHERE entity = :entity'


@check(26, "every voucher, meeting, lock and closing has its act in the log, by the same user at the same time")
def acts_logged(scope: Scope) -> Iterator[Said]:
    """What is in the books without an act was not put there by the program."""
    for row in scope.rows(_UNLOGGED):
        other, none = "its act in the log is of another entity, user or time", "no act in the log of acts entered it"
        why = other if row.logged else none
        yield row.entity, f"{scope.voucher(row.entity, row.sequence)}: {why}."
    for entity in scope.codes:
        links = list(scope.rows(_LINKS, entity=entity))
        acts = {key: rest for key, *rest in scope.rows(_KEYS, entity=entity)} if links else {}
        for row in links:
            *_, user, entered, key = [None, None, None, *told_by(row.body)]
            if not isinstance(key, str) or acts.get(key) != [user, entered]:
                yield entity, f"the {row.what} of link {row.sequence} has no act of its own in the log of acts."


_STRANGERS = """
SELECT entity, sequence, "user" AS by_user, 'act' AS what FROM log
WHERE (entity BETWEEN :first AND :last OR entity = 0) AND "user" NOT IN (SELECT number FROM "user")
UNION ALL
SELECT entity, sequence, "user", 'voucher' FROM voucher
WHERE entity BETWEEN :first AND :last AND "user" NOT IN (SELECT number FROM "user")
"""
_ACTS = """
SELECT g.act, u.name, u.rights, min(g.entity) AS entity, min(g.sequence) AS sequence, min(g.time) AS time,
  count(*) AS acts
FROM log g JOIN "user" u ON u.number = g."user"
WHERE g.entity BETWEEN :first AND :last OR g.entity = 0 GROUP BY g.act, u.name, u.rights
"""


@check(26, "every act is by a user of these books who has the right to it")
def users_with_the_right(scope: Scope) -> Iterator[Said]:
    """The rights are those the user has now: an act that takes one away must make this check read it from the log."""
    for row in scope.rows(_STRANGERS):
        named = scope.voucher(row.entity, row.sequence) if row.what == "voucher" else f"act {row.sequence}"
        yield row.entity, f"{named} is by user {row.by_user}, whom these books do not have."
    for row in scope.rows(_ACTS):
        right = scope.rights.get(row.act)
        if right and right not in row.rights.split():
            told = f"{row.name} did “{row.act}” {row.acts} times, first on {row.time[:10]}"
            yield row.entity, f"{told}, without the right to {right}."


_LOG = """
SELECT entity, sequence, time, "user", pc, act, object, old, new, result, key, file_digest, hash FROM log
WHERE entity BETWEEN :first AND :last OR entity = 0 ORDER BY entity, sequence
"""


@check(27, "the log of acts is a chain without a gap, for each entity and for the books")
def log_chain(scope: Scope) -> Iterator[Said]:
    """Each act is hashed again with the hash of the one before it."""
    entity, newest, before = -1, 0, FIRST_HASH
    for row in scope.rows(_LOG):
        if row.entity != entity:
            entity, newest, before = row.entity, 0, FIRST_HASH
        whose, told = entity or BOOKS, f"{row.sequence} of {row.time[:10]} (“{row.act}” {row.object})"
        if row.sequence != newest + 1:
            yield whose, f"act {newest + 1} is missing in the log of acts, before act {told}."
        if next_hash(canonical_log(before, scope.tx.books_id, tuple(row)[:-1])) != bytes(row.hash):
            yield whose, f"act {told} was changed after it was logged."
        newest, before = row.sequence, bytes(row.hash).hex()


_TORN_OFF = """
SELECT e.id AS entity, (SELECT min(v.sequence) FROM voucher v WHERE v.entity = e.id) AS sequence FROM entity e
WHERE e.id BETWEEN :first AND :last AND EXISTS (SELECT 1 FROM voucher v WHERE v.entity = e.id)
  AND NOT EXISTS (SELECT 1 FROM log g WHERE g.entity = e.id)
"""


@check(27, "an entity with vouchers has a log", quick=True)
def log_is_there(scope: Scope) -> Iterator[Said]:
    """A log that was thrown away as a whole leaves no gap to be seen."""
    for row in scope.rows(_TORN_OFF):
        named = scope.voucher(row.entity, row.sequence)
        yield row.entity, f"the log of acts is gone, though there are vouchers, the first {named}."


_TWICE = """
SELECT g.entity, g.sequence, g.time, g.object, g.new, before.object AS first_object FROM log g
JOIN log before ON before.entity = g.entity AND before.file_digest = g.file_digest AND before.act = g.act
WHERE g.entity BETWEEN :first AND :last AND g.act = 'post' AND g.file_digest <> '' AND before.sequence < g.sequence
"""


@check(33, "no file of vouchers was posted twice, but where the user said so")
def posted_twice(scope: Scope) -> Iterator[Said]:
    """A file is known by its digest; one that is posted again on purpose says so in the log."""
    for row in scope.rows(_TWICE):
        if not (fields(row.new) or {}).get("again"):
            yield (
                row.entity,
                f"the file posted on {row.time[:10]} as {row.object} was posted before as {row.first_object}.",
            )
