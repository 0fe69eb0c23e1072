"""Amounts in words: the rows of the page of number words, worked by hand."""

import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookkeeper.errors import BadInput
from bookkeeper.words import language, languages

NUMBERS = Path(__file__).parents[2] / "resources" / "words" / "numbers"
ENGLISH, HINDI, MARATHI = language("en"), language("hi"), language("mr")

ROWS = [
    (0, "Rupees Zero Only", "शून्य रुपये मात्र", "शून्य रुपये फक्त"),
    (1, "Paisa One Only", "एक पैसा मात्र", "एक पैसा फक्त"),
    (1_00, "Rupee One Only", "एक रुपया मात्र", "एक रुपया फक्त"),
    (1_50, "Rupee One and Paise Fifty Only", "एक रुपया और पचास पैसे मात्र", "एक रुपया आणि पन्नास पैसे फक्त"),
    (5, "Paise Five Only", "पाँच पैसे मात्र", "पाच पैसे फक्त"),
    (21_00, "Rupees Twenty One Only", "इक्कीस रुपये मात्र", "एकवीस रुपये फक्त"),
    (100_00, "Rupees One Hundred Only", "एक सौ रुपये मात्र", "शंभर रुपये फक्त"),
    (101_00, "Rupees One Hundred One Only", "एक सौ एक रुपये मात्र", "एकशे एक रुपये फक्त"),
    (200_00, "Rupees Two Hundred Only", "दो सौ रुपये मात्र", "दोनशे रुपये फक्त"),
    (1_000_00, "Rupees One Thousand Only", "एक हजार रुपये मात्र", "एक हजार रुपये फक्त"),
    (1_100_00, "Rupees One Thousand One Hundred Only", "एक हजार एक सौ रुपये मात्र", "एक हजार शंभर रुपये फक्त"),
    (
        1_199_00,
        "Rupees One Thousand One Hundred Ninety Nine Only",
        "एक हजार एक सौ निन्यानवे रुपये मात्र",
        "एक हजार एकशे नव्व्याण्णव रुपये फक्त",
    ),
    (73_000_00, "Rupees Seventy Three Thousand Only", "तिहत्तर हजार रुपये मात्र", "त्र्याहत्तर हजार रुपये फक्त"),
    (
        1_29_202_00,
        "Rupees One Lakh Twenty Nine Thousand Two Hundred Two Only",
        "एक लाख उनतीस हजार दो सौ दो रुपये मात्र",
        "एक लाख एकोणतीस हजार दोनशे दोन रुपये फक्त",
    ),
    (
        12_345_67,
        "Rupees Twelve Thousand Three Hundred Forty Five and Paise Sixty Seven Only",
        "बारह हजार तीन सौ पैंतालीस रुपये और सड़सठ पैसे मात्र",
        "बारा हजार तीनशे पंचेचाळीस रुपये आणि सदुसष्ट पैसे फक्त",
    ),
    (
        10_05_019_50,
        "Rupees Ten Lakh Five Thousand Nineteen and Paise Fifty Only",
        "दस लाख पाँच हजार उन्नीस रुपये और पचास पैसे मात्र",
        "दहा लाख पाच हजार एकोणीस रुपये आणि पन्नास पैसे फक्त",
    ),
    (1_00_000_00, "Rupees One Lakh Only", "एक लाख रुपये मात्र", "एक लाख रुपये फक्त"),
    (1_00_100_00, "Rupees One Lakh One Hundred Only", "एक लाख एक सौ रुपये मात्र", "एक लाख शंभर रुपये फक्त"),
    (1_00_00_000_00, "Rupees One Crore Only", "एक करोड़ रुपये मात्र", "एक कोटी रुपये फक्त"),
    (1_00_00_00_000_00, "Rupees One Hundred Crore Only", "एक सौ करोड़ रुपये मात्र", "शंभर कोटी रुपये फक्त"),
    (
        99_99_99_999_99,
        (
            "Rupees Ninety Nine Crore Ninety Nine Lakh Ninety Nine Thousand Nine Hundred Ninety Nine "
            "and Paise Ninety Nine Only"
        ),
        "निन्यानवे करोड़ निन्यानवे लाख निन्यानवे हजार नौ सौ निन्यानवे रुपये और निन्यानवे पैसे मात्र",
        "नव्व्याण्णव कोटी नव्व्याण्णव लाख नव्व्याण्णव हजार नऊशे नव्व्याण्णव रुपये आणि नव्व्याण्णव पैसे फक्त",
    ),
]


@pytest.mark.parametrize(("paise", "english", "hindi", "marathi"), ROWS)
def test_the_page_of_number_words(paise: int, english: str, hindi: str, marathi: str) -> None:
    assert ENGLISH.amount_in_words(paise) == english
    assert HINDI.amount_in_words(paise) == unicodedata.normalize("NFC", hindi)
    assert MARATHI.amount_in_words(paise, "behind") == unicodedata.normalize("NFC", marathi)


