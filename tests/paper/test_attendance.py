"""The attendance register on paper: heads of two lines, signs in boxes, the lines that close it, bands of columns."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from bookkeeper.printing.paper import write_pdf
from bookkeeper.printing.paper.document import Document
from bookkeeper.report import Column, Kind, Mark, Part, Person, Register, Report, Row, Say
from bookkeeper.words import language
from tests.paper.reading import POINTS, text_of, words_of
from tests.paper.savitri import HEADING

MARKS = (Mark("P", "P"), Mark("T", "Lt"), Mark("L", "L", boxed=True), Mark("A", "A", boxed=True))
REGISTER = Register(
    "Attendance register", (), landscape=True, line_mm=6.9, signed_by=("Secretary",), closes_with_totals=False
)


def register(members: int = 15, meetings: int = 12) -> Report:
    """Make a register in which member 1 is late first, on leave then, and absent last; all others are present."""
    keys = [str(number) for number in range(13, 13 + meetings)]
    heads = [
        Column(key, key, under=str(2023 + place // 9), head=f"{key}\n05-{place % 12 + 1:02d}", mm=13.4, marks=MARKS)
        for place, key in enumerate(keys)
    ]
    percent = Column("percent", "Percent", Kind.PERCENT, mm=17.2, whole=True)
    columns = (
        Column("member", "Member no.", head="No.", mm=9),
        Column("name", "Member"),
        *heads,
        Column("present", "Present", Kind.COUNT, mm=14),
        Column("held", "Held", Kind.COUNT, mm=14),
        percent,
    )
    rows: list[Row] = []
    for number in range(1, members + 1):
        values = dict.fromkeys(keys, "P")
        if number == 1:
            values |= {keys[0]: "T", keys[1]: "L", keys[-1]: "A"}
        name = Person(f"Anita {number}", f"अनिता {number}")
        rows.append({"member": str(number), "name": name, **values, "present": 10, "held": 12, "percent": "83.33"})
    counts = tuple(Column(key, key, Kind.COUNT) for key in (*keys, "present", "held"))
    came: Row = dict.fromkeys(keys, members) | {"percent": "99.50"}
    shares = tuple(Column(key, key, Kind.PERCENT, whole=True) for key in keys)
    parts = (
        Part("present", "Present", (*counts, percent), (came,), closes=True),
        Part("percent", "Percent", shares, (dict.fromkeys(keys, "92.49"),), closes=True),
    )
    heading = replace(HEADING, folio=4, notes=(Say.of("Meetings {first} to {last}", first=13, last=12 + meetings),))
    return Report("attendance-register", REGISTER, heading, columns, rows, parts=parts)


def prints(report: Report, out: Path, code: str = "en") -> Document:
    document = write_pdf([report], language(code), out)
    assert document.overflows == []
    for page in range(1, document.pages + 1):
        assert all(17.9 * POINTS <= word.left < word.right <= 285.1 * POINTS for word in words_of(out, page))
    return document


@pytest.mark.parametrize("code", ["en", "hi", "mr"])
def test_fifteen_members_and_a_year_are_one_page(tmp_path: Path, code: str) -> None:
    assert prints(register(), tmp_path / "register.pdf", code).pages == 1


def test_signs_stand_in_the_middle_and_percents_are_whole(tmp_path: Path) -> None:
    out = tmp_path / "register.pdf"
    prints(register(), out)
    text = text_of(out)
    assert re.search(r"2023 +2024", text)
    assert re.search(r"13 +14 +15 .* 24\n", text)
    assert re.search(r"1 +Anita 1 +Lt +L( +P){9} +A +10 +12 +83%", text)
    assert re.search(r"Present( +15){12} +100%", text)
    assert re.search(r"Percent( +92%){12}\n", text)
    words = {word.text: (word.left + word.right) / 2 for word in words_of(out, 1)}
    assert words["Lt"] == pytest.approx((18 + 9 + 52 + 13.4 / 2) * POINTS, abs=0.5)
    assert words["05-01"] == pytest.approx(words["Lt"], abs=0.5)


def test_absent_and_leave_are_boxed(tmp_path: Path) -> None:
    out = tmp_path / "register.pdf"
    prints(register(), out)
    streams = re.findall(rb"FlateDecode/Length \d+>>\nstream\n(.*?)\nendstream", out.read_bytes(), re.DOTALL)
    assert sum(zlib.decompress(stream).count(b" c h S") for stream in streams) == 2


def test_a_page_in_marathi_has_its_own_signs(tmp_path: Path) -> None:
    prints(register(), tmp_path / "register.pdf", "mr")
    text = text_of(tmp_path / "register.pdf")
    assert re.search(r"अनिता 1 +उ +र( +ह){9} +गै +१० +१२ +८३%", text)
    assert re.search(r"हजर( +१५){12}", text)


@pytest.mark.parametrize("members", [1, 14, 16, 17, 18, 19, 20, 40])
def test_the_closing_lines_stand_once_on_the_last_page(tmp_path: Path, members: int) -> None:
    out = tmp_path / "register.pdf"
    document = prints(register(members), out)
    pages = [text_of(out, page + 1) for page in range(document.pages)]
    assert [len(re.findall(r"Percent +92%", page)) for page in pages] == [0] * (len(pages) - 1) + [1]
    assert re.findall(r"Anita (\d+)", "".join(pages)) == [str(number) for number in range(1, members + 1)]
    assert all(re.search(r"Anita \d", page) for page in pages)
    assert max(word.below for word in words_of(out, document.pages)) < 210 * POINTS


def test_more_meetings_than_fit_go_on_a_second_sheet(tmp_path: Path) -> None:
    out = tmp_path / "register.pdf"
    assert prints(register(15, 24), out).pages == 2
    first, second = text_of(out, 1), text_of(out, 2)
    assert all(len(re.findall(r"Anita \d+", page)) == 15 for page in (first, second))
    assert len(re.findall("92%", first + second)) == 24
    assert re.search(r"Percent +92%", first)
    assert re.search(r"Percent +92%", second)
