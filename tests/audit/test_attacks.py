"""Direct attacks by a foreign connection with default pragmas: refused by the database, or named by `verify`.

`reliability` 1.3: the database refuses a change, the chain shows it where somebody went round the database, and paper
shows it where somebody rewrote the chain.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bookkeeper.commands import audit, vouchers
from bookkeeper.commands.act import open_office
from bookkeeper.errors import Damaged
from tests.audit.conftest import savings
from tests.audit.test_golden import content

Breaking = Callable[..., None]

OWN = "entity = 1 AND sequence = 2"
POSTING = (
    "INSERT INTO posting (entity, sequence, line, date, account, paise) "
    "VALUES (1, {at}, {line}, '{on}', {account}, {paise})"
)
VOUCHER = (
    "INSERT INTO voucher (entity, sequence, kind, series, year, number, date, narration, party, reference, resolution, "
    "\"user\", entered, closing, key) VALUES (1, 900, 'journal', '{series}', {year}, {number}, '{on}', "
    "'', '', '', '', 1, '2024-06-30T04:30:00Z', 0, 'forged')"
)


def forged(
    on: str = "2024-06-30", year: int = 2024, number: int = 1, paise: tuple[int, ...] = (500, -500), account: int = 1,
    series: str = "J",
) -> list[str]:  # fmt: skip
    """A voucher of the forger's: its postings, then its row."""
    lines = [
        POSTING.format(at=900, line=n, on=on, account=account, paise=amount) for n, amount in enumerate(paise, start=1)
    ]
    return [*lines, VOUCHER.format(on=on, year=year, number=number, series=series)]


REFUSED = {
    "a voucher on another entity's account": forged(account=888),
    "update a voucher": ["UPDATE voucher SET narration = 'x' WHERE " + OWN],
    "update a voucher's date": ["UPDATE OR REPLACE voucher SET date = '2022-04-06' WHERE " + OWN],
    "delete a voucher": ["DELETE FROM voucher WHERE " + OWN],
    "replace a voucher": ["REPLACE INTO voucher SELECT * FROM voucher WHERE " + OWN],
    "insert or ignore a voucher": ["INSERT OR IGNORE INTO voucher SELECT * FROM voucher WHERE " + OWN],
    "upsert a voucher": [
        "INSERT INTO voucher SELECT * FROM voucher WHERE " + OWN
        + " ON CONFLICT (entity, sequence) DO UPDATE SET narration = 'x'",
    ],
    "update a posting": ["UPDATE posting SET paise = paise + 1 WHERE " + OWN],
    "delete a posting": ["DELETE FROM posting WHERE " + OWN],
    "insert or replace a posting": ["INSERT OR REPLACE INTO posting SELECT * FROM posting WHERE " + OWN],
    "upsert a posting": [
        "INSERT INTO posting SELECT * FROM posting WHERE " + OWN
        + " ON CONFLICT (entity, sequence, line) DO UPDATE SET paise = 1",
    ],
    "a new line in a posted voucher": [POSTING.format(at=2, line=7, on="2022-04-05", account=1, paise=1)],
    "a new paper in a posted voucher": ["INSERT INTO attachment VALUES (1, 2, 2, 'ab', 'x')"],
    "delete a paper": ["DELETE FROM attachment"],
    "update a link": ["UPDATE link SET hash = zeroblob(32) WHERE " + OWN],
    "delete a link": ["DELETE FROM link WHERE entity = 1 AND sequence > 30"],
    "a link out of order": ["INSERT INTO link VALUES (1, 900, 'voucher', '', zeroblob(32))"],
    "update the log": ["UPDATE log SET object = 'x'"],
    "delete from the log": ["DELETE FROM log WHERE entity = 1 AND sequence = 3"],
    "replace in the log": ["REPLACE INTO log SELECT * FROM log WHERE entity = 1 AND sequence = 3"],
    "an account's group": ["UPDATE account SET grouping = 'income' WHERE entity = 1 AND id = 1"],
    "an account's role": ["UPDATE account SET role = NULL WHERE entity = 1 AND id = 1"],
    "replace an account": ["REPLACE INTO account SELECT * FROM account WHERE entity = 1 AND id = 1"],
    "delete an account": ["DELETE FROM account WHERE entity = 1 AND id = 1"],
    "a loan's terms": ["UPDATE loan SET rate_per_month = '9'"],
    "a member's number": ["UPDATE member SET number = '99' WHERE number = '1'"],
    "delete a member": ["DELETE FROM member"],
    "an entity's start": ["UPDATE entity SET starts = '2020-04-01'"],
    "the books' identity": ["UPDATE books SET books_id = 'x'"],
    "open a closed year": ["DELETE FROM closing"],
    "lift a lock": ["DELETE FROM locked"],
    "an earlier lock": ["UPDATE locked SET until = '2022-04-30'"],
    "an unbalanced voucher": forged(paise=(500, -499)),
    "a voucher of one line": forged(paise=(500,)),
    "a voucher without lines": forged(paise=()),
    "a voucher of noughts": forged(paise=(0, 0)),
    "a number that leaves a gap": forged(number=7),
    "a number that is used": forged(on="2022-05-07", year=2022, number=1),
    "a voucher in a closed year": forged(on="2022-08-01", year=2022, number=4),
    "a voucher behind a lock": forged(on="2023-04-15", year=2023),
    "a year that is not the date's": forged(on="2024-03-31", year=2024),
    "text in a column of numbers": [POSTING.format(at=900, line=1, on="2024-06-30", account=1, paise="'abc'")],
    "a fraction in a column of numbers": [POSTING.format(at=900, line=1, on="2024-06-30", account=1, paise="100.5")],
    "a date that is none": [VOUCHER.format(on="tomorrow", year=2024, number=1, series="J")],
}  # fmt: skip

