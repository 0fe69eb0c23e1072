"""KYC numbers are kept in one form, and never shown whole: not on a page, not in a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookkeeper.rules.kyc import Kyc, NotAKyc, kyc_of, masked, normalised


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Aadhaar 234123412346; Voter ABC1234567", "Aadhaar 234123412346; Voter ABC1234567"),
        ("aadhar 2341 2341 2346", "Aadhaar 234123412346"),
        ("आधार २३४१ २३४१ २३४६", "Aadhaar 234123412346"),
        ("Aadhaar card: 2341-2341-2346 ;", "Aadhaar 234123412346"),
        ("PAN abcde1234f", "PAN ABCDE1234F"),
        ("PAN: ABCDE 1234 F", "PAN ABCDE1234F"),
        ("Ration card 123456", "Ration card 123456"),
        ("VOTER CARD ABC1234567", "VOTER CARD ABC1234567"),
        ("Voter: MH/32/188/123456", "Voter MH32188123456"),
        ("मतदार ABC1234567", "मतदार ABC1234567"),
        ("", ""),
        (" ; ", ""),
    ],
)
def test_the_form_that_is_kept(text: str, kept: str) -> None:
    assert normalised(text) == kept
    assert normalised(kept) == kept, "what is kept reads as itself"


def test_the_numbers_of_a_text() -> None:
    assert kyc_of("Aadhaar 234123412346; Voter ABC1234567") == (
        Kyc("Aadhaar", "234123412346"),
        Kyc("Voter", "ABC1234567"),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Aadhaar 23412341234", "an Aadhaar number has 12 figures"),
        ("Aadhaar 2341234123467", "an Aadhaar number has 12 figures"),
        ("Aadhaar: ABCD12341234", "an Aadhaar number has 12 figures"),
        ("234123412346", "it is not clear which part is the number"),
        ("Aadhaar", "it is not clear which part is the number"),
        ("PAN ABCDE 1234 F", "it is not clear which part is the number"),
        ("Voter ABC 1234567", "it is not clear which part is the number"),
        (": 234123412346", "the kind of a number is a word or two"),
        ("Kind7: 234123412346", "the kind of a number is a word or two"),
        ("Voter: 123", "the number of Voter is not 4 to 20"),
        (f"Voter: {'1' * 21}", "the number of Voter is not 4 to 20"),
        ("Voter ABC_234567", "the number of Voter is not 4 to 20"),
        ("Identity of the household 123456", "Shorten it to 20 at most"),
        ("Voter ABC1234567; voter ABC7654321", "Voter stands twice"),
        ("Voter ABC1234567\nPAN ABCDE1234F", "a line end"),
    ],
)
def test_what_is_refused_is_told_without_the_number(text: str, told: str) -> None:
    with pytest.raises(NotAKyc, match=told) as refused:
        kyc_of(text)
    said = str(refused.value).replace("123456.", "")  # the example of the advice
    assert not [word for word in text.split() if len(word) > 4 and any(c.isdigit() for c in word) and word in said]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Aadhaar 234123412346; Voter ABC1234567", "Aadhaar ••••2346; Voter ••••4567"),
        ("PIN 1234", "PIN ••••34"),
        ("House 123456", "House ••••456"),
        ("", ""),
        # what older books may hold
        ("234123412346", "••••2346"),
        ("PAN ABCDE 1234 F; 99", "••••234F; ••••9"),
    ],
)
def test_only_the_last_four_are_shown(text: str, shown: str) -> None:
    assert masked(text) == shown


@given(
    st.text(alphabet="ABCDEFG ;:-/\n", max_size=20),
    st.text("0123456789", min_size=5, max_size=20),
    st.text(max_size=10),
)
def test_whatever_the_books_hold_no_number_is_shown_whole(before: str, number: str, after: str) -> None:
    assert number not in masked(before + number + after)
