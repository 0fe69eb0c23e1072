"""The bound book of minutes, A4 upright: each meeting begins on a new page and goes on as far as it needs.

The report's rows say what each is (`row`): facts and items with their text in as many lines as it takes, amounts with
their figures at the right, and at the end those who sign. A section's title never stands alone at the foot of a page,
nor do signatures come apart. Folios run on through all meetings of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest
from typing import NamedTuple, cast

from bookkeeper.printing.figures import nothing
from bookkeeper.printing.paper import furniture
from bookkeeper.printing.paper.cells import figure_scale, scaled
from bookkeeper.printing.paper.document import MM, Document
from bookkeeper.printing.paper.draw import Align, Box, Drawing
from bookkeeper.printing.paper.tokens import (
    ABOVE_FOOT,
    CAPTION,
    CAPTION_BELOW,
    FOOT_RULE_AT,
    GROUP_RULE,
    LEAF_BODY,
    LEAF_BOLD,
    LEAF_SECTION,
    LEFT_MARGIN,
    PERIOD,
    PERIOD_AT,
    PORTRAIT,
    SIGNATURE_RULE,
    TOTAL_RULE,
)
from bookkeeper.report import Report, Row
from bookkeeper.words import Language

_TOP, _BOTTOM = 28.0, PORTRAIT[1] - FOOT_RULE_AT - ABOVE_FOOT
_WIDTH = furniture.table_width(PORTRAIT)
_STEP, _SECTION, _TITLE_AT, _SECTION_RULE = 5.4, 11.0, 7.2, 8.8
_BASELINE = 3.9  # of a line, below its upper edge
_NUMBER, _LABEL, _FIGURE, _GAP = 14.0, 44.0, 34.0, 2.0
_SIGN_HEIGHT, _SIGN_RULE, _SIGNERS, _SIGN_GAP = 22.0, 13.0, 3, 8.0

Draw = Callable[[Drawing, float], None]


class Block(NamedTuple):
    """What stands together on a page: its height in millimetres, how it is drawn, whether the next must follow it."""

    height: float
    draw: Draw
    holds_next: bool = False


def turned(blocks: Sequence[Block], room: float) -> Iterator[list[Block]]:
    """The blocks of each page. Arithmetic alone; a block that holds the next goes to a page with it."""
    page: list[Block] = []
    left = room
    for place, block in enumerate(blocks):
        needed = block.height
        held = place
        while blocks[held].holds_next and held + 1 < len(blocks):
            held += 1
            needed += blocks[held].height
        if page and needed > left:
            yield page
            page, left = [], room
        page.append(block)
        left -= block.height
    yield page


class Minutes:
    """The opening of one meeting on its way to paper."""

    def __init__(self, document: Document, report: Report, language: Language) -> None:
        self._document, self._report, self._language = document, report, language
        self._scale = 1.0

    def write(self) -> None:
        """Write the pages."""
        rows = list(self._report.rows_counted())
        box = Box(0, _FIGURE, 0, 0)
        figures = ((self._figure(row), LEAF_BOLD, box) for row in rows if row.get("amount") is not None)
        self._scale = figure_scale(figures, self._document.compositor)
        blocks = [block for _, of_one in groupby(rows, key=self._section) for block in self._blocks(list(of_one))]
        if not rows:
            blocks = list(self._written(nothing(self._report.heading, self._language), 0, _WIDTH))
        pages = list(turned(blocks, _BOTTOM - _TOP))
        first = self._report.heading.folio + self._document.pages
        for number, page in enumerate(pages, 1):
            drawing = Drawing(self._document, PORTRAIT)
            self._heading(drawing, rows)
            furniture.folio(drawing, self._document, self._report, self._language, first + number - 1)
            furniture.page_number(drawing, self._report, self._language, number, len(pages))
            furniture.foot(drawing, self._report, self._language)
            y = _TOP
            for block in page:
                block.draw(drawing, y)
                y += block.height
            self._document.page(PORTRAIT, (drawing.content(),))

    def _heading(self, drawing: Drawing, rows: Sequence[Row]) -> None:
        """Draw whose book it is, and which meeting."""
        if not rows:
            furniture.heading(drawing, self._document, self._report, self._language)
            return
        about = replace(self._report.heading, since=None, until=None)
        furniture.heading(drawing, self._document, replace(self._report, heading=about), self._language)
        number = self._language.digits(str(rows[0]["meeting"]))
        day = self._language.date(cast("str", rows[0]["date"]))
        said = self._language.say("Meeting {number}, on {date}", number=number, date=day)
        drawing.text(Box(LEFT_MARGIN + _WIDTH / 4, _WIDTH / 2, 0, 0), PERIOD_AT, said, PERIOD, Align.CENTRE)

    def _section(self, row: Row) -> str:
        return self._language.text(row["section"])

    # What stands together

    def _blocks(self, rows: Sequence[Row]) -> Iterator[Block]:
        """A section: its title, which holds what follows, and its rows."""
        title = self._section(rows[0])

        def draw(drawing: Drawing, y: float) -> None:
            drawing.text(Box(LEFT_MARGIN, _WIDTH, 0, 0), y + _TITLE_AT, title, LEAF_SECTION)
            drawing.across(LEFT_MARGIN, y + _SECTION_RULE, _WIDTH, GROUP_RULE)

        yield Block(_SECTION, draw, holds_next=True)
        signing = [row for row in rows if row["row"] == "signature"]
        for row, after in zip_longest(rows, rows[1:]):
            if row["row"] != "signature":
                *above, last = self._row(row)
                # who proposed a resolution stands on the page where it ends
                yield from (*above, last._replace(holds_next=bool(after) and after["row"] == "note"))
        lines = [signing[begin : begin + _SIGNERS] for begin in range(0, len(signing), _SIGNERS)]
        for line in lines:
            yield self._signatures(line, holds_next=line is not lines[-1])

    def _row(self, row: Row) -> Iterator[Block]:
        text = self._language.text
        match row["row"]:
            case "fact":
                label, said = text(row["what"]), text(row.get("text") or row.get("name"))
                yield from self._written(said, _LABEL, _WIDTH - _LABEL, label)
            case "item":
                yield from self._written(text(row["text"]), _NUMBER, _WIDTH - _NUMBER, text(row["number"]))
            case "note":
                yield from self._written(text(row["text"]), _NUMBER, _WIDTH - _NUMBER)
            case "person":
                said = f"{text(row.get('name'))}, {text(row['text'])}"
                number = self._language.digits(str(row["member"]))
                yield from self._written(said, _NUMBER, _WIDTH - _NUMBER, number)
            case "amount" | "total" | "count":
                yield from self._money(row)
            case _:
                yield from self._written(text(row["text"]), 0, _WIDTH)

    def _written(self, said: str, indent: float, width: float, label: str = "") -> Iterator[Block]:
        """A text in as many lines as it needs, a block each; a label beside the first."""
        lines = self._document.compositor.wrapped(said, LEAF_BODY, width * MM) or [""]
        for place, line in enumerate(lines):

            def draw(drawing: Drawing, y: float, line: str = line, beside: str = "" if place else label) -> None:
                drawing.text(Box(LEFT_MARGIN, indent, 0, _GAP), y + _BASELINE, beside, LEAF_BODY)
                drawing.text(Box(LEFT_MARGIN + indent, width, 0, 0), y + _BASELINE, line, LEAF_BODY)

            yield Block(_STEP, draw)

    def _money(self, row: Row) -> Iterator[Block]:
        """Words and their figure, which stands beside the last line of them; a difference also in words."""
        style = LEAF_BODY if row["row"] == "amount" else LEAF_BOLD
        width = _WIDTH - _FIGURE - _GAP
        lines = self._document.compositor.wrapped(self._language.text(row["what"]), style, width * MM)
        for place, line in enumerate(lines, 1):
            figure = self._figure(row) if place == len(lines) else ""
            rule = _FIGURE if row["row"] == "total" and place == len(lines) else 0.0

            def draw(drawing: Drawing, y: float, line: str = line, figure: str = figure, rule: float = rule) -> None:
                drawing.text(Box(LEFT_MARGIN, width, 0, 0), y + _BASELINE, line, style)
                own = scaled(style, self._scale)
                edge = LEFT_MARGIN + _WIDTH - _FIGURE
                drawing.text(Box(edge, _FIGURE, 0, 0), y + _BASELINE, figure, own, Align.RIGHT)
                if rule:
                    drawing.across(edge, y, rule, TOTAL_RULE)

            yield Block(_STEP, draw)
        if row["row"] == "count":
            words = self._language.amount_in_words(abs(cast("int", row["amount"])))
            yield from self._written(self._language.say("Difference in words: {words}.", words=words), 0, _WIDTH)

    def _figure(self, row: Row) -> str:
        return self._language.amount(cast("int", row["amount"]), "–")

    def _signatures(self, rows: Sequence[Row], *, holds_next: bool) -> Block:
        """Those who sign, beside each other: a rule each, below it the name and the office."""
        width = (_WIDTH - _SIGN_GAP * (_SIGNERS - 1)) / _SIGNERS
        text = self._language.text

        def draw(drawing: Drawing, y: float) -> None:
            for place, row in enumerate(rows):
                box = Box(LEFT_MARGIN + place * (width + _SIGN_GAP), width, 0, 0)
                drawing.across(box.x, y + _SIGN_RULE, width, SIGNATURE_RULE)
                captions = [said for said in (text(row.get("name")), text(row.get("what"))) if said]
                for line, said in enumerate(captions, 1):
                    drawing.text(box, y + _SIGN_RULE + line * CAPTION_BELOW, said, CAPTION)

        return Block(_SIGN_HEIGHT, draw, holds_next)