NAMED: dict[str, tuple[list[str], int, str]] = {
    "a voucher that balances but has no link": (forged(), 6, "J1/2024-25 of 2024-06-30 (5.00) has no link"),
    "a voucher that no act entered": (forged(), 26, "J1/2024-25 of 2024-06-30 (5.00): no act"),
    "a voucher in a series of its own": (forged(series="Z"), 8, "in series Z"),
    "a voucher in the future": (forged(on="2199-06-30", year=2199), 9, "is dated in the future"),
    "an orphan posting": (
        [POSTING.format(at=900, line=1, on="2024-06-30", account=1, paise=500)], 3, "orphan posting(s) at link 900"
    ),
    "a link of the forger's": (
        ["INSERT INTO link SELECT 1, max(sequence) + 1, 'voucher', '', zeroblob(32) FROM link WHERE entity = 1"],
        7, "links are gone or added",
    ),
    "a head moved back": (["UPDATE entity SET sequence = sequence - 1"], 7, "links are gone or added"),
    "a head of another hash": (["UPDATE entity SET head = zeroblob(32)"], 7, "the head's hash"),
    "sums that are not the journal's": (["UPDATE sum_year SET debit = debit + 100"], 23, "differ from the journal"),
    "a lock that no act made": (["INSERT INTO locked VALUES (1, 3, '2024-06-30')"], 6, "has no link"),
    "a dropped trigger": (["DROP TRIGGER voucher_unchanged"], 2, "trigger voucher_unchanged is missing"),
    "a dropped index": (["DROP INDEX posting_by_account"], 2, "index posting_by_account is missing"),
    "a trigger that was added": (
        ["CREATE TRIGGER mine AFTER INSERT ON log BEGIN SELECT 1; END"], 2, "trigger mine is not this program's"
    ),
    "a view that was added": (["CREATE VIEW mine AS SELECT 1"], 2, "view mine is not this program's"),
    "a trigger made harmless": (
        ["DROP TRIGGER link_kept", "CREATE TRIGGER link_kept BEFORE DELETE ON link BEGIN SELECT 1; END"],
        2, "trigger link_kept was changed",
    ),
}  # fmt: skip


def attack(path: Path, statements: list[str]) -> None:
    with closing(sqlite3.connect(path)) as foreign, foreign:
        for statement in statements:
            foreign.execute(statement)


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(copy: Path, name: str) -> None:
    with pytest.raises(sqlite3.Error):
        attack(copy, REFUSED[name])
    assert not audit.verify(copy).findings


