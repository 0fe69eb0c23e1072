"""The chain: every link is there, hashes what its rows say, and the newest is the one the entity and the paper know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bookkeeper.audit.check import BOOKS, Said, Scope, check, money
from bookkeeper.ledger.chain import canonical_link
from bookkeeper.rules.voucher import Attachment, Voucher, canonical_voucher, next_hash

_LINKS = """
SELECT l.what, l.body, l.hash, l.sequence, v.kind, v.series, v.year, v.number, v.date, v.narration, v.party,
  v.reference, v.resolution, v."user", v.entered, v.meeting, v.closing, v.key, v.reverses
FROM link l LEFT JOIN voucher v ON v.entity = l.entity AND v.sequence = l.sequence
WHERE l.entity = :entity AND l.sequence >= :since ORDER BY l.sequence
"""
_POSTINGS = """
SELECT sequence, account, member, loan, deposit, share, fund, paise, instrument, instrument_number, instrument_date
FROM posting WHERE entity = :entity AND sequence >= :since ORDER BY sequence, line
"""
_PAPERS = """
SELECT sequence, sha256, name FROM attachment WHERE entity = :entity AND sequence >= :since ORDER BY sequence, line
"""
_CODES = "SELECT id, code FROM account WHERE entity = :entity"
_NUMBERS = "SELECT id, number FROM member WHERE entity = :entity"
_BEFORE = "SELECT hash FROM link WHERE entity = :entity AND sequence = :since - 1"


def _postings(scope: Scope, entity: int, since: int) -> Iterator[tuple[int, list[list[object]]]]:
    """Sequence and canonical postings of each voucher, in order of entry: one pass over the table."""
    codes = dict(tuple(r) for r in scope.rows(_CODES, entity=entity))
    numbers = dict(tuple(r) for r in scope.rows(_NUMBERS, entity=entity))
    numbers[None] = None
    current, lines = 0, list[list[object]]()
    for sequence, account, member, loan, deposit, share, fund, paise, by, by_number, by_date in scope.rows(
        _POSTINGS, entity=entity, since=since
    ):
        if sequence != current:
            if lines:
                yield current, lines
            current, lines = sequence, []
        instrument = None if by is None else [by, by_number, by_date]
        # A key that the register does not have is shown as it is: then the hash differs, and the link is named.
        number = numbers.get(member, member)
        lines.append([codes.get(account, account), number, loan, deposit, share, fund, paise, instrument])
    if lines:
        yield current, lines


def _merged(gathered: Iterator[tuple[int, list[Any]]], sequence: int, ahead: list[tuple[int, list[Any]]]) -> list[Any]:
    """What belongs to one link out of an iterator in order of sequence; `ahead` keeps the one read too far."""
    while True:
        found = ahead.pop() if ahead else next(gathered, None)
        if found is None:
            return []
        if found[0] >= sequence:
            if found[0] == sequence:
                return found[1]
            ahead.append(found)
            return []


def _papers(scope: Scope, entity: int, since: int) -> Mapping[int, tuple[Attachment, ...]]:
    papers: dict[int, tuple[Attachment, ...]] = {}
    for sequence, sha256, name in scope.rows(_PAPERS, entity=entity, since=since):
        papers[sequence] = (*papers.get(sequence, ()), Attachment(sha256, name))
    return papers


def _recomputed(scope: Scope, entity: int, since: int) -> Iterator[tuple[int, str]]:
    """The links from `since` on that do not hash what their rows say: sequence and what they are."""
    code, books = scope.codes[entity], scope.tx.books_id
    before = next((bytes(r[0]).hex() for r in scope.rows(_BEFORE, entity=entity, since=since)), "")
    gathered, ahead = _postings(scope, entity, since), list[tuple[int, list[Any]]]()
    papers = _papers(scope, entity, since)
    for what, body, digest, sequence, *fields in scope.rows(_LINKS, entity=entity, since=since):
        if what == "voucher":
            postings = _merged(gathered, sequence, ahead)
            canonical = _canonical(fields, papers.get(sequence, ()), postings, before, (books, code, sequence))
        else:
            canonical = _canonical_other(books, code, before, sequence, what, body)
        found = bytes(digest)
        if next_hash(canonical) != found:
            yield sequence, what
        # On from what is kept, so that one change is one finding and not the whole tail.
        before = found.hex()


def _canonical(
    fields: Sequence[Any],
    papers: tuple[Attachment, ...],
    postings: list[list[object]],
    before: str,
    place: tuple[str, str, int],
) -> str:
    """The canonical form of a voucher from its row (without the keys), its papers and postings."""
    kind, series, year, number, date, narration, party, reference, resolution, user, entered, *rest = fields
    meeting, closing, key, reverses = rest
    books, entity, sequence = place
    return canonical_voucher(
        Voucher(kind, date, (), narration, party, reference, resolution, papers, meeting, closing == 1, reverses),
        postings,
        before=before,
        books=books,
        entity=entity,
        sequence=sequence,
        series=series,
        year=year,
        number=number,
        user=user,
        entered=entered,
        key=key,
    )


def _canonical_other(books: str, code: str, before: str, sequence: int, what: str, body: str) -> str:
    try:
        return canonical_link(books, code, before, sequence, what, body)
    except (ValueError, RecursionError):
        return ""


def _sentence(scope: Scope, entity: int, sequence: int, what: str) -> str:
    named = scope.voucher(entity, sequence) if what == "voucher" else f"the {what} at link {sequence}"
    return f"{named} was changed after it was entered: the hash of link {sequence} is not that of its rows."


@check(5, "every link's hash is that of what it holds and of the link before")
def hashes(scope: Scope) -> Iterator[Said]:
    """Vouchers with postings and papers, locks and closings are hashed again from their rows."""
    for entity in scope.codes:
        for sequence, what in _recomputed(scope, entity, 1):
            yield entity, _sentence(scope, entity, sequence, what)


_AT_NEWEST = (
    "(SELECT entity, max(sequence) AS newest FROM link WHERE entity BETWEEN :first AND :last GROUP BY entity) n"
)
_NEWEST_LINKS = f"""
SELECT l.entity, b.hash AS before, l.what, l.body, l.hash, l.sequence, v.kind, v.series, v.year, v.number, v.date,
  v.narration, v.party, v.reference, v.resolution, v."user", v.entered, v.meeting, v.closing, v.key, v.reverses
