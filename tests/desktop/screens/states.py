"""Every page of the window in its states, each reached as a user reaches it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt

from bookkeeper.commands.books import PRACTICE
from bookkeeper.definitions.find import resources
from tests.desktop.screens.window import BOOKS, CTRL, NONE, SHIFT, Window

KEY = Qt.Key


@dataclass(frozen=True)
class State:
    """A state of a page: its name, how one gets there, whose books, and what must be seen there.

    What `reach` answers lets go of what was held up. `sees` is a message, or else a text of all languages; between
    "|" several.
    """

    name: str
    reach: Callable[[Window], Callable[[], object] | None]
    books: str = "practice"
    is_lean: bool = False  # also looked at by the suite, not by the campaign alone
    sees: str = ""


def _nothing(_window: Window) -> None:
    return None


def _loading(place: str, title: str, **asked: str) -> Callable[[Window], Callable[[], object]]:
    """Work that takes its time stands before what the page asks."""

    def reach(window: Window) -> Callable[[], object]:
        held = threading.Event()
        window.shell.desk.work(window.shell, title, lambda _work: held.wait(20), lambda _: None)
        window.is_held = True
        window.shell.open(place, **asked)
        window.turn(300)

        def let_go() -> None:
            window.is_held = False
            held.set()
            window.settle()

        return let_go

    return reach


def _go(place: str, *then: Callable[[Window], object], **asked: str) -> Callable[[Window], None]:
    def reach(window: Window) -> None:
        window.shell.go(place, **asked)
        window.settle()
        for step in then:
            step(window)
            window.settle()

    return reach


def _half(window: Window) -> None:
    """Six members as read from the sheet, one of them differently."""
    for _ in range(5):
        window.press(KEY.Key_Return)
    window.write("=50+20")
    window.press(KEY.Key_Return)


def _wrong(window: Window) -> None:
    window.write("12x")
    window.press(KEY.Key_Return)
    window.press(KEY.Key_Return, held=CTRL)


def _fields_done(window: Window) -> None:
    """Enter through the row of fields, until it is closed."""
    for _ in range(4):
        window.press(KEY.Key_Return)


def _bring_members(window: Window) -> None:
    """The register of the practice group, as if chosen in the system's dialogue."""
    none_yet = getattr(window.shell.page, "none_yet")  # noqa: B009  # the meeting page's own
    none_yet.bring_in(resources() / "samples" / PRACTICE / "savitri-members.csv")
    window.settle()


def _weekly_loan(window: Window) -> None:
    """A loan by a product of which one percent is kept back."""
    view = getattr(window.shell.page, "view")  # noqa: B009  # as above
    view.grid.stand_at(2, view.grid.column_of("new_loan"))
    window.write("5000")
    window.press(KEY.Key_Return, KEY.Key_Return)
    window.write("week")
    for _ in range(4):
        window.press(KEY.Key_Return)
    window.press(KEY.Key_Up)


def _by_bank_besides(window: Window) -> None:
    """A member's second row, of a sheet that came back."""
    view = getattr(window.shell.page, "view")  # noqa: B009  # as above
    window.press(KEY.Key_D, held=CTRL | SHIFT)
    view.what.extra.append({"member": "2", "present": "P", "by": "bank", "savings": "100", "fine": "5"})
    view.show_meeting(view.coming, view.what, is_open=True)
    view.grid.stand_at(2, view.grid.column_of("savings"))
    window.settle()


