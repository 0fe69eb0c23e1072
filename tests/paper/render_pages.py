"""Renders every page of the practice books to PNG, to be looked at: `python tests/paper/render_pages.py FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2

from bookkeeper.cli.main import run

DOTS_PER_INCH = 100
POINTS_PER_INCH = 72
MOST_PAGES = 6
"""Of a long register the first pages and the last are enough to look at."""


def render(pdf: Path, folder: Path) -> list[Path]:
    """Write the pages of a PDF as pictures beside each other's names; returns their paths."""
    document = pypdfium2.PdfDocument(pdf)
    count = len(document)
    chosen = sorted({*range(min(count, MOST_PAGES)), count - 1}) if count else []
    pictures = []
    for page in chosen:
        picture = folder / f"{pdf.stem}-{page + 1:02d}.png"
        document[page].render(scale=DOTS_PER_INCH / POINTS_PER_INCH).to_pil().save(picture)
        pictures.append(picture)
    document.close()
    return pictures


def main(folder: Path) -> int:
    """Print the practice books into the folder and picture every page."""
    status = run(["practice", "--out", str(folder)])
    if status:
        return status
    pictures = [picture for pdf in sorted(folder.glob("*.pdf")) for picture in render(pdf, folder)]
    print(f"{len(pictures)} pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
