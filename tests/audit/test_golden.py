"""The form that is hashed does not drift: every kind of link, made again by a reference written from `reliability` 4.

Nothing of the program is called here but what makes the books. `golden_links.json` changes only with a new version tag.
"""

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).with_name("golden_links.json")

VOUCHER = (
    "SELECT kind, series, year, number, date, narration, party, user, entered, meeting, closing, key, reverses, "
    "reference, resolution FROM voucher WHERE entity = ? AND sequence = ?"
)
PAPERS = "SELECT sha256, name FROM attachment WHERE entity = ? AND sequence = ? ORDER BY line"
POSTINGS = (
    "SELECT a.code, m.number, p.loan, p.deposit, p.share, p.fund, p.paise, p.instrument, p.instrument_number, "
    "p.instrument_date FROM posting p JOIN account a ON a.entity = p.entity AND a.id = p.account "
    "LEFT JOIN member m ON m.entity = p.entity AND m.id = p.member WHERE p.entity = ? AND p.sequence = ? "
    "ORDER BY p.line"
)


def content(books: sqlite3.Connection, entity: int, sequence: int, what: str, body: str) -> list[Any]:
    """What a link hashes after its tag, the hash before it, the books, the entity, its sequence and what it is."""
    if what != "voucher":
        return [json.loads(body)]
    fields = list(books.execute(VOUCHER, (entity, sequence)).fetchone())
    papers = [list(row) for row in books.execute(PAPERS, (entity, sequence))]
    postings = [
        [*row[:7], None if row[7] is None else list(row[7:])] for row in books.execute(POSTINGS, (entity, sequence))
    ]
    return [*fields, papers, postings]


def links(path: Path) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path)) as books:
        identity = books.execute("SELECT books_id FROM books").fetchone()[0]
        codes = dict(books.execute("SELECT id, code FROM entity").fetchall())
        before: dict[int, str] = {}
        found = []
        query = "SELECT entity, sequence, what, body, hash FROM link ORDER BY entity, sequence"
        for entity, sequence, what, body, digest in books.execute(query).fetchall():
            tag = "voucher/1" if what == "voucher" else "link/1"
            place = [tag, before.get(entity, ""), identity, codes[entity], sequence, what]
            form = [*place, *content(books, entity, sequence, what, body)]
            text = json.dumps(form, ensure_ascii=False, separators=(",", ":"))
            before[entity] = hashlib.sha256(text.encode("utf-8")).hexdigest()
            assert before[entity] == digest.hex(), f"link {sequence} of {codes[entity]}: {text}"
            found.append({"entity": codes[entity], "sequence": sequence, "hash": before[entity], "form": text})
    return found


def test_links_hash_as_they_always_have(sound: Path) -> None:
    golden = json.loads(GOLDEN.read_text("utf-8"))
    made = links(sound)
    assert len(golden) >= 50
    kinds = {json.loads(kept["form"])[5] for kept in golden}
    assert kinds == {"voucher", "lock", "closing", "meeting", "meeting-reversal", "cut-off"}
    for kept, now in zip(golden, made, strict=False):
        assert now == kept


def test_the_log_of_acts_hashes_as_written(sound: Path) -> None:
    query = (
        "SELECT entity, sequence, time, user, pc, act, object, old, new, result, key, file_digest, hash FROM log "
        "ORDER BY entity, sequence"
    )
    with closing(sqlite3.connect(sound)) as books:
        identity = books.execute("SELECT books_id FROM books").fetchone()[0]
        before: dict[int, str] = {}
        for *row, digest in books.execute(query).fetchall():
            form = ["log/1", before.get(row[0], ""), identity, *row]
            text = json.dumps(form, ensure_ascii=False, separators=(",", ":"))
            before[row[0]] = hashlib.sha256(text.encode("utf-8")).hexdigest()
            assert before[row[0]] == digest.hex()
