"""One picture of all pages of a language, small, in tidy rows: what has changed is seen at a glance.

Two pages across stand one above the other in the place of an upright one, so that rows are equally high.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from bookkeeper.printing.font_files import LATIN
from bookkeeper.printing.paper.fonts import static_file

WIDE = 360
"""How wide a page stands on the sheet, in pixels, whether it is upright or across."""

ACROSS, UPRIGHT = WIDE * 210 // 297, WIDE * 297 // 210
CAPTION, GAP, MARGIN = 24, 22, 28
HIGH = max(UPRIGHT + CAPTION, 2 * (ACROSS + CAPTION) + GAP)
IN_A_ROW = 6
LETTER = 15
COLOURS = 32
MOST_BYTES = 1_500_000
EDGE, INK = "#B3C0BD", "#14201E"


class Page(NamedTuple):
    """A page as a picture, and what stands beneath it."""

    name: str
    picture: Image.Image


def small(file: Path) -> Image.Image:
    """The picture of a page, as wide as it stands on the sheet."""
    with Image.open(file) as picture:
        high = round(picture.height * WIDE / picture.width)
        return picture.convert("RGB").resize((WIDE, high), Image.Resampling.LANCZOS)


def places(pages: Iterable[Page]) -> Iterator[list[Page]]:
    """The places of the sheet in order: an upright page each, or two across that follow each other."""
    waiting: list[Page] = []
    for page in pages:
        across = page.picture.width > page.picture.height
        if waiting and not across:
            yield waiting
            waiting = []
        waiting.append(page)
        if not across or len(waiting) == 2:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def contact_sheet(pages: Iterable[Page]) -> Image.Image:
    """The sheet of the pages, in their order, on white."""
    found = list(places(pages))
    rows = max(-(-len(found) // IN_A_ROW), 1)
    columns = min(max(len(found), 1), IN_A_ROW)
    width, height = (2 * MARGIN + count * (one + GAP) - GAP for count, one in ((columns, WIDE), (rows, HIGH)))
    sheet = Image.new("RGB", (width, height), "white")
    draw, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(static_file(LATIN, 500)), LETTER)
    for number, together in enumerate(found):
        x = MARGIN + number % IN_A_ROW * (WIDE + GAP)
        y = MARGIN + number // IN_A_ROW * (HIGH + GAP)
        for page in together:
            below = y + page.picture.height
            sheet.paste(page.picture, (x, y))
            draw.rectangle((x - 1, y - 1, x + WIDE, below), outline=EDGE)
            draw.text((x + WIDE / 2, below + CAPTION / 2 + 2), page.name, INK, font, anchor="mm")
            y = below + CAPTION + GAP
    return sheet


def write_contact_sheet(pictures: Sequence[Path], out: Path, language: str) -> None:
    """Write the sheet of pictures whose names end with "-LANGUAGE-NUMBER"; with fewer colours if it is too large."""
    pages = [Page(file.stem.replace(f"-{language}-", " "), small(file)) for file in pictures]
    sheet = contact_sheet(pages)
    colours = COLOURS
    out.parent.mkdir(parents=True, exist_ok=True)
    while True:
        sheet.quantize(colours, dither=Image.Dither.NONE).save(out, optimize=True)
        if out.stat().st_size <= MOST_BYTES or colours == 2:
            return
        colours //= 2