def _keys(*keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> Callable[[Window], None]:
    return lambda window: window.press(*keys, held=held)


def _words(text: str) -> Callable[[Window], None]:
    return lambda window: window.write(text)


def _paper(window: Window) -> None:
    """The pages are made, and painted."""
    page = window.shell.page
    assert page is not None
    window.settle(400)
    preview = page.preview  # type: ignore[attr-defined]  # the print page's
    if preview.paper is not None:
        window.until(lambda: preview.is_ready)


def _over(act: str) -> Callable[[Window], None]:
    def reach(window: Window) -> None:
        window.shell.open("registers", name="cash-book")
        window.settle()
        window.shell.acts[act]()
        window.settle(120)

    return reach


_TO_AMOUNT = (_words("stat"), _keys(KEY.Key_Return), _words("120"), _keys(KEY.Key_Return))
_WRONG_AMOUNT = (*_TO_AMOUNT[:2], _words("12x"), _keys(KEY.Key_Return, held=CTRL))
_FIND_NOTHING = (_keys(KEY.Key_F, held=CTRL), _words("zzzz"), lambda window: window.settle(500))
_NOVEMBER = {"since": "2023-11-05", "until": "2023-12-31"}


def _wrong_day(window: Window) -> None:
    fields = getattr(window.shell.page, "fields")  # noqa: B009  # the print page's own
    fields.until.setFocus(Qt.FocusReason.TabFocusReason)
    window.write("1-4-2022")
    window.press(KEY.Key_Return)


def _find_member(window: Window) -> None:
    _over("go")(window)
    window.write("@man")
    window.settle(150)


STATES: Final = (
    State("meeting-next", _go("meeting"), is_lean=True, sees="Meeting {number}|Total of {count} entered|11"),
    State("meeting-half", _go("meeting", _half), sees="570|Total of {count} entered|Draft kept {time}"),
    State("meeting-wrong", _go("meeting", _wrong), sees="12x|The books are as they were."),
    State(
        "meeting-as-due",
        _go("meeting", _keys(KEY.Key_D, held=CTRL | SHIFT), lambda window: window.settle(600)),
        sees="Total of {count} entered|Draft kept {time}",
    ),
    State("meeting-count", _go("meeting", _keys(KEY.Key_F10)), sees="Should be in the box|Not counted yet|Coins"),
    State("meeting-minutes", _go("meeting", _keys(KEY.Key_F11)), sees="Agenda, a line for each item|Resolution"),
    State("meeting-posted", _go("meeting", number="30"), sees="Meeting {number}|30|Take back to mend"),
    State("meeting-loading", _loading("meeting", "Reading the sheet", number="29"), sees="Reading the sheet"),
    State(
        "meeting-none-yet",
        _go("meeting"),
        "empty",
        sees="This group has no members yet|Bring in members …|Savings",
    ),
    State(
        "meeting-first",
        _go("meeting", _bring_members),
        "empty",
        sees="Meeting {number}|F2 writes the day on which it was held.|{count} members were brought in.",
    ),
    State("meeting-fees", _go("meeting", _weekly_loan), sees="fees kept back {amount}"),
    State("meeting-came-back", _go("meeting", _by_bank_besides), sees="by bank"),
    State("meeting-closed-year", _go("meeting", number="36"), "closed", sees="Meeting {number}|36|Closed year"),
    State(
        "meeting-closed-year-mend",
        _go("meeting", _keys(KEY.Key_Z, held=CTRL), number="36"),
        "closed",
        sees="The meeting stands as it is: mend what was wrong by a voucher on an open day.",
    ),
    State(
        "meeting-shut-day",
        _go("meeting", _keys(KEY.Key_F2), _words("5-3-2025"), _fields_done),
        "closed",
        sees="Date of the meeting|The year {year} is closed.",
    ),
    State(
        "meeting-posted-typed",
        _go("meeting", _keys(KEY.Key_Right), _words("5"), number="30"),
        sees="This meeting is posted. Ctrl Z takes it back to mend.",
    ),
    State(
        "voucher-payment",
        _go("vouchers", kind="payment"),
        is_lean=True,
        sees="Payment| 33|Nothing entered yet|P32",
    ),
    State("voucher-picker", _go("vouchers", _words("s"), kind="payment"), sees="take it"),
    State("voucher-line", _go("vouchers", *_TO_AMOUNT, kind="payment"), sees="120.00"),
    State("voucher-receipt", _go("vouchers", kind="receipt"), sees="Receipt| 49|Nothing entered yet"),
    State("voucher-contra", _go("vouchers", kind="contra"), sees="Contra| 18|Nothing entered yet"),
    State("voucher-journal", _go("vouchers", kind="journal"), sees="Journal| 1|Nothing entered yet"),
    State(
        "voucher-wrong",
        _go("vouchers", *_WRONG_AMOUNT, kind="payment"),
        sees="12x|“{text}” is not an amount. Write figures, as 2400 or 50+20.",
    ),
    State("voucher-list", _go("vouchers", view="list"), sees="{count} vouchers|R48/2024-25"),
    State(
        "voucher-list-nothing",
        _go("vouchers", *_FIND_NOTHING, view="list"),
        sees="zzzz|No voucher of this period has that. Backspace clears the filter; Alt+F2 changes the period.",
    ),
    State(
        "voucher-one", _go("vouchers", voucher="R28/2023-24"), is_lean=True, sees="R28/2023-24|Posted; it never changes"
    ),
    State("voucher-one-payment", _go("vouchers", voucher="P14/2023-24"), sees="P14/2023-24|Posted; it never changes"),
    State("voucher-correct", _go("vouchers", _keys(KEY.Key_Z, held=CTRL), voucher="P1/2023-24"), sees="P1/2023-24"),
    State(
        "voucher-none-yet",
        _go("vouchers", view="list"),
        "empty",
        sees="No vouchers in this period yet. F5 writes a payment, F6 a receipt; they will stand here.",
    ),
    State("voucher-closed-year", _go("vouchers"), "closed", sees="Closed year"),
    State(
        "register-cash-book",
        _go("registers", name="cash-book", **_NOVEMBER),
        is_lean=True,
        sees="Cash book|05-11-2023|31-12-2023",
    ),
    State(
        "register-ledger", _go("registers", name="general-ledger", account="cash"), sees="General ledger|Cash in hand"
    ),
    State("register-savings", _go("registers", name="savings-ledger", member="9"), sees="Savings ledger"),
    State("register-balance-sheet", _go("registers", name="balance-sheet"), sees="Balance sheet"),
    State("register-trial-balance", _go("registers", name="trial-balance"), sees="Trial balance"),
    State(
        "register-demand",
        _go("registers", name="demand-collection-balance"),
        sees="Demand, collection and balance",
    ),
    State("register-attendance", _go("registers", name="attendance-register"), sees="Attendance register"),
    State("register-minutes", _go("registers", name="minutes"), sees="Minutes"),
    State("register-statement", _go("registers", name="member-statement", member="9"), sees="Member statement"),
    State("register-log", _go("registers", name="log-of-acts"), sees="Log of acts"),
    State(
        "register-find",
        _go("registers", _keys(KEY.Key_F, held=CTRL), _words("7000"), _keys(KEY.Key_Return), name="cash-book"),
        sees="7000|7,000.00",
    ),
    State("register-empty", _go("registers", name="cash-book"), "empty", sees="Nothing was posted in this period."),
    State(
        "register-loading", _loading("registers", "Reading the register", name="journal"), sees="Reading the register"
    ),
    State(
        "print-cash-book",
        _go("printing", _paper, name="cash-book", folio="12", **_NOVEMBER),
        is_lean=True,
        sees="Cash book|05-11-2023|31-12-2023|Page {page} of {pages}",
    ),
    State("print-statement", _go("printing", _paper, name="member-statement", member="9"), sees="Member statement"),
    State(
        "print-wrong",
        _go("printing", _paper, _wrong_day, _paper, name="cash-book", **_NOVEMBER),
        sees="The period ends before it begins.",
    ),
    State(
        "go-anywhere",
        _over("go"),
        is_lean=True,
        sees="Page, register, act, member, voucher (#), account or amount|Alt 3",
    ),
    State("go-anywhere-member", _find_member, sees="@man|1"),
    State("all-groups", _over("tree"), sees="Which group?|SAV"),
    State("all-keys", _over("keys"), is_lean=True, sees="On this page|Everywhere|Any key closes this."),
    State("looked-at-meeting", _go("meeting"), "looked-at", sees="Only to look at"),
    State(
        "looked-at-meeting-typed",
        _go("meeting", _keys(KEY.Key_Right), _words("5")),
        "looked-at",
        sees="You may only look at these books. Who manages them can give you the right to post.",
    ),
    State("looked-at-voucher", _go("vouchers"), "looked-at", sees="Only to look at"),
    State("looked-at-register", _go("registers", name="cash-book"), "looked-at", sees="Only to look at|Cash book"),
    State("looked-at-print", _go("printing", _paper, name="cash-book"), "looked-at", sees="Only to look at|Cash book"),
    State("looked-at-go-anywhere", _over("go"), "looked-at", sees="Only to look at|Sunita More"),
    State("closed-voucher-list", _go("vouchers", view="list"), "closed", sees="Closed year|{count} vouchers"),
    State("closed-register", _go("registers", name="balance-sheet"), "closed", sees="Closed year|Balance sheet"),
    State("closed-print", _go("printing", _paper, name="balance-sheet"), "closed", sees="Closed year|Balance sheet"),
    State("closed-go-anywhere", _over("go"), "closed", sees="Closed year"),
    State("welcome", _nothing, "", is_lean=True, sees="No books are open|Open books …"),
)


def chosen(names: Sequence[str] = ()) -> list[State]:
    """The states of these names, or all, those of the same books one after the other."""
    there = (state for state in STATES if not names or state.name in names)
    return sorted(there, key=lambda state: ("", *BOOKS).index(state.books))
