"""The look's tokens, and what follows from them: palette, style sheet, fonts. The only place that knows a colour."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from bookkeeper.printing.font_files import LATIN, WEIGHTS, static_file

DEVANAGARI: Final = "Noto Sans Devanagari"


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, by what they are for."""

    page: str
    raised: str
    chrome: str
    ink: str
    ink2: str
    ink3: str
    line: str
    line2: str
    edge: str
    accent: str
    on_accent: str
    tint: str
    row: str
    band: str
    amber: str
    brick: str
    brick_ground: str

    def color(self, name: str) -> QColor:
        """A token as Qt has it."""
        return QColor(getattr(self, name))


LIGHT: Final = Theme(
    "#FFFFFF", "#FFFFFF", "#F1F5F4", "#14201E", "#465451", "#5D6A66", "#DCE4E2", "#B3C0BD", "#7B8985", "#0B5E59",
    "#FFFFFF", "#DFEFEC", "#E3F1EF", "#F4F7F6", "#8A4F00", "#A52F1C", "#FCEAE6",
)  # fmt: skip
DARK: Final = Theme(
    "#141A19", "#1B2322", "#0F1413", "#E4EAE8", "#AEBAB7", "#94A19D", "#28322F", "#485552", "#72807C", "#5FC8BE",
    "#05201E", "#173633", "#15302E", "#191F1E", "#EDB95E", "#F2968A", "#3A1D18",
)  # fmt: skip

WORK, HEAD, NOTE, SECTION, TITLE, FIGURE = 13, 12, 11, 15, 18, 28
"""Sizes of type in pixels: work, heads and labels, notes and keys, sections, a page's title, its one figure."""

REGULAR, MEDIUM, SEMIBOLD = 400, 500, 600
BASELINE: Final = 0.357
"""How far below the middle of a row its baseline lies, in sizes of its type."""


def chosen(name: str) -> Theme:
    """The theme of that name ("light", "dark"); without one, what the system asks for."""
    if name:
        return DARK if name == "dark" else LIGHT
    return DARK if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT


def apply(theme: Theme) -> None:
    """Paint the whole application with a theme."""
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setPalette(palette(theme))
        application.setStyleSheet(style_sheet(theme))


@cache
def load_fonts() -> None:
    """Make our own fonts known to Qt."""
    for family in (LATIN, DEVANAGARI):
        for weight in WEIGHTS:
            QFontDatabase.addApplicationFont(str(static_file(family, weight)))


@cache
def font(size: int = WORK, weight: int = REGULAR) -> QFont:
    """A font of the window: figures of one width, no hinting, Devanagari behind Latin."""
    made = QFont()
    made.setFamilies([f"{LATIN} {weight}", f"{DEVANAGARI} {weight}", LATIN, DEVANAGARI])
    made.setPixelSize(size)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def font_for(text: str, size: int = WORK, weight: int = REGULAR) -> QFont:
    """A font for this text: with Devanagari in it one pixel larger, since its letters look smaller."""
    return font(size + 1 if has_devanagari(text) else size, weight)


def has_devanagari(text: str) -> bool:
    """Whether a text has letters of Devanagari."""
    return any("\u0900" <= letter <= "\u097f" for letter in text)


def palette(theme: Theme) -> QPalette:
    """What Qt's own widgets are painted with."""
    made = QPalette()
    role = QPalette.ColorRole
    for what, token in (
        (role.Window, "page"),
        (role.Base, "raised"),
        (role.AlternateBase, "band"),
        (role.Button, "chrome"),
        (role.WindowText, "ink"),
        (role.Text, "ink"),
        (role.ButtonText, "ink"),
        (role.PlaceholderText, "ink3"),
        (role.Highlight, "tint"),
        (role.HighlightedText, "ink"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "ink"),
    ):
        made.setColor(what, theme.color(token))
    return made


def style_sheet(theme: Theme) -> str:
    """The style sheet: inputs, buttons, bars. Grids are painted by their delegate."""
    tokens = {one.name: getattr(theme, one.name) for one in fields(theme)}
    return _TOKEN.sub(lambda found: tokens[found[1]], _STYLE)


_TOKEN: Final = re.compile(r"\$(\w+)")

_STYLE: Final = """
#topbar, #navigation, #keybar, #panel, #strip { background: $chrome; }
#topbar { border-bottom: 1px solid $line; }
#navigation { border-right: 1px solid $line; }
#keybar { border-top: 1px solid $line; }
#panel, #strip { border-radius: 6px; }
#notice { border: none; border-left: 3px solid $accent; background: $chrome; }
#notice[rank="wrong"] { border-left: 3px solid $brick; background: $brick_ground; }
#overlay { background: $raised; border: 1px solid $edge; border-radius: 6px; }
QLabel { color: $ink; }
QLabel[rank="second"] { color: $ink2; }
QLabel[rank="note"] { color: $ink3; }
QLabel[rank="warning"] { color: $amber; }
QLabel[rank="wrong"] { color: $brick; }
QLabel[rank="good"] { color: $accent; }
QLineEdit, QComboBox, QPlainTextEdit {
    background: $raised; color: $ink; border: 1px solid $edge; border-radius: 4px; padding: 0 8px;
    min-height: 30px; selection-background-color: $tint; selection-color: $ink;
}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {
    border: 2px solid $accent; padding: 0 7px; min-height: 28px;
}
QLineEdit[wrong="true"] { border: 2px solid $brick; padding: 0 7px; min-height: 28px; }
QLineEdit:disabled, QComboBox:disabled { color: $ink3; background: $chrome; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox QAbstractItemView { background: $raised; color: $ink; border: 1px solid $edge; outline: none; }
QPushButton {
    background: $raised; color: $ink; border: 1px solid $edge; border-radius: 4px; padding: 0 12px; min-height: 30px;
}
QPushButton:focus { border: 2px solid $accent; padding: 0 11px; min-height: 28px; }
QPushButton#flat { border: none; background: transparent; }
QPushButton#listed { border: none; background: transparent; text-align: left; padding: 0 8px; }
QPushButton#listed:focus { border: 2px solid $accent; padding: 0 6px; }
QPushButton#small { min-height: 24px; padding: 0 8px; }
#badge { background: transparent; color: $amber; border: 1px solid $amber; border-radius: 9px; padding: 1px 8px; }
QPushButton#main { background: $accent; color: $on_accent; border: none; min-height: 32px; }
QPushButton#main:focus { border: none; min-height: 32px; padding: 0 12px; }
QPushButton#main[quiet="true"] { background: $line; color: $ink2; }
QListView, QTreeView { background: $raised; color: $ink; border: none; outline: none; }
QListView::item:selected, QTreeView::item:selected { background: $tint; color: $ink; }
QTableView { background: $page; border: none; outline: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: $line2; border-radius: 4px; min-height: 24px; margin: 1px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: $line2; border-radius: 4px; min-width: 24px; margin: 1px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: none; border: none; width: 0; height: 0;
}
"""
