"""The vouchers' page: entry by kinds, the list of all, and one posted voucher with what may be done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from bookkeeper.commands import voucher_entry, vouchers
from bookkeeper.desktop.page import Page
from bookkeeper.desktop.vouchers.draft import KINDS, Trouble, VoucherDraft, filled_from, voucher_of
from bookkeeper.desktop.vouchers.drafts_kept import KeptDraft
from bookkeeper.desktop.vouchers.entry import Entry
from bookkeeper.desktop.vouchers.listing import KIND_NAMES, MOST, Asked, Listing, described
from bookkeeper.desktop.vouchers.one import OneVoucher
from bookkeeper.desktop.vouchers.panel import LastOne
from bookkeeper.desktop.vouchers.posted import PostedVouchers
from bookkeeper.desktop.vouchers.tabs import LIST, Tabs
from bookkeeper.desktop.widgets.date_field import today
from bookkeeper.errors import BookError, Fault
from bookkeeper.rules.dates import year_end, year_start

if TYPE_CHECKING:
    from bookkeeper.commands.act import Done, Office
    from bookkeeper.commands.voucher_entry import AccountLine, FoundVoucher, Offered, PersonLine, VoucherLine
    from bookkeeper.desktop.desk import Desk

_LAST = 9
_ENTRY_KEYS = ("next", "before", "copy-above", "remove", "create", "date", "draft", "post")
_NARRATION_KEYS = ("next", "narration-1", "narration-2", "date", "draft", "post")
_FIELD_KEYS = ("next", "before", "date", "find", "draft", "post")
_LIST_KEYS = ("open", "find", "period", "duplicate", "copy", "payment", "receipt", "back")
_ONE_KEYS = ("correct", "reverse", "duplicate", "links", "copy", "previous", "following", "back")
_REVERSING_KEYS = ("next", "post", "back")
LAST_TITLES = {"contra": "Last contras", "payment": "Last payments", "receipt": "Last receipts",
               "journal": "Last journals"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Books:
    """What an entry needs to know of the books on its date."""

    accounts: tuple[AccountLine, ...]
    people: tuple[PersonLine, ...]
    numbers: dict[str, str]
    last: tuple[VoucherLine, ...]
    offered: tuple[Offered, ...]


class VouchersPage(Page):
    """The third place."""

    shows: ClassVar[tuple[str, ...]] = ("journal", "members", "accounts", "entities")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.tabs, self.stack = Tabs(desk), QStackedWidget()
        self.entry, self.listing, self.one = Entry(desk), Listing(desk), OneVoucher(desk)
        for view in (self.entry, self.listing, self.one):
            self.stack.addWidget(view)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.stack, 1)
        self.kept = KeptDraft(desk, self.entry)
        self.posted = PostedVouchers(self)
        self._numbers: dict[str, str] = {}
        self._offered: Sequence[Offered] = ()
        self._code, self._at, self._is_busy = "", "", False
        self._listen()

    def _listen(self) -> None:
        self.tabs.chosen.connect(self._choose_tab)
        self.entry.changed.connect(self._typed)
        self.entry.dated.connect(lambda _iso: self._read_books())
        self.entry.left.connect(lambda: self._show_list({}))
        self.entry.narration.asks.connect(self._ask_offers)
        self.entry.narration.ended.connect(self._post)
        self.entry.creating.made.connect(lambda _what, _key: self._read_books())
        self.entry.reasons.turned_away.connect(self._drop_correction)
        self.listing.asked.connect(self._read_list)
        self.listing.opened.connect(lambda name: self.desk.go("vouchers", voucher=name))
        self.one.opened.connect(self.posted.go_to)
        self.one.turned.connect(self.posted.turn)
        self.one.accepted.connect(self.posted.reverse)
        self.one.reasons.turned_away.connect(self.show_head)
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
            self._show_list(asked)
        else:
            self._show_entry(asked.get("kind", ""))

    def where(self) -> dict[str, str]:
        """The voucher, the row of the list, or the kind that is entered."""
        view = self.stack.currentWidget()
        if view is self.one and self.one.found is not None:
            return {"voucher": self.one.found.name}
        if view is self.listing:
            asked, current = self.listing.what(), self.listing.table.current
            return {"view": LIST, "since": asked.since, "until": asked.until, "find": asked.find,
                    "of": asked.kind, "at": current.name if current else ""}  # fmt: skip
        return {"kind": self.entry.draft.kind}

    def leave(self) -> None:
        """What is typed goes to disk."""
        self.entry.grid.commit()
        self.entry.read()
        self.kept.flush()

    def refresh(self, changed: Sequence[str]) -> None:
        """Other books, or others' vouchers."""
        other = self._follow_entity()
        view = self.stack.currentWidget()
        if view is self.listing:
            if not changed:
                self._whole_year()
            self._read_list()
        elif view is self.one and self.one.found is not None and not other:
            self.posted.open(self.one.found.name)
        else:
            self._read_books()

    def translate(self) -> None:
        """Show every word and colour anew."""
        for view in (self.tabs, self.entry, self.listing, self.one):
            view.translate()
        self.show_head()

    def _follow_entity(self) -> bool:
        """Whether other books are looked at than before; then their own draft is opened."""
        if self._code == self.desk.code:
            return False
        self._code = self.desk.code
        self._open_entry_draft()
        self._whole_year()
        return True

    def _whole_year(self) -> None:
        if self.desk.year:
            self.listing.period.set_period(year_start(self.desk.year), year_end(self.desk.year))

    # -------------------------------------------------------------------------------------------------- the entry

    def _fresh(self, kind: str = "") -> VoucherDraft:
        kind = kind or self.desk.remembered("voucher-kind") or "payment"
        newest = self.desk.entity.newest if self.desk.entity else ""
        return VoucherDraft(kind=kind, date=self.desk.remembered(f"voucher-date/{self._code}") or newest or today())

    def _open_entry_draft(self) -> None:
        draft, trouble = self.kept.open("entry", self._fresh())
        self.entry.show_draft(draft)
        self.entry.translate()
        if trouble:
            self.notice.show_wrong(trouble)

    def _choose_tab(self, name: str) -> None:
        if name == LIST:
            self._show_list({})
        else:
            self._show_entry(name)

    def _show_entry(self, kind: str = "") -> None:
        self.stack.setCurrentWidget(self.entry)
        if kind and kind != self.entry.draft.kind:
            self.entry.grid.commit()
            self.entry.change_kind(kind)
        self.desk.remember("voucher-kind", self.entry.draft.kind)
        self._set_acts()
        self.show_head()
        self._read_books()
        self.entry.begin()

    def _read_books(self) -> None:
        code, draft = self.desk.code, self.entry.draft

        def ask(office: Office) -> _Books:
            return _Books(
                voucher_entry.accounts(office, code, draft.date),
                voucher_entry.people(office, code, draft.date),
                voucher_entry.next_numbers(office, code, draft.date),
                voucher_entry.last(office, code, draft.kind, _LAST),
                voucher_entry.offered(office, code, draft.kind, draft.narration),
            )

        if code:
            self.desk.query(self, "Reading the accounts", ask, self._show_books)

    def _show_books(self, books: _Books) -> None:
        heads = {one.code: one for one in books.accounts}
        money = [one.code for side in ("cash", "bank") for one in books.accounts if one.side == side]
        self.entry.show_books(heads, {one.number: one for one in books.people}, money)
        self._numbers = books.numbers
        self._show_offers(books.offered)
        language = self.desk.language
        last = [
            LastOne(
                described(one, language),
                f"{one.name}, {language.date(one.date)}",
                self.desk.amount(one.amount),
            )
            for one in books.last
        ]
        self.entry.panel.show_last(self.say(LAST_TITLES[self.entry.draft.kind]), last)
        self.entry.take_created()
        self.show_head()

    def _typed(self) -> None:
        self.kept.touch()
        self.show_head()
        self.keys_changed.emit()

    def _ask_offers(self, begins: str) -> None:
        code, kind = self.desk.code, self.entry.draft.kind
        self.desk.query(
            self, "Looking for narrations", lambda office: voucher_entry.offered(office, code, kind, begins),
            self._show_offers,
        )  # fmt: skip

    def _show_offers(self, offered: Sequence[Offered]) -> None:
        self._offered = offered
        self.entry.narration.show_offers(offered)

    def _take_offer(self, place: int) -> None:
        """An offered narration; where no line is entered, with all the lines of its voucher, shown as copied."""
        offer = self.entry.narration.offer(place)
        if offer is None:
            return
        self.entry.grid.commit()
        draft = replace(self.entry.read(), narration=offer.narration)
        if all(line.is_empty for line in draft.lines):
            copied = filled_from(offer.voucher, self._codes(), date=draft.date)
            draft = replace(draft, lines=copied.lines, party=draft.party or copied.party)
        self.entry.show_draft(draft)
        self.entry.narration.setFocus(Qt.FocusReason.OtherFocusReason)
        self._typed()

    def _codes(self) -> dict[str, str]:
        return {head.role: code for code, head in self.entry.sheet.heads.items() if head.role}

    def _keep(self) -> None:
        self.entry.grid.commit()
        self.entry.read()
        self.kept.write()

    # -------------------------------------------------------------------------------------------------- posting

    def _post(self) -> None:
        self.entry.grid.commit()
        if self._is_busy:
            return
        if not self.entry.fields.date.take():
            self.entry.fields.date.setFocus()
            return
        troubles = self.entry.look()
        if troubles:
            self._refuse(troubles)
            return
        draft, code = self.entry.draft, self.desk.code
        voucher = voucher_of(draft, self.entry.sheet.heads)

        def post(office: Office, key: str) -> Done:
            if not draft.corrects:
                return vouchers.post_vouchers(office, key, code, [voucher])
            return vouchers.correct_voucher(office, key, code, draft.corrects, draft.mirror_on, draft.reason, [voucher])

        self._is_busy = True
        self.desk.act(self, "Posting", post, self._posted, self._not_posted)

    def _refuse(self, troubles: Sequence[Trouble]) -> None:
        first = self.entry.say_trouble(troubles[0])
        more = self.say("and {count} more.", count=len(troubles) - 1) if len(troubles) > 1 else ""
        self.notice.show_wrong(f"{self.say('Not posted.')} {first} {more}".rstrip(), "")
        self.entry.show_trouble(troubles[0])

    def _posted(self, done: Done) -> None:
        self._is_busy = False
        names = [str(one["voucher"]) for one in done.result] if isinstance(done.result, list) else []
        draft = self.entry.draft
        message = "Posted {name}"
        if draft.corrects:
            message = "Corrected: {mirror} reverses {voucher}, {name} stands in its place."
        self.entry.remember_money()
        self.kept.remove()
        self.desk.remember(f"voucher-date/{self._code}", draft.date)
        self._open_entry_draft()
        if not draft.corrects:
            self.entry.show_draft(replace(self._fresh(draft.kind)))
            self.entry.translate()
        self.notice.show_well(self.say(message, mirror=names[0], voucher=draft.corrects, name=names[-1]))
        self.show_head()
        self.entry.begin()

    def _not_posted(self, error: BaseException) -> None:
        self._is_busy = False
        self.failed(error)
        if isinstance(error, BookError):
            self._jump_to(error.faults[0])

    def _jump_to(self, fault: Fault) -> None:
        text = self.desk.say_fault(fault)
        if fault.row is not None:
            rows = [row for row, line in enumerate(self.entry.draft.lines, 1) if not line.is_empty]
            row = fault.row if fault.row in rows else 1
            self.entry.show_trouble(Trouble(fault.field or "account", text, row - 1))
        elif fault.field in {"date", "narration", "reason"}:
            self.entry.show_trouble(Trouble(fault.field, text))

    # ------------------------------------------------------------------------------------------------- the list

    def _show_list(self, asked: dict[str, str]) -> None:
        self.stack.setCurrentWidget(self.listing)
        if asked.get("since"):
            self.listing.ask_for(Asked(asked["since"], asked["until"], asked.get("find", ""), asked.get("of", "")))
        self._at = asked.get("at", "")
        self._set_acts()
        self.show_head()
        self._read_list()
        self.listing.begin()

    def _read_list(self) -> None:
        code, asked = self.desk.code, self.listing.what()
        at = self._at or (self.listing.table.current.name if self.listing.table.current else "")

        def ask(office: Office) -> tuple[VoucherLine, ...]:
            return voucher_entry.listed(
                office, code, asked.since, asked.until, kind=asked.kind, find=asked.find, limit=MOST
            )

        if code:
            self.desk.query(self, "Reading the vouchers", ask, lambda found: self.listing.show_vouchers(found, at))

    def _find(self) -> None:
        if self.stack.currentWidget() is not self.listing:
            self._show_list({})
        self.listing.begin_to_find()

    def _period(self) -> None:
        if self.stack.currentWidget() is not self.listing:
            self._show_list({})
        self.listing.period.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ------------------------------------------------------------------------------------------------ one voucher

    def show_one(self, found: FoundVoucher) -> None:
        """Show a posted voucher."""
        was_here = self.stack.currentWidget() is self.one
        self.stack.setCurrentWidget(self.one)
        self.one.show_voucher(found)
        self._set_acts()
        self.show_head()
        if not was_here:
            self.one.begin()
        self.keys_changed.emit()

    def fill(self, name: str, filled: Callable[[VoucherDraft, Mapping[str, str]], VoucherDraft]) -> None:
        """Open the draft of this name as it was kept, else as `filled` makes it of a fresh one and codes by role."""
        self.leave()
        fresh = filled(self._fresh(), self._codes())
        draft, _ = self.kept.open(name, fresh)
        self.entry.show_draft(draft)
        self.entry.translate()
        self._show_entry()
        self._typed()

    def _duplicate(self) -> None:
        one = self.listing.table.current if self.stack.currentWidget() is self.listing else self.one.found
        if one is not None:
            self.posted.duplicate(one.name)

    def _drop_correction(self) -> None:
        """Escape at the reason of a correction: nothing is corrected, its draft goes."""
        name = self.entry.draft.corrects
        self.kept.remove()
        self._open_entry_draft()
        if name:
            self.posted.open(name)

    # ------------------------------------------------------------------------------------------- heads and keys

    def show_head(self) -> None:
        """Title, what is told beside it, and the main act, as they are true now."""
        view, say = self.stack.currentWidget(), self.say
        if view is self.entry:
            draft = self.entry.draft
            number = self._numbers.get(draft.kind, "").partition("/")[0]
            self.title.setText(f"{say(KIND_NAMES[draft.kind])} {number}".rstrip())
            told = say("Correction of {voucher}", voucher=draft.corrects) if draft.corrects else ""
            self.told.setText(told or say("Draft; the number is fixed when posted"))
            ready = not self.desk.is_read_only and not self.entry.look()
            self.main.show_act(say("Post voucher"), "Ctrl Enter", quiet=not ready)
            self.tabs.mark(draft.kind)
        elif view is self.listing:
            self.title.setText(say("Vouchers"))
            closed = say("The year {year} is closed", year=self.desk.year_name()) if self.desk.year_is_closed else ""
            self.told.setText(closed)
            self.main.show_act("", "")
            self.tabs.mark(LIST)
        elif self.one.found is not None:
            self.title.setText(self.one.title())
            self.told.setText(self.one.told())
            if self.one.reasons.isVisible():
                self.main.show_act(say("Reverse"), "Ctrl Enter")
            else:
                self.main.show_act(say("Correct"), "Ctrl Z", quiet=not self.one.found.correctable)
            self.tabs.mark("")

    def _set_acts(self) -> None:
        kinds = {kind: (lambda kind=kind: self._show_entry(kind)) for kind in KINDS}
        acts: dict[str, Callable[[], object]] = {**kinds, "find": self._find, "period": self._period}
        view = self.stack.currentWidget()
        if view is self.entry:
            acts |= {
                "post": self._post, "draft": self._keep, "date": self._to_date, "remove": self.entry.remove_line,
                "copy-above": self.entry.grid.copy_above, "copy": self.entry.grid.copy_cells,
                "undo": self.entry.grid.undo, "narration-1": lambda: self._take_offer(0),
                "narration-2": lambda: self._take_offer(1),
            }  # fmt: skip
        elif view is self.listing:
            acts |= {"duplicate": self._duplicate, "copy": self.listing.table.copy,
                     "links": self.listing.table.open_current}  # fmt: skip
        else:
            acts |= {
                "correct": self.posted.correct, "reverse": self.posted.begin_reversing, "post": self._main_of_one,
                "duplicate": self._duplicate, "links": self.one.begin_links, "copy": self.one.copy,
            }  # fmt: skip
        self.acts = acts
        self.keys_changed.emit()

    def _press_main(self) -> None:
        self.acts.get("post", self._read_list)()

    def _main_of_one(self) -> None:
        if self.one.reasons.isVisible():
            self.posted.reverse()
        else:
            self.posted.correct()

    def _to_date(self) -> None:
        self.entry.fields.date.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.entry.fields.date.edit.selectAll()

    def keys(self) -> Sequence[str]:
        """What works where the cursor is."""
        view = self.stack.currentWidget()
        if view is self.listing:
            return _LIST_KEYS
        if view is self.one:
            return _REVERSING_KEYS if self.one.reasons.isVisible() else _ONE_KEYS
        if self.entry.narration.edit.hasFocus():
            return _NARRATION_KEYS
        return _ENTRY_KEYS if self.entry.grid.has_the_cursor() else _FIELD_KEYS

    def state(self) -> str:
        """When what is typed was kept; "" where nothing is."""
        if self.stack.currentWidget() is not self.entry or self.entry.draft.is_empty:
            return ""
        return self.kept.state()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Escape goes from the entry to the list, from the rest back to where one came from; "/" finds."""
        if event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is self.entry:
            self._show_list({})
        elif event.key() == Qt.Key.Key_Slash and self.stack.currentWidget() is not self.entry:
            self._find()
        else:
            super().keyPressEvent(event)


PAGE = VouchersPage
