"""The fields of the print page: which register, of when, of whom, in which language, from which folio on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from bookkeeper.commands.reports import Offered, ReportAsk
from bookkeeper.commands.voucher_entry import AccountLine, PersonLine
from bookkeeper.desktop import theme
from bookkeeper.desktop.matching import Candidate
from bookkeeper.desktop.widgets.date_field import DateEdit
from bookkeeper.desktop.widgets.icons import icon
from bookkeeper.desktop.widgets.picker import ACCOUNTS, MEMBERS, Choosing, Picker
from bookkeeper.errors import Fault
from bookkeeper.report import Ask
from bookkeeper.words import language, languages

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

WIDTH: Final = 292
PAUSE: Final = 350
"""Milliseconds without a key after which the pages are made anew."""

REGISTERS: Final = Choosing("{shown} of {all} registers", "No register has these letters. Write others.")
"""The messages of the choice of a register."""

_ICON: Final = 12
_FOLIOS, _COPIES = 99999, 99
_NARROW: Final = 72
_FIELD_OF: Final = {
    "--from": "since",
    "--to": "until",
    "--as-of": "as_of",
    "--member": "member",
    "member": "member",
    "--account": "account",
    "account": "account",
    "pages": "pages",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be printed: the report, the language of the page, its figures."""

    ask: ReportAsk
    code: str
    digits: str
    printer: str = ""
    copies: int = 1


class Field(QWidget):
    """A label, the editor below it, and what is wrong with what stands in it."""

    def __init__(self, editor: QWidget, label: str) -> None:
        super().__init__()
        self.editor, self.message = editor, label
        self.label, self.fault = QLabel(), QLabel()
        self.label.setProperty("rank", "second")
        self.label.setBuddy(editor)
        self.fault.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.fault.setProperty("rank", "wrong")
        self.fault.setWordWrap(True)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(4)
        for widget in (self.label, editor, self.fault):
            down.addWidget(widget)
        self.fault.hide()

    def show_label(self, text: str) -> None:
        """Name the field."""
        self.label.setText(text)
        self.label.setFont(theme.font_for(text, theme.HEAD))
        self.editor.setAccessibleName(text)

    def show_fault(self, text: str) -> None:
        """Say what is wrong; "" where nothing is."""
        self.fault.setText(text)
        self.fault.setFont(theme.font_for(text, theme.NOTE))
        self.fault.setVisible(bool(text))
        self.editor.setProperty("wrong", bool(text))
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)


