"""The list of vouchers and the books: what it asks for, and where it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from bookkeeper.commands import voucher_entry
from bookkeeper.desktop.vouchers.listing import MOST, Asked
from bookkeeper.desktop.vouchers.tabs import LIST
from bookkeeper.rules.dates import year_end, year_start

if TYPE_CHECKING:
    from bookkeeper.commands.act import Office
    from bookkeeper.commands.voucher_entry import VoucherLine
    from bookkeeper.desktop.pages.vouchers import VouchersPage


class ListedVouchers(QObject):
    """Fills the page's list."""

    def __init__(self, page: VouchersPage) -> None:
        super().__init__(page)
        self._page, self._desk, self._listing = page, page.desk, page.listing
        self._at = ""
        self._listing.asked.connect(self.read)
        self._listing.opened.connect(lambda name: self._desk.go("vouchers", voucher=name))

    def restore(self, asked: Mapping[str, str]) -> None:
        """Ask for what was asked for before, with the cursor on the same voucher."""
        if asked.get("since"):
            self._listing.ask_for(Asked(asked["since"], asked["until"], asked.get("find", ""), asked.get("of", "")))
        self._at = asked.get("at", "")

    def where(self) -> dict[str, str]:
        """What `restore` needs to come back."""
        asked, current = self._listing.what(), self._listing.table.current
        return {"view": LIST, "since": asked.since, "until": asked.until, "find": asked.find, "of": asked.kind,
                "at": current.name if current else ""}  # fmt: skip

    def whole_year(self) -> None:
        """Its period is the year that is looked at."""
        if self._desk.year:
            self._listing.period.set_period(year_start(self._desk.year), year_end(self._desk.year))

    def read(self) -> None:
        """Ask the books for the vouchers that are wanted."""
        code, asked = self._desk.code, self._listing.what()
        at = self._at or (self._listing.table.current.name if self._listing.table.current else "")

        def ask(office: Office) -> tuple[VoucherLine, ...]:
            return voucher_entry.listed(
                office, code, asked.since, asked.until, kind=asked.kind, find=asked.find, limit=MOST
            )

        def show(found: tuple[VoucherLine, ...]) -> None:
            self._at = ""
            self._listing.show_vouchers(found, at)
            self._page.keys_changed.emit()

        if code:
            self._desk.query(self._page, "Reading the vouchers", ask, show)

    def find(self) -> None:
        """Put the cursor where letters or an amount are written."""
        self._show()
        self._listing.begin_to_find()

    def period(self) -> None:
        """Put the cursor into the period."""
        self._show()
        self._listing.period.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self) -> None:
        if self._page.stack.currentWidget() is not self._listing:
            self._page.show_list({})
