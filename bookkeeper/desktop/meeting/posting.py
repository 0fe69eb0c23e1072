"""Posts the meeting that is entered: looks at it first, asks why cash falls below nought, goes to what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from bookkeeper.commands import meetings
from bookkeeper.commands.act import Done
from bookkeeper.commands.sheets import in_words
from bookkeeper.desktop.draft_keeper import Sent
from bookkeeper.desktop.meeting.asks import MeetingAsks
from bookkeeper.desktop.meeting.faults import Placed, place_of, placed
from bookkeeper.desktop.meeting.sheet import cash_to_be, sheet_to_post
from bookkeeper.desktop.meeting.view import MEMBERS
from bookkeeper.errors import BookError
from bookkeeper.report import Person
from bookkeeper.rules.meeting import MeetingSheet

if TYPE_CHECKING:
    from bookkeeper.desktop.pages.meeting import MeetingPage


class MeetingPosting:
    """What Ctrl+Enter does."""

    def __init__(self, page: MeetingPage, asks: MeetingAsks) -> None:
        self._page, self._asks = page, asks

    def post(self) -> None:
        """Post it, or say why not and go there."""
        page, view = self._page, self._page.view
        view.commit()
        view.forgive()
        if page.hindrances.refuse() or view.coming is None or view.what is None or page.desk.runner.is_acting(page):
            return
        is_below = cash_to_be(view.coming, view.what).should_be < 0
        if is_below and not view.what.below_zero:
            self._asks.below_zero(self.post)
            return
        below = view.what.below_zero if is_below else ""
        sheet, code, sent = sheet_to_post(view.coming, view.what), page.code, page.keeper.send()
        page.desk.act(
            page,
            "Posting the meeting",
            lambda office, key: meetings.post_meetings(office, key, code, [sheet], below_zero=below, places=place_of),
            partial(self._posted, sent, self._people(sheet)),
            self._refused,
            key=sent.key if sent else "",
        )

    def _people(self, sheet: MeetingSheet) -> dict[str, Person]:
        """By number, those of whom posting may note something."""
        coming = self._page.view.coming
        named = {row.member: Person(row.member) for row in sheet.rows}
        return named | {one.number: Person(one.name, one.name_local) for one in (coming.members if coming else ())}

    def _noted(self, note: Mapping[str, object], people: Mapping[str, Person]) -> str:
        """What the books noted of the meeting: cash short or over, fines, fees."""
        desk = self._page.desk
        if desk.hides_amounts:
            return ""
        kept = {key: value for key, value in note.items() if key != "no_money"}
        return " ".join(desk.language.text(one) for one in in_words(kept, people))

    def _posted(self, sent: Sent | None, people: Mapping[str, Person], done: Done) -> None:
        page, say = self._page, self._page.desk.say
        result = cast("dict[str, list[dict[str, object]]]", done.result)
        number = ", ".join(str(one["number"]) for one in result["meetings"])
        names = ", ".join(str(one["voucher"]) for one in result["vouchers"])
        if done.was_done and sent is not None and sent.is_other:
            page.keeper.keep_anew(sent)
            told = "Meeting {number} was posted already. What was changed here since is a draft of its own now."
            page.notice.show_wrong(say(told, number=number))
            return
        told = "Meeting {number} is posted: {vouchers}." if names else "Meeting {number} is posted. No money moved."
        if done.was_done:
            told = "Meeting {number} was posted already. It was not posted again."
        noted = " ".join(self._noted(one, people) for one in result["meetings"])
        page.notice.show_well(say(told, number=number, vouchers=names), noted)
        page.drafts.posted(sent)
        page.view.what = page.view.coming = None
        if page.is_uncovered:
            page.view.open_tab(MEMBERS)
        page.load()

    def _refused(self, error: BaseException) -> None:
        page = self._page
        if not isinstance(error, BookError):
            page.failed(error)
            return
        where: list[Placed] = [placed(fault) for fault in error.faults]
        if all(one.row >= 0 for one in where):  # each is said at its cell: one line leaves room for the rows
            more = page.say("and {count} more.", count=len(where) - 1) if len(where) > 1 else ""
            said = (page.desk.say_fault(where[0].fault), more, page.say("The books are as they were."))
            page.notice.show_wrong(" ".join(filter(None, said)))
        else:
            page.notice.show_faults(BookError(*(one.fault for one in where)))
        page.view.refuse(where)
        page.hindrances.refused()
