"""A fork server that kills the program while it posts, and counts what is lost, half or there twice.

`python -m tests.campaigns.killer KILLS SEED`: this process imports the program once and has no books open when it
forks. Each child opens them, posts files of vouchers, and says over a pipe which key it begins and which one was
acknowledged. It is killed 4 to 34 ms after it was born, or had opened the books, or had its first act acknowledged;
a second child then looks at the books. What was found is printed as JSON.
"""

from __future__ import annotations

import gc
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bookkeeper.books.members import Member
from bookkeeper.commands import entities, members, vouchers
from bookkeeper.commands.act import new_office, open_office
from bookkeeper.commands.audit import verify
from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Posting, Voucher

MEMBERS = [str(number) for number in range(1, 31)]
FILE = 2
"""Vouchers in an act, so that half an act would show; each has 31 lines."""

KILLS_IN_ONE_BOOK = 100

MEMORY = Path("/dev/shm")  # noqa: S108 - a kill leaves the system's memory whole: a power cut is another campaign's

HALF = (
    # postings without their voucher; vouchers that do not add up or lack lines, links or postings; links without one
    "SELECT count(*) FROM posting p LEFT JOIN voucher v USING (entity, sequence) WHERE v.sequence IS NULL",
    "SELECT count(*) FROM (SELECT 1 FROM posting GROUP BY entity, sequence HAVING sum(paise) <> 0 OR count(*) <> 31)",
    "SELECT count(*) FROM voucher v LEFT JOIN link l USING (entity, sequence) WHERE l.sequence IS NULL",
    "SELECT count(*) FROM link l LEFT JOIN voucher v USING (entity, sequence) WHERE v.sequence IS NULL",
    "SELECT count(*) FROM voucher v WHERE NOT EXISTS (SELECT 1 FROM posting p WHERE p.sequence = v.sequence)",
    # a head that is not the newest link, or a link that is missing
    "SELECT count(*) FROM entity e WHERE e.head IS NOT (SELECT l.hash FROM link l WHERE l.sequence = e.sequence)",
    "SELECT count(*) FROM entity e WHERE e.sequence <> (SELECT count(*) FROM link WHERE entity = e.id)",
    # sums that are not the journal's; numbers with a gap
    "SELECT (SELECT sum(debit) FROM sum_month) <> (SELECT sum(paise) FROM posting WHERE paise > 0)",
    "SELECT count(*) - max(number) FROM voucher",
    # half a file; an act without its row in the log, or a row without its act
    f"SELECT count(*) FROM (SELECT 1 FROM voucher GROUP BY key HAVING count(*) <> {FILE})",
    "SELECT count(*) FROM voucher v WHERE NOT EXISTS (SELECT 1 FROM log WHERE log.key = v.key)",
    "SELECT count(*) FROM log WHERE act = 'post' AND NOT EXISTS (SELECT 1 FROM voucher v WHERE v.key = log.key)",
)
"""Each counts what there must not be after any kill; the books have one entity and its first file."""


def file_of(key: str) -> list[Voucher]:
    """The vouchers of an act: savings of thirty members, of an amount that the key gives."""
    amount = 100 + sum(key.encode()) % 900
    saved = tuple(Posting("member-savings", Paise(-amount), number) for number in MEMBERS)
    cash = Posting("cash", Paise(30 * amount))
    return [Voucher("receipt", "2023-05-05", (cash, *saved), narration=f"{key} {n}") for n in range(FILE)]


def make_books(path: Path) -> None:
    office = new_office(path)
    entities.add(office, "", "SHG1", "Savitri", "shg", starts="2023-04-01")
    members.import_(office, "", "SHG1", [Member(number, f"M{number}") for number in MEMBERS], "")
    vouchers.post_vouchers(office, "first", "SHG1", file_of("first"))
    office.close()


