"""What a window has open: books, language, theme, whose books and which year, and the way to every page.

Pages ask the desk; they do not know each other. Modules of `commands` take a third of a second to load: the books'
own thread loads them when it opens the books, and pages are made only then, so that they may import them at their top.
"""

from __future__ import annotations

import importlib
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QSettings, Signal

from bookkeeper.desktop import theme
from bookkeeper.desktop.places import PLACES
from bookkeeper.desktop.runner import Cancelled, Runner, Work
from bookkeeper.desktop.widgets.lettering import HIDDEN
from bookkeeper.rules.dates import financial_year, year_name
from bookkeeper.words import Language, language

if TYPE_CHECKING:
    from bookkeeper.commands.act import Office
    from bookkeeper.commands.overview import Whose
    from bookkeeper.desktop.page import Page
    from bookkeeper.desktop.shell import Shell
    from bookkeeper.errors import Fault


_LOADED_AFTER: Final = (
    *(f"bookkeeper.desktop.pages.{place.name}" for place in PLACES),
    *(f"bookkeeper.commands.{name}" for name in ("search", "audit", "years")),
)
"""What the first page can do without: loaded when it stands, one after the other, so that no key waits for it."""


class Desk(QObject):
    """One window's things.

    `changed` tells that language, theme, entity or year are others; `opened` that books were opened; `loaded` that
    after them every module is there.
    """

    changed = Signal()
    opened = Signal()
    loaded = Signal()

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self.settings = settings
        self.office: Office | None = None
        self.path: Path | None = None
        self.is_practice = False
        self.is_read_only = False
        self.rights: tuple[str, ...] = ()
        self.runner = Runner(self)
        self.theme = theme.chosen(self.remembered("theme"))
        self.language: Language = language(self.remembered("language") or "en")
        self.hides_amounts = False
        self.places = PLACES
        self.entity: Whose | None = None
        self.entities: tuple[Whose, ...] = ()
        self.year = 0
        self.shell: Shell | None = None

    # ------------------------------------------------------------------------------------------ acts and queries

    def query(
        self,
        owner: QObject,
        title: str,
        do: Callable[[Office], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> Work:
        """Ask the books something off the GUI thread; what goes wrong is told to `failed`, else `owner.failed`."""
        return self.work(owner, title, lambda _work: do(self._open_office()), done, failed)

    def act(
        self,
        owner: QObject,
        title: str,
        do: Callable[[Office, str], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> Work:
        """Do an act: `do(office, key)` calls a command with the key, and answers with its `Done`."""
        key = str(uuid.uuid4())
        return self.work(owner, title, lambda _work: do(self._open_office(), key), done, failed)

    def work(
        self,
        owner: QObject,
        title: str,
        do: Callable[[Work], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> Work:
        """Do anything that takes time off the GUI thread; long work calls `work.step()` now and then."""
        own: Callable[[BaseException], None] = getattr(owner, "failed", self.failed)
        told = failed or own
        return self.runner.run(owner, title, do, done, lambda error: self._tell(error, told))

    def _open_office(self) -> Office:
        if self.office is None:
            raise Cancelled
        return self.office

    def _tell(self, error: BaseException, told: Callable[[BaseException], None]) -> None:
        if not isinstance(error, Cancelled):
            told(error)

    def failed(self, error: BaseException) -> None:
        """Work of nobody in particular failed: it is said on the page that is open."""
        page = self.shell.page if self.shell else None
        if page is None:
            self.fault(error)
        else:
            page.failed(error)

    def fault(self, error: BaseException) -> None:
        """A fault of the program: the shell says so in words and keeps the details for whoever mends it."""
        if self.shell is None:
            raise error
        self.shell.show_fault(error)

    # ------------------------------------------------------------------------------------------------- the books

    def open_books(self, path: Path, *, user: str = "owner") -> None:
        """Open books; the window stands meanwhile."""
        first = self.first_place()

        def load(_work: Work) -> tuple[Office, tuple[Whose, ...], tuple[str, ...], bool]:
            names = ("act", "overview", "sample_books")
            act, overview, samples = (importlib.import_module(f"bookkeeper.commands.{name}") for name in names)
            importlib.import_module(f"bookkeeper.desktop.pages.{first}")  # the GUI thread should not wait for it
            office = act.open_office(path, user)
            there = overview.whose(office)
            return office, there, overview.rights(office), samples.holds([(one.code, one.name) for one in there])

        self.work(self, "Opening the books", load, lambda found: self._opened(path, *found), self._not_opened)

    def _opened(
        self,
        path: Path,
        office: Office,
        there: tuple[Whose, ...],
        rights: tuple[str, ...],
        practice: bool,  # noqa: FBT001  # as it came from the other thread
    ) -> None:
        if self.office is not None:
            self.office.close()
        self.office, self.path, self.rights, self.is_practice = office, path, rights, practice
        self.is_read_only = "post" not in rights
        recent = [str(path), *(one for one in self.recent() if one != str(path))]
        self.settings.setValue("recent", "\n".join(recent[:9]))
        self.set_entities(there)
        self.opened.emit()
        self._load_the_rest([*_LOADED_AFTER, *_registers()])

    def _load_the_rest(self, names: list[str]) -> None:
        """Load module after module."""
        if not names:
            self.loaded.emit()
            return
        name = names.pop(0)
        self.work(
            self,
            "Opening the books",
            lambda _work: importlib.import_module(name),
            lambda _module: self._load_the_rest(names),
        )

    def first_place(self) -> str:
        """The place that was open last, with which books begin; else the first."""
        place, there = self.remembered("place"), [one.name for one in self.places]
        return place if place in there else there[0]

    def _not_opened(self, error: BaseException) -> None:
        if self.shell is not None:
            self.shell.not_opened(error)

    def recent(self) -> list[str]:
        """The books that were open lately, newest first."""
        return [one for one in self.remembered("recent").split("\n") if one]

    def close(self) -> None:
        """Let go of the books and end the thread, after what is running is done."""
        self.runner.close()
        if self.office is not None:
            self.office.close()
            self.office = None

    # --------------------------------------------------------------------------------------- whose and which year

    def set_entities(self, there: tuple[Whose, ...]) -> None:
        """The entities of the books, as a query found them; the one that was open last is open again."""
        self.entities = there
        wanted = self.remembered(f"entity/{self.path}")
        first = there[0] if there else None
        self.entity = next((one for one in there if one.code == wanted), first)
        self.year = self._newest_year()
        self.changed.emit()

    def open_entity(self, code: str) -> None:
        """Look at the books of another entity."""
        self.remember(f"entity/{self.path}", code)
        self.set_entities(self.entities)

    def open_year(self, year: int) -> None:
        """Look at another financial year."""
        self.year = year
        self.changed.emit()

    def read_entities(self) -> None:
        """Ask anew which entities and years there are: an act changed them."""
        overview: Any = importlib.import_module("bookkeeper.commands.overview")
        self.query(self, "Reading the books", overview.whose, self._again)

    def _again(self, there: tuple[Whose, ...]) -> None:
        year, code, newest = self.year, self.code, self._newest_year()
        self.entities = there
        self.entity = next((one for one in there if one.code == code), there[0] if there else None)
        if self.year in {0, newest} and self._newest_year() != newest:
            self.year = self._newest_year()  # who looked at the newest year goes on with it into the next
        if self.year != year:
            self.changed.emit()
        elif self.shell is not None:
            self.shell.top.translate()

    def _newest_year(self) -> int:
        if self.entity is None:
            return 0
        return financial_year(self.entity.newest or self.entity.starts)

    @property
    def code(self) -> str:
        """The code of the entity that is open; "" where there is none."""
        return self.entity.code if self.entity else ""

    @property
    def year_is_closed(self) -> bool:
        """Whether the year that is looked at takes no more vouchers."""
        return self.entity is not None and self.year <= self.entity.closed

    def entity_name(self) -> str:
        """Whose books are open, as they are named in the window's language."""
        if self.entity is None:
            return ""
        local = self.entity.name_local if self.language.code != "en" else ""
        return local or self.entity.name

    def year_name(self) -> str:
        """Which financial year is looked at: "2024-25"."""
        return year_name(self.year) if self.year else ""

    # ---------------------------------------------------------------------------------------------------- words

    def say(self, message: str, **values: object) -> str:
        """A message in the window's language."""
        return self.language.say(message, **values)

    def amount(self, paise: int) -> str:
        """An amount in the window's language; what stands for it while amounts are hidden from a queue."""
        return HIDDEN if self.hides_amounts else self.language.amount(paise)

    def say_fault(self, fault: Fault) -> str:
        """A fault as one sentence."""
        text = self.say(fault.message)
        return f"{text} {self.say(fault.todo)}" if fault.todo else text

    def set_language(self, code: str) -> None:
        """Show everything in another language, at once."""
        self.remember("language", code)
        self.language = language(code)
        self.changed.emit()

    def set_theme(self, name: str) -> None:
        """Light, dark, or "" as the system has it, at once."""
        self.remember("theme", name)
        self.theme = theme.chosen(name)
        theme.apply(self.theme)
        self.changed.emit()

    # -------------------------------------------------------------------------------------------------- memory

    def remember(self, key: str, value: str) -> None:
        """Keep something of the window itself for next time: a place, a size, an order; nothing of the books."""
        self.settings.setValue(key, value)

    def remembered(self, key: str) -> str:
        """What was kept; "" where nothing was."""
        return str(self.settings.value(key) or "")

    # --------------------------------------------------------------------------------------------------- going

    def make_page(self, name: str) -> Page:
        """The page of a place; its module is loaded when it is first opened."""
        module: Any = importlib.import_module(f"bookkeeper.desktop.pages.{name}")
        page: Page = module.PAGE(self)
        return page

    def go(self, name: str, /, **asked: str) -> None:
        """Go down to something on another page (or the same); Escape comes back to this very spot."""
        if self.shell is not None:
            self.shell.go(name, **asked)

    def back(self) -> None:
        """Back to where one came from."""
        if self.shell is not None:
            self.shell.back()


def _registers() -> list[str]:
    """The modules of the registers: the search and the choice of registers read all their titles."""
    found: Any = importlib.import_module("bookkeeper.registers")
    return [f"bookkeeper.registers.{name.replace('-', '_')}" for name in found.names()]
