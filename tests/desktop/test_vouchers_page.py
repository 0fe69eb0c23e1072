"""The vouchers' page in the real window, on practice books, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bookkeeper.commands import voucher_entry
from bookkeeper.desktop.pages.vouchers import VouchersPage
from bookkeeper.desktop.shell import Shell
from bookkeeper.desktop.vouchers.draft import Line, VoucherDraft, body_of, draft_of, next_line, troubles
from bookkeeper.desktop.widgets.picker import Picker
from tests.desktop.conftest import settle, turn

KEY, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Clerk:
    """Presses keys, and counts those that are neither letters nor digits."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.presses = 0
        shell.go("vouchers", kind="payment")
        settle(shell)

    @property
    def page(self) -> VouchersPage:
        page = self.shell.page
        assert isinstance(page, VouchersPage)
        return page

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.shell

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        self.presses += 1
        QTest.keyClick(self.focus, key, held)
        turn()

    def acts(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """A key after which the books are asked."""
        self.key(key, held)
        settle(self.shell)

    def write(self, text: str) -> None:
        for letter in text:
            event = QKeyEvent(QEvent.Type.KeyPress, 0, NONE, letter)
            QApplication.sendEvent(self.focus, event)
        turn()

    def enters(self, kind: Qt.Key, account: str, amount: str, narration: str) -> str:
        """A voucher of two lines, of which the second is offered; the answer is what the page says."""
        self.acts(kind)
        self.write(account)
        self.key(KEY.Key_Return)
        self.write(amount)
        self.key(KEY.Key_Return)
        self.key(KEY.Key_Return)
        self.key(KEY.Key_Return)
        self.write(narration)
        self.acts(KEY.Key_Return, CONTROL)
        return self.page.notice.first.text()

    def balance(self, code: str) -> int:
        office = self.shell.desk.office
        assert office is not None
        heads = voucher_entry.accounts(office, self.shell.desk.code, "2025-03-31")
        return next(one.balance for one in heads if one.code == code)

    def code(self, role: str) -> str:
        return next(one.code for one in self.page.entry.sheet.heads.values() if one.role == role)

    def posted(self) -> list[voucher_entry.VoucherLine]:
        office = self.shell.desk.office
        assert office is not None
        return list(voucher_entry.last(office, self.shell.desk.code, limit=50))


@pytest.fixture
def clerk(shell: Shell) -> Clerk:
    return Clerk(shell)


def test_a_payment_of_two_lines_takes_few_presses(clerk: Clerk) -> None:
    clerk.presses = 0
    said = clerk.enters(KEY.Key_F5, "honor", "300", "Honorarium of March")
    assert said.startswith("Posted P")
    assert clerk.presses <= 10
    newest = clerk.posted()[0]
    assert (newest.amount, newest.narration) == (300_00, "Honorarium of March")
    assert clerk.page.entry.draft.is_empty
    assert clerk.page.entry.draft.kind == "payment"
    assert isinstance(clerk.focus, Picker), "the next voucher is ready"


def test_twenty_vouchers_of_four_kinds_and_one_corrected(clerk: Clerk) -> None:
    cash, bank = clerk.code("cash"), clerk.code("bank")
    before = clerk.balance(cash), clerk.balance(bank)
    for number in range(1, 6):
        assert clerk.enters(KEY.Key_F6, "other inc", "500", f"Donation {number}").startswith("Posted R")
        assert clerk.enters(KEY.Key_F5, "travel", f"{number}0", f"Travel {number}").startswith("Posted P")
        assert clerk.enters(KEY.Key_F4, "bank", "100", f"Put into the bank {number}").startswith("Posted C")
        clerk.acts(KEY.Key_F7)
        for account, amount in (("travel", "7"), ("honor", "7")):
            clerk.write(account)
            clerk.key(KEY.Key_Return)
            clerk.write(amount)
            clerk.key(KEY.Key_Return)
        clerk.key(KEY.Key_Return)
        clerk.write(f"Travel was honorarium {number}")
        clerk.acts(KEY.Key_Return, CONTROL)
        assert clerk.page.notice.first.text().startswith("Posted J")
    assert clerk.balance(cash) == before[0] + 2500_00 - 150_00 - 500_00
    assert clerk.balance(bank) == before[1] + 500_00
    clerk.acts(KEY.Key_F, CONTROL)
    clerk.write("Travel 5")
    turn(250)
    settle(clerk.shell)
    clerk.key(KEY.Key_Return)
    clerk.acts(KEY.Key_Return)
    found = clerk.page.one.found
    assert found is not None
    assert found.voucher.narration == "Travel 5"
    clerk.acts(KEY.Key_Z, CONTROL)
    clerk.write("Fifteen was meant")
    clerk.key(KEY.Key_Return)
    clerk.key(KEY.Key_Return)
    clerk.write("15")
    clerk.key(KEY.Key_Return)
    clerk.key(KEY.Key_Return)
    clerk.write("15")
    clerk.key(KEY.Key_Return)
    clerk.acts(KEY.Key_Return, CONTROL)
    assert clerk.page.notice.first.text().startswith("Corrected:")
    assert clerk.balance(cash) == before[0] + 2500_00 - 100_00 - 15_00 - 500_00
    corrected, mirror = clerk.posted()[:2]
    assert mirror.reverses == found.name
    assert (corrected.amount, corrected.kind) == (15_00, "payment")


def test_account_is_found_by_code_and_in_marathi(clerk: Clerk) -> None:
    code = clerk.code("cash")
    clerk.write(code)
    clerk.key(KEY.Key_Return)
    assert clerk.page.entry.draft.lines[0].account == code
    clerk.shell.desk.set_language("mr")
    settle(clerk.shell)
    clerk.page.entry.begin()
    turn()
    clerk.write("प्रवास")
    clerk.key(KEY.Key_Return)
    heads = clerk.page.entry.sheet.heads
    assert heads[clerk.page.entry.draft.lines[1].account].name.startswith("Travel")


def test_a_member_and_her_loan_are_chosen(clerk: Clerk) -> None:
    clerk.acts(KEY.Key_F6)
    clerk.write("member loan")
    clerk.key(KEY.Key_Return)
    clerk.write("a")
    clerk.key(KEY.Key_Return)
    line = clerk.page.entry.draft.lines[0]
    assert line.member
    assert line.loan > 0
    clerk.write("10")
    clerk.key(KEY.Key_Return)
    assert clerk.page.entry.draft.difference == -10_00


def test_posting_is_refused_in_one_line_that_jumps(clerk: Clerk) -> None:
    clerk.write("honor")
    clerk.key(KEY.Key_Return)
    clerk.write("300")
    clerk.key(KEY.Key_Return)
    clerk.acts(KEY.Key_Return, CONTROL)
    assert clerk.page.notice.first.text() == "Not posted. 300 is still to be credited."
    assert (clerk.page.entry.grid.row, clerk.page.entry.grid.column) == (1, 1)


def test_what_the_books_refuse_jumps_to_its_line(clerk: Clerk) -> None:
    count = len(clerk.posted())
    said = clerk.enters(KEY.Key_F5, "honor", "99999999", "Too much")
    assert "below" in said or "cash" in said.casefold()
    assert len(clerk.posted()) == count
    assert clerk.page.entry.draft.narration == "Too much"


def test_the_date_by_one_figure(clerk: Clerk) -> None:
    clerk.key(KEY.Key_F2)
    clerk.write("5")
    clerk.acts(KEY.Key_Return)
    assert clerk.page.entry.draft.date == "2025-03-05"
    assert isinstance(clerk.focus, Picker)


def test_an_offered_narration_copies_all_lines(clerk: Clerk) -> None:
    clerk.enters(KEY.Key_F5, "travel", "40", "Bus to the block office")
    clerk.key(KEY.Key_Return)
    clerk.write("Bus to the bl")
    turn(200)
    settle(clerk.shell)
    clerk.key(KEY.Key_1, CONTROL)
    draft = clerk.page.entry.draft
    assert draft.narration == "Bus to the block office"
    assert [line.amount for line in draft.lines] == [40_00, 40_00]
    assert all(line.is_copied for line in draft.lines)
    clerk.acts(KEY.Key_Return, CONTROL)
    assert clerk.page.notice.first.text().startswith("Posted P")


def test_an_account_that_is_missing_is_made_on_the_way(clerk: Clerk) -> None:
    clerk.write("Zari thread")
    clerk.key(KEY.Key_C, ALT)
    assert clerk.page.entry.creating.isVisible()
    clerk.key(KEY.Key_Return)
    clerk.key(KEY.Key_Return)
    clerk.acts(KEY.Key_Return)
    assert not clerk.page.entry.creating.isVisible()
    line = clerk.page.entry.draft.lines[0]
    assert clerk.page.entry.sheet.heads[line.account].name == "Zari thread"
    assert clerk.page.entry.grid.column == 3
    clerk.write("12")
    assert clerk.page.entry.draft.total("debit") == 12_00


def test_a_draft_outlives_the_window(clerk: Clerk) -> None:
    clerk.write("honor")
    clerk.key(KEY.Key_Return)
    clerk.write("30")
    turn(600)
    settle(clerk.shell)
    assert clerk.page.state().startswith("Draft kept")
    assert any(Path(clerk.page.kept.folder).glob("voucher-*.json"))
    kept = clerk.page.kept.read("entry")
    assert kept is not None
    assert kept.lines == (Line("debit", clerk.page.entry.draft.lines[0].account, amount=30_00),)


def test_a_reversal_alone_and_what_hangs_together(clerk: Clerk) -> None:
    clerk.enters(KEY.Key_F5, "travel", "40", "Bus")
    name = clerk.posted()[0].name
    clerk.shell.go("vouchers", voucher=name)
    settle(clerk.shell)
    clerk.key(KEY.Key_R, CONTROL)
    clerk.write("Was not paid")
    clerk.acts(KEY.Key_Return)
    assert clerk.page.notice.first.text().startswith("Reversed by R")
    found = clerk.page.one.found
    assert found is not None
    mirror = found.reversed_by
    assert mirror
    clerk.key(KEY.Key_L, CONTROL)
    clerk.acts(KEY.Key_Return)
    assert clerk.page.one.found is not None
    assert clerk.page.one.found.name == mirror
    clerk.acts(KEY.Key_Escape)
    assert clerk.page.one.found.name == name


def test_a_duplicate_is_a_draft_of_its_own(clerk: Clerk) -> None:
    clerk.enters(KEY.Key_F5, "travel", "40", "Bus")
    clerk.acts(KEY.Key_Escape)
    clerk.acts(KEY.Key_D, CONTROL)
    assert clerk.page.entry.draft.narration == "Bus"
    assert clerk.page.entry.draft.lines[0].is_copied
    clerk.acts(KEY.Key_Return, CONTROL)
    assert [one.narration for one in clerk.posted()[:2]] == ["Bus", "Bus"]


def test_the_list_finds_an_amount_and_turns(clerk: Clerk) -> None:
    clerk.acts(KEY.Key_F, CONTROL)
    clerk.write("2180")
    turn(250)
    settle(clerk.shell)
    there = clerk.page.listing.table.rows.vouchers
    assert there
    assert {one.amount for one in there} == {2180_00}
    clerk.key(KEY.Key_Return)
    clerk.acts(KEY.Key_Backspace)
    assert len(clerk.page.listing.table.rows.vouchers) > len(there)
    clerk.acts(KEY.Key_Return)
    first = clerk.page.one.found
    assert first is not None
    clerk.acts(KEY.Key_PageDown)
    assert clerk.page.one.found is not None
    assert clerk.page.one.found.name != first.name
    clerk.acts(KEY.Key_Escape)
    assert clerk.page.stack.currentWidget() is clerk.page.listing


def test_tab_reaches_every_field(clerk: Clerk) -> None:
    fields = clerk.page.entry.fields
    wanted = {fields.date.edit, fields.party.editor, fields.reference.editor, fields.resolution.editor}
    wanted |= {fields.papers.editor, clerk.page.entry.narration.edit, clerk.page.tabs}
    met: set[QWidget] = set()
    grid = False
    clerk.key(KEY.Key_F2)
    for _ in range(60):
        met.add(clerk.focus)
        grid = grid or clerk.page.entry.grid.has_the_cursor()
        clerk.key(KEY.Key_Tab)
    assert grid
    assert not {one.accessibleName() for one in wanted - met}
    assert all(one.accessibleName() for one in wanted)


def test_a_draft_comes_back_from_json_as_it_was() -> None:
    draft = VoucherDraft("receipt", "2024-04-05", (Line("credit", "4000", "17", 3, 100, is_copied=True),), "N",
                         papers=(("ab", "bill.pdf"),))  # fmt: skip
    assert draft_of({**body_of(draft), "unknown": 1}) == draft


def test_nothing_is_offered_before_something_is_entered() -> None:
    assert next_line(VoucherDraft("payment"), {}, "1001") == Line("debit")
    assert troubles(VoucherDraft("payment"), {})[0].field == "account"
