"""What stands around the table of every page: whose, what and when above; signatures, chain and print time below."""

from bookkeeper.printing.figures import western
from bookkeeper.printing.paper.document import MM, Document
from bookkeeper.printing.paper.draw import Align, Box, Drawing
from bookkeeper.printing.paper.text import Compositor, Style
from bookkeeper.printing.paper.tokens import (
    ABOVE_FOOT,
    CAPTION,
    CAPTION_BELOW,
    FOOT,
    FOOT_AT,
    FOOT_RULE,
    FOOT_RULE_AT,
    LANDSCAPE,
    LEFT_MARGIN,
    NAME,
    NAME_ABOVE_AT,
    NAME_AT,
    NAME_IN_THREE,
    NAME_IN_TWO,
    NOTE,
    NOTE_STEP,
    PERIOD,
    PERIOD_AT,
    PLACE,
    PLACE_AT,
    PORTRAIT,
    RIGHT_MARGIN,
    SIGNATURE_RULE,
    SIGNATURES_AT,
    TITLE,
    TITLE_AT,
    TO_SIGN_IN,
)
from bookkeeper.report import Register, Report
from bookkeeper.words import Language

_GAP = 8.0  # between a name and the title beside it
_SIGNATURE_GAP = 8.0
_FOLIO_WIDTH = 34.0
_SMALLER = 0.5  # points, from one size that is tried to the next
_PLACE_LEAST, _PLACE_LINES = 5.0, 2
_STEP = 1.2  # from line to line, of the size


def paper_of(register: Register) -> tuple[float, float]:
    """The width and height of a register's paper."""
    return LANDSCAPE if register.landscape else PORTRAIT


def table_width(size: tuple[float, float]) -> float:
    """The width between the margins."""
    return size[0] - LEFT_MARGIN - RIGHT_MARGIN


def table_bottom(size: tuple[float, float], register: Register, *, signed: bool) -> float:
    """How far down a table may reach: the foot is kept free first, on signed pages with room to sign."""
    if signed and register.signed_by:
        return size[1] - SIGNATURES_AT - TO_SIGN_IN
    return size[1] - FOOT_RULE_AT - ABOVE_FOOT


def heading(drawing: Drawing, document: Document, report: Report, language: Language) -> None:
    """Draw name and place, title and period."""
    size = paper_of(report.register)
    middle, width = LEFT_MARGIN + table_width(size) / 2, table_width(size)
    compositor = document.compositor
    title, days = language.say(report.register.title), period(report, language)
    name, place = language.text(report.heading.name), language.text(report.heading.place)
    beside_title = width / 2 - compositor.width(title, TITLE) / MM / 2 - _GAP
    beside_days = width / 2 - compositor.width(days, PERIOD) / MM / 2 - _GAP
    _name(drawing, compositor, name, beside_title, width)
    _place(drawing, compositor, place, beside_days)
    drawing.text(Box(middle - width / 2, width, 0, 0), TITLE_AT, title, TITLE, Align.CENTRE)
    drawing.text(Box(middle - width / 4, width / 2, 0, 0), PERIOD_AT, days, PERIOD, Align.CENTRE)


def _name(drawing: Drawing, compositor: Compositor, name: str, beside: float, whole: float) -> None:
    """Draw a name, which is never cut nor small.

    It stands beside the title in one line, or in two or three smaller ones that grow up; one that is longer stands
    above the title, over the whole width.
    """
    if compositor.width(name, NAME) <= beside * MM:
        drawing.text(Box(LEFT_MARGIN, beside, 0, 0), NAME_AT, name, NAME)
        return
    for most, largest in ((2, NAME_IN_TWO), (3, NAME_IN_THREE)):
        style, lines = fitted(compositor, name, largest, beside, most, NAME_IN_THREE.size)
        if len(lines) <= most and all(compositor.width(word, style) <= beside * MM for word in name.split()):
            _lines(drawing, lines, style, beside, NAME_AT - _STEP * style.size / MM * (len(lines) - 1))
            return
    style, lines = fitted(compositor, name, NAME, whole, 1, NAME_IN_THREE.size)
    _lines(drawing, lines, style, whole, NAME_ABOVE_AT - _STEP * style.size / MM * (len(lines) - 1))


def _place(drawing: Drawing, compositor: Compositor, place: str, beside: float) -> None:
    """Draw a place, which is never cut: in one line, or in two, smaller as it needs, that grow down."""
    style, lines = PLACE, [place]
    if compositor.width(place, PLACE) > beside * MM:
        style, lines = fitted(compositor, place, PLACE, beside, _PLACE_LINES, _PLACE_LEAST)
    _lines(drawing, lines, style, beside, PLACE_AT)


