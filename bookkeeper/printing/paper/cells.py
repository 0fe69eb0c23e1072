"""What stands in a cell of paper, and how: the text of a value, its style and its edge.

Numbers of vouchers keep Western digits in every language, and paper of one year leaves the year away: R28, not
R28/2023-24. The ledger folio is a number of the page and follows its language.
"""

from collections.abc import Iterable
from typing import cast

from bookkeeper.printing.figures import marked, sided
from bookkeeper.printing.paper.draw import Align, Box
from bookkeeper.printing.paper.text import Compositor, Style
from bookkeeper.printing.paper.tokens import BODY, BOLD, SMALL, SMALLER, SMALLEST
from bookkeeper.report import Column, Heading, Kind
from bookkeeper.rules.dates import financial_year, year_name
from bookkeeper.words import Language

VOUCHERS = ("voucher", "reverses", "reversed_by")
FOLIO = "folio"
MEMBER = "member"
RIGHT = (Kind.MONEY, Kind.BALANCE, Kind.COUNT, Kind.PERCENT)
FIGURES = (Kind.MONEY, Kind.BALANCE)
_EM = 0.6  # of the size: no figure's characters are wider on average


def year_suffix(heading: Heading) -> str:
    """What the vouchers of this paper need not say: "/2023-24" where all of it is of one financial year, else ""."""
    since, until = heading.since or heading.as_of, heading.until or heading.as_of
    if since is None or until is None or financial_year(since) != financial_year(until):
        return ""
    return f"/{year_name(financial_year(since))}"


def cell_text(column: Column, value: object, language: Language, suffix: str = "") -> str:
    """The text of a value on paper. `suffix` is the year that vouchers leave away."""
    if value is None:
        return ""
    if column.key in VOUCHERS:
        return str(value).removesuffix(suffix)
    if column.key == FOLIO:
        return language.digits(language.text(value))
    if column.marks or column.whole:
        return marked(column, value, language)
    if column.sides:
        return sided(cast("int", value), language, column.zero)
    return language.cell(column.kind.value, value, column.zero)


def figure_scale(figures: Iterable[tuple[str, Style, Box]], compositor: Compositor) -> float:
    """How much smaller all figures of a page are set, so that the widest fits its place and none differs in size."""
    scale = 1.0
    for text, style, box in figures:
        if text.isascii() and len(text) * _EM * style.size <= box.room:
            continue  # most figures are short, and measuring takes time
        width = compositor.width(text, style)
        if width * scale > box.room:
            scale = max(box.room / width, SMALLEST)
    return scale


def scaled(style: Style, scale: float) -> Style:
    """A style in a smaller size."""
    return Style(style.size * scale, style.weight)


def style_of(column: Column) -> Style:
    """How the values of a column are set."""
    if column.key == FOLIO:
        return SMALLER
    if column.whole:
        return BOLD  # what its row comes to
    return SMALL if column.kind is Kind.DATE or column.key in VOUCHERS else BODY


def align_of(column: Column) -> Align:
    """On which edge a column stands, its head as its values."""
    if column.kind in RIGHT or column.key == MEMBER:
        return Align.RIGHT
    return Align.CENTRE if column.key == FOLIO or column.marks else Align.LEFT


def boxed_signs(column: Column, language: Language) -> frozenset[str]:
    """The signs of a column that have a frame."""
    return frozenset(language.say(mark.sign) for mark in column.marks if mark.boxed)


def begins_group(before: Column, column: Column) -> bool:
    """Whether the rule between two columns is the stronger one: around figures, and between heads of the upper tier."""
    if before.under != column.under:
        return True
    return (column.kind in FIGURES) != (before.kind in FIGURES)
