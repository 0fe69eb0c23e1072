"""The meeting's sheet on paper: the pictured blank sheet of Savitri read back, and a filled one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookkeeper.printing.paper import write_pdf
from bookkeeper.printing.paper.document import Document
from bookkeeper.printing.paper.sheet import turned
from bookkeeper.registers.meeting_sheet import COLUMNS, REGISTER
from bookkeeper.report import Column, Part, Person, Report, Row, Say
from bookkeeper.words import language
from tests.paper.reading import POINTS, text_of, words_of
from tests.paper.savitri import HEADING

# The picture: number, names, savings due, principal and interest due, in rupees
MEMBERS = (
    ("Anita Sawant", "अनिता सावंत", 100, 300, 12),
    ("Asha Parab", "आशा परब", 100, 0, 0),
    ("Bharati Naik", "भारती नाईक", 200, 2000, 400),
    ("Chhaya Rane", "छाया राणे", 100, 500, 90),
    ("Jayashree Gawde", "जयश्री गावडे", 100, 800, 48),
    ("Kalpana Desai", "कल्पना देसाई", 100, 1000, 180),
    ("Laxmi Dhuri", "लक्ष्मी धुरी", 100, 800, 160),
    ("Manisha Palav", "मनीषा पालव", 100, 1000, 140),
    ("Nanda Kambli", "नंदा कांबळी", 100, 1500, 450),
    ("Pramila Mestry", "प्रमिला मेस्त्री", 100, 0, 0),
    ("Rukmini Jadhav", "रुक्मिणी जाधव", 100, 800, 96),
    ("Sangita Redkar", "संगीता रेडकर", 100, 400, 8),
    ("Shubhangi Walavalkar", "शुभांगी वालावलकर", 100, 1250, 225),
    ("Sunanda Ghadi", "सुनंदा घाडी", 100, 500, 40),
    ("Vaishali Khanolkar", "वैशाली खानोलकर", 100, 1100, 154),
)
NOTES = (500, 200, 100, 50, 20, 10)
Print = Callable[..., tuple[Path, Document]]


def blank_rows(count: int = len(MEMBERS)) -> Iterator[Row]:
    for place in range(count):
        name, local, savings, principal, interest = MEMBERS[place % len(MEMBERS)]
        yield {
            "member": str(place + 1), "name": Person(name, local), "due_savings": savings * 100,
            "due_principal": principal * 100 or None, "due_interest": interest * 100 or None,
        }  # fmt: skip


def filled_rows() -> Iterator[Row]:
    """All pay what is due but member 3, who pays her savings and half of her principal."""
    for row in blank_rows():
        paid = {key: row[f"due_{key}"] or 0 for key in ("savings", "principal", "interest")}
        if row["member"] == "3":
            paid |= {"principal": 100000, "interest": 0}
        total = sum(int(str(amount)) for amount in paid.values())
        yield {**row, "attendance": "P", **paid, "voluntary_savings": 0, "fine": 0, "_total": total}


def parts(values: dict[str, object], *, filled: bool, resolutions: Sequence[Row] = ()) -> tuple[Part, ...]:
    about = [{"_key": key, "_shown": value, "_filled": filled} for key, value in values.items()]
    counted = {500: 3, 10: 4} if filled else {}
    count: list[Row] = [{"note": note} for note in NOTES]
    if filled:
        count = [{"note": n, "pieces": counted.get(n, 0), "_amount": n * counted.get(n, 0) * 100} for n in NOTES]
    foot: list[Row] = [{"amount": 3000, "narration": "Minute book", "_shown": Say("Stationery")}] if filled else []
    return (
        Part("meeting", "Meeting", (), tuple(about)),
        Part("count", "Cash counted", (), tuple(count)),
        Part("foot", "Other receipts and payments", (), tuple(foot)),
        Part("resolutions", "Resolutions", (), tuple(resolutions)),
    )


def sheet(
    rows: Sequence[Row],
    *,
    filled: bool = False,
    place: str = "Anganwadi, Kudal",
    totals: dict[str, int] | None = None,
    columns: tuple[Column, ...] = COLUMNS,
    resolutions: Sequence[Row] = (),
) -> Report:
    values: dict[str, object] = {"number": "25", "date": "2024-04-05", "place": place}
    if filled:
        values |= {"time": "11:00", "presided_by": Person("Bharati Naik", "भारती नाईक")}
    heading = replace(HEADING, since=None, until=None, as_of="2024-04-05")
    cash = totals or {"balance_before": 104000}
    around = parts(values, filled=filled, resolutions=resolutions)
    return Report("meeting-sheet", REGISTER, heading, columns, rows, extra_totals=lambda: cash, parts=around)


ACCOUNT = {
    "balance_before": 104000, "received_from_members": 1415300, "other_receipts": 0, "loans_given": 1200000,
    "expenses_and_into_the_bank": 165100, "balance_in_the_box": 154200,
    "coins": 200, "counted": 154200, "cash_by_the_book": 154700, "difference": -500,
}  # fmt: skip


@pytest.fixture(name="paper")
def paper_fixture(tmp_path: Path) -> Print:
    def prints(report: Report, code: str = "en", digits: str | None = None) -> tuple[Path, Document]:
        out = tmp_path / f"sheet-{code}.pdf"
        document = write_pdf([report], language(code, digits=digits), out)
        assert document.overflows == []
        assert document.missing == ()
        return out, document

    return prints


def lines_of(pdf: Path, page: int = 1) -> list[str]:
    return [re.sub(r"\s+", " ", line.strip()) for line in text_of(pdf, page).splitlines() if line.strip()]


def test_the_pictured_sheet(paper: Print) -> None:
    pdf, document = paper(sheet(list(blank_rows())))
    assert document.pages == 1
    lines = lines_of(pdf)
    for line in ("1,600 11,950 2,003", "500 ×", "10, coins", "Balance before 1,040"):
        assert any(line in found for found in lines), line
    assert any("Bharati Naik" in line and "200 2,000 400" in line for line in lines)
    text = " ".join(lines)
    for said in ("Meeting 25, on 05-04-2024, Anganwadi, Kudal", "President", "Start", "End", "Signature", "New loan"):
        assert said in text
    assert "The small figure in the corner is what is due today. Write what is paid at its right." in text


def test_a_due_figure_stands_in_the_upper_left_corner_of_its_cell(paper: Print) -> None:
    pdf, _ = paper(sheet(list(blank_rows())))
    words = words_of(pdf, 1)
    (due,) = [word for word in words if word.text == "2,000"]
    (name,) = [word for word in words if word.text == "Bharati"]
    begins = (18 + 8 + 44 + 13 + 22 + 19) * POINTS  # where the column of principal does
    assert 0 < due.left - begins < 2.5 * POINTS
    assert due.below < name.below


def test_every_name_is_found_letter_by_letter(paper: Print) -> None:
    for code in ("mr", "hi"):
        pdf, _ = paper(sheet(list(blank_rows())), code)
        text = " ".join(lines_of(pdf))
        assert all(local in text for _, local, *_ in MEMBERS)
        say = language(code).say
        for head in ("Here", "Savings", "Voluntary", "Principal", "Interest", "Fine", "Other", "Total", "New loan"):
            assert say(head) in text
            assert head in text  # small, below
        for said in ("Cash account", "Cash counted", "Resolutions and other expenses", "Balance in the box"):
            assert say(said) in text
            assert said not in text


def test_a_filled_sheet_shows_what_was_paid_and_what_differs(paper: Print) -> None:
    pdf, document = paper(sheet(list(filled_rows()), filled=True, totals=ACCOUNT))
    assert document.pages == 1
    lines = lines_of(pdf)
    # as due but in part: 1,000 of 2,000, nothing of 400
    (hers,) = [line for line in lines if re.match(r"3 Bharati", line) or "Bharati Naik P" in line]
    assert re.sub(r"^3 ", "", hers) == "Bharati Naik P 200 – 2,000 1,000 400 – – – 1,200 –"
    (first,) = [line for line in lines if "Anita Sawant" in line]
    assert first.endswith("Anita Sawant P 100 – 300 12 – – 412 –")
    # 1,600 and 10,950 and 1,603 come to 14,153
    assert any("1,600" in line and "10,950" in line and "1,603" in line and "14,153" in line for line in lines)
    text = " ".join(lines)
    for said in ("500 × 3 1,500", "10 × 4 40", "Coins 2", "Counted 1,542", "Cash by the book 1,547", "Difference −5",
                 "Difference in words: Rupees Five Only.", "Stationery, Minute book 30", "11:00"):  # fmt: skip
        assert said in text, said
    assert "200 ×" not in text


@pytest.mark.parametrize("code", ["en", "hi", "mr"])
def test_the_lines_of_a_long_count_are_as_high_as_others(paper: Print, code: str) -> None:
    report = sheet(list(filled_rows()), filled=True, totals=ACCOUNT)
    count = tuple({"note": note, "pieces": 4, "_amount": note * 400} for note in (500, 200, 100, 50))
    report.parts = tuple(replace(part, rows=count) if part.key == "count" else part for part in report.parts)
    pdf, document = paper(report, code)
    assert document.pages == 1
    edge = (110 + 20 + 22) * POINTS
    amounts = {language(code).rupees(note * 400) for note in (500, 200, 100, 50)}
    lines = sorted(
        w.below for w in words_of(pdf, 1) if w.text in amounts and edge < w.left < edge + 34 * POINTS and w.below > 400
    )
    assert len(lines) == 4
    assert all(below - above == pytest.approx(5.8 * POINTS, abs=0.2) for above, below in pairwise(lines))


def test_paise_are_shown_where_there_are_some(paper: Print) -> None:
    rows = [dict(row) for row in filled_rows()]
    rows[0]["interest"] = 1250
    pdf, _ = paper(sheet(rows, filled=True, totals=ACCOUNT))
    text = " ".join(lines_of(pdf))
    assert "12.50" in text
    assert "10,950.00" in text


def test_twenty_members_stand_on_one_page_and_more_go_on(paper: Print) -> None:
    _, document = paper(sheet(list(blank_rows(20))), "mr")
    assert document.pages == 1
    pdf, document = paper(sheet(list(blank_rows(31))))
    assert document.pages == 2
    first, last = (" ".join(lines_of(pdf, page)) for page in (1, 2))
    assert "Cash account" not in first
    assert "Cash account" in last
    assert "Savings" in first
    assert "Savings" in last
    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in last


def test_rows_of_one_member_name_her_once(paper: Print) -> None:
    rows: list[Row] = [*blank_rows(1), {"member": "1", "name": Person("Anita Sawant"), "due_principal": 70000}]
    pdf, _ = paper(sheet(rows))
    text = " ".join(lines_of(pdf))
    assert text.count("Anita") == 1
    assert "700" in text


def test_resolutions_that_do_not_fit_go_on_in_the_minutes(paper: Print) -> None:
    long = [{"number": f"25/{n}", "text": "To write to the bank about the loan and the seeds. " * 3} for n in range(9)]
    pdf, _ = paper(sheet(list(filled_rows()), filled=True, totals=ACCOUNT, resolutions=long))
    text = " ".join(lines_of(pdf))
    assert "25/0 To write" in text
    assert "25/8" not in text
    assert "Continued in the minutes." in text


def test_long_places_and_large_amounts_stay_in_their_places(paper: Print) -> None:
    rows = [dict(row) for row in filled_rows()]
    rows[0] |= {"savings": 99_99_99_999_99, "_total": 99_99_99_999_99, "fine": 12_34_567_89, "name": Person("x" * 60)}
    place = "The hall of the primary school behind the temple of Kudal, by the lake and the old banyan tree " * 2
    pdf, _ = paper(sheet(rows, filled=True, place=place, totals=ACCOUNT))
    assert "99,99,99,999.99" in text_of(pdf)


def test_a_sheet_of_nobody_and_one_in_the_second_language_with_native_digits(paper: Print) -> None:
    paper(sheet([]))
    pdf, _ = paper(sheet(list(blank_rows())), "mr", "native")
    text = " ".join(lines_of(pdf))
    assert "११,९५०" in text
    assert "सभा २५, दिनांक ०५-०४-२०२४" in text


@given(st.integers(0, 300), st.integers(2, 40), st.integers(1, 40))
def test_every_row_stands_on_some_page_and_the_last_has_room(count: int, full: int, closing: int) -> None:
    pages = turned(count, full, closing)
    assert sum(pages) == count
    assert pages[-1] <= closing
    assert all(0 < page <= full for page in pages[:-1])
    assert count == 0 or pages[-1] > 0
