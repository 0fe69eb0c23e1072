"""Text on the page: runs by script, measured widths, what no font has, files of fonts."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfdoc import PDFDocument

from bookkeeper.printing.font_files import LATIN, WEIGHTS
from bookkeeper.printing.paper import fonts, write_pdf
from bookkeeper.printing.paper.fonts import SCRIPTS, static_file
from bookkeeper.printing.paper.text import Compositor, Style, runs
from bookkeeper.report import Column, Kind, Register, Report
from bookkeeper.words import language
from tests.paper.reading import text_of
from tests.paper.savitri import HEADING

DEVANAGARI = SCRIPTS[0]
BODY = Style(8.5, 400)
NOTE = (Column("note", "Note"),)


@pytest.fixture(name="compositor")
def compositor_fixture() -> Compositor:
    return Compositor(PDFDocument())


def test_a_space_between_two_words_of_a_script_stays_in_the_run() -> None:
    assert list(runs("R28 भारती नाईक, Kudal")) == [(None, "R28 "), (DEVANAGARI, "भारती नाईक"), (None, ", Kudal")]
    assert list(runs("१२,३४,५६७.००")) == [(DEVANAGARI, "१२,३४,५६७.००")]


@given(st.text(alphabet="अभक्षिी्ा ंR28.,-–’()\\<b>&", max_size=40))
def test_runs_lose_nothing(text: str) -> None:
    assert "".join(run for _, run in runs(text)) == text


def test_devanagari_is_set_a_little_larger(compositor: Compositor) -> None:
    assert compositor.width("८", BODY) == pytest.approx(520 * 8.5 * 1.06 / 1000)
    assert compositor.width("8", BODY) == pytest.approx(572 * 8.5 / 1000)


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("digits", ["0123456789", DEVANAGARI.digits])
def test_all_digits_are_of_one_width(compositor: Compositor, digits: str, weight: int) -> None:
    assert len({round(compositor.width(digit, Style(8.5, weight)), 4) for digit in digits}) == 1


@given(st.text(alphabet="abc भ्रष्टी\n", max_size=60), st.integers(12, 100))
def test_wrapped_lines_fit_and_lose_no_letter(text: str, width: int) -> None:
    compositor = Compositor(PDFDocument())
    lines = compositor.wrapped(text, BODY, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(compositor.width(line, BODY) <= width or len(line) < 12 for line in lines)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Walawalkar-Deshmukh", ["Walawalkar-", "Deshmukh"]),
        ("वालावलकर-देशमुख", ["वालावलकर-", "देशमुख"]),
        ("Sita Walawalkar-Deshmukh", ["Sita", "Walawalkar-", "Deshmukh"]),
    ],
)
def test_a_long_double_name_is_broken_behind_its_hyphen(compositor: Compositor, name: str, lines: list[str]) -> None:
    assert compositor.wrapped(name, BODY, 52) == lines


def test_a_date_is_not_broken_behind_a_hyphen(compositor: Compositor) -> None:
    assert compositor.wrapped("05-04-2024", BODY, 30)[0] == "05-04-2"


def test_a_word_is_never_broken_between_a_letter_and_its_sign(compositor: Compositor) -> None:
    lines = compositor.wrapped("क्षी" * 12, BODY, 30)
    assert len(lines) > 1
    assert set("".join(lines).split("क्षी")) == {""}
    assert all(line.startswith("क्षी") for line in lines)


def printed(tmp_path: Path, note: str) -> tuple[str, set[str]]:
    report = Report("notes", Register("Notes", NOTE), HEADING, NOTE, [{"note": note}])
    document = write_pdf([report], language("en"), tmp_path / "notes.pdf")
    return text_of(tmp_path / "notes.pdf"), document.compositor.missing


def test_what_no_font_has_is_a_box_that_is_reported_and_found(tmp_path: Path) -> None:
    text, missing = printed(tmp_path, "Ratnai 漢 Kudal")
    assert missing == {"漢"}
    assert "Ratnai 漢 Kudal" in text


@pytest.mark.parametrize(
    "note",
    [
        "Sita <b>Devi",
        "<img src='x'>",
        "Rama & Sons",
        r"a\(b)c\n",
        "₹ 5 – “so”",
        "(",
        "म (न) न",
        "100% of {name}",
        "क्ष, त्र and ज्ञ",
    ],
)
def test_a_text_is_set_as_it_was_written(tmp_path: Path, note: str) -> None:
    text, missing = printed(tmp_path, note)
    assert note in text
    assert not missing


def test_controls_and_line_breaks_do_no_harm(tmp_path: Path) -> None:
    text, _ = printed(tmp_path, "one\ttwo\x00three\nfour\u200b\u202efive")
    assert all(word in text for word in ("one two three", "four", "five"))


def test_each_weight_has_a_name_of_its_own() -> None:
    names = {TTFont(static_file(LATIN, weight))["name"].getDebugName(6) for weight in WEIGHTS}
    assert len(names) == len(WEIGHTS)


def test_fonts_go_to_the_next_folder_where_one_may_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    free = tmp_path / "cache" / "fonts"
    cut: list[Path] = []

    def cuts(_family: str, _weight: int, file: Path) -> Path:
        cut.append(file)
        return file

    monkeypatch.setattr(fonts, "folders", lambda: iter((blocked / "fonts", free)))
    monkeypatch.setattr(fonts, "_cut", cuts)
    assert static_file(LATIN, 400).parent == free
    assert cut == [static_file(LATIN, 400)] or len(cut) == 2


@pytest.mark.slow
def test_a_weight_is_cut_whole_or_not_at_all(tmp_path: Path) -> None:
    made = fonts._cut("Noto Sans Devanagari", 600, tmp_path / "font.ttf")
    assert [file.name for file in tmp_path.iterdir()] == ["font.ttf"]
    assert "fvar" not in TTFont(made)
    with pytest.raises(IsADirectoryError):
        fonts._cut("Noto Sans Devanagari", 600, tmp_path)
    assert not list(tmp_path.parent.glob(f".{tmp_path.name}.*"))


def test_every_kind_of_column_is_printed(tmp_path: Path) -> None:
    columns = tuple(Column(kind.value, kind.value.title(), kind) for kind in Kind)
    row = {"text": "Anita", "date": "2024-04-05", "money": -5, "balance": 12345678, "count": 1234, "percent": "91.67"}
    report = Report("kinds", Register("Kinds", columns), HEADING, columns, [row])
    write_pdf([report], language("en"), tmp_path / "kinds.pdf")
    text = text_of(tmp_path / "kinds.pdf")
    assert all(shown in text for shown in ("Anita", "05-04-2024", "−0.05", "1,23,456.78", "1,234", "91.67"))