@pytest.mark.parametrize(
    ("paise", "marathi"),
    [
        (73_000_00, "रुपये त्र्याहत्तर हजार फक्त"),
        (1_29_202_00, "रुपये एक लाख एकोणतीस हजार दोनशे दोन फक्त"),
        (12_345_67, "रुपये बारा हजार तीनशे पंचेचाळीस आणि सदुसष्ट पैसे फक्त"),
        (1_00, "रुपया एक फक्त"),
        (1_01, "रुपया एक आणि एक पैसा फक्त"),
        (5, "पाच पैसे फक्त"),
        (0, "रुपये शून्य फक्त"),
    ],
)
def test_marathi_has_rupees_in_front_where_nobody_chose(paise: int, marathi: str) -> None:
    assert MARATHI.amount_in_words(paise) == MARATHI.amount_in_words(paise, "front") == marathi


def test_there_is_no_word_above_crore() -> None:
    assert ENGLISH.amount_in_words(12_345 * 10**9) == ("Rupees Twelve Thousand Three Hundred Forty Five Crore Only")
    assert HINDI.amount_in_words(12_345 * 10**9) == unicodedata.normalize(
        "NFC", "बारह हजार तीन सौ पैंतालीस करोड़ रुपये मात्र"
    )
    assert MARATHI.amount_in_words(12_100 * 10**9) == "रुपये बारा हजार शंभर कोटी फक्त"
    assert MARATHI.amount_in_words(101 * 10**9) == "रुपये एकशे एक कोटी फक्त"


def test_the_words_are_the_same_in_any_digits() -> None:
    assert language("mr", digits="latin").amount_in_words(74_00) == "रुपये चौऱ्याहत्तर फक्त"


@pytest.mark.parametrize("number", [74, 84, 94])
def test_marathi_ra_before_ya_has_no_reph(number: int) -> None:
    words = MARATHI.amount_in_words(number * 100)
    assert "\u0931\u094d\u092f" in words
    assert "\u0930\u094d\u092f" not in words


@pytest.mark.parametrize(
    ("code", "number", "word"),
    [
        ("hi", 29, "उनतीस"), ("hi", 39, "उनतालीस"), ("hi", 49, "उनचास"), ("hi", 59, "उनसठ"),
        ("hi", 69, "उनहत्तर"), ("hi", 79, "उनासी"), ("hi", 89, "नवासी"), ("hi", 99, "निन्यानवे"),
        ("mr", 37, "सदतीस"), ("mr", 39, "एकोणचाळीस"), ("mr", 41, "एक्केचाळीस"), ("mr", 46, "सेहेचाळीस"),
        ("mr", 49, "एकोणपन्नास"), ("mr", 51, "एक्कावन्न"), ("mr", 53, "त्रेपन्न"), ("mr", 56, "छप्पन्न"),
        ("mr", 59, "एकोणसाठ"), ("mr", 62, "बासष्ट"), ("mr", 65, "पासष्ट"), ("mr", 69, "एकोणसत्तर"),
        ("mr", 79, "एकोणऐंशी"), ("mr", 89, "एकोणनव्वद"), ("mr", 99, "नव्व्याण्णव"),
    ],
)  # fmt: skip
def test_words_that_are_easily_mixed_up(code: str, number: int, word: str) -> None:
    assert language(code).amount_in_words(number).startswith(f"{word} ")


@pytest.mark.parametrize("file", sorted(NUMBERS.glob("*.toml")), ids=lambda file: file.stem)
def test_a_hundred_distinct_words(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    told = tomllib.loads(text)
    assert len(told["words"]) == len(set(told["words"])) == 100
    assert len(told["hundreds"]) == len(set(told["hundreds"])) == 9
    assert all(word and word == word.strip() for word in [*told["words"], *told["hundreds"]])
    assert told["pattern"] in told["patterns"]
    assert unicodedata.is_normalized("NFC", text)


def test_every_number_words_belong_to_a_language() -> None:
    assert {file.stem for file in NUMBERS.glob("*.toml")} <= set(languages())


@given(st.integers(min_value=0, max_value=10**15), st.integers(min_value=0, max_value=10**15))
def test_two_amounts_never_have_the_same_words(one: int, other: int) -> None:
    for spoken in (ENGLISH, HINDI, MARATHI):
        assert (spoken.amount_in_words(one) == spoken.amount_in_words(other)) is (one == other)


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        ENGLISH.amount_in_words(-1)
    with pytest.raises(BadInput, match="front, behind"):
        MARATHI.amount_in_words(1, "above")
