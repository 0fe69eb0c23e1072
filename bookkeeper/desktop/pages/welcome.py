"""The page before there are books: open them, or make new ones; and why the last ones could not be opened."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from bookkeeper.desktop import theme
from bookkeeper.desktop.page import Page
from bookkeeper.desktop.widgets.keycap import MainButton

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

WIDTH = 500


class WelcomePage(Page):
    """One sentence, what to do, and the books that were open lately."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lead, self.then = QLabel(), QLabel()
        for label in (self.lead, self.then):
            label.setWordWrap(True)
            label.setFixedWidth(WIDTH)
            self.body.addWidget(label)
        self.then.setProperty("rank", "second")
        self.open_button = MainButton(desk)
        self.new_button, self.practice_button = QPushButton(), QPushButton()
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.open_button, self.new_button, self.practice_button):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addSpacing(4)
        self.body.addLayout(row)
        self.lately = QLabel()
        self.lately.setProperty("rank", "second")
        self.body.addSpacing(12)
        self.body.addWidget(self.lately)
        self._recent_rows = QVBoxLayout()
        self._recent_rows.setSpacing(2)
        self.body.addLayout(self._recent_rows)
        self.body.addStretch(1)
        self.open_button.clicked.connect(partial(open_file, desk))
        self.new_button.clicked.connect(partial(new_file, desk))
        self.practice_button.clicked.connect(partial(new_file, desk, "practice"))
        self._recent: list[QPushButton] = []

    def translate(self) -> None:
        """Show every word anew."""
        has_books = self.desk.office is not None
        self.title.setText(self.say("Empty books") if has_books else self.say("No books are open"))
        self.lead.setText(
            self.say("These books have no group yet.") if has_books else self.say("Open your books, or begin new ones.")
        )
        self.then.setText(
            self.say("Add one with: bookkeeper entity add. Then open the books again.")
            if has_books
            else self.say("Books are one file. Practice books have a group and two years in them, to try everything.")
        )
        self.open_button.show_act(self.say("Open books …"), "")
        self.new_button.setText(self.say("New books …"))
        self.practice_button.setText(self.say("New practice books …"))
        for label, size in ((self.lead, theme.SECTION), (self.then, theme.WORK), (self.lately, theme.HEAD)):
            label.setFont(theme.font_for(label.text(), size))
        self._show_recent()

    def _show_recent(self) -> None:
        for button in self._recent:
            button.deleteLater()
        self._recent = [self._one(path) for path in self.desk.recent() if Path(path).is_file()]
        for button in self._recent:
            self._recent_rows.addWidget(button)
        self.lately.setText(self.say("Opened lately"))
        self.lately.setVisible(bool(self._recent))
        for button in (self.new_button, self.practice_button, *self._recent):
            button.setFont(theme.font_for(button.text()))

    def _one(self, path: str) -> QPushButton:
        button = QPushButton(Path(path).name)
        button.setObjectName("listed")
        button.setFixedWidth(WIDTH)
        button.setToolTip(path)
        button.clicked.connect(partial(self.desk.open_books, Path(path)))
        return button

    def enter(self, **_asked: str) -> None:
        """The cursor stands on the first thing to do."""
        self.notice.clear()
        self.translate()
        self.open_button.setFocus()

    def keys(self) -> tuple[str, ...]:
        """Nothing but the one search works without books."""
        return ("go", "take")


def open_file(desk: Desk) -> None:
    """Ask the system's dialogue which books to open."""
    found, _ = QFileDialog.getOpenFileName(desk.shell, desk.say("Open books"), "", f"{desk.say('Books')} (*.books)")
    if found:
        desk.open_books(Path(found))


def new_file(desk: Desk, sample: str = "") -> None:
    """Ask the system's dialogue where new books shall lie, make them and open them."""
    found, _ = QFileDialog.getSaveFileName(desk.shell, desk.say("New books"), "", f"{desk.say('Books')} (*.books)")
    if found:
        path = Path(found) if Path(found).suffix else Path(f"{found}.books")
        make_books(desk, path, sample)


def make_books(desk: Desk, path: Path, sample: str = "") -> None:
    """Make new books at a path and open them."""

    def make(_work: object) -> None:
        from bookkeeper.commands.books import new_books  # noqa: PLC0415  # in the books' own thread

        new_books(path, sample).close()

    desk.work(desk, "Making the books", make, lambda _: desk.open_books(path))


PAGE = WelcomePage
