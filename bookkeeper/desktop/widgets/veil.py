"""What lies over a page while something on it is being posted: nothing there can be altered, by key or by hand.

It takes the keys until it goes, and gives the cursor back to the very field where it was. What takes no longer than a
moment is not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from bookkeeper.desktop import theme
from bookkeeper.desktop.runner import SHOWN_AFTER
from bookkeeper.desktop.widgets.keycap import baseline
from bookkeeper.desktop.widgets.overlay import Overlay

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

_THROUGH: Final = 150
"""How much of the page shows through, of 255."""

_HIGH, _BESIDE = 40, 24


class Veil(QWidget):
    """Covers its page. `seen` tells that it is seen now, or no more."""

    seen = Signal()

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._title = ""
        self._came_from: QWidget | None = None
        self.is_seen = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_AFTER)
        self._timer.timeout.connect(self._be_seen)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        page.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]  # there is one

    def cover(self, title: str) -> None:
        """Lie over the page; `title` says what is being done."""
        here = QApplication.focusWidget()
        self._came_from = here if here is not None and self._page.isAncestorOf(here) else None
        self._title = title
        self.setAccessibleName(self._desk.say(title))
        self.setGeometry(self._page.rect())
        self.show()
        self.raise_()
        if self._came_from is not None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._timer.start()

    def lift(self) -> None:
        """Gone, and the cursor where it was, unless it went elsewhere."""
        self._timer.stop()
        was_here, back = self.hasFocus(), self._came_from
        for one in self.window().findChildren(Overlay):
            if one.came_from is self:
                one.came_from = back
        self._came_from, was_seen, self.is_seen = None, self.is_seen, False
        self.hide()
        if was_seen:
            self.seen.emit()
        if was_here and back is not None and isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """What comes meanwhile may want the cursor: it gets it afterwards."""
        if new is not None and new is not self and self.isVisible() and self._page.isAncestorOf(new):
            self._came_from = new
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _be_seen(self) -> None:
        self.is_seen = True
        self.update()
        self.seen.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """As large as the page."""
        if event.type() == QEvent.Type.Resize and watched is self._page:
            self.setGeometry(self._page.rect())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Nothing is typed; what is a key of the window was heard before."""
        event.accept()

    def focusNextPrevChild(self, _next: bool) -> bool:  # noqa: FBT001, N802  # Qt's name
        """Tab goes nowhere."""
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Nothing is clicked."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        if not self.is_seen:
            return
        painter, colours = QPainter(self), self._desk.theme
        ground = colours.color("page")
        ground.setAlpha(255 - _THROUGH)
        painter.fillRect(self.rect(), ground)
        text = f"{self._desk.say(self._title)} …"
        font = theme.font_for(text, theme.SECTION, theme.SEMIBOLD)
        painter.setFont(font)
        wide = painter.fontMetrics().horizontalAdvance(text) + 2 * _BESIDE
        left, top = (self.width() - wide) // 2, (self.height() - _HIGH) // 2
        painter.setPen(colours.color("edge"))
        painter.setBrush(colours.color("raised"))
        painter.drawRoundedRect(left, top, wide, _HIGH, 4, 4)
        painter.setPen(colours.color("ink"))
        painter.drawText(left + _BESIDE, baseline(top, _HIGH, theme.SECTION), text)
