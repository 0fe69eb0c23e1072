"""Which candidates a few letters mean."""

import pytest

from bookkeeper.desktop.matching import Candidate, Match, folded, ranked

ACCOUNTS = (
    Candidate("1000", "Cash in hand", "रोख शिल्लक", is_preferred=True),
    Candidate("1010", "District Co-op Bank", "जिल्हा सहकारी बँक", is_preferred=True),
    Candidate("2100", "Bank loan", "बँक कर्ज"),
    Candidate("4100", "Bank charges", "बँक शुल्क"),
    Candidate("4200", "Interest on bank loan", "बँक कर्जावरील व्याज"),
    Candidate("3050", "Café and tea", "चहा"),
)


def names(typed: str) -> list[str]:
    return [match.candidate.name for match in ranked(typed, ACCOUNTS)]


def marked(match: Match) -> list[str]:
    name = match.candidate.name
    return [name[start:end] for start, end in match.in_name]


def test_nothing_typed_shows_all_preferred_first() -> None:
    assert names("")[:2] == ["Cash in hand", "District Co-op Bank"]
    assert len(names("")) == len(ACCOUNTS)


def test_beginnings_of_words_come_before_insides() -> None:
    assert names("ba") == ["District Co-op Bank", "Bank loan", "Bank charges", "Interest on bank loan"]
    assert names("an") == [
        "Café and tea", "Cash in hand", "District Co-op Bank", "Bank loan", "Bank charges", "Interest on bank loan",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("2100", "Bank loan"),
        ("२१००", "Bank loan"),
        ("42", "Interest on bank loan"),
        ("INT", "Interest on bank loan"),
        ("in ba lo", "Interest on bank loan"),
        ("cafe", "Café and tea"),
        ("कर्ज", "Bank loan"),
        ("शुल्", "Bank charges"),
        ("co-op", "District Co-op Bank"),
    ],
)
def test_code_number_and_either_script_find(typed: str, first: str) -> None:
    assert names(typed)[0] == first


def test_what_fits_nothing_finds_nothing() -> None:
    assert names("zz") == []


def test_the_letters_that_fit_are_marked() -> None:
    by_name = {match.candidate.name: match for match in ranked("ba", ACCOUNTS)}
    assert marked(by_name["District Co-op Bank"]) == ["Ba"]
    assert marked(by_name["Interest on bank loan"]) == ["ba"]
    assert marked(ranked("in ba", ACCOUNTS)[0]) == ["In", "ba"]
    assert ranked("2100", ACCOUNTS)[0].in_key == ((0, 4),)


def test_a_syllable_is_marked_as_a_whole() -> None:
    charges = ranked("शु", ACCOUNTS)[0]
    local = charges.candidate.other
    assert [local[start:end] for start, end in charges.in_other] == ["शु"]
    half = ranked("क", [Candidate("1", "", "कर्ज क्षमा")])[0]
    assert half.candidate.other[slice(*half.in_other[0])] == "क"
    whole = ranked("क्", [Candidate("1", "", "क्षमा")])[0]
    assert whole.candidate.other[slice(*whole.in_other[0])] == "क्ष"


def test_joiners_accents_and_nukta_make_no_difference() -> None:
    assert folded("क्\u200dष")[0] == folded("क्ष")[0]
    assert folded("É")[0] == "e"
    assert folded("ज़")[0] == folded("ज")[0]
