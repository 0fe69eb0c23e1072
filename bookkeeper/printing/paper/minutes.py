"""The bound book of minutes, A4 upright: each meeting begins on a new page and goes on as far as it needs.

The report's rows say what each is (`row`): facts and items with their text in as many lines as it takes, amounts with
their figures at the right, and at the end those who sign. A section is whole on a page unless it is longer than one;
short ones that belong together stand beside each other, so that a usual meeting has one page. Folios run on through all
meetings of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest
from typing import NamedTuple, cast

from bookkeeper.printing.figures import clock_text, money_text, nothing, number_text
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
from bookkeeper.report import Report, Row, Say
from bookkeeper.words import Language

_TOP, _BOTTOM = 28.0, PORTRAIT[1] - FOOT_RULE_AT - ABOVE_FOOT
_WIDTH, _ROOM = furniture.table_width(PORTRAIT), _BOTTOM - _TOP
_STEP, _SECTION, _TITLE_AT, _SECTION_RULE = 5.1, 10.4, 6.8, 8.3
_BASELINE = 3.7  # of a line, below its upper edge
_NUMBER, _LABEL, _NARROW_LABEL, _FIGURE, _GAP = 14.0, 44.0, 30.0, 34.0, 2.0
_BETWEEN = 8.0  # two sections beside each other
_SIGN_HEIGHT, _SIGN_RULE, _SIGNERS, _SIGN_GAP = 22.0, 13.0, 3, 8.0

Draw = Callable[[Drawing, float], None]


class Area(NamedTuple):
    """Where a section stands: its left edge and its width."""

    x: float
    width: float


_WHOLE = Area(LEFT_MARGIN, _WIDTH)
_HALF = (_WIDTH - _BETWEEN) / 2
_HALVES = (Area(LEFT_MARGIN, _HALF), Area(LEFT_MARGIN + _HALF + _BETWEEN, _HALF))
_BESIDE = {"Meeting": "Agenda", "Savings": "Cash counted", "Receipts": "Payments"}
"""The sections that stand left, and which of them stands right of each."""
_UNDER = {"Savings": "Absent members"}
"""A short section that stands under one at the left, where the right one is as high as both."""


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
        blocks = list(self._flow(rows))
        if not rows:
            blocks = list(self._written(nothing(self._report, self._language), _WHOLE, 0))
        pages = list(turned(blocks, _ROOM))
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
        number = number_text(rows[0]["meeting"], self._language)
        day = self._language.date(cast("str", rows[0]["date"]))
        said = self._language.say("Meeting {number}, on {date}", number=number, date=day)
        drawing.text(Box(LEFT_MARGIN + _WIDTH / 4, _WIDTH / 2, 0, 0), PERIOD_AT, said, PERIOD, Align.CENTRE)

    def _section(self, row: Row) -> str:
        return self._language.text(row["section"])

    # What stands together

    def _flow(self, rows: Sequence[Row]) -> Iterator[Block]:
        """All sections, two beside each other where they belong together."""
        sections = {key: list(of_one) for key, of_one in groupby(rows, key=_key)}
        for key in list(sections):
            left, beside = sections.pop(key, None), _BESIDE.get(key, "")
            if not left:
                continue
            right = sections.get(beside)
            pair = [list(self._blocks(*one)) for one in zip((left, right), _HALVES, strict=True)] if right else []
            if pair and all(map(_fits, pair)):
                del sections[beside]
                under = sections.get(_UNDER.get(key, ""), [])
                below = list(self._blocks(under, _HALVES[0])) if under else []
                if below and _height(pair[0]) + _height(below) <= _height(pair[1]) + _SECTION:
                    del sections[_UNDER[key]]
                    pair[0] += below
                yield _side_by_side(pair)
                continue
            blocks = list(self._blocks(left, _WHOLE))
            holds = _fits(blocks)
            yield from (block._replace(holds_next=holds or block.holds_next) for block in blocks[:-1])
            yield blocks[-1]

    def _blocks(self, rows: Sequence[Row], area: Area) -> Iterator[Block]:
        """A section: its title, which holds what follows, and its rows."""
        title = self._section(rows[0])

        def draw(drawing: Drawing, y: float) -> None:
            drawing.text(Box(*area, 0, 0), y + _TITLE_AT, title, LEAF_SECTION)
            drawing.across(area.x, y + _SECTION_RULE, area.width, GROUP_RULE)

        yield Block(_SECTION, draw, holds_next=True)
        signing = [row for row in rows if row["row"] == "signature"]
        for row, after in zip_longest(rows, rows[1:]):
            if row["row"] != "signature":
                *above, last = self._row(row, area)
                # who proposed a resolution stands on the page where it ends
                yield from (*above, last._replace(holds_next=bool(after) and after["row"] == "note"))
        lines = [signing[begin : begin + _SIGNERS] for begin in range(0, len(signing), _SIGNERS)]
        for line in lines:
            yield self._signatures(line, holds_next=line is not lines[-1])

    def _row(self, row: Row, area: Area) -> Iterator[Block]:
        text, language = self._language.text, self._language
        match row["row"]:
            case "fact":
                said = clock_text(row.get("text") or row.get("name"), language)
                yield from self._written(said, area, _LABEL if area is _WHOLE else _NARROW_LABEL, text(row["what"]))
            case "item":
                yield from self._written(text(row["text"]), area, _NUMBER, number_text(row["number"], language))
            case "note":
                yield from self._written(text(row["text"]), area, _NUMBER)
            case "person":
                said = f"{text(row.get('name'))}, {text(row['text'])}"
                yield from self._written(said, area, _NUMBER, number_text(row["member"], language))
            case "amount" | "total" | "count":
                yield from self._money(row, area)
            case _:
                yield from self._written(text(row["text"]), area, 0)

    def _written(self, said: str, area: Area, indent: float, label: str = "") -> Iterator[Block]:
        """A text in as many lines as it needs, a block each; a label beside the first."""
        x, width = area.x, area.width - indent
        lines = self._document.compositor.wrapped(said, LEAF_BODY, width * MM) or [""]
        for place, line in enumerate(lines):

            def draw(drawing: Drawing, y: float, line: str = line, beside: str = "" if place else label) -> None:
                drawing.text(Box(x, indent, 0, _GAP), y + _BASELINE, beside, LEAF_BODY)
                drawing.text(Box(x + indent, width, 0, 0), y + _BASELINE, line, LEAF_BODY)

            yield Block(_STEP, draw)

    def _money(self, row: Row, area: Area) -> Iterator[Block]:
        """Words and their figure, which stands beside the last line of them; a difference also in words."""
        style = LEAF_BODY if row["row"] == "amount" else LEAF_BOLD
        width = area.width - _FIGURE - _GAP
        lines = self._document.compositor.wrapped(self._language.text(row["what"]), style, width * MM)
        for place, line in enumerate(lines, 1):
            figure = self._figure(row) if place == len(lines) else ""
            rule = _FIGURE if row["row"] == "total" and place == len(lines) else 0.0

            def draw(drawing: Drawing, y: float, line: str = line, figure: str = figure, rule: float = rule) -> None:
                drawing.text(Box(area.x, width, 0, 0), y + _BASELINE, line, style)
                own = scaled(style, self._scale)
                edge = area.x + area.width - _FIGURE
                drawing.text(Box(edge, _FIGURE, 0, 0), y + _BASELINE, figure, own, Align.RIGHT)
                if rule:
                    drawing.across(edge, y, rule, TOTAL_RULE)

            yield Block(_STEP, draw)
        if row["row"] == "count":
            words = self._language.amount_in_words(abs(cast("int", row["amount"])))
            yield from self._written(self._language.say("Difference in words: {words}.", words=words), area, 0)

    def _figure(self, row: Row) -> str:
        return money_text(cast("int", row["amount"]), self._language)

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


def _key(row: Row) -> str:
    """Which section a row belongs to, as it is called in English."""
    section = row["section"]
    return section.text if isinstance(section, Say) else str(section)


def _fits(blocks: Sequence[Block]) -> bool:
    """Whether blocks have room on one page."""
    return _height(blocks) <= _ROOM


def _height(blocks: Sequence[Block]) -> float:
    return sum(block.height for block in blocks)


def _side_by_side(stacks: Sequence[Sequence[Block]]) -> Block:
    """Stacks of blocks beside each other as one."""

    def draw(drawing: Drawing, y: float) -> None:
        for stack in stacks:
            at = y
            for block in stack:
                block.draw(drawing, at)
                at += block.height

    return Block(max(map(_height, stacks)), draw)
