"""The look in numbers: no text is cut or runs into another, in any state, language, size and scale; and contrast."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget

from bookkeeper.desktop.theme import DARK, LIGHT, Theme
from bookkeeper.desktop.widgets import lettering
from tests.desktop.screens.measuring import faults, shortening, unseen, watching
from tests.desktop.screens.render import look
from tests.desktop.screens.states import chosen
from tests.desktop.screens.window import Window, still_clock

SMALLEST = ("light", 1024, 600)

TEXT, EDGE = 4.5, 3.0
"""WCAG 2.1 AA: contrast of text, and of what shows where a control is and that it has the focus."""

GROUNDS = ("page", "raised", "chrome", "tint", "row", "band")
"""What work stands on."""

TEXTS = (
    *product(("ink", "ink2", "ink3"), GROUNDS),
    *product(("accent", "amber", "brick"), ("page", "raised", "chrome", "band")),
    ("accent", "tint"),  # the current place, the marked letters of a picker
    ("accent", "row"),  # the head of the column one stands in
    ("amber", "row"),  # what differs from the demand, in the row one stands in
    ("brick", "row"),
    ("on_accent", "accent"),  # the main act
    ("ink2", "line"),  # the main act while it cannot succeed
    ("brick", "brick_ground"),
    ("ink", "brick_ground"),
)
"""Ink on ground, as the window paints them."""

EDGES = (
    *product(("edge",), ("page", "raised", "chrome")),  # around fields, under heads
    *product(("accent",), (*GROUNDS, "line")),  # the ring of the focus, also around the preview
    ("brick", "page"),
    ("brick", "raised"),
    ("amber", "chrome"),
    ("on_accent", "accent"),  # the ring inside the main act
    ("ink2", "line"),  # the same, while it cannot succeed
)


def contrast(one: QColor, other: QColor) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_reaches_what_is_asked(theme: Theme) -> None:
    short = [
        f"{ink} on {ground}: {found:.2f} of {least}"
        for pairs, least in ((TEXTS, TEXT), (EDGES, EDGE))
        for ink, ground in pairs
        if (found := contrast(theme.color(ink), theme.color(ground))) < least
    ]
    assert not short


def test_contrast_is_reckoned_as_the_standard_does() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.005)


@pytest.fixture
def screens(
    _practice_made: Path,
    tmp_path: Path,
    application: QApplication,
    breaking_in: Callable[[], AbstractContextManager[None]],
) -> Iterator[Window]:
    """A window of the smallest size, in Marathi, before whose clock time stands still."""
    assert application is not None
    with breaking_in(), still_clock():  # each state has a copy of the books
        window = Window(tmp_path, _practice_made.parent)
        yield window
        window.close()


def test_no_text_is_cut_on_any_page_at_the_smallest_size(screens: Window) -> None:
    lean = [state for state in chosen() if state.is_lean]
    assert [fault for state in lean for fault in look(screens, state, "mr", [SMALLEST])] == []
    for seed, said in SEEDS:
        assert [fault for fault in found(screens, seed) if said in fault], said


def found(window: Window, seed: Callable[[QWidget], QWidget]) -> list[str]:
    """What is said of the window with something wrong in it."""
    with shortening() as short, watching() as ink:
        wrong = seed(window.shell)
        wrong.setGeometry(300, 200, 90, 30)
        wrong.show()
        window.turn(10)
        window.shell.grab()
        told = faults(window.shell, ink, short)
    wrong.hide()
    wrong.deleteLater()
    return [*told, *unseen(window.shell, ink, "Nothing was posted in this period.")]


class Written(QWidget):
    """Paints a name that is wider than the room there is."""

    name, ink = "Manisha Ramchandra Palav", LIGHT.ink

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter = QPainter(self)
        painter.setPen(QColor(self.ink))
        painter.drawText(2, 20, self.name)


class OfTheOtherTheme(Written):
    name, ink = "Manisha", DARK.amber


def scrolled(shell: QWidget) -> QWidget:
    area, inside = QScrollArea(shell), Written()
    inside.resize(500, 20)
    area.setWidget(inside)
    return area


def left_out(shell: QWidget) -> QWidget:
    return QLabel(lettering.fitted("Manisha Palav · Loan 10", 80), shell)


SEEDS: tuple[tuple[Callable[[QWidget], QWidget], str], ...] = (
    (Written, "“Manisha Ramchandra Palav” is"),
    (scrolled, "“Manisha Ramchandra Palav” is"),
    (partial(QLabel, "Manisha Ramchandra Palav"), "“Manisha Ramchandra Palav” needs"),
    (left_out, "is all that is left of “Manisha Palav · Loan 10”"),
    (OfTheOtherTheme, "is painted in #EDB95E"),
    (QLabel, "“Nothing was posted in this period.” is not seen"),
)
"""What might be wrong with a window, and what must then be said of it."""


@pytest.mark.campaign
def test_no_text_is_cut_in_any_state(tmp_path: Path) -> None:
    run = [sys.executable, "-m", "tests.desktop.screens.render", str(tmp_path), "--no-pictures"]
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stdout
