"""Garbage is looked for on the GUI thread alone.

Python looks for it wherever it happens to be; in the books' thread it would take widgets and timers of Qt apart there,
which Qt does not survive for long.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY: Final = 1000
_YOUNG, _OLD = 700, 10


class Collector(QObject):
    """Looks once a second whether there is enough to collect; `freeze` sets aside what stays for good."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect as Python would have done meanwhile."""
        young, _, old = gc.get_count()
        if young >= _YOUNG:
            gc.collect(2 if old >= _OLD else 1)

    def freeze(self) -> None:
        """All that was loaded stays until the end: there is no need to look at it again."""
        gc.collect(1)
        gc.freeze()
