"""Days and periods as they are typed: `5`, `5-4`, `+`, T, `2024-25`, `last month`, `पिछला महीना`.

What is typed is read beside a base: the day or period that stood there before. The words are those of every language
there is, whatever the window speaks.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final

from bookkeeper.desktop.matching import folded
from bookkeeper.rules.dates import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    financial_year,
    last_day,
    month_of,
    month_start,
    year_end,
    year_start,
)
from bookkeeper.words import language, languages

Period = tuple[str, str]
"""The first and the last day, both ISO and both in it."""

CENTURY, MONTHS_OF_A_YEAR, MONTHS_OF_A_QUARTER = 2000, 12, 3

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""The months as messages."""

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""The days of the week as messages, Monday first."""

_NO_DAY: Final = {
    29: "{month} {year} has no 29th day.",
    30: "{month} has no 30th day.",
    31: "{month} has no 31st day.",
}
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})(?:[-/. ](\d{1,2}))?(?:[-/. ](\d{2}|\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_CLOSE = re.compile(r"(\d{2})(\d{2})(\d{2}|\d{4})?")
_DAY_OF_NAMED = re.compile(r"(\d{1,2})[-/. ]?([^\d\s][^\d]*?)[-/. ,]*(\d{2}|\d{4})?")
_NAMED_MONTH = re.compile(r"([^\d\s][^\d]*?)[-/. ,]*(\d{2}|\d{4})?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/. ](\d{4})|(\d{4})[-/.](\d{1,2})")
_FINANCIAL = re.compile(r"(\d{4})[-/](\d{2}|\d{4})")
_STEPS = re.compile(r"([+-])(\d{0,3})")


class Unreadable(ValueError):
    """What is typed is no day or no period: a message for the user, with what stands in it."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.text = message
        self.values = tuple(values.items())


class Named:
    """A message that stands inside another one."""

    def __init__(self, message: str) -> None:
        self.text = message
        self.values: tuple[tuple[str, object], ...] = ()


# --------------------------------------------------------------------------------------------------------- a day


def typed_day(typed: str, base: str, today: str) -> str:
    """The day that is meant, ISO; the base itself where nothing is typed. Raises Unreadable."""
    text, _ = folded(" ".join(typed.split()))
    if not text:
        return base
    if len(text) == 1 and text in JUMPS:
        return JUMPS[text](base, today)
    for read in (_stepped, _iso_day, _figures_day, _named_day, _said_day):
        found = read(text, base, today)
        if found:
            return found
    message = "“{typed}” is not a date. Write 5, 5-4 or 05-04-2024."
    raise Unreadable(message, typed=typed.strip())


JUMPS: Final[Mapping[str, Callable[[str, str], str]]] = {
    "t": lambda _base, today: today,
    "m": lambda base, _today: month_start(month_of(base)),
    "h": lambda base, _today: last_day(month_of(base)),
    "y": lambda base, _today: year_start(financial_year(base)),
    "r": lambda base, _today: year_end(financial_year(base)),
}
"""What one letter does to a day: today, first and last of the month, first and last of the financial year."""


def days_on(iso: str, days: int) -> str:
    """So many days later, or earlier."""
    return (dt.date.fromisoformat(iso) + dt.timedelta(days=days)).isoformat()


def months_on(iso: str, months: int) -> str:
    """The same day so many months later, or earlier; the last day of a shorter month."""
    month = month_of(iso) + months
    return min(f"{month_start(month)[:8]}{iso[8:]}", last_day(month))


def weekday(iso: str) -> str:
    """The day of the week, as a message."""
    return WEEKDAYS[dt.date.fromisoformat(iso).weekday()]


def _stepped(text: str, base: str, _today: str) -> str:
    found = _STEPS.fullmatch(text)
    return days_on(base, int(f"{found[1]}{found[2] or 1}")) if found else ""


def _iso_day(text: str, _base: str, _today: str) -> str:
    found = _ISO.fullmatch(text)
    return _day(int(found[1]), int(found[2]), int(found[3])) if found else ""


def _figures_day(text: str, base: str, _today: str) -> str:
    found = _CLOSE.fullmatch(text) or _DAY_MONTH_YEAR.fullmatch(text)
    if not found:
        return ""
    day, month = int(found[1]), int(found[2] or base[5:7])
    if found[3]:
        return _day(_whole_year(found[3]), month, day)
    return _day(int(base[:4]) if not found[2] else _year_of(month, base), month, day)


