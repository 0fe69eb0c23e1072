"""The meeting's sheet, A4 across: to be filled in by hand, or as it was.

The columns of declared width make the table, with one more to sign in. On a blank sheet the figure due stands small in
the corner of the cell that takes what is paid; on a filled one only where the two differ. Below stand, of the parts,
the cash account (totals of the report), the count of notes (`count`), and what was resolved (`resolutions`) and paid
(`foot`). Rows are lower where there are many members, so that twenty stand on one page; more go on on a further one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple, cast

from bookkeeper.printing.figures import FIGURES, cell_text, clock_text, money_text, number_text
from bookkeeper.printing.paper import furniture
from bookkeeper.printing.paper.cells import align_of, figure_scale, scaled
from bookkeeper.printing.paper.document import MM, Document
from bookkeeper.printing.paper.draw import Align, Box, Drawing, baseline
from bookkeeper.printing.paper.text import Style
from bookkeeper.printing.paper.tokens import (
    BAND,
    BODY,
    BOLD,
    COLUMN_RULE,
    FIFTH,
    FRAME,
    GROUP_RULE,
    HEAD_RULE,
    LANDSCAPE,
    LEFT_MARGIN,
    NOTE,
    NOTE_STEP,
    PERIOD,
    PERIOD_AT,
    RIGHT_MARGIN,
    ROW_RULE,
    SIGNATURE_RULE,
    TABLE_TOP,
    TITLE_AT,
    TOTAL_RULE,
)
from bookkeeper.report import Report, Row
from bookkeeper.rules.money import PAISE_IN_A_RUPEE
from bookkeeper.words import ENGLISH, Language

_DUE = {"savings": "due_savings", "principal": "due_principal", "interest": "due_interest", "fine": "fine_due"}
"""The column that takes what is paid, and the one that says what is due."""

_BEGINS_GROUP = ("savings", "principal", "fine", "_total", "new_loan")
_ACCOUNT = (
    *(("balance_before", "Balance before"), ("received_from_members", "Received from members")),
    *(("other_receipts", "Other receipts"), ("loans_given", "Loans given")),
    *(("savings_paid_back", "Savings paid back"), ("expenses_and_into_the_bank", "Expenses and into the bank")),
    ("balance_in_the_box", "Balance in the box"),
)
"""The totals of the report that make up the cash account, and what they are called; then those of the count."""

_COUNTED = (("counted", "Counted"), ("cash_by_the_book", "Cash by the book"), ("difference", "Difference"))
_SIGN, _NAME_LEAST, _NAME_SIZE, _NAME_STEP, _BESIDE_DUE = 29.0, 30.0, 5.5, 1.15, 0.35
_DUE_STYLE, _ENGLISH_HEAD = Style(6.8, 400), Style(6.5, 400)
_ROW, _ROW_LEAST, _TOTAL_ROW, _HEADS_IN_TWO, _HEADS = 6.6, 4.6, 7.3, 10.4, 7.0
_SUBTITLE_HALF, _SUBTITLE_STEP, _SUBTITLE_LEAST = 66.0, 3.5, 5.0
_CHAIR_AT, _END_AT, _RULE_BELOW = 223.0, 254.3, 0.8  # of the rules above, right: who presides, start and end
_BOX_GAP, _BOX_TITLE_ABOVE, _BOXES_END, _LINES, _LINE = 8.8, 2.2, 193.2, 6, 5.8
_CASH, _COUNT, _PASSED = (18.0, 50.0, 34.0), (110.0, 20.0, 22.0, 34.0), (194.0, 91.0)
_TEXT_STEP, _TEXT_AMOUNT, _LOWEST = 4.3, 20.0, 4.2
_SIGN_AT, _SIGN_WIDTH, _SIGNERS = 203.2, 80.0, 3
_BOTTOM = 198.0  # of a page that is not the last


def turned(count: int, full: int, closing: int) -> list[int]:
    """How many rows stand on each page: as many as it takes, of which the last has room for the boxes below."""
    pages: list[int] = []
    while count > closing:
        pages.append(min(full, count - 1))
        count -= pages[-1]
    return [*pages, count]


class Line(NamedTuple):
    """A line of a box: its words cell by cell, its amount in paise, and whether it is one of those that close."""

    words: list[str]
    amount: int | None = None
    closes: bool = False


class Sheet:
    """A meeting's sheet on its way to paper."""

    def __init__(self, document: Document, report: Report, language: Language) -> None:
        self._document, self._report, self._language = document, report, language
        self._parts: Mapping[str, Sequence[Row]] = {part.key: part.rows for part in report.parts}
        about = self._parts.get("meeting", ())
        self._about = {row["_key"]: row.get("_shown") for row in about}
        self._filled = any(row.get("_filled") for row in about)
        self._columns = [column for column in report.columns if column.mm]
        self._width = furniture.table_width(LANDSCAPE)
        self._boxes = self._column_boxes()
        self._two_lines = language.code != ENGLISH
        self._top = TABLE_TOP + (_HEADS_IN_TWO if self._two_lines else _HEADS)
        self._whole, self._scale = True, 1.0

    def _column_boxes(self) -> list[Box]:
        """The places of the columns; the name takes what is left."""
        widths = [column.mm or 0.0 for column in self._columns]
        left = self._width - _SIGN - sum(widths)
        name = next((i for i, column in enumerate(self._columns) if column.key == "name"), 0)
        widths[name] = max(widths[name] + left, _NAME_LEAST)
        squeezed = (self._width - _SIGN) / sum(widths)
        edges = accumulate((width * squeezed for width in widths), initial=LEFT_MARGIN)
        return [Box(x, width * squeezed) for x, width in zip(edges, widths, strict=False)]

    def write(self) -> None:
        """Write the pages."""
        rows = list(self._report.rows_counted())
        amounts = [row.get(column.key) for row in rows for column in self._report.columns if column.kind in FIGURES]
        self._whole = all(not cast("int", amount) % PAISE_IN_A_RUPEE for amount in amounts if amount)
        self._scale = figure_scale(self._figures(rows), self._document.compositor)
        said = self._notes()
        room = _BOXES_END - _LINES * _LINE - _BOX_GAP - NOTE_STEP * len(said) - _TOTAL_ROW - self._top
        more = _LINE * max(len(self._counted()) - _LINES, 0)  # rows of members are lower, so that the count is not
        full = int((_BOTTOM - self._top) / _ROW)
        pages = turned(len(rows), full, max(int(room / _ROW_LEAST), 1))
        for page, count in enumerate(pages, 1):
            drawing = Drawing(self._document, LANDSCAPE)
            self._heading(drawing, page, len(pages))
            here, rows = rows[:count], rows[count:]
            last = page == len(pages)
            height = _ROW
            if last:
                least = min(_ROW_LEAST, room / max(count, 1))
                height = min(_ROW, max(least, (room - more) / max(count, 1)))
            y = self._table(drawing, here, height, is_last=last)
            if last:
                furniture.notes(drawing, self._report, said, y)
                self._below(drawing, y + NOTE_STEP * len(said) + _BOX_GAP)
                self._signatures(drawing)
            self._document.page(LANDSCAPE, (drawing.content(),))

    def _amount(self, paise: int, zero: str = "–") -> str:
        """An amount as this sheet writes it: in whole rupees where all are whole."""
        if not paise:
            return zero
        return money_text(paise, self._language, "0", whole=self._whole)

    def _figures(self, rows: Sequence[Row]) -> Iterator[tuple[str, Style, Box]]:
        """Every amount of the sheet, how it would be set, and its place."""
        for column, box in zip(self._columns, self._boxes, strict=True):
            if column.kind in FIGURES:
                yield from ((self._amount(cast("int", row.get(column.key) or 0)), BODY, box) for row in rows)
                yield self._amount(self._report.totals.get(column.key, 0)), BOLD, box

    # What stands above

    def _heading(self, drawing: Drawing, page: int, pages: int) -> None:
        """Draw whose sheet it is, which meeting, and who presides from when to when."""
        without_days = replace(self._report, heading=replace(self._report.heading, as_of=None))
        furniture.heading(drawing, self._document, without_days, self._language)
        text = ", ".join(filter(None, (self._which(), self._language.text(self._about.get("place")))))
        if pages > 1:
            text += f" · {self._language.say('Page {page} of {pages}', page=page, pages=pages)}"
        box = Box(LEFT_MARGIN + self._width / 2 - _SUBTITLE_HALF, 2 * _SUBTITLE_HALF, 0, 0)
        style, lines = furniture.fitted(self._document.compositor, text, PERIOD, box.width, 2, _SUBTITLE_LEAST)
        for place, line in enumerate(lines):
            drawing.text(box, PERIOD_AT + place * _SUBTITLE_STEP, line, style, Align.CENTRE)
        say, edge = self._language.say, LANDSCAPE[0] - RIGHT_MARGIN
        chair = self._language.text(self._about.get("presided_by"))
        time = clock_text(self._about.get("time"), self._language)
        self._to_fill(drawing, Box(_CHAIR_AT, edge - _CHAIR_AT, 0, 0), TITLE_AT - 0.8, say("President"), chair)
        self._to_fill(drawing, Box(_CHAIR_AT, _END_AT - _CHAIR_AT - 3, 0, 0), PERIOD_AT, say("Start"), time)
        self._to_fill(drawing, Box(_END_AT, edge - _END_AT, 0, 0), PERIOD_AT, say("End"), "")

    def _which(self) -> str:
        """Which meeting it is, and its day."""
        number, day = self._about.get("number"), self._about.get("date")
        date, figures = self._language.date(cast("str", day)), number_text(number, self._language)
        return self._language.say("Meeting {number}, on {date}", number=figures, date=date)

    def _to_fill(self, drawing: Drawing, box: Box, at: float, caption: str, written: str = "") -> None:
        """Draw a caption with a rule beside it to write on, and what was written there."""
        drawing.text(box, at, caption, NOTE)
        begin = min(self._document.compositor.width(caption, NOTE) / MM + 2.5, box.width)
        drawing.across(box.x + begin, at + _RULE_BELOW, box.width - begin, SIGNATURE_RULE)
        drawing.text(Box(box.x + begin, box.width - begin, 0.8, 0), at, written, NOTE)

    def _notes(self) -> list[str]:
        """The lines below the table: how a blank sheet is filled in, or what is worth noting of a filled one."""
        compositor, width = self._document.compositor, self._width * MM
        if not self._filled:
            say = self._language.say
            how = say("The small figure in the corner is what is due today. Write what is paid at its right.")
            return compositor.wrapped(how, NOTE, width)
        lines = furniture.note_lines(self._report, self._language, compositor)
        if difference := self._report.totals.get("difference", 0):
            words = self._language.amount_in_words(abs(difference))
            said = self._language.say("Difference in words: {words}.", words=words)
            lines += compositor.wrapped(said, NOTE, width)
        return lines

    # The table

    def _table(self, drawing: Drawing, rows: Sequence[Row], height: float, *, is_last: bool) -> float:
        """Draw heads and rows, and the totals on the last page; the answer is where the table ends."""
        y, before = self._top, object()
        for place, row in enumerate(rows, 1):
            if place % FIFTH == 0:
                drawing.band(LEFT_MARGIN, y, self._width, height, BAND)
            self._row(drawing, row, y, height, named=row.get("member") != before)
            before = row.get("member")
            y += height
            if place < len(rows):
                drawing.across(LEFT_MARGIN, y, self._width, ROW_RULE)
        if is_last:
            drawing.across(LEFT_MARGIN, y, self._width, TOTAL_RULE)
            self._totals(drawing, y)
            y += _TOTAL_ROW
            drawing.double(LEFT_MARGIN, y, self._width)
        self._heads(drawing, y)
        return y

    def _row(self, drawing: Drawing, row: Row, y: float, height: float, *, named: bool) -> None:
        for column, box in zip(self._columns, self._boxes, strict=True):
            value = row.get(column.key)
            if column.kind in FIGURES:
                due = cast("int", row.get(_DUE.get(column.key, "")) or 0)
                self._cell(drawing, box, (y, height), 0 if value is None and named else value, due, BODY)
            elif named or column.key not in ("member", "name"):
                text = cell_text(column, value, self._language)
                style, lines = furniture.fitted(self._document.compositor, text, BODY, box.room / MM, 2, _NAME_SIZE)
                for place, line in enumerate(lines):
                    at = baseline(y, height, style) + (place - (len(lines) - 1) / 2) * style.size * _NAME_STEP / MM
                    drawing.text(box, at, line, style, align_of(column))

    def _cell(self, drawing: Drawing, box: Box, at: tuple[float, float], value: object, due: int, style: Style) -> None:
        """Draw what was paid at the right; what is due small in the corner, if nothing or something else was paid."""
        y, height = at
        paid = cast("int | None", value) if self._filled else None
        if due and due != paid:
            text = self._amount(due)
            drawing.text(box, y + height / 2, text, _DUE_STYLE)
            box = box._replace(before=box.before + self._document.compositor.width(text, _DUE_STYLE) / MM + 0.5)
        if paid is not None:
            own = scaled(style, self._scale)
            drawing.text(box, baseline(y, height, own), self._amount(paid), own, Align.RIGHT, smallest=_BESIDE_DUE)

    def _totals(self, drawing: Drawing, y: float) -> None:
        totals = self._report.totals
        for column, box in zip(self._columns, self._boxes, strict=True):
            if column.key == "name":
                drawing.text(box, baseline(y, _TOTAL_ROW, BOLD), self._language.say("Total"), BOLD)
            elif column.key in totals:
                due = totals.get(_DUE.get(column.key, ""), 0)
                self._cell(drawing, box, (y, _TOTAL_ROW), totals[column.key], due, BOLD)

    def _heads(self, drawing: Drawing, bottom: float) -> None:
        """Draw the heads, in the page's language over small English, and the ruling down to the end of the table."""
        pairs = zip(self._columns, self._boxes, strict=True)
        heads = [(one.key, one.head or one.title, box, align_of(one)) for one, box in pairs]
        sign = Box(LEFT_MARGIN + self._width - _SIGN, _SIGN)
        height = self._top - TABLE_TOP
        for place, (key, head, box, align) in enumerate([*heads, ("", "Signature", sign, Align.LEFT)]):
            above = height * 0.6 if self._two_lines else height
            drawing.text(box, baseline(TABLE_TOP, above, BOLD), self._language.say(head), BOLD, align)
            if self._two_lines:
                drawing.text(box, baseline(TABLE_TOP + 5.4, 4.2, _ENGLISH_HEAD), head, _ENGLISH_HEAD, align)
            if place:
                rule = GROUP_RULE if not key or key in _BEGINS_GROUP else COLUMN_RULE
                drawing.down(box.x, TABLE_TOP, bottom - TABLE_TOP, rule)
        drawing.across(LEFT_MARGIN, self._top, self._width, HEAD_RULE)
        drawing.frame(LEFT_MARGIN, TABLE_TOP, self._width, bottom - TABLE_TOP, FRAME)

    # What stands below

    def _below(self, drawing: Drawing, top: float) -> None:
        """Draw the three boxes: cash account, count of notes, resolutions and expenses."""
        say, totals = self._language.say, self._report.totals
        there = [one for one in _ACCOUNT if one[0] != "savings_paid_back" or totals.get(one[0])]
        cash = [Line([say(said)], totals.get(key), key == "balance_in_the_box") for key, said in there]
        self._box(drawing, top, say("Cash account"), _CASH, cash)
        self._box(drawing, top, say("Cash counted"), _COUNT, self._counted())
        x, width = _PASSED
        drawing.text(Box(x, width, 0, 0), top - _BOX_TITLE_ABOVE, say("Resolutions and other expenses"), BOLD)
        height = max(_BOXES_END - top, _LINES * _LINE) if self._filled else _LINES * _LINE
        drawing.frame(x, top, width, height, FRAME)
        if self._filled:
            self._passed(drawing, Box(x, width), top, height)
            return
        for line in range(1, _LINES):
            drawing.across(x, top + line * _LINE, width, ROW_RULE)

    def _counted(self) -> list[Line]:
        """The lines of the count: each note with its pieces; of a filled sheet only those that there are."""
        say, text, totals = self._language.say, self._language.text, self._report.totals
        rows = self._parts.get("count", ())
        if "counted" not in totals:
            found = [Line([f"{text(row['note'])} ×", ""]) for row in rows]
            if found:
                found[-1] = Line([f"{text(rows[-1]['note'])}, {say('coins')}", ""])
            return found
        there = [row for row in rows if row.get("pieces")]
        found = [Line([f"{text(one['note'])} ×", text(one["pieces"])], cast("int", one["_amount"])) for one in there]
        if totals["coins"]:
            found.append(Line([say("Coins"), ""], totals["coins"]))
        return [*found, *(Line([say(said)], totals[key], closes=True) for key, said in _COUNTED)]

    def _box(self, drawing: Drawing, top: float, title: str, place: Sequence[float], lines: Sequence[Line]) -> None:
        """Draw a box of lines, words and an amount in each; lines are lower only where too many have no room."""
        x, *widths = place
        width, step = sum(widths), min(_LINE, max(_BOXES_END - top, _LINES * _LINE) / max(len(lines), 1))
        edges = list(accumulate(widths, initial=x))
        drawing.text(Box(x, width, 0, 0), top - _BOX_TITLE_ABOVE, title, BOLD)
        for at, (words, amount, closes) in enumerate(lines):
            y = top + at * step
            style = scaled(BOLD if closes else BODY, min(1.0, step / _LOWEST))
            for cell, word in enumerate(words):
                joined = len(widths) - 1 - cell if len(words) == 1 else 1
                box = Box(edges[cell], edges[cell + joined] - edges[cell])
                align = Align.RIGHT if len(words) > 1 else Align.LEFT
                drawing.text(box, baseline(y, step, style), word, style, align)
            figure = self._amount(amount) if amount is not None else ""
            drawing.text(Box(edges[-2], widths[-1]), baseline(y, step, style), figure, style, Align.RIGHT)
            for cell in range(1, len(edges) - 1):
                if len(words) > 1 or cell == len(edges) - 2:
                    drawing.down(edges[cell], y, step, GROUP_RULE if cell == 1 else COLUMN_RULE)
            if at:
                drawing.across(x, y, width, HEAD_RULE if closes and not lines[at - 1].closes else ROW_RULE)
        drawing.frame(x, top, width, step * len(lines), FRAME)

    def _passed(self, drawing: Drawing, box: Box, top: float, height: float) -> None:
        """Draw what was resolved and paid besides, as much as has room; the rest is in the minutes."""
        most = int((height - 1.5) / _TEXT_STEP)
        lines: list[tuple[str, str]] = []
        for row in self._parts.get("foot", ()):
            said = ", ".join(filter(None, (self._language.text(row.get(key)) for key in ("_shown", "narration"))))
            *above, last = self._document.compositor.wrapped(said, NOTE, box.room - _TEXT_AMOUNT * MM)
            lines += [*((line, "") for line in above), (last, self._amount(abs(cast("int", row["amount"]))))]
        for row in self._parts.get("resolutions", ()):
            parts = (number_text(row.get("number"), self._language), self._language.text(row.get("text")))
            said = " ".join(filter(None, parts))
            lines += [(line, "") for line in self._document.compositor.wrapped(said, NOTE, box.room)]
        if len(lines) > most:
            lines[most - 1 :] = [(self._language.say("Continued in the minutes."), "")]
        for place, (text, amount) in enumerate(lines):
            y = top + 1 + place * _TEXT_STEP
            drawing.text(box, baseline(y, _TEXT_STEP, NOTE), text, NOTE)
            drawing.text(box, baseline(y, _TEXT_STEP, NOTE), amount, NOTE, Align.RIGHT)

    def _signatures(self, drawing: Drawing) -> None:
        """Draw who signs, each beside a rule."""
        signers = self._report.register.signed_by[-_SIGNERS:]
        step = (self._width - _SIGN_WIDTH) / max(len(signers) - 1, 1)
        for place, signer in enumerate(signers):
            box = Box(LEFT_MARGIN + place * step, _SIGN_WIDTH, 0, 0)
            self._to_fill(drawing, box, _SIGN_AT, self._language.say(signer[:1].upper() + signer[1:]))
