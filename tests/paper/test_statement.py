"""The member's leaf on paper: figures whole or with paise, page turns, nothing outside its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookkeeper.printing.paper import write_pdf
from bookkeeper.printing.paper.document import Document
from bookkeeper.printing.paper.measure import shared
from bookkeeper.printing.paper.statement import turned
from bookkeeper.registers.member_statement import REGISTER
from bookkeeper.report import Amount, Column, Day, Kind, Part, Person, Report, Row, Say
from bookkeeper.words import language
from tests.paper.reading import POINTS, text_of, words_of
from tests.paper.savitri import HEADING

NOTE = (
    "You came to {present} of {held} meetings. If your book and this statement do not agree, say so in the next "
    "meeting."
)
NANDA = Person("Nanda Kambli", "नंदा कांबळी")
assert isinstance(REGISTER.columns, tuple)
COLUMNS: tuple[Column, ...] = REGISTER.columns


def days(count: int, unit: int, name: Person, *, extra: bool) -> Iterator[Row]:
    """Yield her opening and so many meetings: she saves 100 in each, pays 500 and 50 on a loan; a rupee is `unit`."""
    named = {"member": "9", "name": name}
    saved, owed = 1_200 * unit, 500 * count * unit
    opening = {"date": "2023-04-01", "row": "opening", "particulars": Say("Earlier balance")}
    yield {**named, **opening, "savings_balance": saved, "outstanding": owed}
    for number in range(count):
        saved, owed = saved + 100 * unit, owed - 500 * unit
        more = {"voluntary": 7 * unit, "withdrawn": 3 * unit} if extra else {"voluntary": 0, "withdrawn": 0}
        day = {"date": f"{2023 + (number + 3) // 12}-{(number + 3) % 12 + 1:02d}-05", "row": "entry"}
        flows = {"saved": 100 * unit, "loan_given": 0, "principal_paid": 500 * unit, "interest_paid": 50 * unit}
        yield {**named, **day, **more, **flows, "savings_balance": saved, "outstanding": owed}


def leaf(
    count: int = 12,
    *,
    unit: int = 100,
    loans: tuple[tuple[int, int, int], ...] = ((20, 5, 2),),
    name: Person = NANDA,
    extra: bool = False,
) -> Report:
    """Make a leaf by hand. A loan is its instalments, those paid, and those overdue."""
    figures = (Column("title", "Heading"), Column("amount", "Amount", Kind.BALANCE), Column("note", "Note"))
    due = (Column("key", "Key"), Column("what", "What for"), Column("amount", "Amount", Kind.BALANCE))
    arrears = (("Savings", 100), ("Earlier principal", 1_000), ("Today’s principal", 500), ("Earlier interest", 300))
    owed = (*arrears, ("Today’s interest", 150), ("Total", 2_050))
    strips = [
        {"loan": str(number), "purpose": Say("goats"), "count": count, "instalment": 500 * unit}
        | {"paid": paid, "overdue": overdue, "left": count - paid - overdue}
        for number, (count, paid, overdue) in enumerate(loans, 7)
    ]
    signs = (("Seal of the group", None), ("Secretary", Person("Shubhangi Walavalkar", "शुभांगी वालावलकर")))
    notes = (
        Say.of("up to {date}", date=Day("2024-03-31")),
        Say.of("of {amount}", amount=Amount(10_000 * unit)),
        Say.of("in the meeting of {date}", date=Day("2024-04-05")),
    )
    boxes = [
        {"title": Say(title), "amount": rupees * unit, "note": note}
        for title, rupees, note in zip(
            ("Your savings", "Your loan", "To pay now"), (2_400, 7_500, 2_050), notes, strict=True
        )
    ]
    instalment = (Column("instalment", "An instalment", Kind.BALANCE),)
    parts = (
        Part("boxes", "In short", figures, tuple(boxes)),
        Part("due", "What to pay now", due, tuple({"what": Say(what), "amount": paise * unit} for what, paise in owed)),
        Part("instalments", "Loans by instalments", instalment, tuple(strips)),
        Part("signatures", "Signatures", (), tuple({"caption": Say(what), "name": who} for what, who in signs)),
    )
    heading = replace(
        HEADING, since="2023-04-01", until="2024-03-31", folio=1, notes=(Say.of(NOTE, present=10, held=12),)
    )
    return Report("member-statement", REGISTER, heading, COLUMNS, days(count, unit, name, extra=extra), parts=parts)


def prints(report: Report, out: Path, code: str = "en") -> Document:
    """Print a leaf, on which nothing is too wide and nothing stands outside the margins."""
    document = write_pdf([report], language(code), out)
    assert document.overflows == []
    for page in range(1, document.pages + 1):
        for word in words_of(out, page):
            assert 15.9 * POINTS <= word.left < word.right <= 194.1 * POINTS, word
            assert word.below < 291 * POINTS, word
    return document


@pytest.mark.parametrize("code", ["en", "hi", "mr"])
def test_the_leaf_of_a_year_is_one_page(tmp_path: Path, code: str) -> None:
    assert prints(leaf(), tmp_path / "leaf.pdf", code).pages == 1


@pytest.mark.parametrize("code", ["en", "hi", "mr"])
@pytest.mark.parametrize("extra", [True, False])
def test_money_has_room_and_dates_do_not_take_it(tmp_path: Path, code: str, extra: bool) -> None:  # noqa: FBT001
    prints(leaf(extra=extra), tmp_path / "leaf.pdf", code)
    words = words_of(tmp_path / "leaf.pdf", 1)
    hundreds = {language(code).rupees(paise * 100) for paise in (7, 50, 100)}
    first = min(word.right for word in words if word.text in hundreds and word.below > 500)
    assert 16 + 26 < first / POINTS < 16 + 26 + 19 + 2


@given(st.lists(st.tuples(st.integers(5, 30), st.integers(5, 30)), min_size=1, max_size=9), st.integers(0, 60))
def test_a_room_is_shared_as_declared(columns: list[tuple[int, int]], more: int) -> None:
    declared, least = [float(one) for one, _ in columns], [float(one) for _, one in columns]
    widths = shared(sum(least) + more, declared, least)
    assert sum(widths) == pytest.approx(sum(least) + more)
    assert all(width >= own - 0.001 for width, own in zip(widths, least, strict=True))


def test_it_speaks_to_her_in_her_language(tmp_path: Path) -> None:
    prints(leaf(), tmp_path / "leaf.pdf", "mr")
    text = " ".join(text_of(tmp_path / "leaf.pdf").split())
    for words in (
        "सभासद खाते उतारा",
        "नंदा कांबळी सभासद क्र. ९",
        "तुमची बचत तुमचे कर्ज बाकी आता भरायचे ₹ २,४०० ₹ ७,५०० ₹ २,०५०",
        "३१-०३-२०२४ पर्यंत १०,००० पैकी ०५-०४-२०२४ च्या सभेत",
        "बचत मागील मुद्दल आजचे मुद्दल मागील व्याज आजचे व्याज एकूण",
        "दर हप्ता ५०० ५ भरले, २ थकले, १३ राहिले",
        "मागील शिल्लक १,२००",
        "तुम्ही १२ पैकी १० सभांना हजर होता. पुस्तक आणि हा उतारा जुळत नसेल तर पुढील सभेत सांगा.",
        "गटाचा शिक्का सचिव, शुभांगी वालावलकर",
    ):
        assert words in text, words


def test_the_table_adds_up(tmp_path: Path) -> None:
    prints(leaf(), tmp_path / "leaf.pdf")
    text = text_of(tmp_path / "leaf.pdf")
    assert re.search(r"Earlier balance +1,200 +6,000\n", text)
    assert re.search(r"05-04-2023 +100 +1,300 +– +500 +50 +5,500\n", text)
    assert re.search(r"Total +1,200 +2,400 +– +6,000 +600 +–\n", text)


def test_one_amount_with_paise_gives_all_of_them_paise(tmp_path: Path) -> None:
    report = leaf()
    report.rows = [{**row, "interest_paid": 5_050} if row["row"] == "entry" else row for row in report.rows]
    prints(report, tmp_path / "leaf.pdf")
    text = text_of(tmp_path / "leaf.pdf")
    assert "₹ 2,400.00" in text
    assert "of 10,000.00" in text
    assert re.search(r"05-04-2023 +100.00 +1,300.00 +– +500.00 +50.50 +5,500.00\n", text)
    assert not re.search(r"\d,\d{3}(?![.,\d])", text.replace("Dr 4,13,779.75", ""))


def test_columns_that_few_members_need_stand_only_where_they_are_used(tmp_path: Path) -> None:
    prints(leaf(), tmp_path / "leaf.pdf")
    assert "Extra" not in text_of(tmp_path / "leaf.pdf")
    prints(leaf(extra=True), tmp_path / "more.pdf")
    text = text_of(tmp_path / "more.pdf")
    assert re.search(r"Total +1,200 +84 +36 +2,400 +– +6,000 +600 +–\n", text)


@pytest.mark.parametrize("code", ["en", "hi", "mr"])
def test_large_amounts_have_their_place(tmp_path: Path, code: str) -> None:
    prints(leaf(unit=123_457, extra=True), tmp_path / "leaf.pdf", code)


@pytest.mark.parametrize("count", [1, 13, 14, 15, 30, 31, 52, 53, 54, 104])
def test_what_is_carried_is_brought(tmp_path: Path, count: int) -> None:
    out = tmp_path / "leaf.pdf"
    document = prints(leaf(count), out)
    pages = [text_of(out, page + 1) for page in range(document.pages)]
    whole = "".join(pages)
    assert len(re.findall(r"^ *\d\d-\d\d-\d{4} +100 ", whole, re.MULTILINE)) == count
    total = f"{language('en').rupees(count * 10_000)} +{language('en').rupees((12 + count) * 10_000)}"
    assert re.search(rf"Total +{total}", pages[-1])
    carried = [re.search(r"Carried forward +(.*)", page) for page in pages[:-1]]
    brought = [re.search(r"Brought forward +(.*)", page) for page in pages[1:]]
    assert [one and one[1].split() for one in carried] == [one and one[1].split() for one in brought]
    assert all("Seal" not in page for page in pages[:-1])
    assert "You came to 10 of 12 meetings" in pages[-1]
    if document.pages > 1:
        assert all(f"Page {number} of {document.pages}" in page for number, page in enumerate(pages, 1))


@pytest.mark.parametrize(
    "loans",
    [
        (),
        ((1, 0, 0),),
        ((21, 20, 1),),
        ((60, 0, 60),),
        ((600, 3, 0),),
        ((20, 5, 2), (12, 0, 0), (40, 39, 0)),
        ((20, 5, 2), (12, 0, 0), (40, 39, 0), (6, 1, 1), (6, 1, 1)),
        ((60, 1, 1), (60, 1, 1), (60, 1, 1)),
    ],
)
def test_each_loan_has_a_strip(tmp_path: Path, loans: tuple[tuple[int, int, int], ...]) -> None:
    out = tmp_path / "leaf.pdf"
    prints(leaf(loans=loans), out)
    text = text_of(out)
    assert len(re.findall(r"Loan \d+, goats\. \d+ instalments, 500 each", text)) == min(len(loans), 3)
    assert ("And 2 more loans." in text) == (len(loans) == 5)
    for count, paid, overdue in loans[:3]:
        assert f"{paid} paid, {overdue} overdue, {count - paid - overdue} left" in text
    assert len(re.findall(r"^ *\d\d-\d\d-\d{4} +100 ", text, re.MULTILINE)) == 12


@pytest.mark.parametrize("code", ["en", "mr"])
def test_long_names_are_whole(tmp_path: Path, code: str) -> None:
    long = "Annapurnabai Vishweshwarnarayan Ramchandrapurkar Deshpande-Kulkarni"
    local = "अन्नपूर्णाबाई विश्वेश्वरनारायण रामचंद्रपूरकर देशपांडे-कुलकर्णी"
    report = leaf(40, name=Person(long, local))
    group = "Kamdhenu Mahila Gramsangh Dairy Producer Company Limited of Kudal and Sawantwadi"
    report.heading = replace(report.heading, name=Person(group))
    prints(report, tmp_path / "leaf.pdf", code)
    text = " ".join(text_of(tmp_path / "leaf.pdf").split())
    assert all(word in text for word in (*(long if code == "en" else local).split(), *group.split()))


def test_several_leaves_are_one_file(tmp_path: Path) -> None:
    document = write_pdf([leaf(), leaf(30), leaf(2)], language("en"), tmp_path / "leaves.pdf")
    assert document.overflows == []
    assert document.pages == 4
    assert ["Nanda Kambli" in text_of(tmp_path / "leaves.pdf", page) for page in (1, 2, 3, 4)] == [True] * 4


def test_a_leaf_of_nobody_says_so(tmp_path: Path) -> None:
    report = leaf()
    report.rows, report.parts = (), ()
    prints(report, tmp_path / "leaf.pdf")
    assert "Nothing was posted in this period." in text_of(tmp_path / "leaf.pdf")


@given(
    count=st.integers(1, 300),
    first=st.tuples(st.integers(0, 30), st.integers(0, 20)),
    later=st.tuples(st.integers(6, 40), st.integers(3, 30)),
)
def test_every_row_is_on_a_page_that_has_room(count: int, first: tuple[int, int], later: tuple[int, int]) -> None:
    first, later = (max(first), min(first)), (max(later), min(later))
    pages = turned(count, first, later)
    assert sum(pages) == count
    assert pages[-1] >= 1
    for place, rows in enumerate(pages):
        room, closing = later if place else first
        brought = 1 if sum(pages[:place]) else 0
        assert rows + brought <= (closing if place == len(pages) - 1 else room - (1 if rows else 0))
        assert rows or place == 0
