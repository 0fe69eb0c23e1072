"""What every page of the window is: it enters, leaves, refreshes, and says which keys work on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.runner import Cancelled
from bookkeeper.desktop.widgets.keycap import MainButton
from bookkeeper.desktop.widgets.notice import Notice
from bookkeeper.desktop.widgets.overlay import overlay_around
from bookkeeper.desktop.widgets.veil import Veil
from bookkeeper.errors import BookError
from bookkeeper.rules.dates import financial_year

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
        self._veil: Veil | None = None
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

    def end(self) -> None:
        """Other books are opened: what is being typed goes to disk, and nothing is held of it any more."""
        self.leave()

    def refresh(self, changed: Sequence[str]) -> None:
        """An act changed some parts of the books, or the window looks at other ones (`desk.entity`, `desk.year`)."""

    def translate(self) -> None:
        """Show every word and colour anew, in the window's language and theme; what is typed and open stays."""

    def hold(self, title: str) -> None:
        """Something of the page is given to the books: until they answer, nothing on it can be altered."""
        if self._veil is None:
            self._veil = Veil(self.desk, self)
            self._veil.seen.connect(self.keys_changed)
        self._veil.cover(title)

    @property
    def is_held(self) -> bool:
        """Whether that takes so long that it is seen."""
        return self._veil is not None and self._veil.is_seen

    @property
    def is_uncovered(self) -> bool:
        """Whether an answer may put the cursor somewhere: nothing lies over the page in which one is typing."""
        return overlay_around(QApplication.focusWidget()) is None

    def release(self) -> None:
        """The books answered."""
        if self._veil is not None:
            self._veil.lift()

    def keys(self) -> Sequence[str]:
        """The names of the keys that work where the cursor is; at most eight."""
        return ()

    def state(self) -> str:
        """What the window says of this page at the top, as a message; "" where all is posted."""
        return ""

    def failed(self, error: BaseException) -> None:
        """What was asked could not be done: it is said on the page, in words; a fault of the program goes on."""
        if isinstance(error, Cancelled):
            told = self.say("{work}: stopped.", work=self.say(error.title))
            self.notice.show_wrong(told, self.say("Press the key again to have it after all."))
        elif isinstance(error, BookError):
            self.notice.show_faults(error)
        else:
            self.desk.fault(error)

    def day(self) -> str:
        """The day, as ISO, of what stands on the page; "" where it is of the year that is looked at."""
        return ""

    @staticmethod
    def day_of(first: str, last: str) -> str:
        """For `day`: the last day of a period, as ISO, where all of it is of one year, else ""."""
        return last if first and last and financial_year(first) == financial_year(last) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Escape goes back to where one came from."""
        if event.key() == Qt.Key.Key_Escape:
            self.desk.back()
        else:
            super().keyPressEvent(event)
