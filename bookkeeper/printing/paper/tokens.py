"""The look of paper: sizes, weights, inks and measures, in points for type and rules, in millimetres for places.

All text and the frame are pure black, since grey small print comes out of a laser printer as ragged dots; rank is
shown by size and weight.
"""

from typing import NamedTuple

from bookkeeper.printing.paper.text import Style

BODY = Style(8.5, 400)
BOLD = Style(8.5, 600)
SMALL = Style(8.0, 400)  # dates and numbers of vouchers
SMALLER = Style(7.5, 400)  # ledger folios
HEAD = Style(7.5, 500)
SIDE = Style(8.5, 600)  # the upper tier of heads
NAME = Style(12.0, 600)
NAME_IN_TWO = Style(10.0, 600)
NAME_IN_THREE = Style(9.0, 600)  # no name is smaller
PLACE = Style(8.0, 400)
TITLE = Style(16.0, 700)
PERIOD = Style(8.5, 400)
CAPTION = Style(8.0, 400)
NOTE = Style(8.0, 400)
FOOT = Style(6.5, 400)

# A text that is too wide for its place is set smaller, down to this part of its size; beyond, it overflows.
SMALLEST = 0.6
SMALLEST_FIGURE = 0.75  # figures are compared: where they would be smaller, columns give to each other
WRAPPED = Style(7.2, 400)  # of words in more lines than one, two of them to a ruled line
IN_A_ROW, WRAPPED_LEAD, WRAPPED_LOWER = 2, 2.95, 0.25  # lower, since signs stand above their letters


class Rule(NamedTuple):
    """A line: its width in points and its ink as red, green, blue of 1."""

    width: float
    ink: tuple[float, float, float]


BLACK = (0.0, 0.0, 0.0)
WHITE = (1.0, 1.0, 1.0)
TEAL = (0xA9 / 255, 0xBA / 255, 0xB6 / 255)
DARK_TEAL = (0x6E / 255, 0x83 / 255, 0x7F / 255)
BAND = (0xED / 255, 0xF3 / 255, 0xF2 / 255)

ROW_RULE = Rule(0.3, TEAL)
COLUMN_RULE = Rule(0.35, TEAL)
GROUP_RULE = Rule(0.5, DARK_TEAL)
FRAME = Rule(0.7, BLACK)
HEAD_RULE = Rule(0.6, BLACK)
TOTAL_RULE = Rule(0.6, BLACK)
DOUBLE_RULE = Rule(0.45, BLACK)
MARK_BOX = Rule(0.8, BLACK)
SIGNATURE_RULE = Rule(0.6, DARK_TEAL)
FOOT_RULE = Rule(0.3, DARK_TEAL)

LEFT_MARGIN, RIGHT_MARGIN = 18.0, 12.0  # the left one for binding
TABLE_TOP = 28.0
HEAD_HEIGHT = 6.4
LINE_HEIGHT = 6.35
STACKED_TIER, STACKED_HEADS, STACKED_STEP = 5.6, 11.0, 5.1  # heads of two lines, the first of them heavier
MARK_WIDTH, MARK_HEIGHT, MARK_RADIUS = 5.2, 5.0, 0.7
PADDING, FIGURE_PADDING = 1.6, 1.1
NARROW_ROOM = 15.8  # for figures of a column; a narrower one has less padding
BEFORE_SPINE, AFTER_SPINE = 2.8, 2.5
SPINE = 0.8
DOUBLE = 0.65
STATEMENT_ROW, WRAPPED_STEP, GROUP_GAP = 6.8, 3.9, 3.7  # of a statement with two sides: no ruled lines
FIFTH = 5  # each fifth row is a band

NAME_AT, PLACE_AT, TITLE_AT, PERIOD_AT = 16.6, 21.6, 17.2, 22.6  # baselines, from above
NAME_ABOVE_AT = 10.6  # the last line of a name too long to stand beside its title
SIGNATURES_AT, CAPTION_BELOW, TO_SIGN_IN = 21.0, 4.0, 9.0  # from below
FOOT_RULE_AT, FOOT_AT = 11.5, 8.2  # from below
ABOVE_FOOT = 3.5  # free between a table and the rule of the foot
NOTE_STEP = 4.6
BASELINE = 0.357  # of the size, below the middle of a row

LANDSCAPE, PORTRAIT = (297.0, 210.0), (210.0, 297.0)

# A member's leaf: it is read by her, so its figures are large.
LEAF_MARGIN = 16.0
LEAF_HEAD, LEAF_PLACE, LEAF_NAME = Style(12.0, 600), Style(8.5, 400), Style(24.0, 700)
LEAF_NUMBER, LEAF_NAME_LATER = Style(12.5, 400), Style(14.0, 700)  # the name once more on a second page
LEAF_TITLE, LEAF_FIGURE, LEAF_NOTE = Style(12.0, 600), Style(30.0, 700), Style(9.5, 400)
LEAF_SECTION, LEAF_LABEL = Style(10.5, 600), Style(8.0, 400)
LEAF_DUE, LEAF_DUE_TOTAL = Style(12.5, 400), Style(12.5, 700)
LEAF_INSTALMENT, LEAF_INSTALMENT_DONE = Style(8.5, 400), Style(8.5, 600)
LEAF_BODY, LEAF_BOLD, LEAF_COLUMN = Style(9.5, 400), Style(9.5, 600), Style(8.5, 400)
LEAF_GROUP = Style(8.5, 600)

ACCENT = (0x0B / 255, 0x5E / 255, 0x59 / 255)
ACCENT_TINT = (0xE3 / 255, 0xEF / 255, 0xEC / 255)
BRICK = (0xA5 / 255, 0x2F / 255, 0x1C / 255)
BOX_RULE, BOX_RULE_NOW = Rule(0.7, DARK_TEAL), Rule(1.4, ACCENT)
PAID_RULE, OVERDUE_RULE, LEFT_RULE = Rule(0.6, ACCENT), Rule(1.4, BRICK), Rule(0.5, DARK_TEAL)
