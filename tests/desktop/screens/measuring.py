"""Measures what stands on the screen: texts wider than their room, over each other, or cut; in numbers, not by eye.

Texts that our widgets paint themselves are caught where they are painted: each `drawText` of Python tells its text, its
font, where it stands, and on what. Qt's own widgets (labels, lines, choices) are asked.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from bookkeeper.desktop.matching import folded
from bookkeeper.desktop.shell import Shell
from bookkeeper.desktop.theme import Theme
from bookkeeper.desktop.widgets import lettering

SLACK: Final = 1.0
"""Pixels that a text may be beyond its room: side bearings and rounding."""

_BUTTON_PAD: Final = 2 * 8
_LINE_PAD: Final = 2 * 8
_ARROW: Final = 20


@dataclass(frozen=True)
class Painted:
    """A text as it was painted: on which widget, where its advance begins and ends, its baseline, how high it is."""

    widget: QWidget
    text: str
    left: float
    right: float
    baseline: float
    top: float
    bottom: float
    clip: QRectF | None
    colour: str


class Ink:
    """Collects what is painted."""

    def __init__(self) -> None:
        self.painted: list[Painted] = []

    def note(self, painter: QPainter, arguments: tuple[Any, ...]) -> None:
        """One call of `drawText`."""
        widget = painter.device()
        if not isinstance(widget, QWidget):
            return
        placed = _placed(arguments, painter.font())
        if placed is None:
            return
        x, y, text = placed
        metrics, at = QFontMetricsF(painter.font()), painter.worldTransform().map(QPointF(x, y))
        tight = metrics.tightBoundingRect(text)
        clip = painter.worldTransform().mapRect(painter.clipBoundingRect()) if painter.hasClipping() else None
        left, base = at.x(), at.y()
        wide = metrics.horizontalAdvance(text)
        self.painted.append(
            Painted(
                widget, text, left, left + wide, base, base + tight.top(), base + tight.bottom(), clip, _pen(painter)
            )
        )


def _placed(arguments: tuple[Any, ...], font: QFont) -> tuple[float, float, str] | None:
    """Where a text begins on its baseline."""
    match arguments:
        case (float() | int() as x, float() | int() as y, str() as text):
            return x, y, text
        case (at, str() as text) if hasattr(at, "x") and not hasattr(at, "width"):
            return at.x(), at.y(), text
        case (room, flags, str() as text) if hasattr(room, "width"):
            placed = QFontMetricsF(font).boundingRect(QRectF(room), int(flags), text)
            return placed.left(), placed.top() + QFontMetricsF(font).ascent(), text
    return None


@contextmanager
def watching() -> Iterator[Ink]:
    """Catch every text that is painted from Python meanwhile."""
    ink, draw = Ink(), QPainter.drawText

    def noted(painter: QPainter, *arguments: Any) -> Any:  # noqa: ANN401  # as Qt has it
        ink.note(painter, arguments)
        return draw(painter, *arguments)

    QPainter.drawText = noted  # type: ignore[method-assign, assignment]  # watched, and put back
    try:
        yield ink
    finally:
        QPainter.drawText = draw  # type: ignore[method-assign]


def _pen(painter: QPainter) -> str:
    return painter.pen().color().name().upper()


@contextmanager
def shortening() -> Iterator[dict[str, str]]:
    """Note every text that is shortened before it is shown, by what is left of it."""
    short: dict[str, str] = {}
    whole = lettering.fitted

    def noted(text: str, *room: int) -> str:
        left = whole(text, *room)
        if left != text:
            short[left] = text
        return left

    _put(whole, noted)
    try:
        yield short
    finally:
        _put(noted, whole)


def _put(former: object, other: object) -> None:
    """In every module of the window that has it by its name."""
    for name, module in list(sys.modules.items()):
        if name.startswith("bookkeeper.desktop") and getattr(module, "fitted", None) is former:
            vars(module)["fitted"] = other


def faults(window: Shell, ink: Ink, short: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """Everything that is not as it should be, one line each."""
    found = [*_of_painted(ink), *_of_widgets(window), *_of_colours(ink, window.desk.theme)]
    found += [f"“{text}” is all that is left of “{short[text]}”" for text in _read(window, ink) if text in short]
    return list(dict.fromkeys(found))


def unseen(window: Shell, ink: Ink, wanted: str) -> Iterator[str]:
    """What should be seen and is not: messages in the window's language, their values whatever they are."""
    if not wanted:
        yield "it is not named what must be seen there"
    read = [folded(text)[0] for text in _read(window, ink)]
    for message in wanted.split("|") if wanted else ():
        said = re.sub(r"\\{\w+\\}", ".+", re.escape(folded(window.desk.say(message))[0]))
        if not any(re.search(said, text) for text in read):
            yield f"“{message}” is not seen"


