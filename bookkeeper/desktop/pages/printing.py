"""Print: any register as it will lie on paper, in any language; to the printer, a PDF, a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout

from bookkeeper.commands import reports, voucher_entry
from bookkeeper.commands.act import Office
from bookkeeper.desktop import exports, printer, theme
from bookkeeper.desktop.file_choice import chosen_file
from bookkeeper.desktop.keys import BY_NAME
from bookkeeper.desktop.page import MARGIN, Page
from bookkeeper.desktop.paper import Paper, chosen
from bookkeeper.desktop.preview import Preview
from bookkeeper.desktop.print_fields import PrintFields
from bookkeeper.desktop.runner import SHOWN_AFTER, Cancelled, Work
from bookkeeper.desktop.widgets.date_field import DateEdit, today
from bookkeeper.desktop.widgets.keycap import ActButton
from bookkeeper.errors import BadInput, BookError, Fault
from bookkeeper.rules.dates import year_end, year_start
from bookkeeper.words import Language

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

_USUAL: Final = "cash-book"
_SAY_MISSING: Final = 8


class PrintingPage(Page):
    """Left what is wanted, right the pages themselves."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.fields, self.preview = PrintFields(desk), Preview(desk)
        self.save = ActButton(desk)
        self.head.insertWidget(self.head.indexOf(self.main), self.save)
        row = QHBoxLayout()
        row.setSpacing(MARGIN)
        row.addWidget(self.fields)
        row.addWidget(self.preview, 1)
        self.body.addLayout(row, 1)
        if (whole := self.layout()) is not None:
            whole.setContentsMargins(MARGIN, 10, 0, 0)  # the preview reaches to the edges
        self.head.setContentsMargins(0, 0, MARGIN, 0)
        self._made: exports.Made | None = None
        self._whole: Paper | None = None
        self._work: Work | None = None
        self._cutting: Work | None = None
        self._wish = self._page = 0
        self._looks_at = ("", 0)
        self._is_stale, self._came_from_elsewhere = True, False
        self.fields.changed.connect(self._make)
        self.fields.changed.connect(self.keys_changed)
        self.fields.cut.connect(self._cut)
        self.preview.moved.connect(self._told)
        self.main.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        self.acts |= {
            "print": self._print,
            "date": self._to_period,
            "period": self._to_period,
            "save-pdf": self._save,
            "export": self._export,
            "zoom-in": partial(self.preview.zoom, 1),
            "zoom-out": partial(self.preview.zoom, -1),
            "fit": partial(self.preview.zoom, 0),
        }
        held = self._papers = list[Paper]()
        self.destroyed.connect(lambda *_: _close(held))
        if desk.shell is not None:
            desk.shell.closing.connect(self._drop)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SHOWN_AFTER)
        self._slow.timeout.connect(self._say_making)
        desk.query(self, "Reading the registers", lambda _office: reports.offered(), self._offered, kept_on=True)
        offer = self.fields.offer_printers
        desk.query(self, "Looking for printers", lambda _office: printer.names(), offer, kept_on=True)

    # ------------------------------------------------------------------------------------------ coming and going

    def enter(self, **asked: str) -> None:
        """Opened at a register with its period, or bare, where it stands as it was left."""
        whose = (self.desk.code, self.desk.year)
        if asked:
            self._came_from_elsewhere = "back" not in asked
            self.fields.show_values(self._usual() | asked)
            self._is_stale = True
        elif self.fields.is_asked_bare or whose != self._looks_at:
            self._came_from_elsewhere = False
            kept = self.fields.values()
            self.fields.show_values(self._usual() | {name: kept[name] for name in ("name",) if name in kept})
            self._is_stale = True
        self._read_names(whose)
        (self.preview if asked else self.fields.register).setFocus(Qt.FocusReason.TabFocusReason)
        self.fields.register.selectAll()
        if self._is_stale:
            self._make()

    def _to_period(self) -> None:
        """F2, Alt+F2: the first of the days with which the register is asked for."""
        days = (self.fields.since, self.fields.as_of, self.fields.until)
        shown = next((one for one in days if one.isVisible()), None)
        if shown is not None:
            shown.setFocus(Qt.FocusReason.ShortcutFocusReason)
            shown.selectAll()

    def where(self) -> dict[str, str]:
        """All fields."""
        return self.fields.values()

    def leave(self) -> None:
        """Nothing here needs to be kept; work that nobody waits for is stopped."""
        if self._work is not None:
            self._work.drop()
            self._work, self._is_stale = None, True

    def refresh(self, changed: Sequence[str]) -> None:
        """Other books, another year, or other figures: the pages are made anew when they are looked at."""
        whose = (self.desk.code, self.desk.year)
        if not changed and whose == self._looks_at:
            return  # language or theme alone
        self._is_stale = True
        if self.isVisible():
            if whose != self._looks_at:
                kept = self.fields.values()
                self.fields.show_values(self._usual() | {"name": kept.get("name", _USUAL)})
            self._read_names(whose)
            self._make()

    def _usual(self) -> dict[str, str]:
        """The cash book of the year that is looked at, up to now."""
        year = self.desk.year
        newest = self.desk.entity.newest if self.desk.entity else ""
        since, until = year_start(year), year_end(year)
        as_of = min(newest, until) if newest and newest >= since else min(until, max(since, today()))
        return {"name": _USUAL, "since": since, "until": until, "as_of": as_of}

    def _offered(self, offered: tuple[reports.Offered, ...]) -> None:
        self.fields.offer(offered)
        self._told()
        if self._is_stale and self.isVisible():
            self._make()

    def _read_names(self, whose: tuple[str, int]) -> None:
        self._looks_at = whose
        code, on = self.desk.code, max(today(), year_end(self.desk.year))

        def ask(office: Office) -> tuple[Sequence[object], Sequence[object]]:
            return voucher_entry.accounts(office, code, on), voucher_entry.people(office, code, on)

        self.desk.query(self, "Reading the registers", ask, lambda found: self.fields.offer_names(*found), kept_on=True)

    # ------------------------------------------------------------------------------------------- making the pages

    def _make(self) -> None:
        """Make the pages anew; what was still being made for the former wish is stopped."""
        if self._work is not None:
            self._work.drop()
        if not self.fields.knows_registers:
            self._is_stale = True  # made when it is known what the register is asked with
            return
        wanted, spoken = self.fields.wanted(), self.desk.language
        office = self.desk.office
        self._is_stale = False
        if office is None:
            return
        if wanted.ask.since > wanted.ask.until:
            self._work = None
            wrong = Fault("The period ends before it begins.", "Write another day.", field="--to")
            self._show_nothing(self.desk.say_fault(wrong))
            self.fields.show_faults([wrong])
            return

        def do(work: Work) -> tuple[exports.Made, Paper]:
            def step(rows: int) -> None:
                work.step(_rows(spoken, rows))

            made = exports.pages(office, wanted.ask, wanted.code, wanted.digits, step)
            return made, Paper(made.data)

        self._wish += 1
        self._slow.start()
        done = partial(self._done, self._wish)
        self._work = self.desk.work(self, "Making the pages", do, done, partial(self._not_made, self._wish))

    def _done(self, wish: int, found: tuple[exports.Made, Paper]) -> None:
        if wish != self._wish or self._work is None:
            found[1].close()
            return
        self._work = None
        self.notice.clear()
        self.fields.show_faults(())
        self._drop()
        self._slow.stop()
        self._made, self._whole = found
        self._papers.append(found[1])
        self._say_missing()
        self._cut()

    def _say_not_made(self) -> None:
        """The user cancelled it."""
        why, todo = self.say("The pages were not made."), self.say("Change a field to make them anew.")
        self._show_nothing(f"{why} {todo}")
        self.notice.show_wrong(why, todo)

    def _not_made(self, wish: int, error: BaseException) -> None:
        if wish != self._wish or self._work is None:
            return
        self._work = None
        if isinstance(error, Cancelled):
            self._say_not_made()
            return
        if not isinstance(error, BookError):
            self._show_nothing()
            self.desk.fault(error)
            return
        self._show_nothing("\n".join(map(self.desk.say_fault, error.faults)))
        rest = self.fields.show_faults(error.faults)
        if rest:
            self.notice.show_faults(type(error)(*rest))
        else:
            self.notice.clear()

    def _say_missing(self) -> None:
        missing = self._made.written.missing if self._made else ()
        if missing:
            some = " ".join(missing[:_SAY_MISSING])
            self.notice.show_wrong(
                self.say("No font has some of the letters; the pages show boxes for them: {some}", some=some)
            )

    def _drop(self) -> None:
        self._stop_cutting()
        self.preview.show_paper(None)
        _close(self._papers)
        self._made = self._whole = None

    def _show_nothing(self, why: str = "") -> None:
        self._slow.stop()
        self._drop()
        self.preview.show_reason(why)
        self._told()

    def _say_making(self) -> None:
        """What takes its time is said where the pages come; the former ones do not stand under another name."""
        if self._work is not None:
            page = self.preview.page
            self._show_nothing(self.say("Making the pages …"))
            self._page = page

    def _cut(self) -> None:
        """Show the pages that are asked for; what was still being cut for the key before is stopped."""
        whole = self._whole
        if whole is None:
            if self._work is None:
                self._make()  # they were not made: that another field is changed calls for them
            return
        self._stop_cutting()
        try:
            pages = chosen(self.fields.pages.text(), len(whole))
        except BadInput as error:
            self.fields.show_pages_fault(self.desk.say_fault(error.faults[0]))
            return
        self.fields.show_pages_fault("")
        if pages == list(range(len(whole))):
            self._show_part(whole)
        else:
            part = partial(whole.part, pages)
            self._cutting = self.desk.work(
                self, "Making the pages", lambda _work: part(), self._show_part, self._not_cut
            )

    def _stop_cutting(self) -> None:
        if self._cutting is not None:
            self._cutting.drop()
            self._cutting = None

    def _not_cut(self, error: BaseException) -> None:
        self._cutting = None
        if isinstance(error, Cancelled):
            self._say_not_made()
        else:
            self._show_nothing()
            self.failed(error)

    def _show_part(self, part: Paper) -> None:
        self._cutting = None
        self._papers.append(part)
        self.preview.show_paper(part)
        if self._page:
            self.preview.turn_to(self._page)
            self._page = 0
        self._told()

    def _told(self) -> None:
        title = self.fields.register_title()
        self.title.setText(self.say(title) if title else self.say("Print"))
        self.title.setFont(theme.font_for(self.title.text(), theme.TITLE, theme.SEMIBOLD))
        self.told.setText(self.say("All groups") if self.fields.is_of_all else self.desk.entity_name())
        self.told.setFont(theme.font_for(self.told.text()))
        ready = self.preview.pages > 0
        self.main.show_act(self.say("Print"), BY_NAME["print"].shown, quiet=not ready)
        self.save.show_act(self.say("Save PDF"), BY_NAME["save-pdf"].shown)

    # --------------------------------------------------------------------------------------------- print, save, export

    def _paper(self) -> Paper | None:
        """What is shown; where nothing is, it is said why not."""
        paper = self.preview.paper
        if paper is None or not len(paper) or self._is_making:
            self._say_none_yet()
            return None
        return paper

    @property
    def _is_making(self) -> bool:
        return self._work is not None or self._cutting is not None or self.fields.is_waiting

    def _say_none_yet(self) -> None:
        if self._is_making:
            self.notice.show_wrong(self.say("The pages are still being made."), self.say("Press the key again then."))
            return
        self.notice.show_wrong(self.say("There are no pages yet."), self.say("Change a field to make them anew."))

    def _print(self) -> None:
        paper = self._paper()
        if paper is None:
            return
        wanted = self.fields.wanted()
        chosen_printer = printer.ready_printer(paper, self.title.text(), wanted.printer, wanted.copies)
        if printer.is_asked_for(chosen_printer, self):
            self.print_to(chosen_printer)

    def print_to(self, where: QPrinter) -> None:
        """Print what is shown, as a printer is set."""
        paper, spoken, office = self.preview.paper, self.desk.language, self.desk.office
        if paper is None or office is None:
            return
        count, data = len(paper), paper.data

        def do(work: Work) -> None:
            def step(done: int) -> None:
                work.step(spoken.say("Page {page} of {pages}", page=done + 1, pages=count))

            printer.send(where, data, step, partial(exports.save, office))

        self.desk.work(self, "Printing", do, lambda _: self.notice.show_well(self.say("Sent to the printer.")))

    def _save(self) -> None:
        paper = self._paper()
        name = exports.suggested_name(self.fields.wanted().ask)
        pdf = [one for one in exports.FORMATS if one.name == "pdf"]
        answer = chosen_file(self.desk, self, self.say("Save PDF"), name, pdf) if paper else None
        if paper is None or answer is None:
            return
        path = answer[0]
        self.desk.query(
            self, "Saving", lambda office: exports.save(office, paper.data, path), lambda _: self._written(path.name)
        )

    def _export(self) -> None:
        if not self.fields.knows_registers:
            self._say_none_yet()
            return
        wanted, spoken, office = self.fields.wanted(), self.desk.language, self.desk.office
        name = exports.suggested_name(wanted.ask)
        answer = chosen_file(self.desk, self, self.say("Export"), name)
        if answer is None or office is None:
            return
        path, kind = answer

        def do(work: Work) -> None:
            exports.write(
                office, wanted.ask, kind.name, path,
                code=wanted.code, digits=wanted.digits, step=lambda rows: work.step(_rows(spoken, rows)),
            )  # fmt: skip

        self.desk.work(self, "Exporting", do, lambda _: self._written(path.name))

    def _written(self, name: str) -> None:
        self.notice.show_well(self.say("Written to {file}.", file=name))

    # --------------------------------------------------------------------------------------------------- Qt and words

    def translate(self) -> None:
        """Show every word anew."""
        self.fields.translate()
        self.preview.translate()
        self._told()

    def day(self) -> str:
        """The last day of what is to be printed, where all of it is of one year."""
        fields = self.fields
        if fields.as_of.isVisible():
            return fields.as_of.date
        return self.day_of(fields.since.date, fields.until.date)

    def keys(self) -> Sequence[str]:
        """Turning and zooming work everywhere but in a day, where Page Up and Down are a month."""
        focus = self.focusWidget()
        turning = () if isinstance(focus, DateEdit) else ("turn",)
        last = ("back",) if self._came_from_elsewhere else ()
        return (*turning, "zoom-in", "zoom-out", "export", "save-pdf", "print", *last)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.preview.turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self.preview.hasFocus():
            if not self.fields.is_wrong(self.focusWidget()):
                self.focusNextChild()
        else:
            super().keyPressEvent(event)


def _close(papers: list[Paper]) -> None:
    while papers:
        papers.pop().close()


def _rows(spoken: Language, rows: int) -> str:
    return spoken.say("{count} rows", count=spoken.number(rows)) if rows else ""


PAGE = PrintingPage
