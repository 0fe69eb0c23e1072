"""The real window, offscreen, on real books."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from benchmarks.window import PATIENCE, settle, turn, until
from bookkeeper.commands.books import PRACTICE, new_books
from bookkeeper.desktop import app
from bookkeeper.desktop.shell import Shell


@pytest.fixture(scope="session")
def _practice_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "practice.books"
    new_books(path, PRACTICE).close()
    return path


@pytest.fixture
def practice(_practice_made: Path, tmp_path: Path, breaking_in: Callable[[], AbstractContextManager[None]]) -> Path:
    """Practice books, fresh."""
    path = tmp_path / "practice.books"
    with breaking_in():
        shutil.copyfile(_practice_made, path)
    return path


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the user's own settings and drafts is read or written."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def _no_fault(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What goes wrong in a slot is a fault, though Qt goes on."""
    faults: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _where: faults.append(error))
    yield
    gc.enable()  # a window looks for garbage itself, and its thread has ended
    if faults:
        raise faults[0]


@pytest.fixture(scope="session")
def application() -> QApplication:
    return app.application()


@pytest.fixture
def kept(tmp_path: Path) -> QSettings:
    """What a window remembers, in a file of the test's own."""
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@contextmanager
def held_up(shell: Shell) -> Iterator[None]:
    """The books' thread does nothing until the end of this: keys come between what is asked and its answer."""
    held = threading.Event()
    shell.desk.work(shell, "Reading the books", lambda _work: held.wait(PATIENCE), lambda _: None, kept_on=True)
    try:
        yield
    finally:
        held.set()
    settle(shell)


@contextmanager
def a_window(books: Path, kept: QSettings) -> Iterator[Shell]:
    """A window with these books, its first page shown; gone afterwards."""
    made = app.window(books, kept)
    made.resize(1366, 697)
    until(lambda: made.page is not None, "the first page")
    settle(made)
    yield made
    made.close()
    turn()
    made.desk.close()
    made.deleteLater()
    turn()


@pytest.fixture
def shell(application: QApplication, practice: Path, kept: QSettings) -> Iterator[Shell]:
    """The window with practice books open, and the cursor in it."""
    assert application is not None
    with a_window(practice, kept) as made:
        made.activateWindow()  # offscreen, nobody else does
        until(made.isActiveWindow, "the cursor")
        yield made
