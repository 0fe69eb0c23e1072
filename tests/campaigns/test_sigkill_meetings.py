"""Killing the program at random moments of `meeting post`: a meeting is in the books whole or not at all.

The controls show that the campaign sees half a meeting: in broken copies of the books, and in a program that is torn.
"""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bookkeeper.commands.act import open_office
from tests.campaigns.killer import half_in
from tests.campaigns.meeting_killer import MEETINGS, POSTINGS, VOUCHERS, make_books, send_meeting

ROOT = Path(__file__).parents[2]
NOTHING = ("faults", "lost", "half", "never sent", "sent again and wrong", "findings")


def killed(times: int, *how: str) -> dict[str, int]:
    # A process of its own: it forks, which a test runner with threads must not.
    seed = random.SystemRandom().randrange(10**6)
    command = [sys.executable, "-m", "tests.campaigns.meeting_killer", str(times), str(seed), *how]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout)
    print(f"seed {seed}: {found}", done.stderr)
    return found


def assert_whole(found: dict[str, int], kills: int) -> None:
    assert found["kills"] == kills
    assert {what: found[what] for what in NOTHING} == dict.fromkeys(NOTHING, 0)
    # The kills did hit what they were aimed at.
    assert found["killed inside an act"] > kills // 10
    assert found["acknowledged"] > kills // 10


@pytest.mark.slow
@pytest.mark.parametrize("half", ["first", "second"])  # two processors share them
def test_200_kills_leave_each_meeting_whole_or_not_at_all(half: str) -> None:
    assert half
    assert_whole(killed(100), 100)


@pytest.mark.campaign
def test_10_000_kills_leave_each_meeting_whole_or_not_at_all() -> None:
    assert_whole(killed(10_000), 10_000)


@pytest.mark.slow
def test_a_program_that_is_torn_in_two_is_found_out() -> None:
    found = killed(30, "torn")
    assert found["half"] > 0
    assert found["findings"] > 0


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three meetings, the second loan just paid off."""
    path = tmp_path_factory.mktemp("meetings") / "group.books"
    make_books(path)
    office = open_office(path)
    for place in (2, 3):
        send_meeting(office, f"0-{place}", place)
    office.close()
    return path


@pytest.fixture
def copy(books: Path) -> Iterator[sqlite3.Connection]:
    """The same books in memory, without the guards that forbid to break them."""
    with closing(sqlite3.connect(":memory:")) as connection:
        with closing(sqlite3.connect(books)) as original:
            original.backup(connection)
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection


def test_a_meeting_is_as_large_as_it_says(copy: sqlite3.Connection) -> None:
    last = "FROM voucher JOIN posting USING (entity, sequence) WHERE meeting = 3"
    assert copy.execute(f"SELECT count(DISTINCT sequence), count(*) {last}").fetchone() == (VOUCHERS, POSTINGS)
    assert half_in(copy, MEETINGS.half) == 0


LAST = "(SELECT max(sequence) FROM meeting)"
BREAKS = {
    "a meeting without vouchers": f"INSERT INTO meeting SELECT entity, {LAST} + 1, 4, date, 8, sheet, notes "
    "FROM meeting WHERE number = 3",
    "vouchers without their meeting": "DELETE FROM meeting WHERE number = 3",
    "a meeting without its link": f"DELETE FROM link WHERE sequence = {LAST}",
    "a link of another kind": f"UPDATE link SET what = 'lock' WHERE sequence = {LAST}",
    "a voucher that is gone": f"DELETE FROM voucher WHERE sequence = {LAST} - 1",
    "a voucher and all of it gone": f"DELETE FROM posting WHERE sequence = {LAST} - 1",
    "a posting that is gone": f"DELETE FROM posting WHERE sequence = {LAST} - 1 AND line = 2",
    "a loan without its row": "DELETE FROM loan WHERE number = 3",
    "a loan that was never given": "INSERT INTO loan SELECT entity, 4, member, disbursed, purpose, method, "
    "rate_per_month, instalments, first_due, principal, interest_due, cut_off, product, terms FROM loan "
    "WHERE number = 3",
    "a loan not known to be paid off": "DELETE FROM loan_settled WHERE loan = 2",
    "a loan paid off too early": "INSERT INTO loan_settled SELECT entity, 3 FROM loan_settled WHERE loan = 2",
    "sums of the month not kept": "UPDATE sum_month SET debit = debit + 100, credit = credit + 100 WHERE account = "
    "(SELECT account FROM posting LIMIT 1)",
    "sums of the year not kept": "DELETE FROM sum_year WHERE account = (SELECT account FROM posting LIMIT 1)",
    "no row in the log": "DELETE FROM log WHERE key = '0-3'",
    "the log tells of more": "UPDATE voucher SET key = '0-2' WHERE key = '0-3'",
    "an old head": "UPDATE entity SET head = (SELECT hash FROM link WHERE sequence = entity.sequence - 1)",
    "a link too many": "UPDATE entity SET sequence = sequence - 1",
    "a meeting without attendance": "UPDATE meeting SET sheet = json_remove(sheet, '$.rows') WHERE number = 3",
    "a meeting without its count": "UPDATE meeting SET notes = json_remove(notes, '$.cash') WHERE number = 3",
    "the same meeting twice": f"INSERT INTO meeting SELECT entity, {LAST} + 1, number, date, 8, sheet, notes "
    "FROM meeting WHERE number = 3",
    "a number left out": f"UPDATE voucher SET number = number + 1 WHERE sequence = {LAST} - 1",
}


@pytest.mark.parametrize("name", BREAKS)
def test_half_a_meeting_is_seen(copy: sqlite3.Connection, name: str) -> None:
    assert copy.execute(BREAKS[name]).rowcount > 0
    assert half_in(copy, MEETINGS.half) > 0