class Choice(QComboBox):
    """A choice of few, taken with Up and Down."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.currentTextChanged.connect(lambda text: self.setFont(theme.font_for(text)))

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer (value, text) pairs; what was chosen stays chosen."""
        chosen = self.value()
        self.blockSignals(True)  # noqa: FBT003  # Qt's
        self.clear()
        for value, text in choices:
            self.addItem(text, value)
        self.choose(chosen)
        self.setFont(theme.font_for(self.currentText()))
        self.blockSignals(False)  # noqa: FBT003

    def choose(self, value: str) -> None:
        """Choose this value; the first where it is not offered."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def value(self) -> str:
        """What is chosen."""
        return str(self.currentData() or "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        super().paintEvent(event)
        if self.isEnabled():
            picture = icon("down", self._desk.theme.ink2, _ICON, self.devicePixelRatioF())
            QPainter(self).drawPixmap(self.width() - _ICON - 8, (self.height() - _ICON) // 2, picture)


class PrintFields(QWidget):
    """All fields.

    `changed` tells, after a short pause, that the pages are to be made anew, `cut` that others are wanted of them.
    """

    changed = Signal()
    cut = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._offered: tuple[Offered, ...] = ()
        self._codes: dict[str, str] = {}
        self.setFixedWidth(WIDTH)
        self.register = Picker(desk, REGISTERS)
        self.account, self.member = (Picker(desk, replace(kind, create="", new="")) for kind in (ACCOUNTS, MEMBERS))
        self.since, self.until, self.as_of = (DateEdit(desk) for _ in range(3))
        self.pages = QLineEdit()
        self.code, self.digits, self.folio = Choice(desk), Choice(desk), QLineEdit("1")
        self.folio.setValidator(QIntValidator(1, _FOLIOS, self))
        self.printer, self.copies = Choice(desk), QLineEdit("1")
        self.copies.setValidator(QIntValidator(1, _COPIES, self))
        self._printers: Sequence[str] = ()
        self._is_of_all = False
        self.fields = {
            "name": Field(self.register, "Register"),
            "since": Field(self.since, "From"),
            "until": Field(self.until, "To"),
            "as_of": Field(self.as_of, "On"),
            "account": Field(self.account, "Account"),
            "member": Field(self.member, "Member"),
            "code": Field(self.code, "Language of the page"),
            "digits": Field(self.digits, "Figures"),
            "folio": Field(self.folio, "First folio"),
            "pages": Field(self.pages, "Pages"),
            "printer": Field(self.printer, "Printer"),
            "copies": Field(self.copies, "Copies"),
        }
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.changed)
        self._listen()

    # -------------------------------------------------------------------------------------------------- what is asked

    def offer(self, offered: tuple[Offered, ...]) -> None:
        """The registers that there are."""
        self._offered = offered
        self._name_registers()
        self._show_asked()

    def offer_names(self, accounts: Sequence[AccountLine], people: Sequence[PersonLine]) -> None:
        """The accounts and members that the books have."""
        say = self._desk.say
        self._codes = {one.role: one.code for one in accounts if one.role}
        kept = {name: getattr(self, name).key for name in ("account", "member")}
        self.account.set_candidates(
            [Candidate(one.code, one.name, one.name_local or say(one.name), one.code) for one in accounts]
        )
        self.member.set_candidates([Candidate(one.number, one.name, one.name_local, one.number) for one in people])
        for name, key in kept.items():
            self._choose(name, key)

    def offer_printers(self, names: Sequence[str]) -> None:
        """The printers that the system has; without any, the system's own dialogue says so."""
        self._printers = names
        self.printer.offer([(name, name) for name in names] or [("", self._desk.say("the system’s own"))])
        self.printer.setEnabled(len(names) > 1)

    def show_values(self, asked: dict[str, str]) -> None:
        """Fill the fields; a value that is not named empties its field."""
        self.register.choose(asked.get("name", "cash-book"))
        for name in ("since", "until", "as_of"):
            if asked.get(name):
                getattr(self, name).set_date(asked[name])
        for name in ("account", "member"):
            self._choose(name, asked.get(name, ""))
        self.folio.setText(asked.get("folio", "1") or "1")
        self.copies.setText("1")
        self._is_of_all = asked.get("all") == "yes"
        self.pages.setText(asked.get("pages", ""))
        self.code.choose(asked.get("code") or (self._desk.entity.language if self._desk.entity else ""))
        self._offer_digits()
        self.digits.choose(asked.get("digits", ""))
        self._show_asked()
        self._pause.stop()

    def values(self) -> dict[str, str]:
        """What `show_values` needs to stand as it stands now."""
        found = {
            "name": self.register.key,
            "account": self.account.key,
            "member": self.member.key,
            "folio": self.folio.text(),
            "pages": self.pages.text(),
            "code": self.code.value(),
            "digits": self.digits.value(),
        }
        dates = {name: getattr(self, name).date for name in ("since", "until", "as_of")}
        of_all = {"all": "yes" if self._is_of_all else ""}
        return {name: value for name, value in (found | dates | of_all).items() if value}

    def wanted(self) -> Wanted:
        """What is to be printed; what the register is not asked with is left out."""
        asked, asks = self.values(), self._asks()
        of_period, at_day = Ask.PERIOD in asks, Ask.AS_OF in asks
        ask = ReportAsk(
            asked["name"],
            () if self._is_of_all else (self._desk.code,),
            all=self._is_of_all,
            account=asked.get("account", "") if Ask.ACCOUNT in asks else "",
            member=asked.get("member", "") if Ask.MEMBER in asks else "",
            since=asked.get("since", "") if of_period else "",
            until=asked.get("until", "") if of_period else "",
            as_of=asked.get("as_of", "") if at_day else "",
            folio=int(asked.get("folio", "1")),
        )
        copies = int(self.copies.text() or "1")
        return Wanted(ask, self.code.value(), self.digits.value(), self.printer.value(), copies)

    @property
    def is_asked_bare(self) -> bool:
        """Whether nobody has said yet what is to be printed."""
        return not self.register.key

    @property
    def is_of_all(self) -> bool:
        """Whether each group there is has its pages."""
        return self._is_of_all

    @property
    def is_waiting(self) -> bool:
        """Whether what is typed is waited for, before the pages are made of it."""
        return self._pause.isActive()

    @property
    def knows_registers(self) -> bool:
        """Whether it is known what each register is asked with; until then `wanted` would leave its period out."""
        return bool(self._offered)

    def register_title(self) -> str:
        """The title of the chosen register, as a message."""
        return next((one.title for one in self._offered if one.name == self.register.key), "")

    def show_pages_fault(self, text: str) -> None:
        """Say what is wrong with the choice of pages; "" where nothing is."""
        self.fields["pages"].show_fault(text)

    def is_wrong(self, editor: QWidget | None) -> bool:
        """Whether something is said to be wrong at this editor."""
        return editor is not None and bool(editor.property("wrong"))

    def show_faults(self, faults: Sequence[Fault]) -> Sequence[Fault]:
        """Say each fault at its field; the answer are those that have none here."""
        for field in self.fields.values():
            field.show_fault("")
        rest = []
        for fault in faults:
            name = _FIELD_OF.get(fault.field, "")
            if name and not self.fields[name].isHidden():
                self.fields[name].show_fault(self._desk.say_fault(fault))
            else:
                rest.append(fault)
        return rest

    # -------------------------------------------------------------------------------------------------- as it is shown

    def translate(self) -> None:
        """Show every word anew."""
        say = self._desk.say
        for field in self.fields.values():
            field.show_label(say(field.message))
        self._name_registers()
        for date in (self.since, self.until, self.as_of):
            date.set_date(date.date)
        self.code.offer([(code, language(code).name) for code in languages()])
        self.pages.setPlaceholderText(say("all, or 2-4"))
        self.member.setPlaceholderText(say("all members"))
        self.account.setPlaceholderText(say("all accounts"))
        self.offer_printers(self._printers)
        self._offer_digits()
        for editor in (self.pages, self.member, self.account):
            editor.setFont(theme.font_for(editor.placeholderText()))
        for editor in (self.folio, self.copies):
            editor.setFont(theme.font())

    def _name_registers(self) -> None:
        say = self._desk.say
        self.register.set_candidates([Candidate(one.name, one.title, say(one.title)) for one in self._offered])
        self.register.setFont(theme.font_for(say("Cash book")))
        if self.register.hasFocus():
            self.register.selectAll()

    def _choose(self, name: str, key: str) -> None:
        """An account is also asked for by its role."""
        picker: Picker = getattr(self, name)
        picker.choose(self._codes.get(key, key) if name == "account" else key)

    def _offer_digits(self) -> None:
        """The figures that the page's language can have; a language with one kind of them leaves no choice."""
        code = self.code.value()
        native = language(code, digits="native")
        choices = [("latin", "123")]
        if native.native_digits:
            usual = "native" if language(code).native_digits else "latin"
            choices.append(("native", native.digits("123")))
            choices.sort(key=lambda choice: choice[0] != usual)
        self.digits.offer(choices)
        self.digits.setEnabled(len(choices) > 1)

    def _asks(self) -> tuple[Ask, ...]:
        return next((one.asks for one in self._offered if one.name == self.register.key), ())

    def _show_asked(self) -> None:
        """Show the fields that the register is asked with, and no others."""
        asks = self._asks()
        for names, wanted in (
            (("since", "until"), Ask.PERIOD),
            (("as_of",), Ask.AS_OF),
            (("account",), Ask.ACCOUNT),
            (("member",), Ask.MEMBER),
        ):
            for name in names:
                self.fields[name].setVisible(wanted in asks)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(10)
        top = Qt.AlignmentFlag.AlignTop
        for name, row, column, span in (
            ("name", 0, 0, 2),
            ("since", 1, 0, 1),
            ("until", 1, 1, 1),
            ("as_of", 2, 0, 1),
            ("account", 3, 0, 2),
            ("member", 4, 0, 2),
            ("code", 5, 0, 1),
            ("digits", 5, 1, 1),
            ("folio", 6, 0, 1),
            ("pages", 6, 1, 1),
        ):
            grid.addWidget(self.fields[name], row, column, 1, span, top)
        beside = QHBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self.fields["printer"], 1, top)
        beside.addWidget(self.fields["copies"], 0, top)
        self.copies.setFixedWidth(_NARROW)
        grid.addLayout(beside, 7, 0, 1, 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, (WIDTH - 8) // 2)
        grid.setRowStretch(8, 1)

    def _listen(self) -> None:
        self.register.chosen.connect(self._register_chosen)
        for name in ("since", "until", "as_of"):
            date: DateEdit = getattr(self, name)
            date.moved.connect(self._wait)
            date.refused.connect(self.fields[name].show_fault)
        for name, picker in (("name", self.register), ("account", self.account), ("member", self.member)):
            picker.refused.connect(self.fields[name].show_fault)
            picker.accepted.connect(self.focusNextChild)
        for picker in (self.account, self.member):
            picker.chosen.connect(self._wait)
        self.folio.textEdited.connect(self._wait)
        self.pages.textEdited.connect(self.cut)
        self.code.currentIndexChanged.connect(self._language_chosen)
        self.digits.currentIndexChanged.connect(self._wait)

    def _wait(self, *_: object) -> None:
        self._pause.start()

    def _register_chosen(self, _name: str) -> None:
        self._show_asked()
        self.pages.clear()
        self._wait()

    def _language_chosen(self) -> None:
        self._offer_digits()
        self.digits.setCurrentIndex(0)  # as the language usually has them
        self._wait()
