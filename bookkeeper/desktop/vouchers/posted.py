"""What may be done about posted vouchers: open and turn, correct, reverse, duplicate, go to what hangs together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from bookkeeper.commands import voucher_entry, vouchers
from bookkeeper.desktop.vouchers.draft import VoucherDraft, codes_of, filled_from, is_enterable

if TYPE_CHECKING:
    from bookkeeper.commands.act import Done
    from bookkeeper.commands.voucher_entry import FoundVoucher
    from bookkeeper.desktop.pages.vouchers import VouchersPage


class PostedVouchers(QObject):
    """Acts on the voucher that the page shows."""

    def __init__(self, page: VouchersPage) -> None:
        super().__init__(page)
        self._page, self._desk = page, page.desk

    def open(self, name: str, *, is_new: bool = True) -> None:
        """Show the voucher of that name; one that is shown is read anew."""
        self._read(name, self._page.show_one, is_new=is_new)

    def _read(self, name: str, show: Callable[[FoundVoucher], object], *, is_new: bool = True) -> None:
        """Read a voucher; where one has gone on meanwhile, it is not shown."""
        code, still = self._desk.code, self._page.still_here(is_new=is_new)

        def found(voucher: FoundVoucher) -> None:
            if still():
                show(voucher)

        self._desk.query(
            self._page, "Reading the voucher", lambda office: voucher_entry.found(office, code, name), found
        )

    def turn(self, steps: int) -> None:
        """The voucher before or after, of the list one came from, or in order of entry."""
        found = self._page.one.found
        if found is None:
            return
        names = [one.name for one in self._page.listing.table.rows.vouchers]
        if found.name in names:
            at = names.index(found.name) + steps
            wanted = names[at] if 0 <= at < len(names) else ""
        else:
            wanted = found.before if steps < 0 else found.after
        if wanted:
            self.open(wanted)

    def go_to(self, kind: str, key: str) -> None:
        """Go to something that hangs together with the voucher."""
        match kind:
            case "voucher":
                self._desk.go("vouchers", voucher=key)
            case "meeting":
                self._desk.go("meeting", number=key)
            case "loan":
                self._desk.go("registers", name="loan-ledger", member=self._borrower(key))
            case "member":
                self._desk.go("registers", name="savings-ledger", member=key)
            case _:
                self._desk.go("registers", name="minutes")

    def _borrower(self, loan: str) -> str:
        found = self._page.one.found
        lines = found.lines if found else ()
        return next((line.member for line in lines if str(line.loan) == loan), "")

    # ------------------------------------------------------------------------------------------------- new drafts

    def correct(self) -> None:
        """Offer its lines in a draft that will stand in its place, its mirror posted in the same act."""
        found = self._page.one.found
        if found is None or not self._may_reverse(found) or not self._is_enterable(found):
            return
        papers = tuple((paper.sha256, paper.name) for paper in found.voucher.attachments)

        def filled(_fresh: VoucherDraft, codes: Mapping[str, str]) -> VoucherDraft:
            made = filled_from(found.voucher, codes, date=found.voucher.date)
            return replace(made, corrects=found.name, mirror_on=self._mirror_day(found), papers=papers)

        self._page.entering.fill(f"correct/{found.name}", filled)

    def duplicate(self, name: str) -> None:
        """Offer its lines in a draft of their own."""
        self._read(name, self._duplicated)

    def _duplicated(self, found: FoundVoucher) -> None:
        if not self._is_enterable(found):
            return
        self._page.entering.fill(
            f"copy/{found.name}", lambda fresh, codes: filled_from(found.voucher, codes, date=fresh.date)
        )

    def _is_enterable(self, found: FoundVoucher) -> bool:
        """Whether an entry can hold all that stands in it; else it is said."""
        heads = self._page.entry.sheet.heads
        if not heads or is_enterable(found.voucher, codes_of(heads), heads):
            return True
        told = "This voucher holds more than can be entered here: another kind, several cheques, or parts of a fund."
        self._page.notice.show_wrong(self._page.say(told), self._page.say("Nothing of it was changed."))
        return False

    # --------------------------------------------------------------------------------------------------- reversing

    def begin_reversing(self) -> None:
        """Ask for day and reason of its reversal alone."""
        found = self._page.one.found
        if found is not None and self._may_reverse(found):
            self._page.one.begin_reversing(self._mirror_day(found))
            self._page.show_head()
            self._page.keys_changed.emit()

    def reverse(self, below_zero: str = "") -> None:
        """Post its mirror. `below_zero` says how cash can fall below nought."""
        found, reasons = self._page.one.found, self._page.one.reasons
        if found is None or not reasons.isVisible() or not reasons.is_complete():
            return
        code, name, on, reason = self._desk.code, found.name, reasons.on.date, reasons.line.text().strip()
        self._desk.act(
            self._page, "Reversing",
            lambda office, key: vouchers.reverse_voucher(office, key, code, name, on, reason, below_zero=below_zero),
            self._reversed, self._not_reversed,
        )  # fmt: skip

    def _not_reversed(self, error: BaseException) -> None:
        if not self._page.below.asks(error, self.reverse):
            self._page.failed(error)

    def _reversed(self, done: Done) -> None:
        name = str(done.result[0]["voucher"]) if isinstance(done.result, list) else ""
        self._page.one.end_reversing()
        self._page.show_head()
        self._page.notice.show_well(self._page.say("Reversed by {voucher}", voucher=name))

    def _mirror_day(self, found: FoundVoucher) -> str:
        newest = self._desk.entity.newest if self._desk.entity else ""
        return max(found.voucher.date, newest or "")

    def _may_reverse(self, found: FoundVoucher) -> bool:
        """Whether it may be reversed alone; else it is said what to do."""
        if found.correctable and not self._desk.is_read_only:
            return True
        if found.voucher.meeting is not None:
            told = "This voucher belongs to a meeting. Reverse the meeting; it comes back as a draft."
        elif found.reversed_by:
            told = "This voucher is reversed already. Ctrl+L goes to its mirror."
        else:
            told = "This voucher cannot be reversed by itself."
        self._page.notice.show_wrong(self._page.say(told))
        return False
