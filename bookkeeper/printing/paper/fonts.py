"""The fonts of paper: static weights of Noto Sans and of the scripts beside it, cut once from variable files.

`python -m bookkeeper.printing.paper.fonts` prepares all of them at set-up; one that is missing is cut when it is
first wanted. They lie in the installation's own folder or, where that may not be written, in the user's cache.
Noto Sans Devanagari carries Latin letters and Western digits too, but of another width (551 against 572), so
that columns of figures would wander: those are always taken from Noto Sans.
"""

import os
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontpkg
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont as FontFile
from fontTools.varLib.instancer import instantiateVariableFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

from bookkeeper.printing.font_files import LATIN, WEIGHTS, folders

LATIN_RANGES = ((0x20, 0x24F), (0x300, 0x3FF), (0x1E00, 0x1EFF), (0x2000, 0x22FF), (0x25A0, 0x25FF))
"""What is kept of Noto Sans: Latin, Greek, punctuation, currency, mathematical signs. The whole takes seven seconds."""

_FAMILY, _STYLE, _UNIQUE, _FULL, _POSTSCRIPT = 1, 2, 3, 4, 6  # ids in a font's table of names


@dataclass(frozen=True, slots=True)
class Script:
    """A script beside Latin: its font, the code points that are its own, how much larger it is set, its digits."""

    family: str
    ranges: tuple[tuple[int, int], ...]
    scale: float
    digits: str


SCRIPTS = (
    Script(
        "Noto Sans Devanagari",
        ((0x0900, 0x0963), (0x0966, 0x097F), (0x1CD0, 0x1CFF), (0xA8E0, 0xA8FF)),
        1.06,
        "०१२३४५६७८९",
    ),
)


@cache
def font(family: str, weight: int) -> TTFont:
    """A font ready for the page, at one of the weights."""
    made = TTFont(
        f"{family.replace(' ', '')}-{weight}",
        str(static_file(family, weight)),
        asciiReadable=family == LATIN,  # its letters stand in the page as they are, which is quick
    )
    registerFont(made)
    return made


def static_file(family: str, weight: int) -> Path:
    """The file of a family at one weight, cut now if it is not there."""
    name = f"{family.replace(' ', '')}-{weight}-{fontpkg.family(family).version}.ttf"
    places = list(folders())
    for folder in places:
        if (folder / name).is_file():
            return folder / name
    for folder in places:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return _cut(family, weight, folder / name)
        except OSError:
            continue  # not ours to write: the next one
    raise OSError(f"no folder can be written in which to keep the fonts: {', '.join(map(str, places))}")


def _cut(family: str, weight: int, file: Path) -> Path:
    """Cut one weight of a variable font. Two that cut at once do not clash: the file appears whole, by renaming."""
    with FontFile(fontpkg.path(family)) as variable:
        if family == LATIN:
            _keep_latin(variable)
        static = instantiateVariableFont(variable, {"wght": weight, "wdth": 100}, inplace=True)
        _name(static, family, weight)
        for table in ("DSIG", "STAT", "meta"):
            if table in static:
                del static[table]
        handle, unfinished = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                static.save(out)
            Path(unfinished).chmod(0o644)
            Path(unfinished).replace(file)
        finally:
            Path(unfinished).unlink(missing_ok=True)
    return file


def _keep_latin(variable: FontFile) -> None:
    """Leave out other alphabets, and what only shaping reads: Latin is set letter by letter."""
    options = Options()
    options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    options.notdef_outline = True
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in LATIN_RANGES for code in range(first, last + 1)])
    subsetter.subset(variable)


def _name(static: FontFile, family: str, weight: int) -> None:
    """Give a weight a name of its own: in a PDF, fonts of one name would be taken for one font."""
    postscript = f"{family.replace(' ', '')}-{weight}"
    for number, name in (
        (_FAMILY, f"{family} {weight}"),
        (_STYLE, "Regular"),
        (_UNIQUE, postscript),
        (_FULL, f"{family} {weight}"),
        (_POSTSCRIPT, postscript),
    ):
        static["name"].setName(name, number, 3, 1, 0x409)


def main() -> None:
    """Cut every weight of every family that is not there yet."""
    for family in (LATIN, *(script.family for script in SCRIPTS)):
        for weight in WEIGHTS:
            static_file(family, weight)


if __name__ == "__main__":
    main()
