"""Where the static fonts lie that paper and window share.

Found by name alone, so that a window need not load what cuts fonts (`printing.paper.fonts`) to stand.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

WEIGHTS: Final = (400, 500, 600, 700)
LATIN: Final = "Noto Sans"


def folders() -> Iterator[Path]:
    """Where static fonts may lie, in order of preference."""
    if sys.prefix != sys.base_prefix or getattr(sys, "frozen", False):
        yield Path(sys.prefix) / "share" / "bookkeeper" / "fonts"
    kept = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    yield (Path(kept) if kept else Path.home() / ".cache") / "bookkeeper" / "fonts"
    yield Path(tempfile.gettempdir()) / "bookkeeper-fonts"


def static_file(family: str, weight: int) -> Path:
    """The file of a family at one weight, of any version; cut now if there is none."""
    for folder in folders():
        if found := sorted(folder.glob(f"{family.replace(' ', '')}-{weight}-*.ttf")):
            return found[-1]
    from bookkeeper.printing.paper import fonts  # noqa: PLC0415  # takes a third of a second, and happens once

    return fonts.static_file(family, weight)
