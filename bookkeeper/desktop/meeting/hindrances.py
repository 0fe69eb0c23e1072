"""What keeps a meeting from being posted or typed in, in words: a shut day, a wrong cell, members not entered yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from bookkeeper.desktop.meeting.members_sheet import HEADS
from bookkeeper.desktop.meeting.open_days import why_shut
from bookkeeper.desktop.meeting.typed import Figures
from bookkeeper.desktop.meeting.view import FOOT, MEMBERS, MINUTES

if TYPE_CHECKING:
    from bookkeeper.desktop.pages.meeting import MeetingPage


class Hindrances:
    """Says it for the page."""

    def __init__(self, page: MeetingPage) -> None:
        self._page = page
        self._said = ""
        self._is_refused = False

    def refused(self) -> None:
        """The books refused it, which stands above the sheet."""
        self._is_refused = True

    def _is_mended(self) -> bool:
        """Whether every cell that the books refused is another now."""
        view = self._page.view
        return self._is_refused and not any(sheet and sheet.refused for sheet in (view.sheet, view.foot_sheet))

    def refuse(self) -> bool:
        """Say above the sheet why the meeting cannot be posted yet, and go there; False where it can."""
        view, self._is_refused = self._page.view, False
        if view.coming is not None and not view.is_open:
            self.say_why_closed()
            return True
        why = self._said = self.why_not()
        if why:
            self._page.notice.show_wrong(f"{why} {self._page.say('The books are as they were.')}")
            self.go_to_first()
        return bool(why)

    def typed(self) -> None:
        """Something was typed: what was said above the sheet goes when it is mended, though not under the hands."""
        view = self._page.view
        is_editing = any(grid.is_editing for grid in (view.grid, view.foot, view.minutes.resolutions))
        if is_editing:
            return
        if self._is_mended() or (self._said and self.why_not() != self._said):
            self._said, self._is_refused = "", False
            self._page.notice.clear()

    def why_not(self) -> str:
        """Why the meeting cannot be posted yet; "" where it can."""
        view, say = self._page.view, self._page.say
        if view.coming is None or view.what is None or not view.is_open:
            return say("This sheet is only to be looked at.")
        found = self._shut() or self._first_wrong()
        missing = Figures(view.coming, view.what).missing()
        if not found and missing:
            text = "{count} members are not entered yet. Ctrl Shift D takes the rest as due."
            return say(text, count=len(missing))
        return found

    def _shut(self) -> str:
        page = self._page
        shut = why_shut(page.desk, page.view.what.date if page.view.what else "")
        return f"{shut} {page.say('F2 writes another date for the meeting.')}" if shut else ""

    def _first_wrong(self) -> str:
        view = self._page.view
        for grid in (view.grid, view.foot, view.minutes.resolutions):
            if grid.first_wrong and grid.sheet and not grid.is_editing:
                (row, column), sheet = grid.first_wrong, grid.sheet
                who = sheet.display(row, 1 if grid is view.grid else 0)
                return f"{who}, {sheet.columns[column].head}: {sheet.wrong(row, column)}".removeprefix(", ")
        if view.panel.first_wrong():
            return self._page.say("A line of the count is no number.")
        return view.minutes.wrong_signer()

    def go_to_first(self) -> None:
        """Put the cursor where the first of it is mended."""
        view = self._page.view
        for tab, grid in ((MEMBERS, view.grid), (FOOT, view.foot), (MINUTES, view.minutes.resolutions)):
            if grid.first_wrong:
                view.open_tab(tab)
                grid.stand_at(*grid.first_wrong)
                if tab == MINUTES:
                    grid.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if (line := view.panel.first_wrong()) is not None:
            view.count()
            line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif view.minutes.wrong_signer():
            view.open_tab(MINUTES)
            view.minutes.signed.setFocus(Qt.FocusReason.OtherFocusReason)
            view.minutes.signed.selectAll()
        elif view.sheet is not None and view.coming is not None and view.what is not None:
            view.open_tab(MEMBERS)
            missing = Figures(view.coming, view.what).missing()
            if missing:
                view.grid.stand_at(view.sheet.row_of(missing[0]), max(view.grid.column, 2))

    def say_at_once(self) -> None:
        """A draft that cannot be posted as it stands says so before anybody goes on typing."""
        page, view = self._page, self._page.view
        if view.coming is None or view.what is None or not view.is_open or not page.has_members:
            return
        strays = Figures(view.coming, view.what).strays()
        if shut := self._shut():
            page.notice.show_wrong(shut)
        elif strays:
            texts = ((key, view.what.cells[key]) for key in strays)
            cells = "; ".join(f"{member}, {page.say(HEADS[column])}: {text}" for (member, _, column), text in texts)
            told = "Typed for a member or a loan that is no longer on the sheet, and not posted: {cells}."
            page.notice.show_wrong(page.say(told, cells=cells))

    def say_why_closed(self) -> None:
        """Something was typed where nothing is taken: said where the whole sheet is so."""
        page = self._page
        if page.view.is_open or not page.has_members:
            return
        if page.may_take_back:
            told = "This meeting is posted. Ctrl Z takes it back to mend."
        elif not page.may_write:
            told = "You may only look at these books. Who manages them can give you the right to post."
        else:
            told = "This sheet is only to be looked at."
        page.notice.show_wrong(page.say(told))
