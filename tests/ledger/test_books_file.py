"""The file the books lie in: how it is opened, and every way in which it may not be (reliability 1 and 2)."""

from __future__ import annotations

import os
import re
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from bookkeeper.commands import entities
from bookkeeper.commands.act import new_office, open_office
from bookkeeper.commands.audit import verify
from bookkeeper.errors import BookError, Damaged, Locked, Refused
from bookkeeper.store import engine, place
from bookkeeper.store.schema import APPLICATION_ID, SCHEMA_VERSION
from tests.scenarios.clerk import Clerk, contents, payment, receipt

ROOT = Path(__file__).parents[2]

BreakingIn = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def path(clerk: Clerk) -> Path:
    """Closed books with one voucher."""
    clerk.posts(receipt("2023-05-05", "fines", "100"))
    clerk.office.close()
    return clerk.path


def execute(path: Path, *statements: str) -> None:
    """Change a file as a foreign program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@contextmanager
def untouched(path: Path, breaking_in: BreakingIn) -> Iterator[None]:
    """What is done inside leaves the file's bytes, and leaves nothing beside it."""
    with breaking_in():
        before, beside = path.read_bytes(), sorted(path.parent.iterdir())
        yield
        assert path.read_bytes() == before
        assert sorted(path.parent.iterdir()) == beside


# ---------------------------------------------------------------------------------------------------- as opened


def test_the_writing_connection_is_as_safe_as_it_was_measured_to_be(clerk: Clerk) -> None:
    wanted = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1, "trusted_schema": 0,
        "cell_size_check": 1, "secure_delete": 1, "query_only": 0, "application_id": APPLICATION_ID,
        "user_version": SCHEMA_VERSION,
    }  # fmt: skip
    with clerk.office.books.writing() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    assert found == wanted


def test_the_reading_connection_cannot_write(clerk: Clerk) -> None:
    with pytest.raises(Refused, match="write-protected"), clerk.office.books.reading() as connection:
        connection.exec_driver_sql("INSERT INTO setting VALUES (1, 'a', 'b')")
    with clerk.office.books.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("query_only", "foreign_keys", "trusted_schema")
        }
    assert found == {"query_only": 1, "foreign_keys": 1, "trusted_schema": 0}


def test_a_reader_sees_one_state_while_another_writes(clerk: Clerk) -> None:
    other = open_office(clerk.path)
    with other.books.reading() as connection:
        count = "SELECT count(*) FROM voucher"
        before = connection.exec_driver_sql(count).scalar()
        clerk.posts(receipt("2023-05-05", "fines", "100"))
        assert connection.exec_driver_sql(count).scalar() == before == 0
    with other.books.reading() as connection:
        assert connection.exec_driver_sql(count).scalar() == 1
    other.close()


