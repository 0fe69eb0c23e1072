"""The cash book on paper: the pictured folios, read back."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from bookkeeper.printing.paper import write_pdf
from bookkeeper.printing.paper.document import Document
from bookkeeper.report import Person, Report, Say
from bookkeeper.words import language
from tests.paper.reading import POINTS, text_of, words_of
from tests.paper.savitri import DAYS, HEADING, Voucher, cash_book

TABLE_ENDS = 480  # points from above
Print = Callable[..., tuple[Path, Document]]


@pytest.fixture(name="paper")
def paper_fixture(tmp_path: Path) -> Print:
    def prints(report: Report, code: str = "en", digits: str | None = None) -> tuple[Path, Document]:
        out = tmp_path / f"{report.name}-{code}.pdf"
        document = write_pdf([report], language(code, digits=digits), out)
        assert document.overflows == []
        assert document.compositor.missing == set()
        return out, document

    return prints


def rows_on(pdf: Path, page: int) -> list[str]:
    return [re.sub(r"\s+", " ", line.strip()) for line in text_of(pdf, page).splitlines() if line.strip()]


FOLIO_12 = """
Brought forward from folio 11 2,495.00 10,468.00 Brought forward from folio 11 – –
05-11-2023 R28 Loans repaid by members 5 4,600.00 –
R29 Interest on members’ loans 8 712.00 –
R30 Fines 9 10.00 – 05-11-2023 Closing balance 7,817.00 10,468.00
7,817.00 10,468.00 7,817.00 10,468.00
06-11-2023 Opening balance 7,817.00 10,468.00 06-11-2023 C7 Cash put into bank C 7,000.00 –
C7 Cash put into bank C – 7,000.00 Closing balance 817.00 17,468.00
7,817.00 17,468.00 7,817.00 17,468.00
28-11-2023 Opening balance 817.00 17,468.00
R31 Bank loan 17 – 60,000.00 28-11-2023 Closing balance 817.00 77,468.00
817.00 77,468.00 817.00 77,468.00
04-12-2023 Opening balance 817.00 77,468.00 04-12-2023 C8 Cash drawn from bank C – 60,000.00
C8 Cash drawn from bank C 60,000.00 – Closing balance 60,817.00 17,468.00
60,817.00 77,468.00 60,817.00 77,468.00
05-12-2023 Opening balance 60,817.00 17,468.00 05-12-2023 P14 Loan 11, Bharati Naik 5 12,000.00 –
R32 Members’ savings 3 1,500.00 – P15 Loan 12, Kalpana Desai 5 12,000.00 –
R33 Loans repaid by members 5 3,700.00 – P16 Loan 13, Manisha Palav 5 10,000.00 –
R34 Interest on members’ loans 8 564.00 – P17 Loan 14, Shubhangi Walavalkar 5 15,000.00 –
R35 Fines 9 10.00 – P18 Loan 15, Vaishali Khanolkar 5 11,000.00 –
Carried forward to folio 13 66,591.00 17,468.00 Carried forward to folio 13 60,000.00 –
""".strip().splitlines()

FOLIO_13 = """
Brought forward from folio 12 66,591.00 17,468.00 Brought forward from folio 12 60,000.00 –
05-12-2023 P19 Stationery 14 140.00 –
P20 Book-keeper’s honorarium 16 300.00 –
Closing balance 6,151.00 17,468.00
66,591.00 17,468.00 66,591.00 17,468.00
06-12-2023 Opening balance 6,151.00 17,468.00 06-12-2023 C9 Cash put into bank C 5,000.00 –
C9 Cash put into bank C – 5,000.00 Closing balance 1,151.00 22,468.00
6,151.00 22,468.00 6,151.00 22,468.00
28-12-2023 Opening balance 1,151.00 22,468.00 28-12-2023 P21 Bank loan, instalment 1 17 – 5,000.00
P21 Interest on bank loan 18 – 450.00
Closing balance 1,151.00 17,018.00
1,151.00 22,468.00 1,151.00 22,468.00
31-12-2023 Opening balance 1,151.00 17,018.00
R36 Bank interest 11 – 231.50 31-12-2023 Closing balance 1,151.00 17,249.50
1,151.00 17,249.50 1,151.00 17,249.50
""".strip().splitlines()


def test_the_pictured_folios_line_by_line(paper: Print) -> None:
    pdf, document = paper(cash_book())
    assert document.pages == 2
    for page, lines in ((1, FOLIO_12), (2, FOLIO_13)):
        found = rows_on(pdf, page)
        first = next(i for i, line in enumerate(found) if line.startswith("Brought forward"))
        assert found[first : first + len(lines)] == lines


def test_what_stands_around_the_table(paper: Print) -> None:
    pdf, _ = paper(cash_book())
    text = " ".join(rows_on(pdf, 2))
    for said in (
        "Savitri Self-Help Group", "Kudal, district Sindhudurg", "Cash book", "05-11-2023 to 31-12-2023", "Folio 13",
        "Page 2 of 2", "Book-keeper Treasurer Secretary President", "7f3a 91c2 e05d 44b8",
        "Printed 05-04-2024, 11:42, Bookkeeper",
    ):  # fmt: skip
        assert said in text
    assert "…" not in text


def test_a_second_reader_finds_the_same(paper: Print) -> None:
    pdf, _ = paper(cash_book())
    reader = pypdf.PdfReader(pdf)
    assert len(reader.pages) == 2
    assert float(reader.pages[0].mediabox.width) == pytest.approx(297 * POINTS, abs=0.01)
    text = reader.pages[0].extract_text()
    assert all(
        figure in text for figure in ("66,591.00", "Loan 14, Shubhangi Walavalkar", "Carried forward to folio 13")
    )


@pytest.mark.parametrize("digits", ["latin", "native"])
@pytest.mark.parametrize("code", ["hi", "mr"])
def test_names_in_devanagari_are_found_letter_by_letter(paper: Print, code: str, digits: str) -> None:
    pdf, _ = paper(cash_book(), code, digits)
    words = language(code, digits=digits)
    text = re.sub(r"\s+", " ", text_of(pdf))
    for person in ("भारती नाईक", "कल्पना देसाई", "मनीषा पालव", "शुभांगी वालावलकर", "वैशाली खानोलकर"):
        assert person in text
    for said in ("Cash book", "Opening balance", "Closing balance", "Book-keeper", "President", "Receipts", "Payments"):
        assert words.say(said) in text
    for paise in (6659100, 1746800, 6000000, 23150, 1724950):
        assert words.amount(paise) in text
    assert "सावित्री स्वयं सहायता गट" in text
    assert words.say("Carried forward to folio {folio}", folio=13) in text


def test_numbers_that_are_looked_up_keep_western_digits(paper: Print) -> None:
    pdf, _ = paper(cash_book(), "mr", "native")
    text = text_of(pdf)
    assert "R28" in text
    assert "7f3a 91c2 e05d 44b8" in text
    assert "05-04-2024, 11:42" in text
    assert "०५-११-२०२३" in text


@pytest.mark.parametrize("code", ["en", "mr"])
def test_the_right_edges_of_money_are_straight(paper: Print, code: str) -> None:
    pdf, _ = paper(cash_book(), code)
    amount = re.compile(r"[\d,]+\.\d\d|–")
    ends = (18 + 109.5 - 1.6, 18 + 133.5 - 2.8, 18 + 133.5 + 109.5 - 1.6, 18 + 267 - 1.6)
    edges = {round(end * POINTS, 2): 0 for end in ends}
    for word in words_of(pdf, 1):
        if amount.fullmatch(word.text) and word.below < TABLE_ENDS:
            near = min(edges, key=lambda edge: abs(edge - word.right))
            assert word.right == pytest.approx(near, abs=0.05), word
            edges[near] += 1
    assert min(edges.values()) > 10


def test_vouchers_of_two_years_say_their_year(paper: Print) -> None:
    pdf, _ = paper(cash_book(heading=replace(HEADING, until="2024-04-30")))
    assert "R28/2023-24" in text_of(pdf)
    pdf, _ = paper(cash_book())
    assert "/2023-24" not in text_of(pdf)


def test_long_particulars_take_more_lines_and_lose_nothing(paper: Print) -> None:
    said = "Received from Sita <b>Devi & Sons, by the hand of her brother-in-law, for seeds & fertiliser"
    letters = "म" * 80
    days: dict[str, list[Voucher]] = {
        **DAYS,
        "2023-11-05": [("R1", said, "5", 1000, 0), ("R2", "x" * 900, "5", 1000, 0), ("R3", letters, "5", 1, 0)],
    }
    pdf, _ = paper(cash_book(days))
    text = text_of(pdf)
    words = " ".join(re.sub(r"\s+", " ", line) for line in text.splitlines())
    assert all(word in words for word in said.split(" "))
    assert text.count("x") == 900
    assert text.count("म") == 80


def test_an_empty_period_keeps_its_heads_and_says_so(paper: Print) -> None:
    pdf, document = paper(cash_book({}))
    assert document.pages == 1
    text = " ".join(word.text for word in words_of(pdf, 1))
    assert "Nothing was posted in this period." in text
    assert "Nothing was posted in this period." in rows_on(pdf, 1)
    assert "Particulars" in text
    assert "Brought forward" not in text


def test_a_period_without_entries_is_one_block_with_equal_totals(paper: Print) -> None:
    balance = {"balance_cash": 81700, "balance_bank": 99_99_99_999_99}
    report = cash_book({}, replace(HEADING, folio=1))
    report.rows = [
        {"row": "opening", "date": "2023-11-05", "particulars": Say("Opening balance"), **balance},
        {"row": "closing", "date": "2023-12-31", "particulars": Say("Closing balance"), **balance},
    ]
    pdf, _ = paper(report)
    found = rows_on(pdf, 1)
    first = next(i for i, line in enumerate(found) if "Opening" in line)
    figures = "817.00 99,99,99,999.99"
    assert found[first : first + 2] == [
        f"05-11-2023 Opening balance {figures} 31-12-2023 Closing balance {figures}", f"{figures} {figures}",
    ]  # fmt: skip
    assert "".join(found).count("99,99,99,999.99") == 4


def test_amounts_of_crores_stay_in_their_column(paper: Print) -> None:
    days: dict[str, list[Voucher]] = {
        "2023-11-05": [("R1", "Grant", "5", 99_99_99_999_99, 0), ("R2", "Grant", "5", 0, 99_99_99_999_99)]
    }
    pdf, _ = paper(cash_book(days, replace(HEADING, folio=1)))
    assert "99,99,99,999.99" in text_of(pdf)


def test_a_page_of_another_language_has_its_own_words(paper: Print) -> None:
    heading = replace(HEADING, name=Person("Ratnai"), place=Person(""), chain=(), printed="", notes=(Say("Seen"),))
    pdf, _ = paper(cash_book(heading=heading), "hi")
    assert language("hi").say("Cash book") in text_of(pdf)
    assert "Ratnai" in text_of(pdf)
