"""Widths of columns, lines of words: what a register needs before a page of it is drawn.

Declared millimetres hold; columns of figures give to each other where one would be set very small. A column without
takes what its first rows and its head need; words share what is left. Columns that do not fit beside each other are
laid on several sheets, the first ones repeated (`bands`).
"""

from collections.abc import Sequence

from bookkeeper.printing.figures import FIGURES, VOUCHERS, cell_text, money_text
from bookkeeper.printing.paper.cells import style_of
from bookkeeper.printing.paper.document import MM
from bookkeeper.printing.paper.text import Compositor
from bookkeeper.printing.paper.tokens import BOLD, FIGURE_PADDING, HEAD, NARROW_ROOM, PADDING, SMALLEST_FIGURE
from bookkeeper.report import Column, Kind, Row, Total
from bookkeeper.rules.money import PAISE_IN_A_RUPEE
from bookkeeper.words import Language

_LEAST = {Kind.DATE: 19.0, Kind.MONEY: 20.0, Kind.BALANCE: 20.0, Kind.COUNT: 11.0, Kind.PERCENT: 14.0, Kind.TEXT: 9.0}
_WORDS_LEAST = 30.0  # a column of words is not squeezed under this
_WORDS_MOST = 90.0
_NAME, _NAME_MOST = "name", 60.0
_LATER_VOUCHER, _YEAR = "R9999", "/2023-24"  # numbers grow behind the first rows
_REPEATED = 2  # columns that stand on each sheet of a register wider than its paper


def natural_widths(
    columns: Sequence[Column], sample: Sequence[Row], compositor: Compositor, language: Language, suffix: str
) -> list[float]:
    """How wide each column would be, in millimetres: as declared, or as its head and first rows need."""

    def natural(column: Column) -> float:
        head = _head(column, compositor, language)
        style = BOLD if column.total else style_of(column)
        texts = {cell_text(column, row.get(column.key), language, suffix) for row in sample}
        if column.key in VOUCHERS:
            texts.add(_LATER_VOUCHER + ("" if suffix else _YEAR))
        widest = max([head, *(compositor.width(text, style) for text in texts)]) / MM + 2 * PADDING + 0.2
        if column.mm is not None:
            return max(column.mm, widest) if column.key in VOUCHERS else column.mm
        return max(widest, _LEAST[column.kind])

    return _figures_fitted(columns, [natural(column) for column in columns], sample, compositor, language)


def _figures_fitted(
    columns: Sequence[Column], wide: list[float], sample: Sequence[Row], compositor: Compositor, language: Language
) -> list[float]:
    """Let columns of figures with declared widths give to each other, so that none is set very small."""
    places = [i for i, column in enumerate(columns) if column.kind in FIGURES and column.mm and not column.sides]
    least = [_least(columns[i], sample, compositor, language) for i in places]
    declared = [wide[i] for i in places]
    if any(need > own for need, own in zip(least, declared, strict=True)):
        for i, width in zip(places, shared(max(sum(declared), sum(least)), declared, least), strict=True):
            wide[i] = width
    return wide


def _least(column: Column, sample: Sequence[Row], compositor: Compositor, language: Language) -> float:
    """What a column of figures needs at the least, in millimetres, for its rows and the sum of them."""
    paise = [value for row in sample if isinstance(value := row.get(column.key), int)]
    told = {min(paise, default=0), max(paise, default=0), sum(paise) if column.total is Total.SUM else 0}
    whole = not any(one % PAISE_IN_A_RUPEE for one in paise)
    texts = [money_text(one, language, column.zero, whole=whole) for one in told]
    widest = max(compositor.width(text, BOLD) for text in texts) * SMALLEST_FIGURE
    needed = max(widest, _head(column, compositor, language)) / MM + 0.2
    return needed + 2 * (FIGURE_PADDING if needed <= NARROW_ROOM else PADDING)


def _head(column: Column, compositor: Compositor, language: Language) -> float:
    """How wide the longest word of a head is, in points."""
    longest_word = max(language.say(column.head or column.title).split(" "), key=len)
    return compositor.width(longest_word, HEAD)


def widths(columns: Sequence[Column], natural: Sequence[float], room: float) -> list[float]:
    """The width of each column so that together they fill the room; columns of words give and take.

    A name is not pulled away from its figures: where nothing else could take what is left, the table is narrower.
    """
    wide = [
        min(width, _WORDS_MOST) if _gives(column) else width for column, width in zip(columns, natural, strict=True)
    ]
    words = [i for i, column in enumerate(columns) if _gives(column)] or [
        i for i, column in enumerate(columns) if column.mm is None
    ]
    if not words:
        words = list(range(len(columns)))
    left = room - sum(wide)
    before = list(wide)
    if left >= 0:
        whole = sum(wide[i] ** 2 for i in words)
        for i in words:
            wide[i] += left * before[i] ** 2 / whole  # a code stays narrow beside a narration
        return _names_kept(columns, wide, words)
    return _narrowed(wide, words, left)


def shared(room: float, declared: Sequence[float], least: Sequence[float]) -> list[float]:
    """The room in shares as declared, but none less than its least. Arithmetic alone; the least have their room."""
    held: set[int] = set()
    while True:
        free = [i for i in range(len(declared)) if i not in held]
        scale = (room - sum(least[i] for i in held)) / (sum(declared[i] for i in free) or 1)
        narrow = {i for i in free if declared[i] * scale < least[i]}
        if not narrow:
            return [least[i] if i in held else declared[i] * scale for i in range(len(declared))]
        held |= narrow


def _names_kept(columns: Sequence[Column], wide: list[float], words: Sequence[int]) -> list[float]:
    """Give what is too much for names to other words; where there are none, the table ends before the margin."""
    names = [i for i in words if columns[i].key == _NAME]
    others = [i for i in words if i not in names]
    over = sum(max(wide[i] - _NAME_MOST, 0) for i in names)
    for i in names:
        wide[i] = min(wide[i], _NAME_MOST)
    for i in others:
        wide[i] += over / len(others)
    return wide


def _narrowed(wide: list[float], words: Sequence[int], left: float) -> list[float]:
    """Take what is too much from the columns of words that can best give it: the widest first."""
    while left < -0.001:  # noqa: PLR2004 - a micrometre
        widest = max(wide[i] for i in words)
        those = [i for i in words if wide[i] > widest - 0.001]
        others = [wide[i] for i in words if wide[i] <= widest - 0.001]
        step = min(widest - max(others, default=0), -left / len(those))
        for i in those:
            wide[i] -= step
        left += step * len(those)
    return wide


def _gives(column: Column) -> bool:
    """Whether a column holds words, which can stand in more lines than one."""
    return column.kind is Kind.TEXT and column.mm is None and column.key not in VOUCHERS


def bands(columns: Sequence[Column], natural: Sequence[float], room: float) -> list[list[int]]:
    """The columns of each sheet: one sheet if they can stand beside each other, else the first columns repeated."""
    least = [min(width, _WORDS_LEAST) if _gives(c) else width for c, width in zip(columns, natural, strict=True)]
    if sum(least) <= room:
        return [list(range(len(columns)))]
    stub = [i for i, column in enumerate(columns[:_REPEATED]) if column.kind is Kind.TEXT] or [0]
    sheets: list[list[int]] = [[*stub]]
    for i in range(len(columns)):
        if i in stub:
            continue
        if len(sheets[-1]) > len(stub) and sum(least[j] for j in sheets[-1]) + least[i] > room:
            sheets.append([*stub])
        sheets[-1].append(i)
    return sheets
