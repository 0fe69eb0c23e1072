"""Starts the window: nothing is loaded before it stands that it does not need to stand."""

from __future__ import annotations

import argparse
import builtins
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLoggingCategory, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from bookkeeper.desktop import theme
from bookkeeper.desktop.desk import Desk
from bookkeeper.desktop.shell import Shell


def settings() -> QSettings:
    """What the window remembers of itself: last place, sizes, order, language; never anything of the books."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Bookkeeper", "Bookkeeper")


def application() -> QApplication:
    """The application with its own fonts, in the theme that was chosen."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    _import_plainly()
    QApplication.setDesktopSettingsAware(False)
    QLoggingCategory.setFilterRules("qt.text.font.db=false")  # it tells of each script that Noto Sans leaves to others
    made = QApplication(["bookkeeper"])
    made.setApplicationName("Bookkeeper")
    made.setStyle("fusion")
    theme.load_fonts()
    made.setFont(theme.font())
    theme.apply(theme.chosen(str(settings().value("theme") or "")))
    return made


def _import_plainly() -> None:
    """Import as Python does: PySide reads the source of each module, to see whether it asks for other names of Qt.

    None of ours does, and it takes a fifth of the time in which the books are opened.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def window(books: Path | None, kept: QSettings, *, user: str = "owner") -> Shell:
    """A window, shown, that opens these books, or those that were open last, or asks for some."""
    desk = Desk(kept)
    shell = Shell(desk)
    shell.show()
    last = next((Path(one) for one in desk.recent() if Path(one).is_file()), None)
    wanted = books or last
    if wanted is None:
        QTimer.singleShot(0, lambda: shell.open("welcome"))
    else:
        desk.open_books(wanted, user=user)
    return shell


def run(arguments: Sequence[str]) -> int:
    """Show the window until it is closed; the answer is the exit status."""
    asks = argparse.ArgumentParser(prog="bookkeeper", description="The window of Bookkeeper.", allow_abbrev=False)
    asks.add_argument("books", nargs="?", type=Path, help="the books to open, else those that were open last")
    asks.add_argument("--user", default=os.environ.get("BOOKKEEPER_USER", "owner"))
    asked = asks.parse_args(arguments)
    made = application()
    shell = window(asked.books, settings(), user=asked.user)
    shell.desk.loaded.connect(shell.desk.runner.collector.freeze)
    sys.excepthook = lambda _kind, error, _where: shell.show_fault(error)
    status = made.exec()
    shell.desk.close()
    return status
