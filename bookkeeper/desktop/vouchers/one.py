"""One posted voucher, to look at: heads, lines, narration, who entered it, and what hangs together with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.vouchers.listing import KIND_NAMES
from bookkeeper.desktop.vouchers.reasons import Reasons
from bookkeeper.desktop.widgets.keycap import baseline
from bookkeeper.desktop.widgets.lettering import fitted, width_of, write

if TYPE_CHECKING:
    from bookkeeper.commands.voucher_entry import FoundLine, FoundVoucher, Hanging
    from bookkeeper.desktop.desk import Desk

ROW, HEAD, TOTALS, PAD, FACT, LINK = 28, 26, 30, 8, 46, 32
_AMOUNT, _MEMBER = 130, 200
_AMOUNT_NARROW, _MEMBER_NARROW, _NARROW_BELOW = 104, 130, 620
LINKS_WIDTH, LINKS_NARROW = 300, 220


class OneVoucher(QWidget):
    """`opened` tells what one goes to: a kind of thing and its key. `reversed_` that day and reason were accepted."""

    opened = Signal(str, str)
    turned = Signal(int)
    accepted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.found: FoundVoucher | None = None
        self.reasons = Reasons(desk)
        self.body, self.links = _Body(desk, self), _Links(desk, self)
        area = QScrollArea()
        area.setWidget(self.body)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.reasons)
        left.addWidget(area, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 4, 0, 0)
        across.setSpacing(28)
        across.addLayout(left, 1)
        across.addWidget(self.links)
        self.links.opened.connect(self.opened)
        self.reasons.accepted.connect(self.accepted)
        self.reasons.turned_away.connect(self.end_reversing)

    def show_voucher(self, found: FoundVoucher) -> None:
        """Show it."""
        self.found = found
        self.reasons.hide()
        self.links.show_links(found.hangs_together)
        self.body.show_voucher()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self.links.setFixedWidth(LINKS_NARROW if self.width() < LINKS_NARROW + _NARROW_BELOW else LINKS_WIDTH)

    def translate(self) -> None:
        """Show every word anew."""
        self.reasons.translate()
        self.body.update()
        self.links.update()

    def begin(self) -> None:
        """Put the cursor on the voucher."""
        self.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_links(self) -> None:
        """Put the cursor on what hangs together with it."""
        self.links.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def begin_reversing(self, on: str) -> None:
        """Ask for day and reason of a reversal."""
        if self.found is not None:
            self.reasons.open_for(self.found.name, on, "", is_correction=False)
            self.reasons.focus_reason()

    def end_reversing(self) -> None:
        """Nothing is reversed."""
        self.reasons.hide()
        self.begin()

    def title(self) -> str:
        """Its kind and its name."""
        found = self.found
        return f"{self.desk.say(KIND_NAMES.get(found.voucher.kind, found.voucher.kind))} {found.name}" if found else ""

    def told(self) -> str:
        """Whether it stands, and what it has to do with a reversal."""
        say, found = self.desk.say, self.found
        if found is not None and found.reversed_by:
            return say("Reversed by {voucher}", voucher=found.reversed_by)
        if found is not None and found.reverses:
            return say("Reverses {voucher}", voucher=found.reverses)
        return say("Posted; it never changes")

    def facts(self) -> list[tuple[str, str]]:
        """What is said above the lines: captions and texts; what is empty is left out."""
        if self.found is None:
            return []
        say, language, found = self.desk.say, self.desk.language, self.found
        voucher = found.voucher
        party = {"payment": "Paid to", "receipt": "Received from"}.get(voucher.kind, "Party")
        by = next((line.instrument for line in found.lines if line.instrument), "")
        here = dt.datetime.fromisoformat(found.entered).astimezone().isoformat()
        entered = f"{found.entered_by}, {language.date(here[:10])} {here[11:16]}"
        pairs = (
            (say("Date"), language.date(voucher.date)),
            (say(party), voucher.party),
            (say("By"), self._instrument(by)),
            (say("Reference"), voucher.reference),
            (say("Resolution"), voucher.resolution),
            (say("Entered by"), entered),
            (say("Papers"), ", ".join(paper.name for paper in voucher.attachments)),
        )
        return [(caption, text) for caption, text in pairs if text]

    def _instrument(self, text: str) -> str:
        kind, _, rest = text.partition(" ")
        number, _, day = rest.rpartition(" ")
        names = {"cheque": "Cheque", "upi": "UPI", "neft": "NEFT", "slip": "Slip"}
        if not day or len(day) != len("2024-04-05"):
            return text
        return f"{self.desk.say(names.get(kind, kind))} {number}, {self.desk.language.date(day)}"

    def copy(self) -> None:
        """Copy the lines as a spreadsheet takes them."""
        lines = ("\t".join(texts) for texts in self.body.texts())
        QGuiApplication.clipboard().setText("\n".join(lines))


class _Body(QWidget):
    """Facts, lines, totals, and narration, painted."""

    def __init__(self, desk: Desk, one: OneVoucher) -> None:
        super().__init__()
        self._desk, self._one = desk, one
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_voucher(self) -> None:
        found = self._one.found
        lines = len(found.lines) if found else 0
        self.setMinimumHeight(2 * FACT + HEAD + ROW * lines + TOTALS + 70)
        self.setAccessibleName(found.name if found else "")
        self.setAccessibleDescription("; ".join(", ".join(filter(None, row)) for row in self.texts()))
        self.update()

    def texts(self) -> list[tuple[str, str, str, str]]:
        """The lines as texts: account, member or loan, debit, credit."""
        found = self._one.found
        return [self._line(line) for line in (found.lines if found else ())]

    def _line(self, line: FoundLine) -> tuple[str, str, str, str]:
        language = self._desk.language
        amount = self._desk.amount(abs(line.amount))
        person = language.text(line.person) if line.person else line.member
        if line.loan:
            person = f"{person} · {language.say('Loan {number}', number=line.loan)}"
        debit, credit = (amount, "") if line.amount > 0 else ("", amount)
        return language.say(line.account), person, debit, credit

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter = QPainter(self)
        top = self._paint_facts(painter)
        top = self._paint_lines(painter, top + 8)
        found = self._one.found
        if found is not None:
            write(painter, 0, top + 26, self._desk.say("Narration"), self._desk.theme.color("ink2"), theme.NOTE)
            text = fitted(found.voucher.narration, self.width() * 2)
            first = fitted(text, self.width())
            write(painter, 0, top + 46, first, self._desk.theme.color("ink"))
            write(painter, 0, top + 66, text[len(first) :].strip(), self._desk.theme.color("ink"))

    def _paint_facts(self, painter: QPainter) -> int:
        left, top = 0, 0
        for caption, text in self._one.facts():
            wide = max(width_of(caption, theme.NOTE), width_of(text, theme.WORK)) + 28
            if left and left + wide > self.width():
                left, top = 0, top + FACT
            write(painter, left, top + 14, caption, self._desk.theme.color("ink2"), theme.NOTE)
            write(painter, left, top + 34, text, self._desk.theme.color("ink"))
            left += wide
        return top + FACT

    def _paint_lines(self, painter: QPainter, top: int) -> int:
        colours, say = self._desk.theme, self._desk.say
        columns = self._columns()
        heads = (say("Account"), say("Member or loan"), say("Debit"), say("Credit"))
        self._row(painter, top, HEAD, heads, columns, ("ink2", theme.HEAD, theme.REGULAR))
        painter.fillRect(0, top + HEAD - 1, self.width(), 1, colours.color("edge"))
        painter.fillRect(0, top, self.width(), 1, colours.color("line2"))
        first, top = top, top + HEAD
        rows = self.texts()
        for texts in rows:
            self._row(painter, top, ROW, texts, columns, ("ink", theme.WORK, theme.REGULAR))
            top += ROW
            painter.fillRect(0, top - 1, self.width(), 1, colours.color("line"))
        amount = self._total()
        self._row(painter, top, TOTALS - 4, (say("Total"), "", amount, amount), columns,
                  ("ink", theme.WORK, theme.SEMIBOLD))  # fmt: skip
        for at in (0, TOTALS - 4, TOTALS - 1):
            painter.fillRect(0, top + at, self.width(), 1, colours.color("edge"))
        for left in (0, *(left + wide for left, wide in columns)):
            painter.fillRect(min(left, self.width() - 1), first, 1, top + TOTALS - first, colours.color("line2"))
        if self.hasFocus():
            painter.fillRect(0, first, 2, top + TOTALS - first, colours.color("accent"))
        return top + TOTALS

    def _total(self) -> str:
        found = self._one.found
        total = sum(line.amount for line in found.lines if line.amount > 0) if found else 0
        return self._desk.amount(total)

    def _columns(self) -> list[tuple[int, int]]:
        narrow = self.width() < _NARROW_BELOW
        member, amount = (_MEMBER_NARROW, _AMOUNT_NARROW) if narrow else (_MEMBER, _AMOUNT)
        wides = (self.width() - member - 2 * amount, member, amount, amount)
        return [(sum(wides[:at]), wide) for at, wide in enumerate(wides)]

    def _row(
        self, painter: QPainter, top: int, height: int, texts: Sequence[str], columns: Sequence[tuple[int, int]],
        look: tuple[str, int, int],
    ) -> None:  # fmt: skip
        ink, size, weight = look
        for at, ((left, wide), text) in enumerate(zip(columns, texts, strict=True)):
            shown = fitted(text, wide - 2 * PAD, size, weight)
            broad = width_of(shown, size, weight)
            at_ = left + wide - PAD - broad if at > 1 else left + PAD
            rect = QRect(left, top, wide - 1, height)
            painter.save()
            painter.setClipRect(rect)
            write(painter, at_, baseline(top, height, size), shown, self._desk.theme.color(ink), size, weight)
            painter.restore()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if event.key() in steps:
            self._one.turned.emit(steps[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._one.begin_links()
        else:
            super().keyPressEvent(event)


class _Links(QWidget):
    """What hangs together: Enter goes there."""

    opened = Signal(str, str)

    def __init__(self, desk: Desk, one: OneVoucher) -> None:
        super().__init__()
        self._desk, self._one = desk, one
        self._links: Sequence[Hanging] = ()
        self._current = 0
        self.setFixedWidth(LINKS_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_links(self, links: Sequence[Hanging]) -> None:
        self._links, self._current = links, 0
        self.setAccessibleName(self._desk.say("What hangs together"))
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleDescription(" ".join(self._said(self._links[self._current])) if self._links else "")
        self.update()

    def _said(self, link: Hanging) -> tuple[str, str]:
        return self._desk.language.text(link.title), self._desk.language.text(link.text)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter, colours = QPainter(self), self._desk.theme
        title = self._desk.say("What hangs together")
        write(painter, 0, baseline(0, 24, theme.WORK), title, self._desk.theme.color("ink"), theme.WORK, theme.SEMIBOLD)
        painter.fillRect(0, 24, self.width(), 1, colours.color("edge"))
        if not self._links:
            write(
                painter,
                0,
                baseline(25, LINK, theme.WORK),
                self._desk.say("Nothing else"),
                self._desk.theme.color("ink3"),
            )
        for at, link in enumerate(self._links):
            top = 25 + at * LINK
            if at == self._current and self.hasFocus():
                painter.fillRect(0, top, self.width(), LINK - 1, colours.color("tint"))
                painter.fillRect(0, top, 2, LINK - 1, colours.color("accent"))
            caption, text = self._said(link)
            write(painter, PAD, baseline(top, LINK, theme.WORK), caption, self._desk.theme.color("ink2"), theme.HEAD)
            shown = fitted(text, self.width() - 130)
            write(painter, 120, baseline(top, LINK, theme.WORK), shown, self._desk.theme.color("ink"))
            painter.fillRect(0, top + LINK - 1, self.width(), 1, colours.color("line"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self._links:
            step = -1 if event.key() == Qt.Key.Key_Up else 1
            self._current = max(0, min(len(self._links) - 1, self._current + step))
            self._describe()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._links:
            link = self._links[self._current]
            self.opened.emit(link.kind, link.key)
        else:
            super().keyPressEvent(event)
