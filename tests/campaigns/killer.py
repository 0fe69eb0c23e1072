"""A fork server that kills the program while it posts, and counts what is lost, half or there twice.

`python -m tests.campaigns.killer KILLS SEED`: this process imports the program once, does the act a few times, and has
no books open when it forks. Each child opens them, sends acts (here files of vouchers, in `meeting_killer` meetings),
and says over a pipe which key it begins and which one was acknowledged. It is killed 4 to 34 ms after it was born, had
opened the books or had its first act acknowledged, or within 1 ms of its first commit's beginning; a second child then
looks at the books. What was found is printed as JSON.
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
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event

from bookkeeper.books.members import Member
from bookkeeper.commands import entities, members, vouchers
from bookkeeper.commands.act import Done, Office, new_office, open_office
from bookkeeper.commands.audit import verify
from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Posting, Voucher

MEMBERS = [str(number) for number in range(1, 31)]
FILE = 2
"""Vouchers in an act, so that half an act would show; each has 31 lines."""

FIRST = "first"
"""The key of the act that is in the books before the first kill."""

KILLS_IN_ONE_BOOK = 100

AIMS = {"": (0.004, 0.034), "o": (0.004, 0.034), "a": (0.004, 0.034), "c": (0.0, 0.001)}
"""After what the child has said (nothing: its birth) and after how many seconds it is killed."""

MEMORY = Path("/dev/shm")  # noqa: S108 - a kill leaves the system's memory whole: a power cut is another campaign's

CHAIN_AND_SUMS = (
    # postings without their voucher; vouchers without postings; vouchers that do not add up
    "SELECT count(*) FROM posting p LEFT JOIN voucher v USING (entity, sequence) WHERE v.sequence IS NULL",
    (
        "SELECT count(*) FROM voucher v WHERE NOT EXISTS "
        "(SELECT 1 FROM posting p WHERE p.entity = v.entity AND p.sequence = v.sequence)"
    ),
    "SELECT count(*) FROM (SELECT 1 FROM posting GROUP BY entity, sequence HAVING sum(paise) <> 0)",
    # vouchers without their link, or links of vouchers without them
    "SELECT count(*) FROM voucher v LEFT JOIN link l USING (entity, sequence) WHERE l.sequence IS NULL",
    "SELECT count(*) FROM link l LEFT JOIN voucher v USING (entity, sequence) WHERE what = 'voucher' AND key IS NULL",
    # a head that is not the newest link, or a link that is missing
    (
        "SELECT count(*) FROM entity e WHERE e.head IS NOT "
        "(SELECT l.hash FROM link l WHERE l.entity = e.id AND l.sequence = e.sequence)"
    ),
    "SELECT count(*) FROM entity e WHERE e.sequence <> (SELECT count(*) FROM link WHERE entity = e.id)",
    # sums that are not the journal's: of a month in all, of an account over all months, and the same of years
    *(
        f"SELECT count(*) FROM (SELECT account, sum(debit), sum(credit) FROM {sums} GROUP BY account EXCEPT "
        "SELECT account, sum(max(paise, 0)), sum(max(-paise, 0)) FROM posting GROUP BY entity, account)"
        for sums in ("sum_month", "sum_year")
    ),
    *(
        f"SELECT (SELECT sum(debit) FROM {sums}) <> (SELECT sum(paise) FROM posting WHERE paise > 0)"
        for sums in ("sum_month", "sum_year")
    ),
    # numbers with a gap
    "SELECT count(*) FROM (SELECT 1 FROM voucher GROUP BY series, year HAVING count(*) <> max(number))",
    # an act without its row in the log
    "SELECT count(*) FROM voucher v WHERE NOT EXISTS (SELECT 1 FROM log WHERE log.key = v.key)",
)
"""Each counts what there must not be after any kill, whatever was posted; the books have one entity."""

HALF_A_FILE = (
    # a voucher that lacks lines; half a file; a row of the log without its act
    "SELECT count(*) FROM (SELECT 1 FROM posting GROUP BY entity, sequence HAVING count(*) <> 31)",
    f"SELECT count(*) FROM (SELECT 1 FROM voucher GROUP BY key HAVING count(*) <> {FILE})",
    "SELECT count(*) FROM log WHERE act = 'post' AND NOT EXISTS (SELECT 1 FROM voucher v WHERE v.key = log.key)",
)


@dataclass(frozen=True)
class Acts:
    """What a campaign sends, and what must never be found of it.

    `make` makes books with the act FIRST in them. `send` sends an act by its key and place: the books are made with
    the first one, and after each kill all that were begun are in. `half` are questions that count what there must not
    be; `vouchers` is how many an act makes.
    """

    make: Callable[[Path], None]
    send: Callable[[Office, str, int], Done]
    half: tuple[str, ...]
    vouchers: int
    kills_in_one_book: int = KILLS_IN_ONE_BOOK


def file_of(key: str) -> list[Voucher]:
    """The vouchers of an act: savings of thirty members, of an amount that the key gives."""
    amount = 100 + sum(key.encode()) % 900
    saved = tuple(Posting("member-savings", Paise(-amount), number) for number in MEMBERS)
    cash = Posting("cash", Paise(30 * amount))
    return [Voucher("receipt", "2023-05-05", (cash, *saved), narration=f"{key} {n}") for n in range(FILE)]


def send_file(office: Office, key: str, _place: int) -> Done:
    return vouchers.post_vouchers(office, key, "SHG1", file_of(key))


def make_books(path: Path) -> None:
    office = new_office(path)
    entities.add(office, "", "SHG1", "Savitri", "shg", starts="2023-04-01")
    members.import_(office, "", "SHG1", [Member(number, f"M{number}") for number in MEMBERS], "")
    send_file(office, FIRST, 1)
    office.close()


FILES = Acts(make_books, send_file, (*CHAIN_AND_SUMS, *HALF_A_FILE), FILE)


def half_in(connection: sqlite3.Connection, questions: tuple[str, ...]) -> int:
    """How much there is in the books of what there must not be."""
    return sum(int(connection.execute(question).fetchone()[0]) for question in questions)


class Warm:
    """Statements that were compiled before the fork: a child would spend its life compiling, not writing."""

    def __init__(self, acts: Acts, folder: Path) -> None:
        path = folder / "warm.books"
        acts.make(path)
        office = open_office(path)
        for place in (2, 3, 3):
            acts.send(office, f"warm-{place}", place)
        engine = office.books._writer
        self._dialect, self._compiled = engine.dialect, engine._compiled_cache
        office.close()

    def office(self, path: Path) -> Office:
        office = open_office(path)
        office.books._writer.dialect = self._dialect
        office.books._writer._compiled_cache = self._compiled
        return office


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


def poster(acts: Acts, warm: Warm, path: Path, turn: str, place: int) -> Callable[[int], None]:
    """Send acts without end from a place on, each with its key; what was answered goes with the acknowledgement."""

    def post(pipe: int) -> None:
        office = warm.office(path)
        event.listen(office.books._writer, "commit", lambda _: os.write(pipe, b"c commits\n"))
        os.write(pipe, b"o opened\n")
        number = place
        while True:
            key = f"{turn}-{number}"
            os.write(pipe, f"b {key}\n".encode())
            answer = acts.send(office, key, number).result
            os.write(pipe, f"a {key} {json.dumps(answer)}\n".encode())
            number += 1

    return post


def looker(acts: Acts, warm: Warm, path: Path, retry: str, answered: str) -> Callable[[int], None]:
    """Look at the books as the kill left them; then send the act that was not acknowledged once more, twice.

    The last act that was acknowledged ("key answer") is sent again too: it must get the answer that it had.
    """

    def again(office: Office, key: str) -> object:
        return acts.send(office, key, int(key.rpartition("-")[2])).result

    def look(pipe: int) -> None:
        with closing(sqlite3.connect(path)) as connection:
            keys = [row[0] for row in connection.execute("SELECT DISTINCT key FROM voucher")]
            found = connection.execute("SELECT count(*) FROM voucher WHERE key = ?", (retry,)).fetchone()[0]
            half = half_in(connection, acts.half)
        there = retry in keys
        office = warm.office(path)
        if answered:
            key, _, answer = answered.partition(" ")
            os.write(pipe, f"{'r' if again(office, key) == json.loads(answer) else 'w'} {key}\n".encode())
        if retry:
            wrong = again(office, retry) != again(office, retry) or found not in (0, acts.vouchers)
            os.write(pipe, f"{'w' if wrong else 'r'} {retry}\n".encode())
        office.close()
        with closing(sqlite3.connect(path)) as connection:
            half += half_in(connection, acts.half)
            count = connection.execute("SELECT count(*) FROM voucher WHERE key = ?", (retry,)).fetchone()[0]
        half += bool(retry) and count != acts.vouchers  # sent again, it is there once
        os.write(pipe, f"h {half}\n".encode())
        os.write(pipe, f"{'i' if there else 'n'} {retry}\n".encode())
        for key in keys:
            os.write(pipe, f"k {key}\n".encode())

    return look


def kill_once(  # what a kill is
    acts: Acts, warm: Warm, path: Path, turn: str, known: set[str], chance: random.Random, found: Counter[str]
) -> None:
    """One child posts and is killed, another looks; `known` are the keys that must be there."""
    child, reading = in_child(poster(acts, warm, path, turn, len(known) + 1))
    since = chance.choice(("", "o", "a", "a", "c", "c"))
    said = heard(reading, until=since) if since else []
    time.sleep(chance.uniform(*AIMS[since]))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said += heard(reading)
    begun = [key for mark, key in said if mark == "b"]
    answers = [answer for mark, answer in said if mark == "a"]
    done = [answer.partition(" ")[0] for answer in answers]
    found["faults"] += _faults(said)
    found["acknowledged"] += len(done)
    found["killed before the first act"] += not begun
    open_end = begun[-1] if begun and begun[-1] not in done else ""
    child, reading = in_child(looker(acts, warm, path, open_end, answers[-1] if answers else ""))
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


def campaign(acts: Acts, kills: int, seed: int, folder: Path) -> Counter[str]:
    """Kill so many times; new books every so often, in which `verify` must find nothing."""
    chance, found, warm = random.Random(seed), Counter[str](), Warm(acts, folder)
    gc.freeze()
    for start in range(0, kills, acts.kills_in_one_book):
        path, known = folder / f"{start}.books", {FIRST}
        acts.make(path)
        for number in range(start, min(start + acts.kills_in_one_book, kills)):
            kill_once(acts, warm, path, str(number), known, chance, found)
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


def run(acts: Acts, kills: int, seed: int) -> None:
    """Run a campaign in the system's memory, and print what was found."""
    folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    try:
        print(json.dumps(campaign(acts, kills, seed, folder)))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    run(FILES, int(sys.argv[1]), int(sys.argv[2]))
