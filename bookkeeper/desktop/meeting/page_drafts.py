"""The drafts of the meeting's page: which one is open, and what of it was kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from bookkeeper.desktop.draft_keeper import DraftKeeper, DraftKey, Sent, drafts_folder
from bookkeeper.desktop.meeting.typed import Typed

if TYPE_CHECKING:
    from bookkeeper.desktop.pages.meeting import MeetingPage

NEXT: Final = "next"
"""The draft of the coming meeting; that of one that was taken back has its number."""

_KIND: Final = "meeting"


class PageDrafts:
    """Opens and closes the page's draft. What is written is what the page shows, and only if it shows the draft."""

    def __init__(self, page: MeetingPage) -> None:
        self._page = page
        self.keeper = DraftKeeper(drafts_folder(), page)
        self.kept_at = ""
        self._shown: DraftKey | None = None
        self.keeper.kept.connect(self._kept)
        self.keeper.failed.connect(self._not_kept)

    def _key(self, name: str) -> DraftKey:
        return DraftKey(str(self._page.desk.path or ""), self._page.code, _KIND, name)

    def open_last(self) -> Typed | None:
        """Keep the draft of this entity that was kept last and that no other window has, or begin one.

        The answer is what was typed in it.
        """
        key = self._key(NEXT)
        try:
            there, aside = self.keeper.listed(key)
        except OSError as error:
            self._not_kept(error.strerror or str(error))
            there, aside = (), ()
        for file in aside:
            self._say_damaged(str(file))
        return self._open(key, *(draft.key for draft in there))

    def open(self, name: str) -> Typed | None:
        """Keep the draft of a name from now on; the answer is what was typed in it."""
        return self._open(self._key(name))

    def _open(self, key: DraftKey, *rather: DraftKey) -> Typed | None:
        self.kept_at, self._shown = "", None
        found = self.keeper.open(key, self._body, Typed.of, rather=rather)
        self.kept_at = found.kept
        if found.aside is not None:
            self._say_damaged(str(found.aside))
        if found.wrong:
            self._not_kept(found.wrong)
        return found.what

    def _body(self) -> Mapping[str, Any] | None:
        what = self._page.view.what
        return what.plain() if what is not None and self.is_shown else None

    def begin(self, name: str, body: Callable[[], Mapping[str, Any]]) -> bool:
        """Keep something that is on no page yet; the answer is whether it is on the disk."""
        self.kept_at, self._shown = "", None
        self.keeper.open(self._key(name), body, Typed.of)
        self.keeper.write()
        return self.keeper.flush()

    def shown(self) -> None:
        """The draft is on the page: from now on what is there goes before what is on the disk."""
        self._shown = self.keeper.key

    @property
    def is_shown(self) -> bool:
        """Whether the draft that is kept is the one on the page."""
        return self._shown is not None and self._shown == self.keeper.key

    @property
    def is_second(self) -> bool:
        """Whether another window has the draft that would be this page's, so that it has one of its own."""
        return self.keeper.is_second

    def close(self) -> None:
        """Let go of the draft."""
        self.keeper.close_draft()
        self._shown, self.kept_at = None, ""

    def posted(self, sent: Sent | None) -> None:
        """What was sent is in the books; the next draft begins."""
        if sent is not None:
            self.keeper.posted(sent)
        self.close()

    def _kept(self, at: str) -> None:
        self.kept_at = at
        self._page.keys_changed.emit()

    def _not_kept(self, why: str) -> None:
        page, self.kept_at = self._page, ""
        page.notice.show_wrong(
            page.say("The draft could not be kept on the disk."), page.say("The system says: {why}", why=why)
        )  # fmt: skip
        page.keys_changed.emit()

    def _say_damaged(self, file: str) -> None:
        page = self._page
        page.notice.show_wrong(page.say("A draft could not be read. It was moved aside: {file}", file=file))
