"""Every register of the practice books on paper, in three languages: nothing cut, nothing missing, no column wanders.

What the writer says of itself (texts too wide, characters that no font has) is held against two readers that share no
code with it: the words and their places are poppler's, the rules between columns pdfium's.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw
import pytest

from bookkeeper import registers
from bookkeeper.commands.act import Office
from bookkeeper.commands.books import PRACTICE, new_books
from bookkeeper.commands.reports import prepared
from bookkeeper.printing.paper import write_pdf
from bookkeeper.printing.paper.document import Document
from bookkeeper.report import Column, Kind, Layout, Person, Report, Say
from bookkeeper.words import Language, language
from tests.paper.reading import POINTS, Word, text_of, words_of
from tests.paper.render_pages import LANGUAGES, Print, chosen, prints

pytestmark = pytest.mark.slow

FIGURES = (Kind.MONEY, Kind.BALANCE)
DIGIT = "[0-9०-९]"
FIGURE = re.compile(
    rf"[-−]?(?:{DIGIT}{{1,3}}(?:,{DIGIT}{{2,3}})+|{DIGIT}{{1,3}}(?=\.))(?:\.{DIGIT}{{2}})?(?: [^\s\d]+)?"
)
"""An amount that stands alone in a cell, perhaps with its side; a number below a thousand only with its paise."""

NOUGHT = "–"
LETTER = "[A-Za-z\u0900-\u0963\u0970-\u097f]"
"""A letter or sign of the two scripts of these pages."""

STRAIGHT = 0.1 * POINTS
THIN, TALL = 1.2, 3 * POINTS
ONE_LINE = 2.5
TOUCHES = 0.4
"""Points by which a word may reach over a rule before it counts: reader and writer round."""


class Down(NamedTuple):
    """A rule between two columns, in points from the upper left corner."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Printed:
    """A register on paper, and what it was printed from."""

    name: str
    pdf: Path
    document: Document
    reports: Sequence[Report]
    language: Language


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = new_books(tmp_path_factory.mktemp("practice") / "practice.books", PRACTICE)
    yield office
    office.close()


@pytest.fixture(scope="module")
def practice(office: Office) -> list[Print]:
    return list(prints(office))


@pytest.fixture(params=LANGUAGES)
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=registers.names())
def printed(
    request: pytest.FixtureRequest, office: Office, practice: list[Print], code: str, tmp_path: Path
) -> list[Printed]:
    """What the practice books have under the name of one register: one PDF, or several."""
    return [_printed(office, one, code, tmp_path) for one in practice if one.ask.name == request.param]


def _printed(office: Office, one: Print, code: str, folder: Path) -> Printed:
    pdf = folder / f"{one.name}.pdf"
    with prepared(office, one.ask) as printout:
        reports = list(printout.by_entity())
        for report in reports:
            report.rows = list(report.rows)
        document = write_pdf(reports, language(code), pdf)
    return Printed(one.name, pdf, document, reports, language(code))


def test_every_page_is_whole_readable_and_straight(printed: list[Printed]) -> None:
    assert printed
    faults = [f"{one.name}: {fault}" for one in printed for fault in _faults(one)]
    assert not faults, "\n".join(faults)


def _faults(one: Printed) -> Iterator[str]:
    yield from (f"too wide: {text}" for text in one.document.overflows)
    yield from (f"no font has {character!a}" for character in one.document.missing)
    yield from _lost(one)
    file = pypdfium2.PdfDocument(one.pdf)
    for page in chosen(len(file)):
        words, rules = words_of(one.pdf, page + 1), rules_of(file[page])
        yield from (f"page {page + 1}: {fault}" for fault in (*crossed(words, rules), *wandering(words, rules)))
    file.close()


# Words


