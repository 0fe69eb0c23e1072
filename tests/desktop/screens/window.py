"""A real window on practice books in a folder of its own, for pictures and measuring: driven by keys, still in time."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QEventLoop, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bookkeeper.commands import entities, years
from bookkeeper.commands.books import PRACTICE, new_books
from bookkeeper.desktop import app
from bookkeeper.desktop.shell import Shell

NOW: Final = dt.datetime(2025, 4, 5, 11, 42, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30)))
PATIENCE: Final = 30.0
CTRL, SHIFT, ALT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)


def make_books(folder: Path) -> None:
    """The books that the states need: practice, practice with a closed year, a group that has not begun, none at all."""
    new_books(folder / "practice.books", PRACTICE).close()
    closed = new_books(folder / "closed.books", PRACTICE)
    for year in (2023, 2024):
        years.close(closed, "", "SAV", year)
    closed.close()
    empty = new_books(folder / "empty.books")
    entities.add(empty, "", "SHG2", "Asmita Self-Help Group", "shg", starts="2025-04-01", language="mr")
    empty.close()


class Window:
    """The window of one test or picture, and the hands before it."""

    def __init__(self, folder: Path, made: Path) -> None:
        self.folder, self._made = folder, made
        self.books = ""
        os.environ["XDG_CONFIG_HOME"], os.environ["XDG_DATA_HOME"] = str(folder / "config"), str(folder / "data")
        self.application = app.application()
        self.kept = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.kept.setValue("place", "registers")
        self.shell: Shell = app.window(None, self.kept)
        self.settle()

    def open_books(self, name: str) -> None:
        """Open fresh books of a name; "": the window as it stands without any."""
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        self.books = name
        if name:
            path = self.folder / f"{name}.books"
            shutil.copyfile(self._made / f"{name}.books", path)
            self.shell.desk.open_books(path)
            self.settle()
            if self.shell.desk.office is not None:
                self.shell.desk.office.clock = lambda: NOW
            self.shell.open(self.shell.place or "registers")
            self.settle()

    def settle(self, milliseconds: int = 0) -> None:
        """Wait until the books' thread is idle and all is shown."""
        begun = time.monotonic()
        quiet = 0
        while quiet < 3 or time.monotonic() - begun < milliseconds / 1000:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            quiet = quiet + 1 if self.shell.desk.runner.is_idle else 0
            assert time.monotonic() - begun < PATIENCE, "the window is not ready"
            time.sleep(0.001)

    def until(self, true: Callable[[], object]) -> None:
        """Wait for something."""
        begun = time.monotonic()
        while not true():
            assert time.monotonic() - begun < PATIENCE, "it did not come"
            self.settle()

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press keys where the cursor is."""
        for key in keys:
            QTest.keyClick(self.focus(), key, held)
            self.settle()

    def write(self, text: str) -> None:
        """Type letters where the cursor is."""
        for letter in text:
            QTest.keyClicks(self.focus(), letter)
        self.settle()

    def focus(self) -> QWidget:
        """Where the cursor is."""
        return self.shell.focusWidget() or self.shell

    def speak(self, code: str) -> None:
        """Another language, as by the user."""
        if self.shell.desk.language.code != code:
            self.shell.desk.set_language(code)
            self.settle()

    def paint(self, theme: str) -> None:
        """Light or dark."""
        if self.shell.desk.remembered("theme") != theme:
            self.shell.desk.set_theme(theme)
            self.settle()

    def fit(self, width: int, height: int) -> None:
        """Another size of the window."""
        if (self.shell.width(), self.shell.height()) != (width, height):
            self.shell.resize(width, height)
            self.settle(150)  # what lays itself out anew after a pause does so

    def close_overlays(self) -> None:
        """Close what was opened over the page."""
        for overlay in self.shell.findChildren(QWidget, "overlay", Qt.FindChildOption.FindDirectChildrenOnly):
            overlay.hide()
            overlay.deleteLater()
        self.settle()

    def close(self) -> None:
        """Close it; nothing is left running."""
        self.shell.close()
        self.settle()
        self.shell.desk.close()


@contextmanager
def still_clock() -> Iterator[None]:
    """The day on the wall is always the same, wherever a module of the window has its `today`."""
    changed: list[tuple[object, str, object]] = []
    for name, module in list(sys.modules.items()):
        if name.startswith("bookkeeper.desktop") and callable(getattr(module, "today", None)):
            changed.append((module, "today", module.today))
            module.today = lambda: NOW.date().isoformat()  # type: ignore[attr-defined]  # a module's own
    try:
        yield
    finally:
        for module, attribute, former in changed:
            setattr(module, attribute, former)
