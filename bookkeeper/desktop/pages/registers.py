"""Any register or statement, ruled as it prints: chosen by letters, its period by keys or words, down by Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from bookkeeper import registers
from bookkeeper.commands import members, voucher_entry
from bookkeeper.commands.act import Office
from bookkeeper.commands.reports import ReportAsk, prepared
from bookkeeper.desktop import theme
from bookkeeper.desktop.drilling import Way, way
from bookkeeper.desktop.finding import found_in
from bookkeeper.desktop.matching import Candidate
from bookkeeper.desktop.page import Page
from bookkeeper.desktop.palette import Choice, choose
from bookkeeper.desktop.register_sheet import RegisterSheet
from bookkeeper.desktop.sheet_layout import SheetLayout, laid_out
from bookkeeper.desktop.widgets.bars import DownButton
from bookkeeper.desktop.widgets.date_field import DateField
from bookkeeper.desktop.widgets.period_field import PeriodField
from bookkeeper.desktop.widgets.strip import Strip
from bookkeeper.desktop.window_acts import register_choices
from bookkeeper.printing.screen import screen_table
from bookkeeper.printing.screen_table import LineKind, ScreenTable
from bookkeeper.report import Ask
from bookkeeper.rules.dates import year_end, year_start

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk
    from bookkeeper.desktop.runner import Work

FIRST: Final = "cash-book"
_RELAYOUT: Final = 120
_SAVINGS: Final = (
    ("", "All savings"),
    ("compulsory", "Compulsory"),
    ("voluntary", "Voluntary"),
    ("special", "Special"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What came back from the books: the table, how it is laid out, and the days that it shows."""

    table: ScreenTable
    layout: SheetLayout
    since: str
    until: str


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
        self.period, self.day = PeriodField(desk, has_note=False), DateField(desk)
        self.account, self.member = DownButton(desk), DownButton(desk)
        self.search = QLineEdit()
        self.search.setFixedWidth(190)
        self.search.returnPressed.connect(self._find_next)
        self.sheet, self.strip = RegisterSheet(desk), Strip(desk)
        row = QHBoxLayout()
        row.setSpacing(12)
        for widget in (self.period, self.day, self.account, self.member):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.search)
        self.fields = QFrame()
        self.fields.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.fields)
        self.body.addWidget(self.sheet, 1)
        self.body.addWidget(self.strip)
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(_RELAYOUT)
        self._connect()

    def _connect(self) -> None:
        self.period.changed.connect(self._period_typed)
        self.period.accepted.connect(self.sheet.setFocus)
        self.day.changed.connect(self._day_typed)
        self.day.accepted.connect(self.sheet.setFocus)
        self.account.clicked.connect(self._choose_account)
        self.member.clicked.connect(self._choose_member)
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
            self._ask = self._asked(**asked)
            self._spot = spot
            self._read()
        elif self._of != (self.desk.code, self.desk.year) or self.sheet.table is None:
            self._ask = self._asked(name=self._ask.name)
            self._read()
        self.sheet.setFocus()

    def _asked(self, **asked: str) -> ReportAsk:
        """The register as asked for, its dates those of the year that the window looks at where none are said."""
        name = asked.get("name") or self._ask.name
        asks = registers.source(name).register.asks
        year = self.desk.year
        since, until, as_of = asked.get("since", ""), asked.get("until", ""), asked.get("as_of", "")
        if Ask.PERIOD in asks:
            since, until = since or year_start(year), until or year_end(year)
            as_of = ""
        elif Ask.AS_OF in asks:
            as_of = as_of or until or min(year_end(year), max(self._newest(), year_start(year)))
            since = until = ""
        else:
            since = until = as_of = ""
        return ReportAsk(
            name,
            entities=(self.desk.code,),
            account=asked.get("account", "") if Ask.ACCOUNT in asks else "",
            member=asked.get("member", "") if Ask.MEMBER in asks else "",
            since=since,
            until=until,
            as_of=as_of,
            after_closing=asked.get("after_closing") == "yes" and Ask.AFTER_CLOSING in asks,
            order=asked.get("order", "") if Ask.ORDER in asks else "",
            savings=asked.get("savings", "") if Ask.SAVINGS in asks else "",
        )

    def _newest(self) -> str:
        return self.desk.entity.newest if self.desk.entity else ""

    def where(self) -> dict[str, str]:
        """The register, what it was asked with, and the cell of the cursor."""
        ask = self._ask
        found = {"name": ask.name, "account": ask.account, "member": ask.member, "order": ask.order}
        found |= {"since": ask.since, "until": ask.until, "as_of": ask.as_of, "savings": ask.savings}
        found |= {"after_closing": "yes"} if ask.after_closing else {}
        return found | {"line": str(self.sheet.line), "place": str(self.sheet.place)}

    def refresh(self, changed: Sequence[str]) -> None:
        """Read anew, with the cursor on the same row; of another entity or year, from its first row."""
        if self._of != (self.desk.code, self.desk.year):
            self._ask = self._asked(name=self._ask.name)
            self._spot = (0, -1)
        else:
            self._spot = (self.sheet.line, self.sheet.place)
        if self.isVisible() or changed:
            self._read()

    def translate(self) -> None:
        """Show every word anew."""
        self.period.translate(self.say("Period"))
        self.day.translate(self.say("On"))
        self.search.setPlaceholderText(self.say("Find words or an amount"))
        self.search.setFont(theme.font_for(self.search.placeholderText()))
        self.search.setAccessibleName(self.search.placeholderText())
        self.sheet.viewport().update()
        self._name_fields()

    def keys(self) -> tuple[str, ...]:
        """What works where the cursor is."""
        if self.search.hasFocus():
            return ("next", "back")
        if not self.sheet.hasFocus():
            return ("next", "back", "period", "print")
        opens = ("open",) if self._way() else ()
        return (*opens, "back", "another", "find", "period", "options", "copy", "export")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Escape in a field goes back to the sheet, there back to where one came from."""
        if event.key() == Qt.Key.Key_Escape and not self.sheet.hasFocus():
            self.search.clear()
            self.sheet.setFocus()
        else:
            super().keyPressEvent(event)

    # ----------------------------------------------------------------------------------------------------- reading

    def _read(self) -> None:
        """Ask the books for the register; an older question that is still waiting is dropped."""
        if self._work is not None:
            self._work.cancelled.set()
            self._work.abandoned.set()
        if not self.desk.code:
            return
        self.desk.remember("register", self._ask.name)
        self._of = (self.desk.code, self.desk.year)
        ask, words = self._ask, self.desk.language
        self._name_fields()
        room = self._wide = self.sheet.viewport().width()

        def read(work: Work) -> Shown:
            return _read(self.desk.office, ask, words, room, work)

        title = "Reading the register"
        self._work = self.desk.work(self, title, read, self._show)

    def _show(self, shown: Shown) -> None:
        self._work = None
        self.notice.clear()
        year = self.desk.year
        self._days = (shown.since, shown.until) if shown.until else (year_start(year), year_end(year))
        line, place = self._spot
        if self._loan:
            line = _line_of_loan(shown.table, self._loan)
            self._loan = ""
        self.sheet.show_table(shown.table, shown.layout, line=line, place=place)
        self.told.setText(shown.table.said if Ask.PERIOD not in self._asks() else "")
        self.main.show_act(self.say("Print"), "Ctrl P")
        self.search.clear()
        self._moved()
        if self.sheet.viewport().width() != self._wide:
            self._resized.start()

    def failed(self, error: BaseException) -> None:
        """What was asked cannot be shown; the fields stay, to be put right."""
        self._work = None
        super().failed(error)

    def _lay_out_anew(self) -> None:
        """The window has another width."""
        table, room = self.sheet.table, self.sheet.viewport().width()
        if table is None or room == self._wide:
            return
        self._wide = room
        self.desk.work(self, "Laying the register out", lambda work: laid_out(table, room, work.step), self._laid_out)

    def _laid_out(self, layout: SheetLayout) -> None:
        table = self.sheet.table
        if table is not None and len(layout.tops) == len(table.lines) + 1:
            self.sheet.lay_out(layout)

    def _asks(self) -> tuple[Ask, ...]:
        return registers.source(self._ask.name).register.asks

    def _name_fields(self) -> None:
        ask, asks = self._ask, self._asks()
        self.choice.show_text(self.say(registers.source(ask.name).register.title))
        self.period.setVisible(Ask.PERIOD in asks)
        self.day.setVisible(Ask.AS_OF in asks and Ask.PERIOD not in asks)
        if Ask.PERIOD in asks:
            self.period.set_period(ask.since, ask.until)
        elif ask.as_of:
            self.day.set_date(ask.as_of)
        self.account.setVisible(Ask.ACCOUNT in asks)
        self.account.show_text(
            self.say("Account {code}", code=ask.account) if ask.account else self.say("All accounts")
        )
        self.member.setVisible(Ask.MEMBER in asks)
        self.member.show_text(self.say("Member {number}", number=ask.member) if ask.member else self.say("All members"))

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
        field = self.period if Ask.PERIOD in self._asks() else self.day
        field.edit.setFocus()
        field.edit.selectAll()

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
        if Ask.AFTER_CLOSING in asks:
            said = say("Before the closing vouchers") if ask.after_closing else say("After the closing vouchers")
            other = replace(ask, after_closing=not ask.after_closing)
            choices.append(Choice(Candidate("closing", said), partial(self._again, other)))
        if Ask.ORDER in asks:
            said = say("In order of date") if ask.order == "entry" else say("In order of entry")
            other = replace(ask, order="date" if ask.order == "entry" else "entry")
            choices.append(Choice(Candidate("order", said), partial(self._again, other)))
        if Ask.SAVINGS in asks:
            choices += [
                Choice(Candidate(kind or "all", say(title)), partial(self._again, replace(ask, savings=kind)))
                for kind, title in _SAVINGS
            ]
        if self.desk.shell is not None:
            choose(self.desk.shell, say("How shall it be shown?"), choices)

    # ------------------------------------------------------------------------------------------------------- moving

    def _way(self) -> Way | None:
        line, table = self.sheet.current, self.sheet.table
        if line is None or table is None or not line.rows:
            return None
        side, begin = 0, 0
        for number, (_, count) in enumerate(table.sides):
            if self.sheet.place >= begin:
                side = number
            begin += count
        row = line.rows[min(side, len(line.rows) - 1)]
        key = table.columns[self.sheet.place].column.key
        return way(self._ask.name, row, key, *self._days)

    def _moved(self) -> None:
        """Say what the cell is, and what Enter opens."""
        line, table = self.sheet.current, self.sheet.table
        if line is None or table is None or line.kind is LineKind.NOTE:
            self.strip.show_cell("", "")
        else:
            column = table.columns[self.sheet.place]
            head = " ".join(filter(None, (column.under, column.head.replace("\n", " "))))
            self.strip.show_cell(head, table.text(line, self.sheet.place))
        found = self._way()
        self.strip.show_way(self.say(found.said, **found.values) if found else "")
        self.keys_changed.emit()

    def _open(self) -> None:
        """Go down to what the figure is made of."""
        found = self._way()
        if found is None:
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
        self.desk.work(self, "Searching", lambda work: found_in(table, typed, begin, work.step), self._take_found)

    def _take_found(self, found: tuple[int, int] | None) -> None:
        if found is None:
            self.strip.show_cell("", self.say("“{typed}” stands nowhere in this register.", typed=self.search.text()))
        else:
            self.sheet.go_to(*found)

    # ----------------------------------------------------------------------------------------------- paper and files

    def _print(self) -> None:
        place = self.where()
        del place["line"], place["place"]
        self.desk.go("printing", **place)

    def _export(self) -> None:
        from bookkeeper.desktop import exports  # noqa: PLC0415  # writers are loaded when something is written
        from bookkeeper.desktop.file_choice import chosen_file  # noqa: PLC0415  # as above

        ask = self._ask
        chosen = chosen_file(self.desk, self, self.say("Export"), exports.suggested_name(ask))
        if chosen is None:
            return
        path, wanted = chosen
        code = self.desk.language.code

        def write(office: Office) -> object:
            return exports.write(office, ask, wanted.name, path, code=code)

        self.desk.query(self, "Exporting", write, lambda _: self._exported(path.name))

    def _exported(self, name: str) -> None:
        self.notice.show_well(self.say("Written: {file}", file=name))


def _read(office: Office | None, ask: ReportAsk, words: object, room: int, work: Work) -> Shown:
    """Read a register and lay it out, in the books' thread."""
    assert office is not None  # noqa: S101  # there is a page only where there are books
    with prepared(office, ask) as printout:
        work.step()
        report = printout.table()
        table = screen_table(report, words)  # type: ignore[arg-type]  # a Language
        work.step()
        heading = report.heading
        layout = laid_out(table, room, work.step)
    return Shown(table, layout, heading.since or "", heading.until or heading.as_of or "")


def _line_of_loan(table: ScreenTable, loan: str) -> int:
    """The first line of a loan."""
    lines = enumerate(table.lines)
    return next((n for n, line in lines if any(row and str(row.get("loan")) == loan for row in line.rows)), 0)


PAGE = RegistersPage
