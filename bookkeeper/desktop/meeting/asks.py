"""What is asked of the whole meeting in the row of fields: date, number, place; why the box falls below nought."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bookkeeper.desktop.meeting.field_bar import Answer, Field
from bookkeeper.desktop.meeting.open_days import why_shut
from bookkeeper.desktop.meeting.sheet import cash_to_be
from bookkeeper.desktop.meeting.typed import Typed

if TYPE_CHECKING:
    from bookkeeper.desktop.pages.meeting import MeetingPage


class MeetingAsks:
    """Opens the row of fields for the page."""

    def __init__(self, page: MeetingPage) -> None:
        self._page = page
        self._former = ""

    def date(self) -> None:
        """F2: the date, number, place and time of the meeting."""
        view, say = self._page.view, self._page.say
        if view.what is None or not view.is_open:
            return
        view.commit()
        fields = [
            Field("date", say("Date of the meeting"), view.what.date, is_date=True, width=220),
            Field("number", say("Number"), str(view.what.number), width=240),
            Field("place", say("Place"), view.what.place, width=260),
            Field("time", say("Time"), view.what.time, width=90),
        ]
        view.ask("", fields, self._date_given)

    def _date_given(self, texts: dict[str, str]) -> Answer:
        page, what = self._page, self._page.view.what
        if what is None:
            return ""
        if not texts["number"].isdecimal():
            return "number", page.say("Write the number of the meeting in figures.")
        shut = why_shut(page.desk, texts["date"])
        if shut:
            return "date", shut
        moved = texts["date"] != what.date
        self._former = what.date if moved else ""
        what.date, what.number = texts["date"], int(texts["number"])
        what.place, what.time = texts["place"], texts["time"]
        page.keeper.write()
        page.notice.clear()
        if moved:
            page.load()
        else:
            page.translate()
        return ""

    def takes_back(self, what: Typed) -> bool:
        """Nobody was a member on the day that was given: the one before stands again, which is said."""
        former, self._former = self._former, ""
        if not former:
            return False
        day = self._page.desk.language.date(what.date)
        what.date = former
        self._page.notice.show_wrong(self._page.say("Nobody was a member on {day}. The date is as it was.", day=day))
        return True

    def below_zero(self, post: Callable[[], object]) -> None:
        """Why cash falls below nought; with a reason the meeting is posted."""
        page, view = self._page, self._page.view
        if view.coming is None or view.what is None:
            return
        short = page.desk.rupees(-cash_to_be(view.coming, view.what).should_be)
        told = "The box would hold {amount} less than nothing. Mend the sheet, or say how that can be."

        def keep(texts: dict[str, str]) -> str:
            if not texts["reason"]:
                return page.say("Write the reason, or press Escape and mend the sheet.")
            if view.what is not None:
                view.what.below_zero = texts["reason"]
            view.bar.close_bar()
            post()
            return ""

        view.ask(page.say(told, amount=short), [Field("reason", page.say("Reason"), width=0)], keep)
