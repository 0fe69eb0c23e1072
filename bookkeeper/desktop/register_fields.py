"""What a register is asked with, as fields above it: its period or day, account, member, and the words to be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from bookkeeper.desktop import theme
from bookkeeper.desktop.widgets.bars import DownButton
from bookkeeper.desktop.widgets.date_field import DateField
from bookkeeper.desktop.widgets.period_field import PeriodField
from bookkeeper.report import Ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookkeeper.commands.reports import ReportAsk
    from bookkeeper.desktop.desk import Desk


class RegisterFields(QFrame):
    """Only those fields are seen that the register is asked with. `left` tells that Enter ended a field."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.period, self.day = PeriodField(desk, has_note=False), DateField(desk, has_note=False)
        self.account, self.member = DownButton(desk), DownButton(desk)
        self.search = QLineEdit()
        self.search.setFixedWidth(190)
        self.wrong = QLabel()
        self.wrong.setProperty("rank", "wrong")
        self.wrong.setWordWrap(True)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(12)
        down.addLayout(row)
        down.addWidget(self.wrong)
        self.wrong.hide()
        bottom = Qt.AlignmentFlag.AlignBottom
        for widget in (self.period, self.day, self.account, self.member):
            row.addWidget(widget, 0, bottom)
        row.addStretch(1)
        row.addWidget(self.search, 0, bottom)
        for field in (self.period, self.day):
            field.accepted.connect(self.left)
            field.edit.refused.connect(self.say_wrong)

    def show_asked(self, ask: ReportAsk, asks: Sequence[Ask]) -> None:
        """Show what a register is asked with, and no other field."""
        say = self._desk.say
        self.say_wrong("")
        self.period.setVisible(Ask.PERIOD in asks)
        self.day.setVisible(Ask.AS_OF in asks and Ask.PERIOD not in asks)
        if Ask.PERIOD in asks:
            self.period.set_period(ask.since, ask.until)
        elif ask.as_of:
            self.day.set_date(ask.as_of)
        self.account.setVisible(Ask.ACCOUNT in asks)
        self.account.show_text(say("Account {code}", code=ask.account) if ask.account else say("All accounts"))
        self.member.setVisible(Ask.MEMBER in asks and not ask.all)
        self.member.show_text(say("Member {number}", number=ask.member) if ask.member else say("All members"))

    def say_wrong(self, text: str) -> None:
        """What is wrong with the days that were typed, over the whole width; "" where nothing is."""
        self.wrong.setText(text)
        self.wrong.setFont(theme.font_for(text, theme.NOTE))
        self.wrong.setVisible(bool(text))

    def to_dates(self, asks: Sequence[Ask]) -> None:
        """Put the cursor where the period, or the day, is typed."""
        field = self.period if Ask.PERIOD in asks else self.day
        field.edit.setFocus()
        field.edit.selectAll()

    def translate(self) -> None:
        """Show every word anew."""
        say = self._desk.say
        self.period.translate(say("Period"))
        self.day.translate(say("On"))
        self.search.setPlaceholderText(say("Find words or an amount"))
        self.search.setFont(theme.font_for(self.search.placeholderText()))
        self.search.setAccessibleName(self.search.placeholderText())