def in_child(work: Callable[[int], None]) -> tuple[int, int]:
    """Fork; the child does its work with the writing end of a pipe. Returns its id and the reading end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)
    gc.disable()
    try:
        work(writing)
    except BaseException as error:  # noqa: BLE001 - whatever it is must reach the parent
        os.write(writing, f"? {type(error).__name__} {error}\n".encode())
    finally:
        os._exit(0)


def heard(reading: int, until: str = "") -> list[list[str]]:
    """What a child says, to its end or until it has said a mark; each line is a mark and what belongs to it."""
    said = b""
    while not (until and f"\n{until} ".encode() in b"\n" + said and said.endswith(b"\n")):
        more = os.read(reading, 65536)
        if not more:
            os.close(reading)
            break
        said += more
    return [line.split(" ", 1) for line in said.decode().splitlines()]


def poster(path: Path, turn: str) -> Callable[[int], None]:
    """Post acts without end, each with its key."""

    def post(pipe: int) -> None:
        office = open_office(path)
        os.write(pipe, b"o opened\n")
        number = 0
        while True:
            number += 1
            key = f"{turn}-{number}"
            os.write(pipe, f"b {key}\n".encode())
            vouchers.post_vouchers(office, key, "SHG1", file_of(key))
            os.write(pipe, f"a {key}\n".encode())

    return post


def looker(path: Path, retry: str) -> Callable[[int], None]:
    """Look at the books as the kill left them; then send the act that was not acknowledged once more, twice."""

    def look(pipe: int) -> None:
        with closing(sqlite3.connect(path)) as connection:
            keys = [row[0] for row in connection.execute("SELECT DISTINCT key FROM voucher")]
            found = connection.execute("SELECT count(*) FROM voucher WHERE key = ?", (retry,)).fetchone()[0]
        there = retry in keys
        if retry:
            office = open_office(path)
            first = vouchers.post_vouchers(office, retry, "SHG1", file_of(retry)).result
            again = vouchers.post_vouchers(office, retry, "SHG1", file_of(retry)).result
            office.close()
            wrong = first != again or found not in (0, FILE)
            os.write(pipe, f"{'w' if wrong else 'r'} {retry}\n".encode())
        with closing(sqlite3.connect(path)) as connection:
            half = sum(connection.execute(question).fetchone()[0] for question in HALF)
        os.write(pipe, f"h {half}\n".encode())
        os.write(pipe, f"{'i' if there else 'n'} {retry}\n".encode())
        for key in keys:
            os.write(pipe, f"k {key}\n".encode())

    return look


def kill_once(path: Path, turn: str, known: set[str], chance: random.Random, found: Counter[str]) -> None:
    """One child posts and is killed, another looks; `known` are the keys that must be there."""
    child, reading = in_child(poster(path, turn))
    since = chance.choice(("", "o", "a", "a"))
    said = heard(reading, until=since) if since else []
    time.sleep(chance.uniform(0.004, 0.034))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said += heard(reading)
    begun = [key for mark, key in said if mark == "b"]
    done = [key for mark, key in said if mark == "a"]
    found["faults"] += _faults(said)
    found["acknowledged"] += len(done)
    found["killed before the first act"] += not begun
    open_end = begun[-1] if begun and begun[-1] not in done else ""
    child, reading = in_child(looker(path, open_end))
    looked = heard(reading)
    os.waitpid(child, 0)
    there = {key for mark, key in looked if mark == "k"}
    marks = Counter(mark for mark, _ in looked)
    known.update(done)
    found["faults"] += _faults(looked) + (not marks["h"])
    found["lost"] += len(known - there)
    found["never sent"] += len(there - known - {open_end})
    found["half"] += sum(int(count) for mark, count in looked if mark == "h")
    found["sent again and wrong"] += marks["w"]
    found["killed inside an act"] += bool(open_end)
    found["inside, and the act was in"] += bool(open_end) and marks["i"]
    if open_end:
        known.add(open_end)


def _faults(said: list[list[str]]) -> int:
    told = [words for mark, words in said if mark == "?"]
    print(*told, sep="\n", file=sys.stderr, end="\n" if told else "")
    return len(told)


def campaign(kills: int, seed: int, folder: Path) -> Counter[str]:
    """Kill so many times; new books every hundred, in which `verify` must find nothing."""
    chance, found = random.Random(seed), Counter[str]()
    gc.freeze()
    for start in range(0, kills, KILLS_IN_ONE_BOOK):
        path, known = folder / f"{start}.books", {"first"}
        make_books(path)
        for number in range(start, min(start + KILLS_IN_ONE_BOOK, kills)):
            kill_once(path, str(number), known, chance, found)
            found["kills"] += 1
        child, reading = in_child(verifier(path))
        said = heard(reading)
        os.waitpid(child, 0)
        found["findings"] += sum(mark == "f" for mark, _ in said)
        found["faults"] += said[-1:] != [["v", "done"]]
    return found


def verifier(path: Path) -> Callable[[int], None]:
    """Say what `verify` finds."""

    def look(pipe: int) -> None:
        for finding in verify(path).findings:
            os.write(pipe, f"f {finding}\n".encode())
        os.write(pipe, b"v done\n")

    return look


if __name__ == "__main__":
    books = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    try:
        print(json.dumps(campaign(int(sys.argv[1]), int(sys.argv[2]), books)))
    finally:
        shutil.rmtree(books)
