"""Key presses of the clerk's work, counted at the window itself, beside the same work in Tally, counted on paper.

Tally's keys are those of its help for entering receipts (help.tallysolutions.com, "Recording a Receipt Entry"), in
single entry mode, which takes the fewest; Ctrl+A accepts. A sheet of a meeting is there one receipt for each member:

    once:            V (vouchers), F6 (receipt), F2 (date), two digits of the day, Enter
    each receipt:    letters of the cash account, Enter; behind the last line Enter, Enter over the narration, Ctrl+A
    each of its lines: letters of the ledger, Enter; digits of the amount, Enter

We reckon three letters for a ledger and none for a narration; in truth each member has ledgers of her own for savings,
loan and interest, which takes more letters to tell apart. Everywhere Shift, Control and Alt count with the key that
they are held for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt

from benchmarks.figure import Figure
from benchmarks.window import ALT, CONTROL, SHIFT, Hands, settle, window
from bookkeeper.commands.books import PRACTICE, new_books
from bookkeeper.desktop.meeting.typed import RECEIVED, Figures
from bookkeeper.desktop.pages.meeting import MeetingPage
from bookkeeper.desktop.pages.vouchers import VouchersPage
from bookkeeper.desktop.shell import Shell

KEY = Qt.Key
WHOLE_MEETING, BEYOND_DIGITS, BEYOND_LETTERS = 25, 4, 10
LETTERS = 3
_ONCE, _EACH, _LINE = 6, 4, 2


class NotPosted(Exception):
    """The window did not do what the keys should have made it do; the text is what it says."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many presses: all of them, and those that are no digits or letters of what is entered."""

    pressed: int
    beyond: int


def figures(folder: Path) -> Iterator[Figure]:
    """The lines of the keys."""
    folder.mkdir(exist_ok=True)
    with _practice(folder, "bare") as shell:
        receipts = in_tally(shell)
        bare = _everybody_pays(shell, counts=False)
    with _practice(folder, "counted") as shell:
        counted = _everybody_pays(shell, counts=True)
    yield Figure(
        "keys: a meeting of 15 members, who pay what is due, from the opened books until it is posted",
        f"{counted.pressed} with the cash counted by notes, {bare.pressed} without",
        f"Tally, 15 receipts: {receipts}",
        f"{receipts / counted.pressed:.0f} times as few",
        f"at most {WHOLE_MEETING}",
        counted.pressed <= WHOLE_MEETING,
    )
    with _practice(folder, "differing") as shell:
        more = list(_differing(shell))
    yield Figure(
        "keys: each member who pays another amount, beyond its digits",
        ", ".join(str(one.beyond) for one in more),
        promised=f"at most {BEYOND_DIGITS}",
        kept=all(one.beyond <= BEYOND_DIGITS for one in more),
    )
    with _practice(folder, "payment") as shell:
        payment = _payment(shell)
    yield Figure(
        "keys: a payment of two lines, beyond its digits and the letters of account and narration",
        str(payment.beyond),
        f"Tally: {1 + _EACH + _LINE}",  # F5; the account, the end of the lines, the narration, Ctrl+A; one line
        promised=f"at most {BEYOND_LETTERS}",
        kept=payment.beyond <= BEYOND_LETTERS,
    )


def _practice(folder: Path, name: str) -> AbstractContextManager[Shell]:
    books = folder / f"{name}.books"
    new_books(books, PRACTICE).close()
    return window(folder / name, books)


def _meeting(hands: Hands) -> MeetingPage:
    hands.acts(KEY.Key_1, held=ALT)
    page = hands.shell.page
    if not isinstance(page, MeetingPage):
        raise NotPosted("Alt+1 is not the meeting")
    return page


def in_tally(shell: Shell) -> int:
    """The presses of the same meeting in Tally: its amounts are those that the sheet shows as due."""
    page = shell.page
    if not isinstance(page, MeetingPage) or page.view.coming is None or page.view.what is None:
        raise NotPosted("the books do not begin with the meeting")
    found = Figures(page.view.coming, page.view.what)
    paid: dict[str, list[int]] = {}
    for line in found.lines():
        amounts = [found.due(line, column) for column in RECEIVED]
        paid.setdefault(line.member.number, []).extend(amount for amount in amounts if amount)
    receipts = [amounts for amounts in paid.values() if amounts]
    lines = sum(map(len, receipts))
    digits = sum(len(str(amount // 100)) for amounts in receipts for amount in amounts)
    return _ONCE + len(receipts) * (LETTERS + _EACH) + lines * (LETTERS + _LINE) + digits


def _everybody_pays(shell: Shell, *, counts: bool) -> Counted:
    hands = Hands(shell)
    page = _meeting(hands)
    hands.press(KEY.Key_D, held=CONTROL | SHIFT)
    if counts:
        _count(hands)
    hands.acts(KEY.Key_Return, held=CONTROL)
    if not page.title.text().endswith("38"):
        raise NotPosted(page.notice.first.text())
    return Counted(hands.pressed, hands.pressed)


def _count(hands: Hands) -> None:
    """Count what the sheet says must be in the box, note by note."""
    hands.press(KEY.Key_F10)
    for pieces in ("24", "1", "", "", "2", ""):
        hands.type(pieces)
        hands.press(KEY.Key_Return)
    hands.type("1")


def _differing(shell: Shell) -> Iterator[Counted]:
    """All as due but three, each found by two letters of her name, before which Enter ends the one before her."""
    hands = Hands(shell)
    page = _meeting(hands)
    grid = page.view.grid
    hands.press(KEY.Key_D, held=CONTROL | SHIFT)
    for letters, column, amount in (("na", "principal", "500"), ("as", "principal", "300"), ("sa", "interest", "60")):
        before = hands.pressed
        if grid.is_editing:
            hands.press(KEY.Key_Return)
        hands.type(letters)
        while grid.column != grid.column_of(column):
            hands.press(KEY.Key_Right if grid.column < grid.column_of(column) else KEY.Key_Left)
        hands.type(amount)
        pressed = hands.pressed - before
        yield Counted(pressed, pressed - len(amount))
    hands.acts(KEY.Key_Return, held=CONTROL)
    if not page.title.text().endswith("38"):
        raise NotPosted(page.notice.first.text())


def _payment(shell: Shell) -> Counted:
    hands = Hands(shell)
    account, amount, narration = "honor", "300", "Honorarium of March"
    hands.acts(KEY.Key_2, held=ALT)
    hands.acts(KEY.Key_F5)
    hands.type(account)
    hands.press(KEY.Key_Return)
    hands.type(amount)
    hands.press(KEY.Key_Return, KEY.Key_Return, KEY.Key_Return)
    hands.type(narration)
    hands.acts(KEY.Key_Return, held=CONTROL)
    settle(shell)
    page = shell.page
    if not isinstance(page, VouchersPage) or not page.notice.first.text().startswith("Posted P"):
        raise NotPosted(page.notice.first.text() if page else "")
    return Counted(hands.pressed, hands.pressed - len(account + amount + narration))
