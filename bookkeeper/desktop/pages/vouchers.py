"""The vouchers' page: entry by kinds, the list of all, and one posted voucher with what may be done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from bookkeeper.desktop.page import Page
from bookkeeper.desktop.vouchers.draft import KINDS
from bookkeeper.desktop.vouchers.entering import Entering
from bookkeeper.desktop.vouchers.entry import Entry
from bookkeeper.desktop.vouchers.listed import ListedVouchers
from bookkeeper.desktop.vouchers.listing import KIND_NAMES, Listing
from bookkeeper.desktop.vouchers.one import OneVoucher
from bookkeeper.desktop.vouchers.posted import PostedVouchers
from bookkeeper.desktop.vouchers.posting import Below, Posting
from bookkeeper.desktop.vouchers.tabs import LIST, Tabs
from bookkeeper.desktop.vouchers.waiting import Waiting, WaitingRow

if TYPE_CHECKING:
    from bookkeeper.commands.voucher_entry import FoundVoucher
    from bookkeeper.desktop.desk import Desk
    from bookkeeper.desktop.vouchers.drafts_kept import KeptDraft

_ENTRY_KEYS = ("next", "before", "copy-above", "remove", "create", "date", "discard", "post")
_NARRATION_KEYS = ("next", "narration-1", "narration-2", "date", "discard", "draft", "post")
_FIELD_KEYS = ("next", "before", "date", "find", "discard", "draft", "post")
_LIST_KEYS = ("open", "find", "period", "duplicate", "copy", "payment", "receipt", "back")
_ONE_KEYS = ("correct", "reverse", "duplicate", "links", "copy", "previous", "following", "back")
_LINK_KEYS = ("open", "duplicate", "copy", "previous", "following", "back")
_ASKING_KEYS = ("next", "post", "back")
_OF_ROWS, _OF_CORRECTABLE = frozenset({"open", "duplicate", "copy"}), frozenset({"correct", "reverse"})
_OF_WRITERS = frozenset({"duplicate", "payment", "receipt", "correct", "reverse"})


class VouchersPage(Page):
    """The place of the vouchers: three views, of which one is shown, and who deals with the books for each."""

    shows: ClassVar[tuple[str, ...]] = ("journal", "members", "accounts", "entities")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.tabs, self.stack = Tabs(desk), QStackedWidget()
        self.entry, self.listing, self.one = Entry(desk), Listing(desk), OneVoucher(desk)
        self.below, self.waiting = Below(self), WaitingRow(desk)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.below.bar)
        self.body.addWidget(self.waiting)
        self.body.addWidget(self.stack, 1)
        for view in (self.entry, self.listing, self.one):  # now: what is in a view is dressed anew each time it moves
            self.stack.addWidget(view)
        self.entering, self.posting = Entering(self), Posting(self)
        self.listed, self.posted = ListedVouchers(self), PostedVouchers(self)
        self._code, self._asked = "", 0
        self._year = 0
        self._listen()

    def _listen(self) -> None:
        self.tabs.chosen.connect(self._choose_tab)
        self.entry.changed.connect(self.typed)
        self.entry.left.connect(lambda: self.show_list({}))
        self.entry.narration.ended.connect(self.posting.point_out)
        self.listing.writes.connect(lambda: self.show_entry("payment"))
        self.one.opened.connect(self.posted.go_to)
        self.one.turned.connect(self.posted.turn)
        self.one.accepted.connect(self.posted.reverse)
        self.one.reasons.turned_away.connect(self.show_head)
        self.waiting.chosen.connect(self._go_on)
        self.below.bar.closed.connect(self._begin_again)
        self.kept.told.connect(self.keys_changed)
        self.main.clicked.connect(self._press_main)

    # ---------------------------------------------------------------------------------------------- coming, going

    def enter(self, **asked: str) -> None:
        """At one voucher, at the list, or at the entry of a kind."""
        self.notice.clear()
        self._follow_entity()
        if asked.get("voucher"):
            self.posted.open(asked["voucher"])
        elif asked.get("view") == LIST or self.desk.is_read_only or (self.desk.year_is_closed and "kind" not in asked):
            self.show_list(asked)
        else:
            self.show_entry(asked.get("kind", ""))

    def where(self) -> dict[str, str]:
        """The voucher, the row of the list, or the kind that is entered."""
        view = self.stack.currentWidget()
        if view is self.one and self.one.found is not None:
            return {"voucher": self.one.found.name}
        return self.listed.where() if view is self.listing else {"kind": self.entry.draft.kind}

    def leave(self) -> None:
        """What is typed goes to disk."""
        self.entering.settle()

    def end(self) -> None:
        """Another page of these books may have the draft from now on."""
        super().end()
        self.kept.close()

    def refresh(self, changed: Sequence[str]) -> None:  # noqa: ARG002  # as every page has it
        """Other books, or others' vouchers."""
        other = self._follow_entity()
        view = self.stack.currentWidget()
        if view is self.listing:
            if self._year != self.desk.year:
                self.listed.whole_year()
                self._year = self.desk.year
            self.listed.read()
        elif view is self.one and self.one.found is not None and not other:
            self.posted.open(self.one.found.name, is_new=False)
        else:
            self.entering.read_books()

    def translate(self) -> None:
        """Show every word and colour anew."""
        for view in (self.tabs, self.entry, self.listing, self.one, self.waiting):
            view.translate()
        self.show_head()

    def _follow_entity(self) -> bool:
        """Whether other books are looked at than before; then their own draft is opened."""
        if self._code == self.desk.code:
            return False
        self._code = self.desk.code
        self.entering.open_draft()
        self.entering.show_waiting()
        self.listed.whole_year()
        self._year = self.desk.year
        return True

    # ---------------------------------------------------------------------------------------------- the three views

    def _choose_tab(self, name: str) -> None:
        if name == LIST:
            self.show_list({})
        else:
            self.show_entry(name)

    def show_entry(self, kind: str = "") -> None:
        """Show the entry, perhaps of another kind."""
        self._show(self.entry)
        if kind and not self.kept.is_entry:  # a correction or a copy stays of its kind, and waits
            self.entering.open_draft()
            self.entering.show_waiting()
        if kind and kind != self.entry.draft.kind:
            self.entry.grid.commit()
            self.entry.change_kind(kind)
        self.desk.remember("voucher-kind", self.entry.draft.kind)
        self._set_acts()
        self.show_head()
        self.entering.read_books()
        self.entry.begin()

    def show_list(self, asked: Mapping[str, str]) -> None:
        """Show the list, perhaps as it was before."""
        self._show(self.listing)
        self.listed.restore(asked)
        self._set_acts()
        self.show_head()
        self.listed.read()
        self.listing.begin()

    def show_one(self, found: FoundVoucher) -> None:
        """Show a posted voucher."""
        was_here = self.stack.currentWidget() is self.one
        self._show(self.one)
        self.one.show_voucher(found)
        self._set_acts()
        self.show_head()
        if not was_here:
            self.one.begin()
        self.keys_changed.emit()

    def _show(self, view: Entry | Listing | OneVoucher) -> None:
        self._asked += 1
        self.below.bar.hide()
        self.stack.setCurrentWidget(view)
        self.entering.show_waiting()

    def still_here(self, *, is_new: bool = True) -> Callable[[], bool]:
        """Tells later whether one has not gone on to something else meanwhile; what is new, one goes on to."""
        self._asked += is_new
        asked = self._asked
        return lambda: asked == self._asked

    def typed(self) -> None:
        """Something is entered that was not."""
        self.kept.touch()
        self.posting.look_again()
        self.show_head()
        self.keys_changed.emit()

    def show_waiting(self, found: Sequence[Waiting]) -> None:
        """The drafts that wait, but the one that is written now."""
        here = self.stack.currentWidget() is self.entry
        others = [one for one in found if one.name != self.entering.name]
        if not here and not self.entry.draft.is_empty:
            others.insert(0, Waiting(self.entering.name, self.entry.draft))
        self.waiting.show_waiting(others)
        self.keys_changed.emit()

    def _go_on(self, name: str) -> None:
        if name == self.entering.name:
            self.show_entry()
        else:
            self.entering.fill(name, lambda fresh, _codes: fresh)

    @property
    def kept(self) -> KeptDraft:
        """The draft on the disk."""
        return self.entering.kept

    def _begin_again(self) -> None:
        """Escape where the reason for cash below nought was asked: back to what is to be mended."""
        if self.stack.currentWidget() is self.entry:
            self.entry.begin()
        else:
            self.one.begin()
        self.keys_changed.emit()

    # ------------------------------------------------------------------------------------------- heads and keys

    def show_head(self) -> None:
        """Title, what is told beside it, and the main act, as they are true now."""
        view = self.stack.currentWidget()
        self.waiting.show_row(shown=view is not self.entry or self.entry.draft.is_empty)
        if view is self.entry:
            self._show_head_of_entry()
        elif view is self.listing:
            closed = self.desk.year_is_closed
            self.title.setText(self.say("Vouchers"))
            self.told.setText(self.say("The year {year} is closed", year=self.desk.year_name()) if closed else "")
            self.main.show_act("", "")
            self.tabs.mark(LIST)
        elif self.one.found is not None:
            self.title.setText(self.one.title())
            self.told.setText(self.one.told())
            if self.one.reasons.isVisible():
                self.main.show_act(self.say("Reverse"), "Ctrl Enter")
            else:
                self.main.show_act(self.say("Correct"), "Ctrl Z", quiet=not self.one.found.correctable)
            self.tabs.mark("")

    def _show_head_of_entry(self) -> None:
        say, draft = self.say, self.entry.draft
        self.title.setText(f"{say(KIND_NAMES[draft.kind])} {self.entering.number()}".rstrip())
        told = say("Correction of {voucher}", voucher=draft.corrects) if draft.corrects else ""
        if self.entry.is_as_it_was():
            told = say("Correction of {voucher}; nothing is changed yet", voucher=draft.corrects)
        self.told.setText(told or say("Draft; the number is fixed when posted"))
        ready = not self.desk.is_read_only and not self.entry.look()
        self.main.show_act(say("Post voucher"), "Ctrl Enter", quiet=not ready)
        self.tabs.mark(draft.kind)

    def _set_acts(self) -> None:
        kinds = {kind: (lambda kind=kind: self.show_entry(kind)) for kind in KINDS}
        acts: dict[str, Callable[[], object]] = {
            **kinds, "find": self.listed.find, "period": self.listed.period, "post": self._post
        }  # fmt: skip
        view = self.stack.currentWidget()
        if view is self.entry:
            acts |= {
                "draft": self.entering.keep, "date": self._to_date, "remove": self.entry.remove_line,
                "copy-above": self.entry.grid.copy_above, "copy": self.entry.grid.copy_cells,
                "undo": self._undo, "discard": self.entering.throw_away,
                "narration-1": lambda: self.entering.take_offer(0), "narration-2": lambda: self.entering.take_offer(1),
            }  # fmt: skip
        elif view is self.listing:
            del acts["post"]
            acts |= {"duplicate": self._duplicate, "copy": self.listing.table.copy,
                     "links": self.listing.table.open_current}  # fmt: skip
        else:
            acts |= {
                "correct": self.posted.correct, "reverse": self.posted.begin_reversing, "duplicate": self._duplicate,
                "links": self.one.begin_links, "copy": self.one.copy, "print": self._say_no_paper,
            }  # fmt: skip
        self.acts = acts
        self.keys_changed.emit()

    def _undo(self) -> None:
        if not self.entering.bring_back():
            self.entry.undo()

    def _press_main(self) -> None:
        self.acts.get("post", self.listed.read)()

    def _post(self) -> None:
        if self.below.is_asking:
            self.below.finish()
        elif self.stack.currentWidget() is self.entry:
            self.posting.post()
        elif self.one.reasons.isVisible():
            self.posted.reverse()
        else:
            self.posted.correct()

    def _duplicate(self) -> None:
        one = self.listing.table.current if self.stack.currentWidget() is self.listing else self.one.found
        if one is not None:
            self.posted.duplicate(one.name)

    def _say_no_paper(self) -> None:
        self.notice.show_wrong(self.say("One voucher has no paper of its own. The day book prints it: open Registers."))

    def _to_date(self) -> None:
        self.entry.fields.date.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.entry.fields.date.edit.selectAll()

    def keys(self) -> Sequence[str]:
        """What works where the cursor is."""
        view = self.stack.currentWidget()
        if self.below.is_asking:
            return _ASKING_KEYS
        if view is self.listing:
            return self._allowed(_without(_LIST_KEYS, frozenset() if self.listing.table.current else _OF_ROWS))
        if view is self.one:
            return self._keys_of_one()
        if self.entry.narration.edit.hasFocus():
            return _NARRATION_KEYS
        return _ENTRY_KEYS if self.entry.grid.has_the_cursor() else _FIELD_KEYS

    def _keys_of_one(self) -> Sequence[str]:
        if self.one.reasons.isVisible():
            return _ASKING_KEYS
        found = self.one.found
        if self.one.links.hasFocus():
            return self._allowed(_LINK_KEYS)
        return self._allowed(_without(_ONE_KEYS, frozenset() if found and found.correctable else _OF_CORRECTABLE))

    def _allowed(self, keys: Sequence[str]) -> Sequence[str]:
        return _without(keys, _OF_WRITERS if self.desk.is_read_only else frozenset())

    def day(self) -> str:
        """The date of the voucher that is shown or entered; the list has a period of its own."""
        view = self.stack.currentWidget()
        if view is self.one and self.one.found is not None:
            return self.one.found.voucher.date
        return self.entry.draft.date if view is self.entry else ""

    def state(self) -> str:
        """When what is typed was kept, or that other drafts are; "" where nothing is."""
        if self.stack.currentWidget() is self.entry and not self.entry.draft.is_empty:
            return self.kept.state()
        count = len(self.waiting.there)
        if count == 1:
            return self.say("One draft is not posted")
        return self.say("{count} drafts are not posted", count=count) if count else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Escape goes from the entry to the list, from the rest back to where one came from; "/" finds."""
        if event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is self.entry:
            self.show_list({})
        elif event.key() == Qt.Key.Key_Slash and self.stack.currentWidget() is not self.entry:
            self.listed.find()
        else:
            super().keyPressEvent(event)


def _without(keys: Sequence[str], left_out: frozenset[str]) -> Sequence[str]:
    return tuple(key for key in keys if key not in left_out)


PAGE = VouchersPage
