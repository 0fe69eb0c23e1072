"""Makes an account or a member that is missing, in a strip above the lines, and comes back with it chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from bookkeeper.commands import entities, members
from bookkeeper.definitions.chart import GROUPS, USERS_CODES, Head
from bookkeeper.desktop import theme
from bookkeeper.desktop.matching import Candidate
from bookkeeper.desktop.vouchers.fields import text_line
from bookkeeper.desktop.vouchers.sheet import SIDES
from bookkeeper.desktop.widgets.captioned import Captioned
from bookkeeper.desktop.widgets.date_field import DateField
from bookkeeper.desktop.widgets.picker import Choosing, Picker
from bookkeeper.errors import BookError

if TYPE_CHECKING:
    from bookkeeper.commands.act import Done
    from bookkeeper.desktop.desk import Desk

GROUP_CHOICE: Final = Choosing("{shown} of {all} groups of accounts", "No group has these letters. Write others.")
USUAL_GROUP: Final = {"payment": "expense", "receipt": "income"}


def next_code(used: Sequence[str]) -> str:
    """The next code of the user's own range."""
    own = [int(code) for code in used if code.isdigit() and int(code) in USERS_CODES]
    return str(max(own, default=USERS_CODES.start) + 1)


def next_number(used: Sequence[str]) -> str:
    """The number after the highest of the register of members."""
    return str(max((int(number) for number in used if number.isdigit()), default=0) + 1)


class Creating(QFrame):
    """`made` tells "account" or "member", and the code or number; `turned_away` that Escape was pressed."""

    made = Signal(str, str)
    turned_away = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.desk, self.what = desk, ""
        self.title = QLabel()
        self.title.setFont(theme.font(theme.WORK, theme.SEMIBOLD))
        self.code, self.name = Captioned(desk, text_line(20), width=90), Captioned(desk, text_line())
        self.group_picker = Picker(desk, GROUP_CHOICE)
        self.group_picker.accepted.connect(self.focusNextChild)
        self.group = Captioned(desk, self.group_picker, width=150)
        self.joined = DateField(desk)
        self.button = QPushButton()
        self.button.setFont(theme.font(theme.WORK, theme.MEDIUM))
        self.button.clicked.connect(self.make)
        row = QHBoxLayout()
        row.setSpacing(12)
        for field, stretch in ((self.name, 1), (self.group, 0), (self.joined, 0), (self.code, 0)):
            row.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        beside.addSpacing(19)
        beside.addWidget(self.button)
        beside.addStretch(1)
        row.addLayout(beside)
        down = QVBoxLayout(self)
        down.setContentsMargins(14, 8, 14, 4)
        down.setSpacing(4)
        down.addWidget(self.title)
        down.addLayout(row)
        self.hide()

    def open_account(self, typed: str, kind: str, used: Sequence[str]) -> None:
        """Ask for what an account is made of."""
        self._open("account", typed, next_code(used))
        say = self.desk.say
        self.group_picker.set_candidates([Candidate(one, say(SIDES[one])) for one in GROUPS])
        self.group_picker.choose(USUAL_GROUP.get(kind, "expense"))

    def open_member(self, typed: str, on: str, used: Sequence[str]) -> None:
        """Ask for what a member is made of."""
        self._open("member", typed, next_number(used))
        self.joined.set_date(on)

    def _open(self, what: str, typed: str, number: str) -> None:
        self.what = what
        is_account = what == "account"
        self.group.setVisible(is_account)
        self.joined.setVisible(not is_account)
        self.translate()
        for field, text in ((self.name, typed), (self.code, number)):
            field.say_wrong("")
            line = field.editor
            if isinstance(line, QLineEdit):
                line.setText(text)
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self.name.editor, QLineEdit):
            self.name.editor.end(False)  # noqa: FBT003  # Qt's signature
            self.name.editor.deselect()  # figures typed by habit would become the name

    def translate(self) -> None:
        """Show every word anew."""
        say, is_account = self.desk.say, self.what == "account"
        self.title.setText(say("New account") if is_account else say("New member"))
        self.name.name(say("Name"))
        self.group.name(say("Group of accounts"))
        self.joined.translate(say("Joined on"))
        self.code.name(say("Code") if is_account else say("Number"))
        self.button.setText(say("Create"))

    def make(self) -> None:
        """Enter it into the books."""
        name, number = (self._text(field).strip() for field in (self.name, self.code))
        whose = self.desk.code
        if not any(sign.isalpha() for sign in name):
            self.name.say_wrong(self.desk.say("Write a name."))
            self.name.setFocus()
            return
        if self.what == "account":
            head = Head(number, name, self.group_picker.key or "expense", folio="")
            self.desk.act(
                self, "Creating the account", lambda office, key: entities.add_head(office, key, whose, head),
                self._made,
            )  # fmt: skip
        else:
            member = members.Member(number, name, joined=self.joined.date)  # type: ignore[attr-defined]  # handed on
            self.desk.act(
                self, "Creating the member", lambda office, key: members.add(office, key, whose, member),
                self._made,
            )  # fmt: skip

    @staticmethod
    def _text(field: Captioned) -> str:
        line = field.editor
        return line.text() if isinstance(line, QLineEdit) else ""

    def _made(self, done: Done) -> None:
        self.hide()
        self.made.emit(self.what, str(done.result))

    def failed(self, error: BaseException) -> None:
        """It was refused: the sentence stands under the field that it is about."""
        if not isinstance(error, BookError):
            self.desk.fault(error)
            return
        fault = error.faults[0]
        field = {"code": self.code, "number": self.code, "group": self.group, "joined": self.joined}.get(fault.field)
        (field or self.name).say_wrong(self.desk.say_fault(fault))
        (field or self.name).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter goes on and in the last field creates; Escape turns away."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.turned_away.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.code.editor.hasFocus() or self.button.hasFocus():
                self.make()
            else:
                self.focusNextChild()
        else:
            super().keyPressEvent(event)