def test_every_table_is_strict(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
    loose = {name for name, strict in tables if not strict and not name.startswith("sqlite_")}
    assert loose == {"alembic_version"}


def test_books_without_wal_are_written_with_extra_care(path: Path) -> None:
    execute(path, "PRAGMA journal_mode=DELETE")
    uri = f"{path.as_uri()}?vfs=unix-dotfile"  # locks by files, and so cannot share the memory that WAL wants
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        engine._durable(connection)
        found = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    assert found == ["delete", 3]


def test_books_that_keep_no_journal_on_the_disk_are_refused() -> None:
    with (
        closing(sqlite3.connect(":memory:", isolation_level=None)) as connection,
        pytest.raises(Refused, match="does not let the books be written safely"),
    ):
        engine._durable(connection)


# ------------------------------------------------------------------------------------------------------ new books


def test_new_books_never_overwrite(path: Path, breaking_in: BreakingIn) -> None:
    with untouched(path, breaking_in), pytest.raises(Refused, match="is there already and was left as it is"):
        new_office(path)


def test_new_books_overwrite_no_other_file_and_no_remains_of_books(tmp_path: Path, breaking_in: BreakingIn) -> None:
    for name in ("letter.txt", "gone.books-wal", "gone.books-journal"):
        with breaking_in():
            (tmp_path / name).write_text("kept")
    for name in ("letter.txt", "gone.books"):
        with pytest.raises(Refused, match="is there already and was left as it is"):
            new_office(tmp_path / name)
    assert (tmp_path / "letter.txt").read_text() == "kept"
    assert not (tmp_path / "gone.books").exists()


def test_new_books_that_another_makes_at_the_same_moment_are_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "theirs"
    theirs.write_text("theirs")
    reserve = engine._reserve

    def late(path: Path) -> None:
        os.link(theirs, path)
        reserve(path)

    monkeypatch.setattr(engine, "_reserve", late)
    with pytest.raises(Refused, match="is there already"):
        new_office(tmp_path / "g.books")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["g.books", "theirs"]
    assert (tmp_path / "g.books").samefile(theirs)


def test_new_books_are_made_where_a_file_cannot_have_two_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    office = new_office(tmp_path / "g.books")
    entities.add(office, "", "SHG1", "Savitri", "shg")
    office.close()
    assert [p.name for p in tmp_path.iterdir()] == ["g.books"]


def test_new_books_that_fail_leave_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(unfinished: Path, *_: str) -> None:
        unfinished.write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(engine, "_lay_out", fails)
    with pytest.raises(Refused, match="The disk is full"):
        new_office(tmp_path / "g.books")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("attempt", [open_office, new_office])
@pytest.mark.parametrize("length", [250, 300])
def test_a_name_that_is_too_long_is_refused_in_words(
    tmp_path: Path, attempt: Callable[[Path], object], length: int
) -> None:
    with pytest.raises(Refused, match="cannot be used: File name too long"):
        attempt(tmp_path / ("n" * length))
    assert list(tmp_path.iterdir()) == []


def test_what_sqlite_says_is_told_by_its_number_and_a_guard_s_words_are_kept(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        with pytest.raises(sqlite3.Error) as caught:
            connection.execute("DELETE FROM voucher")
        words = "the books are locked up to this date"
        connection.execute(f"CREATE TEMP TRIGGER t BEFORE INSERT ON setting BEGIN SELECT RAISE(ABORT, '{words}'); END")
        with pytest.raises(sqlite3.Error) as locked:
            connection.execute("INSERT INTO setting VALUES (1, 'a', 'b')")
        connection.execute("ROLLBACK")
    for error in (caught.value, locked.value):
        told = engine.in_words(error, "g.books")
        assert (type(told), str(told)) == (Refused, str(error))
    assert str(engine.in_words(locked.value, "g.books")) == words
    assert isinstance(engine.in_words(sqlite3.OperationalError("database is locked"), "g.books"), Locked)
    assert isinstance(engine.in_words(sqlite3.OperationalError("no such table: voucher"), "g.books"), Damaged)


def test_new_books_in_a_folder_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"The folder .* is not there. Make it first"):
        new_office(tmp_path / "nowhere" / "g.books")


def test_new_books_leave_nothing_else_behind(tmp_path: Path) -> None:
    new_office(tmp_path / "g.books").close()
    assert [p.name for p in tmp_path.iterdir()] == ["g.books"]


# --------------------------------------------------------------------------------------------- what is not opened


def test_books_that_are_not_there_are_not_made_by_opening(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"is not there. Make new books with: bookkeeper new g.books"):
        open_office(tmp_path / "g.books")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_books_file(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is a folder, not a books file"):
        open_office(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"x", b"voucher,date,kind\n" * 200, bytes(range(256)) * 64, b"SQLite format 3\0"]
)
def test_a_file_that_is_no_books_is_refused_and_left(tmp_path: Path, content: bytes, breaking_in: BreakingIn) -> None:
    path = tmp_path / "a.books"
    with breaking_in():
        path.write_bytes(content)
    with (
        untouched(path, breaking_in),
        pytest.raises(Refused, match=r"a.books is not (a books file|books of this program)"),
    ):
        open_office(path)


def test_another_program_s_database_is_refused_and_left(tmp_path: Path, breaking_in: BreakingIn) -> None:
    path = tmp_path / "a.books"
    execute(path, "CREATE TABLE voucher (a)", "PRAGMA user_version=1", "PRAGMA application_id=77")
    with untouched(path, breaking_in), pytest.raises(Refused, match=r"not books of this program. It was left as it is"):
        open_office(path)


def test_books_of_a_newer_version_are_refused_and_left(path: Path, breaking_in: BreakingIn) -> None:
    execute(path, f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    with (
        untouched(path, breaking_in),
        pytest.raises(Refused, match=r"made by a newer version of Bookkeeper.*nothing was"),
    ):
        open_office(path)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "CREATE TRIGGER spy AFTER INSERT ON voucher BEGIN DELETE FROM sum_month; END",
            "trigger spy is not this program's",
        ),
        ("CREATE VIEW v AS SELECT 1", "view v is not this program's"),
        ("CREATE TABLE mine (a)", "table mine is not this program's"),
        ("CREATE INDEX mine ON voucher (narration)", "index mine is not this program's"),
        ("DROP TRIGGER voucher_kept", "trigger voucher_kept is missing"),
        ("DROP INDEX posting_by_account", "index posting_by_account is missing"),
        ("ALTER TABLE member ADD COLUMN secret TEXT", "table member was changed"),
    ],
)
def test_a_schema_that_is_not_the_program_s_own_is_named_and_left(
    path: Path, breaking_in: BreakingIn, statement: str, words: str
) -> None:
    execute(path, statement)
    with untouched(path, breaking_in), pytest.raises(Damaged, match=words):
        open_office(path)