def _read(window: QWidget, ink: Ink) -> Iterator[str]:
    """Every text that is seen."""
    yield from (one.text for one in ink.painted)
    for widget in window.findChildren(QWidget):
        if not widget.visibleRegion().isEmpty():
            match widget:
                case QLabel() | QPushButton():
                    yield widget.text()
                case QLineEdit():
                    yield widget.text() or widget.placeholderText()
                case QComboBox():
                    yield widget.currentText()


def _of_colours(ink: Ink, colours: Theme) -> Iterator[str]:
    """Texts in a colour that the theme does not have: of the theme before."""
    there = {getattr(colours, one.name).upper() for one in fields(colours)}
    for one in ink.painted:
        if one.text.strip() and one.colour not in there:
            yield f"{_name(one.widget)}: “{one.text}” is painted in {one.colour}, which is not of this theme"


# ------------------------------------------------------------------------------------------------- painted by ourselves


def _of_painted(ink: Ink) -> Iterator[str]:
    of_widget: dict[int, list[Painted]] = {}
    wrong: dict[tuple[str, str], list[str]] = {}
    for one in ink.painted:
        if not one.text.strip():
            continue
        of_widget.setdefault(id(one.widget), []).append(one)
        for what in _wrong_with(one):
            wrong.setdefault((_name(one.widget), what), []).append(one.text)
    for (name, what), texts in wrong.items():
        more = len(set(texts)) - 1
        yield f"{name}: “{texts[0]}” {what}{f', and {more} more' if more else ''}"
    for painted in of_widget.values():
        yield from _over_each_other(painted)


def _wrong_with(one: Painted) -> Iterator[str]:
    if _is_cut_short(one.text):
        yield "is cut short by dots"
    whole, in_sight = QRectF(one.widget.rect()), _in_sight(one.widget)
    scrolls_across, scrolls_down = _scrolls(one.widget)
    is_out_of_sight = one.right <= in_sight.left() or one.left >= in_sight.right()
    if scrolls_across and is_out_of_sight:  # one can scroll there; what is in sight is whole all the same
        return
    room = in_sight if one.clip is None else in_sight.intersected(one.clip)
    cell = _cell(one)
    if cell is not None:
        room = in_sight.intersected(QRectF(cell))
    over = max(room.left() - one.left, one.right - room.right())
    if over > SLACK:
        yield f"is {over:.0f} px beyond its {'cell' if cell is not None else 'room'} of {room.width():.0f}"
    if not scrolls_down:
        high = max(whole.top() - one.top, one.bottom - whole.bottom())
        if high > SLACK:
            yield f"is cut by {high:.0f} px above or below"


def _in_sight(widget: QWidget) -> QRectF:
    """How much of a widget its parents leave in sight from left to right."""
    left, right = 0, widget.width()
    parent = widget.parentWidget()
    while parent is not None and not widget.isWindow():
        begin = widget.mapFrom(parent, QPoint(0, 0)).x()
        left, right = max(left, begin), min(right, begin + parent.width())
        if parent.isWindow():
            break
        parent = parent.parentWidget()
    return QRectF(left, 0, max(right - left, 0), widget.height())


def _over_each_other(painted: list[Painted]) -> Iterator[str]:
    """Two texts on one line that share room; the same one painted twice is one."""
    rows: dict[int, list[Painted]] = {}
    for one in painted:
        rows.setdefault(round(one.baseline / 4), []).append(one)
    for row in rows.values():
        ordered = sorted({(one.left, one.right, one.text, id(one.widget)): one for one in row}.values(), key=_left)
        for before, after in pairwise(ordered):
            shared = before.right - after.left
            if shared > SLACK + 1 and not (before.left == after.left and before.text == after.text):
                yield f"{_name(after.widget)}: “{before.text}” runs {shared:.0f} px into “{after.text}”"


def _left(one: Painted) -> float:
    return one.left