def _lost(one: Printed) -> Iterator[str]:
    """The heads and names that cannot be read on the pages as they are in the books, letter by letter."""
    text = plain(text_of(one.pdf))
    if text.count("…") > sum(_own_dots(report, one.language) for report in one.reports) or "\ufffd" in text:
        yield "a text is elided, or cannot be read"
    told = {plain(words) for report in one.reports for words in _told(report, one.language)}
    yield from (f"not on the pages: {words}" for words in sorted(filter(None, told)) if not stands(words, text))


def _own_dots(report: Report, words: Language) -> int:
    """How often the rows themselves leave something out, as the log of acts does: "R1 … R9 (9)"."""
    read = [column.key for column in report.columns if column.is_read and column.kind is Kind.TEXT]
    return sum(words.text(row.get(key)).count("…") for row in report.rows for key in read)


def plain(text: str) -> str:
    """A text in its composed form, with a blank between two words."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def stands(words: str, text: str) -> bool:
    """Whether words are in a text beside each other or, where their cell is narrow, each by itself."""
    return _by_itself(words, text) or all(_by_itself(word, text) for word in words.split(" "))


def _by_itself(words: str, text: str) -> bool:
    return re.search(f"(?<!{LETTER}){re.escape(words)}(?!{LETTER})", text) is not None


def _told(report: Report, words: Language) -> Iterator[str]:
    """What the pages must say of a report: its title, whose it is, each head, each person."""
    yield words.say(report.register.title) if report.register.layout is not Layout.MINUTES else ""
    yield words.text(report.heading.name)
    for column in _headed(report):
        yield words.digits(words.say(column.under))
        yield _head(column, words)
    for side in report.register.sides:
        yield words.say(side.title)
    for section in report.register.sections:
        yield words.say(section.title)
    read = [column.key for column in report.columns if column.is_read]
    for row in report.rows:
        yield from (words.text(person) for key in read for person in _people(row.get(key)))


def _head(column: Column, words: Language) -> str:
    head = column.head or column.title
    if re.fullmatch(r"\d{4}-\d\d-\d\d", head):
        return words.date(head)
    return words.digits(words.say(head))


def _headed(report: Report) -> list[Column]:
    """The columns of a report that have their head on paper."""
    columns, register = report.columns, report.register
    match register.layout:
        case Layout.TWO_SIDED:
            keys = {key for side in register.sides for key in side.columns}
            return [column for column in columns if column.key in keys]
        case Layout.T_FORM:
            return [column for column in columns if column.kind in FIGURES and column.is_read]
        case Layout.STATEMENT:  # a leaf leaves out a column in which she has nothing
            used = {key for row in report.rows for key, value in row.items() if value}
            return [column for column in columns if column.kind in FIGURES and column.key in used]
        case Layout.SHEET:
            return [column for column in columns if column.mm]
        case Layout.MINUTES:
            return []
        case _:
            return [column for column in columns if column.is_read]


def _people(value: object) -> Iterator[Person]:
    """The persons in a value: it is one, or a sentence that names some."""
    if isinstance(value, Person):
        yield value
    elif isinstance(value, Say):
        for _, inner in value.values:
            yield from _people(inner)


# Places


def rules_of(page: pypdfium2.PdfPage) -> list[Down]:
    """The rules from above to below on a page."""
    height, found = page.get_height(), []
    for path in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH]):
        left, low, right, high = path.get_bounds()
        if right - left < THIN and high - low > TALL:
            found.append(Down((left + right) / 2, height - high, height - low))
    return found


def _beside(word: Word, rules: Iterable[Down]) -> list[float]:
    """Where the rules are that pass the line on which a word stands."""
    line = word.below - 0.4 * POINTS
    return [rule.x for rule in rules if rule.top < line - POINTS and line < rule.bottom]


def crossed(words: Sequence[Word], rules: Sequence[Down]) -> Iterator[str]:
    """The words through which a rule goes."""
    for word in words:
        for x in _beside(word, rules):
            if word.left + TOUCHES < x < word.right - TOUCHES:
                yield f"a rule at {x / POINTS:.1f} mm goes through “{word.text}”"


def wandering(words: Sequence[Word], rules: Sequence[Down]) -> Iterator[str]:
    """The figures whose right edge is not that of the others of their column, between the same two rules.

    Where a column has two sorts of figures, as what is due in the corner and what is paid, each sort has an edge of its
    own: those that are not straight on the right are so on the left.
    """
    for (left, right), figures in _columns(words, rules).items():
        if not any(FIGURE.fullmatch(word.text) for word in figures):
            continue
        edge = max((word.right for word in figures), key=lambda at: sum(abs(w.right - at) < STRAIGHT for w in figures))
        strays = [word for word in figures if abs(word.right - edge) > STRAIGHT]
        if strays and max(w.left for w in strays) - min(w.left for w in strays) > STRAIGHT:
            where = f"between the rules at {left / POINTS:.1f} and {right / POINTS:.1f} mm"
            yield f"{where} some end elsewhere than the others: {', '.join(w.text for w in strays)}"


def _columns(words: Sequence[Word], rules: Sequence[Down]) -> dict[tuple[float, float], list[Word]]:
    """The figures that stand alone in their cell, by the rules at their left and right (0 and infinity for none)."""
    cells: dict[tuple[float, float], list[Word]] = defaultdict(list)
    for word in words:
        passing = _beside(word, rules)
        left = max((x for x in passing if x <= word.left + TOUCHES), default=0.0)
        right = min((x for x in passing if x >= word.right - TOUCHES), default=float("inf"))
        if left:
            cells[round(left, 1), round(right, 1)].append(word)
    columns = {place: list(_lines(in_column)) for place, in_column in cells.items()}
    return {
        place: [line for line in lines if line.text == NOUGHT or FIGURE.fullmatch(line.text)]
        for place, lines in columns.items()
    }


def _lines(words: Iterable[Word]) -> Iterator[Word]:
    """The lines of a column, each as one word: those of the two scripts reach down a little differently."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.below):
        if not lines or word.below - lines[-1][0].below > ONE_LINE:
            lines.append([])
        lines[-1].append(word)
    for line in lines:
        line.sort(key=lambda word: word.left)
        yield Word(" ".join(word.text for word in line), line[0].left, line[-1].right, line[0].below)


