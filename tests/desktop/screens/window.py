"""A real window on practice books in a folder of its own, for pictures and measuring: driven by keys, still in time."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import shutil
import sqlite3
import sys
import time
import types
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEvent, QEventLoop, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bookkeeper.commands import act, entities, years
from bookkeeper.commands.act import Office, open_office
from bookkeeper.commands.books import PRACTICE, new_books
from bookkeeper.desktop import app, draft_keeper
from bookkeeper.desktop.key_sheet import KeySheet
from bookkeeper.desktop.palette import Palette
from bookkeeper.desktop.shell import Shell
from bookkeeper.desktop.widgets import date_field

NOW: Final = dt.datetime(2025, 4, 5, 11, 42, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30)))
PATIENCE: Final = 30.0
BOOKS: Final = ("practice", "closed", "looked-at", "empty")
"""The books of the states, in the order in which they are gone through."""

VISITOR: Final = "Sunita More"
"""Who may only look at the books of that name."""

_PAUSES: Final = 500
"""Milliseconds up to which a timer is a pause after which something is laid out anew, read or kept."""

CTRL, SHIFT, ALT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)


def make_books(folder: Path, names: set[str]) -> None:
    """Books of these names: practice, practice with its years closed or for somebody to look at, an empty group."""
    if names & {"practice", "looked-at", "closed"}:
        new_books(folder / "practice.books", PRACTICE).close()
    if "closed" in names:
        closed = open_office(Path(shutil.copyfile(folder / "practice.books", folder / "closed.books")))
        for year in (2023, 2024):
            years.close(closed, "", "SAV", year)
        closed.close()
    if "looked-at" in names:
        shutil.copyfile(folder / "practice.books", folder / "looked-at.books")
        with sqlite3.connect(folder / "looked-at.books") as books:  # no act adds users yet
            books.execute("INSERT INTO user VALUES (2, ?, 'look', '')", (VISITOR,))
        books.close()
    if "empty" in names:
        empty = new_books(folder / "empty.books")
        entities.add(empty, "", "SHG2", "Asmita Self-Help Group", "shg", starts="2025-04-01", language="mr")
        empty.close()


class Window:
    """The window of one test or picture, and the hands before it."""

    def __init__(self, folder: Path, made: Path) -> None:
        self.folder, self._made = folder, made
        self.books, self._opened = "", 0
        self.is_held = self.is_typed_in = False
        os.environ["XDG_CONFIG_HOME"], os.environ["XDG_DATA_HOME"] = str(folder / "config"), str(folder / "data")
        self.application = app.application()
        self.kept = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.kept.setValue("place", "registers")
        self.shell: Shell = app.window(None, self.kept)
        self.shell.desk.loaded.disconnect(self.shell.start_making_ahead)  # no page that no state asks for
        self.settle()

    def open_books(self, name: str) -> None:
        """Open fresh books of a name; "": the window as it stands without any."""
        self._opened += 1
        self.is_typed_in = False
        os.environ["XDG_DATA_HOME"] = str(self.folder / f"data-{self._opened}")  # no draft of another state
        self.books = name
        if name:
            path = self.folder / f"{name}.books"
            shutil.copyfile(self._made / f"{name}.books", path)
            self.shell.desk.open_books(path, user=VISITOR if name == "looked-at" else "owner")
            self.settle()

    def settle(self, milliseconds: int = 0) -> None:
        """Wait until the books' thread is idle, no pause is running, and all is shown.

        While something holds the thread up, no longer than asked.
        """
        if self.is_held:
            self.turn(milliseconds or 40)
            return
        begun = time.monotonic()
        quiet = 0
        while quiet < 3 or time.monotonic() - begun < milliseconds / 1000:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            quiet = quiet + 1 if self.shell.desk.runner.is_idle and not self._pauses() else 0
            assert time.monotonic() - begun < PATIENCE, "the window is not ready"
            time.sleep(0.001)

    def _pauses(self) -> bool:
        """Whether something waits a moment before it is done."""
        return any(
            one.isActive() and one.isSingleShot() and one.interval() <= _PAUSES
            for one in self.shell.findChildren(QTimer)
        )

    def turn(self, milliseconds: int) -> None:
        """Let Qt do what is due, whatever the books' thread does."""
        end = time.monotonic() + milliseconds / 1000
        while time.monotonic() < end:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def until(self, true: Callable[[], object]) -> None:
        """Wait for something."""
        begun = time.monotonic()
        while not true():
            assert time.monotonic() - begun < PATIENCE, "it did not come"
            self.settle()

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press keys where the cursor is."""
        self.is_typed_in = True
        for key in keys:
            QTest.keyClick(self.focus(), key, held)
            self.settle()

    def write(self, text: str) -> None:
        """Type letters where the cursor is."""
        self.is_typed_in = True
        for letter in text:
            QTest.keyClicks(self.focus(), letter)
        self.settle()

    def focus(self) -> QWidget:
        """Where the cursor is."""
        focus: QWidget | None = self.shell.focusWidget()
        return self.shell if focus is None else focus

    def speak(self, code: str) -> None:
        """Another language, as by the user."""
        if self.shell.desk.language.code != code:
            self.shell.desk.set_language(code)
            self.settle()

    def paint(self, theme: str) -> None:
        """Light or dark."""
        if self.theme != theme:
            self.shell.desk.set_theme(theme)
            self.settle()

    @property
    def theme(self) -> str:
        """The theme it is painted in."""
        return self.shell.desk.remembered("theme")

    def fit(self, width: int, height: int) -> None:
        """Another size of the window."""
        if (self.shell.width(), self.shell.height()) != (width, height):
            self.shell.resize(width, height)
            self.settle()

    def close_overlays(self) -> None:
        """Close what was opened over the page."""
        for palette in self.shell.findChildren(Palette):
            palette.close_()
        for sheet in self.shell.findChildren(KeySheet):
            QTest.keyClick(sheet, Qt.Key.Key_Escape)
        self.settle()

    def close(self) -> None:
        """Close it; nothing is left running."""
        self.shell.close()
        self.settle()
        self.shell.desk.close()


@contextmanager
def still_clock() -> Iterator[None]:
    """The clock on the wall always shows the same, in the window and in the books that are made meanwhile."""
    first_today, first_defaults = date_field.today, Office.__init__.__defaults__
    numbers = itertools.count(1)

    class Still(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Still:
            return cls.fromtimestamp(NOW.timestamp(), tz or NOW.tzinfo).replace(tzinfo=tz)

    def still_today() -> str:
        return NOW.date().isoformat()

    _put_today(first_today, still_today)
    module: Any = draft_keeper
    module.dt = types.SimpleNamespace(**vars(dt) | {"datetime": Still})
    acting: Any = act
    acting.uuid = types.SimpleNamespace(uuid4=lambda: uuid.UUID(int=next(numbers)))
    Office.__init__.__defaults__ = (*(first_defaults or ())[:-1], lambda: NOW)
    try:
        yield
    finally:
        _put_today(still_today, first_today)
        module.dt, acting.uuid, Office.__init__.__defaults__ = dt, uuid, first_defaults


def _put_today(former: Callable[[], str], other: Callable[[], str]) -> None:
    """In every module of the window that has it by its name."""
    for name, module in list(sys.modules.items()):
        if name.startswith("bookkeeper.desktop") and getattr(module, "today", None) is former:
            module.today = other  # type: ignore[attr-defined]  # a module's own
