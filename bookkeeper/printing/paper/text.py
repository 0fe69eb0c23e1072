"""Text as it stands on the page: split into runs by script, shaped, measured, and readable again by any reader.

One function draws every text, and it knows no markup: `Sita <b>Devi` is set as it was written. Shaped glyphs
extract as garbage, so each such run carries its words as ActualText. A character that no font has is drawn as a
box and reported.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import ShapedStr, TTFont, shapeStr

from bookkeeper.printing.font_files import LATIN
from bookkeeper.printing.paper.fonts import SCRIPTS, Script, font

REMEMBERED = 8_000  # lines kept as operators: heads, dates, names and round amounts come again and again
THOUSAND = 1000  # glyphs are measured in thousandths of the size

# Between two words or figures of a script these stay in its run; at its ends they are Latin.
_BETWEEN = r"[ ,.\-/:]"
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160), 160, 8232, 8233), " ")
_MARKS = "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u200c\u200d"
_CONSONANTS = "\u0915-\u0939\u0958-\u095f"
_CLUSTER = re.compile(f".(?:[{_MARKS}]|(?<=\u094d)[{_CONSONANTS}]|(?<=\u094d\u200d)[{_CONSONANTS}])*", re.DOTALL)
_HYPHEN = re.compile(rf"(?:(?<=[^\W\d_]-)|(?<=[{_MARKS}]-))(?=[^\W\d_])")  # none of a date or number
_ESCAPES = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})


class Style(NamedTuple):
    """How text is set: its size in points and its weight."""

    size: float
    weight: int


class Line(NamedTuple):
    """One line of text, as operators of a PDF's text object, and its width in points."""

    operators: str
    width: float


def _ranges(script: Script) -> str:
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in script.ranges) + "।॥\u200c\u200d"


def _run_of(script: Script) -> str:
    own = f"[{_ranges(script)}]+"
    return f"({own}(?:{_BETWEEN}+{own})*)"


_RUNS = re.compile("|".join(_run_of(script) for script in SCRIPTS))
_FIGURES = tuple(re.compile(f"(?:[{script.digits}]|{_BETWEEN})+") for script in SCRIPTS)


def runs(text: str) -> Iterator[tuple[Script | None, str]]:
    """The runs of a text, each with its script (None: Latin and what all scripts share)."""
    begin = 0
    for match in _RUNS.finditer(text):
        if match.start() > begin:
            yield None, text[begin : match.start()]
        yield SCRIPTS[(match.lastindex or 1) - 1], match[0]
        begin = match.end()
    if begin < len(text):
        yield None, text[begin:]


def cleaned(text: str) -> str:
    """A text without line breaks and other controls, which no page shows."""
    return text if text.isascii() and text.isprintable() else text.translate(_CONTROLS)


