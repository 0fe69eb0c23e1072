"""Any register or statement, ruled as it prints: chosen by letters, its period by keys or words, down by Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent

from bookkeeper import registers
from bookkeeper.commands import members, voucher_entry
from bookkeeper.commands.act import Office
from bookkeeper.commands.reports import ReportAsk
from bookkeeper.desktop import theme
from bookkeeper.desktop.drilling import Way, way
from bookkeeper.desktop.finding import found_in
from bookkeeper.desktop.matching import Candidate
from bookkeeper.desktop.page import Page
from bookkeeper.desktop.palette import Choice, choose
from bookkeeper.desktop.register_asking import SAVINGS, WayOut, asked_for, asked_of, asks_of, said, shows_all, way_out
from bookkeeper.desktop.register_fields import RegisterFields
from bookkeeper.desktop.register_reading import Shown, line_of_loan, read_register
from bookkeeper.desktop.register_sheet import RegisterSheet
from bookkeeper.desktop.runner import SHOWN_AFTER, Cancelled
from bookkeeper.desktop.sheet_layout import SheetLayout, laid_out
from bookkeeper.desktop.widgets.bars import DownButton
from bookkeeper.desktop.widgets.blank import Blank
from bookkeeper.desktop.widgets.facts import Facts
from bookkeeper.desktop.widgets.lettering import HIDDEN
from bookkeeper.desktop.widgets.strip import Strip
from bookkeeper.desktop.window_acts import register_choices
from bookkeeper.errors import BookError
from bookkeeper.printing.figures import FIGURES
from bookkeeper.printing.screen_table import LineKind, ScreenTable
from bookkeeper.report import Ask
from bookkeeper.rules.dates import year_end, year_start

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk
    from bookkeeper.desktop.runner import Work

FIRST: Final = "cash-book"
_RELAYOUT: Final = 120
_BELOW_HEADS: Final = 28


class RegistersPage(Page):
    """One register at a time; where the cursor stands is kept for the way back."""

    shows: ClassVar[tuple[str, ...]] = ("journal", "members", "meetings", "savings", "loans", "entities", "accounts")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._ask = ReportAsk(desk.remembered("register") or FIRST)
        self._spot = (0, -1)
        self._of = ("", 0)
        self._days = ("", "")
        self._work: Work | None = None
        self._wide = 0
        self._loan = ""
        self.choice = DownButton(desk, theme.SEMIBOLD, theme.TITLE)
        self.title.hide()
        self.head.insertWidget(0, self.choice)
        self.choice.clicked.connect(lambda: self._choose_register(""))
        self.fields, self.facts = RegisterFields(desk), Facts(desk)
        self.period, self.search = self.fields.period, self.fields.search
        self.sheet, self.strip = RegisterSheet(desk), Strip(desk)
        self.blank = Blank(desk, self.sheet.viewport())
        self.body.addWidget(self.fields)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.sheet, 1)
        self.body.addWidget(self.strip)
        self._shown: ReportAsk | None = None
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SHOWN_AFTER)
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(_RELAYOUT)
        self._connect()

    def _connect(self) -> None:
        self.period.changed.connect(self._period_typed)
        self.fields.day.changed.connect(self._day_typed)
        self.fields.left.connect(self.sheet.setFocus)
        self.fields.account.clicked.connect(self._choose_account)
        self.fields.member.clicked.connect(self._choose_member)
        self.search.returnPressed.connect(self._find_next)
        self._slow.timeout.connect(self._say_reading)
        self.sheet.moved.connect(self._moved)
        self.sheet.opened.connect(self._open)
        self.sheet.lettered.connect(self._lettered)
        self.sheet.resized.connect(self._resized.start)
        self._resized.timeout.connect(self._lay_out_anew)
        self.main.clicked.connect(self._print)
        self.acts |= {
            "print": self._print,
            "export": self._export,
            "copy": self.sheet.copy,
            "find": self.search.setFocus,
            "period": self._to_period,
            "date": self._to_period,
            "options": self._choose_option,
        }

    # ------------------------------------------------------------------------------------------------------ coming

    def enter(self, **asked: str) -> None:
        """Open a register (`name`) for a period, day, account or member; without a name the last one."""
        spot = (int(asked.pop("line", "0")), int(asked.pop("place", "-1")))
        self._loan = asked.pop("loan", "")
        if asked:
            self._ask = asked_for(self.desk, asked.get("name") or self._ask.name, asked)
            self._spot = spot
            self._read()
        elif self._of != (self.desk.code, self.desk.year) or self._shown is None:
            self._ask = asked_for(self.desk, self._ask.name, {})
            self._read()
        self.sheet.setFocus()

    def where(self) -> dict[str, str]:
        """The register, what it was asked with, and the cell of the cursor."""
        return said(self._ask) | {"line": str(self.sheet.line), "place": str(self.sheet.place)}

    def refresh(self, changed: Sequence[str]) -> None:
        """Read anew, with the cursor on the same row; of another entity or year, from its first row."""
        if self._of != (self.desk.code, self.desk.year):
            self._ask = asked_for(self.desk, self._ask.name, {})
            self._spot = (0, -1)
        else:
            self._spot = (self.sheet.line, self.sheet.place)
        if self.isVisible() or changed:
            self._read()

    def translate(self) -> None:
        """Show every word anew."""
        self.fields.translate()
        self.facts.update()
        self.sheet.viewport().update()
        self._name_fields()

    def day(self) -> str:
        """The last day of what is shown, where all of it is of one year."""
        last = self._ask.as_of or self._ask.until
        return self.day_of(self._ask.since or last, last)

    def keys(self) -> tuple[str, ...]:
        """What works where the cursor is; back goes from a field to the sheet, from there to where one came from."""
        if self.search.hasFocus():
            return ("next", "back")
        if not self.sheet.hasFocus():
            return ("next", "back", "period", "print")
        back = ("back",) if self.desk.has_way_back else ()
        if self.blank.isVisible():
            return (*back, "another", "period", "options")
        opens = ("open",) if self._way() else ()
        return (*opens, *back, "another", "find", "period", "options", "copy", "export")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Escape in a field goes back to the sheet, there back to where one came from."""
        if event.key() == Qt.Key.Key_Escape and not self.sheet.hasFocus():
            self.search.clear()
            self._name_fields()  # what was typed and not taken is forgotten
            self.sheet.setFocus()
        else:
            super().keyPressEvent(event)

    # ----------------------------------------------------------------------------------------------------- reading

    def _read(self) -> None:
        """Ask the books for the register; an older question that is still waiting is dropped."""
        if self._work is not None:
            self._work.drop()
        if not self.desk.code:
            return
        self.desk.remember("register", self._ask.name)
        self._of = (self.desk.code, self.desk.year)
        ask, words, office = self._ask, self.desk.language, self.desk.office
        self._name_fields()
        room = self._wide = self.sheet.viewport().width()
        if self._shown is not None and self._shown.name != ask.name:
            self._show_nothing()
        if self._shown != ask:
            self._slow.start()

        def read(work: Work) -> Shown:
            return read_register(office, ask, words, room, work)

        title = "Reading the register"
        self._work = self.desk.work(self, title, read, self._show, self._refused)

    def _show_nothing(self) -> None:
        """No register stands under the name of another."""
        self._shown = None
        self.blank.hide()
        self.facts.show_facts(())
        self.sheet.show_nothing()
        self.main.hide()
        self.told.setText("")
        self._moved()

    def _say_reading(self) -> None:
        if self._work is not None:
            self._show_nothing()
            self.blank.show_said(self.say("Reading {register} …", register=self.choice.text()))
            self._place_blank()

    def _show(self, shown: Shown) -> None:
        self._work = None
        self._slow.stop()
        self._shown = self._ask
        self.notice.clear()
        self.blank.hide()
        year = self.desk.year
        self._days = (shown.since, shown.until) if shown.until else (year_start(year), year_end(year))
        line, place = self._spot
        if self._loan:
            line = line_of_loan(shown.table, self._loan)
            self._loan = ""
        self.facts.show_facts(shown.table.facts)
        self.sheet.show_table(shown.table, shown.layout, line=line, place=place)
        self._tell(shown.table)
        if shown.table.nothing:
            self._say_none(shown.table.nothing, way_out(self._ask.name))
        else:
            self.main.show_act(self.say("Print"), "Ctrl P")
        if not self.search.hasFocus():
            self.search.clear()
        self._moved()
        if self.sheet.viewport().width() != self._wide:
            self._resized.start()

    def _tell(self, table: ScreenTable) -> None:
        """Whose it is, where it is of all, and of which day, where no field says so."""
        days = "" if {Ask.PERIOD, Ask.AS_OF} & set(self._asks()) else table.said
        whose = self.say("All groups") if self._ask.all else table.whose
        self.told.setText(" · ".join(filter(None, (whose, days))))
        self.told.setFont(theme.font_for(self.told.text()))

    def _refused(self, error: BaseException) -> None:
        """What was asked cannot be shown: why, and what to do, in its place; the fields stay, to be put right."""
        self._work = None
        self._slow.stop()
        self._show_nothing()
        if isinstance(error, Cancelled):
            self._say_not_read()
            return
        if not isinstance(error, BookError):
            super().failed(error)
            return
        first, *rest = error.faults
        self._say_none(
            self.say(first.message),
            way_out(self._ask.name, first.field or asked_of(self._ask)),
            *map(self.desk.say_fault, rest),
        )

    def _say_not_read(self) -> None:
        """The user cancelled it."""
        first, todo = self.say("The register was not read."), self.say("Read it again, or choose another one.")
        self.blank.show_said(first, todo, act=self.say("Read it again"), key="Enter", do=self._read)
        self._place_blank()
        self._moved()

    def _say_none(self, why: str, out: WayOut, *more: str) -> None:
        self.main.hide()
        todo = "\n".join((self.say(out.todo), *more))
        ways = self.acts | {"account": self._choose_account, "member": self._choose_member}
        self.blank.show_said(why, todo, act=self.say(out.act), key=out.key, do=ways[out.does])
        self._place_blank()
        self._moved()

    def _place_blank(self) -> None:
        """Under the heads, where there are any."""
        layout = self.sheet.layout_
        self.blank.move(layout.padding if layout else 0, (layout.head if layout else 0) + _BELOW_HEADS)

    def _lay_out_anew(self) -> None:
        """The window has another width."""
        table, room = self.sheet.table, self.sheet.viewport().width()
        if table is None or room == self._wide:
            return
        self._wide = room

        def lay_out(work: Work) -> SheetLayout:
            return laid_out(table, room, work.step)

        done = partial(self._laid_out, table)
        self.desk.work(self, "Laying the register out", lay_out, done, self._not_laid_out)

    def _laid_out(self, table: ScreenTable, layout: SheetLayout) -> None:
        if table is self.sheet.table:
            self.sheet.lay_out(layout)
        else:  # another one came meanwhile, perhaps of the width before
            self._wide = 0
            self._lay_out_anew()

    def _not_laid_out(self, error: BaseException) -> None:
        """It stays as wide as it was until it is read, or the window is made broader or narrower."""
        self._wide = 0
        if not isinstance(error, Cancelled):
            self.failed(error)
            return
        told = self.say("{work}: stopped.", work=self.say(error.title))
        self.notice.show_wrong(told, self.say("Choose the register again to see it in this width."))

    def _asks(self) -> tuple[Ask, ...]:
        return asks_of(self._ask.name)

    def _name_fields(self) -> None:
        ask, asks = self._ask, self._asks()
        self.choice.show_text(self.say(registers.source(ask.name).register.title))
        self.fields.show_asked(ask, asks)

    # ----------------------------------------------------------------------------------------------------- choosing

    def _again(self, ask: ReportAsk) -> None:
        self._ask, self._spot = ask, (0, -1)
        self._read()
        self.sheet.setFocus()

    def _period_typed(self, since: str, until: str) -> None:
        self._ask, self._spot = replace(self._ask, since=since, until=until), (0, -1)
        self._read()

    def _day_typed(self, on: str) -> None:
        self._ask, self._spot = replace(self._ask, as_of=on), (0, -1)
        self._read()

    def _to_period(self) -> None:
        self.fields.to_dates(self._asks())

    def _lettered(self, letter: str) -> None:
        if letter == "/":
            self.search.setFocus()
        elif letter.isalpha() or not letter.isascii():
            self._choose_register(letter)

    def _choose_register(self, typed: str = "") -> None:
        if self.desk.shell is None:
            return
        here = [
            Choice(one.candidate, partial(self.enter, name=one.candidate.key), one.sort)
            for one in register_choices(self.desk.shell)
        ]
        choose(self.desk.shell, self.say("Which register?"), here, typed)

    def _choose_account(self) -> None:
        code, until, say = self.desk.code, self._ask.until, self.desk.say

        def accounts(office: Office) -> list[Candidate]:
            there = voucher_entry.accounts(office, code, until)
            return [Candidate(one.code, say(one.name), one.name, one.code) for one in there]

        def chosen(there: Sequence[Candidate]) -> None:
            all_ = Candidate("", say("All accounts"))
            self._choose_among(say("Which account?"), [all_, *there], lambda key: replace(self._ask, account=key))

        self.desk.query(self, "Reading the accounts", accounts, chosen)

    def _choose_member(self) -> None:
        code, say = self.desk.code, self.desk.say

        def people(office: Office) -> list[Candidate]:
            return [Candidate(m.number, m.name, m.name_local, m.number) for m in members.listed(office, code)]

        def chosen(there: Sequence[Candidate]) -> None:
            all_ = Candidate("", say("All members"))
            self._choose_among(say("Which member?"), [all_, *there], lambda key: replace(self._ask, member=key))

        self.desk.query(self, "Reading the members", people, chosen)

    def _choose_among(self, asks: str, there: Sequence[Candidate], ask: Callable[[str], ReportAsk]) -> None:
        """Let the register be asked with one of these, by its key."""
        if self.desk.shell is not None:
            choices = [Choice(one, partial(self._again_with, ask, one.key)) for one in there]
            choose(self.desk.shell, asks, choices)

    def _again_with(self, ask: Callable[[str], ReportAsk], key: str) -> None:
        self._again(ask(key))

    def _choose_option(self) -> None:
        """What else the register may be asked with."""
        ask, asks, say = self._ask, self._asks(), self.say
        choices: list[Choice] = [Choice(Candidate("register", say("Another register")), self._choose_register)]
        if Ask.ACCOUNT in asks:
            choices.append(Choice(Candidate("account", say("Another account")), self._choose_account))
        if Ask.MEMBER in asks:
            choices.append(Choice(Candidate("member", say("Another member")), self._choose_member))
        if shows_all(self.desk, ask.name):
            whose = self.desk.entity_name() if ask.all else say("All groups")
            place = said(ask) | {"all": "" if ask.all else "yes", "member": ""}
            other = asked_for(self.desk, ask.name, place)
            choices.append(Choice(Candidate("whose", whose), partial(self._again, other)))
        if Ask.AFTER_CLOSING in asks:
            told = say("Before the closing vouchers") if ask.after_closing else say("After the closing vouchers")
            other = replace(ask, after_closing=not ask.after_closing)
            choices.append(Choice(Candidate("closing", told), partial(self._again, other)))
        if Ask.ORDER in asks:
            told = say("In order of date") if ask.order == "entry" else say("In order of entry")
            other = replace(ask, order="date" if ask.order == "entry" else "entry")
            choices.append(Choice(Candidate("order", told), partial(self._again, other)))
        if Ask.SAVINGS in asks:
            choices += [
                Choice(Candidate(kind or "all", say(title)), partial(self._again, replace(ask, savings=kind)))
                for kind, title in SAVINGS
            ]
        if self.desk.shell is not None:
            choose(self.desk.shell, say("How shall it be shown?"), choices)

    # ------------------------------------------------------------------------------------------------------- moving

    def _way(self) -> Way | None:
        line, table = self.sheet.current, self.sheet.table
        if line is None or table is None or not line.rows or self._shown != self._ask:
            return None
        row = line.rows[min(table.side_of(self.sheet.place), len(line.rows) - 1)]
        key = table.columns[self.sheet.place].column.key
        if row and row.get("entity", self.desk.code) != self.desk.code:
            return None  # the window looks at another group's books
        return way(self._ask.name, row, key, *self._days)

    def _moved(self) -> None:
        """Say what the cell is, and what Enter opens."""
        line, table = self.sheet.current, self.sheet.table
        if line is None or table is None or line.kind is LineKind.NOTE:
            self.strip.show_cell("", "")
        else:
            column = table.columns[self.sheet.place]
            head = " ".join(filter(None, (column.under, column.head.replace("\n", " "))))
            hides = self.desk.hides_amounts and column.column.kind in FIGURES
            self.strip.show_cell(head, HIDDEN if hides else table.text(line, self.sheet.place))
        found = self._way()
        self.strip.show_way(self.say(found.said, **found.values) if found else "")
        self.keys_changed.emit()

    def _open(self) -> None:
        """Go down to what the figure is made of."""
        found = self._way()
        if found is None:
            self.blank.do()
            return
        if found.several and self.desk.shell is not None:
            choices = [
                Choice(Candidate(name, name), partial(self.desk.go, found.page, voucher=name)) for name in found.several
            ]
            choose(self.desk.shell, self.say("Which voucher?"), choices)
            return
        self.desk.go(found.page, **found.asked)

    def _find_next(self) -> None:
        table, typed = self.sheet.table, self.search.text().strip()
        if table is None or not typed:
            return
        begin = self.sheet.line + 1

        def find(work: Work) -> tuple[int, int] | None:
            return found_in(table, typed, begin, work.step)

        self.desk.work(self, "Searching", find, partial(self._take_found, table, typed))

    def _take_found(self, table: ScreenTable, typed: str, found: tuple[int, int] | None) -> None:
        if table is not self.sheet.table:
            return  # another one came meanwhile: in it nothing was looked for
        self.notice.clear()
        if found is None:
            self.strip.show_cell("", self.say("“{typed}” stands nowhere in this register.", typed=typed))
        else:
            self.sheet.go_to(*found)

    # ----------------------------------------------------------------------------------------------- paper and files

    def _print(self) -> None:
        self.desk.go("printing", **said(self._ask))

    def _export(self) -> None:
        from bookkeeper.desktop import exports  # noqa: PLC0415  # writers are loaded when something is written
        from bookkeeper.desktop.file_choice import chosen_file  # noqa: PLC0415  # as above

        ask = self._ask
        chosen = chosen_file(self.desk, self, self.say("Export"), exports.suggested_name(ask))
        if chosen is None:
            return
        path, wanted = chosen
        code, office = self.desk.language.code, self.desk.office

        def write(work: Work) -> object:
            return office and exports.write(
                office, ask, wanted.name, path, code=code, step=lambda _rows: work.step()
            )  # fmt: skip

        written = self.say("Written: {file}", file=path.name)
        self.desk.work(self, "Exporting", write, lambda _: self.notice.show_well(written))


PAGE = RegistersPage
