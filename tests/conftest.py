"""What holds for every test: nobody opens the books' path but SQLite, and Hypothesis has time."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from hypothesis import settings

# A slow machine is no counterexample; CI repeats the same examples, so that a red run can be looked into.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

# When a process closes a file that it has opened beside SQLite, the locks that SQLite holds on it are gone (POSIX), and
# two writers may then break the books. SQLite opens files in C, which this hook does not see: that is intended.
BOOKS = (".books", ".books-wal", ".books-shm", ".books-journal")

_breaking_in = 0
_opened: list[str] = []


class OpenedBehindSQLite(AssertionError):
    """Python itself has opened the path of books."""


@contextmanager
def breaking_in() -> Iterator[None]:
    """Let a test open a *copy* of books, to break it on purpose or to compare its bytes."""
    global _breaking_in  # noqa: PLW0603 - an audit hook cannot be given anything, nor be taken away
    _breaking_in += 1
    try:
        yield
    finally:
        _breaking_in -= 1


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event != "open" or _breaking_in:
        return
    path = arguments[0]
    if isinstance(path, bytes | str | os.PathLike) and os.fsdecode(path).endswith(BOOKS):
        _opened.append(os.fsdecode(path))
        message = f"{_opened[-1]} was opened by Python: only SQLite may; a test that breaks a copy says breaking_in()"
        raise OpenedBehindSQLite(message)


sys.addaudithook(_watch)


@pytest.fixture(scope="session", name="breaking_in")
def breaking_in_fixture() -> Callable[[], AbstractContextManager[None]]:
    return breaking_in


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish() -> None:
    """Let pytest clear its folders away: it opens those that a test has called by the name of books."""
    global _breaking_in  # noqa: PLW0603 - as above
    _breaking_in += 1


@pytest.fixture(autouse=True)
def only_sqlite_opens_books() -> Iterator[None]:
    """Fail the test even where the program caught the exception and made a message of it."""
    yield
    opened = sorted(set(_opened))
    _opened.clear()
    assert not opened, f"opened by Python, which only SQLite may: {', '.join(opened)}"
