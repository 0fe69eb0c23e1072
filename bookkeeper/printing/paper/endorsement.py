"""What stands below a statement: its notes, who signs for the entity, and the auditor's box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bookkeeper.printing.figures import FIGURES, cell_text
from bookkeeper.printing.paper import furniture
from bookkeeper.printing.paper.document import MM, Document
from bookkeeper.printing.paper.draw import Align, Box, Drawing
from bookkeeper.printing.paper.tokens import (
    BOLD,
    CAPTION,
    CAPTION_BELOW,
    GROUP_RULE,
    LEFT_MARGIN,
    NOTE,
    SIGNATURE_RULE,
    SIGNATURES_AT,
    TABLE_TOP,
    WRAPPED_STEP,
)
from bookkeeper.report import Part, Report, Say
from bookkeeper.words import Language

SIGN_FOR = 3  # those who answer for the books: of those who sign them, the last three

_STEP = 5.6  # between notes
_BEFORE_NOTES, _BEFORE_NAME = 8.0, 9.0
_NAME_BELOW = 20.0  # from the table, or its notes, to "For …" where no box below holds it
_NAME_ABOVE = 19.0  # from "For …" to the rules, on which is signed
_BOX_AT, _BOX_HEIGHT, _BOX_PADDING = 238.0, 34.0, 4.0
_LOWER, _CLOSER = 8.0, 4.0  # what a tightened page gains below the table, each
_BOX_ABOVE = 18.0  # from the rules of the signatures to the auditor's box
_BOX_TITLE, _BOX_TEXT, _BOX_RULE = 7.0, 12.9, 25.8  # baselines and rule, from the box's upper edge
_BOX_GAP = 8.0
_BOX_SHARES = (0.345, 0.285, 0.37)
_GAP = 6.0  # between signatures
_TEXT_WIDTH, _FIGURE_WIDTH = 94.0, 26.0
_MOST = 50.0  # notes that are higher have a page of their own


class Note(NamedTuple):
    """One line of the notes: its words, the texts of its figures, and whether it is a title."""

    words: str
    figures: Sequence[str]
    is_title: bool = False


class Endorsement:
    """What stands below a statement, measured first so that the table knows its room."""

    def __init__(self, document: Document, report: Report, language: Language) -> None:
        self._document, self._report, self._language = document, report, language
        self._size = furniture.paper_of(report.register)
        self._width = furniture.table_width(self._size)
        self._audited = report.heading.as_of is not None
        self._signed = bool(report.register.signed_by)
        self._notes = list(self._lines())
        self._height = _BEFORE_NOTES + _STEP * len(self._notes) if self._notes else 0.0
        self._apart = self._height > _MOST
        self._lower = self._closer = 0.0

    @property
    def table_bottom(self) -> float:
        """How far down the table may reach on its last page."""
        return self._lowest - self._name_above - _BEFORE_NAME - (0 if self._apart else self._height)

    def tighten(self) -> None:
        """Stand closer and, as far as need be, lower: so a statement that is a little too long keeps to its page."""
        self._lower, self._closer = _LOWER, _CLOSER

    @property
    def _name_above(self) -> float:
        return _NAME_ABOVE - self._closer

    @property
    def _lowest(self) -> float:
        """How far down the rules may be on which is signed."""
        return _BOX_AT + self._lower - _BOX_ABOVE + self._closer if self._audited else self._size[1] - SIGNATURES_AT

    def _rules(self, end: float) -> float:
        """Where the rules are on which is signed, below what ends at `end`: near the auditor's box, else near that."""
        below = self._name_above + (_BEFORE_NAME if self._audited else _NAME_BELOW)
        usual = _BOX_AT - _BOX_ABOVE if self._audited else 0.0
        return min(max(usual, end + below), self._lowest)

    def further_pages(self) -> Iterator[Sequence[Note]]:
        """Notes too many to stand under the table, page by page."""
        if not self._apart:
            return
        room = furniture.table_bottom(self._size, self._report.register, signed=False) - TABLE_TOP
        most = int(room / _STEP) - 1
        for begin in range(0, len(self._notes), most):
            yield self._notes[begin : begin + most]

    def draw_page(self, drawing: Drawing, notes: Sequence[Note]) -> None:
        """Draw a page of notes."""
        self._draw_notes(drawing, TABLE_TOP, notes)

    def draw(self, drawing: Drawing, top: float) -> None:
        """Draw all that stands below a table that ends at `top`."""
        if not self._apart:
            self._draw_notes(drawing, top + _BEFORE_NOTES - _STEP, self._notes)
        rules = self._rules(top + (0 if self._apart else self._height))
        if self._signed:
            self._signatures(drawing, rules)
        if self._audited:
            self._auditor(drawing, max(_BOX_AT, rules + _BOX_ABOVE - self._closer))

    def _lines(self) -> Iterator[Note]:
        """The notes: those of the heading, then the parts, each under its title."""
        for note in self._report.heading.notes:
            yield from self._note(self._language.text(note), (), self._width)
        for part in self._report.parts:
            if part.rows:
                yield Note(self._language.say(part.title), (), is_title=True)
                yield from self._of_part(part)

    def _of_part(self, part: Part) -> Iterator[Note]:
        columns = [column for column in part.columns if column.is_read]
        for row in part.rows:
            told = [(column, cell_text(column, row.get(column.key), self._language)) for column in columns]
            words = " ".join(text for column, text in told if column.kind not in FIGURES and text)
            figures = [text for column, text in told if column.kind in FIGURES]
            yield from self._note(words, figures, _TEXT_WIDTH if any(figures) else self._width)

    def _note(self, text: str, figures: Sequence[str], width: float) -> Iterator[Note]:
        *lines, last = self._document.compositor.wrapped(text, NOTE, width * MM)
        yield from (Note(line, ()) for line in lines)
        yield Note(last, figures)

    def _draw_notes(self, drawing: Drawing, top: float, notes: Sequence[Note]) -> None:
        for place, note in enumerate(notes, 1):
            style = BOLD if note.is_title else NOTE
            at = top + place * _STEP
            drawing.text(Box(LEFT_MARGIN, self._width, 0, 0), at, note.words, style)
            for column, figure in enumerate(note.figures):
                box = Box(LEFT_MARGIN + _TEXT_WIDTH + column * _FIGURE_WIDTH, _FIGURE_WIDTH, 0, 0)
                drawing.text(box, at, figure, NOTE, Align.RIGHT)

    def _signatures(self, drawing: Drawing, rules: float) -> None:
        """Draw for whom is signed, over a line for each who does, from the president on."""
        name = self._language.text(Say.of("For {name}", name=self._report.heading.name))
        lines = self._document.compositor.wrapped(name, BOLD, self._width * MM)
        for place, line in enumerate(lines):
            at = rules - self._name_above + place * WRAPPED_STEP
            drawing.text(Box(LEFT_MARGIN, self._width, 0, 0), at, line, BOLD)
        signers = self._report.register.signed_by[::-1][:SIGN_FOR]
        width = (self._width - _GAP * (len(signers) - 1)) / len(signers)
        for place, signer in enumerate(signers):
            box = Box(LEFT_MARGIN + place * (width + _GAP), width, 0, 0)
            self._rule(drawing, box, rules, self._language.say(signer[:1].upper() + signer[1:]))

    def _auditor(self, drawing: Drawing, top: float) -> None:
        """Draw the box in which the auditor signs."""
        say = self._language.say
        drawing.frame(LEFT_MARGIN, top, self._width, _BOX_HEIGHT, GROUP_RULE)
        inside = Box(LEFT_MARGIN, self._width, _BOX_PADDING, _BOX_PADDING)
        drawing.text(inside, top + _BOX_TITLE, say("Auditor"), BOLD)
        examined = say(
            "Examined with the books and vouchers and found correct, subject to the report of the same date."
        )
        drawing.text(inside, top + _BOX_TEXT, examined, NOTE)
        x, room = LEFT_MARGIN + _BOX_PADDING, self._width - 2 * _BOX_PADDING - 2 * _BOX_GAP
        captions = (say("Name and registration"), say("Place and date"), say("Signature and seal"))
        for share, caption in zip(_BOX_SHARES, captions, strict=True):
            self._rule(drawing, Box(x, share * room, 0, 0), top + _BOX_RULE, caption)
            x += share * room + _BOX_GAP

    def _rule(self, drawing: Drawing, box: Box, at: float, caption: str) -> None:
        """Draw a rule to sign on, with what stands under it."""
        drawing.across(box.x, at, box.width, SIGNATURE_RULE)
        drawing.text(box, at + CAPTION_BELOW, caption, CAPTION)
