"""Whether this computer has a screen for a window; `python -m bookkeeper.desktop.display` tells it by its status."""

from __future__ import annotations

import os
import sys
from typing import Final

_UNSEEN: Final = ("offscreen", "minimal", "vnc")


def is_there() -> bool:
    """Whether a window could be seen."""
    named = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if named in _UNSEEN:
        return False
    if sys.platform in {"win32", "darwin"} or named:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(0 if is_there() else 1)
