"""Amounts, counts, dates and messages as a page shows them."""

import sys
from dataclasses import dataclass
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookkeeper.errors import BadInput
from bookkeeper.report import Kind, Person, Say
from bookkeeper.words import language, languages

ENGLISH, HINDI, MARATHI = language("en"), language("hi"), language("mr")
SAVITRI = Person("Savitri", "सावित्री")


@pytest.mark.parametrize(
    ("paise", "shown"),
    [
        (1, "0.01"),
        (-5, "-0.05"),
        (99_999, "999.99"),
        (1_000_00, "1,000.00"),
        (-1_000_00, "-1,000.00"),
        (99_999_00, "99,999.00"),
        (1_00_000_00, "1,00,000.00"),
        (12_34_567_00, "12,34,567.00"),
        (1_29_202_00, "1,29,202.00"),
        (-12_34_56_789_50, "-12,34,56,789.50"),
        (1_00_00_00_000_00, "1,00,00,00,000.00"),
    ],
)
def test_amounts_are_grouped_by_thousand_lakh_and_crore(paise: int, shown: str) -> None:
    assert ENGLISH.amount(paise) == shown


@given(st.integers(min_value=-(10**16), max_value=10**16).filter(bool))
def test_grouping_strips_back_to_the_number(paise: int) -> None:
    shown = ENGLISH.amount(paise)
    rupees, _, rest = shown.lstrip("-").replace(",", "").partition(".")
    assert (-1 if shown.startswith("-") else 1) * (int(rupees) * 100 + int(rest)) == paise
    assert shown == MARATHI.amount(paise).translate(str.maketrans("०१२३४५६७८९", "0123456789"))


@given(st.integers(min_value=0, max_value=10**14))
def test_groups_are_three_then_twos(count: int) -> None:
    first, *between, last = ["0", *ENGLISH.number(count).split(",")]
    assert first == "0"
    assert len(last) == 3 or not between
    assert all(len(group) == 2 for group in between[1:])
    assert not between or len(between[0]) in (1, 2)


def test_nought_shows_as_its_column_says() -> None:
    assert ENGLISH.amount(0) == "0.00"
    assert MARATHI.amount(0) == "०.००"
    assert ENGLISH.amount(0, "–") == MARATHI.amount(0, "–") == "–"
    assert ENGLISH.amount(0, "") == ""


def test_a_language_has_the_digits_of_its_catalogue_or_those_asked_for() -> None:
    assert MARATHI.native_digits
    assert not HINDI.native_digits
    assert MARATHI.amount(7817_00) == "७,८१७.००"
    assert HINDI.amount(7817_00) == "7,817.00"
    assert language("mr", digits="latin").amount(7817_00) == "7,817.00"
    assert language("hi", digits="native").amount(7817_00) == "७,८१७.००"
    assert language("en", digits="native").amount(7817_00) == "7,817.00"
    assert (MARATHI.number(123456), MARATHI.number(-1000), ENGLISH.number(-12)) == ("१,२३,४५६", "-१,०००", "-12")


def test_dates_have_the_day_first() -> None:
    assert ENGLISH.date("2023-11-05") == "05-11-2023"
    assert MARATHI.date("2023-11-05") == "०५-११-२०२३"
    assert ENGLISH.date("2024-04-05 11:42") == "05-04-2024 11:42"
    assert ENGLISH.date(None) == ""


def test_a_period_is_said_as_the_paper_has_it() -> None:
    assert ENGLISH.period("2023-11-05", "2023-12-31") == "05-11-2023 to 31-12-2023"
    assert HINDI.period("2023-11-05", "2023-12-31") == "दिनांक 05-11-2023 से 31-12-2023 तक"
    assert MARATHI.period("2023-11-05", "2023-12-31") == "दिनांक ०५-११-२०२३ ते ३१-१२-२०२३"


