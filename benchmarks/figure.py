"""What a measure found, and the table it is printed in."""

from __future__ import annotations

import json
import platform
import sqlite3
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

NOT_MEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `kept` is None where nothing is promised, or nothing was measured (`ours` says why)."""

    what: str
    ours: str
    rival: str = "–"
    ratio: str = "–"
    promised: str = "–"
    kept: bool | None = None


def missing(what: str, why: str, promised: str = "–") -> Figure:
    """A line for what could not be measured: it is said, not skipped."""
    return Figure(what, f"{NOT_MEASURED}: {' '.join(why.split())[:160]}", promised=promised)


def median(seconds: Sequence[float]) -> float:
    return statistics.median(seconds)


def shown(seconds: float) -> str:
    """Seconds to three figures, as s or ms."""
    return f"{seconds * 1000:.3g} ms" if seconds < 0.1 else f"{seconds:.2f} s"  # below, ms read better


def table(figures: Sequence[Figure]) -> str:
    """The Markdown table, ready for the README."""
    head = ("measured", "Bookkeeper", "rival", "ratio", "promised", "kept")
    rows = [[f.what, f.ours, f.rival, f.ratio, f.promised, _kept(f)] for f in figures]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ("---",) * len(head), *rows))


def _kept(figure: Figure) -> str:
    return {True: "yes", False: "**no**", None: "–"}[figure.kept]


def machine() -> str:
    """Where it was measured, without the machine's name."""
    python, system = platform.python_version(), platform.system()
    return f"{system} {platform.machine()}, Python {python}, SQLite {sqlite3.sqlite_version}"


def write_json(figures: Sequence[Figure], file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    found = {"machine": machine(), "figures": [asdict(f) for f in figures]}
    file.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
