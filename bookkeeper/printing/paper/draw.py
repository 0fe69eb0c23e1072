"""What a page shows, collected as operators: rules, bands and texts, placed in mm from its upper left corner."""

from enum import StrEnum
from typing import NamedTuple

from bookkeeper.printing.paper.document import MM, Document
from bookkeeper.printing.paper.text import Style
from bookkeeper.printing.paper.tokens import BASELINE, DOUBLE, DOUBLE_RULE, PADDING, SMALLEST, Rule

_TOLERANCE = 0.02  # points


class Align(StrEnum):
    """On which edge of its place a text stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Box(NamedTuple):
    """A place for one line of text: its left edge, width and paddings in millimetres."""

    x: float
    width: float
    before: float = PADDING
    after: float = PADDING

    @property
    def room(self) -> float:
        """How wide a text may be, in points."""
        return (self.width - self.before - self.after) * MM


class Drawing:
    """A drawing on a page, or on all pages of a register. Bands lie below, then texts, then rules."""

    def __init__(self, document: Document, size: tuple[float, float]) -> None:
        self._document = document
        self._height = size[1] * MM
        self._bands: list[str] = []
        self._texts: list[str] = []
        self._rules: list[str] = []

    def content(self) -> int:
        """Write the drawing to the file; the answer is its number there."""
        texts = ["BT", *self._texts, "ET"] if self._texts else []
        return self._document.content("\n".join([*self._bands, *texts, *self._rules]))

    def band(self, x: float, y: float, width: float, height: float, ink: tuple[float, float, float]) -> None:
        """Fill a rectangle."""
        red, green, blue = ink
        y = self._height - (y + height) * MM
        self._bands.append(
            f"{red:.3f} {green:.3f} {blue:.3f} rg {x * MM:.2f} {y:.2f} {width * MM:.2f} {height * MM:.2f} re f 0 g"
        )

    def across(self, x: float, y: float, width: float, rule: Rule) -> None:
        """Draw a rule from left to right."""
        self._rule(rule, x * MM, self._height - y * MM, (x + width) * MM, self._height - y * MM)

    def down(self, x: float, y: float, height: float, rule: Rule) -> None:
        """Draw a rule from above to below."""
        self._rule(rule, x * MM, self._height - y * MM, x * MM, self._height - (y + height) * MM)

    def double(self, x: float, y: float, width: float) -> None:
        """Draw the two rules under a total; the lower one at `y`."""
        self.across(x, y - DOUBLE, width, DOUBLE_RULE)
        self.across(x, y, width, DOUBLE_RULE)

    def frame(self, x: float, y: float, width: float, height: float, rule: Rule) -> None:
        """Draw the outline of a rectangle."""
        red, green, blue = rule.ink
        bottom = self._height - (y + height) * MM
        self._rules.append(
            f"{red:.3f} {green:.3f} {blue:.3f} RG {rule.width:g} w "
            f"{x * MM:.2f} {bottom:.2f} {width * MM:.2f} {height * MM:.2f} re S"
        )

    def _rule(self, rule: Rule, x: float, y: float, to_x: float, to_y: float) -> None:
        red, green, blue = rule.ink
        self._rules.append(
            f"{red:.3f} {green:.3f} {blue:.3f} RG {rule.width:g} w {x:.2f} {y:.2f} m {to_x:.2f} {to_y:.2f} l S"
        )

    def text(
        self,
        box: Box,
        baseline: float,
        text: str,
        style: Style,
        align: Align = Align.LEFT,
        *,
        smallest: float = SMALLEST,
    ) -> None:
        """Set a text on one line of its box. One that is too wide is set smaller; beyond reason, it is an overflow."""
        if not text:
            return
        room = box.room
        line = self._document.compositor.line(text, style)
        if line.width > room + _TOLERANCE:
            smaller = max(room / line.width, smallest)
            line = self._document.compositor.line(text, Style(style.size * smaller, style.weight))
            if line.width > room + _TOLERANCE:
                self._document.overflows.append(text)
        x = (box.x + box.before) * MM
        if align is Align.RIGHT:
            x += room - line.width
        elif align is Align.CENTRE:
            x += (room - line.width) / 2
        self._texts.append(f"1 0 0 1 {x:.2f} {self._height - baseline * MM:.2f} Tm {line.operators}")


def baseline(top: float, height: float, style: Style) -> float:
    """The baseline of a text in the middle of a row, in millimetres from above."""
    return top + height / 2 + BASELINE * style.size / MM
