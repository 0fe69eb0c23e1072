"""The draft of the entry on the disk: one for what is being written, one for each correction and copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from bookkeeper.desktop.draft_keeper import DamagedDraft, DraftKeeper, DraftKey, drafts_folder
from bookkeeper.desktop.vouchers.draft import VoucherDraft, body_of, draft_of
from bookkeeper.exchange import drafts

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk
    from bookkeeper.desktop.vouchers.entry import Entry


class KeptDraft(QObject):
    """`told` that something was kept, or could not be."""

    told = Signal()

    def __init__(self, desk: Desk, entry: Entry) -> None:
        super().__init__(entry)
        self._desk, self._entry = desk, entry
        self.folder = drafts_folder()
        self._keeper = DraftKeeper(self.folder, self)
        self._kept, self._failed = "", ""
        self._keeper.kept.connect(self._has_kept)
        self._keeper.failed.connect(self._has_failed)

    def open(self, name: str, fresh: VoucherDraft) -> tuple[VoucherDraft, str]:
        """The draft of that name as it was kept, else the fresh one; and what has to be said about it, or ""."""
        key = self._key(name)
        self._kept = self._failed = ""
        try:
            found = self._keeper.open(key, lambda: body_of(self._entry.draft))
        except DamagedDraft as error:
            said = self._desk.say("The draft could not be read. It was moved aside to {file}.", file=str(error.aside))
            return fresh, said
        if found is None:
            return fresh, ""
        self._kept = found.kept[11:16]
        kept = draft_of(found.body)
        return (fresh, "") if kept.is_empty else (kept, "")

    def read(self, name: str) -> VoucherDraft | None:
        """The draft of that name as it is on the disk; None where there is none."""
        found = drafts.read(self.folder, self._key(name))
        return draft_of(found.body) if found else None

    def _key(self, name: str) -> DraftKey:
        return DraftKey(str(self._desk.path), self._desk.code, "voucher", name)

    def touch(self) -> None:
        """Something was typed."""
        self._keeper.touch()

    def write(self) -> None:
        """Keep it now."""
        self._keeper.write()

    def flush(self) -> None:
        """What was typed is on the disk when this returns."""
        self._keeper.flush()

    def remove(self) -> None:
        """It was posted."""
        self._keeper.remove()
        self._kept = ""

    def state(self) -> str:
        """What is true of it, in the reader's language."""
        say = self._desk.say
        if self._keeper.is_elsewhere:
            return say("Another window has this draft; it is not kept here")
        if self._failed:
            return say("The draft could not be kept: {why}", why=self._failed)
        return say("Draft kept {time}", time=self._kept) if self._kept else say("Draft")

    def _has_kept(self, time: str) -> None:
        self._kept, self._failed = time, ""
        self.told.emit()

    def _has_failed(self, why: str) -> None:
        self._failed = why
        self.told.emit()
