"""One posted voucher, to look at: heads, lines, narration, who entered it, and what hangs together with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.vouchers.instrument import INSTRUMENT_NAMES
from bookkeeper.desktop.vouchers.listing import KIND_NAMES
from bookkeeper.desktop.vouchers.reasons import Reasons
from bookkeeper.desktop.widgets.keycap import baseline
from bookkeeper.desktop.widgets.lettering import width_of, wrapped, write

if TYPE_CHECKING:
    from bookkeeper.commands.voucher_entry import FoundLine, FoundVoucher, Hanging
    from bookkeeper.desktop.desk import Desk
    from bookkeeper.rules.voucher import Instrument

ROW, HEAD, TOTALS, PAD, FACT, LINK = 28, 26, 30, 8, 46, 32
LINE = 18
"""How far the second line of a text stands below the first."""

_LEAST_AMOUNT, _LEAST_MEMBER, _NARROW_BELOW = 104, 130, 620
LINKS_WIDTH, LINKS_NARROW = 300, 220
TURNS: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class OneVoucher(QWidget):
    """`opened` tells what one goes to: a kind of thing and its key. `accepted` day and reason of a reversal."""

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
        by = dict.fromkeys(self._instrument(line.instrument) for line in found.lines if line.instrument)
        here = dt.datetime.fromisoformat(found.entered).astimezone().isoformat()
        entered = f"{found.entered_by}, {language.date(here[:10])} {here[11:16]}"
        pairs = (
            (say("Date"), language.date(voucher.date)),
            (say(party), voucher.party),
            (say("By"), "; ".join(by)),
            (say("Reference"), voucher.reference),
            (say("Resolution"), voucher.resolution),
            (say("Entered by"), entered),
            (say("Papers"), ", ".join(paper.name for paper in voucher.attachments)),
        )
        return [(caption, text) for caption, text in pairs if text]

    def _instrument(self, by: Instrument) -> str:
        kind = self.desk.say(INSTRUMENT_NAMES.get(by.kind, by.kind))
        return f"{kind} {by.number}, {self.desk.language.date(by.date)}"

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
        self.setAccessibleName(found.name if found else "")
        self.setAccessibleDescription("; ".join(", ".join(filter(None, row)) for row in self.texts()))
        self._fit()

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
            self._text(painter, 0, top + 46, wrapped(found.voucher.narration, self.width()))

    def _text(self, painter: QPainter, left: int, at: int, lines: Sequence[str]) -> None:
        for place, line in enumerate(lines):
            write(painter, left, at + place * LINE, line, self._desk.theme.color("ink"))

    def _fit(self) -> None:
        """All of it has room; what is more than the window has scrolls."""
        found = self._one.found
        facts = max((top + FACT + (len(lines) - 1) * LINE for _, top, _, lines in self._placed()), default=FACT)
        rows = sum(self._height(texts) for texts in self.texts())
        narration = len(wrapped(found.voucher.narration, self.width())) if found else 1
        self.setMinimumHeight(facts + 8 + HEAD + rows + TOTALS + 46 + narration * LINE)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._fit()

    def _placed(self) -> Iterator[tuple[int, int, str, list[str]]]:
        """The facts: left, top, caption, and the text in lines."""
        left = top = more = 0
        for caption, text in self._one.facts():
            wide = max(width_of(caption, theme.NOTE), width_of(text, theme.WORK)) + 28
            if left and left + wide > self.width():
                left, top, more = 0, top + FACT + more * LINE, 0
            lines = wrapped(text, self.width())
            yield left, top, caption, lines
            left, more = left + wide, max(more, len(lines) - 1)

    def _paint_facts(self, painter: QPainter) -> int:
        end = FACT
        for left, top, caption, lines in self._placed():
            write(painter, left, top + 14, caption, self._desk.theme.color("ink2"), theme.NOTE)
            self._text(painter, left, top + 34, lines)
            end = max(end, top + FACT + (len(lines) - 1) * LINE)
        return end

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
            top += self._height(texts)
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
        """Where the columns stand: amounts and members as broad as their texts, of what there is; the rest is names."""
        amount = max(_LEAST_AMOUNT, width_of(self._total(), theme.WORK, theme.SEMIBOLD) + 2 * PAD + 2)
        texts = (self._desk.say("Member or loan"), *(person for _, person, _, _ in self.texts()))
        most = (self.width() - 2 * amount) // 2
        member = min(max(_LEAST_MEMBER, *(width_of(text) + 2 * PAD + 2 for text in texts)), most)
        wides = (self.width() - member - 2 * amount, member, amount, amount)
        return [(sum(wides[:at]), wide) for at, wide in enumerate(wides)]

    def _height(self, texts: Sequence[str]) -> int:
        """How high a row is: its longest text decides."""
        rooms = (wide - 2 * PAD for _, wide in self._columns())
        return ROW + (max(len(wrapped(text, room)) for text, room in zip(texts, rooms, strict=True)) - 1) * LINE

    def _row(
        self, painter: QPainter, top: int, height: int, texts: Sequence[str], columns: Sequence[tuple[int, int]],
        look: tuple[str, int, int],
    ) -> None:  # fmt: skip
        ink, size, weight = look
        for at, ((left, wide), text) in enumerate(zip(columns, texts, strict=True)):
            for place, line in enumerate(wrapped(text, wide - 2 * PAD, size, weight)):
                broad = width_of(line, size, weight)
                at_ = left + wide - PAD - broad if at > 1 else left + PAD
                base = baseline(top, height, size) + place * LINE
                write(painter, at_, base, line, self._desk.theme.color(ink), size, weight)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if event.key() in TURNS:
            self._one.turned.emit(TURNS[Qt.Key(event.key())])
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
        said = [self._said(link) for link in self._links]
        inset = max((width_of(caption, theme.HEAD) for caption, _ in said), default=0) + 2 * PAD
        top = 25
        for at, (caption, text) in enumerate(said):
            lines = wrapped(text, self.width() - inset - PAD)
            height = LINK + (len(lines) - 1) * LINE
            if at == self._current and self.hasFocus():
                painter.fillRect(0, top, self.width(), height - 1, colours.color("tint"))
                painter.fillRect(0, top, 2, height - 1, colours.color("accent"))
            base = baseline(top, LINK, theme.WORK)
            write(painter, PAD, base, caption, colours.color("ink2"), theme.HEAD)
            for place, line in enumerate(lines):
                write(painter, inset, base + place * LINE, line, colours.color("ink"))
            top += height
            painter.fillRect(0, top - 1, self.width(), 1, colours.color("line"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self._links:
            step = -1 if event.key() == Qt.Key.Key_Up else 1
            self._current = max(0, min(len(self._links) - 1, self._current + step))
            self._describe()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._links:
            link = self._links[self._current]
            self.opened.emit(link.kind, link.key)
        elif event.key() in TURNS:
            self._one.turned.emit(TURNS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
