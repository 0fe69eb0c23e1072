"""Which candidates a few typed letters mean, best first, and which of their letters to mark.

Letters stand for the beginning of a word, of a code or a number, else for a piece inside a name; several words typed
are looked for in their order, each at the beginning of a word. Case, accents, the joiners of Indian scripts and the
script of digits make no difference.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

Span = tuple[int, int]
"""From which character to before which."""

_JOINERS: Final = frozenset("\u200b\u200c\u200d\ufeff\u093c")
_LATIN_MARKS: Final = range(0x0300, 0x0370)
_SAME: Final = {"\u0901": "\u0902", "’": "'", "‘": "'", "–": "-", "—": "-", "\u00a0": " "}
_VIRAMA: Final = "\u094d"

EXACT, NAME, WORD, WORDS, INSIDE = range(5)
"""How well letters fit: the whole code or name, the beginning of the name or code, of a word, of several, inside."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be chosen: its key (a code, a number), its name, and another one in the other script.

    `kind` and `figure` are shown beside it; those that are `preferred` come first where letters fit equally.
    """

    key: str
    name: str
    other: str = ""
    kind: str = ""
    figure: str = ""
    is_preferred: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate, how well it fits, and the marked letters of each of its texts."""

    candidate: Candidate
    fit: int
    in_name: tuple[Span, ...] = ()
    in_other: tuple[Span, ...] = ()
    in_key: tuple[Span, ...] = ()


def ranked(typed: str, candidates: Iterable[Candidate]) -> list[Match]:
    """The candidates that the letters may mean, best first; all of them, the preferred ones first, without letters."""
    wanted, _ = folded(typed.strip())
    found = [match for one in candidates if (match := _match(wanted, one)) is not None]
    return sorted(found, key=_order)


def _order(match: Match) -> tuple[int, bool, int]:
    band = {EXACT: 0, INSIDE: 2}.get(match.fit, 1)
    return band, not match.candidate.is_preferred, match.fit


def _match(wanted: str, candidate: Candidate) -> Match | None:
    if not wanted:
        return Match(candidate, NAME)
    texts = (candidate.name, candidate.other, candidate.key)
    fits = [_fit(wanted, text, is_key=place == len(texts) - 1) for place, text in enumerate(texts)]
    there = [fit for fit, _ in fits if fit is not None]
    if not there:
        return None
    return Match(candidate, min(there), *(spans for _, spans in fits))


def _fit(wanted: str, text: str, *, is_key: bool) -> tuple[int | None, tuple[Span, ...]]:
    """How well letters fit a text, and which of its own characters they are."""
    plain, places = folded(text)
    fit, parts = _found(wanted, plain)
    if fit is None or (is_key and fit > WORD):
        return None, ()
    return fit, _marked(text, places, parts)


def _found(wanted: str, plain: str) -> tuple[int | None, list[Span]]:
    """The same of folded texts."""
    at = _word_that_begins(plain, wanted, 0)
    if at >= 0:
        fit = WORD if at else EXACT if plain == wanted else NAME
        return fit, [(at, at + len(wanted))]
    parts = _words_in_order(plain, wanted.split())
    if parts:
        return WORDS, parts
    at = plain.find(wanted)
    return (INSIDE, [(at, at + len(wanted))]) if at >= 0 else (None, [])


def _words_in_order(plain: str, wanted: Sequence[str]) -> list[Span]:
    """Where several words typed begin words of the text, one after the other; else nothing."""
    found: list[Span] = []
    start = 0
    for word in wanted:
        at = _word_that_begins(plain, word, start)
        if at < 0:
            return []
        start = at + len(word)
        found.append((at, start))
    return found if len(wanted) > 1 else []


def _word_that_begins(plain: str, wanted: str, start: int) -> int:
    """Where a word begins with the letters, from a place on; -1 where none does."""
    at = plain.find(wanted, start)
    while at > 0 and _is_letter(plain[at - 1]):
        at = plain.find(wanted, at + 1)
    return at


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in {"Mn", "Mc"}


def folded(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its characters the place it has in the text."""
    plain: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFD", character):
            if part in _JOINERS or ord(part) in _LATIN_MARKS:
                continue
            for letter in _letter(part):
                plain.append(letter)
                places.append(place)
    return "".join(plain), places


def _letter(character: str) -> str:
    digit = unicodedata.digit(character, None)
    return str(digit) if digit is not None else _SAME.get(character, character).casefold()


def _marked(text: str, places: Sequence[int], spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans of the folded text as spans of the text; a syllable of an Indian script is marked as a whole."""
    found = []
    for start, end in spans:
        first, after = places[start], places[end - 1] + 1
        while after < len(text) and _belongs(text, after):
            after += 1
        found.append((first, after))
    return tuple(found)


def _belongs(text: str, place: int) -> bool:
    """Whether a character hangs on the one before it: a sign, a joiner, or a consonant behind a virama."""
    character = text[place]
    if unicodedata.category(character) in {"Mn", "Mc"} or character in _JOINERS:
        return True
    return text[place - 1] == _VIRAMA or (text[place - 1] == "\u200d" and text[place - 2] == _VIRAMA)
