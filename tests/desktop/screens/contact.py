"""One picture of the window's pages, small, in rows: each state once, and some in the other theme and languages."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bookkeeper.printing.font_files import LATIN, static_file
from tests.desktop.screens.states import STATES

WIDE, GAP, CAPTION, IN_A_ROW, LETTER = 420, 16, 22, 5, 13
WAYS: Final = ("en-light-1366x768-100", "mr-dark-1366x697-100", "hi-light-1024x600-150")
"""How the states are shown: the first for all, the others for those that the suite looks at too."""

COLOURS, MOST_BYTES = 256, 1_500_000


def write_contact_sheet(folder: Path, out: Path) -> None:
    """Write the sheet; with fewer colours where it is too large."""
    named = [(f"{state.name} {way}", folder / f"{state.name}-{way}.png") for way in WAYS for state in STATES
             if way == WAYS[0] or state.is_lean]  # fmt: skip
    there = [(name, file) for name, file in named if file.is_file()]
    high = WIDE * 768 // 1366
    step = high + CAPTION + GAP
    rows = -(-len(there) // IN_A_ROW)
    sheet = Image.new("RGB", (GAP + IN_A_ROW * (WIDE + GAP), GAP + max(rows, 1) * step), "#FFFFFF")
    draw, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(static_file(LATIN, 500)), LETTER)
    for number, (name, file) in enumerate(there):
        x, y = GAP + number % IN_A_ROW * (WIDE + GAP), GAP + number // IN_A_ROW * step
        with Image.open(file) as picture:
            small = picture.convert("RGB").resize(
                (WIDE, WIDE * picture.height // picture.width), Image.Resampling.LANCZOS
            )
        sheet.paste(small, (x, y))
        draw.rectangle((x - 1, y - 1, x + WIDE, y + small.height), outline="#B3C0BD")
        draw.text((x, y + high + 4), name, "#14201E", font)
    out.parent.mkdir(parents=True, exist_ok=True)
    colours = COLOURS
    while True:
        sheet.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, optimize=True)
        if out.stat().st_size <= MOST_BYTES or colours == 2:  # there are no fewer
            return
        colours //= 2