FROM {_AT_NEWEST} JOIN link l ON l.entity = n.entity AND l.sequence = n.newest
LEFT JOIN link b ON b.entity = n.entity AND b.sequence = n.newest - 1
LEFT JOIN voucher v ON v.entity = n.entity AND v.sequence = n.newest
"""  # noqa: S608  # a fixed text of our own
_NEWEST_POSTINGS = f"""
SELECT p.entity, coalesce(a.code, p.account), coalesce(m.number, p.member), p.loan, p.deposit, p.share, p.fund, p.paise,
  p.instrument, p.instrument_number, p.instrument_date
FROM {_AT_NEWEST} JOIN posting p ON p.entity = n.entity AND p.sequence = n.newest
LEFT JOIN account a ON a.entity = p.entity AND a.id = p.account
LEFT JOIN member m ON m.entity = p.entity AND m.id = p.member ORDER BY p.entity, p.line
"""  # noqa: S608  # a fixed text of our own
_NEWEST_PAPERS = f"""
SELECT t.entity, t.sha256, t.name FROM {_AT_NEWEST} JOIN attachment t ON t.entity = n.entity AND t.sequence = n.newest
ORDER BY t.entity, t.line
"""  # noqa: S608  # a fixed text of our own


@check(5, "the newest link of each entity hashes what it holds", quick=True)
def newest_hash(scope: Scope) -> Iterator[Said]:
    """What `--quick` sees of the chain: one link for each entity, all of them in three queries."""
    postings: dict[int, list[list[object]]] = {}
    for entity, *line, by, by_number, by_date in scope.rows(_NEWEST_POSTINGS):
        postings.setdefault(entity, []).append([*line, None if by is None else [by, by_number, by_date]])
    papers: dict[int, tuple[Attachment, ...]] = {}
    for entity, sha256, name in scope.rows(_NEWEST_PAPERS):
        papers[entity] = (*papers.get(entity, ()), Attachment(sha256, name))
    for entity, before, what, body, digest, sequence, *fields in list(scope.rows(_NEWEST_LINKS)):
        code = scope.codes.get(entity)
        if code is None:
            continue
        known = bytes(before).hex() if before is not None else ""
        if what == "voucher":
            place = (scope.tx.books_id, code, sequence)
            canonical = _canonical(fields, papers.get(entity, ()), postings.get(entity, []), known, place)
        else:
            canonical = _canonical_other(scope.tx.books_id, code, known, sequence, what, body)
        if next_hash(canonical) != bytes(digest):
            yield entity, _sentence(scope, entity, sequence, what)


_GAPS = """
SELECT entity, count(*) AS there, max(sequence) AS newest FROM link
WHERE entity BETWEEN :first AND :last GROUP BY entity HAVING min(sequence) <> 1 OR max(sequence) <> count(*)
"""
_FIRST_GAP = """
SELECT min(n) FROM (SELECT 1 AS n UNION ALL SELECT sequence + 1 FROM link WHERE entity = :entity) after
WHERE NOT EXISTS (SELECT 1 FROM link WHERE entity = :entity AND sequence = after.n)
"""


@check(6, "links follow each other without a gap", quick=True)
def links_without_gap(scope: Scope) -> Iterator[Said]:
    """No link is missing inside a chain; one missing at its end is the head's to tell."""
    for row in scope.rows(_GAPS):
        missing = next(scope.rows(_FIRST_GAP, entity=row.entity))[0]
        yield row.entity, f"link {missing} is missing: there are {row.there} links, numbered up to {row.newest}."


