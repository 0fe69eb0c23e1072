"""JSON from a stranger: read strictly, with each key once, and each fault at its place ("meeting 2, row 3, savings").

A number with a fraction is never read as money: what a program has made of it on the way is not what was written.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias, TypeVar

from bookkeeper.errors import BadInput, Fault
from bookkeeper.exchange.faults import Faults, NotTaken
from bookkeeper.exchange.fields import LONGEST, clean, near, rupees, short
from bookkeeper.rules.money import Paise
from bookkeeper.rules.text import USUAL

_QUOTED: Final = 'Write it in quotes, for example "1234.50".'
_DIGITS: Final = 18

Value = TypeVar("Value")
Values: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Figure:
    """A JSON number that is not whole, or no number at all, as it is written."""

    written: str


class Object(dict[str, object]):
    """A JSON object that remembers which of its keys stand twice."""

    twice: tuple[str, ...] = ()


def objects(text: str, what: str, file: str) -> list[object]:
    """What stands in the array of a file, or the one object. `what` a file holds: "vouchers". Raises BadInput."""
    there = loaded(text, f"A file of {what} is an array of objects.", file)
    if isinstance(there, Object):
        return [there]
    if isinstance(there, list):
        return there
    fault = Fault(f"a file of {what} is an array of objects.", 'Begin it with [{"date": …')
    raise BadInput(fault, file=file)


def loaded(text: str, shape: str, file: str) -> object:
    """The value of a JSON text; `shape` says what it should look like. Raises BadInput for what is no JSON."""
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=Figure, parse_float=Figure, parse_int=_whole)
    except json.JSONDecodeError as error:
        fault = _broken(error, text)
    except RecursionError:
        fault = Fault("brackets stand in brackets, far too deep.", shape)
    raise BadInput(fault, file=file)


def _broken(error: json.JSONDecodeError, text: str) -> Fault:
    if not text[error.pos :].strip() or error.msg.startswith("Unterminated"):
        return Fault("the file breaks off before the JSON ends.", "Fetch or write it again, whole.", error.lineno)
    at = f"column {error.colno}"
    return Fault(f"this is not JSON here ({error.msg}).", "Look for a missing comma, quotation mark or bracket.",
                 error.lineno, at)  # fmt: skip


def _object(pairs: list[tuple[str, object]]) -> Object:
    there = Object(pairs)
    if len(there) < len(pairs):
        there.twice = tuple(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
    return there


def _whole(written: str) -> object:
    return int(written) if len(written) <= _DIGITS else Figure(written)


class Fields:
    """The fields of one JSON object, and where it stands: "voucher 3, posting 2, "."""

    def __init__(self, values: Values, known: Sequence[str], where: str, faults: Faults) -> None:
        self.values, self.where, self.faults = values, where, faults
        for key in values:
            if key not in known:
                faults.add(f"“{short(key)}” is no key that is read here.", near(key, known), field=where + short(key))
        for key in getattr(values, "twice", ()):
            faults.add(f"the key “{short(key)}” stands twice.", "Delete one of them.", field=where + short(key))

    def refuse(self, message: str, todo: str, key: str) -> None:
        """Note what is wrong with the value of a key."""
        self.faults.add(message, todo, field=self.where + key)

    def take(self, read: Callable[[str], Value], key: str, *, figures: bool = False) -> Value | None:
        """What `read` makes of a text; None where it is left out or refused. `figures`: or of a whole number."""
        raw = self.values.get(key)
        return None if raw is None else self._taken(read, raw, key, figures=figures)

    def _taken(self, read: Callable[[str], Value], raw: object, name: str, *, figures: bool) -> Value | None:
        text = self.faults.take(partial(_text, figures=figures), raw, None, self.where + name)
        return None if text is None else self.faults.take(read, text, None, self.where + name)

    def need(self, read: Callable[[str], Value], key: str, *, figures: bool = False) -> Value | None:
        """The same of a key that may not be left out."""
        if self.values.get(key) is None:
            self.refuse("this may not be left out.", f"Write “{key}”.", key)
        return self.take(read, key, figures=figures)

    def text(self, key: str, longest: int = 0, *, figures: bool = False) -> str:
        """A text on one line; empty where it is left out."""
        return self.take(partial(clean, longest=longest or LONGEST.get(key, USUAL)), key, figures=figures) or ""

    def texts(self, key: str, read: Callable[[str], Value], *, figures: bool = False) -> tuple[Value, ...]:
        """What `read` makes of each text in an array."""
        there = self._array(key, "texts", '["…", "…"]')
        found = (self._taken(read, raw, f"{key} {n}", figures=figures) for n, raw in enumerate(there, 1))
        return tuple(value for value in found if value is not None)

    def is_true(self, key: str) -> bool:
        """A truth; false where it is left out."""
        raw = self.values.get(key)
        if raw is not None and not isinstance(raw, bool):
            self.refuse(f"this is {said(raw)}.", "Write true or false, without quotation marks.", key)
        return raw is True

    def whole(self, key: str, least: int = 0) -> int | None:
        """A whole number, in figures or as a text."""
        return self.taken_whole(partial(whole_of, least=least), key)

    def taken_whole(self, read: Callable[[str], int], key: str) -> int | None:
        """What `read` makes of a whole number, in figures or as a text."""
        raw = self.values.get(key)
        if isinstance(raw, Figure):
            self.refuse(f"{short(raw.written)} is no whole number.", "Write it in figures, without a fraction.", key)
            return None
        return self.take(read, key, figures=True)

    def money(self, key: str) -> str | None:
        """An amount as text; None where it is no text and no whole number."""
        raw = self.values.get(key)
        return "" if raw is None else self.faults.take(_money, raw, None, self.where + key)

    def amount(self, key: str, *, signed: bool = False) -> Paise:
        """An amount in paise; nought where it is left out, and where it is refused. `signed`: it may be negative."""
        text = self.money(key)
        read = rupees if signed else unsigned
        return (None if text is None else self.faults.take(read, text, None, self.where + key)) or Paise(0)

    def parts(self, key: str, known: Sequence[str], name: str) -> list[Fields | None]:
        """The objects in an array, each with its place; None where one is no object."""
        there = self._array(key, "objects", "[{…}, {…}]")
        return [self.part(value, known, f"{name} {number}") for number, value in enumerate(there, 1)]

    def _array(self, key: str, of: str, shape: str) -> list[object]:
        there = self.values.get(key)
        if there is None:
            return []
        if isinstance(there, list):
            return there
        self.refuse(f"“{key}” is an array of {of}.", f"Write it as {shape}.", key)
        return []

    def part(self, value: object, known: Sequence[str], name: str) -> Fields | None:
        """An object inside this one."""
        if isinstance(value, Object):
            return Fields(value, known, f"{self.where}{name}, ", self.faults)
        self.refuse(f"this is {said(value)}, not an object.", "Write it in braces: {…}.", name)
        return None


def unsigned(text: str) -> Paise:
    """Rupees as text in paise, not negative; an empty text is nought."""
    amount = rupees(text)
    if amount < 0:
        raise NotTaken(f"“{short(text)}” is negative. Write an amount from 0.00.")
    return amount


def whole_of(text: str, least: int = 0) -> int:
    """A whole number of nine figures at most."""
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) < _DIGITS // 2 + 1 and int(digits) >= least:
        return int(digits)
    raise NotTaken(f"“{short(digits)}” is no whole number from {least}. Write it in figures.")


def _text(raw: object, *, figures: bool) -> str:
    if isinstance(raw, str):
        return raw
    if figures and isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw)
    raise NotTaken(f"this is {said(raw)}, not a text. Write it in quotation marks.")


def _money(raw: object) -> str:
    """Rupees as text; a whole number is taken as rupees."""
    if isinstance(raw, Figure):
        raise NotTaken(f"{short(raw.written)} is no whole number of rupees. {_QUOTED}")
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise NotTaken(f"this is {said(raw)}, not an amount. {_QUOTED}")
    return str(raw)


def said(value: object) -> str:
    """What a JSON value is, as a message calls it."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | Figure():
            return f"the number {short(value.written if isinstance(value, Figure) else str(value))}"
        case str():
            return "a text"
        case list():
            return "an array"
        case _:
            return "an object"
