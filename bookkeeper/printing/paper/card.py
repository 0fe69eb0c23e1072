"""Loan cards: what is due on a loan and when, with room to write what is paid; two on an A4, to be cut apart.

The report's columns of declared width make the table, with one more for initials; a card is the rows of one loan, and
its head the row of the part `loans`. A loan of more instalments than half a page holds has a page of its own, and goes
on on further ones. Amounts of a card are in whole rupees where all of them are whole, else with paise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import cast

from bookkeeper.printing.figures import FIGURES, RIGHT, cell_text, nothing
from bookkeeper.printing.paper.cells import figure_scale, scaled
from bookkeeper.printing.paper.document import MM, Document
from bookkeeper.printing.paper.draw import Align, Box, Drawing, baseline
from bookkeeper.printing.paper.furniture import fitted
from bookkeeper.printing.paper.sheet import turned
from bookkeeper.printing.paper.text import Style
from bookkeeper.printing.paper.tokens import (
    BAND,
    CAPTION,
    COLUMN_RULE,
    DARK_TEAL,
    FIFTH,
    FRAME,
    HEAD_RULE,
    PORTRAIT,
    ROW_RULE,
    SIGNATURE_RULE,
    TOTAL_RULE,
    Rule,
)
from bookkeeper.report import Column, Kind, Report, Row, Total
from bookkeeper.rules.money import PAISE_IN_A_RUPEE
from bookkeeper.words import ENGLISH, Language

IN_HALF = 12
"""The most instalments whose card takes half a page."""

_ON_A_PAGE = 2
_MARGIN = 14.0
_WIDTH, _HALF = PORTRAIT[0] - 2 * _MARGIN, PORTRAIT[1] / 2
_SIGNERS = ("Member", "Treasurer", "Secretary")
_PAID = "paid_on"  # the first column that is filled in as she pays
_NUMBER, _INSTALMENT = "number", "instalment"  # the one in the middle, and the one that the eye looks for

_TITLE, _ENTITY, _NAME = Style(14.0, 700), Style(9.5, 600), Style(17.0, 700)
_UNDER_TITLE, _SECOND, _FACT = Style(7.5, 400), Style(9.0, 400), Style(10.0, 400)
_LENT, _PURPOSE, _PURPOSE_IN_TWO, _NAME_IN_TWO = Style(12.0, 600), Style(10.0, 500), Style(8.0, 500), Style(10.0, 700)
_BODY, _BOLD, _HEAD, _SMALL_HEAD = Style(9.0, 400), Style(9.0, 600), Style(8.5, 600), Style(6.5, 400)
_CUT_RULE = Rule(0.5, DARK_TEAL)

# From the upper edge of a card.
_TITLE_AT, _ENTITY_AT, _UNDER_TITLE_AT, _SECOND_AT, _RULE_AT = 16.0, 15.4, 20.75, 20.55, 23.5
_NAME_AT, _MEMBER_AT, _LABEL_AT, _FACT_AT, _FACTS_END = 32.85, 38.4, 29.4, 37.15, 39.0
_FACTS, _FACT_RULE, _FACT_PADDING = (72.0, 106.0, 137.0, 162.0), (26.5, 39.5), 4.0
_TOP, _HEADS, _ROW, _TOTAL_ROW = 44.5, 10.0, 6.3, 7.0
_LONGEST_TABLE = 131.5  # where that of half a page may end
_HEAD_MIDDLE, _SMALL_HEAD_MIDDLE = 3.05, 7.1  # of the two lines of a head, below its upper edge
# From its lower edge: the rules to sign on in half a page, and the end of a table that goes on.
_SIGN_AT, _ROWS_END = 9.9, 14.0
# Free above those rules: at least, and on a page of its own.
_TO_SIGN_IN, _ABOVE_SIGN = 9.0, 14.1
_CAPTION_ABOVE = 0.75

_GAP, _SIGN_GAP, _AFTER_CAPTION, _STEP, _DASH = 6.0, 7.0, 2.0, 1.2, 3.0 / MM
_ONE_LINE_LEAST, _SEVERAL_LEAST, _LINES = 0.7, 6.5, 2


@dataclass(frozen=True, slots=True)
class _Part:
    """What one card shows on one page: which of its rows, from which on, and whether it closes there."""

    about: Row
    rows: Sequence[Row]
    whole: Sequence[Row]
    begin: int
    page: int
    pages: int

    @property
    def closes(self) -> bool:
        return self.page == self.pages

    @property
    def is_half(self) -> bool:
        return len(self.whole) <= IN_HALF

    @property
    def row_height(self) -> float:
        """Rows are lower where half a page has many."""
        room = _LONGEST_TABLE - _TOP - _HEADS - _TOTAL_ROW
        return min(_ROW, room / max(len(self.rows), 1)) if self.is_half else _ROW


class Card:
    """The loan cards of a report on their way to paper."""

    def __init__(self, document: Document, report: Report, language: Language) -> None:
        self._document, self._report, self._language = document, report, language
        self._columns = [column for column in report.columns if column.mm]
        edges = list(accumulate((column.mm or 0.0 for column in self._columns), initial=_MARGIN))
        self._boxes = [Box(x, column.mm or 0.0) for x, column in zip(edges, self._columns, strict=False)]
        self._initials = Box(edges[-1], _MARGIN + _WIDTH - edges[-1])
        paid = next((box.x for c, box in zip(self._columns, self._boxes, strict=True) if c.key == _PAID), edges[-1])
        self._due_width = paid - _MARGIN
        self._two_lines = language.code != ENGLISH
        self._whole, self._written = True, False

    def write(self) -> None:
        """Write the pages: two short cards on each, in their order."""
        waiting: list[_Part] = []
        for part in self._cards():
            if waiting and not part.is_half:
                self._page(waiting)
                waiting = []
            waiting.append(part)
            if not part.is_half or len(waiting) == _ON_A_PAGE:
                self._page(waiting)
                waiting = []
        if waiting:
            self._page(waiting)
        elif not self._written:
            self._empty()

    def _empty(self) -> None:
        """Write a page that says that there is no loan."""
        drawing = Drawing(self._document, PORTRAIT)
        self._title(drawing, 0.0, "")
        said = nothing(self._report, self._language)
        drawing.text(Box(_MARGIN, _WIDTH, 0, 0), _NAME_AT, said, _SECOND)
        self._document.page(PORTRAIT, (drawing.content(),))

    def _cards(self) -> Iterator[_Part]:
        """What each card shows, page by page."""
        loans = next((part.rows for part in self._report.parts if part.key == "loans"), ())
        about: Mapping[object, Row] = {row["loan"]: row for row in loans}
        full = int((PORTRAIT[1] - _ROWS_END - _TOP - _HEADS) / _ROW)
        closing = int((PORTRAIT[1] - _SIGN_AT - _ABOVE_SIGN - _TOTAL_ROW - _TOP - _HEADS) / _ROW)
        for loan, of_loan in groupby(self._report.rows_counted(), key=lambda row: row["loan"]):
            rows = list(of_loan)
            counts = turned(len(rows), full, closing)
            begins = accumulate(counts, initial=0)
            for page, (begin, count) in enumerate(zip(begins, counts, strict=False), 1):
                yield _Part(about[loan], rows[begin : begin + count], rows, begin, page, len(counts))

    def _page(self, parts: Sequence[_Part]) -> None:
        """Write a page of one card or two, with the line along which they are cut."""
        drawing, self._written = Drawing(self._document, PORTRAIT), True
        for place, part in enumerate(parts):
            self._card(drawing, part, place * _HALF)
        if parts[0].is_half:
            for dash in range(int(PORTRAIT[0] / _DASH / 2) + 1):
                drawing.across(dash * 2 * _DASH, _HALF, _DASH, _CUT_RULE)
        self._document.page(PORTRAIT, (drawing.content(),))

    def _card(self, drawing: Drawing, part: _Part, top: float) -> None:
        keys = [column.key for column in self._columns if column.kind in FIGURES]
        figures = [part.about["lent"], *(row.get(key) for row in part.whole for key in keys)]
        self._whole = all(not cast("int", paise) % PAISE_IN_A_RUPEE for paise in figures if paise)
        self._title(drawing, top, self._which(part))
        self._about(drawing, part.about, top)
        end = self._table(drawing, part, top + _TOP)
        if part.is_half:
            self._signatures(drawing, max(top + _HALF - _SIGN_AT, end + _TO_SIGN_IN))
        elif part.closes:
            self._signatures(drawing, end + _ABOVE_SIGN)

    # What stands above the table

    def _which(self, part: _Part) -> str:
        """The number of the loan, and which page of its card this is where there are several."""
        number = self._language.digits(str(part.about["loan"]))
        said = f"{self._language.say('Loan no.')} {number}"
        if part.pages == 1:
            return said
        return f"{said} · {self._language.say('Page {page} of {pages}', page=part.page, pages=part.pages)}"

    def _title(self, drawing: Drawing, top: float, which: str) -> None:
        """Draw what this is and whose books it is of."""
        heading, title = self._report.heading, self._report.register.title
        said = self._language.say(title)
        drawing.text(Box(_MARGIN, _WIDTH, 0, 0), top + _TITLE_AT, said, _TITLE)
        if self._two_lines:
            drawing.text(Box(_MARGIN, _WIDTH / 2, 0, 0), top + _UNDER_TITLE_AT, title, _UNDER_TITLE)
        beside = _WIDTH - self._width(said, _TITLE) - _GAP
        whose = ", ".join(filter(None, (self._language.text(heading.name), self._language.text(heading.place))))
        box = Box(_MARGIN + _WIDTH - beside, beside, 0, 0)
        style, lines = fitted(self._document.compositor, whose, _ENTITY, beside, _LINES, _SEVERAL_LEAST)
        for place, line in enumerate(lines):
            at = top + _ENTITY_AT - _STEP * style.size / MM * (len(lines) - 1 - place)
            drawing.text(box, at, line, style, Align.RIGHT)
        drawing.text(Box(_MARGIN, _WIDTH, 0, 0), top + _SECOND_AT, which, _SECOND, Align.RIGHT)
        drawing.across(_MARGIN, top + _RULE_AT, _WIDTH, HEAD_RULE)

    def _about(self, drawing: Drawing, about: Row, top: float) -> None:
        """Draw whose loan it is, how much, when, at what rate and what for."""
        say, text, digits = self._language.say, self._language.text, self._language.digits
        hers = Box(_MARGIN, _FACTS[0] - _MARGIN, 0, _GAP / 2)
        self._in_lines(
            drawing, text(about["name"]), (_NAME, _NAME_IN_TWO), hers, (top + _NAME_AT, top + _NAME_AT + 0.4)
        )
        number = say("Member no. {number}", number=digits(str(about["member"])))
        drawing.text(hers, top + _MEMBER_AT, number, _SECOND)
        facts = (
            (say("Amount"), f"₹ {self._amount(cast('int', about['lent']))}", _LENT),
            (say("Given on"), self._language.date(cast("str", about["given"])), _FACT),
            (say("Monthly rate"), f"{digits(str(about['rate']))}%" if about["rate"] else "", _FACT),
            (say("Purpose of the loan"), "", _FACT),
        )
        ends = (*_FACTS[1:], _MARGIN + _WIDTH)
        for x, end, (label, fact, style) in zip(_FACTS, ends, facts, strict=True):
            box = Box(x, end - x, _FACT_PADDING, 0 if end == ends[-1] else 1.0)
            drawing.down(x, top + _FACT_RULE[0], _FACT_RULE[1] - _FACT_RULE[0], COLUMN_RULE)
            drawing.text(box, top + _LABEL_AT, label, CAPTION)
            drawing.text(box, top + _FACT_AT, fact, style)
        last = Box(_FACTS[-1], ends[-1] - _FACTS[-1], _FACT_PADDING, 0)
        styles, at = (_PURPOSE, _PURPOSE_IN_TWO), (top + _FACT_AT, top + _FACTS_END)
        self._in_lines(drawing, text(about["purpose"]), styles, last, at)

    # The table

    def _table(self, drawing: Drawing, part: _Part, top: float) -> float:
        """Draw heads, rows and, where the card closes, what they come to; the answer is where the table ends."""
        height = part.row_height
        lines = [{column.key: self._text(column, row) for column in self._columns} for row in part.rows]
        last = self._sums(part.whole) if part.closes else {}
        scale = figure_scale(self._set([*lines, last]), self._document.compositor)
        y = top + _HEADS
        for place, line in enumerate(lines, part.begin + 1):
            if place % FIFTH == 0:
                drawing.band(_MARGIN, y, _WIDTH, height, BAND)
            elif place > part.begin + 1:
                drawing.across(_MARGIN, y, _WIDTH, ROW_RULE)
            self._line(drawing, line, y, height, scale)
            y += height
        if last:
            drawing.across(_MARGIN, y, _WIDTH, TOTAL_RULE)
            self._line(drawing, last, y, _TOTAL_ROW, scale, is_sum=True)
            y += _TOTAL_ROW
            drawing.double(_MARGIN, y, self._due_width)
        self._heads(drawing, top)
        for box in (*self._boxes[1:], self._initials):
            rule = HEAD_RULE if box.x == _MARGIN + self._due_width else COLUMN_RULE
            drawing.down(box.x, top, y - top, rule)
        drawing.across(_MARGIN, top + _HEADS, _WIDTH, HEAD_RULE)
        drawing.frame(_MARGIN, top, _WIDTH, y - top, FRAME)
        return y

    def _line(
        self, drawing: Drawing, line: Mapping[str, str], y: float, height: float, scale: float, *, is_sum: bool = False
    ) -> None:
        for column, box in zip(self._columns, self._boxes, strict=True):
            style = _style(column, is_sum=is_sum)
            text, align = line.get(column.key, ""), _align(column)
            if column.kind in FIGURES:
                style = scaled(style, scale)
                drawing.text(box, baseline(y, height, style), text, style, align, smallest=1.0)
            else:
                drawing.text(box, baseline(y, height, style), text, style, align)

    def _set(self, lines: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, Style, Box]]:
        """Every figure, how it would be set, and its place."""
        for line in lines:
            for column, box in zip(self._columns, self._boxes, strict=True):
                if column.kind in FIGURES:
                    yield line.get(column.key, ""), _BOLD, box

    def _sums(self, rows: Sequence[Row]) -> dict[str, str]:
        """The texts of the last line: what the instalments come to. What is paid is added up when all is."""
        summed = [column.key for column in self._columns if column.total is Total.SUM and column.key != "paid"]
        sums = {key: sum(cast("int", row.get(key) or 0) for row in rows) for key in summed}
        label = next((column.key for column in self._columns if column.kind is Kind.DATE), "")
        return {label: self._language.say("Total"), **{key: self._amount(paise) for key, paise in sums.items()}}

    def _heads(self, drawing: Drawing, top: float) -> None:
        """Draw the heads: in the language of the page over small English."""
        heads = [(one.head or one.title, box, _align(one)) for one, box in zip(self._columns, self._boxes, strict=True)]
        for head, box, align in (*heads, ("Initials", self._initials, Align.CENTRE)):
            middle = _HEAD_MIDDLE if self._two_lines else _HEADS / 2
            drawing.text(box, baseline(top + middle, 0, _HEAD), self._language.say(head), _HEAD, align)
            if self._two_lines:
                at = baseline(top + _SMALL_HEAD_MIDDLE, 0, _SMALL_HEAD)
                drawing.text(box, at, head, _SMALL_HEAD, align)

    # Below it

    def _signatures(self, drawing: Drawing, at: float) -> None:
        """Draw who signs, each with a rule beside it."""
        width = (_WIDTH - _SIGN_GAP * (len(_SIGNERS) - 1)) / len(_SIGNERS)
        for place, signer in enumerate(_SIGNERS):
            x, caption = _MARGIN + place * (width + _SIGN_GAP), self._language.say(signer)
            drawing.text(Box(x, width, 0, 0), at - _CAPTION_ABOVE, caption, CAPTION)
            begin = self._width(caption, CAPTION) + _AFTER_CAPTION
            drawing.across(x + begin, at, width - begin, SIGNATURE_RULE)

    # How it is set

    def _amount(self, paise: int) -> str:
        return self._language.rupees(paise) if self._whole else self._language.amount(paise)

    def _text(self, column: Column, row: Row) -> str:
        value = row.get(column.key)
        if column.kind in FIGURES:
            return "" if value is None else self._amount(cast("int", value)) if value else column.zero
        return cell_text(column, value, self._language)

    def _width(self, text: str, style: Style) -> float:
        return self._document.compositor.width(text, style) / MM

    def _in_lines(
        self, drawing: Drawing, text: str, styles: tuple[Style, Style], box: Box, at: tuple[float, float]
    ) -> None:
        """Draw a text that is never cut: in one line or, in the smaller style, in several, which grow up.

        `at` are the baselines of the one line and of the last of several. A little too wide, it is set smaller.
        """
        compositor, room = self._document.compositor, box.room / MM
        if self._width(text, styles[0]) * _ONE_LINE_LEAST <= room:
            drawing.text(box, at[0], text, styles[0], smallest=_ONE_LINE_LEAST)
            return
        style, lines = fitted(compositor, text, styles[1], room, _LINES, _SEVERAL_LEAST)
        for place, line in enumerate(lines):
            drawing.text(box, at[1] - _STEP * style.size / MM * (len(lines) - 1 - place), line, style)


def _style(column: Column, *, is_sum: bool) -> Style:
    return _BOLD if is_sum or column.key == _INSTALMENT else _BODY


def _align(column: Column) -> Align:
    if column.key == _NUMBER:
        return Align.CENTRE
    return Align.RIGHT if column.kind in RIGHT else Align.LEFT
