"""The look in numbers: no text is cut or runs into another, in any state, language, size and scale; and contrast."""

from __future__ import annotations

import subprocess
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from bookkeeper.desktop.theme import DARK, LIGHT, Theme
from tests.desktop.screens.render import LANGUAGES, SCALES, command, environment
from tests.desktop.screens.states import STATES

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


def looked_at(folder: Path, scale: str, *more: str) -> subprocess.Popen[str]:
    """A process of its own: Qt takes the scale when it begins."""
    asked = command(folder, scale, "--no-pictures", *more)
    return subprocess.Popen(asked, env=environment(scale), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.mark.campaign
def test_no_text_is_cut_on_any_page_at_the_smallest_size(tmp_path: Path) -> None:
    states = ",".join(state.name for state in STATES if state.is_lean)
    more = ("--states", states, "--themes", "light", "--sizes", "1024x600")
    at_once = [looked_at(tmp_path, scale, *more) for scale in SCALES]
    assert [process.communicate(timeout=200)[0] for process in at_once] == ["", ""]


@pytest.mark.campaign
@pytest.mark.parametrize(("scale", "language"), list(product(SCALES, LANGUAGES)))
def test_no_text_is_cut_in_any_state(tmp_path: Path, scale: str, language: str) -> None:
    process = looked_at(tmp_path, scale, "--languages", language, "--themes", "light")
    assert process.communicate(timeout=900)[0] == ""
