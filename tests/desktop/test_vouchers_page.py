"""The vouchers' page in the real window, on practice books, by keys alone."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from benchmarks.window import settle, turn, until
from bookkeeper.commands import voucher_entry
from bookkeeper.desktop.pages.vouchers import VouchersPage
from bookkeeper.desktop.shell import Shell
from bookkeeper.desktop.vouchers.draft import Line, VoucherDraft, body_of, draft_of, next_line, troubles
from bookkeeper.desktop.widgets.lettering import width_of, wrapped
from bookkeeper.desktop.widgets.picker import Picker
from bookkeeper.rules.voucher import Instrument
from tests.desktop.conftest import a_window

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
        self.key(kind)
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

    def is_asked(self) -> bool:
        """Whether the page asks why cash falls below nought."""
        return self.page.below.is_asking

    def pays(self, account: str, amount: str, narration: str) -> None:
        """A payment out of what is offered, up to its narration; it is not posted."""
        self.write(account)
        self.key(KEY.Key_Return)
        self.write(amount)
        for _ in range(3):
            self.key(KEY.Key_Return)
        self.write(narration)

    def begins_anew(self) -> None:
        """Nothing of what was entered, chosen or remembered is there any more, but what is posted."""
        page, desk = self.page, self.shell.desk
        page.kept.remove()
        for key in ("voucher-kind", f"voucher-date/{desk.code}"):
            desk.settings.remove(key)
        page.listing.sought.editor.setText("")  # type: ignore[attr-defined]
        page.listing.show_vouchers(())
        page.notice.show_well("")
        page.notice.clear()
        page.entry.creating.hide()
        page.below.bar.hide()
        page.entering.open_draft()
        page.entry.forget_money()
        if desk.language.code != "en":
            desk.set_language("en")


@pytest.fixture(scope="module")
def window(
    application: QApplication,
    _practice_made: Path,
    tmp_path_factory: pytest.TempPathFactory,
    breaking_in: Callable[[], AbstractContextManager[None]],
) -> Iterator[Shell]:
    """One window for all facts of this page: each begins anew, and counts from what the books hold then."""
    assert application is not None
    folder = tmp_path_factory.mktemp("vouchers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        with breaking_in():
            shutil.copyfile(_practice_made, folder / "practice.books")
        kept = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        kept.setValue("place", "vouchers")  # the meeting, were it open as well, would be read anew at every posting
        with a_window(folder / "practice.books", kept) as made:
            made.go("vouchers", kind="payment")
            settle(made)
            yield made


@pytest.fixture
def clerk(window: Shell) -> Iterator[Clerk]:
    gc.disable()  # as a window has it, whose garbage is looked for by itself
    window.activateWindow()
    until(window.isActiveWindow, "the cursor")
    yield Clerk(window)
    window.go("vouchers", kind="payment")
    settle(window)
    Clerk(window).begins_anew()
    settle(window)


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
        clerk.key(KEY.Key_F7)
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
    assert clerk.page.told.text().endswith("nothing is changed yet")
    assert [(one.before, one.after) for one in clerk.page.entry.panel._money] == [(clerk.balance(cash),) * 2]
    clerk.acts(KEY.Key_F7)
    assert (clerk.page.entry.draft.kind, clerk.page.entry.draft.corrects) == ("journal", ""), "it waits, as it was"
    assert [one.draft.corrects for one in clerk.page.waiting.there][:1] == [found.name]
    assert clerk.page.state().endswith("not posted")
    clerk.page.waiting.findChildren(QPushButton)[0].click()
    settle(clerk.shell)
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
    clerk.write("5")
    clerk.key(KEY.Key_Return)
    clerk.write("प्रवास")
    clerk.key(KEY.Key_Return)
    heads = clerk.page.entry.sheet.heads
    assert heads[clerk.page.entry.draft.lines[1].account].name.startswith("Travel")
    assert clerk.page.title.text().startswith("नावे "), "the word of the payments' side of a printed cash book"


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
    assert not clerk.page.entry.fields.date.edit.hasSelectedText(), "one cursor, where the account is missing"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("12x", "“12x” is not an amount. Write figures, as 2400 or 50+20."),
        ("1,00,000.005", "“1,00,000.005” has more than two decimals. Write rupees and paise, as 1234.50."),
        ("-5", "“-5” is below zero. Write what was paid, without a sign."),
    ],
)
def test_a_half_typed_amount_is_refused_by_what_is_wrong_with_it(clerk: Clerk, typed: str, said: str) -> None:
    clerk.write("honor")
    clerk.key(KEY.Key_Return)
    clerk.write(typed)
    clerk.acts(KEY.Key_Return, CONTROL)
    assert clerk.page.notice.first.text() == f"Not posted. Line 1: {said}"
    assert clerk.page.entry.wrong.text() == said


def test_cash_below_zero_asks_its_reason_in_place(clerk: Clerk) -> None:
    cash = clerk.balance(clerk.code("cash"))
    more = str(cash // 100 + 250)  # 250 rupees or a little less would be missing
    count = len(clerk.posted())
    clerk.pays("honor", more, "Honorarium before the savings came")
    clerk.acts(KEY.Key_Return, CONTROL)
    assert clerk.is_asked()
    assert clerk.focus.accessibleName() == "Reason"
    clerk.key(KEY.Key_Escape)
    assert not clerk.is_asked()
    assert len(clerk.posted()) == count
    clerk.acts(KEY.Key_Return, CONTROL)
    clerk.acts(KEY.Key_Return)
    assert clerk.is_asked(), "without a reason nothing is posted"
    clerk.write("The treasurer lent it for a day")
    clerk.acts(KEY.Key_Return)
    assert clerk.page.notice.first.text().startswith("Posted P")
    newest = clerk.posted()[0]
    assert newest.narration.endswith("cash below zero: The treasurer lent it for a day")
    assert clerk.balance(clerk.code("cash")) == cash - int(more) * 100 < 0
    clerk.shell.go("vouchers", voucher=newest.name)
    settle(clerk.shell)
    clerk.key(KEY.Key_R, CONTROL)
    clerk.write("Was not paid")
    clerk.acts(KEY.Key_Return)
    assert clerk.balance(clerk.code("cash")) == cash


def test_a_cheque_is_named_beside_its_bank_line(clerk: Clerk) -> None:
    entry = clerk.page.entry
    clerk.write("honor")
    clerk.key(KEY.Key_Return)
    clerk.write("30")
    clerk.key(KEY.Key_Return)
    assert entry.instrument.isHidden()
    clerk.write("bank")
    for _ in range(3):
        clerk.key(KEY.Key_Return)
    assert entry.instrument.isVisible()
    clerk.write("Paid by cheque")
    clerk.key(KEY.Key_Backtab, SHIFT)
    clerk.key(KEY.Key_Backtab, SHIFT)
    clerk.write("4512")
    count = len(clerk.posted())
    clerk.key(KEY.Key_Tab)
    clerk.write("31/6")
    clerk.acts(KEY.Key_Return, CONTROL)
    assert clerk.page.notice.first.text() == "Not posted. Its date: June has no 31st day."
    assert len(clerk.posted()) == count
    clerk.write("31/3")
    clerk.key(KEY.Key_Backtab, SHIFT)
    clerk.acts(KEY.Key_Return, CONTROL)
    assert "cheque, UPI, NEFT or slip" in clerk.page.notice.first.text()
    clerk.key(KEY.Key_Backtab, SHIFT)
    clerk.key(KEY.Key_C)
    clerk.acts(KEY.Key_Return, CONTROL)
    office = clerk.shell.desk.office
    assert office is not None
    found = voucher_entry.found(office, clerk.shell.desk.code, clerk.posted()[0].name)
    assert [line.instrument for line in found.lines] == [None, Instrument("cheque", "4512", "2025-03-31")]


def test_enter_behind_the_narration_posts_nothing_and_a_draft_is_thrown_away(clerk: Clerk) -> None:
    count = len(clerk.posted())
    clerk.pays("honor", "300", "Honorarium of April")
    clerk.acts(KEY.Key_Return)
    assert clerk.page.notice.first.text() == "The voucher is ready. Ctrl+Enter posts it."
    assert len(clerk.posted()) == count
    clerk.acts(KEY.Key_Delete, CONTROL | SHIFT)
    assert clerk.page.entry.draft.is_empty
    clerk.acts(KEY.Key_Z, CONTROL)
    assert clerk.page.entry.draft.narration == "Honorarium of April"
    assert clerk.page.entry.draft.total("debit") == 300_00


def test_half_a_word_over_an_account_replaces_nothing(clerk: Clerk) -> None:
    clerk.pays("honor", "300", "Honorarium")
    honorarium = clerk.page.entry.draft.lines[0].account
    clerk.page.entry.grid.setFocus()
    clerk.page.entry.grid.stand_at(0, 1)
    turn()
    clerk.write("12")
    clerk.page.entry.grid.commit()  # as when the cursor goes elsewhere without Enter
    assert clerk.page.entry.draft.lines[0].account == honorarium


def test_undo_and_the_side_of_a_line(clerk: Clerk) -> None:
    clerk.key(KEY.Key_F7)
    clerk.key(KEY.Key_Backtab, SHIFT)
    clerk.write("c")
    clerk.key(KEY.Key_Return)
    clerk.write("travel")
    clerk.key(KEY.Key_Return)
    clerk.write("7")
    clerk.key(KEY.Key_Return)
    lines = clerk.page.entry.draft.lines
    assert [(line.side, line.amount) for line in lines] == [("credit", 7_00)], "a journal that begins with its credit"
    clerk.key(KEY.Key_Z, CONTROL)
    assert clerk.page.entry.draft.lines[0].amount == 0
    clerk.key(KEY.Key_Z, CONTROL)
    assert clerk.page.entry.draft.lines == ()


def test_a_receipt_that_was_a_payment_has_its_sides_changed(clerk: Clerk) -> None:
    clerk.pays("other inc", "500", "")
    assert [line.side for line in clerk.page.entry.draft.lines] == ["debit", "credit"]
    clerk.key(KEY.Key_F6)
    assert [line.side for line in clerk.page.entry.draft.lines] == ["credit", "debit"]


def test_a_control_character_is_not_posted(clerk: Clerk) -> None:
    count = len(clerk.posted())
    clerk.pays("honor", "30", "Bell")
    clerk.page.entry.narration.edit.insert("\x07")  # as it comes from another program's clipboard
    clerk.acts(KEY.Key_Return, CONTROL)
    assert clerk.page.notice.first.text().startswith("Not posted.")
    assert len(clerk.posted()) == count
    assert clerk.focus is clerk.page.entry.narration.edit


def test_an_empty_list_says_under_its_heads_what_to_do(clerk: Clerk) -> None:
    listing = clerk.page.listing
    clerk.acts(KEY.Key_F, CONTROL)
    clerk.write("zzzz")
    turn(250)
    settle(clerk.shell)
    assert listing.empty.isVisible()
    assert listing.empty.y() - (listing.table.y() + listing.table.height()) < 10
    assert not {"open", "duplicate", "copy"} & set(clerk.page.keys())
    listing.empty.act.setFocus()
    clerk.acts(KEY.Key_Space)
    assert not listing.empty.isVisible()
    assert listing.table.current is not None


def test_no_number_of_a_loan_is_left_out(application: QApplication) -> None:
    assert application is not None
    text = "रुक्मिणी जाधव · कर्ज १०"
    lines = wrapped(text, width_of("रुक्मिणी जाधव · कर्ज"))
    assert " ".join(lines) == text
    assert len(lines) > 1
    assert "".join(wrapped("4512" * 20, 60)) == "4512" * 20


def test_a_clerk_is_refused_in_her_own_language(clerk: Clerk) -> None:
    count = len(clerk.posted())
    clerk.shell.desk.set_language("mr")
    clerk.key(KEY.Key_F2)
    clerk.write("1-1-2015")
    clerk.acts(KEY.Key_Return)
    clerk.pays("honor", "30", "Honorarium")
    clerk.acts(KEY.Key_Return, CONTROL)
    before = "०१-०१-२०१५ ही तारीख वह्या सुरू होण्याच्या (०१-०४-२०२३) आधीची आहे. तारीख दुरुस्त करा."
    assert clerk.page.notice.first.text() == before
    assert len(clerk.posted()) == count


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


def test_a_draft_outlives_the_window(shell: Shell, practice: Path, kept: QSettings) -> None:
    clerk = Clerk(shell)
    clerk.write("honor")
    clerk.key(KEY.Key_Return)
    clerk.write("30")
    turn(600)
    settle(clerk.shell)
    assert clerk.page.state().startswith("Draft kept")
    assert any(Path(clerk.page.kept.folder).glob("voucher-*.json"))
    honorarium = clerk.page.entry.draft.lines[0].account
    clerk.shell.close()
    turn()
    with a_window(practice, kept) as again:
        later = Clerk(again)
        assert later.page.entry.draft.lines[0] == Line("debit", honorarium, amount=30_00)


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