@pytest.mark.parametrize("share", ["cifs", "smb3", "nfs", "nfs4", "9p", "fuse.sshfs", "fuse.rclone"])
def test_books_on_a_network_share_are_neither_made_nor_opened(
    path: Path, monkeypatch: pytest.MonkeyPatch, share: str
) -> None:
    mounts = ["/dev/sda1 / ext4 rw 0 0", f"//server/office {path.parent} {share} rw 0 0"]
    monkeypatch.setattr(place, "_mounts", lambda: mounts)
    for attempt, at in ((open_office, path), (new_office, path.with_name("new.books"))):
        with pytest.raises(Refused, match=rf"lies on a network share \({re.escape(share)}\)"):
            attempt(at)
    assert not path.with_name("new.books").exists()


def test_a_share_is_known_by_the_longest_mount_and_through_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, beside = tmp_path / "my office", tmp_path / "my office 2"
    inside.mkdir()
    beside.mkdir()
    (tmp_path / "link").symlink_to(inside)
    mounts = [
        f"//s/o {tmp_path}/my\\040office cifs rw 0 0",
        f"/dev/sda1 {tmp_path} ext4 rw 0 0",
        "none / overlay rw 0 0",
    ]
    monkeypatch.setattr(place, "_mounts", lambda: mounts)
    new_office(beside / "g.books").close()
    for folder in (inside, tmp_path / "link"):
        with pytest.raises(Refused, match="network share"):
            new_office(folder / "g.books")


# ------------------------------------------------------------------------------------------------- write-protected


def protect(*paths: Path) -> None:
    for path in paths:
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))


@pytest.mark.parametrize("folder_too", [False, True])
def test_write_protected_books_are_read_and_not_written(
    path: Path, breaking_in: BreakingIn, *, folder_too: bool
) -> None:
    protect(*[path, path.parent] if folder_too else [path])
    try:
        with breaking_in():
            before = path.read_bytes()
        office = open_office(path)
        assert [e.code for e in entities.listed(office)] == ["SHG1"]
        with pytest.raises(Refused, match=r"group.books can only be read here: .* write-protected"):
            entities.add(office, "", "SHG2", "Sita", "shg")
        office.close()
        with breaking_in():
            assert path.read_bytes() == before
    finally:
        path.parent.chmod(0o755)


