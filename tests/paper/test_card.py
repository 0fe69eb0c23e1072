"""The loan cards on paper: two on a page and the line to cut along, long ones by themselves, figures straight."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pypdfium2
import pypdfium2.raw
import pytest

from bookkeeper.printing.paper import write_pdf
from bookkeeper.printing.paper.document import Document
from bookkeeper.registers.repayment_schedule import _LOANS, REGISTER
from bookkeeper.report import Column, Part, Person, Report, Row
from bookkeeper.rules.due_dates import Frequency, due_dates
from bookkeeper.rules.money import Paise
from bookkeeper.rules.schedules import Terms, schedule_of
from bookkeeper.words import language
from tests.paper.reading import POINTS, Word, text_of, words_of
from tests.paper.savitri import HEADING

assert isinstance(REGISTER.columns, tuple)
COLUMNS: tuple[Column, ...] = REGISTER.columns
LAXMI, CHHAYA = Person("Laxmi Dhuri", "लक्ष्मी धुरी"), Person("Chhaya Rane", "छाया राणे")
EDGES = (14, 25, 50, 70, 88, 109, 131, 156, 178, 196)
CUT = 148.5


def about(loan: int, name: Person, lent: int, given: str, purpose: str = "") -> Row:
    """Make the head of a card; `lent` in paise."""
    terms = {"lent": lent, "given": given, "rate": "2", "purpose": purpose}
    return {"loan": str(loan), "member": str(24 - loan), "name": name, **terms}


def instalments(head: Row, count: int, paid: int = 0) -> Iterator[Row]:
    """Yield the rows of a loan at 2 % a month, the first of them paid on the day."""
    lent, given = head["lent"], str(head["given"])
    assert isinstance(lent, int)
    planned = schedule_of("equal-principal", Terms(Paise(lent), Fraction(2), count))
    dues = due_dates(given, Frequency.MONTHLY, 1, count + 1)[1:]
    for due, one in zip(dues, planned, strict=True):
        told = {"paid_on": due, "paid": one.principal + one.interest} if one.number <= paid else {}
        yield {
            **{key: head[key] for key in ("loan", "member", "name")},
            "number": one.number,
            "due": due,
            "principal": one.principal,
            "interest": one.interest,
            "instalment": one.principal + one.interest,
            "outstanding": one.outstanding,
            **told,
        }


def report(*cards: tuple[Row, int, int]) -> Report:
    """Make a report of cards, each a head, how many instalments, and how many of them are paid."""
    rows = [row for head, count, paid in cards for row in instalments(head, count, paid)]
    loans = Part("loans", "Loans", _LOANS, tuple(head for head, _, _ in cards))
    place = Person("Kudal", "कुडाळ")
    heading = replace(HEADING, since=None, until=None, as_of="2024-03-31", place=place)
    return Report("repayment-schedule", REGISTER, heading, COLUMNS, rows, parts=(loans,))


def pictured() -> Report:
    """Make the two cards of the picture."""
    return report(
        (about(17, LAXMI, 800_000, "2024-03-05", "कोकम यंत्र"), 10, 0),
        (about(16, CHHAYA, 500_000, "2024-02-05", "बियाणे"), 10, 1),
    )


def printed(made: Report, folder: Path, code: str = "en", digits: str | None = None) -> tuple[Path, Document]:
    """Print a report; the answer is the PDF and what the writer says of itself."""
    pdf = folder / "cards.pdf"
    return pdf, write_pdf([made], language(code, digits=digits), pdf)


def lines_of(pdf: Path, page: int = 1) -> list[str]:
    """Read the lines of a page, with one blank between words."""
    return [" ".join(line.split()) for line in text_of(pdf, page).splitlines() if line.strip()]


def rules_of(pdf: Path, page: int = 1) -> list[tuple[float, float, float, float]]:
    """Find the rules on a page: left, upper, right, lower edge in mm."""
    file = pypdfium2.PdfDocument(pdf)
    height, found = file[page - 1].get_height(), []
    for path in file[page - 1].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH]):
        left, low, right, high = path.get_bounds()
        found.append((left / POINTS, (height - high) / POINTS, right / POINTS, (height - low) / POINTS))
    file.close()
    return found


def down(pdf: Path, page: int = 1) -> list[tuple[float, float]]:
    """Find where the rules between columns stand and begin, in mm."""
    upright = [rule for rule in rules_of(pdf, page) if rule[2] - rule[0] < 0.5 and rule[3] - rule[1] > 20]
    return sorted((round((left + right) / 2, 1), round(top, 1)) for left, top, right, _ in upright)


def cut(pdf: Path, page: int = 1) -> list[tuple[float, float, float, float]]:
    """Find the dashes along which two cards are cut apart."""
    return [rule for rule in rules_of(pdf, page) if abs((rule[1] + rule[3]) / 2 - CUT) < 0.2 and rule[2] - rule[0] < 2]


def figures(words: Sequence[Word], left: float, right: float) -> list[Word]:
    """Choose the words between two places (mm) that are figures."""
    inside = [word for word in words if left * POINTS < word.left and word.right < right * POINTS]
    return [word for word in inside if re.fullmatch(r"[\d०-९,.]+|–", word.text)]


def test_the_pictured_cards_say_what_is_due_and_what_was_paid(tmp_path: Path) -> None:
    pdf, document = printed(pictured(), tmp_path)
    assert (document.pages, document.overflows, document.missing) == (1, [], ())
    lines = lines_of(pdf)
    assert lines[0] == "Loan repayment card Savitri Self-Help Group, Kudal"
    assert lines[1] == "Loan no. 17"
    assert "₹ 8,000 05-03-2024 2%" in " ".join(lines[2:6])
    assert "1 05-04-2024 800 160 960 7,200" in lines
    assert "10 05-01-2025 800 16 816 –" in lines
    assert "Total 8,000 880 8,880" in lines
    assert "1 05-03-2024 500 100 600 4,500 05-03-2024 600" in lines
    assert "Total 5,000 550 5,550" in lines
    assert lines.count("Member Treasurer Secretary") == 2


def test_heads_are_in_the_language_over_small_english(tmp_path: Path) -> None:
    text = " ".join(lines_of(printed(pictured(), tmp_path, "mr", "latin")[0]))
    for words in (
        "कर्ज परतफेड पत्रक सावित्री स्वयं सहायता गट, कुडाळ Loan repayment card कर्ज क्र. 17",
        "रक्कम दिले व्याज दरमहा कारण",
        "हप्ता देय दिनांक मुद्दल व्याज एकूण हप्ता नंतर बाकी भरले दिनांक रक्कम सही",
        "Inst. Due on Principal Interest Instalment Left after Paid on Amount Initials",
        "सभासद खजिनदार सचिव",
        "छाया राणे",
    ):
        assert words in text
    own = " ".join(lines_of(printed(pictured(), tmp_path, "mr")[0]))
    assert "१ ०५-०४-२०२४ ८०० १६० ९६० ७,२००" in own
    assert "कर्ज क्र. १७" in own


def test_english_heads_have_one_line(tmp_path: Path) -> None:
    text = " ".join(lines_of(printed(pictured(), tmp_path)[0]))
    assert text.count("Instalment ") == 2
    assert text.count("Loan repayment card") == 2


def test_columns_stand_where_the_model_has_them(tmp_path: Path) -> None:
    pdf, _ = printed(pictured(), tmp_path)
    for top in (44.5, CUT + 44.5):
        assert {x for x, y in down(pdf) if abs(y - top) < 0.3} >= {float(edge) for edge in EDGES[1:-1]}


def test_right_edges_are_aligned(tmp_path: Path) -> None:
    words = words_of(printed(pictured(), tmp_path)[0], 1)
    for left, right in ((50, 70), (70, 88), (88, 109), (109, 131), (156, 178)):
        ends = {round(word.right, 1) for word in figures(words, left, right)}
        assert max(ends) - min(ends) < 0.2, (left, ends)
        assert abs(max(ends) / POINTS - (right - 1.6)) < 0.1


def test_a_line_to_cut_along_parts_two_cards(tmp_path: Path) -> None:
    pdf, _ = printed(pictured(), tmp_path)
    dashes = cut(pdf)
    assert len(dashes) > 90
    assert min(dash[0] for dash in dashes) < 1
    assert max(dash[2] for dash in dashes) > 208


def test_a_third_card_begins_a_page(tmp_path: Path) -> None:
    heads = [about(loan, LAXMI, 500_000, "2024-02-05") for loan in (1, 2, 3)]
    pdf, document = printed(report(*((head, 10, 0) for head in heads)), tmp_path)
    assert document.pages == 2
    assert [text_of(pdf, page).count("Loan no.") for page in (1, 2)] == [2, 1]
    assert cut(pdf, 2)


def test_twelve_instalments_fit_half_a_page_with_room_to_sign(tmp_path: Path) -> None:
    heads = [about(loan, LAXMI, 600_000, "2024-02-05") for loan in (1, 2)]
    pdf, document = printed(report(*((head, 12, 0) for head in heads)), tmp_path)
    assert (document.pages, document.overflows) == (1, [])
    lying = [(top + low) / 2 for left, top, right, low in rules_of(pdf) if right - left > 30 and low - top < 1]
    ends = [max(y for y in lying if y < CUT - half) for half in (0, 2)]
    assert ends[0] < CUT - 5
    assert max(lying) < 297 - 5
    table = max(y for y in lying if y < ends[0] - 1)
    assert ends[0] - table >= 8.9


@pytest.mark.parametrize(("count", "pages"), [(12, 1), (13, 1), (33, 1), (34, 2), (36, 2), (60, 2), (120, 4)])
def test_long_loans_take_pages_of_their_own(tmp_path: Path, count: int, pages: int) -> None:
    head = about(9, LAXMI, 120_00_000, "2023-04-05")
    pdf, document = printed(report((head, count, 3)), tmp_path)
    assert (document.pages, document.overflows) == (pages, [])
    assert bool(cut(pdf)) == (count <= 12)
    found: list[str] = []
    for page in range(1, pages + 1):
        lines = lines_of(pdf, page)
        assert "Inst. Due on Principal Interest Instalment Left after Paid on Amount Initials" in lines
        assert any("Laxmi Dhuri" in line for line in lines)
        assert (f"Page {page} of {pages}" in " ".join(lines)) == (pages > 1)
        assert ("Member Treasurer Secretary" in lines) == (page == pages)
        assert any(line.startswith("Total 1,20,000") for line in lines) == (page == pages)
        rows = [line.split()[0] for line in lines if re.match(r"\d+ \d\d-\d\d-\d{4} ", line)]
        assert rows
        found += rows
    assert found == [str(number) for number in range(1, count + 1)]


def test_a_long_loan_parts_short_ones(tmp_path: Path) -> None:
    heads = [about(loan, LAXMI, 600_000, "2024-02-05") for loan in (1, 2, 3, 4)]
    counts = (10, 20, 10, 4)
    pdf, document = printed(report(*((head, count, 0) for head, count in zip(heads, counts, strict=True))), tmp_path)
    assert document.pages == 3
    loans = [re.findall(r"Loan no\. (\d)", text_of(pdf, page)) for page in (1, 2, 3)]
    assert loans == [["1"], ["2"], ["3", "4"]]


def test_paise_on_one_card_leave_the_other_whole(tmp_path: Path) -> None:
    first = about(1, LAXMI, 100_050, "2024-02-05")
    pdf, document = printed(report((first, 2, 2), (about(2, CHHAYA, 100_000, "2024-02-05"), 2, 0)), tmp_path)
    lines = lines_of(pdf)
    assert document.overflows == []
    assert any("₹ 1,000.50" in line for line in lines)
    assert [line for line in lines if line.startswith("Total")][1] == "Total 1,000 30 1,030"
    assert all(".50" in line or ".00" in line for line in lines if line.startswith("Total 1,000."))


@pytest.mark.parametrize("code", ["en", "mr", "hi"])
def test_nothing_is_cut_of_long_names_and_large_amounts(tmp_path: Path, code: str) -> None:
    name = Person("Lakshmibai Venkataramanamurthy Deshmukh-Nimbalkar", "लक्ष्मीबाई वेंकटरमणमूर्ती देशमुख-निंबाळकर पाटील")
    head = about(1, name, 98_76_543_21, "2024-02-05", "a sewing machine with table, motor and two years of thread")
    made = report((head, 10, 10))
    place = Person("Kudal, taluka Kudal, district Sindhudurg, Maharashtra", "कुडाळ, ता. कुडाळ, जि. सिंधुदुर्ग, महाराष्ट्र राज्य")
    whose = Person("Savitri Bai Phule Women’s Self-Help Group", "क्रांतिज्योती सावित्रीबाई फुले महिला स्वयं सहायता गट")
    made.heading = replace(made.heading, name=whose, place=place)
    pdf, document = printed(made, tmp_path, code)
    assert document.overflows == []
    text = " ".join(lines_of(pdf))
    assert ("Nimbalkar" if code == "en" else "निंबाळकर") in text
    assert "thread" in text


def test_without_a_loan_the_page_says_so(tmp_path: Path) -> None:
    pdf, document = printed(report(), tmp_path)
    assert document.pages == 1
    assert "No loan is still to be paid back." in text_of(pdf)
