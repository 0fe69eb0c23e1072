"""Words: what is shown, in the reader's language: messages, amounts, dates, amounts in words.

A language is a catalogue `resources/words/<code>.po` and, for amounts in words, a list of number words
`resources/words/numbers/<code>.toml`; English needs no catalogue, since its texts are the messages
themselves. The trade's words are those of printed forms of Maharashtra and the Hindi states; number words
were compared with Unicode CLDR's lists and printed loan papers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Protocol, TypeGuard, cast

from bookkeeper.errors import BadInput
from bookkeeper.rules.money import PAISE_IN_A_RUPEE
from bookkeeper.rules.said import Said

ENGLISH = "en"
THOUSAND, LAKH, CRORE = 1_000, 1_00_000, 1_00_00_000

_PLACE = re.compile(r"\{(\w+)\}")
_PAISE = tuple(f".{paise:02d}" for paise in range(PAISE_IN_A_RUPEE))
_PO_LINE = re.compile(r'(?:(msgctxt|msgid|msgstr)\s+)?"(.*)"')
_PO_ESCAPE = re.compile(r"\\(.)")


class Message(Protocol):
    """Translatable text: an English message with {named} places, and what stands in them."""

    @property
    def text(self) -> str: ...
    @property
    def values(self) -> tuple[tuple[str, object], ...]: ...


class OfMoney(Protocol):
    """An amount in paise."""

    @property
    def paise(self) -> int: ...


class OfADay(Protocol):
    """An ISO day."""

    @property
    def iso(self) -> str: ...


class Named(Protocol):
    """A name in one or two scripts."""

    @property
    def name(self) -> str: ...
    @property
    def name_local(self) -> str: ...


def languages() -> tuple[str, ...]:
    """The codes of the languages there are: English, then every catalogue in the folder."""
    return (ENGLISH, *sorted(file.stem for file in (_folder() / "words").glob("*.po")))


def language(code: str, *, digits: str | None = None) -> Language:
    """A language by its code, with `digits` "latin" or "native", or as its catalogue has them.

    Raises BadInput for a language that is not there, naming those that are.
    """
    if digits not in (None, "latin", "native"):
        raise BadInput(Said("“{digits}” are no digits. Write latin or native.", digits=digits))
    if code == ENGLISH:
        return Language(ENGLISH)
    if code not in languages():
        raise BadInput(
            Said("There is no language “{code}”. There are: {there}.", code=code, there=", ".join(languages()))
        )
    own, messages = _catalogue(code)
    native = (digits or own["default digits"]) == "native"
    figures = str.maketrans("0123456789", own["digits"]) if native else None
    return Language(code, own["name"], own["font"], messages, figures)


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """How one language says messages, amounts and dates, with Western digits or its own.

    `name` is the language's name in itself, `font` the family that has its script.
    """

    code: str
    name: str = "English"
    font: str = "Noto Sans"
    _messages: Mapping[str, str] = field(default_factory=dict)
    _figures: Mapping[int, int] | None = None

    @property
    def native_digits(self) -> bool:
        """Whether figures are shown in the digits of this language's script."""
        return self._figures is not None

    def say(self, message: str, /, **values: object) -> str:
        """A message in this language, its {named} places filled with what `text` makes of `values`.

        A message that the catalogue does not know is said as it stands. A text without values is no
        pattern: a head that the user named "Pots {big}" keeps its braces. A `Said` brings its own values.
        """
        if isinstance(message, Said):
            values, message = dict(message.values), message.text
        said = self._messages.get(message, message)
        return self._filled(said, values) if values else said

    def _filled(self, pattern: str, values: Mapping[str, object]) -> str:
        return _PLACE.sub(lambda place: self.text(values[place[1]]) if place[1] in values else place[0], pattern)

    def text(self, value: object) -> str:
        """What stands in a text column. None → "", text as it stands, an int in this language's digits.

        Of a name in two scripts, pages in another language than English show the local one.
        """
        if isinstance(value, str):
            return self.say(value) if isinstance(value, Said) else value
        if value is None:
            return ""
        if isinstance(value, int):
            return self.digits(str(value))
        if isinstance(value, tuple):
            return ", ".join(map(self.text, value))
        return self._of_a_kind(value)

    def _of_a_kind(self, value: object) -> str:
        if _is_message(value):
            return self.say(value.text, **dict(value.values))
        if _is_named(value):
            return (value.name_local or value.name) if self.code != ENGLISH else value.name
        if _is_money(value):
            return self.rupees(value.paise)
        if _is_day(value):
            return self.date(value.iso)
        raise TypeError(f"a {type(value).__name__} is nothing that a page shows as text")

    def amount(self, paise: int, zero: str = "0.00") -> str:
        """Paise → rupees, grouped 3-2-2: 123456700 → "12,34,567.00", -5 → "-0.05"; nought → `zero`."""
        shown = _rupees(paise) if paise else zero
        return shown.translate(self._figures) if self._figures else shown

    def rupees(self, paise: int) -> str:
        """Paise → rupees as they are spoken of: whole ones without paise: 240000 → "2,400", 240050 → "2,400.50"."""
        return self.digits(_rupees(paise).removesuffix(_PAISE[0]))

    def number(self, count: int) -> str:
        """A count, grouped 3-2-2: 123456 → "1,23,456"."""
        return self.digits(f"-{_grouped(str(-count))}" if count < 0 else _grouped(str(count)))

    def date(self, iso: str | None) -> str:
        """An ISO day → "05-11-2023"; a time of day behind it stays; None → ""."""
        return self.digits(f"{iso[8:10]}-{iso[5:7]}-{iso[:4]}{iso[10:]}") if iso else ""

    def period(self, since: str, until: str) -> str:
        """Two ISO days, both of the period → "05-11-2023 to 31-12-2023"."""
        return self.say("{since} to {until}", since=self.date(since), until=self.date(until))

    def digits(self, text: str) -> str:
        """Western digits → this language's, where it shows its own. Not for voucher numbers, hashes, print time."""
        return text.translate(self._figures) if self._figures else text

    def cell(self, kind: str, value: object, zero: str = "0.00") -> str:
        """The text of a cell by its column's kind (text, date, money, balance, count, percent); None → ""."""
        if value is None:
            return ""
        if kind in ("money", "balance"):
            return self.amount(cast("int", value), zero)
        if kind == "date":
            return self.date(cast("str", value))
        if kind == "count":
            return self.number(cast("int", value))
        return self.digits(str(value)) if kind == "percent" else self.text(value)

    def amount_in_words(self, paise: int, pattern: str = "") -> str:
        """Paise → "Rupees Twelve Thousand Three Hundred Forty Five and Paise Sixty Seven Only".

        `pattern` is one that the language's number words name ("front": the word rupees before the amount,
        "behind": after it), or their default. A language without number words spells in English.
        Raises ValueError for a negative amount: a reversal states its own positive one.
        """
        if paise < 0:
            raise ValueError("a negative amount is never put in words")
        return _number_words(self.code).amount(paise, pattern)


