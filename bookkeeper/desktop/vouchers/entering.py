"""What an entry asks of the books while it is written, and its draft: opened, filled, kept, dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt

from bookkeeper.commands import voucher_entry
from bookkeeper.desktop.vouchers.draft import VoucherDraft, codes_of, filled_from
from bookkeeper.desktop.vouchers.drafts_kept import ENTRY, KeptDraft
from bookkeeper.desktop.vouchers.listing import described
from bookkeeper.desktop.vouchers.panel import LastOne
from bookkeeper.desktop.vouchers.waiting import waiting
from bookkeeper.desktop.widgets.date_field import today

if TYPE_CHECKING:
    from bookkeeper.commands.act import Office
    from bookkeeper.commands.voucher_entry import AccountLine, FoundVoucher, Offered, PersonLine, VoucherLine
    from bookkeeper.desktop.draft_keeper import Sent
    from bookkeeper.desktop.pages.vouchers import VouchersPage

_LAST: Final = 9
LAST_TITLES: Final = {"contra": "Last contras", "payment": "Last payments", "receipt": "Last receipts",
                      "journal": "Last journals"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Books:
    """What an entry needs to know of the books on its date."""

    accounts: tuple[AccountLine, ...]
    people: tuple[PersonLine, ...]
    numbers: dict[str, str]
    last: tuple[VoucherLine, ...]
    offered: tuple[Offered, ...]
    corrected: FoundVoucher | None


class Entering(QObject):
    """The entry's dealings with the books."""

    def __init__(self, page: VouchersPage) -> None:
        super().__init__(page)
        self._page, self._desk, self._entry = page, page.desk, page.entry
        self.kept = KeptDraft(page.desk, page.entry)
        self._numbers: dict[str, str] = {}
        self.name = ENTRY
        """Which draft is open."""
        self._thrown: dict[str, VoucherDraft] = {}
        self._entry.dated.connect(lambda _iso: self.read_books())
        self._entry.narration.asks.connect(self._ask_offers)
        self._entry.creating.made.connect(lambda _what, _key: self.read_books())
        self._entry.reasons.turned_away.connect(self._drop_correction)

    # --------------------------------------------------------------------------------------------------- the draft

    def fresh(self, kind: str = "") -> VoucherDraft:
        """An empty voucher of a kind, else of the one used last, on the day used last."""
        kind = kind or self._desk.remembered("voucher-kind") or "payment"
        newest = self._desk.entity.newest if self._desk.entity else ""
        day = self._desk.remembered(f"voucher-date/{self._desk.code}") or newest or today()
        return VoucherDraft(kind=kind, date=day)

    def open_draft(self) -> None:
        """The voucher that is being written, as it was kept."""
        self._open(ENTRY, self.fresh())

    def fill(self, name: str, filled: Callable[[VoucherDraft, Mapping[str, str]], VoucherDraft]) -> None:
        """Open the draft of this name as it was kept, else as `filled` makes it of a fresh one and codes by role."""
        self.settle()
        made = self._thrown.pop(name, None) or filled(self.fresh(), self._codes())
        self._open(name, made)
        self._page.show_entry()
        self._page.typed()

    def _open(self, name: str, made: VoucherDraft) -> None:
        self._entry.fields.forget_reading()
        draft, trouble = self.kept.open(name, made)
        self.name = name
        self._entry.show_draft(draft)
        self._entry.translate()
        if trouble:
            self._page.notice.show_wrong(trouble)

    def keep(self) -> None:
        """Keep it on the disk now."""
        self._read()
        self.kept.write()

    def settle(self) -> None:
        """What is typed is given to the disk."""
        self._read()
        self.kept.settle()

    def throw_away(self) -> None:
        """The draft is not wanted; Ctrl+Z brings it back while nothing else is entered in its place."""
        self._read()
        draft, say = self._entry.draft, self._page.say
        if draft.is_empty:
            return
        self._thrown = {self.name: draft}
        if draft.corrects:
            self._drop_correction()
        else:
            self.kept.remove()
            if self.kept.is_entry:
                self._entry.show_draft(self.fresh(draft.kind))
                self._entry.translate()
            else:
                self.open_draft()
            self._page.show_head()
            self._entry.begin()
        self.show_waiting()
        self._page.notice.show_well(say("The draft is thrown away. Ctrl+Z brings it back."))

    def bring_back(self) -> bool:
        """Bring back what was thrown away; False where nothing was, or something else is entered."""
        self._read()
        if not self._thrown or not self._entry.draft.is_empty:
            return False
        self._page.notice.clear()
        self.fill(next(iter(self._thrown)), lambda fresh, _codes: fresh)
        return True

    def show_waiting(self) -> None:
        """Look which drafts wait on the disk."""
        folder, books, code = self.kept.folder, str(self._desk.path), self._desk.code
        self._desk.work(
            self._page, "Looking for drafts", lambda _work: waiting(folder, books, code), self._page.show_waiting
        )

    def _read(self) -> None:
        self._entry.grid.commit()
        self._entry.read()

    def posted(self, draft: VoucherDraft, sent: Sent | None, code: str) -> None:
        """A draft of this group is in the books: the next one of its kind begins, on its day.

        After a correction or a copy one goes on with what was being written before.
        """
        self._entry.remember_money()
        self._thrown.clear()
        self.kept.posted(sent)
        self._desk.remember(f"voucher-date/{code}", draft.date)
        if not self.kept.is_entry:
            self.open_draft()
        if self.kept.is_entry and (self._entry.draft is draft or self._entry.draft.is_empty):
            self._entry.show_draft(self.fresh("" if draft.corrects else draft.kind))
            self._entry.translate()
        self.show_waiting()

    def _drop_correction(self) -> None:
        """Escape at the reason of a correction: nothing is corrected, its draft goes."""
        name = self._entry.draft.corrects
        self.kept.remove()
        self.open_draft()
        if name:
            self._page.posted.open(name)

    def _codes(self) -> dict[str, str]:
        return codes_of(self._entry.sheet.heads)

    # --------------------------------------------------------------------------------------------------- the books

    def read_books(self) -> None:
        """Ask for accounts, members, numbers, the last vouchers and narrations as they are on the entry's day."""
        code, draft = self._desk.code, self._entry.draft

        def ask(office: Office) -> _Books:
            return _Books(
                voucher_entry.accounts(office, code, draft.date),
                voucher_entry.people(office, code, draft.date),
                voucher_entry.next_numbers(office, code, draft.date),
                voucher_entry.last(office, code, draft.kind, _LAST),
                voucher_entry.offered(office, code, draft.kind, draft.narration),
                voucher_entry.found(office, code, draft.corrects) if draft.corrects else None,
            )

        if code:
            self._desk.query(self._page, "Reading the accounts", ask, self._show_books)

    def _show_books(self, books: _Books) -> None:
        heads = {one.code: one for one in books.accounts}
        money = [one.code for side in ("cash", "bank") for one in books.accounts if one.side == side]
        self._entry.corrected = books.corrected
        self._entry.show_books(heads, {one.number: one for one in books.people}, money)
        self._numbers = books.numbers
        self._entry.narration.show_offers(books.offered)
        title = self._page.say(LAST_TITLES[self._entry.draft.kind])
        self._entry.panel.show_last(title, [self._last(one) for one in books.last])
        self._entry.take_created()
        self._page.show_head()

    def _last(self, one: VoucherLine) -> LastOne:
        language = self._desk.language
        under = f"{one.name.partition('/')[0]}, {language.date(one.date)}"
        return LastOne(described(one, language), under, self._desk.amount(one.amount))

    def number(self) -> str:
        """The figure of the number that the voucher would get; "" while the books have not said."""
        name = self._numbers.get(self._entry.draft.kind, "")
        return name.partition("/")[0].lstrip(_LETTERS)

    # -------------------------------------------------------------------------------------------------- narrations

    def _ask_offers(self, begins: str) -> None:
        code, kind = self._desk.code, self._entry.draft.kind
        self._desk.query(
            self._page, "Looking for narrations", lambda office: voucher_entry.offered(office, code, kind, begins),
            self._show_offers,
        )  # fmt: skip

    def _show_offers(self, offered: Sequence[Offered]) -> None:
        self._entry.narration.show_offers(offered)

    def take_offer(self, place: int) -> None:
        """An offered narration; where no line is entered, with all the lines of its voucher, shown as copied."""
        offer = self._entry.narration.offer(place)
        if offer is None:
            return
        self._entry.grid.commit()
        draft = replace(self._entry.read(), narration=offer.narration)
        if all(line.is_empty for line in draft.lines):
            copied = filled_from(offer.voucher, self._codes(), date=draft.date)
            draft = replace(draft, lines=copied.lines, party=draft.party or copied.party)
        self._entry.show_draft(draft)
        self._entry.narration.setFocus(Qt.FocusReason.OtherFocusReason)
        self._page.typed()


_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
