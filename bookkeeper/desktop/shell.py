"""The frame: whose books and which year, the places at the left, the page, and the keys that work here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from bookkeeper.desktop import theme
from bookkeeper.desktop.keys import KEYS, PLACES
from bookkeeper.desktop.widgets.bars import KeyBar, Navigation, TopBar
from bookkeeper.desktop.widgets.overlay import Overlay, overlay_around
from bookkeeper.errors import BookError

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk
    from bookkeeper.desktop.key_sheet import KeySheet
    from bookkeeper.desktop.page import Page

NAVIGATION_WIDTH: Final = 176
WELCOME: Final = "welcome"
"""The page without books of a group: no place can be opened beside it."""
_ALONE: Final = 500
"""Milliseconds for which Alt is held alone until the keys are shown."""
_REST: Final = 1500
"""Milliseconds between two pages that are made ahead."""
_DEEP: Final = 50
"""How many steps down Escape can come back."""


_NONE: Final = Qt.KeyboardModifier.NoModifier
_ENDS_ALT: Final = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.MouseButtonPress, QEvent.Type.FocusOut}
)


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
        self._stack.addWidget(_waiting(desk))
        self.top, self.keys = TopBar(desk), KeyBar(desk)
        self.navigation = Navigation(desk, desk.places)
        self.navigation.chosen.connect(self.open)
        self.setCentralWidget(self._laid_out())
        self.acts: dict[str, Callable[[], object]] = {}
        self._shortcuts()
        desk.runner.busy.connect(self.top.show_work)
        desk.runner.changed.connect(self._refresh)
        desk.changed.connect(self._changed)
        desk.dressed.connect(self._dressed)
        desk.leaving.connect(self._end_pages)
        desk.opened.connect(self._opened)
        self._resting = QTimer(self)
        self._resting.setInterval(_REST)
        self._resting.timeout.connect(self._make_ahead)
        desk.loaded.connect(self.start_making_ahead)
        self._alone = QTimer(self)
        self._alone.setSingleShot(True)
        self._alone.setInterval(_ALONE)
        self._alone.timeout.connect(self._show_keys_while_held)
        self._held: KeySheet | None = None
        self._closes = False
        self._said = (desk.language.code, desk.hides_amounts)
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
        self.navigation.setVisible(name != WELCOME)
        if self.desk.runner.is_acting(page):
            self.desk.runner.afterwards(partial(self._enter_later, page, asked))
        else:
            page.enter(**asked)
        self._show_keys()
        self.desk.remember("place", name)
        return page

    def _enter_later(self, page: Page, asked: dict[str, str], is_well: bool) -> None:  # noqa: FBT001  # as it is told
        """What was asked of a page while something on it was being posted; where that was refused, it stays there."""
        if asked and is_well and page is self.page:
            page.enter(**asked)
            self._show_keys()

    @property
    def makes_ahead(self) -> bool:
        """Whether there are places that nobody has opened yet, and whose pages are still to be made."""
        return self._resting.isActive()

    def _made(self, name: str) -> Page:
        page = self.desk.make_page(name)
        self._stack.addWidget(page)
        return page

    def start_making_ahead(self) -> None:
        """Every module is there: from now on pages are made while nobody waits."""
        self._resting.start()

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

    @property
    def has_way_back(self) -> bool:
        """Whether one came from somewhere, to where Escape goes."""
        return bool(self._came_from)

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
        """The books could not be opened: the file page says why and what to do; those that are open stay so."""
        self.top.translate()
        page = self.page if self.desk.office is not None else None
        page = page or self.open(WELCOME)
        if isinstance(error, BookError):
            page.notice.show_faults(error, in_books=False)
        else:
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
            self._shortcut(sequence, partial(self._open_place, place.name))
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
            "period": partial(self._later, "choose_year"),
            "act": partial(self._later, "choose_act"),
            "keys": self._show_all_keys,
            "help": self._show_all_keys,
            "hide": self.desk.hide_amounts,
        }

    def _shortcut(self, sequence: str, do: Callable[[], object]) -> None:
        made = QShortcut(QKeySequence(sequence), self)
        made.setContext(Qt.ShortcutContext.WindowShortcut)
        made.activated.connect(do)

    def _open_place(self, name: str) -> None:
        if self.desk.entity is not None:
            self.open(name)

    def _press(self, names: Sequence[str]) -> None:
        """What the page does with a key, or else the window."""
        for acts in (self.acts_of_page(), self.acts):
            for name in names:
                if name in acts:
                    acts[name]()
                    return

    def acts_of_page(self) -> Mapping[str, Callable[[], object]]:
        """What the open page can do now: nothing while something on it is being posted."""
        page = self.page
        return {} if page is None or self.desk.runner.is_acting(page) else page.acts

    def _later(self, name: str) -> None:
        """What is loaded only when it is wanted, after the window stands."""
        from bookkeeper.desktop import window_acts  # noqa: PLC0415  # the registers' declarations come with it

        getattr(window_acts, name)(self)

    def _show_all_keys(self) -> None:
        from bookkeeper.desktop.key_sheet import KeySheet  # noqa: PLC0415  # after the window stands

        KeySheet(self).open_()

    def _show_keys_while_held(self) -> None:
        from bookkeeper.desktop.key_sheet import KeySheet  # noqa: PLC0415  # after the window stands

        self._held = KeySheet(self, is_held=True)
        self._held.open_()

    def _let_go(self) -> None:
        """Alt is no longer held alone."""
        self._alone.stop()
        if self._held is not None:
            self._held.close_()
            self._held = None

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """Keys are seen before any page takes them, to know whether Alt is held alone."""
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Alt, held alone for half a second, shows the keys until it is let go."""
        kind = event.type()
        if kind in _ENDS_ALT:
            is_alt = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Alt
            if is_alt and kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                if not event.isAutoRepeat() and event.modifiers() in {_NONE, Qt.KeyboardModifier.AltModifier}:
                    self._alone.start()
            else:
                self._let_go()
        return super().eventFilter(watched, event)

    # ---------------------------------------------------------------------------------------------- what changes

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new):
            self._show_keys()

    def _show_keys(self) -> None:
        page = self.page
        self.keys.show_keys(self._keys_here(page))
        self.top.show_state(page.state() if page else "")
        self.top.show_day(page.day() if page else "")

    def _keys_here(self, page: Page | None) -> Sequence[str]:
        """The keys of what lies over the page, else the page's own."""
        if overlay_around(self.focusWidget()) is not None:
            return ("take", "back")
        return () if page is None else ("go", "tree") if page.is_held else page.keys()

    def _end_pages(self) -> None:
        """Other books come: every page keeps what was typed, and none shows anything of the former ones."""
        self._came_from.clear()
        self._resting.stop()
        ending = (*self._pages.values(), *self._ahead.values())
        for page in ending:
            page.end()
            self.desk.runner.drop(page)
        self._pages, self._ahead = {}, {}
        for page in ending:
            self._stack.removeWidget(page)
            page.deleteLater()

    def _opened(self) -> None:
        self._end_pages()  # there is one on which the books were asked for
        self.open(self.desk.first_place() if self.desk.entities else WELCOME)

    def _refresh(self, changed: Sequence[str]) -> None:
        """An act changed the books: every page that shows some of it reads anew."""
        self.desk.read_entities()
        for page in self._pages.values():
            if page.shows and not set(page.shows) & set(changed):
                continue
            if self.desk.runner.is_acting(page):
                self.desk.runner.afterwards(partial(self._refresh_later, page, changed))
            else:
                page.refresh(tuple(changed))
        self._show_keys()

    def _refresh_later(self, page: Page, changed: Sequence[str], _is_well: object) -> None:
        if page in self._pages.values():
            page.refresh(tuple(changed))

    def _changed(self) -> None:
        """Another group, or another year, is looked at."""
        self._translate()
        for page in self._pages.values():
            page.refresh(())
        self._show_keys()

    def _dressed(self) -> None:
        """Words or colours are others, or amounts are hidden; what is being typed stays."""
        lines = [self.focusWidget(), *(one.came_from for one in self._overlays())]
        typed = [(one, one.text()) for one in lines if isinstance(one, QLineEdit) and isValid(one) and one.isModified()]
        said = (self.desk.language.code, self.desk.hides_amounts)
        self._translate()
        for page in self._pages.values():
            page.translate()
            if said != self._said:
                page.refresh(())  # what the books say is read in these words
        self._said = said
        for line, text in typed:
            self._type_again(line, text)
        self._show_keys()

    def _type_again(self, line: QLineEdit, text: str) -> None:
        """What stood in a line that shows something else now, or in a cell of a sheet that was shown anew."""
        if isValid(line) and line.isVisible():
            if line.text() != text:
                line.setText(text)
                line.setModified(True)
            return

        def again() -> None:
            other = self.focusWidget()
            if isinstance(other, type(line)) and not other.text():
                other.insert(text)

        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, again))  # the sheet opens its cell meanwhile

    def _overlays(self) -> list[Overlay]:
        return self.findChildren(Overlay, options=Qt.FindChildOption.FindDirectChildrenOnly)

    def _translate(self) -> None:
        name = self.desk.entity_name()
        self.setWindowTitle(f"{name} · Bookkeeper" if name else "Bookkeeper")
        self.top.translate()
        self.navigation.translate()

    def _restore(self) -> None:
        kept = self.desk.settings.value("geometry")
        if isinstance(kept, QByteArray):
            self.restoreGeometry(kept)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """What lies over the page keeps its place in the window."""
        super().resizeEvent(event)
        for overlay in self._overlays():
            overlay.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Escape where no page took it."""
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Closing never asks: what is not posted is a draft on disk. What is being posted is answered first."""
        if self.desk.runner.is_acting():
            event.ignore()
            self._close_later()
            return
        self._resting.stop()
        self.desk.settings.setValue("geometry", self.saveGeometry())
        for page in self._pages.values():
            page.end()
        self.closing.emit()
        event.accept()
        QTimer.singleShot(0, self.desk.close)

    def _close_later(self) -> None:
        """Close when everything is posted; where it is refused, the window stays and says why."""
        if self._closes:
            return
        self._closes = True
        self.desk.runner.cancel()
        if self.page is not None:
            self.page.notice.show_well(self.desk.say("The window closes when this is posted."))

        def close(is_well: bool) -> None:  # noqa: FBT001  # as the runner tells it
            self._closes = False
            if is_well:
                QTimer.singleShot(0, self, self.close)

        self.desk.runner.afterwards(close)


def _waiting(desk: Desk) -> QLabel:
    """What stands where the first page will be."""
    label = QLabel(f"{desk.say('Opening the books')} …")
    label.setFont(theme.font_for(label.text(), theme.SECTION))
    label.setProperty("rank", "second")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
