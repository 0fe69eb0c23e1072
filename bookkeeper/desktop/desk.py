"""What a window has open: books, language, theme, whose books and which year, and the way to every page.

Pages ask the desk; they do not know each other. Modules of `commands` take a third of a second to load: the books'
own thread loads them when it opens the books, and pages are made only then, so that they may import them at their top.
"""

from __future__ import annotations

import importlib
import sys
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QSettings, Signal

from bookkeeper.desktop import theme
from bookkeeper.desktop.advice import at_the_window
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


OPENING: Final = "Opening the books"


class Desk(QObject):
    """One window's things.

    `changed` tells that another group or year is looked at, `dressed` that words, colours or what is hidden are others:
    nothing else has changed then. `leaving` tells that other books come now, `opened` that they were opened, `loaded`
    that after them every module is there.
    """

    changed = Signal()
    dressed = Signal()
    leaving = Signal()
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
        *,
        kept_on: bool = False,
    ) -> Work:
        """Ask the books something off the GUI thread; what goes wrong is told to `failed`, else `owner.failed`.

        An answer is dropped where another group, or other books, are open by then: who shows them asks anew.
        """
        office, code = self.office, self.code

        def tell(told: Callable[[Any], None], what: Any) -> None:  # noqa: ANN401  # whatever was asked for
            if self.office is office and (self.code == code or owner is self):
                told(what)

        failing = partial(tell, self._told(owner, failed))
        done = partial(tell, done)
        return self.work(owner, title, lambda _work: do(_there(office)), done, failing, kept_on=kept_on)

    def act(
        self,
        owner: QObject,
        title: str,
        do: Callable[[Office, str], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
        *,
        key: str = "",
    ) -> None:
        """Do an act: `do(office, key)` calls a command with the key, and answers with its `Done`.

        The books are those that are open now. As long as an act of this owner is not answered, he can begin no other,
        and a page that can `hold` what stands on it does. `key` is that of what was entered, else a new one.
        """
        if self.runner.is_acting(owner):
            return
        office, used = self.office, key or str(uuid.uuid4())
        hold: Callable[[str], None] = getattr(owner, "hold", _nothing)
        release: Callable[[], None] = getattr(owner, "release", _nothing)
        told = self._told(owner, failed)

        def released(tell: Callable[[Any], None], what: Any) -> None:  # noqa: ANN401  # a result, or an error
            release()
            tell(what)

        work = Work(
            owner, title, lambda _work: do(_there(office), used), partial(released, done), partial(released, told),
            is_act=True,
        )  # fmt: skip
        self.runner.run(work)
        hold(title)

    def work(
        self,
        owner: QObject,
        title: str,
        do: Callable[[Work], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
        *,
        kept_on: bool = False,
    ) -> Work:
        """Do anything that takes time off the GUI thread; long work calls `work.step()` now and then.

        Where the user cancels it, `failed` hears `Cancelled`; what is `kept_on` with, he cannot cancel.
        """
        return self.runner.run(Work(owner, title, do, done, self._told(owner, failed), kept_on=kept_on))

    def _told(
        self, owner: QObject, failed: Callable[[BaseException], None] | None
    ) -> Callable[[BaseException], None]:  # fmt: skip
        own: Callable[[BaseException], None] = getattr(owner, "failed", self.failed)
        return failed or own

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
        """Open books; the window stands meanwhile. Where something is being posted, that is answered first."""
        self.runner.afterwards(lambda is_well: self._open_books(path, user) if is_well else None)

    def _open_books(self, path: Path, user: str) -> None:
        first = self.first_place()

        def load(_work: Work) -> tuple[Office, tuple[Whose, ...], tuple[str, ...], bool]:
            names = ("act", "overview", "sample_books")
            act, overview, samples = (importlib.import_module(f"bookkeeper.commands.{name}") for name in names)
            importlib.import_module(f"bookkeeper.desktop.pages.{first}")  # the GUI thread should not wait for it
            office = act.open_office(path, user)
            there = overview.whose(office)
            return office, there, overview.rights(office), samples.holds([(one.code, one.name) for one in there])

        def loaded(found: tuple[Office, tuple[Whose, ...], tuple[str, ...], bool]) -> None:
            self.runner.afterwards(
                lambda is_well: self._opened(path, *found) if is_well else self._close_later(found[0])
            )  # fmt: skip

        self.work(self, OPENING, load, loaded, self._not_opened, kept_on=True)

    def _opened(
        self,
        path: Path,
        office: Office,
        there: tuple[Whose, ...],
        rights: tuple[str, ...],
        practice: bool,  # noqa: FBT001  # as it came from the other thread
    ) -> None:
        if self.office is not None:
            self.leaving.emit()
            self._close_later(self.office)
        self.office, self.path, self.rights, self.is_practice = office, path, rights, practice
        self.is_read_only = "post" not in rights
        recent = [str(path), *(one for one in self.recent() if one != str(path))]
        self.settings.setValue("recent", "\n".join(recent[:9]))
        self.set_entities(there)
        self.opened.emit()
        self._load_the_rest([name for name in (*_LOADED_AFTER, *_registers()) if name not in sys.modules])

    def _close_later(self, office: Office) -> None:
        """Close books behind all that was asked of them."""
        self.work(self, OPENING, lambda _work: office.close(), _nothing, kept_on=True)

    def _load_the_rest(self, names: list[str]) -> None:
        """Load module after module."""
        if not names:
            self.loaded.emit()
            return
        name = names.pop(0)
        self.work(
            self,
            OPENING,
            lambda _work: importlib.import_module(name),
            lambda _module: self._load_the_rest(names),
            kept_on=True,
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
        """Let go of the books and end the thread, after acts are done and answered."""
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
        """Look at the books of another entity, after what is being posted was; where it is refused, one stays."""
        self.runner.afterwards(lambda is_well: self._look_at(code) if is_well else None)

    def _look_at(self, code: str) -> None:
        self.remember(f"entity/{self.path}", code)
        self.set_entities(self.entities)

    def open_year(self, year: int) -> None:
        """Look at another financial year, after what is being posted was."""

        def look(is_well: bool) -> None:  # noqa: FBT001  # as the runner tells it
            if is_well:
                self.year = year
                self.changed.emit()

        self.runner.afterwards(look)

    def read_entities(self) -> None:
        """Ask anew which entities and years there are: an act changed them."""
        overview: Any = importlib.import_module("bookkeeper.commands.overview")
        self.query(self, "Reading the books", overview.whose, self._again, kept_on=True)

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

    def rupees(self, paise: int) -> str:
        """The same as amounts are spoken of, whole ones without paise."""
        return HIDDEN if self.hides_amounts else self.language.rupees(paise)

    def say_fault(self, fault: Fault) -> str:
        """A fault as one sentence, which begins as one, with what can be done about it at the window."""
        text = self.say(at_the_window(fault.message))
        text = text[:1].upper() + text[1:]
        return f"{text} {self.say(at_the_window(fault.todo))}" if fault.todo else text

    def set_language(self, code: str) -> None:
        """Show everything in another language, at once."""
        self.remember("language", code)
        self.language = language(code)
        self.dressed.emit()

    def set_theme(self, name: str) -> None:
        """Light, dark, or "" as the system has it, at once."""
        self.remember("theme", name)
        self.theme = theme.chosen(name)
        theme.apply(self.theme)
        self.dressed.emit()

    def hide_amounts(self) -> None:
        """Hide amounts from a queue, or show them again."""
        self.hides_amounts = not self.hides_amounts
        self.dressed.emit()

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

    @property
    def has_way_back(self) -> bool:
        """Whether one came here from somewhere."""
        return self.shell is not None and self.shell.has_way_back

    def back(self) -> None:
        """Back to where one came from."""
        if self.shell is not None:
            self.shell.back()


def _there(office: Office | None) -> Office:
    """The books that were open when something was asked. Raises Cancelled where there were none."""
    if office is None:
        raise Cancelled
    return office


def _nothing(*_: object) -> None:
    pass


def _registers() -> list[str]:
    """The modules of the registers: the search and the choice of registers read all their titles."""
    found: Any = importlib.import_module("bookkeeper.registers")
    return [f"bookkeeper.registers.{name.replace('-', '_')}" for name in found.names()]