def _cell(one: Painted) -> QRect | None:
    """The cell in which a text of a table or its head was painted; None for what is no cell."""
    view = one.widget.parentWidget()
    inside = QPoint(round((one.left + one.right) / 2), round(one.baseline) - 3)
    if isinstance(view, QTableView):
        index = view.indexAt(inside)
        return view.visualRect(index) if index.isValid() else None
    if isinstance(view, QHeaderView) and view.orientation() is Qt.Orientation.Horizontal:
        section = view.logicalIndexAt(inside)
        if section < 0 or one.baseline < view.height() / 2:
            return None  # the upper tier stands over several columns
        return QRect(view.sectionViewportPosition(section), 0, view.sectionSize(section), view.height())
    return None


def _scrolls(widget: QWidget) -> tuple[bool, bool]:
    """Whether what is painted there may be partly out of sight, because one can scroll; totals and heads follow."""
    across = down = False
    area: QWidget | None = widget
    while area is not None and not area.isWindow():
        if isinstance(area, QAbstractScrollArea):
            across, down = across or area.horizontalScrollBar().maximum() > 0, True
        area = area.parentWidget()
    beside = widget.parentWidget()
    if beside is not None and not across:
        across = any(one.horizontalScrollBar().maximum() > 0 for one in beside.findChildren(QTableView))
    return across, down


# ------------------------------------------------------------------------------------------------- painted by Qt itself


def _of_widgets(window: QWidget) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.visibleRegion().boundingRect().isValid():
            continue
        yield from (f"{_name(widget)}: {what}" for what in (*_of_place(widget), *_of_text(widget)))


def _of_place(widget: QWidget) -> Iterator[str]:
    """A widget that reaches beyond its parent, or has less than it needs."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or isinstance(parent.parentWidget(), QAbstractScrollArea):
        return
    if isinstance(parent, QAbstractScrollArea):
        return
    over = max(-widget.x(), widget.geometry().right() - parent.rect().right())
    if over > SLACK:
        yield f"reaches {over} px beyond {_name(parent)}"
    below = max(-widget.y(), widget.geometry().bottom() - parent.rect().bottom())
    if below > SLACK:
        yield f"reaches {below} px above or below {_name(parent)}"


def _of_text(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel():
            yield from _of_label(widget)
        case QLineEdit():
            yield from _of_line(widget)
        case QComboBox():
            needed = _wide(widget, widget.currentText()) + _LINE_PAD + _ARROW
            yield from _too_wide(widget.currentText(), needed, widget.width())
        case QPushButton() if type(widget).paintEvent is QPushButton.paintEvent:
            yield from _too_wide(widget.text(), _wide(widget, widget.text()) + _BUTTON_PAD, widget.width())


def _of_label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text or label.textFormat() is Qt.TextFormat.RichText:
        return
    if _is_cut_short(text):
        yield f"“{text}” is cut short by dots"
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + SLACK:
            yield f"“{text}” needs {needed} px of height and has {label.height()}"
        return
    widest = max(_wide(label, line) for line in text.split("\n"))
    frame = label.width() - label.contentsRect().width()
    yield from _too_wide(text, widest + frame + 2 * label.margin(), label.width())
    tight = QFontMetricsF(label.font()).tightBoundingRect(text)
    if "\n" not in text and tight.height() > label.height() + SLACK:
        yield f"“{text}” is {tight.height():.0f} px high and has {label.height()}"


def _of_line(line: QLineEdit) -> Iterator[str]:
    margins = line.textMargins()
    text = line.text() or line.placeholderText()
    if _is_cut_short(text):
        yield f"“{text}” is cut short by dots"
    yield from _too_wide(text, _wide(line, text) + _LINE_PAD + margins.left() + margins.right(), line.width())


def _too_wide(text: str, needed: float, there: float) -> Iterator[str]:
    if text and needed > there + SLACK:
        yield f"“{text}” needs {needed:.0f} px and has {there:.0f}"


def _wide(widget: QWidget, text: str) -> float:
    return QFontMetricsF(widget.font()).horizontalAdvance(text)


def _is_cut_short(text: str) -> bool:
    """Dots that stand for what is missing; " …" behind a word says that more is asked, or that work goes on."""
    return "…" in text.replace(" …", "")


def _name(widget: QWidget) -> str:
    """Which widget: its kind and where it is."""
    names: list[str] = []
    one: QWidget | None = widget
    while one is not None and len(names) < 3:
        if not type(one).__name__.startswith("Q") or one.objectName():
            names.append(one.objectName() or type(one).__name__)
        one = one.parentWidget()
    return " < ".join(dict.fromkeys(names)) or type(widget).__name__