_HEADS = """
SELECT e.id, e.sequence, e.head, l.sequence AS newest, l.hash FROM entity e LEFT JOIN link l ON l.entity = e.id
  AND l.sequence = (SELECT max(sequence) FROM link m WHERE m.entity = e.id)
WHERE e.id BETWEEN :first AND :last
"""


@check(7, "an entity's head is its newest link", quick=True)
def head_is_newest(scope: Scope) -> Iterator[Said]:
    """The entity's row names the newest link by number and hash."""
    for row in scope.rows(_HEADS):
        if row.sequence != (row.newest or 0):
            told = f"the head is link {row.sequence}, but the newest link is {row.newest or 0}"
            yield row.id, f"{told}: links are gone or added."
        elif bytes(row.head) != bytes(row.hash or b""):
            yield row.id, f"the head's hash is not that of link {row.sequence}."


_ANCHORED = "SELECT entity, hash FROM link WHERE entity BETWEEN :first AND :last AND sequence = :sequence"
_SUMS = """
SELECT count(DISTINCT sequence), coalesce(sum(paise), 0) FROM posting
WHERE entity BETWEEN :first AND :last AND paise > 0
"""


@check(7, "the anchor printed on paper is in the chain", quick=True)
def anchor_in_chain(scope: Scope) -> Iterator[Said]:
    """What was printed pins everything before it: a chain written anew does not have it."""
    anchor = scope.anchor
    if anchor is None:
        return
    found = next(scope.rows(_ANCHORED, sequence=anchor.sequence), None)
    if found is None:
        told = f"the anchor's link {anchor.sequence} is not in the books"
        yield next(iter(scope.codes), BOOKS), f"{told}: they are older than the page."
    elif not bytes(found.hash).hex().startswith(anchor.digits):
        vouchers, debit = next(scope.rows(_SUMS))
        told = f"link {anchor.sequence} is {bytes(found.hash).hex()[:16]}, the page says {anchor.digits}"
        held = f"{scope.voucher(found.entity, anchor.sequence)} or something before it"
        yield found.entity, f"{told}: {held} was rewritten (now {vouchers} vouchers, Dr {money(debit)})."
