"""Single fields of a loan product, from TOML or from the books' JSON; each fault names its product and its field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeVar

from bookkeeper.errors import Fault
from bookkeeper.rules.appropriation import ACCRUED, ORDER, whole_order
from bookkeeper.rules.dates import NotADate, parsed_date
from bookkeeper.rules.loan_product import RATES_A_YEAR, parsed_rate
from bookkeeper.rules.money import NotAnAmount, Paise, parsed
from bookkeeper.rules.product_dates import is_month_day
from bookkeeper.rules.schedules import methods
from bookkeeper.rules.text import NotAText
from bookkeeper.rules.text import needed as needed_text

Named = TypeVar("Named", bound=StrEnum)

KEY: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""What a product's key looks like."""

_PARTS: Final = (*ORDER, ACCRUED)
_LONGEST_KEY: Final = 40
_MOST: Final = 9999
_NOUGHT: Final = Fraction(0)


def faults_of(faults: Iterable[Fault]) -> str:
    """What is wrong, as one text."""
    return " ".join(map(str, faults))


@dataclass(frozen=True, slots=True)
class ProductFields:
    """The fields of a product or a part of it, and where that stands: "product “cif”, penalty"."""

    values: Mapping[str, object]
    where: str
    faults: list[Fault]

    @classmethod
    def of(cls, values: object, known: Iterable[str], where: str, faults: list[Fault]) -> ProductFields | None:
        """The fields of a table; None where it is none. A field that nobody reads is misspelt."""
        if not isinstance(values, dict):
            faults.append(Fault("this is no table of fields.", field=where))
            return None
        found = cls(values, where, faults)
        for key in values:
            if key not in known:
                found.refuse(str(key), f"this field is not known; known are {', '.join(known)}.")
        return found

    def refuse(self, key: str, why: str, todo: str = "") -> None:
        """Note what is wrong with a field."""
        self.faults.append(Fault(why, todo, field=f"{self.where}, {key}"))

    def text(self, key: str, shape: re.Pattern[str] | None = None) -> str:
        """A text that may not be left out."""
        value = self.values.get(key)
        if not isinstance(value, str):
            self.refuse(key, "this field is missing." if value is None else "this field must be a text.")
            return ""
        try:
            found = needed_text(value)
        except NotAText as error:
            self.refuse(key, str(error))
            return ""
        if shape is not None and (not shape.fullmatch(found) or len(found) > _LONGEST_KEY):
            self.refuse(key, f"“{found}” is no key.", "Write small letters and figures with hyphens: crop-loan.")
        return found

    def truth(self, key: str) -> bool:
        """A truth; false where it is left out."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.refuse(key, "this field must be true or false.")
        return value is True

    def whole(self, key: str, least: int = 0) -> int | None:
        """A whole number; None where it is left out."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= _MOST:
            return value
        self.refuse(key, f"“{value}” is no whole number from {least} to {_MOST}.")
        return None

    def rate(self, key: str, *, needed: bool = True) -> Fraction:
        """A rate in percent: as text, or a figure of TOML."""
        value = self.values.get(key)
        if value is None:
            if needed:
                self.refuse(key, "this field is missing.", "Write percent: 24 or “1.5”.")
            return _NOUGHT
        text = str(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else ""
        if (found := parsed_rate(text.strip())) is not None:
            return found
        self.refuse(key, f"“{value}” is not a rate.", "Write percent in figures, for example 24 or 1.5.")
        return _NOUGHT

    def rate_per(self, key: str, usual: str = "year") -> str:
        """What a rate is for."""
        return self.one_of(key, RATES_A_YEAR, usual)

    def method(self, key: str) -> str:
        """A method of lending."""
        if self.values.get(key) is None:
            self.refuse(key, "this field is missing.", f"There are {', '.join(methods())}.")
        return self.one_of(key, methods(), "emi")

    def one_of(self, key: str, known: Iterable[str], usual: str) -> str:
        """One of some texts."""
        value, there = self.values.get(key, usual), list(known)
        if isinstance(value, str) and value in there:
            return value
        self.refuse(key, f"“{value}” is not known here.", f"There are {', '.join(there)}.")
        return usual

    def named(self, key: str, usual: Named) -> Named:
        """One of what an enumeration names."""
        kind = type(usual)
        return kind(self.one_of(key, [one.value for one in kind], usual.value))

    def amount(self, key: str) -> Paise | None:
        """Rupees above nought, as text or a whole number; None where it is left out."""
        value = self.values.get(key)
        return None if value is None else self._amount(key, value)

    def _amount(self, key: str, value: object, *, nought: bool = False) -> Paise | None:
        if isinstance(value, bool) or not isinstance(value, str | int):
            self.refuse(key, f"“{value}” is not an amount.", 'Write rupees in quotation marks: "0.01", "500.00".')
            return None
        try:
            amount = parsed(str(value))
        except NotAnAmount as error:
            self.refuse(key, str(error))
            return None
        if amount > 0 or (nought and amount == 0):
            return amount
        self.refuse(key, f"{value} is not an amount above nought.")
        return None

    def amounts(self, key: str) -> tuple[Paise, ...]:
        """Amounts one by one, some of them perhaps nought."""
        found = (self._amount(key, one, nought=True) for one in self._list(key))
        return tuple(one for one in found if one is not None)

    def day(self, key: str) -> str:
        """A day that may not be left out."""
        value = self.values.get(key)
        if value is None:
            self.refuse(key, "this field is missing.", "Write a day as 2024-04-05.")
            return ""
        return self._day(key, value)

    def _day(self, key: str, value: object) -> str:
        try:
            return parsed_date(value.isoformat() if isinstance(value, dt.date) else str(value))
        except NotADate as error:
            self.refuse(key, str(error))
            return ""

    def days(self, key: str) -> tuple[str, ...]:
        """A list of days."""
        return tuple(day for one in self._list(key) if (day := self._day(key, one)))

    def crop_day(self, key: str) -> str:
        """A day of every year, as "11-30"; empty where it is left out."""
        value = self.values.get(key)
        if value is None:
            return ""
        if isinstance(value, str) and is_month_day(value):
            return value
        self.refuse(key, f"“{value}” is no day of the year.", "Write month and day as “11-30”.")
        return ""

    def order(self, key: str) -> tuple[str, ...]:
        """The order in which a payment is split; parts that are left out follow in their usual order."""
        found = []
        for one in self._list(key):
            if isinstance(one, str) and one in _PARTS:
                found.append(one)
            else:
                self.refuse(key, f"“{one}” is no part of a demand.", f"The parts are {', '.join(_PARTS)}.")
        return whole_order(found) if found else ORDER

    def part(self, key: str, known: Iterable[str]) -> ProductFields | None:
        """A table inside; None where it is left out."""
        value = self.values.get(key)
        return None if value is None else ProductFields.of(value, known, f"{self.where}, {key}", self.faults)

    def rows(self, key: str, known: Iterable[str]) -> Iterator[ProductFields]:
        """The tables of a list."""
        for number, value in enumerate(self._list(key), 1):
            one = ProductFields.of(value, known, f"{self.where}, {key} {number}", self.faults)
            if one is not None:
                yield one

    def _list(self, key: str) -> list[object]:
        value = self.values.get(key)
        if value is None:
            return []
        if isinstance(value, list):
            return value
        self.refuse(key, "this field must be a list.")
        return []