def as_nobody(work: Callable[[], str]) -> str:
    """What the work says when it is done by a user who owns nothing here."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.setgid(65534)
            os.setuid(65534)
            said = work()
        except BaseException as error:  # noqa: BLE001 - it must reach the parent
            said = f"{type(error).__name__}: {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        return pipe.read()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("file_too", [False, True])
def test_books_in_a_folder_where_one_may_not_write_are_told_so_in_words(path: Path, *, file_too: bool) -> None:
    folder = Path("/tmp") / f"ro-{os.getpid()}-{file_too}"  # noqa: S108 - pytest's own folder is closed to others
    folder.mkdir()
    try:
        moved = folder / "group.books"
        execute(path, f"VACUUM INTO '{moved}'")
        execute(
            moved,
            f"PRAGMA application_id={APPLICATION_ID}",
            f"PRAGMA user_version={SCHEMA_VERSION}",
            "PRAGMA journal_mode=WAL",
        )
        moved.chmod(0o444 if file_too else 0o666)
        folder.chmod(0o555)

        def work() -> str:
            office = open_office(moved)
            entities.add(office, "", "SHG2", "Sita", "shg")
            return "done"

        said = as_nobody(work)
        assert said.startswith("Refused: group.books")
        assert re.search("write-protected|cannot be opened", said)
        assert [e.code for e in entities.listed(open_office(moved))] == ["SHG1"]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


# --------------------------------------------------------------------------------------------------- locked elsewhere

HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in sys.argv[2:]:
    connection.execute(statement)
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(path: Path, *statements: str) -> Iterator[None]:
    """Another process holds the books until the block ends."""
    command = [sys.executable, "-c", HOLDER, str(path), *statements]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield
        finally:
            holder.communicate("")


def test_a_lock_held_elsewhere_is_waited_for_less_than_ten_seconds() -> None:
    assert 1 <= engine.BUSY_SECONDS < 10


@pytest.mark.parametrize(
    "statements",
    [("BEGIN IMMEDIATE",), ("BEGIN EXCLUSIVE",), ("PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE")],
)
def test_books_that_another_process_writes_are_locked_and_nothing_is_entered(
    path: Path, monkeypatch: pytest.MonkeyPatch, statements: tuple[str, ...]
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)

    def post() -> None:
        office = open_office(path)
        try:
            entities.add(office, "", "SHG2", "Sita", "shg")
        finally:
            office.close()

    with held(path, *statements), pytest.raises(Locked, match=r"group.books is being written by another program. Wait"):
        post()
    post()


@pytest.mark.slow
def test_the_command_line_says_in_words_and_within_ten_seconds_that_the_books_are_locked(path: Path) -> None:
    command = [sys.executable, "-m", "bookkeeper", "--books", str(path), "lock", "SHG1", "--until", "2023-05-31"]
    with held(path, "BEGIN IMMEDIATE"):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 1
    assert "is being written by another program" in done.stderr
    assert "Traceback" not in done.stderr


def test_readers_are_not_kept_out_by_a_writer(path: Path) -> None:
    with held(path, "BEGIN IMMEDIATE"):
        office = open_office(path)
        assert [e.code for e in entities.listed(office)] == ["SHG1"]
        office.close()


# ------------------------------------------------------------------------------------------ the disk and the wal


def until_refused(path: Path) -> tuple[int, str]:
    """Post until the disk takes no more; returns how many acts were acknowledged, and the words of the refusal."""
    office, done = open_office(path), 0
    file = [receipt("2023-05-05", "fines", "1", narration="n" * 500)] * 20
    from bookkeeper.commands.vouchers import post_vouchers  # noqa: PLC0415 - the child's own

    try:
        for number in range(2000):
            post_vouchers(office, f"full-{number}", "SHG1", file)
            done += 1
    except BookError as refusal:
        return done, f"{type(refusal).__name__}: {refusal}"
    return done, "never refused"


LIMITED = textwrap.dedent("""
    import resource, sys
    from pathlib import Path
    from tests.ledger.test_books_file import until_refused
    if int(sys.argv[2]):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
    print(*until_refused(Path(sys.argv[1])))