def fitted(
    compositor: Compositor, text: str, style: Style, width: float, most: int, least: float
) -> tuple[Style, list[str]]:
    """The largest size in which a text takes no more lines than `most`, or the least size, and its lines."""
    while len(lines := compositor.wrapped(text, style, width * MM)) > most and style.size > least:
        style = Style(max(style.size - _SMALLER, least), style.weight)
    return style, lines


def _lines(drawing: Drawing, lines: list[str], style: Style, width: float, first: float) -> None:
    for place, line in enumerate(lines):
        at = first + _STEP * style.size / MM * place
        drawing.text(Box(LEFT_MARGIN, width, 0, 0), at, line, style)


def period(report: Report, language: Language) -> str:
    """The days that a report is about."""
    about = report.heading
    if about.since and about.until:
        return language.period(about.since, about.until)
    return language.say("as on {date}", date=language.date(about.as_of)) if about.as_of else ""


def folio(drawing: Drawing, document: Document, report: Report, language: Language, number: int) -> None:
    """Draw the number of the page in its bound register."""
    edge = paper_of(report.register)[0] - RIGHT_MARGIN
    figure = language.digits(str(number))
    drawing.text(Box(edge - _FOLIO_WIDTH, _FOLIO_WIDTH, 0, 0), TITLE_AT, figure, TITLE, Align.RIGHT)
    wide = document.compositor.width(figure, TITLE) / MM + 2
    word = Box(edge - wide - _FOLIO_WIDTH, _FOLIO_WIDTH, 0, 0)
    drawing.text(word, TITLE_AT, language.say("Folio"), PERIOD, Align.RIGHT)


def page_number(drawing: Drawing, report: Report, language: Language, page: int, pages: int) -> None:
    """Draw which page of how many it is, once that is known."""
    box = Box(paper_of(report.register)[0] - RIGHT_MARGIN - 2 * _FOLIO_WIDTH, 2 * _FOLIO_WIDTH, 0, 0)
    text = language.say("Page {page} of {pages}", page=page, pages=pages)
    drawing.text(box, PERIOD_AT, text, CAPTION, Align.RIGHT)


def signatures(drawing: Drawing, report: Report, language: Language) -> None:
    """Draw a line for each who signs."""
    signers = report.register.signed_by
    if not signers:
        return
    size = paper_of(report.register)
    width = (table_width(size) - _SIGNATURE_GAP * (len(signers) - 1)) / len(signers)
    for place, signer in enumerate(signers):
        x = LEFT_MARGIN + place * (width + _SIGNATURE_GAP)
        drawing.across(x, size[1] - SIGNATURES_AT, width, SIGNATURE_RULE)
        caption = language.say(signer[:1].upper() + signer[1:])
        drawing.text(Box(x, width, 0, 0), size[1] - SIGNATURES_AT + CAPTION_BELOW, caption, CAPTION)


def foot(
    drawing: Drawing,
    report: Report,
    language: Language,
    left: float = LEFT_MARGIN,
    right: float = RIGHT_MARGIN,
) -> None:
    """Draw the anchor of the chain and the time of printing, in Western digits: they are compared, not read."""
    size = paper_of(report.register)
    width = size[0] - left - right
    plain = western(language)
    drawing.across(left, size[1] - FOOT_RULE_AT, width, FOOT_RULE)
    chain = " · ".join(plain.text(link) for link in report.heading.chain)
    drawing.text(Box(left, width * 0.68, 0, 0), size[1] - FOOT_AT, chain, FOOT)
    day, _, time = report.heading.printed.partition(" ")
    if day:
        printed = plain.say("Printed {time}, Bookkeeper", time=", ".join(filter(None, (plain.date(day), time))))
        box = Box(left + width * 0.7, width * 0.3, 0, 0)
        drawing.text(box, size[1] - FOOT_AT, printed, FOOT, Align.RIGHT)


def note_lines(report: Report, language: Language, compositor: Compositor) -> list[str]:
    """The lines of the notes under a table."""
    width = table_width(paper_of(report.register)) * MM
    return [line for note in report.heading.notes for line in compositor.wrapped(language.text(note), NOTE, width)]


def notes(drawing: Drawing, report: Report, lines: list[str], top: float) -> None:
    """Draw the notes under a table that ends at `top`."""
    box = Box(LEFT_MARGIN, table_width(paper_of(report.register)), 0, 0)
    for place, line in enumerate(lines):
        drawing.text(box, top + NOTE_STEP * (place + 1), line, NOTE)
