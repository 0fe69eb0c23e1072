"""What a page shows, collected as operators: rules, bands and texts, placed in mm from its upper left corner."""

from enum import StrEnum
from typing import NamedTuple

from bookkeeper.printing.paper.document import MM, Document
from bookkeeper.printing.paper.text import Style
from bookkeeper.printing.paper.tokens import BASELINE, BLACK, DOUBLE, DOUBLE_RULE, PADDING, SMALLEST, Rule

_TOLERANCE = 0.02  # points
_ROUND = 0.5523  # of a radius: where the handles of a quarter of a circle are


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

    def panel(  # what a box is
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        radius: float,
        rule: Rule | None = None,
        fill: tuple[float, float, float] | None = None,
    ) -> None:
        """Draw a rectangle with round corners below the texts: filled, outlined, or both."""
        inks = []
        if fill:
            inks.append(f"{' '.join(f'{part:.3f}' for part in fill)} rg")
        if rule:
            inks.append(f"{' '.join(f'{part:.3f}' for part in rule.ink)} RG {rule.width:g} w")
        shown = ("B" if rule else "f") if fill else "S"
        self._bands.append(f"{' '.join(inks)} {self._rounded(x, y, width, height, radius)} {shown} 0 g")

    def _rounded(self, x: float, y: float, width: float, height: float, radius: float) -> str:
        """The path of a rectangle with round corners."""
        left, right = x * MM, (x + width) * MM
        above, below = self._height - y * MM, self._height - (y + height) * MM
        r = radius * MM
        k = r * (1 - _ROUND)
        return (
            f"{left + r:.2f} {above:.2f} m {right - r:.2f} {above:.2f} l "
            f"{right - k:.2f} {above:.2f} {right:.2f} {above - k:.2f} {right:.2f} {above - r:.2f} c "
            f"{right:.2f} {below + r:.2f} l "
            f"{right:.2f} {below + k:.2f} {right - k:.2f} {below:.2f} {right - r:.2f} {below:.2f} c "
            f"{left + r:.2f} {below:.2f} l "
            f"{left + k:.2f} {below:.2f} {left:.2f} {below + k:.2f} {left:.2f} {below + r:.2f} c "
            f"{left:.2f} {above - r:.2f} l "
            f"{left:.2f} {above - k:.2f} {left + k:.2f} {above:.2f} {left + r:.2f} {above:.2f} c h"
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
        ink: tuple[float, float, float] = BLACK,
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
        shown = f"1 0 0 1 {x:.2f} {self._height - baseline * MM:.2f} Tm {line.operators}"
        self._texts.append(shown if ink == BLACK else f"{' '.join(f'{part:g}' for part in ink)} rg {shown} 0 g")


def baseline(top: float, height: float, style: Style) -> float:
    """The baseline of a text in the middle of a row, in millimetres from above."""
    return top + height / 2 + BASELINE * style.size / MM
