"""The fields above a voucher's lines: date, who is paid, reference, resolution, papers."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from bookkeeper.desktop import theme
from bookkeeper.desktop.vouchers.draft import VoucherDraft
from bookkeeper.desktop.widgets.captioned import Captioned
from bookkeeper.desktop.widgets.date_field import DateField

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk

PARTY: Final = {"payment": "Paid to", "receipt": "Received from"}
_GAP: Final = 12


def text_line(longest: int = 100) -> QLineEdit:
    """A plain line in the look's type."""
    made = QLineEdit()
    made.setFont(theme.font())
    made.setMaxLength(longest)
    return made


class VoucherFields(QWidget):
    """The fields. `changed` tells that something was typed, `dated` another date, `ended` Enter on it."""

    changed = Signal()
    dated = Signal(str)
    ended = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._papers: tuple[tuple[str, str], ...] = ()
        self._reading: set[object] = set()
        self.date = DateField(desk)
        self.party = Captioned(desk, text_line(), has_note=False)
        self.reference = Captioned(desk, text_line(40), has_note=False)
        self.resolution = Captioned(desk, text_line(40), has_note=False)
        self.papers = Captioned(desk, _PapersButton(), has_note=False)
        self.papers.note.setMinimumWidth(10)
        across, down = QHBoxLayout(), QVBoxLayout(self)
        across.setSpacing(_GAP)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addLayout(across)
        down.addWidget(self.date.note_below())
        for field, stretch in (
            (self.date, 0),
            (self.party, 5),
            (self.reference, 2),
            (self.resolution, 2),
            (self.papers, 0),
        ):
            across.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        self._listen()

    def _listen(self) -> None:
        for line in (self.party, self.reference, self.resolution):
            line.editor.textEdited.connect(lambda _text: self.changed.emit())  # type: ignore[attr-defined]
        self.date.changed.connect(self.dated)
        button = self.papers.editor
        if isinstance(button, _PapersButton):
            button.clicked.connect(self.attach)
            button.dropped.connect(self._drop_paper)

    def translate(self, kind: str) -> None:
        """Show every word anew, as the kind of voucher has it."""
        say = self.desk.say
        self.date.translate(say("Date"))
        self.party.name(say(PARTY.get(kind, "Party")))
        self.reference.name(say("Reference"))
        self.resolution.name(say("Resolution"))
        self.papers.name(say("Papers"))
        self._show_papers()

    def show_draft(self, draft: VoucherDraft) -> None:
        """Show what is entered."""
        self.date.set_date(draft.date)
        for captioned, text in (
            (self.party, draft.party),
            (self.reference, draft.reference),
            (self.resolution, draft.resolution),
        ):
            captioned.editor.setText(text)  # type: ignore[attr-defined]
        if self._papers != draft.papers:
            self._reading.clear()
        self._papers = draft.papers
        self._show_papers()

    def read_into(self, draft: VoucherDraft) -> VoucherDraft:
        """The draft with what stands in the fields."""
        return replace(
            draft,
            date=self.date.date,
            party=self.party.editor.text(),  # type: ignore[attr-defined]
            reference=self.reference.editor.text(),  # type: ignore[attr-defined]
            resolution=self.resolution.editor.text(),  # type: ignore[attr-defined]
            papers=self._papers,
        )

    def stand_at(self, name: str) -> None:
        """Put the cursor into a field: party, reference or resolution."""
        named = {"party": self.party, "reference": self.reference, "resolution": self.resolution}
        named[name].setFocus(Qt.FocusReason.TabFocusReason)

    # -------------------------------------------------------------------------------------------------------- papers

    def attach(self) -> None:
        """Choose a file; its digest and name will be in the chain, the file stays where it is."""
        path, _ = QFileDialog.getOpenFileName(self, self.desk.say("Attach a paper"))
        if path:
            self.attach_file(Path(path))

    def attach_file(self, path: Path) -> None:
        """Read a file's digest off the GUI thread."""

        def digest(_work: object) -> str:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()

        ticket = object()
        self._reading.add(ticket)
        self.desk.work(self, "Reading the paper", digest, lambda found: self._attached(ticket, found, path.name))

    def forget_reading(self) -> None:
        """Another voucher is entered from now on; what is being read was not for it."""
        self._reading.clear()

    @property
    def is_reading_papers(self) -> bool:
        """Whether a paper was chosen that is not attached yet."""
        return bool(self._reading)

    def _attached(self, ticket: object, digest: str, name: str) -> None:
        if ticket not in self._reading:  # of a voucher that one has gone on from
            return
        self._reading.discard(ticket)
        self._papers = (*self._papers, (digest, name))
        self._show_papers()
        self.changed.emit()

    def failed(self, error: BaseException) -> None:
        """A paper could not be read."""
        self._reading.clear()
        if isinstance(error, OSError):
            self.papers.note.show()
            self.papers.say_wrong(error.strerror or str(error))
        else:
            self.desk.fault(error)

    def _drop_paper(self) -> None:
        self._papers = self._papers[:-1]
        self._show_papers()
        self.changed.emit()

    def _show_papers(self) -> None:
        count = len(self._papers)
        text = self.desk.say("{count} attached", count=count) if count else self.desk.say("Attach")
        button = self.papers.editor
        if isinstance(button, _PapersButton):
            button.setText(text)
            button.setToolTip("")
        self.papers.editor.setAccessibleDescription(", ".join(name for _, name in self._papers))

    # ---------------------------------------------------------------------------------------------------------- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter goes on to the next field, Shift+Enter back."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.focusPreviousChild()
        elif not (self.date.is_wrong and self.date.edit.hasFocus()):
            if self.date.edit.hasFocus():
                self.ended.emit()
            else:
                self.focusNextChild()


class _PapersButton(QPushButton):
    """Space or Enter attaches a paper, Delete takes the last one off again."""

    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFont(theme.font())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)
