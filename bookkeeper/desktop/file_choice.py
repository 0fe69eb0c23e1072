"""The system's own dialogue for the name of a file to write."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from bookkeeper.desktop.exports import FORMATS, Format, format_of

if TYPE_CHECKING:
    from bookkeeper.desktop.desk import Desk


def chosen_file(
    desk: Desk, parent: QWidget, title: str, name: str, formats: Sequence[Format] = FORMATS
) -> tuple[Path, Format] | None:
    """Where to write, and in which format; None where the user turned away. The folder is remembered."""
    filters = {f"{desk.say(one.title)} (*{one.suffix})": one for one in formats}
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(desk.remembered("folder") or documents or Path.home())
    suggested = str(folder / f"{name}{formats[0].suffix}")
    answer, chosen = QFileDialog.getSaveFileName(parent, title, suggested, ";;".join(filters))
    if not answer:
        return None
    path = Path(answer)
    wanted = filters.get(chosen, formats[0])
    named = format_of(path)
    if named is None or named not in formats:
        path = path.with_name(path.name + wanted.suffix)
        named = wanted
    desk.remember("folder", str(path.parent))
    return path, named
