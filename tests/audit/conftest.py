"""Sound books with everything in them that can be broken, and copies to break behind the program's back."""

import datetime as dt
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from bookkeeper.books.members import Member
from bookkeeper.commands import entities, members, vouchers, years
from bookkeeper.commands.act import Office
from bookkeeper.rules.money import Paise
from bookkeeper.rules.voucher import Attachment, Instrument, Posting, Voucher
from bookkeeper.store.engine import create_books
from tests.audit import group_with_meetings

BOOKS_ID = "00000000-0000-4000-8000-000000000011"
INDIA = dt.timezone(dt.timedelta(hours=5, minutes=30))
SLIP = Instrument("slip", "000123", "2022-04-06")
PAPER = Attachment("ab" * 32, "पावती.jpg")

Line = tuple[str, int] | tuple[str, int, str]


def voucher(kind: str, date: str, *lines: Line, narration: str = "", papers: tuple[Attachment, ...] = ()) -> Voucher:
    """Amounts in rupees; a line on bank carries a slip."""
    postings = tuple(
        Posting(
            line[0],
            Paise(line[1] * 100),
            line[2] if len(line) == 3 else None,
            instrument=SLIP if line[0] == "bank" else None,
        )
        for line in lines
    )
    return Voucher(kind, date, postings, narration, party="मंडळ", attachments=papers)


def savings(date: str, *numbers: str) -> Voucher:
    each: list[Line] = [("member-savings", -50, number) for number in numbers]
    return voucher("receipt", date, ("cash", 50 * len(numbers)), *each, narration="बचत")


def office_at(path: Path) -> Office:
    """New books whose identity and clock are always the same."""
    ticks = count()

    def clock() -> dt.datetime:
        start = dt.datetime(2024, 6, 30, 10, 0, tzinfo=INDIA)
        return start + dt.timedelta(minutes=next(ticks))

    return Office(create_books(path, BOOKS_ID, "2024-06-30T04:30:00Z"), pc="counter", clock=clock)


FIRST_YEAR: Sequence[Voucher] = (
    voucher("opening", "2022-03-31", ("cash", 1500), ("member-savings", -500, "1"), ("surplus", -1000)),
    voucher(
        "receipt", "2022-04-05", ("cash", 250), *[("member-savings", -50, str(n)) for n in range(1, 6)],
        narration="April savings", papers=(PAPER,),
    ),
    voucher("payment", "2022-04-05", ("member-loans", 200, "1"), ("cash", -200)),
    voucher("contra", "2022-04-06", ("bank", 100), ("cash", -100)),
    voucher("receipt", "2022-05-05", ("cash", 104), ("member-loans", -100, "1"), ("interest-on-member-loans", -4, "1")),
    voucher("payment", "2022-05-06", ("member-savings", 20, "2"), ("cash", -20)),
    voucher("journal", "2022-05-07", ("suspense", 10), ("other-income", -10)),
    voucher("receipt", "2022-06-01", ("cash", 5), ("fines", -5, "3")),
)  # fmt: skip

SECOND_YEAR: Sequence[Voucher] = (
    savings("2023-05-05", "1", "2", "3", "4", "5"),
    voucher("payment", "2023-05-05", ("member-loans", 300, "3"), ("cash", -300)),
    voucher("payment", "2023-05-06", ("stationery", 30), ("bank", -30)),
    *(savings(f"2023-{month:02d}-05", "1", "2", "3", "4") for month in range(6, 13)),
    *(savings(f"2024-{month:02d}-05", "1", "2", "3", "4") for month in range(1, 7)),
)


def fill(office: Office) -> None:
    """Two entities with every kind of row, made by acts alone; each act's key is a running number."""
    keys = (f"key-{n:03d}" for n in count(1))

    def key() -> str:
        return next(keys)

    entities.add(office, key(), "SHG1", "Savitri", "shg", starts="2022-04-01")
    women = [Member(str(n), f"Member {n}", name_local="सभासद", joined="2022-04-01") for n in range(1, 5)]
    gone = Member("5", "Member 5", joined="2022-04-01", left="2023-12-31")
    members.import_(office, key(), "SHG1", [*women, gone], "cd" * 32)
    vouchers.post_vouchers(office, key(), "SHG1", FIRST_YEAR, file_digest="ef" * 32)
    vouchers.reverse_voucher(office, key(), "SHG1", "J1/2022-23", "2022-05-08", "wrong head")
    vouchers.reverse_voucher(office, key(), "SHG1", "R3/2022-23", "2022-06-02", "forgiven")
    travel = voucher("payment", "2022-07-01", ("travel", 5000), ("cash", -5000))
    vouchers.post_vouchers(office, key(), "SHG1", [travel], below_zero="the treasurer advanced it")
    grant = voucher("receipt", "2022-07-10", ("cash", 6000), ("grants", -6000))
    vouchers.post_vouchers(office, key(), "SHG1", [grant])
    years.close(office, key(), "SHG1", 2022)
    vouchers.post_vouchers(office, key(), "SHG1", [savings("2023-04-05", "1", "2", "3", "4", "5")])
    years.lock(office, key(), "SHG1", "2023-04-30")
    vouchers.post_vouchers(office, key(), "SHG1", SECOND_YEAR)
    entities.add(office, key(), "SOC1", "Krishna", "society", parent="", starts="2023-04-01")
    members.add(office, key(), "SOC1", Member("1", "Farmer"))
    for day in range(1, 21):
        sale = voucher("sale", f"2023-06-{day:02d}", ("suspense", day), ("other-income", -day))
        vouchers.post_vouchers(office, key(), "SOC1", [sale])
    group_with_meetings.hold(office, key)


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "sound.books"
    office = office_at(path)
    fill(office)
    office.close()
    return path


@pytest.fixture
def copy(sound: Path, tmp_path: Path) -> Path:
    path = tmp_path / "copy.books"
    with closing(sqlite3.connect(sound)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
    return path


Breaking = Callable[..., None]


@pytest.fixture
def breaking() -> Breaking:
    """Break a copy: triggers are dropped, SQL is run with no checks, and the triggers are put back as they were.

    In the SQL `{R1}` stands for the link's sequence of voucher R1/2022-23 of SHG1.
    """

    def run(path: Path, *statements: str, loosely: bool = False, guarded: bool = True) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as books:
            triggers = books.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            names = books.execute("SELECT series || number, sequence FROM voucher WHERE entity = 1 AND year = 2022")
            sequences: dict[str, int] = dict(names.fetchall())
            declared = books.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
            for name, _ in triggers:
                books.execute(f"DROP TRIGGER {name}")
            if loosely:
                books.execute("PRAGMA writable_schema=ON")
                books.execute("UPDATE sqlite_master SET sql = replace(sql, 'ROWID,' || char(10) || ' STRICT', 'ROWID')")
        with closing(sqlite3.connect(path, isolation_level=None)) as books:
            books.execute("PRAGMA ignore_check_constraints=ON")
            for statement in statements:
                books.execute(statement.format(**sequences))
            for _, sql in triggers if guarded else ():
                books.execute(sql)
            if loosely:
                books.execute("PRAGMA writable_schema=ON")
                for name, sql in declared:
                    books.execute("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (sql, name))

    return run