def _is_message(value: object) -> TypeGuard[Message]:
    # hasattr, since isinstance with a runtime protocol takes microseconds, for each cell of a register
    return hasattr(value, "text") and hasattr(value, "values")


def _is_named(value: object) -> TypeGuard[Named]:
    return hasattr(value, "name") and hasattr(value, "name_local")


def _is_money(value: object) -> TypeGuard[OfMoney]:
    return hasattr(value, "paise")


def _is_day(value: object) -> TypeGuard[OfADay]:
    return hasattr(value, "iso")


def _rupees(paise: int) -> str:
    if paise < 0:
        return f"-{_rupees(-paise)}"
    rupees, rest = divmod(paise, PAISE_IN_A_RUPEE)
    return (str(rupees) if rupees < THOUSAND else _grouped(str(rupees))) + _PAISE[rest]


def _grouped(figures: str) -> str:
    rest, groups = figures[:-3], figures[-3:]
    while rest:
        rest, groups = rest[:-2], f"{rest[-2:]},{groups}"
    return groups


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words of numbers in one language, and how an amount is made of them.

    `words` are those of 0 to 99; `hundreds` of 100, 200 … 900 before further words; `one_hundred` where no
    tens or units follow. A pattern has the texts `rupee`, `rupees`, `paisa`, `paise` around {words}, the
    text that `joins` rupees and paise, and the `whole` around {amount}.
    """

    words: tuple[str, ...]
    hundreds: tuple[str, ...]
    one_hundred: str
    thousand: str
    lakh: str
    crore: str
    pattern: str
    patterns: Mapping[str, Mapping[str, str]]

    def spelled(self, number: int) -> str:
        """A number from nought on, in words. There is no word above crore: "Twelve Thousand Crore"."""
        return " ".join(self._spelled(number)) if number else self.words[0]

    def _spelled(self, number: int) -> Iterator[str]:
        crores, rest = divmod(number, CRORE)
        if crores:
            yield from (*self._spelled(crores), self.crore)
        for scale, word in ((LAKH, self.lakh), (THOUSAND, self.thousand)):
            count, rest = divmod(rest, scale)
            if count:
                yield from (self.words[count], word)
        hundreds, rest = divmod(rest, 100)
        if hundreds:
            yield self.one_hundred if (hundreds, rest) == (1, 0) else self.hundreds[hundreds - 1]
        if rest:
            yield self.words[rest]

    def amount(self, paise: int, pattern: str = "") -> str:
        """Paise, not negative, in words; whole rupees, then paise only where there are some."""
        texts = self.patterns.get(pattern or self.pattern)
        if texts is None:
            raise BadInput(
                f"There is no pattern “{pattern}” of amounts in words. There are: {', '.join(self.patterns)}."
            )
        rupees, rest = divmod(paise, PAISE_IN_A_RUPEE)
        parts = []
        if rupees or not rest:
            parts.append(texts["rupee" if rupees == 1 else "rupees"].format(words=self.spelled(rupees)))
        if rest:
            parts.append(texts["paisa" if rest == 1 else "paise"].format(words=self.spelled(rest)))
        return texts["whole"].format(amount=texts["joins"].join(parts))


def _folder() -> Path:
    shipped = Path(__file__).parent / "resources"
    return shipped if shipped.is_dir() else Path(__file__).parent.parent / "resources"


@cache
def _number_words(code: str) -> NumberWords:
    file = _folder() / "words" / "numbers" / f"{code}.toml"
    if code != ENGLISH and not file.exists():
        return _number_words(ENGLISH)
    told = tomllib.loads(file.read_text("utf-8"))
    return NumberWords(**told | {"words": tuple(told["words"]), "hundreds": tuple(told["hundreds"])})


@cache
def _catalogue(code: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What a catalogue says of its language (name, font, digits, default digits), and its messages."""
    file = _folder() / "words" / f"{code}.po"
    own: dict[str, str] = {}
    messages: dict[str, str] = {}
    for context, message, translation in _entries(file):
        (own if context == "language" else messages)[message] = translation
    missing = {"name", "font", "digits", "default digits"} - own.keys()
    if missing:
        raise BadInput(f"under msgctxt “language” there is no {', '.join(sorted(missing))}.", file=str(file))
    return own, messages


def _entries(file: Path) -> Iterator[tuple[str, str, str]]:
    """Context, message and translation of each entry of a .po file that is neither fuzzy nor empty."""
    # Babel's reader gives the same and takes 50 to 90 ms for 500 messages, with its import; this one 2
    fields: dict[str, str] = {}
    keyword, fuzzy = "", False
    for number, line in enumerate([*file.read_text("utf-8-sig").split("\n"), ""], 1):
        match = _PO_LINE.fullmatch(line.strip())
        if "msgstr" in fields and (match is None or match[1]):
            if fields["msgid"] and fields["msgstr"] and not fuzzy:
                yield fields.get("msgctxt", ""), fields["msgid"], fields["msgstr"]
            fields, fuzzy = {}, False
        if match:
            keyword = match[1] or keyword
            fields[keyword] = fields.get(keyword, "") + _PO_ESCAPE.sub(_unescaped, match[2])
        elif line.strip() and not line.startswith("#"):
            raise BadInput(f"line {number} is no line of a catalogue: {line.strip()}", file=str(file))
        fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)


def _unescaped(escape: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t"}.get(escape[1], escape[1])