def test_messages_are_filled_in_the_languages_own_order() -> None:
    assert ENGLISH.say("Page {page} of {pages}", page=1, pages=2) == "Page 1 of 2"
    assert MARATHI.say("Page {page} of {pages}", page=1, pages=2) == "२ पैकी १"
    assert MARATHI.say("Brought forward from folio {folio}", folio=11) == "मागील पान ११ वरून"


def test_what_stands_in_a_message_is_said_in_the_same_language() -> None:
    lent = Say.of("{account}: loan {loan}, {member}", account=Say("Member loans"), loan=11, member=SAVITRI)
    assert ENGLISH.text(lent) == "Member loans: loan 11, Savitri"
    assert MARATHI.text(lent) == "सभासद कर्ज: कर्ज ११, सावित्री"


def test_numbers_of_vouchers_stay_western() -> None:
    assert MARATHI.say("Reversed by {voucher}", voucher="R28/2023-24") == "R28/2023-24 द्वारे उलट नोंद"
    assert MARATHI.text("R28") == "R28"


def test_what_the_user_wrote_is_neither_translated_nor_filled() -> None:
    assert MARATHI.text("Cash book") == "Cash book"
    assert MARATHI.text(Say("Pots {big}")) == "Pots {big}"
    assert (
        ENGLISH.say("{account}: {narration}", account="{narration}", narration="50% {x} \\1")
        == "{narration}: 50% {x} \\1"
    )
    assert ENGLISH.say("Pots {big}", small=1) == "Pots {big}"


def test_a_place_may_have_any_name() -> None:
    assert ENGLISH.text(Say.of("{message} {self}", message="a", self="b")) == "a b"


def test_names_are_local_where_there_is_a_local_one() -> None:
    assert (ENGLISH.text(SAVITRI), HINDI.text(SAVITRI), MARATHI.text(Person("Asha"))) == ("Savitri", "सावित्री", "Asha")


def test_only_what_a_page_shows_is_text() -> None:
    assert (ENGLISH.text(None), MARATHI.text(12)) == ("", "१२")
    with pytest.raises(TypeError, match="float"):
        ENGLISH.text(1.5)


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (Kind.TEXT, Say("Fines"), "दंड"),
        (Kind.TEXT, None, ""),
        (Kind.DATE, "2023-11-05", "०५-११-२०२३"),
        (Kind.DATE, None, ""),
        (Kind.MONEY, 1_00, "१.००"),
        (Kind.MONEY, 0, "–"),
        (Kind.MONEY, None, ""),
        (Kind.BALANCE, -1_00, "-१.००"),
        (Kind.BALANCE, None, ""),
        (Kind.COUNT, 1200, "१,२००"),
        (Kind.COUNT, 0, "०"),
        (Kind.PERCENT, "87.50", "८७.५०"),
    ],
)
def test_a_cell_is_shown_by_the_kind_of_its_column(kind: Kind, value: object, shown: str) -> None:
    assert MARATHI.cell(kind, value, "–") == shown


def test_any_value_of_that_shape_is_a_message_or_a_name() -> None:
    @dataclass
    class Head:
        name: str
        name_local: str

    assert MARATHI.text(Head("Goats", "शेळ्या")) == "शेळ्या"


def test_a_language_that_is_not_there_is_refused_with_those_that_are() -> None:
    assert languages()[0] == "en"
    assert {"en", "hi", "mr"} <= set(languages())
    for code in ("xx", "", "../words/mr", "MR"):
        with pytest.raises(BadInput, match="en, hi, mr"):
            language(code)
    with pytest.raises(BadInput, match="latin or native"):
        language("mr", digits="roman")


def test_english_reads_no_file_and_waits_for_nothing() -> None:
    program = (
        "import sys, bookkeeper.words as words;"
        "opened = []; sys.addaudithook(lambda event, args: event == 'open' and opened.append(args[0]));"
        "words.language('en').say('Cash book'); words.language('en').amount(5);"
        "assert not opened, opened; assert 'babel' not in sys.modules"
    )
    run([sys.executable, "-c", program], check=True)
