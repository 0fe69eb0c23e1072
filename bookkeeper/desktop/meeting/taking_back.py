"""Taking a posted meeting back: its effect is said first, its sheet is a draft on the disk before the mirrors run."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bookkeeper.commands import meetings
from bookkeeper.commands.act import Done
from bookkeeper.commands.sheets import Held
from bookkeeper.desktop.meeting.field_bar import Field
from bookkeeper.desktop.meeting.sheet import typed_of
from bookkeeper.rules.meeting import MeetingSheet, sheet_of

if TYPE_CHECKING:
    from bookkeeper.desktop.pages.meeting import MeetingPage


class TakingBack:
    """Asks for the reason and the day, reverses the meeting, and hands its sheet to the page as a draft."""

    def __init__(self, page: MeetingPage) -> None:
        self._page = page
        self.sheet: MeetingSheet | None = None
        """The sheet that came back and is not shown yet."""

    def ask(self, held: Held) -> None:
        """Say what it does, and ask for the reason."""
        page, say = self._page, self._page.say
        sentence = say(
            "Every voucher of meeting {number} gets its mirror: {vouchers}. Its sheet comes back as a draft to mend.",
            number=str(held.number),
            vouchers=", ".join(held.vouchers) or say("none"),
        )
        fields = [
            Field("reason", say("Reason"), width=0),
            Field("date", say("Date of the mirror"), held.date, is_date=True),
        ]
        page.view.ask(sentence, fields, lambda texts: self._reverse(held, texts))

    def _reverse(self, held: Held, texts: dict[str, str]) -> str:
        page = self._page
        if not texts["reason"]:
            return page.say("Write the reason for which it is taken back.")
        if not self._keep_first(held):
            return page.say("Its draft cannot be kept on the disk, so the meeting was not taken back.")
        code, number, reason, on = page.code, held.number, texts["reason"], texts["date"]
        page.desk.act(
            page,
            "Taking the meeting back",
            lambda office, key: meetings.reverse_meeting(office, key, code, number, reason, on=on),
            self._reversed,
            self._not_reversed,
        )
        return ""

    def _keep_first(self, held: Held) -> bool:
        """The draft is on the disk before the meeting is taken back, so that its sheet cannot be lost between."""
        page, coming = self._page, self._page.view.coming
        if coming is None:
            return False
        return page.drafts.begin(str(held.number), typed_of(held.sheet, coming).plain)

    def _reversed(self, done: Done) -> None:
        page = self._page
        self.sheet = sheet_of(cast("dict[str, dict[str, object]]", done.result)["sheet"])
        told = "Meeting {number} is taken back; mend its sheet and post it."
        page.notice.show_well(page.say(told, number=str(self.sheet.number)))
        page.leave_held()
        page.load()

    def _not_reversed(self, error: BaseException) -> None:
        page = self._page
        page.keeper.remove()
        page.drafts.close()
        page.failed(error)
