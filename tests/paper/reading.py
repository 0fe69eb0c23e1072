"""Reading pages back, with two readers that share no code with the writer."""

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

POINTS = 72 / 25.4


class Word(NamedTuple):
    """A word on a page: its left and right edge and its lower edge, in points from the upper left corner."""

    text: str
    left: float
    right: float
    below: float


def text_of(pdf: Path, page: int | None = None) -> str:
    """The text of a page or of all, laid out as it stands."""
    pages = [] if page is None else ["-f", str(page), "-l", str(page)]
    done = subprocess.run(
        ["pdftotext", "-layout", *pages, str(pdf), "-"], capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def words_of(pdf: Path, page: int) -> list[Word]:
    """The words of a page with their places."""
    done = subprocess.run(
        ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(pdf), "-"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found = re.findall(r'xMin="(\S+)" yMin="\S+" xMax="(\S+)" yMax="(\S+)">([^<]*)<', done.stdout)
    return [Word(text, float(left), float(right), float(below)) for left, right, below, text in found]
