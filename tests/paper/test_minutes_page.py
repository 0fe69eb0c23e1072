"""The bound book of minutes on paper: read back, and its page turns."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookkeeper.printing.paper import write_pdf
from bookkeeper.printing.paper.document import Document
from bookkeeper.printing.paper.minutes import Block, turned
from bookkeeper.registers.minutes import REGISTER
from bookkeeper.report import Column, Person, Report, Say
from bookkeeper.words import language
from tests.paper.reading import text_of
from tests.paper.savitri import HEADING

ASHA = Person("Asha Parab", "आशा परब")
Print = Callable[..., tuple[Path, Document]]


def fact(what: str, text: object) -> dict[str, Any]:
    return {"section": Say("Meeting"), "row": "fact", "what": Say(what), "text": text}


def amount(section: str, what: str, paise: int, row: str = "amount") -> dict[str, Any]:
    return {"section": Say(section), "row": row, "what": Say(what), "amount": paise}


ROWS: list[dict[str, Any]] = [
    fact("Number", 24),
    fact("Weekday", Say("Tuesday")),
    {"section": Say("Meeting"), "row": "fact", "what": Say("Presided by"), "name": ASHA, "member": "2"},
    {"section": Say("Agenda"), "row": "item", "number": 1, "text": "Savings"},
    amount("Receipts", "Member savings", 150000),
    amount("Receipts", "Total", 150000, "total"),
    {"section": Say("Resolutions"), "row": "item", "number": "24/1", "text": "To lend to Asha Parab."},
    {"section": Say("Resolutions"), "row": "note", "text": Say.of("Proposed by {first}.", first=ASHA)},
    {"section": Say("What was discussed"), "row": "paragraph", "text": "First.\nSecond, <b>in full</b>."},
    amount("Cash counted", "The count is short by", 500, "count"),
    {"section": Say("Absent members"), "row": "person", "member": "2", "name": ASHA, "text": Say("with leave")},
    {"section": Say("Signatures"), "row": "signature", "name": ASHA, "what": Say("President")},
]


def opening(rows: list[dict[str, Any]] = ROWS, number: str = "24") -> Report:
    assert not callable(REGISTER.columns)
    columns: tuple[Column, ...] = REGISTER.columns
    told = [{"meeting": number, "date": "2024-03-05", **row} for row in rows]
    return Report("minutes", REGISTER, replace(HEADING, since="2024-03-01", until="2024-03-31"), columns, told)


@pytest.fixture(name="paper")
def paper_fixture(tmp_path: Path) -> Print:
    def prints(*reports: Report, code: str = "en") -> tuple[Path, Document]:
        out = tmp_path / f"minutes-{code}.pdf"
        document = write_pdf(reports, language(code), out)
        assert document.overflows == []
        assert document.missing == ()
        return out, document

    return prints


def lines_of(pdf: Path, page: int = 1) -> list[str]:
    return [re.sub(r"\s+", " ", line.strip()) for line in text_of(pdf, page).splitlines() if line.strip()]


def test_an_opening_line_by_line(paper: Print) -> None:
    pdf, document = paper(opening())
    assert document.pages == 1
    lines = lines_of(pdf)
    begin = lines.index("Meeting Agenda")
    assert lines[begin : begin + 21] == [
        "Meeting Agenda", "Number 24 1 Savings", "Weekday Tuesday", "Presided by Asha Parab",
        "Receipts", "Member savings 1,500.00", "Total 1,500.00",
        "Resolutions", "24/1 To lend to Asha Parab.", "Proposed by Asha Parab.",
        "What was discussed", "First.", "Second, <b>in full</b>.",
        "Cash counted", "The count is short by 5.00", "Difference in words: Rupees Five Only.",
        "Absent members", "2 Asha Parab, with leave",
        "Signatures", "Asha Parab", "President",
    ]  # fmt: skip
    text = " ".join(lines)
    assert "Meeting 24, on 05-03-2024" in text
    assert "Folio 12" in text
    assert "Page 1 of 1" in text
    assert "7f3a 91c2 e05d 44b8" in text


@pytest.mark.parametrize("code", ["mr", "hi"])
def test_devanagari_is_found_letter_by_letter(paper: Print, code: str) -> None:
    pdf, _ = paper(opening(), code=code)
    words = language(code)
    text = " ".join(lines_of(pdf))
    for said in ("Minutes", "Weekday", "Tuesday", "Presided by", "Resolutions", "The count is short by", "Signatures"):
        assert words.say(said) in text
    assert "आशा परब" in text
    assert words.amount(150000) in text
    assert words.amount_in_words(500) in text


def test_each_meeting_begins_on_a_new_page_and_folios_run_on(paper: Print) -> None:
    pdf, document = paper(opening(), opening(number="25"))
    assert document.pages == 2
    assert "Folio 12" in " ".join(lines_of(pdf, 1))
    second = " ".join(lines_of(pdf, 2))
    assert "Folio 13" in second
    assert "Meeting 25" in second
    assert "Page 1 of 1" in second


def test_a_usual_meeting_has_one_page_and_its_sums_beside_each_other(paper: Print) -> None:
    told = [
        *(fact(f"Fact {n}", n) for n in range(6)),
        *({"section": Say("Agenda"), "row": "item", "number": n, "text": "Savings"} for n in range(1, 6)),
        amount("Savings", "Savings", 150000),
        *(amount("Receipts", f"Head {n}", 5000) for n in range(8)),
        *(amount("Payments", f"Head {n}", 5000) for n in range(6)),
        *(row for n in range(3) for row in ROWS[6:8]),
        *({**ROWS[8], "text": f"Said {n}."} for n in range(4)),
        *(amount("Cash counted", f"{note} × 1", note * 100) for note in (500, 200, 100, 50, 20, 10)),
        *ROWS[10:],
    ]
    pdf, document = paper(opening(told))
    assert document.pages == 1
    lines = lines_of(pdf)
    assert "Receipts Payments" in lines
    assert "Savings Cash counted" in lines
    assert lines[lines.index("Savings Cash counted") + 1] == "Savings 1,500.00 500 × 1 500.00"


def test_a_section_is_not_torn(paper: Print) -> None:
    told = [*(amount("Receipts", f"In {n}", 5000) for n in range(30)), *(fact(f"Fact {n}", n) for n in range(30))]
    pdf, document = paper(opening(told))
    assert document.pages == 2
    assert sum(line.startswith("Fact") for line in lines_of(pdf, 2)) == 30


def test_numbers_and_the_clock_have_the_digits_of_the_page(paper: Print) -> None:
    pdf, _ = paper(opening([fact("Time", "15:30"), *ROWS]), code="mr")
    text = " ".join(lines_of(pdf))
    for said in ("१५:३०", "२४/१", "२ आशा परब"):
        assert said in text


def test_long_minutes_go_on_without_losing_a_word(paper: Print) -> None:
    spoken = "\n".join(
        f"{n}. The members spoke of the seeds, the bank and the road to Kudal at length." for n in range(90)
    )
    rows = [{**row, "text": spoken} if row["row"] == "paragraph" else row for row in ROWS]
    pdf, document = paper(opening(rows))
    assert document.pages > 1
    text = " ".join(line for page in range(1, document.pages + 1) for line in lines_of(pdf, page))
    assert all(f"{n}. The members" in text for n in range(90))
    assert f"Page 2 of {document.pages}" in text


def test_wide_amounts_and_words_stay_in_their_places(paper: Print) -> None:
    rows = [amount("Receipts", "Member savings " * 20, 99_99_99_99_999_99), {**ROWS[-1], "what": None}]
    rows += [ROWS[-1]] * 6
    pdf, _ = paper(opening(rows))
    assert "99,99,99,99,999.99" in text_of(pdf)


def test_a_period_without_meetings_says_so(paper: Print) -> None:
    pdf, document = paper(opening([]))
    assert document.pages == 1
    assert "No meeting was held in this period." in " ".join(lines_of(pdf))


def nothing_drawn(*_: object) -> None:
    """Stand for a block's drawing."""


BLOCKS = st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=60)


@given(BLOCKS)
def test_every_block_stands_once_and_a_title_never_ends_a_page(drawn: list[tuple[int, bool]]) -> None:
    blocks: list[Block] = []
    for height, title in drawn:
        holds = title and not (blocks and blocks[-1].holds_next)
        blocks.append(Block(float(height), nothing_drawn, holds))
    pages = list(turned(blocks, 20.0))
    assert [block for page in pages for block in page] == blocks
    assert all(sum(block.height for block in page) <= 20 for page in pages)
    assert not any(page[-1].holds_next for page in pages[:-1])
