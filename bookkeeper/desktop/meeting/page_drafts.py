"""The drafts of the meeting's page: which one is open, and what of it was kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from bookkeeper.desktop.draft_keeper import DraftKeeper, DraftKey, drafts_folder
from bookkeeper.desktop.meeting.typed import Typed
from bookkeeper.exchange import drafts

if TYPE_CHECKING:
    from bookkeeper.desktop.pages.meeting import MeetingPage

NEXT: Final = "next"
"""The draft of the coming meeting; that of one that was taken back has its number."""

_KIND: Final = "meeting"


class PageDrafts:
    """Opens and closes the page's draft."""

    def __init__(self, page: MeetingPage) -> None:
        self._page = page
        self.keeper = DraftKeeper(drafts_folder(), page)
        self.name = NEXT
        self.kept_at = ""
        self._shown: tuple[str, str] | None = None
        self.keeper.kept.connect(self._kept)
        self.keeper.failed.connect(self._not_kept)

    def _key(self, name: str) -> DraftKey:
        return DraftKey(str(self._page.desk.path or ""), self._page.code, _KIND, name)

    def open_last(self, body: Callable[[], Mapping[str, Any]]) -> Typed | None:
        """Keep the draft of this entity that was kept last, or begin one; the answer is what was typed in it."""
        key = self._key("")
        there, aside = drafts.listed(drafts_folder(), key.books, key.entity, _KIND)
        for file in aside:
            self._say_damaged(str(file))
        return self.open(there[0].key.name if there else NEXT, body)

    def open(self, name: str, body: Callable[[], Mapping[str, Any]]) -> Typed | None:
        """Keep the draft of a name from now on. Raises DamagedDraft and OSError."""
        self.name, self.kept_at, self._shown = name, "", None
        draft = self.keeper.open(self._key(name), body)
        if draft is None:
            return None
        try:
            what = Typed.of(draft.body)
        except (KeyError, TypeError, ValueError):
            self._say_damaged(str(self.keeper.put_aside()))
            return None
        self.kept_at = draft.kept[11:16]
        return what

    def shown(self) -> None:
        """The draft is on the page: from now on what is there goes before what is on the disk."""
        self._shown = (self._page.code, self.name)

    @property
    def is_shown(self) -> bool:
        """Whether the draft that is kept is the one on the page."""
        return self._shown == (self._page.code, self.name)

    def close(self) -> None:
        """Let go of the draft."""
        self.keeper.close_draft()
        self._shown, self.kept_at = None, ""

    def _kept(self, at: str) -> None:
        self.kept_at = at
        self._page.keys_changed.emit()

    def _not_kept(self, why: str) -> None:
        page = self._page
        page.notice.show_wrong(
            page.say("The draft could not be kept on the disk."), page.say("The system says: {why}", why=why)
        )  # fmt: skip

    def _say_damaged(self, file: str) -> None:
        page = self._page
        page.notice.show_wrong(page.say("A draft could not be read. It was moved aside: {file}", file=file))
