"""What every page of the window is: it enters, leaves, refreshes, and says which keys work on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.widgets.keycap import MainButton
from bookkeeper.desktop.widgets.notice import Notice
from bookkeeper.errors import BookError

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

MARGIN = 20


class Page(QWidget):
    """One place.

    `shows` are the parts of the books that it shows, as acts name what they change. `acts` answers the keys of
    `keys.KEYS` by name. `body` is the layout below the head (title, what is told beside it, the one main act) and the
    notice of what is wrong.
    """

    keys_changed = Signal()
    shows: ClassVar[tuple[str, ...]] = ()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.acts: dict[str, Callable[[], object]] = {}
        self.title, self.told = QLabel(), QLabel()
        self.title.setFont(theme.font(theme.TITLE, theme.SEMIBOLD))
        self.told.setFont(theme.font())
        self.told.setProperty("rank", "second")
        self.main = MainButton(desk)
        self.notice = Notice(desk)
        self.head = QHBoxLayout()
        self.head.setSpacing(12)
        self.head.addWidget(self.title)
        self.head.addWidget(self.told)
        self.head.addStretch(1)
        self.head.addWidget(self.main)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, 10, MARGIN, 10)
        whole.setSpacing(8)
        whole.addLayout(self.head)
        whole.addWidget(self.notice)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        whole.addLayout(self.body, 1)

    def say(self, message: str, **values: object) -> str:
        """A message in the window's language."""
        return self.desk.language.say(message, **values)

    def enter(self, **asked: str) -> None:
        """The page is opened, perhaps at something that is asked for; it takes the focus where work begins."""

    def where(self) -> dict[str, str]:
        """What `enter` needs to come back to this very spot."""
        return {}

    def leave(self) -> None:
        """The window closes or another page is opened: what is being typed goes to disk."""

    def refresh(self, changed: Sequence[str]) -> None:
        """An act changed some parts of the books, or the window looks at other ones (`desk.entity`, `desk.year`)."""

    def translate(self) -> None:
        """Show every word and colour anew, in the window's language and theme."""

    def keys(self) -> Sequence[str]:
        """The names of the keys that work where the cursor is; at most eight."""
        return ()

    def state(self) -> str:
        """What the window says of this page at the top, as a message; "" where all is posted."""
        return ""

    def failed(self, error: BaseException) -> None:
        """What was asked could not be done: it is said on the page, in words; a fault of the program goes on."""
        if not isinstance(error, BookError):
            self.desk.fault(error)
            return
        self.notice.show_faults(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Escape goes back to where one came from."""
        if event.key() == Qt.Key.Key_Escape:
            self.desk.back()
        else:
            super().keyPressEvent(event)
