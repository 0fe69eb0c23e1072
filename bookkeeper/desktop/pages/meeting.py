"""The meeting's page: enter the coming meeting from the sheet of paper, post it; look at former ones, take one back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from bookkeeper.commands import sheets
from bookkeeper.commands.act import Office
from bookkeeper.commands.sheets import Coming, Held
from bookkeeper.desktop import theme
from bookkeeper.desktop.keys import BY_NAME
from bookkeeper.desktop.meeting.asks import MeetingAsks
from bookkeeper.desktop.meeting.foot import usual_lines
from bookkeeper.desktop.meeting.hindrances import Hindrances
from bookkeeper.desktop.meeting.none_yet import NoneYet
from bookkeeper.desktop.meeting.open_days import why_shut
from bookkeeper.desktop.meeting.page_drafts import PageDrafts
from bookkeeper.desktop.meeting.posting import MeetingPosting
from bookkeeper.desktop.meeting.sheet import typed_of
from bookkeeper.desktop.meeting.taking_back import TakingBack
from bookkeeper.desktop.meeting.typed import Typed
from bookkeeper.desktop.meeting.view import FOOT, MEMBERS, MINUTES, MeetingView
from bookkeeper.desktop.page import Page
from bookkeeper.desktop.typed_dates import weekday

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
        self._posting = MeetingPosting(self, self._asks)
        self.hindrances = Hindrances(self)
        self.none_yet = NoneYet(desk, self)
        self.body.addWidget(self.none_yet, 1)
        self.body.addWidget(self.view, 1)
        self._held: Held | None = None
        self._numbers: tuple[int, ...] = ()
        self._asked = 0
        self._loading = False
        self._then: list[Callable[[], object]] = []
        self.main.clicked.connect(self._main_act)
        self.view.typed.connect(self._typed)
        self.view.moved.connect(self.keys_changed.emit)
        self.view.grid.left_out.connect(self._left_out)
        for grid in (self.view.grid, self.view.foot):
            grid.not_taken.connect(self.hindrances.say_why_closed)
        self._name_acts()

    def _name_acts(self) -> None:
        view = self.view
        self.acts = {
            "post": self._when_there(self._take_or_post),
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
        return lambda: self._then.append(do) if self._loading else do() if self.has_members else None

    @property
    def has_members(self) -> bool:
        """Whether there is a sheet: a group without members has none."""
        return self.view.coming is not None and bool(self.view.coming.members)

    # ------------------------------------------------------------------------------------------------ in and out

    def enter(self, **asked: str) -> None:
        """Open the meeting of a number, or the draft that was kept last."""
        number = asked.get("number", "")
        if not number and self.code == self.desk.code and self.view.coming is not None and self._held is None:
            self._to_cell()
            return
        if number != self.where().get("number", ""):
            self.notice.clear()
        self.load(int(number) if number.isdecimal() else 0)

    def where(self) -> dict[str, str]:
        """The number of a former meeting; of the draft nothing."""
        return {"number": str(self._held.number)} if self._held else {}

    def leave(self) -> None:
        """What is being typed goes to the disk."""
        self.view.commit()
        self.keeper.settle()

    def end(self) -> None:
        """Another page of these books may have the draft from now on."""
        super().end()
        self.drafts.close()

    def refresh(self, changed: Sequence[str]) -> None:
        """The books changed, or other ones are looked at."""
        if self.code and (changed or self.code != self.desk.code):
            self.view.commit()
            self.load(self._held.number if self._held and self.code == self.desk.code else 0)

    def translate(self) -> None:
        """Show every word anew; what is typed, asked and can be undone stays."""
        if self.view.coming is not None and self.view.what is not None:
            self.view.show_meeting(self.view.coming, self.view.what, is_open=self.view.is_open)
            self._show_none_yet()
        self._show_head()

    # ------------------------------------------------------------------------------------------------- reading it

    def load(self, number: int = 0) -> None:
        """Read a former meeting, or without a number the coming one with its draft."""
        self._asked += 1
        asked, code = self._asked, self.desk.code
        if not code:
            return
        if self.code != code:
            self._close_sheet()
        self.code, self._loading = code, True
        draft = None if number else self._open_draft()
        back = self._taking_back.sheet
        on = back.date if back else draft.date if draft else ""

        def read(office: Office) -> _Found:
            numbers = tuple(one for one, _ in sheets.meetings_held(office, code))
            held = sheets.held(office, code, number) if number else None
            shown = sheets.coming_as_held(office, code, number) if held else sheets.coming(office, code, on)
            return _Found(shown, held, numbers)

        self.desk.query(
            self,
            "Reading the sheet",
            read,
            lambda found: self._show(found, draft) if asked == self._asked else None,
            self._not_read,
        )

    def _close_sheet(self) -> None:
        """Another group is looked at: what was typed is kept, and nothing more is typed there."""
        view = self.view
        view.commit()
        self.drafts.close()
        if view.coming is not None and view.what is not None and view.is_open:
            view.show_meeting(view.coming, view.what, is_open=False)
        view.coming = view.what = None

    def _not_read(self, error: BaseException) -> None:
        self._loading = False
        self._then.clear()
        self.failed(error)

    def _open_draft(self) -> Typed | None:
        """What was typed and kept: that of the page goes before that of the disk, which may be a moment older."""
        if self.drafts.is_shown:
            return self.view.what
        back = self._taking_back.sheet
        return self.drafts.open(str(back.number)) if back is not None else self.drafts.open_last()

    def _show(self, found: _Found, draft: Typed | None) -> None:
        if not found.coming.members and draft is not None and self._asks.takes_back(draft):
            self.load()
            return
        if found.held is not None:
            self.view.commit()
            self.drafts.close()
        self._held, self._numbers = found.held, found.numbers
        coming, what = (self._as_held if found.held else self._as_draft)(found, draft)
        self.view.show_meeting(coming, what, is_open=found.held is None and self.may_write)
        if found.held is None and self.drafts.is_second:
            told = "This meeting is being entered in another window too. What is typed here is a draft of its own."
            self.notice.show_wrong(self.say(told))
        if found.held is None:
            self.drafts.shown()
            self.hindrances.say_at_once()
        self._loading = False
        self._show_none_yet()
        self._show_head()
        if self.isVisible() and self.is_uncovered:
            self._to_cell()
        waiting, self._then = self._then, []
        for do in waiting:
            do()

    def _show_none_yet(self) -> None:
        self.none_yet.setVisible(not self.has_members)
        self.view.setVisible(self.has_members)
        if not self.has_members and self.view.sheet is not None:
            may_enter = not self.desk.rights or "enter" in self.desk.rights
            self.none_yet.show_empty(self.view.sheet.columns, may_enter=may_enter)

    def _to_cell(self) -> None:
        self.view.to_cell() if self.has_members else self.none_yet.take_focus()

    def _as_held(self, found: _Found, _unused: Typed | None) -> tuple[Coming, Typed]:
        assert found.held is not None  # noqa: S101  # asked before
        return found.coming, typed_of(found.held.sheet, found.coming)

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

    @property
    def may_write(self) -> bool:
        """Whether the user may enter and post meetings."""
        return not self.desk.is_read_only and (not self.desk.rights or "post" in self.desk.rights)

    # ------------------------------------------------------------------------------------------------- the head

    def _show_head(self) -> None:
        say, words, view = self.desk.say, self.desk.language, self.view
        if view.coming is None or view.what is None:
            self.title.setText(say("Meeting"))
            self.told.setText("")
            self.main.show_act("", "")
            return
        if not self.has_members:
            self.title.setText(say("Meeting"))
            self.told.setText(say("no members yet"))
            self.main.show_act("", "")
            self.keys_changed.emit()
            return
        title = say("Meeting {number}", number=words.digits(str(view.what.number)))
        day = f"{say(weekday(view.what.date))} {words.date(view.what.date)}"
        where = say("{day} at {place}.", day=day, place=view.what.place) if view.what.place else f"{day}."
        how = "Posted." if self._held else "Draft, nothing posted yet" if view.is_open else "Only to look at"
        if view.is_open and not view.coming.last and not view.coming.rule.meeting_day:
            how = "F2 writes the day on which it was held."
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
            text, key, quiet = say("Take back to mend") if self.may_write else "", BY_NAME["correct"].shown, True
        else:
            text, key, quiet = say("Post meeting"), BY_NAME["post"].shown, bool(self.hindrances.why_not())
        shown = bool(self.view.coming and self.view.coming.members) and (self.view.is_open or self._held is not None)
        self.main.show_act(text if shown else "", key, quiet=quiet)

    def keys(self) -> Sequence[str]:
        """What works where the cursor is."""
        view = self.view
        if not self.has_members:
            return ("bring-in", "go") if self.none_yet.may_enter else ("go",)
        if not view.bar.isHidden():
            return ("next", "before", "leave-fields")
        if not view.is_open:
            mend = ("correct",) if self.may_take_back else ()
            return (*mend, "print", "copy", "turn") if self._held is not None else ("copy", "turn")
        if view.panel.is_counting:
            return ("next", "before", "leave-count", "minutes", "draft", "post")
        return self._keys_of_tab()

    def _keys_of_tab(self) -> Sequence[str]:
        view = self.view
        if view.tab == MINUTES:
            return ("next", "usual-agenda", "date", "count", "minutes", "draft", "post")
        if view.tab == FOOT:
            return ("next", "copy-above", "remove", "date", "count", "minutes", "draft", "post")
        here = ("attendance",) if view.grid.column == view.grid.column_of("here") else ("copy-above",)
        return ("next", *here, "as-due", "date", "count", "minutes", "tabs", "draft")

    def day(self) -> str:
        """The date of the meeting, held or being entered."""
        if self._held is not None:
            return self._held.date
        return self.view.what.date if self.view.what is not None else ""

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
        self.hindrances.typed()
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

    def _take_or_post(self) -> None:
        """While the row of fields is open, what stands in it is taken."""
        self._posting.post() if self.view.bar.isHidden() else self.view.bar.finish()

    def _main_act(self) -> None:
        (self._ask_reversal if self._held is not None else self._posting.post)()

    # ------------------------------------------------------------------------------------- former meetings, reversal

    def _ask_reversal(self) -> None:
        if self._held is None or not self.may_write:
            return
        shut = why_shut(self.desk, self._held.date)
        if shut:
            todo = self.say("The meeting stands as it is: mend what was wrong by a voucher on an open day.")
            self.notice.show_wrong(f"{shut} {todo}")
        else:
            self._taking_back.ask(self._held)

    @property
    def may_take_back(self) -> bool:
        """Whether the meeting that is shown can be taken back."""
        return self._held is not None and self.may_write and not why_shut(self.desk, self._held.date)

    def leave_held(self) -> None:
        """The former meeting that is shown stands no more."""
        self._held = None
        self.view.coming = self.view.what = None

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