def _named_day(text: str, base: str, _today: str) -> str:
    found = _DAY_OF_NAMED.fullmatch(text)
    month = _month_named(found[2]) if found else 0
    if not found or not month:
        return ""
    return _day(_whole_year(found[3]) if found[3] else _year_of(month, base), month, int(found[1]))


def _said_day(text: str, base: str, today: str) -> str:
    period = _said(text, base, today)
    return period[0] if period and period[0] == period[1] else ""


def _whole_year(text: str) -> int:
    return int(text) + (CENTURY if len(text) == 2 else 0)  # noqa: PLR2004  # two figures of a year


def _year_of(month: int, base: str) -> int:
    """The year in which a month of the base's financial year lies."""
    year = financial_year(base)
    return year if month >= 4 else year + 1  # noqa: PLR2004  # April


def _day(year: int, month: int, day: int) -> str:
    """The day as ISO. Raises Unreadable, in words, for one that no calendar has."""
    if not 1 <= month <= MONTHS_OF_A_YEAR:
        message = "There is no month {month}. Write the day, then the month: 5-4."
        raise Unreadable(message, month=month)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        message = "The year must lie between {first} and {last}."
        raise Unreadable(message, first=str(EARLIEST_YEAR), last=str(LATEST_YEAR))
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        message = _NO_DAY.get(day, "No month has a day {day}.")
        raise Unreadable(message, month=Named(MONTHS[month - 1]), year=year, day=day) from None


# ------------------------------------------------------------------------------------------------------- a period


def typed_period(typed: str, base: Period, today: str) -> Period:
    """The period that is meant; the base itself where nothing is typed. Raises Unreadable."""
    text, _ = folded(" ".join(typed.split()))
    if not text:
        return base
    found = _one_period(text, base[0], today)
    if found:
        return found
    for before, after in _halves(text):
        since, until = _one_period(before, base[0], today), _one_period(after, base[0], today)
        if since and until:
            return _in_order(since[0], until[1])
    message = "“{typed}” is not a period. Write 2024-25, april, last month or 5-4-2024 to 30-6-2024."
    raise Unreadable(message, typed=typed.strip())


def _in_order(since: str, until: str) -> Period:
    if since > until:
        message = "The period ends before it begins."
        raise Unreadable(message)
    return since, until


def _one_period(text: str, base: str, today: str) -> Period | None:
    for read in (_year_period, _month_period, _said):
        found = read(text, base, today)
        if found:
            return found
    for read_day in (_iso_day, _figures_day, _named_day):
        day = read_day(text, base, today)
        if day:
            return day, day
    return None


def _year_period(text: str, _base: str, _today: str) -> Period | None:
    found = _FINANCIAL.fullmatch(text)
    if found and int(found[2]) % 100 == (int(found[1]) + 1) % 100 and _in_calendar(int(found[1])):
        return year_start(int(found[1])), year_end(int(found[1]))
    if re.fullmatch(r"\d{4}", text) and _in_calendar(int(text)):
        return f"{text}-01-01", f"{text}-12-31"
    return None


def _in_calendar(year: int) -> bool:
    return EARLIEST_YEAR <= year < LATEST_YEAR


def _month_period(text: str, base: str, _today: str) -> Period | None:
    found = _MONTH_YEAR.fullmatch(text)
    if found:
        return _month(int(found[2] or found[3]), int(found[1] or found[4]))
    named = _NAMED_MONTH.fullmatch(text)
    month = _month_named(named[1]) if named else 0
    if not named or not month:
        return None
    return _month(_whole_year(named[2]) if named[2] else _year_of(month, base), month)


def _month(year: int, month: int) -> Period:
    first = _day(year, month, 1)
    return first, last_day(month_of(first))


def moved(period: Period, steps: int) -> Period:
    """The period so many of its own lengths later, or earlier: a month by months, a year by years."""
    since, until = period
    if since == month_start(month_of(since)) and until == last_day(month_of(until)):
        months = month_of(until) - month_of(since) + 1
        return month_start(month_of(since) + steps * months), last_day(month_of(until) + steps * months)
    days = (dt.date.fromisoformat(until) - dt.date.fromisoformat(since)).days + 1
    return days_on(since, steps * days), days_on(until, steps * days)


