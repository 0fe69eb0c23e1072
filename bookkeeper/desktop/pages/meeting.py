"""The meeting's page: enter the coming meeting from the sheet of paper, post it; look at former ones, take one back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel

from bookkeeper.commands import meetings, sheets
from bookkeeper.commands.act import Done, Office
from bookkeeper.commands.sheets import Coming, Held
from bookkeeper.desktop import theme
from bookkeeper.desktop.draft_keeper import DamagedDraft
from bookkeeper.desktop.keys import BY_NAME
from bookkeeper.desktop.meeting.asks import MeetingAsks
from bookkeeper.desktop.meeting.faults import Placed, place_of, placed
from bookkeeper.desktop.meeting.foot import usual_lines
from bookkeeper.desktop.meeting.page_drafts import PageDrafts
from bookkeeper.desktop.meeting.sheet import as_held, cash_of, sheet_to_post, typed_of
from bookkeeper.desktop.meeting.taking_back import TakingBack
from bookkeeper.desktop.meeting.typed import Figures, Typed
from bookkeeper.desktop.meeting.view import FOOT, MEMBERS, MINUTES, MeetingView
from bookkeeper.desktop.page import Page
from bookkeeper.desktop.typed_dates import weekday
from bookkeeper.errors import BookError

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk


@dataclass(frozen=True, slots=True)
class _Found:
    """What the books answered for one meeting: the coming one, or one that was held."""

    coming: Coming
    held: Held | None
    numbers: tuple[int, ...]


class MeetingPage(Page):
    """One meeting at a time: the coming one as a draft, or a former one as it was held."""

    shows: ClassVar[tuple[str, ...]] = ("meetings", "journal", "savings", "loans", "members")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view = MeetingView(desk)
        self.code = ""
        self.drafts = PageDrafts(self)
        self.keeper = self.drafts.keeper
        self._taking_back, self._asks = TakingBack(self), MeetingAsks(self)
        self._empty = QLabel()
        self._empty.setFont(theme.font(theme.SECTION))
        self._empty.setWordWrap(True)
        self._empty.setMaximumWidth(500)
        self._empty.hide()
        self.body.addWidget(self._empty)
        self.body.addWidget(self.view, 1)
        self.body.addStretch(0)
        self._held: Held | None = None
        self._numbers: tuple[int, ...] = ()
        self._asked = 0
        self._loading = False
        self._then: list[Callable[[], object]] = []
        self.is_posting = False
        self.main.clicked.connect(self._main_act)
        self.view.typed.connect(self._typed)
        self.view.moved.connect(self.keys_changed.emit)
        self.view.grid.left_out.connect(self._left_out)
        self._name_acts()

    def _name_acts(self) -> None:
        view = self.view
        self.acts = {
            "post": self._when_there(self._post),
            "draft": self._keep_now,
            "as-due": self._when_there(view.enter_rest),
            "count": self._when_there(view.count),
            "minutes": self._when_there(lambda: view.open_tab(MEMBERS if view.tab == MINUTES else MINUTES)),
            "copy-above": lambda: view.current_grid().copy_above(),
            "copy": lambda: view.current_grid().copy_cells(),
            "undo": self._undo,
            "date": self._when_there(self._asks.date),
            "options": self._when_there(view.details.ask_row),
            "remove": self._remove_line,
            "usual-agenda": self._take_usual,
            "print": self._print,
            "tabs": self._when_there(lambda: view.open_tab((view.tab + 1) % 3)),
        }

    def _when_there(self, do: Callable[[], object]) -> Callable[[], object]:
        """A key that is pressed while the sheet is still being read is answered when it is there."""
        return lambda: self._then.append(do) if self._loading else do()

    # ------------------------------------------------------------------------------------------------ in and out

    def enter(self, **asked: str) -> None:
        """Open the meeting of a number, or the draft that was kept last."""
        number = asked.get("number", "")
        if not number and self.code == self.desk.code and self.view.coming is not None and self._held is None:
            self.view.to_cell()
            return
        self.load(int(number) if number.isdecimal() else 0)

    def where(self) -> dict[str, str]:
        """The number of a former meeting; of the draft nothing."""
        return {"number": str(self._held.number)} if self._held else {}

    def leave(self) -> None:
        """What is being typed goes to the disk."""
        self.view.commit()
        self.keeper.flush()

    def refresh(self, changed: Sequence[str]) -> None:
        """The books changed, or other ones are looked at."""
        if self.code and (changed or self.code != self.desk.code) and not self.is_posting:
            self.view.commit()
            self.load(self._held.number if self._held and self.code == self.desk.code else 0)

    def translate(self) -> None:
        """Show every word anew."""
        if self.view.coming is not None and self.view.what is not None:
            self.view.show_meeting(self.view.coming, self.view.what, is_open=self.view.is_open)
        self._show_head()

    # ------------------------------------------------------------------------------------------------- reading it

    def load(self, number: int = 0) -> None:
        """Read a former meeting, or without a number the coming one with its draft."""
        self.keeper.flush()
        self._asked += 1
        asked, code = self._asked, self.desk.code
        if not code:
            return
        if self.code != code:
            self.view.coming = None
        self.code, self._loading = code, True
        if number:
            self.drafts.close()
        draft = None if number else self._open_draft()
        back = self._taking_back.sheet
        on = back.date if back else draft.date if draft else ""

        def read(office: Office) -> _Found:
            numbers = tuple(one for one, _ in sheets.meetings_held(office, code))
            held = sheets.held(office, code, number) if number else None
            return _Found(sheets.coming(office, code, held.date if held else on), held, numbers)

        self.desk.query(
            self,
            "Reading the sheet",
            read,
            lambda found: self._show(found, draft) if asked == self._asked else None,
            self._not_read,
        )

    def _not_read(self, error: BaseException) -> None:
        self._loading = False
        self._then.clear()
        self.failed(error)

    def _open_draft(self) -> Typed | None:
        """What was typed and kept: that of the page goes before that of the disk, which may be a moment older."""
        if self.drafts.is_shown:
            return self.view.what
        try:
            if self._taking_back.sheet is not None:
                return self.drafts.open(str(self._taking_back.sheet.number), self._body)
            return self.drafts.open_last(self._body)
        except DamagedDraft as error:
            told = "A draft could not be read. It was moved aside: {file}"
            self.notice.show_wrong(self.say(told, file=str(error.aside)))
        except OSError as error:
            self.notice.show_wrong(self.say("The draft could not be kept on the disk."), str(error))
        return None

    def _body(self) -> dict[str, Any]:
        return self.view.what.plain() if self.view.what is not None else {}

    def _show(self, found: _Found, draft: Typed | None) -> None:
        self._held, self._numbers = found.held, found.numbers
        coming, what = (self._as_held if found.held else self._as_draft)(found, draft)
        self._empty.setVisible(not coming.members)
        self.view.setVisible(bool(coming.members))
        if not coming.members:
            text = self.desk.say("This group has no members yet. Bring them in first; then their rows stand here.")
            self._empty.setText(text)
        is_open = found.held is None and self._may_write() and not self.keeper.is_elsewhere
        self.view.show_meeting(coming, what, is_open=is_open)
        if found.held is None and self.keeper.is_elsewhere:
            self.notice.show_wrong(
                self.desk.say("This meeting is being entered in another window. Close it there first.")
            )
        if found.held is None:
            self.drafts.shown()
        self._loading = False
        self._show_head()
        if self.isVisible():
            self.view.to_cell()
        waiting, self._then = self._then, []
        for do in waiting:
            do()

    def _as_held(self, found: _Found, _unused: Typed | None) -> tuple[Coming, Typed]:
        assert found.held is not None  # noqa: S101  # asked before
        cash = found.held.notes.get("cash") or {}
        coming = as_held(found.coming, found.held.sheet, int(cash["book"]) if cash else None)
        return coming, typed_of(found.held.sheet, coming)

    def _as_draft(self, found: _Found, draft: Typed | None) -> tuple[Coming, Typed]:
        coming, back = found.coming, self._taking_back.sheet
        if back is not None:
            self._taking_back.sheet = None
            return coming, typed_of(back, coming)
        if draft is not None:
            return coming, draft
        return coming, Typed(
            coming.date, coming.number, place=coming.place, time=coming.time, foot=usual_lines(coming)
        )  # fmt: skip

    def _may_write(self) -> bool:
        return not self.desk.is_read_only and (not self.desk.rights or "post" in self.desk.rights)

    # ------------------------------------------------------------------------------------------------- the head

    def _show_head(self) -> None:
        say, words, view = self.desk.say, self.desk.language, self.view
        if view.coming is None or view.what is None:
            self.title.setText(say("Meeting"))
            self.told.setText("")
            self.main.show_act("", "")
            return
        title = say("Meeting {number}", number=words.digits(str(view.what.number)))
        day = f"{say(weekday(view.what.date))} {words.date(view.what.date)}"
        where = say("{day} at {place}.", day=day, place=view.what.place) if view.what.place else f"{day}."
        how = "Posted." if self._held else "Draft, nothing posted yet" if view.is_open else "Only to look at"
        told = f"{where} {say(how)}" + (f" {_brief(self._held.vouchers)}" if self._held else "")
        self.title.setText(title)
        self.title.setFont(theme.font_for(title, theme.TITLE, theme.SEMIBOLD))
        self.told.setText(told)
        self.told.setFont(theme.font_for(told))
        self._show_main()
        self.keys_changed.emit()

    def _show_main(self) -> None:
        say = self.desk.say
        if self._held is not None:
            text, key, quiet = say("Take back to mend"), BY_NAME["correct"].shown, True
        else:
            text, key, quiet = say("Post meeting"), BY_NAME["post"].shown, bool(self._why_not())
        shown = bool(self.view.coming and self.view.coming.members) and (self.view.is_open or self._held is not None)
        self.main.show_act(text if shown else "", key, quiet=quiet)

    def _why_not(self) -> str:
        """Why the meeting cannot be posted yet, in words; "" where it can."""
        view, say = self.view, self.desk.say
        if view.coming is None or view.what is None or not view.is_open:
            return say("This sheet is only to be looked at.")
        wrong = self._first_wrong()
        if wrong:
            return wrong
        missing = Figures(view.coming, view.what).missing()
        if missing:
            text = "{count} members are not entered yet. Ctrl Shift D takes the rest as due."
            return say(text, count=len(missing))
        return ""

    def _first_wrong(self) -> str:
        view = self.view
        for grid in (view.grid, view.foot):
            if grid.first_wrong and grid.sheet and not grid.is_editing:
                (row, column), sheet = grid.first_wrong, grid.sheet
                who = sheet.display(row, 1 if grid is view.grid else 0)
                return f"{who}, {sheet.columns[column].head}: {sheet.wrong(row, column)}".removeprefix(", ")
        return self.desk.say("A line of the count is no number.") if view.panel.first_wrong() else ""

    def keys(self) -> Sequence[str]:
        """What works where the cursor is."""
        view = self.view
        if not view.bar.isHidden():
            return ("next", "before", "back")
        if not view.is_open:
            return ("correct", "print", "copy", "turn") if self._held is not None else ("copy", "turn")
        if view.panel.is_counting:
            return ("next", "before", "back", "minutes", "draft", "post")
        return self._keys_of_tab()

    def _keys_of_tab(self) -> Sequence[str]:
        view = self.view
        if view.tab == MINUTES:
            return ("next", "usual-agenda", "date", "count", "minutes", "draft", "post")
        if view.tab == FOOT:
            return ("next", "copy-above", "remove", "date", "count", "minutes", "draft", "post")
        here = ("attendance",) if view.grid.column == view.grid.column_of("here") else ("copy-above",)
        return ("next", *here, "as-due", "date", "count", "minutes", "tabs", "draft")

    def state(self) -> str:
        """Whether what was typed is on the disk."""
        say = self.desk.say
        if self._held is not None:
            return ""
        if self.view.what is not None and self.view.is_open and self.view.what.is_touched:
            return (
                say("Draft kept {time}", time=self.drafts.kept_at) if self.drafts.kept_at else say("Draft not kept yet")
            )
        return ""

    # ---------------------------------------------------------------------------------------------------- typing

    def _typed(self) -> None:
        self.keeper.touch()
        if self.notice.property("rank") == "well":
            self.notice.clear()
        self._show_main()

    def _left_out(self, count: int) -> None:
        text = "{count} pasted cells were left out: nothing is typed where they would stand."
        self.notice.show_wrong(self.say(text, count=count))

    def _keep_now(self) -> None:
        self.view.commit()
        if self.view.is_open and not self._loading:
            self.keeper.write()

    def _undo(self) -> None:
        if self._held is not None:
            self._ask_reversal()
        else:
            self.view.current_grid().undo()

    def _take_usual(self) -> None:
        if self.view.tab == MINUTES:
            self.view.minutes.take_usual()

    def _remove_line(self) -> None:
        view = self.view
        if view.tab == FOOT and view.foot_sheet is not None and view.is_open:
            sheet, row = view.foot_sheet, view.foot.row
            view.foot.change(lambda _sheet: sheet.remove(row))

    # ---------------------------------------------------------------------------------------------------- posting

    def _main_act(self) -> None:
        (self._ask_reversal if self._held is not None else self._post)()

    def _post(self) -> None:
        self.view.commit()
        self.view.forgive()
        view, why = self.view, self._why_not()
        if why:
            self.notice.show_wrong(why, self.desk.say("The books are as they were."))
            self._to_first_wrong()
            return
        if view.coming is None or view.what is None or self.is_posting:
            return
        if cash_of(view.coming, view.what).should_be < 0 and not view.what.below_zero:
            self._asks.below_zero(self._post)
            return
        self.keeper.write()
        self.is_posting = True
        below = view.what.below_zero if cash_of(view.coming, view.what).should_be < 0 else ""
        sheet, code = sheet_to_post(view.coming, view.what), self.code
        self.desk.act(
            self,
            "Posting the meeting",
            lambda office, key: meetings.post_meetings(
                office, key, code, [sheet], below_zero=below, places=place_of
            ),
            self._posted,
            self._refused,
        )  # fmt: skip

    def _to_first_wrong(self) -> None:
        view = self.view
        for tab, grid in ((MEMBERS, view.grid), (FOOT, view.foot)):
            if grid.first_wrong:
                view.open_tab(tab)
                grid.stand_at(*grid.first_wrong)
                return
        if (line := view.panel.first_wrong()) is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif view.sheet is not None and view.coming is not None and view.what is not None:
            view.open_tab(MEMBERS)
            missing = Figures(view.coming, view.what).missing()
            if missing:
                view.grid.stand_at(view.sheet.row_of(missing[0]), max(view.grid.column, 2))

    def _posted(self, done: Done) -> None:
        say = self.desk.say
        self.is_posting = False
        self.keeper.remove()
        self.drafts.close()
        result = cast("dict[str, list[dict[str, object]]]", done.result)
        number = ", ".join(str(one["number"]) for one in result["meetings"])
        names = ", ".join(str(one["voucher"]) for one in result["vouchers"])
        text = say("Meeting {number} is posted: {vouchers}.", number=number, vouchers=names)
        self.notice.show_well(text if names else say("Meeting {number} is posted. No money moved.", number=number))
        self.view.what = self.view.coming = None
        self.view.open_tab(MEMBERS)
        self.load()

    def _refused(self, error: BaseException) -> None:
        self.is_posting = False
        if not isinstance(error, BookError):
            self.desk.fault(error)
            return
        where: list[Placed] = [placed(fault) for fault in error.faults]
        self.notice.show_faults(BookError(*(one.fault for one in where)))
        self.view.refuse(where)

    # ------------------------------------------------------------------------------------- former meetings, reversal

    def _ask_reversal(self) -> None:
        if self._held is not None and self._may_write():
            self._taking_back.ask(self._held)

    def begin_draft(self, name: str, body: Callable[[], Mapping[str, Any]]) -> None:
        """Keep another draft from now on, of a meeting that is being taken back."""
        self.drafts.open(name, body)

    def leave_held(self) -> None:
        """The former meeting that is shown stands no more."""
        self._held = None
        self.view.coming = self.view.what = None

    def end_draft(self) -> None:
        """Nothing is kept any more, until a draft is opened again."""
        self.drafts.close()

    def _turn(self, steps: int) -> None:
        """To the meeting before, or the one after; behind the last one is the draft."""
        if self._loading:
            return
        self.view.commit()
        numbers = [*self._numbers, 0]
        here = self._held.number if self._held else 0
        at = numbers.index(here) + steps if here in numbers else len(numbers) - 1
        if 0 <= at < len(numbers) and numbers[at] != here:
            self.notice.clear()
            self.load(numbers[at])

    def _print(self) -> None:
        day = self.view.what.date if self.view.what else ""
        self.desk.go("printing", name="meeting-sheet", until=day)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self._turn(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        elif event.key() == Qt.Key.Key_Escape and self.view.tab != MEMBERS:
            self.view.open_tab(MEMBERS)
        else:
            super().keyPressEvent(event)


def _brief(vouchers: Sequence[str]) -> str:
    """The names of the vouchers without their year, which is the meeting's."""
    return ", ".join(name.partition("/")[0] for name in vouchers)


PAGE = MeetingPage
