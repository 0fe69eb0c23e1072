"""The draft of the entry on the disk: one for what is being written, one for each correction and copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from bookkeeper.desktop.draft_keeper import DraftKeeper, DraftKey, Sent, drafts_folder
from bookkeeper.desktop.vouchers.draft import VoucherDraft, body_of, draft_of

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk
    from bookkeeper.desktop.vouchers.entry import Entry

ENTRY = "entry"
"""The draft of what is being written."""


class KeptDraft(QObject):
    """`told` that something was kept, or could not be."""

    told = Signal()

    def __init__(self, desk: Desk, entry: Entry) -> None:
        super().__init__(entry)
        self._desk, self._entry = desk, entry
        self.folder = drafts_folder()
        self._keeper = DraftKeeper(self.folder, self)
        self._kept, self._failed, self._is_entry = "", "", True
        self._keeper.kept.connect(self._has_kept)
        self._keeper.failed.connect(self._has_failed)

    @property
    def is_entry(self) -> bool:
        """Whether it is what is being written, and no correction or copy."""
        return self._is_entry

    def open(self, name: str, fresh: VoucherDraft) -> tuple[VoucherDraft, str]:
        """The draft of that name as it was kept, else the fresh one; and what has to be said about it, or ""."""
        key = DraftKey(str(self._desk.path), self._desk.code, "voucher", name)
        found = self._keeper.open(key, lambda: body_of(self._entry.draft), draft_of)
        self._kept, self._failed, self._is_entry = found.kept, found.wrong, name == ENTRY
        said = ""
        if found.aside is not None:
            said = self._desk.say("The draft could not be read. It was moved aside to {file}.", file=str(found.aside))
        return (fresh if found.what is None or found.what.is_empty else found.what), said

    def touch(self) -> None:
        """Something was typed."""
        self._keeper.touch()

    def write(self) -> None:
        """Keep it now."""
        self._keeper.write()

    def settle(self) -> None:
        """What was typed is given to the disk; nobody waits for it."""
        self._keeper.settle()

    def close(self) -> None:
        """Another page may have the draft."""
        self._keeper.close_draft()

    def remove(self) -> None:
        """It is not wanted."""
        self._keeper.remove()
        self._kept = ""

    def send(self) -> Sent | None:
        """It is given to the books."""
        return self._keeper.send()

    def posted(self, sent: Sent | None) -> None:
        """What was sent is in the books."""
        if sent is not None:
            self._keeper.posted(sent)
            self._kept = ""

    def keep_anew(self, sent: Sent) -> None:
        """What was sent had been posted before, as it was then; what it is now stays, as a draft of its own."""
        self._keeper.keep_anew(sent)

    def state(self) -> str:
        """What is true of it, in the reader's language."""
        say = self._desk.say
        if self._failed:
            return say("The draft could not be kept: {why}", why=self._failed)
        return say("Draft kept {time}", time=self._kept) if self._kept else say("Draft")

    def _has_kept(self, time: str) -> None:
        self._kept, self._failed = time, ""
        self.told.emit()

    def _has_failed(self, why: str) -> None:
        self._failed = why
        self.told.emit()
