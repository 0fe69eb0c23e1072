"""Every page of the window in its states, each reached as a user reaches it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt

from tests.desktop.screens.window import CTRL, NONE, SHIFT, Window

KEY = Qt.Key


@dataclass(frozen=True)
class State:
    """A state of a page: its name, whose books, and how one gets there; `over` what was held up is let go again."""

    name: str
    reach: Callable[[Window], Callable[[], object] | None]
    books: str = "practice"
    is_lean: bool = False  # also looked at by the suite, not by the campaign alone


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
    State("meeting-next", _go("meeting"), is_lean=True),
    State("meeting-half", _go("meeting", _half)),
    State("meeting-wrong", _go("meeting", _wrong)),
    State("meeting-as-due", _go("meeting", _keys(KEY.Key_D, held=CTRL | SHIFT))),
    State("meeting-count", _go("meeting", _keys(KEY.Key_F10))),
    State("meeting-minutes", _go("meeting", _keys(KEY.Key_F11))),
    State("meeting-posted", _go("meeting", number="30"), is_lean=True),
    State("meeting-loading", _loading("meeting", "Reading the sheet", number="29")),
    State("meeting-none-yet", _go("meeting"), "empty"),
    State("meeting-closed-year", _go("meeting", number="36"), "closed"),
    State("voucher-payment", _go("vouchers", kind="payment"), is_lean=True),
    State("voucher-picker", _go("vouchers", _words("s"), kind="payment")),
    State("voucher-line", _go("vouchers", *_TO_AMOUNT, kind="payment")),
    State("voucher-receipt", _go("vouchers", kind="receipt")),
    State("voucher-contra", _go("vouchers", kind="contra")),
    State("voucher-journal", _go("vouchers", kind="journal")),
    State("voucher-wrong", _go("vouchers", *_WRONG_AMOUNT, kind="payment")),
    State("voucher-list", _go("vouchers", view="list"), is_lean=True),
    State("voucher-list-nothing", _go("vouchers", *_FIND_NOTHING, view="list")),
    State("voucher-one", _go("vouchers", voucher="R28/2023-24"), is_lean=True),
    State("voucher-one-payment", _go("vouchers", voucher="P14/2023-24")),
    State("voucher-correct", _go("vouchers", _keys(KEY.Key_Z, held=CTRL), voucher="P1/2023-24")),
    State("voucher-none-yet", _go("vouchers", view="list"), "empty"),
    State("voucher-closed-year", _go("vouchers"), "closed"),
    State("register-cash-book", _go("registers", name="cash-book", **_NOVEMBER), is_lean=True),
    State("register-ledger", _go("registers", name="general-ledger", account="cash")),
    State("register-savings", _go("registers", name="savings-ledger", member="9")),
    State("register-balance-sheet", _go("registers", name="balance-sheet"), is_lean=True),
    State("register-trial-balance", _go("registers", name="trial-balance")),
    State("register-demand", _go("registers", name="demand-collection-balance"), is_lean=True),
    State("register-attendance", _go("registers", name="attendance-register")),
    State("register-minutes", _go("registers", name="minutes")),
    State("register-statement", _go("registers", name="member-statement", member="9")),
    State("register-log", _go("registers", name="log-of-acts")),
    State(
        "register-find",
        _go("registers", _keys(KEY.Key_F, held=CTRL), _words("7000"), _keys(KEY.Key_Return), name="cash-book"),
    ),
    State("register-empty", _go("registers", name="cash-book"), "empty"),
    State("register-loading", _loading("registers", "Reading the register", name="journal")),
    State("print-cash-book", _go("printing", _paper, name="cash-book", folio="12", **_NOVEMBER), is_lean=True),
    State("print-statement", _go("printing", _paper, name="member-statement", member="9")),
    State("print-wrong", _go("printing", _paper, _wrong_day, _paper, name="cash-book", **_NOVEMBER)),
    State("go-anywhere", _over("go"), is_lean=True),
    State("go-anywhere-member", _find_member),
    State("all-groups", _over("tree")),
    State("all-keys", _over("keys"), is_lean=True),
    State("welcome", _nothing, "", is_lean=True),
)
