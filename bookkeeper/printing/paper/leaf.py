"""The upper half of a member's leaf: whose it is, three figures in boxes, what to pay now, and her instalments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from bookkeeper.printing.figures import number_text
from bookkeeper.printing.loan_words import how_far, of_loan
from bookkeeper.printing.paper.document import MM, Document
from bookkeeper.printing.paper.draw import Align, Box, Drawing, baseline
from bookkeeper.printing.paper.furniture import fitted, period
from bookkeeper.printing.paper.text import Style
from bookkeeper.printing.paper.tokens import (
    ACCENT,
    ACCENT_TINT,
    BLACK,
    BOX_RULE,
    BOX_RULE_NOW,
    COLUMN_RULE,
    GROUP_RULE,
    HEAD_RULE,
    LEAF_DUE,
    LEAF_DUE_TOTAL,
    LEAF_FIGURE,
    LEAF_HEAD,
    LEAF_INSTALMENT,
    LEAF_INSTALMENT_DONE,
    LEAF_LABEL,
    LEAF_MARGIN,
    LEAF_NAME,
    LEAF_NAME_LATER,
    LEAF_NOTE,
    LEAF_NUMBER,
    LEAF_PLACE,
    LEAF_SECTION,
    LEAF_TITLE,
    LEFT_RULE,
    OVERDUE_RULE,
    PAID_RULE,
    PORTRAIT,
    SMALLEST,
    WHITE,
)
from bookkeeper.report import Amount, Report, Row, Say
from bookkeeper.words import Language

WIDTH = PORTRAIT[0] - 2 * LEAF_MARGIN
_GAP = 6.0  # between texts side by side
_HEAD_AT, _PLACE_AT, _RULE_AT, _NAME_AT, _NAME_LATER_AT = 18.1, 23.4, 28.0, 39.4, 36.0
_HEAD_LEAST, _NAME_LEAST, _STEP = 8.0, 10.0, 1.2
_LATER_TOP = 42.0
_BOX, _BOX_TOP, _BOX_RADIUS, _BOX_PADDING = (56.7, 35.0), 46.0, 1.3, 5.0
_BOX_TITLE, _BOX_FIGURE, _BOX_NOTE = 8.4, 22.6, 30.0  # baselines below its upper edge
_FIGURE_LEAST = 0.4
_DUE_HEAD, _DUE_LABEL, _DUE_FIGURE, _DUE_RULE, _DUE_END = 9.0, 16.4, 23.2, 13.3, 24.3  # below the boxes
_DUE_CELLS, _DUE_PADDING = 6, 3.0
_STRIP_HEAD, _STRIP_TOP, _STRIP_LINE = 8.8, 12.7, 4.6  # below what stands above; between lines of one head
_STRIP_BOX, _STRIP_STEP, _IN_A_LINE = (7.9, 8.0), 9.0, 20
_MOST_LOANS, _MOST_BOXES = 3, 60  # of more the words alone are told
_AFTER = 6.5  # free above the table

Shown = Callable[[int], str]
"""An amount as this leaf writes it: whole rupees where all of them are whole."""


class Leaf:
    """What stands above the table of a member's leaf."""

    def __init__(self, document: Document, report: Report, language: Language, amount: Shown) -> None:
        self._document, self._report, self._language, self._amount = document, report, language, amount
        self._parts: Mapping[str, Sequence[Row]] = {part.key: part.rows for part in report.parts}

    def head(self, drawing: Drawing) -> None:
        """Draw whose books these are, and what this is."""
        say, text = self._language.say, self._language.text
        title = say(self._report.register.title)
        beside = WIDTH - self._width(title, LEAF_HEAD) - _GAP
        self._in_lines(drawing, text(self._report.heading.name), LEAF_HEAD, beside, _HEAD_AT, _HEAD_LEAST)
        self._right(drawing, _HEAD_AT, title, LEAF_HEAD)
        days = period(self._report, self._language)
        room = Box(LEAF_MARGIN, WIDTH - self._width(days, LEAF_PLACE) - _GAP, 0, 0)
        drawing.text(room, _PLACE_AT, text(self._report.heading.place), LEAF_PLACE)
        self._right(drawing, _PLACE_AT, days, LEAF_PLACE)
        drawing.across(LEAF_MARGIN, _RULE_AT, WIDTH, HEAD_RULE)

    def top(self, drawing: Drawing, row: Row) -> float:
        """Draw all that stands above the table of the first page; the answer is where that may begin."""
        number = self._language.say("Member no. {number}", number=number_text(row.get("member"), self._language))
        beside = WIDTH - self._width(number, LEAF_NUMBER) - _GAP
        self._in_lines(drawing, self._language.text(row.get("name")), LEAF_NAME, beside, _NAME_AT, _NAME_LEAST)
        self._right(drawing, _NAME_AT, number, LEAF_NUMBER)
        self._boxes(drawing)
        y = self._due(drawing, _BOX_TOP + _BOX[1])
        loans = self._parts.get("instalments", ())
        for loan in loans[:_MOST_LOANS]:
            y = self._strip(drawing, loan, y)
        if len(loans) > _MOST_LOANS:
            more = self._language.say("And {count} more loans.", count=len(loans) - _MOST_LOANS)
            drawing.text(Box(LEAF_MARGIN, WIDTH, 0, 0), y + _STRIP_LINE, more, LEAF_NOTE)
            y += _STRIP_LINE
        return y + _AFTER

    def later(self, drawing: Drawing, row: Row, page: int, pages: int) -> float:
        """Draw whose leaf a further page belongs to; the answer is where its table begins."""
        which = self._language.say("Page {page} of {pages}", page=page, pages=pages)
        beside = WIDTH - self._width(which, LEAF_PLACE) - _GAP
        name = f"{number_text(row.get('member'), self._language)}  {self._language.text(row.get('name'))}"
        self._in_lines(drawing, name, LEAF_NAME_LATER, beside, _NAME_LATER_AT, _HEAD_LEAST)
        self._right(drawing, _NAME_LATER_AT, which, LEAF_PLACE)
        return _LATER_TOP

    # Its parts

    def _boxes(self, drawing: Drawing) -> None:
        """Draw the three figures, all of one size; the last one is what she has to do, and is filled."""
        boxes = self._parts.get("boxes", ())
        figures = [f"₹ {self._amount(cast('int', one['amount']))}" for one in boxes]
        room = _BOX[0] - 2 * _BOX_PADDING
        widest = max((self._width(figure, LEAF_FIGURE) for figure in figures), default=room)
        style = Style(LEAF_FIGURE.size * max(min(room / widest, 1), _FIGURE_LEAST), LEAF_FIGURE.weight)
        step = (WIDTH - _BOX[0]) / max(len(boxes) - 1, 1)
        for place, (one, figure) in enumerate(zip(boxes, figures, strict=True)):
            x, now = LEAF_MARGIN + place * step, place == len(boxes) - 1
            rule, fill = (BOX_RULE_NOW, ACCENT_TINT) if now else (BOX_RULE, None)
            drawing.panel(x, _BOX_TOP, *_BOX, _BOX_RADIUS, rule, fill)
            box = Box(x, _BOX[0], _BOX_PADDING, _BOX_PADDING)
            drawing.text(box, _BOX_TOP + _BOX_TITLE, self._language.text(one["title"]), LEAF_TITLE)
            drawing.text(box, _BOX_TOP + _BOX_FIGURE, figure, style)
            drawing.text(box, _BOX_TOP + _BOX_NOTE, self._said(one["note"]), LEAF_NOTE)

    def _due(self, drawing: Drawing, y: float) -> float:
        """Draw what makes up the sum that is to be paid, cell by cell; the answer is where it ends."""
        due = self._parts.get("due", ())
        if not due:
            return y
        title = self._language.say("What to pay now")
        drawing.text(Box(LEAF_MARGIN, WIDTH, 0, 0), y + _DUE_HEAD, title, LEAF_SECTION)
        width = WIDTH / max(len(due), _DUE_CELLS)
        for place, one in enumerate(due):
            x, last = LEAF_MARGIN + place * width, place == len(due) - 1
            box = Box(x, width, _DUE_PADDING if place else 0, 0.5)
            if place:
                rule = GROUP_RULE if last else COLUMN_RULE
                drawing.down(x, y + _DUE_RULE, _DUE_END - _DUE_RULE, rule)
            drawing.text(box, y + _DUE_LABEL, self._language.text(one["what"]), LEAF_LABEL)
            style = LEAF_DUE_TOTAL if last else LEAF_DUE
            drawing.text(box, y + _DUE_FIGURE, self._amount(cast("int", one["amount"])), style)
        return y + _DUE_END

    def _strip(self, drawing: Drawing, loan: Row, y: float) -> float:
        """Draw the instalments of a loan as boxes: paid ones full, overdue ones outlined in brick."""
        count, paid, overdue = (cast("int", loan[key]) for key in ("count", "paid", "overdue"))
        told, said = how_far(loan, self._language), of_loan(loan, self._language, self._amount)
        beside = WIDTH - self._width(told, LEAF_NOTE) - _GAP
        style, lines = fitted(self._document.compositor, said, LEAF_SECTION, beside, 2, _HEAD_LEAST)
        for place, line in enumerate(lines):
            at = y + _STRIP_HEAD + place * _STRIP_LINE
            drawing.text(Box(LEAF_MARGIN, beside, 0, 0), at, line, style)
        self._right(drawing, y + _STRIP_HEAD, told, LEAF_NOTE)
        below = _STRIP_LINE * (len(lines) - 1)
        if count > _MOST_BOXES:
            return y + _STRIP_HEAD + below
        top = y + _STRIP_TOP + below
        for place in range(count):
            self._instalment(drawing, place, top, is_paid=place < paid, is_due=place < paid + overdue)
        return top + _STRIP_BOX[1] + _STRIP_STEP * ((count - 1) // _IN_A_LINE)

    def _instalment(self, drawing: Drawing, place: int, top: float, *, is_paid: bool, is_due: bool) -> None:
        """Draw the box of one instalment in a strip that begins at `top`."""
        row, column = divmod(place, _IN_A_LINE)
        x = LEAF_MARGIN + column * (WIDTH - _STRIP_BOX[0]) / (_IN_A_LINE - 1)
        y = top + row * _STRIP_STEP
        rule = PAID_RULE if is_paid else OVERDUE_RULE if is_due else LEFT_RULE
        drawing.panel(x, y, *_STRIP_BOX, 0, rule, ACCENT if is_paid else None)
        style = LEAF_INSTALMENT_DONE if is_due else LEAF_INSTALMENT
        box, number = Box(x, _STRIP_BOX[0], 0.5, 0.5), self._language.digits(str(place + 1))
        ink = WHITE if is_paid else BLACK
        drawing.text(box, baseline(y, _STRIP_BOX[1], style), number, style, Align.CENTRE, ink=ink)

    # How it is set

    def _said(self, value: object) -> str:
        """A text whose amounts are written as all others of this leaf."""
        if isinstance(value, Say):
            told = ((key, self._amount(one.paise) if isinstance(one, Amount) else one) for key, one in value.values)
            return self._language.text(replace(value, values=tuple(told)))
        return self._language.text(value)

    def _width(self, text: str, style: Style) -> float:
        return self._document.compositor.width(text, style) / MM

    def _right(self, drawing: Drawing, at: float, text: str, style: Style) -> None:
        drawing.text(Box(LEAF_MARGIN, WIDTH, 0, 0), at, text, style, Align.RIGHT)

    def _in_lines(self, drawing: Drawing, text: str, style: Style, width: float, last: float, least: float) -> None:
        """Draw a name, which is never cut: in one line, or smaller in two that grow up."""
        most = 1 if self._width(text, style) * SMALLEST <= width else 2
        style, lines = fitted(self._document.compositor, text, style, width, most, least)
        for place, line in enumerate(lines):
            at = last - _STEP * style.size / MM * (len(lines) - 1 - place)
            drawing.text(Box(LEAF_MARGIN, width, 0, 0), at, line, style)