# That these readers see what they look for


def _word(text: str, right: float, below: float) -> Word:
    return Word(text, right - 30, right, below)


RULES = [Down(100, 50, 300), Down(200, 50, 300)]


@pytest.mark.parametrize("text", ["1,725.00", "१,७२५.००", "-5.00", "12,34,567.00 Dr", "८०.०० जमा", "3,500", "–"])
def test_a_figure_beside_its_place_is_seen(text: str) -> None:
    straight = [_word("1,00,000.00", 195, y) for y in (100, 120, 140)]
    assert not list(wandering([*straight, _word(text, 195, 160)], RULES))
    strays = [_word(text, 195.6, 160), _word(text, 190, 180)]
    assert len(list(wandering([*straight, *strays], RULES))) == 1


def test_what_is_due_has_an_edge_of_its_own() -> None:
    paid, due = [_word("1,00,000.00", 195, y) for y in (100, 120)], [Word("100.00", 102, 125, y) for y in (90, 110)]
    assert not list(wandering([*paid, *due], RULES))


def test_a_word_over_a_rule_is_seen() -> None:
    assert list(crossed([_word("Savings", 110, 100)], RULES)) == ["a rule at 35.3 mm goes through “Savings”"]
    assert not list(crossed([_word("Savings", 110, 40), _word("Savings", 99, 100)], RULES))


def test_a_letter_that_differs_is_seen() -> None:
    text = plain("१ भारती नाईक ५००\n२ अनिता सावंत")
    assert stands("भारती नाईक", text)
    assert stands("नाईक सावंत", text)
    assert not stands("भारति नाईक", text)
    assert not stands("भारती नाई", text.replace("नाईक", "नाईका"))
