"""Posts what is entered: looks at it first, asks why cash falls below nought, and jumps to what was refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from bookkeeper.commands import vouchers
from bookkeeper.desktop.meeting.field_bar import Field, FieldBar
from bookkeeper.desktop.vouchers.draft import Trouble, VoucherDraft, voucher_of
from bookkeeper.errors import BookError, Fault

if TYPE_CHECKING:
    from bookkeeper.commands.act import Done, Office
    from bookkeeper.desktop.draft_keeper import Sent
    from bookkeeper.desktop.pages.vouchers import VouchersPage

CASH_BELOW_ZERO = "cash-below-zero"


class Below:
    """Asks for the reason with which cash may fall below nought, in a row above the voucher."""

    def __init__(self, page: VouchersPage) -> None:
        self._page, self.bar = page, FieldBar(page.desk)

    def asks(self, error: BaseException, post: Callable[[str], object]) -> bool:
        """Ask, where nothing but cash stands in the way or the reason was none; `post` is called with what is said."""
        faults = error.faults if isinstance(error, BookError) else ()
        if not faults or any(CASH_BELOW_ZERO not in {one.allowed_with, one.field} for one in faults):
            return False
        page, was_none = self._page, faults[0].field == CASH_BELOW_ZERO
        reason = self.bar.texts().get("reason", "") if was_none else ""
        told = page.say("{what} Mend the voucher, or say how that can be.", what=page.say(faults[0].message))

        def done(texts: dict[str, str]) -> str:
            if not texts["reason"]:
                return page.say("Write the reason, or press Escape and mend the voucher.")
            self.bar.close_bar()
            post(texts["reason"])
            return ""

        page.notice.clear()
        self.bar.ask(told, [Field("reason", page.say("Reason"), reason, width=0)], done)
        page.keys_changed.emit()
        return True

    def finish(self) -> None:
        """Take what is written there, as Enter does."""
        self.bar.finish()

    @property
    def is_asking(self) -> bool:
        """Whether the row is open."""
        return not self.bar.isHidden()


class Posting(QObject):
    """What Ctrl+Enter does in the entry."""

    def __init__(self, page: VouchersPage) -> None:
        super().__init__(page)
        self._page, self._entry = page, page.entry
        self._refused: Trouble | None = None
        self._is_refused = False

    def point_out(self) -> None:
        """Enter behind the narration: Ctrl+Enter posts, or what is still missing."""
        self._entry.grid.commit()
        if not self._refuses():
            self._page.notice.show_well(self._page.say("The voucher is ready. Ctrl+Enter posts it."))
            self._is_refused = True

    def look_again(self) -> None:
        """Something was typed: what was refused is not said any longer where it is mended."""
        if self._is_refused and (self._refused is None or self._refused not in self._entry.look()):
            self._is_refused, self._refused = False, None
            self._page.notice.clear()

    def _refuses(self) -> bool:
        """Whether something keeps the voucher from being posted; then it is said."""
        self._refused, self._is_refused = None, False
        self._entry.forget_wrongs()
        if day := self._entry.wrong_day():
            told = f"{self._page.say('Not posted.')} {day.caption.text()}: {day.note.text()}"
            self._is_refused = True
            self._page.notice.show_wrong(told)
            day.setFocus()
            return True
        troubles = self._entry.look()
        if troubles:
            self._refuse(troubles)
        return bool(troubles)

    def post(self, below_zero: str = "") -> None:
        """Post what is entered, or say why not and go there. `below_zero` says how cash can fall below nought."""
        self._entry.grid.commit()
        if self._page.desk.runner.is_acting(self._page):
            return
        if self._refuses():
            return
        draft, code = self._entry.draft, self._page.desk.code
        voucher = voucher_of(draft, self._entry.sheet.heads)

        def do(office: Office, key: str) -> Done:
            if not draft.corrects:
                return vouchers.post_vouchers(office, key, code, [voucher], below_zero=below_zero)
            on, why = draft.mirror_on, draft.reason
            return vouchers.correct_voucher(
                office, key, code, draft.corrects, on, why, [voucher], below_zero=below_zero
            )

        sent = self._page.kept.send()
        key = sent.key if sent else ""
        self._page.desk.act(
            self._page, "Posting", do, partial(self._posted, draft, sent, code), self._not_posted, key=key
        )  # fmt: skip

    def _refuse(self, troubles: Sequence[Trouble]) -> None:
        say, first = self._page.say, self._entry.say_trouble(troubles[0])
        if 0 <= troubles[0].line < len(self._entry.draft.lines):
            first = say("Line {line}: {what}", line=troubles[0].line + 1, what=first)
        more = say("{count} more things are wrong.", count=len(troubles) - 1) if len(troubles) > 2 else ""  # noqa: PLR2004
        more = say("One more thing is wrong.") if len(troubles) == 2 else more  # noqa: PLR2004
        self._refused, self._is_refused = troubles[0], True
        self._page.notice.show_wrong(f"{say('Not posted.')} {first} {more}".rstrip(), "")
        self._entry.show_trouble(troubles[0])

    def _posted(self, draft: VoucherDraft, sent: Sent | None, code: str, done: Done) -> None:
        names = [str(one["voucher"]) for one in done.result] if isinstance(done.result, list) else []
        if done.was_done and sent is not None and sent.is_other:
            self._page.kept.keep_anew(sent)
            told = "This was posted already, as {name}. What was changed here since is a draft of its own now."
            self._page.notice.show_wrong(self._page.say(told, name=names[-1]))
            return
        message = "Posted {name}"
        if done.was_done:
            message = "This was posted already, as {name}. It was not posted again."
        elif draft.corrects:
            message = "Corrected: {mirror} reverses {voucher}, {name} stands in its place."
        self._page.entering.posted(draft, sent, code)
        self._page.notice.show_well(self._page.say(message, mirror=names[0], voucher=draft.corrects, name=names[-1]))
        self._page.show_head()
        if self._page.is_uncovered:
            self._entry.begin()

    def _not_posted(self, error: BaseException) -> None:
        if self._page.below.asks(error, self.post):
            return
        self._page.failed(error)
        self._is_refused = True
        if isinstance(error, BookError):
            self._jump_to(error.faults[0])

    def _jump_to(self, fault: Fault) -> None:
        text = self._page.desk.say_fault(fault)
        if fault.row is not None:
            rows = [row for row, line in enumerate(self._entry.draft.lines, 1) if not line.is_empty]
            row = fault.row if fault.row in rows else 1
            self._entry.show_trouble(Trouble(fault.field or "account", text, row - 1))
        elif fault.field in {"date", "narration", "reason"}:
            self._entry.show_trouble(Trouble(fault.field, text))