def widened(period: Period) -> Period:
    """The next larger usual period around it: of a day its month, of that its quarter, its year, two years."""
    larger = (one for one in _usual(period[0]) if one[0] <= period[0] and one[1] >= period[1] and one != period)
    year = financial_year(period[0])
    return next(larger, (year_start(year - 1), max(period[1], year_end(year))))


def narrowed(period: Period) -> Period:
    """The next smaller usual period at its end: of a year its last quarter, of that its last month, its last day."""
    smaller = [one for one in _usual(period[1]) if one[0] >= period[0] and one[1] <= period[1] and one != period]
    return smaller[-1] if smaller else period


def _usual(on: str) -> tuple[Period, ...]:
    """The day, the month, the quarter and the financial year of a day."""
    month, year = month_of(on), financial_year(on)
    quarter = month - month % MONTHS_OF_A_QUARTER
    quarter_end = last_day(quarter + MONTHS_OF_A_QUARTER - 1)
    month_, quarter_ = (month_start(month), last_day(month)), (month_start(quarter), quarter_end)
    return (on, on), month_, quarter_, (year_start(year), year_end(year))


# --------------------------------------------------------------------------------------------------------- words


def _quarter(today: str, back: int) -> Period:
    month = month_of(today) - month_of(today) % MONTHS_OF_A_QUARTER - back * MONTHS_OF_A_QUARTER
    return month_start(month), last_day(month + MONTHS_OF_A_QUARTER - 1)


def _month_back(today: str, back: int) -> Period:
    return month_start(month_of(today) - back), last_day(month_of(today) - back)


def _year_back(today: str, back: int) -> Period:
    return year_start(financial_year(today) - back), year_end(financial_year(today) - back)


_SAID: Final[Mapping[str, Callable[[str], Period]]] = {
    "today": lambda today: (today, today),
    "yesterday": lambda today: (days_on(today, -1), days_on(today, -1)),
    "this month": lambda today: _month_back(today, 0),
    "last month": lambda today: _month_back(today, 1),
    "this quarter": lambda today: _quarter(today, 0),
    "last quarter": lambda today: _quarter(today, 1),
    "this year": lambda today: _year_back(today, 0),
    "last year": lambda today: _year_back(today, 1),
}
_BETWEEN: Final = "to"
_SHORT: Final = 3


def _said(text: str, _base: str, today: str) -> Period | None:
    meant = _words().get(text, "")
    return _SAID[meant](today) if meant in _SAID else None


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """A text cut in two where a word or sign says "to"."""
    tokens = text.split(" ")
    for place, token in enumerate(tokens):
        if token in {"-", ".."} or _words().get(token) == _BETWEEN:
            yield " ".join(tokens[:place]), " ".join(_without_end(tokens[place + 1 :]))
    before, dots, after = text.partition("..")
    if dots:
        yield before.strip(), after.strip()


def _without_end(tokens: list[str]) -> list[str]:
    """Without the word behind the second day that Hindi and Marathi have ("5-4 से 30-6 तक")."""
    return tokens[:-1] if tokens and _words().get(tokens[-1]) == "until" else tokens


def _month_named(text: str) -> int:
    """Which month a name is, or three or more letters of its beginning; nought where it is none."""
    text = text.strip()
    exact = _words().get(text, "")
    if exact in MONTHS:
        return MONTHS.index(exact) + 1
    if len(text) < _SHORT:
        return 0
    begun = {MONTHS.index(meant) + 1 for name, meant in _words().items() if meant in MONTHS and name.startswith(text)}
    return begun.pop() if len(begun) == 1 else 0


@cache
def _words() -> Mapping[str, str]:
    """Every word that is understood, in every language, folded, and what it means.

    Where a language has several words for one thing its catalogue has them all under "words: …", with semicolons.
    """
    found: dict[str, str] = {}
    for code in languages():
        say = language(code).say
        for meant in (*MONTHS, *_SAID, _BETWEEN, "until"):
            more = say(_MORE[meant]) if meant in _MORE else ""
            for word in (say(meant), *more.split(";")):
                plain, _ = folded(word.strip())
                found.setdefault(plain, meant)
    found.pop("", None)
    return found


_MORE: Final = {
    "this month": "words: this month",
    "last month": "words: last month",
    "this quarter": "words: this quarter",
    "last quarter": "words: last quarter",
    "this year": "words: this year",
    "last year": "words: last year",
    "to": "words: to",
    "until": "words: until",
}
