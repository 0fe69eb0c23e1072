"""The bars of the frame: whose books and which year at the top, the places at the left, the keys at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.keys import BY_NAME, PLACES
from bookkeeper.desktop.places import TREE, Place
from bookkeeper.desktop.widgets.icons import icon
from bookkeeper.desktop.widgets.keycap import KeyCap, baseline, cap_width, paint_cap
from bookkeeper.desktop.widgets.lettering import begun
from bookkeeper.rules.dates import financial_year, year_name

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

TOP, KEYBAR, ROW, STEP = 44, 28, 32, 34
MOST_KEYS: Final = 8
SEARCH: Final = 380
"""How wide the one search is where there is room."""
ROLE: Final = "owner"
"""How new books call whoever made them: a role, which is no name to be shown."""
_BESIDE, _APART = 16, 18
"""Pixels beside the keys of the bar, and between two of them."""


class TopBar(QFrame):
    """Whose books, which year, the one search, and the state of things in one spot."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setFixedHeight(TOP)
        self._desk, self._work, self._so_far, self._state = desk, "", "", ""
        self._day = ""
        self.entity, self.year = DownButton(desk, theme.SEMIBOLD), DownButton(desk)
        self.search = SearchButton(desk)
        self.state, self._tick = QLabel(), QLabel()
        self.practice = QLabel()
        self.cancel, self.user = QPushButton(), DownButton(desk)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        self.entity.clicked.connect(lambda: desk.shell and desk.shell.acts["tree"]())
        self.year.clicked.connect(lambda: desk.shell and desk.shell.acts["year"]())
        self.search.clicked.connect(lambda: desk.shell and desk.shell.acts["go"]())
        self.user.clicked.connect(lambda: desk.shell and desk.shell.acts["act"]())
        self.cancel.clicked.connect(desk.runner.cancel)
        self.cancel.setFont(theme.font(theme.HEAD))
        self.cancel.setObjectName("small")
        self.cancel.hide()
        for label in (self.state, self.practice):
            label.setFont(theme.font(theme.HEAD))
            label.setProperty("rank", "second")
        self.practice.setObjectName("badge")
        row.addWidget(self.entity)
        row.addWidget(self.year)
        row.addStretch(1)
        self.search.setParent(self)
        for widget in (self._tick, self.state, self.cancel, self.practice, self.user):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def translate(self) -> None:
        """Show every word anew."""
        say = self._desk.say
        self.entity.show_text(self._desk.entity_name() or say("No books open"))
        year, entity = self._year(), self._desk.entity
        self.year.show_text(say("Year {year}", year=year_name(year) if year else ""))
        self.year.setVisible(bool(year))
        self.search.show_text(say("Go to a page, member or voucher"), begun(say(BY_NAME["go"].does)))
        states = (
            (self._desk.is_practice, "Practice books"),
            (self._desk.is_read_only, "Only to look at"),
            (entity is not None and year <= entity.closed, "Closed year"),
        )
        badge = " · ".join(say(said) for holds, said in states if holds)
        self.practice.setText(badge)
        self.practice.setFont(theme.font_for(badge, theme.HEAD))
        self.practice.setVisible(bool(badge))
        self.cancel.setText(say("Cancel"))
        user = self._desk.office.user if self._desk.office else ""
        self.user.show_text(say("Acts") if user in {"", ROLE} else user)
        self.search.widen()
        self._say_state()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self.search.widen()
        self._place_search()

    def _place_search(self) -> None:
        """In the window's middle; narrower where its neighbours need the room, and beside it where they need more."""
        row = self.layout()
        if row is None:
            return
        row.activate()
        left, right = 8, self.width() - 8
        for widget in (self.entity, self.year):
            left += 0 if widget.isHidden() else widget.sizeHint().width() + 8
        for label in (self._tick, self.state, self.cancel, self.practice, self.user):
            right -= 0 if label.isHidden() else label.sizeHint().width() + 8
        middle = self.width() // 2
        around = 2 * min(middle - left, right - middle)
        self.search.narrow(around if around >= self.search.least else right - left)
        at = middle - self.search.width() // 2
        self.search.move(max(left, min(at, right - self.search.width())), (TOP - 1 - self.search.height()) // 2)

    def show_work(self, title: str, so_far: str, may_be_cancelled: bool) -> None:  # noqa: FBT001  # as it is signalled
        """Work that takes long, by its title, and how far it is; "" when it is over."""
        self._work, self._so_far = title, so_far
        self.cancel.setVisible(may_be_cancelled)
        self._say_state()

    def show_day(self, day: str) -> None:
        """The day of what stands on the page: its year is shown; "" shows the year that is looked at."""
        before, self._day = self._year(), day
        if self._year() != before:
            self.translate()

    def _year(self) -> int:
        return financial_year(self._day) if self._day and self._desk.year else self._desk.year

    def show_state(self, state: str) -> None:
        """What the open page says of itself: a text in the reader's language, "" where all is posted."""
        self._state = state
        self._say_state()

    def _say_state(self) -> None:
        say = self._desk.say
        if self._work:
            text = f"{say(self._work)} … {self._so_far}".rstrip()
        elif self._desk.office is None:
            text = ""
        else:
            text = self._state or say("All posted")
        self.state.setText(text)
        is_kept = bool(text) and not self._work and not self._state  # a draft is not posted
        self._tick.setVisible(is_kept)
        if is_kept:
            self._tick.setPixmap(icon("tick", self._desk.theme.accent, 14, self.devicePixelRatioF()))
        self._place_search()


class DownButton(QPushButton):
    """A word in a bar that opens a choice."""

    def __init__(self, desk: Desk, weight: int = theme.REGULAR, size: int = theme.WORK) -> None:
        super().__init__()
        self.setObjectName("flat")
        self._desk, self._weight, self._size = desk, weight, size
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def show_text(self, text: str) -> None:
        """Show this word."""
        self.setFont(theme.font_for(text, self._size, self._weight))
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Its word, the arrow, and the room around."""
        return QSize(8 + QFontMetrics(self.font()).horizontalAdvance(self.text()) + 6 + 12 + 8, 32)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        colours, painter = self._desk.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(colours.color("accent"), 2))
            painter.drawRoundedRect(QRectF(1, 1, self.width() - 2, self.height() - 2), 4, 4)
        painter.setPen(colours.color("ink"))
        painter.setFont(self.font())
        painter.drawText(8, baseline(0, self.height(), self._size), self.text())
        arrow = icon("down", colours.ink2, 12, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - 20, (self.height() - 12) // 2, arrow)


class SearchButton(QPushButton):
    """The one search, as a field that opens it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it has a key of its own
        self._desk, self._short = desk, ""
        self.setFixedSize(SEARCH, 30)
        self.setFont(theme.font())

    @property
    def least(self) -> int:
        """How narrow it may be and still say what can be searched for."""
        return self._needed(self._short)

    def _needed(self, text: str) -> int:
        return 33 + QFontMetrics(self.font()).horizontalAdvance(text) + 12 + cap_width(BY_NAME["go"].shown) + 6

    def narrow(self, room: int) -> None:
        """No wider than the room; it does not grow again by itself, or it would jump with each word beside it."""
        self.setFixedWidth(max(min(room, self.width()), 33 + 64))

    def widen(self) -> None:
        """As wide as it likes to be."""
        self.setFixedWidth(SEARCH)

    def show_text(self, text: str, short: str) -> None:
        """What can be searched for, and how it is said where there is less room."""
        self._short = short
        self.setFont(theme.font_for(text))
        self.setText(text)
        self.setAccessibleName(text)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        colours, painter = self._desk.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.hasFocus()
        painter.setPen(QPen(colours.color("accent" if focus else "edge"), 2 if focus else 1))
        painter.setBrush(colours.color("raised"))
        painter.drawRoundedRect(
            QRectF(0.5, 0.5, self.width() - 1, self.height() - 1).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4
        )
        painter.drawPixmap(10, 7, icon("search", colours.ink2, 16, self.devicePixelRatioF()))
        painter.setPen(colours.color("ink2"))
        painter.setFont(self.font())
        text = self.text() if self.width() >= self._needed(self.text()) else self._short
        if self.width() >= self._needed(text):
            painter.drawText(33, baseline(0, self.height(), theme.WORK), text)
        cap = BY_NAME["go"].shown
        width = cap_width(cap)
        paint_cap(painter, self.width() - width - 6, 6, cap, colours.color("ink2"), colours.color("line2"))


class Navigation(QFrame):
    """The places, each with its number."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, places: Sequence[Place]) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self._desk = desk
        down = QVBoxLayout(self)
        down.setContentsMargins(8, 10, 8, 10)
        down.setSpacing(STEP - ROW)
        self._rows: dict[str, _PlaceRow] = {}
        for place, key in zip(places, PLACES, strict=False):
            row = _PlaceRow(desk, place, key.rpartition("+")[2])
            row.pressed.connect(lambda name=place.name: self.chosen.emit(name))
            self._rows[place.name] = row
            down.addWidget(row)
        down.addStretch(1)
        self._hint = QLabel()
        self._hint.setFont(theme.font(theme.NOTE))
        self._hint.setProperty("rank", "note")
        self._hint.setContentsMargins(10, 0, 0, 0)
        down.addWidget(self._hint)
        self._tree = _PlaceRow(desk, TREE, BY_NAME["tree"].sequence.rpartition("+")[2])
        self._tree.pressed.connect(lambda: desk.shell and desk.shell.acts["tree"]())
        down.addWidget(self._tree)

    def mark(self, name: str) -> None:
        """Which place one is in."""
        for other, row in self._rows.items():
            row.set_current(other == name)

    def translate(self) -> None:
        self._hint.setText(self._desk.language.say("Alt and the number"))
        for row in (*self._rows.values(), self._tree):
            row.update()


class _PlaceRow(QWidget):
    """A place: icon, word, number."""

    pressed = Signal()

    def __init__(self, desk: Desk, place: Place, number: str) -> None:
        super().__init__()
        self._desk, self._place, self._number, self._current = desk, place, number, False
        self.setFixedHeight(ROW)
        self.setAccessibleName(place.title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it has a key of its own: Tab stays in the page

    def set_current(self, current: bool) -> None:  # noqa: FBT001  # a property
        self._current = current
        self.update()

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        colours, painter = self._desk.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color("tint"))
            painter.drawRoundedRect(QRectF(0.5, 0.5, self.width() - 1, ROW - 1), 4, 4)
        ink = "accent" if self._current else "ink"
        picture = icon(self._place.icon, colours.color(ink).name(), 16, self.devicePixelRatioF())
        painter.drawPixmap(10, 8, picture)
        painter.setPen(colours.color(ink))
        painter.setFont(theme.font(theme.WORK, theme.SEMIBOLD if self._current else theme.REGULAR))
        painter.drawText(36, baseline(0, ROW, theme.WORK), self._desk.language.say(self._place.title))
        painter.setPen(colours.color("ink3"))
        painter.setFont(theme.font(theme.NOTE))
        painter.drawText(self.width() - 16, baseline(0, ROW, theme.NOTE), self._number)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(160, ROW)


class KeyBar(QFrame):
    """The keys that work where the cursor is; help stands at the far right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("keybar")
        self.setFixedHeight(KEYBAR)
        self._desk = desk
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_BESIDE, 0, _BESIDE, 0)
        self._row.setSpacing(_APART)
        self._names: Sequence[str] = ()
        self._shown: object = None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.show_keys(self._names)

    def show_keys(self, names: Sequence[str]) -> None:
        """Show these keys, at most eight of them, and no more than there is room for."""
        self._names = names
        shown = (tuple(names), self._desk.language.code, self.width())
        if shown == self._shown:  # as at most steps of the cursor; of each widget made, PySide keeps some bytes
            return
        self._shown = shown
        while (item := self._row.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        say = self._desk.language.say
        caps = [
            KeyCap(BY_NAME[name].shown, say(BY_NAME[name].does), self._desk) for name in (*names[:MOST_KEYS], "help")
        ]
        room = self.contentsRect().width() - 2 * _BESIDE - caps[-1].sizeHint().width()
        for cap in caps[:-1]:
            room -= cap.sizeHint().width() + _APART
            if room < 0:
                break
            self._row.addWidget(cap)
        self._row.addStretch(1)
        self._row.addWidget(caps[-1])
