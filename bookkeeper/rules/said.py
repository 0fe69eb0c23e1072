"""What is said to the user, so that it can be said in another language as well."""

from __future__ import annotations

from typing import Self


class Said(str):
    """An English sentence, made of a `text` with {named} places and the `values` that stand in them.

    As a `str` it is that sentence: scripts, the command line and the log have it as it stands. A `words.Language` says
    `text` and `values` in its own words. Values may be text, numbers, `Said`, `Amount`, `Day`, or a tuple of these: a
    list with commas. A name that a catalogue may know, as that of a head, is a `Said` without places;
    a `Said` of a `Said` is the same again.
    """

    __slots__ = ("text", "values")

    text: str
    values: tuple[tuple[str, object], ...]

    def __new__(cls, text: str, /, **values: object) -> Self:
        said = super().__new__(
            cls, text.format_map({name: _english(value) for name, value in values.items()}) if values else text
        )
        said.text, said.values = text, tuple(values.items())
        if isinstance(text, Said) and not values:
            said.text, said.values = text.text, text.values
        return said

    def __str__(self) -> Self:
        # str() of an exception that bears it is to give it back whole, not the English alone
        return self


def _english(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