""")


def fill(path: Path, limit: int) -> tuple[int, str]:
    command = [sys.executable, "-c", LIMITED, str(path), str(limit)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    count, words = done.stdout.split(" ", 1)
    return int(count), words.strip()


def assert_whole_and_usable(path: Path, acts: int) -> None:
    """What was acknowledged is there, twenty vouchers an act; nothing else; and the books go on."""
    office = open_office(path)
    keys = {row[10] for row in contents(office)["log"] if str(row[10]).startswith("full-")}
    assert keys == {f"full-{number}" for number in range(acts)}
    assert len(contents(office)["voucher"]) == 1 + 20 * acts
    entities.add(office, "", "SHG2", "Sita", "shg")
    office.close()
    assert not list(verify(path).findings)


def test_a_file_that_may_not_grow_refuses_in_words_and_keeps_what_was_acknowledged(path: Path) -> None:
    acts, words = fill(path, path.stat().st_size + 300_000)
    assert words.startswith("Refused: The disk is full or cannot be written, so nothing was entered in group.books")
    assert acts > 0
    assert_whole_and_usable(path, acts)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_refuses_in_words_and_keeps_what_was_acknowledged(path: Path, small_disk: Path) -> None:
    moved = small_disk / "group.books"
    shutil.move(path, moved) if path.stat().st_dev == small_disk.stat().st_dev else execute(
        path, f"VACUUM INTO '{moved}'"
    )
    execute(moved, f"PRAGMA application_id={APPLICATION_ID}", f"PRAGMA user_version={SCHEMA_VERSION}")
    acts, words = fill(moved, 0)
    assert words.startswith("Refused: The disk is full or cannot be written, so nothing was entered in group.books")
    assert acts > 0
    office = open_office(moved)
    assert len(contents(office)["voucher"]) == 1 + 20 * acts
    office.close()
    assert not list(verify(moved).findings)


def test_new_books_that_find_no_room_leave_nothing_behind(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import resource, sys
        from pathlib import Path
        from bookkeeper.commands.act import new_office
        from bookkeeper.errors import Refused
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        try:
            new_office(Path(sys.argv[1]))
        except Refused as refusal:
            print(refusal)
    """)
    command = [sys.executable, "-c", script, str(tmp_path / "g.books")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("The disk is full or cannot be written"), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_this_process_has_no_limit_of_its_own() -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_a_working_file_that_was_exchanged_stops_the_next_act(clerk: Clerk, tmp_path: Path) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "100"))
    wal = Path(f"{clerk.path}-wal")
    wal.rename(tmp_path / "away")
    shutil.copyfile(tmp_path / "away", tmp_path / "another")
    (tmp_path / "another").rename(wal)
    with pytest.raises(Damaged, match=r"Another program has removed the books' working file.*run verify"):
        clerk.posts(receipt("2023-05-05", "fines", "100"))


def test_a_working_file_that_was_removed_stops_the_next_act(clerk: Clerk, tmp_path: Path) -> None:
    # What happens when a process beside ours drops SQLite's locks: the -wal is unlinked and our commits would be gone.
    clerk.posts(receipt("2023-05-05", "fines", "100"))
    Path(f"{clerk.path}-wal").rename(tmp_path / "away")
    with pytest.raises(Damaged, match=r"Another program has removed the books' working file.*run verify"):
        clerk.posts(payment("2023-05-05", "rent", "100"))


def test_books_go_on_after_they_were_closed_in_between(clerk: Clerk) -> None:
    clerk.posts(receipt("2023-05-05", "fines", "100"))
    clerk.office.close()
    assert not Path(f"{clerk.path}-wal").exists()
    clerk.posts(receipt("2023-05-05", "fines", "100"))
    other = open_office(clerk.path)
    entities.set_(other, "", "SHG1", "place", "Wardha")
    other.close()
    assert clerk.posts(receipt("2023-05-05", "fines", "100")) == ["R3/2023-24"]
