"""Garbage is looked for on the GUI thread alone.

Python looks for it wherever it happens to be; in the books' thread it would take widgets and timers of Qt apart there,
which Qt does not survive for long.
"""

from __future__ import annotations

import gc
import time
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY: Final = 1000
_YOUNG, _OLD, _VERY_OLD = 700, 10, 120
_LONG: Final = 0.03
"""Seconds after which a look at everything takes too long for a window: what it found is set aside."""


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
        """Collect what is young; all that is there when nothing goes on, or when it was put off for long."""
        young, _, old = gc.get_count()
        if young >= _YOUNG and old < _VERY_OLD:
            gc.collect(1)
        elif old >= _OLD:  # little was made in this second: nobody waits for us
            began = time.perf_counter()
            gc.collect()
            if time.perf_counter() - began > _LONG:
                gc.freeze()

    def freeze(self) -> None:
        """All that is there stays, or goes by itself when it is let go of: there is no need to look at it again.

        A ring of things that nobody holds would stay as well: it is looked for first.
        """
        gc.collect()
        gc.freeze()
