"""The frame: whose books and which year, the places at the left, the page, and the keys that work here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from bookkeeper.desktop.keys import KEYS, PLACES
from bookkeeper.desktop.widgets.bars import KeyBar, Navigation, TopBar

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk
    from bookkeeper.desktop.page import Page

NAVIGATION_WIDTH: Final = 176
_REST: Final = 1500
"""Milliseconds between two pages that are made ahead."""
_DEEP: Final = 50
"""How many steps down Escape can come back."""


class Shell(QMainWindow):
    """The one window."""

    closing = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        desk.shell = self
        self._pages: dict[str, Page] = {}
        self._ahead: dict[str, Page] = {}
        self._came_from: list[tuple[str, dict[str, str]]] = []
        self._stack = QStackedWidget()
        self.top, self.keys = TopBar(desk), KeyBar(desk)
        self.navigation = Navigation(desk, desk.places)
        self.navigation.chosen.connect(self.open)
        self.setCentralWidget(self._laid_out())
        self.acts: dict[str, Callable[[], object]] = {}
        self._shortcuts()
        desk.runner.busy.connect(self.top.show_work)
        desk.runner.changed.connect(self._refresh)
        desk.changed.connect(self._changed)
        desk.opened.connect(self._opened)
        self._resting = QTimer(self)
        self._resting.setInterval(_REST)
        self._resting.timeout.connect(self._make_ahead)
        desk.loaded.connect(self._resting.start)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]  # there is one
        self.setMinimumSize(1024, 560)
        self.resize(1366, 697)
        self._restore()
        self._translate()

    @property
    def page(self) -> Page | None:
        """The page that is open."""
        shown = self._stack.currentWidget()
        return next((one for one in self._pages.values() if one is shown), None)

    @property
    def place(self) -> str:
        """The name of the place that is open; "" before there is one."""
        page = self.page
        return next((name for name, one in self._pages.items() if one is page), "")

    def open(self, name: str, /, **asked: str) -> Page:
        """Open a place, perhaps at something that is asked for; the page is made when first wanted."""
        before = self.page
        if name not in self._pages:
            page = self._ahead.pop(name, None) or self._made(name)
            page.translate()
            page.keys_changed.connect(self._show_keys)
            self._pages[name] = page
        page = self._pages[name]
        if before is not None and before is not page:
            before.leave()
        self._stack.setCurrentWidget(page)
        self.navigation.mark(name)
        page.enter(**asked)
        self._show_keys()
        self.desk.remember("place", name)
        return page

    @property
    def makes_ahead(self) -> bool:
        """Whether there are places that nobody has opened yet, and whose pages are still to be made."""
        return self._resting.isActive()

    def _made(self, name: str) -> Page:
        page = self.desk.make_page(name)
        self._stack.addWidget(page)
        return page

    def _make_ahead(self) -> None:
        """Make a page that nobody has opened yet: to open it is then only to show it, which nobody has to wait for."""
        there = {*self._pages, *self._ahead}
        name = next((place.name for place in self.desk.places if place.name not in there), "")
        if name:
            self._ahead[name] = self._made(name)
        else:
            self._resting.stop()

    def go(self, name: str, /, **asked: str) -> None:
        """Open a page and keep where one was, for Escape."""
        if self.page is not None:
            self._came_from.append((self.place, self.page.where()))
            del self._came_from[:-_DEEP]
        self.open(name, **asked)

    def back(self) -> None:
        """To where one came from; without any such place, the cursor stays."""
        if self._came_from:
            name, where = self._came_from.pop()
            self.open(name, **where)

    def show_fault(self, error: BaseException) -> None:
        """A fault of the program itself, in words, its details in a file."""
        from bookkeeper.desktop.faults import kept  # noqa: PLC0415  # happens seldom

        page, where = self.page, kept(error)
        if page is None:
            raise error
        told = "This is a fault in the program. The books are as they were before; look with Verify."
        rest = self.desk.say("The details are in {file}.", file=where) if where else ""
        page.notice.show_wrong(self.desk.say(told), rest)

    def not_opened(self, error: BaseException) -> None:
        """The books could not be opened: the file page says why and what to do."""
        self.top.translate()
        page = self.open("welcome")
        page.failed(error)

    # ------------------------------------------------------------------------------------------------ making it

    def _laid_out(self) -> QWidget:
        whole, row = QWidget(), QFrame()
        across, down = QHBoxLayout(row), QVBoxLayout(whole)
        for layout in (across, down):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self.navigation.setFixedWidth(NAVIGATION_WIDTH)
        across.addWidget(self.navigation)
        across.addWidget(self._stack, 1)
        down.addWidget(self.top)
        down.addWidget(row, 1)
        down.addWidget(self.keys)
        return whole

    def _shortcuts(self) -> None:
        """One shortcut for each sequence; which of its meanings is meant, the open page says."""
        for place, sequence in zip(self.desk.places, PLACES, strict=False):
            self._shortcut(sequence, partial(self.open, place.name))
        meanings: dict[str, list[str]] = {}
        for key in KEYS:
            if key.is_shortcut:
                meanings.setdefault(key.sequence, []).append(key.name)
        for sequence, names in meanings.items():
            self._shortcut(sequence, partial(self._press, names))
        self.acts |= {
            "go": partial(self._later, "go_anywhere"),
            "go-tally": partial(self._later, "go_anywhere"),
            "tree": partial(self._later, "choose_entity"),
            "entity": partial(self._later, "choose_entity"),
            "year": partial(self._later, "choose_year"),
            "act": partial(self._later, "choose_act"),
            "keys": self._show_all_keys,
            "help": self._show_all_keys,
            "hide": self._hide_amounts,
        }

    def _shortcut(self, sequence: str, do: Callable[[], object]) -> None:
        made = QShortcut(QKeySequence(sequence), self)
        made.setContext(Qt.ShortcutContext.WindowShortcut)
        made.activated.connect(do)

    def _press(self, names: Sequence[str]) -> None:
        """What the page does with a key, or else the window."""
        page = self.page
        for acts in (page.acts if page else {}, self.acts):
            for name in names:
                if name in acts:
                    acts[name]()
                    return

    def _later(self, name: str) -> None:
        """What is loaded only when it is wanted, after the window stands."""
        from bookkeeper.desktop import window_acts  # noqa: PLC0415  # the registers' declarations come with it

        getattr(window_acts, name)(self)

    def _show_all_keys(self) -> None:
        from bookkeeper.desktop.key_sheet import KeySheet  # noqa: PLC0415  # after the window stands

        KeySheet(self).open_()

    def _hide_amounts(self) -> None:
        self.desk.hides_amounts = not self.desk.hides_amounts
        self.desk.changed.emit()

    # ---------------------------------------------------------------------------------------------- what changes

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new):
            self._show_keys()

    def _show_keys(self) -> None:
        page = self.page
        self.keys.show_keys(page.keys() if page else ())
        self.top.show_state(page.state() if page else "")

    def _opened(self) -> None:
        """Other books: no page shows anything of the former ones."""
        self._came_from.clear()
        self._resting.stop()
        for page in (*self._pages.values(), *self._ahead.values()):
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._ahead.clear()
        self.open(self.desk.first_place() if self.desk.entities else "welcome")

    def _refresh(self, changed: Sequence[str]) -> None:
        """An act changed the books: every page that shows some of it reads anew."""
        self.desk.read_entities()
        for page in self._pages.values():
            if not page.shows or set(page.shows) & set(changed):
                page.refresh(tuple(changed))
        self._show_keys()

    def _changed(self) -> None:
        self._translate()
        for page in self._pages.values():
            page.translate()
            page.refresh(())
        self._show_keys()

    def _translate(self) -> None:
        name = self.desk.entity_name()
        self.setWindowTitle(f"{name} · Bookkeeper" if name else "Bookkeeper")
        self.top.translate()
        self.navigation.translate()

    def _restore(self) -> None:
        kept = self.desk.settings.value("geometry")
        if isinstance(kept, QByteArray):
            self.restoreGeometry(kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Escape where no page took it."""
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Closing never asks: what is not posted is a draft on disk."""
        self._resting.stop()
        self.desk.settings.setValue("geometry", self.saveGeometry())
        for page in self._pages.values():
            page.leave()
        self.closing.emit()
        event.accept()
        QTimer.singleShot(0, self.desk.close)