@pytest.mark.parametrize("name", NAMED)
def test_verify_names(copy: Path, name: str) -> None:
    statements, check, says = NAMED[name]
    attack(copy, statements)
    found = audit.verify(copy).findings
    assert any(f.check == check and says in f.sentence for f in found), found


def test_one_voucher_rewritten_under_dropped_triggers_is_named_by_the_chain(copy: Path, breaking: Breaking) -> None:
    breaking(copy, "UPDATE posting SET member = 4 WHERE entity = 1 AND sequence = {R1} AND member = 3")
    assert [(f.check, f.entity) for f in audit.verify(copy).findings] == [(5, "SHG1")]


def rehash(path: Path) -> None:
    """Make the whole chain anew, as a forger would who knows the program."""
    with closing(sqlite3.connect(path)) as books, books:
        identity = books.execute("SELECT books_id FROM books").fetchone()[0]
        before = ""
        query = "SELECT sequence, what, body FROM link WHERE entity = 1 ORDER BY sequence"
        for sequence, what, body in books.execute(query).fetchall():
            tag = "voucher/1" if what == "voucher" else "link/1"
            form = [tag, before, identity, "SHG1", sequence, what, *content(books, 1, sequence, what, body)]
            text = json.dumps(form, ensure_ascii=False, separators=(",", ":"))
            digest = hashlib.sha256(text.encode()).digest()
            books.execute("UPDATE link SET hash = ? WHERE entity = 1 AND sequence = ?", (digest, sequence))
            before = digest.hex()
        books.execute("UPDATE entity SET head = ? WHERE id = 1", (bytes.fromhex(before),))


def test_only_the_paper_names_a_chain_that_was_rewritten_as_a_whole(copy: Path, breaking: Breaking) -> None:
    with closing(sqlite3.connect(copy)) as books:
        sequence, digest = books.execute("SELECT sequence, lower(hex(head)) FROM entity WHERE id = 1").fetchone()
        triggers = books.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    printed = f"{sequence}: {digest[:4]} {digest[4:8]} {digest[8:12]} {digest[12:16]}"
    assert not audit.verify(copy, entity="SHG1", anchor=printed).findings
    breaking(copy, "UPDATE posting SET member = 4 WHERE entity = 1 AND sequence = {R1} AND member = 3", guarded=False)
    rehash(copy)
    attack(copy, [sql for (sql,) in triggers])
    assert not audit.verify(copy).findings, "nothing in the file itself tells"
    found = audit.verify(copy, entity="SHG1", anchor=printed).findings
    assert [f.check for f in found] == [7]
    assert f"the page says {digest[:16]}" in found[0].sentence


def after_the_head(path: Path, *lines: tuple[int, int]) -> None:
    """Leave postings without a voucher where the next voucher will stand."""
    with closing(sqlite3.connect(path)) as books:
        newest = books.execute("SELECT sequence FROM entity WHERE id = 1").fetchone()[0]
    attack(path, [POSTING.format(at=newest + 1, line=n, on="2024-06-12", account=1, paise=paise) for n, paise in lines])


@pytest.mark.parametrize("line", [1, 2, 6, 9])
def test_posting_over_an_orphan_says_damaged(copy: Path, line: int) -> None:
    after_the_head(copy, (line, 500))
    office = open_office(copy)
    with pytest.raises(Damaged) as told:
        vouchers.post_vouchers(office, "", "SHG1", [savings("2024-06-12", "1", "2", "3", "4")])
    office.close()
    assert "verify" in str(told.value)
    found = audit.verify(copy).findings
    assert [f.check for f in found if "orphan" in f.sentence] == [3]


def test_orphans_that_balance_do_not_slip_into_the_next_voucher_unseen(copy: Path) -> None:
    after_the_head(copy, (6, 500), (7, -500))
    office = open_office(copy)
    with suppress(Damaged):
        vouchers.post_vouchers(office, "", "SHG1", [savings("2024-06-12", "1", "2", "3", "4")])
    office.close()
    assert {f.check for f in audit.verify(copy).findings} & {3, 5}
