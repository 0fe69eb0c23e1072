"""The preview: the printed pages themselves, one below the other, painted off the GUI thread as they come in sight."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QHBoxLayout, QLabel, QPushButton

from bookkeeper.desktop import theme
from bookkeeper.desktop.paper import POINTS_PER_INCH, Paper

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

SIDE, ABOVE, BETWEEN = 28, 16, 16
"""Pixels left and right of a page, above the first, between two."""

ZOOMS: Final = (50, 67, 80, 100, 125, 150, 200, 300, 400)
"""Per cent of the paper's own size."""

SCREEN_INCH: Final = 96
_KEPT: Final = 12
"""How many pages are kept as pictures."""

_PAGER: Final = 38
_REASON: Final = 500
"""How wide the sentence is that stands where there are no pages."""

_SHADOW: Final = 2


class Renderer(QObject):
    """Makes pictures of pages in a thread of its own; what is wanted last is made first, what nobody wants is not."""

    made = Signal(int, int, float, QImage)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._wanted: list[tuple[int, Paper, int, float]] = []
        self._is_running, self._is_gone = False, False
        state = self.__dict__  # outlives Qt's part of this object
        self.destroyed.connect(lambda *_: state.update(_is_gone=True))

    def want(self, wanted: list[tuple[int, Paper, int, float]]) -> None:
        """Make these (document's number, document, page, pixels a point), in this order, and nothing else."""
        with self._lock:
            self._wanted = wanted
            if wanted and not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, name="preview").start()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being made."""
        return not self._is_running

    def _next(self) -> tuple[int, Paper, int, float] | None:
        with self._lock:
            if self._wanted and not self._is_gone:
                return self._wanted.pop(0)
            self._is_running = False
            return None

    def _run(self) -> None:
        while (one := self._next()) is not None:
            serial, paper, page, scale = one
            picture = paper.picture(page, scale)
            if not self._is_gone:
                self.made.emit(serial, page, scale, picture)


class Preview(QAbstractScrollArea):
    """The pages, at a size that fits the width or that one chooses; the pager stands at the foot."""

    moved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._paper: Paper | None = None
        self._serial, self._zoom = 0, 0
        self._reason = ""
        self._tops: list[int] = []
        self._pictures: OrderedDict[int, tuple[float, QImage]] = OrderedDict()
        self.renderer = Renderer(self)
        self.renderer.made.connect(self._made)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.pager = Pager(self, desk)

    def show_paper(self, paper: Paper | None) -> None:
        """Show a document, at the page where one was; None: nothing."""
        page, former = self.page, self._paper
        self._reason = ""
        self._paper = paper
        self._serial += 1
        if paper is None or former is None or paper.sizes[:1] != former.sizes[:1]:
            self._pictures.clear()
        self._pictures = OrderedDict((number, (0.0, picture)) for number, (_, picture) in self._pictures.items())
        self._lay_out()
        self.turn_to(min(page, len(paper) - 1) if paper else 0)
        self.viewport().update()

    def show_reason(self, reason: str) -> None:
        """Say in place of the pages why there are none."""
        self.show_paper(None)
        self._reason = reason
        self.setAccessibleDescription(reason)

    @property
    def paper(self) -> Paper | None:
        """The document that is shown."""
        return self._paper

    @property
    def page(self) -> int:
        """The page that one reads, from 0."""
        line = self.verticalScrollBar().value() + self.viewport().height() // 3
        return max(0, bisect_right(self._tops, line) - 1)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._paper) if self._paper else 0

    @property
    def is_ready(self) -> bool:
        """Whether every page in sight is there, sharp."""
        return self._paper is not None and not self._lacking()

    def turn(self, pages: int) -> None:
        """So many pages on, or back."""
        self.turn_to(self.page + pages)

    def turn_to(self, page: int) -> None:
        """To the head of a page (from 0)."""
        page = max(0, min(page, self.pages - 1))
        self.verticalScrollBar().setValue(self._tops[page] - ABOVE if self._tops else 0)
        self._scrolled()

    def zoom(self, steps: int) -> None:
        """Larger or smaller by so many steps; 0 fits the page to the width again."""
        if not self._paper:
            return
        now = self._percent()
        if steps > 0:
            self._set_zoom(next((one for one in ZOOMS if one > now + 1), ZOOMS[-1]))
        elif steps < 0:
            self._set_zoom(next((one for one in reversed(ZOOMS) if one < now - 1), ZOOMS[0]))
        else:
            self._set_zoom(0)

    def zoom_name(self) -> str:
        """What the pager says of the size."""
        say = self._desk.language
        return say.digits(f"{self._zoom} %") if self._zoom else say.say("Fit width")

    def translate(self) -> None:
        """Show every word and colour anew."""
        self.setAccessibleName(self._desk.say("Printed pages"))
        self.setAccessibleDescription(self._said())
        self.pager.translate()
        self.viewport().update()

    # ------------------------------------------------------------------------------------------------ where pages lie

    def _percent(self) -> float:
        return self._zoom or self._scale() * POINTS_PER_INCH / SCREEN_INCH * 100

    def _set_zoom(self, zoom: int) -> None:
        page = self.page
        self._zoom = zoom
        self._lay_out()
        self.turn_to(page)
        self.viewport().update()

    def _scale(self) -> float:
        """Logical pixels a point."""
        if self._zoom:
            return self._zoom / 100 * SCREEN_INCH / POINTS_PER_INCH
        widest = max((size[0] for size in self._paper.sizes), default=1) if self._paper else 1
        return max(0.1, (self.viewport().width() - 2 * SIDE) / widest)

    def _size(self, page: int) -> QSize:
        width, height = self._paper.sizes[page] if self._paper else (0, 0)
        scale = self._scale()
        return QSize(round(width * scale), round(height * scale))

    def _lay_out(self) -> None:
        scale = self._scale()
        heights = [round(height * scale) for _, height in self._paper.sizes] if self._paper else []
        tops = list(accumulate((height + BETWEEN for height in heights), initial=ABOVE))
        self._tops = tops[:-1]
        seen = self.viewport().size()
        widest = max((size[0] for size in self._paper.sizes), default=0) if self._paper else 0
        wide, high = round(widest * scale) + 2 * SIDE, tops[-1] + _PAGER
        self.horizontalScrollBar().setRange(0, max(0, wide - seen.width()))
        self.horizontalScrollBar().setPageStep(seen.width())
        self.verticalScrollBar().setRange(0, max(0, high - seen.height()))
        self.verticalScrollBar().setPageStep(seen.height())

    def _in_sight(self) -> range:
        top = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, top) - 1)
        return range(first, bisect_right(self._tops, top + self.viewport().height()))

    def _place(self, page: int) -> QRect:
        size = self._size(page)
        wide = self.viewport().width()
        left = max(SIDE, (wide - size.width()) // 2) - self.horizontalScrollBar().value()
        return QRect(QPoint(left, self._tops[page] - self.verticalScrollBar().value()), size)

    # ------------------------------------------------------------------------------------------------- their pictures

    def _device_scale(self) -> float:
        return self._scale() * self.devicePixelRatioF()

    def _lacking(self) -> list[int]:
        scale = self._device_scale()
        return [page for page in self._in_sight() if self._pictures.get(page, (0, None))[0] != scale]

    def _ask(self) -> None:
        """Ask for what is in sight first, then for the pages beside it."""
        if self._paper is None:
            self.renderer.want([])
            return
        scale, sight = self._device_scale(), self._in_sight()
        pages = [*sight, sight.stop, sight.start - 1]
        lacking = [p for p in pages if 0 <= p < self.pages and self._pictures.get(p, (0, None))[0] != scale]
        self.renderer.want([(self._serial, self._paper, page, scale) for page in lacking])

    def _made(self, serial: int, page: int, scale: float, picture: QImage) -> None:
        if serial != self._serial:
            return
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._pictures[page] = (scale, picture)
        self._pictures.move_to_end(page)
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        self.viewport().update()

    def _scrolled(self) -> None:
        self._ask()
        self.pager.show_place(self.page, self.pages)
        self.moved.emit()

    # ------------------------------------------------------------------------------------------------------ Qt's part

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        colours, painter = self._desk.theme, QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), colours.color("line"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if said := self._said():
            painter.setPen(colours.color("ink"))
            painter.setFont(theme.font_for(said, theme.WORK))
            room = self.viewport().rect().adjusted(SIDE, ABOVE, -SIDE, -ABOVE)
            room.setWidth(min(room.width(), _REASON))
            painter.drawText(room, Qt.TextFlag.TextWordWrap, said)
        else:
            for page in self._in_sight():
                self._paint_page(painter, page)
        if self.hasFocus():
            painter.setPen(QPen(colours.color("accent"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _said(self) -> str:
        """What stands in place of the pages: why there are none, or that a queue may be looking."""
        if self._paper is not None and self._desk.hides_amounts:
            return self._desk.say("Amounts are hidden. Ctrl+Shift+P shows them.")
        return self._reason

    def _paint_page(self, painter: QPainter, page: int) -> None:
        place = self._place(page)
        painter.fillRect(place.translated(_SHADOW, _SHADOW), self._desk.theme.color("line2"))
        painter.fillRect(place, Qt.GlobalColor.white)
        scale, picture = self._pictures.get(page, (0.0, None))
        if picture is not None and scale == self._device_scale():
            painter.drawImage(place.topLeft(), picture)
        elif picture is not None:
            painter.drawImage(QRectF(place), picture)

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        page = self.page
        self._lay_out()
        self.turn_to(page)
        self.pager.put(self.size())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        bars = {
            Qt.Key.Key_Up: (self.verticalScrollBar(), -1),
            Qt.Key.Key_Down: (self.verticalScrollBar(), 1),
            Qt.Key.Key_Left: (self.horizontalScrollBar(), -1),
            Qt.Key.Key_Right: (self.horizontalScrollBar(), 1),
        }
        key = Qt.Key(event.key())
        if key in bars:
            bar, way = bars[key]
            bar.setValue(bar.value() + way * bar.singleStep())
        elif key == Qt.Key.Key_Home:
            self.turn_to(0)
        elif key == Qt.Key.Key_End:
            self.turn_to(self.pages - 1)
        else:
            event.ignore()  # the page turns, or goes back

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        self.viewport().update()
        super().focusOutEvent(event)


class Pager(QFrame):
    """Which page of how many, and how large: for the mouse; each has its key."""

    def __init__(self, preview: Preview, desk: Desk) -> None:
        super().__init__(preview)
        self.setObjectName("overlay")
        self._preview, self._desk = preview, desk
        self._place = (0, 0)
        self.back, self.on = _Step(desk, "back"), _Step(desk, "on")
        self.smaller, self.larger = _Step(desk, "smaller"), _Step(desk, "larger")
        self.where, self.size_name = QLabel(), QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(6)
        rule = QFrame()
        rule.setFixedSize(1, 20)
        rule.setObjectName("rule")
        self._rule = rule
        for widget in (self.back, self.where, self.on, rule, self.smaller, self.size_name, self.larger):
            row.addWidget(widget)
        for label in (self.where, self.size_name):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back.clicked.connect(lambda: preview.turn(-1))
        self.on.clicked.connect(lambda: preview.turn(1))
        self.smaller.clicked.connect(lambda: preview.zoom(-1))
        self.larger.clicked.connect(lambda: preview.zoom(1))

    def show_place(self, page: int, pages: int) -> None:
        """Say where one is."""
        self._place = (page, pages)
        say = self._desk.say
        self.where.setText(say("Page {page} of {pages}", page=page + 1, pages=pages) if pages else "")
        self.size_name.setText(self._preview.zoom_name())
        self.back.setEnabled(page > 0)
        self.on.setEnabled(page < pages - 1)
        for label in (self.where, self.size_name):
            label.setFont(theme.font_for(label.text()))
        self.setVisible(pages > 0)
        self.put(self._preview.size())

    def translate(self) -> None:
        """Show every word and colour anew."""
        say = self._desk.say
        self._rule.setStyleSheet(f"background: {self._desk.theme.line2}")
        for button, name in (
            (self.back, say("The page before")),
            (self.on, say("The page after")),
            (self.smaller, say("smaller")),
            (self.larger, say("larger")),
        ):
            button.setAccessibleName(name)
        self.show_place(*self._place)

    def put(self, room: QSize) -> None:
        """Stand in the middle of the foot of this room."""
        self.setFixedHeight(_PAGER)
        self.adjustSize()
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - 14)
        self.raise_()


class _Step(QPushButton):
    """A small button with a drawn sign."""

    _SIGNS: Final = {
        "back": (((9, 4), (5, 8)), ((5, 8), (9, 12))),
        "on": (((6, 4), (10, 8)), ((10, 8), (6, 12))),
        "smaller": (((3, 8), (13, 8)),),
        "larger": (((3, 8), (13, 8)), ((8, 3), (8, 13))),
    }

    def __init__(self, desk: Desk, sign: str) -> None:
        super().__init__()
        self._desk, self._sign = desk, sign
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedSize(28, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._desk.theme.color("tint"))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setPen(QPen(self._desk.theme.color("ink" if self.isEnabled() else "edge"), 1.5))
        for (x, y), (to_x, to_y) in self._SIGNS[self._sign]:
            painter.drawLine(x + 6, y + 6, to_x + 6, to_y + 6)