class Compositor:
    """Sets text for one document, whose fonts hold just the glyphs that were used."""

    def __init__(self, fonts: PDFDocument) -> None:
        self.missing: set[str] = set()
        self._fonts = fonts
        self._lines: dict[tuple[str, Style], Line] = {}
        self._begins: dict[Style, str] = {}  # how an operator for ASCII begins

    def line(self, text: str, style: Style) -> Line:
        """A text on one line. Line breaks in it are blanks."""
        key = (text, style)
        line = self._lines.get(key)
        if line is None:
            if len(self._lines) >= REMEMBERED:
                self._lines.clear()
            line = self._lines[key] = self._set(cleaned(text), style)
        return line

    def width(self, text: str, style: Style) -> float:
        """The width of a text on one line, in points."""
        return self.line(text, style).width

    def _set(self, text: str, style: Style) -> Line:
        if text.isascii():
            return self._ascii(text, style)
        parts = [self._run(script, run, style) for script, run in runs(text)]
        return Line(" ".join(part.operators for part in parts), sum(part.width for part in parts))

    def _ascii(self, text: str, style: Style) -> Line:
        if not text:
            return Line("", 0.0)
        begin = self._begins.get(style)
        if begin is None:
            name = self._subset(font(LATIN, style.weight), 0)
            begin = self._begins[style] = f"/{name} {style.size:g} Tf ("
        width = sum(map(_latin_widths(style.weight).__getitem__, text))
        if "(" in text or ")" in text or "\\" in text:
            text = text.translate(_ESCAPES)
        return Line(f"{begin}{text}) Tj", width * style.size / THOUSAND)

    def _run(self, script: Script | None, run: str, style: Style) -> Line:
        if script is None:
            return self._latin(run, style)
        size = style.size * script.scale
        typeface = font(script.family, style.weight)
        if _FIGURES[SCRIPTS.index(script)].fullmatch(run):
            return self._plain(typeface, run, size)
        shaped = shapeStr(run, typeface.fontName, size)
        if not isinstance(shaped, ShapedStr):
            return self._plain(typeface, run, size)
        known = typeface.face.charToGlyph
        self.missing.update(letter for letter in _UNSEEN.sub("", run) if ord(letter) not in known)
        return self._shaped(typeface, run, shaped, size)

    def _latin(self, run: str, style: Style) -> Line:
        if run.isascii():
            return self._ascii(run, style)
        return self._plain(font(LATIN, style.weight), _UNSEEN.sub("", run), style.size)

    def _plain(self, typeface: TTFont, run: str, size: float) -> Line:
        """A run letter by letter. A character that the font has not is a box in the page and itself in a search."""
        face = typeface.face
        parts: list[str] = []
        for here, letters in groupby(run, lambda letter: ord(letter) in face.charToGlyph):
            text = "".join(letters)
            operators = self._shown(typeface, text, size)
            if not here:
                self.missing.update(text)
                operators = _readable(text, operators)
            parts.append(operators)
        return Line(" ".join(parts), typeface.stringWidth(run, size))

    def _shown(self, typeface: TTFont, text: str, size: float) -> str:
        return " ".join(
            f"/{self._subset(typeface, subset)} {size:g} Tf <{codes.hex()}> Tj"
            for subset, codes in typeface.splitString(text, self._fonts)
        )

    def _shaped(self, typeface: TTFont, run: str, shaped: ShapedStr, size: float) -> Line:
        """A shaped run: each glyph where the shaper put it, moved by offsets and raised."""
        glyphs = iter(shaped.__shapeData__)  # type: ignore[attr-defined]  # as its constructor sets it
        parts: list[str] = []
        advance, rise = 0.0, 0.0
        for subset, codes in typeface.splitString(str(shaped), self._fonts):
            parts.append(f"/{self._subset(typeface, subset)} {size:g} Tf")
            moves: list[str] = []
            for code in codes:
                glyph = next(glyphs)
                if glyph.y_offset != rise:
                    parts += _moved(moves)
                    rise = glyph.y_offset
                    parts.append(f"{rise * size / THOUSAND:g} Ts")
                before, after = -glyph.x_offset, glyph.width - glyph.x_advance + glyph.x_offset
                moves.append(f"{before:g} <{code:02x}> {after:g}" if before or after else f"<{code:02x}>")
                advance += glyph.x_advance
            parts += _moved(moves)
        if rise:
            parts.append("0 Ts")
        return Line(_readable(run, " ".join(parts)), advance * size / THOUSAND)

    def _subset(self, typeface: TTFont, subset: int) -> str:
        return str(typeface.getSubsetInternalName(subset, self._fonts))[1:]

    def wrapped(self, text: str, style: Style, width: float) -> list[str]:
        """A text in as many lines as it needs in a width (points).

        It is broken between words; one that is longer than a line is so behind a hyphen, else within.
        """
        if "\n" not in text and self.width(text, style) <= width:
            return [text]
        lines: list[str] = []
        for paragraph in text.splitlines() or [""]:
            lines += self._paragraph(cleaned(paragraph), lambda line: self._set(line, style).width <= width)
        return lines

    def _paragraph(self, text: str, fits: Callable[[str], bool]) -> Iterator[str]:
        line = ""
        for word in text.split(" "):
            longer = f"{line} {word}" if line else word
            if fits(longer):
                line = longer
                continue
            if line:
                yield line
            *full, line = _pieces(word, fits)
            yield from full
        yield line


@cache
def _latin_widths(weight: int) -> dict[str, float]:
    """The width of each ASCII character, in thousandths of the size."""
    face = font(LATIN, weight).face
    return {chr(code): face.charWidths.get(code, face.defaultWidth) for code in range(0x20, 0x7F)}


def _moved(moves: list[str]) -> list[str]:
    """One operator for the glyphs so far, which are then forgotten."""
    shown = f"[{' '.join(moves)}] TJ"
    found = bool(moves)
    moves.clear()
    return [shown] if found else []


def _readable(text: str, operators: str) -> str:
    """Operators marked with the words that they show, which search, copy and extraction then find."""
    words = text.encode("utf-16-be", "replace").hex()
    return f"/Span <</ActualText <feff{words}>>> BDC {operators} EMC"


def _pieces(word: str, fits: Callable[[str], bool]) -> list[str]:
    """A word cut into pieces that fit: behind a hyphen, else anywhere but between a letter and its signs."""
    pieces = [""]
    for part in _HYPHEN.split(word):
        if fits(pieces[-1] + part):
            pieces[-1] += part
        elif pieces[-1] and fits(part):
            pieces.append(part)
        else:
            for cluster in _CLUSTER.findall(part):
                if pieces[-1] and not fits(pieces[-1] + cluster):
                    pieces.append("")
                pieces[-1] += cluster
    return pieces
